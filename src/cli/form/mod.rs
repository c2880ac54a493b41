//! The form behind a bare `record`: asks field by field, doubts what looks
//! like a slip, shows the whole, and stores it when told to.

mod ask;
mod choices;
mod reading;
mod review;
mod sheet;
mod terminal;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use uuid::Uuid;

use self::ask::{Answer, Question};
pub(super) use self::ask::{Ask, Stop};
use self::choices::{Known, written};
use self::reading::Reading;
use self::review::Confirmed;
use self::sheet::{Sheet, Step, is_optional};
pub(super) use self::terminal::Terminal;
use super::failure::Failure;
use super::session::{Session, vietnam};
use crate::domain::{Boundaries, Case, Field, FieldError};
use crate::store::{Agency, Error, Hints, Store};

/// The person at the terminal of a run.
pub(super) fn terminal(session: &Session) -> Terminal {
    Terminal::new(session.words, session.style(None).color)
}

/// Asks for cases and stores them, until the user has no more.
pub(super) fn run(session: &Session, dry_run: bool) -> Result<(), Failure> {
    if !session.can_ask() {
        let flags = "--province, --agency, --date, --goods";
        return Err(Failure::usage((session.words.asking.cannot_ask)(flags)));
    }
    Form::open(session, dry_run, &mut terminal(session))?.run()
}

/// What came of a question, or of the review.
enum Next {
    /// Goes on with the sheet.
    Ask,
    /// The case is stored.
    Stored(Box<Case>),
    /// The case is left.
    Left,
}

struct Form<'a> {
    session: &'a Session,
    ask: &'a mut dyn Ask,
    /// The casebook; where there is none yet, one in memory in its place.
    store: Store,
    is_there: bool,
    dry_run: bool,
    agencies: Vec<Agency>,
    hints: Hints,
    stored: usize,
}

impl<'a> Form<'a> {
    fn open(session: &'a Session, dry_run: bool, ask: &'a mut dyn Ask) -> Result<Self, Failure> {
        let (store, is_there) = match session.open() {
            Err(Failure::Store(error)) if matches!(*error, Error::Missing(_)) => {
                (Store::in_memory(&vietnam()?, &session.stamp)?, false)
            }
            opened => (opened?, true),
        };
        Ok(Self { session, ask, store, is_there, dry_run, agencies: Vec::new(), hints: Hints::default(), stored: 0 })
    }

    fn run(mut self) -> Result<(), Failure> {
        self.ask.tell(self.session.words.asking.keys);
        match self.cases() {
            Ok(()) => Ok(()),
            Err(Stop::Interrupted) => Err(Failure::Interrupted((self.session.words.asking.left)(self.stored))),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }

    fn cases(&mut self) -> Result<(), Stop> {
        let last = self.store.last_recorded(&self.session.stamp.who).map_err(Failure::from)?;
        let today = written(self.session.stamp.today, self.session.words);
        let mut defaults = self.defaults(last.as_ref(), today);
        loop {
            self.agencies = self.store.agencies().map_err(Failure::from)?;
            self.hints = self.store.hints().map_err(Failure::from)?;
            let Some(case) = self.case(&mut Sheet::new(defaults))? else {
                self.ask.tell(&(self.session.words.asking.left)(self.stored));
                return Ok(());
            };
            if !self.wants_another()? {
                return Ok(());
            }
            defaults = self.defaults(Some(&case), written(case.detected_on, self.session.words));
        }
    }

    /// What a case has in common with the one before it.
    fn defaults(&self, last: Option<&Case>, day: String) -> BTreeMap<Field, String> {
        let mut defaults = BTreeMap::from([(Field::DetectedOn, day)]);
        let reference = self.store.reference();
        let province = |case: &Case| {
            let recorded = reference.province_of(&case.province)?;
            reference.province(reference.counted_in(recorded.id, Boundaries::Today))
        };
        if let Some((case, province)) = last.and_then(|case| Some((case, province(case)?))) {
            defaults.insert(Field::Province, province.name.clone());
            defaults.insert(Field::Agency, case.agency.clone());
        }
        defaults
    }

    fn wants_another(&mut self) -> Result<bool, Stop> {
        let asking = &self.session.words.asking;
        let options = [asking.another_yes, asking.another_no].map(str::to_owned);
        match self.ask.choose(asking.another, &options, 0) {
            // There is no case that would be left.
            Err(Stop::Interrupted) => Ok(false),
            chosen => Ok(chosen? == Some(0)),
        }
    }

    /// Asks for a case until it is stored, or left.
    fn case(&mut self, sheet: &mut Sheet) -> Result<Option<Case>, Stop> {
        // One id throughout: what is stored twice counts once.
        let id = Uuid::now_v7();
        let mut confirmed = Confirmed::new();
        loop {
            let next = match sheet.at() {
                Some(Step::Ask(field, lot)) => self.question(sheet, field, lot)?,
                Some(Step::More) => self.more(sheet)?,
                None => self.review(sheet, id, &mut confirmed)?,
            };
            match next {
                Next::Ask => {}
                Next::Stored(case) => return Ok(Some(*case)),
                Next::Left => return Ok(None),
            }
        }
    }

    /// What a field is called, with the lot that it is of.
    fn label(&self, field: Field, lot: usize) -> String {
        let words = self.session.words;
        let name = (words.field)(field);
        if lot > 1 { (words.asking.of_lot)(name, lot) } else { name.to_owned() }
    }

    fn question(&mut self, sheet: &mut Sheet, field: Field, lot: usize) -> Result<Next, Stop> {
        let words = self.session.words;
        let today = self.session.stamp.today;
        let reading = Reading { words, reference: self.store.reference(), currency: self.store.currency(), today };
        let known = Known { words, reference: reading.reference, agencies: &self.agencies, hints: &self.hints, today };
        let choices = known.choices(sheet, field, lot);
        let read = |text: &str| {
            let told = |errors: Vec<FieldError>| errors.iter().map(words.field_error).collect::<Vec<_>>().join(" ");
            reading.read(sheet, field, lot, text).map(|read| read.meaning).map_err(told)
        };
        let another_lot = field == Field::Goods && lot > 1;
        let label = self.label(field, lot);
        let question = Question {
            label: &label,
            help: if another_lot { words.asking.next_lot } else { (words.asking.help)(field) },
            typed: sheet.typed(field, lot),
            default: sheet.default_of(field),
            optional: is_optional(field, lot),
            choices: &choices,
            read: &read,
        };
        match self.ask.ask(&question)? {
            Answer::Given(text) => {
                let warnings = reading.read(sheet, field, lot, &text).map(|read| read.warnings).unwrap_or_default();
                for warning in &warnings {
                    self.ask.tell(&noted(self.session, &(words.field_warning)(warning)));
                }
                sheet.take(&text);
            }
            Answer::Back(typed) if !sheet.back(&typed) => self.ask.tell(words.asking.first),
            Answer::Back(_) => {}
        }
        Ok(Next::Ask)
    }

    fn more(&mut self, sheet: &mut Sheet) -> Result<Next, Stop> {
        let asking = &self.session.words.asking;
        let options = [asking.more_no, asking.more_yes].map(str::to_owned);
        match self.ask.choose(asking.more, &options, usize::from(sheet.wants_more()))? {
            Some(chosen) => sheet.take_more(chosen == 1),
            None => _ = sheet.back(""),
        }
        Ok(Next::Ask)
    }
}

/// What a person should look at.
fn noted(session: &Session, note: &str) -> String {
    format!("{}: {note}", session.words.said.warning)
}
