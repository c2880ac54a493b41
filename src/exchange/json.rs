//! Cases as JSON: one array, one a line, or one alone.

use std::cell::Cell as Shared;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::encoding::decoded;
use super::error::FileError;
use super::headers::Target;
use super::limits::LONGEST_RECORD;
use super::mapping::Mapping;
use super::plan::{ColumnPlan, TablePlan};
use super::records::{Item, ReadRecord, RecordPlace, TakeItem, bind};
use super::source::{Form, Source};
use crate::domain::{Bound, Entry, Field, FieldError, Part, Reason, Values, bounded};

type Object = Map<String, Value>;

/// Reads the records of a file.
pub(super) fn read_json(
    source: &Source,
    encoding: Option<&str>,
    mapping: &Mapping,
    take: TakeItem<'_>,
) -> Result<(), FileError> {
    let (text, _) = decoded(source.file()?, encoding)?;
    let constants = mapping.constant_fields();
    let mut reader = Records {
        mapping,
        plan: Arc::new(TablePlan { file: source.name.clone(), constants, ..TablePlan::default() }),
        unknown: BTreeSet::new(),
        take,
    };
    (reader.take)(Item::Plan(Arc::clone(&reader.plan)))?;
    match source.form {
        Form::Jsonl => lines(BufReader::new(text), &mut reader),
        _ => array(BufReader::new(text), &mut reader),
    }
}

/// One record a line.
fn lines(mut text: impl BufRead, reader: &mut Records<'_, '_>) -> Result<(), FileError> {
    let (mut number, mut line) = (0, Vec::new());
    loop {
        line.clear();
        number += 1;
        let read = text.by_ref().take(LONGEST_RECORD as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if read > LONGEST_RECORD {
            return Err(FileError::LongRecord { line: number });
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record: Object =
            serde_json::from_slice(&line).map_err(|error| FileError::Json { line: number, said: said(&error) })?;
        reader.record(number, &record)?;
    }
}

/// What an error of JSON says, without its place: a line is told beside it.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or_else(|| text.clone(), |(said, _)| said.to_owned())
}

/// One array of records, or one record alone; only one is held at a time.
fn array(text: impl Read, reader: &mut Records<'_, '_>) -> Result<(), FileError> {
    let left = Rc::new(Shared::new(LONGEST_RECORD));
    let line = Rc::new(Shared::new(1));
    let bounded = Bounded { text: BufReader::new(text), left: Rc::clone(&left), line: Rc::clone(&line) };
    let mut failed = None;
    let mut json = serde_json::Deserializer::from_reader(bounded);
    let done = Array { reader, left, line: Rc::clone(&line), failed: &mut failed }.deserialize(&mut json);
    let done = done.and_then(|()| json.end());
    match (failed, done) {
        (Some(error), _) => Err(error),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) if error.is_io() => Err(io::Error::from(error).into()),
        (None, Err(error)) => Err(FileError::Json { line: line.get(), said: said(&error) }),
    }
}

/// A text of which so much may be read before the next record.
struct Bounded<R> {
    text: R,
    left: Rc<Shared<usize>>,
    line: Rc<Shared<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        let newlines = buffer[..read].iter().filter(|b| **b == b'\n').count() as u64;
        self.line.set(self.line.get() + newlines);
        let left = self.left.get().checked_sub(read);
        self.left.set(left.ok_or(FileError::LongRecord { line: self.line.get() })?);
        Ok(read)
    }
}

struct Array<'r, 'a, 'b> {
    reader: &'r mut Records<'a, 'b>,
    left: Rc<Shared<usize>>,
    line: Rc<Shared<u64>>,
    /// Why the reading was ended from outside.
    failed: &'r mut Option<FileError>,
}

impl<'de> DeserializeSeed<'de> for Array<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Array<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of cases, or a case")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<(), S::Error> {
        while let Some(record) = items.next_element::<Object>()? {
            self.left.set(LONGEST_RECORD);
            if let Err(error) = self.reader.record(self.line.get(), &record) {
                *self.failed = Some(error);
                return Err(serde::de::Error::custom("ended"));
            }
        }
        Ok(())
    }

    fn visit_map<M: serde::de::MapAccess<'de>>(self, map: M) -> Result<(), M::Error> {
        let record = serde::Deserialize::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        if let Err(error) = self.reader.record(self.line.get(), &record) {
            *self.failed = Some(error);
            return Err(serde::de::Error::custom("ended"));
        }
        Ok(())
    }
}

struct Records<'a, 'b> {
    mapping: &'a Mapping,
    plan: Arc<TablePlan>,
    /// Keys that mean nothing, told once each.
    unknown: BTreeSet<String>,
    take: TakeItem<'b>,
}

impl Records<'_, '_> {
    fn record(&mut self, line: u64, object: &Object) -> Result<(), FileError> {
        let new: Vec<&String> = object.keys().filter(|key| self.target(key).is_none()).collect();
        let new: Vec<String> = new.into_iter().filter(|key| !self.unknown.contains(*key)).cloned().collect();
        if !new.is_empty() {
            self.unknown.extend(new);
            let column = |key: &String| ColumnPlan {
                letters: String::new(),
                header: key.clone(),
                target: None,
                scale: super::scale::Scale::One,
                sample: String::new(),
            };
            let columns = self.unknown.iter().map(column).collect();
            self.plan = Arc::new(TablePlan { columns, ..(*self.plan).clone() });
            (self.take)(Item::Plan(Arc::clone(&self.plan)))?;
        }
        let place = RecordPlace { plan: Arc::clone(&self.plan), rows: vec![line] };
        let mut record = ReadRecord { place, entry: Entry::default(), errors: Vec::new() };
        self.fill(&mut record, object);
        for (field, value) in &self.plan.constants {
            if field.part() == Part::Case {
                record.entry.values.entry(*field).or_insert_with(|| value.clone());
            }
        }
        (self.take)(Item::Record(Box::new(record)))
    }

