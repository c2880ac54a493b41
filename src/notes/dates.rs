//! When it was found, and when it was decided.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::dictionary::{cues, cues_of};
use super::draft::{DraftCase, Value};
use super::item::Item;
use crate::domain::Field;
use crate::text::{Lexicon, Said, When};

/// What the words near a day say that happened on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Happening {
    Found,
    Decided,
    /// It was told, or the paper was signed.
    Told,
    Paid,
    /// Something else: a delivery, an expiry, a transfer of the file.
    Other,
}

/// A day or period in a text.
struct Dated {
    at: Range<usize>,
    when: When,
    first: NaiveDate,
    last: NaiveDate,
    what: Option<Happening>,
    /// Whether somebody tells of it on that day: "Ngày 15/2, … cho biết".
    is_told: bool,
}

/// Reads the dates. A summary of many cases has a period; one case a day, and
/// the day of its decision where that is another.
pub(super) fn read(item: &Item<'_>, around: Option<&Item<'_>>, written_on: NaiveDate, draft: &mut DraftCase) {
    let mut dated = dates(item, written_on);
    let own = !dated.is_empty();
    let count = super::money::count(item);
    if !own && let Some(around) = around {
        dated = dates(around, written_on);
    }
    let from = if own { item } else { around.unwrap_or(item) };
    if let Some(count) = count {
        draft.put(Field::CaseCount, Value::Count(count.count), count.words, count.is_sure);
        let period = dated.iter().find(|dated| is_period(dated) && !matches!(dated.when, When::Year(_)));
        if let Some(period) = period.or_else(|| dated.iter().find(|dated| is_period(dated))) {
            return put_period(from, period, draft);
        }
    }
    // The year alone is that of a decree or a birth, more often than not.
    dated.retain(|dated| !matches!(dated.when, When::Year(_)));
    let Some(found) = detection(from, &dated) else {
        match dated.iter().find(|dated| is_period(dated)) {
            Some(period) => put_period(from, period, draft),
            None => draft.put(Field::DetectedOn, Value::Day(written_on), String::new(), false),
        }
        return;
    };
    let plain = found.what.is_none_or(|what| matches!(what, Happening::Found | Happening::Decided));
    let is_sure = plain && own && known_year(found, written_on);
    draft.put(Field::DetectedOn, Value::Day(found.last), from.said(&found.at), is_sure);
    if !found.when.is_day() && found.first < found.last {
        draft.put(Field::DetectedFrom, Value::Day(found.first), from.said(&found.at), false);
    }
    put_decision(from, &dated, found, written_on, draft);
    put_payment(from, &dated, draft);
}

/// Whether the year of a day is written, or can be told beyond doubt: the day
/// lies within half a year of the writing.
fn known_year(dated: &Dated, written_on: NaiveDate) -> bool {
    dated.when.has_year() || (written_on - dated.last).num_days() < 183
}

fn is_period(dated: &Dated) -> bool {
    !dated.when.is_day() && dated.what != Some(Happening::Other)
}

fn put_period(item: &Item<'_>, period: &Dated, draft: &mut DraftCase) {
    let words = item.said(&period.at);
    let sure = !matches!(period.when, When::Since(..)) && period.when.has_year();
    draft.put(Field::DetectedFrom, Value::Day(period.first), words.clone(), sure);
    draft.put(Field::DetectedOn, Value::Day(period.last), words, sure);
}

/// The day of a payment, which the payment needs.
fn put_payment(item: &Item<'_>, dated: &[Dated], draft: &mut DraftCase) {
    let paid = |dated: &&Dated| dated.what == Some(Happening::Paid) && dated.when.is_day();
    if let Some(day) = dated.iter().find(paid) {
        draft.put_line((Field::PaidOn, 1), Value::Day(day.last), &item.said(&day.at), true);
    }
}

/// Whether a text tells of things found on several days, or counts over
/// several periods, so that its figures may be of either.
pub(super) fn is_of_several(item: &Item<'_>, written_on: NaiveDate) -> bool {
    let dated = dates(item, written_on);
    let several = |fits: &dyn Fn(&&Dated) -> bool| {
        let mut days = dated.iter().filter(fits).map(|dated| (dated.first, dated.last));
        let first = days.next();
        days.any(|other| Some(other) != first)
    };
    let found = |dated: &&Dated| dated.when.is_day() && dated.what == Some(Happening::Found) && !dated.is_told;
    let period = |dated: &&Dated| is_period(dated) && !matches!(dated.when, When::Year(_));
    several(&found) || several(&period)
}

