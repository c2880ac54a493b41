//! Reading a file, whatever it is.

use super::csv::{TextOptions, TextTable, sample_rows, separator_of};
use super::error::FileError;
use super::items::{Item, TakeItem};
use super::json::read_json;
use super::mapping::Mapping;
use super::records::Tables;
use super::source::{Form, Source};
use super::workbook::{TakeRows, read_workbook};
use crate::domain::Entry;

/// How files are read; what is not given is found out.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How text is taken.
    pub text: TextOptions,
    /// The sheet to read.
    pub sheet: Option<String>,
    /// What the columns hold.
    pub mapping: Mapping,
    /// Whether what is in doubt in a header is left open, to be told.
    pub lenient: bool,
    /// Whether good rows are taken where others are bad: then nothing may be
    /// taken from a column of days that is in doubt.
    pub partial: bool,
}

/// Reads a file from its first row to its last, and hands over what it finds,
/// in memory that does not grow with the file.
pub fn read_file(source: &Source, options: &ReadOptions, take: TakeItem<'_>) -> Result<(), FileError> {
    let mapping = &options.mapping;
    let encoding = options.text.encoding.as_ref().or(mapping.encoding.as_ref());
    let separator = options.text.separator.or_else(|| mapping.separator.as_deref().and_then(separator_of));
    if matches!(source.form, Form::Json | Form::Jsonl) {
        return read_json(source, encoding.map(String::as_str), mapping, take);
    }
    let mut tables = Tables::new(&source.name, options, take);
    if matches!(source.form, Form::Csv | Form::Tsv) {
        let table = TextTable::open(source, &TextOptions { encoding: encoding.cloned(), separator })?;
        tables.text = Some(table.form.clone());
        table.rows(&mut |row| tables.row(row))?;
    } else {
        let sheet = options.sheet.as_deref().or(mapping.sheet.as_deref());
        read_workbook(source, sheet, &mut tables)?;
    }
    tables.end()?;
    match (tables.found, tables.why_none.take()) {
        (0, Some(error)) => Err(error),
        (0, None) => Err(FileError::Empty),
        _ => Ok(()),
    }
}

/// The cases of a text of CSV that the program itself brings along.
pub fn read_sample(text: &str) -> Result<Vec<Entry>, FileError> {
    let options = ReadOptions::default();
    let mut entries = Vec::new();
    let mut take = |item| {
        if let Item::Record(record) = item {
            entries.push(record.entry);
        }
        Ok(())
    };
    let mut tables = Tables::new("", &options, &mut take);
    sample_rows(text, &mut |row| tables.row(row))?;
    tables.end()?;
    Ok(entries)
}
