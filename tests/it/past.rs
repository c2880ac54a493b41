//! The casebook as it was known, and months as they were published.

use casebook::domain::{
    Boundaries, By, Case, Change, Counting, Cutoff, Dating, Entry, EventKind, Field, Figures, Filter, ForceId,
    ImportedFile, Invalid, JournalEntry, Month, Period, Reason, Stamp, TimeLimitTexts, TimeLimits, Totals, TotalsQuery,
};
use casebook::store::{Error, Finding, ImportOptions, Late, ListQuery, SortKey, Store};
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::laws::{Step, queries, steps};
use super::support::{case_with, day, in_memory, incoming, list_query, on_each_engine, sqlite, stamp};

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
fn import(store: &mut Store, entries: &[Entry], stamp: &Stamp) -> bool {
    import_with(store, entries, "bổ sung", stamp).unwrap()
}

fn import_with(store: &mut Store, entries: &[Entry], reason: &str, stamp: &Stamp) -> Result<bool, Error> {
    let options = ImportOptions { partial: true, reason: reason.to_owned(), ..ImportOptions::default() };
    import_as(store, entries, &options, stamp)
}

fn import_as(store: &mut Store, entries: &[Entry], options: &ImportOptions, stamp: &Stamp) -> Result<bool, Error> {
    let mut batches = vec![entries.iter().map(|entry| incoming(entry, store, stamp.today)).collect::<Vec<_>>()];
    let imported = store.import(options, &mut || Ok(batches.pop()), &mut |_, _| (), stamp)?;
    Ok(imported.id.is_some())
}

/// Tells whether anything was stored.
fn take(store: &mut Store, deed: &Deed, stamp: &Stamp) -> bool {
    match deed {
        Deed::Step(Step::Record(entry)) => store.record(entry, stamp).is_ok(),
        Deed::Step(Step::Change(at, change)) => {
            let cases = store.list(&ListQuery { ascending: true, ..list_query(Filter::default()) }).unwrap().cases;
            // What a case does not allow is refused.
            let changed = |case: &Case| store.change(&case.id.to_string(), change, "thử", stamp).is_ok();
            cases.get(at % cases.len().max(1)).is_some_and(changed)
        }
        Deed::Import(entries) => import(store, entries, stamp),
        Deed::Undo(number) => store.undo_import(*number, "nhập nhầm", true, stamp).is_ok(),
    }
}

/// The largest fines of a period, as the summary of a month lists them.
fn largest(query: &TotalsQuery) -> ListQuery {
    let period = query.period.unwrap_or(Period::of_days(day("2025-01-01"), day("2026-12-31")));
    ListQuery {
        period: Some(period),
        kind: Some(EventKind::Decided),
        dating: query.dating,
        sort: SortKey::FineAmount,
        limit: Some(2),
        ..list_query(query.filter.clone())
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

/// What was printed of one query: its totals, and the largest cases.
type Printed = (Totals, Vec<Case>);

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
        let limits = TimeLimits::parse(&TimeLimitTexts::default()).unwrap();
        let late = Some(Late { limits: &limits, today: stamp().today });
        let mut store = in_memory();
        let mut printed: Vec<(DateTime<Utc>, Vec<Printed>)> = Vec::new();
        let mut latest = DateTime::UNIX_EPOCH;
        for (deed, stamp) in deeds.iter().zip(moments(deeds.len(), &jumps)) {
            if !take(&mut store, deed, &stamp) {
                continue;
            }
            // What is known just after; what follows is stored as no earlier.
            latest = latest.max(stamp.at);
            let mut print = |query| (store.totals_with(query, late).unwrap(), store.list(&largest(query)).unwrap().cases);
            let all = queries.iter().map(&mut print).collect();
            printed.retain(|(at, ..)| *at != latest);
            printed.push((latest, all));
        }
        for (at, all) in printed {
            let before = at + TimeDelta::milliseconds(1);
            for (query, (then, list)) in queries.iter().zip(&all) {
                prop_assert_eq!(&store.totals_as_known(query, late, before).unwrap(), then, "{:?}", query);
                let wanted = largest(query);
                let (known, cases) = store.summary_as_known(std::slice::from_ref(query), Some(&wanted), before).unwrap();
                prop_assert_eq!(&known[0], &store.totals_as_known(query, None, before).unwrap());
                prop_assert_eq!(&cases, list, "{:?}", wanted);
            }
        }
        prop_assert_eq!(store.verify().unwrap().finding, None);
    }
}

