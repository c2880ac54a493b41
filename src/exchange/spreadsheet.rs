//! Cases out into a workbook of Excel's.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use serde_json::Value;

use super::cell::column_letters;
use super::flat::{Kind, Record, kind, rows};
use super::writing::WriteCases;

/// The last row of a sheet, from 0; one is kept for its totals.
const LAST_ROW: u32 = 1_048_575;
/// From here on a spreadsheet would round a number: it is written as text.
const EXACT: u64 = 1_000_000_000_000_000;

/// A column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// The key of its values.
    pub key: &'static str,
    /// Its header.
    pub header: String,
}

/// What people call the value of a column, by its key; `None` where it is told
/// as it is.
pub type Named = Box<dyn Fn(&str, &str) -> Option<String> + Send>;

/// What the sheet is written with.
pub struct SheetWords {
    /// Its name.
    pub name: String,
    /// What stands before its totals.
    pub total: String,
    /// The decimals of its money.
    pub decimals: u32,
    /// What people call the value of a column, where it is a code.
    pub named: Named,
}

/// Cases as a workbook: real numbers and days, a header that stays in sight, a
/// filter, and totals by formula.
pub struct XlsxCases<W: Write + Seek + Send> {
    to: W,
    book: Workbook,
    columns: Vec<SheetColumn>,
    words: SheetWords,
    formats: Formats,
    /// How many sheets there are before these.
    before: usize,
    /// The sheet that is being written, and how many there are.
    sheets: usize,
    next: u32,
    /// The last row that a sheet can have, for its totals.
    last_row: u32,
    /// The sums of the sheet's columns, for who shows formulas without
    /// computing them.
    sums: BTreeMap<&'static str, Decimal>,
    /// Whether it has cases that are struck out, which don't count.
    has_void: bool,
}

struct Formats {
    header: Format,
    day: Format,
    money: Format,
    total: Format,
    total_money: Format,
}

impl Formats {
    fn new(decimals: u32) -> Self {
        let places = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals as usize)) };
        let money = Format::new().set_num_format(format!("#,##0{places}"));
        let total = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        Self {
            header: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            total_money: money.clone().set_bold().set_border_top(FormatBorder::Thin),
            money,
            total,
        }
    }
}

