//! The units that act: who found the case, and who helped.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::dictionary::{cues, cues_of};
use super::draft::{DraftCase, Value};
use super::item::Item;
use super::places::Gazetteer;
use crate::domain::{Field, Reference};
use crate::text::{Kind, Lexicon, Spelling, Word, fold};

/// How much a unit's name says of who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// "Lực lượng chức năng": somebody.
    Anybody,
    /// A whole force or department: "Chi cục Quản lý thị trường".
    Department,
    /// A unit of it: "Đội", "Phòng", "Đồn".
    Unit,
}

/// A unit in a text.
#[derive(Debug, Clone)]
struct Mentioned {
    at: Range<usize>,
    /// Where the place that follows its name ends.
    until: usize,
    rank: Rank,
    /// Whether words before it make it a helper.
    helps: bool,
    /// Whether it only tells: "… cho biết".
    tells: bool,
}

pub(super) fn read(
    item: &Item<'_>,
    around: Option<&Item<'_>>,
    reference: &Reference,
    places: &Gazetteer<'_>,
    draft: &mut DraftCase,
) {
    let own = mentioned(item, places);
    let found = read_from(item, &own, reference, draft);
    if let Some(around) = around.filter(|_| !found) {
        let units = mentioned(around, places);
        read_from(around, &units, reference, draft);
    }
}

fn read_from(item: &Item<'_>, units: &[Mentioned], reference: &Reference, draft: &mut DraftCase) -> bool {
    let Some(lead) = lead(item, units) else { return false };
    let mut name = unit_name(item, &lead.at);
    if let Some(parent) = parent(item, lead, units) {
        name = format!("{name} {parent}");
    }
    let force = reference.force_of_agency(&name);
    let by_number = matches!(item.words[lead.at.start].bare.as_str(), "doi" | "to" | "phong" | "doan" | "tram");
    let force = if force == "other" && by_number { force_by_words(item, units, reference) } else { force };
    let words = item.said(&lead.at);
    // A team by its number alone may be of any force.
    let is_known = lead.rank > Rank::Anybody && !(by_number && force == "other");
    draft.put(Field::Force, Value::Text(force.to_owned()), words.clone(), is_known);
    draft.put(Field::Agency, Value::Text(name.clone()), words, lead.rank > Rank::Anybody);
    let partners = partners(item, lead, units);
    if !partners.is_empty() {
        let words = partners.join("; ");
        draft.put(Field::Partners, Value::Texts(partners), words, true);
    }
    true
}

/// A unit as the register calls it: with a capital, and a team of market
/// surveillance with its marks, also where the text has none.
fn unit_name(item: &Item<'_>, at: &Range<usize>) -> String {
    let said = item.said(at);
    let words = &item.words[at.clone()];
    let bare: Vec<&str> = words.iter().map(|word| word.bare.as_str()).collect();
    if let (Spelling::Bare, ["doi", "qltt", "so", number, ..] | ["doi", "qltt", number, ..]) =
        (item.spelling, bare.as_slice())
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return format!("Đội QLTT số {number}");
    }
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The force of a team that is called by its number alone: that of another
/// unit in the text.
fn force_by_words<'r>(item: &Item<'_>, units: &[Mentioned], reference: &'r Reference) -> &'r str {
    let forces = units.iter().map(|unit| reference.force_of_agency(&item.said(&unit.at)));
    let named = forces.clone().find(|force| *force != "other");
    named.unwrap_or_else(|| reference.force_of_agency(""))
}

/// The unit that acted: the most special one that is no helper, and the first
/// of these in the body.
fn lead<'m>(item: &Item<'_>, units: &'m [Mentioned]) -> Option<&'m Mentioned> {
    let best = |helps: bool| {
        let fit = units.iter().filter(|unit| unit.helps == helps);
        fit.max_by_key(|unit| {
            let acts = item.has(&ACTS, &item.sentence(unit.at.start));
            (
                !unit.tells || unit.rank == Rank::Department,
                unit.rank,
                !unit.tells,
                acts,
                !item.in_title(unit.at.start),
                std::cmp::Reverse(unit.at.start),
            )
        })
    };
    best(false).or_else(|| best(true))
}

