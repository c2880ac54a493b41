//! Documents of ours read back: what they are checked by, their sentences and
//! the rows of their tables.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, DataType, Reader, Xlsx};
use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::archive;
use super::error::FileError;
use super::limits::LARGEST_PART;

/// The most cells of a row, and rows of a file, that are read back.
const MOST_CELLS: usize = 500;
const MOST_ROWS: usize = 200_000;

/// What a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// The text of its seal; none where it carries none.
    pub seal: Option<String>,
    /// The rows of its tables, cell by cell, and its sentences as rows of one
    /// cell, in their order; `None` where they can't be read back.
    pub rows: Option<Vec<Vec<String>>>,
    /// Its form.
    pub form: ReportForm,
}

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// A web page.
    Html,
    /// Word's.
    Docx,
    /// Excel's.
    Xlsx,
    /// A printed page.
    Pdf,
}

/// Reads a document; `name` is that of its seal.
pub fn read_report(bytes: &[u8], name: &str) -> Result<ReportFile, FileError> {
    if bytes.starts_with(b"%PDF") {
        let seal = keywords(bytes);
        return Ok(ReportFile { seal, rows: None, form: ReportForm::Pdf });
    }
    if bytes.starts_with(b"PK") {
        return packed(bytes, name);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::NotText { line: 1 })?;
    let seal = meta(text, name);
    Ok(ReportFile { seal, rows: Some(html_rows(text)), form: ReportForm::Html })
}

fn damaged(error: impl std::fmt::Display) -> FileError {
    FileError::Damaged(error.to_string())
}

fn packed(bytes: &[u8], name: &str) -> Result<ReportFile, FileError> {
    archive::check(Cursor::new(bytes))?;
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let seal = match part(&mut parts, "docProps/custom.xml")? {
        Some(xml) => properties(&xml, name)?,
        None => None,
    };
    if let Some(xml) = part(&mut parts, "word/document.xml")? {
        return Ok(ReportFile { seal, rows: Some(docx_rows(&xml)?), form: ReportForm::Docx });
    }
    Ok(ReportFile { seal, rows: Some(xlsx_rows(bytes)?), form: ReportForm::Xlsx })
}

fn part(parts: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, FileError> {
    let Ok(part) = parts.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    part.take(LARGEST_PART).read_to_string(&mut text).map_err(damaged)?;
    Ok(Some(text))
}

/// The texts of the properties that are called by a name and a number, put
/// together in the order of these.
fn properties(xml: &str, name: &str) -> Result<Option<String>, FileError> {
    let mut reader = XmlReader::from_str(xml);
    let mut parts: BTreeMap<usize, String> = BTreeMap::new();
    let mut at = None;
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) if tag.local_name().as_ref() == "property" => {
                let attribute = tag.try_get_attribute("name").map_err(damaged)?;
                let number = |value: &str| value.strip_prefix(name)?.strip_prefix('-')?.parse().ok();
                at = attribute.and_then(|attribute| number(&attribute.value));
            }
            Event::Text(part) => {
                if let Some(at) = at {
                    parts.entry(at).or_default().push_str(&part);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(at) = at {
                    push_reference(parts.entry(at).or_default(), &reference)?;
                }
            }
            Event::Eof => return Ok((!parts.is_empty()).then(|| parts.into_values().collect())),
            _ => {}
        }
    }
}

/// A sign that is written as a reference: `&quot;`.
fn push_reference(text: &mut String, reference: &quick_xml::events::BytesRef<'_>) -> Result<(), FileError> {
    let written = format!("&{};", &**reference);
    text.push_str(&quick_xml::escape::unescape(&written).map_err(damaged)?);
    Ok(())
}

/// The rows of all tables of a Word document, and its paragraphs.
fn docx_rows(xml: &str) -> Result<Vec<Vec<String>>, FileError> {
    let mut reader = XmlReader::from_str(xml);
    let mut rows: Vec<Vec<String>> = Vec::new();
    // The cell or the paragraph that is read, and whether its text is.
    let (mut cell, mut paragraph, mut is_text): (Option<String>, Option<String>, bool) = (None, None, false);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "tr" => rows.push(Vec::new()),
                "tc" => cell = Some(String::new()),
                "p" if cell.is_none() => paragraph = Some(String::new()),
                "t" => is_text = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "tc" => rows.last_mut().into_iter().for_each(|row| row.extend(cell.take())),
                "p" if cell.is_none() => {
                    rows.extend(paragraph.take().filter(|text| !text.is_empty()).map(|text| vec![text]));
                }
                "t" => is_text = false,
                _ => {}
            },
            Event::Text(part) if is_text => {
                cell.as_mut().or(paragraph.as_mut()).into_iter().for_each(|text| text.push_str(&part));
            }
            Event::GeneralRef(reference) if is_text => {
                if let Some(text) = cell.as_mut().or(paragraph.as_mut()) {
                    push_reference(text, &reference)?;
                }
            }
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}

