//! Documents: what is said, in which order. Each format sets it in its own way.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::chart::Chart;
use super::grid::{Block, Cell, Grid, Page, RowKind, Unit};
use super::rounding::rounded;
use super::widths::PAPER;
use crate::lang::Words;
use crate::text::shown;

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The kind of document, where it has one: "BÁO CÁO".
    pub kind: Option<String>,
    /// What it is about.
    pub subject: String,
    /// Its parts.
    pub parts: Vec<Part>,
    /// What is said at its end.
    pub notes: Vec<String>,
    /// The unit of money in its tables, which are rounded to it.
    pub unit: Unit,
    /// The code of the currency.
    pub currency: String,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(String),
    /// Figures to be seen first, where a format has room for them.
    Cards(Vec<Card>),
    /// A table.
    Table(Grid),
    /// A chart.
    Chart(Chart),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its number, as it stands before it: "II.".
    pub number: String,
    /// What it says.
    pub text: String,
}

impl Heading {
    /// With its number, where a format does not count by itself.
    pub(super) fn numbered(&self) -> String {
        format!("{} {}", self.number, self.text)
    }
}

/// Tables of so many rows are not parted.
pub(super) const SHORT: usize = 15;

/// A figure to be seen first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What it is.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// How it has changed.
    pub change: String,
}

impl Card {
    /// What it says.
    pub(super) fn texts(&self) -> Vec<String> {
        [&self.label, &self.figure, &self.change].map(String::clone).to_vec()
    }
}

/// The office whose document it is, as the configuration tells it; what is
/// not told is left for a pen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Office {
    /// The agency above it.
    pub parent: String,
    /// The agency.
    pub agency: String,
    /// The number and sign of the document: `05/BC-QLTT`.
    pub number: String,
    /// The town in which it is signed.
    pub place: String,
    /// To whom it goes.
    pub to: String,
    /// For whom it is signed: `TM. ỦY BAN NHÂN DÂN`, `KT. CỤC TRƯỞNG`.
    pub signed_for: String,
    /// The position of who signs.
    pub position: String,
    /// The name of who signs.
    pub signer: String,
    /// Who gets it, a line each.
    pub recipients: Vec<String>,
}

impl Document {
    /// A page as a document.
    pub(super) fn of_page(page: Page) -> Self {
        let part = |block: Block| match block {
            Block::Line(line) => Part::Paragraph(line),
            Block::Grid(grid) => Part::Table(grid),
        };
        Self {
            kind: None,
            subject: page.title,
            parts: page.blocks.into_iter().map(part).collect(),
            notes: page.notes,
            unit: Unit::One,
            currency: page.currency.unwrap_or_default(),
        }
    }

    /// The same on paper: its money in a unit, or in the smallest in which its
    /// tables stand on a page; what is still too wide in parts.
    pub(super) fn on_paper(self, unit: Option<Unit>, words: &Words) -> Self {
        let fits = |unit: &Unit| {
            self.grids().all(|grid| rounded(grid, *unit).letters(words, *unit).iter().sum::<usize>() <= PAPER)
        };
        // What is rounded away says nothing any more.
        let keeps = |unit: &Unit| self.grids().all(|grid| keeps_totals(grid, *unit));
        let units = || Unit::ALL.into_iter().take_while(keeps).filter(|unit| *unit != Unit::Billion);
        let fitting = || units().find(fits).or_else(|| units().last()).unwrap_or(Unit::One);
        let unit = unit.unwrap_or_else(fitting);
        let mut document = self.in_unit(unit);
        let parts = std::mem::take(&mut document.parts).into_iter();
        let split = |part: Part| match part {
            Part::Table(grid) => grid.split(words, unit).into_iter().map(Part::Table).collect(),
            part => vec![part],
        };
        document.parts = parts.flat_map(split).collect();
        document
    }

    /// The same, its money in a unit, without signs that are in no document.
    pub(super) fn in_unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self.subject = shown(&self.subject);
        self.notes.iter_mut().for_each(|note| *note = shown(note));
        for part in &mut self.parts {
            match part {
                Part::Table(grid) => *grid = rounded(grid, self.unit),
                Part::Heading(Heading { text, .. }) | Part::Paragraph(text) => *text = shown(text),
                Part::Cards(_) | Part::Chart(_) => {}
            }
        }
        self
    }

    /// How many decimals its money has.
    pub(super) fn decimals(&self) -> u32 {
        let cells = self.grids().flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
        let scales = cells.filter_map(|cell| match cell {
            Cell::Money(sum) => Some(sum.value.scale()),
            _ => None,
        });
        scales.max().unwrap_or_default()
    }

    pub(super) fn grids(&self) -> impl Iterator<Item = &Grid> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(grid) => Some(grid),
            _ => None,
        })
    }

    /// The unit of a table, to be told above it.
    pub(super) fn unit_of(&self, grid: &Grid, words: &Words) -> Option<String> {
        let has_money = grid.rows.iter().flat_map(|row| &row.cells).any(|cell| matches!(cell, Cell::Money(_)));
        let unit = || (words.notes.unit)(&(words.notes.currency_units)(&self.currency)[self.unit as usize]);
        has_money.then(unit)
    }

    /// The lines at its end, those that the figures call for included.
    pub(super) fn foot(&self, words: &Words) -> Vec<String> {
        let page = Page {
            title: String::new(),
            blocks: self.grids().cloned().map(Block::Grid).collect(),
            notes: self.notes.clone(),
            currency: Some(self.currency.clone()).filter(|code| !code.is_empty()),
        };
        let mut foot = page.foot(words, self.unit);
        if self.unit != Unit::One && page.has_money() {
            let unit = &(words.notes.currency_units)(&self.currency)[self.unit as usize];
            foot.insert(1, (words.reporting.rounded)(unit));
        }
        let is_map = |part: &Part| matches!(part, Part::Chart(chart) if chart.is_map());
        foot.extend(self.parts.iter().any(is_map).then(|| words.charts.source.to_owned()));
        foot
    }
}

/// Whether every total of a table is still more than nothing in a unit.
fn keeps_totals(grid: &Grid, unit: Unit) -> bool {
    let totals = grid.rows.iter().filter(|row| row.kind != RowKind::Body).flat_map(|row| &row.cells);
    totals.into_iter().all(|cell| match cell {
        Cell::Money(sum) => sum.value.is_zero() || unit.of(sum.value) >= Decimal::ONE,
        _ => true,
    })
}
