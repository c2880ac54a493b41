//! SQLite, in one file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, ffi};
use uuid::Uuid;

use super::check_schema::changed_schema;
use super::engine::{Dialect, Engine, Row, Value};
use super::error::Error;
use crate::domain::{JOURNAL_MODE, Kept};

/// Marks a SQLite file as a casebook: the letters `CsBk`.
const APPLICATION_ID: i64 = 0x4373_426B;
/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(30);
/// What stands for the file of a casebook in memory.
const MEMORY: &str = ":memory:";
/// How many pages are copied between two words on how far it is.
const PAGES: i32 = 4_096;
/// How long a copy waits before it asks again for a file that is in use.
const PAUSE: Duration = Duration::from_millis(20);

pub(super) struct Sqlite {
    connection: Connection,
    path: PathBuf,
}

impl Sqlite {
    /// Opens a file; with `create`, makes it if it is not there.
    pub(super) fn open(path: &Path, create: bool) -> Result<Self, Error> {
        if !path.exists() && !create {
            return Err(Error::Missing(path.display().to_string()));
        }
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let cannot = |error: rusqlite::Error| Error::CannotOpen { path: path.to_owned(), reason: error.to_string() };
        if !create && is_frozen(path) {
            return Self::unchanging(path);
        }
        let connection = Connection::open_with_flags(path, flags).map_err(cannot)?;
        Self::prepare(connection, path.to_owned())
    }

    /// A casebook in memory, gone with the program.
    pub(super) fn in_memory() -> Result<Self, Error> {
        let connection = Connection::open_in_memory().map_err(|error| Error::Engine(error.to_string()))?;
        Self::prepare(connection, PathBuf::from(MEMORY))
    }

    fn prepare(connection: Connection, path: PathBuf) -> Result<Self, Error> {
        let sqlite = Self { connection, path };
        let settings = || {
            sqlite.connection.busy_timeout(PATIENCE)?;
            sqlite.connection.set_prepared_statement_cache_capacity(64);
            sqlite.connection.pragma_update(None, "foreign_keys", true)?;
            sqlite.connection.pragma_update(None, "synchronous", "full")
        };
        settings().map_err(|error| sqlite.error(&error))?;
        Ok(sqlite)
    }

    fn pragma(&self, name: &str) -> Result<i64, Error> {
        self.connection.pragma_query_value(None, name, |row| row.get(0)).map_err(|error| self.error(&error))
    }

    fn journal_mode(&self) -> Result<String, Error> {
        self.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).map_err(|error| self.error(&error))
    }

    /// A file that nobody changes, read as it is.
    pub(super) fn unchanging(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(immutable(path), flags).map_err(|error| failure(path, &error))?;
        Self::prepare(connection, path.to_owned())
    }

    /// A file that nobody else has open, held so that nobody gets at it; one
    /// plain file, with nothing beside it.
    pub(super) fn alone(path: &Path) -> Result<Self, Error> {
        let mut sqlite = Self::open(path, false)?;
        sqlite.connection.busy_timeout(Duration::ZERO).map_err(|error| sqlite.error(&error))?;
        // To end the way of writing in which others can read needs the file
        // for oneself.
        sqlite.make_plain()?;
        sqlite.batch("begin exclusive")?;
        Ok(sqlite)
    }

    fn error(&self, error: &rusqlite::Error) -> Error {
        failure(&self.path, error)
    }
}

/// What SQLite says of a file, as an error of the store.
fn failure(file: &Path, error: &rusqlite::Error) -> Error {
    let path = file.display();
    let said = error.to_string();
    if said.contains("integer overflow")
        || said.contains("CHECK constraint failed: n between")
        || said.contains("CHECK constraint failed: amount between")
    {
        return Error::Overflow(crate::domain::Overflow);
    }
    // The file that readers share can't grow: there is no room for it.
    let no_room = error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE);
    match error.sqlite_error_code() {
        _ if no_room => Error::Full(format!("{path}: {said}")),
        Some(ErrorCode::NotADatabase) => Error::NotACasebook(path.to_string()),
        Some(ErrorCode::DatabaseCorrupt) => Error::Corrupt(format!("{path}: {said}")),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(format!("{path}: {said}")),
        Some(ErrorCode::ReadOnly) => Error::ReadOnly(format!("{path}: {said}")),
        Some(ErrorCode::DiskFull) => Error::Full(format!("{path}: {said}")),
        Some(ErrorCode::CannotOpen) => Error::CannotOpen { path: file.to_owned(), reason: said },
        _ => Error::Engine(format!("{path}: {said}")),
    }
}

