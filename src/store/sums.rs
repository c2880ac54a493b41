//! What writes add to the running totals, summed up before it is written.
//!
//! An import of many cases changes nearly every total that there can be: their
//! sums are kept as plain numbers, a year of half-months together, or a month
//! of days, so that millions of cases need no more memory than there are
//! totals.
//!
//! [`Sums::each_batch`] gives them in the order of the table's key: dimension,
//! dating, period, province, member, kind.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use foldhash::fast::RandomState;

use super::engine::{Rows, Value};
use super::error::Error;
use super::list::{BOTH_DATINGS, dating_number};
use super::rows::Coder;
use super::running::{Dimension, whole};
use crate::domain::{AgencyId, Bound, Case, Dating, Event, EventKind, Half, Overflow};

/// How many half-months a year has.
const HALVES: usize = 24;
/// How many days a month may have.
const DAYS: usize = 31;
/// How many rows are written at a time.
const BATCH: usize = 1_000;

/// The totals that differ by the period alone. Keys come in the order in
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

/// A period, as a series keeps it: the half-month `at` of the year `page`, or
/// the day `at` of the month `page`, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Slot {
    page: i32,
    at: usize,
}

impl Dimension {
    fn slot(self, day: NaiveDate) -> Slot {
        match self {
            Self::Day => Slot { page: day.year() * 12 + day.month0().cast_signed(), at: day.day0() as usize },
            _ => Slot { page: day.year(), at: Half::of(day).in_year() },
        }
    }

    /// How many slots a page has.
    fn slots(self) -> usize {
        if self == Self::Day { DAYS } else { HALVES }
    }

    /// The number of a period.
    fn period(self, Slot { page, at }: Slot) -> i64 {
        match self {
            Self::Day => {
                let month = i64::from(page.div_euclid(12)) * 100 + i64::from(page.rem_euclid(12)) + 1;
                month * 100 + i64::try_from(at).unwrap_or_default() + 1
            }
            _ => Half::of_year(page, at).0,
        }
    }
}

/// Totals by period, page by page. There are few keys, and what leads to a
/// page stays in the processor's cache: memory is waited for once, at the cell.
#[derive(Default)]
struct Series {
    first: i32,
    pages: VecDeque<Option<Box<[Cell]>>>,
}

impl Series {
    fn cell(&self, slot: Slot) -> Option<Cell> {
        let page = usize::try_from(slot.page - self.first).ok()?;
        self.pages.get(page)?.as_ref().map(|cells| cells[slot.at])
    }

    fn cell_mut(&mut self, slot: Slot, slots: usize) -> &mut Cell {
        if self.pages.is_empty() {
            self.first = slot.page;
        }
        while slot.page < self.first {
            self.pages.push_front(None);
            self.first -= 1;
        }
        let page = usize::try_from(slot.page - self.first).unwrap_or_default();
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, || None);
        }
        &mut self.pages[page].get_or_insert_with(|| vec![Cell::default(); slots].into())[slot.at]
    }

    fn pages(&self) -> Range<i32> {
        self.first..self.first + i32::try_from(self.pages.len()).unwrap_or_default()
    }
}

/// The figures of one total, as they are nearly always: exact, and of no more
/// cases than this counts. There may be millions, most of them in pages that
/// are half empty.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    amount: i64,
    n: i32,
    unknown: i32,
}

impl Cell {
    /// The same, if a cell can hold it.
    fn of(sums: &Nine) -> Option<Self> {
        let [n, 0, 0, 0, amount, 0, 0, 0, unknown] = *sums else { return None };
        Some(Self { amount, n: n.try_into().ok()?, unknown: unknown.try_into().ok()? })
    }

    /// The sum, if a cell can hold it.
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            amount: self.amount.checked_add(other.amount)?,
            n: self.n.checked_add(other.n)?,
            unknown: self.unknown.checked_add(other.unknown)?,
        })
    }
}

/// The nine sums of a total, in the order of its columns: how many, how many
/// of these at least, at most and about; how much, and the same of that; how
/// many of which it is not known.
type Nine = [i64; 9];

fn add_to(sums: &mut Nine, added: &Nine) -> Result<(), Overflow> {
    for (sum, one) in sums.iter_mut().zip(added) {
        *sum = sum.checked_add(*one).ok_or(Overflow)?;
    }
    Ok(())
}