fn countings() -> impl Strategy<Value = Counting> {
    (queries(), 0_i32..30).prop_map(|(query, months)| Counting {
        month: Month::new(2024, 6).unwrap().plus(months),
        cutoff: query.cutoff,
        dated_by: query.dating,
        boundaries: query.boundaries,
        filter: query.filter,
    })
}

fn now(store: &mut Store, counting: &Counting) -> Figures {
    let query = TotalsQuery {
        by: vec![By::Province],
        filter: counting.filter.clone(),
        period: Some(counting.period()),
        dating: counting.dated_by,
        cutoff: counting.cutoff,
        boundaries: counting.boundaries,
        no_empty: false,
    };
    store.totals_by_scanning(&query).unwrap().total
}

/// A reason, where one is wanted.
fn with_reason(deed: &Deed) -> Deed {
    match deed {
        Deed::Step(Step::Record(entry)) => {
            let mut entry = entry.clone();
            entry.set(Field::Reason, None, "ghi muộn".to_owned()).unwrap();
            Deed::Step(Step::Record(entry))
        }
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// What was published and the listed moves are what is counted now, to the
    /// last unknown and bound; each move is of one case, and has its reasons.
    #[test]
    fn published_and_moves_are_now(before in deeds(), after in deeds(), countings in prop::collection::vec(countings(), 4)) {
        let mut store = in_memory();
        for deed in &before {
            take(&mut store, deed, &stamp());
        }
        let mut published = Vec::new();
        for counting in &countings {
            let again = store.publication(counting).unwrap().is_some();
            let made = store.publish(counting, "", if again { "lại" } else { "" }, &stamp()).unwrap();
            prop_assert_eq!(made.body.total().unwrap(), now(&mut store, counting));
            published.push((counting, made));
        }
        for deed in &after {
            take(&mut store, &with_reason(deed), &stamp());
        }
        for (counting, made) in published {
            let restated = store.restate(counting).unwrap().unwrap();
            let mut sum = restated.published.clone();
            for moved in &restated.moves {
                sum.add(&moved.difference).unwrap();
                prop_assert!(!moved.changes.is_empty());
                prop_assert!(moved.changes.iter().all(|entry| !entry.reason.is_empty()), "{:?}", moved.changes);
            }
            prop_assert_eq!(restated.published, made.body.total().unwrap());
            prop_assert_eq!(&sum, &restated.now);
            prop_assert_eq!(restated.now, now(&mut store, counting));
            let mut ids: Vec<Uuid> = restated.moves.iter().map(|moved| moved.case.id).collect();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), restated.moves.len());
        }
        prop_assert_eq!(store.verify().unwrap().finding, None);
    }
}

fn february(filter: Filter) -> Counting {
    Counting {
        month: Month::new(2026, 2).unwrap(),
        cutoff: Cutoff::default(),
        dated_by: Dating::Happened,
        boundaries: Boundaries::Today,
        filter,
    }
}

fn refused(error: &Error) -> bool {
    matches!(error, Error::Invalid(Invalid(errors)) if matches!(errors[0].reason, Reason::Published { .. }))
}

