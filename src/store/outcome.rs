//! How an import is asked for, and what it came to.

use uuid::Uuid;

use super::NewAgency;
use super::error::Error;
use crate::domain::{Amount, Difference, ImportCounts, ImportedFile, Incoming, Invalid};

/// How an import is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches")]
pub struct ImportOptions {
    /// The files that the cases come from.
    pub files: Vec<ImportedFile>,
    /// Whether good rows are stored where others are bad.
    pub partial: bool,
    /// Whether a case that is there takes what a row says otherwise.
    pub update: bool,
    /// Whether the search index is left out, to be made later: searching is
    /// refused until then.
    pub no_search_index: bool,
    /// Whether nothing is to be stored.
    pub dry_run: bool,
    /// Why, which is needed where it changes the figures of a month that was
    /// published.
    pub reason: String,
}

/// How a case of a file ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Stored {
        /// The id that it has got.
        id: Uuid,
    },
    /// It changed the case that was there.
    Updated,
    /// It was there already.
    AlreadyThere,
    /// Some of its fields are not valid.
    Invalid(Invalid),
    /// A case that is there has its number or id, and is another.
    Conflict {
        /// That case.
        id: Uuid,
        /// What the row says otherwise.
        differences: Vec<Difference>,
        /// How that case stands.
        with: With,
    },
}

/// The case that a row is in conflict with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// One that was there before.
    Stored,
    /// One that is struck out.
    Void,
    /// One of the same import, told in rows that do not stand together.
    Imported,
}

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Its number; `None` if nothing was stored.
    pub id: Option<i64>,
    /// Its rows.
    pub counts: ImportCounts,
    /// How many of the refused rows are conflicts.
    pub conflicts: u64,
    /// The fines of its new cases.
    pub fine_amount: Amount,
    /// The seized values of its new cases.
    pub seized_value: Amount,
    /// How many of its new cases have no seized value.
    pub seized_unknown: u64,
    /// Agencies that were named for the first time.
    pub new_agencies: Vec<NewAgency>,
    /// Whether the casebook is without a search index.
    pub lacks_index: bool,
}

/// Where cases come from, batch by batch; `None` where there are no more. An
/// error ends the import, and nothing of it is stored.
pub type Batches<'a, P> = &'a mut dyn FnMut() -> Result<Option<Vec<Incoming<P>>>, Error>;

/// Is told of every case how it ended.
pub type Told<'a, P> = &'a mut dyn FnMut(Incoming<P>, Fate);
