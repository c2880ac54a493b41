//! What the journal says of a case, told to people.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::{
    Bound, Difference, Field, How, ImportBody, JournalEntry, OffenderKind, ProvinceKey, Reference, differences,
    is_figure,
};
use crate::lang::Words;
use crate::text::write_digits;

/// A moment, as people read it: in UTC, as the journal has it.
pub(super) fn moment(at: DateTime<Utc>, words: &Words) -> String {
    format!("{} {}", (words.date)(at.date_naive()), at.format("%H:%M"))
}

/// When an entry of the journal was written.
pub(super) fn written_moment(entry: &JournalEntry, words: &Words) -> String {
    let at = DateTime::parse_from_rfc3339(&entry.at);
    at.map_or_else(|_| entry.at.clone(), |at| moment(at.to_utc(), words))
}

/// What an entry of the journal changed, in a line; nothing for a first one,
/// which changed nothing.
pub(super) fn told(body: &str, reference: &Reference, words: &Words) -> String {
    if let Ok(import) = serde_json::from_str::<ImportBody>(body) {
        return import.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("; ");
    }
    told_differences(serde_json::from_str(body).unwrap_or_default(), reference, words)
}

/// What differs between two states of a case, in a line.
#[must_use]
pub fn told_differences(changed: Vec<Difference>, reference: &Reference, words: &Words) -> String {
    let changed = changed.into_iter().filter(|difference| !difference.path.is_empty() && difference.path != "revision");
    let mut leaves = Vec::new();
    changed.for_each(|difference| match difference.path.as_str() {
        // Files are told by their names.
        ATTACHMENTS => leaves.push(named_files(difference)),
        _ => unfold(difference, &mut leaves),
    });
    let tell = |leaf: &Difference| {
        let field = field_of(&leaf.path);
        let told = |value: &Value| named(field, value, reference, words).unwrap_or_else(|| plain(value, words));
        let (old, new) = (told(&leaf.old), told(&leaf.new));
        let name = match leaf.path.as_str() {
            ATTACHMENTS => words.safety.attachment.to_owned(),
            path => label(field, path, words),
        };
        if leaf.old.is_null() { format!("{name}: {new}") } else { format!("{name}: {old} → {new}") }
    };
    leaves.iter().map(tell).collect::<Vec<_>>().join("; ")
}

/// Where a stored case has its photos and scans.
const ATTACHMENTS: &str = "attachments";

/// The names of the files that were added; none is ever taken away.
fn named_files(difference: Difference) -> Difference {
    let items = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let before = items(&difference.old);
    let added = items(&difference.new).into_iter().filter(|file| !before.contains(file));
    let names: Vec<String> = added.filter_map(|file| Some(file.get("name")?.as_str()?.to_owned())).collect();
    Difference { old: Value::Null, new: names.join(", ").into(), ..difference }
}

/// Takes a difference apart until nothing but single values is left.
fn unfold(difference: Difference, leaves: &mut Vec<Difference>) {
    let Difference { path, old, new } = difference;
    let empty = |like: &Value| match like {
        Value::Object(_) => Value::Object(serde_json::Map::new()),
        _ => Value::Array(Vec::new()),
    };
    // An amount is one value, and so is a province.
    let is_amount = |value: &Value| value.as_object().is_some_and(|map| is_figure(map) || map.contains_key("since"));
    match (&old, &new) {
        (Value::Object(_), _) | (_, Value::Object(_)) if !is_amount(&old) && !is_amount(&new) => {
            let old = if old.is_null() { empty(&new) } else { old };
            let new = if new.is_null() { empty(&old) } else { new };
            for part in differences(&old, &new) {
                unfold(Difference { path: format!("{path}.{}", part.path), ..part }, leaves);
            }
        }
        (Value::Array(_), _) | (_, Value::Array(_)) => {
            let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
            let (old, new) = (items(&old), items(&new));
            for at in 0..old.len().max(new.len()) {
                let item = |list: &[Value]| list.get(at).cloned().unwrap_or_default();
                if item(&old) != item(&new) {
                    let number = if old.len().max(new.len()) > 1 { format!("{path}.{}", at + 1) } else { path.clone() };
                    unfold(Difference { path: number, old: item(&old), new: item(&new) }, leaves);
                }
            }
        }
        _ => leaves.push(Difference { path, old, new }),
    }
}

