//! Rows in and out of files, as entries of the domain.
//!
//! Knows nothing of SQL.

mod csv;

pub use self::csv::{RowError, read_csv};
