//! Checking a casebook: its chains, its cases against the journal, and its
//! running totals and search index against the cases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use thiserror::Error as ThisError;

use super::attach::{KeptFiles, note_files};
use super::cases::{Loaded, first_known, json};
use super::check_index::IndexSums;
use super::engine::Row;
use super::error::Error;
use super::journal::{self, read_entry};
use super::lists::Lines;
use super::progress::{Progress, Work};
use super::reference;
use super::running::Dimension;
use super::{Store, files, sql};
use crate::domain::{Action, Attachment, Case, CasesDigest, ChainHead, Month, ProvinceId, Seal};

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
    /// The journal is not the one that was sealed with a document.
    #[error("the journal up to {0} is not the one that was sealed")]
    OtherJournal(DateTime<Utc>),
    /// The figures of a document are not those of the journal up to then.
    #[error("the figures of {0} are not those that were sealed")]
    OtherFigures(DateTime<Utc>),
    /// The casebook is not the one that was sealed, at this moment.
    #[error("this is not the casebook that was sealed at {0}")]
    OtherCasebook(DateTime<Utc>),
    /// The entry that a seal names is not the one that was sealed.
    #[error("journal of {chain:?}, entry {number}: not the one that was sealed")]
    Rewritten {
        /// The chain: its province, or nothing for the casebook's own.
        chain: String,
        /// The place in it.
        number: i64,
    },
    /// A chain is shorter than when it was sealed.
    #[error("journal of {chain:?}: {found} entries, {sealed} when it was sealed")]
    CutShort {
        /// The chain: its province, or nothing for the casebook's own.
        chain: String,
        /// How many entries it has.
        found: i64,
        /// How many it had.
        sealed: i64,
    },
    /// The file of an attachment is gone, or not what was attached.
    #[error("attachment {name:?} of case {case}: its file is {}", if *missing { "missing" } else { "changed" })]
    Attachment {
        /// The case: its number, or its id.
        case: String,
        /// What the file was called.
        name: String,
        /// Whether it is gone; else it was changed.
        missing: bool,
    },
    /// A running total is not the sum of its events.
    #[error("the running total of {0}")]
    Total(String),
}

impl Finding {
    /// An attachment whose file, at a path, is not what was attached.
    pub(super) fn attachment(case: &str, attachment: &Attachment, path: &Path) -> Self {
        Self::Attachment { case: case.to_owned(), name: attachment.name.clone(), missing: !path.exists() }
    }
}

/// What a check of a casebook saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many cases.
    pub cases: i64,
    /// How many entries of the journal.
    pub entries: i64,
    /// In how many chains.
    pub chains: i64,
    /// Whether the search index is left out.
    pub lacks_index: bool,
    /// How many files of attachments.
    pub attachments: u64,
    /// Files in the folder of attachments that no case refers to. They do no
    /// harm: an attaching that was cut off may leave one.
    pub unused: Vec<PathBuf>,
    /// How many entries were added since a seal; `None` without one.
    pub since_seal: Option<i64>,
    /// The first thing that does not fit; `None` if all does.
    pub finding: Option<Finding>,
}

/// A check under way: what it saw, and who is told how far it is.
struct Checking<'a> {
    seen: Verified,
    told: &'a mut dyn FnMut(Progress),
    words: IndexSums,
    /// What each import brought, as the cases tell.
    imports: BTreeMap<i64, CasesDigest>,
    attachments: KeptFiles,
}

impl Checking<'_> {
    /// Tells, now and then, how far it is.
    fn step(&mut self, work: Work, done: i64, of: i64) {
        if done % BATCH == 1 {
            let number = |n: i64| u64::try_from(n).unwrap_or_default();
            (self.told)(Progress { work, done: number(done), of: number(of) });
        }
    }
}

/// How many rows are read at a time.
pub(super) const BATCH: i64 = 1_000;

impl Store {
    /// Checks everything, and names the first thing that does not fit.
    pub fn verify(&mut self) -> Result<Verified, Error> {
        self.verify_against(None, &mut |_| {})
    }

