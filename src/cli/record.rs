//! `record`: one case.

use uuid::Uuid;

use super::args::RecordArgs;
use super::failure::Failure;
use super::fields::Given;
use super::form;
use super::session::Session;
use crate::domain::{Case, Draft, Entry, Invalid};
use crate::render::{CaseView, Format, Unit};
use crate::store::{Recorded, Store};

pub(super) fn run(session: &Session, args: RecordArgs) -> Result<(), Failure> {
    let Given { entry, errors } = args.fields.0;
    if !errors.is_empty() {
        return Err(Failure::invalid(Invalid(errors)));
    }
    if entry == Entry::default() {
        return form::run(session, args.dry_run);
    }
    let mut store = session.open_or_create(args.dry_run, |new| {
        // A case that can't be taken makes no casebook either.
        let (reference, currency) = (&new.reference, &new.currency);
        let draft = Draft { entry: &entry, id: Uuid::nil(), reference, currency, today: session.stamp.today };
        draft.read().map(drop).map_err(Failure::invalid)
    })?;
    let recorded =
        if args.dry_run { store.record_dry(&entry, &session.stamp)? } else { store.record(&entry, &session.stamp)? };
    session.say_warnings(&recorded.warnings, recorded.new_agency.as_ref());
    if !recorded.already_there && entry.reason().is_empty() {
        say_doubts(session, &mut store, &recorded.case);
    }
    finish(session, &store, &recorded, args.dry_run)
}

/// Says what looks unlikely in a case, which a script is not stopped for.
pub(super) fn say_doubts(session: &Session, store: &mut Store, case: &Case) {
    match store.doubts(case) {
        Ok(doubts) => doubts.iter().for_each(|doubt| session.warn(&(session.words.asking.doubt)(doubt))),
        // The case is stored: that nothing can be said of it is no failure.
        Err(error) => log::warn!("doubting: {error}"),
    }
}

/// Says that a case is recorded, and shows it as was asked.
pub(super) fn finish(session: &Session, store: &Store, recorded: &Recorded, dry_run: bool) -> Result<(), Failure> {
    let said = &session.words.said;
    if recorded.already_there {
        session.say(&(said.already_there)(&name(session, &recorded.case)));
        if let Some(void) = &recorded.case.void {
            session.say(&(session.words.notes.void)(&void.reason));
        }
    } else if dry_run {
        session.say(said.dry_run);
    } else {
        session.say(&(said.recorded)(&name(session, &recorded.case)));
    }
    if session.format()? == Format::Table && !dry_run {
        return session.write(&format!("{}\n", recorded.case.id));
    }
    let view =
        CaseView { case: &recorded.case, history: None, reference: store.reference(), currency: store.currency() };
    session.show(&view, Some(Unit::One))
}

/// How a case is called in a sentence: by its number, else by its day and
/// agency.
pub(super) fn name(session: &Session, case: &Case) -> String {
    let described = || (session.words.labels.case_of)(case.detected_on, &case.agency);
    case.case_no.clone().unwrap_or_else(described)
}
