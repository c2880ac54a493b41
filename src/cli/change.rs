//! What happens to a case next: `amend`, `decide`, `pay`, `dispose`,
//! `transfer`, `close` and `void`.

use clap::Args;

use super::args::{AmendArgs, ChangeArgs, VoidArgs};
use super::failure::Failure;
use super::fields::{CloseFields, DecideFields, DisposeFields, PayFields, TransferFields, key_of};
use super::record::name;
use super::session::Session;
use crate::domain::{
    Bound, Case, Change, Entry, Field, FieldError, Goods, Invalid, LotBalance, Part, Reason, Refusal, Values,
};
use crate::render::{CaseView, Format, Unit};
use crate::store::Error;
use crate::text::write_digits;

pub(super) fn amend(session: &Session, args: &AmendArgs) -> Result<(), Failure> {
    let fields: Vec<Assignment> =
        args.fields.iter().map(|field| assignment(session, field)).collect::<Result<_, _>>()?;
    let twice = fields.iter().enumerate().find(|(at, (field, line, _))| {
        let place = (*field, line.unwrap_or(1));
        fields[..*at].iter().any(|(other, line, _)| (*other, line.unwrap_or(1)) == place)
    });
    if let Some((_, (field, line, value))) = twice {
        let error = FieldError { field: *field, line: *line, value: value.clone(), reason: Reason::Twice };
        return Err(Failure::invalid(Invalid(vec![error])));
    }
    apply(session, &args.case, &Change::Amend(fields), &args.reason, args.dry_run)
}

pub(super) fn decide(session: &Session, args: ChangeArgs<DecideFields>) -> Result<(), Failure> {
    next(session, args, |fields| Change::Decide(fields.0.entry.values))
}

pub(super) fn pay(session: &Session, args: ChangeArgs<PayFields>) -> Result<(), Failure> {
    next(session, args, |fields| Change::Pay(first(fields.0.entry, |entry| entry.payments)))
}

pub(super) fn dispose(session: &Session, args: ChangeArgs<DisposeFields>) -> Result<(), Failure> {
    next(session, args, |fields| Change::Dispose(first(fields.0.entry, |entry| entry.disposals)))
}

pub(super) fn transfer(session: &Session, args: ChangeArgs<TransferFields>) -> Result<(), Failure> {
    next(session, args, |fields| Change::Transfer(fields.0.entry.values))
}

pub(super) fn close(session: &Session, args: ChangeArgs<CloseFields>) -> Result<(), Failure> {
    next(session, args, |fields| Change::Close(fields.0.entry.values))
}

/// What happens to a case next, with a reason where one is given.
fn next<F: Args>(session: &Session, args: ChangeArgs<F>, change: impl Fn(F) -> Change) -> Result<(), Failure> {
    let reason = args.reason.unwrap_or_default();
    apply(session, &args.case, &change(args.fields), &reason, args.dry_run)
}

pub(super) fn void(session: &Session, args: VoidArgs) -> Result<(), Failure> {
    let reason = args.reason.clone();
    apply(session, &args.case, &Change::Void(args.reason), &reason, args.dry_run)
}

/// The one line of a list that a command's flags fill.
fn first(entry: Entry, list: impl Fn(Entry) -> Vec<Values>) -> Values {
    list(entry).into_iter().next().unwrap_or_default()
}

/// A field, the line of a list, and the value.
type Assignment = (Field, Option<usize>, String);

/// `FIELD=VALUE`, or `FIELD.2=VALUE` for the second line of a list.
fn assignment(session: &Session, text: &str) -> Result<Assignment, Failure> {
    let errors = &session.words.errors;
    let (key, value) = text.split_once('=').ok_or_else(|| Failure::usage((errors.amend_form)(text)))?;
    let (key, line) = match key.trim().rsplit_once('.') {
        Some((key, line)) => (key, Some(line.parse().map_err(|_| Failure::usage((errors.amend_form)(text)))?)),
        None => (key.trim(), None),
    };
    let key = key_of(key);
    let field = Field::from_key(&key).ok_or_else(|| {
        let near = Field::ALL.iter().map(|field| (strsim::damerau_levenshtein(field.key(), &key), field.key()));
        let near = near.filter(|(slips, _)| *slips <= 3).min().map(|(_, near)| near);
        Failure::usage((errors.unknown_field)(&key, near.unwrap_or_default()))
    })?;
    Ok((field, line, value.to_owned()))
}

