//! Reads the values of fields, gathering everything that is wrong.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    Amount, Bound, Count, Currency, Field, FieldError, FieldWarning, Known, NoMatch, Quantity, Reason, Reference,
    Values,
};
use crate::text::{ReadError, Warning, cleaned, fold, plain, read_date, read_number};

/// The longest text that a field may hold, in characters.
pub(super) const LONGEST: usize = 2_000;
/// The most of anything that is counted.
const MOST: u32 = 1_000_000_000;
const NO_COUNT: Reason = Reason::WholeNumber { least: 1, most: MOST };
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 20_000;

pub(super) struct Reader<'a, 'k> {
    reference: &'a Reference,
    known: &'k mut Known,
    pub(super) currency: &'a Currency,
    pub(super) errors: Vec<FieldError>,
    pub(super) warnings: Vec<FieldWarning>,
    /// What was written of figures that name no number, to be kept in words.
    pub(super) vague: Vec<String>,
    /// The line of goods being read, where there are several.
    pub(super) line: Option<usize>,
    /// The year of a date that is written without one.
    pub(super) year: Option<i32>,
}

impl<'a, 'k> Reader<'a, 'k> {
    pub(super) fn new(reference: &'a Reference, currency: &'a Currency, known: &'k mut Known) -> Self {
        Self {
            reference,
            known,
            currency,
            errors: Vec::new(),
            warnings: Vec::new(),
            vague: Vec::new(),
            line: None,
            year: None,
        }
    }

    pub(super) fn refuse(&mut self, field: Field, value: &str, reason: Reason) {
        let value = value.chars().take(200).collect();
        self.errors.push(FieldError { field, line: self.line, value, reason });
    }

    /// The value of a result, its error noted.
    fn taken<T>(&mut self, field: Field, value: &str, result: Result<T, Reason>) -> Option<T> {
        result.map_err(|reason| self.refuse(field, value, reason)).ok()
    }

    pub(super) fn text(&mut self, values: &Values, field: Field) -> Option<String> {
        self.words(values, field).map(Cow::into_owned)
    }

