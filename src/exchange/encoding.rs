//! The encodings of text files: found out, or given.

use std::io::{self, Read, Seek};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::error::FileError;
use super::source::Counted;

/// How much is looked at to tell an encoding that has no mark.
const LOOKED_AT: u64 = 1 << 20;

/// The text of a file as UTF-8, and what it was encoded in.
pub(super) fn decoded(mut file: Counted, given: Option<&str>) -> Result<(Decoded, &'static Encoding), FileError> {
    let given = given.map(|name| {
        Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| FileError::UnknownEncoding(name.to_owned()))
    });
    let encoding = match given.transpose()? {
        Some(encoding) => encoding,
        None => found(&mut file)?,
    };
    file.rewind()?;
    let decoder = encoding.new_decoder_with_bom_removal();
    let (raw, text) = (Vec::new(), Vec::new());
    let reader = Decoded { file, decoder, encoding, raw, at: 0, text, given: 0, line: 1, is_done: false };
    Ok((reader, encoding))
}

/// The encoding of a text: by its mark; by what it looks like.
fn found(file: &mut Counted) -> Result<&'static Encoding, FileError> {
    file.rewind()?;
    let mut head = Vec::new();
    file.by_ref().take(LOOKED_AT).read_to_end(&mut head)?;
    if let Some((encoding, _)) = Encoding::for_bom(&head) {
        return Ok(encoding);
    }
    if let Some(encoding) = wide(&head) {
        return Ok(encoding);
    }
    file.rewind()?;
    let Some(line) = not_utf8(file)? else { return Ok(UTF_8) };
    if is_windows_1258(file)? { Ok(WINDOWS_1258) } else { Err(FileError::Encoding { line, encoding: "UTF-8".into() }) }
}

/// UTF-16 without a mark: every second byte of its ASCII letters is 0.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len().min(4_096) / 2;
    let zeros = |at: usize| head.chunks_exact(2).take(pairs).filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    match pairs {
        0 => None,
        _ if second * 3 > pairs && first * 20 < pairs => Some(UTF_16LE),
        _ if first * 3 > pairs && second * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// The line in which a file is not UTF-8; `None` if it is throughout.
fn not_utf8(file: &mut Counted) -> Result<Option<u64>, FileError> {
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut raw = vec![0; 1 << 16];
    let mut text = vec![0; (1 << 16) * 3 + 16];
    let mut line = 1;
    loop {
        let read = file.read(&mut raw)?;
        let (result, _, written) = decoder.decode_to_utf8_without_replacement(&raw[..read], &mut text, read == 0);
        line += newlines(&text[..written]);
        match result {
            DecoderResult::Malformed(..) => return Ok(Some(line)),
            _ if read == 0 => return Ok(None),
            _ => {}
        }
    }
}

pub(super) fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Whether bytes that are not UTF-8 read as Vietnamese in Windows-1258: marks
/// on vowels, and between letters nothing but letters. Other old encodings of
/// Vietnamese (TCVN3, VNI) have signs there, and are not guessed at.
fn is_windows_1258(file: &mut Counted) -> Result<bool, FileError> {
    file.rewind()?;
    let mut decoder = WINDOWS_1258.new_decoder_without_bom_handling();
    let mut raw = vec![0; 1 << 16];
    let mut before = ' ';
    loop {
        let read = file.read(&mut raw)?;
        let mut text = String::with_capacity(read * 3 + 16);
        let (result, _) = decoder.decode_to_string_without_replacement(&raw[..read], &mut text, read == 0);
        if matches!(result, DecoderResult::Malformed(..)) || !is_vietnamese(&text, &mut before) {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

/// Whether a text can be Vietnamese that goes on after a letter.
fn is_vietnamese(text: &str, before: &mut char) -> bool {
    const MARKS: &str = "\u{300}\u{301}\u{303}\u{309}\u{323}";
    const VOWELS: &str = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    const LETTERS: &str = "ăâđêôơưàáâèéêìíòóôùúýĂÂĐÊÔƠƯÀÁÂÈÉÊÌÍÒÓÔÙÚÝ";
    const SIGNS: &str = "\u{A0}“”‘’–—…•₫°±";
    text.chars().all(|c| {
        let last = std::mem::replace(before, c);
        match c {
            _ if MARKS.contains(c) => VOWELS.contains(last),
            _ if c.is_ascii() => true,
            _ if c.is_alphabetic() => LETTERS.contains(c),
            _ => SIGNS.contains(c),
        }
    })
}

/// A text file as UTF-8. What is not in its encoding is an error.
pub(super) struct Decoded {
    file: Counted,
    decoder: Decoder,
    encoding: &'static Encoding,
    raw: Vec<u8>,
    /// How much of `raw` is decoded.
    at: usize,
    text: Vec<u8>,
    /// How much of `text` is handed over.
    given: usize,
    line: u64,
    is_done: bool,
}

impl Decoded {
    /// Decodes some more.
    fn fill(&mut self) -> Result<(), FileError> {
        if self.at == self.raw.len() {
            self.raw.resize(1 << 16, 0);
            let read = self.file.read(&mut self.raw)?;
            self.raw.truncate(read);
            self.at = 0;
        }
        let last = self.raw.is_empty();
        self.text.resize(1 << 16, 0);
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(&self.raw[self.at..], &mut self.text, last);
        self.at += read;
        self.text.truncate(written);
        self.given = 0;
        self.line += newlines(&self.text);
        match result {
            DecoderResult::Malformed(..) => {
                return Err(FileError::Encoding { line: self.line, encoding: self.encoding.name().to_owned() });
            }
            DecoderResult::InputEmpty => self.is_done = last,
            DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_done {
            self.fill()?;
        }
        let read = (&self.text[self.given..]).read(out)?;
        self.given += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: &[u8], given: Option<&str>) -> Result<(String, &'static str), FileError> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let (mut reader, encoding) = decoded(Counted::new(file), given)?;
        let mut text = String::new();
        reader.read_to_string(&mut text)?;
        Ok((text, encoding.name()))
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn encodings_are_found_out() {
        let text = "Tỉnh;Đồng Tháp\n";
        assert_eq!(read(text.as_bytes(), None).unwrap(), (text.to_owned(), "UTF-8"));
        assert_eq!(read(format!("\u{FEFF}{text}").as_bytes(), None).unwrap(), (text.to_owned(), "UTF-8"));
        assert_eq!(read(&utf16(text), None).unwrap(), (text.to_owned(), "UTF-16LE"));
        assert_eq!(read(&utf16(&format!("\u{FEFF}{text}")), None).unwrap(), (text.to_owned(), "UTF-16LE"));
        // "Đồng Tháp" in Windows-1258: ô and a mark after it, á in one.
        let old = b"\xD0\xF4\xCCng Th\xE1p;\xF0\xEA\xECm\n";
        let (decoded, name) = read(old, None).unwrap();
        assert_eq!((crate::text::clean(&decoded).as_str(), name), ("Đồng Tháp;đếm", "windows-1258"));
    }

    #[test]
    fn what_is_in_no_encoding_is_refused() {
        let tcvn3 = b"a,b\n\xA7\xE5ng Th\xB8p,1\n";
        let error = read(tcvn3, None).unwrap_err();
        assert_eq!(error, FileError::Encoding { line: 2, encoding: "UTF-8".into() });
        let error = read("a\nThá".as_bytes()[..5].as_ref(), Some("utf-8")).unwrap_err();
        assert_eq!(error, FileError::Encoding { line: 2, encoding: "UTF-8".into() });
        assert!(matches!(read(b"a", Some("klingon")), Err(FileError::UnknownEncoding(_))));
    }
}
