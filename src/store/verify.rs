//! Checking a casebook: its chains, its cases against the journal, and its
//! running totals and search index against the cases.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use thiserror::Error as ThisError;

use super::cases::{first_known, json};
use super::check_index::IndexSums;
use super::engine::{Row, Value};
use super::error::Error;
use super::journal::{self, read_entry};
use super::reference;
use super::rows::Coder;
use super::{Store, sql};
use crate::domain::{Action, Case, CasesDigest, Half, Month, ProvinceId};

/// The first thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum Finding {
    /// The database's own check failed.
    #[error("the database: {0}")]
    Engine(String),
    /// An entry of a chain does not follow from the one before it.
    #[error("journal of {chain:?}, entry {number}: its hash does not fit")]
    Hash {
        /// The chain: its province, or nothing for the casebook's own.
        chain: String,
        /// The place in it.
        number: i64,
    },
    /// A chain is shorter or longer than was noted.
    #[error("journal of {chain:?}: {found} entries, {noted} noted")]
    Length {
        /// The chain: its province, or nothing for the casebook's own.
        chain: String,
        /// How many entries it has.
        found: i64,
        /// How many it should have.
        noted: i64,
    },
    /// A case is not what the journal says it became.
    #[error("case {0}: not what the journal says")]
    Case(String),
    /// The currency or the reference data are not what the casebook was made
    /// with.
    #[error("the currency or the reference data: not what the journal says")]
    Reference,
    /// An agency is not what the journal says.
    #[error("agency {0:?}: not what the journal says")]
    Agency(String),
    /// The journal tells of cases that are not there.
    #[error("{journalled} cases in the journal, {stored} stored")]
    Cases {
        /// Cases that the journal tells of.
        journalled: i64,
        /// Cases that are there.
        stored: i64,
    },
    /// The cases of an import are not those that it brought.
    #[error("import {0}: not what the journal says")]
    Import(i64),
    /// What a month was published of is not in the journal.
    #[error("the publication of {0}: not of this journal")]
    Publication(Month),
    /// The search index has not the words of a case, or words of no case.
    #[error("the search index, at {0}")]
    Index(String),
    /// A running total is not the sum of its events.
    #[error("the running total of {0}")]
    Total(String),
}

/// What a check of a casebook saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many cases.
    pub cases: i64,
    /// How many entries of the journal.
    pub entries: i64,
    /// In how many chains.
    pub chains: i64,
    /// The first thing that does not fit; `None` if all does.
    pub finding: Option<Finding>,
}

/// What a walk through all cases gathers.
#[derive(Default)]
struct Checked {
    words: IndexSums,
    /// What each import brought, as the cases tell.
    imports: BTreeMap<i64, CasesDigest>,
}

/// How many rows are read at a time.
pub(super) const BATCH: i64 = 1_000;

impl Store {
    /// Checks everything, and names the first thing that does not fit.
    pub fn verify(&mut self) -> Result<Verified, Error> {
        self.read(|store| {
            let mut seen = Verified { cases: 0, entries: 0, chains: 0, finding: None };
            seen.finding = match store.check(&mut seen) {
                Ok(finding) => finding,
                // What can't even be read is damage too.
                Err(Error::Corrupt(said)) => Some(Finding::Engine(said)),
                Err(error) => return Err(error),
            };
            Ok(seen)
        })
    }

    fn check(&mut self, seen: &mut Verified) -> Result<Option<Finding>, Error> {
        if let Some(said) = self.engine.check()? {
            return Ok(Some(Finding::Engine(said)));
        }
        if let Some(finding) = self.check_chains(seen)? {
            return Ok(Some(finding));
        }
        if let Some(publication) = self.wrong_publication()? {
            return Ok(Some(Finding::Publication(publication.body.counting.month)));
        }
        if let Some(finding) = self.check_reference()? {
            return Ok(Some(finding));
        }
        if let Some(finding) = self.check_cases(seen)? {
            return Ok(Some(finding));
        }
        self.check_totals()
    }

    fn check_reference(&mut self) -> Result<Option<Finding>, Error> {
        let mut said = |action: Action| self.engine.rows(sql::JOURNALLED, &[action.code().into()], |row| row.text(0));
        let (made, named) = (said(Action::Init)?, said(Action::Agency)?);
        let (currency, reference) = reference::load(self.engine.as_mut())?;
        if made != [journal::made_of(&currency, &reference)] {
            return Ok(Some(Finding::Reference));
        }
        let agencies = self.known_agencies()?;
        for agency in &agencies {
            if !named.contains(&agency.journalled(&reference)?) {
                return Ok(Some(Finding::Agency(agency.name.clone())));
            }
        }
        Ok((named.len() != agencies.len()).then(|| Finding::Agency(String::new())))
    }

    /// The province of a chain; nothing for the casebook's own.
    fn chain_name(&self, chain: i64) -> String {
        let province = self.reference.province(ProvinceId(chain));
        province.map_or_else(String::new, |province| province.name.clone())
    }

