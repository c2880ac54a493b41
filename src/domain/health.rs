//! How a casebook is kept: what a doctor looks at first.

use super::{Contradiction, Found};

/// How a casebook's database is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The engine's name.
    pub engine: &'static str,
    /// Its version.
    pub version: String,
    /// How many bytes it takes.
    pub bytes: i64,
    /// How many of them are free; `None` where that is the engine's own
    /// business.
    pub free_bytes: Option<i64>,
    /// How `SQLite` keeps what is not yet in the file: `wal` is meant.
    pub journal_mode: Option<String>,
    /// Whether it can be written.
    pub writable: bool,
    /// Whether files can be made in its folder, where it is a file.
    pub folder_writable: Option<bool>,
}

/// The journal mode that a casebook in a file is kept with.
pub const JOURNAL_MODE: &str = "wal";

/// The state of a casebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// How its database is kept.
    pub kept: Kept,
    /// The version of its schema.
    pub schema_version: i64,
    /// How many cases it holds, void ones included.
    pub cases: i64,
    /// How many entries its journal has.
    pub entries: i64,
    /// In how many chains.
    pub chains: i64,
    /// Whether its reference data are those of the program.
    pub reference_is_programs: bool,
    /// Whether there is a search index; it may be left out by an import.
    pub has_search_index: bool,
    /// Disposals of goods that can't have been.
    pub contradictions: Found<Contradiction>,
}
