//! Cells as the words of fields, in the form in which a case's entry is read.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::cell::Cell;
use super::mapping::{DateOrder, Mapping};
use super::plan::{TablePlan, in_year};
use super::scale::Scale;
use crate::domain::{Bound, Field, Reason, bounded};
use crate::text::{ReadError, clean, fold};

/// Stands before what was refused, in the files of refused rows, until it is
/// mended.
pub(super) const TO_MEND: &str = "⚠";
/// What a spreadsheet shows of a formula's error.
const ERRORS: [&str; 8] = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"];

/// How the cells of a column are read.
#[derive(Clone, Copy)]
pub(super) struct Converter<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) year: Option<i32>,
    /// Whether the table is an export as text, whose numbers are as a program
    /// writes them.
    pub(super) is_export: bool,
    /// Whether the table is any export: its words are words.
    pub(super) is_own: bool,
}

impl<'a> Converter<'a> {
    pub(super) fn of(plan: &TablePlan, mapping: &'a Mapping) -> Self {
        // In a workbook numbers are numbers, and text is somebody's own.
        Self { mapping, year: plan.year, is_export: plan.is_export && plan.text.is_some(), is_own: plan.is_export }
    }
}

impl Converter<'_> {
    /// What a cell says of a field; `None` where it says nothing.
    pub(super) fn value(&self, field: Field, cell: &Cell, scale: Scale) -> Result<Option<String>, Reason> {
        match cell {
            Cell::Broken(_) => return Err(Reason::FormulaError),
            Cell::Text(text) if text.trim_start().starts_with(TO_MEND) => return Err(Reason::NotMended),
            Cell::Text(text) if !self.is_own && is_error(text.trim()) => return Err(Reason::FormulaError),
            _ => {}
        }
        if cell.is_empty() {
            return Ok(None);
        }
        let cell = self.translated(field, cell);
        let value = match &*cell {
            Cell::Empty | Cell::Broken(_) => return Ok(None),
            Cell::Day(day) if field.is_day() => day.to_string(),
            // A file's number "3/4" is no day, whatever the spreadsheet made of it.
            Cell::Day(_) if is_code(field) => return Err(Reason::MadeADate),
            Cell::Day(day) => day.to_string(),
            Cell::Number(number) if field.is_money() => {
                money(*number, scale).ok_or(Reason::TooLarge { most: Decimal::MAX })?
            }
            Cell::Number(number) if field.is_number() => bounded(*number, Bound::Exact),
            Cell::Number(number) => number.normalize().to_string(),
            Cell::Text(text) if field.is_money() => {
                // Of money no one writes three decimals: thousands may be meant.
                if scale == Scale::One && !self.is_export && has_three_decimals(text, self.mapping.decimal) {
                    return Err(Reason::Amount(ReadError::Ambiguous));
                }
                self.money_text(text, scale)
            }
            Cell::Text(text) if field.is_number() => self.with_decimal_mark(text),
            Cell::Text(text) if field.is_day() => self.day_text(text),
            Cell::Text(text) => text.clone(),
        };
        Ok(Some(value))
    }

    /// What the mapping says that a value means.
    fn translated<'c>(&self, field: Field, cell: &'c Cell) -> Cow<'c, Cell> {
        // Most files need no mapping at all.
        let meanings = self.mapping.values.get(field.key()).filter(|meanings| !meanings.is_empty());
        let Some(meanings) = meanings else { return Cow::Borrowed(cell) };
        let shown = fold(&cell.shown());
        let meant = meanings.iter().find(|(value, _)| fold(value) == shown).map(|(_, meant)| Cell::text(meant));
        meant.map_or(Cow::Borrowed(cell), Cow::Owned)
    }

    /// A number without a unit is in the column's; one that names its own,
    /// in that.
    fn money_text(&self, text: &str, scale: Scale) -> String {
        let text = self.with_decimal_mark(text);
        let end = text.rfind(|c: char| c.is_ascii_digit()).map(|at| at + 1);
        match end.filter(|_| scale != Scale::One && !names_unit(&text)) {
            Some(end) => format!("{} {}{}", &text[..end], scale.word(), &text[end..]),
            None => text,
        }
    }

    fn day_text(&self, text: &str) -> String {
        let day = text.trim();
        // A time of day after the day is of no matter.
        let day = day.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(day, |(day, _)| day);
        let day = match self.mapping.dates {
            DateOrder::Dmy => day.to_owned(),
            DateOrder::Mdy => month_first(day),
        };
        in_year(&day, self.year).unwrap_or(day)
    }

    /// A text in which numbers have the decimal mark that is declared, as one
    /// in which they can't be misread: without marks between thousands, and a
    /// comma before decimals, never three of them.
    fn with_decimal_mark(&self, text: &str) -> String {
        let own = self.is_export.then_some('.');
        let Some(mark) = own.or(self.mapping.decimal) else { return text.to_owned() };
        let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c: char| !is_number(c)).unwrap_or(from.len());
            let end = from[..end].trim_end_matches(['.', ',']).len();
            written.push_str(before);
            written.push_str(&declared(&from[..end], mark).unwrap_or_else(|| from[..end].to_owned()));
            rest = &from[end..];
        }
        written + rest
    }
}