/// Only what changes the figures of a published month wants a reason, and
/// without one nothing is stored.
#[test]
fn a_published_month_changes_with_a_reason_only() {
    on_each_engine(|place| {
        let mut store = place.create();
        let hanoi = store.reference().find_province("Hà Nội", day("2026-02-01")).unwrap().id;
        let fined = case_with(&[("fine_amount", "25tr"), ("decided_on", "2026-03-02")]);
        let case = store.record(&fined, &stamp()).unwrap().case;
        let id = case.id.to_string();
        store.publish(&february(Filter::default()), "", "", &stamp()).unwrap();
        let elsewhere = Filter { provinces: Some(vec![hanoi]), ..Filter::default() };
        store.publish(&february(elsewhere.clone()), "Hà Nội", "", &stamp()).unwrap();
        let error = store.publish(&february(elsewhere), "Hà Nội", " ", &stamp()).unwrap_err();
        assert!(refused(&error), "published again: {error}");

        let error = store.record(&case_with(&[("note", "muộn")]), &stamp()).unwrap_err();
        assert!(refused(&error), "{error}");
        let late = store.record(&case_with(&[("detected_on", "2026-03-01")]), &stamp());
        assert!(late.is_ok(), "another month is open");
        let pay = |on: &str| {
            let values = [(Field::PaidAmount, "5tr".to_owned()), (Field::PaidOn, on.to_owned())];
            Change::Pay(values.into_iter().collect())
        };
        // The fine and its payment count in March.
        store.change(&id, &pay("2026-03-05"), "", &stamp()).unwrap();
        let seized = Change::Amend(vec![(Field::SeizedValue, None, "30tr".to_owned())]);
        store.change(&id, &seized, "định giá lại", &stamp()).unwrap();
        let dispose = [(Field::DisposedHow, "destroyed".to_owned()), (Field::DisposedOn, "2026-02-28".to_owned())];
        let dispose = Change::Dispose(dispose.into_iter().collect());
        assert!(refused(&store.change(&id, &dispose, "", &stamp()).unwrap_err()));
        store.change(&id, &dispose, "biên bản đến muộn", &stamp()).unwrap();
        assert!(!import_plain(&mut store, &[case_with(&[("case_no", "9")])], ""), "refused as a whole");
        assert!(import_plain(&mut store, &[case_with(&[("case_no", "9")])], "sổ của Đội 10"));

        let restated = store.restate(&february(Filter::default())).unwrap().unwrap();
        assert_eq!(restated.moves.len(), 2);
        let reasons: Vec<&str> =
            restated.moves.iter().flat_map(|moved| &moved.changes).map(|entry| entry.reason.as_str()).collect();
        assert!(["định giá lại", "biên bản đến muộn", "sổ của Đội 10"].iter().all(|one| reasons.contains(one)));
        assert_eq!(store.verify().unwrap().finding, None);
    });
}

fn import_plain(store: &mut Store, entries: &[Entry], reason: &str) -> bool {
    match import_with(store, entries, reason, &stamp()) {
        Ok(stored) => stored,
        Err(error) => {
            assert!(refused(&error), "{error}");
            false
        }
    }
}

/// A case that goes to another row of the summary moves what was published,
/// though the total stays.
#[test]
fn a_case_that_counts_elsewhere_has_moved() {
    on_each_engine(|place| {
        let mut store = place.create();
        let numbered = |number, more: &[(&str, &str)]| case_with(&[&[("case_no", number)], more].concat());
        let id = store.record(&numbered("1", &[]), &stamp()).unwrap().case.id.to_string();
        store.record(&numbered("2", &[("detected_on", "2026-03-02")]), &stamp()).unwrap();
        let counting = february(Filter::default());
        let made = store.publish(&counting, "", "", &stamp()).unwrap();
        assert!(store.still_rests(&made).unwrap());
        let amend = |field, value: &str| Change::Amend(vec![(field, None, value.to_owned())]);
        store.change("2", &amend(Field::Note, "x"), "thử", &stamp()).unwrap();
        assert!(store.still_rests(&made).unwrap(), "a case of another month");
        store.change(&id, &amend(Field::Note, "x"), "thử", &stamp()).unwrap();
        assert!(!store.still_rests(&made).unwrap(), "a record of the month is not what it was");
        assert!(store.restate(&counting).unwrap().unwrap().moves.is_empty(), "and counts as before");
        for (field, value) in [(Field::Province, "Lào Cai"), (Field::Violation, "hang_lau"), (Field::Category, "sua")]
        {
            let counting = february(Filter::default());
            store.change(&id, &amend(field, value), "sai", &stamp()).unwrap();
            let restated = store.restate(&counting).unwrap().unwrap();
            assert_eq!((restated.moves.len(), restated.moves[0].difference.is_zero()), (1, true), "{field:?}");
            store.publish(&counting, "", "lại", &stamp()).unwrap();
        }
        // A file that puts it elsewhere wants a reason too.
        let file = ImportedFile { name: "x.csv".into(), sha256: String::new(), bytes: 1 };
        let update = ImportOptions { files: vec![file], update: true, ..ImportOptions::default() };
        let row = numbered("1", &[("province", "Lào Cai"), ("violation", "hang_gia")]);
        let error = import_as(&mut store, std::slice::from_ref(&row), &update, &stamp()).unwrap_err();
        assert!(refused(&error), "{error}");
        assert!(import_as(&mut store, &[row], &ImportOptions { reason: "sửa".into(), ..update }, &stamp()).unwrap());
    });
}

