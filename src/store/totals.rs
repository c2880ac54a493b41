//! Totals, from running totals where they hold what is asked, else from the
//! cases.

use chrono::NaiveDate;

use super::agencies::set;
use super::engine::{Row, Value};
use super::error::Error;
use super::list::{BOTH_DATINGS, ListQuery, dating_number};
use super::rows::{Coder, day, day_number};
use super::running::Dimension;
use super::{Store, sql};
use crate::domain::{
    By, Case, Cutoff, EventKind, Filter, Gathering, Half, Members, Month, Names, Period, ProvinceId, Reference, Slice,
    Sum, Tally, TimeUnit, Totals, TotalsQuery,
};

/// Takes figures, one slice after the other.
pub(super) type TakeSlice<'a> = dyn FnMut(Slice, &Reference) -> Result<(), Error> + 'a;

/// What a query needs to know of each case beside province and day.
pub(super) struct Needs {
    dimensions: Vec<Dimension>,
    cases: bool,
}

impl Needs {
    pub(super) fn of(query: &TotalsQuery) -> Self {
        Self::of_parts(&query.by, &query.filter)
    }

    /// What it needs to know to tell whether a filter takes a case in.
    pub(super) fn of_filter(filter: &Filter) -> Self {
        Self::of_parts(&[], filter)
    }

    fn of_parts(all: &[By], filter: &Filter) -> Self {
        let asked = |by: &[By]| all.iter().any(|one| by.contains(one));
        let mut dimensions = Vec::new();
        if asked(&[By::Force]) || !filter.forces.is_empty() {
            dimensions.push(Dimension::Force);
        }
        if asked(&[By::Agency]) || filter.names_agencies() {
            dimensions.push(Dimension::Agency);
        }
        if asked(&[By::Violation, By::Group]) || filter.violations.is_some() {
            dimensions.push(Dimension::Violation);
        }
        if asked(&[By::Category]) || !filter.categories.is_empty() {
            dimensions.push(Dimension::Category);
        }
        Self { dimensions, cases: asked(&[By::Status]) || filter.looks_into_cases() }
    }

    /// The running totals that hold all of it.
    pub(super) fn running(&self) -> Option<Dimension> {
        match self.dimensions.as_slice() {
            _ if self.cases => None,
            [] => Some(Dimension::Place),
            [one] => Some(*one),
            _ => None,
        }
    }
}

/// Where figures are read: whole half-months from running totals, single days
/// from those by day, or from the cases.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    halves: Vec<(Half, Half)>,
    days: Vec<Period>,
}

impl Plan {
    /// Splits a period so that every half read from running totals lies in
    /// one month of the query.
    pub(super) fn of(period: Period, unit: Option<TimeUnit>, cutoff: Cutoff) -> Self {
        let mut plan = Self::default();
        let Some(unit) = unit else {
            plan.add(period);
            return plan;
        };
        let mut from = period.from;
        while from < period.until {
            let start = unit.start(Month::of(from, cutoff));
            let next = start.plus(unit.months()).period(cutoff).from;
            plan.add(Period { from, until: next.min(period.until) });
            from = next;
        }
        plan
    }

    fn add(&mut self, period: Period) {
        let (halves, days) = period.halves();
        for part in days {
            match self.days.last_mut() {
                Some(last) if last.until == part.from => last.until = part.until,
                _ => self.days.push(part),
            }
        }
        if let Some((first, last)) = halves {
            let follows = |before: Half| before.period().until == first.period().from;
            match self.halves.last_mut() {
                Some((_, before)) if follows(*before) => *before = last,
                _ => self.halves.push((first, last)),
            }
        }
    }
}

impl Store {
    /// Totals, as they are asked for.
    pub fn totals(&mut self, query: &TotalsQuery) -> Result<Totals, Error> {
        self.read(|store| store.totals_here(query))
    }

