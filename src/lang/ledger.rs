//! The words of the ledger of goods.

use chrono::NaiveDate;

use crate::domain::NotHeld;

/// What the ledger of goods says.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Ledger {
    /// Why goods can't have been disposed of, after the field that says so.
    pub not_held: fn(&NotHeld) -> String,
    pub held_title: fn(NaiveDate) -> String,
    pub all_title: fn(NaiveDate) -> String,
    pub gone_title: &'static str,
    pub held: &'static str,
    pub taken_in: &'static str,
    pub value: &'static str,
    pub since: &'static str,
    pub lots: &'static str,
    pub unknown: &'static str,
    pub times: &'static str,
    pub nothing: &'static str,
    /// Lots, or disposals, that are in no sum.
    pub not_summed: fn(&str) -> String,
    /// How much of a lot, with its unit, is held after a disposal; nothing,
    /// or not known.
    pub still_held: fn(u32, &str, &str) -> String,
    pub nothing_held: fn(u32, &str) -> String,
    pub not_known: fn(u32, &str) -> String,
    pub sums_alone: &'static str,
}
