//! Reading notes and news items in Vietnamese into draft cases.
//!
//! A text is cut into its items (`split`); an item is cut into words,
//! sentences and what they mention (figures and days, by
//! [`crate::text::mentions`]); and for each field the words that speak of it
//! are looked for by rules: which verb a figure stands nearest to, which noun
//! a quantity counts, which unit acts and which ones help. Every field keeps
//! the words that it was read from, and whether a person must check it. What
//! the text does not say is left out.
//!
//! Knows dictionaries and the reference data; no network and no model.

mod agencies;
mod dates;
mod dictionary;
mod draft;
mod goods;
mod item;
mod money;
mod outcome;
mod places;
mod split;
mod topics;
mod verdict;

use std::ops::Range;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

pub use draft::{DraftCase, Found, Place, Value};

use crate::domain::{Field, Passed, Reference};
use crate::text::clean;
use item::Item;
use split::Piece;

/// What a text is read against.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Places, forces, violations and categories.
    pub reference: &'a Reference,
    /// The day on which the text was written: it gives the year of dates that
    /// have none, and stands for a day that is not given.
    pub written_on: NaiveDate,
}

/// An item of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadItem {
    /// A draft of a case.
    Draft(Box<DraftCase>),
    /// No case: its number, its first words, and why.
    Passed {
        /// Which item of the text it is, from 1.
        item: usize,
        /// Its first words.
        begins: String,
        /// What it is instead.
        why: Passed,
    },
}

/// The longest text that is read, in bytes; what is longer is no note.
pub const LONGEST: usize = 10_000_000;

/// Reads a text into drafts, item by item. The time that it takes is linear
/// in the length of the text.
#[must_use]
pub fn read(text: &str, reading: &Reading<'_>) -> Vec<ReadItem> {
    let places = places::Gazetteer::new(reading.reference);
    let pieces = split::pieces(text).into_iter().flat_map(|piece| apart(piece, reading, &places));
    let pieces: Vec<(usize, Piece<'_>)> = (1..).zip(pieces).collect();
    let mut items = Vec::with_capacity(pieces.len());
    // What stands around a list is cut up once for all its entries.
    for list in pieces.chunk_by(|(_, one), (_, two)| one.context == two.context) {
        let around = list[0].1.context.map(|context| Item::new(context, 0));
        items.extend(list.iter().map(|(number, piece)| read_piece(piece, *number, around.as_ref(), reading, &places)));
    }
    items
}

/// The day as of which it is told whether a text comes apart: whenever it is
/// read, it comes apart in the same places.
const LOOKED_AT_ON: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 1, 1);

/// The pieces of one whose paragraphs are cases of several provinces, where no
/// title and no sign of a list says how it comes apart. A paragraph that tells
/// of no place and day by itself goes on with the one before.
fn apart<'a>(piece: Piece<'a>, reading: &Reading<'_>, places: &places::Gazetteer<'_>) -> Vec<Piece<'a>> {
    let paragraphs = split::paragraphs(piece.text);
    let is_open = piece.title == 0 && piece.context.is_none() && paragraphs.len() > 1;
    let Some(written_on) = LOOKED_AT_ON.filter(|_| is_open) else { return vec![piece] };
    let reading = Reading { written_on, ..*reading };
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut province = None;
    for paragraph in paragraphs {
        let alone = Piece { text: &piece.text[paragraph.clone()], title: 0, context: None };
        let told = province_of(read_piece(&alone, 1, None, &reading, places));
        let is_other = told.is_some() && province.is_some() && told != province;
        match parts.last_mut() {
            Some(part) if !is_other => part.end = paragraph.end,
            _ => parts.push(paragraph),
        }
        province = told.or(province);
    }
    parts.into_iter().map(|part| Piece { text: &piece.text[part], title: 0, context: None }).collect()
}

/// The province of a draft that names it, and a day, plainly.
fn province_of(read: ReadItem) -> Option<String> {
    let ReadItem::Draft(draft) = read else { return None };
    let is_told = |field: Field| draft.get(field).is_some_and(|found| !found.words.is_empty());
    let is_plain = draft.get(Field::Province).is_some_and(|found| found.is_sure);
    draft.text(Field::Province).filter(|_| is_plain && is_told(Field::DetectedOn)).map(str::to_owned)
}

/// The id of the case of a text: what is hashed of it and of what holds for it.
/// It tells no time, as a UUIDv7 would, since the same text has it at any.
fn id_of(piece: &Piece<'_>) -> Uuid {
    let digest = Sha256::new().chain_update(clean(piece.text)).chain_update(clean(piece.context.unwrap_or_default()));
    let mut bits = [0; 16];
    bits.copy_from_slice(&digest.finalize()[..16]);
    Builder::from_custom_bytes(bits).into_uuid()
}

/// The code of the violation that a few words speak of, such as those of a
/// column; `None` where that is in doubt.
#[must_use]
pub fn violation_of(words: &str) -> Option<String> {
    let item = Item::new(words, 0);
    let mut draft = DraftCase::new(1, Uuid::nil());
    topics::read(&item, &mut draft);
    match draft.get(Field::Violation) {
        Some(Found { value: Value::Text(code), is_sure: true, .. }) => Some(code.clone()),
        _ => None,
    }
}

fn read_piece(
    piece: &Piece<'_>,
    number: usize,
    around: Option<&Item<'_>>,
    reading: &Reading<'_>,
    places: &places::Gazetteer<'_>,
) -> ReadItem {
    let item = Item::new(piece.text, piece.title);
    let mut draft = DraftCase::new(number, id_of(piece));
    dates::read(&item, around, reading.written_on, &mut draft);
    let on = draft.day(Field::DetectedOn).unwrap_or(reading.written_on);
    places.read(&item, around, on, &mut draft);
    agencies::read(&item, around, reading.reference, places, &mut draft);
    money::read(&item, &mut draft);
    goods::read(&item, &mut draft);
    topics::read(&item, &mut draft);
    outcome::read(&item, &mut draft);
    if let Err(why) = verdict::judge(&item, &draft) {
        let begins = piece.text.lines().next().unwrap_or_default().chars().take(80).collect();
        return ReadItem::Passed { item: number, begins, why };
    }
    if dates::is_of_several(&item, reading.written_on) {
        draft.doubt_all();
    }
    draft.keep_text(piece);
    ReadItem::Draft(Box::new(draft))
}
