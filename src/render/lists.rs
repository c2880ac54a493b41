//! The reference lists.

use chrono::NaiveDate;
use serde_json::Value;

use super::grid::{Block, Cell, Column, Grid, GridRow, Page, RowKind};
use super::records::Put;
use super::{Record, View};
use crate::domain::{Group, Province, Reference};
use crate::lang::Words;
use crate::text::compare;

type Header = fn(&Words) -> &'static str;
type Cells = Box<dyn Fn(&Words) -> Vec<Cell>>;

/// A list whose every row is a record and a line of a table.
pub struct ListView {
    title: Box<dyn Fn(&Words) -> String>,
    headers: Vec<Header>,
    rows: Vec<ListRow>,
}

struct ListRow {
    record: Record,
    kind: RowKind,
    indent: usize,
    cells: Cells,
}

impl View for ListView {
    fn page(&self, words: &'static Words) -> Page {
        let row = |row: &ListRow| GridRow { kind: row.kind, indent: row.indent, cells: (row.cells)(words) };
        let rows: Vec<GridRow> = self.rows.iter().map(row).collect();
        let is_number = |at: usize| rows.iter().any(|row| matches!(row.cells.get(at), Some(Cell::Number(_))));
        let columns =
            self.headers.iter().enumerate().map(|(at, header)| {
                if is_number(at) { Column::right(header(words)) } else { Column::left(header(words)) }
            });
        Page {
            title: (self.title)(words),
            blocks: vec![Block::Grid(Grid { title: None, columns: columns.collect(), rows: rows.clone() })],
            notes: Vec::new(),
            currency: None,
        }
    }

    fn json(&self) -> Value {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        self.rows.iter().map(|row| row.record.clone()).collect()
    }
}

fn text(value: &str) -> Cell {
    Cell::text(Some(value).filter(|value| !value.is_empty()))
}

/// The regions that hold on a day, with their provinces.
#[must_use]
pub fn regions_view(reference: &Reference, on: NaiveDate) -> ListView {
    let holds = |region: &&crate::domain::Region| {
        region.valid_from.is_none_or(|from| from <= on) && region.valid_to.is_none_or(|to| on <= to)
    };
    let mut regions: Vec<_> = reference.regions.iter().filter(holds).collect();
    regions.sort_by_key(|region| region.sort);
    let mut rows = Vec::new();
    for region in regions {
        let mut record = Record::new();
        record.put("region", region.name.as_str());
        record.put("region_code", region.code.as_str());
        record.put("name_en", region.name_en.as_str());
        record.put_opt("valid_from", region.valid_from.map(|day| day.to_string()));
        record.put_opt("valid_to", region.valid_to.map(|day| day.to_string()));
        record.put("legal_basis", region.legal_basis.as_str());
        let (code, name, name_en) = (region.code.clone(), region.name.clone(), region.name_en.clone());
        let members: Vec<&Province> =
            reference.provinces_on(on).filter(|province| province.region == region.id).collect();
        rows.push(ListRow {
            record,
            kind: RowKind::Group,
            indent: 0,
            cells: Box::new(move |words| {
                vec![text(words.name(&name, &name_en)), text(&code), Cell::Empty, Cell::Empty]
            }),
        });
        rows.extend(members.into_iter().map(|province| province_row(reference, province, &region.code, on)));
    }
    ListView {
        title: Box::new(move |words| (words.labels.regions_title)(on)),
        headers: vec![|w| w.labels.name, |w| w.labels.code, |w| w.labels.kind, |w| w.labels.former],
        rows,
    }
}

