//! Totals in the making: slices put under their keys, and periods in which
//! nothing happened.

use std::collections::{BTreeSet, HashMap};

use super::totals::{By, Key, Keys, Members, Names, Ranks, Slice, Totals, TotalsQuery, TotalsRow, time_key};
use super::{Figures, Month, Overflow, Period, ProvinceId, Reference};

/// Rows, found by their keys.
#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<TotalsRow>,
    places: HashMap<Vec<Key>, usize, foldhash::fast::RandomState>,
}

impl Table {
    fn of(rows: Vec<TotalsRow>) -> Self {
        let places = rows.iter().enumerate().map(|(at, row)| (row.keys.clone(), at)).collect();
        Self { rows, places }
    }

    /// The place of the row of some keys.
    pub(super) fn place(&mut self, keys: Vec<Key>) -> usize {
        if let Some(at) = self.places.get(&keys) {
            return *at;
        }
        self.rows.push(TotalsRow { keys: keys.clone(), figures: Figures::default() });
        self.places.insert(keys, self.rows.len() - 1);
        self.rows.len() - 1
    }
}

/// Totals in the making. Every slice is counted once, in one row, so that the
/// rows always add up to the total.
pub struct Gathering {
    /// The totals, but for their rows.
    totals: Totals,
    table: Table,
    /// The places of the rows of slices: those of one place and month have the
    /// same keys, which are looked for once.
    alike: HashMap<(ProvinceId, Members, Month), usize, foldhash::fast::RandomState>,
}

impl Gathering {
    /// Begins with nothing.
    #[must_use]
    pub fn new(query: TotalsQuery, span: Option<Period>) -> Self {
        Self::after(Totals::none(query, span))
    }

    pub(super) fn after(mut totals: Totals) -> Self {
        let table = Table::of(std::mem::take(&mut totals.rows));
        Self { totals, table, alike: HashMap::default() }
    }

    /// Puts a slice under its keys.
    pub fn add(&mut self, slice: &Slice, reference: &Reference) -> Result<(), Overflow> {
        let query = &self.totals.query;
        let group = (slice.province, slice.members, Month::of(slice.on, query.cutoff));
        let keys = Keys { query, reference };
        let at = *self.alike.entry(group).or_insert_with(|| self.table.place(keys.of(slice)));
        self.table.rows[at].figures.add_tally(slice.kind, &slice.tally)?;
        self.totals.total.add_tally(slice.kind, &slice.tally)
    }

    /// The totals, with their rows in order.
    #[must_use]
    pub fn end(self, agencies: Names, reference: &Reference) -> Totals {
        let Self { mut totals, table: Table { mut rows, .. }, .. } = self;
        // What is taken away again, as by what was known before, leaves no row.
        rows.retain(|row| !row.figures.is_zero());
        if !totals.query.no_empty {
            rows = with_empty_periods(&totals.query, totals.span, rows);
        }
        let ranks = Ranks::of(rows.iter().flat_map(|row| &row.keys).copied(), &agencies, reference);
        rows.sort_by_cached_key(|row| ranks.of_keys(&row.keys));
        totals.agencies = agencies.into_iter().filter(|(id, _)| ranks.has(Key::Agency(*id))).collect();
        Totals { rows, ..totals }
    }
}

/// Adds a row of zeros for every period in which nothing happened: inside the
/// period asked for, else between the first and the last that have something.
fn with_empty_periods(query: &TotalsQuery, span: Option<Period>, rows: Vec<TotalsRow>) -> Vec<TotalsRow> {
    let Some(unit) = query.time_unit() else { return rows };
    let is_time: Vec<bool> = query.by.iter().map(|by| by.time_unit().is_some()).collect();
    let Some((first, last)) = months_covered(query, span, &rows) else { return rows };
    // What rows there are, whatever their periods.
    let timeless = |keys: &Vec<Key>| {
        let key = |(key, is_time): (&Key, &bool)| if *is_time { Key::Time(first) } else { *key };
        keys.iter().zip(&is_time).map(key).collect()
    };
    let mut others: BTreeSet<Vec<Key>> = rows.iter().map(|row| timeless(&row.keys)).collect();
    if is_time.iter().all(|is_time| *is_time) {
        // Periods stand by themselves, even if nothing happened in any.
        others.insert(vec![Key::Time(first); query.by.len()]);
    }
    let mut table = Table::of(rows);
    let mut month = unit.start(first);
    while month <= last {
        for keys in &others {
            let at = |(by, (key, is_time)): (&By, (&Key, &bool))| if *is_time { time_key(*by, month) } else { *key };
            let keys = query.by.iter().zip(keys.iter().zip(&is_time)).map(at).collect();
            table.place(keys);
        }
        month = month.plus(unit.months());
    }
    table.rows
}

fn months_covered(query: &TotalsQuery, span: Option<Period>, rows: &[TotalsRow]) -> Option<(Month, Month)> {
    if query.period.is_some() {
        let span = span.filter(|span| !span.is_empty())?;
        return Some((Month::of(span.from, query.cutoff), Month::of(span.last(), query.cutoff)));
    }
    let finest = query.by.iter().position(|by| by.time_unit() == query.time_unit())?;
    let months = rows.iter().filter_map(|row| match row.keys.get(finest) {
        Some(Key::Time(month)) => Some(*month),
        _ => None,
    });
    months.clone().min().zip(months.max())
}
