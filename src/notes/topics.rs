//! What was done wrong.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::dictionary::{VIOLATIONS, cues};
use super::draft::{DraftCase, Value};
use super::item::Item;
use crate::domain::Field;
use crate::text::Lexicon;

/// Reads the violation: the one of which the text speaks most. Words behind
/// "hành vi" and in the title weigh more, those that deny or compare nothing.
pub(super) fn read(item: &Item<'_>, draft: &mut DraftCase) {
    let mut said: BTreeMap<String, (u32, usize, Range<usize>)> = BTreeMap::new();
    let whole = 0..item.words.len();
    for (at, evidence) in item.find(&VIOLATIONS, &whole) {
        let clause = item.clause(at.start);
        let charged = item.has(&CHARGED, &(item.sentence(at.start).start.max(at.start.saturating_sub(10))..at.start));
        // "phòng chống hàng giả" and "Chi cục An toàn thực phẩm" charge nobody.
        let denied = item.has(&FOUGHT, &(clause.start.max(at.start.saturating_sub(6))..at.start));
        if denied || item.before(&OFFICES, at.start).is_some() {
            continue;
        }
        let weight = evidence.weight
            * if charged {
                3
            } else if item.in_title(at.start) {
                2
            } else {
                1
            };
        let entry = said.entry(evidence.code).or_insert((0, at.start, at.clone()));
        // The same words again say little more.
        entry.0 += if entry.0 == 0 || charged { weight } else { weight.div_ceil(2) };
    }
    let best = said.iter().max_by_key(|(_, (weight, first, _))| (*weight, std::cmp::Reverse(*first)));
    let Some((code, (weight, _, at))) = best else { return };
    if *weight < 2 {
        return;
    }
    let rival = said.iter().any(|(other, (near, ..))| other != code && near * 3 >= weight * 2);
    draft.put(Field::Violation, Value::Text(code.clone()), item.said(at), !rival && *weight >= 4);
}

static CHARGED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("topics.charged"));
static FOUGHT: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("topics.fought"));
static OFFICES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("topics.offices"));
