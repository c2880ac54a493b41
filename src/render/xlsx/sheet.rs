//! A table on a sheet.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError, utility::row_col_to_cell};

use super::formats::Formats;
use crate::lang::Words;
use crate::render::grid::{Align, Cell, Column, Grid, RowKind, Unit};
use crate::text::shown;

/// From here on a spreadsheet would round a number: it is written as text.
const EXACT: i128 = 1_000_000_000_000_000;

/// The height of a line.
pub(super) const HEIGHT: f64 = 15.5;
/// The most letters that stand beside each other in a column.
const WIDEST: usize = 44;

/// How many letters wide a table's sheet is.
pub(super) fn table_width(grid: &Grid, words: &Words) -> f64 {
    let texts = grid.texts(words, Unit::One);
    let columns = grid.columns.iter().enumerate();
    columns.map(|(at, column)| width(column, texts.iter().filter_map(|row| row.get(at)))).sum()
}

/// Writes a table from a row on; tells the row after it.
pub(super) fn write_table(
    sheet: &mut Worksheet,
    grid: &Grid,
    top: u32,
    formats: &Formats,
    words: &Words,
) -> Result<u32, XlsxError> {
    let texts = grid.texts(words, Unit::One);
    for (at, column) in (0..).zip(&grid.columns) {
        let format = if column.align == Align::Right { &formats.header_right } else { &formats.header };
        sheet.write_string_with_format(top, at, shown(&column.header), format)?;
        sheet.set_column_width(at, width(column, texts.iter().filter_map(|row| row.get(usize::from(at)))))?;
    }
    // Not every program makes room for a header that is broken into lines.
    let broken = |(at, column): (usize, &Column)| {
        textwrap::wrap(&column.header, letters(column, texts.iter().filter_map(|row| row.get(at)))).len()
    };
    let lines_of_header = grid.columns.iter().enumerate().map(broken).max().unwrap_or(1);
    sheet.set_row_height(top, HEIGHT * f64::from(u32::try_from(lines_of_header).unwrap_or(1)))?;
    sheet.set_freeze_panes(top + 1, 1)?;
    sheet.set_repeat_rows(top, top)?;
    let first = top + 1;
    let parts = grid.parts();
    for (at, (row, texts)) in grid.rows.iter().zip(&texts).enumerate() {
        let line = first + u32::try_from(at).unwrap_or_default();
        let lines = grid.columns.iter().zip(texts).map(|(column, text)| lines(column, text)).max().unwrap_or(1);
        sheet.set_row_height(line, HEIGHT * f64::from(lines))?;
        for (column, (cell, text)) in (0_u16..).zip(row.cells.iter().zip(texts)) {
            let indent = if column == 0 { row.indent } else { 0 };
            let format = formats.cell(cell, row.kind, indent);
            match (number(cell), sum_formula(grid, &parts[at], (at, usize::from(column)), first)) {
                (Some(number), Some(formula)) if row.kind != RowKind::Body => {
                    let formula = Formula::new(formula).set_result(number.to_string());
                    sheet.write_formula_with_format(line, column, formula, &format)?;
                }
                (Some(number), _) => {
                    let number = number.to_string().parse::<f64>().unwrap_or_default();
                    sheet.write_number_with_format(line, column, number, &format)?;
                }
                (None, _) => match cell {
                    Cell::Date(day) => {
                        sheet.write_datetime_with_format(line, column, *day, &format)?;
                    }
                    Cell::Empty => {
                        sheet.write_blank(line, column, &format)?;
                    }
                    _ => {
                        sheet.write_string_with_format(line, column, text, &format)?;
                    }
                },
            }
        }
    }
    Ok(first + u32::try_from(grid.rows.len()).unwrap_or_default())
}

/// The rows of a table as a sheet holds them: numbers and days bare.
pub(in crate::render) fn held(grid: &Grid, words: &Words) -> Vec<Vec<String>> {
    let texts = grid.texts(words, Unit::One);
    let cell = |(cell, text): (&Cell, String)| match (number(cell), cell) {
        (Some(number), _) => number.to_string(),
        (None, Cell::Date(day)) => day.to_string(),
        (None, _) => text,
    };
    grid.rows.iter().zip(texts).map(|(row, texts)| row.cells.iter().zip(texts).map(cell).collect()).collect()
}

/// How many lines a text takes in its column.
fn lines(column: &Column, text: &str) -> u32 {
    if column.align == Align::Right {
        return 1;
    }
    u32::try_from(textwrap::wrap(text, WIDEST).len()).unwrap_or(1).max(1)
}

/// The number in a cell, if it is known and a spreadsheet keeps it exactly;
/// hundredths as the part that they are.
fn number(cell: &Cell) -> Option<Decimal> {
    let number = match cell {
        Cell::Money(_) | Cell::Count(_) if cell.is_unknown() => return None,
        Cell::Percent(percent, _) => percent.map(|percent| percent / Decimal::ONE_HUNDRED),
        cell => cell.number(Unit::One),
    };
    number.map(|number| number.normalize()).filter(|number| number.mantissa().abs() < EXACT)
}

/// The formula of a cell that sums up others, where they add up to it.
fn sum_formula(grid: &Grid, parts: &[usize], (row, column): (usize, usize), first: u32) -> Option<String> {
    /// The most that a formula takes apart.
    const MOST: usize = 255;
    let cell = |at: usize| grid.rows.get(at)?.cells.get(column);
    let is_sum = |cell: &Cell| matches!(cell, Cell::Money(_) | Cell::Count(_));
    let value = |at: usize| cell(at).filter(|cell| is_sum(cell)).and_then(|cell| cell.number(Unit::One));
    let whole: Decimal = parts.iter().map(|at| value(*at)).sum::<Option<Decimal>>()?;
    let adds_up = !parts.is_empty() && value(row)? == whole;
    // One that is written as text is not added by the spreadsheet.
    if !adds_up || parts.iter().any(|at| cell(*at).and_then(number).is_none() && value(*at) != Some(Decimal::ZERO)) {
        return None;
    }
    let column = u16::try_from(column).ok()?;
    let name = |at: usize| Some(row_col_to_cell(first + u32::try_from(at).ok()?, column));
    let is_run = parts.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let cells = match (parts.first(), parts.last()) {
        (Some(one), Some(last)) if is_run => format!("{}:{}", name(*one)?, name(*last)?),
        _ if parts.len() > MOST => return None,
        _ => parts.iter().map(|at| name(*at)).collect::<Option<Vec<_>>>()?.join(","),
    };
    Some(format!("=SUM({cells})"))
}

/// How many letters stand beside each other in a column: as many as its longest
/// text has, within limits.
fn letters<'a>(column: &Column, texts: impl Iterator<Item = &'a String>) -> usize {
    let longest = texts.map(|text| text.chars().count()).max().unwrap_or(0);
    let header = column.header.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    longest.max(header).clamp(8, WIDEST)
}

/// How wide a column is: a little more than its letters.
fn width<'a>(column: &Column, texts: impl Iterator<Item = &'a String>) -> f64 {
    f64::from(u32::try_from(letters(column, texts)).unwrap_or_default()) + 2.5
}
