//! Past imports: listing them, and undoing one.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::cases::{Loaded, json};
use super::engine::Row;
use super::error::Error;
use super::journal::{self, CASEBOOK, Subject, read_entry};
use super::rows::day_number;
use super::sums::Sums;
use super::verify::BATCH;
use super::{Store, sql};
use crate::domain::{
    Action, Case, Field, FieldError, Import, ImportBody, Invalid, JournalEntry, ProvinceId, Reason, Stamp, UndoBody,
    Undone, Void, differences,
};
use crate::text::clean;

/// How many changed cases an error names.
const NAMED: usize = 10;

impl Store {
    /// All imports, oldest first.
    pub fn imports(&mut self) -> Result<Vec<Import>, Error> {
        let mut imports: Vec<Import> = Vec::new();
        for entry in self.import_entries()? {
            if entry.action == Action::Import.code() {
                let at = moment(&entry)?;
                let body: ImportBody = parse(&entry)?;
                imports.push(Import { id: body.import, at, body, who: entry.who, undone: None });
            } else {
                let body: UndoBody = parse(&entry)?;
                let at = moment(&entry)?;
                let import = imports.iter_mut().find(|import| import.id == body.import);
                let import = import.ok_or_else(|| Error::Corrupt("an undone import is not there".to_owned()))?;
                import.undone = Some(Undone { at, who: entry.who, reason: entry.reason, body });
            }
        }
        Ok(imports)
    }

    /// The entries of the journal about imports and their undoing.
    pub(super) fn import_entries(&mut self) -> Result<Vec<JournalEntry>, Error> {
        self.engine.rows(sql::IMPORTS, &[], |row| read_entry(row))
    }

    /// Strikes out the cases of an import in one step. Cases that were changed
    /// since are in the way, unless `force` is given.
    pub fn undo_import(&mut self, id: i64, reason: &str, force: bool, stamp: &Stamp) -> Result<Undone, Error> {
        self.write(|store| store.undo_import_here(id, reason, force, stamp))
    }

    /// What [`Store::undo_import`] would do; nothing is.
    pub fn undo_import_dry(&mut self, id: i64, reason: &str, force: bool, stamp: &Stamp) -> Result<Undone, Error> {
        self.rehearse(|store| store.undo_import_here(id, reason, force, stamp))
    }

    fn undo_import_here(&mut self, id: i64, reason: &str, force: bool, stamp: &Stamp) -> Result<Undone, Error> {
        let reason = clean(reason);
        if reason.is_empty() {
            let error = FieldError { field: Field::Reason, line: None, value: reason, reason: Reason::Missing };
            return Err(Invalid(vec![error]).into());
        }
        journal::hold(self.engine.as_mut(), CASEBOOK)?;
        let import = self.imports()?.into_iter().find(|import| import.id == id).ok_or(Error::NoImport(id))?;
        if let Some(undone) = import.undone {
            return Err(Error::Undone { import: id, on: undone.body.voided_on });
        }
        let mut held = HashSet::new();
        for province in self.engine.rows(sql::PROVINCES_OF_IMPORT, &[id.into()], |row| row.int(0))? {
            let chain = self.reference.seat(ProvinceId(province)).0;
            journal::hold(self.engine.as_mut(), chain)?;
            held.insert(chain);
        }
        let changed = self.changed_since(id)?;
        if !changed.is_empty() && !force {
            return Err(Error::ChangedSince { import: id, cases: changed });
        }
        let void = Void { voided_on: stamp.today, reason: reason.clone() };
        let cases = self.void_all(id, &held, &void, stamp)?;
        let body = UndoBody { import: id, voided_on: stamp.today, cases };
        let written = serde_json::to_string(&body).map_err(|error| Error::Engine(error.to_string()))?;
        let subject = Subject { action: Action::Undo, case_id: None, revision: 0, reason: &reason };
        journal::append(self.engine.as_mut(), stamp, CASEBOOK, &subject, &written)?;
        Ok(Undone { at: stamp.at, who: stamp.who.clone(), reason, body })
    }

