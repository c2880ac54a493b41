//! Where in a case's texts the sought words stand.

use std::ops::Range;

use super::Field;
use super::search::{FieldText, Sought, Term, word_key};
use crate::text::{PlacedWord, placed_words};

/// How many characters are shown before and after a word that was sought.
const AROUND: usize = 30;
/// A text of so many characters is shown whole.
const WHOLE: usize = 80;
const CUT: &str = "…";

/// A piece of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As it is written.
    pub text: String,
    /// Whether it was sought.
    pub found: bool,
}

/// A field in which sought words stand, cut down to what is around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The field.
    pub field: Field,
    /// Its text, in pieces.
    pub pieces: Vec<Piece>,
    /// Which of the sought terms stand there, by their places.
    pub terms: Vec<usize>,
}

impl Excerpt {
    /// The text, what was sought between two signs.
    #[must_use]
    pub fn marked(&self, before: &str, after: &str) -> String {
        let write = |Piece { text, found }: &Piece| {
            if *found { format!("{before}{text}{after}") } else { text.clone() }
        };
        self.pieces.iter().map(write).collect()
    }
}

impl Sought {
    /// The excerpts of the texts in which any of it stands.
    #[must_use]
    pub fn excerpts(&self, texts: &[FieldText<'_>]) -> Vec<Excerpt> {
        texts.iter().filter_map(|(field, text)| self.excerpt(*field, text)).collect()
    }

    fn excerpt(&self, field: Field, text: &str) -> Option<Excerpt> {
        let words = placed_words(text);
        let found: Vec<(usize, Vec<Range<usize>>)> = self
            .terms()
            .iter()
            .enumerate()
            .map(|(at, term)| (at, term.places(&words)))
            .filter(|(_, places)| !places.is_empty())
            .collect();
        if found.is_empty() {
            return None;
        }
        let first = found.iter().map(|(_, places)| places[0].clone());
        let shown = fragments(text, &words, first.collect());
        let mut is_found = vec![false; words.len()];
        found.iter().flat_map(|(_, places)| places).for_each(|place| is_found[place.clone()].fill(true));
        let pieces = pieces(text, &words, &is_found, &shown);
        Some(Excerpt { field, pieces, terms: found.into_iter().map(|(at, _)| at).collect() })
    }
}

impl Term {
    /// Where it stands among some words, as ranges of them.
    fn places(&self, words: &[PlacedWord]) -> Vec<Range<usize>> {
        match self {
            Self::Beginning(beginning) => {
                let begins = |at: &usize| words[*at].folded.starts_with(beginning.as_str());
                (0..words.len()).filter(begins).map(|at| at..at + 1).collect()
            }
            Self::Phrase(phrase) => {
                let is_phrase =
                    |part: &[PlacedWord]| part.iter().zip(phrase).all(|(one, two)| word_key(&one.folded) == two);
                let starts = words.windows(phrase.len()).enumerate().filter(|(_, part)| is_phrase(part));
                starts.map(|(at, _)| at..at + phrase.len()).collect()
            }
        }
    }
}

/// The parts of a text, as ranges of its words, that show some of them with
/// what is around; in order, and none touching another.
fn fragments(text: &str, words: &[PlacedWord], mut wanted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if text.chars().count() <= WHOLE {
        return std::iter::once(0..words.len()).collect();
    }
    wanted.sort_by_key(|range| range.start);
    let mut fragments: Vec<Range<usize>> = Vec::new();
    for range in wanted {
        let range = with_surroundings(text, words, range);
        match fragments.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => fragments.push(range),
        }
    }
    fragments
}

fn with_surroundings(text: &str, words: &[PlacedWord], range: Range<usize>) -> Range<usize> {
    let near = |from: usize, to: usize| text[from..to].chars().take(AROUND + 1).count() <= AROUND;
    let (first, last) = (words[range.start].place.start, words[range.end - 1].place.end);
    let before = words[..range.start].iter().rev().take_while(|word| near(word.place.start, first)).count();
    let after = words[range.end..].iter().take_while(|word| near(last, word.place.end)).count();
    range.start - before..range.end + after
}

