//! What is said at the foot of a document of where its figures came from.

use super::document::Document;
use super::history::moment;
use crate::domain::ReportSeal;
use crate::lang::Words;
use crate::text::write_digits;

/// How many letters of a digest stand where there is little room.
const SHORT: usize = 16;

/// By whom and when it was made, with all digests.
fn line(seal: &ReportSeal, words: &Words) -> String {
    let entries = seal.journal.iter().fold(0_i64, |sum, (_, length)| sum.saturating_add(*length));
    let entries = write_digits(entries.into(), words.marks);
    (words.reporting.seal)(&seal.by, &moment(seal.made_at, words), &seal.figures, &seal.head, &entries)
}

/// The lines at the end of a document: its own, then of where its figures came
/// from, or that they can't be held against a casebook.
pub(super) fn foot(document: &Document, seal: Option<&ReportSeal>, words: &Words) -> Vec<String> {
    let mut lines = document.foot(words);
    lines.push(seal.map_or_else(|| words.reporting.not_sealed.to_owned(), |seal| line(seal, words)));
    lines
}

/// The same in a few words, for the foot of a page.
pub(super) fn short_line(seal: &ReportSeal, words: &Words) -> String {
    (words.reporting.seal_short)(&moment(seal.made_at, words), seal.figures.get(..SHORT).unwrap_or_default())
}