    /// Checks everything, and that a sealed history was only added to, where
    /// there is a seal; names the first thing that does not fit.
    pub fn verify_against(&mut self, seal: Option<&Seal>, told: &mut dyn FnMut(Progress)) -> Result<Verified, Error> {
        // What is attached from now on is not looked for among these.
        let listed = self.files.as_deref().map(files::listed).transpose()?.unwrap_or_default();
        let mut checking = Checking {
            seen: Verified::default(),
            told,
            words: IndexSums::default(),
            imports: BTreeMap::new(),
            attachments: KeptFiles::new(),
        };
        checking.seen.finding = self.read(|store| match store.check(seal, &mut checking) {
            // What can't even be read is damage too: in a file, whatever the
            // engine stumbles over.
            Err(Error::Corrupt(said)) => Ok(Some(Finding::Engine(said))),
            Err(error @ (Error::Engine(_) | Error::NotACasebook(_) | Error::Overflow(_)))
                if store.engine.file().is_some() =>
            {
                Ok(Some(Finding::Engine(error.to_string())))
            }
            other => other,
        })?;
        if checking.seen.finding.is_none() {
            checking.seen.finding = self.check_attachments(&mut checking, listed)?;
        }
        Ok(checking.seen)
    }

    fn check(&mut self, seal: Option<&Seal>, checking: &mut Checking<'_>) -> Result<Option<Finding>, Error> {
        (checking.told)(Progress::begin(Work::Database));
        if let Some(said) = self.engine.check()? {
            return Ok(Some(Finding::Engine(said)));
        }
        if let Some(list) = self.engine.row(sql::STRAY_LINE, &[], |row| row.text(0))? {
            return Ok(Some(Finding::Engine(format!("a row of {list} belongs to no case"))));
        }
        // Nothing else that is found says as much as that it is another.
        if let Some(finding) = seal.map(|seal| self.check_identity(seal)).transpose()?.flatten() {
            return Ok(Some(finding));
        }
        if let Some(finding) = self.check_chains(checking)? {
            return Ok(Some(finding));
        }
        if let Some(seal) = seal {
            checking.seen.since_seal = Some(checking.seen.entries - seal.entries);
            if let Some(finding) = self.check_seal(seal)? {
                return Ok(Some(finding));
            }
        }
        if let Some(month) = self.wrong_publication()? {
            return Ok(Some(Finding::Publication(month)));
        }
        if let Some(finding) = self.check_reference()? {
            return Ok(Some(finding));
        }
        if let Some(finding) = self.check_cases(checking)? {
            return Ok(Some(finding));
        }
        self.check_totals()
    }

