use rusqlite::Connection;

use super::*;

/// How SQLite goes about a statement, step by step.
fn plan(connection: &Connection, statement: &str) -> Vec<String> {
    let explained = format!("explain query plan {}", statement.replace('$', "?"));
    let mut statement = connection.prepare(&explained).unwrap();
    let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
    let steps = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get::<_, String>(3)).unwrap();
    steps.map(Result::unwrap).collect()
}

/// The indexes by which it looks a statement's cases up.
fn indexes(connection: &Connection, statement: &str) -> Vec<String> {
    let steps = plan(connection, statement);
    let names = steps.iter().flat_map(|step| step.split_whitespace()).filter(|word| word.starts_with("cases_"));
    names.map(str::to_owned).collect()
}

/// Without figures of how cases are spread SQLite takes one index as soon
/// as another, so each that is made can lead a statement astray.
#[test]
fn cases_are_looked_up_by_the_index_that_gives_the_fewest() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    for (statement, index) in [
        (SAME_NO, "cases_by_no"),
        (SEQS_BY_NO, "cases_by_no"),
        (MISSING_NUMBERS, "cases_by_no"),
        (STATE_BY_ID, "cases_by_id"),
        (LAST_OF_AGENCY, "cases_by_detected_on"),
        (NEAR_CASES, "cases_by_detected_on"),
        (LIKE_CASES, "cases_by_detected_on"),
        (NEWEST_WORDS, "cases_by_detected_on"),
        (RECORDED_ALIKE, "cases_by_detected_on"),
        (COMPLETENESS_CASES, "cases_by_detected_on"),
        (UNPAID_DECISIONS, "cases_by_decided_on"),
        (SEQS_OF_IMPORT, "cases_by_import"),
    ] {
        assert_eq!(indexes(&connection, statement), [index], "{statement}");
    }
    // The newest stand in the order of an index: no more of them are read than
    // are wanted.
    for statement in [LIKE_CASES, LAST_OF_AGENCY] {
        let steps = plan(&connection, statement);
        assert!(steps.iter().all(|step| !step.contains("B-TREE")), "{steps:?}");
    }
    let steps = plan(&connection, NEWEST_WORDS);
    let sorted = steps.iter().filter(|step| step.contains("B-TREE")).count();
    assert!(sorted <= 1, "only what is found is put in order: {steps:?}");
    for statement in EVENTS[1..].iter().chain(&SPAN[1..]) {
        let used = indexes(&connection, statement);
        assert!(!used.is_empty() && used.iter().all(|index| index == "cases_by_agency"), "{used:?} {statement}");
        // By the index alone, so that cases of other days are not read.
        let steps = plan(&connection, statement);
        assert!(steps.iter().any(|step| step.contains("COVERING INDEX cases_by_agency")), "{steps:?}");
    }
}

#[test]
fn what_happened_is_what_the_schema_says() {
    let view = format!("create view happening as\n{};", happening!("cases", ""));
    assert!(SCHEMA.contains(&view), "{view}");
}
