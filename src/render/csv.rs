//! Records as CSV.

use super::{Record, RenderError};
use crate::exchange::csv_cell;

/// Writes records under one header: the keys of a template, then whatever
/// else the records have.
pub(super) fn write(template: &Record, records: &[Record]) -> Result<String, RenderError> {
    let mut headers: Vec<&str> = Vec::new();
    for record in std::iter::once(template).chain(records) {
        // Most have the keys that are headers already, in their order.
        if record.keys().eq(headers.iter()) {
            continue;
        }
        for key in record.keys() {
            if !headers.contains(&key.as_str()) {
                headers.push(key);
            }
        }
    }
    let failed = |error: &dyn std::fmt::Display| RenderError::Failed(error.to_string());
    if headers.is_empty() {
        return Ok(String::new());
    }
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers).map_err(|error| failed(&error))?;
    for record in records {
        let cells = headers.iter().map(|key| record.get(*key).map(csv_cell).unwrap_or_default());
        writer.write_record(cells).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn record(value: &Value) -> Record {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn keys_are_headers_and_numbers_bare() {
        let records = [record(&json!({"a": 450_000_000, "b": null})), record(&json!({"a": 1, "c": "x, y"}))];
        assert_eq!(write(&Record::new(), &records).unwrap(), "a,b,c\n450000000,,\n1,,\"x, y\"\n");
    }

    #[test]
    fn there_is_a_header_without_records() {
        assert_eq!(write(&record(&json!({"a": null, "b": null})), &[]).unwrap(), "a,b\n");
    }

    #[test]
    fn formulas_are_defused() {
        let records = [record(&json!({"a": "=1+1", "b": "@x", "c": -5}))];
        assert_eq!(write(&Record::new(), &records).unwrap(), "a,b,c\n'=1+1,'@x,-5\n");
    }
}
