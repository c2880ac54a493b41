//! Workbooks: Excel's and LibreOffice's.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufReader, Read, Seek};

use calamine::{
    Data, DataRef, DataType, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx, XlsxError,
};
use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::archive;
use super::cell::{Cell, TableRow};
use super::error::FileError;
use super::limits::{LARGEST_BOOK, LONGEST_RECORD, MOST_COLUMNS};
use super::source::{Counted, Form, Source};
use crate::text::fold;

type File = BufReader<Counted>;

/// Takes the rows of sheets; told of each sheet's name first.
pub(super) trait TakeRows {
    /// A sheet begins.
    fn sheet(&mut self, name: &str) -> Result<(), FileError>;
    /// A sheet that is hidden, and not read.
    fn hidden(&mut self, name: &str) -> Result<(), FileError>;
    /// Its next row.
    fn row(&mut self, row: TableRow) -> Result<(), FileError>;
}

/// Reads the sheets of a workbook that people see, or the one that is named.
pub(super) fn read_workbook(source: &Source, wanted: Option<&str>, take: &mut dyn TakeRows) -> Result<(), FileError> {
    let open = || Ok::<_, FileError>(BufReader::new(source.file()?));
    if source.form == Form::Xls {
        too_large(source)?;
        return whole(&mut Xls::new(open()?).map_err(damaged)?, wanted, take);
    }
    let packed = archive::check(open()?)?;
    if packed.is_ods {
        too_large(source)?;
        return whole(&mut Ods::new(open()?).map_err(damaged)?, wanted, take);
    }
    let mut book = Xlsx::new(open()?).map_err(damaged)?;
    tell_hidden(&book, wanted, take)?;
    for name in sheets(&book, wanted)? {
        let spans = if packed.has_spans { spans(&mut book, &name)? } else { Spans::default() };
        take.sheet(&name)?;
        read_sheet(&mut book, &name, spans, take)?;
    }
    Ok(())
}

fn too_large(source: &Source) -> Result<(), FileError> {
    if source.bytes > LARGEST_BOOK { Err(FileError::TooLarge { most: LARGEST_BOOK >> 20 }) } else { Ok(()) }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn damaged(error: impl ToString) -> FileError {
    FileError::Damaged(error.to_string())
}

/// The names of the sheets to read.
fn sheets<R: Reader<File>>(book: &R, wanted: Option<&str>) -> Result<Vec<String>, FileError> {
    let tables = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    if let Some(wanted) = wanted {
        let names: Vec<String> = tables.map(|sheet| sheet.name.clone()).collect();
        let exact = names.iter().find(|name| *name == wanted);
        let found = exact.or_else(|| names.iter().find(|name| fold(name) == fold(wanted)));
        let missing = || FileError::NoSheet { name: wanted.to_owned(), there: names.clone() };
        return found.map(|name| vec![name.clone()]).ok_or_else(missing);
    }
    let seen = tables.filter(|sheet| sheet.visible == SheetVisible::Visible);
    Ok(seen.map(|sheet| sheet.name.clone()).collect())
}

/// Tells of sheets that are not read as people don't see them.
fn tell_hidden<R: Reader<File>>(book: &R, wanted: Option<&str>, take: &mut dyn TakeRows) -> Result<(), FileError> {
    let hidden = book.sheets_metadata().iter().filter(|sheet| {
        wanted.is_none() && sheet.typ == SheetType::WorkSheet && sheet.visible != SheetVisible::Visible
    });
    let names: Vec<String> = hidden.map(|sheet| sheet.name.clone()).collect();
    names.iter().try_for_each(|name| take.hidden(name))
}

/// The forms that can only be read as a whole.
fn whole<R: Reader<File>>(book: &mut R, wanted: Option<&str>, take: &mut dyn TakeRows) -> Result<(), FileError>
where
    R::Error: ToString,
{
    tell_hidden(book, wanted, take)?;
    for name in sheets(book, wanted)? {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        take.sheet(&name)?;
        let Some((first_row, first_column)) = range.start() else { continue };
        for (at, row) in range.rows().enumerate() {
            let number = u64::from(first_row) + at as u64 + 1;
            let mut cells = vec![Cell::Empty; first_column as usize];
            cells.extend(row.iter().map(cell));
            take.row(table_row(number, cells, &Spans::default())?)?;
        }
    }
    Ok(())
}

/// Reads a sheet of Excel's cell by cell, so that no more than a row of it is
/// held.
fn read_sheet<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
    mut spans: Spans,
    take: &mut dyn TakeRows,
) -> Result<(), FileError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        reader => reader.map_err(damaged)?,
    };
    let mut row: (u64, Vec<Cell>) = (0, Vec::new());
    let mut bytes = 0;
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (number, column) = (u64::from(found.pos.0) + 1, found.pos.1 as usize);
        if number != row.0 {
            emit(&mut row, &mut spans, take)?;
            row.0 = number;
            bytes = 0;
        }
        // A program that wrote a formula may not have computed it.
        let cell = match (cell(&found.value), &found.formula) {
            (Cell::Empty, Some(_)) if found.value == DataRef::Empty => Cell::Broken("=".to_owned()),
            (cell, _) => cell,
        };
        if cell == Cell::Empty {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(FileError::ManyColumns { row: number });
        }
        if let Cell::Text(text) = &cell {
            bytes += text.len();
            if bytes > LONGEST_RECORD {
                return Err(FileError::LongRecord { line: number });
            }
        }
        row.1.resize(row.1.len().max(column + 1), Cell::Empty);
        row.1[column] = cell;
    }
    emit(&mut row, &mut spans, take)
}