fn put_decision(item: &Item<'_>, dated: &[Dated], found: &Dated, written_on: NaiveDate, draft: &mut DraftCase) {
    let decided =
        |other: &&Dated| other.what == Some(Happening::Decided) && other.when.is_day() && other.last > found.last;
    if let Some(decision) = dated.iter().find(decided) {
        let is_sure = known_year(decision, written_on);
        draft.put(Field::DecidedOn, Value::Day(decision.last), item.said(&decision.at), is_sure);
    }
}

/// The day of detection: one on which words say that it was found, else the
/// first that says nothing else, else any.
fn detection<'d>(item: &Item<'_>, dated: &'d [Dated]) -> Option<&'d Dated> {
    let days = || dated.iter().filter(|dated| dated.when.is_day() || matches!(dated.when, When::Days(..)));
    let of = |what: Option<Happening>| days().filter(move |dated| dated.what == what);
    let body_first = |found: &mut dyn Iterator<Item = &'d Dated>| {
        let all: Vec<&Dated> = found.collect();
        all.iter().find(|dated| !item.in_title(dated.at.start)).or(all.first()).copied()
    };
    body_first(&mut of(Some(Happening::Found)).filter(|dated| !dated.is_told))
        .or_else(|| body_first(&mut of(Some(Happening::Found))))
        .or_else(|| body_first(&mut of(None)))
        .or_else(|| body_first(&mut of(Some(Happening::Decided))))
        .or_else(|| body_first(&mut of(Some(Happening::Told))))
        .or_else(|| body_first(&mut of(Some(Happening::Paid))))
}

fn dates(item: &Item<'_>, written_on: NaiveDate) -> Vec<Dated> {
    let mut dated = Vec::new();
    for mention in &item.mentions {
        let Said::Time(when) = mention.said else { continue };
        let Some((first, last)) = when.days(written_on) else { continue };
        // "sáng nay 20/11": the day that is written goes first.
        let named = item.mentions_in(&(mention.at.end..mention.at.end + 1)).first();
        if matches!(when, When::Ago(_)) && named.is_some_and(|next| matches!(next.said, Said::Time(_))) {
            continue;
        }
        // A day after the writing is a plan.
        let outdated = item.before(&NOT_OF_THE_CASE, mention.at.start).is_some();
        if last > written_on || outdated {
            continue;
        }
        let what = happening(item, &mention.at);
        let is_told = item
            .find(&VERBS, &(mention.at.end..item.sentence(mention.at.start).end))
            .iter()
            .any(|(_, what)| *what == Happening::Told);
        dated.push(Dated { at: mention.at.clone(), when, first, last, what, is_told });
    }
    dated
}

/// What happened on a day, by the nearest verb of its sentence: one in its own
/// part of the sentence is nearer than one beyond a comma.
fn happening(item: &Item<'_>, at: &Range<usize>) -> Option<Happening> {
    let sentence = item.sentence(at.start);
    let clause = item.clause(at.start);
    let distance = |verb: &Range<usize>| {
        let words = if verb.start >= at.end { verb.start - at.end } else { at.start.saturating_sub(verb.end) + 1 };
        words + if clause.contains(&verb.start) { 0 } else { 4 }
    };
    // "… cho biết, ngày 6/8, Đội … kiểm tra": who tells it says nothing of the day.
    let weight = |what: &Happening| if *what == Happening::Told { 20 } else { 0 };
    let verbs = item.find(&VERBS, &sentence);
    verbs.into_iter().min_by_key(|(verb, what)| distance(verb) + weight(what)).map(|(_, what)| what)
}

static VERBS: LazyLock<Lexicon<Happening>> = LazyLock::new(|| {
    cues_of(&[
        ("dates.verbs.found", Happening::Found),
        ("dates.verbs.decided", Happening::Decided),
        ("dates.verbs.told", Happening::Told),
        ("dates.verbs.paid", Happening::Paid),
        ("dates.verbs.other", Happening::Other),
    ])
});

/// Words before a day that is of something else: a decree, last year.
static NOT_OF_THE_CASE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("dates.not_of_the_case"));
