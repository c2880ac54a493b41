//! Days of work and of rest, and the days on which time limits end.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Deserialize;

use super::ReferenceError;
use super::loading::rows;

/// The name of the file, as errors give it.
const FILE: &str = "holidays.csv";

/// What a day is that its place in the week does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A public holiday.
    Holiday,
    /// A day off that makes up for a holiday at a weekend, or that was swapped
    /// for another day.
    DayOff,
    /// A Saturday or Sunday that is worked for a day off.
    Workday,
}

/// A row of `holidays.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// What the day is.
    pub kind: DayKind,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

#[derive(Deserialize)]
struct Row {
    date: NaiveDate,
    kind: DayKind,
    name_vi: String,
    name_en: String,
    confidence: String,
}

/// The unit in which a time limit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// Days that are no days of rest.
    WorkingDays,
    /// Days.
    Days,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// How long a time limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimit {
    /// How many units.
    pub count: u32,
    /// The unit.
    pub unit: LimitUnit,
    /// Whether an end on a day of rest moves to the next working day.
    pub rolls: bool,
}

/// The last day of a time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitEnd {
    /// The day, which still belongs to it.
    pub on: NaiveDate,
    /// Whether every day of rest that it depends on is known for sure.
    pub is_sure: bool,
}

/// Which days are days of rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, SpecialDay>,
    only_verified: bool,
}

/// Whether a row of data may be relied on: all of it was checked, or all but
/// what is said after `verified_`.
pub(super) fn is_verified(confidence: &str) -> bool {
    confidence.starts_with("verified")
}