fn failed(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

impl<W: Write + Seek + Send> XlsxCases<W> {
    /// Begins a workbook.
    pub fn new(to: W, columns: Vec<SheetColumn>, words: SheetWords) -> io::Result<Self> {
        let mut book = Workbook::new();
        // The same cases make the same bytes, whenever they are written.
        let made = ExcelDateTime::from_ymd(2026, 1, 1).map_err(failed)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        Self::after(book, to, columns, words)
    }

    /// The same after the sheets of a workbook.
    pub fn after(mut book: Workbook, to: W, columns: Vec<SheetColumn>, words: SheetWords) -> io::Result<Self> {
        let before = book.worksheets().len();
        let formats = Formats::new(words.decimals);
        let mut cases = Self {
            to,
            book,
            columns,
            words,
            formats,
            before,
            sheets: 0,
            next: 0,
            last_row: LAST_ROW,
            sums: BTreeMap::new(),
            has_void: false,
        };
        cases.begin()?;
        Ok(cases)
    }

    /// The same, with sheets that are full sooner.
    #[must_use]
    pub fn with_rows(mut self, rows: u32) -> Self {
        self.last_row = rows.clamp(2, LAST_ROW);
        self
    }

    fn sheet(&mut self) -> io::Result<&mut Worksheet> {
        self.book.worksheet_from_index(self.before + self.sheets - 1).map_err(failed)
    }

    /// Begins a sheet: its header, and how wide its columns are.
    fn begin(&mut self) -> io::Result<()> {
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(failed)?;
        let name =
            if self.sheets == 0 { self.words.name.clone() } else { format!("{} {}", self.words.name, self.sheets + 1) };
        let done = sheet.set_name(name).and_then(|sheet| sheet.set_freeze_panes(1, 0));
        let sheet = done.and_then(|sheet| sheet.set_row_height(0, 32)).map_err(failed)?;
        sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0).map_err(failed)?;
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, width(column.key)).map_err(failed)?;
        }
        for (at, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, &column.header, &self.formats.header).map_err(failed)?;
        }
        self.sheets += 1;
        self.next = 1;
        Ok(())
    }

    fn row(&mut self, row: &Record) -> io::Result<()> {
        let at = self.next;
        self.next += 1;
        self.has_void |= is_void(row);
        let sheet = self.book.worksheet_from_index(self.before + self.sheets - 1).map_err(failed)?;
        for (column, SheetColumn { key, .. }) in (0..).zip(&self.columns) {
            if let Some(value) = row.get(*key) {
                if let (true, Value::Number(number)) = (is_summed(key) && !is_void(row), value)
                    && exact(&number.to_string()).is_some()
                    && let Ok(number) = number.to_string().parse::<Decimal>()
                {
                    let sum = self.sums.entry(key).or_default();
                    *sum = sum.saturating_add(number);
                }
                let named = value.as_str().and_then(|code| (self.words.named)(key, code)).map(Value::String);
                let value = named.as_ref().unwrap_or(value);
                cell(sheet, &self.formats, (at, column), kind(key), value).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Ends a sheet with its totals: of what the filter lets through, or where
    /// there are cases that are struck out, of all others.
    fn end(&mut self) -> io::Result<()> {
        let (last, at) = (self.next, self.next);
        let width = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        let formats = Formats::new(self.words.decimals);
        let label = self.words.total.clone();
        let sums = std::mem::take(&mut self.sums);
        let status = self.columns.iter().position(|column| column.key == "status").map(column_letters);
        let status = status.filter(|_| self.has_void).map(|letters| format!("{letters}2:{letters}{last}"));
        let void = (self.words.named)("status", "void").unwrap_or_else(|| "void".to_owned());
        let summed: Vec<(u16, &'static str)> =
            (0..).zip(self.columns.iter().map(|column| column.key)).filter(|(_, key)| is_summed(key)).collect();
        let sheet = self.sheet()?;
        if last > 1 {
            sheet.autofilter(0, 0, last - 1, width - 1).map_err(failed)?;
            sheet.write_string_with_format(at, 0, label, &formats.total).map_err(failed)?;
            for (column, key) in summed {
                let letters = column_letters(usize::from(column));
                let sum = sums.get(key).copied().unwrap_or_default().normalize();
                let cells = format!("{letters}2:{letters}{last}");
                let formula = match &status {
                    Some(status) => format!("SUMIFS({cells},{status},\"<>{void}\")"),
                    None => format!("SUBTOTAL(9,{cells})"),
                };
                let formula = Formula::new(formula).set_result(sum.to_string());
                let format = if kind(key) == Kind::Money { &formats.total_money } else { &formats.total };
                sheet.write_formula_with_format(at, column, formula, format).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl<W: Write + Seek + Send> WriteCases for XlsxCases<W> {
    fn case(&mut self, record: &Record) -> io::Result<()> {
        let rows = rows(record);
        // The rows of a case stand on one sheet.
        if self.next as usize + rows.len() > self.last_row as usize {
            self.end()?;
            self.begin()?;
        }
        rows.iter().try_for_each(|row| self.row(row))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.end()?;
        let Self { mut book, to, .. } = *self;
        book.save_to_writer(to).map_err(failed)
    }
}

/// Columns that are added up: money, and how many cases there are.
fn is_summed(key: &str) -> bool {
    kind(key) == Kind::Money || key == "case_count"
}

fn is_void(row: &Record) -> bool {
    row.get("status").and_then(Value::as_str) == Some("void")
}

fn width(key: &str) -> f64 {
    match kind(key) {
        Kind::Money => 18.0,
        Kind::Number => 10.0,
        Kind::Day => 12.0,
        Kind::Text if key.ends_with("_bound") => 10.0,
        Kind::Text => match key {
            "goods" | "note" | "source" | "remedies" | "void_reason" | "offender_address" => 40.0,
            "agency" | "partners" | "transferred_to" | "offender" | "legal_basis" | "created_at" => 26.0,
            "id" => 38.0,
            "revision" | "province_code" => 8.0,
            _ => 18.0,
        },
    }
}

fn cell(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, column): (u32, u16),
    kind: Kind,
    value: &Value,
) -> Result<(), XlsxError> {
    let text = |sheet: &mut Worksheet, text: &str| sheet.write_string(row, column, text).map(drop);
    match value {
        Value::Null => Ok(()),
        Value::Number(number) => match exact(&number.to_string()) {
            Some(number) if kind == Kind::Money => {
                sheet.write_number_with_format(row, column, number, &formats.money).map(drop)
            }
            Some(number) => sheet.write_number(row, column, number).map(drop),
            None => text(sheet, &number.to_string()),
        },
        Value::String(day) if kind == Kind::Day => match day.parse::<NaiveDate>() {
            Ok(day) => sheet.write_datetime_with_format(row, column, day, &formats.day).map(drop),
            Err(_) => text(sheet, day),
        },
        Value::String(words) if words.is_empty() => Ok(()),
        other => {
            let words = super::writing::cell_text(other);
            if words.is_empty() { Ok(()) } else { text(sheet, &words) }
        }
    }
}

/// A number that a spreadsheet keeps as it is.
fn exact(number: &str) -> Option<f64> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0');
    let fits = significant.is_empty() || significant.parse::<u64>().is_ok_and(|digits| digits < EXACT);
    number.parse().ok().filter(|_| fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_be_rounded_are_no_numbers() {
        assert_eq!(exact("450000000"), Some(450_000_000.0));
        assert_eq!(exact("999999999999999"), Some(999_999_999_999_999.0));
        assert_eq!(exact("1000000000000001"), None);
        assert_eq!(exact("0.05"), Some(0.05));
    }
}