fn emit(row: &mut (u64, Vec<Cell>), spans: &mut Spans, take: &mut dyn TakeRows) -> Result<(), FileError> {
    if row.0 == 0 {
        return Ok(());
    }
    let row = table_row(row.0, std::mem::take(&mut row.1), spans)?;
    spans.note(&row);
    take.row(row)
}

fn table_row(number: u64, mut cells: Vec<Cell>, spans: &Spans) -> Result<TableRow, FileError> {
    while cells.last() == Some(&Cell::Empty) {
        cells.pop();
    }
    let text = |cell: &Cell| if let Cell::Text(text) = cell { text.len() } else { 0 };
    if cells.iter().map(text).sum::<usize>() > LONGEST_RECORD {
        return Err(FileError::LongRecord { line: number });
    }
    if cells.len() > MOST_COLUMNS {
        return Err(FileError::ManyColumns { row: number });
    }
    let mut row = TableRow { number, cells, spanned: Vec::new() };
    for (column, value) in spans.shown_in(number) {
        row.cells.resize(row.cells.len().max(column + 1), Cell::Empty);
        if row.cells[column] == Cell::Empty {
            row.cells[column] = value.clone();
            row.spanned.push(column);
        }
    }
    Ok(row)
}

/// Cells that span several rows, by column, from the top: the rows, from 1,
/// and what stands in them.
#[derive(Debug, Default)]
struct Spans(BTreeMap<usize, VecDeque<(u64, u64, Cell)>>);

impl Spans {
    /// What the spans show in a row below their first.
    fn shown_in(&self, row: u64) -> impl Iterator<Item = (usize, &Cell)> {
        // Those of a column don't overlap: only the next can be meant.
        self.0.iter().filter_map(move |(column, list)| {
            let (first, last, value) = list.front()?;
            (*first < row && row <= *last).then_some((*column, value))
        })
    }

    /// Notes what stands in the first row of spans, and lets go of those that
    /// have ended.
    fn note(&mut self, row: &TableRow) {
        for (column, list) in &mut self.0 {
            while list.front().is_some_and(|(_, last, _)| *last <= row.number) {
                list.pop_front();
            }
            if let Some((first, _, value)) = list.front_mut()
                && *first == row.number
            {
                *value = row.cell(*column).clone();
            }
        }
    }
}

fn spans<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<Spans, FileError> {
    let mut merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    let mut spans = Spans::default();
    merged.sort_unstable_by_key(|span| span.start);
    for Dimensions { start, end } in merged {
        let is_tall = end.0 > start.0 && (start.1 as usize) < MOST_COLUMNS;
        if is_tall {
            let rows = (u64::from(start.0) + 1, u64::from(end.0) + 1, Cell::Empty);
            spans.0.entry(start.1 as usize).or_default().push_back(rows);
        }
    }
    Ok(spans)
}

/// A cell as the file holds it.
fn cell<T: DataType + Known>(value: &T) -> Cell {
    if let Some(error) = value.broken() {
        return Cell::Broken(error);
    }
    if let Some(moment) = value.moment() {
        return moment;
    }
    if let Some(text) = value.get_string() {
        return Cell::text(text);
    }
    match (value.get_int(), value.get_float(), value.get_bool()) {
        (Some(whole), ..) => Cell::Number(whole.into()),
        (_, Some(float), _) => number(float),
        (.., Some(truth)) => Cell::Text(truth.to_string()),
        _ => Cell::Empty,
    }
}

/// A number of a spreadsheet, which shows 15 digits of it: what it computed
/// beyond them (25000000.000000004) is no one's figure.
fn number(float: f64) -> Cell {
    let written = format!("{float:.14e}");
    let exact = Decimal::from_scientific(&written).map(|number| number.normalize());
    exact.map_or_else(|_| Cell::Text(float.to_string()), Cell::Number)
}

/// What the two kinds of values of the workbooks' reader have in common.
trait Known {
    /// A formula's error.
    fn broken(&self) -> Option<String>;
    /// A date, with a time or without.
    fn moment(&self) -> Option<Cell>;
}

macro_rules! known {
    ($kind:ty) => {
        impl Known for $kind {
            fn broken(&self) -> Option<String> {
                if let Self::Error(error) = self { Some(error.to_string()) } else { None }
            }

            fn moment(&self) -> Option<Cell> {
                match self {
                    Self::DateTime(moment) => Some(day(*moment)),
                    Self::DateTimeIso(text) => {
                        let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
                        Some(day.map_or_else(|| Cell::Text(text.clone()), Cell::Day))
                    }
                    Self::DurationIso(text) => Some(Cell::Text(text.clone())),
                    _ => None,
                }
            }
        }
    };
}
known!(Data);
known!(DataRef<'_>);

/// The day of a date; a time of day alone has none.
fn day(moment: ExcelDateTime) -> Cell {
    let shown = || number(moment.as_f64());
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return shown();
    }
    moment.as_datetime().map_or_else(shown, |at| {
        // A moment just before midnight is what a day's number computed is.
        let late = at.time() > NaiveTime::from_hms_milli_opt(23, 59, 59, 500).unwrap_or_default();
        let day = if late { at.date().succ_opt() } else { Some(at.date()) };
        Cell::Day(day.unwrap_or(at.date()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_are_shown() {
        for (float, shown) in
            [(25_000_000.000_000_004, "25000000"), (40.14, "40.14"), (0.1 + 0.2, "0.3"), (1e15, "1000000000000000")]
        {
            assert_eq!(number(float), Cell::Number(shown.parse().unwrap()), "{float}");
        }
        assert!(matches!(number(f64::NAN), Cell::Text(_)));
    }
}
