//! Totals, in every format.

use chrono::Datelike;
use serde_json::{Value, json};

use super::bars::{with_bars, with_lines};
use super::chart::{Bar, Chart, Drawing, Series};
use super::document::{Document, Part};
use super::grid::{Block, Cell, Column, Grid, GridRow, Page, RowKind};
use super::records::{Datum, Put, day_value, put_figures};
use super::{Lines, Record, View, provinces};
use crate::domain::{
    Bound, Boundaries, By, Currency, Dating, Figures, Key, Measure, Names, Period, Province, Reference, Sum, Totals,
    TotalsRow,
};
use crate::lang::Words;
use crate::report::{Axis, Cell as Figure, Head, Pivot, PivotRow, Place};

/// Totals with what is needed to name their keys.
pub struct TotalsView<'a> {
    /// The totals.
    pub totals: &'a Totals,
    /// The place that they were asked of.
    pub place: &'a Place,
    /// The totals laid out.
    pub pivots: &'a [Pivot],
    /// The day at the end of which they were known so.
    pub known: Option<chrono::NaiveDate>,
    /// The measures that records have beside those that all have.
    pub measures: &'a [Measure],
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
    /// Whether small bars stand in its tables.
    pub bars: bool,
}

/// Names the keys of totals.
#[derive(Clone, Copy)]
pub(super) struct Namer<'a> {
    pub(super) reference: &'a Reference,
    pub(super) agencies: &'a Names,
    pub(super) boundaries: Boundaries,
}

impl<'a> Namer<'a> {
    /// The label of a key.
    pub(super) fn label(self, by: By, key: Key, words: &Words) -> String {
        if let Some(unknown) = words.missing_key(key) {
            return unknown.to_owned();
        }
        let reference = self.reference;
        let name = |found: Option<(&String, &String)>| {
            found.map_or_else(String::new, |(name, name_en)| words.name(name, name_en).to_owned())
        };
        match key {
            Key::Region(id) => name(reference.region(id).map(|row| (&row.name, &row.name_en))),
            Key::Province(id) => reference.province(id).map_or_else(String::new, |row| self.province(row, words)),
            Key::Agency(id) => self.agencies.get(&id).map_or_else(String::new, |(agency, province)| {
                let place = reference.province(*province).map_or("", |row| &row.name);
                format!("{agency} ({place})")
            }),
            Key::Force(id) => name(reference.force_row(id).map(|row| (&row.name, &row.name_en))),
            Key::Time(first) => words.period(by, first),
            Key::Violation(id) => {
                let row = id.and_then(|id| reference.violation_row(id));
                name(row.map(|row| (&row.name, &row.name_en)))
            }
            Key::Group(group) => group.map_or("", crate::domain::Group::code).to_owned(),
            Key::Category(id) => {
                let row = id.and_then(|id| reference.category_row(id));
                name(row.map(|row| (&row.name, &row.name_en)))
            }
            Key::Status(status) => (words.status)(status).to_owned(),
            Key::Rest(n) => (words.labels.rest)(n),
        }
    }

    /// A former province whose name lives on is told from its successor.
    fn province(self, row: &Province, words: &Words) -> String {
        let lives_on =
            |last| self.reference.provinces.iter().any(|other| other.valid_from > last && other.name == row.name);
        match row.valid_to.filter(|last| self.boundaries == Boundaries::Recorded && lives_on(*last)) {
            Some(last) => format!("{} {}", row.name, (words.labels.until)(last)),
            None => row.name.clone(),
        }
    }

    /// The keys of a record for what it is put by, each with nothing.
    pub(super) fn put_nothing(self, record: &mut impl Put<'a>, by: By) {
        record.put(by.code(), Value::Null);
        match by {
            By::Region => record.put("region_code", Value::Null),
            By::Province => {
                record.put("province_code", Value::Null);
                if self.boundaries == Boundaries::Recorded {
                    record.put("province_valid_to", Value::Null);
                }
            }
            By::Agency => record.put("agency_province", Value::Null),
            _ => {}
        }
    }

