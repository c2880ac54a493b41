//! What the packed parts of a workbook must hold to before it is opened.
//!
//! A few kilobytes can unpack to more than any memory holds, whatever sizes
//! they tell. So each part is unpacked once, and nothing of it kept, to see how
//! large it is and how long its longest text.

use std::io::{BufRead, BufReader, Read, Seek};

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
        packed.has_spans |= unpack(&mut part, most)?;
        drop(part);
        if name == "content.xml" {
            check_repeats(archive.by_index(at).map_err(damaged)?)?;
        }
    }
    Ok(packed)
}

/// What a sheet of some packed size may unpack to: far more than real ones do,
/// and far less than those that are made to fill a memory.
fn likely(packed: u64) -> u64 {
    packed.saturating_mul(150).max(256 << 20)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn damaged(error: ZipError) -> FileError {
    FileError::Damaged(error.to_string())
}

/// The most cells of a sheet that is read as a whole.
const MOST_CELLS: u64 = 20_000_000;

/// Adds up the cells of OpenDocument's sheets, of which one that is written
/// once can stand for any number. Empty ones cost nothing.
fn check_repeats(part: impl Read) -> Result<(), FileError> {
    const REPEATED: &str = "number-columns-repeated=\"";
    let mut part = BufReader::new(part);
    let (mut tag, mut cells) = (Vec::new(), 0_u64);
    loop {
        tag.clear();
        let read = part.by_ref().take(2 * LONGEST_CELL as u64).read_until(b'>', &mut tag);
        if read.map_err(|error| FileError::Damaged(error.to_string()))? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&tag);
        let holds = !text.ends_with("/>") || text.contains("office:value") || text.contains("office:date");
        if text.contains("table-cell") && holds {
            let repeated = text.split_once(REPEATED).and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
            cells = cells.saturating_add(repeated.unwrap_or(1));
            if cells > MOST_CELLS {
                return Err(FileError::TooLarge { most: LARGEST_PART >> 20 });
            }
        }
    }
}

/// Unpacks a part; tells whether it speaks of merged cells. What is no XML,
/// such as a picture, is only measured.
fn unpack(part: &mut impl Read, most: u64) -> Result<bool, FileError> {
    const MERGED: &[u8] = b"<mergeCell ";
    let mut buffer = vec![0; 1 << 16];
    let (mut bytes, mut run, mut spans, mut kept) = (0_u64, 0, false, Vec::new());
    let mut is_xml = true;
    loop {
        let read = part.read(&mut buffer).map_err(|error| FileError::Damaged(error.to_string()))?;
        if read == 0 {
            return Ok(spans);
        }
        if bytes == 0 {
            let first = buffer[..read].iter().find(|b| !b.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(b));
            is_xml = first.is_none_or(|b| *b == b'<');
        }
        bytes += read as u64;
        if bytes > most {
            return Err(FileError::TooLarge { most: most >> 20 });
        }
        if !is_xml {
            continue;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let tags = "<c/>".repeat(1_000);
        assert_eq!(unpack(&mut tags.as_bytes(), 4_000), Ok(false));
        assert_eq!(unpack(&mut tags.as_bytes(), 3_999), Err(FileError::TooLarge { most: 0 }));
        let text = format!("<t>{}</t>", "x".repeat(LONGEST_CELL));
        assert_eq!(unpack(&mut text.as_bytes(), 1 << 30), Err(FileError::LongCell));
        let picture = format!("PNG{}", "x".repeat(2 * LONGEST_CELL));
        assert_eq!(unpack(&mut picture.as_bytes(), 1 << 30), Ok(false));
        assert_eq!(unpack(&mut "<x><mergeCell ref='A1:A2'/></x>".as_bytes(), 1 << 30), Ok(true));
    }

    #[test]
    fn a_cell_that_stands_for_too_many_is_refused() {
        let cell =
            |ends: &str| format!("<table:table-cell table:number-columns-repeated=\"16384\"{ends}").repeat(2_000);
        assert_eq!(check_repeats(cell("/>").as_bytes()), Ok(()), "empty cells at the end of every row are common");
        let full = cell(" office:value=\"1\"/>");
        assert!(matches!(check_repeats(full.as_bytes()), Err(FileError::TooLarge { .. })));
        let text = cell("><text:p>x</text:p></table:table-cell>");
        assert!(matches!(check_repeats(text.as_bytes()), Err(FileError::TooLarge { .. })));
    }
}
