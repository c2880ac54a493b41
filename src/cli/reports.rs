//! `verify FILE…`: documents compared with the casebook that they came from.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::failure::Failure;
use super::month::{largest_of, whole};
use super::session::Session;
use crate::domain::{Asked, ReportSeal};
use crate::exchange::{FileError, ReportFile, ReportForm, read_report};
use crate::lang::{Lang, Words};
use crate::render::{
    Block, Cell, Column, Format, Grid, GridRow, MonthView, Page, Record, Style, Unit, View, document_rows,
};
use crate::report::{MonthRequest, Place};
use crate::store::{Finding, Store};

/// The most that a document has, in bytes.
const LARGEST: u64 = 256 << 20;

/// The version of the program, which sets documents.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What is wrong with a document.
#[derive(Debug)]
pub(super) enum ReportFinding {
    /// It can't be read.
    Unread(String),
    /// It carries no seal.
    NoSeal,
    /// Its seal can't be read.
    BadSeal(String),
    /// The casebook is not what it was, or another.
    Casebook(Finding),
    /// It does not say what it should: a row of one of its tables.
    Row(Vec<String>),
}

impl ReportFinding {
    /// Whether there is nothing to compare it by.
    pub(super) fn is_unsealed(&self) -> bool {
        matches!(self, Self::Unread(_) | Self::NoSeal | Self::BadSeal(_))
    }
}

/// A document that is as it should be.
struct Checked {
    path: PathBuf,
    seal: ReportSeal,
    /// How many entries the journal has since.
    since: i64,
    /// Whether its tables were compared too.
    cells: bool,
    /// Whether its figures would be the same now.
    still_holds: bool,
}

pub(super) fn run(session: &Session, files: &[PathBuf], store: &mut Store) -> Result<(), Failure> {
    let (mut checked, mut wrong) = (Vec::new(), Vec::new());
    for path in files {
        match check(store, path)? {
            Ok(one) => checked.push(one),
            Err(finding) => wrong.push((path.clone(), finding)),
        }
    }
    if !checked.is_empty() {
        session.show(&ReportsView(&checked), None)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Reports(wrong)) }
}

fn check(store: &mut Store, path: &Path) -> Result<Result<Checked, ReportFinding>, Failure> {
    let file = match read(path) {
        Ok(file) => file,
        Err(said) => return Ok(Err(ReportFinding::Unread(said))),
    };
    let Some(text) = &file.seal else { return Ok(Err(ReportFinding::NoSeal)) };
    let seal = match ReportSeal::read(text) {
        Ok(seal) => seal,
        Err(said) => return Ok(Err(ReportFinding::BadSeal(said))),
    };
    let Expected { rows: expected, still_holds } = match expected(store, &seal, file.form)? {
        Ok(expected) => expected,
        Err(finding) => return Ok(Err(finding)),
    };
    let missing = file.rows.as_ref().and_then(|rows| missing(&expected, rows));
    // Another version may have set the same figures otherwise.
    let is_other = seal.setting.program != PROGRAM;
    if let Some(row) = missing.filter(|_| !is_other) {
        return Ok(Err(ReportFinding::Row(row.clone())));
    }
    let since = store.entries_since(&seal)?;
    let cells = file.rows.is_some() && missing.is_none();
    Ok(Ok(Checked { path: path.to_owned(), seal, since, cells, still_holds }))
}

/// Reads a document's file.
fn read(path: &Path) -> Result<ReportFile, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > LARGEST {
        return Err(FileError::TooLarge { most: LARGEST >> 20 }.to_string());
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    read_report(&bytes, ReportSeal::NAME).map_err(|error| error.to_string())
}

/// The first row that is not there in its turn.
fn missing<'a>(expected: &'a [Vec<String>], rows: &[Vec<String>]) -> Option<&'a Vec<String>> {
    let trimmed = |row: &[String]| {
        let end = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
        row.iter().take(end).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    let mut there = rows.iter().map(|row| trimmed(row));
    expected.iter().find(|row| {
        let wanted = trimmed(row);
        !there.any(|found| found == wanted)
    })
}