fn money(number: Decimal, scale: Scale) -> Option<String> {
    let value = number.checked_mul(scale.factor().into())?.normalize();
    Some(bounded(value, Bound::Exact))
}

/// Whether a text is what a spreadsheet shows of a formula's error.
fn is_error(text: &str) -> bool {
    text.starts_with('#') && ERRORS.contains(&text)
}

/// Whether a field holds what a spreadsheet likes to take for a day.
fn is_code(field: Field) -> bool {
    matches!(field, Field::CaseNo | Field::DecisionNo | Field::Minutes | Field::OffenderId | Field::Agency)
}

/// A day whose month is written first, with its day first.
pub(super) fn month_first(day: &str) -> String {
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    match parts.as_slice() {
        [month, date, rest @ ..] if month.len() <= 2 && rest.len() <= 1 => {
            let year = rest.first().map(|year| format!("/{year}")).unwrap_or_default();
            format!("{date}/{month}{year}")
        }
        _ => day.to_owned(),
    }
}

/// A number with a declared decimal mark; `None` if it is not well written.
fn declared(number: &str, mark: char) -> Option<String> {
    let other = if mark == ',' { '.' } else { ',' };
    let (whole, decimals) = number.split_once(mark).unwrap_or((number, ""));
    let groups: Vec<&str> = whole.split(other).collect();
    let is_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !is_grouped || decimals.contains([',', '.']) {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let decimals = if decimals.len() == 3 { format!("{decimals}0") } else { decimals.to_owned() };
    let point = if decimals.is_empty() { "" } else { "," };
    Some(format!("{}{point}{decimals}", groups.concat()))
}

/// Whether an amount names a unit or a currency of its own.
fn names_unit(text: &str) -> bool {
    const UNITS: [&str; 15] = [
        "dong", "d", "vnd", "nghin", "ngan", "k", "trieu", "tr", "trd", "ty", "ti", "thousand", "million", "billion",
        "usd",
    ];
    fold(text).split(|c: char| !c.is_alphabetic()).any(|word| UNITS.contains(&word))
}

/// Whether a bare number has three digits behind a decimal mark that was
/// declared, as thousands have.
fn has_three_decimals(text: &str, mark: Option<char>) -> bool {
    let parts = mark.and_then(|mark| text.trim().split_once(mark));
    parts.is_some_and(|(_, decimals)| decimals.len() == 3 && decimals.bytes().all(|b| b.is_ascii_digit()))
}

/// A quantity and the unit that stands after it in one cell.
pub(super) fn quantity_and_unit(text: &str) -> Option<(&str, &str)> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, unit) = (text[..end].trim(), text[end..].trim());
    let is_number = number.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
    (is_number && !unit.is_empty() && unit.chars().all(|c| c.is_alphabetic() || c == ' ')).then_some((number, unit))
}

