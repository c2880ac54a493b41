//! What can be wrong with a file as a whole.

use std::io;

use thiserror::Error;

use super::joining::MOST_ROWS;
use super::limits::{LONGEST_CELL, LONGEST_RECORD, MOST_COLUMNS};

/// Why a file can't be read. Nothing of it is taken then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// It can't be opened or read.
    #[error("{0}")]
    Io(String),
    /// Who takes what is read wants no more.
    #[error("it was not read to its end")]
    Stopped,
    /// It holds no rows.
    #[error("it holds nothing")]
    Empty,
    /// A text has bytes that no text has.
    #[error("line {line}: bytes that no text has")]
    NotText {
        /// The line, from 1.
        line: u64,
    },
    /// A text is not in the encoding that was given or found.
    #[error("line {line}: not {encoding}")]
    Encoding {
        /// The line, from 1.
        line: u64,
        /// The encoding.
        encoding: String,
    },
    /// There is no encoding of this name.
    #[error("there is no encoding {0:?}")]
    UnknownEncoding(String),
    /// A quote was opened and not closed where it should be.
    #[error("line {line}: a quote is opened in line {opened} and not closed")]
    Quote {
        /// Where that is seen.
        line: u64,
        /// Where it was opened.
        opened: u64,
    },
    /// A record is longer than any can be.
    #[error("line {line}: longer than {LONGEST_RECORD} bytes")]
    LongRecord {
        /// The line in which it begins.
        line: u64,
    },
    /// A row has more columns than any can have.
    #[error("row {row}: more than {MOST_COLUMNS} columns")]
    ManyColumns {
        /// The row.
        row: u64,
    },
    /// A case has more rows than any can.
    #[error("row {row}: a case has more than {MOST_ROWS} rows")]
    ManyRows {
        /// The row.
        row: u64,
    },
    /// A cell holds more text than any can.
    #[error("a cell holds more than {LONGEST_CELL} bytes")]
    LongCell,
    /// A workbook unpacks to more than any can.
    #[error("it unpacks to more than {most} MiB")]
    TooLarge {
        /// The most allowed.
        most: u64,
    },
    /// A workbook is damaged, cut off or locked with a password.
    #[error("damaged, not complete or locked: {0}")]
    Damaged(String),
    /// There is no sheet of this name.
    #[error("there is no sheet {name:?}")]
    NoSheet {
        /// What was asked for.
        name: String,
        /// Those that there are.
        there: Vec<String>,
    },
    /// No row was recognised as a header.
    #[error("no row is a header")]
    NoHeader {
        /// How many rows were looked at.
        looked: usize,
    },
    /// Two columns could be one field.
    #[error("columns {one} and {two} could both be {field}")]
    TwoColumns {
        /// The key of the field.
        field: String,
        /// The first column.
        one: String,
        /// The other.
        two: String,
    },
    /// A mapping names a column that is not there.
    #[error("there is no column {name:?}")]
    NoColumn {
        /// The column.
        name: String,
        /// The headers that there are.
        there: Vec<String>,
    },
    /// Nothing gives what every case must have.
    #[error("nothing gives {fields:?}")]
    NoField {
        /// The keys of the fields.
        fields: Vec<String>,
    },
    /// A column has days that are none with the day first, and are some with
    /// the month first; so others of it may be misread.
    #[error("row {row}, column {column}: {value:?} has its month first")]
    MonthFirst {
        /// The row.
        row: u64,
        /// The column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// A text is not JSON, or a record no case.
    #[error("line {line}: {said}")]
    Json {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        said: String,
    },
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        // Readers that stand one on another hand such errors through.
        let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).cloned();
        own.unwrap_or_else(|| Self::Io(error.to_string()))
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        Self::other(error)
    }
}

impl From<::csv::Error> for FileError {
    fn from(error: ::csv::Error) -> Self {
        let said = error.to_string();
        match error.into_kind() {
            ::csv::ErrorKind::Io(error) => error.into(),
            _ => Self::Io(said),
        }
    }
}
