//! Half-open periods, months with a cut-off day, and the half-months by which
//! running totals are kept.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::text::{DateError, plain, read_date};

/// Days from `from` up to, and not including, `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
}

impl Period {
    /// The period from one day to another, both included.
    #[must_use]
    pub fn of_days(first: NaiveDate, last: NaiveDate) -> Self {
        Self { from: first, until: last.succ_opt().unwrap_or(last) }
    }

    /// Whether it has no beginning (`NaiveDate::MIN`) or no end
    /// (`NaiveDate::MAX`).
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.from == NaiveDate::MIN || self.until == NaiveDate::MAX
    }

    /// The same period, where it is open ended by another.
    #[must_use]
    pub fn closed_by(&self, other: Self) -> Self {
        Self {
            from: if self.from == NaiveDate::MIN { other.from } else { self.from },
            until: if self.until == NaiveDate::MAX { other.until } else { self.until },
        }
    }

    /// The months of a year.
    #[must_use]
    pub fn of_year(year: i32, cutoff: Cutoff) -> Option<Self> {
        let (first, last) = (Month::new(year, 1)?, Month::new(year, 12)?);
        Some(Self { from: first.period(cutoff).from, until: last.period(cutoff).until })
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.until.pred_opt().unwrap_or(self.until)
    }

    /// Its days.
    #[must_use]
    pub fn days(&self) -> impl DoubleEndedIterator<Item = NaiveDate> + use<> {
        let from = self.from;
        let days = u64::try_from((self.until - from).num_days()).unwrap_or_default();
        (0..days).map(move |offset| from + Days::new(offset))
    }

    /// Whether a day falls in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }

    /// Whether no day falls in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.from >= self.until
    }

    /// Reads a day, a month or a year, as `--from` and `--to` take them.
    /// Months end on the cut-off day.
    pub fn read(text: &str, cutoff: Cutoff) -> Result<Self, DateError> {
        let plain = plain(text);
        if let Some(year) = year(&plain) {
            return Self::of_year(year, cutoff).ok_or(DateError::Impossible);
        }
        if let Ok(month) = Month::read(&plain) {
            return Ok(month.period(cutoff));
        }
        read_date(text, None).map(|day| Self::of_days(day, day))
    }

    /// Reads a quarter: `2026-Q1`, `Q1/2026`, `quý 1/2026`.
    pub fn read_quarter(text: &str, cutoff: Cutoff) -> Result<Self, DateError> {
        let plain = plain(text).replace("quy", "q").replace([' ', '-', '/'], "");
        let (before, after) = plain.split_once('q').ok_or(DateError::Form)?;
        let (year_text, quarter) = match before {
            "" => after.split_at_checked(1).map(|(quarter, year)| (year, quarter)).ok_or(DateError::Form)?,
            year => (year, after),
        };
        let year = year(year_text).ok_or(DateError::Form)?;
        let quarter: u32 = quarter.parse().map_err(|_| DateError::Form)?;
        if !(1..=4).contains(&quarter) {
            return Err(DateError::Impossible);
        }
        let first = Month::new(year, quarter * 3 - 2).ok_or(DateError::Impossible)?;
        Ok(Self { from: first.period(cutoff).from, until: first.plus(2).period(cutoff).until })
    }

    /// The whole half-months inside it, first and last, and the days left
    /// over at its ends.
    #[must_use]
    pub fn halves(&self) -> (Option<(Half, Half)>, Vec<Self>) {
        let first = match Half::of(self.from) {
            half if half.period().from == self.from => half,
            half => half.next(),
        };
        let after_last = Half::of(self.until);
        if first >= after_last {
            let ragged = if self.is_empty() { Vec::new() } else { vec![*self] };
            return (None, ragged);
        }
        let ends = [
            Self { from: self.from, until: first.period().from },
            Self { from: after_last.period().from, until: self.until },
        ];
        let ragged = ends.into_iter().filter(|end| !end.is_empty()).collect();
        (Some((first, after_last.previous())), ragged)
    }
}

fn year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    if is_year { text.parse().ok().filter(|year| *year > 0) } else { None }
}

/// The day on which official months end: 14 makes March the days from
/// 15 February to 14 March. Without one, calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cutoff(Option<u32>);

