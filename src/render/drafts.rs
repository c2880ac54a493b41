//! Drafts that were read from notes, with the words that each field was read
//! from.

use serde_json::Value as Json;

use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::records::{Put, day_value, money_value};
use super::{Record, View};
use crate::domain::{Bound, Count, Field, How, Part, Reference};
use crate::lang::Words;
use crate::notes::{DraftCase, Found, Place, Value};
use crate::text::write_digits;

/// The drafts of a text.
pub struct DraftsView<'a> {
    /// The drafts.
    pub drafts: &'a [DraftCase],
    /// How many items of the text are no case.
    pub passed: usize,
    /// The reference data, which names codes.
    pub reference: &'a Reference,
}

/// A draft as a record: the keys of a case, the words of each field, and which
/// ones a person must check. What the text does not say is left out.
#[must_use]
pub fn draft_record(draft: &DraftCase) -> Record {
    let mut record = Record::new();
    record.put("item", draft.item);
    record.put("id", draft.id.to_string());
    for (place, found) in draft.found.iter().filter(|((field, _), _)| field.part() == Part::Case) {
        put(&mut record, place.0, found);
    }
    for (key, part) in [("goods", Part::Goods), ("payments", Part::Payments), ("disposals", Part::Disposals)] {
        record.put(key, lines(draft, part));
    }
    if let Some(paid) = draft.found.get(&(Field::PaidAmount, 1)) {
        put(&mut record, Field::PaidAmount, paid);
    }
    if !record.contains_key("case_count") {
        let one = Count::default();
        record.put("case_count", one.n);
        record.put("case_count_bound", one.bound.code());
    }
    let words: Record = draft.words().map(|(place, words)| (key(place), Json::from(words))).collect();
    record.put("words", words);
    record.put("unsure", draft.unsure().map(key).collect::<Vec<_>>());
    record
}

/// The lines of a list, each a record.
fn lines(draft: &DraftCase, part: Part) -> Vec<Json> {
    let of_part = || draft.found.iter().filter(move |((field, _), _)| field.part() == part);
    let count = of_part().map(|((_, line), _)| *line).max().unwrap_or(0);
    let line = |at: usize| {
        let mut record = Record::new();
        of_part().filter(|((_, line), _)| *line == at).for_each(|((field, _), found)| put(&mut record, *field, found));
        Json::Object(record)
    };
    (1..=count).map(line).collect()
}

/// The key of a field; of a list's later lines with their number, as `amend`
/// names them: `goods.2`.
fn key((field, line): Place) -> String {
    if line > 1 { format!("{field}.{line}") } else { field.key().to_owned() }
}

fn put(record: &mut Record, field: Field, found: &Found) {
    let key = field.key();
    let bound_key = match key.strip_suffix("_amount").or_else(|| key.strip_suffix("_value")) {
        Some(stem) if field != Field::GoodsValue => format!("{stem}_bound"),
        _ => format!("{key}_bound"),
    };
    let mut bounded = |value: Json, bound: Bound| {
        record.put(key, value);
        record.put(&bound_key, bound.code());
    };
    match &found.value {
        Value::Text(text) => record.put(key, text.as_str()),
        Value::Texts(texts) => record.put(key, texts.clone()),
        Value::Day(day) => record.put(key, day_value(*day)),
        Value::Amount(amount) => bounded(money_value(amount.value), amount.bound),
        Value::Quantity(quantity) => bounded(money_value(quantity.value), quantity.bound),
        Value::Count(count) => bounded(count.n.into(), count.bound),
    }
}

impl View for DraftsView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let unsure = self.drafts.iter().any(|draft| draft.unsure().next().is_some());
        let notes =
            [Some((words.said.drafts)(self.drafts.len(), self.passed)), unsure.then(|| words.said.to_check.to_owned())];
        Page {
            title: (words.said.drafts)(self.drafts.len(), self.passed),
            blocks: self.drafts.iter().map(|draft| Block::Grid(grid(draft, self.reference, words))).collect(),
            notes: notes.into_iter().flatten().skip(1).collect(),
            currency: None,
        }
    }

    fn json(&self) -> Json {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        self.drafts.iter().map(draft_record).collect()
    }
}

/// A draft as a table: field, what was read, the words, whether to check.
fn grid(draft: &DraftCase, reference: &Reference, words: &'static Words) -> Grid {
    let row = |place: Place, said: String, from: &str, is_sure: bool| {
        let label = match place.1 {
            0 | 1 => (words.field)(place.0).to_owned(),
            line => format!("{} {line}", (words.field)(place.0)),
        };
        let check = if is_sure { Cell::Empty } else { Cell::Text("?".to_owned()) };
        GridRow::body(vec![
            Cell::Text(label),
            Cell::Text(said),
            Cell::text(Some(from.to_owned()).filter(|from| !from.is_empty())),
            check,
        ])
    };
    let read = draft.found.iter().filter(|((field, _), _)| *field != Field::Note);
    let read = read
        .map(|(place, found)| row(*place, said(place.0, &found.value, reference, words), &found.words, found.is_sure));
    let unread = draft.unread.iter().filter(|(place, _)| !draft.found.contains_key(*place));
    let unread = unread.map(|(place, from)| row(*place, words.labels.unknown.to_owned(), from, false));
    let labels = &words.labels;
    let headers = [labels.item, labels.detail, labels.read_from, labels.check];
    Grid {
        title: Some((labels.draft_title)(draft.item)),
        columns: headers.into_iter().map(Column::left).collect(),
        rows: read.chain(unread).collect(),
    }
}

/// The name that a code of a field stands for.
fn name(field: Field, code: &str, reference: &Reference, words: &Words) -> Option<String> {
    let (name, name_en) = match field {
        Field::Force => reference.force(code).map(|row| (&row.name, &row.name_en))?,
        Field::Violation => reference.violation(code).map(|row| (&row.name, &row.name_en))?,
        Field::Category => reference.category(code).map(|row| (&row.name, &row.name_en))?,
        Field::DisposedHow => {
            let how = How::ALL.into_iter().find(|how| how.code() == code)?;
            return Some((words.event)(how.into()).to_owned());
        }
        _ => return None,
    };
    Some(words.name(name, name_en).to_owned())
}

/// A value as people read it.
fn said(field: Field, value: &Value, reference: &Reference, words: &'static Words) -> String {
    let bounded = |value, bound: Bound| format!("{}{}", bound.sign(), write_digits(value, words.marks));
    match value {
        Value::Text(text) => name(field, text, reference, words).unwrap_or_else(|| text.clone()),
        Value::Texts(texts) => texts.join("; "),
        Value::Day(day) => (words.date)(*day),
        Value::Amount(amount) => bounded(amount.value, amount.bound),
        Value::Quantity(quantity) => bounded(quantity.value, quantity.bound),
        Value::Count(count) => bounded(count.n.into(), count.bound),
    }
}
