//! The lots of goods: what they are, how much, and of which category.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::dictionary::{CATEGORIES, Evidence, cues};
use super::draft::{DraftCase, Value};
use super::item::Item;
use crate::domain::{Bound, Field, Quantity};
use crate::text::{Figure, Kind, Lexicon, Said, Spelling, fold};

/// A lot in a text.
#[derive(Debug, Clone, PartialEq)]
struct Lot {
    /// Where its quantity stands, and its name.
    at: Range<usize>,
    name: String,
    category: Option<String>,
    quantity: Option<Quantity>,
    unit: Option<String>,
    in_title: bool,
    is_sure: bool,
    /// Whether it is said to be the weight of the whole.
    is_whole: bool,
    /// The words of a quantity that can't be taken.
    unread: Option<String>,
}

/// The most lots of one case; a list that is longer is a price list.
const MOST_LOTS: usize = 40;

/// Reads the lots.
pub(super) fn read(item: &Item<'_>, draft: &mut DraftCase) {
    let mut lots = merged(counted(item));
    if lots.is_empty() {
        lots = named(item);
    }
    if lots.is_empty() {
        lots.extend(unnamed(item));
    }
    for (lot, line) in lots.iter().take(MOST_LOTS).zip(1..) {
        let words = item.said(&lot.at);
        draft.put_line((Field::Goods, line), Value::Text(lot.name.clone()), &words, lot.is_sure);
        if let Some(category) = &lot.category {
            draft.put_line((Field::Category, line), Value::Text(category.clone()), &lot.name, lot.is_sure);
        }
        if let Some(quantity) = lot.quantity {
            draft.put_line((Field::Quantity, line), Value::Quantity(quantity), &words, lot.is_sure);
        }
        if let Some(unread) = &lot.unread {
            draft.unread.insert((Field::Quantity, line), unread.clone());
        }
        if let Some(unit) = &lot.unit {
            draft.put_line((Field::Unit, line), Value::Text(unit.clone()), &words, lot.is_sure);
        }
    }
}

/// The lots of which a text tells how much there is.
fn counted(item: &Item<'_>) -> Vec<Lot> {
    let mut lots: Vec<Lot> = Vec::new();
    for mention in &item.mentions {
        let Range { start, end } = mention.at;
        let (figure, unit, at) = match &mention.said {
            // "khẩu trang" are masks, though guns are counted by "khẩu".
            Said::Quantity(figure, _) if names_goods(item, &mention.at) => (figure, None, start..end - 1),
            Said::Quantity(figure, measure) => (figure, Some(measure.unit.clone()), start..end),
            Said::Number(figure) => (figure, None, start..end),
            _ => continue,
        };
        let at = &at;
        if is_of_something_else(item, at) {
            continue;
        }
        let after = name_after(item, at.end);
        // A number without a unit counts goods only where their name follows.
        let is_named = item.words.get(at.end).is_some_and(|word| !word.is_capital() || item.is_shouted)
            && CATEGORIES.at_start(&item.words[at.end..]).is_some();
        if unit.is_none() && !is_named {
            continue;
        }
        let before = name_before(item, at.start);
        let labelled =
            item.words.get(at.end).is_some_and(|word| matches!(word.bare.as_str(), "nhan" | "hieu" | "loai"));
        let (range, category) = match (after, before) {
            (Some(after), _) if after.1.is_some() => after,
            (after, Some(before)) if after.is_none() || labelled || unit_is_measure(item, at) => before,
            (Some(after), _) => after,
            // "2.088 sản phẩm" of what was spoken of before.
            (None, _) if unit.as_deref().is_some_and(|unit| unit.ends_with("sản phẩm")) => {
                match last_named(item, at.start) {
                    Some(named) => named,
                    None => continue,
                }
            }
            (None, _) => continue,
        };
        let (name, end) = (item.said(&range), range.end.max(at.end));
        lots.push(lot(item, at.start..end, name, category, figure, unit));
    }
    lots
}

