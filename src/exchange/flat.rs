//! Cases in rows: what there is once in the first of them, and a row for each
//! further line of goods, payment and disposal.

use serde_json::{Map, Value};

use super::headers::Target;
use crate::domain::{Entry, Field, Part, Values};

/// A record, or a row: values by key.
pub type Record = Map<String, Value>;

/// What a column holds, for who writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words or codes.
    Text,
    /// Money.
    Money,
    /// Another number.
    Number,
    /// A day.
    Day,
}

/// The columns of exported cases, in their order.
const COLUMNS: [&str; 57] = [
    "case_no",
    "province",
    "province_code",
    "region",
    "commune",
    "agency",
    "force",
    "partners",
    "detected_from",
    "detected_on",
    "violation",
    "legal_basis",
    "goods",
    "category",
    "quantity",
    "quantity_bound",
    "unit",
    "goods_value",
    "goods_value_bound",
    "brand",
    "origin",
    "seized_value",
    "seized_bound",
    "decision_no",
    "decided_on",
    "fine_amount",
    "fine_bound",
    "illegal_profit",
    "illegal_profit_bound",
    "remedies",
    "paid_on",
    "paid_amount",
    "paid_bound",
    "disposed_on",
    "disposed_how",
    "lot",
    "disposed_quantity",
    "disposed_quantity_bound",
    "disposed_value",
    "disposed_bound",
    "minutes",
    "transferred_on",
    "transferred_to",
    "persons",
    "closed_on",
    "voided_on",
    "void_reason",
    "offender",
    "offender_kind",
    "offender_id",
    "offender_address",
    "case_count",
    "case_count_bound",
    "status",
    "source",
    "note",
    "id",
];
/// The last columns, of the record and not of the case.
const OF_RECORD: [&str; 2] = ["revision", "created_at"];
/// What tells whose a further row is, and whether it counts.
const NAMES: [&str; 6] = ["case_no", "province", "agency", "detected_on", "id", "status"];
/// The personal data of offenders.
const PERSONAL: [&str; 4] = ["offender", "offender_kind", "offender_id", "offender_address"];
/// Where anything may stand, names too.
const FREE: [&str; 3] = ["note", "source", "void_reason"];

/// The columns of an export; one for the public has no personal data, nor
/// what may tell of it.
#[must_use]
pub fn columns(public: bool) -> Vec<&'static str> {
    let all = COLUMNS.into_iter().chain(OF_RECORD);
    all.filter(|key| !public || !(PERSONAL.contains(key) || FREE.contains(key))).collect()
}

/// What a column holds.
#[must_use]
pub(super) fn kind(key: &str) -> Kind {
    match Target::of_key(key) {
        Some(Target::Field(field)) if field.is_money() => Kind::Money,
        Some(Target::Field(field)) if field.is_number() => Kind::Number,
        Some(Target::Field(field)) if field.is_day() => Kind::Day,
        _ => Kind::Text,
    }
}

/// A record without personal data, or what may tell of it.
#[must_use]
pub fn public(record: Record) -> Record {
    let kept = record.into_iter().filter(|(key, _)| !PERSONAL.contains(&key.as_str()) && !FREE.contains(&key.as_str()));
    kept.collect()
}

/// The rows of a record of a case.
#[must_use]
pub(super) fn rows(record: &Record) -> Vec<Record> {
    let lists = ["goods", "payments", "disposals"].map(|key| record.get(key).and_then(Value::as_array));
    let count = lists.iter().flatten().map(|list| list.len()).max().unwrap_or(0).max(1);
    let mut rows = Vec::with_capacity(count);
    for at in 0..count {
        let mut row = Record::new();
        for (key, value) in record {
            // What was paid in all stands in no row beside the payments.
            let is_once = !matches!(key.as_str(), "goods" | "payments" | "disposals" | "paid_on" | "paid_amount");
            if is_once && (at == 0 || NAMES.contains(&key.as_str())) {
                row.insert(key.clone(), value.clone());
            }
        }
        for line in lists.iter().flatten().filter_map(|list| list.get(at)).filter_map(Value::as_object) {
            row.extend(line.clone());
        }
        rows.push(row);
    }
    rows
}

/// The columns of rows that were refused: all that a file can give.
#[must_use]
pub fn refused_columns() -> Vec<&'static str> {
    let fields = Field::ALL.iter().map(|field| field.key());
    let derived = ["status", "region", "group", "reason"];
    fields.filter(|key| !derived.contains(key)).chain(["row", "why_refused"]).collect()
}

/// The rows of an entry, as they were read.
#[must_use]
pub fn entry_rows(entry: &Entry) -> Vec<Record> {
    let count = entry.goods.len().max(entry.payments.len()).max(entry.disposals.len()).max(1);
    let is_named = entry.values.contains_key(&Field::CaseNo) || entry.values.contains_key(&Field::Id);
    let put = |row: &mut Record, values: &Values, all: bool| {
        for (field, value) in values.iter() {
            // A row without a number goes on with the case above by saying
            // nothing of it.
            let is_name = is_named && NAMES.contains(&field.key());
            if all || field.part() != Part::Case || is_name {
                row.insert(field.key().to_owned(), Value::String(value.clone()));
            }
        }
    };
    let mut rows = Vec::with_capacity(count);
    for at in 0..count {
        let mut row = Record::new();
        put(&mut row, &entry.values, at == 0);
        for list in [&entry.goods, &entry.payments, &entry.disposals] {
            if let Some(values) = list.get(at) {
                put(&mut row, values, false);
            }
        }
        rows.push(row);
    }
    rows
}
