//! The grammar of written amounts: `hơn 450 triệu đồng`, `463 tỷ 191 triệu`,
//! `17.500.000`, `20-30 triệu`, `bốn trăm năm mươi triệu`.
//!
//! A comma is always the decimal mark. A dot before exactly three digits
//! groups; before one or two digits it is a decimal mark written wrongly, and
//! is taken with a warning. What stays ambiguous is refused, never guessed.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, opt, preceded, repeat};
use winnow::error::EmptyError;

use super::Bound;
use super::grammar::{Input, Parsed, mark, phrase};
use super::number::{Number, Worth, number, scale};
use super::vocabulary::{BOUNDS, BOUNDS_AFTER, CURRENCIES, FROM, NUMERALS, Numeral, SCALES, UP_TO, VAGUE};
use super::words::{Spelling, words};

/// An amount or number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The figure, scales applied; of a range, its lower end.
    pub value: Decimal,
    /// What the words around it say of it.
    pub bound: Bound,
    /// The currency named after it, as an ISO 4217 code.
    pub currency: Option<&'static str>,
    /// What a person should be told about how it was read.
    pub warning: Option<Warning>,
}

/// A reading that is taken, and said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// `1.6 tỷ`: a dot before one or two digits, read as a decimal mark.
    DotAsDecimalMark,
    /// `1,500 triệu`: a comma before three digits, read as a decimal mark.
    ThreeDecimals,
    /// `1 tỷ 2`: a part of the unit before it, as people speak.
    Spoken,
    /// `20-30 triệu`: the lower end of a range, read as a lower bound.
    LowerEnd,
    /// `hàng chục tỷ`: no number is named; it stays unknown.
    Vague,
}

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing is written.
    Empty,
    /// There is no number in it.
    NoNumber,
    /// Words that stand for a number and name none: `hàng chục tỷ`.
    Vague,
    /// It is less than nothing.
    Negative,
    /// `32,768`: by rule a decimal, by habit perhaps thousands.
    Ambiguous,
    /// Parts that can be added up in more than one way: `1 tỷ 25`.
    Compound,
    /// A range whose lower end is not below its upper one: `30-20 triệu`.
    Range,
    /// Dots and commas that neither group nor mark decimals: `1.23.456`.
    Separators,
    /// More digits than an exact number here can have.
    TooLarge,
    /// A number was read, and this text after it was not understood.
    Unread(String),
}

/// Reads an amount of money.
pub fn read_amount(text: &str) -> Result<Written, ReadError> {
    digits_alone(text).map_or_else(|| amount_in_words(text), Ok)
}

fn amount_in_words(text: &str) -> Result<Written, ReadError> {
    let amount = whole(text)?;
    let unscaled = |number: &Number| number.only_figure().is_some() && number.has_thousandths();
    let mut written = amount.written()?;
    if amount.ends().any(unscaled) {
        return Err(ReadError::Ambiguous);
    }
    let thousandths = amount.ends().any(Number::has_thousandths);
    written.warning = written.warning.or(thousandths.then_some(Warning::ThreeDecimals));
    Ok(written)
}

/// Reads a number without a currency, such as a quantity or a count.
pub fn read_number(text: &str) -> Result<Written, ReadError> {
    digits_alone(text).map_or_else(|| number_in_words(text), Ok)
}

/// What is written in digits without anything else: the figure itself.
fn digits_alone(text: &str) -> Option<Written> {
    let is_digits = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let value = text.parse::<u64>().ok().filter(|_| is_digits)?;
    Some(Written { value: value.into(), bound: Bound::Exact, currency: None, warning: None })
}

fn number_in_words(text: &str) -> Result<Written, ReadError> {
    let amount = whole(text)?;
    if let Some(currency) = amount.currency {
        return Err(ReadError::Unread(currency.to_owned()));
    }
    let written = amount.written()?;
    if amount.may_be_thousands() { Err(ReadError::Ambiguous) } else { Ok(written) }
}