    /// Several totals and the first cases of a list, of one state of the
    /// casebook.
    pub fn summary(
        &mut self,
        queries: &[TotalsQuery],
        list: Option<&ListQuery>,
    ) -> Result<(Vec<Totals>, Vec<Case>), Error> {
        self.read(|store| store.summary_here(queries, list))
    }

    pub(super) fn summary_here(
        &mut self,
        queries: &[TotalsQuery],
        list: Option<&ListQuery>,
    ) -> Result<(Vec<Totals>, Vec<Case>), Error> {
        let totals = queries.iter().map(|query| self.totals_here(query)).collect::<Result<_, _>>()?;
        let cases = list.map(|list| self.first_of_list(list)).transpose()?;
        Ok((totals, cases.unwrap_or_default()))
    }

    /// The same totals, all of them counted from the cases: what the running
    /// totals are checked against.
    pub fn totals_by_scanning(&mut self, query: &TotalsQuery) -> Result<Totals, Error> {
        self.read(|store| {
            let span = store.span(query, None)?;
            store.gather(query, None, span)
        })
    }

    pub(super) fn totals_here(&mut self, query: &TotalsQuery) -> Result<Totals, Error> {
        let running = Needs::of(query).running();
        let span = self.span(query, running)?;
        self.gather(query, running, span)
    }

    /// The totals of a period, of whatever state the casebook has.
    fn gather(
        &mut self,
        query: &TotalsQuery,
        running: Option<Dimension>,
        span: Option<Period>,
    ) -> Result<Totals, Error> {
        let mut gathering = Gathering::new(query.clone(), span);
        if let Some(period) = span {
            self.each_slice(query, running, period, &mut |slice, reference| Ok(gathering.add(&slice, reference)?))?;
        }
        let names = self.names_for(query)?;
        Ok(gathering.end(names, &self.reference)?)
    }

    pub(super) fn fold(
        &mut self,
        query: &TotalsQuery,
        span: Option<Period>,
        slices: &[Slice],
    ) -> Result<Totals, Error> {
        let names = self.names_for(query)?;
        Ok(Totals::none(query.clone(), span).add(slices, names, &self.reference)?)
    }

    /// The names of agencies, where totals are put by them.
    pub(super) fn names_for(&mut self, query: &TotalsQuery) -> Result<Names, Error> {
        if query.by.contains(&By::Agency) { self.agency_names() } else { Ok(Names::new()) }
    }

    /// The period asked for; without one, or at its open ends, the days that
    /// the cases cover.
    fn span(&mut self, query: &TotalsQuery, running: Option<Dimension>) -> Result<Option<Period>, Error> {
        if let Some(period) = query.period.filter(|period| !period.is_open()) {
            return Ok(Some(period));
        }
        let there = self.days_covered(query, running)?;
        let within = |there: Period| match query.period {
            Some(asked) => asked.closed_by(there),
            None => there,
        };
        Ok(there.map(within).filter(|period| !period.is_empty()))
    }

    /// The days that the cases cover, whatever period is asked for.
    fn days_covered(&mut self, query: &TotalsQuery, running: Option<Dimension>) -> Result<Option<Period>, Error> {
        let there = match running {
            None => self.days_of_events(query)?,
            // These are few, and looked up.
            Some(Dimension::Agency) if query.filter.names_agencies() => self.days_of_events(query)?,
            Some(Dimension::Place) => {
                let days = self.totals_cover(query, Dimension::Day)?;
                days.map(|(first, last)| Period { from: first.from, until: last.until })
            }
            Some(dimension) => match self.totals_cover(query, dimension)? {
                Some((first, last)) => {
                    let from = self.first_with_events(query, first.days())?;
                    let to = self.first_with_events(query, last.days().rev())?;
                    from.zip(to).map(|(from, to)| Period::of_days(from, to))
                }
                None => None,
            },
        };
        let Some(there) = there else { return Ok(None) };
        let values = self.filter_values(&query.filter)?;
        let found_from = self.engine.row(sql::SPAN_FROM, &values, |row| row.opt_int(0))?.flatten();
        let from = found_from.map(day).transpose()?;
        Ok(Some(Period { from: from.map_or(there.from, |from| from.min(there.from)), ..there }))
    }