/// Whether a file may be read and not written, and nobody has it open: such
/// a casebook, on a read-only share or disk, can still be read.
fn is_frozen(path: &Path) -> bool {
    let denied = |error: std::io::Error| {
        matches!(error.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
    };
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    !Path::new(&log).exists() && std::fs::OpenOptions::new().append(true).open(path).is_err_and(denied)
}

/// The address of a file that nobody changes while it is read.
fn immutable(path: &Path) -> String {
    let escaped = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}

impl Engine for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn file(&self) -> Option<&Path> {
        Some(self.path.as_path()).filter(|path| *path != Path::new(MEMORY))
    }

    fn beside(&self) -> Result<Option<Box<dyn Engine>>, Error> {
        if self.file().is_none() || self.journal_mode()? != JOURNAL_MODE {
            return Ok(None);
        }
        // Nobody but SQLite may open and close the file now: that would take
        // this process's locks from it.
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(|error| self.error(&error))?;
        Ok(Some(Box::new(Self::prepare(connection, self.path.clone())?)))
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }

    fn copy_to(&mut self, to: &Path, told: &mut dyn FnMut(u64, u64)) -> Result<(), Error> {
        let failed = |error: rusqlite::Error| failure(to, &error);
        let mut connection = Connection::open(to).map_err(failed)?;
        {
            let backup = Backup::new(&self.connection, &mut connection).map_err(failed)?;
            let mut patience = 0;
            loop {
                let step = backup.step(PAGES).map_err(failed)?;
                let progress = backup.progress();
                let number = |pages: i32| u64::try_from(pages).unwrap_or_default();
                told(number(progress.pagecount - progress.remaining), number(progress.pagecount));
                match step {
                    StepResult::Done => break,
                    StepResult::More => {}
                    // Only where the file is in use in the old way of writing.
                    _ if patience < PATIENCE.as_millis() => {
                        patience += PAUSE.as_millis();
                        std::thread::sleep(PAUSE);
                    }
                    _ => return Err(Error::Busy(self.shown())),
                }
            }
        }
        Self { connection, path: to.to_owned() }.make_plain()
    }

    fn make_plain(&mut self) -> Result<(), Error> {
        let query = "pragma journal_mode = delete";
        let mode: rusqlite::Result<String> = self.connection.query_row(query, [], |row| row.get(0));
        match mode.map_err(|error| self.error(&error))?.as_str() {
            "delete" => Ok(()),
            mode => Err(Error::Busy(format!("{}: journal mode {mode}", self.shown()))),
        }
    }

    fn version(&mut self) -> Result<Option<i64>, Error> {
        if self.pragma("application_id")? == APPLICATION_ID {
            return self.pragma("user_version").map(Some);
        }
        let things = self.connection.query_row("select count(*) from sqlite_schema", [], |row| row.get::<_, i64>(0));
        match things.map_err(|error| self.error(&error))? {
            0 => Ok(None),
            _ => Err(Error::NotACasebook(self.path.display().to_string())),
        }
    }

    fn set_version(&mut self, version: i64) -> Result<(), Error> {
        let set = |name, value| self.connection.pragma_update(None, name, value);
        set("application_id", APPLICATION_ID)
            .and_then(|()| set("user_version", version))
            .map_err(|error| self.error(&error))
    }

    fn hold_schema(&mut self) -> Result<(), Error> {
        // A transaction that writes is the only one.
        Ok(())
    }

    fn settle(&mut self) -> Result<(), Error> {
        if self.journal_mode()? != "delete" {
            return Ok(());
        }
        // Another process may be at it, and a read-only file stays as it is.
        match self.connection.pragma_update(None, "journal_mode", JOURNAL_MODE) {
            Err(error)
                if ![Some(ErrorCode::DatabaseBusy), Some(ErrorCode::ReadOnly)].contains(&error.sqlite_error_code()) =>
            {
                Err(self.error(&error))
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.batch("begin immediate")
    }

    fn begin_read(&mut self) -> Result<(), Error> {
        self.batch("begin")
    }

    fn hold_derived(&mut self) -> Result<(), Error> {
        // A transaction that writes is the only one.
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.batch("commit")
    }

    fn rollback(&mut self) -> Result<(), Error> {
        // SQLite itself has rolled back after some errors, such as a full disk.
        if self.connection.is_autocommit() { Ok(()) } else { self.batch("rollback") }
    }

    fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.connection.execute_batch(sql).map_err(|error| self.error(&error))
    }

    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Error> {
        let run = || {
            let mut statement = self.connection.prepare_cached(&numbered(sql))?;
            statement.execute(rusqlite::params_from_iter(values))
        };
        run().map(|changed| changed as u64).map_err(|error| self.error(&error))
    }

    fn load(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<(), Error> {
        let run = || {
            // To look a statement up costs as much as a good part of a row, and
            // so does to bind what the row before had too: it stays bound.
            let mut statement = self.connection.prepare_cached(&numbered(sql))?;
            let mut bound: &[Value] = &[];
            for values in rows {
                if values.len() != statement.parameter_count() {
                    return Err(rusqlite::Error::InvalidParameterCount(values.len(), statement.parameter_count()));
                }
                for (at, value) in values.iter().enumerate().filter(|(at, value)| bound.get(*at) != Some(value)) {
                    statement.raw_bind_parameter(at + 1, value)?;
                }
                statement.raw_execute()?;
                bound = values;
            }
            Ok(())
        };
        run().map_err(|error| self.error(&error))
    }

    fn query(
        &mut self,
        sql: &'static str,
        values: &[Value],
        each: &mut dyn FnMut(&mut Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let failed = |error: rusqlite::Error| self.error(&error);
        let mut statement = self.connection.prepare_cached(&numbered(sql)).map_err(failed)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(failed)?;
        let mut read = Row::default();
        while let Some(row) = rows.next().map_err(failed)? {
            // The one before may have been kept.
            read.0.resize(columns, Value::Null);
            for (column, kept) in read.0.iter_mut().enumerate() {
                set(kept, row.get_ref(column).map_err(failed)?)?;
            }
            each(&mut read)?;
        }
        Ok(())
    }

    fn check(&mut self) -> Result<Option<String>, Error> {
        let first = |sql| {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get::<_, String>(0)).transpose()
        };
        if let Some(changed) = changed_schema(&self.connection).map_err(|error| self.error(&error))? {
            return Ok(Some(changed));
        }
        let damage = first("pragma integrity_check(1)").map_err(|error| self.error(&error))?;
        if let Some(damage) = damage.filter(|said| said != "ok") {
            return Ok(Some(damage));
        }
        let orphan = first("pragma foreign_key_check").map_err(|error| self.error(&error))?;
        Ok(orphan.map(|table| format!("a row of {table} refers to one that is not there")))
    }

    fn kept(&mut self) -> Result<Kept, Error> {
        let page = self.pragma("page_size")?;
        let read_only = self.connection.is_readonly(rusqlite::MAIN_DB).map_err(|error| self.error(&error))?;
        let folder = self.path.parent().filter(|_| self.connection.path().is_some_and(|path| !path.is_empty()));
        let folder = folder.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        Ok(Kept {
            engine: "sqlite",
            version: rusqlite::version().to_owned(),
            bytes: self.pragma("page_count")? * page,
            free_bytes: Some(self.pragma("freelist_count")? * page),
            journal_mode: Some(self.journal_mode()?),
            writable: !read_only,
            folder_writable: folder.map(|folder| tempfile::tempfile_in(folder).is_ok()),
        })
    }
}

/// SQLite numbers a bound `$1` by its first appearance, `?1` by its number.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

/// Puts what SQLite holds where another value was, a text into its room.
fn set(value: &mut Value, found: ValueRef<'_>) -> Result<(), Error> {
    *value = match (found, std::mem::replace(value, Value::Null)) {
        (ValueRef::Null, _) => Value::Null,
        (ValueRef::Integer(number), _) => Value::Int(number),
        (ValueRef::Text(text), before) => {
            let text = std::str::from_utf8(text).map_err(|_| Error::Corrupt("a text is not UTF-8".to_owned()))?;
            match before {
                Value::Text(mut room) => {
                    text.clone_into(&mut room);
                    Value::Text(room)
                }
                _ => Value::Text(text.to_owned()),
            }
        }
        (ValueRef::Blob(bytes), _) => {
            Value::Id(Uuid::from_slice(bytes).map_err(|_| Error::Corrupt("an id has not 16 bytes".to_owned()))?)
        }
        (ValueRef::Real(number), _) => return Err(Error::Corrupt(format!("{number} is not a whole number"))),
    };
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(value) => ToSqlOutput::from(*value),
            Self::Text(text) => ToSqlOutput::from(text.as_str()),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stays bound of a row is what the next has too, and nothing else.
    #[test]
    fn each_row_that_is_loaded_has_its_own_values() {
        let mut sqlite = Sqlite::in_memory().unwrap();
        let engine: &mut dyn Engine = &mut sqlite;
        engine.batch("create table t (a, b)").unwrap();
        let rows: Vec<Vec<Value>> =
            [(1, Some("a")), (2, None), (3, None), (3, Some("a")), (4, Some("a")), (5, Some("b"))]
                .map(|(a, b)| vec![Value::Int(a), b.into()])
                .to_vec();
        let insert = "insert into t values ($1, $2)";
        engine.load(insert, &rows).unwrap();
        // Nothing is bound any more when the statement is used again.
        engine.load(insert, &rows[1..2]).unwrap();
        let seen = engine.rows("select a, b from t order by rowid", &[], |row| Ok(row.0.clone())).unwrap();
        assert_eq!(seen, [&rows[..], &rows[1..2]].concat());
        let short = vec![rows[0].clone(), vec![Value::Int(6)]];
        assert!(engine.load(insert, &short).is_err(), "a value that is missing is not that of the row before");
    }

    /// Rows take the room of those before: nothing of these is left in them.
    #[test]
    fn a_row_has_nothing_of_the_one_before() {
        let mut sqlite = Sqlite::in_memory().unwrap();
        let engine: &mut dyn Engine = &mut sqlite;
        let rows =
            "values (1, 'a long text', null), ('short', null, 2), (null, 'x', x'00112233445566778899aabbccddeeff')";
        let expected = [
            vec![Value::Int(1), Value::from("a long text"), Value::Null],
            vec![Value::from("short"), Value::Null, Value::Int(2)],
            vec![Value::Null, Value::from("x"), Value::Id(Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff))],
        ];
        let seen = engine.rows(rows, &[], |row| Ok(row.0.clone())).unwrap();
        assert_eq!(seen, expected);
        // One that is taken, or cut, leaves no gap in the next.
        let mut nth = 0;
        let kept = engine.rows(rows, &[], |row| {
            nth += 1;
            row.0.truncate(if nth == 1 { 1 } else { 3 });
            Ok(if nth == 2 { row.take().0 } else { row.0.clone() })
        });
        assert_eq!(kept.unwrap(), [&expected[0][..1], &expected[1], &expected[2]]);
        // Nor does one that could not be read.
        let wrong: Result<Vec<i64>, Error> = engine.rows(rows, &[], |row| row.int(0));
        assert!(wrong.is_err());
        assert_eq!(engine.rows(rows, &[], |row| Ok(row.0.clone())).unwrap(), expected);
    }
}
