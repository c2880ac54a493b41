//! The cases that the benchmark makes up: the same ones always, and all valid.

#[path = "../../benches/peers/cases.rs"]
mod cases;

use std::collections::BTreeMap;

use casebook::domain::Field;

use super::support::{in_memory, stamp};

fn made(rows: u64) -> String {
    let mut out = Vec::new();
    cases::write(&mut out, rows).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_smaller_file_is_the_beginning_of_a_larger_one() {
    assert!(made(300).starts_with(&made(100)));
}

#[test]
fn rows_have_the_shape_that_is_promised() {
    let text = made(20_000);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut by: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); cases::COLUMNS.len()];
    for row in &rows {
        for (at, cell) in row.iter().enumerate() {
            *by[at].entry(cell).or_default() += 1;
        }
    }
    let at = |name: &str| cases::COLUMNS.iter().position(|column| *column == name).unwrap();
    let kinds = |name: &str| by[at(name)].len();
    assert_eq!((kinds("province"), kinds("agency"), kinds("violation"), kinds("category")), (34, 12, 10, 25));
    assert_eq!((kinds("unit"), kinds("brand"), kinds("origin"), kinds("note")), (10, 20, 12, rows.len()));
    let empty = |name: &str| by[at(name)][""];
    assert!((1_800..2_200).contains(&empty("fine_amount")), "{}", empty("fine_amount"));
    assert_eq!(empty("fine_amount"), empty("decided_on"));
    assert!((2_750..3_250).contains(&empty("seized_value")), "{}", empty("seized_value"));
    // The first of 34 at 1/n^0.9 has about 19 %.
    let most = by[at("province")].values().max().unwrap();
    assert!((3_400..5_000).contains(most), "{most}");
    let bytes = text.len() / rows.len();
    assert!((260..320).contains(&bytes), "{bytes} bytes a row");
}

#[test]
fn every_row_can_be_recorded() {
    let text = made(300);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut store = in_memory();
    for row in reader.records() {
        let row = row.unwrap();
        let fields = cases::COLUMNS.iter().zip(&row).filter(|(_, value)| !value.is_empty());
        let fields: Vec<(&str, &str)> = fields.map(|(key, value)| (*key, value)).collect();
        assert!(fields.iter().all(|(key, _)| Field::from_key(key).is_some()));
        store.record(&super::support::entry(&fields), &stamp()).unwrap();
    }
}
