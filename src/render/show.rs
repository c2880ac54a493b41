//! One case with its history, its deadlines and what it is charged for paying
//! late.

use chrono::NaiveDate;
use serde_json::Value;

use super::cases::{CaseView, bounded};
use super::due::{deadline_records, deadlines_grid, has_unchecked, notes, told_variants};
use super::grid::{Block, Page};
use super::records::{Put, day_value};
use super::{Record, View};
use crate::domain::{Amount, Deadline};
use crate::lang::Words;

/// A case as `show` gives it.
pub struct ShowView<'a> {
    /// The case, with its history.
    pub case: CaseView<'a>,
    /// Its deadlines.
    pub deadlines: &'a [Deadline<'a>],
    /// What it is charged for paying late, for the days before today; `None`
    /// is unknown.
    pub late_charge: Option<Amount>,
    /// The day from which days are counted.
    pub today: NaiveDate,
}

impl ShowView<'_> {
    /// Whether there is a fine that may be late.
    fn is_decided(&self) -> bool {
        self.case.case.decision.is_some() && self.case.case.void.is_none()
    }

    fn late_charge_line(&self, words: &Words) -> Option<String> {
        let said = &words.deadlines;
        if !self.is_decided() {
            return None;
        }
        Some(match self.late_charge {
            Some(charge) => (said.late_charge)(&bounded(charge.value, charge.bound, words.marks), self.today),
            None => (said.late_charge_unknown)(self.today),
        })
    }
}

impl View for ShowView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let mut page = self.case.page(words);
        if self.deadlines.is_empty() {
            return page;
        }
        let grid = Block::Grid(deadlines_grid(self.deadlines, self.today, words));
        let line = self.late_charge_line(words).map(Block::Line);
        // The history stays last.
        let at = page.blocks.len() - usize::from(self.case.history.is_some());
        page.blocks.splice(at..at, std::iter::once(grid).chain(line));
        let unchecked = self.deadlines.iter().any(|one| has_unchecked(one, told_variants(one)));
        page.notes.extend(notes(unchecked, words));
        page
    }

    fn json(&self) -> Value {
        self.records().into_iter().next().map_or(Value::Null, Value::Object)
    }

    fn records(&self) -> Vec<Record> {
        let mut records = self.case.records();
        for record in &mut records {
            record.put("deadlines", deadline_records(self.deadlines, self.today));
            let charge = self.late_charge.filter(|_| self.is_decided());
            record.put_amount("late_charge", "late_charge_bound", charge);
            record.put("late_charge_as_of", day_value(self.today));
        }
        records
    }

    fn flat_records(&self) -> Vec<Record> {
        self.case.flat_records()
    }
}