/// Whether the last word of a quantity begins the name of goods. Other units may:
/// a "bao thuốc lá" is counted in packs.
fn names_goods(item: &Item<'_>, at: &Range<usize>) -> bool {
    let is_khau = item.words[at.end - 1].bare == "khau";
    is_khau && at.len() > 1 && CATEGORIES.at_start(&item.words[at.end - 1..]).is_some_and(|(length, _)| length > 1)
}

fn lot(
    item: &Item<'_>,
    at: Range<usize>,
    name: String,
    category: Option<String>,
    figure: &Figure,
    unit: Option<String>,
) -> Lot {
    let quantity = figure.low.as_ref().ok().filter(|value| value.normalize().scale() <= Quantity::DECIMALS);
    let quantity = quantity.map(|value| Quantity { value: value.normalize(), bound: figure.bound });
    Lot {
        in_title: item.in_title(at.start),
        is_whole: item.has(&WHOLE, &(item.sentence(at.start).start.max(at.start.saturating_sub(9))..at.start)),
        unread: quantity.is_none().then(|| item.said(&at)),
        is_sure: category.is_some() && quantity.is_some() && figure.warning.is_none(),
        at,
        name,
        category,
        quantity,
        unit,
    }
}

/// Whether a quantity is no lot: a legal limit, a price's unit, what one pack
/// holds, last year's, the vehicle, tools.
fn is_of_something_else(item: &Item<'_>, at: &Range<usize>) -> bool {
    let sentence = item.sentence(at.start);
    let start = sentence.start.max(at.start.saturating_sub(4));
    let of_pack = is_pack_size(item, at) || holds_another(item, at);
    let single = item.words[at.start].bare == "mot";
    let rate = item.words.get(at.end).is_some_and(|word| word.is_mark('/') && !word.spaced);
    if single || rate {
        return true;
    }
    of_pack
        || item.has(&NOT_GOODS, &(start..at.start))
        || item.has(&VEHICLES, &(at.end..(at.end + 2).min(sentence.end)))
}

/// Whether a quantity is what one pack holds: "bình loại 12kg và 45kg",
/// "1.150 chai (480ml)".
fn is_pack_size(item: &Item<'_>, at: &Range<usize>) -> bool {
    let bracketed = at.start > 0
        && item.words[at.start - 1].is_mark('(')
        && item.words.get(at.end).is_some_and(|word| word.is_mark(')'));
    if bracketed || item.before(&PACK_SIZE, at.start).is_some() {
        return true;
    }
    let before = item.mentions.iter().rfind(|mention| mention.at.end + 1 == at.start);
    let joined = at.start > 0 && matches!(item.words[at.start - 1].bare.as_str(), "va" | "hoac" | ",");
    joined && before.is_some_and(|before| item.before(&PACK_SIZE, before.at.start).is_some())
}

/// Whether a quantity is of packs of which the text says what they hold: "40
/// thùng chứa 3.600 sản phẩm".
fn holds_another(item: &Item<'_>, at: &Range<usize>) -> bool {
    let ahead = at.end..(at.end + 4).min(item.words.len());
    let Some((holds, ())) = item.find(&HOLDS, &ahead).into_iter().next() else { return false };
    // "46 bình gas chứa 837 kg khí" are 46 bottles of gas all the same.
    if item.has(&CATEGORIES, &(at.end..holds.start)) {
        return false;
    }
    let next = item.mentions_in(&(holds.end..item.words.len())).first();
    next.is_some_and(|next| next.at.start <= holds.end + 1 && matches!(next.said, Said::Quantity(..)))
}

/// How far back goods are looked for that a text speaks of again, in words.
const FAR_BACK: usize = 300;

/// The goods that the text named last before a word, in any sentence.
fn last_named(item: &Item<'_>, start: usize) -> Option<(Range<usize>, Option<String>)> {
    let found = item.find(&CATEGORIES, &(start.saturating_sub(FAR_BACK)..start));
    let (at, evidence) = found.into_iter().rfind(|(at, evidence)| is_goods(item, at, &evidence.code))?;
    Some((at, Some(evidence.code)))
}

