//! The monthly summary, in every format.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::bars::with_bars;
use super::cases::case_grid;
use super::completeness::CompletenessView;
use super::grid::{Block, Cell, Column, Grid, GridRow, Page, RowKind};
use super::history::moment;
use super::records::{Put, case_record, day_value, figure_value, money_value};
use super::restated::published_record;
use super::totals::{Namer, TotalsRows, capital, filter_note, grid, unknown_notes};
use super::{Document, Format, Record, View};
use crate::domain::{
    Boundaries, Case, Currency, Dating, Figures, Measure, Month, Names, Publication, Reference, Totals,
};
use crate::lang::Words;
use crate::report::{Breakdown, Headline, Layout, MAIN_MEASURES, MonthReport, pivots};
use crate::text::write_digits;

/// The last publication of a month's figures.
pub struct PublishedNote {
    /// The publication.
    pub publication: Publication,
    /// Whether the figures have changed since.
    pub is_changed: bool,
}

/// A summary with what is needed to name what is in it.
pub struct MonthView<'a> {
    /// The summary.
    pub report: &'a MonthReport,
    /// The day at the end of which it was known so.
    pub known: Option<NaiveDate>,
    /// What is to be said of its publication.
    pub published: Option<PublishedNote>,
    /// What is missing in it, late, or there twice, where that was looked for.
    pub completeness: Option<CompletenessView<'a>>,
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
    /// Whether small bars stand in its tables.
    pub bars: bool,
    /// The last day that its figures know of, where the month has not ended
    /// then.
    pub unfinished: Option<NaiveDate>,
}

impl<'a> MonthView<'a> {
    /// A summary of which nothing more is said.
    #[must_use]
    pub fn new(report: &'a MonthReport, reference: &'a Reference, currency: &'a Currency) -> Self {
        Self {
            report,
            known: None,
            published: None,
            completeness: None,
            reference,
            currency,
            bars: false,
            unfinished: None,
        }
    }
}

impl MonthView<'_> {
    /// Whether it names cases in a format: rows of figures name none, so that
    /// none need be looked for.
    #[must_use]
    pub fn names_cases(format: Format) -> bool {
        !matches!(format, Format::Csv | Format::Jsonl)
    }

    pub(super) fn place(&self, words: &Words) -> String {
        let names = self.report.request.place.names();
        if names.is_empty() { words.labels.whole_country.to_owned() } else { names }
    }

    pub(super) fn headline(&self, words: &'static Words) -> Grid {
        // A part of a month is neither up nor down on a whole one.
        let is_whole = self.unfinished.is_none();
        let row = |headline: &Headline| {
            let measure = headline.measure;
            let cell = |figures: &Figures| {
                let sum = *figures.get(measure);
                if measure.is_money() { Cell::Money(sum) } else { Cell::Count(sum) }
            };
            GridRow::body(vec![
                Cell::Text((words.measure)(measure).to_owned()),
                cell(headline.this()),
                cell(headline.previous()),
                Cell::Percent(headline.change_percent().filter(|_| is_whole), headline.change_bound()),
                cell(headline.same_month_last_year()),
                cell(headline.year_to_date()),
                cell(headline.year_to_date_last_year()),
            ])
        };
        let labels = &words.labels;
        let headers = [
            labels.this_month,
            labels.previous_month,
            labels.change,
            labels.same_month_last_year,
            labels.year_to_date,
            labels.year_to_date_last_year,
        ];
        let columns = headers.into_iter().map(Column::right);
        Grid {
            title: Some(labels.headline.to_owned()),
            columns: std::iter::once(Column::left(labels.figure)).chain(columns).collect(),
            rows: self.report.headline.iter().map(row).collect(),
        }
    }

    pub(super) fn breakdown(&self, part: Breakdown, totals: &Totals, words: &'static Words) -> Option<Grid> {
        let layout = Layout { measures: MAIN_MEASURES.to_vec(), ..Layout::default() };
        let pivot = pivots(totals, &layout).ok()?.into_iter().next()?;
        let mut grid = grid(&pivot, self.namer(totals), None, words);
        // What happened to a row may be none of the figures shown.
        grid.rows.retain(|row| row.kind == RowKind::Total || !row.cells.iter().skip(1).all(Cell::is_nothing));
        grid.title = Some(capital(&(words.labels.by_title)("", (words.by)(part.by())).trim().to_lowercase()));
        Some(grid)
    }

    pub(super) fn namer<'a>(&'a self, totals: &'a Totals) -> Namer<'a> {
        Namer { reference: self.reference, agencies: &totals.agencies, boundaries: self.report.request.boundaries }
    }

    /// Whether it has not begun.
    pub(super) fn is_to_come(&self) -> bool {
        self.unfinished.is_some_and(|day| day < self.report.request.period().from)
    }

    /// That it has not ended, or not begun.
    pub(super) fn unfinished_note(&self, words: &Words) -> Option<String> {
        let said = &words.reporting;
        self.unfinished.map(|day| if self.is_to_come() { said.to_come.to_owned() } else { (said.unfinished)(day) })
    }

    /// How it was counted, and what became of what was published.
    pub(super) fn notes(&self, words: &'static Words) -> Vec<String> {
        let request = &self.report.request;
        let mut notes: Vec<String> = filter_note(&request.place, words).into_iter().collect();
        notes.extend(request.cutoff.day().map(words.notes.cutoff));
        notes.extend((request.dating == Dating::Detected).then(|| words.notes.dated_by_detected.to_owned()));
        let recorded = request.boundaries == Boundaries::Recorded;
        notes.extend(recorded.then(|| words.notes.recorded_boundaries.to_owned()));
        notes.extend(self.known.map(words.publishing.as_known));
        notes.extend(self.published.as_ref().map(|note| published_line(note, request.month, words)));
        notes
    }

    fn totals_records(&self, totals: &Totals) -> Vec<Record> {
        TotalsRows { totals, namer: self.namer(totals), measures: &[], currency: self.currency }.records()
    }

    /// The largest cases; those that have no number under `unnumbered`.
    pub(super) fn largest(&self, unnumbered: &dyn Fn(&Case) -> String, words: &'static Words) -> Option<Grid> {
        let cases = &self.report.largest;
        let name = |case: &Case| case.case_no.clone().unwrap_or_else(|| unnumbered(case));
        let title = Some(words.labels.largest_cases.to_owned());
        (!cases.is_empty()).then(|| Grid { title, ..case_grid(cases, &name, self.reference, words) })
    }
}

