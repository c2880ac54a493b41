//! `read`: notes and news items into draft cases.

use std::io::Read;
use std::path::Path;

use inquire::{InquireError, Select};

use super::args::ReadArgs;
use super::failure::Failure;
use super::record::say_doubts;
use super::session::{Session, vietnam};
use crate::domain::{Draft, Entry, Invalid};
use crate::notes::{DraftCase, LONGEST, ReadItem, Reading, read};
use crate::render::{DraftsView, Format, Unit, render};
use crate::store::Store;

pub(super) fn run(session: &Session, args: &ReadArgs) -> Result<(), Failure> {
    if args.record && !args.yes && !session.can_ask() {
        return Err(Failure::usage(session.words.errors.read_needs_yes.to_owned()));
    }
    let written_on = match &args.reported {
        Some(text) => session.day("reported", text)?,
        None => session.stamp.today,
    };
    let text = text_of(session, &args.file)?;
    let mut store = session.open_if_there()?;
    let made = if store.is_none() { Some(vietnam()?.reference) } else { None };
    let reference = store.as_ref().map(Store::reference).or(made.as_ref());
    let items = reference.map(|reference| read(&text, &Reading { reference, written_on })).unwrap_or_default();
    let (drafts, passed) = sorted(session, items);
    if !args.record {
        let Some(reference) = store.as_ref().map(Store::reference).or(made.as_ref()) else { return Ok(()) };
        return show(session, &DraftsView { drafts: &drafts, passed, reference });
    }
    let entries = entries(session, store.as_ref(), &drafts)?;
    if store.is_none() && !entries.is_empty() {
        store = Some(session.open_or_create(false, |_| Ok(()))?);
    }
    match store {
        Some(mut store) => record(session, &mut store, &drafts, &entries, args.yes),
        None => Ok(()),
    }
}

/// The drafts, and how many items are none; these are named.
fn sorted(session: &Session, items: Vec<ReadItem>) -> (Vec<DraftCase>, usize) {
    let (mut drafts, mut passed) = (Vec::new(), 0);
    for item in items {
        match item {
            ReadItem::Draft(draft) => drafts.push(*draft),
            ReadItem::Passed { item, begins, why } => {
                passed += 1;
                session.say(&(session.words.said.passed)(item, &begins, why.code()));
            }
        }
    }
    (drafts, passed)
}

/// The text of a file or of standard input, which must be UTF-8.
fn text_of(session: &Session, path: &Path) -> Result<String, Failure> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| Failure::Read { path: path.to_owned(), said: error.to_string() };
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let taken = if shown == "-" {
        std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
    };
    taken.map_err(failed)?;
    let errors = &session.words.errors;
    if bytes.len() > LONGEST {
        return Err(Failure::input((errors.note_too_long)(&shown, &LONGEST.to_string())));
    }
    let text = String::from_utf8(bytes).map_err(|_| Failure::input((errors.not_utf8)(&shown)))?;
    Ok(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned))
}

/// Shows the drafts: to a person as tables, to a program one a line.
fn show(session: &Session, view: &DraftsView<'_>) -> Result<(), Failure> {
    let format = session.format_or(if session.is_seen() { Format::Table } else { Format::Jsonl })?;
    session.write(&render(view, format, &session.style(Some(Unit::One)))?)
}

/// The entries of the drafts. All must be fit to be stored, before any is.
fn entries(session: &Session, store: Option<&Store>, drafts: &[DraftCase]) -> Result<Vec<Entry>, Failure> {
    let new = vietnam()?;
    let (reference, currency) =
        store.map_or((&new.reference, &new.currency), |store| (store.reference(), store.currency()));
    let mut entries = Vec::new();
    let mut errors = Vec::new();
    for draft in drafts {
        let entry = draft.entry().map_err(|error| Failure::invalid(Invalid(vec![error])))?;
        let read = Draft { entry: &entry, id: draft.id, reference, currency, today: session.stamp.today }.read();
        if let Err(Invalid(wrong)) = read {
            let said = wrong.iter().map(session.words.field_error).collect::<Vec<_>>().join(" ");
            session.say(&(session.words.errors.draft_invalid)(draft.item, &said));
            errors.extend(wrong);
        }
        entries.push(entry);
    }
    if errors.is_empty() { Ok(entries) } else { Err(Failure::invalid(Invalid(errors))) }
}

/// What a person wants done with a draft.
enum Wish {
    Record,
    Skip,
    Stop,
}

fn record(
    session: &Session,
    store: &mut Store,
    drafts: &[DraftCase],
    entries: &[Entry],
    yes: bool,
) -> Result<(), Failure> {
    let mut ids = Vec::new();
    let done = record_each(session, store, drafts, entries, yes, &mut ids);
    // What was stored is told, whatever came after it.
    session.write(&ids.concat())?;
    done
}

fn record_each(
    session: &Session,
    store: &mut Store,
    drafts: &[DraftCase],
    entries: &[Entry],
    yes: bool,
    ids: &mut Vec<String>,
) -> Result<(), Failure> {
    let (mut recorded, mut there) = (0, 0);
    for (draft, entry) in drafts.iter().zip(entries) {
        let wish = if yes { Wish::Record } else { ask(session, store, draft, entry)? };
        match wish {
            Wish::Record => {}
            Wish::Skip => continue,
            Wish::Stop => break,
        }
        let done = store.record(entry, &session.stamp_now())?;
        session.say_warnings(&done.warnings, done.new_agency.as_ref());
        if done.already_there {
            there += 1;
            continue;
        }
        recorded += 1;
        if yes {
            let unsure: Vec<&str> = draft.unsure().map(|(field, _)| (session.words.field)(field)).collect();
            if !unsure.is_empty() {
                session.warn(&(session.words.said.check_fields)(draft.item, &unsure.join(", ")));
            }
            say_doubts(session, store, &done.case);
        }
        ids.push(format!("{}\n", done.case.id));
    }
    session.say(&(session.words.said.drafts_recorded)(recorded, there));
    Ok(())
}

/// Shows a draft with what looks unlikely in it, and asks what to do.
fn ask(session: &Session, store: &mut Store, draft: &DraftCase, entry: &Entry) -> Result<Wish, Failure> {
    let view = DraftsView { drafts: std::slice::from_ref(draft), passed: 0, reference: store.reference() };
    let page = render(&view, Format::Table, &session.style(Some(Unit::One)))?;
    session.say(&page);
    let would = store.record_dry(entry, &session.stamp)?;
    if !would.already_there {
        say_doubts(session, store, &would.case);
    }
    let said = &session.words.said;
    let choices = vec![said.draft_record, said.draft_skip, said.draft_stop];
    match Select::new(&(said.record_draft)(draft.item), choices).raw_prompt() {
        Ok(chosen) => Ok([Wish::Record, Wish::Skip, Wish::Stop].into_iter().nth(chosen.index).unwrap_or(Wish::Stop)),
        Err(InquireError::OperationCanceled) => Ok(Wish::Skip),
        Err(InquireError::OperationInterrupted) => Ok(Wish::Stop),
        Err(error) => Err(Failure::input(error.to_string())),
    }
}