/// Whether a name of goods stands for goods: no vehicle that carried them, no
/// premises, no part of a person's or a firm's name.
fn is_goods(item: &Item<'_>, at: &Range<usize>, category: &str) -> bool {
    let first = &item.words[at.start];
    let vehicle = category == "oto_xe_may" && matches!(first.bare.as_str(), "o" | "xe" | "mo");
    let abbreviation = first.text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let name = first.is_capital() && !abbreviation && !item.is_shouted && item.sentence(at.start).start != at.start;
    !vehicle && !name && tells(item, at) && !is_of_premises(item, at.start)
}

fn unit_is_measure(item: &Item<'_>, at: &Range<usize>) -> bool {
    let last = &item.words[at.end - 1].bare;
    matches!(last.as_str(), "kg" | "tan" | "lit" | "m3" | "3" | "ta" | "yen" | "g" | "gam" | "gram" | "khoi")
}

/// The name that follows a quantity, and the category that it tells: the words
/// up to what describes or does something.
fn name_after(item: &Item<'_>, start: usize) -> Option<(Range<usize>, Option<String>)> {
    let sentence = item.sentence(start.saturating_sub(1));
    let mut begin = start;
    // "60 thùng xốp chứa nầm lợn", "3 loại"
    while begin < sentence.end.min(start + 4) {
        match BEFORE_NAMES.at_start(&item.words[begin..sentence.end]) {
            Some((length, ())) => begin += length,
            None => break,
        }
    }
    let mut end = begin;
    while end < sentence.end && end - begin < 10 {
        let rest = &item.words[end..sentence.end];
        let word = &item.words[end];
        let known = CATEGORIES.at_start(rest).map(|(length, _)| length);
        if let Some(length) = known {
            end += length;
            continue;
        }
        let code = !word.spaced && (word.kind == Kind::Digits || word.is_mark('-'));
        if (word.kind != Kind::Letters && !code) || NAME_ENDS.at_start(rest).is_some() {
            break;
        }
        end += 1;
    }
    if begin >= end {
        return None;
    }
    let category = category(item, &(begin..end));
    let end = if category.is_some() { list_end(item, end, sentence.end) } else { end };
    Some((begin..end, category))
}

/// Where a list of goods ends that share one quantity: "6 tấn xương, đuôi, chân
/// trâu bò".
fn list_end(item: &Item<'_>, mut end: usize, last: usize) -> usize {
    for _ in 0..6 {
        if !item.words.get(end).is_some_and(|word| word.is_mark(',') || word.bare == "va") {
            break;
        }
        let Some((length, _)) = CATEGORIES.at_start(item.slice(&(end + 1..last))) else { break };
        let mut after = end + 1 + length;
        while let Some((more, _)) = CATEGORIES.at_start(item.slice(&(after..last))) {
            after += more;
        }
        end = after;
    }
    end
}

/// The goods that were last named before a quantity: "nầm lợn …, tổng khối
/// lượng 1.800kg", "bia lon giả: 640 thùng".
fn name_before(item: &Item<'_>, start: usize) -> Option<(Range<usize>, Option<String>)> {
    let sentence = item.sentence(start);
    // Since the last quantity, whose goods are its own.
    let mut before = item.mentions_in(&(sentence.start..start)).iter();
    let counted = before.rfind(|mention| matches!(mention.said, Said::Quantity(..)));
    let since = counted.map_or(sentence.start, |mention| mention.at.end);
    let found = item.find(&CATEGORIES, &(since..start));
    let real = |(at, evidence): &(Range<usize>, Evidence)| is_goods(item, at, &evidence.code);
    let other = || item.find(&CATEGORIES, &(sentence.start..start)).into_iter().rfind(real);
    let (at, evidence) = found.into_iter().find(real).or_else(other)?;
    Some((at, Some(evidence.code)))
}

/// Whether a name of goods tells them: without marks a word of two or three
/// letters may be any other.
fn tells(item: &Item<'_>, at: &Range<usize>) -> bool {
    item.spelling == Spelling::Marked || at.len() > 1 || item.words[at.start].bare.len() > 3
}

