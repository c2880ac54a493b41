//! Words by which goods and violations are recognised.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::Lexicon;

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
pub(super) static CATEGORIES: LazyLock<Lexicon<Evidence>> = LazyLock::new(|| of_list("category"));
/// Words for what was done wrong, by the code of the violation.
pub(super) static VIOLATIONS: LazyLock<Lexicon<Evidence>> = LazyLock::new(|| of_list("violation"));

fn of_list(name: &str) -> Lexicon<Evidence> {
    let table = include_str!("../../data/words.csv");
    let rows = csv::Reader::from_reader(table.as_bytes()).into_deserialize::<Row>().filter_map(Result::ok);
    let rows = rows.filter(|row| row.list == name);
    Lexicon::new(rows.map(|Row { code, phrase, weight, .. }| (phrase, Evidence { code, weight })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Reference, ReferenceTexts};

    #[test]
    fn every_row_is_of_a_known_list_and_code() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let table = include_str!("../../data/words.csv");
        let mut rows = 0;
        for row in csv::Reader::from_reader(table.as_bytes()).into_deserialize::<Row>() {
            let row = row.unwrap();
            let known = match row.list.as_str() {
                "category" => reference.category(&row.code).is_some(),
                "violation" => reference.violation(&row.code).is_some(),
                _ => false,
            };
            assert!(known && row.weight > 0, "{} {} {}", row.list, row.code, row.phrase);
            rows += 1;
        }
        assert!(rows > 1_000, "{rows}");
    }
}
