//! The casebook in its database: cases, running totals, the search index and
//! the journal, every change to the four in one transaction.
//!
//! Knows nothing of output formats. The engines differ only in how they are
//! spoken to; the schema and the statements are one.

mod agencies;
mod aside;
mod attach;
mod backup;
mod cases;
mod check_index;
mod check_schema;
mod completeness;
mod document;
mod doubts;
mod due;
mod engine;
mod error;
mod export;
mod file_error;
mod files;
mod goods;
mod health;
mod hints;
mod import;
mod imports;
mod journal;
mod known;
mod known_ids;
mod late;
mod list;
mod lists;
mod loader;
mod outcome;
mod past;
mod postgres;
mod progress;
mod publish;
mod reference;
mod report_seal;
mod rows;
mod running;
mod schema;
mod seal;
mod search;
mod sql;
mod sqlite;
mod sums;
mod takes;
mod totals;
mod verify;
mod words;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use engine::Engine;
use words::Noted;

pub use agencies::{Agency, NewAgency};
pub use attach::Attached;
pub use backup::{BackedUp, Restored};
pub use cases::{Changed, Recorded};
pub use due::{Due, DueQuery};
pub use error::Error;
pub use export::ExportQuery;
pub use file_error::FileError;
pub use files::LARGEST_ATTACHMENT;
pub use goods::GoodsQuery;
pub use hints::Hints;
pub use late::Late;
pub use list::{ListQuery, Listed, SortKey};
pub use outcome::{Batches, Fate, ImportOptions, Imported, Told, With};
pub use progress::{Progress, Work};
pub use report_seal::{SealedSummary, SummaryOfSeal};
pub use search::SearchQuery;
pub use verify::{Finding, Verified};

use crate::domain::{Currency, Reference, Stamp};

/// A casebook, open.
pub struct Store {
    engine: Box<dyn Engine>,
    currency: Currency,
    reference: Reference,
    agency_names: HashMap<i64, String>,
    /// Words that the search index is known to have in this transaction, so
    /// that they are noted once.
    noted_words: Noted,
    /// The folder of its attachments; `None` for one that is in no file.
    files: Option<PathBuf>,
}

/// What a new casebook is made with.
#[derive(Debug, Clone)]
pub struct NewCasebook {
    /// Its one currency.
    pub currency: Currency,
    /// Its reference data.
    pub reference: Reference,
}

impl Store {
    /// Opens a casebook: a file, or `postgres://…`.
    pub fn open(address: &str) -> Result<Self, Error> {
        let mut engine = connect(address, false)?;
        if !schema::is_there(engine.as_mut())? {
            return Err(Error::Missing(shown_address(address)));
        }
        Self::load(engine)
    }

    /// Makes a casebook where there is none yet.
    pub fn create(address: &str, new: &NewCasebook, stamp: &Stamp) -> Result<Self, Error> {
        let mut engine = connect(address, true)?;
        if !schema::create(engine.as_mut(), new, stamp)? {
            return Err(Error::Exists(shown_address(address)));
        }
        Self::load(engine)
    }

    /// Opens a casebook, and makes it first if it is not there; tells whether
    /// it was made.
    pub fn open_or_create(address: &str, new: &NewCasebook, stamp: &Stamp) -> Result<(Self, bool), Error> {
        let mut engine = connect(address, true)?;
        let made = schema::create(engine.as_mut(), new, stamp)?;
        Ok((Self::load(engine)?, made))
    }

    /// A casebook in memory, gone with the program.
    pub fn in_memory(new: &NewCasebook, stamp: &Stamp) -> Result<Self, Error> {
        let mut engine = Box::new(sqlite::Sqlite::in_memory()?);
        schema::create(engine.as_mut(), new, stamp)?;
        Self::load(engine)
    }

    fn load(mut engine: Box<dyn Engine>) -> Result<Self, Error> {
        engine.settle()?;
        if schema::is_current(engine.as_mut())? { Self::read_in(engine) } else { Self::brought_up(engine) }
    }

