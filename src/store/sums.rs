//! What writes add to the running totals, summed up before it is written.
//!
//! An import of many cases changes nearly every total that there can be: their
//! sums are kept as plain numbers, a year of half-months together, so that
//! millions of cases need no more memory than there are totals.
//!
//! [`Sums::each_batch`] gives them in the order of the table's key: dimension,
//! dating, half, province, member, kind.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use chrono::Datelike;
use foldhash::fast::RandomState;

use super::engine::{Rows, Value};
use super::error::Error;
use super::list::dating_number;
use super::rows::Coder;
use super::running::{Dimension, whole};
use crate::domain::{AgencyId, Bound, Case, Dating, Event, EventKind, Half, Overflow};

/// How many half-months a year has.
const HALVES: usize = 24;
/// How many rows are written at a time.
const BATCH: usize = 1_000;

/// The totals that differ by the half-month alone. Keys come in the order in
/// which rows are written, but for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct SeriesKey {
    dimension: Dimension,
    dating: i64,
    province: i64,
    member: i64,
    kind: EventKind,
}

/// The totals of one member of a dimension in a province: looked for once for
/// all that a case adds to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    dimension: Dimension,
    province: i64,
    member: i64,
}

impl Place {
    fn key(self, kind: EventKind, dating: i64) -> SeriesKey {
        let Self { dimension, province, member } = self;
        SeriesKey { dimension, dating, province, member, kind }
    }
}

/// Its series, by kind and dating; they are few.
#[derive(Default)]
struct Group(Vec<(EventKind, i64, Series)>);

impl Group {
    fn series_mut(&mut self, kind: EventKind, dating: i64) -> &mut Series {
        let known = self.0.iter().position(|(of, by, _)| (*of, *by) == (kind, dating));
        let at = known.unwrap_or(self.0.len());
        if known.is_none() {
            self.0.push((kind, dating, Series::default()));
        }
        &mut self.0[at].2
    }
}

/// Totals by half-month, year by year. There are few keys, and what leads to a
/// year stays in the processor's cache: memory is waited for once, at the cell.
#[derive(Default)]
struct Series {
    first: i32,
    years: VecDeque<Option<Box<[Cell; HALVES]>>>,
}

impl Series {
    fn cell(&self, year: i32, half: usize) -> Option<Cell> {
        let at = usize::try_from(year - self.first).ok()?;
        self.years.get(at)?.as_ref().map(|cells| cells[half])
    }

    fn cell_mut(&mut self, year: i32, half: usize) -> &mut Cell {
        if self.years.is_empty() {
            self.first = year;
        }
        while year < self.first {
            self.years.push_front(None);
            self.first -= 1;
        }
        let at = usize::try_from(year - self.first).unwrap_or_default();
        if at >= self.years.len() {
            self.years.resize_with(at + 1, || None);
        }
        &mut self.years[at].get_or_insert_with(|| Box::new([Cell::default(); HALVES]))[half]
    }

    fn years(&self) -> Range<i32> {
        self.first..self.first + i32::try_from(self.years.len()).unwrap_or_default()
    }
}

/// The figures of one total whose bounds are exact.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    n: i64,
    amount: i64,
    unknown: i64,
}

impl Cell {
    fn add(&mut self, other: Self) -> Result<(), Overflow> {
        let sum = |one: i64, two: i64| one.checked_add(two).ok_or(Overflow);
        let (n, amount, unknown) =
            (sum(self.n, other.n)?, sum(self.amount, other.amount)?, sum(self.unknown, other.unknown)?);
        *self = Self { n, amount, unknown };
        Ok(())
    }
}

/// How many counts, and how many amounts, are at least, at most, or about.
type Bounds = [i64; 6];

/// One event, as it is added to each of its totals.
struct Added {
    kind: EventKind,
    cell: Cell,
    bounds: Option<Bounds>,
}

impl Added {
    fn of(event: &Event, coder: Coder<'_>, away: bool) -> Result<Self, Error> {
        let amount = event.amount.map(|amount| amount.value).unwrap_or_default();
        let amount = if event.kind.is_money() { coder.sum_minor(amount)? } else { whole(amount)? };
        let n = i64::from(event.count.n);
        let sign = if away { -1 } else { 1 };
        let mut bounds = Bounds::default();
        for (at, bound) in [(0, Some(event.count.bound)), (3, event.amount.map(|amount| amount.bound))] {
            match bound {
                Some(Bound::AtLeast) => bounds[at] = sign,
                Some(Bound::AtMost) => bounds[at + 1] = sign,
                Some(Bound::About) => bounds[at + 2] = sign,
                Some(Bound::Exact) | None => {}
            }
        }
        Ok(Self {
            kind: event.kind,
            cell: Cell {
                n: n * sign,
                amount: amount * sign,
                unknown: if event.amount.is_none() { n * sign } else { 0 },
            },
            bounds: (bounds != Bounds::default()).then_some(bounds),
        })
    }
}

