//! How far long work is, for whoever wants to show it.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// The engine checks its files.
    Database,
    /// The chains of the journal are read.
    Journal,
    /// The cases are compared with the journal.
    Cases,
    /// The search index and the totals are compared with the cases.
    Totals,
    /// The search index is made.
    Index,
    /// Photos and scans are read or copied.
    Attachments,
    /// The database is copied.
    Copy,
}

/// How far it is: so much is done of so much. What is counted differs:
/// entries, cases, bytes, pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub work: Work,
    /// How much is done.
    pub done: u64,
    /// Of how much; 0 is not known.
    pub of: u64,
}

impl Progress {
    /// Work that begins.
    pub(super) fn begin(work: Work) -> Self {
        Self { work, done: 0, of: 0 }
    }
}
