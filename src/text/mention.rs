//! The figures and days that a running text mentions, each with the words
//! that say it; and what looks like a figure and is none (plates, numbers of
//! teams and decrees, the purity of gold, times of day) passed over.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, opt};
use winnow::stream::Stream;

use super::Bound;
use super::amount::{Amount, ReadError, Warning, amount, vague_words};
use super::code::{chunk_length, is_code, is_name_of_number};
use super::grammar::{Input, Parsed, digits, joined, mark, next, phrase};
use super::lexicon::{Lexicon, lexicons};
use super::quantity::{MIXED, Measured, measured};
use super::unit::UNITS;
use super::vocabulary::{CURRENCIES, SCALES};
use super::when::{When, when, year};
use super::words::{Kind, Word};

/// A figure or a day in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Which of the text's words say it.
    pub at: Range<usize>,
    /// What they say.
    pub said: Said,
}

/// What words of a text say.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// An amount of money.
    Money(Figure),
    /// A price for one of something, or a rate: "13.500 đồng/bao".
    Price(Figure, String),
    /// Two amounts of which each holds for another: "50/100 tr", for persons
    /// and for organisations.
    Pair(Figure, Figure),
    /// A quantity of goods, and its unit as written.
    Quantity(Figure, Measure),
    /// How many there are of what is counted.
    Count(Figure, Noun),
    /// A share or a change, in percent or in times.
    Share(Figure),
    /// A day or period.
    Time(When),
    /// A time of day.
    Clock,
    /// A number of nothing that is known here.
    Number(Figure),
}

/// A number in a text: a value, a range, or words that name none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its value, of a range the lower end; or why it can't be told.
    pub low: Result<Decimal, ReadError>,
    /// The upper end of a range, where it is named.
    pub high: Option<Decimal>,
    /// What the words around it say.
    pub bound: Bound,
    /// The currency that is named, as an ISO 4217 code.
    pub currency: Option<&'static str>,
    /// How it was read.
    pub warning: Option<Warning>,
}

/// The unit of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The unit as written, in small letters.
    pub unit: String,
    /// The whole in base units, and their name: "1,4 tấn" is 1,400 kg, and so
    /// is what packs hold: "36 gói (10 kg/gói)" is 360 kg.
    pub in_base: Option<(Decimal, &'static str)>,
}

/// What is counted beside goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// Cases.
    Case,
    /// Persons.
    Person,
    /// Premises.
    Premises,
    /// Time, distance, and what else is no figure of a case.
    Other,
}

/// All that a text mentions, from left to right. The time it takes is linear
/// in the length of the text.
#[must_use]
pub fn mentions(words: &[Word<'_>]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let starts_chunk = at == 0 || words[at].spaced || words[at - 1].kind == Kind::Mark;
        let chunk = &words[at..at + chunk_length(&words[at..])];
        if starts_chunk && is_code(chunk) {
            at += chunk.len();
            continue;
        }
        let mut input = Input::new(&words[at..]);
        let before = &words[..at];
        match mention(before, &mut input) {
            Ok(said) => {
                let length = words.len() - at - input.len();
                found.push(Mention { at: at..at + length, said });
                at += length;
            }
            // Digits that say nothing are passed over as a whole.
            Err(_) if words[at].kind == Kind::Digits => at += chunk.len().max(1),
            Err(_) => at += 1,
        }
    }
    found
}

fn mention<'t, 'a: 't>(before: &[Word<'_>], input: &mut Input<'t, 'a>) -> Parsed<Said> {
    let first = next(input).ok_or(winnow::error::EmptyError)?;
    if first.kind == Kind::Digits && is_name_of_number(before, input) {
        return Err(winnow::error::EmptyError);
    }
    let ended = |input: &Input<'_, '_>| {
        next(input).is_none_or(|word| word.spaced || matches!(word.kind, Kind::Mark | Kind::Break))
    };
    let start = input.checkpoint();
    if let Ok(when) = alt((when, year)).parse_next(input)
        && ended(input)
        && !counts_something(input)
    {
        return Ok(Said::Time(when));
    }
    input.reset(&start);
    let said = alt((clock, pair, figure)).parse_next(input)?;
    if ended(input) { Ok(said) } else { Err(winnow::error::EmptyError) }
}