    /// The cases of an import that were changed since, by number or id.
    fn changed_since(&mut self, id: i64) -> Result<Vec<String>, Error> {
        let name = |row: &mut Row| Ok(row.opt_text(2)?.map_or(row.id(1)?.to_string(), |number| number));
        let mut names = self.engine.rows(sql::CHANGED_OF_IMPORT, &[id.into()], name)?;
        let more = names.len().saturating_sub(NAMED);
        if more > 0 {
            names.truncate(NAMED);
            names.push(format!("+{more}"));
        }
        Ok(names)
    }

    /// Strikes out the cases of an import; the chains of those that it was
    /// seen in are held.
    fn void_all(&mut self, id: i64, held: &HashSet<i64>, void: &Void, stamp: &Stamp) -> Result<u64, Error> {
        let (mut sums, mut cases, mut last) = (Sums::default(), 0, i64::MIN);
        loop {
            let values = [id.into(), last.into(), BATCH.into()];
            let seqs = self.engine.rows(sql::SEQS_OF_IMPORT, &values, |row| row.int(0))?;
            let Some(end) = seqs.last() else { break };
            last = *end;
            for (seq, loaded) in seqs.iter().copied().zip(self.load_cases(&seqs)?) {
                // It may have moved to another province before the chains were
                // held; what is in one of them can't change.
                let is_held = held.contains(&self.chain_of(&loaded.case)?);
                let before = if is_held { loaded } else { self.hold_case(seq)?.0 };
                if before.case.void.is_some() {
                    continue;
                }
                sums.add(self.coder(), &before.case, before.agency, true)?;
                self.void_one(&before.case, seq, void, stamp)?;
                cases += 1;
            }
        }
        self.write_sums(&sums)?;
        Ok(cases)
    }

    /// Strikes out a case; its figures are taken from the totals by the caller.
    fn void_one(&mut self, case: &Case, seq: i64, void: &Void, stamp: &Stamp) -> Result<(), Error> {
        let after = Case { void: Some(void.clone()), revision: case.revision + 1, ..case.clone() };
        let day = day_number(void.voided_on);
        let values = [seq.into(), after.revision.into(), day.into(), (&void.reason).into()];
        if self.engine.execute(sql::VOID_CASE, &values)? != 1 {
            return Err(Error::Busy(format!("case {} has moved", case.id)));
        }
        self.unindex(case, seq)?;
        self.index(&after, seq)?;
        let chain = self.chain_of(case)?;
        let differences = differences(&json(case)?, &json(&after)?);
        self.append(stamp, chain, &after, Action::Void, &void.reason, &differences)
    }

    /// What happened to a case's record, oldest first, with the import that
    /// brought it.
    pub(super) fn history_of(&mut self, loaded: &Loaded) -> Result<Vec<JournalEntry>, Error> {
        let mut history = self.history(loaded.case.id)?;
        let Some(number) = loaded.import else { return Ok(history) };
        let revision = history.first().map_or(loaded.case.revision, |entry| entry.revision - 1);
        let is_it = |entry: &JournalEntry| {
            entry.action == Action::Import.code() && parse(entry).is_ok_and(|body: ImportBody| body.import == number)
        };
        let import = self.import_entries()?.into_iter().find(is_it);
        let import = import.ok_or_else(|| Error::Corrupt(format!("there is no import {number}")))?;
        history.insert(0, JournalEntry { case_id: Some(loaded.case.id), revision, ..import });
        Ok(history)
    }
}

pub(super) fn parse<T: DeserializeOwned>(entry: &JournalEntry) -> Result<T, Error> {
    serde_json::from_str(&entry.body).map_err(|error| Error::Corrupt(format!("an entry of the journal: {error}")))
}

pub(super) fn moment(entry: &JournalEntry) -> Result<DateTime<Utc>, Error> {
    let at = DateTime::parse_from_rfc3339(&entry.at);
    at.map(|at| at.to_utc()).map_err(|error| Error::Corrupt(format!("an entry of the journal: {error}")))
}
