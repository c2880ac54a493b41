//! Vietnamese text: folding and ordering it, and reading and writing numbers,
//! amounts and dates as people write them.
//!
//! Knows nothing of cases, databases or terminals.

mod amount;
mod bound;
mod code;
mod collate;
mod date;
mod digits;
mod figure;
mod fold;
mod grammar;
mod lexicon;
mod mention;
mod number;
mod numeral;
mod places;
mod quantity;
mod unit;
mod vocabulary;
mod when;
mod words;

pub use amount::{ReadError, Warning, Written, read_amount, read_number};
pub use bound::Bound;
pub use collate::compare;
pub use date::{DateError, WrittenDay, iso_day, read_date};
pub use digits::{Marks, write_digits};
pub use fold::{clean, cleaned, fold, plain, shown};
pub use lexicon::Lexicon;
pub use mention::{Figure, Measure, Mention, Noun, Said, mentions};
pub use numeral::{spell, write_short};
pub use places::{PlacedWord, placed_words};
pub use unit::{Dimension, Unit};
pub use when::When;
pub use words::{Kind, Spelling, Word, span, words};
