//! More cases than are written, counted or listed at a time.

use std::path::Path;
use std::process::Command;

use casebook::domain::{Case, Filter};
use casebook::store::{Error, ListQuery, SortKey, Store, Work};
use tempfile::TempDir;

use super::support::{Place, list_query, on_each_engine, real_program, run, sqlite};

/// How many rows: several batches of an import, and more than a list sorts.
const ROWS: usize = 2_600;

/// Rows whose days and fines are each many others' too; some have no fine, and
/// each tenth says what the one before it says.
fn rows() -> String {
    let row = |at: usize| {
        let at = if at % 10 == 9 { at - 1 } else { at };
        let day = format!("2026-{:02}-{:02}", at % 3 + 1, at * 7 % 28 + 1);
        let fine = if at % 13 == 0 { String::new() } else { format!("{}", (at * 37 % 40 + 1) * 500_000) };
        format!("Đồng Tháp,Đội QLTT số {},{day},hàng {at},{fine}\n", at % 4 + 1)
    };
    let header = "province,agency,detected_on,goods,fine_amount\n".to_owned();
    header + &(0..ROWS).map(row).collect::<String>()
}

fn import(place: &Place) -> (bool, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("rows.csv");
    std::fs::write(&file, rows()).unwrap();
    let output = run(&place.address, &["import", file.to_str().unwrap(), "--format", "json"]);
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn listed(store: &mut Store, query: &ListQuery) -> Vec<Case> {
    store.list(query).unwrap().cases
}

#[test]
fn many_rows_are_stored_once_and_the_first_of_them_listed_as_of_all() {
    on_each_engine(|place| {
        drop(place.create());
        let (done, said) = import(place);
        assert!(done && said.contains(&format!("\"stored\": {ROWS}")), "twins of one file are two cases: {said}");
        let (_, said) = import(place);
        assert!(said.contains(&format!("\"already_there\": {ROWS}")), "{said}");
        let mut store = place.open();
        assert_eq!(store.verify().unwrap().finding, None);
        let mut told = Vec::new();
        store.rebuild_index(&mut |progress| told.push((progress.work, progress.done, progress.of))).unwrap();
        assert_eq!(told, [(Work::Index, 0, ROWS as u64)]);
        assert_eq!(store.verify().unwrap().finding, None);
        for (sort, ascending) in
            [(SortKey::DetectedOn, false), (SortKey::DetectedOn, true), (SortKey::FineAmount, false)]
        {
            let all = listed(&mut store, &ListQuery { sort, ascending, ..list_query(Filter::default()) });
            assert_eq!(all.len(), ROWS);
            for (limit, offset) in [(20, 0), (1, 0), (7, 93), (20, ROWS - 10)] {
                let part = ListQuery {
                    sort,
                    ascending,
                    limit: Some(limit),
                    offset: offset as u64,
                    ..list_query(Filter::default())
                };
                let end = (offset + usize::try_from(limit).unwrap()).min(ROWS);
                assert_eq!(listed(&mut store, &part), all[offset..end], "{sort:?} {ascending} {limit} {offset}");
            }
        }
        let none = Filter { max_fine: Some(0.into()), ..Filter::default() };
        let few = ListQuery { sort: SortKey::FineAmount, limit: Some(5), ..list_query(none) };
        assert!(listed(&mut store, &few).is_empty());
    });
}

/// What can't be indexed is met while other cases are read already: it is told,
/// and the index stays as it was.
#[test]
fn an_index_that_cannot_be_made_leaves_the_one_that_was_there() {
    let place = sqlite();
    drop(place.create());
    assert!(import(&place).0);
    let words = "select count(*) from search where search match 'hang'";
    assert_eq!(usize::try_from(place.number(words)).unwrap(), ROWS);
    // Beyond the numbers that the index can tell apart: the first that is read,
    // and the last.
    for beyond in ["-1", "10000000000"] {
        place.tamper(&format!(
            "update cases set case_seq = {beyond} where case_seq = (select max(case_seq) from cases)"
        ));
        let error = place.open().rebuild_index(&mut |_| {}).unwrap_err();
        assert!(matches!(&error, Error::Engine(said) if said.starts_with(beyond)), "{error}");
        assert_eq!(usize::try_from(place.number(words)).unwrap(), ROWS);
        place.tamper(&format!("update cases set case_seq = {} where case_seq = {beyond}", 2 * ROWS));
    }
    place.open().rebuild_index(&mut |_| {}).unwrap();
    assert_eq!(usize::try_from(place.number(words)).unwrap(), ROWS);
}

/// The index is made of cases that are read by a connection of their own. That
/// must not cost the file its locks, whatever name it has: else who comes and
/// goes meanwhile takes the log away, and with it what was written.
#[cfg(unix)]
#[test]
fn a_casebook_behind_a_link_keeps_its_log_while_its_index_is_made() {
    // This program's SQLite asks once more before it takes a log away; others don't.
    let Some(program) = real_program(&["sqlite3"]) else { return };
    let place = sqlite();
    drop(place.create());
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("rows.csv"), folder.path().join("link.db"));
    std::fs::write(&file, rows()).unwrap();
    assert!(run(&place.address, &["import", "--no-search-index", file.to_str().unwrap()]).status.success());
    std::os::unix::fs::symlink(&place.address, &link).unwrap();
    let mut store = Store::open(link.to_str().unwrap()).unwrap();
    let (mut came, log) = (0, format!("{}-wal", place.address));
    store
        .rebuild_index(&mut |_| {
            let read = Command::new(program).args([&place.address, "select count(*) from cases"]).output().unwrap();
            came += usize::from(read.status.success());
            assert!(Path::new(&log).exists(), "the log is taken away under who writes");
        })
        .unwrap();
    assert_eq!(came, 1);
    let found = run(&place.address, &["search", "hang"]);
    assert!(found.status.success(), "what was written is there for others: {found:?}");
}

/// Rows without numbers, all of them different.
fn different(rows: impl Iterator<Item = usize>) -> String {
    let row = |at: usize| format!("Đồng Tháp,Đội QLTT số 1,2026-{:02}-{:02},hàng {at}\n", at % 2 + 1, at % 28 + 1);
    "province,agency,detected_on,goods\n".to_owned() + &rows.map(row).collect::<String>()
}

/// An import that outgrows what was there sets indexes aside: the cases that
/// are there already are found all the same, and the indexes are made again.
#[test]
fn a_large_import_knows_its_cases_again_and_leaves_every_index() {
    let place = sqlite();
    drop(place.create());
    let folder = TempDir::new().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let before = file("before.csv", different(0..50));
    assert!(run(&place.address, &["import", &before]).status.success());
    let large = file("large.csv", different(40..10_300));
    // Of what was there, of what came before indexes were set aside, and after.
    let again = file("again.csv", different((20..60).chain(10_240..10_320)));
    let output = run(&place.address, &["import", &large, &again, "--dry-run"]);
    assert!(output.status.success());
    let output = run(&place.address, &["import", &large, &again, "--format", "json"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let counts = format!("\"stored\": {},", 10_250 + 20);
    assert!(said.contains(&counts) && said.contains("\"already_there\": 110"), "{said}");
    let mut store = place.open();
    assert_eq!(store.verify().unwrap().finding, None);
}