    fn check_chains(&mut self, seen: &mut Verified) -> Result<Option<Finding>, Error> {
        let noted = self.engine.rows(sql::CHAINS, &[], |row| Ok((row.int(0)?, row.int(1)?, row.text(2)?)))?;
        let there = self.engine.rows(sql::JOURNAL_CHAINS, &[], |row| row.int(0))?;
        let unknown = there.iter().find(|chain| !noted.iter().any(|(known, ..)| known == *chain));
        if let Some(chain) = unknown {
            return Ok(Some(Finding::Length { chain: self.chain_name(*chain), found: 1, noted: 0 }));
        }
        for (chain, length, head) in noted {
            seen.chains += 1;
            if let Some(finding) = self.check_chain(chain, length, &head, seen)? {
                return Ok(Some(finding));
            }
        }
        Ok(None)
    }

    fn check_chain(
        &mut self,
        chain: i64,
        length: i64,
        head: &str,
        seen: &mut Verified,
    ) -> Result<Option<Finding>, Error> {
        let (mut number, mut before) = (0, String::new());
        loop {
            let values = [chain.into(), number.into(), BATCH.into()];
            let entries = self.engine.rows(sql::JOURNAL_OF_CHAIN, &values, |row| read_entry(&row))?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                number += 1;
                seen.entries += 1;
                if entry.number != number || entry.hash != entry.hash_after(&before) {
                    return Ok(Some(Finding::Hash { chain: self.chain_name(chain), number }));
                }
                before = entry.hash;
            }
        }
        if number != length {
            return Ok(Some(Finding::Length { chain: self.chain_name(chain), found: number, noted: length }));
        }
        Ok((before != head).then(|| Finding::Hash { chain: self.chain_name(chain), number }))
    }

    fn check_cases(&mut self, seen: &mut Verified) -> Result<Option<Finding>, Error> {
        let mut checked = Checked::default();
        let finding = self.each_case(|store, row, seq| {
            seen.cases += 1;
            store.check_case(row, seq, &mut checked)
        })?;
        if finding.is_some() {
            return Ok(finding);
        }
        if let Some(import) = self.wrong_import(checked.imports)? {
            return Ok(Some(Finding::Import(import)));
        }
        let count = |engine: &mut dyn super::Engine, sql| engine.row(sql, &[], |row| row.int(0));
        let journalled = count(self.engine.as_mut(), sql::RECORDED_CASES)?.unwrap_or_default();
        let stored = count(self.engine.as_mut(), sql::CASES_OF_NO_IMPORT)?.unwrap_or_default();
        if journalled != stored {
            return Ok(Some(Finding::Cases { journalled, stored }));
        }
        Ok(self.check_index(checked.words)?.map(Finding::Index))
    }

    /// A case must be what the journal says it became, step by step back to
    /// where there was none; and its row what the case is written as.
    fn check_case(&mut self, row: &Row, seq: i64, checked: &mut Checked) -> Result<Option<Finding>, Error> {
        let wrong = |id: String| Ok(Some(Finding::Case(id)));
        let loaded = match self.complete(row, seq) {
            Ok(complete) => complete,
            Err(Error::Corrupt(_)) => {
                return wrong(row.id(2).map_or_else(|_| format!("row {seq}"), |id| id.to_string()));
            }
            Err(error) => return Err(error),
        };
        let case = &loaded.case;
        let written = self.coder().case_values(case, loaded.agency.0, loaded.import)?;
        let history = self.history(case.id)?;
        if written != row.0[1..] || !self.lists_are_written(case, row)? {
            return wrong(case.id.to_string());
        }
        match (first_known(case, &history)?, loaded.import) {
            (Some(Json::Null), None) => {}
            (Some(first), Some(import)) if !first.is_null() => {
                // What changes put back stands in another order.
                let Ok(first) = serde_json::from_value::<Case>(first) else { return wrong(case.id.to_string()) };
                checked.imports.entry(import).or_default().add(&json(&first)?.to_string());
            }
            _ => return wrong(case.id.to_string()),
        }
        self.expect_words(case, seq, &mut checked.words);
        Ok(None)
    }

    /// The first import whose cases are not those that it brought.
    fn wrong_import(&mut self, mut found: BTreeMap<i64, CasesDigest>) -> Result<Option<i64>, Error> {
        for import in self.imports()? {
            let digest = found.remove(&import.id).unwrap_or_default();
            if digest.cases() != import.body.counts.cases || digest.finish() != import.body.digest {
                return Ok(Some(import.id));
            }
        }
        Ok(found.into_keys().next())
    }

    /// Whether the folded names of goods are those of their names; the other
    /// columns of the lists are in the journal.
    fn lists_are_written(&mut self, case: &Case, row: &Row) -> Result<bool, Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let rows = self.engine.rows(sql::GOODS, &[Value::Int(row.int(0)?), row.int(1)?.into()], Ok)?;
        let written = case.goods.iter().map(|goods| coder.goods_values(goods)).collect::<Result<Vec<_>, _>>()?;
        Ok(rows.len() == written.len() && rows.iter().zip(&written).all(|(row, values)| row.0[1..] == values[..]))
    }

    fn check_totals(&mut self) -> Result<Option<Finding>, Error> {
        for sql in [sql::MISSING_TOTALS, sql::WRONG_TOTALS] {
            let wrong = self.engine.row(sql, &[], |row| Ok((row.int(2)?, row.int(3)?)))?;
            if let Some((half, province)) = wrong {
                let days = Half(half).period();
                let named = self.reference.province(ProvinceId(province)).map_or("?", |province| &province.name);
                return Ok(Some(Finding::Total(format!("{named}, {}..{}", days.from, days.last()))));
            }
        }
        Ok(None)
    }
}
