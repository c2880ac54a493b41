//! Imports: rows of files on their way to become cases, and what the journal
//! keeps of each import.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::journal::hexadecimal;
use super::{Amount, Case, Entry, FieldWarning, Invalid, Known, Reference};

/// A case of a file, read and checked, on its way into the casebook. `P` is
/// where it stands there, of which only who reads files knows.
#[derive(Debug, Clone)]
pub struct Incoming<P> {
    /// Where it stands.
    pub place: P,
    /// Which table it stands in, by a number of its own: rows that say the
    /// same are twins within one table, and one case in two.
    pub table: usize,
    /// How many rows tell of it.
    pub rows: u64,
    /// What they say.
    pub entry: Entry,
    /// The case that they make.
    pub read: Result<ReadCase, Invalid>,
}

/// A case of a file, and by what it is known again. It is made where files are
/// read, so that who stores cases has less to do.
#[derive(Debug, Clone)]
pub struct ReadCase {
    /// The case; its id is nil where the file gives none.
    pub case: Case,
    /// How some of its fields were read.
    pub warnings: Vec<FieldWarning>,
    /// How its agency is matched.
    pub agency: String,
    /// What it says.
    pub content: Content,
}

impl ReadCase {
    /// A case as it was read.
    #[must_use]
    pub fn new(case: Case, warnings: Vec<FieldWarning>, reference: &Reference, known: &mut Known) -> Self {
        let agency = known.agency_key(reference, &case.province, &case.agency);
        let content = Content::of(&case, &agency);
        Self { case, warnings, agency, content }
    }
}

/// A file that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Its name, without its folder.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// How the rows of an import ended. Every row that was read is in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Rows that tell of cases.
    pub rows: u64,
    /// Rows of new cases.
    pub stored: u64,
    /// Rows that changed a case that was there.
    pub updated: u64,
    /// Rows of cases that were there already.
    pub already_there: u64,
    /// Rows that were not taken.
    pub refused: u64,
    /// How many new cases the stored rows make.
    pub cases: u64,
}

/// What an import brought, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportBody {
    /// Its number among the imports, from 1.
    pub import: i64,
    /// The files.
    pub files: Vec<ImportedFile>,
    /// Its rows.
    #[serde(flatten)]
    pub counts: ImportCounts,
    /// The fines of its new cases.
    pub fine_amount: Amount,
    /// The seized values of its new cases.
    pub seized_value: Amount,
    /// A SHA-256 over all its new cases, in hexadecimal.
    pub digest: String,
}

/// What the undoing of an import did, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoBody {
    /// The import.
    pub import: i64,
    /// The day on which its cases were struck out.
    pub voided_on: NaiveDate,
    /// How many were; some may have been struck out before.
    pub cases: u64,
}

/// A past import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// What it brought.
    pub body: ImportBody,
    /// Its undoing.
    pub undone: Option<Undone>,
}

/// The undoing of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
    /// What it did.
    pub body: UndoBody,
}

/// The room that nearly every case has enough of, written as JSON.
const USUAL_JSON: usize = 2_048;

/// By what a case is known again that brings neither id nor number: all that
/// it says. Rows that say the same are told apart by how many came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Content([u8; 32]);

impl Content {
    /// The content of a case whose agency is matched as `agency`.
    #[must_use]
    pub fn of(case: &Case, agency: &str) -> Self {
        let bare = Case { id: Uuid::nil(), revision: 0, agency: agency.to_owned(), ..case.clone() };
        // What is made of texts, numbers and dates alone is always JSON.
        let mut json = Vec::with_capacity(USUAL_JSON);
        let written = serde_json::to_writer(&mut json, &bare);
        debug_assert!(written.is_ok(), "a case is always JSON");
        Self(Sha256::digest(json).into())
    }

    /// The id of the case of this content before which `before` others of the
    /// same content were recorded. It tells no time, as a UUIDv7 would, since
    /// the same row has it whenever it is imported.
    #[must_use]
    pub fn id(&self, before: u32) -> Uuid {
        let digest = Sha256::new().chain_update(self.0).chain_update(before.to_be_bytes()).finalize();
        let mut bits = [0; 16];
        bits.copy_from_slice(&digest[..16]);
        Builder::from_custom_bytes(bits).into_uuid()
    }
}

/// A SHA-256 over cases, in the order in which they were stored.
#[derive(Debug, Clone, Default)]
pub struct CasesDigest {
    hash: Sha256,
    cases: u64,
}

impl CasesDigest {
    /// Adds a case, as the journal keeps it.
    pub fn add(&mut self, json: &str) {
        // A length before each keeps their borders apart.
        self.hash.update((json.len() as u64).to_be_bytes());
        self.hash.update(json.as_bytes());
        self.cases += 1;
    }

    /// How many cases it is over.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.cases
    }

    /// The digest, in hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        hexadecimal(&self.hash.finalize())
    }
}
