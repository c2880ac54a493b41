//! What several targets read against, and laws that they share.

use std::sync::LazyLock;

use casebook::domain::{Currency, Draft, Entry, Reference, ReferenceTexts};
use casebook::text::{Marks, ReadError, Written, spell, write_digits, write_short};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

/// The reference data that casebooks begin with.
pub static REFERENCE: LazyLock<Reference> =
    LazyLock::new(|| Reference::parse(&ReferenceTexts::default()).expect("it comes with the program"));

/// The day that is today.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");

/// A number that was read is read again from each way of writing it.
pub fn comes_back(value: Decimal, read: impl Fn(&str) -> Result<Written, ReadError>) {
    assert!(value >= Decimal::ZERO);
    let normal = value.normalize();
    // Three decimals may be thousands, and are refused.
    let digits = (normal.scale() != 3).then(|| write_digits(normal, Marks::VIETNAMESE));
    let short = (normal.scale() != 3).then(|| write_short(normal));
    for written in [digits, short, spell(normal)].into_iter().flatten() {
        let again = read(&written).map(|written| written.value);
        assert_eq!(again, Ok(normal), "{written}");
    }
}

/// An entry that is accepted makes a case, of which an entry makes that case.
pub fn reads_back(entry: &Entry) {
    let currency = Currency::vnd();
    let read = |entry: &Entry| {
        Draft { entry, id: Uuid::nil(), reference: &REFERENCE, currency: &currency, today: TODAY }.read()
    };
    let Ok((case, _)) = read(entry) else { return };
    let again = read(&Entry::of(&case, &REFERENCE)).map(|(case, _)| case);
    assert_eq!(again, Ok(case));
}
