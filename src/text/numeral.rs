//! Numbers in words: reading those below a thousand, and writing any.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use winnow::error::EmptyError;

use super::digits::{Marks, write_digits};
use super::grammar::{Input, Parsed, phrase};
use super::vocabulary::{NUMERALS, Numeral};

/// A number below a thousand, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) value: u32,
    /// Whether nought stands for what is not there, "không trăm linh hai", so
    /// that it can't mean a part of a larger unit.
    pub(super) is_filled: bool,
    /// Whether it is short for another: "hai trăm ba" is 230.
    pub(super) is_spoken: bool,
}

/// Reads a number below a thousand: "bốn trăm năm mươi", "hai lăm", "mười".
pub(super) fn spelled(input: &mut Input<'_, '_>) -> Parsed<Spelled> {
    let mut group = Group::default();
    let mut taken = input.clone();
    loop {
        let mut ahead = taken.clone();
        match phrase(&NUMERALS, &mut ahead) {
            Ok(word) if group.push(word) => taken = ahead,
            _ => break,
        }
    }
    let spelled = group.end().ok_or(EmptyError)?;
    *input = taken;
    Ok(spelled)
}

/// A group of hundreds, tens and ones on its way.
#[derive(Default, Clone, Copy)]
struct Group {
    hundreds: Option<u32>,
    tens: Option<u32>,
    ones: Option<u32>,
    no_tens: bool,
}

impl Group {
    /// Takes the next word; `false` if it is none of this number's.
    fn push(&mut self, word: Numeral) -> bool {
        match (word, self.ones) {
            (Numeral::Digit(digit), None) => self.ones = Some(u32::from(digit)),
            // "hai lăm" is short for "hai mươi lăm".
            (Numeral::AfterTens(digit), ones) => match (ones, self.tens) {
                (None, Some(_)) => self.ones = Some(u32::from(digit)),
                (None, None) if self.no_tens => self.ones = Some(u32::from(digit)),
                (Some(tens @ 2..=9), None) if !self.no_tens => {
                    self.tens = Some(tens);
                    self.ones = Some(u32::from(digit));
                }
                _ => return false,
            },
            (Numeral::Ten, ones) if self.tens.is_none() && !self.no_tens && ones != Some(0) => {
                self.tens = Some(ones.unwrap_or(1));
                self.ones = None;
            }
            // "chục" is ten of something: "năm chục".
            (Numeral::Tens, Some(ones @ 1..=9)) if self.tens.is_none() && !self.no_tens => {
                self.tens = Some(ones);
                self.ones = None;
            }
            (Numeral::Hundred, Some(hundreds)) if self.hundreds.is_none() && self.tens.is_none() => {
                self.hundreds = Some(hundreds);
                self.ones = None;
            }
            (Numeral::NoTens, None) if self.tens.is_none() && !self.no_tens => self.no_tens = true,
            _ => return false,
        }
        true
    }

    fn end(self) -> Option<Spelled> {
        if self.hundreds.or(self.tens).or(self.ones).is_none() || (self.no_tens && self.ones.is_none()) {
            return None;
        }
        // "hai trăm ba" is 230; 203 is "hai trăm linh ba".
        let short = self.hundreds.is_some_and(|hundreds| hundreds > 0) && self.tens.is_none() && !self.no_tens;
        let ones = self.ones.unwrap_or(0) * if short { 10 } else { 1 };
        let value = self.hundreds.unwrap_or(0) * 100 + self.tens.unwrap_or(0) * 10 + ones;
        let is_filled = self.hundreds == Some(0) || (self.hundreds.is_none() && self.no_tens) || value == 0;
        Some(Spelled { value, is_filled, is_spoken: short && ones > 0 })
    }
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// Writes a whole number from 0 to 10^18 in words, as documents do, so that
/// it can be read in one way only; `None` for any other.
///
/// 1 000 200 is "một triệu không nghìn hai trăm": without its "không nghìn"
/// it is said of 1 200 000.
#[must_use]
pub fn spell(value: Decimal) -> Option<String> {
    const LARGEST: u64 = 1_000_000_000_000_000_000;
    let value = value.normalize();
    let whole = value.to_u64().filter(|whole| value.is_integer() && *whole <= LARGEST)?;
    Some(if whole == 0 { DIGITS[0].to_owned() } else { spell_above(whole) })
}

/// Milliards, which are counted like any number, and what is left of them.
fn spell_above(value: u64) -> String {
    const MILLIARD: u64 = 1_000_000_000;
    match (value / MILLIARD, value % MILLIARD) {
        (0, rest) => spell_below(rest, false),
        (milliards, 0) => format!("{} tỷ", spell_above(milliards)),
        (milliards, rest) => format!("{} tỷ {}", spell_above(milliards), spell_below(rest, true)),
    }
}

/// A number below a milliard; with `filled`, one that follows larger units.
fn spell_below(value: u64, filled: bool) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut skipped = "";
    for (unit, name) in [(1_000_000, "triệu"), (1_000, "nghìn"), (1, "")] {
        let group = value / unit % 1_000;
        let follows = filled || !said.is_empty();
        if group == 0 {
            skipped = name;
            continue;
        }
        // After a unit that is left out, hundreds would be taken for its part.
        if unit == 1 && follows && group >= 100 && !skipped.is_empty() {
            said.push(format!("không {skipped}"));
        }
        said.push(format!("{} {name}", spell_group(group, follows)).trim_end().to_owned());
        skipped = "";
    }
    said.join(" ")
}

