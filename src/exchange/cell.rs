//! What stands in a table's cells, whatever file it comes from.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number that the file holds as one.
    Number(Decimal),
    /// A day that the file holds as one.
    Day(NaiveDate),
    /// A formula's error, such as `#REF!`.
    Broken(String),
}

impl Cell {
    /// A text, or nothing where it is blank.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// Whether dashes stand in it, by which people say that there is nothing.
    fn is_dashes(&self) -> bool {
        let dash = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—');
        matches!(self, Self::Text(text) if text.chars().all(dash))
    }

    /// As people see it.
    #[must_use]
    pub fn shown(&self) -> String {
        self.seen().into_owned()
    }

    /// As [`Cell::shown`]; a text as it stands.
    pub(super) fn seen(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Broken(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Day(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableRow {
    /// Its number in the file, or in the sheet, from 1.
    pub number: u64,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Which of them show what stands above, as one cell spans both rows.
    pub spanned: Vec<usize>,
}

impl TableRow {
    /// The cell of a column, from 0.
    #[must_use]
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }

    /// The row without dashes that stand for nothing.
    #[must_use]
    pub(super) fn without_dashes(mut self) -> Self {
        self.cells.iter_mut().filter(|cell| cell.is_dashes()).for_each(|cell| *cell = Cell::Empty);
        self
    }
}

/// The letters of a column, from 0: A, B, … Z, AA.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

/// The column of some letters, from 0.
#[must_use]
pub(super) fn column_of(letters: &str) -> Option<usize> {
    if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    Some(letters.bytes().fold(0, |number, b| number * 26 + usize::from(b - b'A' + 1)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!((column_letters(column).as_str(), column_of(letters)), (letters, Some(column)));
        }
        assert_eq!(column_of("a1"), None);
    }

    #[test]
    fn dashes_are_nothing() {
        let cells = [" – ", "-1", "a"].map(Cell::text).to_vec();
        let row = TableRow { number: 1, cells, spanned: Vec::new() }.without_dashes();
        assert_eq!(row.cells.iter().filter(|cell| cell.is_empty()).count(), 1);
    }
}
