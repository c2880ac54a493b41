//! Rows that were not taken: told, and kept to be mended.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use tempfile::NamedTempFile;

use super::place;
use crate::cli::failure::{BadRow, Failure, Refusals};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::{Field, Incoming, Reference};
use crate::exchange::{CsvCases, RecordPlace, entry_rows, refused_columns};
use crate::lang::Words;
use crate::render::told_differences;
use crate::store::{Fate, Imported, With};

/// How many bad rows are told one by one.
const TOLD: usize = 100;

/// A file of refused rows, which is kept only where there are any.
pub(super) struct Refused {
    path: PathBuf,
    file: NamedTempFile,
    rows: Option<CsvCases<BufWriter<File>>>,
    failed: Option<String>,
}

impl Refused {
    pub(super) fn begin(path: PathBuf) -> Result<Self, Failure> {
        let failed = |error: std::io::Error| Failure::Write { path: path.clone(), said: error.to_string() };
        let file = output::beside(&path)?;
        let to = BufWriter::new(file.reopen().map_err(failed)?);
        let rows = CsvCases::new(to, refused_columns(), true).map_err(failed)?;
        Ok(Self { path, file, rows: Some(rows), failed: None })
    }

    fn add(&mut self, incoming: &Incoming<RecordPlace>, why: &str) {
        let (file, _, _) = place(&incoming.place, None, None);
        for (at, mut row) in entry_rows(&incoming.entry).into_iter().enumerate() {
            let number = incoming.place.rows.get(at).or(incoming.place.rows.first()).copied().unwrap_or_default();
            row.insert("row".to_owned(), format!("{file}:{number}").into());
            if at == 0 {
                row.insert("why_refused".to_owned(), why.into());
            }
            if let Some(Err(error)) = self.rows.as_mut().map(|rows| rows.row(&row)) {
                self.failed.get_or_insert(error.to_string());
            }
        }
    }

    /// Writes all of it to the disk.
    fn flush(&mut self) -> Result<(), Failure> {
        let closed = self.rows.take().map_or(Ok(()), CsvCases::close);
        let synced = closed.and_then(|()| self.file.as_file().sync_all()).map_err(|error| error.to_string());
        let done = self.failed.take().map_or(synced, Err);
        done.map_err(|said| Failure::Write { path: self.path.clone(), said })
    }

    /// Puts it in its place.
    fn keep(self) -> Result<String, Failure> {
        let Self { path, file, .. } = self;
        let failed = |said: String| Failure::Write { path: path.clone(), said };
        file.persist_noclobber(&path).map_err(|error| failed(error.error.to_string()))?;
        Ok(path.display().to_string())
    }
}

/// The rows of an import that were not taken.
pub(super) struct BadRows<'a> {
    session: &'a Session,
    reference: Reference,
    told: Vec<BadRow>,
    count: u64,
    refused: Option<Refused>,
}

impl<'a> BadRows<'a> {
    pub(super) fn new(session: &'a Session, reference: Reference, refused: Option<Refused>) -> Self {
        Self { session, reference, told: Vec::new(), count: 0, refused }
    }

    pub(super) fn add(&mut self, incoming: &Incoming<RecordPlace>, fate: &Fate) {
        let bad = bad_rows(incoming, fate, &self.reference, self.session.words);
        if bad.is_empty() {
            return;
        }
        if let Some(refused) = &mut self.refused {
            let why: Vec<&str> = bad.iter().map(|bad| bad.message.as_str()).collect();
            refused.add(incoming, &why.join(" "));
        }
        self.count += bad.len() as u64;
        let room = TOLD.saturating_sub(self.told.len());
        self.told.extend(bad.into_iter().take(room));
    }

    /// Makes sure that the rows which are kept can be.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.refused.as_mut().map_or(Ok(()), Refused::flush)
    }

    /// The failure of an import for its bad rows.
    pub(super) fn failure(self, imported: &Imported) -> Failure {
        let counts = imported.counts;
        Failure::Rows(Box::new(Refusals {
            more: self.count - self.told.len() as u64,
            bad: self.told,
            refused: counts.refused,
            rows: counts.rows,
            only_conflicts: imported.conflicts == counts.refused,
        }))
    }

    /// Tells the bad rows of an import that was made without them, and keeps
    /// them in their file.
    pub(super) fn keep(self, refused: u64) -> Result<Option<String>, Failure> {
        if self.count == 0 {
            return Ok(None);
        }
        let said = &self.session.words.importing;
        self.told.iter().take(20).for_each(|bad| self.session.warn(&bad.line()));
        let more = self.count.saturating_sub(20);
        if more > 0 {
            self.session.say(&(said.more)(more));
        }
        let path = self.refused.map(Refused::keep).transpose()?;
        if let Some(path) = &path {
            self.session.say(&(said.refused_file)(refused, path));
        }
        Ok(path)
    }
}

/// What is wrong with the rows of a case, field by field.
fn bad_rows(incoming: &Incoming<RecordPlace>, fate: &Fate, reference: &Reference, words: &Words) -> Vec<BadRow> {
    let bad = |field: Option<Field>, line, value: &str, reason: &'static str, message: String| {
        let (file, row, column) = place(&incoming.place, field, line);
        BadRow { file, row, column, field, value: value.to_owned(), reason, message }
    };
    match fate {
        Fate::Invalid(invalid) => {
            let told = |error: &crate::domain::FieldError| {
                let reason = crate::cli::failure::reason_code(error);
                bad(Some(error.field), error.line, &error.value, reason, (words.field_error)(error))
            };
            invalid.0.iter().map(told).collect()
        }
        Fate::Conflict { id, differences, with } => {
            let said = &words.importing;
            let case_no = incoming.entry.values.get(&Field::CaseNo);
            let name = case_no.map_or_else(|| id.to_string(), |number| format!("{number} ({id})"));
            let how = told_differences(differences.clone(), reference, words);
            let message = match with {
                With::Void => (said.conflict_void)(&name),
                With::Imported => (said.conflict_apart)(case_no.map_or(name.as_str(), String::as_str), &how),
                With::Stored => (said.conflict)(&name, &how),
            };
            let field = if case_no.is_some() { Field::CaseNo } else { Field::Id };
            let field = Some(field).filter(|field| super::takes(&incoming.place.plan, *field));
            vec![bad(field, None, case_no.map_or("", String::as_str), "conflict", message)]
        }
        Fate::Stored { .. } | Fate::Updated | Fate::AlreadyThere => Vec::new(),
    }
}
