//! Past imports.

use chrono::SecondsFormat;
use serde_json::Value;

use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::history::moment;
use super::import::put_counts;
use super::records::{Put, money_value};
use super::{Record, View};
use crate::domain::{Currency, Import, ImportedFile, Undone};
use crate::lang::Words;

/// A list of imports.
pub struct ImportsView<'a> {
    /// The imports, newest last.
    pub imports: &'a [Import],
    /// The currency.
    pub currency: &'a Currency,
}

fn names(files: &[ImportedFile]) -> String {
    files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("; ")
}

impl View for ImportsView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let said = &words.importing;
        let undone = |undone: &Undone| (said.undone_on)(&(words.date)(undone.body.voided_on), &undone.reason);
        let row = |import: &Import| {
            let counts = &import.body.counts;
            GridRow::body(vec![
                Cell::Number(import.id.into()),
                Cell::Text(moment(import.at, words)),
                Cell::Text(import.who.clone()),
                Cell::Text(names(&import.body.files)),
                Cell::Number(counts.rows.into()),
                Cell::Number(counts.cases.into()),
                Cell::Number(counts.updated.into()),
                Cell::Number(counts.already_there.into()),
                Cell::Number(counts.refused.into()),
                Cell::amount(Some(import.body.fine_amount)),
                Cell::amount(Some(import.body.seized_value)),
                Cell::text(import.undone.as_ref().map(undone)),
            ])
        };
        let columns = vec![
            Column::right(said.import),
            Column::left(words.labels.when),
            Column::left(words.labels.who),
            Column::left(said.files),
            Column::right(said.rows_read),
            Column::right(said.cases),
            Column::right(said.updated),
            Column::right(said.already_there),
            Column::right(said.not_taken),
            Column::right((words.field)(crate::domain::Field::FineAmount)),
            Column::right((words.short_measure)(crate::domain::Measure::SeizedValue)),
            Column::left(said.undone_label),
        ];
        let block = match self.imports {
            [] => Block::Line(said.no_imports.to_owned()),
            imports => Block::Grid(Grid { title: None, columns, rows: imports.iter().map(row).collect() }),
        };
        Page {
            title: said.imports_title.to_owned(),
            blocks: vec![block],
            notes: Vec::new(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        self.imports.iter().map(record).collect()
    }
}

fn record(import: &Import) -> Record {
    let (body, undone) = (&import.body, import.undone.as_ref());
    let mut record = Record::new();
    record.put("id", import.id);
    record.put("at", import.at.to_rfc3339_opts(SecondsFormat::Millis, true));
    record.put("who", import.who.as_str());
    record.put("files", body.files.iter().map(|file| file.name.clone()).collect::<Vec<_>>());
    record.put("sha256", body.files.iter().map(|file| file.sha256.clone()).collect::<Vec<_>>());
    put_counts(&mut record, &body.counts);
    record.put("fine_amount", money_value(body.fine_amount.value));
    record.put("seized_value", money_value(body.seized_value.value));
    record.put_opt("undone_at", undone.map(|undone| undone.at.to_rfc3339_opts(SecondsFormat::Millis, true)));
    record.put_opt("undone_by", undone.map(|undone| undone.who.as_str()));
    record.put_opt("undo_reason", undone.map(|undone| undone.reason.as_str()));
    record
}
