//! How a casebook is kept.

use super::error::Error;
use super::journal;
use super::{Store, sql};
use crate::domain::{Completeness, CompletenessQuery, Health, Reference};

impl Store {
    /// How the casebook is kept, and what is missing in it, late, or there
    /// twice; `program` is the reference data that a new one would have.
    pub fn health(&mut self, program: &Reference, query: &CompletenessQuery) -> Result<(Health, Completeness), Error> {
        self.read(|store| Ok((store.health_here(program)?, store.completeness_here(query)?)))
    }

    fn health_here(&mut self, program: &Reference) -> Result<Health, Error> {
        let kept = self.engine.kept()?;
        let version = self.engine.version()?.unwrap_or_default();
        let cases = self.count_all_cases()?;
        let journal = self.engine.row(sql::COUNT_CHAINS, &[], |row| Ok((row.int(0)?, row.int(1)?)))?;
        let (chains, entries) = journal.unwrap_or_default();
        let made_of = |reference: &Reference| journal::made_of(&self.currency, reference);
        Ok(Health {
            reference_is_programs: made_of(&self.reference) == made_of(program),
            kept,
            schema_version: version,
            cases,
            entries,
            chains,
            has_search_index: !self.lacks_index()?,
            contradictions: self.contradictions()?,
        })
    }
}