/// A publication belongs to the journal that it names: one that rests on
/// another is found, even with a chain that was computed anew.
#[test]
fn a_publication_of_another_journal_is_found() {
    let place = sqlite();
    let mut store = place.create();
    store.record(&case_with(&[]), &stamp()).unwrap();
    let made = store.publish(&february(Filter::default()), "", "", &stamp()).unwrap();
    assert_eq!(store.verify().unwrap().finding, None);
    drop(store);
    let finding = || Store::open(&place.address).unwrap().verify().unwrap().finding;
    for (wrong, right) in [
        ("update publication set last_day = 20260227", "update publication set last_day = 20260228"),
        ("insert into publication values (99, 20260301, 20260331)", "delete from publication where number = 99"),
    ] {
        place.tamper(wrong);
        assert!(matches!(finding(), Some(Finding::Publication(_))), "{wrong}");
        place.tamper(right);
        assert_eq!(finding(), None);
    }
    let connection = rusqlite::Connection::open(&place.address).unwrap();
    let columns = "number, at, who, action, revision, reason, body";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(JournalEntry {
            chain: 0,
            number: row.get(0)?,
            at: row.get(1)?,
            who: row.get(2)?,
            action: row.get(3)?,
            case_id: None,
            revision: row.get(4)?,
            reason: row.get(5)?,
            body: row.get(6)?,
            hash: String::new(),
        })
    };
    let at = |number: i64| format!("select {columns} from journal where chain = 0 and number = {number}");
    let mut entry = connection.query_row(&at(made.number), [], read).unwrap();
    let head = &made.body.chains.last().unwrap().head;
    entry.body = entry.body.replace(head.as_str(), &head.chars().rev().collect::<String>());
    let before = format!("select hash from journal where chain = 0 and number = {}", made.number - 1);
    let before: String = connection.query_row(&before, [], |row| row.get(0)).unwrap();
    let hash = entry.hash_after(&before);
    let forged = rusqlite::params![entry.body, hash, made.number];
    connection.execute("update journal set body = ?1, hash = ?2 where chain = 0 and number = ?3", forged).unwrap();
    connection.execute("update chain set head = ?1 where chain = 0", [hash]).unwrap();
    drop(connection);
    assert!(matches!(finding(), Some(Finding::Publication(_))));
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
    let known = |store: &mut Store, days| store.totals_as_known(&query, None, stamp().at + Days::new(days)).unwrap();
    assert!(known(&mut store, 2).rows.is_empty());
    assert_eq!(known(&mut store, 3), store.totals(&query).unwrap());
}

/// What was published stays what it was, whatever its filter's names come to
/// mean, and however the filter is typed.
#[test]
fn a_publication_is_known_by_what_its_filter_meant() {
    on_each_engine(|place| {
        let mut store = place.create();
        store.record(&case_with(&[("case_no", "1")]), &stamp()).unwrap();
        let named = february(Filter { agencies: vec!["Đội QLTT số 10".to_owned()], ..Filter::default() });
        store.publish(&named, "Đội QLTT số 10", "", &stamp()).unwrap();
        // Another unit of the name does not stand in anybody's way.
        store.record(&case_with(&[("province", "Huế"), ("case_no", "2")]), &stamp()).unwrap();
        store.record(&case_with(&[("province", "Huế"), ("agency", "Đội 9")]), &stamp()).unwrap();
        assert!(refused(&store.record(&case_with(&[("case_no", "3")]), &stamp()).unwrap_err()));
        let forces = |ids: [i64; 2]| february(Filter { forces: ids.map(ForceId).to_vec(), ..Filter::default() });
        store.publish(&forces([1, 2]), "", "", &stamp()).unwrap();
        assert!(store.restate(&forces([2, 1])).unwrap().is_some());
        assert!(refused(&store.publish(&forces([2, 1]), "", "", &stamp()).unwrap_err()));
    });
}
