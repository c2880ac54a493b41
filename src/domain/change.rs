//! What can be done to a case after it was recorded.

use chrono::NaiveDate;
use thiserror::Error;

use super::entry::{Draft, Entry};
use super::{
    Action, Attachment, Case, Currency, Field, FieldError, FieldWarning, Invalid, Reason, Reference, Values, Void,
    agency_key,
};

/// A change to a case, as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Corrects fields; in a list, of the line given, from 1.
    Amend(Vec<(Field, Option<usize>, String)>),
    /// Decides it.
    Decide(Values),
    /// Adds a payment.
    Pay(Values),
    /// Adds a disposal of goods.
    Dispose(Values),
    /// Transfers it to criminal investigators.
    Transfer(Values),
    /// Closes the file.
    Close(Values),
    /// Sets all fields that an entry gives; those that it leaves out stay.
    Update(Box<Entry>),
    /// Adds photos or scans, whose files are kept.
    Attach(Vec<Attachment>),
    /// Strikes it out, for a reason.
    Void(String),
}

/// Why a change that is well written can't be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The case is struck out.
    #[error("the case is void")]
    Void,
    /// There is a decision already.
    #[error("the case was decided on {0}")]
    Decided(NaiveDate),
    /// It was transferred already.
    #[error("the case was transferred on {0}")]
    Transferred(NaiveDate),
    /// The file is closed already.
    #[error("the case was closed on {0}")]
    Closed(NaiveDate),
    /// Nothing would change.
    #[error("nothing would change")]
    Unchanged,
}

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChangeError {
    /// Its fields are not valid.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The case does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// A changed case, and what a person should be told of how it was read.
pub type Changed = (Case, Vec<FieldWarning>);

impl Change {
    /// How the journal names it.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::Amend(_) | Self::Update(_) => Action::Amend,
            Self::Decide(_) => Action::Decide,
            Self::Pay(_) => Action::Pay,
            Self::Dispose(_) => Action::Dispose,
            Self::Transfer(_) => Action::Transfer,
            Self::Close(_) => Action::Close,
            Self::Attach(_) => Action::Attach,
            Self::Void(_) => Action::Void,
        }
    }

    /// Makes the change to a case; its revision goes up by one. Dates that
    /// are not given are `today`.
    pub fn apply(
        &self,
        case: &Case,
        reference: &Reference,
        currency: &Currency,
        today: NaiveDate,
    ) -> Result<Changed, ChangeError> {
        self.allowed(case)?;
        match self {
            Self::Void(reason) => return Ok((voided(case, reason, today)?, Vec::new())),
            Self::Attach(attachments) => return Ok((with_attachments(case, attachments)?, Vec::new())),
            _ => {}
        }
        let mut entry = Entry::of(case, reference);
        self.enter(&mut entry, today)?;
        if self.names_another_agency(case, reference) {
            // It is of its own force, unless another is named too.
            entry.values.remove(&Field::Force);
        }
        let draft = Draft { entry: &entry, id: case.id, reference, currency, today };
        let (mut changed, warnings) = draft.read_after(Some(case))?;
        // An unchanged province is the row it was recorded in.
        if changed.detected_on == case.detected_on && entry.values.get(&Field::Province) == named(case, reference) {
            changed.province = case.province.clone();
        }
        changed.attachments.clone_from(&case.attachments);
        changed.revision = case.revision;
        if changed == *case {
            return Err(Refusal::Unchanged.into());
        }
        changed.revision += 1;
        Ok((changed, warnings))
    }

    fn names_another_agency(&self, case: &Case, reference: &Reference) -> bool {
        let (name, force) = match self {
            Self::Amend(fields) => {
                let given = |wanted| fields.iter().find(|(field, ..)| *field == wanted).map(|(.., value)| value);
                (given(Field::Agency), given(Field::Force))
            }
            Self::Update(entry) => (entry.values.get(&Field::Agency), entry.values.get(&Field::Force)),
            _ => (None, None),
        };
        let province = named(case, reference).map(String::as_str).unwrap_or_default();
        let key = |name: &str| agency_key(name, province, reference);
        name.is_some_and(|name| key(name) != key(&case.agency)) && force.is_none()
    }

    fn allowed(&self, case: &Case) -> Result<(), Refusal> {
        if case.void.is_some() {
            return Err(Refusal::Void);
        }
        let done = match self {
            Self::Decide(_) => case.decision.as_ref().map(|decision| Refusal::Decided(decision.decided_on)),
            Self::Transfer(_) => case.transfer.as_ref().map(|transfer| Refusal::Transferred(transfer.transferred_on)),
            Self::Close(_) => case.closed_on.map(Refusal::Closed),
            _ => None,
        };
        done.map_or(Ok(()), Err)
    }

    fn enter(&self, entry: &mut Entry, today: NaiveDate) -> Result<(), Invalid> {
        let dated = |values: &Values, date: Field| {
            let mut values = values.clone();
            if values.get(&date).is_none_or(|day| day.trim().is_empty()) {
                values.insert(date, today.to_string());
            }
            values
        };
        match self {
            Self::Amend(fields) => amend(entry, fields)?,
            Self::Update(given) => update(entry, given)?,
            Self::Decide(values) => {
                let told = [Field::FineAmount, Field::DecisionNo, Field::IllegalProfit, Field::Remedies];
                if !told.iter().any(|field| is_given(values, *field)) {
                    needs(values, Field::FineAmount)?;
                }
                entry.values.extend(dated(values, Field::DecidedOn));
            }
            Self::Transfer(values) => entry.values.extend(dated(values, Field::TransferredOn)),
            Self::Close(values) => entry.values.extend(dated(values, Field::ClosedOn)),
            Self::Pay(values) => {
                needs(values, Field::PaidAmount)?;
                entry.payments.push(dated(values, Field::PaidOn));
            }
            Self::Dispose(values) => {
                needs(values, Field::DisposedHow)?;
                entry.disposals.push(dated(values, Field::DisposedOn));
            }
            Self::Attach(_) | Self::Void(_) => {}
        }
        Ok(())
    }
}

