//! Words by which goods and violations are recognised.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::Lexicon;

/// A row of the table of words: a phrase that belongs to a code of a list.
#[derive(Deserialize)]
struct Row {
    list: String,
    code: String,
    phrase: String,
    weight: u32,
}

/// What a phrase is evidence of, and how strongly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) code: String,
    pub(super) weight: u32,
}

/// Names of goods, by the code of their category.
pub(super) static CATEGORIES: LazyLock<Lexicon<Evidence>> = LazyLock::new(|| evidence("category"));
/// Words for what was done wrong, by the code of the violation.
pub(super) static VIOLATIONS: LazyLock<Lexicon<Evidence>> = LazyLock::new(|| evidence("violation"));

/// The table, list by list.
static TABLE: LazyLock<HashMap<String, Vec<Row>>> = LazyLock::new(|| {
    let text = include_str!("../../data/words.csv");
    let mut table: HashMap<String, Vec<Row>> = HashMap::new();
    for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Row>().filter_map(Result::ok) {
        table.entry(row.list.clone()).or_default().push(row);
    }
    table
});

fn rows(list: &str) -> impl Iterator<Item = &'static Row> {
    TABLE.get(list).into_iter().flatten()
}

fn evidence(list: &str) -> Lexicon<Evidence> {
    let meaning = |row: &Row| Evidence { code: row.code.clone(), weight: row.weight };
    Lexicon::new(rows(list).map(|row| (&row.phrase, meaning(row))))
}

/// The words of one list that a rule looks for.
pub(super) fn cues(code: &'static str) -> Lexicon<()> {
    cues_of(&[(code, ())])
}

/// The words of several lists that a rule looks for, with what each means.
pub(super) fn cues_of<T: Clone>(lists: &[(&'static str, T)]) -> Lexicon<T> {
    let phrases = |(code, meaning): &(&'static str, T)| {
        let (code, meaning) = (*code, meaning.clone());
        rows("cue").filter(move |row| row.code == code).map(move |row| (&row.phrase, meaning.clone()))
    };
    Lexicon::new(lists.iter().flat_map(phrases))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::{Reference, ReferenceTexts};

    /// The lists that the rules name in their source.
    fn named() -> BTreeSet<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/notes");
        let files =
            std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let mut named = BTreeSet::new();
        for text in files {
            let quoted = text.split('"').skip(1).step_by(2);
            let is_name =
                |part: &&str| part.contains('.') && part.chars().all(|c| c.is_ascii_lowercase() || ".-_".contains(c));
            named.extend(quoted.filter(is_name).map(str::to_owned));
        }
        named
    }

    #[test]
    fn every_row_is_of_a_known_list_and_code_and_every_list_is_used() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let text = include_str!("../../data/words.csv");
        let mut cues = BTreeSet::new();
        for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Row>() {
            let row = row.unwrap();
            let known = match row.list.as_str() {
                "category" => reference.category(&row.code).is_some(),
                "violation" => reference.violation(&row.code).is_some(),
                "cue" => cues.insert(row.code.clone()) || cues.contains(&row.code),
                _ => false,
            };
            assert!(known && row.weight > 0, "{} {} {}", row.list, row.code, row.phrase);
        }
        assert!(cues.len() > 40);
        let unknown: Vec<_> = cues.difference(&named()).cloned().collect();
        assert!(unknown.is_empty(), "no rule names {unknown:?}");
    }
}
