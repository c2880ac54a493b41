//! Records as CSV.

use ::csv::ByteRecord;

use super::{Datum, Lines, RenderError};
use crate::exchange::{csv_cell, defused};

/// As many bytes as most rows have at most.
const BYTES: usize = 100;

/// Writes records under one header.
pub(super) fn write(lines: Lines<'_>) -> Result<String, RenderError> {
    let failed = |error: &dyn std::fmt::Display| RenderError::Failed(error.to_string());
    if lines.headers.is_empty() {
        return Ok(String::new());
    }
    // To grow a long text costs as much as to write it.
    let mut writer = ::csv::Writer::from_writer(Vec::with_capacity(lines.rows.size_hint().0 * BYTES));
    writer.write_record(&lines.headers).map_err(|error| failed(&error))?;
    let mut record = ByteRecord::new();
    for row in lines.rows {
        record.clear();
        for datum in row {
            match datum {
                Datum::Whole(number) => record.push_field(itoa::Buffer::new().format(number).as_bytes()),
                Datum::Text(text) => record.push_field(defused(text).as_bytes()),
                Datum::Other(value) => record.push_field(csv_cell(&value).as_bytes()),
            }
        }
        writer.write_byte_record(&record).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Record;
    use serde_json::{Value, json};

    fn written(template: &Record, records: &[Record]) -> String {
        write(Lines::of(template, records.to_vec())).unwrap()
    }

    fn record(value: &Value) -> Record {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn keys_are_headers_and_numbers_bare() {
        let records = [record(&json!({"a": 450_000_000, "b": null})), record(&json!({"a": 1, "c": "x, y"}))];
        assert_eq!(written(&Record::new(), &records), "a,b,c\n450000000,,\n1,,\"x, y\"\n");
    }

    #[test]
    fn there_is_a_header_without_records() {
        assert_eq!(written(&record(&json!({"a": null, "b": null})), &[]), "a,b\n");
    }

    #[test]
    fn formulas_are_defused() {
        let records = [record(&json!({"a": "=1+1", "b": "@x", "c": -5}))];
        assert_eq!(written(&Record::new(), &records), "a,b,c\n'=1+1,'@x,-5\n");
    }
}
