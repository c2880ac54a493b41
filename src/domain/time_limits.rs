//! What the law says of time: deadlines, days of rest and the charge on fines
//! that are paid late.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::calendar::is_verified;
use super::loading::{list, rows};
use super::{Calendar, LimitUnit, ReferenceError, TimeLimit};

/// What must happen by a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// The case must be decided.
    Decision,
    /// Seized goods must be given free, or the seizure extended.
    Seizure,
    /// The fine must be paid.
    Payment,
    /// The decision can't be carried out any more.
    Lapse,
    /// The violation can't be fined any more.
    Statute,
}

impl DeadlineKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Decision, Self::Seizure, Self::Payment, Self::Lapse, Self::Statute];

    /// The word in flags and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Seizure => "seizure",
            Self::Payment => "payment",
            Self::Lapse => "lapse",
            Self::Statute => "statute",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// With what a time limit begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitStart {
    /// The day of detection, for want of the record's and the seizure's.
    Detected,
    /// The day of the decision, for want of that of its receipt.
    Decided,
}

/// A time limit of the law, between two dates: a row of `deadlines.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRule {
    /// The row's own code.
    pub code: String,
    /// What must happen.
    pub kind: DeadlineKind,
    /// With what it begins.
    pub starts_at: LimitStart,
    /// How long it is.
    pub term: TimeLimit,
    /// The codes of the violations for which it holds; none is all that have
    /// no row of their own.
    pub violations: Vec<String>,
    /// The article of the law on handling administrative violations.
    pub article: String,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; `None` is still.
    pub valid_to: Option<NaiveDate>,
    /// What it is called.
    pub name: String,
    /// What it is called in English.
    pub name_en: String,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

impl DeadlineRule {
    /// Whether it was checked.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        is_verified(&self.confidence)
    }

    fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// The charge on a fine that is paid late, between two dates: a row of
/// `late_charges.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRate {
    /// The part of what is unpaid that is charged for a day.
    pub rate: Decimal,
    /// The first day for which it is charged.
    pub valid_from: NaiveDate,
    /// The last day; `None` is still.
    pub valid_to: Option<NaiveDate>,
    /// The articles that set it.
    pub article: String,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

/// The texts of the files, CSV each, as in `data/`.
#[derive(Debug, Clone)]
pub struct TimeLimitTexts {
    /// `deadlines.csv`
    pub deadlines: String,
    /// `holidays.csv`
    pub holidays: String,
    /// `late_charges.csv`
    pub late_charges: String,
}

impl Default for TimeLimitTexts {
    /// Vietnam's, as they are embedded in the program.
    fn default() -> Self {
        Self {
            deadlines: include_str!("../../data/deadlines.csv").to_owned(),
            holidays: include_str!("../../data/holidays.csv").to_owned(),
            late_charges: include_str!("../../data/late_charges.csv").to_owned(),
        }
    }
}

/// What the law says of time. It is no part of a casebook: it warns, and
/// changes no figure that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimits {
    rules: Vec<DeadlineRule>,
    calendar: Calendar,
    rates: Vec<LateRate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum YesNo {
    Yes,
    No,
}

#[derive(Deserialize)]
struct RuleRow {
    code: String,
    kind: DeadlineKind,
    starts_at: LimitStart,
    count: u32,
    unit: LimitUnit,
    rolls: YesNo,
    violations: String,
    article: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    name_vi: String,
    name_en: String,
    confidence: String,
}

#[derive(Deserialize)]
struct RateRow {
    rate_per_day: Decimal,
    article: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    confidence: String,
}

/// No time limit of the law has more units than this.
const LONGEST: u32 = 10_000;
/// More decimals of a rate could not be multiplied exactly.
const RATE_DECIMALS: u32 = 8;

impl TimeLimits {
    /// Reads the three files.
    pub fn parse(texts: &TimeLimitTexts) -> Result<Self, ReferenceError> {
        Ok(Self {
            rules: (2..).zip(rows("deadlines.csv", &texts.deadlines)?).map(rule).collect::<Result<_, _>>()?,
            calendar: Calendar::parse(&texts.holidays)?,
            rates: (2..).zip(rows("late_charges.csv", &texts.late_charges)?).map(rate).collect::<Result<_, _>>()?,
        })
    }

    /// The same, without the rows that are not verified.
    #[must_use]
    pub fn only_verified(mut self) -> Self {
        self.rules.retain(DeadlineRule::is_verified);
        self.rates.retain(|rate| is_verified(&rate.confidence));
        Self { calendar: self.calendar.only_verified(), ..self }
    }

    /// The days of rest.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// All rows of `deadlines.csv`.
    #[must_use]
    pub fn rules(&self) -> &[DeadlineRule] {
        &self.rules
    }

    /// The rows of a kind that hold on a day: those for the violation, else
    /// those for all. The first is the deadline, the others are longer
    /// variants.
    pub(super) fn rules_for(
        &self,
        kind: DeadlineKind,
        violation: Option<&str>,
        starts_on: impl Fn(LimitStart) -> Option<NaiveDate>,
    ) -> Vec<(&DeadlineRule, NaiveDate)> {
        let of_kind = self.rules.iter().filter(|rule| rule.kind == kind);
        let holding = of_kind.filter_map(|rule| Some((rule, starts_on(rule.starts_at)?)));
        let holding: Vec<_> = holding.filter(|(rule, day)| rule.holds_on(*day)).collect();
        let names = |rule: &DeadlineRule| rule.violations.iter().any(|code| Some(code.as_str()) == violation);
        let (own, others): (Vec<_>, Vec<_>) = holding.into_iter().partition(|(rule, _)| names(rule));
        if own.is_empty() { others.into_iter().filter(|(rule, _)| rule.violations.is_empty()).collect() } else { own }
    }

