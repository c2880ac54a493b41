//! How a table is read: which row is its header, and what its columns hold.

use super::cell::{Cell, TableRow, column_letters, column_of};
use super::csv::TextForm;
use super::error::FileError;
use super::headers::{Match, Target, meaning};
use super::mapping::{Mapping, target};
use super::scale::Scale;
use crate::domain::Field;
use crate::text::{fold, read_date};

/// How many rows are looked at to find a header.
pub(super) const LOOKED_AT: usize = 40;
/// The fewest fields that make a row a header.
const FEWEST: usize = 3;

/// The headers by which exports are known: that of files for programs, and
/// those of workbooks.
const MARKS_OF_EXPORTS: [&str; 3] = ["created_at", "Ghi vào lúc (UTC)", "Recorded at (UTC)"];

/// Headers of the column in which rows are numbered.
const NUMBERS: [&str; 5] = ["stt", "tt", "so tt", "so thu tu", "no"];

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPlan {
    /// Its letters.
    pub letters: String,
    /// Its header; of two rows, with " / " between them.
    pub header: String,
    /// What it holds; `None` where that is not known.
    pub target: Option<Target>,
    /// The unit of the money in it.
    pub scale: Scale,
    /// What stands in it first.
    pub sample: String,
}

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TablePlan {
    /// The file.
    pub file: String,
    /// The sheet, where there are any.
    pub sheet: Option<String>,
    /// How a text was taken.
    pub text: Option<TextForm>,
    /// The rows of the header; none for a file of records.
    pub header: Vec<u64>,
    /// The columns.
    pub columns: Vec<ColumnPlan>,
    /// The year of dates without one.
    pub year: Option<i32>,
    /// What every row has that gives nothing else.
    pub constants: Vec<(Field, String)>,
    /// The column in which rows are numbered, from 0.
    pub(super) numbers: Option<usize>,
    /// Whether it is an export of a casebook: as text its numbers have a dot
    /// before their decimals, and dashes are words.
    pub is_export: bool,
}

impl TablePlan {
    /// The column of a field, from 0.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.target == Some(Target::Field(field)))
    }

    /// The letters of the column of a field; nothing where it has none.
    #[must_use]
    pub fn letters(&self, field: Field) -> &str {
        self.column(field).map_or("", |at| self.columns[at].letters.as_str())
    }
}

/// Plans how a table is read whose first rows are these; tells where its cases
/// begin among them. A lenient plan leaves open what is in doubt.
pub(super) fn plan(rows: &[TableRow], mapping: &Mapping, lenient: bool) -> Result<(TablePlan, usize), FileError> {
    let header = header(rows, mapping)?;
    let above = header.first().map_or(&rows[..0], |first| &rows[..*first]);
    let texts = texts(rows, &header);
    let unit = mapping.unit().or_else(|| above.iter().find_map(unit_of_row)).unwrap_or_default();
    let next = header.last().map_or(0, |last| last + 1);
    let next = next + usize::from(rows.get(next).is_some_and(is_numbering) && !header.is_empty());
    all_mapped(&texts, mapping)?;
    let matches = matches(&texts, mapping, lenient)?;
    let columns = texts.iter().zip(matches).enumerate().map(|(at, (text, found))| {
        let field = match found.map(|found| found.target) {
            Some(Target::Field(field)) => Some(field),
            _ => None,
        };
        let given = field.and_then(|field| mapping.unit_of(field));
        let own = found.and_then(|found| found.scale);
        ColumnPlan {
            letters: column_letters(at),
            header: text.joined(),
            target: found.map(|found| found.target),
            scale: if field.is_some_and(Field::is_money) { given.or(own).unwrap_or(unit) } else { Scale::One },
            sample: sample(&rows[next..], at),
        }
    });
    let plan = TablePlan {
        numbers: texts.iter().position(|text| NUMBERS.contains(&fold(&text.own).as_str())),
        is_export: texts.iter().any(|text| MARKS_OF_EXPORTS.contains(&text.own.as_str())),
        header: header.iter().map(|at| rows[*at].number).collect(),
        columns: columns.collect(),
        year: mapping.year.or_else(|| year_of(above)),
        constants: mapping.constant_fields(),
        ..TablePlan::default()
    };
    Ok((plan, next))
}

/// What stands first in a column, or the beginning of it.
fn sample(rows: &[TableRow], column: usize) -> String {
    let shown = rows.iter().map(|row| row.cell(column).shown()).find(|shown| !shown.is_empty());
    shown.unwrap_or_default().chars().take(80).collect()
}

