//! Reports and cases in the formats that people and programs read.
//!
//! Between a report and every format for people stands one [`Page`] of typed
//! cells; formats for programs share one list of records. Where the figures
//! come from is not known here.

mod bars;
mod cases;
mod chart;
mod completeness;
mod csv;
mod doctor;
mod document;
mod docx;
mod drafts;
mod due;
mod goods;
mod grid;
mod history;
mod html;
mod ics;
mod import;
mod imports;
mod laid;
mod letterhead;
mod lists;
mod markdown;
mod month;
mod monthly;
mod pdf;
mod picture;
mod provinces;
mod records;
mod restated;
mod rounding;
mod seal;
mod search;
mod show;
mod stamp;
mod svg;
mod table;
mod totals;
mod widths;
mod xlsx;

use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value};
use thiserror::Error;

pub use cases::{CaseListView, CaseView};
pub use chart::{Bar, Chart, Drawing, Series, Shapes};
pub use completeness::CompletenessView;
pub use doctor::DoctorView;
pub use document::{Card, Document, Heading, Office, Part};
pub use drafts::{DraftsView, draft_record};
pub use due::DueView;
pub use goods::{GoodsView, StockView};
pub use grid::{Align, Block, Cell, Column, Grid, GridRow, Page, RowKind, Unit};
pub use history::told_differences;
pub use import::ImportView;
pub use imports::ImportsView;
pub use lists::{AgencyRow, ListView, agencies_view, categories_view, regions_view, violations_view};
pub use month::{MonthView, PublishedNote};
pub use records::{Datum, case_record, flat_case_record, money_value};
pub use restated::RestatedView;
pub use seal::SealView;
pub use search::SearchView;
pub use show::ShowView;
pub use totals::TotalsView;

use crate::domain::ReportSeal;
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
    /// One web page.
    Html,
    /// A document for word processors.
    Docx,
    /// A document to be printed.
    Pdf,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 9] = [
        Self::Table,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::Docx,
        Self::Pdf,
        Self::Xlsx,
    ];

    /// The name, which is also the extension of files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }

    /// Whether it is a file for people, set on paper or a screen.
    #[must_use]
    pub fn is_document(self) -> bool {
        matches!(self, Self::Html | Self::Docx | Self::Pdf | Self::Xlsx)
    }

    /// Whether people read it, in tables.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        self.is_document() || matches!(self, Self::Table | Self::Markdown)
    }

    /// Whether it is text.
    #[must_use]
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::Pdf | Self::Xlsx)
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
    pub rows: Box<dyn Iterator<Item = Vec<Datum<'a>>> + 'a>,
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
            keys.iter().map(|key| Datum::from(record.get_mut(key).map(Value::take).unwrap_or_default())).collect()
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
    /// As a document: the page, unless more is to be said there.
    fn document(&self, words: &'static Words) -> Document {
        Document::of_page(self.page(words))
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

/// What stands on a document beside what it is about.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// The office whose document it is.
    pub office: Option<Office>,
    /// What it is checked by.
    pub seal: Option<ReportSeal>,
    /// The day that stands on it.
    pub on: NaiveDate,
}

/// Puts a view into the file of a document.
pub fn render_document(view: &dyn View, format: Format, style: &Style, paper: &Paper) -> Result<Vec<u8>, RenderError> {
    let words = style.words;
    let document = set(view, format, style);
    let failed = |said: String| RenderError::Failed(said);
    match format {
        Format::Docx => docx::write(&document, paper, words).map_err(failed),
        Format::Pdf => pdf::write(&document, paper, words).map_err(failed),
        Format::Xlsx => {
            let book = xlsx::workbook(&document, paper, words).and_then(|mut book| book.save_to_buffer());
            book.map_err(|error| failed(error.to_string()))
        }
        Format::Html => Ok(html::write(&document, paper, words).into_bytes()),
        text => render(view, text, style).map(String::into_bytes),
    }
}

/// The document of a view, as a format sets it: on paper tables must fit, on a
/// screen they can be moved, and a workbook keeps figures as they are.
fn set(view: &dyn View, format: Format, style: &Style) -> Document {
    let document = view.document(style.words);
    match format {
        Format::Xlsx => document.in_unit(Unit::One),
        Format::Html => document.in_unit(style.unit.unwrap_or(Unit::One)),
        _ => document.on_paper(style.unit, style.words),
    }
}

/// A view as a workbook, to which sheets can be added before it is written.
pub fn workbook(view: &dyn View, style: &Style, paper: &Paper) -> Result<Workbook, RenderError> {
    let document = view.document(style.words).in_unit(Unit::One);
    xlsx::workbook(&document, paper, style.words).map_err(|error| RenderError::Failed(error.to_string()))
}

/// The rows of the tables that a document of a view has, cell by cell as that
/// format holds them, and what it says beside them, as rows of one cell.
#[must_use]
pub fn document_rows(view: &dyn View, format: Format, style: &Style) -> Vec<Vec<String>> {
    let words = style.words;
    let document = set(view, format, style);
    let rows = |part: &Part| match part {
        Part::Table(grid) if format == Format::Xlsx => xlsx::held(grid, words),
        Part::Table(grid) => grid.texts(words, document.unit),
        Part::Paragraph(text) => vec![vec![text.clone()]],
        // A word processor counts its headings by itself, a sheet is called by it.
        Part::Heading(heading) if format == Format::Html => vec![vec![heading.numbered()]],
        Part::Heading(heading) if format != Format::Xlsx => vec![vec![heading.text.clone()]],
        // They stand at the head of a page alone.
        Part::Cards(cards) if format == Format::Html => cards.iter().map(Card::texts).collect(),
        Part::Heading(_) | Part::Cards(_) | Part::Chart(_) => Vec::new(),
    };
    document.parts.iter().flat_map(rows).collect()
}

/// Puts a view into a format of text.
pub fn render(view: &dyn View, format: Format, style: &Style) -> Result<String, RenderError> {
    let failed = |error: serde_json::Error| RenderError::Failed(error.to_string());
    match format {
        Format::Table => Ok(table::write(&view.page(style.words), style)),
        Format::Markdown => Ok(markdown::write(&view.page(style.words), style)),
        Format::Csv => csv::write(view.lines()),
        Format::Html | Format::Docx | Format::Pdf | Format::Xlsx => {
            Err(RenderError::Failed("a document is no text".to_owned()))
        }
        Format::Json => serde_json::to_string_pretty(&view.json()).map(|json| json + "\n").map_err(failed),
        Format::Jsonl => {
            let lines = view.records().into_iter().map(|record| serde_json::to_string(&record));
            lines.map(|line| line.map(|line| line + "\n").map_err(failed)).collect()
        }
    }
}