/// The fragments of a text in pieces, with signs where it was cut.
fn pieces(text: &str, words: &[PlacedWord], is_found: &[bool], fragments: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    for (nth, fragment) in fragments.iter().enumerate() {
        let cut_before = fragment.start > 0;
        let from = if cut_before { words[fragment.start].place.start } else { 0 };
        let until = if fragment.end < words.len() { words[fragment.end - 1].place.end } else { text.len() };
        if cut_before {
            pieces.add(if nth == 0 { "… " } else { " … " }, false);
        }
        let mut at = from;
        for (word, _) in words[fragment.clone()].iter().zip(&is_found[fragment.clone()]).filter(|(_, found)| **found) {
            pieces.add(&text[at..word.place.start], false);
            pieces.add(&text[word.place.clone()], true);
            at = word.place.end;
        }
        pieces.add(&text[at..until], false);
        if until < text.len() && nth + 1 == fragments.len() {
            pieces.add(&format!(" {CUT}"), false);
        }
    }
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    /// Adds a piece; words that were sought and stand side by side are one.
    fn add(&mut self, text: &str, found: bool) {
        if text.is_empty() {
            return;
        }
        if let [.., before, space] = self.0.as_mut_slice()
            && found
            && before.found
            && space.text == " "
        {
            before.text.push(' ');
            before.text.push_str(text);
            self.0.pop();
            return;
        }
        match self.0.last_mut().filter(|last| last.found == found) {
            Some(last) => last.text.push_str(text),
            None => self.0.push(Piece { text: text.to_owned(), found }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn excerpt(typed: &str, text: &str) -> Option<String> {
        let sought = Sought::read(typed).unwrap();
        sought.excerpts(&[(Field::Note, text)]).first().map(|excerpt| excerpt.marked("‹", "›"))
    }

    #[test]
    fn words_are_marked_as_they_are_written() {
        assert_eq!(excerpt("duong cat", "Đường cát nhập lậu").unwrap(), "‹Đường cát› nhập lậu");
        assert_eq!(excerpt("nhap", "đường (NHẬP lậu)").unwrap(), "đường (‹NHẬP› lậu)");
        assert_eq!(excerpt("\"cat nhap\"", "cát cát nhập").unwrap(), "cát ‹cát nhập›");
        let apart: String = unicode_normalization::UnicodeNormalization::nfd("đường").collect();
        assert_eq!(excerpt("duong", &apart).unwrap(), format!("‹{apart}›"));
        assert_eq!(excerpt("muoi", "đường"), None);
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let text =
            format!("{}thuốc lá {}rượu ngoại {}", "một hai ".repeat(30), "ba bốn ".repeat(30), "năm ".repeat(30));
        let shown = excerpt("thuoc ruou", text.trim_end()).unwrap();
        assert_eq!(
            shown,
            "… hai một hai một hai một hai ‹thuốc› lá ba bốn ba bốn ba bốn ba … \
             ba bốn ba bốn ba bốn ba bốn ‹rượu› ngoại năm năm năm năm năm năm …"
        );
    }

    proptest! {
        /// Whatever is sought in whatever text, the pieces are pieces of it.
        #[test]
        fn pieces_are_pieces_of_the_text(text in any::<String>(), typed in any::<String>(), more in "[a-e ]{0,200}") {
            let text = format!("{text}{more}");
            let Some(sought) = Sought::read(&format!("{typed} a \"b c\"")) else { return Ok(()) };
            for excerpt in sought.excerpts(&[(Field::Note, &text)]) {
                for piece in excerpt.pieces.iter().filter(|piece| piece.found) {
                    prop_assert!(text.contains(&piece.text));
                }
            }
        }
    }
}