fn field_of(path: &str) -> Option<Field> {
    let parts: Vec<&str> = path.split('.').collect();
    parts.iter().rev().find_map(|part| field(parts[0], part))
}

/// The name of a field, with the number of its line.
fn label(field: Option<Field>, path: &str, words: &Words) -> String {
    let line = path.split('.').find(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let line = line.map(|line| format!(" {line}")).unwrap_or_default();
    field.map_or_else(|| path.to_owned(), |field| format!("{}{line}", (words.field)(field)))
}

/// What a code stands for, in the fields that hold codes.
fn named(field: Option<Field>, value: &Value, reference: &Reference, words: &Words) -> Option<String> {
    let name = |name: &str, name_en: &str| words.name(name, name_en).to_owned();
    let code = value.as_str();
    match field? {
        Field::Province => {
            let key: ProvinceKey = serde_json::from_value(value.clone()).ok()?;
            reference.province_of(&key).map(|row| format!("{} ({})", row.name, row.code))
        }
        Field::Force => reference.force(code?).map(|row| name(&row.name, &row.name_en)),
        Field::Violation => reference.violation(code?).map(|row| name(&row.name, &row.name_en)),
        Field::Category => reference.category(code?).map(|row| name(&row.name, &row.name_en)),
        Field::DisposedHow => {
            let how = How::ALL.into_iter().find(|how| Some(how.code()) == code)?;
            Some((words.event)(how.into()).to_owned())
        }
        Field::OffenderKind => {
            let kind = OffenderKind::ALL.into_iter().find(|kind| Some(kind.code()) == code)?;
            Some((words.offender_kind)(kind).to_owned())
        }
        _ => None,
    }
}

/// The field that a key of a stored case holds.
fn field(list: &str, key: &str) -> Option<Field> {
    match (list, key) {
        ("goods", "name") => Some(Field::Goods),
        ("goods", "value") => Some(Field::GoodsValue),
        ("payments", "amount") => Some(Field::PaidAmount),
        ("disposals", "how") => Some(Field::DisposedHow),
        ("disposals", "value") => Some(Field::DisposedValue),
        ("disposals", "quantity") => Some(Field::DisposedQuantity),
        ("transfer", "to") => Some(Field::TransferredTo),
        ("offender", "name") => Some(Field::Offender),
        ("offender", "kind") => Some(Field::OffenderKind),
        ("offender", "id_no") => Some(Field::OffenderId),
        ("offender", "address") => Some(Field::OffenderAddress),
        _ => Field::from_key(key),
    }
}

/// A single value: an amount with its sign, a date as the language has it.
fn plain(value: &Value, words: &Words) -> String {
    let number = |number: &Value| number.to_string().parse().ok().map(|number| write_digits(number, words.marks));
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.parse().map_or_else(|_| text.clone(), words.date),
        Value::Number(_) => number(value).unwrap_or_default(),
        Value::Object(amount) => {
            let bound = amount.get("bound").and_then(Value::as_str).and_then(Bound::from_code).unwrap_or_default();
            let figure = amount.get("value").or(amount.get("n")).and_then(number);
            format!("{}{}", bound.sign(), figure.unwrap_or_default())
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use serde_json::json;

    #[test]
    fn changes_are_told_by_the_names_of_fields() {
        let old = json!({"revision": 1, "goods": [{"name": "bia"}], "seized_value": {"value": 5}});
        let new = json!({
            "revision": 2,
            "goods": [{"name": "bia"}, {"name": "rượu", "quantity": {"value": 24, "bound": "at_least"}}],
            "decision": {"decided_on": "2026-02-10", "fine_amount": {"value": 25_000_000}},
            "disposals": [{"how": "destroyed", "value": {"value": 7}}],
        });
        let body = serde_json::to_string(&differences(&old, &new)).unwrap();
        assert_eq!(
            told(&body, &Reference::default(), Lang::Vi.words()),
            "Hàng hóa 2: rượu; Số lượng 2: ≥24; Trị giá tang vật: 5 → –; \
             Ngày quyết định: 10/02/2026; Tiền phạt: 25.000.000; \
             Hình thức xử lý: tiêu hủy; Trị giá xử lý: 7"
        );
    }
}