/// The department to which a "Phòng" belongs, where the text names it beside
/// it or once elsewhere: "Phòng Cảnh sát kinh tế, Công an tỉnh Đắk Lắk".
fn parent(item: &Item<'_>, lead: &Mentioned, units: &[Mentioned]) -> Option<String> {
    let head = &item.words[lead.at.start].bare;
    let own = item.said(&lead.at);
    if head != "phong" || fold(&own).contains("cong an") {
        return None;
    }
    let of_police = |unit: &&Mentioned| {
        let first: Vec<&str> = item.words[unit.at.clone()].iter().take(2).map(|word| word.bare.as_str()).collect();
        (first == ["cong", "an"] || first.first() == Some(&"ca")) && !is_commune_unit(item, unit)
    };
    let beside = units.iter().filter(of_police).min_by_key(|unit| unit.at.start.abs_diff(lead.at.end))?;
    Some(item.said(&beside.at))
}

fn is_commune_unit(item: &Item<'_>, unit: &Mentioned) -> bool {
    item.words[unit.at.clone()].iter().any(|word| matches!(word.bare.as_str(), "xa" | "phuong" | "khu" | "tran"))
}

/// The helpers: the units that words name as such, but for the lead and for
/// what is a part or the whole of it.
fn partners(item: &Item<'_>, lead: &Mentioned, units: &[Mentioned]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut known = BTreeSet::new();
    for unit in units.iter().filter(|unit| unit.helps && unit.at != lead.at && unit.rank > Rank::Anybody) {
        let name = item.said(&unit.at);
        if known.insert(fold(&name)) {
            names.push(name);
        }
    }
    names
}

/// Every unit in a text, from left to right.
fn mentioned(item: &Item<'_>, places: &Gazetteer<'_>) -> Vec<Mentioned> {
    let mut units: Vec<Mentioned> = Vec::new();
    let mut at = 0;
    while at < item.words.len() {
        let Some((length, rank)) = head(item, at) else {
            at += 1;
            continue;
        };
        let end = name_end(item, at, at + length, places);
        let unit = at..end;
        let until = place_end(item, end, places);
        let follows = units.last().is_some_and(|last| {
            goes_on(item, last.until..at)
                && (last.helps || item.words[at - 1].bare == "va" && last.rank > Rank::Anybody)
        });
        let helps = item.before(&WITH, at).is_some() || follows && item.before(&LEADS, at).is_none();
        let helps = helps || item.has(&TAKES_PART, &(end..(end + 3).min(item.words.len())));
        // Who gets the file did not find the case.
        let receives = item.before(&RECEIVES, at).is_some();
        let tells = receives || item.has(&TELLS, &(end..(end + 4).min(item.words.len())));
        // What stands in brackets behind a unit, or is named after "thuộc", is
        // the whole that it belongs to.
        let whole = units.last().is_some_and(|last| belongs(item, last.until..at));
        if !whole || rank == Rank::Unit {
            units.push(Mentioned { at: unit, until, rank, helps, tells });
        } else if let Some(last) = units.last() {
            let helps = last.helps;
            units.push(Mentioned { at: unit, until, rank: Rank::Department, helps, tells: true });
            // As a helper the whole would be named twice.
            if helps {
                units.pop();
            }
        }
        at = end.max(until);
    }
    units
}

/// Where the place ends that follows the name of a unit: "… số 5 tỉnh Nam Định".
fn place_end(item: &Item<'_>, end: usize, places: &Gazetteer<'_>) -> usize {
    let kind = STANDS_ALONE.at_start(&item.words[end..]).map_or(0, |(length, ())| length);
    match item.words.get(end + kind..).and_then(|rest| places.at_start(rest)) {
        Some(length) => end + kind + length,
        None => end,
    }
}

/// The words with which the name of a unit begins: of a list, or "đội" with a
/// number.
fn head(item: &Item<'_>, at: usize) -> Option<(usize, Rank)> {
    let numbered = item.words[at].bare == "doi" && item.words.get(at + 1).is_some_and(|next| next.kind == Kind::Digits);
    let listed = HEADS.at_start(&item.words[at..]).map(|(length, rank)| (length, *rank));
    listed.or(numbered.then_some((1, Rank::Unit))).filter(|_| stands_free(item, at))
}

/// Whether a head is no part of a longer word: "đội" in "quân đội".
fn stands_free(item: &Item<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| item.words[before].bare.as_str());
    let first = item.words[at].bare.as_str();
    !(first == "doi" && matches!(before, Some("quan" | "bo" | "hai" | "chi" | "bien")))
}

/// Whether only a comma or "và" stands between two units.
fn goes_on(item: &Item<'_>, between: Range<usize>) -> bool {
    between.len() <= 3
        && item.slice(&between).iter().all(|word| {
            word.is_mark(',')
                || word.is_mark(')')
                || word.is_mark('+')
                || word.is_mark(';')
                || matches!(word.bare.as_str(), "va" | "cung" | "luc" | "luong")
        })
}

