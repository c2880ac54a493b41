//! The filters that list, totals and month share.

#![expect(clippy::doc_markdown, reason = "these comments are the help that users read")]

use std::collections::BTreeSet;

use chrono::Datelike;
use clap::Args;
use rust_decimal::Decimal;

use super::failure::Failure;
use super::session::Session;
use crate::domain::{
    Boundaries, Currency, Cutoff, Dating, Field, FieldError, Filter, Group, Invalid, Month, NoMatch, Period,
    ProvinceId, Reason, Reference, Status,
};
use crate::lang::{Lang, Words};
use crate::report::Place;
use crate::text::{DateError, fold};

/// The years that periods may have; beyond them there is nothing to find.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Which cases.
#[derive(Debug, Args)]
pub(super) struct CaseFilterArgs {
    /// Only these regions
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = "Filters")]
    pub(super) region: Vec<String>,
    /// Only these provinces
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = "Filters")]
    pub(super) province: Vec<String>,
    /// Only these agencies
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = "Filters")]
    pub(super) agency: Vec<String>,
    /// Only these forces
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = "Filters")]
    pub(super) force: Vec<String>,
    /// Only these violations
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = "Filters")]
    pub(super) violation: Vec<String>,
    /// Only these groups: A, B, C
    #[arg(long, value_delimiter = ',', value_name = "GROUPS", help_heading = "Filters")]
    pub(super) group: Vec<String>,
    /// Only these categories of the first line of goods
    #[arg(long, value_delimiter = ',', value_name = "NAMES", help_heading = "Filters")]
    pub(super) category: Vec<String>,
    /// Only these states: open, decided, part_paid, paid, transferred, closed, void
    #[arg(long, value_delimiter = ',', value_name = "STATES", help_heading = "Filters")]
    pub(super) status: Vec<String>,
    /// Only goods with these words, in this order
    #[arg(long, value_name = "WORDS", help_heading = "Filters")]
    pub(super) goods: Option<String>,
    /// Only offenders with these words
    #[arg(long, value_name = "WORDS", help_heading = "Filters")]
    pub(super) offender: Option<String>,
    /// Only fines of at least this
    #[arg(long, value_name = "AMOUNT", help_heading = "Filters")]
    pub(super) min_fine: Option<String>,
    /// Only fines of at most this
    #[arg(long, value_name = "AMOUNT", help_heading = "Filters")]
    pub(super) max_fine: Option<String>,
    /// Only seizures of at least this
    #[arg(long, value_name = "AMOUNT", help_heading = "Filters")]
    pub(super) min_seized: Option<String>,
    /// Only seizures of at most this
    #[arg(long, value_name = "AMOUNT", help_heading = "Filters")]
    pub(super) max_seized: Option<String>,
    /// Only cases that came with this import
    #[arg(long, value_name = "IMPORT", help_heading = "Filters")]
    pub(super) import: Option<i64>,
}

/// Which cases, and when.
#[derive(Debug, Args)]
pub(super) struct FilterArgs {
    /// From this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub(super) from: Option<String>,
    /// To the end of this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub(super) to: Option<String>,
    /// A month: 2026-02, this or last
    #[arg(long, value_name = "MONTH", help_heading = "Filters")]
    pub(super) month: Option<String>,
    /// A quarter: 2026-Q1
    #[arg(long, value_name = "QUARTER", help_heading = "Filters")]
    pub(super) quarter: Option<String>,
    /// A year: 2026, this or last
    #[arg(long, value_name = "YEAR", help_heading = "Filters")]
    pub(super) year: Option<String>,
    #[command(flatten)]
    pub(super) cases: CaseFilterArgs,
}

/// Gathers what is wrong with the values of filters.
struct Taker {
    errors: Vec<FieldError>,
}

impl Taker {
    fn take<T>(&mut self, field: Field, value: &str, result: Result<T, Reason>) -> Option<T> {
        result
            .map_err(|reason| self.errors.push(FieldError { field, line: None, value: value.to_owned(), reason }))
            .ok()
    }

    fn all<T>(&mut self, field: Field, values: &[String], find: impl Fn(&str) -> Result<T, NoMatch>) -> Vec<T> {
        let found = values.iter().filter_map(|value| self.take(field, value, find(value).map_err(Reason::NoMatch)));
        found.collect()
    }

    /// Words to look for, which must have letters or digits.
    fn words(&mut self, field: Field, value: Option<&String>) -> Option<String> {
        let value = value?;
        let words = if fold(value).is_empty() { Err(Reason::Missing) } else { Ok(value.clone()) };
        self.take(field, value, words)
    }