/// The words of a text that has nothing but white space around them.
pub(super) fn words(text: &str) -> Option<String> {
    Some(clean(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(mapping: &Mapping, field: Field, text: &str, scale: Scale) -> String {
        let converter = Converter { mapping, year: Some(2026), is_export: false, is_own: false };
        converter.value(field, &Cell::text(text), scale).unwrap().unwrap()
    }

    #[test]
    fn a_declared_decimal_mark_is_held_to() {
        let dot = Mapping { decimal: Some('.'), ..Mapping::default() };
        let amount = |text: &str| value(&dot, Field::FineAmount, text, Scale::One);
        assert_eq!(amount("25,000,000"), "25000000");
        assert_eq!(amount("1.5 triệu"), "1,5 triệu");
        assert_eq!(value(&dot, Field::Quantity, "1.500", Scale::One), "1,5");
        assert_eq!(value(&dot, Field::Quantity, "0.125", Scale::One), "0,1250");
        let thousands = Converter { mapping: &dot, year: None, is_export: false, is_own: false };
        let doubted = thousands.value(Field::FineAmount, &Cell::text("750.000"), Scale::One);
        assert_eq!(doubted, Err(Reason::Amount(ReadError::Ambiguous)));
        assert_eq!(amount("25,00"), "25,00", "what is not well written stays as it is, to be refused");
    }

    #[test]
    fn bare_numbers_are_in_the_unit_of_their_column() {
        let plain = Mapping::default();
        assert_eq!(value(&plain, Field::FineAmount, "25,5", Scale::Million), "25,5 triệu đồng");
        assert_eq!(value(&plain, Field::FineAmount, "25,5 tỷ", Scale::Million), "25,5 tỷ");
        assert_eq!(value(&plain, Field::FineAmount, "25 trở lên", Scale::Million), "25 triệu đồng trở lên");
        let converter = Converter { mapping: &plain, year: None, is_export: false, is_own: false };
        let number = Cell::Number("25.125".parse().unwrap());
        let million = converter.value(Field::FineAmount, &number, Scale::Million).unwrap().unwrap();
        assert_eq!(million, "25125000");
        assert_eq!(converter.value(Field::Quantity, &number, Scale::One).unwrap().unwrap(), "25,1250");
    }

    #[test]
    fn days_are_read_in_the_order_that_is_declared() {
        let american = Mapping { dates: DateOrder::Mdy, ..Mapping::default() };
        assert_eq!(value(&american, Field::DetectedOn, "2/27/2026", Scale::One), "27/2/2026");
        assert_eq!(value(&Mapping::default(), Field::DetectedOn, "27/2", Scale::One), "2026-02-27");
        assert_eq!(value(&Mapping::default(), Field::DetectedOn, "27/2/2025 08:30", Scale::One), "27/2/2025");
    }

    #[test]
    fn what_a_spreadsheet_broke_is_refused() {
        let mapping = Mapping::default();
        let converter = Converter { mapping: &mapping, year: None, is_export: false, is_own: false };
        let day = Cell::Day("2026-04-03".parse().unwrap());
        assert_eq!(converter.value(Field::CaseNo, &day, Scale::One), Err(Reason::MadeADate));
        let broken = Cell::Broken("#REF!".into());
        assert_eq!(converter.value(Field::Note, &broken, Scale::One), Err(Reason::FormulaError));
    }

    #[test]
    fn a_unit_may_stand_with_its_quantity() {
        assert_eq!(quantity_and_unit("1.200 chai"), Some(("1.200", "chai")));
        assert_eq!(quantity_and_unit("12"), None);
        assert_eq!(quantity_and_unit("hơn 12 kg"), None);
    }
}
