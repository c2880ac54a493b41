//! Digits as they are written, with dots, commas or spaces among them.

use rust_decimal::Decimal;
use winnow::Parser;
use winnow::combinator::{alt, not, peek, repeat};

use super::amount::{ReadError, Warning};
use super::grammar::{Input, Parsed, digits, joined, mark};
use super::words::Word;

/// The most digits and separators of one number. What is longer is no number
/// that can be exact here.
const LONGEST: usize = 64;
/// The most groups that are taken together: so many are too long already, and
/// a row of digits without end is not gone over from each of its words again.
const MOST_GROUPS: usize = LONGEST / 2;

/// Digits with their separators: `17.500.000`, `1,2`, `17 500 000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    written: String,
}

/// Digits, with dots, commas or single spaces between groups of them.
pub(super) fn figure<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<Figure> {
    let run = || digits(1..=usize::MAX);
    let first = run().parse_next(input)?;
    let spaced_group =
        (digits(3..=3).verify(|word: &&Word<'_>| word.spaced), peek(not(joined(alt((run(), mark(&['.', ',', '/'])))))));
    let spaced = repeat(1..=MOST_GROUPS, spaced_group.map(|(group, ())| (" ", group)));
    let mut separated =
        repeat(0..=MOST_GROUPS, (joined(mark(&['.', ','])), joined(run())).map(|(mark, group)| (mark.text, group)));
    let short = first.text.len() <= 3;
    let groups: Vec<(&str, &Word<'_>)> =
        if short { alt((spaced, separated.by_ref())).parse_next(input)? } else { separated.parse_next(input)? };
    let mut written = first.text.to_owned();
    for (mark, group) in groups {
        written.push_str(mark);
        written.push_str(group.text);
    }
    Ok(Figure { written })
}

impl Figure {
    /// How many digits it has, if they have no separators.
    pub(super) fn plain_length(&self) -> Option<usize> {
        self.written.bytes().all(|b| b.is_ascii_digit()).then_some(self.written.len())
    }

    /// The last separator and how many digits follow it.
    pub(super) fn decimals(&self) -> Option<(char, usize)> {
        let (at, mark) = self.written.char_indices().rev().find(|(_, c)| !c.is_ascii_digit())?;
        Some((mark, self.written.len() - at - mark.len_utf8()))
    }

    /// Whether a comma that marks decimals by rule may have been meant to
    /// group thousands: "25,000", "32,768", but not "3,155".
    pub(super) fn may_be_thousands(&self) -> bool {
        let large = self.written.split(',').next().is_some_and(|whole| whole.len() > 1);
        self.decimals() == Some((',', 3)) && (large || self.written.ends_with('0'))
    }

    /// The number that it writes, and what is to be said of how it was read.
    pub(super) fn value(&self) -> Result<(Decimal, Option<Warning>), ReadError> {
        if self.written.len() > LONGEST {
            return Err(ReadError::TooLarge);
        }
        let (digits, warning) = self.normal()?;
        let value = Decimal::from_str_exact(&digits).map_err(|_| ReadError::TooLarge)?;
        Ok((value, warning))
    }

    /// The digits with a dot before the decimals and nothing between groups.
    fn normal(&self) -> Result<(String, Option<Warning>), ReadError> {
        let dots = self.written.matches('.').count();
        let (whole, decimals, warning) = match self.written.matches(',').count() {
            0 if dots == 1 && matches!(self.decimals(), Some(('.', 1 | 2))) => {
                let (whole, decimals) = self.written.split_once('.').unwrap_or_default();
                (whole, decimals, Some(Warning::DotAsDecimalMark))
            }
            0 => (self.written.as_str(), "", None),
            1 => {
                let (whole, decimals) = self.written.split_once(',').unwrap_or_default();
                (whole, decimals, None)
            }
            _ => return Err(ReadError::Separators),
        };
        if decimals.contains('.') {
            return Err(ReadError::Separators);
        }
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
