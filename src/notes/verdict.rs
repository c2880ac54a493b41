//! Whether an item tells of a case at all.

use std::sync::LazyLock;

use super::dictionary::{cues, cues_of};
use super::draft::DraftCase;
use super::item::Item;
use crate::domain::{Field, Passed};
use crate::text::Lexicon;

/// Tells why an item is no case. It is one if something came of it: a fine, a
/// seizure, goods, a count of cases, together with who acted or what was done;
/// and if what it mostly speaks of is not something else.
pub(super) fn judge(item: &Item<'_>, draft: &DraftCase) -> Result<(), Passed> {
    let whole = 0..item.words.len();
    let has = |field: Field| draft.get(field).is_some();
    let acted = item.find(&ACTED, &whole).len();
    let figures =
        has(Field::FineAmount) || has(Field::SeizedValue) || has(Field::CaseCount) || has(Field::IllegalProfit);
    let lots = draft.found.contains_key(&(Field::Quantity, 1));
    let spoken = draft.unread.keys().any(|(field, _)| matches!(field, Field::FineAmount | Field::SeizedValue));
    let result = figures || spoken || lots || has(Field::TransferredOn) || has(Field::Remedies) && acted > 1;
    let accused = acted > 0 && has(Field::Violation) && has(Field::Agency);
    let other = other_subject(item);
    let strong = usize::from(has(Field::FineAmount)) * 2
        + usize::from(has(Field::SeizedValue)) * 2
        + usize::from(lots) * 2
        + acted.min(4);
    // "không phát hiện vi phạm": they looked, and there was nothing.
    if item.has(&CLEAN, &whole) && !lots && !has(Field::FineAmount) && !has(Field::SeizedValue) {
        return Err(Passed::NothingFound);
    }
    match other {
        Some((why, weight)) if !result || weight >= strong => Err(why),
        None if !result && !accused => Err(Passed::NothingFound),
        _ => Ok(()),
    }
}

/// What an item speaks of instead of a case, and how much: words of its title
/// or first sentence count most.
fn other_subject(item: &Item<'_>) -> Option<(Passed, usize)> {
    let head = item.sentences.first().map_or(0, |sentence| sentence.end).max(item.title);
    let mut weights = [(Passed::Plan, 0), (Passed::Meeting, 0), (Passed::Appointment, 0), (Passed::Guidance, 0)];
    for (at, why) in item.find(&OTHER, &(0..item.words.len())) {
        if let Some((_, weight)) = weights.iter_mut().find(|(known, _)| *known == why) {
            *weight += if at.start < head { 4 } else { 1 };
        }
    }
    // A title that asks is answered by an explanation.
    if item.slice(&(0..head)).iter().any(|word| word.is_mark('?')) {
        weights[3].1 += 6;
    }
    weights.into_iter().filter(|(_, weight)| *weight > 0).max_by_key(|(why, weight)| (*weight, std::cmp::Reverse(*why)))
}

static CLEAN: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("verdict.clean"));
static ACTED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("verdict.acted"));

static OTHER: LazyLock<Lexicon<Passed>> = LazyLock::new(|| {
    cues_of(&[
        ("verdict.other.plan", Passed::Plan),
        ("verdict.other.meeting", Passed::Meeting),
        ("verdict.other.appointment", Passed::Appointment),
        ("verdict.other.guidance", Passed::Guidance),
    ])
});