/// Whether a scale or currency follows, so that the numbers before it
/// are no day: "5/10 triệu".
fn counts_something(input: &Input<'_, '_>) -> bool {
    let scaled = phrase(&SCALES, &mut input.clone()).is_ok();
    scaled || phrase(&CURRENCIES, &mut input.clone()).is_ok()
}

/// "9 giờ 20 phút", "9h20", "20h"
fn clock<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Said> {
    digits(1..=2).parse_next(input)?;
    phrase(&HOURS, input)?;
    let minutes = |input: &mut Input<'t, 'a>| phrase(&MINUTES, input);
    // "22h 20/5" is ten in the evening of a day.
    let rest = |input: &mut Input<'t, 'a>| {
        let number = digits(1..=2).parse_next(input)?;
        let is_day = input.first().is_some_and(|word| word.is_mark('/') || word.is_mark('-') || word.is_mark('.'))
            && number.spaced;
        if is_day { Err(winnow::error::EmptyError) } else { opt(minutes).parse_next(input) }
    };
    opt(rest).parse_next(input)?;
    Ok(Said::Clock)
}

/// "50/100 tr": two amounts that share what stands after the second.
fn pair<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Said> {
    let first = digits(1..=4).parse_next(input)?;
    joined(mark(&['/'])).parse_next(input)?;
    let second = amount.verify(|amount: &Amount| is_money(amount)).parse_next(input)?;
    let Some(low) = second.low.as_ref() else { return Err(winnow::error::EmptyError) };
    let mut other = Input::new(std::slice::from_ref(first));
    let mut first = super::number::number.parse_next(&mut other)?;
    first.take_scales(low);
    let first = Amount { low: Some(first), high: None, ..second.clone() };
    Ok(Said::Pair(Figure::of(&first), Figure::of(&second)))
}

fn figure<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Said> {
    let start = input.checkpoint();
    if let Ok(measured) = measured(input)
        && !measured.is_noun
        && !is_denial(&measured.amount)
    {
        return Ok(quantity(&measured));
    }
    input.reset(&start);
    if let Ok(noun) = many(input) {
        return Ok(noun);
    }
    input.reset(&start);
    let amount = amount.parse_next(input)?;
    let figure = Figure::of(&amount);
    if let Ok(noun) = phrase(&NOUNS, input) {
        // "25,000 vụ" may be thousands or not.
        let low = if amount.may_be_thousands() { Err(ReadError::Ambiguous) } else { figure.low };
        return Ok(Said::Count(Figure { low, ..figure }, noun));
    }
    if phrase(&SHARES, input).is_ok() {
        return Ok(Said::Share(figure));
    }
    if is_money(&amount) {
        let per = opt(per).parse_next(input)?;
        return Ok(per.map_or_else(|| Said::Money(figure.clone()), |per| Said::Price(figure.clone(), per)));
    }
    // Words such as "một" and "năm" are numbers only before what is counted.
    if amount.low.as_ref().is_some_and(|low| low.only_figure().is_some() || low.is_scaled()) || amount.low.is_none() {
        return Ok(Said::Number(figure));
    }
    Err(winnow::error::EmptyError)
}

/// Whether an amount is the word "không", which denies more often than it
/// counts: "không rõ" without marks is no basket ("rổ").
fn is_denial(amount: &Amount) -> bool {
    amount.low.as_ref().is_some_and(|low| low.is_spelled() && low.worth().is_ok_and(|worth| worth.value.is_zero()))
}

/// Whether an amount is money: a currency is named, or millions of nothing.
fn is_money(amount: &Amount) -> bool {
    amount.currency.is_some() || amount.ends().any(super::number::Number::is_of_money_size)
}

/// "nhiều vụ": things without a number.
fn many<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Said> {
    vague_words(input)?;
    let noun = phrase(&NOUNS, input)?;
    let figure =
        Figure { low: Err(ReadError::Vague), high: None, bound: Bound::AtLeast, currency: None, warning: None };
    Ok(Said::Count(figure, noun))
}

