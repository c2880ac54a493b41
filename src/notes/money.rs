//! Which amount is the fine, which the value of the goods, which neither; and
//! how many cases a summary counts.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::dictionary::{cues, cues_of};
use super::draft::{DraftCase, Value};
use super::item::Item;
use crate::domain::{Amount, Bound, Count, Field};
use crate::text::{Figure, Lexicon, Mention, Noun, ReadError, Said};

/// What words say of the amounts near them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Fine,
    Seized,
    Profit,
    Paid,
    /// No figure of the case: a legal limit, a price, turnover, tax, last
    /// year's.
    None,
}

/// An amount whose role is known.
#[derive(Debug, Clone)]
struct Told {
    at: Range<usize>,
    value: Decimal,
    bound: Bound,
    role: Role,
    /// Whether it is said to be a total.
    is_total: bool,
    in_title: bool,
    /// Where its sentence begins.
    sentence: usize,
    is_sure: bool,
}

/// Reads the amounts of the case.
pub(super) fn read(item: &Item<'_>, draft: &mut DraftCase) {
    let mut told: Vec<Told> = Vec::new();
    for mention in &item.mentions {
        // "10 triệu đồng/hộ", "mỗi người 20 triệu": a part of a fine of which the
        // whole is not told.
        if is_each(item, mention) {
            draft.unread.entry((Field::FineAmount, 0)).or_insert_with(|| item.said(&mention.at));
            continue;
        }
        let Some(figure) = money(item, mention).filter(|_| item.before(&CHANGED, mention.at.start).is_none()) else {
            continue;
        };
        let is_foreign = figure.currency.is_some_and(|code| code != "VND");
        let (mut role, mut is_sure) = role(item, &mention.at);
        // "quá hạn 9tr, nhãn 2tr. Cộng 11tr": a total is of what stands before it.
        if let Some(last) = told.last().filter(|_| role == Role::None && starts_with_total(item, &mention.at)) {
            (role, is_sure) = (last.role, true);
        }
        match field(role) {
            Some(_) if figure.low.is_ok() && !is_foreign => told.extend(take(item, &mention.at, figure, role, is_sure)),
            Some(field) => {
                draft.unread.entry((field, 0)).or_insert_with(|| item.said(&mention.at));
            }
            None => {}
        }
    }
    tell_payments(item, &mut told);
    for role in [Role::Fine, Role::Seized, Role::Profit, Role::Paid] {
        let of_role: Vec<&Told> = told.iter().filter(|told| told.role == role).collect();
        put(item, role, &of_role, draft);
    }
}

/// "phạt 5 triệu, đã nộp phạt 5 triệu" is one fine and its payment; "nộp phạt"
/// alone tells of a fine.
fn tell_payments(item: &Item<'_>, told: &mut [Told]) {
    let is_payment = |told: &Told| told.role == Role::Fine && item.before(&FINE_PAID, told.at.start).is_some();
    if told.iter().any(|told| told.role == Role::Fine && !is_payment(told)) {
        for paid in told.iter_mut().filter(|told| is_payment(told)) {
            (paid.role, paid.is_sure) = (Role::Paid, false);
        }
    }
}

/// Whether a fine is told for each of several.
fn is_each(item: &Item<'_>, mention: &Mention) -> bool {
    let fined = || {
        let before = item.sentence(mention.at.start).start..mention.at.start;
        item.find(&CUES, &before).iter().any(|(_, role)| *role == Role::Fine)
    };
    match &mention.said {
        Said::Price(_, of) => matches!(of.as_str(), "hộ" | "người" | "đối tượng" | "cơ sở" | "vụ") && fined(),
        Said::Money(_) => item.before(&EACH, mention.at.start).is_some() && fined(),
        _ => false,
    }
}

