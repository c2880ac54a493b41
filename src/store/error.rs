use std::path::PathBuf;

use chrono::NaiveDate;
use thiserror::Error as ThisError;
use uuid::Uuid;

use super::file_error::FileError;
use super::verify::Finding;
use crate::domain::{ChangeError, Invalid, Month, Overflow, Refusal};

/// Why the store did not do what it was asked.
#[derive(Debug, ThisError)]
pub enum Error {
    /// There is no casebook at this address.
    #[error("there is no casebook at {0}")]
    Missing(String),
    /// The file or database is there, and is not a casebook.
    #[error("{0} is not a casebook")]
    NotACasebook(String),
    /// There is a casebook already, where a new one was to be made.
    #[error("there is a casebook at {0} already")]
    Exists(String),
    /// It was written by a newer program.
    #[error("the casebook has version {found}, and this program knows versions up to {known}")]
    Newer {
        /// Its version.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// It was written by an older program, and can't be brought up to the
    /// current version, as it can't be written.
    #[error("the casebook has version {found}, and can't be brought up to version {known}: it can't be written")]
    Older {
        /// Its version.
        found: i64,
        /// The version that it must have.
        known: i64,
    },
    /// The file can't be opened.
    #[error("{} can't be opened: {reason}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file, or its folder, can't be written.
    #[error("the casebook can't be written: {0}")]
    ReadOnly(String),
    /// The disk is full.
    #[error("the disk is full: {0}")]
    Full(String),
    /// Others kept it busy for too long.
    #[error("the casebook is busy: {0}")]
    Busy(String),
    /// The database holds what it can't.
    #[error("the casebook is damaged: {0}")]
    Corrupt(String),
    /// The engine failed.
    #[error("the database failed: {0}")]
    Engine(String),
    /// A total would be too large.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// Fields that can't be taken.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A filter names what can't be found.
    #[error(transparent)]
    Filter(Invalid),
    /// The case does not allow the change.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The search index was left out, and is to be made first.
    #[error("the search index is left out")]
    NoSearchIndex,
    /// No case is called so.
    #[error("there is no case {0:?}")]
    NoCase(String),
    /// Several cases are called so.
    #[error("{wanted:?} could be any of {candidates:?}")]
    ManyCases {
        /// What was asked for.
        wanted: String,
        /// What it could be: ids, with the numbers of their files.
        candidates: Vec<String>,
    },
    /// Another case of this agency has the number.
    #[error("the agency has a case {case_no:?} already: {id}")]
    Duplicate {
        /// The number.
        case_no: String,
        /// The case that has it.
        id: Uuid,
    },
    /// The id belongs to a case that was recorded otherwise.
    #[error("the case {0} was recorded with other content")]
    OtherContent(Uuid),
    /// There is no import of this number.
    #[error("there is no import {0}")]
    NoImport(i64),
    /// The import was undone already.
    #[error("import {import} was undone on {on}")]
    Undone {
        /// The import.
        import: i64,
        /// When.
        on: NaiveDate,
    },
    /// Cases of an import were changed since, and would lose that.
    #[error("cases of import {import} were changed since: {cases:?}")]
    ChangedSince {
        /// The import.
        import: i64,
        /// The cases: numbers of files, or ids.
        cases: Vec<String>,
    },
    /// The figures that were published of a month are not those that the
    /// journal leads to.
    #[error("what was published of {0} is not what the journal leads to")]
    Restated(Month),
    /// A file beside the casebook, or a copy of it, can't be had.
    #[error(transparent)]
    File(#[from] FileError),
    /// What was to be kept, or sealed, does not fit together.
    #[error("it does not fit together: {0}")]
    Unsound(Finding),
    /// What was to be stored could not be read to its end; who reads it knows
    /// why.
    #[error("the rows ended before their end")]
    CutOff,
}

impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Invalid(invalid) => Self::Invalid(invalid),
            ChangeError::Refused(refusal) => Self::Refused(refusal),
        }
    }
}