    /// The day before which a decision's fine should have been paid, were the
    /// decision received when it was made: that of the first one whose last
    /// day for paying has not passed.
    #[must_use]
    pub fn unpaid_before(&self, today: NaiveDate) -> NaiveDate {
        let is_overdue = |decided_on: NaiveDate| {
            let rules = self.rules_for(DeadlineKind::Payment, None, |_| Some(decided_on));
            // Where nothing is known of a last day, there is none to pass.
            rules.first().is_some_and(|(rule, start)| self.calendar.end(*start, rule.term).on < today)
        };
        let days = today.iter_days().rev();
        days.take(LONGEST as usize).find(|day| is_overdue(*day)).and_then(|day| day.succ_opt()).unwrap_or(today)
    }

    /// The days between which the rates change, and the rate of a day.
    pub(super) fn rates(&self) -> &[LateRate] {
        &self.rates
    }

    /// The rate of a day; where there is none, nothing is charged.
    pub(super) fn rate_on(&self, day: NaiveDate) -> Option<Decimal> {
        let holds = |rate: &&LateRate| rate.valid_from <= day && rate.valid_to.is_none_or(|last| day <= last);
        self.rates.iter().find(holds).map(|rate| rate.rate)
    }
}

fn refused(file: &'static str, line: u64, reason: &str) -> ReferenceError {
    ReferenceError::Row { file, line, reason: reason.to_owned() }
}

fn rule((line, row): (u64, RuleRow)) -> Result<DeadlineRule, ReferenceError> {
    if !(1..=LONGEST).contains(&row.count) {
        return Err(refused("deadlines.csv", line, &format!("count must be 1 to {LONGEST}")));
    }
    Ok(DeadlineRule {
        code: row.code,
        kind: row.kind,
        starts_at: row.starts_at,
        term: TimeLimit { count: row.count, unit: row.unit, rolls: matches!(row.rolls, YesNo::Yes) },
        violations: list(&row.violations),
        article: row.article,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        name: row.name_vi,
        name_en: row.name_en,
        confidence: row.confidence,
    })
}

fn rate((line, row): (u64, RateRow)) -> Result<LateRate, ReferenceError> {
    let rate = row.rate_per_day;
    if rate < Decimal::ZERO || rate > Decimal::ONE || rate.scale() > RATE_DECIMALS {
        let reason = format!("rate_per_day must be 0 to 1, with at most {RATE_DECIMALS} decimals");
        return Err(refused("late_charges.csv", line, &reason));
    }
    let RateRow { article, valid_from, valid_to, confidence, .. } = row;
    Ok(LateRate { rate, valid_from, valid_to, article, confidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Reference, ReferenceTexts};

    #[test]
    fn every_row_can_be_read_and_every_kind_has_one() {
        let limits = TimeLimits::parse(&TimeLimitTexts::default()).unwrap();
        let day = "2026-03-01".parse().unwrap();
        for kind in DeadlineKind::ALL {
            assert!(!limits.rules_for(kind, None, |_| Some(day)).is_empty(), "{kind:?}");
        }
        assert_eq!(limits.rate_on(day), Some(Decimal::new(5, 4)));
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        for code in limits.rules.iter().flat_map(|rule| &rule.violations) {
            assert!(reference.violation(code).is_some(), "{code}");
        }
        let mut codes: Vec<_> = limits.rules.iter().map(|rule| &rule.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), limits.rules.len());
    }

    #[test]
    fn a_fine_is_unpaid_when_its_last_day_has_passed() {
        let limits = TimeLimits::parse(&TimeLimitTexts::default()).unwrap();
        let before = |today: &str| limits.unpaid_before(today.parse().unwrap()).to_string();
        // Ten days after the 3rd is a Friday, which must have passed.
        assert_eq!(before("2026-03-13"), "2026-03-03");
        assert_eq!(before("2026-03-14"), "2026-03-04");
        // The 14th and 15th are a weekend: until the Monday after it, both can be paid.
        assert_eq!(before("2026-03-16"), "2026-03-04");
        assert_eq!(before("2026-03-17"), "2026-03-07");
    }

    #[test]
    fn what_is_not_verified_can_be_left_out() {
        let limits = TimeLimits::parse(&TimeLimitTexts::default()).unwrap();
        let all = limits.rules.len();
        let verified = limits.only_verified();
        assert!(verified.rules.len() < all);
        assert!(verified.rules.iter().all(|rule| rule.confidence.starts_with("verified")));
    }

    #[test]
    fn a_row_that_makes_no_sense_is_refused_with_its_line() {
        let with = |change: fn(&mut TimeLimitTexts)| {
            let mut texts = TimeLimitTexts::default();
            change(&mut texts);
            TimeLimits::parse(&texts).unwrap_err().to_string()
        };
        let error = with(|texts| texts.deadlines = texts.deadlines.replace("detected,7,", "detected,0,"));
        assert_eq!(error, "deadlines.csv, line 2: count must be 1 to 10000");
        let error = with(|texts| texts.late_charges = texts.late_charges.replace("0.0005", "0.00050000001"));
        assert_eq!(error, "late_charges.csv, line 2: rate_per_day must be 0 to 1, with at most 8 decimals");
        let error = with(|texts| texts.holidays = texts.holidays.replacen("holiday", "feast", 1));
        assert!(error.starts_with("holidays.csv, line 2: "), "{error}");
    }
}
