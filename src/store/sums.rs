//! What writes add to the running totals, summed up before it is written.
//!
//! An import of many cases changes nearly every total that there can be: their
//! sums are kept as plain numbers, a year of half-months together, so that
//! millions of cases need no more memory than there are totals.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use chrono::Datelike;
use foldhash::fast::RandomState;

use super::engine::Value;
use super::error::Error;
use super::list::dating_number;
use super::rows::Coder;
use super::running::{Dimension, whole};
use crate::domain::{AgencyId, Bound, Case, Dating, Event, EventKind, Half, Overflow};

/// How many half-months a year has.
const HALVES: usize = 24;
/// How many rows are written at a time.
const BATCH: usize = 1_000;

/// The totals of a year that differ by the half-month alone. In the order in
/// which they are written, but for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct YearKey {
    dimension: Dimension,
    dating: i64,
    year: i32,
    province: i64,
    member: i64,
    kind: EventKind,
}

/// Every event of every case is looked up some fifteen times: two words are
/// hashed sooner than six fields.
impl Hash for YearKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { dimension, dating, year, province, member, kind } = *self;
        state.write_i64(
            (((i64::from(year) << 4 | kind.number()) << 1 | dating) << 3 | dimension as i64) << 16 ^ province,
        );
        state.write_i64(member);
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
    years: HashMap<YearKey, Box<[Cell; HALVES]>, RandomState>,
    /// Of those that are not all exact.
    bounds: HashMap<(YearKey, usize), Bounds, RandomState>,
}

impl Sums {
    /// Adds the events of a case, or takes them away.
    pub(super) fn add(&mut self, coder: Coder<'_>, case: &Case, agency: AgencyId, away: bool) -> Result<(), Error> {
        let members = coder.members(case, agency)?;
        let province = coder.province(&case.province)?;
        for event in case.events() {
            let added = Added::of(&event, coder, away)?;
            for dimension in Dimension::ALL {
                for dating in kept_datings(event.kind) {
                    let day = event.counted_on(*dating, case);
                    let key = YearKey {
                        dimension,
                        dating: dating_number(*dating),
                        year: day.year(),
                        province,
                        member: dimension.member(&members),
                        kind: added.kind,
                    };
                    self.add_to(key, Half::of(day).in_year(), &added)?;
                }
            }
        }
        Ok(())
    }

    fn add_to(&mut self, key: YearKey, half: usize, added: &Added) -> Result<(), Overflow> {
        self.years.entry(key).or_insert_with(|| Box::new([Cell::default(); HALVES]))[half].add(added.cell)?;
        if let Some(bounds) = &added.bounds {
            let sums = self.bounds.entry((key, half)).or_default();
            sums.iter_mut().zip(bounds).for_each(|(sum, one)| *sum += one);
        }
        Ok(())
    }

    /// Hands over the rows of `total` that are not zero, many at a time, in
    /// the order of their keys: so they are written next to one another.
    pub(super) fn each_batch(&self, take: &mut dyn FnMut(&[Vec<Value>]) -> Result<(), Error>) -> Result<(), Error> {
        let mut keys: Vec<(YearKey, &YearKey)> = self.years.keys().flat_map(written).collect();
        keys.sort_unstable();
        let mut rows = Vec::with_capacity(BATCH);
        for year in keys.chunk_by(|(one, _), (two, _)| {
            (one.dimension, one.dating, one.year) == (two.dimension, two.dating, two.year)
        }) {
            for half in 0..HALVES {
                for (key, from) in year {
                    rows.extend(self.row(key, from, half));
                    if rows.len() == BATCH {
                        take(&rows)?;
                        rows.clear();
                    }
                }
            }
        }
        take(&rows)
    }

    /// The row of a total, whose figures may be those of another; `None` where
    /// it is zero.
    fn row(&self, key: &YearKey, from: &YearKey, half: usize) -> Option<Vec<Value>> {
        let Cell { n, amount, unknown } = self.years.get(from)?[half];
        let bounds = self.bounds.get(&(*from, half)).copied().unwrap_or_default();
        if (n, amount, unknown) == (0, 0, 0) && bounds == Bounds::default() {
            return None;
        }
        let [n_at_least, n_at_most, n_about, at_least, at_most, about] = bounds;
        let (dimension, half) = (key.dimension as i64, Half::of_year(key.year, half).0);
        let key = [dimension, key.dating, half, key.province, key.member, key.kind.number()];
        let sums = [n, n_at_least, n_at_most, n_about, amount, at_least, at_most, about, unknown];
        Some(key.into_iter().chain(sums).map(Value::Int).collect())
    }
}

/// The datings under which an event is summed up. A case that is found counts
/// on the same day under both: it is summed up once, and written twice.
fn kept_datings(kind: EventKind) -> &'static [Dating] {
    if kind == EventKind::Detected { &[Dating::Happened] } else { Dating::ALL }
}

/// The keys under which sums are written, with the key that has them.
fn written(key: &YearKey) -> impl Iterator<Item = (YearKey, &YearKey)> {
    let again = (key.kind == EventKind::Detected).then(|| YearKey { dating: dating_number(Dating::Detected), ..*key });
    std::iter::once(*key).chain(again).map(move |written| (written, key))
}
