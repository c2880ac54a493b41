//! CSV whose headers are the keys of the fields.

use thiserror::Error;

use crate::domain::{Entry, Field, Part, Values};

/// Why a file can't be read.
#[derive(Debug, Error)]
pub enum RowError {
    /// A line is not CSV.
    #[error("line {line}: {reason}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A header is no field's key.
    #[error("column {column}: {header:?} is no field")]
    Header {
        /// The column, from 1.
        column: usize,
        /// The header.
        header: String,
    },
}

fn at_line(error: &::csv::Error) -> RowError {
    RowError::Line { line: error.position().map_or(0, ::csv::Position::line), reason: error.to_string() }
}

/// Reads entries. A row that repeats the case number and agency of the row
/// before it, and gives nothing but goods, adds a line of goods to its entry.
pub fn read_csv(text: &str) -> Result<Vec<Entry>, RowError> {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| at_line(&error))?.clone();
    let mut fields = Vec::with_capacity(headers.len());
    for (at, header) in headers.iter().enumerate() {
        let field = Field::from_key(header.trim());
        fields.push(field.ok_or_else(|| RowError::Header { column: at + 1, header: header.to_owned() })?);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| at_line(&error))?;
        let values = fields.iter().zip(row.iter()).filter(|(_, value)| !value.trim().is_empty());
        let entry = entry(values.map(|(field, value)| (*field, value.to_owned())).collect());
        match entries.last_mut().filter(|last| continues(last, &entry)) {
            Some(last) => last.goods.extend(entry.goods),
            None => entries.push(entry),
        }
    }
    Ok(entries)
}

fn entry(values: Values) -> Entry {
    let mut entry = Entry::default();
    let mut lists = [Values::new(), Values::new(), Values::new()];
    for (field, value) in values {
        let list = match field.part() {
            Part::Case => &mut entry.values,
            Part::Goods => &mut lists[0],
            Part::Payments => &mut lists[1],
            Part::Disposals => &mut lists[2],
        };
        list.insert(field, value);
    }
    let [goods, payments, disposals] = lists.map(|values| if values.is_empty() { Vec::new() } else { vec![values] });
    Entry { goods, payments, disposals, ..entry }
}

/// Whether an entry only adds goods to the one before it.
fn continues(last: &Entry, entry: &Entry) -> bool {
    const SAME: [Field; 4] = [Field::CaseNo, Field::Province, Field::Agency, Field::DetectedOn];
    entry.values.contains_key(&Field::CaseNo)
        && SAME.iter().all(|field| last.values.get(field) == entry.values.get(field))
        && entry.values.keys().all(|field| SAME.contains(field))
        && entry.payments.is_empty()
        && entry.disposals.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_goods_come_together() {
        let text = "case_no,province,agency,detected_on,goods,fine_amount\n\
                    1,Huế,Đội 1,2026-01-02,bia,5\n1,Huế,Đội 1,2026-01-02,rượu,\n2,Huế,Đội 1,2026-01-02,trà,\n";
        let entries = read_csv(text).unwrap();
        assert_eq!(entries.len(), 2);
        let names: Vec<_> = entries[0].goods.iter().map(|goods| goods[&Field::Goods].as_str()).collect();
        assert_eq!(names, ["bia", "rượu"]);
    }

    #[test]
    fn what_is_no_field_is_named() {
        let error = read_csv("province,colour\nHuế,red\n").unwrap_err();
        assert_eq!(error.to_string(), "column 2: \"colour\" is no field");
    }
}
