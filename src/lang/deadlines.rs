//! The words of deadlines and late charges.

use chrono::NaiveDate;

/// What is said of deadlines.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Deadlines {
    pub title: fn(NaiveDate) -> String,
    pub block: &'static str,
    pub office_and_case: &'static str,
    pub deadline: &'static str,
    pub due_on: &'static str,
    pub days: &'static str,
    pub latest: &'static str,
    pub unpaid: &'static str,
    pub article: &'static str,
    pub state: &'static str,
    /// How many days are left, or how many it is overdue.
    pub left: fn(i64) -> String,
    pub met: fn(NaiveDate) -> String,
    pub late: fn(NaiveDate) -> String,
    pub nothing: fn(NaiveDate) -> String,
    pub matching: fn(&str) -> String,
    pub shown: fn(&str, &str) -> String,
    pub unchecked: &'static str,
    pub assumed: &'static str,
    pub aid: &'static str,
    /// The charge up to a day, that day not included.
    pub late_charge: fn(&str, NaiveDate) -> String,
    pub late_charge_unknown: fn(NaiveDate) -> String,
    pub late_charges: &'static str,
    pub calendar: &'static str,
    /// The name of a deadline, and of what case.
    pub event: fn(&str, &str) -> String,
    pub case_of: fn(&str, &str) -> String,
    pub at_latest: fn(NaiveDate) -> String,
    pub unpaid_of: fn(&str) -> String,
    /// More was paid than the fine is: paid, fine.
    pub overpaid: fn(&str, &str) -> String,
}