/// A piece of a case's id, by which it can be shown.
pub(super) fn piece(case: &Case) -> String {
    case.id.to_string()[..13].to_owned()
}

impl View for MonthView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let request = &self.report.request;
        let period = request.period();
        let mut blocks =
            vec![Block::Line((words.labels.period)(period.from, period.last())), Block::Grid(self.headline(words))];
        let breakdowns = self.report.breakdowns.iter().filter(|(_, totals)| !totals.rows.is_empty());
        let barred = |grid: Grid| if self.bars { with_bars(grid, words) } else { grid };
        let breakdowns = breakdowns.filter_map(|(part, totals)| self.breakdown(*part, totals, words));
        blocks.extend(breakdowns.map(barred).map(Block::Grid));
        blocks.extend(self.largest(&piece, words).map(Block::Grid));
        blocks.extend(self.completeness.and_then(|found| found.short_grid(words)).map(Block::Grid));
        let mut notes = unknown_notes(&self.report.total(), &MAIN_MEASURES, words);
        notes.extend(self.notes(words));
        notes.extend(self.unfinished_note(words));
        let month = format!("{} · {}", (words.long_month)(request.month), self.place(words));
        Page {
            title: (words.labels.month_title)(&month),
            blocks,
            notes,
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn document(&self, words: &'static Words) -> Document {
        self.as_document(words)
    }

    fn json(&self) -> Value {
        let request = &self.report.request;
        let period = request.period();
        let mut record = Record::new();
        record.put("currency", self.currency.code());
        record.put(
            "period",
            json!({"month": request.month.to_string(), "from": day_value(period.from), "to": day_value(period.last())}),
        );
        record.put("place", self.place_value());
        record.put_opt("as_known", self.known.map(day_value));
        let published = self.published.as_ref().map(|note| {
            let mut record = published_record(&note.publication);
            record.put("changed_since", note.is_changed);
            Value::Object(record)
        });
        record.put("published", published.unwrap_or_default());
        let headline: Record =
            self.report.headline.iter().map(|headline| headline_value(headline, self.currency)).collect();
        record.put("headline", headline);
        for (part, totals) in &self.report.breakdowns {
            record.put(&section(*part), self.totals_records(totals));
        }
        let largest = self.report.largest.iter().map(|case| case_record(case, self.reference));
        record.put("largest_cases", largest.collect::<Vec<_>>());
        record.put("completeness", self.completeness_record());
        Value::Object(record)
    }

    fn template(&self) -> Record {
        let mut record = Record::new();
        let keys = ["section", "region", "region_code", "force", "group", "category"];
        for key in keys {
            record.put(key, Value::Null);
        }
        record
    }

    /// The breakdowns, each row with the name of its section; the month's
    /// total first.
    fn records(&self) -> Vec<Record> {
        let total = Totals {
            rows: vec![crate::domain::TotalsRow { keys: Vec::new(), figures: self.report.total() }],
            total: self.report.total(),
            span: Some(self.report.request.period()),
            agencies: Names::new(),
            query: self.report.request.queries().swap_remove(0),
            is_cut: false,
        };
        let total = self.totals_records(&total);
        let parts = self.report.breakdowns.iter().map(|(part, totals)| (section(*part), self.totals_records(totals)));
        let sections = std::iter::once(("total".to_owned(), total)).chain(parts);
        let named = sections.flat_map(|(section, records)| {
            records.into_iter().map(move |record| {
                let mut named = Record::new();
                named.put("section", section.as_str());
                named.extend(record);
                named
            })
        });
        named.collect()
    }
}