/// What a document of a seal has.
pub(super) struct Expected {
    /// The rows of its tables.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether its figures would be the same now.
    pub(super) still_holds: bool,
}

/// What a document of this seal has in a form.
fn expected(
    store: &mut Store,
    seal: &ReportSeal,
    form: ReportForm,
) -> Result<Result<Expected, ReportFinding>, Failure> {
    let Some(lang) = Lang::from_locale(&seal.setting.lang) else {
        return Ok(Err(ReportFinding::BadSeal(seal.setting.lang.clone())));
    };
    let unit = seal.setting.unit.and_then(|unit| Unit::ALL.into_iter().find(|one| *one as u32 == unit));
    let style = Style { words: lang.words(), width: None, color: false, unit };
    let format = match form {
        ReportForm::Html => Format::Html,
        ReportForm::Docx => Format::Docx,
        ReportForm::Xlsx => Format::Xlsx,
        ReportForm::Pdf => Format::Pdf,
    };
    match &seal.asked {
        Asked::Month { counting, largest } => {
            let named = Some(seal.setting.place.clone()).filter(|place| !place.is_empty());
            let request = MonthRequest {
                month: counting.month,
                filter: counting.filter.clone(),
                place: Place { region: named.into_iter().collect(), ..Place::default() },
                dating: counting.dated_by,
                cutoff: counting.cutoff,
                boundaries: counting.boundaries,
            };
            let list = largest_of(&request, *largest);
            let found = match store.summary_of_seal(seal, &request.document_queries(), Some(&list))? {
                Ok(found) => found,
                Err(finding) => return Ok(Err(ReportFinding::Casebook(finding))),
            };
            let report = whole(request, found.totals, found.cases)?;
            let (reference, currency) = (store.reference(), store.currency());
            let unfinished = seal.setting.unfinished;
            let view = MonthView { unfinished, ..MonthView::new(&report, reference, currency) };
            Ok(Ok(Expected { rows: document_rows(&view, format, &style), still_holds: found.still_holds }))
        }
        Asked::Totals(asked) => super::totals::expected(store, seal, asked, format, &style),
    }
}

struct ReportsView<'a>(&'a [Checked]);

impl View for ReportsView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let said = &words.reporting;
        let row = |checked: &Checked| {
            let at = checked.seal.made_at;
            let compared = if checked.cells { said.figures_and_cells } else { said.figures_alone };
            GridRow::body(vec![
                Cell::Text(checked.path.display().to_string()),
                Cell::Text(format!("{} {}", (words.date)(at.date_naive()), at.format("%H:%M"))),
                Cell::Text(checked.seal.by.clone()),
                Cell::Text(compared.to_owned()),
                Cell::Number(checked.since.into()),
                Cell::Text(if checked.still_holds { said.unchanged } else { said.changed }.to_owned()),
            ])
        };
        let columns = vec![
            Column::left(said.file),
            Column::left(words.labels.when),
            Column::left(words.labels.who),
            Column::left(said.compared),
            Column::right(said.entries_since),
            Column::left(said.figures_now),
        ];
        let rows = self.0.iter().map(row).collect();
        Page {
            title: said.reports_fit.to_owned(),
            blocks: vec![Block::Grid(Grid { title: None, columns, rows })],
            notes: Vec::new(),
            currency: None,
        }
    }

    fn json(&self) -> Value {
        Value::Array(self.records().into_iter().map(Value::Object).collect())
    }

    fn records(&self) -> Vec<Record> {
        let record = |checked: &Checked| {
            let value = json!({
                "file": checked.path.display().to_string(),
                "ok": true,
                "made_at": checked.seal.made_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
                "by": checked.seal.by,
                "figures": checked.seal.figures,
                "cells": checked.cells,
                "entries_since": checked.since,
            });
            value.as_object().cloned().unwrap_or_default()
        };
        self.0.iter().map(record).collect()
    }
}
