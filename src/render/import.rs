//! What an import came to, or would.

use serde_json::{Value, json};

use super::cases::case_grid;
use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::records::{Put, money_value};
use super::{Record, View};
use crate::domain::{Amount, Case, Currency, ImportCounts, ImportedFile, Reference};
use crate::exchange::{ColumnPlan, Scale, TablePlan, Target};
use crate::lang::Words;
use crate::text::write_digits;

/// What an import came to.
pub struct ImportView<'a> {
    /// Its number; `None` if nothing was stored.
    pub id: Option<i64>,
    /// Whether it was a rehearsal.
    pub dry_run: bool,
    /// The files.
    pub files: &'a [ImportedFile],
    /// Its rows.
    pub counts: ImportCounts,
    /// How many of the refused rows are conflicts.
    pub conflicts: u64,
    /// The fines of its new cases.
    pub fine_amount: Amount,
    /// The seized values of its new cases.
    pub seized_value: Amount,
    /// How many of its new cases have no seized value.
    pub seized_unknown: u64,
    /// The file with the refused rows, if there is one.
    pub refused_file: Option<&'a str>,
    /// How its tables were read.
    pub tables: &'a [&'a TablePlan],
    /// Its first cases.
    pub first: &'a [Case],
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
}

impl ImportView<'_> {
    fn title(&self, words: &Words) -> String {
        let said = &words.importing;
        match self.id {
            Some(id) => (said.title)(id),
            None if self.dry_run => said.title_dry.to_owned(),
            None => said.title_nothing.to_owned(),
        }
    }

    /// How its rows ended, and their sums.
    fn summary(&self, words: &'static Words) -> Grid {
        let (said, counts) = (&words.importing, &self.counts);
        let stored = if self.dry_run { said.would_store } else { said.stored };
        let row = |label: &str, cell: Cell| GridRow::body(vec![Cell::Text(label.to_owned()), cell]);
        let number = |n: u64| Cell::Number(n.into());
        let mut rows = vec![row(said.rows_read, number(counts.rows)), row(stored, number(counts.stored))];
        rows.extend((counts.updated > 0).then(|| row(said.updated, number(counts.updated))));
        rows.push(row(said.already_there, number(counts.already_there)));
        rows.push(row(said.not_taken, number(counts.refused)));
        rows.push(row(said.cases, number(counts.cases)));
        rows.push(row(said.sum_of_fines, Cell::amount(Some(self.fine_amount))));
        rows.push(row(said.sum_of_seized, Cell::amount(Some(self.seized_value))));
        Grid { title: None, columns: vec![Column::left(said.rows), Column::right("")], rows }
    }

    fn first(&self, words: &'static Words) -> Option<Block> {
        let name = |case: &Case| case.case_no.clone().unwrap_or_default();
        let grid = case_grid(self.first, &name, self.reference, words);
        let titled = Grid { title: Some(words.importing.first_cases.to_owned()), ..grid };
        (self.dry_run && !self.first.is_empty()).then_some(Block::Grid(titled))
    }
}

/// Puts how rows ended under their keys.
pub(super) fn put_counts(record: &mut Record, counts: &ImportCounts) {
    record.put("rows", counts.rows);
    record.put("stored", counts.stored);
    record.put("updated", counts.updated);
    record.put("already_there", counts.already_there);
    record.put("refused", counts.refused);
    record.put("cases", counts.cases);
}

/// What a column holds, in words.
fn target(column: &ColumnPlan, words: &Words) -> String {
    let said = &words.importing;
    match column.target {
        Some(Target::Field(field)) => (words.field)(field).to_owned(),
        Some(Target::BoundOf(field)) => (said.bound_of)((words.field)(field)),
        Some(Target::Ignored) => said.left_out.to_owned(),
        None => said.not_known.to_owned(),
    }
}

fn is_money(column: &ColumnPlan) -> bool {
    matches!(column.target, Some(Target::Field(field)) if field.is_money())
}

fn unit(column: &ColumnPlan) -> Cell {
    Cell::text((is_money(column) && column.scale != Scale::One).then_some(column.scale.word()))
}

