//! The ids of all cases while no index tells them.
//!
//! An index of ids is written to at another place for every case, and soon
//! does not fit into memory. Here ids wait until there are many, and are then
//! written one after another, in their order: a run. A filter tells of nearly
//! every new id, without a look into the runs, that it is in none.

use std::collections::HashMap;

use fastbloom::BloomFilter;
use foldhash::fast::RandomState;
use uuid::Uuid;

use super::engine::{Engine, Rows};
use super::error::Error;
use super::sql;

/// How many ids make a run, but in tests.
const RUN: usize = 100_000;
/// The bits of the filter, 8 MiB of them, and for how many ids they are
/// meant.
const BITS: usize = 1 << 26;
const EXPECTED: usize = 10_000_000;

/// Which case has which id.
pub(super) struct KnownIds {
    filter: BloomFilter<RandomState>,
    /// Those that are in no run yet, each with the row of its case.
    waiting: HashMap<Uuid, i64, RandomState>,
    /// How many of them make a run.
    run: usize,
    /// The number of the last run; the cases that were there first are run 0.
    last_run: i64,
}

impl KnownIds {
    /// The ids of the cases that are there.
    pub(super) fn of_all(engine: &mut dyn Engine) -> Result<Self, Error> {
        engine.execute(sql::KEEP_ALL_IDS, &[])?;
        let hasher = RandomState::default();
        let mut filter = BloomFilter::with_num_bits(BITS).hasher(hasher).expected_items(EXPECTED);
        engine.query(sql::KEPT_IDS, &[], &mut |row| {
            filter.insert(&row.id(0)?);
            Ok(())
        })?;
        Ok(Self { filter, waiting: HashMap::default(), run: RUN, last_run: 0 })
    }

    /// Adds the id of a new case.
    pub(super) fn add(&mut self, engine: &mut dyn Engine, id: Uuid, seq: i64) -> Result<(), Error> {
        self.filter.insert(&id);
        self.waiting.insert(id, seq);
        if self.waiting.len() < self.run {
            return Ok(());
        }
        self.last_run += 1;
        let mut run: Vec<(Uuid, i64)> = self.waiting.drain().collect();
        run.sort_unstable();
        for part in run.chunks(1_000) {
            let row = |(id, seq): &(Uuid, i64)| vec![self.last_run.into(), (*id).into(), (*seq).into()];
            engine.load(sql::KEEP_ID, &part.iter().map(row).collect::<Rows>())?;
        }
        Ok(())
    }

    /// The row of the case of an id.
    pub(super) fn seq(&self, engine: &mut dyn Engine, id: Uuid) -> Result<Option<i64>, Error> {
        if let Some(seq) = self.waiting.get(&id) {
            return Ok(Some(*seq));
        }
        if !self.filter.contains(&id) {
            return Ok(None);
        }
        engine.row(sql::SEQ_OF_KEPT_ID, &[id.into(), self.last_run.into()], |row| row.int(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::Sqlite;

    #[test]
    fn each_id_is_known_whichever_run_it_is_in_and_no_other() {
        let mut engine = Sqlite::in_memory().unwrap();
        engine.batch(sql::SCHEMA).unwrap();
        engine.batch(sql::IMPORT_SEEN).unwrap();
        let mut known = KnownIds { run: 10, ..KnownIds::of_all(&mut engine).unwrap() };
        // In no order, as ids of contents are.
        let id = |seq: i64| Uuid::from_u64_pair((seq * 7_919 % 101).unsigned_abs(), seq.unsigned_abs());
        for seq in 1..=35 {
            known.add(&mut engine, id(seq), seq).unwrap();
        }
        assert_eq!((known.last_run, known.waiting.len()), (3, 5));
        for seq in 1..=40 {
            assert_eq!(known.seq(&mut engine, id(seq)).unwrap(), (seq <= 35).then_some(seq), "{seq}");
        }
    }
}
