//! Faults, tried by the hundred: processes that are killed, disks that fill
//! up, bytes that change, many writers at once, a clock that jumps back.
//!
//! After each, the casebook opens and fits together, holds whatever was
//! acknowledged, and its totals are a recount. `CASEBOOK_LONG_TESTS` tries
//! many more; `CASEBOOK_SEED` repeats a run, whose seed is printed.

mod bytes;
mod clock;
mod full;
mod kills;
mod writers;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use casebook::domain::{Boundaries, By, Case, Cutoff, Dating, Filter, Measure, Status, TotalsQuery};
use casebook::store::{ListQuery, Store, Verified};
use rust_decimal::Decimal;

use crate::support::list_query;

/// So many faults: few in a quick run, many in a long one.
fn tries(few: u64, many: u64) -> u64 {
    if std::env::var_os("CASEBOOK_LONG_TESTS").is_some() { many } else { few }
}

/// Numbers by chance, the same again for the same seed (splitmix64).
struct Dice(u64);

impl Dice {
    /// Says which seed it takes, so that a run can be repeated.
    fn new(what: &str) -> Self {
        let given = std::env::var("CASEBOOK_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = || u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos());
        let seed = given.unwrap_or_else(now);
        eprintln!("{what}: CASEBOOK_SEED={seed}");
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.index(list.len())]
    }
}

/// All cases of a casebook, void ones too.
fn all_cases(store: &mut Store) -> Vec<Case> {
    let query =
        ListQuery { ascending: true, ..list_query(Filter { statuses: Status::ALL.to_vec(), ..Filter::default() }) };
    store.list(&query).unwrap().cases
}

/// What the totals say of all time: cases, seized, fines, paid.
fn totals(store: &mut Store) -> [Decimal; 4] {
    let query = TotalsQuery {
        by: vec![By::Month],
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        no_empty: true,
    };
    let total = store.totals(&query).unwrap().total;
    [Measure::Cases, Measure::SeizedValue, Measure::FineAmount, Measure::PaidAmount].map(|measure| total.value(measure))
}

/// The same, added up case by case.
fn sums(cases: &[Case]) -> [Decimal; 4] {
    let mut sums = [Decimal::ZERO; 4];
    for case in cases.iter().filter(|case| case.void.is_none()) {
        sums[0] += Decimal::from(case.case_count.n);
        sums[1] += case.seized_value.map_or(Decimal::ZERO, |amount| amount.value);
        sums[2] += case.decision.as_ref().and_then(|one| one.fine_amount).map_or(Decimal::ZERO, |amount| amount.value);
        sums[3] += case.paid();
    }
    sums
}

/// Opens a casebook, which must fit together; tells what was seen and all of
/// its cases.
fn sound(address: &str) -> (Verified, Vec<Case>) {
    let mut store = Store::open(address).unwrap();
    let verified = store.verify().unwrap();
    assert_eq!(verified.finding, None, "{address}");
    let cases = all_cases(&mut store);
    assert_eq!(totals(&mut store), sums(&cases), "totals are what the cases add up to");
    (verified, cases)
}

/// Files that were begun and not ended, in a folder and beside it.
fn unfinished(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".casebook-")).count()
}