/// How a table is read, column by column.
fn plan_grid(plan: &TablePlan, words: &'static Words) -> Grid {
    let said = &words.importing;
    let row = |column: &ColumnPlan| {
        GridRow::body(vec![
            Cell::Text(column.letters.clone()),
            Cell::text(Some(column.header.clone()).filter(|header| !header.is_empty())),
            Cell::Text(target(column, words)),
            unit(column),
            Cell::text(Some(shortened(&column.sample)).filter(|sample| !sample.is_empty())),
        ])
    };
    let used = plan.columns.iter().filter(|column| !(column.header.is_empty() && column.target.is_none()));
    let constants = plan.constants.iter().map(|(field, value)| {
        let name = (words.field)(*field).to_owned();
        GridRow::body(vec![
            Cell::Empty,
            Cell::Text(said.in_every_row.to_owned()),
            Cell::Text(name),
            Cell::Empty,
            Cell::Text(value.clone()),
        ])
    });
    let headers = [said.column, said.header, said.field, said.unit, said.sample];
    let columns = headers.into_iter().map(Column::left).collect();
    let mut title = vec![(said.table)(&plan.file, plan.sheet.as_deref())];
    if !plan.header.is_empty() {
        let rows: Vec<String> = plan.header.iter().map(ToString::to_string).collect();
        title.push((said.header_rows)(&rows.join("–")));
    }
    let separator = |c: char| if c == '\t' { "tab".to_owned() } else { format!("\"{c}\"") };
    title.extend(plan.year.map(said.year));
    title.extend(plan.text.as_ref().map(|text| (said.text_form)(text.encoding, &separator(text.separator))));
    Grid { title: Some(title.join(" · ")), columns, rows: used.map(row).chain(constants).collect() }
}

/// A sample as it fits a table.
fn shortened(sample: &str) -> String {
    const MOST: usize = 40;
    if sample.chars().count() <= MOST {
        sample.to_owned()
    } else {
        sample.chars().take(MOST - 1).chain(['…']).collect()
    }
}

fn plan_record(plan: &TablePlan) -> Value {
    let column = |column: &ColumnPlan| {
        json!({
            "column": column.letters,
            "header": column.header,
            "field": column.target.map(Target::key).filter(|key| !key.is_empty()),
            "unit": is_money(column).then_some(column.scale.word()),
        })
    };
    json!({
        "file": plan.file,
        "sheet": plan.sheet,
        "header": plan.header,
        "columns": plan.columns.iter().map(column).collect::<Vec<_>>(),
    })
}

impl View for ImportView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let mut blocks = Vec::new();
        if self.dry_run {
            blocks.extend(
                self.tables
                    .iter()
                    .filter(|plan| !plan.columns.is_empty())
                    .map(|plan| Block::Grid(plan_grid(plan, words))),
            );
        }
        blocks.extend(self.first(words));
        blocks.push(Block::Grid(self.summary(words)));
        let unknown = || (words.importing.unknown_seized)(&write_digits(self.seized_unknown.into(), words.marks));
        Page {
            title: self.title(words),
            blocks,
            notes: (self.seized_unknown > 0).then(unknown).into_iter().collect(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        self.records().into_iter().next().map_or(Value::Null, Value::Object)
    }

    fn records(&self) -> Vec<Record> {
        let mut record = Record::new();
        record.put_opt("import_id", self.id);
        record.put("dry_run", self.dry_run);
        record.put("files", self.files.iter().map(|file| file.name.clone()).collect::<Vec<_>>());
        put_counts(&mut record, &self.counts);
        record.put("conflicts", self.conflicts);
        record.put("fine_amount", money_value(self.fine_amount.value));
        record.put("fine_bound", self.fine_amount.bound.code());
        record.put("seized_value", money_value(self.seized_value.value));
        record.put("seized_bound", self.seized_value.bound.code());
        record.put("seized_unknown", self.seized_unknown);
        record.put_opt("refused_file", self.refused_file);
        record.put("tables", self.tables.iter().map(|plan| plan_record(plan)).collect::<Vec<_>>());
        vec![record]
    }
}
