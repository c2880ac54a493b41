//! The words of documents and charts.

use chrono::NaiveDate;

use crate::domain::{Bound, Month};

/// What documents and charts say.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Reporting {
    /// The kind of document.
    pub report: &'static str,
    /// What it is about: a month, and a place.
    pub subject: fn(Month, &str) -> String,
    pub motto: [&'static str; 2],
    pub number: fn(&str) -> String,
    /// The place and the day of a document.
    pub dated: fn(&str, NaiveDate) -> String,
    pub to: fn(&str) -> String,
    pub recipients: &'static str,
    pub headings: Headings,
    /// The number of a heading.
    pub number_of: fn(usize) -> String,
    /// So many cases.
    pub cases: fn(&str) -> String,
    /// An amount, with its bound in words.
    pub amount: fn(&str, Bound) -> String,
    pub unknown: &'static str,
    /// What is not in an amount: how many, of which it is not known.
    pub but_for: fn(&str) -> String,
    /// An amount of đồng in words, where the language is Vietnamese.
    pub in_words: fn(&str) -> Option<String>,
    /// How much it has changed, in hundredths, and what it was the month before.
    pub change: fn(&str, Change, &str) -> String,
    pub sentences: Sentences,
    /// The month has not begun.
    pub to_come: &'static str,
    /// The month has not ended on a day.
    pub unfinished: fn(NaiveDate) -> String,
    /// How money is rounded: the unit.
    pub rounded: fn(&str) -> String,
    pub page_of: fn(&str, &str) -> String,
    /// By whom and when it was made, its digest, the journal's, how long that is.
    pub seal: fn(&str, &str, &str, &str, &str) -> String,
    pub seal_short: fn(&str, &str) -> String,
    /// That no seal goes with it.
    pub not_sealed: &'static str,
    /// What stands for the number of a case that has none.
    pub no_number: &'static str,
    /// A group of violations, and what belongs to it.
    pub group: fn(&str, &str) -> String,
    pub file: &'static str,
    pub compared: &'static str,
    pub figures_and_cells: &'static str,
    pub figures_alone: &'static str,
    pub entries_since: &'static str,
    pub figures_now: &'static str,
    pub unchanged: &'static str,
    pub changed: &'static str,
    pub reports_fit: &'static str,
    pub cases_need_xlsx: &'static str,
    pub notes_sheet: &'static str,
}

/// Whether a figure has grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It has.
    Up,
    /// It has shrunk.
    Down,
    /// Neither.
    Same,
}

/// The headings of a monthly report.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Headings {
    pub results: &'static str,
    pub places: &'static str,
    pub kinds: &'static str,
    pub largest: &'static str,
    pub money_and_goods: &'static str,
    pub completeness: &'static str,
}

/// The sentences of a monthly report; what is in them comes as text.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Sentences {
    /// The month and its days, the place, how many cases and how that has
    /// changed, the value of what was seized.
    pub found: fn(&str, &str, &str, &str, &str) -> String,
    /// How many decisions, the fines, in words, and how that has changed.
    pub fined: fn(&str, &str, &str, &str) -> String,
    /// To which day, cases, decisions, fines; to which day of last year, where
    /// that is not the same, and what they were.
    pub to_date: fn(NaiveDate, &[String; 3], Option<NaiveDate>, &[String; 3]) -> String,
    /// Cases and persons.
    pub transferred: fn(&str, &str) -> String,
    pub paid: fn(&str) -> String,
    /// To which day, what is owed, of how much, and what of it was paid.
    pub outstanding: fn(NaiveDate, &str, &str, &str) -> String,
    /// Destroyed, sold, returned, handed over.
    pub disposed: fn(&[String; 4]) -> String,
    /// To which day, what is held.
    pub held: fn(NaiveDate, &str) -> String,
    pub nothing: &'static str,
    pub all_known: &'static str,
}

/// What charts say.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Charts {
    pub by_month: fn(&str) -> String,
    pub year: fn(i32) -> String,
    pub map: fn(&str) -> String,
    pub ranked: fn(&str, &str) -> String,
    pub none: &'static str,
    pub bars: &'static str,
    /// Lines of heights, each row's on its own scale.
    pub lines: &'static str,
    pub source: &'static str,
}