impl Calendar {
    /// Reads `holidays.csv`; no day may stand in it twice.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let mut days = BTreeMap::new();
        for (line, row) in (2..).zip(rows::<Row>(FILE, text)?) {
            let Row { date, kind, name_vi, name_en, confidence } = row;
            if days.insert(date, SpecialDay { kind, name: name_vi, name_en, confidence }).is_some() {
                return Err(ReferenceError::Row { file: FILE, line, reason: format!("{date} stands in it twice") });
            }
        }
        Ok(Self { days, only_verified: false })
    }

    /// The same, without counting what is not verified.
    #[must_use]
    pub fn only_verified(self) -> Self {
        Self { only_verified: true, ..self }
    }

    /// The days that are something else than their place in the week tells.
    pub fn special_days(&self) -> impl Iterator<Item = (NaiveDate, &SpecialDay)> {
        self.days.iter().map(|(day, special)| (*day, special))
    }

    /// Whether nobody works on a day: a Saturday or Sunday that is not worked
    /// for another day, or a day off.
    #[must_use]
    pub fn is_rest(&self, day: NaiveDate) -> bool {
        let counts = |special: &&SpecialDay| !self.only_verified || is_verified(&special.confidence);
        match self.days.get(&day).filter(counts) {
            Some(special) => special.kind != DayKind::Workday,
            None => is_weekend(day),
        }
    }

    /// Whether it is known for sure what a day is: its year is listed, and no
    /// row that nobody checked makes it other than its place in the week.
    fn is_sure(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(special) if !is_verified(&special.confidence) => (special.kind == DayKind::Workday) != is_weekend(day),
            Some(_) => true,
            None => self.covers(day.year()),
        }
    }

    fn covers(&self, year: i32) -> bool {
        let ends = self.days.keys().next().zip(self.days.keys().next_back());
        ends.is_some_and(|(first, last)| (first.year()..=last.year()).contains(&year))
    }

    /// The last day of a time limit that begins with what happened on a day.
    /// That day does not count (Civil Code 2015, article 147(2) and (3)).
    /// Months and years end on the same day of their last month, or with that
    /// month (article 148(3) and (4)); an end on a day of rest moves to the
    /// next working day (article 148(5)) unless it is one of a limitation
    /// period, which ends with its last day (article 151).
    #[must_use]
    pub fn end(&self, start: NaiveDate, term: TimeLimit) -> LimitEnd {
        let count = term.count;
        let on = match term.unit {
            LimitUnit::WorkingDays => return self.working_day(start, count),
            LimitUnit::Days => start.checked_add_days(Days::new(count.into())),
            LimitUnit::Months => start.checked_add_months(Months::new(count)),
            LimitUnit::Years => start.checked_add_months(Months::new(count.saturating_mul(12))),
        };
        let on = on.unwrap_or(NaiveDate::MAX);
        match on.pred_opt().filter(|_| term.rolls && self.is_rest(on)) {
            Some(before) => self.working_day(before, 1),
            None => LimitEnd { on, is_sure: !term.rolls || self.is_sure(on) },
        }
    }

    /// The working day that comes so many after a day.
    fn working_day(&self, after: NaiveDate, count: u32) -> LimitEnd {
        let mut end = LimitEnd { on: after, is_sure: true };
        let mut left = count;
        while left > 0 {
            let Some(next) = end.on.succ_opt() else { break };
            end = LimitEnd { on: next, is_sure: end.is_sure && self.is_sure(next) };
            left -= u32::from(!self.is_rest(next));
        }
        end
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn vietnam() -> Calendar {
        Calendar::parse(include_str!("../../data/holidays.csv")).unwrap()
    }

    fn term(count: u32, unit: LimitUnit) -> TimeLimit {
        TimeLimit { count, unit, rolls: true }
    }

    fn end(start: &str, count: u32, unit: LimitUnit) -> (String, bool) {
        let end = vietnam().end(on(start), term(count, unit));
        (end.on.to_string(), end.is_sure)
    }

    /// The holidays of article 112 of the Labour Code, each with how many days
    /// it has in a year.
    #[test]
    fn the_holidays_of_every_year_are_complete() {
        let calendar = vietnam();
        for year in 2020..=2030 {
            let count = |name: &str| {
                let of_name = calendar.special_days().filter(|(day, special)| {
                    day.year() == year && special.kind == DayKind::Holiday && special.name_en.starts_with(name)
                });
                of_name.count()
            };
            let national = if year == 2020 { 1 } else { 2 };
            for (name, days) in [
                ("New Year's Day", 1),
                ("Lunar New Year", 5),
                ("Hùng Kings", 1),
                ("Reunification Day", 1),
                ("International Labour Day", 1),
                ("National Day", national),
                ("Vietnam Culture Day", usize::from(year >= 2026)),
            ] {
                assert_eq!(count(name), days, "{name} {year}");
            }
        }
    }

    /// Article 111(3): there are as many days off in the week as there are
    /// holidays at weekends, and as many days worked as were swapped.
    #[test]
    fn what_falls_on_a_weekend_is_made_up_for() {
        let calendar = vietnam();
        for year in 2020..=2030 {
            let of_year = || calendar.special_days().filter(move |(day, _)| day.year() == year);
            let count = |wanted: &dyn Fn(NaiveDate, &SpecialDay) -> bool| {
                of_year().filter(|(day, special)| wanted(*day, special)).count()
            };
            let lost = count(&|day, special| special.kind == DayKind::Holiday && is_weekend(day));
            let worked = count(&|_, special| special.kind == DayKind::Workday);
            assert_eq!(count(&|_, special| special.kind == DayKind::DayOff), lost + worked, "{year}");
            let misplaced = |day, special: &SpecialDay| match special.kind {
                DayKind::Holiday => false,
                DayKind::DayOff => is_weekend(day),
                DayKind::Workday => !is_weekend(day),
            };
            assert_eq!(count(&misplaced), 0, "{year}");
        }
    }

    /// The first day of the lunar year, and the tenth of its third month, as
    /// two computations for UTC+7 gave them. In 2030 China's new year is a day
    /// later.
    #[test]
    fn lunar_days_are_those_of_vietnam() {
        let days = [
            ("2024-02-10", "2024-04-18"),
            ("2025-01-29", "2025-04-07"),
            ("2026-02-17", "2026-04-26"),
            ("2027-02-06", "2027-04-16"),
            ("2028-01-26", "2028-04-04"),
            ("2029-02-13", "2029-04-23"),
            ("2030-02-02", "2030-04-12"),
        ];
        let calendar = vietnam();
        for (day, name) in days.iter().flat_map(|(tet, hung)| [(tet, "Lunar New Year"), (hung, "Hùng Kings")]) {
            let special = &calendar.days[&on(day)];
            assert!(special.name_en.starts_with(name) && special.confidence == "verified", "{day}");
        }
    }

    #[test]
    fn working_days_around_tet_2026() {
        // 14 to 22 February were free. From Monday 9: 10, 11, 12, 13 | 23, 24, 25.
        assert_eq!(end("2026-02-09", 7, LimitUnit::WorkingDays), ("2026-02-25".into(), true));
        // From Friday 13: 23 to 27 and 2, 3 March.
        assert_eq!(end("2026-02-13", 7, LimitUnit::WorkingDays), ("2026-03-03".into(), true));
        // Found on a holiday: the same.
        assert_eq!(end("2026-02-17", 7, LimitUnit::WorkingDays), ("2026-03-03".into(), true));
        // Ten days from 6 February end on Monday 16, a holiday, and so on 23.
        assert_eq!(end("2026-02-06", 10, LimitUnit::Days), ("2026-02-23".into(), true));
    }

    #[test]
    fn working_days_around_the_30th_of_april() {
        // 2026: 27 makes up for Sunday 26, 30 and 1 are holidays.
        // From Friday 24: 28, 29 | 4, 5, 6, 7, 8.
        assert_eq!(end("2026-04-24", 7, LimitUnit::WorkingDays), ("2026-05-08".into(), true));
        // 2025: Friday 2 May was free, Saturday 26 April was worked.
        // From Thursday 24: 25, 26, 28, 29 | 5, 6, 7.
        assert_eq!(end("2025-04-24", 7, LimitUnit::WorkingDays), ("2025-05-07".into(), true));
    }

    #[test]
    fn working_days_around_national_day() {
        // 2026: Saturday 22 August was worked; Monday 31 to Wednesday 2 were free.
        // From Thursday 20: 21, 22, 24, 25, 26, 27, 28.
        assert_eq!(end("2026-08-20", 7, LimitUnit::WorkingDays), ("2026-08-28".into(), true));
        // From Tuesday 25: 26, 27, 28 | 3, 4, 7, 8.
        assert_eq!(end("2026-08-25", 7, LimitUnit::WorkingDays), ("2026-09-08".into(), true));
        // Ten days from 22 August end on Tuesday 1, and so on 3.
        assert_eq!(end("2026-08-22", 10, LimitUnit::Days), ("2026-09-03".into(), true));
    }

    #[test]
    fn months_end_on_the_same_day_or_with_their_last() {
        assert_eq!(end("2026-05-11", 1, LimitUnit::Months), ("2026-06-11".into(), true));
        assert_eq!(end("2024-12-31", 2, LimitUnit::Months), ("2025-02-28".into(), true));
        // Sunday 31 May: Monday 1 June.
        assert_eq!(end("2026-03-31", 2, LimitUnit::Months), ("2026-06-01".into(), true));
        assert_eq!(end("2024-02-29", 1, LimitUnit::Years), ("2025-02-28".into(), true));
    }

    #[test]
    fn a_limitation_period_ends_on_a_day_of_rest() {
        let year = TimeLimit { count: 1, unit: LimitUnit::Years, rolls: false };
        // 1 May 2026 is a holiday.
        assert_eq!(vietnam().end(on("2025-05-01"), year), LimitEnd { on: on("2026-05-01"), is_sure: true });
        assert_eq!(vietnam().end(on("2025-05-01"), TimeLimit { rolls: true, ..year }).on, on("2026-05-04"));
    }

    #[test]
    fn what_rests_on_unchecked_days_is_not_sure() {
        // 24 November 2026 may be a holiday.
        assert_eq!(end("2026-11-20", 2, LimitUnit::WorkingDays), ("2026-11-25".into(), false));
        let verified = vietnam().only_verified();
        let two = term(2, LimitUnit::WorkingDays);
        assert_eq!(verified.end(on("2026-11-20"), two), LimitEnd { on: on("2026-11-24"), is_sure: false });
        // The years after the last that is listed.
        assert_eq!(end("2030-12-27", 3, LimitUnit::WorkingDays), ("2031-01-01".into(), false));
        // An unchecked holiday on a Sunday changes nothing.
        assert_eq!(end("2030-11-22", 0, LimitUnit::WorkingDays), ("2030-11-22".into(), true));
        assert!(vietnam().is_sure(on("2030-11-24")));
    }

    #[test]
    fn the_same_day_twice_is_refused() {
        let text = "date,kind,name_vi,name_en,confidence,source\n\
             2026-01-01,holiday,a,b,verified,c\n2026-01-01,workday,a,b,verified,c\n";
        let error = Calendar::parse(text).unwrap_err().to_string();
        assert_eq!(error, "holidays.csv, line 3: 2026-01-01 stands in it twice");
    }

    proptest! {
        /// Every working day between the start and the end counts, the end is
        /// one, and a later start never ends earlier.
        #[test]
        fn working_days_are_counted_one_by_one(from in 0_u64..4_000, count in 1_u32..40) {
            let (calendar, start) = (vietnam(), on("2020-01-01") + Days::new(from));
            let end = calendar.end(start, term(count, LimitUnit::WorkingDays)).on;
            let worked = start.iter_days().skip(1).take_while(|day| *day <= end).filter(|day| !calendar.is_rest(*day));
            prop_assert_eq!(worked.count(), usize::try_from(count).unwrap());
            prop_assert!(!calendar.is_rest(end));
            let next = calendar.end(start + Days::new(1), term(count, LimitUnit::WorkingDays)).on;
            prop_assert!(next >= end);
        }

        /// An end that rolls is the first working day not before the one that
        /// does not.
        #[test]
        fn an_end_rolls_to_the_next_working_day(from in 0_u64..4_000, count in 1_u32..80) {
            let (calendar, start) = (vietnam(), on("2020-01-01") + Days::new(from));
            let days = term(count, LimitUnit::Days);
            let nominal = calendar.end(start, TimeLimit { rolls: false, ..days }).on;
            let first = nominal.iter_days().find(|day| !calendar.is_rest(*day));
            prop_assert_eq!(Some(calendar.end(start, days).on), first);
        }
    }
}