impl Cutoff {
    /// A cut-off on a day that every month has, 1 to 28.
    #[must_use]
    pub fn new(day: u32) -> Option<Self> {
        (1..=28).contains(&day).then_some(Self(Some(day)))
    }

    /// The day, where months do not end with the calendar's.
    #[must_use]
    pub fn day(self) -> Option<u32> {
        self.0
    }
}

/// A month of a year; serialised as it is written, `2026-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// A month by its number, 1 to 12.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|_| Self { year, month })
    }

    /// The month in which a day counts.
    #[must_use]
    pub fn of(day: NaiveDate, cutoff: Cutoff) -> Self {
        let calendar = Self { year: day.year(), month: day.month() };
        match cutoff.0 {
            Some(last) if day.day() > last => calendar.plus(1),
            _ => calendar,
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The number in the year, 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.month
    }

    /// The month so many months later, or earlier if negative.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let at = self.year * 12 + i32::try_from(self.month).unwrap_or(1) - 1 + months;
        Self { year: at.div_euclid(12), month: u32::try_from(at.rem_euclid(12)).unwrap_or(0) + 1 }
    }

    /// The days that count in it.
    #[must_use]
    pub fn period(self, cutoff: Cutoff) -> Period {
        let first = NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default();
        match cutoff.0 {
            None => Period { from: first, until: first + Months::new(1) },
            Some(last) => {
                let until = first + Days::new(last.into());
                Period { from: first - Months::new(1) + Days::new(last.into()), until }
            }
        }
    }

    /// Reads `2026-02`, `2/2026`, `02-2026`, `tháng 2/2026`.
    pub fn read(text: &str) -> Result<Self, DateError> {
        let plain = plain(text);
        let bare = plain.strip_prefix("thang ").unwrap_or(&plain);
        let (one, two) = bare.split_once(['-', '/']).ok_or(DateError::Form)?;
        let (year_text, month) = if one.len() == 4 { (one, two) } else { (two, one) };
        let year = year(year_text).ok_or(DateError::Form)?;
        if month.is_empty() || month.len() > 2 || !month.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DateError::Form);
        }
        let month = month.parse().map_err(|_| DateError::Form)?;
        Self::new(year, month).ok_or(DateError::Impossible)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text).map_err(|_| format!("{text:?} is no month"))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Half a month, days 1 to 14 or day 15 to the end: as the number `yyyymmh`,
/// `h` being 1 or 2, so that 2026022 is the second half of February 2026.
///
/// Halves meet at the 15th because official months often end on the 14th.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Half(pub i64);

impl Half {
    const FIRST_DAY_OF_SECOND: u32 = 15;

    /// The half in which a day falls.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let month = i64::from(day.year()) * 100 + i64::from(day.month());
        Self(month * 10 + if day.day() < Self::FIRST_DAY_OF_SECOND { 1 } else { 2 })
    }

    /// Which half of its year it is, from 0 to 23.
    #[must_use]
    pub fn in_year(self) -> usize {
        let at = (self.0 / 10 % 100 - 1) * 2 + self.0 % 10 - 1;
        usize::try_from(at).unwrap_or_default()
    }

    /// The half of a year that [`Half::in_year`] tells.
    #[must_use]
    pub fn of_year(year: i32, at: usize) -> Self {
        let at = i64::try_from(at).unwrap_or_default();
        Self((i64::from(year) * 100 + at / 2 + 1) * 10 + at % 2 + 1)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        let (year, month) = (self.0 / 1000, self.0 / 10 % 100);
        let day = if self.0 % 10 == 1 { 1 } else { Self::FIRST_DAY_OF_SECOND };
        i32::try_from(year)
            .ok()
            .zip(u32::try_from(month).ok())
            .and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, day))
            .unwrap_or_default()
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        let from = self.first_day();
        let before = Days::new(u64::from(Self::FIRST_DAY_OF_SECOND) - 1);
        let until = if self.0 % 10 == 1 { from + before } else { from - before + Months::new(1) };
        Period { from, until }
    }

    fn next(self) -> Self {
        Self::of(self.period().until)
    }

    fn previous(self) -> Self {
        Self::of(self.period().from - Days::new(1))
    }
}

/// The units of time by which totals are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Months, which may have a cut-off day.
    Month,
    /// Quarters of such months.
    Quarter,
    /// Years of such months.
    Year,
}

