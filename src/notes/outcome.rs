//! What came of it: what was ordered, what was done with the goods, where the
//! file went, and its numbers.

use std::ops::Range;
use std::sync::LazyLock;

use super::dictionary::{cues, cues_of};
use super::draft::{DraftCase, Found, Value};
use super::item::Item;
use crate::domain::{Field, How};
use crate::text::{Kind, Lexicon, Word};

pub(super) fn read(item: &Item<'_>, draft: &mut DraftCase) {
    remedies(item, draft);
    disposals(item, draft);
    transfer(item, draft);
    numbers(item, draft);
    payment(item, draft);
}

/// A payment: of an amount that is named, or of the whole fine. It needs its
/// day: that of the decision or the finding, to be checked.
fn payment(item: &Item<'_>, draft: &mut DraftCase) {
    let named = draft.found.remove(&(Field::PaidAmount, 0));
    let in_full = item.find(&PAID_IN_FULL, &(0..item.words.len())).into_iter().next();
    let whole = || {
        let (at, ()) = in_full?;
        let fine = draft.get(Field::FineAmount)?;
        Some(Found { value: fine.value.clone(), words: item.said(&at), is_sure: false })
    };
    let Some(paid) = named.or_else(whole) else {
        draft.found.remove(&(Field::PaidOn, 1));
        return;
    };
    let day = draft.day(Field::DecidedOn).or_else(|| draft.day(Field::DetectedOn));
    draft.put_line((Field::PaidAmount, 1), paid.value, &paid.words, paid.is_sure);
    if let Some(day) = day.filter(|_| !draft.found.contains_key(&(Field::PaidOn, 1))) {
        draft.put_line((Field::PaidOn, 1), Value::Day(day), "", false);
    }
}

/// What was ordered besides the fine: "buộc tiêu hủy toàn bộ tang vật". What
/// becomes of the goods says more than what is to be handed back.
fn remedies(item: &Item<'_>, draft: &mut DraftCase) {
    let mut ordered = item.find(&ORDERS, &(0..item.words.len()));
    ordered.retain(|(at, _)| !item.has(&NOT_YET, &(item.clause(at.start).start..at.start)));
    let best = ordered.iter().rev().max_by_key(|(at, weight)| (*weight, !item.in_title(at.start)));
    let Some((first, _)) = best else { return };
    let clause = item.clause(first.start);
    let end = clause.end.min(first.start + 14).max(first.end);
    let stop = item.words[first.end..end].iter().position(|word| {
        matches!(word.bare.as_str(), "va" | "co" | "tri" | "theo" | "voi" | "do" | "duoi")
            || ends_sentence(item, word)
            || word.kind == Kind::Break
    });
    let text = item.said(&(first.start..stop.map_or(end, |at| first.end + at)));
    draft.put(Field::Remedies, Value::Text(text.clone()), text, true);
}

/// Whether a full stop stands before a space: within a number it does not.
fn ends_sentence(item: &Item<'_>, word: &Word<'_>) -> bool {
    word.is_mark('.') && item.text[word.end()..].chars().next().is_none_or(char::is_whitespace)
}

/// What was done with the goods already.
fn disposals(item: &Item<'_>, draft: &mut DraftCase) {
    let mut done: Vec<(How, Range<usize>)> = Vec::new();
    for (at, how) in item.find(&DISPOSED, &(0..item.words.len())) {
        let sentence = item.sentence(at.start);
        let ordered = item.before(&ORDERED, at.start).is_some();
        let before = sentence.start.max(at.start.saturating_sub(8))..at.start;
        let after = at.end..(at.end + 6).min(sentence.end);
        let is_done = item.has(&DONE, &before) || item.has(&DONE_AFTER, &after);
        let pending = item.has(&NOT_YET, &before)
            || how == How::HandedOver && (item.has(&NO_GOODS, &sentence) || !item.has(&RESCUE, &sentence));
        if is_done && !ordered && !pending && !done.iter().any(|(known, _)| *known == how) {
            done.push((how, at));
        }
    }
    let Some(day) = draft.day(Field::DetectedOn) else { return };
    for ((how, at), line) in done.into_iter().zip(1..) {
        let words = item.said(&at);
        draft.put_line((Field::DisposedHow, line), Value::Text(how.code().to_owned()), &words, true);
        // The day is seldom told: that of the finding, to be checked.
        draft.put_line((Field::DisposedOn, line), Value::Day(day), "", false);
    }
}

