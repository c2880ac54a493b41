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

use super::cell::Cell;
use super::convert::{Converter, TO_MEND};
use super::encoding::{decoded, newlines};
use super::error::FileError;
use super::headers::Target;
use super::items::{Item, ReadRecord, RecordPlace, TakeItem};
use super::limits::{LONGEST_RECORD, MOST_COLUMNS};
use super::mapping::Mapping;
use super::plan::{ColumnPlan, TablePlan};
use super::records::{apply_constants, bind};
use super::source::{Form, Source};
use crate::domain::{Entry, Field, FieldError, Part, Reason, Values};

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
        self.line.set(self.line.get() + newlines(&buffer[..read]));
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
            if self.unknown.len() > MOST_COLUMNS {
                return Err(FileError::ManyColumns { row: line });
            }
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
        apply_constants(&mut record.entry, &self.plan.constants);
        (self.take)(Item::Record(Box::new(record)))
    }

    fn target(&self, key: &str) -> Option<Target> {
        let mapped = self.mapping.columns.get(key).map(|key| super::mapping::target(key).unwrap_or(Target::Ignored));
        let list = matches!(key, "payments" | "disposals").then_some(Target::Ignored);
        mapped.or(list).or_else(|| Target::of_key(key))
    }

    fn fill(&self, record: &mut ReadRecord, object: &Object) {
        let list = |key: &str| object.get(key).and_then(Value::as_array).filter(|list| !list.is_empty());
        for (key, part) in [("goods", Part::Goods), ("payments", Part::Payments), ("disposals", Part::Disposals)] {
            list(key).into_iter().flatten().for_each(|item| self.line(record, part, item));
        }
        // Beside its payments a case tells what was paid in all.
        let is_sum = |key: &str| list("payments").is_some() && matches!(key, "paid_amount" | "paid_on");
        let is_list = |(key, value): &(&String, &Value)| {
            value.is_array() && matches!(key.as_str(), "goods" | "payments" | "disposals")
        };
        let flat: Parts = self.values(object.iter().filter(|pair| !is_list(pair) && !is_sum(pair.0)), record);
        record.entry.values.extend(flat.case);
        for (part, values) in
            [(Part::Goods, flat.goods), (Part::Payments, flat.payments), (Part::Disposals, flat.disposals)]
        {
            beside(record, part, values);
        }
    }

    /// A line of a list.
    fn line(&self, record: &mut ReadRecord, part: Part, item: &Value) {
        // A line of goods may be a name alone.
        let named = Object::from_iter([("goods".to_owned(), item.clone())]);
        let object = item.as_object().unwrap_or(&named);
        let parts = self.values(object.iter(), record);
        let values = match part {
            Part::Goods => parts.goods,
            Part::Payments => parts.payments,
            Part::Disposals => parts.disposals,
            Part::Case => parts.case,
        };
        list_of(&mut record.entry, part).push(values);
    }

    /// The values of an object, by the parts of a case that they belong to.
    fn values<'v>(&self, pairs: impl Iterator<Item = (&'v String, &'v Value)>, record: &mut ReadRecord) -> Parts {
        let mut parts = Parts::default();
        let mut bounds = Vec::new();
        for (key, value) in pairs {
            match self.target(key) {
                Some(Target::Field(field)) => match self.written(field, value) {
                    Ok(None) => {}
                    Ok(Some(text)) => drop(parts.of(field).insert(field, text)),
                    Err(reason) => {
                        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                        parts.of(field).insert(field, format!("{TO_MEND} {value}"));
                        record.errors.push(FieldError { field, line: None, value, reason });
                    }
                },
                Some(Target::BoundOf(field)) => bounds.extend(value.as_str().map(|bound| (field, bound))),
                Some(Target::Ignored) | None => {}
            }
        }
        for (field, bound) in bounds {
            bind(parts.of(field), field, bound);
        }
        parts
    }

    /// A value as the entry of a case holds it; `None` for nothing.
    fn written(&self, field: Field, value: &Value) -> Result<Option<String>, Reason> {
        let cell = match value {
            Value::Null => Cell::Empty,
            Value::String(text) => Cell::text(text),
            Value::Number(number) => {
                let written = number.to_string();
                let exact = written.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&written));
                exact.map_or(Cell::Text(written), Cell::Number)
            }
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                Cell::text(&texts.join("; "))
            }
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => return Err(Reason::NotAValue),
        };
        let scale = self.mapping.unit_of(field).or(self.mapping.unit()).filter(|_| field.is_money());
        let converter = Converter { mapping: self.mapping, year: self.mapping.year, is_export: false, is_own: true };
        converter.value(field, &cell, scale.unwrap_or_default())
    }
}

/// What is told beside a list belongs to its only line; of several no one
/// can say to which.
fn beside(record: &mut ReadRecord, part: Part, values: Values) {
    if values.is_empty() {
        return;
    }
    let list = list_of(&mut record.entry, part);
    if list.is_empty() {
        list.push(Values::new());
    }
    let is_one = list.len() == 1;
    for (field, value) in values {
        match list[0].get(&field) {
            Some(known) if *known == value => {}
            None if is_one => drop(list[0].insert(field, value)),
            _ => record.errors.push(FieldError { field, line: None, value, reason: Reason::Twice }),
        }
    }
}

fn list_of(entry: &mut Entry, part: Part) -> &mut Vec<Values> {
    match part {
        Part::Payments => &mut entry.payments,
        Part::Disposals => &mut entry.disposals,
        Part::Case | Part::Goods => &mut entry.goods,
    }
}

/// Values by the parts of a case.
#[derive(Default)]
struct Parts {
    case: Values,
    goods: Values,
    payments: Values,
    disposals: Values,
}

impl Parts {
    fn of(&mut self, field: Field) -> &mut Values {
        match field.part() {
            Part::Case => &mut self.case,
            Part::Goods => &mut self.goods,
            Part::Payments => &mut self.payments,
            Part::Disposals => &mut self.disposals,
        }
    }
}