/// The rows of all sheets, numbers as they are written bare; of each row the
/// cells that a document's table may have.
fn xlsx_rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, FileError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut rows = Vec::new();
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
        let mut at = None;
        let mut row: Vec<String> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (line, column) = cell.get_position();
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if at != Some(line) {
                rows.extend((!row.is_empty()).then(|| std::mem::take(&mut row)));
                at = Some(line);
            }
            if column < MOST_CELLS {
                row.resize(row.len().max(column + 1), String::new());
                row[column] = cell_text(cell.get_value());
            }
            if rows.len() > MOST_ROWS {
                return Ok(rows);
            }
        }
        rows.extend((!row.is_empty()).then_some(row));
    }
    Ok(rows)
}

fn cell_text(cell: &DataRef<'_>) -> String {
    if let Some(day) = cell.as_date().filter(|_| cell.is_datetime()) {
        return day.to_string();
    }
    match (cell.get_int(), cell.get_float()) {
        (Some(whole), _) => whole.to_string(),
        (_, Some(number)) => number.to_string(),
        _ => cell.get_string().unwrap_or_default().to_owned(),
    }
}

/// What stands under a name at the head of a page.
fn meta(html: &str, name: &str) -> Option<String> {
    let start = html.find(&format!("<meta name=\"{name}\" content=\""))?;
    let rest = html.get(start..)?.split_once("content=\"")?.1;
    let value = rest.split_once('"')?.0;
    quick_xml::escape::unescape(value).ok().map(std::borrow::Cow::into_owned)
}

/// The rows of all tables of a page, its sentences, and the figures at its head.
/// What is commented out is not seen, and not read.
fn html_rows(html: &str) -> Vec<Vec<String>> {
    let seen: String = html.split("<!--").enumerate().map(|(nth, part)| seen_of(nth, part)).collect();
    // Each goes as far as the next: what does not end is not looked for to the
    // end of the page, again and again.
    let is_start = |at: &usize| ROWS.iter().any(|tag| seen[at + 1..].starts_with(tag));
    let starts: Vec<usize> = seen.match_indices('<').map(|(at, _)| at).filter(is_start).take(MOST_ROWS).collect();
    let ends = starts.iter().skip(1).copied().chain([seen.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| html_row(&seen[start + 1..end])).collect()
}

/// The tags with which the rows of a page begin: of sentences, headings, figures
/// at its head, and tables.
const ROWS: [&str; 5] = ["p>", "h2>", "li>", "tr>", "tr "];

/// The row that begins with one of these.
fn html_row(from: &str) -> Option<Vec<String>> {
    let plain = |text: &str| quick_xml::escape::unescape(text).ok().map(std::borrow::Cow::into_owned);
    let sentence = |tag: &str| from.strip_prefix(tag)?.split("</").next().and_then(plain);
    if let Some(sentence) = ["p>", "h2>"].into_iter().find_map(sentence) {
        return Some(vec![sentence]);
    }
    if let Some(card) = from.strip_prefix("li>") {
        let parts = card.split("</li>").next()?.split("</").filter_map(|part| part.rsplit_once('>')).take(MOST_CELLS);
        return Some(parts.filter_map(|(_, text)| plain(text)).collect());
    }
    let row = from.split("</tr>").next()?;
    let cell = |part: &str| {
        let is_cell = part.starts_with(['d', 'h']) && !part.starts_with("head");
        let inside = part.split_once('>').filter(|_| is_cell)?.1;
        inside.split("</t").next().and_then(plain)
    };
    Some(row.split("<t").skip(1).take(MOST_CELLS).filter_map(cell).collect())
}

/// What is seen of a part that follows the beginning of a comment, but for the
/// first, which follows none.
fn seen_of(nth: usize, part: &str) -> &str {
    if nth == 0 { part } else { part.split_once("-->").map_or("", |(_, seen)| seen) }
}

/// The keywords of a printed page, which are not packed.
fn keywords(bytes: &[u8]) -> Option<String> {
    const START: &str = "<pdf:Keywords>";
    let text = String::from_utf8_lossy(bytes);
    let rest = text.split_once(START)?.1;
    let value = rest.split_once("</pdf:Keywords>")?.0;
    quick_xml::escape::unescape(value).ok().map(std::borrow::Cow::into_owned)
}
