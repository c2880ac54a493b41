//! The folder of attachments beside a casebook's file, and what copies have in
//! common: a file is written beside its place, and takes it when it is whole.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::error::Error;
use super::file_error::FileError;
use crate::domain::{Attachment, hexadecimal};

/// The largest file that is kept, in bytes.
pub const LARGEST_ATTACHMENT: u64 = 100_000_000;

/// How much is read at a time, in bytes.
const CHUNK: usize = 1 << 16;

pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |error| {
        if error.kind() == io::ErrorKind::StorageFull {
            return Error::Full(format!("{}: {error}", path.display()));
        }
        FileError::Failed { path: path.to_owned(), said: error.to_string() }.into()
    }
}

/// The file that a path leads to, there or not yet, by its full name.
pub(super) fn followed(path: &Path) -> PathBuf {
    let beside = || Some(parent(path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// The folder of the attachments of a casebook in a file.
pub(super) fn folder_of(casebook: &Path) -> PathBuf {
    let casebook = followed(casebook);
    // With its extension: "cases.db" and "cases.bak" have a folder each.
    let mut name = casebook.file_name().unwrap_or_default().to_owned();
    name.push(".files");
    casebook.with_file_name(name)
}

/// Where the content of an attachment is kept in a folder.
pub(super) fn place_in(folder: &Path, attachment: &Attachment) -> PathBuf {
    let (part, name) = attachment.place();
    folder.join(part).join(name)
}

/// The folder in which a file is.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Copies until the end and tells the size and the digest; stops after `most`
/// bytes and a few more.
fn copy(from: &mut dyn Read, to: &mut dyn Write, most: u64) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK];
    while bytes <= most {
        let read = from.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        to.write_all(&chunk[..read])?;
        bytes += read as u64;
    }
    Ok((bytes, hexadecimal(&hash.finalize())))
}

/// Whether a file is what was attached.
pub(super) fn is_whole(path: &Path, attachment: &Attachment) -> Result<bool, Error> {
    if path.exists() && !path.is_file() {
        // A pipe would be waited for.
        return Ok(false);
    }
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed(path)(error)),
        Ok(mut file) => {
            let size = file.metadata().map_err(failed(path))?.len();
            if size != attachment.bytes {
                return Ok(false);
            }
            let (bytes, sha256) = copy(&mut file, &mut io::sink(), attachment.bytes).map_err(failed(path))?;
            Ok(bytes == attachment.bytes && sha256 == attachment.sha256)
        }
    }
}

/// Writes out a file that must be what was attached.
pub(super) fn write_out(path: &Path, attachment: &Attachment, to: &mut dyn Write) -> Result<(), Error> {
    let changed = || FileError::Changed { name: attachment.name.clone(), path: path.to_owned() };
    if path.exists() && !path.is_file() {
        return Err(changed().into());
    }
    let mut file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => changed().into(),
        _ => failed(path)(error),
    })?;
    let (bytes, sha256) = copy(&mut file, to, attachment.bytes).map_err(failed(path))?;
    let same = bytes == attachment.bytes && sha256 == attachment.sha256;
    if same { Ok(()) } else { Err(changed().into()) }
}

/// A new file in a folder, to be given a name when it is whole; its rights are
/// those of another.
pub(super) fn beside(folder: &Path, like: &Path) -> Result<NamedTempFile, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".casebook-");
    #[cfg(unix)]
    if let Ok(like) = fs::metadata(like) {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(like.permissions().mode() & 0o666));
    }
    #[cfg(not(unix))]
    let _ = like;
    builder.tempfile_in(folder).map_err(failed(folder))
}

/// Gives a file that is whole its name, so that it has it after a power cut.
/// Tells whether it has: not where another has taken the name meanwhile.
pub(super) fn put_new(file: NamedTempFile, path: &Path) -> Result<bool, Error> {
    file.as_file().sync_all().map_err(failed(path))?;
    match file.persist_noclobber(path) {
        Ok(_) => sync_folder(parent(path)).map(|()| true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        // Not every file system can do that in one step.
        Err(error) if !path.exists() => put(error.file, path).map(|()| true),
        Err(error) => Err(failed(path)(error.error)),
    }
}

/// The same, in place of whatever has the name.
pub(super) fn put(file: NamedTempFile, path: &Path) -> Result<(), Error> {
    file.as_file().sync_all().map_err(failed(path))?;
    file.persist(path).map_err(|error| failed(path)(error.error))?;
    sync_folder(parent(path))
}

/// Makes the names in a folder last.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    }
    Ok(())
}