/// The amount that a whole text is. A field's few words may be written in any
/// way, so marks are not looked at.
fn whole(text: &str) -> Result<Amount, ReadError> {
    let words = words(text, Spelling::Bare);
    let first = words.first().ok_or(ReadError::Empty)?;
    if first.is_mark('-') || first.is_mark('−') {
        return Err(ReadError::Negative);
    }
    let mut rest = Input::new(&words);
    let amount = amount(&mut rest).map_err(|EmptyError| ReadError::NoNumber)?;
    // Nothing but a full stop may be left; what is, is told as it was typed.
    let unread = rest.iter().position(|word| !word.is_mark('.')).map(|at| rest[at].start);
    match unread {
        Some(start) => Err(ReadError::Unread(text[start..].trim().to_owned())),
        None => Ok(amount),
    }
}

/// An amount in a text: a number, a range, or words that name none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    /// What the words around it say.
    pub(super) bound: Bound,
    /// The number, or a range's lower end; `None` names no number.
    pub(super) low: Option<Number>,
    /// A range's upper end.
    pub(super) high: Option<End>,
    /// The currency that is named.
    pub(super) currency: Option<&'static str>,
}

/// The upper end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// A number.
    At(Number),
    /// "vài triệu": none that is named.
    Open,
}

/// The longest amount with which a text begins.
pub(super) fn amount<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Amount> {
    let bound = bounds.parse_next(input)?;
    let sign = opt(sign).parse_next(input)?;
    let mut amount = alt((range, vague, single)).parse_next(input)?;
    let from = amount.bound;
    amount.bound = amount.bound.stacked(bound);
    amount.currency = amount.currency.or(sign);
    if let Some(after) = opt(|input: &mut Input<'t, 'a>| phrase(&BOUNDS_AFTER, input)).parse_next(input)? {
        // "từ 300 triệu trở xuống": what follows says which way.
        amount.bound = if amount.high.is_none() { bound.stacked(after) } else { from.stacked(after) };
    }
    // "trăm triệu" without a word before it may be any number of hundreds.
    let unnamed = amount.bound == Bound::Exact && amount.low.as_ref().is_some_and(Number::is_vague);
    if unnamed {
        amount.low = None;
    }
    Ok(amount)
}

/// The words before a figure. Stacked ones add up, and one that says above or
/// below says more than "about": "khoảng gần 20 tỷ" is at most.
pub(super) fn bounds(input: &mut Input<'_, '_>) -> Parsed<Bound> {
    repeat(0..=4, bound).fold(Bound::default, Bound::stacked).parse_next(input)
}

fn bound(input: &mut Input<'_, '_>) -> Parsed<Bound> {
    let mut ahead = input.clone();
    let bound = phrase(&BOUNDS, &mut ahead)?;
    // Without marks "tam" is "tầm" (about), but eight in "tam tram trieu", and
    // where no number follows.
    let is_numeral = phrase(&NUMERALS, &mut input.clone()).is_ok();
    let counts = |ahead: &Input<'_, '_>| {
        let ends = ahead.first().is_none_or(|word| word.is_mark('.')) || currency(&mut ahead.clone()).is_ok();
        ends || phrase(&SCALES, &mut ahead.clone()).is_ok() || phrase(&NUMERALS, &mut ahead.clone()) == Ok(Numeral::Ten)
    };
    if is_numeral && counts(&ahead) {
        return Err(EmptyError);
    }
    *input = ahead;
    Ok(bound)
}

/// A sign of currency before the number: "$500".
fn sign(input: &mut Input<'_, '_>) -> Parsed<&'static str> {
    let mut ahead = input.clone();
    let code = phrase(&CURRENCIES, &mut ahead)?;
    if code == "VND" {
        return Err(EmptyError);
    }
    *input = ahead;
    Ok(code)
}

fn currency(input: &mut Input<'_, '_>) -> Parsed<&'static str> {
    phrase(&CURRENCIES, input)
}

fn single<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Amount> {
    let from = opt(from).parse_next(input)?;
    let low = number.parse_next(input)?;
    let named = opt(currency).parse_next(input)?;
    let bound = if from.is_some() { Bound::AtLeast } else { Bound::Exact };
    let currency = named.or(low.of_dong().then_some("VND"));
    Ok(Amount { bound, low: Some(low), high: None, currency })
}

