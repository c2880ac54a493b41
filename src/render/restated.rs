//! Published figures beside those of today, in every format.

use serde_json::Value;

use super::grid::{Block, Cell, Column, Grid, GridRow, Page, RowKind};
use super::history::{moment, told, written_moment};
use super::records::{Put, day_value, put_figures};
use super::{Record, View};
use crate::domain::{Currency, Figures, JournalEntry, Measure, Mover, Reference, Restatement};
use crate::lang::Words;
use crate::report::MonthRequest;
use crate::text::write_digits;

/// A restatement with what is needed to name what is in it.
pub struct RestatedView<'a> {
    /// The restatement.
    pub restatement: &'a Restatement,
    /// What was asked.
    pub request: &'a MonthRequest,
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
}

/// How many moves a page shows one by one: those of the most money.
const SHOWN: usize = 50;
/// The measures that records have beside those that all have.
const OTHERS: [Measure; 5] =
    [Measure::IllegalProfit, Measure::SoldValue, Measure::ReturnedValue, Measure::HandedOverValue, Measure::Persons];

fn cell(figures: &Figures, measure: Measure) -> Cell {
    let sum = *figures.get(measure);
    if measure.is_money() { Cell::Money(sum) } else { Cell::Count(sum) }
}

/// Whether figures tell anything of a measure.
fn tells(figures: &Figures, measure: Measure) -> bool {
    let sum = figures.get(measure);
    !sum.value.is_zero() || sum.unknown != 0
}

impl RestatedView<'_> {
    /// What all moves come to; their sum was checked when they were gathered.
    fn difference(&self) -> Figures {
        self.restatement.difference().unwrap_or_default()
    }

    fn compared(&self, words: &Words) -> Grid {
        let said = &words.publishing;
        let Restatement { published, now, .. } = self.restatement;
        let difference = self.difference();
        let measures = Measure::ALL.into_iter();
        let told = measures.filter(|measure| [published, now].into_iter().any(|figures| tells(figures, *measure)));
        let row = |measure: Measure| {
            let figures = [published, now, &difference].map(|figures| cell(figures, measure));
            GridRow::body(std::iter::once(Cell::Text((words.measure)(measure).to_owned())).chain(figures).collect())
        };
        Grid {
            title: None,
            columns: vec![
                Column::left(words.labels.figure),
                Column::right(said.published),
                Column::right(said.now),
                Column::right(said.difference),
            ],
            rows: told.map(row).collect(),
        }
    }

    fn moves(&self, words: &'static Words) -> Grid {
        let said = &words.publishing;
        let moves = &self.restatement.moves;
        let measures: Vec<Measure> =
            Measure::ALL.into_iter().filter(|one| moves.iter().any(|moved| tells(&moved.difference, *one))).collect();
        let figures = |figures: &Figures| measures.iter().map(|one| cell(figures, *one)).collect::<Vec<_>>();
        let row = |label: String, of: &Figures, why: String| {
            let cells = std::iter::once(Cell::Text(label)).chain(figures(of)).chain([Cell::Text(why)]);
            cells.collect::<Vec<_>>()
        };
        let mut largest: Vec<&Mover> = moves.iter().collect();
        let weight = |moved: &Mover| {
            let value = |measure| moved.difference.value(measure).abs();
            value(Measure::FineAmount).saturating_add(value(Measure::SeizedValue))
        };
        if largest.len() > SHOWN {
            largest.sort_by_key(|moved| std::cmp::Reverse(weight(moved)));
        }
        let (shown, others) = largest.split_at(largest.len().min(SHOWN));
        let mut rows: Vec<GridRow> = shown
            .iter()
            .map(|moved| GridRow::body(row(self.name(moved), &moved.difference, self.why(&moved.changes, words))))
            .collect();
        if !others.is_empty() {
            let n = write_digits(others.len().into(), words.marks);
            let mut sum = Figures::default();
            for moved in others {
                // Parts of what was added up before can't be too large.
                let _ = sum.add(&moved.difference);
            }
            rows.push(GridRow::body(row((said.others)(&n), &sum, String::new())));
        }
        let total = row(said.total.to_owned(), &self.difference(), String::new());
        rows.push(GridRow { kind: RowKind::Total, ..GridRow::body(total) });
        let headers = measures.iter().map(|measure| Column::right((words.short_measure)(*measure)));
        let columns = std::iter::once(Column::left(said.case)).chain(headers).chain([Column::left(said.why)]);
        Grid { title: Some(said.moves.to_owned()), columns: columns.collect(), rows }
    }

    fn name(&self, moved: &Mover) -> String {
        let case = &moved.case;
        let name = case.case_no.clone().unwrap_or_else(|| case.id.to_string()[..13].to_owned());
        let province = self.reference.province_of(&case.province).map_or("", |province| &province.name);
        format!("{name} ({}, {province})", case.agency)
    }

    /// What was done to a case since, and why.
    fn why(&self, changes: &[JournalEntry], words: &Words) -> String {
        let tell = |entry: &JournalEntry| {
            let what = told(&entry.body, self.reference, words);
            let done = format!("{} {} ({})", written_moment(entry, words), (words.action)(&entry.action), entry.who);
            [done, what, entry.reason.clone()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(": ")
        };
        changes.iter().map(tell).collect::<Vec<_>>().join("; ")
    }

    fn figures(&self, figures: &Figures) -> Record {
        let mut record = Record::new();
        put_figures(&mut record, figures, &OTHERS, self.currency);
        record
    }

    fn move_record(&self, moved: &Mover) -> Record {
        let case = &moved.case;
        let mut record = Record::new();
        record.put("id", case.id.to_string());
        record.put_opt("case_no", case.case_no.as_deref());
        let province = self.reference.province_of(&case.province);
        record.put_opt("province", province.map(|province| province.name.as_str()));
        record.put("agency", case.agency.as_str());
        record.put("detected_on", day_value(case.detected_on));
        record.extend(self.figures(&moved.difference));
        record
    }
}

