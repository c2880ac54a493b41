//! Cases out into files, row by row, in memory that does not grow with them.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::case_rows::{Cells, Places};
use super::csv::defused;
use super::flat::{Record, columns as cases_columns, rows};
use crate::domain::{Case, Reference};

/// Writes the records of cases, one after the other.
pub trait WriteCases {
    /// Writes a case; a form that needs it makes its record.
    fn write(&mut self, case: &Case, _reference: &Reference, record: &dyn Fn(&Case) -> Record) -> io::Result<()> {
        self.case(&record(case))
    }

    /// Writes the record of a case.
    fn case(&mut self, record: &Record) -> io::Result<()>;
    /// Writes what stands after the last.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Cases as CSV, under the keys of some columns.
pub struct CsvCases<W: Write> {
    writer: ::csv::Writer<W>,
    columns: Vec<&'static str>,
    /// Whether the columns are those of all cases, or of the public's, and
    /// which of both.
    of_cases: Option<bool>,
    cell: Vec<u8>,
    places: Places,
}

impl<W: Write> CsvCases<W> {
    /// Writes the header; for a spreadsheet that would else take it for
    /// another encoding, with a mark before it.
    pub fn new(mut to: W, columns: Vec<&'static str>, mark: bool) -> io::Result<Self> {
        if mark {
            to.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut writer = ::csv::Writer::from_writer(to);
        writer.write_record(&columns)?;
        let of_cases = [false, true].into_iter().find(|public| cases_columns(*public) == columns);
        Ok(Self { writer, columns, of_cases, cell: Vec::new(), places: Places::default() })
    }

    /// Writes what is still held.
    pub fn close(mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Writes one row.
    pub fn row(&mut self, row: &Record) -> io::Result<()> {
        for key in &self.columns {
            self.writer.write_field(row.get(*key).map(csv_cell).unwrap_or_default().as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }
}

impl<W: Write> WriteCases for CsvCases<W> {
    fn write(&mut self, case: &Case, reference: &Reference, record: &dyn Fn(&Case) -> Record) -> io::Result<()> {
        let Some(public) = self.of_cases else { return self.case(&record(case)) };
        Cells::new(&mut self.writer, &mut self.cell).case(case, &mut self.places, public, reference)
    }

    fn case(&mut self, record: &Record) -> io::Result<()> {
        rows(record).iter().try_for_each(|row| self.row(row))
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.close()
    }
}

/// A value as a cell of CSV: bare numbers, and text that no spreadsheet runs.
#[must_use]
pub fn csv_cell(value: &Value) -> Cow<'_, str> {
    match (value, cell_text(value)) {
        (Value::String(_) | Value::Array(_), text) => defused(text),
        (_, bare) => bare,
    }
}

/// A value as text: of a list, its items.
pub(super) fn cell_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Borrowed(number.as_str()),
        Value::Array(items) => Cow::Owned(items.iter().map(cell_text).collect::<Vec<_>>().join("; ")),
        other => Cow::Owned(other.to_string()),
    }
}

/// Cases as JSON, one a line.
pub struct JsonlCases<W: Write>(pub W);

impl<W: Write> WriteCases for JsonlCases<W> {
    fn case(&mut self, record: &Record) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, record)?;
        self.0.write_all(b"\n")
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

/// Cases as one JSON array.
pub struct JsonCases<W: Write> {
    to: W,
    is_first: bool,
}

impl<W: Write> JsonCases<W> {
    /// Begins the array.
    pub fn new(mut to: W) -> io::Result<Self> {
        to.write_all(b"[")?;
        Ok(Self { to, is_first: true })
    }
}

impl<W: Write> WriteCases for JsonCases<W> {
    fn case(&mut self, record: &Record) -> io::Result<()> {
        self.to.write_all(if std::mem::take(&mut self.is_first) { b"\n" } else { b",\n" })?;
        // As it stands within an array that is written as a whole.
        let text = serde_json::to_string_pretty(record)?;
        self.to.write_all(b"  ")?;
        self.to.write_all(text.replace('\n', "\n  ").as_bytes())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.to.write_all(if self.is_first { b"]\n" } else { b"\n]\n" })?;
        self.to.flush()
    }
}