/// "từ 300 ngàn đồng đến 30 triệu đồng", "20-30 triệu".
fn range<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Amount> {
    let _ = opt(from).parse_next(input)?;
    let mut low = number.parse_next(input)?;
    let first = opt(currency).parse_next(input)?;
    let dash = mark(&['-', '–', '—']).void();
    alt((dash, |input: &mut Input<'t, 'a>| phrase(&UP_TO, input))).parse_next(input)?;
    let _ = bounds.parse_next(input)?;
    let open = (vague_words, repeat::<_, _, (), _, _>(1..=3, scale)).value(End::Open);
    let high = alt((open, number.map(End::At))).parse_next(input)?;
    let last = opt(currency).parse_next(input)?;
    let mut of_dong = low.of_dong();
    if let End::At(high) = &high {
        of_dong |= high.of_dong();
        if !low.is_scaled() && first.is_none() {
            low.take_scales(high);
        }
    }
    let currency = last.or(first).or(of_dong.then_some("VND"));
    Ok(Amount { bound: Bound::AtLeast, low: Some(low), high: Some(high), currency })
}

/// "hàng chục tỷ đồng": words that name no number.
fn vague<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Amount> {
    preceded(vague_words, repeat::<_, _, (), _, _>(1..=3, scale)).parse_next(input)?;
    let currency = opt(currency).parse_next(input)?;
    Ok(Amount { bound: Bound::Exact, low: None, high: None, currency })
}

pub(super) fn vague_words(input: &mut Input<'_, '_>) -> Parsed<()> {
    phrase(&VAGUE, input)
}

fn from(input: &mut Input<'_, '_>) -> Parsed<()> {
    phrase(&FROM, input)
}

impl Amount {
    /// The numbers that it names.
    pub(super) fn ends(&self) -> impl Iterator<Item = &Number> {
        let high = self.high.iter().filter_map(|end| match end {
            End::At(number) => Some(number),
            End::Open => None,
        });
        self.low.iter().chain(high)
    }

    /// Whether a comma in it may have been meant to group thousands.
    pub(super) fn may_be_thousands(&self) -> bool {
        self.ends().filter_map(Number::only_figure).any(super::figure::Figure::may_be_thousands)
    }

    /// Its figure. The ends of a range must be in their order.
    pub(super) fn written(&self) -> Result<Written, ReadError> {
        let Worth { value, warning } = self.low.as_ref().ok_or(ReadError::Vague)?.worth()?;
        let mut warning = warning;
        if self.upper()?.is_some_and(|high| high <= value) {
            return Err(ReadError::Range);
        }
        if self.high.is_some() {
            warning = warning.or(Some(Warning::LowerEnd));
        }
        Ok(Written { value, bound: self.bound, currency: self.currency, warning })
    }

