//! `verify` and `rebuild`.

use std::path::Path;

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::failure::Failure;
use super::progress;
use super::safety_args::{RebuildArgs, VerifyArgs};
use super::session::Session;
use crate::domain::{Seal, SealError};
use crate::lang::Words;
use crate::render::{Block, Page, Record, View};
use crate::store::Verified;
use crate::text::write_digits;

pub(super) fn run(session: &Session, args: &VerifyArgs) -> Result<(), Failure> {
    let seal = args.against.as_deref().map(|path| read_seal(session, path)).transpose()?;
    let mut store = session.open()?;
    if !args.files.is_empty() {
        return super::reports::run(session, &args.files, &mut store);
    }
    let mut verified = progress::shown(session, |told| store.verify_against(seal.as_ref(), told))?;
    if let Some(finding) = verified.finding.take() {
        return Err(Failure::Verification(finding));
    }
    note_unused(session, &verified);
    session.show(&VerifiedView { verified: &verified, seal: seal.as_ref() }, None)
}

fn read_seal(session: &Session, path: &Path) -> Result<Seal, Failure> {
    let said = &session.words.safety;
    let shown = path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|error| Failure::Read { path: path.to_owned(), said: error.to_string() })?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::input((session.words.errors.not_utf8)(&shown)))?;
    Seal::read(&text).map_err(|error| {
        Failure::input(match error {
            SealError::NotASeal(why) => (said.not_a_seal)(&shown, &why),
            SealError::Digest => (said.slip_in_seal)(&shown),
        })
    })
}

/// Says that there are files that no case refers to.
pub(super) fn note_unused(session: &Session, verified: &Verified) {
    if let Some(first) = verified.unused.first() {
        session.warn(&(session.words.safety.unused)(verified.unused.len(), &first.display().to_string()));
    }
}

pub(super) fn rebuild(session: &Session, args: &RebuildArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    if args.search_index {
        progress::shown(session, |told| store.rebuild_index(told))?;
        session.say(session.words.safety.indexed);
        return Ok(());
    }
    let rows = progress::shown(session, |told| store.rebuild(told))?;
    session.say(&(session.words.said.rebuilt)(&rows.to_string()));
    Ok(())
}

/// What a check saw, and the seal that it was compared with.
pub(super) struct VerifiedView<'a> {
    pub(super) verified: &'a Verified,
    pub(super) seal: Option<&'a Seal>,
}

impl View for VerifiedView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let number = |n: i64| write_digits(n.into(), words.marks);
        let Verified { cases, entries, chains, attachments, since_seal, .. } = self.verified;
        let all =
            (words.said.verified)(&number(*cases), &number(*entries), &number(*chains), !self.verified.lacks_index);
        let mut notes = Vec::new();
        if *attachments > 0 {
            notes.push((words.safety.attachments)(&write_digits((*attachments).into(), words.marks)));
        }
        if self.verified.lacks_index {
            notes.push(words.safety.no_search_index.to_owned());
        }
        if let (Some(seal), Some(since)) = (self.seal, since_seal) {
            let at = format!("{} {}", (words.date)(seal.sealed_at.date_naive()), seal.sealed_at.format("%H:%M"));
            notes.push((words.safety.since_seal)(&at, &number(*since)));
        }
        Page { title: String::new(), blocks: vec![Block::Line(all)], notes, currency: None }
    }

    fn json(&self) -> Value {
        self.records().into_iter().next().map_or(Value::Null, Value::Object)
    }

    fn records(&self) -> Vec<Record> {
        let Verified { cases, entries, chains, attachments, since_seal, unused, .. } = self.verified;
        let unused: Vec<String> = unused.iter().map(|path| path.display().to_string()).collect();
        let value = json!({
            "ok": true,
            "cases": cases,
            "entries": entries,
            "chains": chains,
            "search_index": !self.verified.lacks_index,
            "attachments": attachments,
            "unused_files": unused,
            "sealed_at": self.seal.map(|seal| seal.sealed_at.to_rfc3339_opts(SecondsFormat::Millis, true)),
            "entries_since_seal": since_seal,
        });
        value.as_object().cloned().into_iter().collect()
    }
}
