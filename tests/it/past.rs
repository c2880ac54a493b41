//! The casebook as it was known, and months as they were published.

use casebook::domain::{Case, Dating, Entry, EventKind, Filter, Incoming, Period, Stamp, Totals, TotalsQuery};
use casebook::store::{ImportOptions, ListQuery, Listed, SortKey, Store};
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::laws::{Step, queries, steps};
use super::support::{day, in_memory, stamp};

/// What is done on a day of a history.
#[derive(Debug, Clone)]
enum Deed {
    Step(Step),
    /// All of these come with one import.
    Import(Vec<Entry>),
    /// The import of this number is undone, if it is there.
    Undo(i64),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let records = |steps: Vec<Step>| {
        let entries = steps.into_iter().filter_map(|step| match step {
            Step::Record(entry) => Some(entry),
            Step::Change(..) => None,
        });
        Deed::Import(entries.collect())
    };
    let deed = prop_oneof![
        6 => steps().prop_map(|mut steps| Deed::Step(steps.remove(0))),
        2 => steps().prop_map(records),
        1 => (1_i64..3).prop_map(Deed::Undo),
    ];
    prop::collection::vec(deed, 2..12)
}

/// The moment of a deed: some fall on one day, and the clock may jump back.
fn moments(n: usize, jumps: &[i64]) -> Vec<Stamp> {
    let mut at = DateTime::parse_from_rfc3339("2026-10-01T08:00:00Z").unwrap().to_utc();
    let mut stamps = Vec::new();
    for number in 0..n {
        at += TimeDelta::hours(jumps[number % jumps.len()]);
        stamps.push(Stamp { at, ..stamp() });
    }
    stamps
}

/// Tells whether anything was stored.
pub fn import(store: &mut Store, entries: &[Entry], stamp: &Stamp) -> bool {
    let read = |entry: &Entry| {
        let draft = casebook::domain::Draft {
            entry,
            id: Uuid::nil(),
            reference: store.reference(),
            currency: store.currency(),
            today: stamp.today,
        };
        Incoming { place: (), table: 1, rows: 1, entry: entry.clone(), read: draft.read() }
    };
    let mut batches = vec![entries.iter().map(read).collect::<Vec<_>>()];
    let options = ImportOptions { partial: true, ..ImportOptions::default() };
    store.import(&options, &mut || Ok(batches.pop()), &mut |_, _| (), stamp).unwrap().id.is_some()
}

/// Tells whether anything was stored.
fn take(store: &mut Store, deed: &Deed, stamp: &Stamp) -> bool {
    match deed {
        Deed::Step(Step::Record(entry)) => store.record(entry, stamp).is_ok(),
        Deed::Step(Step::Change(at, change)) => {
            let all = everything();
            let cases = store.list(&all).unwrap().cases;
            // What a case does not allow is refused.
            let changed = |case: &Case| store.change(&case.id.to_string(), change, "thử", stamp).is_ok();
            cases.get(at % cases.len().max(1)).is_some_and(changed)
        }
        Deed::Import(entries) => import(store, entries, stamp),
        Deed::Undo(number) => store.undo_import(*number, "nhập nhầm", true, stamp).is_ok(),
    }
}

fn everything() -> ListQuery {
    ListQuery {
        filter: Filter::default(),
        period: None,
        kind: None,
        dating: Dating::Happened,
        sort: SortKey::DetectedOn,
        ascending: true,
        limit: None,
        offset: 0,
    }
}

/// The largest fines of a period, as the summary of a month lists them.
fn largest(query: &TotalsQuery) -> ListQuery {
    let period = query.period.unwrap_or(Period::of_days(day("2025-01-01"), day("2026-12-31")));
    ListQuery {
        filter: query.filter.clone(),
        period: Some(period),
        kind: Some(EventKind::Decided),
        dating: query.dating,
        sort: SortKey::FineAmount,
        ascending: false,
        limit: Some(2),
        offset: 0,
    }
}

fn open_ended(mut query: TotalsQuery, which: u8) -> TotalsQuery {
    if let Some(period) = &mut query.period {
        match which % 6 {
            0 => period.from = chrono::NaiveDate::MIN,
            1 => period.until = chrono::NaiveDate::MAX,
            _ => {}
        }
    }
    query
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens later, and however the clock jumps, totals as they
    /// were known are those that were given then, and so are lists.
    #[test]
    fn totals_as_known_are_what_was_printed_then(
        deeds in deeds(),
        jumps in prop::collection::vec(-30_i64..60, 1..6),
        queries in prop::collection::vec((queries(), any::<u8>()), 3),
    ) {
        let queries: Vec<TotalsQuery> = queries.into_iter().map(|(query, which)| open_ended(query, which)).collect();
        let mut store = in_memory();
        let mut printed: Vec<(DateTime<Utc>, Vec<Totals>, Vec<Listed>)> = Vec::new();
        let mut latest = DateTime::UNIX_EPOCH;
        for (deed, stamp) in deeds.iter().zip(moments(deeds.len(), &jumps)) {
            if !take(&mut store, deed, &stamp) {
                continue;
            }
            // What is known just after; what follows is stored as no earlier.
            latest = latest.max(stamp.at);
            let totals = queries.iter().map(|query| store.totals(query).unwrap()).collect();
            let lists = queries.iter().map(|query| store.list(&largest(query)).unwrap()).collect();
            printed.retain(|(at, ..)| *at != latest);
            printed.push((latest, totals, lists));
        }
        for (at, totals, lists) in printed {
            let before = at + TimeDelta::milliseconds(1);
            for (query, (then, list)) in queries.iter().zip(totals.iter().zip(&lists)) {
                prop_assert_eq!(&store.totals_as_known(query, before).unwrap(), then, "{:?}", query);
                let wanted = largest(query);
                let (known, listed) = store.summary_as_known(std::slice::from_ref(query), &wanted, before).unwrap();
                prop_assert_eq!((&known[0], &listed), (then, list), "{:?}", wanted);
            }
        }
        prop_assert_eq!(store.verify().unwrap().finding, None);
    }
}

#[test]
fn nothing_was_known_before_the_first_entry() {
    let mut store = in_memory();
    let query = TotalsQuery {
        by: Vec::new(),
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        cutoff: casebook::domain::Cutoff::default(),
        boundaries: casebook::domain::Boundaries::Today,
        no_empty: false,
    };
    let later = Stamp { at: stamp().at + Days::new(2), ..stamp() };
    store.record(&super::support::case_with(&[]), &later).unwrap();
    let known = |store: &mut Store, days| store.totals_as_known(&query, stamp().at + Days::new(days)).unwrap();
    assert!(known(&mut store, 2).rows.is_empty());
    assert_eq!(known(&mut store, 3), store.totals(&query).unwrap());
}
