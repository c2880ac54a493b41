//! A list of phrases with what each means, found at a place in a text.

use std::collections::HashMap;

use super::words::{Kind, Spelling, Word, words};

/// Phrases and their meanings. They are written with marks; in a text that
/// has none they are found without.
#[derive(Debug, Clone)]
pub struct Lexicon<T> {
    /// By their first word: what follows it, and what the whole means. The
    /// longest stand first.
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Clone> Lexicon<T> {
    /// A lexicon of phrases.
    pub fn new<P: AsRef<str>>(phrases: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, meaning) in phrases {
            for spelling in [Spelling::Marked, Spelling::Bare] {
                let mut keys = words(phrase.as_ref(), spelling).into_iter().filter(counts).map(|word| word.key);
                let Some(first) = keys.next() else { continue };
                let rest: Vec<String> = keys.collect();
                let list = by_first.entry(first).or_default();
                // What means the same in both spellings stands once.
                if !list.iter().any(|(known, _)| *known == rest) {
                    list.push((rest, meaning.clone()));
                }
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first }
    }

    /// The longest phrase with which a text begins: its meaning, and how many
    /// of the words it takes.
    #[must_use]
    pub fn at_start(&self, text: &[Word<'_>]) -> Option<(usize, &T)> {
        let first = text.first().filter(|word| counts(word))?;
        let list = self.by_first.get(&first.key)?;
        list.iter().find_map(|(rest, meaning)| Some((1 + taken(rest, &text[1..])?, meaning)))
    }

    /// Every phrase of a text, from left to right: where it begins, how many
    /// words it takes, and what it means.
    pub fn all_in<'l>(&'l self, text: &'l [Word<'_>]) -> impl Iterator<Item = (usize, usize, &'l T)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < text.len() {
                let here = at;
                match self.at_start(&text[here..]) {
                    Some((length, meaning)) => {
                        at += length;
                        return Some((here, length, meaning));
                    }
                    None => at += 1,
                }
            }
            None
        })
    }
}

/// How many words of a text spell the rest of a phrase. Dots and hyphens may
/// stand between its words: "TP.HCM", "Bà Rịa - Vũng Tàu".
fn taken(rest: &[String], text: &[Word<'_>]) -> Option<usize> {
    let mut at = 0;
    for key in rest {
        // No more than ". -", so that a row of hyphens costs nothing.
        for _ in 0..2 {
            at += usize::from(text.get(at).is_some_and(|word| joins(word, text.get(at + 1))));
        }
        if text.get(at).filter(|word| counts(word))?.key != *key {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Whether a mark may stand between two words of one phrase: a hyphen, or a
/// dot that ends no sentence.
fn joins(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let hyphen = ['-', '–', '—'].iter().any(|mark| word.is_mark(*mark));
    let abbreviates = word.is_mark('.') && next.is_some_and(|next| !next.spaced || next.is_capital());
    hyphen || abbreviates
}

/// Whether a piece of a phrase is matched at all.
fn counts(word: &Word<'_>) -> bool {
    match word.kind {
        Kind::Letters | Kind::Digits => true,
        // Signs such as "≥", "$" and "%" are words of their own.
        Kind::Mark => !word.text.starts_with(['-', '–', '—', '.', ',', '/', '\'', '"', '(', ')', ':', ';']),
        Kind::Break => false,
    }
}

/// Lexicons that are made when they are first looked at, from what is written
/// here.
macro_rules! lexicons {
    ($($name:ident: $meaning:ty = $entries:expr;)+) => {
        $(pub(super) static $name: LazyLock<Lexicon<$meaning>> = LazyLock::new(|| Lexicon::new($entries));)+
    };
}
pub(super) use lexicons;

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lexicon: &Lexicon<u8>, text: &str) -> Vec<(usize, usize, u8)> {
        let words = words(text, Spelling::of(text));
        lexicon.all_in(&words).map(|(at, length, meaning)| (at, length, *meaning)).collect()
    }

    #[test]
    fn the_longest_phrase_is_found_with_marks_or_without() {
        let lexicon = Lexicon::new([("trên", 1), ("trên dưới", 2), ("Bà Rịa - Vũng Tàu", 3), ("TP.HCM", 4)]);
        assert_eq!(found(&lexicon, "trên dưới một tỷ"), [(0, 2, 2)]);
        assert_eq!(found(&lexicon, "tren duoi mot ty"), [(0, 2, 2)]);
        assert_eq!(found(&lexicon, "ở trên, dưới"), [(1, 1, 1)]);
        assert_eq!(found(&lexicon, "tỉnh BÀ RỊA – VŨNG TÀU"), [(1, 5, 3)]);
        assert_eq!(found(&lexicon, "ba ria-vung tau, tp hcm, TP. HCM"), [(0, 5, 3), (6, 2, 4), (9, 3, 4)]);
    }

    #[test]
    fn a_word_with_other_marks_is_another() {
        let lexicon = Lexicon::new([("gần", 1)]);
        assert_eq!(found(&lexicon, "gan lợn, gần 5 tấn"), [(3, 1, 1)]);
        assert_eq!(found(&lexicon, "gan 5 tan"), [(0, 1, 1)]);
    }
}