    /// As [`Reader::text`], not written anew where it need not be.
    fn words<'v>(&mut self, values: &'v Values, field: Field) -> Option<Cow<'v, str>> {
        let most = if field == Field::Note { LONGEST_NOTE } else { LONGEST };
        let raw = values.get(&field)?;
        let is_long = |text: &str, most: usize| text.len() > most && text.chars().count() > most;
        // Cleaning a text of any length would cost as much as it is long.
        if raw.len() > most * 8 || is_long(raw, most * 2) {
            self.refuse(field, raw, Reason::TooLong { most });
            return None;
        }
        let text = cleaned(raw);
        if is_long(&text, most) {
            self.refuse(field, &text, Reason::TooLong { most });
            return None;
        }
        if text.is_empty() { None } else { Some(text) }
    }

    pub(super) fn required<'v>(&mut self, values: &'v Values, field: Field) -> Option<Cow<'v, str>> {
        let before = self.errors.len();
        let text = self.words(values, field);
        if text.is_none() && self.errors.len() == before {
            self.refuse(field, "", Reason::Missing);
        }
        text
    }

    pub(super) fn date(&mut self, values: &Values, field: Field) -> Option<NaiveDate> {
        let text = self.words(values, field)?;
        let date = read_date(&text, self.year).map_err(Reason::Date);
        self.taken(field, &text, date)
    }

    pub(super) fn amount(&mut self, values: &Values, field: Field, bound_field: Option<Field>) -> Option<Amount> {
        let given = bound_field.and_then(|bound_field| self.bound(values, bound_field));
        let Some(text) = self.words(values, field) else {
            if let (Some(bound_field), Some(bound)) = (bound_field, given.filter(|bound| *bound != Bound::Exact)) {
                self.refuse(bound_field, bound.code(), Reason::Needs(field));
            }
            return None;
        };
        if says_nothing(&text) {
            return Some(Amount::exact(self.currency.from_minor(0)));
        }
        let read = self.currency.read(&text);
        // A payment is its amount: without one there is none.
        if read == Err(Reason::Amount(ReadError::Vague)) && field != Field::PaidAmount {
            self.keep_words(field, text.into_owned());
            return None;
        }
        let (amount, warning) = self.taken(field, &text, read)?;
        self.warnings.extend(warning.map(|warning| FieldWarning { field, value: text.clone().into_owned(), warning }));
        let bound = joined(amount.bound, given);
        let bound = self.taken(field, &text, bound)?;
        Some(Amount { bound, ..amount })
    }

    /// A figure that names no number is unknown; its words go to the note.
    fn keep_words(&mut self, field: Field, text: String) {
        self.warnings.push(FieldWarning { field, value: text.clone(), warning: Warning::Vague });
        self.vague.push(text);
    }

    pub(super) fn quantity(&mut self, values: &Values, field: Field) -> Option<Quantity> {
        let text = self.words(values, field)?;
        let read = read_number(&text);
        if read == Err(ReadError::Vague) {
            self.keep_words(field, text.into_owned());
            return None;
        }
        let quantity = read.map_err(Reason::Amount).and_then(|written| {
            if let Some(warning) = written.warning {
                self.warnings.push(FieldWarning { field, value: text.clone().into_owned(), warning });
            }
            let (value, bound) = (written.value, written.bound);
            let most = Decimal::from(1_000_000_000_000_i64);
            match value.scale() {
                _ if value > most => Err(Reason::TooLarge { most }),
                0..=Quantity::DECIMALS => Ok(Quantity { value, bound }),
                _ => Err(Reason::Fraction { decimals: Quantity::DECIMALS }),
            }
        });
        self.taken(field, &text, quantity)
    }

    /// How many cases: a number, or "nhiều vụ" and "hàng chục vụ", which are at
    /// least 2.
    pub(super) fn count(&mut self, values: &Values, field: Field, bound_field: Field) -> Count {
        let given = self.bound(values, bound_field);
        let Some(text) = self.text(values, field) else {
            if let Some(bound) = given.filter(|bound| *bound != Bound::Exact) {
                self.refuse(bound_field, bound.code(), Reason::Needs(field));
            }
            return Count::default();
        };
        let plain = plain(&text);
        let nouns = [" vu viec", " vu", " truong hop", " cases"];
        let number = nouns.iter().find_map(|noun| plain.strip_suffix(noun)).unwrap_or(&plain);
        if matches!(number, "nhieu" | "many" | "several") {
            return Count { n: 2, bound: Bound::AtLeast };
        }
        if read_number(number) == Err(ReadError::Vague) {
            self.warnings.push(FieldWarning { field, value: text, warning: Warning::Vague });
            return Count { n: 2, bound: Bound::AtLeast };
        }
        let count = Self::whole(number).and_then(|(n, bound)| Ok(Count { n, bound: joined(bound, given)? }));
        self.taken(field, &text, count).unwrap_or_default()
    }

    fn whole(text: &str) -> Result<(u32, Bound), Reason> {
        let written = read_number(text).map_err(Reason::Amount)?;
        let whole = Some(written.value).filter(Decimal::is_integer).and_then(|value| u32::try_from(value).ok());
        let n = whole.filter(|n| (1..=MOST).contains(n)).ok_or(NO_COUNT)?;
        Ok((n, written.bound))
    }

    pub(super) fn number(&mut self, values: &Values, field: Field) -> Option<u32> {
        let text = self.text(values, field)?;
        let whole = Self::whole(&text).and_then(|(n, bound)| match bound {
            Bound::Exact => Ok(n),
            _ => Err(NO_COUNT),
        });
        self.taken(field, &text, whole)
    }

    /// A bound by its name or by the sign that stands before figures.
    fn bound(&mut self, values: &Values, field: Field) -> Option<Bound> {
        let sign = values.get(&field).map(|text| text.trim()).filter(|text| !text.is_empty());
        if let Some(bound) = sign.and_then(|sign| Bound::ALL.into_iter().find(|bound| bound.sign() == sign)) {
            return Some(bound);
        }
        self.word(values, field, &Bound::ALL, |bound| [bound.code()])
    }

    /// One of a few words.
    pub(super) fn word<T: Copy, W: AsRef<[&'static str]>>(
        &mut self,
        values: &Values,
        field: Field,
        all: &[T],
        words: impl Fn(T) -> W,
    ) -> Option<T> {
        let text = self.text(values, field)?;
        let wanted = fold(&text);
        let found = all.iter().copied().find(|item| words(*item).as_ref().iter().any(|word| fold(word) == wanted));
        if found.is_none() {
            let allowed = all.iter().filter_map(|item| words(*item).as_ref().first().map(ToString::to_string));
            self.refuse(field, &text, Reason::NotOneOf { allowed: allowed.collect() });
        }
        found
    }

    /// What a lookup in a reference list finds.
    pub(super) fn found<T>(
        &mut self,
        values: &Values,
        field: Field,
        find: impl FnOnce(&mut Known, &Reference, &str) -> Result<T, NoMatch>,
    ) -> Option<T> {
        let text = self.words(values, field)?;
        let found = find(self.known, self.reference, &text).map_err(Reason::NoMatch);
        self.taken(field, &text, found)
    }
}

/// Whether an amount is said to be nothing, in words.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    // What begins with a digit says how much.
    !text.starts_with(|c: char| c.is_ascii_digit()) && matches!(fold(text).as_str(), "none" | "khong")
}

/// The bound of an amount whose words and whose bound field may both tell it.
fn joined(written: Bound, given: Option<Bound>) -> Result<Bound, Reason> {
    match (written, given) {
        (bound, None) => Ok(bound),
        (Bound::Exact, Some(given)) => Ok(given),
        (written, Some(given)) if written == given => Ok(given),
        _ => Err(Reason::BoundConflict),
    }
}
