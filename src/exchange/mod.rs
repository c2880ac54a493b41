//! Rows in and out of files, as entries of the domain.
//!
//! Knows nothing of SQL.

mod archive;
mod case_rows;
mod cell;
mod convert;
mod csv;
mod encoding;
mod error;
mod flat;
mod guard;
mod headers;
mod items;
mod joining;
mod json;
mod limits;
mod mapping;
mod plan;
mod reading;
mod records;
mod report_file;
mod scale;
mod source;
mod spreadsheet;
mod workbook;
mod writing;

pub use cell::{Cell, TableRow, column_letters};
pub use csv::{TextForm, TextOptions, defused, separator_of, undefused};
pub use error::FileError;
pub use flat::{Record, columns, entry_rows, public, refused_columns};
pub use headers::Target;
pub use items::{DoubtWhy, DoubtfulRow, Item, PassedRow, PassedWhy, ReadRecord, RecordPlace, TakeItem};
pub use mapping::{DateOrder, MapError, Mapping};
pub use plan::{ColumnPlan, TablePlan};
pub use reading::{ReadOptions, read_file, read_sample};
pub use report_file::{ReportFile, ReportForm, read_report};
pub use scale::Scale;
pub use source::{Form, Source};
pub use spreadsheet::{Named, SheetColumn, SheetWords, XlsxCases};
pub use writing::{CsvCases, JsonCases, JsonlCases, WriteCases, csv_cell};