/// The figure of a mention of money. A bare number is one where a word for
/// money stands right before it: "TG: 26.100.000".
fn money<'m>(item: &Item<'_>, mention: &'m Mention) -> Option<&'m Figure> {
    match &mention.said {
        Said::Money(figure) => Some(figure),
        Said::Number(figure) if figure.low.as_ref().is_ok_and(|value| *value >= Decimal::from(LEAST_BARE)) => {
            item.before(&CUES, mention.at.start).map(|_| figure)
        }
        _ => None,
    }
}

/// The least number that may be an amount in đồng though no word says so.
const LEAST_BARE: i64 = 10_000;

/// Whether an amount is the first of a sentence that begins by adding up.
fn starts_with_total(item: &Item<'_>, at: &Range<usize>) -> bool {
    let start = item.sentence(at.start).start;
    at.start - start <= 4 && item.has(&TOTAL, &(start..at.start))
}

fn field(role: Role) -> Option<Field> {
    match role {
        Role::Fine => Some(Field::FineAmount),
        Role::Seized => Some(Field::SeizedValue),
        Role::Profit => Some(Field::IllegalProfit),
        Role::Paid => Some(Field::PaidAmount),
        Role::None => None,
    }
}

fn take(item: &Item<'_>, at: &Range<usize>, figure: &Figure, role: Role, is_sure: bool) -> Option<Told> {
    let start = item.sentence(at.start).start.max(at.start.saturating_sub(8));
    Some(Told {
        at: at.clone(),
        value: figure.low.clone().ok()?,
        bound: figure.bound.stacked(bound_of_cue(item, at)),
        role,
        is_total: item.has(&TOTAL, &(start..at.start)),
        in_title: item.in_title(at.start),
        sentence: item.sentence(at.start).start,
        is_sure: is_sure && figure.warning.is_none(),
    })
}

/// What stands before the words for an amount: "ước trị giá 2 tỷ 4".
fn bound_of_cue(item: &Item<'_>, at: &Range<usize>) -> Bound {
    let cue = item.before(&CUES, at.start).map_or(at.start, |(start, _)| start);
    if cue == at.start { Bound::Exact } else { item.before(&ESTIMATED, cue).map_or(Bound::Exact, |_| Bound::About) }
}

/// The role of an amount: that of the nearest words in its sentence. Those
/// before it count first, as Vietnamese puts them there.
fn role(item: &Item<'_>, at: &Range<usize>) -> (Role, bool) {
    let sentence = item.sentence(at.start);
    let cues = item.find(&CUES, &sentence);
    let between = |range: Range<usize>| {
        item.mentions_in(&range).iter().filter(|mention| matches!(mention.said, Said::Money(_))).count()
    };
    let nearest = cues
        .iter()
        .filter_map(|(cue, role)| {
            // "giá từ 25 triệu": the amount may begin within the cue.
            if cue.start < at.start {
                Some((at.start.saturating_sub(cue.end) + 12 * between(cue.end..at.start), *role, cue.clone()))
            } else {
                // What follows an amount speaks of it only within its clause.
                let words = cue.start.checked_sub(at.end)?;
                let near = words <= 5 && !stops(item, at.end..cue.start);
                near.then(|| (words + 3 + 12 * between(at.end..cue.start), *role, cue.clone()))
            }
        })
        .min_by_key(|(distance, ..)| *distance);
    // "… đồng tiền thuế truy thu": what follows at once says it best.
    let behind = cues.iter().find(|(cue, _)| cue.start == at.end);
    if behind.is_some_and(|(_, role)| *role == Role::None) {
        return (Role::None, true);
    }
    let Some((distance, role, cue)) = nearest else { return (unspoken(item, at, &sentence), false) };
    // Only fines are listed one after another: "phạt ông A 5 triệu, bà B 3 triệu".
    if role != Role::Fine && distance > 12 {
        return (unspoken(item, at, &(cue.end..at.end)), false);
    }
    if is_of_both(item, &cues, &cue, role, at) || is_limit(item, at, role) || is_compared(item, at) {
        return (Role::None, true);
    }
    (role, distance < 25)
}

fn stops(item: &Item<'_>, between: Range<usize>) -> bool {
    item.slice(&between).iter().any(|word| [',', ';', '(', ')', '.', ':'].iter().any(|mark| word.is_mark(*mark)))
}

