//! How large what is read may be, so that no file takes more memory than this.

/// The most columns of a row.
pub(super) const MOST_COLUMNS: usize = 1_000;
/// The longest record of a text file, in bytes.
pub(super) const LONGEST_RECORD: usize = 4 << 20;
/// The longest text in a workbook's file, in bytes. A spreadsheet's cell holds
/// 32,767 characters.
pub(super) const LONGEST_CELL: usize = 1 << 20;
/// What a sheet that is read row by row may unpack to, in bytes.
pub(super) const LARGEST_SHEET: u64 = 16 << 30;
/// What the parts that are read as a whole may unpack to, in bytes.
pub(super) const LARGEST_PART: u64 = 256 << 20;
/// The largest workbook of those that are read as a whole, in bytes.
pub(super) const LARGEST_BOOK: u64 = 128 << 20;