/// A header and what stands above it.
struct HeaderText {
    above: String,
    own: String,
}

impl HeaderText {
    fn joined(&self) -> String {
        if self.above.is_empty() { self.own.clone() } else { format!("{} / {}", self.above, self.own) }
    }
}

/// The rows of the header among the first ones.
fn header(rows: &[TableRow], mapping: &Mapping) -> Result<Vec<usize>, FileError> {
    match mapping.header {
        Some(0) => return Ok(Vec::new()),
        Some(number) => {
            let at = rows.iter().position(|row| row.number == number);
            let at = at.ok_or(FileError::NoHeader { looked: rows.len() })?;
            let pair = at.checked_sub(1).filter(|above| fields(rows, &[*above, at]) > fields(rows, &[at]));
            return Ok(pair.into_iter().chain([at]).collect());
        }
        None => {}
    }
    let is_mapped = |at: usize| rows[at].cells.iter().any(|cell| mapped(&cell.shown(), mapping).is_some());
    let mut best: (usize, Vec<usize>) = (0, Vec::new());
    for at in 0..rows.len() {
        let one = fields(rows, &[at]) + usize::from(is_mapped(at));
        let two = if at + 1 < rows.len() { fields(rows, &[at, at + 1]) } else { 0 };
        let next = if at + 1 < rows.len() { fields(rows, &[at + 1]) } else { 0 };
        if one > best.0 {
            best = (one, vec![at]);
        }
        if two > best.0 && two > one && two > next {
            best = (two, vec![at, at + 1]);
        }
    }
    let enough = best.0 >= FEWEST || (best.0 > 0 && !mapping.columns.is_empty());
    if enough { Ok(best.1) } else { Err(FileError::NoHeader { looked: rows.len() }) }
}

/// How many fields the texts of some rows mean, as a header.
fn fields(rows: &[TableRow], header: &[usize]) -> usize {
    let mut found: Vec<Field> = Vec::new();
    for text in texts(rows, header) {
        if let Some(Match { target: Target::Field(field), .. }) = meaning(&text.own, &text.above)
            && !found.contains(&field)
        {
            found.push(field);
        }
    }
    found.len()
}

/// The texts of a header. What spans several columns stands in the first of
/// them, and is above all that have a text of their own below.
fn texts(rows: &[TableRow], header: &[usize]) -> Vec<HeaderText> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let text = |at: usize, column: usize| {
        let cell = rows[at].cell(column);
        if matches!(cell, Cell::Text(_)) { crate::text::clean(&cell.shown()) } else { String::new() }
    };
    let mut above = String::new();
    (0..width)
        .map(|column| match header {
            [] => HeaderText { above: String::new(), own: String::new() },
            [one] => HeaderText { above: String::new(), own: text(*one, column) },
            [first, second, ..] => {
                let (upper, own) = (text(*first, column), text(*second, column));
                let is_same = rows[*second].spanned.contains(&column);
                if own.is_empty() || is_same {
                    above.clear();
                    return HeaderText { above: String::new(), own: upper };
                }
                if !upper.is_empty() {
                    above = upper;
                }
                HeaderText { above: above.clone(), own }
            }
        })
        .collect()
}

/// What the mapping says of a header or of a column's letters.
fn mapped(header: &str, mapping: &Mapping) -> Option<Target> {
    let wanted = fold(header);
    let found = mapping.columns.iter().find(|(name, _)| !name.starts_with('@') && fold(name) == wanted);
    found.filter(|_| !wanted.is_empty()).map(|(_, key)| of_mapping(key))
}

fn of_mapping(key: &str) -> Target {
    target(key).unwrap_or(Target::Ignored)
}