/// What is held, after its last disposal, of each lot that it touched.
fn still_held(session: &Session, case: &Case) -> Vec<String> {
    let said = &session.words.ledger;
    let ledger = case.ledger();
    let last = case.disposals.len().saturating_sub(1);
    let touched = |lot: &&LotBalance| ledger.moves.iter().any(|one| one.disposal == last && one.lot == lot.lot);
    let line = |(goods, lot): (&Goods, &LotBalance)| match lot.held {
        _ if lot.is_held() == Some(false) => (said.nothing_held)(lot.lot, &goods.name),
        None => (said.not_known)(lot.lot, &goods.name),
        Some(held) => {
            let figure = write_digits(held.value, session.words.marks);
            let unit = goods.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            (said.still_held)(lot.lot, &goods.name, &format!("{}{figure}{unit}", held.bound.sign()))
        }
    };
    case.goods.iter().zip(&ledger.lots).filter(|(_, lot)| touched(lot)).map(line).collect()
}

/// That more was paid than the fine is, which is rarely so.
fn overpaid(session: &Session, case: &Case) -> Option<String> {
    let fine = case.decision.as_ref()?.fine_amount?;
    let is_limit = matches!(fine.bound, Bound::Exact | Bound::AtMost);
    let shown = |value| write_digits(value, session.words.marks);
    (is_limit && case.paid() > fine.value)
        .then(|| (session.words.deadlines.overpaid)(&shown(case.paid()), &shown(fine.value)))
}

/// What is wrong with the line that a command adds to a list, without the
/// number of that line, which nobody gave.
fn without_new_line(Invalid(mut errors): Invalid, change: &Change, case: &Case) -> Invalid {
    let (part, lines) = match change {
        Change::Pay(_) => (Part::Payments, case.payments.len()),
        Change::Dispose(_) => (Part::Disposals, case.disposals.len()),
        _ => return Invalid(errors),
    };
    for error in errors.iter_mut().filter(|error| error.field.part() == part && error.line == Some(lines + 1)) {
        error.line = None;
    }
    Invalid(errors)
}

fn names_province(change: &Change) -> bool {
    matches!(change, Change::Amend(fields) if fields.iter().any(|(field, ..)| *field == Field::Province))
}

fn apply(session: &Session, wanted: &str, change: &Change, reason: &str, dry_run: bool) -> Result<(), Failure> {
    let mut store = session.open()?;
    let reason = crate::text::clean(reason);
    let changed = if dry_run {
        store.change_dry(wanted, change, &reason, &session.stamp)
    } else {
        store.change(wanted, change, &reason, &session.stamp)
    };
    let said = &session.words.said;
    let case = match changed {
        // To ask again for what is so already is no failure.
        Err(Error::Refused(Refusal::Unchanged)) => {
            session.say(&(session.words.refusal)(Refusal::Unchanged));
            store.find(wanted)?
        }
        Err(Error::Invalid(invalid)) => {
            let case = store.find(wanted)?;
            return Err(Failure::invalid(without_new_line(invalid, change, &case)));
        }
        Err(error) => return Err(error.into()),
        Ok(changed) => {
            session.say_warnings(&changed.warnings, changed.new_agency.as_ref());
            let done = || (said.changed)(change.action().code(), &name(session, &changed.case));
            session.say(&if dry_run { said.dry_run.to_owned() } else { done() });
            if changed.differences.iter().any(|one| one.path == "payments" || one.path.starts_with("decision"))
                && let Some(note) = overpaid(session, &changed.case)
            {
                session.warn(&note);
            }
            if matches!(change, Change::Dispose(_)) {
                for line in still_held(session, &changed.case) {
                    session.say(&line);
                }
            }
            let moved = changed.differences.iter().any(|difference| difference.path.starts_with("province"));
            if moved && !names_province(change) {
                let province = store.reference().province_of(&changed.case.province);
                let name = province.map(|province| format!("{} ({})", province.name, province.code));
                session.say(&(session.words.errors.province_moved)(&name.unwrap_or_default()));
            }
            changed.case
        }
    };
    if session.format()? == Format::Table && !dry_run {
        return Ok(());
    }
    let view = CaseView { case: &case, history: None, reference: store.reference(), currency: store.currency() };
    session.show(&view, Some(Unit::One))
}
