//! Provinces and communes.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::dictionary::cues;
use super::draft::{DraftCase, Value};
use super::item::Item;
use crate::domain::{Field, ProvinceId, Reference};
use crate::text::{Kind, Lexicon, Spelling, Word};

/// Names of provinces, by which they are found in a text.
pub(super) struct Gazetteer<'a> {
    reference: &'a Reference,
    names: Lexicon<String>,
}

/// A name of a province in a text.
struct Mentioned {
    at: Range<usize>,
    name: String,
    score: i32,
}

impl<'a> Gazetteer<'a> {
    pub(super) fn new(reference: &'a Reference) -> Self {
        let names = reference.provinces.iter().map(|province| province.name.clone());
        let aliases = reference.aliases.iter().map(|alias| alias.alias.clone());
        let names = names.chain(aliases).map(|name| (name.clone(), name));
        Self { reference, names: Lexicon::new(names) }
    }

    /// Whether the name of a province begins with some words; how many of
    /// them it takes.
    pub(super) fn at_start(&self, words: &[Word<'_>]) -> Option<usize> {
        self.names.at_start(words).map(|(length, _)| length)
    }

    /// Reads the province and the commune.
    pub(super) fn read(&self, item: &Item<'_>, around: Option<&Item<'_>>, on: NaiveDate, draft: &mut DraftCase) {
        if !self.read_province(item, on, draft)
            && let Some(around) = around
        {
            self.read_province(around, on, draft);
        }
        if !self.read_communes(item, draft)
            && let Some(around) = around
        {
            self.read_communes(around, draft);
        }
    }

    fn read_province(&self, item: &Item<'_>, on: NaiveDate, draft: &mut DraftCase) -> bool {
        // What is one province on that day adds up: a name, an alias, a former
        // name of it.
        let mut scores: BTreeMap<ProvinceId, (i32, Mentioned)> = BTreeMap::new();
        let mut first = Vec::new();
        let mut known: HashMap<String, Option<ProvinceId>> = HashMap::new();
        for mentioned in self.mentioned(item) {
            let find = || self.reference.find_province(&mentioned.name, on).ok().map(|province| province.id);
            let Some(id) = *known.entry(mentioned.name.clone()).or_insert_with(find) else { continue };
            let score = mentioned.score;
            if !first.contains(&id) {
                first.push(id);
            }
            scores.entry(id).and_modify(|(sum, _)| *sum += score.max(0)).or_insert((score, mentioned));
        }
        let order = |id: &ProvinceId| std::cmp::Reverse(first.iter().position(|known| known == id));
        let Some((id, (score, best))) = scores.iter().max_by_key(|(id, (score, _))| (*score, order(id))) else {
            return false;
        };
        let Some(province) = self.reference.province(*id) else { return false };
        let rival = scores.iter().any(|(other, (rival, _))| other != id && *rival + 2 > *score && *rival > 0);
        let words = item.said(&best.at);
        draft.put(Field::Province, Value::Text(province.name.clone()), words, *score > 0 && !rival);
        true
    }

    /// Names of provinces that stand for provinces: not those of wards,
    /// streets and firms.
    fn mentioned(&self, item: &Item<'_>) -> Vec<Mentioned> {
        let mut mentioned = Vec::new();
        let opening = opening(item);
        for (at, name) in item.find(&self.names, &(0..item.words.len())) {
            // "thành phố Huế" is no street ("phố").
            let named = item.before(&KINDS, at.start).is_some();
            if is_name(item, &at) && (named || item.before(&OTHER_PLACES, at.start).is_none()) {
                let score = score(item, &at, opening);
                mentioned.push(Mentioned { at, name, score });
            }
        }
        mentioned
    }

    fn read_communes(&self, item: &Item<'_>, draft: &mut DraftCase) -> bool {
        let mut found: Vec<(Range<usize>, bool)> = Vec::new();
        for (kind, spelled) in item.find(&COMMUNES, &(0..item.words.len())) {
            let before = kind.start.checked_sub(1).map(|before| &item.words[before]);
            // "thị xã Hương Thủy" is a town, "N.P.X." are initials.
            if before.is_some_and(|word| word.bare == "thi" || !spelled && word.is_mark('.')) {
                continue;
            }
            let Some(end) = self.name_end(item, kind.end, spelled) else { continue };
            found.push((kind.start..end, is_residence(item, kind.start)));
        }
        let candidates: Vec<&Range<usize>> =
            found.iter().filter(|(_, residence)| !residence).map(|(at, _)| at).collect();
        let placed =
            candidates.iter().position(|at| item.before(&IN_PLACE, at.start).is_some() && !item.in_title(at.start));
        let Some(first) = placed.or((!candidates.is_empty()).then_some(0)) else { return false };
        let mut names = vec![commune_name(item, candidates[first])];
        // "xã A và xã B" are two places of one case.
        for pair in candidates[first..].windows(2) {
            if !joined(item, pair[0].end..pair[1].start) {
                break;
            }
            names.push(commune_name(item, pair[1]));
        }
        names.dedup();
        let words = item.said(candidates[first]);
        draft.put(Field::Commune, Value::Text(names.join(", ")), words, placed.is_some() || candidates.len() == 1);
        true
    }

    /// Where the name of a commune ends that begins at a word: with the last
    /// capital, or without capitals after two words.
    fn name_end(&self, item: &Item<'_>, start: usize, spelled: bool) -> Option<usize> {
        let named = |word: &Word<'_>| word.kind == Kind::Letters || word.kind == Kind::Digits;
        // "P. Hòa Bình"
        let start = start + usize::from(!spelled && item.words.get(start).is_some_and(|word| word.is_mark('.')));
        let initial = |word: &&Word<'_>| word.kind == Kind::Letters && word.text.chars().count() == 1;
        let first = item.words.get(start).filter(|word| named(word) && (spelled || !initial(word)))?;
        let capitals = !item.is_shouted && (item.spelling == Spelling::Marked || first.is_capital());
        if capitals && !first.is_capital() && first.kind == Kind::Letters {
            return None;
        }
        // "phường 5"
        if first.kind == Kind::Digits {
            return (spelled && first.text.len() <= 2).then_some(start + 1);
        }
        let mut end = start + 1;
        while let Some(word) = item.words.get(end) {
            let goes_on = word.kind == Kind::Letters && end - start < if capitals { 4 } else { 2 };
            let stops = NAME_ENDS.at_start(&item.words[end..]).is_some()
                || self.at_start(&item.words[end..]).is_some_and(|length| length > 1) && end - start >= 2
                || self.at_start(&item.words[end..]).is_some() && word.text.chars().all(char::is_uppercase);
            if !goes_on || stops || (capitals && !word.is_capital()) {
                // "phường Hà Giang 1"
                let numbered = word.kind == Kind::Digits && word.text.len() == 1 && capitals;
                let alone = item.words.get(end + 1).is_none_or(|next| {
                    next.kind == Kind::Mark && next.spaced | !next.is_mark('.') && !next.is_mark('/')
                });
                return Some(end + usize::from(numbered && alone));
            }
            end += 1;
        }
        Some(end)
    }
}

/// Whether a province's name is written as a name: with capitals where the
/// text uses them, and not within a longer name.
fn is_name(item: &Item<'_>, at: &Range<usize>) -> bool {
    let first = &item.words[at.start];
    if item.spelling == Spelling::Marked && !first.is_capital() && !item.is_flat {
        return false;
    }
    // "HN", "HCM": initials are no words.
    if first.text.chars().count() <= 3
        && at.len() == 1
        && !first.text.chars().all(char::is_uppercase)
        && first.bare != "hue"
    {
        return false;
    }
    let longer = |word: &Word<'_>| word.is_capital() && word.kind == Kind::Letters && word.spaced;
    let next = item.words.get(at.end).is_some_and(longer) && !item.is_shouted && item.spelling == Spelling::Marked;
    !next
        || item.before(&KINDS, at.start).is_some()
        || item.before(&UNITS_OF, at.start).is_some()
        || !same_name(item, at)
}

/// Whether the capital after a name goes on with it: "Thái Bình Dương", but
/// not "Quảng Trị Phát hiện".
fn same_name(item: &Item<'_>, at: &Range<usize>) -> bool {
    item.words.get(at.end + 1).is_none_or(|word| word.kind != Kind::Letters || word.is_capital())
        || item.words.get(at.end).is_some_and(|word| word.bare == "phu")
}

/// How many of the first words say nothing yet but what kind of place follows.
fn opening(item: &Item<'_>) -> usize {
    let says_nothing =
        |word: &&Word<'_>| word.kind != Kind::Letters || matches!(word.bare.as_str(), "tp" | "t" | "p" | "tinh");
    item.words.iter().take_while(says_nothing).count()
}

fn score(item: &Item<'_>, at: &Range<usize>, opening: usize) -> i32 {
    let dateline = at.start <= opening
        || item.sentence(at.start).start == at.start
            && item.words.get(at.end).is_some_and(|word| [':', '-', '–'].iter().any(|mark| word.is_mark(*mark)));
    let mut score = 1;
    score += if dateline { 5 } else { 0 };
    score += if item.before(&KINDS, at.start).is_some() { 3 } else { 0 };
    let before_kind = item.before(&KINDS, at.start).map_or(at.start, |(start, ())| start);
    score += if item.before(&UNITS_OF, before_kind).is_some() { 3 } else { 0 };
    score += if item.before(&IN_PLACE, before_kind).is_some() { 3 } else { 0 };
    score += if item.in_title(at.start) { 2 } else { 0 };
    let elsewhere = item.before(&ELSEWHERE, before_kind).is_some() || is_residence(item, at.start);
    if elsewhere { score - 6 } else { score }
}

/// Whether a place is where someone lives or comes from, by the words before
/// it in its clause and the one before.
fn is_residence(item: &Item<'_>, at: usize) -> bool {
    let sentence = item.sentence(at);
    let start = sentence.start.max(at.saturating_sub(9));
    let found = item.find(&RESIDENCE, &(start..at));
    found.last().is_some_and(|(range, ())| !item.has(&IN_PLACE_AGAIN, &(range.end..at)))
}

fn joined(item: &Item<'_>, between: Range<usize>) -> bool {
    let words = item.slice(&between);
    words.iter().all(|word| word.is_mark(',') || word.bare == "va") && !words.is_empty() && words.len() <= 2
}

/// A commune as it is called: its kind in full, in text with marks.
fn commune_name(item: &Item<'_>, at: &Range<usize>) -> String {
    let said = item.said(at);
    let spelled = |short: &str, long: &str| {
        let rest = said.strip_prefix(short)?;
        Some(format!("{long} {}", rest.trim_start_matches(['.', ' '])))
    };
    let name = if item.spelling == Spelling::Marked {
        spelled("TT.", "thị trấn")
            .or_else(|| spelled("TT ", "thị trấn"))
            .or_else(|| spelled("P.", "phường"))
            .or_else(|| spelled("p.", "phường"))
            .or_else(|| spelled("P ", "phường"))
            .or_else(|| spelled("X.", "xã"))
            .or_else(|| spelled("x.", "xã"))
    } else {
        None
    };
    let name = name.unwrap_or(said);
    // "Xã Một" at the head of a sentence is "xã Một".
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !item.is_shouted => first.to_lowercase().chain(letters).collect(),
        _ => name,
    }
}

static KINDS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.kinds"));
static UNITS_OF: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.units_of"));
static IN_PLACE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.in_place"));
static IN_PLACE_AGAIN: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.in_place_again"));
static ELSEWHERE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.elsewhere"));
static RESIDENCE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.residence"));
/// What a province's name may be the name of besides.
static OTHER_PLACES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.other_places"));
static COMMUNES: LazyLock<Lexicon<bool>> = LazyLock::new(|| {
    Lexicon::new([
        ("xã", true),
        ("phường", true),
        ("thị trấn", true),
        ("đặc khu", true),
        ("P.", false),
        ("X.", false),
        ("TT.", false),
    ])
});
static NAME_ENDS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("places.name_ends"));
