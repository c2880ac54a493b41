//! What comes of reading a file: records of one case each, and what is no
//! case.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::error::FileError;
use super::plan::TablePlan;
use crate::domain::{Entry, Field, FieldError};

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// The table.
    pub plan: Arc<TablePlan>,
    /// Its rows, from 1.
    pub rows: Vec<u64>,
}

/// A case as a file tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRecord {
    /// Where it stands.
    pub place: RecordPlace,
    /// What it says.
    pub entry: Entry,
    /// Cells that can't be taken for what they are to say.
    pub errors: Vec<FieldError>,
}

/// A row that tells of no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedRow {
    /// Its table.
    pub plan: Arc<TablePlan>,
    /// Its number.
    pub row: u64,
    /// What stands in it first.
    pub text: String,
    /// Why it is none.
    pub why: PassedWhy,
}

/// Why a row tells of no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassedWhy {
    /// It adds rows up; sums that are not those of the rows above, each with
    /// its field, what it says, and what they come to.
    Total(Vec<(Field, Decimal, Decimal)>),
    /// It is a heading, or stands below the table.
    Heading,
}

/// A row of a case of which a person should be told how it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulRow {
    /// Its table.
    pub plan: Arc<TablePlan>,
    /// Its number.
    pub row: u64,
    /// What is in doubt.
    pub why: DoubtWhy,
}

/// What is in doubt of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoubtWhy {
    /// It says all over again what the row above says, and counts once.
    Repeats,
    /// It says the seized value of the row above again, which counts once.
    SameValue,
    /// A day in it can only be one with the month first.
    MonthFirst,
    /// Two columns say different things of one field, and one is left out.
    TwoTexts,
}

/// What comes of reading a file, in the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A table begins, and is read so.
    Plan(Arc<TablePlan>),
    /// A case.
    Record(Box<ReadRecord>),
    /// A row that is none.
    Passed(PassedRow),
    /// A row that was taken, with a doubt.
    Doubt(DoubtfulRow),
    /// A sheet that is left out.
    NoTable {
        /// Its name.
        sheet: String,
        /// Whether it is hidden; else it has no header.
        is_hidden: bool,
    },
}

/// Takes what is read; an error ends the reading.
pub type TakeItem<'a> = &'a mut dyn FnMut(Item) -> Result<(), FileError>;