    /// An older casebook, brought up to the current schema in one transaction;
    /// one that fails is rolled back when the engine goes.
    fn brought_up(mut engine: Box<dyn Engine>) -> Result<Self, Error> {
        log::info!("bringing the casebook up to the current schema");
        let from = schema::step_up(engine.as_mut())?;
        let mut store = Self::read_in(engine)?;
        if from < schema::WITH_INDEX {
            store.fill_index(None, &mut |_| {})?;
        }
        store.engine.commit()?;
        Ok(store)
    }

    /// The casebook as it was before what is being written, where it can be
    /// read beside that.
    fn beside(&self) -> Result<Option<Self>, Error> {
        self.engine.beside()?.map(Self::read_in).transpose()
    }

    fn read_in(mut engine: Box<dyn Engine>) -> Result<Self, Error> {
        let (currency, reference) = reference::load(engine.as_mut())?;
        let files = engine.file().map(files::folder_of);
        Ok(Self { engine, currency, reference, agency_names: HashMap::new(), noted_words: Noted::default(), files })
    }

    /// The reference data.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// The currency.
    #[must_use]
    pub fn currency(&self) -> &Currency {
        &self.currency
    }

    /// Writes in one transaction, or not at all.
    fn write<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.begin()?;
        let done = body(self).and_then(|value| self.engine.commit().map(|()| value));
        if done.is_err() {
            self.undo();
        }
        done
    }

    /// Does what a write would do, and takes it back.
    fn rehearse<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.begin()?;
        let done = body(self);
        self.undo();
        done
    }

    /// Begins a transaction that writes.
    fn begin(&mut self) -> Result<(), Error> {
        // Another program may have made the index anew since the last.
        self.noted_words.clear();
        self.engine.begin()
    }

    /// Reads one state of the casebook throughout.
    fn read<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.engine.begin_read()?;
        let done = body(self);
        self.undo();
        done
    }

    /// Ends a transaction without its changes. What failed before it is what
    /// is told; a connection that can't even roll back is of no more use.
    fn undo(&mut self) {
        self.agency_names.clear();
        self.noted_words.clear();
        if let Err(error) = self.engine.rollback() {
            log::warn!("rolling back: {error}");
        }
    }
}

fn connect(address: &str, create: bool) -> Result<Box<dyn Engine>, Error> {
    if is_postgres(address) {
        log::info!("connecting to PostgreSQL");
        return Ok(Box::new(postgres::Postgres::open(address)?));
    }
    log::info!("opening {address}");
    // A file may be called ":memory:"; SQLite would take that for none.
    let path = if address.starts_with(':') { format!("./{address}") } else { address.to_owned() };
    Ok(Box::new(sqlite::Sqlite::open(Path::new(&path), create)?))
}

/// Whether an address names a PostgreSQL database, not a file.
fn is_postgres(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

/// An address as it may be shown: without the password that it may hold.
#[must_use]
pub fn shown_address(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://").filter(|_| is_postgres(address)) else {
        return address.to_owned();
    };
    let (place, settings) = rest.split_once('?').map_or((rest, None), |(place, settings)| (place, Some(settings)));
    let place = match place.rsplit_once('@') {
        Some((user, host)) => format!("{}@{host}", user.split(':').next().unwrap_or_default()),
        None => place.to_owned(),
    };
    let kept = settings.into_iter().flat_map(|settings| settings.split('&'));
    let kept: Vec<&str> = kept.filter(|setting| !setting.contains("password")).collect();
    let settings = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{scheme}://{place}{settings}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (address, shown) in [
            ("postgres://an:geheim@db.example/cases", "postgres://an@db.example/cases"),
            ("postgresql://db/cases?password=geheim&user=an", "postgresql://db/cases?user=an"),
            ("postgres:///cases?sslpassword=geheim", "postgres:///cases"),
            ("postgres://an:ge@heim@db/cases", "postgres://an@db/cases"),
            ("cases.db", "cases.db"),
        ] {
            assert_eq!(shown_address(address), shown);
        }
    }
}
