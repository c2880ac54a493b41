//! What the packed parts of a workbook must hold to before it is opened.
//!
//! A few kilobytes can unpack to more than any memory holds, whatever sizes
//! they tell. So each part is unpacked once, and nothing of it kept, to see how
//! large it is and how long its longest text.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::FileError;
use super::limits::{LARGEST_PART, LARGEST_SHEET, LONGEST_CELL};

/// What is packed in a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Packed {
    /// Whether it is OpenDocument's.
    pub(super) is_ods: bool,
    /// Whether any sheet has cells that span several rows or columns.
    pub(super) has_spans: bool,
}

/// Unpacks all parts of a workbook, and refuses one that is too large.
pub(super) fn check<R: Read + Seek>(file: R) -> Result<Packed, FileError> {
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    let mut packed = Packed::default();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        // Sheets are read row by row; everything else as a whole.
        let is_sheet = name.starts_with("xl/worksheets/");
        packed.is_ods |= name == "content.xml";
        let most = if is_sheet { LARGEST_SHEET.min(likely(part.compressed_size())) } else { LARGEST_PART };
        if part.size() > most {
            return Err(FileError::TooLarge { most: most >> 20 });
        }
        if name.ends_with(".xml") {
            packed.has_spans |= unpack(&mut part, most)? && is_sheet;
        }
    }
    Ok(packed)
}

/// What a sheet of some packed size may unpack to: far more than real ones do,
/// and far less than those that are made to fill a memory.
fn likely(packed: u64) -> u64 {
    packed.saturating_mul(150).max(256 << 20)
}

fn damaged(error: ZipError) -> FileError {
    FileError::Damaged(error.to_string())
}

/// Unpacks a part; tells whether it speaks of merged cells.
fn unpack(part: &mut impl Read, most: u64) -> Result<bool, FileError> {
    const MERGED: &[u8] = b"<mergeCell ";
    let mut buffer = vec![0; 1 << 16];
    let (mut bytes, mut run, mut spans, mut kept) = (0_u64, 0, false, Vec::new());
    loop {
        let read = part.read(&mut buffer).map_err(|error| FileError::Damaged(error.to_string()))?;
        if read == 0 {
            return Ok(spans);
        }
        bytes += read as u64;
        if bytes > most {
            return Err(FileError::TooLarge { most: most >> 20 });
        }
        // What lies between two tags is the text of one cell at most.
        for part in buffer[..read].split_inclusive(|b| *b == b'<') {
            run += part.len();
            if run > LONGEST_CELL {
                return Err(FileError::LongCell);
            }
            if part.ends_with(b"<") {
                run = 0;
            }
        }
        // The word may lie across two reads.
        kept.extend_from_slice(&buffer[..read]);
        spans = spans || kept.windows(MERGED.len()).any(|part| part == MERGED);
        kept.drain(..kept.len().saturating_sub(MERGED.len()));
    }
}
