//! Quantities of goods as people write them: `gần 6 tấn`, `40,14kg`,
//! `36 gói (10 kg/gói)`, `16.400 chai, gói, hộp`.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, opt, preceded, repeat};
use winnow::error::EmptyError;

use super::amount::{Amount, amount};
use super::grammar::{Input, Parsed, mark, phrase};
use super::mention::NOUNS;
use super::unit::{Dimension, UNITS, Unit};
use super::vocabulary::AND_A_HALF;
use super::words::{Kind, Word};

/// An amount with the unit named after it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the words, and any may go together")]
pub(super) struct Measured {
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    /// The unit as it is written.
    pub(super) name: String,
    /// Whether half a unit is added: "7 tấn rưỡi".
    pub(super) and_a_half: bool,
    /// Whether a digit follows that may be a part of the unit.
    pub(super) is_spoken: bool,
    /// Whether several units are named together: "chai, gói, hộp".
    pub(super) is_mixed: bool,
    /// Whether a longer noun begins where the unit stands: "3 đối tượng" without
    /// marks is no three pairs ("doi").
    pub(super) is_noun: bool,
    /// How much one pack holds, and of which unit: "(10 kg/gói)".
    pub(super) pack: Option<(Amount, Unit)>,
}

/// What goods counted in several units are counted in.
pub(super) const MIXED: &str = "đơn vị sản phẩm";

/// A quantity with which a text begins.
pub(super) fn measured<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Measured> {
    let amount = amount.parse_next(input)?;
    if amount.currency.is_some() {
        return Err(EmptyError);
    }
    let before: &[Word<'_>] = input;
    let (unit, length) = unit_at(before).ok_or(EmptyError)?;
    let name = name_of(&before[..length]);
    let is_noun = NOUNS.at_start(before).is_some_and(|(longer, _)| longer > length);
    let of_tobacco = name == "cây" && before.get(length).is_some_and(|next| next.bare == "thuoc");
    let unit = if of_tobacco { Unit::CARTON } else { unit };
    skip(input, length);
    let and_a_half = opt(|input: &mut Input<'t, 'a>| phrase(&AND_A_HALF, input)).parse_next(input)?.is_some();
    // "1 tấn 2 đường": a tenth of a tonne, or two of something.
    let is_spoken = unit.of == Dimension::Weight
        && !and_a_half
        && input.first().is_some_and(|word| word.kind == Kind::Digits && word.text.len() == 1)
        && input.get(1).is_none_or(|next| {
            next.kind != Kind::Mark && next.kind != Kind::Digits || next.is_mark(',') && next.spaced
        })
        && unit_at(input.get(1..).unwrap_or_default()).is_none();
    // Left behind, the digit would count the goods.
    skip(input, usize::from(is_spoken));
    let others: Vec<()> = repeat(0..12, another_unit).parse_next(input)?;
    let pack = opt(pack).parse_next(input)?;
    Ok(Measured { amount, unit, name, and_a_half, is_spoken, is_mixed: !others.is_empty(), is_noun, pack })
}

/// The unit with which some words begin, and how many of them name it.
fn unit_at(words: &[Word<'_>]) -> Option<(Unit, usize)> {
    let (mut length, unit) = UNITS.at_start(words)?;
    let next = words.get(length).filter(|next| !next.spaced);
    match next {
        // "m3": the digit belongs to the unit.
        Some(digit) if digit.kind == Kind::Digits => {
            let both = UNITS.at_start(&words[..=length]).filter(|(taken, _)| *taken > length);
            let (taken, unit) = both?;
            length = taken;
            Some((*unit, length))
        }
        // "m³": so does the sign.
        Some(sign) if sign.is_mark('³') || sign.is_mark('²') => {
            let (taken, unit) = UNITS.at_start(&words[..=length]).filter(|(taken, _)| *taken > length)?;
            Some((*unit, taken))
        }
        _ => Some((*unit, length)),
    }
}

fn name_of(words: &[Word<'_>]) -> String {
    let mut name = String::new();
    for word in words {
        if word.spaced && !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word.text);
    }
    super::clean(&name).to_lowercase()
}

fn skip(input: &mut Input<'_, '_>, length: usize) {
    use winnow::stream::Stream;
    input.next_slice(length);
}

/// ", gói" or "và hộp": one more unit for the same number.
fn another_unit<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<()> {
    let mut ahead = input.clone();
    let comma = mark(&[',', '/']).void();
    let and = |input: &mut Input<'t, 'a>| match input.first() {
        Some(word) if matches!(word.bare.as_str(), "va" | "hoac") => {
            skip(input, 1);
            Ok(())
        }
        _ => Err(EmptyError),
    };
    alt((comma, and)).parse_next(&mut ahead)?;
    let (unit, length) = unit_at(&ahead).ok_or(EmptyError)?;
    skip(&mut ahead, length);
    // "1,8 tấn, bao bì": the word begins something else.
    let alone =
        ahead.first().is_none_or(|next| next.kind != Kind::Letters || matches!(next.bare.as_str(), "va" | "cac"));
    if !alone || unit.of != Dimension::Pieces {
        return Err(EmptyError);
    }
    *input = ahead;
    Ok(())
}

/// "(10 kg/gói)", "loại 25 kg/bao": what one pack holds.
fn pack<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<(Amount, Unit)> {
    let mut ahead = input.clone();
    let kind = |input: &mut Input<'t, 'a>| match input.first() {
        Some(word) if word.bare == "loai" => {
            skip(input, 1);
            Ok(())
        }
        _ => Err(EmptyError),
    };
    let bracket = opt(mark(&['('])).parse_next(&mut ahead)?.is_some();
    let kind = opt(kind).parse_next(&mut ahead)?.is_some();
    if !bracket && !kind {
        return Err(EmptyError);
    }
    let held = amount.parse_next(&mut ahead)?;
    let (unit, length) = unit_at(&ahead).ok_or(EmptyError)?;
    skip(&mut ahead, length);
    preceded(mark(&['/']), |input: &mut Input<'t, 'a>| phrase(&UNITS, input)).parse_next(&mut ahead)?;
    if bracket {
        mark(&[')']).parse_next(&mut ahead)?;
    }
    *input = ahead;
    Ok((held, unit))
}

impl Measured {
    /// The total in base units, where packs or measures can be converted.
    pub(super) fn in_base(&self, value: Decimal) -> Option<(Decimal, &'static str)> {
        if let Some((held, unit)) = &self.pack {
            let one = unit.in_base(held.written().ok()?.value)?;
            return Some((value.checked_mul(one)?.normalize(), unit.base()?));
        }
        Some((self.unit.in_base(value)?, self.unit.base()?))
    }
}
