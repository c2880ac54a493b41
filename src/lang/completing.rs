//! The words of completeness and of the doctor.

use crate::domain::Alike;

/// What completeness and the doctor say.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Completing {
    pub title: &'static str,
    pub finding: &'static str,
    pub count: &'static str,
    pub named: &'static str,
    /// Agencies that are silent in a month.
    pub silent: fn(&str) -> String,
    /// One of them: its name, its province, and in how many of how many
    /// months before it reported.
    pub silent_one: fn(&str, &str, usize, u32) -> String,
    pub gaps: &'static str,
    /// Missing numbers, between two cases of an agency.
    pub gap_one: fn(&str, &str, &str, &str) -> String,
    pub without_value: fn(u32) -> String,
    pub unpaid: &'static str,
    /// A case, and the day of its decision.
    pub unpaid_one: fn(&str, &str) -> String,
    pub late: fn(u32) -> String,
    /// A case, and the day on which it was recorded.
    pub late_one: fn(&str, &str) -> String,
    pub twins: &'static str,
    pub alike: fn(Alike) -> &'static str,
    /// A case by its name, agency and day.
    pub case: fn(&str, &str, &str) -> String,
    pub more: fn(&str) -> String,
    pub contradictions: &'static str,
    pub contradiction_one: fn(&str, usize, &str) -> String,
    pub advice: Advice,
    pub doctor: Doctor,
}

/// What to do about each kind of finding.
pub struct Advice {
    pub silent: &'static str,
    pub gaps: &'static str,
    pub without_value: &'static str,
    pub unpaid: &'static str,
    pub late: &'static str,
    pub twins: &'static str,
    pub contradictions: &'static str,
    pub not_writable: &'static str,
    pub folder: &'static str,
    pub journal_mode: &'static str,
    pub reference: &'static str,
    pub search_index: &'static str,
}

/// What the doctor says beside completeness.
pub struct Doctor {
    pub title: &'static str,
    pub engine: &'static str,
    pub schema: &'static str,
    pub size: &'static str,
    /// A size, and how much of it is free.
    pub free: fn(&str, &str) -> String,
    pub journal_mode: &'static str,
    pub cases: &'static str,
    pub entries: &'static str,
    pub in_chains: fn(&str, &str) -> String,
    pub writable: &'static str,
    pub folder: &'static str,
    pub reference: &'static str,
    pub search_index: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub findings: &'static str,
    pub nothing: &'static str,
    pub not_writable: &'static str,
    pub folder_not_writable: &'static str,
    pub other_mode: fn(&str) -> String,
    pub other_reference: &'static str,
    pub no_search_index: &'static str,
}