/// Writes a whole number of thousands the short way that people speak of it:
/// "463 tỷ 191 triệu", "25 nghìn"; any other in digits.
#[must_use]
pub fn write_short(value: Decimal) -> String {
    let digits = |value: Decimal| write_digits(value, Marks::VIETNAMESE);
    let thousand = Decimal::ONE_THOUSAND;
    let whole = value.normalize();
    if whole < thousand || !(whole % thousand).is_zero() {
        return digits(whole);
    }
    let thousands = whole / thousand;
    let (millions, thousands) = ((thousands / thousand).floor(), thousands % thousand);
    let (milliards, millions) = ((millions / thousand).floor(), millions % thousand);
    let parts = [(milliards, "tỷ"), (millions, "triệu"), (thousands, "nghìn")];
    let said = parts.into_iter().filter(|(part, _)| !part.is_zero());
    said.map(|(part, name)| format!("{} {name}", digits(part.normalize()))).collect::<Vec<_>>().join(" ")
}

fn spell_group(group: u64, follows: bool) -> String {
    let digit = |n: u64| DIGITS[usize::try_from(n % 10).unwrap_or(0)];
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let mut said = Vec::new();
    if hundreds > 0 || follows {
        said.extend([digit(hundreds), "trăm"]);
    }
    match (tens, ones) {
        (0, 0) => {}
        (0, _) if said.is_empty() => said.push(digit(ones)),
        (0, _) => said.extend(["linh", digit(ones)]),
        (1, 0) => said.push("mười"),
        (1, 5) => said.extend(["mười", "lăm"]),
        (1, _) => said.extend(["mười", digit(ones)]),
        (_, 0) => said.extend([digit(tens), "mươi"]),
        (_, 1) => said.extend([digit(tens), "mươi", "mốt"]),
        (_, 5) => said.extend([digit(tens), "mươi", "lăm"]),
        _ => said.extend([digit(tens), "mươi", digit(ones)]),
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_as_documents_spell_them() {
        for (value, words) in [
            (0_i64, "không"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (105, "một trăm linh năm"),
            (25_000_000, "hai mươi lăm triệu"),
            (450_000_000, "bốn trăm năm mươi triệu"),
            (1_005_000, "một triệu không trăm linh năm nghìn"),
            (1_000_200, "một triệu không nghìn hai trăm"),
            (1_000_002, "một triệu không trăm linh hai"),
            (372_000_000_000, "ba trăm bảy mươi hai tỷ"),
            (133_270_000_000_000, "một trăm ba mươi ba nghìn hai trăm bảy mươi tỷ"),
            (1_000_000_000_000_000_000, "một tỷ tỷ"),
        ] {
            assert_eq!(spell(Decimal::from(value)).as_deref(), Some(words), "{value}");
        }
        assert_eq!(spell(Decimal::new(15, 1)), None);
        assert_eq!(spell(Decimal::from(-1)), None);
    }

    #[test]
    fn short_forms() {
        for (value, short) in [
            (463_191_000_000_i64, "463 tỷ 191 triệu"),
            (25_000, "25 nghìn"),
            (1_234_000_000_000, "1.234 tỷ"),
            (5_000_020, "5.000.020"),
            (999, "999"),
            (0, "0"),
        ] {
            assert_eq!(write_short(Decimal::from(value)), short);
        }
    }
}