/// A transfer: the file, or who was caught, goes to investigators, or these
/// have opened a case.
fn transfer(item: &Item<'_>, draft: &mut DraftCase) {
    let denied = |at: &Range<usize>| {
        let before = item.sentence(at.start).start.max(at.start.saturating_sub(6))..at.start;
        item.has(&NOT_TRANSFERRED, &before)
    };
    let opened = item.find(&PROSECUTED, &(0..item.words.len())).into_iter().map(|(at, ())| at);
    let handed = item.find(&HANDS_OVER, &(0..item.words.len())).into_iter().filter_map(|(at, ())| {
        let end = item.sentence(at.start).end.min(at.end + 26);
        let (to, ()) = item.find(&INVESTIGATORS, &(at.end..end)).into_iter().next()?;
        Some(at.start..to.end)
    });
    let Some(at) = opened.chain(handed).find(|at| !denied(at)) else { return };
    let Some(day) = draft.day(Field::DecidedOn).or_else(|| draft.day(Field::DetectedOn)) else { return };
    draft.put(Field::TransferredOn, Value::Day(day), item.said(&at), false);
}

/// The number of the file, and of the decision: "QĐ số 34/QĐ-XPHC".
fn numbers(item: &Item<'_>, draft: &mut DraftCase) {
    for (field, words, kind) in [(Field::DecisionNo, &DECISION_NO, "qd"), (Field::CaseNo, &FILE_NO, "bb")] {
        let named = item.find(words, &(0..item.words.len()));
        let number = named.into_iter().find_map(|(at, ())| number_at(item, at.end, kind));
        if let Some(at) = number {
            let text = item.said(&at);
            draft.put(field, Value::Text(text.clone()), text, true);
        }
    }
}

/// The code that begins at a word, if it has a number, a slash, and the
/// letters of its kind: "34/QĐ-XPHC".
fn number_at(item: &Item<'_>, start: usize, kind: &str) -> Option<Range<usize>> {
    let first = item.words.get(start)?;
    if first.kind != Kind::Digits {
        return None;
    }
    let length = 1 + item.words[start + 1..]
        .iter()
        .take(10)
        .take_while(|word| {
            !word.spaced && !word.is_mark(',') && !word.is_mark(')') && !word.is_mark(';') && word.kind != Kind::Break
        })
        .count();
    let mut end = start + length;
    while item.words[end - 1].is_mark('.') || item.words[end - 1].is_mark(':') {
        end -= 1;
    }
    let of_kind = item.words[start..end].iter().any(|word| word.bare.starts_with(kind));
    (of_kind && item.words.get(start + 1).is_some_and(|word| word.is_mark('/'))).then_some(start..end)
}

/// Orders, and how much each says of what becomes of the goods.
static ORDERS: LazyLock<Lexicon<u8>> = LazyLock::new(|| {
    cues_of(&[
        ("outcome.orders.destroyed", 5),
        ("outcome.orders.changed", 4),
        ("outcome.orders.confiscated", 3),
        ("outcome.orders.other", 2),
        ("outcome.orders.back", 0),
    ])
});

static DISPOSED: LazyLock<Lexicon<How>> = LazyLock::new(|| {
    cues_of(&[
        ("outcome.disposed.destroyed", How::Destroyed),
        ("outcome.disposed.sold", How::Sold),
        ("outcome.disposed.returned", How::Returned),
        ("outcome.disposed.handed", How::HandedOver),
    ])
});

static PAID_IN_FULL: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.paid_in_full"));
static RESCUE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.rescue"));
static NO_GOODS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.no_goods"));
static ORDERED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.ordered"));
static NOT_YET: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.not_yet"));
static DONE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.done"));
static DONE_AFTER: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.done_after"));
static PROSECUTED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.prosecuted"));
static HANDS_OVER: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.hands_over"));
static INVESTIGATORS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.investigators"));
static NOT_TRANSFERRED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.not_transferred"));
static DECISION_NO: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.decision_no"));
static FILE_NO: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("outcome.file_no"));
