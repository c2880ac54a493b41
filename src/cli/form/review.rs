//! The review of a case before it is stored: what is wrong, what is in doubt,
//! the whole, and what is to be done with it.

use uuid::Uuid;

use super::ask::{Answer, Question, Stop};
use super::sheet::{Sheet, Step};
use super::{Form, Next, noted};
use crate::cli::failure::Failure;
use crate::cli::record::finish;
use crate::domain::{Doubt, Entry, Field, FieldError, Reason};
use crate::render::{CaseView, Format, Unit, render};
use crate::store::{Error, Recorded};
use crate::text::shown;

/// Doubts that were confirmed, each with its reason.
pub(super) type Confirmed = Vec<(Doubt, String)>;

/// What can be done with a case that was reviewed.
#[derive(Clone, Copy)]
enum Choice {
    Store,
    ToField,
    Leave,
}

impl Form<'_> {
    /// Shows the whole, asks about what is in doubt, and does what is chosen.
    pub(super) fn review(&mut self, sheet: &mut Sheet, id: Uuid, confirmed: &mut Confirmed) -> Result<Next, Stop> {
        let mut entry = sheet.entry();
        entry.values.insert(Field::Id, id.to_string());
        let (recorded, doubts) = match self.rehearse(&entry) {
            Ok(rehearsed) => rehearsed,
            Err(failure) => return self.refused(sheet, &failure),
        };
        self.show(&recorded)?;
        confirmed.retain(|(doubt, _)| doubts.contains(doubt));
        for doubt in doubts {
            if !confirmed.iter().any(|(before, _)| *before == doubt)
                && let Some(next) = self.confirm(sheet, doubt, confirmed)?
            {
                return Ok(next);
            }
        }
        match self.choice()? {
            Some(Choice::Store) => {
                entry.values.insert(Field::Reason, reasons(confirmed));
                self.keep(sheet, &entry)
            }
            Some(Choice::ToField) => self.pick_field(sheet),
            Some(Choice::Leave) => Ok(Next::Left),
            None => Ok(back(sheet)),
        }
    }

    /// What would be stored, and what is doubtful in it.
    fn rehearse(&mut self, entry: &Entry) -> Result<(Recorded, Vec<Doubt>), Failure> {
        // Whether a reason is wanted is asked when all else is right.
        let mut entry = entry.clone();
        entry.values.get_or_insert_with(Field::Reason, || "?".to_owned());
        let recorded = self.store.record_dry(&entry, &self.session.stamp)?;
        let mut doubts = self.store.doubts(&recorded.case)?;
        doubts.extend(self.store.published_doubt(&recorded.case)?);
        Ok((recorded, doubts))
    }

    /// Shows the case as it would be stored.
    fn show(&mut self, recorded: &Recorded) -> Result<(), Failure> {
        let (reference, currency) = (self.store.reference(), self.store.currency());
        let view = CaseView { case: &recorded.case, history: None, reference, currency };
        let page = render(&view, Format::Table, &self.session.style(Some(Unit::One)))?;
        self.ask.show(&format!("\n{page}"));
        for note in self.session.notes(&recorded.warnings, recorded.new_agency.as_ref()) {
            self.ask.tell(&noted(self.session, &note));
        }
        Ok(())
    }

    /// Asks why a doubtful case is right; if it is not, what is next.
    fn confirm(&mut self, sheet: &mut Sheet, doubt: Doubt, confirmed: &mut Confirmed) -> Result<Option<Next>, Stop> {
        let words = self.session.words;
        let asking = &words.asking;
        let field = doubt.field();
        let options = [(asking.wrong)((words.field)(field)), asking.right.to_owned(), asking.leave.to_owned()];
        loop {
            self.ask.tell(&noted(self.session, &(asking.doubt)(&doubt)));
            match self.ask.choose(asking.doubtful, &options, 0)? {
                Some(0) => {
                    sheet.go_to(field, 1);
                    return Ok(Some(Next::Ask));
                }
                Some(1) => {}
                Some(_) => return Ok(Some(Next::Left)),
                None => return Ok(Some(back(sheet))),
            }
            let before = confirmed.last().map(|(_, reason)| reason.clone());
            if let Answer::Given(reason) = self.why(before.as_deref())? {
                confirmed.push((doubt, reason));
                return Ok(None);
            }
        }
    }

    fn why(&mut self, before: Option<&str>) -> Result<Answer, Stop> {
        let words = self.session.words;
        let missing = FieldError { field: Field::Reason, line: None, value: String::new(), reason: Reason::Missing };
        let read = |text: &str| if text.trim().is_empty() { Err((words.field_error)(&missing)) } else { Ok(None) };
        self.ask.ask(&Question {
            label: words.asking.why,
            help: words.asking.why_help,
            typed: "",
            default: before,
            optional: false,
            choices: &[],
            read: &read,
        })
    }

    fn choice(&mut self) -> Result<Option<Choice>, Stop> {
        let asking = &self.session.words.asking;
        let choices =
            [(Choice::Store, asking.store), (Choice::ToField, asking.to_field), (Choice::Leave, asking.leave)];
        let options = choices.map(|(_, label)| label.to_owned());
        let chosen = self.ask.choose(asking.review, &options, 0)?;
        Ok(chosen.and_then(|at| choices.get(at)).map(|(choice, _)| *choice))
    }

    fn pick_field(&mut self, sheet: &mut Sheet) -> Result<Next, Stop> {
        let words = self.session.words;
        let field = |step| match step {
            Step::Ask(field, lot) => Some((field, lot)),
            Step::More => None,
        };
        let fields: Vec<(Field, usize)> = sheet.steps().into_iter().filter_map(field).collect();
        let label = |(field, lot): &(Field, usize)| {
            format!("{}: {}", self.label(*field, *lot), shown(sheet.answer(*field, *lot)))
        };
        let options: Vec<String> = fields.iter().map(label).collect();
        let chosen = self.ask.choose(words.asking.which_field, &options, 0)?;
        if let Some((field, lot)) = chosen.and_then(|at| fields.get(at)) {
            sheet.go_to(*field, *lot);
        }
        Ok(Next::Ask)
    }

    /// Stores the case; where that fails, nothing that was typed is lost.
    fn keep(&mut self, sheet: &mut Sheet, entry: &Entry) -> Result<Next, Stop> {
        match self.record(entry) {
            Ok(recorded) => {
                self.stored += usize::from(!self.dry_run);
                finish(self.session, &self.store, &recorded, self.dry_run)?;
                Ok(Next::Stored(Box::new(recorded.case)))
            }
            Err(failure) => self.refused(sheet, &failure),
        }
    }

    fn record(&mut self, entry: &Entry) -> Result<Recorded, Failure> {
        if self.dry_run {
            return Ok(self.store.record_dry(entry, &self.session.stamp)?);
        }
        if !self.is_there {
            self.store = self.session.open_or_create(false, |_| Ok(()))?;
            self.is_there = true;
        }
        Ok(self.store.record(entry, &self.session.stamp_now())?)
    }

    /// Says why a case can't be stored, and goes to the field that is wrong.
    /// Where none is, it can be tried again.
    fn refused(&mut self, sheet: &mut Sheet, failure: &Failure) -> Result<Next, Stop> {
        let asking = &self.session.words.asking;
        failure.lines(self.session.words).iter().for_each(|line| self.ask.tell(line));
        if let Some((field, lot)) = wrong_field(failure) {
            sheet.go_to(field, lot);
            return Ok(Next::Ask);
        }
        let options = [asking.again, asking.leave].map(str::to_owned);
        match self.ask.choose(asking.review, &options, 0)? {
            Some(0) => {
                self.reopen();
                Ok(Next::Ask)
            }
            Some(_) => Ok(Next::Left),
            None => Ok(back(sheet)),
        }
    }

    /// Opens the casebook anew, as its connection may have ended; where that
    /// fails, the next try will say so.
    fn reopen(&mut self) {
        if self.is_there
            && let Ok(store) = self.session.open()
        {
            self.store = store;
        }
    }
}

fn back(sheet: &mut Sheet) -> Next {
    sheet.back("");
    Next::Ask
}

/// The field for which a case was refused.
fn wrong_field(failure: &Failure) -> Option<(Field, usize)> {
    let is_taken = matches!(failure, Failure::Store(error) if matches!(**error, Error::Duplicate { .. }));
    let field = failure.fields().first().map(|error| (error.field, error.line.unwrap_or(1)));
    field.or(is_taken.then_some((Field::CaseNo, 1)))
}

/// Why all doubts are none, each reason once.
fn reasons(confirmed: &Confirmed) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for (_, reason) in confirmed {
        if !reasons.contains(&reason.as_str()) {
            reasons.push(reason);
        }
    }
    reasons.join("; ")
}
