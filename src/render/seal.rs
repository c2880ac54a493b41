//! A seal: for people to print and sign, for programs as it is read again.

use serde_json::Value;

use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::{Record, View};
use crate::domain::Seal;
use crate::lang::Words;

/// A seal.
pub struct SealView<'a>(pub &'a Seal);

impl View for SealView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let (seal, said) = (self.0, &words.safety);
        let at = format!("{} {}", (words.date)(seal.sealed_at.date_naive()), seal.sealed_at.format("%H:%M"));
        let facts = [
            (said.casebook, seal.casebook.clone()),
            (said.sealed_at, at),
            (said.by, seal.by.clone()),
            (said.currency, seal.currency.clone()),
            (said.cases, seal.cases.to_string()),
            (said.entries, seal.entries.to_string()),
            (said.digest, seal.digest.clone()),
        ];
        let facts = Grid {
            title: None,
            columns: vec![Column::left(words.labels.item), Column::left(words.labels.detail)],
            rows: facts
                .map(|(item, detail)| GridRow::body(vec![Cell::Text(item.to_owned()), Cell::Text(detail)]))
                .into(),
        };
        let chains = seal.chains.iter().map(|chain| {
            GridRow::body(vec![
                Cell::text(chain.province_code.clone()),
                Cell::Text(chain.province.clone().unwrap_or_else(|| said.own_chain.to_owned())),
                Cell::Number(chain.length.into()),
                Cell::Text(chain.head.clone()),
            ])
        });
        let chains = Grid {
            title: None,
            columns: vec![
                Column::left(words.labels.code),
                Column::left(said.chain),
                Column::right(said.length),
                Column::left(said.head),
            ],
            rows: chains.collect(),
        };
        Page {
            title: said.seal_title.to_owned(),
            blocks: vec![Block::Grid(facts), Block::Grid(chains)],
            notes: vec![said.seal_note.to_owned()],
            currency: None,
        }
    }

    fn json(&self) -> Value {
        serde_json::to_value(self.0).unwrap_or_default()
    }

    fn records(&self) -> Vec<Record> {
        self.json().as_object().cloned().into_iter().collect()
    }

    /// One row for each chain.
    fn flat_records(&self) -> Vec<Record> {
        let mut whole = self.records().pop().unwrap_or_default();
        let chains = whole.remove("chains").unwrap_or_default();
        let chains = chains.as_array().into_iter().flatten().filter_map(Value::as_object);
        chains.map(|chain| whole.clone().into_iter().chain(chain.clone()).collect()).collect()
    }
}