/// What an event adds to each of its totals, or takes away.
fn sums_of(event: &Event, coder: Coder<'_>, away: bool) -> Result<Nine, Error> {
    let amount = event.amount.map(|amount| amount.value).unwrap_or_default();
    let amount = if event.kind.is_money() { coder.sum_minor(amount)? } else { whole(amount)? };
    let sign = if away { -1 } else { 1 };
    let n = i64::from(event.count.n) * sign;
    let unknown = if event.amount.is_none() { n } else { 0 };
    let mut sums = [n, 0, 0, 0, amount * sign, 0, 0, 0, unknown];
    for (at, bound) in [(1, Some(event.count.bound)), (5, event.amount.map(|amount| amount.bound))] {
        match bound {
            Some(Bound::AtLeast) => sums[at] = sign,
            Some(Bound::AtMost) => sums[at + 1] = sign,
            Some(Bound::About) => sums[at + 2] = sign,
            Some(Bound::Exact) | None => {}
        }
    }
    Ok(sums)
}

/// One event under one dating.
struct Added {
    kind: EventKind,
    dating: i64,
    on: NaiveDate,
    sums: Nine,
}

/// What some writes add to the running totals.
#[derive(Default)]
pub(super) struct Sums {
    groups: HashMap<Place, Group, RandomState>,
    /// What no cell can hold.
    others: HashMap<(SeriesKey, Slot), Nine, RandomState>,
}

impl Sums {
    /// Adds the events of a case, or takes them away.
    pub(super) fn add(&mut self, coder: Coder<'_>, case: &Case, agency: AgencyId, away: bool) -> Result<(), Error> {
        let members = coder.members(case, agency)?;
        let province = coder.province(&case.province)?;
        let mut all = Vec::new();
        for event in case.events() {
            let (kind, sums) = (event.kind, sums_of(&event, coder, away)?);
            let under = |(number, dating): &(i64, Dating)| (*number, event.counted_on(*dating, case));
            all.extend(kept_datings(kind).iter().map(under).map(|(dating, on)| Added { kind, dating, on, sums }));
        }
        for dimension in Dimension::ALL {
            let place = Place { dimension, province, member: dimension.member(&members) };
            let group = self.groups.entry(place).or_default();
            for added in &all {
                let slot = dimension.slot(added.on);
                let cell = group.series_mut(added.kind, added.dating).cell_mut(slot, dimension.slots());
                if let Some(sum) = Cell::of(&added.sums).and_then(|added| cell.plus(added)) {
                    *cell = sum;
                } else {
                    let key = place.key(added.kind, added.dating);
                    add_to(self.others.entry((key, slot)).or_default(), &added.sums)?;
                }
            }
        }
        Ok(())
    }

