//! A case as the search index holds it, and what is sought as each engine
//! asks for it.

use std::collections::HashMap;

use super::engine::Dialect;
use super::rows::day_number;
use crate::domain::{Case, Reference, Term, word_key};
use crate::text::fold;

/// Stands between two fields, so that no phrase runs across them.
const BOUNDARY: &str = "|";
/// Stands in a case that is void.
const VOID: &str = "!void";
/// The cases of a day are told apart by numbers below this.
const DAY: i64 = 10_000_000_000;

/// Places that PostgreSQL keeps of a word: so many, and none beyond this one.
/// Words are found wherever they stand; phrases only in places that are kept.
const PLACES: usize = 255;
const LAST_PLACE: usize = 16_383;

/// The key of a case in the index, by which the newest comes last.
pub(super) fn search_key(case: &Case, seq: i64) -> i64 {
    day_number(case.detected_on) * DAY + seq
}

/// The row of a case by its key in the index.
pub(super) fn seq_of_key(key: i64) -> i64 {
    key.rem_euclid(DAY)
}

/// The words of a case in the order in which the index has them, with a space
/// between each two. What this gives may only change together with a new
/// version of the schema.
pub(super) struct Document(String);

impl Document {
    pub(super) fn of(case: &Case, reference: &Reference) -> Self {
        let mut document = Self(String::new());
        for (_, text) in case.texts(reference) {
            if !document.0.is_empty() {
                document.push(BOUNDARY);
            }
            fold(text).split_ascii_whitespace().for_each(|word| document.push(word_key(word)));
        }
        if case.void.is_some() {
            document.push(VOID);
        }
        document
    }

    fn push(&mut self, word: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(word);
    }

    /// The words, some of them more than once.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// What is written into the index.
    pub(super) fn written(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => self.0.clone(),
            Dialect::Postgres => {
                let entry = |(word, place): (&str, usize)| format!("'{word}':{}", place + 1);
                self.places(dialect).into_iter().map(entry).collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// Which word stands where, as far as an engine keeps it.
    pub(super) fn places(&self, dialect: Dialect) -> Vec<(&str, usize)> {
        let places = self.words().enumerate().map(|(place, word)| (word, place));
        if dialect == Dialect::Sqlite {
            return places.collect();
        }
        let mut kept = Vec::new();
        let mut of_word: HashMap<&str, (usize, usize)> = HashMap::new();
        for (word, place) in places {
            let place = place.min(LAST_PLACE - 1);
            let (count, last) = of_word.entry(word).or_insert((0, usize::MAX));
            if *count < PLACES && *last != place {
                (*count, *last) = (*count + 1, place);
                kept.push((word, place));
            }
        }
        kept
    }
}

/// A term, with all words that begin as it does where there are not too many.
pub(super) enum Asked<'a> {
    Term(&'a Term),
    AnyOf(Vec<String>),
}

/// What is sought, as the engine asks for it. It is made of folded words
/// alone, each between quotes, so that nothing in it is an operator.
pub(super) fn question(asked: &[Asked<'_>], dialect: Dialect) -> String {
    let and = if dialect == Dialect::Sqlite { " AND " } else { " & " };
    asked.iter().map(|term| term.written(dialect)).collect::<Vec<_>>().join(and)
}

/// The same, of cases that are not void.
pub(super) fn not_void(question: &str, dialect: Dialect) -> String {
    let but_not = if dialect == Dialect::Sqlite { " NOT " } else { " & !" };
    format!("({question}){but_not}{}", quoted(VOID, dialect))
}

impl Asked<'_> {
    fn written(&self, dialect: Dialect) -> String {
        let sqlite = dialect == Dialect::Sqlite;
        let joined = |words: &[String], by: &str| {
            let words: Vec<String> = words.iter().map(|word| quoted(word, dialect)).collect();
            format!("({})", words.join(by))
        };
        match self {
            Self::AnyOf(words) => joined(words, if sqlite { " OR " } else { " | " }),
            Self::Term(Term::Phrase(words)) if sqlite => quoted(&words.join(" "), dialect),
            Self::Term(Term::Phrase(words)) => joined(words, " <-> "),
            Self::Term(Term::Beginning(word)) => {
                format!("{}{}", quoted(word, dialect), if sqlite { " *" } else { ":*" })
            }
        }
    }
}

fn quoted(words: &str, dialect: Dialect) -> String {
    let quote = if dialect == Dialect::Sqlite { '"' } else { '\'' };
    format!("{quote}{words}{quote}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_made_of_quoted_words() {
        let phrase = Term::Phrase(vec!["dong".into(), "thap".into()]);
        let beginning = Term::Beginning("la".into());
        let asked =
            [Asked::Term(&beginning), Asked::Term(&phrase), Asked::AnyOf(vec!["thuoc".into(), "thuocs".into()])];
        assert_eq!(question(&asked, Dialect::Sqlite), r#""la" * AND "dong thap" AND ("thuoc" OR "thuocs")"#);
        assert_eq!(question(&asked, Dialect::Postgres), "'la':* & ('dong' <-> 'thap') & ('thuoc' | 'thuocs')");
        assert_eq!(not_void("'a' | 'b'", Dialect::Postgres), "('a' | 'b') & !'!void'");
    }

    #[test]
    fn postgres_is_given_no_more_places_than_it_keeps() {
        let words = ["a", "b"].map(|word| std::iter::repeat_n(word.to_owned(), 20_000)).into_iter().flatten();
        let document = Document(words.collect::<Vec<_>>().join(" "));
        let places = document.places(Dialect::Postgres);
        assert_eq!(places.iter().filter(|(word, _)| *word == "a").count(), PLACES);
        assert_eq!(places.last(), Some(&("b", LAST_PLACE - 1)));
        assert_eq!(document.places(Dialect::Sqlite).len(), 40_000);
    }
}
