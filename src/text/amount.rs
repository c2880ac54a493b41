//! The grammar of written amounts: `hơn 450 triệu đồng`, `463 tỷ 191 triệu`,
//! `17.500.000`, `1,2 tỷ`, `25tr`.
//!
//! A comma is always the decimal mark. A dot before exactly three digits
//! groups; before one or two digits it is a decimal mark written wrongly, and
//! is taken with a warning. What stays ambiguous is refused, never guessed.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded, repeat, terminated};
use winnow::error::EmptyError;
use winnow::token::{one_of, take_while};

use super::{Bound, plain};

type Parsed<T> = winnow::Result<T, EmptyError>;

/// An amount or number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The figure, scales applied.
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
}

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing is written.
    Empty,
    /// There is no number in it.
    NoNumber,
    /// It is less than nothing.
    Negative,
    /// `32,768`: by rule a decimal, by habit perhaps thousands.
    Ambiguous,
    /// Dots and commas that neither group nor mark decimals: `1.23.456`.
    Separators,
    /// More digits than an exact number here can have.
    TooLarge,
    /// A number was read, and this text after it was not understood.
    Unread(String),
}

/// Reads an amount of money.
pub fn read_amount(text: &str) -> Result<Written, ReadError> {
    let plain = plain(text);
    let mut rest = plain.as_str();
    let (bound, parts) = bounded(&mut rest)?;
    let currency = opt(currency).parse_next(&mut rest).unwrap_or_default();
    finished(rest, text)?;
    let (value, warning) = sum(&parts)?;
    if parts.iter().any(|part| part.scale == 1 && part.decimals() == Some((',', 3))) {
        return Err(ReadError::Ambiguous);
    }
    let thousandths = parts.iter().any(|part| part.decimals() == Some((',', 3)));
    let warning = warning.or(thousandths.then_some(Warning::ThreeDecimals));
    Ok(Written { value, bound, currency, warning })
}

/// Reads a number without a currency, such as a quantity or a count.
pub fn read_number(text: &str) -> Result<Written, ReadError> {
    let plain = plain(text);
    let mut rest = plain.as_str();
    let (bound, parts) = bounded(&mut rest)?;
    finished(rest, text)?;
    let (value, warning) = sum(&parts)?;
    if parts.iter().any(Part::may_be_thousands) {
        return Err(ReadError::Ambiguous);
    }
    Ok(Written { value, bound, currency: None, warning })
}

/// Digits with their separators, and the power of ten named after them.
struct Part<'a> {
    digits: &'a str,
    scale: i64,
}

fn bounded<'a>(rest: &mut &'a str) -> Result<(Bound, Vec<Part<'a>>), ReadError> {
    if rest.is_empty() {
        return Err(ReadError::Empty);
    }
    let bound = bounds(rest).unwrap_or_default();
    if rest.starts_with(['-', '−']) {
        return Err(ReadError::Negative);
    }
    let parts: Parsed<Vec<_>> = repeat(1.., part).parse_next(rest);
    Ok((bound, parts.map_err(|EmptyError| ReadError::NoNumber)?))
}

/// Nothing but a full stop may be left; what is, is told as it was typed.
fn finished(rest: &str, text: &str) -> Result<(), ReadError> {
    let unread = rest.trim_matches([' ', '.']);
    if unread.is_empty() {
        return Ok(());
    }
    let typed: Vec<&str> = text.split_whitespace().collect();
    let words = unread.split(' ').count().min(typed.len());
    Err(ReadError::Unread(typed[typed.len() - words..].join(" ")))
}

/// The words before a figure. Stacked ones add up, and one that says above or
/// below says more than "about": "khoảng gần 20 tỷ" is at most.
fn bounds(input: &mut &str) -> Parsed<Bound> {
    repeat(0.., terminated(bound_word, spaces))
        .fold(Bound::default, |so_far, next| match (so_far, next) {
            (Bound::About, sided @ (Bound::AtLeast | Bound::AtMost)) | (sided, Bound::About)
                if sided != Bound::Exact =>
            {
                sided
            }
            _ => so_far.and(next),
        })
        .parse_next(input)
}

fn bound_word(input: &mut &str) -> Parsed<Bound> {
    listed(BOUND_WORDS, input)
}