/// An amount of which no word says what it is: the value, where it stands
/// behind goods that were found.
fn unspoken(item: &Item<'_>, at: &Range<usize>, sentence: &Range<usize>) -> Role {
    let before = item.mentions_in(&(sentence.start..at.start));
    let goods = before.iter().any(|mention| matches!(mention.said, Said::Quantity(..)));
    let adjacent = item.before(&GOODS_WORTH, at.start).is_some();
    if goods || adjacent { Role::Seized } else { Role::None }
}

/// Whether one amount is of fines and goods together: "tiền phạt và trị giá
/// hàng hóa là 63 tỷ".
fn is_of_both(
    item: &Item<'_>,
    cues: &[(Range<usize>, Role)],
    cue: &Range<usize>,
    role: Role,
    at: &Range<usize>,
) -> bool {
    if role != Role::Seized && role != Role::Fine || cue.end > at.start {
        return false;
    }
    let other = cues.iter().rfind(|(before, other)| {
        before.end <= cue.start && *other != role && matches!(other, Role::Fine | Role::Seized)
    });
    other.is_some_and(|(before, _)| {
        let between = &item.words[before.end..cue.start];
        between.len() <= 5
            && between.iter().any(|word| word.bare == "va")
            && !between
                .iter()
                .any(|word| word.kind == crate::text::Kind::Digits || word.is_mark(',') || word.is_mark(';'))
    })
}

/// Whether a fine is one that the law allows or that somebody proposes, not
/// one that was given.
fn is_limit(item: &Item<'_>, at: &Range<usize>, role: Role) -> bool {
    let sentence = item.sentence(at.start);
    let start = sentence.start.max(at.start.saturating_sub(14));
    role == Role::Fine && item.has(&LIMITS, &(start..at.start))
}

/// Whether an amount is one of another time, to which this one is compared.
fn is_compared(item: &Item<'_>, at: &Range<usize>) -> bool {
    let sentence = item.sentence(at.start);
    let clause = item.clause(at.start);
    let begins = COMPARED.at_start(&item.words[sentence.clone()]).is_some();
    begins || item.has(&ANOTHER_TIME, &(clause.start..at.start))
}

/// Puts the amount of a role: the total where one is named; else what the body
/// says, where the title does not know better; else their sum, to be checked.
fn put(item: &Item<'_>, role: Role, told: &[&Told], draft: &mut DraftCase) {
    let Some(field) = field(role) else { return };
    let Some((chosen, amount, is_sure)) = choose(told) else { return };
    let words = item.said(&chosen.at);
    draft.put(field, Value::Amount(amount), words, is_sure);
}

fn choose<'t>(told: &[&'t Told]) -> Option<(&'t Told, Amount, bool)> {
    let of = |told: &Told| Amount { value: told.value, bound: told.bound };
    let body: Vec<&Told> = told.iter().filter(|told| !told.in_title).copied().collect();
    if let Some(total) = body.iter().filter(|told| told.is_total).max_by_key(|told| told.value) {
        return Some((total, of(total), total.is_sure));
    }
    let title = told.iter().find(|told| told.in_title).copied();
    let Some(first) = body.first() else { return title.map(|title| (title, of(title), title.is_sure)) };
    // "phạt ông A 5 triệu, phạt ông B 5 triệu": said twice in one sentence, it
    // is two amounts.
    let twice = body.iter().any(|told| told.at != first.at && told.sentence == first.sentence);
    let other = twice || body.iter().any(|told| !agrees(told, first));
    if !other {
        // Of several ways to say one amount, the exact one.
        let exact = body.iter().find(|told| told.bound == Bound::Exact).unwrap_or(first);
        return Some((exact, of(exact), exact.is_sure));
    }
    if let Some(known) = title.and_then(|title| body.iter().find(|told| agrees(told, title))) {
        return Some((known, of(known), known.is_sure));
    }
    // Fines of other sentences are of other times or other people.
    if body.iter().any(|told| told.sentence != first.sentence) {
        return Some((first, of(first), false));
    }
    let sum: Decimal = body.iter().map(|told| told.value).sum();
    let bound = body.iter().fold(Bound::Exact, |bound, told| bound.and(told.bound));
    Some((first, Amount { value: sum, bound }, false))
}

