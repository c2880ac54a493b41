//! Published figures beside those of today, in every format.

use serde_json::Value;

use super::cases::history_record;
use super::grid::{Block, Cell, Column, Grid, GridRow, Page, RowKind};
use super::history::{moment, told, written_moment};
use super::records::{Put, day_value, put_figures};
use super::totals::unknown_notes;
use super::{Record, View};
use crate::domain::{Currency, Figures, JournalEntry, Measure, Mover, Publication, Reference, Restatement};
use crate::lang::Words;
use crate::report::{MAIN_MEASURES, MonthRequest};
use crate::text::write_digits;

/// A restatement with what is needed to name what is in it.
pub struct RestatedView<'a> {
    /// The restatement.
    pub restatement: &'a Restatement,
    /// All publications of the month, oldest first; the last one is restated.
    pub all: &'a [Publication],
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

    /// All publications of the month, with their main figures.
    fn publications(&self, words: &'static Words) -> Grid {
        let said = &words.publishing;
        let row = |one: &Publication| {
            // Each was added up when it was made.
            let total = one.body.total().unwrap_or_default();
            let figures = MAIN_MEASURES.iter().map(|measure| cell(&total, *measure));
            let made = [Cell::Text(moment(one.at, words)), Cell::Text(one.who.clone())];
            let reason = Cell::text(Some(one.reason.clone()).filter(|reason| !reason.is_empty()));
            GridRow::body(made.into_iter().chain(figures).chain([reason]).collect())
        };
        let figures = MAIN_MEASURES.iter().map(|measure| Column::right((words.short_measure)(*measure)));
        let made = [Column::left(said.when), Column::left(words.labels.who)];
        Grid {
            title: Some(said.earlier.to_owned()),
            columns: made.into_iter().chain(figures).chain([Column::left(words.labels.reason)]).collect(),
            rows: self.all.iter().map(row).collect(),
        }
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
            let reason = Some(entry.reason.clone()).filter(|reason| !what.contains(reason.as_str()));
            let done = format!("{} {} ({})", written_moment(entry, words), (words.action)(&entry.action), entry.who);
            let parts = [Some(done), Some(what), reason].into_iter().flatten();
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
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
        blocks.extend((self.all.len() > 1).then(|| Block::Grid(self.publications(words))));
        let place = &publication.body.place;
        let place = if place.is_empty() { words.labels.whole_country } else { place };
        let month = format!("{} · {place}", (words.long_month)(self.request.month));
        Page {
            title: (said.restated_title)(&month),
            blocks,
            notes: unknown_notes(&self.restatement.now, &MAIN_MEASURES, words),
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
        record.put_opt("place", Some(publication.body.place.as_str()).filter(|place| !place.is_empty()));
        let mut of = published_record(publication);
        of.extend(self.figures(published));
        record.put("published", of);
        record.put("now", self.figures(now));
        record.put("difference", self.figures(&self.difference()));
        let moves = moves.iter().map(|moved| {
            let mut one = self.move_record(moved);
            one.put("changes", moved.changes.iter().map(history_record).collect::<Vec<_>>());
            Value::Object(one)
        });
        record.put("moves", moves.collect::<Vec<_>>());
        record.put("publications", self.all.iter().map(|one| published_record(one).into()).collect::<Vec<Value>>());
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
pub(super) fn published_record(publication: &Publication) -> Record {
    let mut record = Record::new();
    record.put("at", publication.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true));
    record.put("who", publication.who.as_str());
    record.put_opt("reason", Some(publication.reason.as_str()).filter(|reason| !reason.is_empty()));
    record.put("records", publication.body.records);
    record.put("digest", publication.body.digest.as_str());
    record
}
