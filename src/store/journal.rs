//! Appending to the journal, and reading it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;
use uuid::Uuid;

use super::engine::{Engine, Row};
use super::error::Error;
use super::{Store, sql};
use crate::domain::{Action, Currency, JournalEntry, Reference, Stamp};

/// The chain of what belongs to no province.
pub(super) const CASEBOOK: i64 = 0;

/// What the first entry of a casebook says that it is made of.
pub(super) fn made_of(currency: &Currency, reference: &Reference) -> String {
    json!({"currency": currency.code(), "reference": reference.digest()}).to_string()
}

/// A moment as the journal keeps it, so that earlier ones come first.
pub(super) fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// What an entry is about.
pub(super) struct Subject<'a> {
    pub(super) action: Action,
    pub(super) case_id: Option<Uuid>,
    pub(super) revision: i64,
    pub(super) reason: &'a str,
}

impl Subject<'_> {
    /// An entry about the casebook as a whole.
    pub(super) fn of(action: Action) -> Self {
        Self { action, case_id: None, revision: 0, reason: "" }
    }
}

/// Takes hold of a chain until the transaction ends: its length and head.
pub(super) fn hold(engine: &mut dyn Engine, chain: i64) -> Result<(i64, String), Error> {
    let held = engine.row(sql::LOCK_CHAIN, &[chain.into()], |row| Ok((row.int(0)?, row.text(1)?)))?;
    held.ok_or_else(|| Error::Corrupt(format!("chain {chain} can't be held")))
}

/// Appends an entry to a chain. Where the clock has jumped back, the entry
/// takes the time of the latest before it, of whatever chain: the journal
/// never goes back in time, so that what was known at a moment is a beginning
/// of each chain.
pub(super) fn append(
    engine: &mut dyn Engine,
    stamp: &Stamp,
    chain: i64,
    subject: &Subject<'_>,
    body: &str,
) -> Result<(), Error> {
    let (length, head) = hold(engine, chain)?;
    let now = written(stamp.at);
    let last = engine.row(sql::LATEST_AT, &[], |row| row.opt_text(0))?.flatten();
    let mut entry = JournalEntry {
        chain,
        number: length + 1,
        at: last.filter(|last| *last > now).unwrap_or(now),
        who: stamp.who.clone(),
        action: subject.action.code().to_owned(),
        case_id: subject.case_id,
        revision: subject.revision,
        reason: subject.reason.to_owned(),
        body: body.to_owned(),
        hash: String::new(),
    };
    entry.hash = entry.hash_after(&head);
    engine.execute(sql::ADVANCE_CHAIN, &[chain.into(), entry.number.into(), (&entry.hash).into()])?;
    let values = [
        chain.into(),
        entry.number.into(),
        entry.at.into(),
        entry.who.into(),
        entry.action.into(),
        entry.case_id.into(),
        entry.revision.into(),
        entry.reason.into(),
        entry.body.into(),
        entry.hash.into(),
    ];
    engine.execute(sql::INSERT_JOURNAL, &values).map(drop)
}

pub(super) fn read_entry(row: &Row) -> Result<JournalEntry, Error> {
    Ok(JournalEntry {
        chain: row.int(0)?,
        number: row.int(1)?,
        at: row.text(2)?,
        who: row.text(3)?,
        action: row.text(4)?,
        case_id: row.opt_id(5)?,
        revision: row.int(6)?,
        reason: row.text(7)?,
        body: row.text(8)?,
        hash: row.text(9)?,
    })
}

impl Store {
    /// What happened to a case's record, oldest first.
    pub fn history(&mut self, id: Uuid) -> Result<Vec<JournalEntry>, Error> {
        self.engine.rows(sql::HISTORY, &[id.into()], |row| read_entry(row))
    }
}
