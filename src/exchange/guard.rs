//! What a text in columns must hold to before it is taken apart.
//!
//! A reader of CSV takes whatever comes: a quote that is left open swallows
//! rows without a word, up to the next one or to the end. So the text passes
//! here first, and what is not plainly meant is refused.

use std::io::{self, Read};

use super::error::FileError;
use super::limits::{LONGEST_CELL, LONGEST_RECORD, MOST_COLUMNS};

/// Where in a record the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the beginning of a field.
    Field,
    /// In a field without quotes; a quote there is a sign as any other.
    Bare,
    /// Between quotes.
    Quoted,
    /// After a quote that closes, or the first of two that stand for one.
    Closed,
}

/// A text in columns that is checked as it is read.
pub(super) struct Guard<R> {
    inner: R,
    separator: u8,
    at: At,
    line: u64,
    /// Where the record and its last quote began.
    record_line: u64,
    opened: u64,
    record: usize,
    field: usize,
    columns: usize,
    /// Whether the last line ended in a carriage return, whose line feed is
    /// still to come.
    after_return: bool,
}

impl<R: Read> Guard<R> {
    pub(super) fn new(inner: R, separator: u8) -> Self {
        let (at, line) = (At::Field, 1);
        Self {
            inner,
            separator,
            at,
            line,
            record_line: line,
            opened: line,
            record: 0,
            field: 0,
            columns: 1,
            after_return: false,
        }
    }

    /// Between quotes a byte stays as it is; elsewhere every line ends in one
    /// line feed, by which lines are counted.
    fn line_end(&mut self, byte: u8) -> Option<u8> {
        let was_return = std::mem::replace(&mut self.after_return, byte == b'\r' && self.at != At::Quoted);
        match byte {
            b'\n' if was_return => None,
            b'\r' if self.after_return => Some(b'\n'),
            other => Some(other),
        }
    }

    /// How many bytes come next that are but signs of a field, as most are;
    /// they are checked together.
    fn pass(&mut self, bytes: &[u8]) -> usize {
        let room = LONGEST_RECORD.saturating_sub(self.record).min(LONGEST_CELL.saturating_sub(self.field));
        let is_sign = |b: &u8| !matches!(*b, 0 | b'"' | b'\n' | b'\r') && *b != self.separator;
        let run = bytes.iter().take(room).take_while(|b| is_sign(b)).count();
        if run == 0 || self.at == At::Closed {
            return 0;
        }
        self.at = if self.at == At::Quoted { At::Quoted } else { At::Bare };
        self.after_return = false;
        self.record += run;
        self.field += run;
        run
    }