    fn target(&self, key: &str) -> Option<Target> {
        let mapped = self.mapping.columns.get(key).map(|key| super::mapping::target(key).unwrap_or(Target::Ignored));
        let list = matches!(key, "payments" | "disposals").then_some(Target::Ignored);
        mapped.or(list).or_else(|| Target::of_key(key))
    }

    fn fill(&self, record: &mut ReadRecord, object: &Object) {
        let has = |key: &str| object.get(key).is_some_and(Value::is_array);
        for (key, value) in object {
            match (key.as_str(), value) {
                ("goods", Value::Array(lots)) => self.list(record, Part::Goods, lots),
                ("payments", Value::Array(payments)) => self.list(record, Part::Payments, payments),
                ("disposals", Value::Array(disposals)) => self.list(record, Part::Disposals, disposals),
                // What is told in a list is told there.
                ("paid_amount" | "paid_on", _) if has("payments") => {}
                _ => {}
            }
        }
        let flat = object.iter().filter(|(key, value)| {
            !value.is_array() || *key == "partners" || !matches!(key.as_str(), "goods" | "payments" | "disposals")
        });
        let flat = flat.filter(|(key, _)| !(has("payments") && matches!(key.as_str(), "paid_amount" | "paid_on")));
        let mut once = [Values::new(), Values::new(), Values::new(), Values::new()];
        self.values(flat, &mut once, record);
        let [case, goods, payments, disposals] = once;
        record.entry.values.extend(case);
        let lists = [
            (&mut record.entry.goods, goods),
            (&mut record.entry.payments, payments),
            (&mut record.entry.disposals, disposals),
        ];
        for (list, values) in lists {
            if list.is_empty() && !values.is_empty() {
                list.push(values);
            }
        }
    }

    /// The lines of a list.
    fn list(&self, record: &mut ReadRecord, part: Part, items: &[Value]) {
        for item in items {
            let mut once = [Values::new(), Values::new(), Values::new(), Values::new()];
            match item {
                Value::Object(object) => self.values(object.iter(), &mut once, record),
                // A line of goods may be a name alone.
                other => {
                    let named = Object::from_iter([("goods".to_owned(), other.clone())]);
                    self.values(named.iter(), &mut once, record);
                }
            }
            let at = [Part::Case, Part::Goods, Part::Payments, Part::Disposals].iter().position(|known| *known == part);
            let values = std::mem::take(&mut once[at.unwrap_or_default()]);
            match part {
                Part::Goods => record.entry.goods.push(values),
                Part::Payments => record.entry.payments.push(values),
                Part::Disposals => record.entry.disposals.push(values),
                Part::Case => {}
            }
        }
    }

    /// Puts the values of an object where they belong, by the part of a case.
    fn values<'v>(
        &self,
        pairs: impl Iterator<Item = (&'v String, &'v Value)>,
        into: &mut [Values; 4],
        record: &mut ReadRecord,
    ) {
        let place = |field: Field| match field.part() {
            Part::Case => 0,
            Part::Goods => 1,
            Part::Payments => 2,
            Part::Disposals => 3,
        };
        let mut bounds = Vec::new();
        for (key, value) in pairs {
            match (self.target(key), written(value)) {
                (_, Ok(None)) | (None | Some(Target::Ignored), _) => {}
                (Some(Target::Field(field)), Ok(Some(text))) => {
                    into[place(field)].insert(field, text);
                }
                (Some(Target::BoundOf(field)), Ok(Some(text))) => bounds.push((field, text)),
                (Some(Target::Field(field) | Target::BoundOf(field)), Err(reason)) => {
                    let value = value.to_string();
                    record.errors.push(FieldError { field, line: None, value, reason });
                }
            }
        }
        for (field, bound) in bounds {
            let mut entry = Entry::default();
            let values = &mut into[place(field)];
            match field.part() {
                Part::Case => entry.values = std::mem::take(values),
                Part::Goods => entry.goods.push(std::mem::take(values)),
                Part::Payments => entry.payments.push(std::mem::take(values)),
                Part::Disposals => entry.disposals.push(std::mem::take(values)),
            }
            bind(&mut entry, field, &bound);
            let lists = [entry.goods, entry.payments, entry.disposals];
            *values = lists.into_iter().flatten().next().unwrap_or(entry.values);
        }
    }
}

/// A value as the entry of a case holds it; `None` for nothing.
fn written(value: &Value) -> Result<Option<String>, Reason> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone()).filter(|text| !text.trim().is_empty())),
        Value::Number(number) => {
            let written = number.to_string();
            let exact = written.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&written));
            Ok(Some(exact.map_or(written, |number| bounded(number, Bound::Exact))))
        }
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            Ok(Some(texts.join("; ")).filter(|text| !text.is_empty()))
        }
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(Reason::NotAValue),
    }
}