    /// The days of all events of the cases, by these.
    fn days_of_events(&mut self, query: &TotalsQuery) -> Result<Option<Period>, Error> {
        let always = Period { from: NaiveDate::MIN, until: NaiveDate::MAX };
        let values = self.event_values(query, always)?;
        let statement = sql::SPAN[form_of_events(&query.filter)];
        let ends = self.engine.row(statement, &values, |row| Ok(row.opt_int(0)?.zip(row.opt_int(1)?)))?.flatten();
        ends.map(|(first, last)| Ok(Period::of_days(day(first)?, day(last)?))).transpose()
    }

    /// The first of some days on which there is an event.
    fn first_with_events(
        &mut self,
        query: &TotalsQuery,
        days: impl Iterator<Item = NaiveDate>,
    ) -> Result<Option<NaiveDate>, Error> {
        for day in days {
            let values = self.event_values(query, Period::of_days(day, day))?;
            if self.engine.row(sql::ANY_EVENT, &values, |row| row.int(0))?.is_some() {
                return Ok(Some(day));
            }
        }
        Ok(None)
    }

    /// The values of a filter, a dating and some days: of statements that look
    /// for events.
    fn event_values(&mut self, query: &TotalsQuery, days: Period) -> Result<Vec<Value>, Error> {
        let mut values = self.filter_values(&query.filter)?;
        values.extend([
            dating_number(query.dating).into(),
            day_number(days.from).into(),
            day_number(days.until).into(),
        ]);
        Ok(values)
    }

    /// The days of the first and of the last period in which anything counts,
    /// by the running totals.
    fn totals_cover(&mut self, query: &TotalsQuery, dimension: Dimension) -> Result<Option<(Period, Period)>, Error> {
        let [provinces, members] = self.sets(&query.filter, dimension)?;
        let (mut first, mut last) = (None::<i64>, None::<i64>);
        for dating in [dating_number(query.dating), BOTH_DATINGS] {
            let values = [Value::Int(dimension as i64), dating.into(), provinces.clone(), members.clone()];
            let mut end = |statement| self.engine.row(statement, &values, |row| row.int(0));
            first = end(sql::FIRST_TOTAL)?.into_iter().chain(first).min();
            last = end(sql::LAST_TOTAL)?.into_iter().chain(last).max();
        }
        first.zip(last).map(|(first, last)| Ok((dimension.days(first)?, dimension.days(last)?))).transpose()
    }

    /// Hands over the figures of a period one by one: of running totals, where
    /// they hold what is asked, else of the cases.
    pub(super) fn each_slice(
        &mut self,
        query: &TotalsQuery,
        running: Option<Dimension>,
        period: Period,
        each: &mut TakeSlice,
    ) -> Result<(), Error> {
        let Some(dimension) = running else {
            return self.each_slice_of_cases(query, period, query.time_unit().is_some(), each);
        };
        let plan = Plan::of(period, query.time_unit(), query.cutoff);
        let sets = self.sets(&query.filter, dimension)?;
        for (first, last) in &plan.halves {
            self.each_running_slice(query, dimension, (first.0, last.0), &sets, each)?;
        }
        for days in &plan.days {
            if dimension == Dimension::Place {
                let ends = (day_number(days.from), day_number(days.last()));
                self.each_running_slice(query, Dimension::Day, ends, &sets, each)?;
            } else {
                self.each_slice_of_cases(query, *days, query.time_unit().is_some(), each)?;
            }
        }
        Ok(())
    }