impl TimeUnit {
    /// The first month of the unit in which a month lies.
    #[must_use]
    pub fn start(self, month: Month) -> Month {
        let number = match self {
            Self::Month => month.month,
            Self::Quarter => (month.month - 1) / 3 * 3 + 1,
            Self::Year => 1,
        };
        Month { month: number, ..month }
    }

    /// How many months it has.
    #[must_use]
    pub fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_cut_off_moves_the_end_of_the_month() {
        let march = Month::new(2026, 3).unwrap();
        let cutoff = Cutoff::new(14).unwrap();
        assert_eq!(march.period(cutoff), Period::of_days(day(2026, 2, 15), day(2026, 3, 14)));
        assert_eq!(Month::of(day(2026, 1, 15), cutoff), Month::new(2026, 2).unwrap());
        assert_eq!(Month::of(day(2026, 1, 14), cutoff), Month::new(2026, 1).unwrap());
        assert_eq!(Month::of(day(2025, 12, 31), cutoff), Month::new(2026, 1).unwrap());
        assert_eq!(Cutoff::new(29), None);
    }

    #[test]
    fn periods_are_read() {
        assert_eq!(
            Period::read("2026", Cutoff::default()).unwrap(),
            Period::of_days(day(2026, 1, 1), day(2026, 12, 31))
        );
        for text in ["2026-02", "2/2026", "tháng 2/2026", "02-2026"] {
            assert_eq!(
                Period::read(text, Cutoff::default()).unwrap(),
                Period::of_days(day(2026, 2, 1), day(2026, 2, 28)),
                "{text}"
            );
        }
        assert_eq!(
            Period::read("27/2/2026", Cutoff::default()).unwrap(),
            Period::of_days(day(2026, 2, 27), day(2026, 2, 27))
        );
        let first_quarter = Period::of_days(day(2026, 1, 1), day(2026, 3, 31));
        for text in ["2026-Q1", "q1/2026", "Quý 1/2026"] {
            assert_eq!(Period::read_quarter(text, Cutoff::default()).unwrap(), first_quarter, "{text}");
        }
        for text in ["", "2026-13", "8/202", "q5/2026", "hôm qua"] {
            assert!(
                Period::read(text, Cutoff::default()).is_err()
                    && Period::read_quarter(text, Cutoff::default()).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn halves_meet_at_the_fifteenth() {
        assert_eq!(Half::of(day(2026, 2, 14)), Half(2_026_021));
        assert_eq!(Half::of(day(2026, 2, 15)), Half(2_026_022));
        assert_eq!(Half(2_026_022).period(), Period::of_days(day(2026, 2, 15), day(2026, 2, 28)));
    }

    /// All days of some years, a leap year among them, under every cut-off.
    #[test]
    fn every_day_is_in_the_one_month_in_which_it_counts() {
        for cutoff in (1..=28).map(Cutoff::new).chain([Some(Cutoff::default())]).flatten() {
            for offset in 0..1_500 {
                let date = day(2023, 1, 1) + Days::new(offset);
                let month = Month::of(date, cutoff);
                assert!(month.period(cutoff).contains(date), "{date} {cutoff:?}");
                assert_eq!(month.period(cutoff).until, month.plus(1).period(cutoff).from, "{month} {cutoff:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn halves_and_ragged_ends_make_up_the_period(start in 0_u64..2000, length in 0_u64..400) {
            let from = day(2020, 1, 1) + Days::new(start);
            let period = Period { from, until: from + Days::new(length) };
            let (whole, ragged) = period.halves();
            let mut days: Vec<Period> = ragged;
            if let Some((first, last)) = whole {
                days.push(Period { from: first.period().from, until: last.period().until });
            }
            days.sort_by_key(|part| part.from);
            prop_assert!(days.windows(2).all(|pair| pair[0].until == pair[1].from));
            let length: i64 = days.iter().map(|part| (part.until - part.from).num_days()).sum();
            prop_assert_eq!(length, (period.until - period.from).num_days());
            prop_assert!(from.iter_days().take_while(|day| *day < period.until).eq(period.days()));
            prop_assert!(days.first().is_none_or(|first| first.from == period.from));
        }
    }
}