    /// The first attachment whose file is not what was attached.
    fn check_attachments(
        &mut self,
        checking: &mut Checking<'_>,
        mut listed: Vec<PathBuf>,
    ) -> Result<Option<Finding>, Error> {
        let Some(folder) = &self.files else { return Ok(None) };
        let of = checking.attachments.values().map(|(_, attachment)| attachment.bytes).sum();
        let mut done = 0;
        for ((part, name), (case, attachment)) in &checking.attachments {
            (checking.told)(Progress { work: Work::Attachments, done, of });
            let place = folder.join(part).join(name);
            if !files::is_whole(&place, attachment)? {
                return Ok(Some(Finding::attachment(case, attachment, &place)));
            }
            done += attachment.bytes;
            checking.seen.attachments += 1;
        }
        let is_known = |file: &PathBuf| {
            let mut parts = file.iter().map(|part| part.to_string_lossy().into_owned());
            let place = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            parts.next().is_none() && checking.attachments.contains_key(&place)
        };
        listed.retain(|file| !is_known(file));
        checking.seen.unused = listed;
        Ok(None)
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
    pub(super) fn chain_name(&self, chain: i64) -> String {
        let province = self.reference.province(ProvinceId(chain));
        province.map_or_else(String::new, |province| province.name.clone())
    }

    fn check_chains(&mut self, checking: &mut Checking<'_>) -> Result<Option<Finding>, Error> {
        let noted = self.heads()?;
        let of = noted.iter().fold(0_i64, |sum, chain| sum.saturating_add(chain.length));
        let there = self.engine.rows(sql::JOURNAL_CHAINS, &[], |row| row.int(0))?;
        let unknown = there.iter().find(|chain| !noted.iter().any(|known| known.chain == **chain));
        if let Some(chain) = unknown {
            return Ok(Some(Finding::Length { chain: self.chain_name(*chain), found: 1, noted: 0 }));
        }
        for ChainHead { chain, length, head } in noted {
            checking.seen.chains += 1;
            if let Some(finding) = self.check_chain((chain, length, &head), of, checking)? {
                return Ok(Some(finding));
            }
        }
        Ok(None)
    }

    fn check_chain(
        &mut self,
        (chain, length, head): (i64, i64, &str),
        of: i64,
        checking: &mut Checking<'_>,
    ) -> Result<Option<Finding>, Error> {
        let (mut number, mut before) = (0, String::new());
        loop {
            let values = [chain.into(), number.into(), BATCH.into()];
            let entries = self.engine.rows(sql::JOURNAL_OF_CHAIN, &values, |row| read_entry(row))?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                number += 1;
                checking.seen.entries += 1;
                checking.step(Work::Journal, checking.seen.entries, of);
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

    fn check_cases(&mut self, checking: &mut Checking<'_>) -> Result<Option<Finding>, Error> {
        let of = self.count_all_cases()?;
        let finding = self.each_batch(|store, rows| {
            let lines = store.lines_of_each(rows)?;
            for ((row, loaded), lines) in rows.iter().zip(store.complete_each(rows)?).zip(&lines) {
                checking.seen.cases += 1;
                checking.step(Work::Cases, checking.seen.cases, of);
                if let Some(finding) = store.check_case(row, loaded, lines, checking)? {
                    return Ok(Some(finding));
                }
            }
            Ok(None)
        })?;
        (checking.told)(Progress::begin(Work::Totals));
        if finding.is_some() {
            return Ok(finding);
        }
        if let Some(import) = self.wrong_import(std::mem::take(&mut checking.imports))? {
            return Ok(Some(Finding::Import(import)));
        }
        let count = |engine: &mut dyn super::Engine, sql| engine.row(sql, &[], |row| row.int(0));
        let journalled = count(self.engine.as_mut(), sql::RECORDED_CASES)?.unwrap_or_default();
        let stored = count(self.engine.as_mut(), sql::CASES_OF_NO_IMPORT)?.unwrap_or_default();
        if journalled != stored {
            return Ok(Some(Finding::Cases { journalled, stored }));
        }
        checking.seen.lacks_index = self.lacks_index()?;
        Ok(self.check_index(std::mem::take(&mut checking.words))?.map(Finding::Index))
    }

    /// A case must be what the journal says it became, step by step back to
    /// where there was none; and its row what the case is written as.
    fn check_case(
        &mut self,
        row: &Row,
        loaded: Result<Loaded, Error>,
        lines: &Lines,
        checking: &mut Checking<'_>,
    ) -> Result<Option<Finding>, Error> {
        let wrong = |id: String| Ok(Some(Finding::Case(id)));
        let seq = row.int(0)?;
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(Error::Corrupt(_)) => {
                return wrong(row.id(2).map_or_else(|_| format!("row {seq}"), |id| id.to_string()));
            }
            Err(error) => return Err(error),
        };
        let case = &loaded.case;
        match self.is_written(&loaded, row, lines) {
            Ok(true) => {}
            // An amount that can't be written did not get there by writing.
            Ok(false) | Err(Error::Overflow(_)) => return wrong(case.id.to_string()),
            Err(error) => return Err(error),
        }
        let history = self.history(case.id)?;
        match (first_known(case, &history)?, loaded.import) {
            (Some(Json::Null), None) => {}
            (Some(first), Some(import)) if !first.is_null() => {
                // What changes put back stands in another order.
                let Ok(first) = serde_json::from_value::<Case>(first) else { return wrong(case.id.to_string()) };
                checking.imports.entry(import).or_default().add(&json(&first)?.to_string());
            }
            _ => return wrong(case.id.to_string()),
        }
        note_files(case, &mut checking.attachments);
        self.expect_words(case, seq, &mut checking.words);
        Ok(None)
    }

    /// Whether the rows of a case are what it would be written as.
    fn is_written(&self, loaded: &Loaded, row: &Row, lines: &Lines) -> Result<bool, Error> {
        let written = self.coder().case_values(&loaded.case, loaded.agency.0, loaded.import)?;
        Ok(written == row.0[1..] && self.lists_are_written(&loaded.case, lines)?)
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

    fn check_totals(&mut self) -> Result<Option<Finding>, Error> {
        for sql in [sql::MISSING_TOTALS, sql::WRONG_TOTALS] {
            let wrong = self.engine.row(sql, &[], |row| Ok((row.int(0)?, row.int(2)?, row.int(3)?)))?;
            if let Some((dimension, period, province)) = wrong {
                let days = Dimension::from_number(dimension).and_then(|dimension| dimension.days(period).ok());
                let days = days.map_or_else(|| period.to_string(), |days| format!("{}..{}", days.from, days.last()));
                let named = self.reference.province(ProvinceId(province)).map_or("?", |province| &province.name);
                return Ok(Some(Finding::Total(format!("{named}, {days}"))));
            }
        }
        Ok(None)
    }
}
