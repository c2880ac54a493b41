//! Vietnamese text: folding and ordering it, and reading and writing numbers,
//! amounts and dates as people write them.
//!
//! Knows nothing of cases, databases or terminals.

mod amount;
mod bound;
mod collate;
mod date;
mod digits;
mod fold;
mod places;
mod words;

pub use amount::{ReadError, Warning, Written, read_amount, read_number};
pub use bound::Bound;
pub use collate::compare;
pub use date::{DateError, read_date};
pub use digits::{Marks, write_digits};
pub use fold::{clean, fold, plain, shown};
pub use places::{PlacedWord, placed_words};
pub use words::{Kind, Spelling, Word, span, words};
