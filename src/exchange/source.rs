//! Files to read from, and what they are.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::error::FileError;

/// The forms of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text in columns, with any separator.
    Csv,
    /// Text in columns, with tabs between them.
    Tsv,
    /// Excel since 2007.
    Xlsx,
    /// Excel before 2007.
    Xls,
    /// OpenDocument, as LibreOffice writes it.
    Ods,
    /// One JSON array of cases, or one case.
    Json,
    /// JSON, one case a line.
    Jsonl,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 7] = [Self::Csv, Self::Tsv, Self::Xlsx, Self::Xls, Self::Ods, Self::Json, Self::Jsonl];

    /// Its name, which is also the extension of files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// The form of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let also = match name.as_str() {
            "ndjson" => Some(Self::Jsonl),
            "xlsm" => Some(Self::Xlsx),
            _ => None,
        };
        also.or_else(|| Self::ALL.into_iter().find(|form| form.code() == name))
    }
}

/// A file, open.
pub struct Source {
    /// Its name, without its folder.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of them, in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub form: Form,
    file: File,
    read: Arc<AtomicU64>,
}

impl Source {
    /// Opens a file. Its content says what it is; the extension only how text
    /// is to be taken.
    pub fn open(path: &Path, form: Option<Form>) -> Result<Self, FileError> {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        let mut file = File::open(path)?;
        let is_plain = file.metadata()?.is_file();
        if file.metadata()?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
        }
        // A pipe can't be read twice.
        let file = if is_plain { file } else { spooled(&mut file)? };
        let named = path.extension().and_then(|extension| Form::from_name(&extension.to_string_lossy()));
        Self::of(name, file, form, named)
    }

    /// All that a stream gives, kept in a file that goes with the program.
    pub fn spool(name: &str, stream: &mut dyn Read, form: Option<Form>) -> Result<Self, FileError> {
        Self::of(name.to_owned(), spooled(stream)?, form, None)
    }

    fn of(name: String, mut file: File, form: Option<Form>, named: Option<Form>) -> Result<Self, FileError> {
        let mut hash = Hasher(Sha256::new());
        file.rewind()?;
        let bytes = io::copy(&mut file, &mut hash)?;
        if bytes == 0 {
            return Err(FileError::Empty);
        }
        let mut source = Self { name, bytes, sha256: hash.finish(), form: Form::Csv, file, read: Arc::default() };
        let found = source.find_form(named)?;
        source.form = form.unwrap_or(found);
        Ok(source)
    }

    /// The file, from its beginning.
    pub(super) fn file(&self) -> Result<Counted, FileError> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        Ok(Counted { file, read: Arc::clone(&self.read) })
    }

    /// How many of its bytes were read, for who waits.
    #[must_use]
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    fn find_form(&self, named: Option<Form>) -> Result<Form, FileError> {
        let mut head = Vec::new();
        self.file()?.take(4_096).read_to_end(&mut head)?;
        if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Ok(Form::Xls);
        }
        if head.starts_with(b"PK\x03\x04") {
            let is_ods = head.windows(15).any(|part| part == b"application/vnd");
            return Ok(if is_ods { Form::Ods } else { Form::Xlsx });
        }
        let is_book = |form: &Form| matches!(form, Form::Xlsx | Form::Xls | Form::Ods);
        if named.as_ref().is_some_and(is_book) {
            return Err(FileError::Damaged(String::new()));
        }
        let text: Vec<u8> = head.into_iter().filter(|b| !b" \t\r\n\xEF\xBB\xBF\0\xFF\xFE".contains(b)).collect();
        Ok(match (named, text.first()) {
            (Some(form), _) => form,
            (None, Some(b'[')) => Form::Json,
            (None, Some(b'{')) => Form::Jsonl,
            _ => Form::Csv,
        })
    }
}

/// A file that tells how much of it was read.
pub(super) struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Counted {
    #[cfg(test)]
    pub(super) fn new(file: File) -> Self {
        Self { file, read: Arc::default() }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

fn spooled(stream: &mut dyn Read) -> Result<File, FileError> {
    let mut file = tempfile::tempfile()?;
    io::copy(stream, &mut file)?;
    Ok(file)
}

struct Hasher(Sha256);

impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Hasher {
    fn finish(self) -> String {
        crate::domain::hexadecimal(&self.0.finalize())
    }
}
