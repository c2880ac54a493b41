//! The state of a casebook, in every format.

use serde_json::Value;

use super::completeness::{CompletenessView, Told, contradiction_record, contradictions_told, list};
use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::records::Put;
use super::{Record, View};
use crate::domain::{Health, JOURNAL_MODE};
use crate::lang::{Lang, Words};
use crate::text::write_digits;

/// The state of a casebook, and what is to be looked at.
pub struct DoctorView<'a> {
    /// How it is kept.
    pub health: &'a Health,
    /// What is missing in it, late, or there twice.
    pub completeness: CompletenessView<'a>,
}

/// A number of bytes as people write it.
fn size(bytes: i64, words: &Words) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let mut value = rust_decimal::Decimal::new(bytes, 3);
    let mut unit = 0;
    while value >= rust_decimal::Decimal::ONE_THOUSAND && unit + 1 < UNITS.len() {
        value /= rust_decimal::Decimal::ONE_THOUSAND;
        unit += 1;
    }
    format!("{} {}", write_digits(value.round_dp(1).normalize(), words.marks), UNITS[unit])
}

impl DoctorView<'_> {
    fn facts(&self, words: &'static Words) -> Grid {
        let (said, kept) = (&words.completing.doctor, &self.health.kept);
        let number = |n: i64| write_digits(n.into(), words.marks);
        let yes = |yes: bool| if yes { said.yes } else { said.no }.to_owned();
        let bytes = size(kept.bytes, words);
        let facts = [
            (said.engine, Some(format!("{} {}", kept.engine, kept.version))),
            (said.schema, Some(self.health.schema_version.to_string())),
            (said.size, Some(kept.free_bytes.map_or(bytes.clone(), |free| (said.free)(&bytes, &size(free, words))))),
            (said.journal_mode, kept.journal_mode.clone()),
            (said.cases, Some(number(self.health.cases))),
            (said.entries, Some((said.in_chains)(&number(self.health.entries), &number(self.health.chains)))),
            (said.writable, Some(yes(kept.writable))),
            (said.folder, kept.folder_writable.map(yes)),
            (said.reference, Some(yes(self.health.reference_is_programs))),
            (said.search_index, Some(yes(self.health.has_search_index))),
        ];
        let row = |(label, value): (&str, Option<String>)| {
            Some(GridRow::body(vec![Cell::Text(label.to_owned()), Cell::Text(value?)]))
        };
        let columns = vec![Column::left(words.labels.item), Column::left(words.labels.detail)];
        Grid { title: None, columns, rows: facts.into_iter().filter_map(row).collect() }
    }

    /// What is wrong with how it is kept.
    fn ills(&self, words: &Words) -> Vec<Told> {
        let (said, advice, kept) = (&words.completing.doctor, &words.completing.advice, &self.health.kept);
        let mode = kept.journal_mode.as_deref().filter(|mode| *mode != JOURNAL_MODE);
        let ills = [
            ("not_writable", (!kept.writable).then(|| said.not_writable.to_owned()), advice.not_writable),
            (
                "folder_not_writable",
                (kept.folder_writable == Some(false)).then(|| said.folder_not_writable.to_owned()),
                advice.folder,
            ),
            ("journal_mode", mode.map(said.other_mode), advice.journal_mode),
            (
                "reference",
                (!self.health.reference_is_programs).then(|| said.other_reference.to_owned()),
                advice.reference,
            ),
            (
                "search_index",
                (!self.health.has_search_index).then(|| said.no_search_index.to_owned()),
                advice.search_index,
            ),
        ];
        let told = |(kind, label, advice): (&'static str, Option<String>, &'static str)| {
            Some(Told::once(kind, label?, advice))
        };
        ills.into_iter().filter_map(told).collect()
    }

    fn told(&self, words: &Words) -> Vec<Told> {
        let mut all = self.ills(words);
        all.extend(contradictions_told(&self.health.contradictions, words));
        all.extend(self.completeness.told(words));
        all
    }

    /// What was found: what and how many, then which, then what to do.
    fn findings(told: &[Told], words: &'static Words) -> Grid {
        let said = &words.completing;
        let mut rows = Vec::new();
        for one in told {
            let more = (one.more > 0).then(|| (said.more)(&write_digits(one.more.into(), words.marks)));
            let lines = one.named.iter().cloned().chain(more).chain([format!("→ {}", one.advice)]);
            for (at, line) in lines.enumerate() {
                let (label, count) =
                    if at == 0 { (Cell::Text(one.label.clone()), one.counted()) } else { (Cell::Empty, Cell::Empty) };
                rows.push(GridRow::body(vec![label, count, Cell::Text(line)]));
            }
        }
        let columns = vec![Column::left(said.finding), Column::right(said.count), Column::left(said.named)];
        Grid { title: Some(said.doctor.findings.to_owned()), columns, rows }
    }
}

impl View for DoctorView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let told = self.told(words);
        let findings = match told.as_slice() {
            [] => Block::Line(words.completing.doctor.nothing.to_owned()),
            told => Block::Grid(Self::findings(told, words)),
        };
        Page {
            title: words.completing.doctor.title.to_owned(),
            blocks: vec![Block::Grid(self.facts(words)), findings],
            notes: Vec::new(),
            currency: None,
        }
    }

    fn json(&self) -> Value {
        let (health, kept) = (self.health, &self.health.kept);
        let mut record = Record::new();
        record.put("engine", kept.engine);
        record.put("engine_version", kept.version.as_str());
        record.put("schema_version", health.schema_version);
        record.put("bytes", kept.bytes);
        record.put_opt("free_bytes", kept.free_bytes);
        record.put_opt("journal_mode", kept.journal_mode.as_deref());
        record.put("cases", health.cases);
        record.put("entries", health.entries);
        record.put("chains", health.chains);
        record.put("writable", kept.writable);
        record.put_opt("folder_writable", kept.folder_writable);
        record.put("reference_is_programs", health.reference_is_programs);
        record.put("has_search_index", health.has_search_index);
        record.put("contradictions", list(&health.contradictions, contradiction_record));
        let mut completeness = Record::new();
        self.completeness.put(&mut completeness);
        record.put("completeness", completeness);
        record.put("findings", self.flat_records().into_iter().map(Value::Object).collect::<Vec<_>>());
        Value::Object(record)
    }

    fn records(&self) -> Vec<Record> {
        self.json().as_object().cloned().into_iter().collect()
    }

    fn template(&self) -> Record {
        ["finding", "count"].map(|key| (key.to_owned(), Value::Null)).into_iter().collect()
    }

    /// What was found, and how many of each.
    fn flat_records(&self) -> Vec<Record> {
        // The words for programs are the same in every language.
        let told = self.told(Lang::En.words()).into_iter();
        let record = |told: Told| {
            let mut record = Record::new();
            record.put("finding", told.kind);
            record.put("count", told.count);
            record
        };
        told.map(record).collect()
    }
}
