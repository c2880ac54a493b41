//! `read`: notes and news items into draft cases.

use std::io::Read;
use std::path::Path;

use super::args::ReadArgs;
use super::failure::Failure;
use super::form::{self, Ask, Stop, Terminal};
use super::record::say_doubts;
use super::session::Session;
use crate::domain::{Case, Draft, Entry, Field, FieldError, Invalid};
use crate::notes::{DraftCase, LONGEST, ReadItem, Reading, read};
use crate::render::{CaseListView, DraftsView, Format, Unit, render};
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
    // A casebook is made with the first draft that is stored in it.
    let (store, is_there) = match session.open_if_there()? {
        Some(store) => (store, true),
        None => (session.open_or_create(true, |_| Ok(()))?, false),
    };
    let items = read(&text, &Reading { reference: store.reference(), written_on });
    let (mut drafts, passed) = sorted(session, items);
    for draft in &mut drafts {
        for (field, assumed) in [(Field::Province, &args.province), (Field::Agency, &args.agency)] {
            if let Some(text) = assumed {
                draft.assume(field, text);
            }
        }
    }
    if !args.record {
        return show(session, &DraftsView { drafts: &drafts, passed, reference: store.reference() });
    }
    let ask = (!args.yes).then(|| form::terminal(session));
    Recorder { session, store, is_there, ask, reason: args.reason.clone(), recorded: Vec::new(), there: 0 }.run(&drafts)
}

