//! The casebook as it was: up to where its journal was written at a moment,
//! and the cases that changed since, each as it was and as it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use uuid::Uuid;

use super::cases::{Loaded, json, parse};
use super::error::Error;
use super::imports::parse as parse_body;
use super::journal::{CASEBOOK, read_entry, written};
use super::verify::BATCH;
use super::{Store, sql};
use crate::domain::{AgencyId, Case, ChainHead, ImportBody, JournalEntry, ProvinceId, agency_key, revert};

/// How far the journal was written: the length of each of its chains.
pub(super) struct Mark(HashMap<i64, i64>);

impl Mark {
    pub(super) fn of(heads: &[ChainHead]) -> Self {
        Self(heads.iter().map(|head| (head.chain, head.length)).collect())
    }

    /// The same by the lengths of chains.
    pub(super) fn of_lengths(lengths: &[(i64, i64)]) -> Self {
        Self(lengths.iter().copied().collect())
    }

    pub(super) fn length(&self, chain: i64) -> i64 {
        self.0.get(&chain).copied().unwrap_or_default()
    }

    fn holds(&self, entry: &JournalEntry) -> bool {
        entry.number <= self.length(entry.chain)
    }
}

/// A case that changed after a mark.
pub(super) struct Moved {
    /// As it was; `None` where it was not known.
    pub(super) before: Option<Loaded>,
    /// As it is.
    pub(super) now: Loaded,
    /// What was done since, oldest first.
    pub(super) since: Vec<JournalEntry>,
}

impl Store {
    /// The ends of all chains.
    pub(super) fn heads(&mut self) -> Result<Vec<ChainHead>, Error> {
        self.engine
            .rows(sql::CHAINS, &[], |row| Ok(ChainHead { chain: row.int(0)?, length: row.int(1)?, head: row.text(2)? }))
    }

    /// How far the journal was written before a moment. Times never go back
    /// within a chain, so what was known is its beginning.
    pub(super) fn mark_before(&mut self, moment: DateTime<Utc>) -> Result<Mark, Error> {
        let moment = written(moment);
        let mut lengths = HashMap::new();
        for ChainHead { chain, length, .. } in self.heads()? {
            let (mut known, mut unknown) = (0, length + 1);
            while unknown - known > 1 {
                let middle = known + (unknown - known) / 2;
                let at = self.engine.row(sql::ENTRY_AT, &[chain.into(), middle.into()], |row| row.text(0))?;
                let at = at.ok_or_else(|| Error::Corrupt(format!("chain {chain} has no entry {middle}")))?;
                if at < moment {
                    known = middle;
                } else {
                    unknown = middle;
                }
            }
            lengths.insert(chain, known);
        }
        Ok(Mark(lengths))
    }

    /// Goes through all cases that changed after a mark, or were not known
    /// then.
    pub(super) fn each_moved(
        &mut self,
        mark: &Mark,
        mut each: impl FnMut(&mut Self, Moved) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let later = self.imports_after(mark)?;
        let changed = self.changed_after(mark)?;
        for id in &changed {
            let seq = self.engine.row(sql::SEQ_BY_ID, &[(*id).into()], |row| row.int(0))?;
            let seq = seq.ok_or_else(|| Error::Corrupt(format!("the journal tells of a case {id}")))?;
            let now = self.load_case(seq)?;
            let moved = self.moved(now, mark, &later)?;
            each(self, moved)?;
        }
        for (import, entry) in &later {
            let mut last = i64::MIN;
            loop {
                let values = [(*import).into(), last.into(), BATCH.into()];
                let cases = self.engine.rows(sql::ALL_SEQS_OF_IMPORT, &values, |row| Ok((row.int(0)?, row.id(1)?)))?;
                let Some((end, _)) = cases.last() else { break };
                last = *end;
                let seqs: Vec<i64> =
                    cases.iter().filter(|(_, id)| !changed.contains(id)).map(|(seq, _)| *seq).collect();
                for now in self.load_cases(&seqs)? {
                    each(self, Moved { before: None, now, since: vec![entry.clone()] })?;
                }
            }
        }
        Ok(())
    }

    /// The imports after a mark, by their numbers, with their entries.
    fn imports_after(&mut self, mark: &Mark) -> Result<BTreeMap<i64, JournalEntry>, Error> {
        let values = [mark.length(CASEBOOK).into()];
        let entries = self.engine.rows(sql::IMPORTS_SINCE, &values, |row| read_entry(row))?;
        entries.into_iter().map(|entry| Ok((parse_body::<ImportBody>(&entry)?.import, entry))).collect()
    }

    fn changed_after(&mut self, mark: &Mark) -> Result<BTreeSet<Uuid>, Error> {
        let mut changed = BTreeSet::new();
        for ChainHead { chain, length, .. } in self.heads()? {
            let known = mark.length(chain);
            if known < length {
                let ids = self.engine.rows(sql::CASES_CHANGED, &[chain.into(), known.into()], |row| row.id(0))?;
                changed.extend(ids);
            }
        }
        Ok(changed)
    }

    /// A case as it was, by taking back what was done to it since.
    fn moved(&mut self, now: Loaded, mark: &Mark, later: &BTreeMap<i64, JournalEntry>) -> Result<Moved, Error> {
        let brought = now.import.and_then(|import| later.get(&import));
        let mut since = self.history(now.case.id)?;
        let known = if brought.is_some() { 0 } else { since.iter().take_while(|entry| mark.holds(entry)).count() };
        since.drain(..known);
        let mut before = None;
        if brought.is_none() {
            let unfit = || Error::Corrupt(format!("case {} is not what the journal says", now.case.id));
            let mut state = json(&now.case)?;
            for entry in since.iter().rev() {
                state = revert(&state, &parse(&entry.body)?).ok_or_else(unfit)?;
            }
            if state != Json::Null {
                let case: Case = serde_json::from_value(state).map_err(|_| unfit())?;
                let agency = self.agency_of(&case, &now)?;
                before = Some(Loaded { case, agency, import: now.import });
            }
        }
        since.splice(0..0, brought.cloned());
        Ok(Moved { before, now, since })
    }

    /// The agency of a case as it was, mostly that which it has.
    fn agency_of(&mut self, case: &Case, now: &Loaded) -> Result<AgencyId, Error> {
        if case.agency == now.case.agency && case.province == now.case.province {
            return Ok(now.agency);
        }
        let missing = || Error::Corrupt(format!("there is no agency {:?}", case.agency));
        self.agency_if_there(case)?.ok_or_else(missing)
    }

    /// The agency that a case names, if the casebook knows it.
    pub(super) fn agency_if_there(&mut self, case: &Case) -> Result<Option<AgencyId>, Error> {
        let seat = self.reference.province(ProvinceId(self.chain_of(case)?)).cloned();
        let seat = seat.ok_or_else(|| Error::Corrupt("a case names no province".to_owned()))?;
        let key = agency_key(&case.agency, &seat.name, &self.reference);
        Ok(self.agency_in(&seat, &key)?.map(|agency| agency.id))
    }
}
