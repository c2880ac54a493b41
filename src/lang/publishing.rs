//! The words of publishing a month and restating it.

use chrono::NaiveDate;

use crate::domain::Month;

/// What publishing and restating say.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Publishing {
    /// A write changes the figures of a published month, or publishes them
    /// again, and says not why.
    pub needs_reason: fn(Month, bool) -> String,
    /// The same, of a case that is being entered.
    pub doubt: fn(Month) -> String,
    pub done: fn(&str, &str) -> String,
    /// By whom, when, how many records.
    pub published_by: fn(&str, &str, &str) -> String,
    pub unchanged_since: &'static str,
    pub changed_since: fn(&str) -> String,
    pub reason: fn(&str) -> String,
    /// A month that has not ended, and its last day.
    pub not_over: fn(Month, NaiveDate) -> String,
    pub not_published: fn(&str) -> String,
    pub finding: fn(Month) -> String,
    pub wrong: fn(Month) -> String,
    pub as_known: fn(NaiveDate) -> String,
    pub as_known_future: fn(NaiveDate) -> String,
    pub restated_title: fn(&str) -> String,
    pub published: &'static str,
    pub now: &'static str,
    pub difference: &'static str,
    pub moves: &'static str,
    pub no_moves: &'static str,
    pub case: &'static str,
    pub why: &'static str,
    pub others: fn(&str) -> String,
    pub earlier: &'static str,
    pub when: &'static str,
    pub total: &'static str,
}
