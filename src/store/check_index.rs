//! Checking the search index against the cases, in memory that does not grow
//! with them.
//!
//! An index gives its entries in an order of its own. So the entries that
//! there must be and those that there are are each summed up, a hash of every
//! one, in as many sums as make it cheap to name the case that does not fit.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use super::document::{Document, search_key, seq_of_key};
use super::engine::Dialect;
use super::error::Error;
use super::{Store, sql};
use crate::domain::Case;

const SUMS: usize = 4_096;

/// What the entries of the index differ by from those that there must be: 0
/// where they are the same.
pub(super) struct IndexSums {
    // Made anew for each check, so that nobody can prepare words whose hashes
    // add up to those of others.
    hasher: RandomState,
    sums: Vec<u64>,
}

impl Default for IndexSums {
    fn default() -> Self {
        Self { hasher: RandomState::new(), sums: vec![0; SUMS] }
    }
}

fn part(key: i64) -> usize {
    usize::try_from(key.unsigned_abs()).unwrap_or_default() % SUMS
}

impl IndexSums {
    fn hash(&self, word: &str, key: i64, place: i64) -> u64 {
        self.hasher.hash_one((word, key, place))
    }

    /// The sum of what a case must have.
    fn of(&self, key: i64, document: &Document, dialect: Dialect) -> u64 {
        let places = document.places(dialect).into_iter();
        let hashes = places.map(|(word, place)| self.hash(word, key, i64::try_from(place).unwrap_or_default()));
        hashes.fold(0, u64::wrapping_add)
    }
}

impl Store {
    /// Notes the entries that a case must have.
    pub(super) fn expect_words(&mut self, case: &Case, seq: i64, sums: &mut IndexSums) {
        let key = search_key(case, seq);
        let expected = sums.of(key, &Document::of(case, &self.reference), self.engine.dialect());
        let sum = &mut sums.sums[part(key)];
        *sum = sum.wrapping_add(expected);
    }

    /// Compares the index with what it must hold, which was noted; names what
    /// does not fit.
    pub(super) fn check_index(&mut self, mut sums: IndexSums) -> Result<Option<String>, Error> {
        if self.lacks_index()? {
            return self.engine.row(sql::ANY_INDEXED, &[], |row| row.text(0));
        }
        self.each_entry(&mut |word, key, place| {
            let hash = sums.hash(word, key, place);
            let sum = &mut sums.sums[part(key)];
            *sum = sum.wrapping_sub(hash);
        })?;
        if let Some(wrong) = sums.sums.iter().position(|sum| *sum != 0) {
            return self.wrong_in(wrong, &sums).map(Some);
        }
        match self.engine.dialect() {
            Dialect::Sqlite => self.engine.row(sql::UNNOTED_WORD, &[], |row| row.text(0)),
            // An entry under another province is never found.
            Dialect::Postgres => self.engine.row(sql::MISPLACED_ENTRY, &[], |row| Ok(format!("key {}", row.int(0)?))),
        }
    }

    fn each_entry(&mut self, each: &mut dyn FnMut(&str, i64, i64)) -> Result<(), Error> {
        self.engine.query(sql::INDEX_PLACES, &[], &mut |row| {
            each(&row.text(0)?, row.int(1)?, row.int(2)?);
            Ok(())
        })
    }

    /// The first case of a part of them whose entries do not fit: its id, or
    /// where there is none, the key of the entries.
    fn wrong_in(&mut self, wrong: usize, sums: &IndexSums) -> Result<String, Error> {
        let mut of_keys: BTreeMap<i64, u64> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        self.each_case(|store, row, loaded| {
            let (seq, case) = (row.int(0)?, loaded?.case);
            let key = search_key(&case, seq);
            if part(key) == wrong {
                let document = Document::of(&case, &store.reference);
                of_keys.insert(key, sums.of(key, &document, store.engine.dialect()));
                ids.insert(seq, case.id);
            }
            Ok(None::<()>)
        })?;
        self.each_entry(&mut |word, key, place| {
            if part(key) == wrong {
                let sum = of_keys.entry(key).or_default();
                *sum = sum.wrapping_sub(sums.hash(word, key, place));
            }
        })?;
        let key = of_keys.into_iter().find(|(_, sum)| *sum != 0).map(|(key, _)| key).unwrap_or_default();
        Ok(ids.get(&seq_of_key(key)).map_or_else(|| format!("key {key}"), ToString::to_string))
    }
}
