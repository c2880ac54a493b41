//! A text cut into words, runs of digits and marks, each with its place.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::{is_invisible, plain};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A run of letters.
    Letters,
    /// A run of the digits 0 to 9.
    Digits,
    /// One other character, such as a comma.
    Mark,
    /// The end of a line.
    Break,
}

/// A piece of a text: a word, a run of digits, or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it is written.
    pub text: &'a str,
    /// The byte at which it begins.
    pub start: usize,
    /// What it is.
    pub kind: Kind,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Folded: lower case without marks, đ as d.
    pub bare: String,
    /// What it is matched by: [`Word::bare`] where the whole text is written
    /// without marks, else its letters and its tone, wherever that is placed.
    pub key: String,
}

impl Word<'_> {
    /// The byte after its last.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this mark.
    #[must_use]
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.text.starts_with(mark)
    }

    /// Whether it begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// With marks, so that "sáu" (six) is not "sau" (after).
    Marked,
    /// Without: "sau trieu" is six million.
    Bare,
}

impl Spelling {
    /// How a text is written: with marks, if a fifth of its words have some.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (mut words, mut marked) = (0_usize, 0_usize);
        for word in text.split_whitespace() {
            if word.chars().any(char::is_alphabetic) {
                words += 1;
                marked +=
                    usize::from(word.chars().any(|c| !c.is_ascii() && (c.is_alphabetic() || is_combining_mark(c))));
            }
        }
        if marked * 5 >= words && marked > 0 { Self::Marked } else { Self::Bare }
    }

    /// What a run of letters is matched by. A key of marked text ends in the
    /// number of its tone, so that it is never one of bare text.
    pub(super) fn key(self, letters: &str) -> String {
        if self == Self::Bare {
            return plain(letters);
        }
        let mut tone = '0';
        let untoned = letters.nfd().filter(|c| match tone_number(*c) {
            Some(number) => {
                tone = number;
                false
            }
            None => !is_invisible(*c),
        });
        let mut key: String = untoned.nfc().flat_map(char::to_lowercase).collect();
        key.push(tone);
        key
    }
}

fn tone_number(mark: char) -> Option<char> {
    match mark {
        '\u{0300}' => Some('1'),
        '\u{0309}' => Some('2'),
        '\u{0303}' => Some('3'),
        '\u{0301}' => Some('4'),
        '\u{0323}' => Some('5'),
        _ => None,
    }
}

/// Cuts a text into its words; time and space are linear in its length.
#[must_use]
pub fn words(text: &str, spelling: Spelling) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut spaced = false;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        let kind = Kind::of(first);
        at += first.len_utf8();
        if kind == Some(Kind::Letters) || kind == Some(Kind::Digits) {
            let goes_on = |c: char| is_combining_mark(c) || is_invisible(c) || Kind::of(c) == kind;
            let rest = &text[at..];
            at += rest.find(|c| !goes_on(c) || c == '\n').unwrap_or(rest.len());
        }
        if let Some(kind) = kind {
            words.push(Word::new(&text[start..at], start, kind, spaced, spelling));
        }
        spaced = kind.is_none_or(|kind| kind == Kind::Break);
    }
    words
}

impl Kind {
    /// The kind of the piece that begins with a character; `None` is white
    /// space, and what is not seen.
    fn of(c: char) -> Option<Self> {
        match c {
            '\n' => Some(Self::Break),
            _ if c.is_whitespace() || is_invisible(c) || is_combining_mark(c) => None,
            '0'..='9' => Some(Self::Digits),
            _ if c.is_alphabetic() => Some(Self::Letters),
            _ => Some(Self::Mark),
        }
    }
}

impl<'a> Word<'a> {
    fn new(text: &'a str, start: usize, kind: Kind, spaced: bool, spelling: Spelling) -> Self {
        let bare = plain(text);
        let key = if kind == Kind::Letters { spelling.key(text) } else { bare.clone() };
        Self { text, start, kind, spaced, bare, key }
    }
}

/// The bytes from the first of some words to the last.
#[must_use]
pub fn span(words: &[Word<'_>]) -> Range<usize> {
    match words {
        [] => 0..0,
        [first, .., last] => first.start..last.end(),
        [only] => only.start..only.end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(text: &str) -> Vec<String> {
        words(text, Spelling::of(text)).into_iter().map(|word| word.key).collect()
    }

    #[test]
    fn letters_digits_and_marks_come_apart() {
        let cut = words("Phạt 25tr, 29H-168.78", Spelling::Marked);
        let texts: Vec<&str> = cut.iter().map(|word| word.text).collect();
        assert_eq!(texts, ["Phạt", "25", "tr", ",", "29", "H", "-", "168", ".", "78"]);
        assert_eq!(cut.iter().map(|word| word.spaced).collect::<Vec<_>>()[..4], [false, true, false, false]);
        assert_eq!((cut[0].bare.as_str(), cut[1].start), ("phat", 7));
    }

    #[test]
    fn the_place_of_a_tone_does_not_matter() {
        assert_eq!(keys("tiêu huỷ ở Hoà Bình"), keys("TIÊU HỦY Ở HÒA BÌNH"));
        let apart: String = "tiêu hủy ở Hòa Bình".nfd().collect();
        assert_eq!(keys(&apart), keys("tiêu hủy ở Hòa Bình"));
    }

    #[test]
    fn words_without_marks_are_others_in_text_with_marks() {
        assert_ne!(keys("sau khi kiểm tra"), keys("sáu khi kiểm tra"));
        assert_eq!(keys("sau trieu dong"), ["sau", "trieu", "dong"]);
        assert_eq!(Spelling::of("QLTT phat 25tr, tieu huy"), Spelling::Bare);
        assert_eq!(Spelling::of("QLTT phạt 25tr, tiêu huỷ"), Spelling::Marked);
    }

    proptest! {
        #[test]
        fn words_are_pieces_of_the_text_in_order(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text, Spelling::of(&text)) {
                prop_assert!(word.start >= last);
                prop_assert_eq!(&text[word.start..word.end()], word.text);
                last = word.end();
            }
        }
    }
}