// In each list a word stands before those that it begins with.
const BOUND_WORDS: &[(&str, Bound)] = &[
    ("tren duoi", Bound::About),
    ("khoang", Bound::About),
    ("uoc tinh", Bound::About),
    ("uoc", Bound::About),
    ("chung", Bound::About),
    ("xap xi", Bound::About),
    ("about", Bound::About),
    ("around", Bound::About),
    ("≈", Bound::About),
    ("~", Bound::About),
    ("hon", Bound::AtLeast),
    ("tren", Bound::AtLeast),
    ("it nhat", Bound::AtLeast),
    ("toi thieu", Bound::AtLeast),
    ("over", Bound::AtLeast),
    ("more than", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    (">=", Bound::AtLeast),
    (">", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("gan", Bound::AtMost),
    ("duoi", Bound::AtMost),
    ("khong qua", Bound::AtMost),
    ("toi da", Bound::AtMost),
    ("chua den", Bound::AtMost),
    ("under", Bound::AtMost),
    ("almost", Bound::AtMost),
    ("nearly", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("<=", Bound::AtMost),
    ("<", Bound::AtMost),
    ("≤", Bound::AtMost),
];
const SCALE_WORDS: &[(&str, i64)] = &[
    ("nghin", 1_000),
    ("ngan", 1_000),
    ("thousand", 1_000),
    ("k", 1_000),
    ("trieu", 1_000_000),
    ("million", 1_000_000),
    ("tr", 1_000_000),
    ("ty", 1_000_000_000),
    ("ti", 1_000_000_000),
    ("billion", 1_000_000_000),
];
const CURRENCY_WORDS: &[(&str, &str)] =
    &[("dong", "VND"), ("vnd", "VND"), ("d", "VND"), ("₫", "VND"), ("usd", "USD"), ("us$", "USD"), ("$", "USD")];

/// A whole word of a list: not the beginning of a longer one.
fn listed<T: Copy>(words: &[(&str, T)], input: &mut &str) -> Parsed<T> {
    for (word, meaning) in words {
        let Some(rest) = input.strip_prefix(word) else { continue };
        let goes_on = rest.starts_with(char::is_alphabetic) && word.ends_with(char::is_alphabetic);
        // "450trđ" runs a scale and a currency together.
        if !goes_on || (*word == "tr" && listed(CURRENCY_WORDS, &mut &*rest).is_ok()) {
            *input = rest;
            return Ok(*meaning);
        }
    }
    Err(EmptyError)
}

fn part<'a>(input: &mut &'a str) -> Parsed<Part<'a>> {
    let digits = preceded(spaces, number).parse_next(input)?;
    let scale = opt(preceded(spaces, scale)).parse_next(input)?.unwrap_or(1);
    Ok(Part { digits, scale })
}

/// Digits, with dots, commas or single spaces between groups of them.
fn number<'a>(input: &mut &'a str) -> Parsed<&'a str> {
    let group_of_three = (one_of([' ']), digit, digit, digit, peek(not(digit)));
    (
        take_while(1.., |c: char| c.is_ascii_digit()),
        alt((
            repeat(1.., group_of_three.void()),
            repeat::<_, _, (), _, _>(0.., (one_of(['.', ',']), take_while(1.., |c: char| c.is_ascii_digit())).void()),
        )),
    )
        .take()
        .parse_next(input)
}

fn digit(input: &mut &str) -> Parsed<char> {
    one_of('0'..='9').parse_next(input)
}

/// Thousands, millions, milliards, and their products: "nghìn tỷ".
fn scale(input: &mut &str) -> Parsed<i64> {
    repeat(1..3, terminated(|input: &mut &str| listed(SCALE_WORDS, input), spaces))
        .fold(|| 1, |so_far, next: i64| so_far * next)
        .parse_next(input)
}

fn currency(input: &mut &str) -> Parsed<&'static str> {
    spaces(input)?;
    listed(CURRENCY_WORDS, input)
}

fn spaces(input: &mut &str) -> Parsed<()> {
    take_while(0.., ' ').void().parse_next(input)
}

