//! Totals in the making: slices put under their keys, and periods in which
//! nothing happened.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::totals::{By, Key, Keys, Members, Names, Ranks, Slice, Totals, TotalsQuery, TotalsRow, time_key};
use super::{Figures, Month, Overflow, Period, ProvinceId, Reference};

/// Room for so many rows from the start: what is not written costs nothing, and
/// rows that are moved to where there is more cost twice.
const ROOM: usize = 4_096;

/// Rows, found by their keys, those that came first before those that came
/// later.
pub(super) type Table = IndexMap<Vec<Key>, Figures, RandomState>;

fn table(rows: Vec<TotalsRow>) -> Table {
    rows.into_iter().map(|TotalsRow { keys, figures }| (keys, figures)).collect()
}

pub(super) fn rows(table: Table) -> Vec<TotalsRow> {
    table.into_iter().map(|(keys, figures)| TotalsRow { keys, figures }).collect()
}

/// Totals in the making. Every slice is counted once, in one row, so that the
/// rows always add up to the total.
pub struct Gathering {
    /// The totals, but for their rows.
    totals: Totals,
    table: Table,
    /// The month of the last slice, and the places of the rows of its slices:
    /// those of one place have the same keys, which are looked for once. Running
    /// totals come month by month; of all months this would be as large as the
    /// rows.
    month: Option<Month>,
    alike: HashMap<(ProvinceId, Members), usize, RandomState>,
}

impl Gathering {
    /// Begins with nothing.
    #[must_use]
    pub fn new(query: TotalsQuery, span: Option<Period>) -> Self {
        Self::after(Totals::none(query, span))
    }

    pub(super) fn after(mut totals: Totals) -> Self {
        let mut table = table(std::mem::take(&mut totals.rows));
        table.reserve(ROOM);
        Self { totals, table, month: None, alike: HashMap::default() }
    }

    /// Puts a slice under its keys.
    pub fn add(&mut self, slice: &Slice, reference: &Reference) -> Result<(), Overflow> {
        let query = &self.totals.query;
        let month = Some(Month::of(slice.on, query.cutoff));
        if month != self.month {
            self.month = month;
            self.alike.clear();
        }
        let at = *self.alike.entry((slice.province, slice.members)).or_insert_with(|| {
            let row = self.table.entry(Keys { query, reference }.of(slice));
            let at = row.index();
            row.or_default();
            at
        });
        self.table[at].add_tally(slice.kind, &slice.tally)
    }

    /// The totals, with their rows in order.
    pub fn end(self, agencies: Names, reference: &Reference) -> Result<Totals, Overflow> {
        let Self { mut totals, mut table, .. } = self;
        totals.total = Figures::default();
        table.values().try_for_each(|figures| totals.total.add(figures))?;
        // What is taken away again, as by what was known before, leaves no row.
        table.retain(|_, figures| !figures.is_zero());
        if !totals.query.no_empty {
            add_empty_periods(&totals.query, totals.span, &mut table);
        }
        let mut rows = rows(table);
        let ranks = Ranks::of(rows.iter().flat_map(|row| &row.keys).copied(), &agencies, reference);
        rows.sort_by_cached_key(|row| ranks.of_keys(&row.keys));
        totals.agencies = agencies.into_iter().filter(|(id, _)| ranks.has(Key::Agency(*id))).collect();
        Ok(Totals { rows, ..totals })
    }
}

/// Adds a row of zeros for every period in which nothing happened: inside the
/// period asked for, else between the first and the last that have something.
fn add_empty_periods(query: &TotalsQuery, span: Option<Period>, table: &mut Table) {
    let Some(unit) = query.time_unit() else { return };
    let is_time: Vec<bool> = query.by.iter().map(|by| by.time_unit().is_some()).collect();
    let Some((first, last)) = months_covered(query, span, table) else { return };
    // What rows there are, whatever their periods.
    let timeless = |keys: &Vec<Key>| {
        let key = |(key, is_time): (&Key, &bool)| if *is_time { Key::Time(first) } else { *key };
        keys.iter().zip(&is_time).map(key).collect()
    };
    let mut others: BTreeSet<Vec<Key>> = table.keys().map(timeless).collect();
    if is_time.iter().all(|is_time| *is_time) {
        // Periods stand by themselves, even if nothing happened in any.
        others.insert(vec![Key::Time(first); query.by.len()]);
    }
    let mut month = unit.start(first);
    while month <= last {
        for keys in &others {
            let at = |(by, (key, is_time)): (&By, (&Key, &bool))| if *is_time { time_key(*by, month) } else { *key };
            table.entry(query.by.iter().zip(keys.iter().zip(&is_time)).map(at).collect()).or_default();
        }
        month = month.plus(unit.months());
    }
}

fn months_covered(query: &TotalsQuery, span: Option<Period>, table: &Table) -> Option<(Month, Month)> {
    if query.period.is_some() {
        let span = span.filter(|span| !span.is_empty())?;
        return Some((Month::of(span.from, query.cutoff), Month::of(span.last(), query.cutoff)));
    }
    let finest = query.by.iter().position(|by| by.time_unit() == query.time_unit())?;
    let months = table.keys().filter_map(|keys| match keys.get(finest) {
        Some(Key::Time(month)) => Some(*month),
        _ => None,
    });
    months.clone().min().zip(months.max())
}
