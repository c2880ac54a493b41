//! The grammar of numbers: digits or words, with the scales named after them.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, opt, repeat};
use winnow::error::EmptyError;

use super::amount::{ReadError, Warning};
use super::figure::{Figure, figure};
use super::grammar::{Input, Parsed, next, phrase};
use super::numeral::{Spelled, spelled};
use super::vocabulary::{AND_A_HALF, CURRENCIES, HALF_OF, SCALES, Scale};
use super::words::Kind;

/// The most parts of one number: "một triệu … nghìn … tỷ … triệu … nghìn …".
const MOST_TERMS: usize = 9;

/// A part of a number: `463 tỷ`, `191 triệu`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    what: What,
    /// The product of its scales below the milliard.
    by: i64,
    /// How often "tỷ" is named: it multiplies all before it.
    milliards: u32,
    and_a_half: bool,
    of_dong: bool,
    is_k: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Figure(Figure),
    Spelled(Spelled),
    Half(Decimal),
    /// A scale alone: "hơn trăm triệu", "triệu rưỡi".
    Nothing,
}

/// A number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    terms: Vec<Term>,
}

/// What a number is worth, and what is to be said of how it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Worth {
    pub(super) value: Decimal,
    pub(super) warning: Option<Warning>,
}

/// The longest number with which a text begins.
pub(super) fn number<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Number> {
    let first = term.parse_next(input)?;
    let later: Vec<Term> =
        if first.goes_on() { repeat(0..MOST_TERMS, later_term).parse_next(input)? } else { Vec::new() };
    Ok(Number { terms: std::iter::once(first).chain(later).collect() })
}

fn term<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Term> {
    let half = |input: &mut Input<'t, 'a>| phrase(&HALF_OF, input).map(What::Half);
    let what = opt(alt((half, figure.map(What::Figure), spelled.map(What::Spelled)))).parse_next(input)?;
    let scales: Vec<Scale> = repeat(0..=3, scale).parse_next(input)?;
    let and_a_half = opt(and_a_half).parse_next(input)?.is_some();
    let needs_scale = and_a_half || matches!(what, None | Some(What::Half(_)));
    if needs_scale && scales.is_empty() {
        return Err(EmptyError);
    }
    let below = scales.iter().filter(|scale| scale.by < Scale::MILLIARD);
    Ok(Term {
        what: what.unwrap_or(What::Nothing),
        by: below.map(|scale| scale.by).product(),
        milliards: scales.iter().map(|scale| u32::from(scale.by == Scale::MILLIARD)).sum(),
        and_a_half,
        of_dong: scales.iter().any(|scale| scale.of_dong),
        is_k: scales.iter().any(|scale| scale.is_k),
    })
}

/// A part after the first: one with a scale, or the rest below the last one,
/// after which nothing but a currency may stand ("1 tỷ 2" in "1 tỷ 2 kho" is
/// no part of the number).
fn later_term<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Term> {
    let later = term.parse_next(input)?;
    let scaled = later.by > 1 || later.milliards > 0;
    let ends = match next(input) {
        None => true,
        Some(word) => match word.kind {
            Kind::Digits => false,
            Kind::Letters => phrase(&CURRENCIES, &mut input.clone()).is_ok(),
            Kind::Mark => !word.is_mark('/') || word.spaced,
            Kind::Break => true,
        },
    };
    let fits = !matches!(later.what, What::Nothing | What::Half(_)) && (scaled || ends);
    if fits { Ok(later) } else { Err(EmptyError) }
}

pub(super) fn scale(input: &mut Input<'_, '_>) -> Parsed<Scale> {
    let mut ahead = input.clone();
    let scale = phrase(&SCALES, &mut ahead)?;
    // "20 ti vi": the word goes on.
    let television = next(input).is_some_and(|word| matches!(word.bare.as_str(), "ti" | "ty"))
        && next(&ahead).is_some_and(|word| matches!(word.bare.as_str(), "vi" | "le"));
    if television {
        return Err(EmptyError);
    }
    *input = ahead;
    Ok(scale)
}

fn and_a_half(input: &mut Input<'_, '_>) -> Parsed<()> {
    phrase(&AND_A_HALF, input)
}

impl Term {
    /// Whether another part may follow.
    fn goes_on(&self) -> bool {
        (self.by > 1 || self.milliards > 0) && !self.and_a_half
    }

    /// What it is worth without its scales.
    fn bare(&self) -> Result<Worth, ReadError> {
        let exact = |value| Worth { value, warning: None };
        match &self.what {
            What::Figure(figure) => figure.value().map(|(value, warning)| Worth { value, warning }),
            What::Spelled(spelled) => {
                let warning = spelled.is_spoken.then_some(Warning::Spoken);
                Ok(Worth { value: Decimal::from(spelled.value), warning })
            }
            What::Half(half) => Ok(exact(*half)),
            What::Nothing => Ok(exact(Decimal::ONE)),
        }
    }

    /// The power of ten by which it is named.
    fn unit(&self) -> Result<Decimal, ReadError> {
        let milliard = Decimal::from(Scale::MILLIARD);
        (0..self.milliards)
            .try_fold(Decimal::from(self.by), |unit, _| unit.checked_mul(milliard))
            .ok_or(ReadError::TooLarge)
    }
}

impl Number {
    /// Whether a scale is named.
    pub(super) fn is_scaled(&self) -> bool {
        self.terms.iter().any(|term| term.by > 1 || term.milliards > 0)
    }

    /// Whether it counts in millions or more, or in "k": what such a number
    /// counts without saying so is money.
    pub(super) fn is_of_money_size(&self) -> bool {
        self.terms.iter().any(|term| term.by >= 1_000_000 || term.milliards > 0 || term.of_dong || term.is_k)
    }

