//! Writing the cases of an import, many at a time.
//!
//! What is written waits until there is enough of it, so that each statement is
//! looked up once for many rows. What the cases add to the running totals is
//! summed up and written at the end.

use std::collections::HashSet;

use uuid::Uuid;

use super::engine::Rows;
use super::error::Error;
use super::rows::case_no_key;
use super::sums::Sums;
use super::words::Indexed;
use super::{Store, sql};
use crate::domain::{AgencyId, Case};

/// How many cases are written at a time.
const BATCH: usize = 500;

/// Cases on their way into the casebook.
#[derive(Default)]
pub(super) struct Loader {
    /// Numbers of rows that are still to be given, the last first.
    free: Vec<i64>,
    cases: Rows,
    lists: Vec<(&'static str, Rows)>,
    indexed: Indexed,
    /// Whether the index was made ready for many, and how many bytes of words
    /// it was given.
    holds_many: bool,
    indexed_bytes: usize,
    /// The ids of the cases that wait.
    ids: HashSet<Uuid>,
    /// Their numbers, with their agencies.
    numbers: HashSet<(String, i64)>,
    sums: Sums,
    /// Whether the search index is left out.
    leaves_index: bool,
}

impl Loader {
    /// A loader that leaves the search index out, or does not.
    pub(super) fn new(leaves_index: bool) -> Self {
        Self { leaves_index, ..Self::default() }
    }

    /// Whether a case of this id waits to be written.
    pub(super) fn has_id(&self, id: Uuid) -> bool {
        self.ids.contains(&id)
    }

    /// Whether a case waits to be written that has a number, as it is matched,
    /// at an agency.
    pub(super) fn has_no(&self, key: &str, agency: AgencyId) -> bool {
        !self.numbers.is_empty() && self.numbers.contains(&(key.to_owned(), agency.0))
    }

    /// Takes a case of an import, and tells the row that it gets.
    pub(super) fn add(&mut self, store: &mut Store, case: &Case, agency: AgencyId, import: i64) -> Result<i64, Error> {
        let seq = self.next_seq(store)?;
        let coder = store.coder();
        let mut values = coder.case_values(case, agency.0, Some(import))?;
        values.push(seq.into());
        self.cases.push(values);
        for (insert, rows) in coder.list_rows(case, seq)? {
            match self.lists.iter_mut().find(|(known, _)| *known == insert) {
                Some((_, waiting)) => waiting.extend(rows),
                None => self.lists.push((insert, rows)),
            }
        }
        self.sums.add(coder, case, agency, false)?;
        self.ids.insert(case.id);
        if let Some(case_no) = &case.case_no {
            self.numbers.insert((case_no_key(case_no), agency.0));
        }
        if !self.leaves_index {
            self.indexed.add(case, seq, coder, store.engine.dialect())?;
        }
        Ok(seq)
    }

    fn next_seq(&mut self, store: &mut Store) -> Result<i64, Error> {
        if self.free.is_empty() {
            self.flush(store)?;
            let many = i64::try_from(BATCH).unwrap_or_default();
            self.free = store.engine.rows(sql::NEXT_SEQS, &[many.into()], |row| row.int(0))?;
            self.free.reverse();
        }
        self.free.pop().ok_or_else(|| Error::Engine("a case got no row".to_owned()))
    }

    /// Writes the cases that wait.
    pub(super) fn flush(&mut self, store: &mut Store) -> Result<(), Error> {
        let engine = store.engine.as_mut();
        engine.load(sql::REINSERT_CASE, &self.cases)?;
        for (insert, rows) in &mut self.lists {
            engine.load(insert, rows)?;
            rows.clear();
        }
        self.cases.clear();
        self.ids.clear();
        self.numbers.clear();
        if self.indexed.is_full() { self.index(store) } else { Ok(()) }
    }

    fn index(&mut self, store: &mut Store) -> Result<(), Error> {
        if !self.holds_many && self.indexed.is_much() {
            self.holds_many = true;
            store.index_holds_many()?;
        }
        self.indexed_bytes += self.indexed.bytes();
        store.index_many(std::mem::take(&mut self.indexed))
    }

    /// Writes what is left, the search index and the running totals.
    pub(super) fn finish(mut self, store: &mut Store) -> Result<(), Error> {
        self.flush(store)?;
        self.index(store)?;
        if self.holds_many {
            store.index_holds_few(self.indexed_bytes)?;
        }
        store.write_sums(&self.sums)
    }
}