    /// The upper end of a range, where it is named.
    pub(super) fn upper(&self) -> Result<Option<Decimal>, ReadError> {
        match &self.high {
            Some(End::At(number)) => Ok(Some(number.worth()?.value)),
            Some(End::Open) | None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<(i64, Bound)> {
        let written = read_amount(text).ok()?;
        Some((i64::try_from(written.value).ok().filter(|_| written.value.is_integer())?, written.bound))
    }

    #[test]
    fn plain_forms() {
        for (text, expected) in [
            ("450000000", 450_000_000),
            ("17.500.000 đồng", 17_500_000),
            ("17 500 000", 17_500_000),
            ("450 triệu", 450_000_000),
            ("1,2 tỷ", 1_200_000_000),
            ("1,2 tỉ đồng", 1_200_000_000),
            ("25tr", 25_000_000),
            ("450trđ", 450_000_000),
            ("15k", 15_000),
            ("300 ngàn đồng", 300_000),
            ("319,613 tỷ đồng", 319_613_000_000),
            ("133,270 nghìn tỷ đồng", 133_270_000_000_000),
            ("463 tỷ 191 triệu đồng", 463_191_000_000),
            ("403 tỷ 46 triệu đồng", 403_046_000_000),
            ("6.165 tỉ đồng", 6_165_000_000_000),
            ("0", 0),
            ("25.000 VNĐ", 25_000),
            ("1 million", 1_000_000),
        ] {
            assert_eq!(value(text), Some((expected, Bound::Exact)), "{text}");
        }
    }

    #[test]
    fn bounds_are_kept() {
        use Bound::{About, AtLeast, AtMost};
        for (text, expected, bound) in [
            ("hơn 450 triệu đồng", 450_000_000, AtLeast),
            ("hơn 230 triệu", 230_000_000, AtLeast),
            ("gần 372 tỷ đồng", 372_000_000_000, AtMost),
            ("khoảng gần 20 tỷ đồng", 20_000_000_000, AtMost),
            ("trên dưới 1 tỷ đồng", 1_000_000_000, About),
            ("≥ 450.000.000", 450_000_000, AtLeast),
            ("~25tr", 25_000_000, About),
        ] {
            assert_eq!(value(text), Some((expected, bound)), "{text}");
        }
    }

    #[test]
    fn words_spoken_forms_and_ranges() {
        use Bound::{About, AtLeast, AtMost, Exact};
        for (text, expected, bound) in [
            ("1 tỷ 2", 1_200_000_000, Exact),
            ("1tỷ2", 1_200_000_000, Exact),
            ("25tr5", 25_500_000, Exact),
            ("1 tỷ 250", 1_250_000_000, Exact),
            ("25 nghìn 500", 25_500, Exact),
            ("2 triệu rưỡi", 2_500_000, Exact),
            ("gần nửa tỷ đồng", 500_000_000, AtMost),
            ("hơn trăm triệu", 100_000_000, AtLeast),
            ("hơn triệu rưỡi", 1_500_000, AtLeast),
            ("bốn trăm năm mươi triệu đồng", 450_000_000, Exact),
            ("tam tram trieu", 800_000_000, Exact),
            ("tam 8 trieu", 8_000_000, About),
            ("tám", 8, Exact),
            ("tám đồng.", 8, Exact),
            ("bon tram nam muoi trieu dong", 450_000_000, Exact),
            ("một tỷ hai", 1_200_000_000, Exact),
            ("hai mươi lăm triệu", 25_000_000, Exact),
            ("khoảng mười lăm nghìn", 15_000, About),
            ("5 trăm triệu", 500_000_000, Exact),
            ("1 nghìn 200 tỷ", 1_200_000_000_000, Exact),
            ("20-30 triệu đồng", 20_000_000, AtLeast),
            ("2-3tr5", 2_000_000, AtLeast),
            ("1-2 tỷ 500 triệu", 1_000_000_000, AtLeast),
            ("từ 300 triệu trở xuống", 300_000_000, AtMost),
            ("từ 300 triệu trở lên", 300_000_000, AtLeast),
            ("hơn chục triệu", 10_000_000, AtLeast),
            ("năm chục triệu", 50_000_000, Exact),
            ("hai trăm ba triệu", 230_000_000, Exact),
            ("25 nghìn 5 trăm", 25_500, Exact),
            ("từ 300 ngàn đồng đến 30 triệu đồng", 300_000, AtLeast),
            ("từ 99.000 đồng đến vài triệu đồng", 99_000, AtLeast),
            ("450 triệu đồng trở lên", 450_000_000, AtLeast),
            ("không dưới 500 triệu", 500_000_000, AtLeast),
            ("chưa đến 2 tỷ", 2_000_000_000, AtMost),
        ] {
            assert_eq!(value(text), Some((expected, bound)), "{text}");
        }
        assert_eq!(read_amount("1 tỷ 2").unwrap().warning, Some(Warning::Spoken));
        assert_eq!(read_amount("hai trăm ba triệu").unwrap().warning, Some(Warning::Spoken));
        assert_eq!(read_amount("20-30 triệu").unwrap().warning, Some(Warning::LowerEnd));
        assert_eq!(read_amount("$500").unwrap().currency, Some("USD"));
        assert_eq!(read_amount("450trđ").unwrap().currency, Some("VND"));
    }

    #[test]
    fn a_dot_before_one_or_two_digits_is_taken_with_a_warning() {
        let written = read_amount("1.6 tỷ").unwrap();
        assert_eq!((written.value, written.warning), (Decimal::from(1_600_000_000), Some(Warning::DotAsDecimalMark)));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, expected) in [
            ("", ReadError::Empty),
            ("hàng chục tỷ", ReadError::Vague),
            ("-5", ReadError::Negative),
            ("25,000", ReadError::Ambiguous),
            ("0.500 tỷ", ReadError::Ambiguous),
            ("450¹ triệu", ReadError::Unread("¹ triệu".into())),
            ("0,12345678901234567890123456789012345 tỷ", ReadError::TooLarge),
            ("450,000,000", ReadError::Separators),
            ("1.23.456", ReadError::Separators),
            ("1234.567", ReadError::Separators),
            ("99999999999999999999999999999999", ReadError::TooLarge),
            ("9 giờ 20 phút", ReadError::Unread("giờ 20 phút".into())),
            ("1 tỷ 25", ReadError::Compound),
            ("1 tỷ 2 trăm", ReadError::Compound),
            ("5 triệu 3 chục", ReadError::Compound),
            ("chục tỷ đồng", ReadError::Vague),
            ("5 triệu 3 tỷ", ReadError::Compound),
            ("hai triệu năm trăm", ReadError::Compound),
            ("30-20 triệu", ReadError::Range),
            ("vài triệu", ReadError::Vague),
            ("trăm triệu", ReadError::Vague),
            ("20 ti vi", ReadError::Unread("ti vi".into())),
        ] {
            assert_eq!(read_amount(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn quantities_may_have_three_decimals() {
        for text in ["25,000", "32,768", "1,000"] {
            assert_eq!(read_number(text), Err(ReadError::Ambiguous), "{text}");
        }
        assert_eq!(read_number("3,155").unwrap().value, Decimal::new(3155, 3));
        assert_eq!(read_number("gần 6").unwrap().bound, Bound::AtMost);
        assert_eq!(read_number("2.000").unwrap().value, Decimal::from(2000));
    }

    proptest! {
        #[test]
        fn digits_alone_are_read_as_in_general(text in "[0-9]{1,20}|[-+.,0-9 ]{0,6}") {
            prop_assert_eq!(read_amount(&text), amount_in_words(&text));
            prop_assert_eq!(read_number(&text), number_in_words(&text));
        }

        #[test]
        fn grouped_digits_come_back(value in 0_i64..1_000_000_000_000_000) {
            let value = Decimal::from(value);
            let written = super::super::write_digits(value, super::super::Marks::VIETNAMESE);
            prop_assert_eq!(read_amount(&written).unwrap().value, value);
        }

        #[test]
        fn words_come_back(value in 0_u64..1_000_000_000_000_000_000) {
            let value = Decimal::from(value);
            let words = super::super::spell(value).unwrap();
            let written = read_amount(&words).map(|written| (written.value, written.bound, written.warning));
            prop_assert_eq!(written, Ok((value, Bound::Exact, None)), "{}", words);
        }

        #[test]
        fn short_forms_come_back(value in 0_u64..1_000_000_000_000_000, unit in prop::sample::select(vec![1_u64, 1_000, 1_000_000])) {
            let value = Decimal::from(value / unit * unit);
            let short = super::super::write_short(value);
            prop_assert_eq!(read_amount(&short).map(|written| (written.value, written.warning)), Ok((value, None)), "{}", short);
        }

        /// Numbers with many noughts, where parts are left out.
        #[test]
        fn sparse_words_come_back(digits in prop::collection::vec(prop::sample::select(vec![0_u64, 0, 0, 1, 5, 4, 9]), 1..18)) {
            let value = digits.iter().fold(0, |value, digit| value * 10 + digit);
            let words = super::super::spell(value.into()).unwrap();
            prop_assert_eq!(read_amount(&format!("{words} đồng")).map(|written| written.value), Ok(value.into()), "{}", words);
        }

        #[test]
        fn any_text_is_a_value_or_an_error(text in "\\PC{0,40}") {
            let _ = read_amount(&text);
            let _ = read_number(&text);
        }
    }
}