    /// The sets of provinces and of a dimension's members that a filter takes
    /// in.
    pub(super) fn sets(&mut self, filter: &Filter, dimension: Dimension) -> Result<[Value; 2], Error> {
        let provinces = filter.provinces.as_ref().map_or(Value::Null, |ids| set(ids.iter().map(|id| id.0)));
        let nonempty = |ids: Vec<i64>| if ids.is_empty() { Value::Null } else { set(ids) };
        let members = match dimension {
            Dimension::Place | Dimension::Day => Value::Null,
            Dimension::Force => nonempty(filter.forces.iter().map(|id| id.0).collect()),
            Dimension::Agency => self.agency_set(filter)?.map_or(Value::Null, |ids| set(ids.iter().map(|id| id.0))),
            Dimension::Violation => {
                filter.violations.as_ref().map_or(Value::Null, |ids| set(ids.iter().map(|id| id.0)))
            }
            Dimension::Category => nonempty(filter.categories.iter().map(|id| id.0).collect()),
        };
        Ok([provinces, members])
    }

    fn each_running_slice(
        &mut self,
        query: &TotalsQuery,
        dimension: Dimension,
        (first, last): (i64, i64),
        [provinces, members]: &[Value; 2],
        each: &mut TakeSlice,
    ) -> Result<(), Error> {
        let by_time = query.time_unit().is_some();
        let values = [
            Value::Int(dimension as i64),
            dating_number(query.dating).into(),
            first.into(),
            last.into(),
            provinces.clone(),
            members.clone(),
        ];
        let statement = if by_time { sql::TOTALS_BY_PERIOD } else { sql::TOTALS };
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        self.engine.query(statement, &values, &mut |row| {
            let on = dimension.first_day(if by_time { row.int(2)? } else { first })?;
            let kind = kind(row.int(3)?)?;
            let tally = if by_time { coder.running_tally(row, 4, kind)? } else { coder.tally(row, 4, kind)? };
            // What was taken away again leaves rows of zeros.
            if tally.is_zero() {
                return Ok(());
            }
            let (province, members) = (ProvinceId(row.int(0)?), dimension.members(row.int(1)?));
            each(Slice { province, members, on, kind, tally }, &self.reference)
        })
    }

    /// Hands over the figures of the cases on some days; with `daily`, those of
    /// each day.
    pub(super) fn each_slice_of_cases(
        &mut self,
        query: &TotalsQuery,
        days: Period,
        daily: bool,
        each: &mut TakeSlice,
    ) -> Result<(), Error> {
        let mut values = self.event_values(query, days)?;
        let asked = |by: &[By]| i64::from(query.by.iter().any(|one| by.contains(one))).into();
        values.extend([
            asked(&[By::Agency]),
            asked(&[By::Force]),
            asked(&[By::Violation, By::Group]),
            asked(&[By::Category]),
            asked(&[By::Status]),
            i64::from(daily).into(),
        ]);
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        self.engine.query(sql::EVENTS[form_of_events(&query.filter)], &values, &mut |row| {
            let kind = kind(row.int(7)?)?;
            let slice = Slice {
                province: ProvinceId(row.int(0)?),
                members: Members {
                    agency: row.int(1)?,
                    force: row.int(2)?,
                    violation: row.int(3)?,
                    category: row.int(4)?,
                    status: row.int(5)?,
                },
                on: if daily { day(row.int(6)?)? } else { days.from },
                kind,
                tally: coder.tally(row, 8, kind)?,
            };
            each(slice, &self.reference)
        })
    }
}

/// Which form of the statements about events suits a filter.
fn form_of_events(filter: &Filter) -> usize {
    match (filter.names_agencies(), filter.categories.is_empty()) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    }
}

fn kind(number: i64) -> Result<EventKind, Error> {
    EventKind::from_number(number).ok_or_else(|| Error::Corrupt(format!("there is no kind {number} of events")))
}

