//! The highest fines that the law allows, by violation and kind of offender.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::loading::{list, rows};
use super::{OffenderKind, ReferenceError};

/// The highest fine for some kinds of violations, between two dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// The codes of the violations.
    pub violations: Vec<String>,
    /// The cap for a person, and so for a household.
    pub person: Decimal,
    /// How many times as much an organisation may be fined.
    pub organisation_factor: Decimal,
    /// The ISO 4217 code of its currency.
    pub currency: String,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; `None` is still.
    pub valid_to: Option<NaiveDate>,
    /// The articles that set it.
    pub article: String,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

#[derive(Deserialize)]
struct Row {
    violations: String,
    person: Decimal,
    organisation_factor: Decimal,
    currency: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    article: String,
    confidence: String,
}

impl Cap {
    /// Vietnam's, as they are embedded in the program. They are no part of a
    /// casebook: they doubt, and change no figure.
    pub fn all() -> Result<Vec<Self>, ReferenceError> {
        Self::parse(include_str!("../../data/caps.csv"))
    }

    /// Reads `caps.csv`.
    pub fn parse(text: &str) -> Result<Vec<Self>, ReferenceError> {
        let cap = |row: Row| Self {
            violations: list(&row.violations),
            person: row.person,
            organisation_factor: row.organisation_factor,
            currency: row.currency,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            article: row.article,
            confidence: row.confidence,
        };
        Ok(rows("caps.csv", text)?.into_iter().map(cap).collect())
    }

    /// Whether it caps the fines of a violation on a day.
    #[must_use]
    pub fn holds_for(&self, violation: &str, on: NaiveDate) -> bool {
        self.valid_from <= on
            && self.valid_to.is_none_or(|last| on <= last)
            && self.violations.iter().any(|code| code == violation)
    }

    /// The cap for a kind of offender. A household is fined as a person is;
    /// where the kind is not known, the larger cap, an organisation's, holds.
    #[must_use]
    pub fn amount(&self, kind: Option<OffenderKind>) -> Decimal {
        match kind {
            Some(OffenderKind::Person | OffenderKind::Household) => self.person,
            Some(OffenderKind::Organisation) | None => {
                self.person.checked_mul(self.organisation_factor).unwrap_or(Decimal::MAX)
            }
        }
    }

    /// Whether all of it was checked.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.confidence == "verified"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Reference, ReferenceTexts};

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    #[test]
    fn every_violation_of_a_cap_is_in_the_list_and_has_one_cap_at_a_time() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let caps = Cap::all().unwrap();
        for code in caps.iter().flat_map(|cap| &cap.violations) {
            assert!(reference.violation(code).is_some(), "{code}");
            assert_eq!(caps.iter().filter(|cap| cap.holds_for(code, on("2026-02-28"))).count(), 1, "{code}");
        }
    }

    #[test]
    fn what_has_a_law_of_its_own_or_is_anything_has_no_cap() {
        let caps = Cap::all().unwrap();
        for code in ["attp", "do_luong", "thue", "nhan", "het_han", "khac"] {
            assert!(!caps.iter().any(|cap| cap.holds_for(code, on("2026-02-28"))), "{code}");
        }
    }

    #[test]
    fn a_cap_is_by_the_kind_of_offender_and_since_its_day() {
        let caps = Cap::all().unwrap();
        let cap = caps.iter().find(|cap| cap.holds_for("khong_nguon_goc", on("2022-01-01"))).unwrap();
        let amounts =
            [None, Some(OffenderKind::Person), Some(OffenderKind::Household), Some(OffenderKind::Organisation)];
        let amounts = amounts.map(|kind| i64::try_from(cap.amount(kind)).unwrap());
        assert_eq!(amounts, [200_000_000, 100_000_000, 100_000_000, 200_000_000]);
        assert!(!cap.holds_for("khong_nguon_goc", on("2021-12-31")));
    }
}