/// Whether two writings can be of one amount: one rounds the other.
fn agrees(one: &Told, two: &Told) -> bool {
    if one.value == two.value {
        return true;
    }
    let (low, high) = if one.value < two.value { (one, two) } else { (two, one) };
    let rounded = low.bound != Bound::Exact || high.bound != Bound::Exact;
    rounded && (high.value - low.value) * Decimal::TEN < high.value
}

/// How many cases a text counts.
pub(super) struct Counted {
    pub(super) count: Count,
    pub(super) words: String,
    /// Whether a number is named: "nhiều vụ" are two at least.
    pub(super) is_sure: bool,
}

fn is_vague(mention: &Mention) -> bool {
    matches!(&mention.said, Said::Count(figure, _) if figure.low.is_err())
}

/// How many cases a text counts, and its words; `None` where it tells of one.
pub(super) fn count(item: &Item<'_>) -> Option<Counted> {
    let mut counted: Vec<(i32, Count, Range<usize>)> = Vec::new();
    for mention in &item.mentions {
        let Said::Count(figure, Noun::Case) = &mention.said else { continue };
        let sentence = item.sentence(mention.at.start);
        let clause = item.clause(mention.at.start);
        let compared = item.has(&COMPARED, &(clause.start..mention.at.start));
        let handled = item.has(&HANDLED, &(clause.start..mention.at.start))
            || item.has(&VIOLATING, &(mention.at.start..(mention.at.end + 2).min(sentence.end)));
        let checked = item.has(&CHECKED, &(mention.at.start.saturating_sub(5).max(sentence.start)..mention.at.start));
        let n = match &figure.low {
            Ok(value) => u32::try_from(*value).ok().filter(|n| (2..=1_000_000).contains(n)),
            Err(ReadError::Vague) => Some(2),
            Err(_) => None,
        };
        let Some(n) = n.filter(|_| !compared) else { continue };
        let bound = if figure.low.is_err() { Bound::AtLeast } else { figure.bound };
        let score = i32::from(handled) * 2 - i32::from(checked) * 3 - i32::from(figure.low.is_err())
            + i32::from(!item.in_title(mention.at.start));
        counted.push((score, Count { n, bound }, mention.at.clone()));
    }
    let (_, count, at) = counted.into_iter().rev().max_by_key(|(score, ..)| *score)?;
    let is_sure = !item.mentions.iter().any(|mention| mention.at == at && is_vague(mention));
    Some(Counted { count, words: item.said(&at), is_sure })
}

static CUES: LazyLock<Lexicon<Role>> = LazyLock::new(|| {
    cues_of(&[
        ("money.cues.fine", Role::Fine),
        ("money.cues.seized", Role::Seized),
        ("money.cues.profit", Role::Profit),
        ("money.cues.paid", Role::Paid),
        ("money.cues.none", Role::None),
    ])
});

static ESTIMATED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.estimated"));
static ANOTHER_TIME: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.another_time"));
static GOODS_WORTH: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.goods_worth"));
static TOTAL: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.total"));
static EACH: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.each"));
static FINE_PAID: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.fine_paid"));
static CHANGED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.changed"));
static LIMITS: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.limits"));
static COMPARED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.compared"));
static HANDLED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.handled"));
static VIOLATING: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.violating"));
static CHECKED: LazyLock<Lexicon<()>> = LazyLock::new(|| cues("money.checked"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_may_begin_within_the_words_for_it() {
        for text in ["gia tu 25 trieu dong", "bán với giá từ 25 triệu đồng"] {
            let item = Item::new(text, 0);
            assert_eq!(role(&item, &item.mentions[0].at), (Role::None, true), "{text}");
        }
    }
}
