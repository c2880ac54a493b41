//! Text in columns: CSV and TSV, with whatever stands between the columns.

use std::borrow::Cow;
use std::io::{Chain, Cursor, Read};

use super::cell::{Cell, TableRow};
use super::encoding::{Decoded, decoded};
use super::error::FileError;
use super::guard::Guard;
use super::source::{Form, Source};
use crate::text::clean;

/// What can stand between columns.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many lines are looked at to tell which does.
const LINES: usize = 50;

/// How a text is to be taken; what is not given is found out.
#[derive(Debug, Clone, Default)]
pub struct TextOptions {
    /// The name of its encoding.
    pub encoding: Option<String>,
    /// What stands between its columns.
    pub separator: Option<u8>,
}

/// How a text was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextForm {
    /// The name of its encoding.
    pub encoding: &'static str,
    /// What stands between its columns.
    pub separator: char,
}

type Text = Guard<Chain<Cursor<Vec<u8>>, Decoded>>;

/// A text in columns, open.
pub(super) struct TextTable {
    /// How it is taken.
    pub(super) form: TextForm,
    reader: ::csv::Reader<Text>,
    /// How many lines stand before its rows.
    before: u64,
}

impl TextTable {
    pub(super) fn open(source: &Source, options: &TextOptions) -> Result<Self, FileError> {
        let (mut text, encoding) = decoded(source.file()?, options.encoding.as_deref())?;
        let mut head = Vec::new();
        text.by_ref().take(1 << 16).read_to_end(&mut head)?;
        let (named, skip) = named_separator(&head);
        let tab = (source.form == Form::Tsv).then_some(b'\t');
        let separator = options.separator.or(named).or(tab).unwrap_or_else(|| likely_separator(&head[skip..]));
        let text = Guard::new(Cursor::new(head.split_off(skip)).chain(text), separator);
        let form = TextForm { encoding: encoding.name(), separator: char::from(separator) };
        Ok(Self { form, reader: reader(text, separator), before: u64::from(skip > 0) })
    }

    /// Hands over its rows, one by one.
    pub(super) fn rows(mut self, take: &mut dyn FnMut(TableRow) -> Result<(), FileError>) -> Result<(), FileError> {
        each_row(&mut self.reader, self.before, take)
    }
}

/// Hands over the rows of a text that the program itself brings along.
pub(super) fn sample_rows(
    text: &str,
    take: &mut dyn FnMut(TableRow) -> Result<(), FileError>,
) -> Result<(), FileError> {
    each_row(&mut reader(Guard::new(text.as_bytes(), b','), b','), 0, take)
}

fn reader<R: Read>(text: R, separator: u8) -> ::csv::Reader<R> {
    ::csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text)
}

fn each_row<R: Read>(
    reader: &mut ::csv::Reader<R>,
    before: u64,
    take: &mut dyn FnMut(TableRow) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let mut record = ::csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let number = record.position().map_or(0, ::csv::Position::line) + before;
        let cells = record.iter().map(|text| Cell::text(undefused(text))).collect();
        take(TableRow { number, cells, spanned: Vec::new() })?;
    }
    Ok(())
}

/// What the first line of a file of Excel's says that stands between columns,
/// and how long that line is.
fn named_separator(head: &[u8]) -> (Option<u8>, usize) {
    let line = head.iter().position(|b| *b == b'\n').map(|end| &head[..end]);
    match line {
        Some([b's', b'e', b'p', b'=', separator, ..]) => (Some(*separator), line.map_or(0, |line| line.len() + 1)),
        _ => (None, 0),
    }
}

/// What most lines have equally often.
fn likely_separator(head: &[u8]) -> u8 {
    let score = |separator: &u8| {
        let counts: Vec<usize> = lines(head, *separator);
        let most = counts.iter().copied().max_by_key(|n| (counts.iter().filter(|other| *other == n).count(), *n));
        let most = most.unwrap_or_default();
        (counts.iter().filter(|n| **n == most).count(), most)
    };
    SEPARATORS.into_iter().rev().max_by_key(|separator| score(separator)).unwrap_or(b',')
}

/// How often each line has a separator outside quotes; lines without are left
/// out.
fn lines(head: &[u8], separator: u8) -> Vec<usize> {
    let (mut counts, mut n, mut quoted) = (Vec::new(), 0, false);
    for byte in head {
        match *byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                counts.push(n);
                n = 0;
            }
            b if b == separator && !quoted => n += 1,
            _ => {}
        }
    }
    counts.push(n);
    counts.into_iter().take(LINES).filter(|n| *n > 0).collect()
}

/// What makes a spreadsheet run a cell.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a text would be run, or be taken for one that was defused.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A spreadsheet runs a cell that begins like a formula; an apostrophe before
/// it keeps it text. Apostrophes that stand there already are kept apart, so
/// that [`undefused`] gives back the same text.
#[must_use]
pub fn defused<'a>(text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
    let text = text.into();
    if is_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// A text without the apostrophe that [`defused`] put before it.
#[must_use]
pub fn undefused(text: &str) -> &str {
    let rest = text.strip_prefix('\'').filter(|rest| is_formula(rest));
    rest.unwrap_or(text)
}

/// A separator as it is given: one sign, or its name.
#[must_use]
pub fn separator_of(text: &str) -> Option<u8> {
    match clean(text).to_ascii_lowercase().as_str() {
        "tab" | "\\t" => Some(b'\t'),
        _ if text == "\t" => Some(b'\t'),
        one => one.as_bytes().first().copied().filter(|b| one.len() == 1 && b.is_ascii_punctuation() && *b != b'"'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_by_what_lines_have_equally_often() {
        assert_eq!(likely_separator("a;b;c\n1,5;2,25;x\n7;8,1;y\n".as_bytes()), b';');
        assert_eq!(likely_separator(b"BANG TONG HOP, QUY 1\na\tb\tc\n1,2\t3\t4\n"), b'\t');
        assert_eq!(likely_separator(b"a,b\n\"x; y; z\",2\n"), b',');
        assert_eq!(likely_separator(b"one column"), b',');
    }

    #[test]
    fn what_is_defused_comes_back() {
        for text in ["=1+1", "'=1", "''@x", "'quoted'", "-5", "plain", "'", "\tx"] {
            assert_eq!(undefused(&defused(text)), text);
            assert!(!defused(text).starts_with(FORMULA));
        }
    }
}
