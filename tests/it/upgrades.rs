//! Casebooks of older versions are brought up, and lose nothing.

use casebook::domain::{Change, Field};
use casebook::store::Store;

use super::goods::two_lots;
use super::search::query;
use super::support::{Place, case_with, on_each_engine, stamp};

fn found(store: &mut Store, words: &str) -> u64 {
    store.search(&query(words)).unwrap().matching
}

/// What the schema of a casebook is made of, as the engine tells it.
fn schema(place: &Place) -> Vec<String> {
    if place.is_postgres() {
        let told = "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
             from information_schema.columns where table_schema = current_schema() \
             union all select replace(indexdef, current_schema(), '') from pg_indexes where schemaname = current_schema() \
             union all select definition from pg_views where schemaname = current_schema() order by 1";
        let mut client = postgres::Client::connect(&place.address, postgres::NoTls).unwrap();
        client.query(told, &[]).unwrap().iter().map(|row| row.get(0)).collect()
    } else {
        let connection = rusqlite::Connection::open(&place.address).unwrap();
        // The text of a table that was made anew has no comments; `verify` compares
        // what it says.
        let told = "select m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk \
             from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' \
             union all select sql from sqlite_schema where sql is not null and name <> 'cases' order by 1";
        let mut statement = connection.prepare(told).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }
}

#[test]
fn version_1_is_brought_up_and_can_be_searched() {
    on_each_engine(|place| {
        let mut store = place.create();
        for (number, goods) in [("1", "Đường cát"), ("2", "thuốc lá"), ("3", "bia")] {
            store.record(&case_with(&[("case_no", number), ("goods", goods)]), &stamp()).unwrap();
        }
        store.change("3", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        // Of its lots the first is kept elsewhere since.
        let several = store.record(&two_lots("4"), &stamp()).unwrap().case;
        let fields = [("case_no", "5"), ("fine_amount", "5 triệu"), ("decided_on", "2026-03-01")];
        let paid = [("paid_amount", "1 triệu"), ("paid_on", "2026-03-02")];
        let gone = [("disposed_on", "2026-03-03"), ("disposed_how", "destroyed"), ("disposed_value", "70.000")];
        let settled = store.record(&case_with(&[&fields[..], &paid, &gone].concat()), &stamp()).unwrap().case;
        assert_eq!((settled.payments.len(), settled.disposals.len()), (1, 1));
        drop(store);
        let old = place.in_version_1();
        let mut store = old.open();
        assert_eq!(["duong", "dong thap", "bia"].map(|words| found(&mut store, words)), [1, 4, 0]);
        assert_eq!(store.verify().unwrap().finding, None);
        assert_eq!(store.find("4").unwrap(), several);
        assert_eq!(store.find("5").unwrap(), settled);
        store.change("1", &Change::Amend(vec![(Field::Note, None, "muối".into())]), "thử", &stamp()).unwrap();
        store.record(&case_with(&[("goods", "muối")]), &stamp()).unwrap();
        drop(store);
        let mut store = old.open();
        assert_eq!(["muoi", "duong muoi"].map(|words| found(&mut store, words)), [2, 1]);
        assert_eq!(store.verify().unwrap().finding, None);
        assert_eq!(schema(&old), schema(place), "it has the schema of a new casebook");
    });
}

#[test]
fn one_of_two_that_open_it_at_once_brings_it_up() {
    on_each_engine(|place| {
        drop(place.create());
        place.open().record(&case_with(&[]), &stamp()).unwrap();
        let old = place.in_version_1();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(found(&mut old.open(), "dong thap"), 1));
            }
        });
        assert_eq!(old.open().verify().unwrap().finding, None);
    });
}
