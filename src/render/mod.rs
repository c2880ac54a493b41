//! Reports and cases in the formats that people and programs read.
//!
//! Between a report and every format for people stands one [`Page`] of typed
//! cells; formats for programs share one list of records. Where the figures
//! come from is not known here.

mod cases;
mod completeness;
mod csv;
mod doctor;
mod drafts;
mod due;
mod goods;
mod grid;
mod history;
mod ics;
mod import;
mod imports;
mod laid;
mod lists;
mod markdown;
mod month;
mod records;
mod restated;
mod seal;
mod search;
mod show;
mod table;
mod totals;

use serde_json::{Map, Value};
use thiserror::Error;

pub use cases::{CaseListView, CaseView};
pub use completeness::CompletenessView;
pub use doctor::DoctorView;
pub use drafts::{DraftsView, draft_record};
pub use due::DueView;
pub use goods::{GoodsView, StockView};
pub use grid::{Align, Block, Cell, Column, Grid, GridRow, Page, RowKind, Unit};
pub use history::told_differences;
pub use import::ImportView;
pub use imports::ImportsView;
pub use lists::{AgencyRow, ListView, agencies_view, categories_view, regions_view, violations_view};
pub use month::{MonthView, PublishedNote};
pub use records::{case_record, flat_case_record, money_value};
pub use restated::RestatedView;
pub use seal::SealView;
pub use search::SearchView;
pub use show::ShowView;
pub use totals::TotalsView;

use crate::lang::Words;

/// A record for programs: keys in their order.
pub type Record = Map<String, Value>;

/// A format of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Tables for a terminal.
    Table,
    /// One JSON value.
    Json,
    /// JSON, one record a line.
    Jsonl,
    /// CSV with a header.
    Csv,
    /// Markdown.
    Markdown,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown];

    /// The name, which is also the extension of files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }

    /// The format of a name or of a file's extension.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let text = (name == "txt").then_some(Self::Table);
        text.or_else(|| Self::ALL.into_iter().find(|format| format.code() == name))
    }
}

/// Records under one header.
pub struct Lines<'a> {
    /// The keys.
    pub headers: Vec<String>,
    /// The values of each record, in the order of the keys.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

impl Lines<'_> {
    /// Puts records under the keys of a template, then whatever else they have.
    fn of(template: &Record, records: Vec<Record>) -> Self {
        let mut headers: Vec<String> = Vec::new();
        for record in std::iter::once(template).chain(&records) {
            // Most have the keys that are headers already, in their order.
            if record.keys().eq(headers.iter()) {
                continue;
            }
            for key in record.keys() {
                if !headers.contains(key) {
                    headers.push(key.clone());
                }
            }
        }
        let keys = headers.clone();
        let values = move |mut record: Record| {
            keys.iter().map(|key| record.get_mut(key).map(Value::take).unwrap_or_default()).collect()
        };
        Self { headers, rows: Box::new(records.into_iter().map(values)) }
    }
}

/// What can be shown in every format.
pub trait View {
    /// For people.
    fn page(&self, words: &'static Words) -> Page;
    /// For programs, as a whole.
    fn json(&self) -> Value;
    /// For programs, record by record.
    fn records(&self) -> Vec<Record>;
    /// The keys that every record has in formats that are tables, so that
    /// there is a header where there are no records.
    fn template(&self) -> Record {
        Record::new()
    }
    /// The same without lists, for formats that are tables.
    fn flat_records(&self) -> Vec<Record> {
        self.records()
    }
    /// The same under one header.
    fn lines(&self) -> Lines<'_> {
        Lines::of(&self.template(), self.flat_records())
    }
}

/// How a page is set.
#[derive(Clone, Copy)]
pub struct Style {
    /// The language.
    pub words: &'static Words,
    /// How many columns of characters there are; `None` is no limit.
    pub width: Option<usize>,
    /// Whether rows may be set off by weight.
    pub color: bool,
    /// The unit of money; `None` is one that fits.
    pub unit: Option<Unit>,
}

/// Why a view can't be put into a format.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The records are not CSV or JSON.
    #[error("{0}")]
    Failed(String),
}

/// Puts a view into a format.
pub fn render(view: &dyn View, format: Format, style: &Style) -> Result<String, RenderError> {
    let failed = |error: serde_json::Error| RenderError::Failed(error.to_string());
    match format {
        Format::Table => Ok(table::write(&view.page(style.words), style)),
        Format::Markdown => Ok(markdown::write(&view.page(style.words), style)),
        Format::Csv => csv::write(view.lines()),
        Format::Json => serde_json::to_string_pretty(&view.json()).map(|json| json + "\n").map_err(failed),
        Format::Jsonl => {
            let lines = view.records().into_iter().map(|record| serde_json::to_string(&record));
            lines.map(|line| line.map(|line| line + "\n").map_err(failed)).collect()
        }
    }
}