    /// The key as values of a record, under the keys of [`Self::put_nothing`]
    /// in their order.
    pub(super) fn put(self, record: &mut impl Put<'a>, by: By, key: Key) {
        let reference = self.reference;
        match key {
            Key::Region(id) => {
                let region = reference.region(id);
                record.put_opt("region", region.map(|row| row.name.as_str()));
                record.put_opt("region_code", region.map(|row| row.code.as_str()));
            }
            Key::Province(id) => {
                let province = reference.province(id);
                record.put_opt("province", province.map(|row| row.name.as_str()));
                record.put_opt("province_code", province.map(|row| row.code.as_str()));
                if self.boundaries == Boundaries::Recorded {
                    // A code alone may mean two: before and after a merger.
                    let last = province.and_then(|row| row.valid_to).map(day_value);
                    record.put_opt("province_valid_to", last);
                }
            }
            Key::Agency(id) => {
                let agency = self.agencies.get(&id);
                record.put_opt("agency", agency.map(|(name, _)| name.as_str()));
                let place = agency.and_then(|(_, province)| reference.province(*province));
                record.put_opt("agency_province", place.map(|row| row.name.as_str()));
            }
            Key::Force(id) => {
                record.put_opt("force", reference.force_row(id).map(|row| row.code.as_str()));
            }
            Key::Time(first) => match by {
                By::Quarter => record.put("quarter", format!("{}-Q{}", first.year(), first.number().div_ceil(3))),
                By::Year => record.put("year", first.year()),
                _ => record.put("month", first.to_string()),
            },
            Key::Violation(id) => {
                let row = id.and_then(|id| reference.violation_row(id));
                record.put_opt("violation", row.map(|row| row.code.as_str()));
            }
            Key::Group(group) => record.put_opt("group", group.map(crate::domain::Group::code)),
            Key::Category(id) => {
                let row = id.and_then(|id| reference.category_row(id));
                record.put_opt("category", row.map(|row| row.code.as_str()));
            }
            Key::Status(status) => record.put("status", status.code()),
            Key::Rest(_) => self.put_nothing(record, by),
        }
    }
}