    fn amount(&mut self, field: Field, value: Option<&String>, currency: &Currency) -> Option<Decimal> {
        let value = value?;
        let amount = currency.read(value).map(|(amount, _)| amount.value);
        self.take(field, value, amount)
    }

    fn finish<T>(self, value: T) -> Result<T, Failure> {
        if self.errors.is_empty() { Ok(value) } else { Err(Failure::Filter(Invalid(self.errors))) }
    }
}

impl CaseFilterArgs {
    /// The filter that the flags describe.
    pub(super) fn filter(
        &self,
        session: &Session,
        reference: &Reference,
        currency: &Currency,
        boundaries: Boundaries,
    ) -> Result<Filter, Failure> {
        let mut taker = Taker { errors: Vec::new() };
        let mut filter = Filter { agencies: self.agency.clone(), ..Filter::default() };
        let regions = taker.all(Field::Region, &self.region, |text| reference.region_meant(text, boundaries));
        let meant = |text: &str| reference.provinces_meant(text, boundaries, session.stamp.today);
        let provinces = taker.all(Field::Province, &self.province, meant);
        for (named, places) in [(&self.region, regions), (&self.province, provinces)] {
            if !named.is_empty() {
                let places: BTreeSet<ProvinceId> = places.into_iter().flatten().collect();
                Filter::narrow(&mut filter.provinces, places.into_iter().collect());
            }
        }
        filter.forces = taker.all(Field::Force, &self.force, |text| reference.find_force(text).map(|row| row.id));
        filter.categories =
            taker.all(Field::Category, &self.category, |text| reference.find_category(text).map(|row| row.id));
        if !self.violation.is_empty() {
            let find = |text: &str| reference.find_violation(text).map(|row| row.id);
            let found = taker.all(Field::Violation, &self.violation, find);
            Filter::narrow(&mut filter.violations, found);
        }
        filter.import = self.import;
        self.groups(&mut taker, &mut filter, reference);
        self.statuses(&mut taker, &mut filter);
        filter.goods = taker.words(Field::Goods, self.goods.as_ref());
        filter.offender = taker.words(Field::Offender, self.offender.as_ref());
        filter.min_fine = taker.amount(Field::FineAmount, self.min_fine.as_ref(), currency);
        filter.max_fine = taker.amount(Field::FineAmount, self.max_fine.as_ref(), currency);
        filter.min_seized = taker.amount(Field::SeizedValue, self.min_seized.as_ref(), currency);
        filter.max_seized = taker.amount(Field::SeizedValue, self.max_seized.as_ref(), currency);
        taker.finish(filter)
    }

    fn groups(&self, taker: &mut Taker, filter: &mut Filter, reference: &Reference) {
        if self.group.is_empty() {
            return;
        }
        let allowed = || Reason::NotOneOf { allowed: Group::ALL.iter().map(|group| group.code().to_owned()).collect() };
        let found = self
            .group
            .iter()
            .filter_map(|text| taker.take(Field::Group, text, Group::from_code(text).ok_or_else(allowed)));
        let groups: Vec<Group> = found.collect();
        let in_groups =
            reference.violations.iter().filter(|row| row.group.is_some_and(|group| groups.contains(&group)));
        Filter::narrow(&mut filter.violations, in_groups.map(|row| row.id).collect());
    }

    fn statuses(&self, taker: &mut Taker, filter: &mut Filter) {
        let allowed = || Reason::NotOneOf { allowed: Status::ALL.iter().map(|one| one.code().to_owned()).collect() };
        for text in &self.status {
            let wanted = fold(text);
            let called = |status: &Status| {
                let names = [Lang::Vi, Lang::En].map(|lang| (lang.words().status)(*status));
                fold(status.code()) == wanted || names.iter().any(|name| fold(name) == wanted)
            };
            let status = Status::ALL.into_iter().find(called);
            filter.statuses.extend(taker.take(Field::Status, text, status.ok_or_else(allowed)));
        }
    }

    /// The names of the place that the flags ask for.
    pub(super) fn place(&self, reference: &Reference, session: &Session, boundaries: Boundaries) -> Place {
        let words = session.words;
        let or_typed = |found: Option<&str>, text: &String| found.map_or_else(|| text.clone(), str::to_owned);
        let region = |text: &String| {
            let region = reference.region_named(text);
            or_typed(region.map(|row| words.name(&row.name, &row.name_en)), text)
        };
        let province = |text: &String| or_typed(reference.province_named(text, boundaries, session.stamp.today), text);
        let force = |text: &String| {
            let force = reference.find_force(text).ok();
            or_typed(force.map(|row| words.name(&row.name, &row.name_en)), text)
        };
        Place {
            region: self.region.iter().map(region).collect(),
            province: self.province.iter().map(province).collect(),
            agency: self.agency.clone(),
            force: self.force.iter().map(force).collect(),
            filter: self.said(words),
        }
    }