fn province_row(reference: &Reference, province: &Province, region: &str, on: NaiveDate) -> ListRow {
    let kind = reference.kind_on(province, on).to_owned();
    let merged = reference.provinces.iter().filter(|former| former.successor == Some(province.id));
    let merged: Vec<String> = merged.map(|former| former.name.clone()).filter(|name| *name != province.name).collect();
    let mut record = Record::new();
    record.put("region_code", region);
    record.put("province", province.name.as_str());
    record.put("province_code", province.code.as_str());
    record.put("kind", kind.as_str());
    record.put("valid_from", province.valid_from.to_string());
    record.put_opt("valid_to", province.valid_to.map(|day| day.to_string()));
    record.put("former", merged.clone());
    let (code, name, former) = (province.code.clone(), province.name.clone(), merged.join(", "));
    ListRow {
        record,
        kind: RowKind::Body,
        indent: 1,
        cells: Box::new(move |words| {
            vec![text(&name), text(&code), text((words.labels.province_kind)(&kind)), text(&former)]
        }),
    }
}

/// An agency, with the names of its place and force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyRow {
    /// Its name.
    pub name: String,
    /// Its province.
    pub province: String,
    /// The code of its force, and its names.
    pub force: [String; 3],
    /// How many cases it found.
    pub cases: i64,
}

/// Agencies, by province and name.
#[must_use]
pub fn agencies_view(mut agencies: Vec<AgencyRow>) -> ListView {
    agencies.sort_by(|one, two| compare(&one.province, &two.province).then_with(|| compare(&one.name, &two.name)));
    let rows = agencies.into_iter().map(|agency| {
        let mut record = Record::new();
        record.put("agency", agency.name.as_str());
        record.put("province", agency.province.as_str());
        record.put("force", agency.force[0].as_str());
        record.put("cases", agency.cases);
        let cells = move |words: &Words| {
            let force = words.name(&agency.force[1], &agency.force[2]);
            vec![text(&agency.name), text(&agency.province), text(force), Cell::Number(agency.cases.into())]
        };
        ListRow { record, kind: RowKind::Body, indent: 0, cells: Box::new(cells) }
    });
    ListView {
        title: Box::new(|words| words.labels.agencies_title.to_owned()),
        headers: vec![
            |w| w.labels.name,
            |w| (w.field)(crate::domain::Field::Province),
            |w| (w.field)(crate::domain::Field::Force),
            |w| w.labels.cases,
        ],
        rows: rows.collect(),
    }
}

/// Kinds of violations.
#[must_use]
pub fn violations_view(reference: &Reference) -> ListView {
    let rows = reference.violations.iter().cloned().map(|row| {
        let mut record = Record::new();
        record.put("violation", row.code.as_str());
        record.put("name", row.name.as_str());
        record.put("name_en", row.name_en.as_str());
        record.put_opt("group", row.group.map(Group::code));
        record.put("decree", row.decree.as_str());
        record.put("confidence", row.confidence.as_str());
        let cells = move |words: &Words| {
            let group = row.group.map(Group::code);
            vec![text(&row.code), text(words.name(&row.name, &row.name_en)), Cell::text(group), text(&row.decree)]
        };
        ListRow { record, kind: RowKind::Body, indent: 0, cells: Box::new(cells) }
    });
    ListView {
        title: Box::new(|words| words.labels.violations_title.to_owned()),
        headers: vec![|w| w.labels.code, |w| w.labels.name, |w| w.labels.group, |w| w.labels.decree],
        rows: rows.collect(),
    }
}

/// Categories of goods.
#[must_use]
pub fn categories_view(reference: &Reference) -> ListView {
    let rows = reference.categories.iter().cloned().map(|row| {
        let mut record = Record::new();
        record.put("category", row.code.as_str());
        record.put("name", row.name.as_str());
        record.put("name_en", row.name_en.as_str());
        record.put("units", row.units.clone());
        let cells = move |words: &Words| {
            vec![text(&row.code), text(words.name(&row.name, &row.name_en)), text(&row.units.join(", "))]
        };
        ListRow { record, kind: RowKind::Body, indent: 0, cells: Box::new(cells) }
    });
    ListView {
        title: Box::new(|words| words.labels.categories_title.to_owned()),
        headers: vec![|w| w.labels.code, |w| w.labels.name, |w| w.labels.units],
        rows: rows.collect(),
    }
}