    /// Hands over the rows of `total` that are not zero, many at a time, in
    /// the order of their keys: so they are written next to one another.
    pub(super) fn each_batch(&self, mut take: impl FnMut(&Rows) -> Result<(), Error>) -> Result<(), Error> {
        let mut all: Vec<(SeriesKey, &Series)> = self.groups.iter().flat_map(series_of).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        let mut rows = Rows::with_capacity(BATCH);
        for alike in all.chunk_by(|(one, _), (two, _)| (one.dimension, one.dating) == (two.dimension, two.dating)) {
            let first = alike.iter().map(|(_, series)| series.pages().start).min().unwrap_or_default();
            let end = alike.iter().map(|(_, series)| series.pages().end).max().unwrap_or_default();
            let slots = alike.first().map_or(0, |(key, _)| key.dimension.slots());
            for slot in (first..end).flat_map(|page| (0..slots).map(move |at| Slot { page, at })) {
                for (key, series) in alike {
                    rows.extend(self.row(*key, series, slot)?);
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
    fn row(&self, key: SeriesKey, series: &Series, slot: Slot) -> Result<Option<Vec<Value>>, Overflow> {
        let Some(Cell { amount, n, unknown }) = series.cell(slot) else { return Ok(None) };
        let mut sums = [n.into(), 0, 0, 0, amount, 0, 0, 0, unknown.into()];
        if let Some(others) = self.others.get(&(key, slot)) {
            add_to(&mut sums, others)?;
        }
        if sums == Nine::default() {
            return Ok(None);
        }
        let SeriesKey { dimension, dating, province, member, kind } = key;
        let key = [dimension as i64, dating, dimension.period(slot), province, member, kind.number()];
        Ok(Some(key.into_iter().chain(sums).map(Value::Int).collect()))
    }
}

/// The series of a place, each under its key.
fn series_of<'a>((place, group): (&Place, &'a Group)) -> impl Iterator<Item = (SeriesKey, &'a Series)> {
    let place = *place;
    group.0.iter().map(move |(kind, dating, series)| (place.key(*kind, *dating), series))
}

/// The datings under which an event is summed up, each with the day that it
/// takes. A case that is found counts on the same day under both.
const fn kept_datings(kind: EventKind) -> &'static [(i64, Dating)] {
    const ONE: &[(i64, Dating)] = &[(BOTH_DATINGS, Dating::Happened)];
    const EACH: &[(i64, Dating)] =
        &[(dating_number(Dating::Happened), Dating::Happened), (dating_number(Dating::Detected), Dating::Detected)];
    match kind {
        EventKind::Detected => ONE,
        _ => EACH,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{Count, Currency, Draft, Entry, Field, Reference, ReferenceTexts};

    /// The rows that some cases of a province, which stand for so many each,
    /// add up to; of negative ones those that are taken away.
    fn rows(counts: &[i64], bound: Bound) -> Rows {
        let (reference, currency) = (Reference::parse(&ReferenceTexts::default()).unwrap(), Currency::vnd());
        let coder = Coder { reference: &reference, currency: &currency };
        let mut entry = Entry::default();
        let fields = [(Field::Province, "Huế"), (Field::Agency, "Đội 1"), (Field::DetectedOn, "2026-01-20")];
        for (field, value) in fields.into_iter().chain([(Field::Goods, "hàng"), (Field::SeizedValue, "1000")]) {
            entry.set(field, None, value.to_owned()).unwrap();
        }
        let today = "2026-02-01".parse().unwrap();
        let draft = Draft { entry: &entry, id: Uuid::nil(), reference: &reference, currency: &currency, today };
        let case = Case { force: Some("police".to_owned()), ..Case::try_from(draft).unwrap() };
        let mut sums = Sums::default();
        for n in counts {
            let case_count = Count { n: u32::try_from(n.abs()).unwrap(), bound };
            sums.add(coder, &Case { case_count, ..case.clone() }, AgencyId(1), *n < 0).unwrap();
        }
        let mut all = Rows::new();
        sums.each_batch(|rows| {
            all.extend(rows.iter().cloned());
            Ok(())
        })
        .unwrap();
        all
    }

    fn figures(rows: &Rows, columns: Range<usize>) -> Vec<Vec<Value>> {
        rows.iter().map(|row| row[columns.clone()].to_vec()).collect()
    }

    #[test]
    fn a_case_that_is_found_counts_once_in_each_dimension() {
        let rows = rows(&[1, 1], Bound::Exact);
        let keys: Vec<(i64, i64, i64)> = rows
            .iter()
            .map(|row| match row[..3] {
                [Value::Int(dimension), Value::Int(dating), Value::Int(period)] => (dimension, dating, period),
                _ => panic!("{row:?}"),
            })
            .collect();
        let halves = (0..5).map(|dimension| (dimension, BOTH_DATINGS, 2_026_012));
        assert_eq!(keys, halves.chain([(5, BOTH_DATINGS, 20_260_120)]).collect::<Vec<_>>());
        assert_eq!(figures(&rows, 6..15), vec![[2, 0, 0, 0, 2_000, 0, 0, 0, 0].map(Value::Int).to_vec(); 6]);
    }

    #[test]
    fn counts_that_no_cell_holds_are_kept_beside_it() {
        let large = 2_000_000_000;
        assert_eq!(figures(&rows(&[large, large, large, 1], Bound::Exact), 6..7), vec![[Value::Int(3 * large + 1)]; 6]);
        assert_eq!(figures(&rows(&[4 * large / 2], Bound::Exact), 6..7), vec![[Value::Int(4 * large / 2)]; 6]);
    }

    #[test]
    fn what_is_not_exact_is_told_beside_what_is() {
        assert_eq!(figures(&rows(&[3], Bound::AtLeast), 6..10), vec![[3, 1, 0, 0].map(Value::Int); 6]);
        assert_eq!(rows(&[3, -3], Bound::AtMost), Rows::new(), "what is taken away again leaves no row");
        assert_eq!(rows(&[5, 7, -7, -5], Bound::Exact), Rows::new());
    }
}