/// The category of some words: that of the first goods that they name.
fn category(item: &Item<'_>, within: &Range<usize>) -> Option<String> {
    item.find(&CATEGORIES, within).into_iter().next().map(|(_, evidence)| evidence.code)
}

/// One lot of each kind of goods: what the title says again is left out, and
/// so is a second measure of the same goods.
fn merged(lots: Vec<Lot>) -> Vec<Lot> {
    let mut kept: Vec<Lot> = Vec::new();
    let has_body = lots.iter().any(|lot| !lot.in_title && lot.quantity.is_some());
    for lot in lots.into_iter().filter(|lot| !(has_body && lot.in_title)) {
        // Further ones would be left out; some of these may yet be.
        if kept.len() > 2 * MOST_LOTS {
            break;
        }
        let same = kept.iter_mut().find(|known| same_goods(known, &lot));
        match same {
            None => kept.push(lot),
            Some(known) if says_more(&lot, known) => *known = lot,
            Some(_) => {}
        }
    }
    let known = kept.iter().any(|lot| lot.category.is_some());
    kept.retain(|lot| !known || lot.category.is_some() || !is_container(lot));
    without_parts(kept)
}

/// Whether a lot says more of the same goods than one known before.
fn says_more(lot: &Lot, known: &Lot) -> bool {
    let Some(quantity) = lot.quantity else { return false };
    known.quantity.is_none_or(|known| known.bound != Bound::Exact && quantity.bound == Bound::Exact)
        || lot.is_whole && weighed(lot) && is_container(known)
}

/// Whether packs are counted of which nothing is known but that they are.
fn is_container(lot: &Lot) -> bool {
    let packs = ["thùng", "bao tải", "kiện", "túi", "thung", "kien", "tui"];
    let named = lot.name.starts_with(char::is_uppercase);
    !named && lot.unit.as_deref().is_none_or(|unit| packs.iter().any(|pack| unit.starts_with(pack)))
}

fn same_goods(one: &Lot, two: &Lot) -> bool {
    let alike = || {
        let name = |lot: &Lot| format!(" {} ", fold(&lot.name));
        let (mine, other) = (name(one), name(two));
        mine.contains(&other) || other.contains(&mine)
    };
    if !same_unit(one, two) {
        // The same goods weighed and counted.
        return weighed(one) != weighed(two) && alike();
    }
    let same_figure = match (one.quantity, two.quantity) {
        (Some(mine), Some(other)) => rounds(mine, other),
        _ => true,
    };
    // Other names are other goods, though both be counted alike: "50 thùng bia
    // Tiger, 50 thùng bia Heineken". A title may name them in other words.
    same_figure && (alike() || one.in_title != two.in_title && one.category == two.category)
}

/// Whether two lots are counted in one unit; products are products.
fn same_unit(one: &Lot, two: &Lot) -> bool {
    let products = |lot: &Lot| lot.unit.as_deref().is_some_and(|unit| unit.ends_with("sản phẩm"));
    one.unit == two.unit || products(one) && products(two)
}

fn weighed(lot: &Lot) -> bool {
    lot.unit.as_deref().is_some_and(|unit| ["kg", "tấn", "tạ", "yến", "tan", "lít", "lit", "m3", "m³"].contains(&unit))
}

/// Whether two quantities are one, or one rounds the other.
fn rounds(one: Quantity, two: Quantity) -> bool {
    if one.value == two.value {
        return true;
    }
    let rounded = (one.bound == Bound::Exact) != (two.bound == Bound::Exact);
    rounded && (one.value - two.value).abs() * Decimal::TEN <= one.value.max(two.value)
}