/// The drafts, and how many items are none; these are named.
fn sorted(session: &Session, items: Vec<ReadItem>) -> (Vec<DraftCase>, usize) {
    let (mut drafts, mut passed) = (Vec::new(), 0);
    for item in items {
        match item {
            ReadItem::Draft(draft) => drafts.push(*draft),
            ReadItem::Passed { item, begins, why } => {
                passed += 1;
                session.say(&(session.words.said.passed)(item, &begins, why));
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
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// Shows the drafts: to a person as tables, to a program one a line.
fn show(session: &Session, view: &DraftsView<'_>) -> Result<(), Failure> {
    let format = session.format_or(if session.is_seen() { Format::Table } else { Format::Jsonl })?;
    session.show_as(view, format, Some(Unit::One))
}

/// What a person wants done with a draft.
enum Wish {
    Record,
    Skip,
    Stop,
}

/// Stores drafts, each by itself.
struct Recorder<'a> {
    session: &'a Session,
    /// The casebook; where there is none yet, one in memory in its place.
    store: Store,
    is_there: bool,
    /// Who is asked; nobody with `--yes`.
    ask: Option<Terminal>,
    /// Why, where the figures of a month that was published change.
    reason: Option<String>,
    recorded: Vec<Case>,
    /// How many were there already.
    there: usize,
}

impl Recorder<'_> {
    fn run(mut self, drafts: &[DraftCase]) -> Result<(), Failure> {
        let mut wrong = Vec::new();
        let done = self.record_all(drafts, &mut wrong);
        // What was stored is told, whatever came after it.
        self.tell()?;
        done?;
        match (wrong.len(), self.recorded.len()) {
            (0, _) => Ok(()),
            (_, 0) => Err(Failure::invalid(Invalid(wrong))),
            (n, recorded) => Err(Failure::input((self.session.words.errors.drafts_refused)(n, recorded))),
        }
    }

    /// Stores the drafts that can be; what is wrong with the others is told,
    /// and kept for the end.
    fn record_all(&mut self, drafts: &[DraftCase], wrong: &mut Vec<FieldError>) -> Result<(), Failure> {
        for draft in drafts {
            if self.store.find(&draft.id.to_string()).is_ok() {
                self.there += 1;
                continue;
            }
            match self.entry(draft) {
                Err(Invalid(errors)) => {
                    let said = errors.iter().map(self.session.words.field_error).collect::<Vec<_>>().join(" ");
                    self.session.warn(&(self.session.words.errors.draft_invalid)(draft.item, &said));
                    wrong.extend(errors);
                }
                Ok(entry) => match self.wish(draft, &entry)? {
                    Wish::Record => self.record(draft, &entry)?,
                    Wish::Skip => {}
                    Wish::Stop => break,
                },
            }
        }
        Ok(())
    }

    /// The entry of a draft, if it can be stored.
    fn entry(&self, draft: &DraftCase) -> Result<Entry, Invalid> {
        let mut entry = draft.entry().map_err(|error| Invalid(vec![error]))?;
        if let Some(reason) = &self.reason {
            entry.values.insert(Field::Reason, reason.clone());
        }
        let (reference, currency) = (self.store.reference(), self.store.currency());
        Draft { entry: &entry, id: draft.id, reference, currency, today: self.session.stamp.today }.read()?;
        Ok(entry)
    }

    /// Shows a draft with what looks unlikely in it, and asks what to do.
    fn wish(&mut self, draft: &DraftCase, entry: &Entry) -> Result<Wish, Failure> {
        let Some(ask) = &mut self.ask else { return Ok(Wish::Record) };
        let (session, words) = (self.session, self.session.words);
        let view = DraftsView { drafts: std::slice::from_ref(draft), passed: 0, reference: self.store.reference() };
        ask.show(&render(&view, Format::Table, &session.style(Some(Unit::One)))?);
        let would = self.store.record_dry(entry, &session.stamp)?;
        say_doubts(session, &mut self.store, &would.case);
        let said = &words.said;
        let options = [said.draft_record, said.draft_skip, said.draft_stop].map(str::to_owned);
        match ask.choose(&(said.record_draft)(draft.item), &options, 0) {
            Ok(Some(0)) => Ok(Wish::Record),
            Ok(Some(1) | None) => Ok(Wish::Skip),
            Ok(Some(_)) => Ok(Wish::Stop),
            Err(Stop::Interrupted) => Err(Failure::Interrupted((words.asking.left)(self.recorded.len()))),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }

    fn record(&mut self, draft: &DraftCase, entry: &Entry) -> Result<(), Failure> {
        let session = self.session;
        if !self.is_there {
            self.store = session.open_or_create(false, |_| Ok(()))?;
            self.is_there = true;
        }
        let unsure: Vec<&str> = draft.unsure().map(|(field, _)| (session.words.field)(field)).collect();
        let mut entry = entry.clone();
        // What nobody has looked at stands in the case's history as such.
        if self.ask.is_none() && !unsure.is_empty() {
            // Which is no reason to change what was published.
            self.store.record_dry(&entry, &session.stamp)?;
            let (said, fields) = (&session.words.said, unsure.join(", "));
            session.warn(&(said.check_fields)(draft.item, &fields));
            let reasons = [entry.reason(), (said.not_checked)(&fields)];
            let reasons: Vec<String> = reasons.into_iter().filter(|reason| !reason.is_empty()).collect();
            entry.values.insert(Field::Reason, reasons.join("; "));
        }
        let done = self.store.record(&entry, &session.stamp_now())?;
        session.say_warnings(&done.warnings, done.new_agency.as_ref());
        if self.ask.is_none() {
            say_doubts(session, &mut self.store, &done.case);
        }
        self.recorded.push(done.case);
        Ok(())
    }

    /// Tells what was stored: to a person the ids, to a program the cases.
    fn tell(&self) -> Result<(), Failure> {
        let session = self.session;
        session.say(&(session.words.said.drafts_recorded)(self.recorded.len(), self.there));
        if session.format()? == Format::Table {
            let ids: Vec<String> = self.recorded.iter().map(|case| format!("{}\n", case.id)).collect();
            return session.write(&ids.concat());
        }
        let matching = u64::try_from(self.recorded.len()).unwrap_or(u64::MAX);
        let (reference, currency) = (self.store.reference(), self.store.currency());
        session.show(&CaseListView { cases: &self.recorded, matching, reference, currency }, Some(Unit::One))
    }
}