    /// Whether it is a scale without a number: "trăm triệu".
    pub(super) fn is_vague(&self) -> bool {
        matches!(self.terms.as_slice(), [Term { what: What::Nothing, and_a_half: false, .. }])
    }

    /// Whether the đồng is named within it: "450trđ".
    pub(super) fn of_dong(&self) -> bool {
        self.terms.iter().any(|term| term.of_dong)
    }

    /// Its digits, where it is these alone.
    pub(super) fn only_figure(&self) -> Option<&Figure> {
        match self.terms.as_slice() {
            [Term { what: What::Figure(figure), by: 1, milliards: 0, .. }] => Some(figure),
            _ => None,
        }
    }

    /// Whether any of its digits have three decimals after a comma.
    pub(super) fn has_thousandths(&self) -> bool {
        let figure = |term: &Term| matches!(&term.what, What::Figure(figure) if figure.decimals() == Some((',', 3)));
        self.terms.iter().any(figure)
    }

    /// Whether it is written in words alone.
    pub(super) fn is_spelled(&self) -> bool {
        self.terms.iter().all(|term| matches!(term.what, What::Spelled(_)))
    }

    /// Takes the scales of another number: "20-30 triệu" is 20 to 30 millions.
    pub(super) fn take_scales(&mut self, of: &Self) {
        if let ([mine], [first, ..]) = (self.terms.as_mut_slice(), of.terms.as_slice()) {
            mine.by = first.by;
            mine.milliards = first.milliards;
        }
    }

    /// What it is worth. Each part must be smaller than what the one before
    /// it is counted in; "tỷ" multiplies all that stands before it.
    pub(super) fn worth(&self) -> Result<Worth, ReadError> {
        let mut sum = Sum::default();
        for (at, term) in self.terms.iter().enumerate() {
            let last = at + 1 == self.terms.len();
            sum.add(term, last)?;
        }
        let value = sum.total.checked_add(sum.section).ok_or(ReadError::TooLarge)?;
        Ok(Worth { value: value.normalize(), warning: sum.warning })
    }
}

/// A number on its way.
#[derive(Default)]
struct Sum {
    /// What was counted in milliards.
    total: Decimal,
    /// What came since.
    section: Decimal,
    /// What the last part was counted in; `None` before the first.
    unit: Option<Decimal>,
    warning: Option<Warning>,
}

impl Sum {
    fn add(&mut self, term: &Term, last: bool) -> Result<(), ReadError> {
        let bare = term.bare()?;
        self.warning = self.warning.or(bare.warning);
        if !last && !bare.value.is_integer() {
            return Err(ReadError::Compound);
        }
        let by = Decimal::from(term.by);
        let mut value = bare.value.checked_mul(by).ok_or(ReadError::TooLarge)?;
        if let Some(unit) = self.unit {
            value = match rest_of(term, bare.value, unit)? {
                Rest::Literal => value,
                Rest::Spoken(value) => {
                    self.warning = self.warning.or(Some(Warning::Spoken));
                    value
                }
            };
            if value >= unit {
                return Err(ReadError::Compound);
            }
        }
        self.section = self.section.checked_add(value).ok_or(ReadError::TooLarge)?;
        self.unit = Some(term.unit()?);
        for _ in 0..term.milliards {
            self.total = self.total.checked_add(self.section).ok_or(ReadError::TooLarge)?;
            self.section = Decimal::ZERO;
            let milliard = Decimal::from(Scale::MILLIARD);
            self.total = self.total.checked_mul(milliard).ok_or(ReadError::TooLarge)?;
        }
        if term.and_a_half {
            let half = term.unit()?.checked_mul(Decimal::new(5, 1)).ok_or(ReadError::TooLarge)?;
            self.section = self.section.checked_add(half).ok_or(ReadError::TooLarge)?;
        }
        Ok(())
    }
}

/// What a part after the first means.
enum Rest {
    /// What it says.
    Literal,
    /// A part of the unit before it, as people speak: "1 tỷ 2" is 1.2 tỷ.
    Spoken(Decimal),
}

/// What a part means that stands after one counted in `unit`. Where both its
/// own worth and a part of that unit can be meant, it is refused.
fn rest_of(term: &Term, bare: Decimal, unit: Decimal) -> Result<Rest, ReadError> {
    // "1 tỷ 2 trăm" may be 1.2 tỷ: hundreds are of đồng or of millions.
    if term.by > 1 {
        let counted = term.by >= 1_000 || unit <= Decimal::ONE_THOUSAND;
        return if counted { Ok(Rest::Literal) } else { Err(ReadError::Compound) };
    }
    let part = |of: i64| {
        let part = unit.checked_div(Decimal::from(of)).and_then(|part| part.checked_mul(bare));
        part.map(Rest::Spoken).ok_or(ReadError::TooLarge)
    };
    let thousand = Decimal::from(1_000);
    match &term.what {
        What::Spelled(spelled) if spelled.is_filled => Ok(Rest::Literal),
        What::Figure(figure) => match figure.plain_length() {
            // Grouped digits, or as many as the unit leaves room for.
            None | Some(4..) => Ok(Rest::Literal),
            Some(3) if unit == thousand => Ok(Rest::Literal),
            Some(1) if term.milliards == 0 => part(10),
            Some(3) if term.milliards == 0 => part(1_000),
            _ => Err(ReadError::Compound),
        },
        What::Spelled(_) if unit == thousand && bare >= Decimal::ONE_HUNDRED => Ok(Rest::Literal),
        What::Spelled(_) if bare < Decimal::TEN && term.milliards == 0 => part(10),
        _ => Err(ReadError::Compound),
    }
}