/// What some writes add to the running totals.
#[derive(Default)]
pub(super) struct Sums {
    groups: HashMap<Place, Group, RandomState>,
    /// Of those that are not all exact.
    bounds: HashMap<(SeriesKey, Half), Bounds, RandomState>,
}

impl Sums {
    /// Adds the events of a case, or takes them away.
    pub(super) fn add(&mut self, coder: Coder<'_>, case: &Case, agency: AgencyId, away: bool) -> Result<(), Error> {
        let members = coder.members(case, agency)?;
        let province = coder.province(&case.province)?;
        let mut all = Vec::new();
        for event in case.events() {
            for dating in kept_datings(event.kind) {
                let day = event.counted_on(*dating, case);
                all.push((Added::of(&event, coder, away)?, dating_number(*dating), day.year(), Half::of(day)));
            }
        }
        for dimension in Dimension::ALL {
            let place = Place { dimension, province, member: dimension.member(&members) };
            let group = self.groups.entry(place).or_default();
            for (added, dating, year, half) in &all {
                group.series_mut(added.kind, *dating).cell_mut(*year, half.in_year()).add(added.cell)?;
                if let Some(bounds) = &added.bounds {
                    let sums = self.bounds.entry((place.key(added.kind, *dating), *half)).or_default();
                    sums.iter_mut().zip(bounds).for_each(|(sum, one)| *sum += one);
                }
            }
        }
        Ok(())
    }

    /// Hands over the rows of `total` that are not zero, many at a time, in
    /// the order of their keys: so they are written next to one another.
    pub(super) fn each_batch(&self, mut take: impl FnMut(&Rows) -> Result<(), Error>) -> Result<(), Error> {
        let mut series: Vec<Written<'_>> = self.groups.iter().flat_map(written).collect();
        series.sort_unstable_by_key(|written| written.key);
        let mut rows = Rows::with_capacity(BATCH);
        for alike in
            series.chunk_by(|one, two| (one.key.dimension, one.key.dating) == (two.key.dimension, two.key.dating))
        {
            let first = alike.iter().map(|written| written.series.years().start).min().unwrap_or_default();
            let end = alike.iter().map(|written| written.series.years().end).max().unwrap_or_default();
            for (year, half) in (first..end).flat_map(|year| (0..HALVES).map(move |half| (year, half))) {
                for written in alike {
                    rows.extend(self.row(written, year, half));
                    if rows.len() == BATCH {
                        take(&rows)?;
                        rows.clear();
                    }
                }
            }
        }
        take(&rows)
    }

    /// The row of a total; `None` where it is zero.
    fn row(&self, written: &Written<'_>, year: i32, half: usize) -> Option<Vec<Value>> {
        let Cell { n, amount, unknown } = written.series.cell(year, half)?;
        let half = Half::of_year(year, half);
        let bounds = if self.bounds.is_empty() { None } else { self.bounds.get(&(written.from, half)) };
        let bounds = bounds.copied().unwrap_or_default();
        if (n, amount, unknown) == (0, 0, 0) && bounds == Bounds::default() {
            return None;
        }
        let [n_at_least, n_at_most, n_about, at_least, at_most, about] = bounds;
        let SeriesKey { dimension, dating, province, member, kind } = written.key;
        let key = [dimension as i64, dating, half.0, province, member, kind.number()];
        let sums = [n, n_at_least, n_at_most, n_about, amount, at_least, at_most, about, unknown];
        Some(key.into_iter().chain(sums).map(Value::Int).collect())
    }
}

/// Totals under the key with which they are written.
struct Written<'a> {
    key: SeriesKey,
    /// The key that they were summed up under.
    from: SeriesKey,
    series: &'a Series,
}

/// The series of a place, under the keys with which they are written.
fn written<'a>((place, group): (&Place, &'a Group)) -> impl Iterator<Item = Written<'a>> {
    let place = *place;
    group.0.iter().flat_map(move |(kind, dating, series)| {
        let from = place.key(*kind, *dating);
        let again =
            (*kind == EventKind::Detected).then(|| SeriesKey { dating: dating_number(Dating::Detected), ..from });
        std::iter::once(from).chain(again).map(move |key| Written { key, from, series })
    })
}

/// The datings under which an event is summed up. A case that is found counts
/// on the same day under both: it is summed up once, and written twice.
fn kept_datings(kind: EventKind) -> &'static [Dating] {
    if kind == EventKind::Detected { &[Dating::Happened] } else { Dating::ALL }
}
