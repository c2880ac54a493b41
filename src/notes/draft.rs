//! A draft of a case: what was read of each field, from which words, and how
//! sure it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::split::Piece;
use crate::domain::{Amount, Count, Entry, Field, FieldError, LONGEST_NOTE, Part, Quantity, bounded};
use crate::text::clean;

/// A field of a draft, and of a list its line, from 1; 0 for what a case has
/// once.
pub type Place = (Field, usize);

/// What was read of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text or a code.
    Text(String),
    /// Several names.
    Texts(Vec<String>),
    /// A day.
    Day(NaiveDate),
    /// An amount of money, in đồng.
    Amount(Amount),
    /// A quantity.
    Quantity(Quantity),
    /// A number of cases.
    Count(Count),
}

/// What was read of a field, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was read.
    pub value: Value,
    /// The words that it was read from; empty where nothing says it.
    pub words: String,
    /// Whether the words say it plainly; otherwise a person must check it.
    pub is_sure: bool,
}

/// A draft of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftCase {
    /// Which item of the text it was read from, from 1.
    pub item: usize,
    /// The id of the case that it makes: the same for the same text, so that a
    /// note that is read again is recognised and never counts twice.
    pub id: Uuid,
    /// What was read.
    pub found: BTreeMap<Place, Found>,
    /// Fields of which the text speaks without a figure that can be taken,
    /// with its words.
    pub unread: BTreeMap<Place, String>,
}

impl DraftCase {
    pub(super) fn new(item: usize, id: Uuid) -> Self {
        Self { item, id, found: BTreeMap::new(), unread: BTreeMap::new() }
    }

    /// What was read of a field that a case has once.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Found> {
        self.found.get(&(field, 0))
    }

    /// The day that was read of a field.
    #[must_use]
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        match self.get(field)?.value {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The text that was read of a field.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        match &self.get(field)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How many lines of goods there are.
    #[must_use]
    pub fn lots(&self) -> usize {
        self.found.keys().filter(|(field, _)| field.part() == Part::Goods).map(|(_, line)| *line).max().unwrap_or(0)
    }

    /// The fields that a person must check: assumed, inferred, or spoken of
    /// without a figure that can be taken.
    pub fn unsure(&self) -> impl Iterator<Item = Place> {
        let read = self.found.iter().filter(|(_, found)| !found.is_sure).map(|(place, _)| *place);
        read.chain(self.unread.keys().filter(|place| !self.found.contains_key(*place)).copied())
    }

    /// The words of each field.
    pub fn words(&self) -> impl Iterator<Item = (Place, &str)> {
        let read = self.found.iter().map(|(place, found)| (*place, found.words.as_str()));
        let unread = self.unread.iter().filter(|(place, _)| !self.found.contains_key(*place));
        read.chain(unread.map(|(place, words)| (*place, words.as_str()))).filter(|(_, words)| !words.is_empty())
    }

    /// Fills in a field of which the text says nothing with what is assumed; a
    /// person must check it.
    pub fn assume(&mut self, field: Field, text: &str) {
        let assumed = Found { value: Value::Text(text.to_owned()), words: String::new(), is_sure: false };
        self.found.entry((field, 0)).or_insert(assumed);
    }

    /// Marks everything but place and unit: the text may speak of more than
    /// one case.
    pub(super) fn doubt_all(&mut self) {
        let kept = [Field::Province, Field::Agency, Field::Force];
        self.found
            .iter_mut()
            .filter(|((field, _), _)| !kept.contains(field))
            .for_each(|(_, found)| found.is_sure = false);
    }

    pub(super) fn put(&mut self, field: Field, value: Value, words: String, is_sure: bool) {
        self.found.insert((field, 0), Found { value, words, is_sure });
    }

    pub(super) fn put_line(&mut self, place: Place, value: Value, words: &str, is_sure: bool) {
        self.found.insert(place, Found { value, words: words.to_owned(), is_sure });
    }

    /// Keeps the text of the item as the note, as much as a note may hold, so
    /// that a person can go back to it and search finds it.
    pub(super) fn keep_text(&mut self, piece: &Piece<'_>) {
        let text: String = clean(piece.text).chars().take(LONGEST_NOTE).collect();
        self.put(Field::Note, Value::Text(text), String::new(), true);
    }

    /// The entry that the draft makes.
    pub fn entry(&self) -> Result<Entry, FieldError> {
        let mut entry = Entry::default();
        entry.set(Field::Id, None, self.id.to_string())?;
        for ((field, line), found) in &self.found {
            let line = (*line > 0).then_some(*line);
            entry.set(*field, line, written(&found.value))?;
        }
        Ok(entry)
    }
}

/// A value as the fields of an entry are written.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => texts.join("; "),
        Value::Day(day) => day.to_string(),
        Value::Amount(amount) => bounded(amount.value, amount.bound),
        Value::Quantity(quantity) => bounded(quantity.value, quantity.bound),
        Value::Count(count) => bounded(count.n.into(), count.bound),
    }
}