/// Makes a folder whose name lasts.
fn make_folder(folder: &Path) -> Result<(), Error> {
    match fs::create_dir(folder) {
        Ok(()) => sync_folder(parent(folder)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed(folder)(error)),
    }
}

/// A file on its way to become an attachment: a copy of it, under no name yet.
pub(super) struct Spooled {
    file: NamedTempFile,
    pub(super) attachment: Attachment,
}

impl Spooled {
    /// Copies a file into the folder of attachments of a casebook.
    pub(super) fn take(from: &Path, folder: &Path, casebook: &Path, told: Attachment) -> Result<Self, Error> {
        let too_large = |bytes| FileError::TooLarge { path: from.to_owned(), bytes, most: LARGEST_ATTACHMENT };
        if from.exists() && !from.is_file() {
            return Err(FileError::Nothing(from.to_owned()).into());
        }
        let mut source = File::open(from).map_err(failed(from))?;
        let about = source.metadata().map_err(failed(from))?;
        if !about.is_file() || about.len() == 0 {
            return Err(FileError::Nothing(from.to_owned()).into());
        }
        if about.len() > LARGEST_ATTACHMENT {
            return Err(too_large(about.len()).into());
        }
        make_folder(folder)?;
        let mut file = beside(folder, casebook)?;
        let (bytes, sha256) = copy(&mut source, &mut file, LARGEST_ATTACHMENT).map_err(failed(from))?;
        // It may have grown while it was read.
        if bytes > LARGEST_ATTACHMENT {
            return Err(too_large(bytes).into());
        }
        file.as_file().sync_all().map_err(failed(folder))?;
        Ok(Self { file, attachment: Attachment { sha256, bytes, ..told } })
    }

    /// Puts the copy where the file of an attachment is kept, unless it is
    /// there, and whole.
    pub(super) fn keep(self, folder: &Path, attachment: &Attachment) -> Result<(), Error> {
        let place = place_in(folder, attachment);
        make_folder(parent(&place))?;
        if is_whole(&place, attachment)? {
            return Ok(());
        }
        put(self.file, &place)
    }
}

/// Copies the file of an attachment from one folder to another, unless it is
/// there; it must be what was attached.
pub(super) fn copy_attachment(attachment: &Attachment, from: &Path, to: &Path) -> Result<(), Error> {
    let (source, place) = (place_in(from, attachment), place_in(to, attachment));
    make_folder(to)?;
    make_folder(parent(&place))?;
    if is_whole(&place, attachment)? {
        return Ok(());
    }
    let mut file = beside(parent(&place), &source)?;
    write_out(&source, attachment, &mut file)?;
    put(file, &place)
}

/// The files in a folder of attachments, by their paths in it, in order.
pub(super) fn listed(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = match fs::read_dir(&next) {
            // A file may be called so that is nobody's folder of attachments.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => continue,
            entries => entries.map_err(failed(&next))?,
        };
        for entry in entries {
            let entry = entry.map_err(failed(&next))?;
            if entry.file_type().map_err(failed(&next))?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path().strip_prefix(folder).map_or_else(|_| entry.path(), Path::to_owned));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Gives all files of a folder a second place, without copying where the file
/// system can.
pub(super) fn link_all(from: &Path, to: &Path) -> Result<(), Error> {
    for file in listed(from)? {
        let (source, place) = (from.join(&file), to.join(&file));
        make_folder(to)?;
        make_folder(parent(&place))?;
        match fs::hard_link(&source, &place) {
            Ok(()) => {}
            // Writing into what is there might write into the source.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(_) => {
                let mut copy = beside(parent(&place), &source)?;
                let mut file = File::open(&source).map_err(failed(&source))?;
                io::copy(&mut file, &mut copy).map_err(failed(&place))?;
                put(copy, &place)?;
            }
        }
    }
    Ok(())
}