fn change_record(entry: &JournalEntry) -> Value {
    let mut record = Record::new();
    record.put("at", entry.at.as_str());
    record.put("by", entry.who.as_str());
    record.put("action", entry.action.as_str());
    record.put("reason", entry.reason.as_str());
    Value::Object(record)
}

impl View for RestatedView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let said = &words.publishing;
        let publication = &self.restatement.publication;
        let records = write_digits(publication.body.records.into(), words.marks);
        let mut blocks =
            vec![Block::Line((said.published_by)(&publication.who, &moment(publication.at, words), &records))];
        if !publication.reason.is_empty() {
            blocks.push(Block::Line((said.reason)(&publication.reason)));
        }
        blocks.push(Block::Grid(self.compared(words)));
        blocks.push(if self.restatement.moves.is_empty() {
            Block::Line(said.no_moves.to_owned())
        } else {
            Block::Grid(self.moves(words))
        });
        let place = &publication.body.place;
        let place = if place.is_empty() { words.labels.whole_country } else { place };
        let month = format!("{} · {place}", (words.long_month)(self.request.month));
        Page {
            title: (said.restated_title)(&month),
            blocks,
            notes: Vec::new(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        let Restatement { publication, published, now, moves } = self.restatement;
        let period = publication.body.counting.period();
        let mut record = Record::new();
        record.put("currency", self.currency.code());
        record.put("month", publication.body.counting.month.to_string());
        record.put("from", day_value(period.from));
        record.put("to", day_value(period.last()));
        record.put("place", publication.body.place.as_str());
        let mut of = published_record(publication);
        of.extend(self.figures(published));
        record.put("published", of);
        record.put("now", self.figures(now));
        record.put("difference", self.figures(&self.difference()));
        let moves = moves.iter().map(|moved| {
            let mut one = self.move_record(moved);
            one.put("changes", moved.changes.iter().map(change_record).collect::<Vec<_>>());
            Value::Object(one)
        });
        record.put("moves", moves.collect::<Vec<_>>());
        Value::Object(record)
    }

    /// What was published, then every case that moved it, then what it is now:
    /// the figures of the last line are the sum of those before.
    fn records(&self) -> Vec<Record> {
        let whole = |section: &str, figures: &Figures| {
            let mut record = self.template();
            record.put("section", section);
            record.extend(self.figures(figures));
            record
        };
        let row = |moved: &Mover| {
            let mut record = self.template();
            record.put("section", "move");
            record.extend(self.move_record(moved));
            let reasons = moved.changes.iter().map(|entry| entry.reason.as_str()).filter(|reason| !reason.is_empty());
            record.put("reason", reasons.collect::<Vec<_>>().join("; "));
            record
        };
        let Restatement { published, now, moves, .. } = self.restatement;
        let moves = moves.iter().map(row);
        std::iter::once(whole("published", published)).chain(moves).chain([whole("now", now)]).collect()
    }

    fn template(&self) -> Record {
        let mut record = Record::new();
        for key in ["section", "id", "case_no", "province", "agency", "detected_on", "reason"] {
            record.put(key, Value::Null);
        }
        record.extend(self.figures(&Figures::default()));
        record
    }
}

/// Who published figures and when, and what they rest on.
pub(super) fn published_record(publication: &crate::domain::Publication) -> Record {
    let mut record = Record::new();
    record.put("at", publication.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true));
    record.put("by", publication.who.as_str());
    record.put("reason", publication.reason.as_str());
    record.put("records", publication.body.records);
    record.put("digest", publication.body.digest.as_str());
    record
}
