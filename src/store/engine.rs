//! What a database engine must do for the store: run a batch, execute with
//! values, query with values. Everything else is shared.

use std::path::Path;

use uuid::Uuid;

use super::Error;
use crate::domain::Kept;

/// A value on its way into a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Null,
    Int(i64),
    Text(String),
    Id(Uuid),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of many rows on their way into a statement.
pub(super) type Rows = Vec<Vec<Value>>;

/// A row of an answer. Columns are counted from 0.
#[derive(Default)]
pub(super) struct Row(pub(super) Vec<Value>);

impl Row {
    /// The row, to be kept; nothing is left of it.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    fn get(&self, column: usize) -> Result<&Value, Error> {
        self.0.get(column).ok_or_else(|| Error::Corrupt(format!("there is no column {column}")))
    }

    fn unexpected(&self, column: usize) -> Error {
        Error::Corrupt(format!("column {column} holds {:?}", self.0.get(column)))
    }

    /// A whole number; `None` for null.
    pub(super) fn opt_int(&self, column: usize) -> Result<Option<i64>, Error> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(*value)),
            _ => Err(self.unexpected(column)),
        }
    }

    pub(super) fn int(&self, column: usize) -> Result<i64, Error> {
        self.opt_int(column)?.ok_or_else(|| self.unexpected(column))
    }

    /// A text; `None` for null.
    pub(super) fn opt_text(&self, column: usize) -> Result<Option<String>, Error> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value.clone())),
            _ => Err(self.unexpected(column)),
        }
    }

    pub(super) fn text(&self, column: usize) -> Result<String, Error> {
        self.opt_text(column)?.ok_or_else(|| self.unexpected(column))
    }

    /// An id; `None` for null.
    pub(super) fn opt_id(&self, column: usize) -> Result<Option<Uuid>, Error> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Id(value) => Ok(Some(*value)),
            _ => Err(self.unexpected(column)),
        }
    }

    pub(super) fn id(&self, column: usize) -> Result<Uuid, Error> {
        self.opt_id(column)?.ok_or_else(|| self.unexpected(column))
    }
}

/// What the marked lines of the schema and of some statements are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The lines of some SQL that are meant for it.
    pub(super) fn lines(self, sql: &str) -> String {
        let line = |line: &str| match (self, line.trim_end().strip_suffix("-- sqlite")) {
            (Self::Sqlite, _) => Some(line.to_owned()),
            (Self::Postgres, Some(_)) => None,
            (Self::Postgres, None) => Some(line.replacen("--postgres ", "", 1)),
        };
        sql.lines().filter_map(line).collect::<Vec<_>>().join("\n")
    }
}

/// A connection to a database.
pub(super) trait Engine: Send {
    /// Which marked lines of the schema are meant for it.
    fn dialect(&self) -> Dialect;

    /// The file that the database is; `None` if it is none.
    fn file(&self) -> Option<&Path> {
        None
    }

    /// The database as it was before what is being written, by a connection of
    /// its own; `None` where it can't be read while it is written to.
    fn beside(&self) -> Result<Option<Box<dyn Engine>>, Error> {
        Ok(None)
    }

    /// The database, as it may be named to people.
    fn shown(&self) -> String;

    /// Copies the database into a file that is empty, as one plain file, and
    /// tells how many pages of how many are copied.
    fn copy_to(&mut self, _to: &Path, _told: &mut dyn FnMut(u64, u64)) -> Result<(), Error> {
        Err(super::file_error::FileError::NotInAFile(self.shown()).into())
    }

    /// Makes the database one plain file, with nothing beside it.
    fn make_plain(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// The version of the casebook that is there; `None` if there is none.
    fn version(&mut self) -> Result<Option<i64>, Error>;

    /// Makes this database known as a casebook of a version.
    fn set_version(&mut self, version: i64) -> Result<(), Error>;

    /// Keeps others from making the schema until the transaction ends.
    fn hold_schema(&mut self) -> Result<(), Error>;

    /// Sets what a casebook keeps for good, outside any transaction, if it was
    /// not set yet.
    fn settle(&mut self) -> Result<(), Error>;

    /// Begins a transaction that writes.
    fn begin(&mut self) -> Result<(), Error>;

    /// Begins a transaction that reads one state of the database throughout.
    fn begin_read(&mut self) -> Result<(), Error>;

    /// Keeps others from changing what follows from the cases, the running
    /// totals and the search index, until the transaction ends.
    fn hold_derived(&mut self) -> Result<(), Error>;

    fn commit(&mut self) -> Result<(), Error>;

    fn rollback(&mut self) -> Result<(), Error>;

    /// Runs statements without values.
    fn batch(&mut self, sql: &str) -> Result<(), Error>;

    /// Runs a statement and tells how many rows it changed.
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Error>;

    /// Runs a statement for many rows of values.
    fn load(&mut self, sql: &'static str, rows: &[Vec<Value>]) -> Result<(), Error> {
        rows.iter().try_for_each(|values| self.execute(sql, values).map(drop))
    }

    /// Runs a query and hands over its rows one by one. The next may take the
    /// room of the one before: what is to be kept is taken.
    fn query(
        &mut self,
        sql: &'static str,
        values: &[Value],
        each: &mut dyn FnMut(&mut Row) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// The engine's own check of its files; what it finds wrong.
    fn check(&mut self) -> Result<Option<String>, Error>;

    /// How the database is kept.
    fn kept(&mut self) -> Result<Kept, Error>;
}

impl dyn Engine + '_ {
    /// All rows of a query, each turned into what it stands for.
    pub(super) fn rows<T>(
        &mut self,
        sql: &'static str,
        values: &[Value],
        mut read: impl FnMut(&mut Row) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        self.query(sql, values, &mut |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row of a query, if there is one.
    pub(super) fn row<T>(
        &mut self,
        sql: &'static str,
        values: &[Value],
        read: impl FnMut(&mut Row) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        Ok(self.rows(sql, values, read)?.into_iter().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dialect_has_its_lines() {
        let schema = "a\n    b -- sqlite\n    --postgres c\n-- a comment\n";
        assert_eq!(Dialect::Sqlite.lines(schema), schema.trim_end());
        assert_eq!(Dialect::Postgres.lines(schema), "a\n    c\n-- a comment");
    }
}
