//! Completeness: what is missing from a month or a whole casebook, or looks
//! as if it were there twice. Each finding leads back to its cases.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::{Alike, Boundaries, Cutoff, Filter, Month, NotHeld, Period};

/// What is asked of completeness.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletenessQuery {
    /// Which cases are looked at.
    pub filter: Filter,
    /// The days on which they were found, or decided; `None` is all.
    pub period: Option<Period>,
    /// The month in which agencies are silent.
    pub silent_in: Month,
    /// The day on which months end.
    pub cutoff: Cutoff,
    /// The provinces under which agencies are counted.
    pub boundaries: Boundaries,
    /// Today.
    pub today: NaiveDate,
    /// Fines of decisions before this day should have been paid: see
    /// [`TimeLimits::unpaid_before`].
    ///
    /// [`TimeLimits::unpaid_before`]: super::TimeLimits::unpaid_before
    pub unpaid_before: NaiveDate,
    /// After how many days a seizure without a value, or an entry, is late.
    pub stale: u32,
}

/// How many days a seizure may wait for its value, and a case for its entry,
/// unless told otherwise.
pub const STALE_DAYS: u32 = 30;

/// How many months before one an agency is looked for in.
pub const MONTHS_BEFORE: u32 = 12;

/// How much of a kind is named; what there is more is counted.
pub const NAMED: usize = 10;

impl CompletenessQuery {
    /// Days before this one are stale.
    #[must_use]
    pub fn stale_before(&self) -> NaiveDate {
        self.days_ago(self.stale)
    }

    /// Whether what was found on a day was recorded long after. Nothing is
    /// known today of what is recorded later.
    #[must_use]
    pub fn is_late(&self, detected_on: NaiveDate, recorded_on: NaiveDate) -> bool {
        recorded_on.min(self.today).signed_duration_since(detected_on).num_days() > i64::from(self.stale)
    }

    /// The months before the one in which agencies are silent, and that one.
    #[must_use]
    pub fn months_looked_at(&self) -> Period {
        let first = self.silent_in.plus(-i32::try_from(MONTHS_BEFORE).unwrap_or_default());
        Period { from: first.period(self.cutoff).from, until: self.silent_in.period(self.cutoff).until }
    }

    fn days_ago(&self, days: u32) -> NaiveDate {
        self.today.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
    }
}

/// Findings of one kind: all are counted, the first are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// How many there are.
    pub count: u64,
    /// The first of them, at most [`NAMED`].
    pub named: Vec<T>,
}

impl<T> Default for Found<T> {
    fn default() -> Self {
        Self { count: 0, named: Vec::new() }
    }
}

impl<T> Found<T> {
    /// Adds one, and keeps those named whose key comes first; of equal keys,
    /// those that were added first.
    pub fn add<K: Ord>(&mut self, item: T, key: impl Fn(&T) -> K) {
        let at = self.named.partition_point(|other| key(other) <= key(&item));
        self.count += 1;
        if at < NAMED {
            self.named.insert(at, item);
            self.named.truncate(NAMED);
        }
    }

    /// How many are not named.
    #[must_use]
    pub fn more(&self) -> u64 {
        self.count.saturating_sub(u64::try_from(self.named.len()).unwrap_or(u64::MAX))
    }
}

/// What a case is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseName {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub case_no: Option<String>,
    /// Its agency.
    pub agency: String,
    /// The day on which it was found.
    pub detected_on: NaiveDate,
}

/// An agency that reported before and does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentAgency {
    /// Its name.
    pub agency: String,
    /// Its province.
    pub province: String,
    /// In how many of the [`MONTHS_BEFORE`] months before it reported.
    pub months: usize,
    /// Its last case.
    pub last: Option<CaseName>,
}

/// Numbers of one series at one agency that no case has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberGap {
    /// The first number that is missing.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// The case whose number comes before.
    pub before: CaseName,
    /// The case whose number comes after.
    pub after: CaseName,
}

impl NumberGap {
    /// How many numbers are missing.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.last - self.first + 1
    }
}

/// A case and a day that matters: of the decision, or of the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedCase {
    /// The case.
    pub case: CaseName,
    /// The day.
    pub on: NaiveDate,
}

/// Cases that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twins {
    /// What they share.
    pub alike: Alike,
    /// The cases.
    pub cases: Found<CaseName>,
}

/// What is missing, late, or there twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completeness {
    /// Agencies that reported before and are silent in the month.
    pub silent_agencies: Found<SilentAgency>,
    /// Ranges of missing numbers.
    pub number_gaps: Found<NumberGap>,
    /// How many numbers are missing in all.
    pub missing_numbers: u64,
    /// Seizures whose value is not known long after.
    pub without_value: Found<CaseName>,
    /// Decisions whose fine should have been paid and is not, or not wholly.
    pub unpaid: Found<DatedCase>,
    /// Cases that were recorded long after they were found.
    pub late: Found<DatedCase>,
    /// Cases that may be one.
    pub twins: Found<Twins>,
}

/// A disposal of goods that can't have been, as was stored before that was
/// checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The case.
    pub case: CaseName,
    /// The disposal, from 1.
    pub disposal: usize,
    /// Why it can't have been.
    pub why: NotHeld,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_named_and_all_are_counted() {
        let mut found = Found::default();
        for n in (0..25).rev() {
            found.add((n / 2, n), |(key, _)| *key);
        }
        assert_eq!((found.count, found.more()), (25, 15));
        assert_eq!(found.named, [1, 0, 3, 2, 5, 4, 7, 6, 9, 8].map(|n| (n / 2, n)));
    }
}