/// What each column holds. Of several that could hold one field the surest is
/// taken; texts that are equally sure stand in for one another, and amounts,
/// dates and quantities are in doubt.
fn matches(texts: &[HeaderText], mapping: &Mapping, lenient: bool) -> Result<Vec<Option<Match>>, FileError> {
    let given = |at: usize, text: &HeaderText| {
        let by_letters =
            mapping.columns.iter().find(|(name, _)| name.strip_prefix('@').and_then(column_of) == Some(at));
        let target = by_letters.map(|(_, key)| of_mapping(key)).or_else(|| mapped(&text.joined(), mapping));
        let target = target.or_else(|| mapped(&text.own, mapping))?;
        let scale = meaning(&text.own, &text.above).and_then(|found| found.scale);
        Some(Match { target, score: usize::MAX, scale: scale.or(Scale::split(&text.own).1) })
    };
    let mut found: Vec<Option<Match>> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| given(at, text).or_else(|| meaning(&text.own, &text.above)))
        .collect();
    for at in 0..found.len() {
        let Some(Match { target: Target::Field(field), score, .. }) = found[at] else { continue };
        let same = |other: &Option<Match>| other.is_some_and(|other| other.target == Target::Field(field));
        let best = found.iter().flatten().filter(|m| m.target == Target::Field(field)).map(|m| m.score).max();
        if best.is_some_and(|best| best > score) {
            found[at] = None;
            continue;
        }
        let twin =
            (at + 1..found.len()).find(|other| same(&found[*other]) && found[*other].map(|m| m.score) == Some(score));
        if let Some(twin) = twin.filter(|_| !field.is_words()) {
            if lenient {
                found[at] = None;
                continue;
            }
            let name = |at: usize| format!("{} ({})", column_letters(at), texts[at].joined());
            return Err(FileError::TwoColumns { field: field.key().to_owned(), one: name(at), two: name(twin) });
        }
    }
    Ok(found)
}

/// That every column which the mapping names is there.
fn all_mapped(texts: &[HeaderText], mapping: &Mapping) -> Result<(), FileError> {
    let is_there = |name: &str| match name.strip_prefix('@') {
        Some(letters) => column_of(letters).is_some_and(|at| at < texts.len()),
        None => texts.iter().any(|text| [text.joined(), text.own.clone()].iter().any(|text| fold(text) == fold(name))),
    };
    match mapping.columns.keys().find(|name| !is_there(name)) {
        Some(name) => {
            let there = texts.iter().map(HeaderText::joined).filter(|text| !text.is_empty()).collect();
            Err(FileError::NoColumn { name: name.clone(), there })
        }
        None => Ok(()),
    }
}

/// That something gives what every case must have.
pub(super) fn check_required(plan: &TablePlan) -> Result<(), FileError> {
    let given = |field: &Field| plan.column(*field).is_some() || plan.constants.iter().any(|(known, _)| known == field);
    let missing: Vec<String> =
        REQUIRED.iter().filter(|field| !given(field)).map(|field| field.key().to_owned()).collect();
    if missing.is_empty() { Ok(()) } else { Err(FileError::NoField { fields: missing }) }
}

/// What every case must have.
pub(super) const REQUIRED: [Field; 4] = [Field::Province, Field::Agency, Field::DetectedOn, Field::Goods];

/// Whether a row under a header numbers its columns: "(1)", "(2)", or letters.
fn is_numbering(row: &TableRow) -> bool {
    let label = |cell: &Cell| {
        let shown = cell.shown();
        let inner = shown.trim().trim_matches(['(', ')', '[', ']']).to_owned();
        inner.len() <= 3
            && !inner.is_empty()
            && (inner.parse::<u32>().is_ok() || inner.chars().all(char::is_alphabetic))
    };
    let cells: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let numbers: Vec<u32> =
        cells.iter().filter_map(|cell| cell.shown().trim().trim_matches(['(', ')', '[', ']']).parse().ok()).collect();
    cells.len() >= FEWEST
        && cells.iter().all(|cell| label(cell))
        && numbers.is_sorted()
        && numbers.len() * 2 >= cells.len()
}

/// The unit of money that a row above a table names.
fn unit_of_row(row: &TableRow) -> Option<Scale> {
    row.cells.iter().find_map(|cell| Scale::after_label(&cell.shown()))
}

/// The years that a row above a table names: "năm 2026", "tháng 2/2026".
fn years_of_row(row: &TableRow) -> Vec<i32> {
    let mut years = Vec::new();
    for cell in &row.cells {
        let words = fold(&cell.shown());
        let words: Vec<&str> = words.split(' ').collect();
        for (at, word) in words.iter().enumerate() {
            let after = match *word {
                "nam" => words.get(at + 1),
                "thang" => words.get(at + 2),
                _ => None,
            };
            years.extend(after.and_then(|year| year.parse().ok()).filter(|year| (1990..2100).contains(year)));
        }
    }
    years
}

/// The year of a table whose title names one alone.
fn year_of(above: &[TableRow]) -> Option<i32> {
    let years: Vec<i32> = above.iter().flat_map(years_of_row).collect();
    years.first().copied().filter(|first| years.iter().all(|year| year == first))
}

/// A date that is written without a year, in a year that is known.
pub(super) fn in_year(text: &str, year: Option<i32>) -> Option<String> {
    let year = year.filter(|_| read_date(text, None).is_err())?;
    read_date(text, Some(year)).ok().map(|day| day.to_string())
}