fn named<'a>(case: &Case, reference: &'a Reference) -> Option<&'a String> {
    reference.province_of(&case.province).map(|province| &province.name)
}

fn is_given(values: &Values, field: Field) -> bool {
    values.get(&field).is_some_and(|value| !value.trim().is_empty())
}

fn needs(values: &Values, field: Field) -> Result<(), Invalid> {
    let given = is_given(values, field);
    let error = FieldError { field, line: None, value: String::new(), reason: Reason::Missing };
    if given { Ok(()) } else { Err(Invalid(vec![error])) }
}

/// Sets the fields of a correction, amounts before their bounds; a line of a
/// list whose fields are all emptied goes away.
fn amend(entry: &mut Entry, fields: &[(Field, Option<usize>, String)]) -> Result<(), Invalid> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(field, line, _)| (*line, *field));
    let mut errors = Vec::new();
    for (field, line, value) in &fields {
        if field.is_fixed() {
            let value = value.clone();
            errors.push(FieldError { field: *field, line: *line, value, reason: Reason::Fixed });
        } else if let Err(error) = entry.set(*field, *line, value.clone()) {
            errors.push(error);
        }
    }
    // A lot whose name is taken away goes with all that was said of it.
    let emptied = |line: usize| {
        fields.iter().any(|(field, at, value)| (*field, at.unwrap_or(1), value.trim()) == (Field::Goods, line, ""))
    };
    // A disposal says by its number which lot it was: none before may go.
    let lots = entry.disposals.iter().filter_map(|values| values.get(&Field::Lot)?.parse::<usize>().ok());
    let in_use = lots.max().unwrap_or(0);
    for (at, lot) in entry.goods.iter_mut().enumerate().filter(|(at, _)| emptied(at + 1)) {
        if at < in_use {
            let value = lot.get(&Field::Goods).cloned().unwrap_or_default();
            errors.push(FieldError { field: Field::Goods, line: Some(at + 1), value, reason: Reason::InUse });
        }
        *lot = Values::new();
    }
    if errors.is_empty() { Ok(()) } else { Err(Invalid(errors)) }
}

/// Sets what another entry gives, line by line; what it leaves empty stays.
fn update(entry: &mut Entry, given: &Entry) -> Result<(), Invalid> {
    let once = [&given.values].into_iter().map(|values| (None, values));
    let lists = [&given.goods, &given.payments, &given.disposals].into_iter();
    let lines = lists.flat_map(|list| (1..).map(Some).zip(list));
    let mut errors = Vec::new();
    for (line, values) in once.chain(lines) {
        for (field, value) in values.iter().filter(|(field, value)| !field.is_fixed() && !value.trim().is_empty()) {
            errors.extend(entry.set(*field, line, value.clone()).err());
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Invalid(errors)) }
}

/// A file that the case has already is not added again.
fn with_attachments(case: &Case, attachments: &[Attachment]) -> Result<Case, Refusal> {
    let mut changed = case.clone();
    for attachment in attachments {
        if changed.attachments.iter().all(|there| there.sha256 != attachment.sha256) {
            changed.attachments.push(attachment.clone());
        }
    }
    if changed == *case {
        return Err(Refusal::Unchanged);
    }
    changed.revision += 1;
    Ok(changed)
}

fn voided(case: &Case, reason: &str, today: NaiveDate) -> Result<Case, Invalid> {
    let reason = crate::text::clean(reason);
    if reason.is_empty() {
        let error = FieldError { field: Field::Reason, line: None, value: reason, reason: Reason::Missing };
        return Err(Invalid(vec![error]));
    }
    let void = Some(Void { voided_on: today, reason });
    Ok(Case { void, revision: case.revision + 1, ..case.clone() })
}