impl<'a> TotalsView<'a> {
    fn namer(&self) -> Namer<'a> {
        Namer { reference: self.reference, agencies: &self.totals.agencies, boundaries: self.totals.query.boundaries }
    }

    fn rows(&self) -> TotalsRows<'a> {
        let Self { totals, measures, currency, .. } = *self;
        TotalsRows { totals, namer: self.namer(), measures, currency }
    }

    fn title(&self, words: &Words) -> String {
        let by: Vec<&str> = self.totals.query.by.iter().map(|by| (words.by)(*by)).collect();
        let by = match by.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), words.labels.and),
        };
        let what = words.labels.totals_title;
        let title = if by.is_empty() { what.to_owned() } else { (words.labels.by_title)(what, &by) };
        let place = Some(self.place.names()).filter(|names| !names.is_empty());
        let span = self.totals.span.map(|span| (words.labels.period)(span.from, span.last()));
        [Some(title), place, span].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// A table as a chart: by time where that is among its keys, else by what
    /// its rows stand for.
    fn chart(&self, pivot: &Pivot, words: &Words) -> Option<Chart> {
        let Axis::Keys(down) = &pivot.down else { return None };
        let is_time = |head: &Head| matches!(head, Head::Key(Key::Time(_)));
        let total = pivot.rows.iter().find(|row| row.head == Head::Total)?;
        let figure = |row: &PivotRow, at: usize| match row.cells.get(at)? {
            Figure::Sum(measure, sum) => Some((*measure, *sum)),
            Figure::Percent(_) => None,
        };
        let fines = pivot.columns.iter().position(|column| *column == Head::Measure(Measure::FineAmount));
        let at = fines.unwrap_or(0);
        let (measure, _) = figure(total, at)?;
        let label = |by: By, head: Head| match head {
            Head::Key(key) => Some(self.namer().label(by, key, words)),
            _ => None,
        };
        let across = pivot.columns.iter().enumerate().filter(|(_, head)| is_time(head));
        let time = self.totals.query.by.iter().copied().rfind(|by| by.time_unit().is_some());
        let top = pivot.rows.iter().filter(|row| row.level == 0 && matches!(row.head, Head::Key(_)));
        let columns = |points: Vec<Bar>| {
            let (labels, values) = points.into_iter().map(|bar| (bar.label, Some(bar.sum))).unzip();
            Drawing::Columns { labels, series: vec![Series { name: words.labels.total.to_owned(), values }] }
        };
        let bar = |by: By, head: Head, row: &PivotRow, at: usize| {
            Some(Bar { label: label(by, head)?, sum: figure(row, at)?.1 })
        };
        let across: Vec<Bar> = across.filter_map(|(at, head)| bar(time?, *head, total, at)).collect();
        let first = *down.first()?;
        let rows = || top.clone().filter_map(|row| bar(first, row.head, row, at)).collect::<Vec<_>>();
        let (by, drawing) = match time {
            Some(time) if !across.is_empty() => (time, columns(across)),
            Some(_) if first.time_unit().is_some() => (first, columns(rows())),
            _ => (first, Drawing::Bars(ranked(rows(), MOST_BARS, words))),
        };
        let title = (words.charts.ranked)((words.measure)(measure), (words.by)(by));
        Some(Chart { title, is_money: measure.is_money(), drawing })
    }

    /// The map of its provinces, of the first measure of money it shows.
    fn map(&self, words: &Words) -> Option<Chart> {
        let is_whole = self.place.names().is_empty() && !self.totals.is_cut;
        let at = self.totals.query.by.iter().position(|by| *by == By::Province).filter(|_| is_whole)?;
        let measure = self.shown().into_iter().find(|measure| measure.is_money())?;
        let measure = if self.shown().contains(&Measure::FineAmount) { Measure::FineAmount } else { measure };
        let figures = self.totals.rows.iter().filter_map(|row| match row.keys.get(at) {
            Some(Key::Province(id)) => Some((*id, *row.figures.get(measure))),
            _ => None,
        });
        let last = self.totals.span?.last();
        provinces::map(measure, figures, (self.reference, self.totals.query.boundaries), last, words)
    }

    /// The measures that its tables show.
    fn shown(&self) -> Vec<Measure> {
        let cells = self.pivots.iter().flat_map(|pivot| &pivot.rows).flat_map(|row| &row.cells);
        let measures = cells.filter_map(|cell| match cell {
            Figure::Sum(measure, _) => Some(*measure),
            Figure::Percent(_) => None,
        });
        measures.collect()
    }

    fn notes(&self, words: &Words) -> Vec<String> {
        let query = &self.totals.query;
        let mut notes = unknown_notes(&self.totals.total, &self.shown(), words);
        let late = self.shown().contains(&Measure::LateCharge);
        notes.extend(late.then(|| words.deadlines.late_charges.to_owned()));
        notes.extend(filter_note(self.place, words));
        notes.extend(query.cutoff.day().map(words.notes.cutoff));
        notes.extend((query.dating == Dating::Detected).then(|| words.notes.dated_by_detected.to_owned()));
        let recorded = query.boundaries == Boundaries::Recorded;
        notes.extend(recorded.then(|| words.notes.recorded_boundaries.to_owned()));
        notes.extend(self.known.map(words.publishing.as_known));
        notes
    }
}

/// What the cases were filtered by, beside their place.
pub(super) fn filter_note(place: &Place, words: &Words) -> Option<String> {
    (!place.filter.is_empty()).then(|| (words.notes.filtered)(&place.filter))
}

/// The most bars that are drawn.
const MOST_BARS: usize = 30;

