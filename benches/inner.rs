//! The inner parts that most of the time goes to.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

#[path = "peers/cases.rs"]
mod cases;

use std::hint::black_box;

use casebook::domain::{Boundaries, By, Currency, Cutoff, Dating, Draft, Entry, Field, Filter, Reference};
use casebook::domain::{ReferenceTexts, Stamp, TotalsQuery};
use casebook::store::{NewCasebook, Store};
use criterion::{Criterion, criterion_group, criterion_main};

/// As the program itself takes its memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn entries(rows: u64) -> Vec<Entry> {
    let mut text = Vec::new();
    cases::write(&mut text, rows).unwrap();
    let as_entry = |row: csv::StringRecord| {
        let mut entry = Entry::default();
        for (key, value) in cases::COLUMNS.iter().zip(&row).filter(|(_, value)| !value.is_empty()) {
            entry.set(Field::from_key(key).unwrap(), None, value.to_owned()).unwrap();
        }
        entry
    };
    csv::Reader::from_reader(text.as_slice()).records().map(|row| as_entry(row.unwrap())).collect()
}

fn stamp() -> Stamp {
    let at = chrono::DateTime::UNIX_EPOCH;
    Stamp { at, today: "2026-11-20".parse().unwrap(), who: "bench".to_owned() }
}

fn new() -> NewCasebook {
    NewCasebook { currency: Currency::vnd(), reference: Reference::parse(&ReferenceTexts::default()).unwrap() }
}

fn text(bench: &mut Criterion) {
    for amount in ["450000000", "hơn 450 triệu đồng", "1.250.000 đ"] {
        bench.bench_function(&format!("read the amount {amount}"), |run| {
            run.iter(|| casebook::text::read_amount(black_box(amount)));
        });
    }
    let goods = "Rượu, bia, nước giải khát hiệu Sao Mai, xuất xứ Đức";
    bench.bench_function("fold a text", |run| run.iter(|| casebook::text::fold(black_box(goods))));
}

fn entry(bench: &mut Criterion) {
    let (new, entries) = (new(), entries(1));
    let draft = Draft {
        entry: &entries[0],
        id: uuid::Uuid::nil(),
        reference: &new.reference,
        currency: &new.currency,
        today: stamp().today,
    };
    bench.bench_function("read an entry to a case", |run| run.iter(|| black_box(&draft).read()));
}

fn store(bench: &mut Criterion) {
    let entries = entries(1_000);
    let mut store = Store::in_memory(&new(), &stamp()).unwrap();
    for entry in &entries {
        store.record(entry, &stamp()).unwrap();
    }
    let query = TotalsQuery {
        by: vec![By::Province, By::Month],
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        no_empty: true,
    };
    bench.bench_function("totals by province and month", |run| run.iter(|| store.totals(black_box(&query)).unwrap()));
    let mut next = entries.iter().cycle();
    bench.bench_function("record a case in memory", |run| {
        run.iter(|| store.record(black_box(next.next().unwrap()), &stamp()).unwrap());
    });
}

criterion_group!(inner, text, entry, store);
criterion_main!(inner);
