//! Joining the rows of one case.

use rust_decimal::Decimal;

use super::cell::TableRow;
use super::headers::Target;
use super::items::ReadRecord;
use super::plan::TablePlan;
use crate::domain::{Bound, Entry, Field, FieldError, Part, Reason, Values, bounded, says_nothing};
use crate::text::{ReadError, read_amount};

/// By what two rows are of one case.
const SAME: [Field; 5] = [Field::Id, Field::CaseNo, Field::Province, Field::Agency, Field::DetectedOn];
/// The most rows of one case.
pub(super) const MOST_ROWS: usize = 5_000;

/// A case of which more rows may come.
pub(super) struct Pending {
    pub(super) record: ReadRecord,
    /// The seized values of its lines of goods, where each has its own; empty
    /// where the case has one.
    seized: Vec<Option<String>>,
}

/// How a row goes on with the case of the row before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It has lines of lists alone.
    Lines,
    /// It has a seized value of its own for its line of goods.
    Valued,
    /// It has lines, and says the seized value of the case again.
    SameValue,
    /// It says all over again.
    Repeats,
}

impl Pending {
    pub(super) fn new(record: ReadRecord) -> Self {
        Self { record, seized: Vec::new() }
    }

    /// Adds a row of the case.
    pub(super) fn add(&mut self, row: ReadRecord, way: Way) {
        let record = &mut self.record;
        record.place.rows.extend(row.place.rows);
        record.errors.extend(row.errors);
        if way == Way::Repeats {
            return;
        }
        if way == Way::Valued && self.seized.is_empty() {
            self.seized.push(record.entry.values.get(&Field::SeizedValue).cloned());
            // Lines in between said nothing of their value.
            self.seized.resize(record.entry.goods.len().max(1), None);
        }
        if !self.seized.is_empty() {
            let own = row.entry.values.get(&Field::SeizedValue).filter(|_| way == Way::Valued);
            self.seized.push(own.cloned());
        }
        let named = row.entry.values.contains_key(&Field::Id);
        let entry = &mut record.entry;
        entry.goods.extend(row.entry.goods);
        for (list, more) in [(&mut entry.payments, row.entry.payments), (&mut entry.disposals, row.entry.disposals)] {
            // A payment that is said again with each line of goods is one.
            let new: Vec<Values> = more.into_iter().filter(|line| named || !list.contains(line)).collect();
            list.extend(new);
        }
    }

    /// The record, complete: where seized values stand line by line, with
    /// their sum.
    pub(super) fn finish(mut self) -> ReadRecord {
        if !self.seized.is_empty() {
            sum_seized(&mut self.record, &self.seized);
        }
        self.record
    }
}

/// What a seized value says: nothing that is known, or a figure.
fn seized_value(text: Option<&String>) -> Result<Option<(Decimal, Bound)>, ReadError> {
    let Some(text) = text else { return Ok(None) };
    if says_nothing(text) {
        return Ok(Some((Decimal::ZERO, Bound::Exact)));
    }
    match read_amount(text) {
        Ok(written) => Ok(Some((written.value, written.bound))),
        Err(ReadError::Vague) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The seized value of a case of whose lines each has its own; where one is
/// not known, at least the sum of the others. What can't be read is refused
/// where it stands.
fn sum_seized(record: &mut ReadRecord, lines: &[Option<String>]) {
    let (mut sum, mut bound, mut is_wrong) = (Decimal::ZERO, Bound::Exact, false);
    for (at, text) in lines.iter().enumerate() {
        match seized_value(text.as_ref()) {
            Ok(Some((value, own))) => {
                sum = sum.saturating_add(value);
                bound = bound.and(own);
                if let (Some(lot), Some(text)) = (record.entry.goods.get_mut(at), text) {
                    lot.get_or_insert_with(Field::GoodsValue, || text.clone());
                }
            }
            Ok(None) => bound = bound.and(Bound::AtLeast),
            Err(error) => {
                let (field, value) = (Field::SeizedValue, text.clone().unwrap_or_default());
                record.errors.push(FieldError { field, line: Some(at + 1), value, reason: Reason::Amount(error) });
                is_wrong = true;
            }
        }
    }
    if !is_wrong {
        record.entry.values.insert(Field::SeizedValue, bounded(sum, bound));
    }
}

/// The fields of a case that a row gives itself, not by a cell that spans it.
pub(super) fn own_fields(row: &TableRow, plan: &TablePlan) -> impl Iterator<Item = Field> {
    let own = move |(at, column): (usize, &super::plan::ColumnPlan)| match column.target {
        Some(Target::Field(field)) if !row.cell(at).is_empty() && !row.spanned.contains(&at) => Some(field),
        _ => None,
    };
    plan.columns.iter().enumerate().filter_map(own)
}

/// Whether a row has a number of its own in the column in which they are
/// numbered: it is no line of the case above.
pub(super) fn has_own_number(row: &TableRow, plan: &TablePlan) -> bool {
    plan.numbers.is_some_and(|at| !row.cell(at).is_empty() && !row.spanned.contains(&at))
}

/// Whether a row is of the case of the record before it, and how.
pub(super) fn continues<I: Iterator<Item = Field>>(
    last: &Pending,
    row: &ReadRecord,
    own: impl Fn() -> I,
    is_numbered: bool,
) -> Option<Way> {
    let before = &last.record.entry.values;
    let values = &row.entry.values;
    let of_case = |field: Field| field.part() == Part::Case && field != Field::SeizedValue;
    let has_lines = has_lines(&row.entry);
    if has_lines && !is_numbered && !own().any(of_case) {
        return Some(if own().any(|field| field == Field::SeizedValue) { Way::Valued } else { Way::Lines });
    }
    let named = values.contains_key(&Field::Id) || values.contains_key(&Field::CaseNo);
    let is_same = SAME.iter().all(|field| values.get(field) == before.get(field));
    let says_again =
        |(field, value): (&'static Field, &String)| *field == Field::SeizedValue || before.get(field) == Some(value);
    if !named || !is_same || !has_lines || !values.iter().all(says_again) {
        return None;
    }
    if values.contains_key(&Field::Id) {
        return Some(Way::Lines);
    }
    let repeats = last.record.entry.goods.iter().any(|lot| row.entry.goods.first() == Some(lot));
    let is_same_value = before.get(&Field::SeizedValue) == values.get(&Field::SeizedValue);
    match values.get(&Field::SeizedValue) {
        _ if is_same_value && repeats => Some(Way::Repeats),
        None => Some(Way::Lines),
        // Where the fine is said again with each line, so is the seized value.
        Some(_) if is_same_value && values.contains_key(&Field::FineAmount) => Some(Way::SameValue),
        Some(_) => Some(Way::Valued),
    }
}

fn has_lines(entry: &Entry) -> bool {
    !entry.goods.is_empty() || !entry.payments.is_empty() || !entry.disposals.is_empty()
}