/// Bars with the longest first; what is more than so many is one bar, as the
/// rest.
pub(super) fn ranked(mut bars: Vec<Bar>, most: usize, words: &Words) -> Vec<Bar> {
    bars.retain(|bar| !bar.sum.value.is_zero() || bar.sum.unknown > 0);
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.sum.value));
    if bars.len() > most {
        let rest = bars.split_off(most);
        let mut sum = Sum::default();
        if rest.iter().try_for_each(|bar| sum.add(&bar.sum)).is_ok() {
            bars.push(Bar { label: (words.labels.rest)(rest.len()), sum });
        }
    }
    bars
}

/// How many of the figures shown are unknown, where any are.
pub(super) fn unknown_notes(total: &Figures, shown: &[Measure], words: &Words) -> Vec<String> {
    let number = |value: rust_decimal::Decimal| crate::text::write_digits(value.normalize(), words.marks);
    let note = |say: fn(&str, &str) -> String, amount: Measure, of: Measure| {
        let unknown = total.get(amount).unknown;
        (unknown > 0 && shown.contains(&amount)).then(|| say(&number(unknown.into()), &number(total.value(of))))
    };
    let seized = note(words.notes.unknown_seized, Measure::SeizedValue, Measure::Cases);
    let fine = note(words.notes.unknown_fine, Measure::FineAmount, Measure::Decisions);
    let told = [Measure::SeizedValue, Measure::FineAmount];
    let others = Measure::asked().filter(|measure| !told.contains(measure) && shown.contains(measure));
    let others = others.map(|measure| (measure, total.get(measure).unknown)).filter(|(_, unknown)| *unknown > 0);
    let others =
        others.map(|(measure, unknown)| (words.notes.unknown)((words.measure)(measure), &number(unknown.into())));
    seized.into_iter().chain(fine).chain(others).collect()
}

/// A laid-out table as a grid.
pub(super) fn grid(pivot: &Pivot, namer: Namer<'_>, time: Option<By>, words: &Words) -> Grid {
    let head = |head: Head, by: Option<By>| match head {
        Head::Key(key) => {
            let by = if matches!(key, Key::Time(_)) { by.filter(|by| by.time_unit().is_some()).or(time) } else { by };
            namer.label(by.unwrap_or(By::Month), key, words)
        }
        Head::Measure(measure) => (words.short_measure)(measure).to_owned(),
        Head::Total => words.labels.total.to_owned(),
        Head::Average => words.labels.average.to_owned(),
        Head::Share => words.labels.share.to_owned(),
    };
    let (corner, by_at): (String, Vec<By>) = match &pivot.down {
        Axis::Keys(by) => (by.iter().map(|by| capital((words.by)(*by))).collect::<Vec<_>>().join(" / "), by.clone()),
        Axis::Measures => (words.labels.figure.to_owned(), Vec::new()),
    };
    let columns = pivot
        .columns
        .iter()
        .map(|column| Column { rounded: *column == Head::Average, ..Column::right(head(*column, time)) });
    let rows = pivot.rows.iter().map(|row| {
        let label = head(row.head, by_at.get(row.level).copied());
        let figures = row.cells.iter().map(figure);
        GridRow {
            kind: match row.head {
                Head::Total => RowKind::Total,
                _ if row.is_group => RowKind::Group,
                _ => RowKind::Body,
            },
            indent: row.level,
            cells: std::iter::once(Cell::Text(label)).chain(figures).collect(),
        }
    });
    Grid {
        title: pivot.measure.map(|measure| (words.measure)(measure).to_owned()),
        columns: std::iter::once(Column::left(corner)).chain(columns).collect(),
        rows: rows.collect(),
    }
}

fn figure(cell: &Figure) -> Cell {
    match cell {
        Figure::Sum(measure, sum) if measure.is_money() => Cell::Money(*sum),
        Figure::Sum(_, sum) => Cell::Count(*sum),
        Figure::Percent(share) => Cell::Percent(*share, Bound::Exact),
    }
}