impl Part<'_> {
    /// The last separator and how many digits follow it.
    fn decimals(&self) -> Option<(char, usize)> {
        let (at, mark) = self.digits.char_indices().rev().find(|(_, c)| !c.is_ascii_digit())?;
        Some((mark, self.digits.len() - at - mark.len_utf8()))
    }

    /// Whether a comma that marks decimals by rule may have been meant to
    /// group thousands: "25,000", "32,768", but not "3,155".
    fn may_be_thousands(&self) -> bool {
        let large = self.digits.split(',').next().is_some_and(|whole| whole.len() > 1);
        self.scale == 1 && self.decimals() == Some((',', 3)) && (large || self.digits.ends_with('0'))
    }

    fn value(&self) -> Result<(Decimal, Option<Warning>), ReadError> {
        let (digits, warning) = self.normal()?;
        let value = Decimal::from_str_exact(&digits).map_err(|_| ReadError::TooLarge)?;
        let value = value.checked_mul(Decimal::from(self.scale)).ok_or(ReadError::TooLarge)?;
        Ok((value.normalize(), warning))
    }

    /// The digits without groups and with a dot before the decimals.
    fn normal(&self) -> Result<(String, Option<Warning>), ReadError> {
        let (whole, decimals, warning) = match (self.digits.matches(',').count(), self.decimals()) {
            (0, Some(('.', 1..=2))) if self.digits.matches('.').count() == 1 => {
                let (whole, decimals) = self.digits.split_once('.').unwrap_or_default();
                (whole, decimals, Some(Warning::DotAsDecimalMark))
            }
            (0, _) => (self.digits, "", None),
            (1, Some((',', _))) => {
                let (whole, decimals) = self.digits.split_once(',').unwrap_or_default();
                (whole, decimals, None)
            }
            _ => return Err(ReadError::Separators),
        };
        if whole.starts_with("0.") || whole.starts_with("0 ") {
            // "0.500": no number is grouped so, and a decimal is written "0,5".
            return Err(ReadError::Ambiguous);
        }
        let mut groups = whole.split(['.', ' ']);
        let grouped = groups.next().is_some_and(|first| first.len() <= 3 || !whole.contains(['.', ' ']));
        if !grouped || groups.any(|group| group.len() != 3) {
            return Err(ReadError::Separators);
        }
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        Ok((if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }, warning))
    }
}

/// Adds the parts of a compound up: `463 tỷ 191 triệu`. Each scale must be
/// smaller than the one before, and named.
fn sum(parts: &[Part<'_>]) -> Result<(Decimal, Option<Warning>), ReadError> {
    for pair in parts.windows(2) {
        if pair[1].scale >= pair[0].scale || (pair[1].scale == 1 && pair[1].digits.len() < 4) {
            return Err(ReadError::Unread(pair[1].digits.to_owned()));
        }
    }
    let mut total = Decimal::ZERO;
    let mut warned = None;
    for part in parts {
        let (value, warning) = part.value()?;
        total = total.checked_add(value).ok_or(ReadError::TooLarge)?;
        warned = warned.or(warning);
    }
    Ok((total.normalize(), warned))
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
    fn a_dot_before_one_or_two_digits_is_taken_with_a_warning() {
        let written = read_amount("1.6 tỷ").unwrap();
        assert_eq!((written.value, written.warning), (Decimal::from(1_600_000_000), Some(Warning::DotAsDecimalMark)));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, expected) in [
            ("", ReadError::Empty),
            ("hàng chục tỷ", ReadError::NoNumber),
            ("-5", ReadError::Negative),
            ("25,000", ReadError::Ambiguous),
            ("0.500 tỷ", ReadError::Ambiguous),
            ("450¹ triệu", ReadError::Unread("450¹ triệu".into())),
            ("0,12345678901234567890123456789012345 tỷ", ReadError::TooLarge),
            ("450,000,000", ReadError::Separators),
            ("1.23.456", ReadError::Separators),
            ("1234.567", ReadError::Separators),
            ("99999999999999999999999999999999", ReadError::TooLarge),
            ("9 giờ 20 phút", ReadError::Unread("giờ 20 phút".into())),
            ("1 tỷ 2", ReadError::Unread("2".into())),
            ("5 triệu 3 tỷ", ReadError::Unread("3".into())),
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
        fn grouped_digits_come_back(value in 0_i64..1_000_000_000_000_000) {
            let value = Decimal::from(value);
            let written = super::super::write_digits(value, super::super::Marks::VIETNAMESE);
            prop_assert_eq!(read_amount(&written).unwrap().value, value);
        }

        #[test]
        fn any_text_is_a_value_or_an_error(text in "\\PC{0,40}") {
            let _ = read_amount(&text);
            let _ = read_number(&text);
        }
    }
}