/// Whether a unit is named as the whole of the one before it.
fn belongs(item: &Item<'_>, between: Range<usize>) -> bool {
    let words = item.slice(&between);
    matches!(words, [only] if only.is_mark('(') || only.is_mark(',') || only.is_mark('-') || only.is_mark('–') || only.bare == "thuoc" || only.bare == "cua")
        || words.is_empty()
}

/// Where the name of a unit ends.
fn name_end(item: &Item<'_>, start: usize, head_end: usize, places: &Gazetteer<'_>) -> usize {
    let mut at = head_end;
    let head_is_team = matches!(item.words[start].bare.as_str(), "doi" | "dqltt" | "hai" | "to");
    let anybody = HEADS.at_start(&item.words[start..]).is_some_and(|(_, rank)| *rank == Rank::Anybody);
    while let Some(word) = item.words.get(at) {
        let rest = &item.words[at..];
        // "Tổ công tác Hải đoàn 42": the unit is named next.
        if anybody && HEADS.at_start(rest).is_some() {
            break;
        }
        // "Công an TP.HCM"
        if word.is_mark('.') && !word.spaced && rest.get(1).is_some_and(|next| !next.spaced && next.is_capital()) {
            at += 1;
            continue;
        }
        let step = part_of_name(item, rest, head_is_team, places);
        if step == 0 || (word.kind == Kind::Mark && step == 1) {
            break;
        }
        at += step;
    }
    at
}

/// How many of the words go on with the name of a unit.
fn part_of_name(item: &Item<'_>, rest: &[Word<'_>], is_team: bool, places: &Gazetteer<'_>) -> usize {
    let Some(word) = rest.first() else { return 0 };
    let next = rest.get(1);
    // "số 10", "7"
    if word.bare == "so" && next.is_some_and(|next| next.kind == Kind::Digits) {
        return 2;
    }
    if word.kind == Kind::Digits {
        let day = next.is_some_and(|next| {
            (next.is_mark('/') || next.is_mark('-')) && rest.get(2).is_some_and(|word| word.kind == Kind::Digits)
        });
        let short = word.text.len() <= 3 && !day;
        return usize::from(short && next.is_none_or(|next| next.spaced || next.kind == Kind::Mark));
    }
    if let Some(length) = places.at_start(rest).filter(|_| word.is_capital() || item.spelling == Spelling::Bare) {
        // A team is called by its number: the province after it is not its name.
        return if is_team && item.spelling == Spelling::Marked { 0 } else { length };
    }
    if let Some((length, ())) = WITHIN_NAMES.at_start(rest) {
        let then = rest.get(length);
        let named = then.is_some_and(|then| {
            then.is_capital()
                || then.kind == Kind::Digits
                || item.spelling == Spelling::Bare && then.kind == Kind::Letters
        });
        let province = then.is_some_and(|_| places.at_start(&rest[length..]).is_some());
        let of_team = is_team && item.spelling == Spelling::Marked && province && length == 1;
        let alone = STANDS_ALONE.at_start(rest).is_some_and(|(taken, ())| taken == length);
        return if !of_team && (named || alone) { length } else { 0 };
    }
    if word.kind != Kind::Letters || item.spelling == Spelling::Bare && !is_bare_name(rest) {
        return 0;
    }
    if let Some((length, ())) = NAME_WORDS.at_start(rest) {
        return length;
    }
    let acts = ACTS.at_start(rest).is_some() || NAME_STOPS.at_start(rest).is_some();
    usize::from(word.is_capital() && !acts)
}

/// In text without marks names end with the words that begin something else.
fn is_bare_name(rest: &[Word<'_>]) -> bool {
    NAME_WORDS.at_start(rest).is_some()
        || rest[0].is_capital() && ACTS.at_start(rest).is_none() && NAME_STOPS.at_start(rest).is_none()
}

static RECEIVES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.receives"));
static HEADS: LazyLock<Lexicon<Rank>> = LazyLock::new(|| {
    cues_of(&[
        ("agencies.heads.units", Rank::Unit),
        ("agencies.heads.departments", Rank::Department),
        ("agencies.heads.anybody", Rank::Anybody),
    ])
});

/// Words after which a unit is one that helped.
static WITH: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.with"));
static LEADS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.leads"));
static TAKES_PART: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.takes_part"));
static TELLS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.tells"));
static ACTS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.acts"));
static NAME_STOPS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.name_stops"));
/// What leads from a unit's name to that of its place.
static WITHIN_NAMES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.within_names"));
static STANDS_ALONE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.stands_alone"));
/// Small words inside the names of departments.
static NAME_WORDS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("agencies.name_words"));