/// "/bao", "/năm": what an amount is for one of.
fn per<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<String> {
    joined(mark(&['/'])).parse_next(input)?;
    let before = input.peek_finish();
    let known = alt((
        |input: &mut Input<'t, 'a>| phrase(&UNITS, input).map(drop),
        |input: &mut Input<'t, 'a>| phrase(&NOUNS, input).map(drop),
    ));
    { known }.parse_next(input)?;
    let taken = &before[..before.len() - input.len()];
    Ok(taken.iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
}

fn quantity(measured: &Measured) -> Said {
    let mut figure = Figure::of(&measured.amount);
    if measured.amount.may_be_thousands() || measured.is_spoken {
        figure.low = Err(ReadError::Ambiguous);
    }
    if measured.and_a_half {
        figure.low = figure.low.map(|value| value + Decimal::new(5, 1));
    }
    let unit = if measured.is_mixed { MIXED.to_owned() } else { measured.name.clone() };
    let in_base = figure.low.as_ref().ok().and_then(|value| measured.in_base(*value));
    Said::Quantity(figure, Measure { unit, in_base })
}

impl Figure {
    fn of(amount: &Amount) -> Self {
        let written = amount.written();
        let unscaled_thousandths =
            amount.currency.is_some() && amount.ends().any(|end| end.only_figure().is_some() && end.has_thousandths());
        let (low, warning) = match written {
            Ok(_) if unscaled_thousandths => (Err(ReadError::Ambiguous), None),
            Ok(written) => (Ok(written.value), written.warning),
            Err(error) => (Err(error), None),
        };
        let high = amount.upper().ok().flatten();
        Self { low, high, bound: amount.bound, currency: amount.currency, warning }
    }
}

lexicons! {
    HOURS: () = [("giờ", ()), ("h", ())];
    MINUTES: () = [("phút", ()), ("p", ()), ("ph", ())];
    SHARES: () = [("%", ()), ("phần trăm", ()), ("lần", ())];
    NOUNS: Noun = [
        ("vụ", Noun::Case), ("vụ việc", Noun::Case), ("vụ vi phạm", Noun::Case), ("trường hợp", Noun::Case), ("vụ việc vi phạm", Noun::Case),
        ("trường hợp vi phạm", Noun::Case), ("hành vi", Noun::Other), ("hành vi vi phạm", Noun::Other),
        ("đối tượng", Noun::Person), ("người", Noun::Person), ("bị can", Noun::Person), ("cá nhân", Noun::Person),
        ("cơ sở", Noun::Premises), ("cửa hàng", Noun::Premises), ("hộ kinh doanh", Noun::Premises), ("hộ", Noun::Premises),
        ("doanh nghiệp", Noun::Premises), ("tổ chức", Noun::Premises), ("điểm", Noun::Premises), ("kho", Noun::Premises),
        ("kho hàng", Noun::Premises), ("địa điểm", Noun::Premises), ("nhà thuốc", Noun::Premises), ("tiệm", Noun::Premises),
        ("tiệm vàng", Noun::Premises), ("kho lạnh", Noun::Premises), ("công ty", Noun::Premises), ("quầy", Noun::Premises), ("hộ dân", Noun::Premises),
        ("tháng", Noun::Other), ("ngày", Noun::Other), ("năm", Noun::Other), ("giờ", Noun::Other), ("tuần", Noun::Other),
        ("tuổi", Noun::Other), ("km", Noun::Other), ("ki lô mét", Noun::Other), ("cây số", Noun::Other), ("phút", Noun::Other), ("lượt", Noun::Other),
        ("đoàn", Noun::Other), ("tổ", Noun::Other), ("mặt hàng", Noun::Other), ("loại", Noun::Other), ("xã", Noun::Other), ("phường", Noun::Other), ("tỉnh", Noun::Other), ("quận", Noun::Other), ("huyện", Noun::Other),
        ("nhóm", Noun::Other), ("nhãn hiệu", Noun::Other), ("thương hiệu", Noun::Other), ("cán bộ", Noun::Other), ("công chức", Noun::Other), ("ngày làm việc", Noun::Other),
    ];
}
