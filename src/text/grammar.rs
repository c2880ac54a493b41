//! What the grammars of numbers, amounts, quantities and dates are made of.

use winnow::Parser;
use winnow::error::EmptyError;
use winnow::stream::{Stream, TokenSlice};
use winnow::token::any;

use super::lexicon::Lexicon;
use super::words::{Kind, Word};

/// The rest of a text, cut into words.
pub(super) type Input<'t, 'a> = TokenSlice<'t, Word<'a>>;
pub(super) type Parsed<T> = winnow::Result<T, EmptyError>;

/// A phrase of a lexicon: what it means.
pub(super) fn phrase<T: Clone>(lexicon: &Lexicon<T>, input: &mut Input<'_, '_>) -> Parsed<T> {
    let (length, meaning) = lexicon.at_start(input).ok_or(EmptyError)?;
    let meaning = meaning.clone();
    input.next_slice(length);
    Ok(meaning)
}

/// One of a few marks.
pub(super) fn mark<'t, 'a: 't>(marks: &'static [char]) -> impl Parser<Input<'t, 'a>, &'t Word<'a>, EmptyError> {
    any.verify(move |word: &&Word<'_>| word.kind == Kind::Mark && word.text.starts_with(marks))
}

/// A run of digits, of which the length fits.
pub(super) fn digits<'t, 'a: 't>(
    length: std::ops::RangeInclusive<usize>,
) -> impl Parser<Input<'t, 'a>, &'t Word<'a>, EmptyError> {
    any.verify(move |word: &&Word<'_>| word.kind == Kind::Digits && length.contains(&word.text.len()))
}

/// What stands right behind what was read before it, without a space.
pub(super) fn joined<'t, 'a: 't>(
    mut parser: impl Parser<Input<'t, 'a>, &'t Word<'a>, EmptyError>,
) -> impl Parser<Input<'t, 'a>, &'t Word<'a>, EmptyError> {
    move |input: &mut Input<'t, 'a>| parser.by_ref().verify(|word: &&Word<'_>| !word.spaced).parse_next(input)
}

/// The next word, which stays.
pub(super) fn next<'t, 'a>(input: &Input<'t, 'a>) -> Option<&'t Word<'a>> {
    input.clone().next_token()
}