/// With a capital first letter.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl View for TotalsView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let time = self.totals.query.by.iter().rev().copied().find(|by| by.time_unit().is_some());
        let mut blocks: Vec<Block> = Vec::new();
        if self.totals.rows.is_empty() {
            blocks.push(Block::Line(words.notes.nothing.to_owned()));
        } else {
            blocks.extend(self.pivots.iter().map(|pivot| {
                let table = grid(pivot, self.namer(), time, words);
                let periods = pivot.columns.iter().filter(|head| matches!(head, Head::Key(Key::Time(_)))).count();
                Block::Grid(match periods {
                    _ if !self.bars => table,
                    0 => with_bars(table, words),
                    periods => with_lines(table, periods, words),
                })
            }));
        }
        Page {
            title: self.title(words),
            blocks,
            notes: self.notes(words),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn document(&self, words: &'static Words) -> Document {
        let mut document = Document::of_page(self.page(words));
        let charts = self.pivots.iter().filter_map(|pivot| self.chart(pivot, words)).chain(self.map(words));
        document.parts.extend(charts.filter(Chart::shows_anything).map(Part::Chart));
        document
    }

    fn json(&self) -> Value {
        // Where nothing is there, the ends that were asked for.
        let span = self.totals.span.or(self.totals.query.period);
        let day = |day: fn(&Period) -> chrono::NaiveDate| {
            let known = |day: &chrono::NaiveDate| (1900..=2200).contains(&day.year());
            span.as_ref().map(day).filter(known).map(day_value)
        };
        let mut total = Record::new();
        put_figures(&mut total, &self.totals.total, self.measures, self.currency);
        let mut json = json!({
            "currency": self.currency.code(),
            "from": day(|span| span.from),
            "to": day(Period::last),
            "by": self.totals.query.by.iter().map(|by| by.code()).collect::<Vec<_>>(),
            "rows": self.rows().records(),
            "total": total,
        });
        if let (Some(record), Some(day)) = (json.as_object_mut(), self.known) {
            record.put("as_known", day_value(day));
        }
        json
    }

    fn records(&self) -> Vec<Record> {
        self.rows().records()
    }

    fn lines(&self) -> Lines<'_> {
        let (rows, totals) = (self.rows(), self.totals);
        // All rows have the keys of the first.
        let first = totals.rows.first().map_or_else(|| self.template(), |row| rows.record(row));
        Lines {
            headers: first.into_iter().map(|(key, _)| key).collect(),
            rows: Box::new(totals.rows.iter().map(move |row| rows.values(row))),
        }
    }

    fn template(&self) -> Record {
        let mut record = Record::new();
        self.totals.query.by.iter().for_each(|by| self.namer().put_nothing(&mut record, *by));
        put_figures(&mut record, &Figures::default(), self.measures, self.currency);
        record
    }
}

/// As many values as most rows of totals have.
const VALUES: usize = 16;

/// The rows of totals for programs.
pub(super) struct TotalsRows<'a> {
    pub(super) totals: &'a Totals,
    pub(super) namer: Namer<'a>,
    /// The measures that they have beside those that all have.
    pub(super) measures: &'a [Measure],
    pub(super) currency: &'a Currency,
}

impl<'a> TotalsRows<'a> {
    /// All of them as records.
    pub(super) fn records(&self) -> Vec<Record> {
        self.totals.rows.iter().map(|row| self.record(row)).collect()
    }

    fn record(&self, row: &TotalsRow) -> Record {
        let mut record = Record::new();
        self.put(&mut record, row);
        record
    }

    /// The values of a record, without its keys: there may be thousands.
    fn values(&self, row: &TotalsRow) -> Vec<Datum<'a>> {
        let mut values = Vec::with_capacity(VALUES);
        self.put(&mut values, row);
        values
    }

    fn put(&self, to: &mut impl Put<'a>, row: &TotalsRow) {
        for (by, key) in self.totals.query.by.iter().zip(&row.keys) {
            self.namer.put(to, *by, *key);
        }
        put_figures(to, &row.figures, self.measures, self.currency);
        if self.totals.is_cut {
            let others = row.keys.iter().find_map(|key| match key {
                Key::Rest(others) => Some(*others),
                _ => None,
            });
            to.put_opt("rest", others);
        }
    }
}