    fn check(&mut self, byte: u8) -> Result<(), FileError> {
        self.record += 1;
        self.field += 1;
        if byte == 0 {
            return Err(FileError::NotText { line: self.line });
        }
        if self.record > LONGEST_RECORD || self.field > LONGEST_CELL {
            return Err(match self.at {
                At::Quoted => FileError::Quote { line: self.line, opened: self.opened },
                _ => FileError::LongRecord { line: self.record_line },
            });
        }
        let ends_line = byte == b'\n';
        self.at = match (self.at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) | (At::Closed, b'"') => At::Quoted,
            (At::Field, b'"') => {
                self.opened = self.line;
                At::Quoted
            }
            _ if byte == self.separator => self.next_column()?,
            _ if ends_line => self.next_record(),
            (At::Closed, b' ') => At::Closed,
            (At::Closed, _) => return Err(FileError::Quote { line: self.line, opened: self.opened }),
            _ => At::Bare,
        };
        if byte == b'\n' {
            self.line += 1;
            if self.at == At::Field {
                self.record_line = self.line;
            }
        }
        Ok(())
    }

    fn next_column(&mut self) -> Result<At, FileError> {
        self.columns += 1;
        self.field = 0;
        if self.columns > MOST_COLUMNS { Err(FileError::ManyColumns { row: self.line }) } else { Ok(At::Field) }
    }

    fn next_record(&mut self) -> At {
        (self.record, self.field, self.columns) = (0, 0, 1);
        At::Field
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(buffer)?;
            if read == 0 && self.at == At::Quoted {
                return Err(FileError::Quote { line: self.line, opened: self.opened }.into());
            }
            let mut kept = 0;
            let mut at = 0;
            while at < read {
                let run = self.pass(&buffer[at..read]);
                buffer.copy_within(at..at + run, kept);
                (at, kept) = (at + run, kept + run);
                if at == read {
                    break;
                }
                if let Some(byte) = self.line_end(buffer[at]) {
                    self.check(byte)?;
                    buffer[kept] = byte;
                    kept += 1;
                }
                at += 1;
            }
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(text: &str) -> Result<(), FileError> {
        let mut out = String::new();
        Guard::new(text.as_bytes(), b',').read_to_string(&mut out)?;
        assert_eq!(out, text.replace("\r\n", "\n"));
        Ok(())
    }

    #[test]
    fn what_is_plainly_meant_passes() {
        for text in ["a,b\n\"x, y\",\"say \"\"no\"\"\"\r\n", "5\" pipe,b\n", "\"two\nlines\",b\n", "\"a\" ,b", ""] {
            guarded(text).unwrap();
        }
    }

    /// The text and what is wrong with it, byte by byte.
    fn byte_by_byte(text: &[u8]) -> (Vec<u8>, Option<FileError>) {
        let mut guard = Guard::new(text, b',');
        let mut out = Vec::new();
        for byte in text {
            if let Some(byte) = guard.line_end(*byte) {
                if let Err(error) = guard.check(byte) {
                    return (out, Some(error));
                }
                out.push(byte);
            }
        }
        let open = FileError::Quote { line: guard.line, opened: guard.opened };
        (out, (guard.at == At::Quoted).then_some(open))
    }

    proptest::proptest! {
        #[test]
        fn runs_are_checked_as_their_bytes(text in "[ab,\"\r\n é\0]{0,40}|[ab,\"\r\n é]{0,40}", size in 1..50_usize) {
            let mut guard = Guard::new(text.as_bytes(), b',');
            let (mut out, mut buffer) = (Vec::new(), vec![0; size]);
            let error = loop {
                match guard.read(&mut buffer) {
                    Ok(0) => break None,
                    Ok(read) => out.extend_from_slice(&buffer[..read]),
                    Err(error) => break Some(FileError::from(error)),
                }
            };
            let (expected, wrong) = byte_by_byte(text.as_bytes());
            proptest::prop_assert_eq!(&error, &wrong);
            // Of a piece in which something is wrong nothing is handed over.
            proptest::prop_assert!(expected.starts_with(&out) && (error.is_some() || out == expected));
        }
    }

    #[test]
    fn every_line_ends_in_a_line_feed() {
        let mut out = String::new();
        Guard::new("a\r\n\"b\r\nc\"\rd".as_bytes(), b',').read_to_string(&mut out).unwrap();
        assert_eq!(out, "a\n\"b\r\nc\"\nd");
    }

    #[test]
    fn an_open_quote_is_told_even_where_another_closes_it() {
        let closed_by_chance = "a,b\n1,\"open\n2,x\n3,\"x, y\"\n";
        assert_eq!(guarded(closed_by_chance), Err(FileError::Quote { line: 4, opened: 2 }));
        assert_eq!(guarded("a\n\"open\n1\n"), Err(FileError::Quote { line: 4, opened: 2 }));
    }

    #[test]
    fn what_is_too_large_or_no_text_is_refused() {
        assert_eq!(guarded("a\n1\0"), Err(FileError::NotText { line: 2 }));
        assert_eq!(guarded(&",".repeat(MOST_COLUMNS)), Err(FileError::ManyColumns { row: 1 }));
        assert_eq!(guarded(&"a".repeat(LONGEST_CELL + 1)), Err(FileError::LongRecord { line: 1 }));
        let quoted = format!("\"{}", "a".repeat(LONGEST_CELL + 1));
        assert_eq!(guarded(&quoted), Err(FileError::Quote { line: 1, opened: 1 }));
        let long = format!("{}\n", "a".repeat(1_000)).repeat(9_000);
        guarded(&long).unwrap();
    }
}