    /// The filters that name no place, in words.
    fn said(&self, words: &Words) -> String {
        let lists = [
            (Field::Violation, &self.violation),
            (Field::Group, &self.group),
            (Field::Category, &self.category),
            (Field::Status, &self.status),
        ];
        let lists = lists.into_iter().filter(|(_, values)| !values.is_empty());
        let lists = lists.map(|(field, values)| format!("{} {}", (words.field)(field), values.join(", ")));
        let single = [
            (Field::Goods, "", &self.goods),
            (Field::Offender, "", &self.offender),
            (Field::FineAmount, "≥ ", &self.min_fine),
            (Field::FineAmount, "≤ ", &self.max_fine),
            (Field::SeizedValue, "≥ ", &self.min_seized),
            (Field::SeizedValue, "≤ ", &self.max_seized),
        ];
        let import = self.import.map(|import| format!("{} {import}", words.importing.import));
        let single = single
            .into_iter()
            .filter_map(|(field, sign, value)| Some(format!("{} {sign}{}", (words.field)(field), value.as_ref()?)));
        lists.chain(single).chain(import).collect::<Vec<_>>().join("; ")
    }
}

impl FilterArgs {
    /// The period that the flags describe.
    pub(super) fn period(&self, session: &Session, cutoff: Cutoff) -> Result<Option<Period>, Failure> {
        let errors = &session.words.errors;
        let ways = [
            self.month.is_some(),
            self.quarter.is_some(),
            self.year.is_some(),
            self.from.is_some() || self.to.is_some(),
        ];
        if ways.into_iter().filter(|way| *way).count() > 1 {
            return Err(Failure::usage(errors.two_periods.to_owned()));
        }
        let bad = |flag: &str, value: &str, error: DateError| session.bad_date(flag, value, error);
        if let Some(text) = &self.month {
            return month(session, text, "month", cutoff).map(|month| Some(month.period(cutoff)));
        }
        if let Some(text) = &self.quarter {
            return Period::read_quarter(text, cutoff).map(Some).map_err(|error| bad("quarter", text, error));
        }
        if let Some(text) = &self.year {
            return year(session, text, cutoff).map(Some);
        }
        if self.from.is_none() && self.to.is_none() {
            return Ok(None);
        }
        let end = |flag: &str, text: &Option<String>| {
            text.as_ref().map(|text| Period::read(text, cutoff).map_err(|error| bad(flag, text, error))).transpose()
        };
        let from = end("from", &self.from)?.map_or(chrono::NaiveDate::MIN, |period| period.from);
        let until = end("to", &self.to)?.map_or(chrono::NaiveDate::MAX, |period| period.until);
        if from >= until {
            return Err(Failure::usage(errors.empty_period.to_owned()));
        }
        let years = |day: chrono::NaiveDate, open| day == open || YEARS.contains(&day.year());
        if !years(from, chrono::NaiveDate::MIN) || !years(until, chrono::NaiveDate::MAX) {
            return Err(Failure::usage(errors.period_range.to_owned()));
        }
        Ok(Some(Period { from, until }))
    }
}

/// A month as it is asked for: `2026-02`, `this` or `last`.
pub(super) fn month(session: &Session, text: &str, flag: &str, cutoff: Cutoff) -> Result<Month, Failure> {
    let this = Month::of(session.stamp.today, cutoff);
    match text.trim() {
        "this" => Ok(this),
        "last" => Ok(this.plus(-1)),
        text => {
            let month = Month::read(text).map_err(|error| session.bad_date(flag, text, error))?;
            let known = YEARS.contains(&month.year());
            if known { Ok(month) } else { Err(Failure::usage(session.words.errors.period_range.to_owned())) }
        }
    }
}

fn year(session: &Session, text: &str, cutoff: Cutoff) -> Result<Period, Failure> {
    let this = Month::of(session.stamp.today, cutoff).year();
    let year = match text.trim() {
        "this" => Some(this),
        "last" => Some(this - 1),
        text => text.parse().ok().filter(|year| YEARS.contains(year)),
    };
    let period = year.and_then(|year| Period::of_year(year, cutoff));
    period.ok_or_else(|| session.bad_date("year", text, DateError::Form))
}

/// The dating of a word that the arguments have checked.
pub(super) fn dating(word: &str) -> Dating {
    Dating::ALL.iter().copied().find(|dating| dating.code() == word).unwrap_or(Dating::Happened)
}

/// The boundaries of a word that the arguments have checked.
pub(super) fn boundaries(word: &str) -> Boundaries {
    Boundaries::ALL.iter().copied().find(|boundaries| boundaries.code() == word).unwrap_or(Boundaries::Today)
}