/// By whom and when the figures were published, and whether they still stand.
fn published_line(note: &PublishedNote, month: Month, words: &Words) -> String {
    let said = &words.publishing;
    let PublishedNote { publication, is_changed } = note;
    let records = write_digits(publication.body.records.into(), words.marks);
    let published = (said.published_by)(&publication.who, &moment(publication.at, words), &records);
    let since = if *is_changed { (said.changed_since)(&month.to_string()) } else { said.unchanged_since.to_owned() };
    format!("{published} {since}")
}

fn section(part: Breakdown) -> String {
    format!("by_{}", part.by().code())
}

fn headline_value(headline: &Headline, currency: &Currency) -> (String, Value) {
    let measure = headline.measure;
    let mut record = Record::new();
    let this = headline.this().get(measure);
    record.put("this", figure_value(headline.this(), measure, currency));
    record.put("bound", this.bound().code());
    record.put("unknown", this.unknown);
    let compared = [
        ("previous", headline.previous()),
        ("same_month_last_year", headline.same_month_last_year()),
        ("year_to_date", headline.year_to_date()),
        ("year_to_date_last_year", headline.year_to_date_last_year()),
    ];
    for (key, figures) in compared {
        let sum = figures.get(measure);
        record.put(key, figure_value(figures, measure, currency));
        record.put(&format!("{key}_bound"), sum.bound().code());
        record.put(&format!("{key}_unknown"), sum.unknown);
        if key == "previous" {
            record.put_opt("change_percent", headline.change_percent().map(money_value));
        }
    }
    record.put_opt("year_change_percent", headline.year_change_percent().map(money_value));
    (measure.key().to_owned(), Value::Object(record))
}

impl MonthView<'_> {
    /// The place by the filters that name it; null for the whole country.
    fn place_value(&self) -> Value {
        let place = &self.report.request.place;
        let mut record = Record::new();
        let names = [
            ("region", &place.region),
            ("province", &place.province),
            ("agency", &place.agency),
            ("force", &place.force),
        ];
        for (key, names) in names.into_iter().filter(|(_, names)| !names.is_empty()) {
            record.put(key, names.join(", "));
        }
        if record.is_empty() { Value::Null } else { Value::Object(record) }
    }

    fn completeness_record(&self) -> Record {
        let total = self.report.total();
        let mut record = Record::new();
        record.put("cases", money_value(total.value(Measure::Cases)));
        record.put("seized_unknown", total.get(Measure::SeizedValue).unknown);
        record.put("decisions", money_value(total.value(Measure::Decisions)));
        record.put("fine_unknown", total.get(Measure::FineAmount).unknown);
        if let Some(found) = self.completeness {
            found.put(&mut record);
        }
        record
    }
}
