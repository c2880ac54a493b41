//! The words of a text as they are matched, each with its place in it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::is_invisible;

/// A word of a text, as it is matched, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedWord {
    /// The word, folded.
    pub folded: String,
    /// Its bytes in the text as it is written.
    pub place: Range<usize>,
}

/// The words that [`super::fold`] makes of a text, with their places: joined
/// by spaces they are what it gives.
#[must_use]
pub fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut words: Vec<PlacedWord> = Vec::new();
    let mut in_word = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        // What leaves nothing behind, such as a mark that stands by itself,
        // belongs to the word before it.
        let mut nothing = true;
        for part in parts(c) {
            nothing = false;
            let goes_on = in_word && part.is_alphanumeric();
            in_word = part.is_alphanumeric();
            match words.last_mut().filter(|_| goes_on) {
                Some(word) => {
                    word.folded.push(part);
                    word.place.end = end;
                }
                None if in_word => words.push(PlacedWord { folded: part.to_string(), place: start..end }),
                None => {}
            }
        }
        if let Some(word) = words.last_mut().filter(|_| in_word && nothing) {
            word.place.end = end;
        }
    }
    words
}

/// What a character is folded to.
fn parts(c: char) -> impl Iterator<Item = char> {
    let seen = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c) && (c.is_whitespace() || !is_invisible(*c)));
    seen.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Xã “Mỹ  Tho”, 12/BB: đe\u{302}\u{301}n";
        let found: Vec<_> = placed_words(text).into_iter().map(|word| (word.folded, &text[word.place])).collect();
        let expected =
            [("xa", "Xã"), ("my", "Mỹ"), ("tho", "Tho"), ("12", "12"), ("bb", "BB"), ("den", "đe\u{302}\u{301}n")];
        assert_eq!(found, expected.map(|(folded, text)| (folded.to_owned(), text)));
    }

    proptest! {
        #[test]
        fn they_are_the_words_of_the_folded_text(text in any::<String>()) {
            let words: Vec<String> = placed_words(&text).into_iter().map(|word| word.folded).collect();
            prop_assert_eq!(words.join(" "), fold(&text));
        }

        #[test]
        fn they_are_so_for_vietnamese_too(text in "[a-zÀ-ỹ0-9 .,\u{300}-\u{323}\u{200B}/-]{0,40}") {
            let words: Vec<String> = placed_words(&text).into_iter().map(|word| word.folded).collect();
            prop_assert_eq!(words.join(" "), fold(&text));
        }
    }
}
