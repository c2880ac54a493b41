//! Cases that were searched for, with the words that were found.

use serde_json::Value;

use super::cases::CaseListView;
use super::grid::{Block, Cell, Column, Page};
use super::records::Put;
use super::{Record, View};
use crate::domain::{Case, Excerpt, Field, Sought};
use crate::lang::Words;

/// A list of cases with the places in which sought words stand.
pub struct SearchView<'a> {
    /// The cases.
    pub list: CaseListView<'a>,
    /// What was sought.
    pub sought: &'a Sought,
    /// The same, as it was typed.
    pub typed: &'a str,
}

/// Before and after a word that was sought.
const MARKS: [&str; 2] = ["‹", "›"];
/// The key of the excerpts in records.
const MATCHES: &str = "matches";

impl SearchView<'_> {
    fn excerpts(&self, case: &Case) -> Vec<Excerpt> {
        self.sought.excerpts(&case.texts(self.list.reference))
    }

    /// As few excerpts as show every word that was found, those with most of
    /// them first.
    fn told(&self, case: &Case, words: &Words) -> String {
        let mut excerpts = self.excerpts(case);
        excerpts.sort_by_key(|excerpt| std::cmp::Reverse(excerpt.terms.len()));
        let mut seen: Vec<usize> = Vec::new();
        let mut told = Vec::new();
        for excerpt in excerpts {
            if excerpt.terms.iter().any(|term| !seen.contains(term)) {
                told.push(format!("{}: {}", (words.field)(excerpt.field), marked(&excerpt)));
                seen.extend(excerpt.terms);
            }
        }
        told.join("; ")
    }

    /// All excerpts, by the keys of their fields.
    fn matches(&self, case: &Case) -> Record {
        let mut matches = Record::new();
        for excerpt in self.excerpts(case) {
            let key = key(excerpt.field);
            let text = match matches.get(key).and_then(Value::as_str) {
                Some(before) => format!("{before}; {}", marked(&excerpt)),
                None => marked(&excerpt),
            };
            matches.put(key, text);
        }
        matches
    }
}

fn marked(excerpt: &Excerpt) -> String {
    excerpt.marked(MARKS[0], MARKS[1])
}

/// The key under which a case's record has a field.
fn key(field: Field) -> &'static str {
    if field == Field::Reason { "void_reason" } else { field.key() }
}

impl View for SearchView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let mut page = self.list.page(words);
        page.title = (words.labels.search_title)(self.typed);
        for block in &mut page.blocks {
            if let Block::Grid(grid) = block {
                grid.columns.push(Column::left(words.labels.found));
                for (row, case) in grid.rows.iter_mut().zip(self.list.cases) {
                    row.cells.push(Cell::Text(self.told(case, words)));
                }
            }
        }
        page
    }

    fn json(&self) -> Value {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        let mut records = self.list.records();
        for (record, case) in records.iter_mut().zip(self.list.cases) {
            record.put(MATCHES, self.matches(case));
        }
        records
    }

    fn template(&self) -> Record {
        let mut template = self.list.template();
        template.put(MATCHES, Value::Null);
        template
    }

    fn flat_records(&self) -> Vec<Record> {
        let mut records = self.list.flat_records();
        for (record, case) in records.iter_mut().zip(self.list.cases) {
            let told = |(field, text): (String, Value)| format!("{field}: {}", text.as_str().unwrap_or_default());
            record.put(MATCHES, self.matches(case).into_iter().map(told).collect::<Vec<_>>().join("; "));
        }
        records
    }
}