impl Coder<'_> {
    /// The nine sums of a row, from a column on.
    fn tally(&self, row: &Row, from: usize, kind: EventKind) -> Result<Tally, Error> {
        let sum = |at: usize| row.int(from + at);
        let bounds = [[sum(1)?, sum(2)?, sum(3)?], [sum(5)?, sum(6)?, sum(7)?]];
        Ok(self.tally_of(kind, [sum(0)?, sum(4)?, sum(8)?], bounds))
    }

    /// The same of a running total as it stands: after three sums one text, if
    /// any of the other six is not zero.
    fn running_tally(&self, row: &Row, from: usize, kind: EventKind) -> Result<Tally, Error> {
        let bounds = row.opt_text(from + 3)?.map(|text| read_bounds(&text)).transpose()?.unwrap_or_default();
        Ok(self.tally_of(kind, [row.int(from)?, row.int(from + 1)?, row.int(from + 2)?], bounds))
    }

    /// A tally of how many, how much, and of how many that is not known; and of
    /// how many of either are at least, at most and about.
    fn tally_of(&self, kind: EventKind, [n, amount, unknown]: [i64; 3], bounds: [[i64; 3]; 2]) -> Tally {
        let amount = if kind.is_money() { self.currency.from_minor(amount) } else { amount.into() };
        let sum =
            |value, unknown, [at_least, at_most, about]: [i64; 3]| Sum { value, at_least, at_most, about, unknown };
        let [of_count, of_amount] = bounds;
        Tally { count: sum(n.into(), 0, of_count), amount: sum(amount, unknown, of_amount) }
    }
}

/// Twice three numbers, with spaces between.
fn read_bounds(text: &str) -> Result<[[i64; 3]; 2], Error> {
    let mut numbers = text.split(' ').map(|number| number.parse::<i64>().ok());
    let mut three = || Some([numbers.next()??, numbers.next()??, numbers.next()??]);
    let bounds = three().zip(three()).filter(|_| numbers.next().is_none());
    let bounds = bounds.map(|(of_count, of_amount)| [of_count, of_amount]);
    bounds.ok_or_else(|| Error::Corrupt(format!("a running total has {text:?} as its bounds")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_twice_three_numbers() {
        assert_eq!(read_bounds("1 2 3 4 5 6").unwrap(), [[1, 2, 3], [4, 5, 6]]);
        for damaged in ["", "1 2 3 4 5", "1 2 3 4 5 6 7", "1 2 3 4 5 x", "1  2 3 4 5 6"] {
            assert!(matches!(read_bounds(damaged), Err(Error::Corrupt(_))), "{damaged}");
        }
    }

    fn days(from: &str, to: &str) -> Period {
        Period::of_days(from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn whole_halves_are_read_at_once_and_ragged_ends_by_day() {
        let plan = Plan::of(days("2026-01-10", "2026-03-20"), None, Cutoff::default());
        assert_eq!(plan.halves, [(Half(2_026_012), Half(2_026_031))]);
        assert_eq!(plan.days, [days("2026-01-10", "2026-01-14"), days("2026-03-15", "2026-03-20")]);
    }

    #[test]
    fn a_cut_off_on_the_14th_needs_no_single_days() {
        let cutoff = Cutoff::new(14).unwrap();
        let plan = Plan::of(days("2025-12-15", "2026-03-14"), Some(TimeUnit::Month), cutoff);
        assert_eq!(plan.halves, [(Half(2_025_122), Half(2_026_031))]);
        assert!(plan.days.is_empty());
    }

    #[test]
    fn another_cut_off_takes_a_half_from_each_month() {
        let cutoff = Cutoff::new(20).unwrap();
        let plan = Plan::of(days("2026-01-21", "2026-03-20"), Some(TimeUnit::Month), cutoff);
        assert_eq!(plan.halves, [(Half(2_026_021), Half(2_026_021)), (Half(2_026_031), Half(2_026_031))]);
        assert_eq!(
            plan.days,
            [days("2026-01-21", "2026-01-31"), days("2026-02-15", "2026-02-28"), days("2026-03-15", "2026-03-20")]
        );
    }
}