/// Without what is told twice: the parts of a total, where they add up to it,
/// and a round figure of the whole, where its parts are told.
fn without_parts(mut lots: Vec<Lot>) -> Vec<Lot> {
    let value = |lot: &Lot| lot.quantity.map(|quantity| quantity.value).unwrap_or_default();
    let parts = |lots: &[Lot], at: usize| {
        let others = lots
            .iter()
            .enumerate()
            .filter(|(other, lot)| *other != at && (same_unit(lot, &lots[at]) || lot.unit.is_none()));
        let values: Vec<Decimal> = others.map(|(_, lot)| value(lot)).collect();
        (values.len() > 1).then(|| values.iter().sum::<Decimal>())
    };
    let total = (0..lots.len()).find(|at| lots[*at].is_whole && parts(&lots, *at) == Some(value(&lots[*at])));
    if let Some(at) = total {
        let total = lots[at].clone();
        lots.retain(|lot| *lot == total || !same_unit(lot, &total));
    }
    let rounded = (0..lots.len()).find(|at| {
        let of = value(&lots[*at]);
        let is_round = lots[*at].quantity.is_some_and(|quantity| quantity.bound != Bound::Exact);
        is_round
            && lots[*at].is_whole
            && parts(&lots, *at).is_some_and(|sum| (sum - of).abs() * Decimal::from(20) <= of)
    });
    if let Some(at) = rounded {
        lots.remove(at);
    }
    lots
}

/// Goods of which a text tells no quantity: those that it names where
/// something was found, traded or carried, one after another.
fn named(item: &Item<'_>) -> Vec<Lot> {
    let found: Vec<(Range<usize>, String)> = item
        .find(&CATEGORIES, &(0..item.words.len()))
        .into_iter()
        .filter(|(at, evidence)| is_goods(item, at, &evidence.code))
        .map(|(at, evidence)| (at, evidence.code))
        .collect();
    let score = |at: &Range<usize>| {
        let start = item.sentence(at.start).start.max(at.start.saturating_sub(5));
        i32::from(item.has(&TRADED, &(start..at.start))) * 3
            + i32::from(at.len() > 1)
            + i32::from(!item.in_title(at.start))
    };
    let best = (0..found.len()).rev().max_by_key(|at| score(&found[*at].0));
    let Some(first) = best.filter(|at| score(&found[*at].0) > 2) else { return Vec::new() };
    let listed = found[first..].windows(2).take_while(|pair| is_list(item, pair[0].0.end..pair[1].0.start)).count();
    let lot = |(at, category): &(Range<usize>, String)| Lot {
        name: item.said(at),
        category: Some(category.clone()),
        quantity: None,
        unit: None,
        in_title: item.in_title(at.start),
        is_sure: score(at) > 3,
        is_whole: false,
        unread: None,
        at: at.clone(),
    };
    found[first..=first + listed].iter().map(lot).collect()
}

/// Goods of which a text says only how they broke the law: "hàng hóa giả mạo
/// nhãn hiệu".
fn unnamed(item: &Item<'_>) -> Option<Lot> {
    let found = item.find(&WARES, &(0..item.words.len()));
    let (at, ()) = found.iter().find(|(at, ())| !item.in_title(at.start)).or(found.first())?;
    let name = item.said(at);
    Some(Lot {
        name,
        category: None,
        quantity: None,
        unit: None,
        in_title: false,
        is_sure: false,
        is_whole: false,
        unread: None,
        at: at.clone(),
    })
}

/// Whether only a comma, a plus or "và" stands between two names.
fn is_list(item: &Item<'_>, between: Range<usize>) -> bool {
    let words = item.slice(&between);
    words.len() == 1 && (words[0].is_mark(',') || words[0].is_mark('+') || words[0].bare == "va")
}

/// Whether goods name premises or a trade: "cửa hàng xăng dầu".
fn is_of_premises(item: &Item<'_>, at: usize) -> bool {
    item.before(&PREMISES, at).is_some()
}

static WARES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.wares"));
static HOLDS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.holds"));
static WHOLE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.whole"));
static BEFORE_NAMES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.before_names"));
static NAME_ENDS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.name_ends"));
static NOT_GOODS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.not_goods"));
static PACK_SIZE: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.pack_size"));
static VEHICLES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.vehicles"));
static TRADED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.traded"));
static PREMISES: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("goods.premises"));
