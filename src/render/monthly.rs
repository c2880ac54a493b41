//! The monthly summary as a document: sentences, tables and charts.

use rust_decimal::Decimal;

use super::chart::{Bar, Chart, Drawing, Series};
use super::document::{Card, Document, Heading, Part};
use super::month::{MonthView, piece};
use super::provinces;
use super::totals::{grid, ranked};
use crate::domain::{Bound, By, Case, Dating, Figures, Key, Measure, Month, Sum, Totals};
use crate::lang::{Change, Words};
use crate::report::{Breakdown, Details, Headline, Layout, MAIN_MEASURES, pivots};
use crate::text::{spell, write_digits};

/// The measures that are drawn.
const DRAWN: [Measure; 2] = [Measure::FineAmount, Measure::SeizedValue];
/// The measures that are seen first.
const FIRST: [Measure; 4] = [Measure::Cases, Measure::SeizedValue, Measure::FineAmount, Measure::PaidAmount];
/// How many categories are ranked.
const RANKED: usize = 12;
/// A summary on its way into a document.
pub(super) struct Monthly<'a> {
    pub(super) view: &'a MonthView<'a>,
    pub(super) words: &'static Words,
}

impl Monthly<'_> {
    /// The parts of the document, in their order.
    pub(super) fn parts(&self) -> Vec<Part> {
        let said = &self.words.reporting.headings;
        let sections = [
            (said.results, self.results()),
            (said.places, self.places()),
            (said.kinds, self.kinds()),
            (said.largest, self.largest()),
            (said.money_and_goods, self.money_and_goods()),
            (said.completeness, self.completeness()),
        ];
        let sections = sections.into_iter().filter(|(_, parts)| !parts.is_empty());
        let numbered = sections.zip(1..).flat_map(|((heading, parts), number)| {
            let heading = Heading { number: (self.words.reporting.number_of)(number), text: heading.to_owned() };
            std::iter::once(Part::Heading(heading)).chain(parts)
        });
        numbered.collect()
    }

    fn total(&self) -> Figures {
        self.view.report.total()
    }

    fn details(&self) -> Option<&Details> {
        self.view.report.details.as_ref()
    }

    fn results(&self) -> Vec<Part> {
        let is_nothing = self.view.report.headline.iter().all(|headline| headline.this().is_zero());
        let mut parts: Vec<Part> = self.view.unfinished_note(self.words).into_iter().map(Part::Paragraph).collect();
        if self.view.is_to_come() {
            return parts;
        }
        parts.push(Part::Cards(self.cards()));
        if is_nothing {
            parts.push(Part::Paragraph(self.words.reporting.sentences.nothing.to_owned()));
        } else {
            parts.extend([self.found(), self.fined()].map(Part::Paragraph));
        }
        parts.push(Part::Paragraph(self.to_date()));
        parts.push(Part::Table(untitled(self.view.headline(self.words))));
        parts.extend(self.by_month());
        parts
    }

    /// The last day of which it tells.
    fn last(&self) -> chrono::NaiveDate {
        let last = self.view.report.request.period().last();
        self.view.unfinished.or(self.view.known).map_or(last, |day| day.min(last))
    }

    fn headline(&self, measure: Measure) -> Option<&Headline> {
        self.view.report.headline.iter().find(|headline| headline.measure == measure)
    }

    fn cards(&self) -> Vec<Card> {
        let card = |measure: Measure| {
            let headline = self.headline(measure)?;
            let sum = headline.this().get(measure);
            let known = Sum { unknown: if sum.value.is_zero() { sum.unknown } else { 0 }, ..*sum };
            let figure = if measure.is_money() { self.money(&known) } else { self.count(&known) };
            let unknown = Some(sum.unknown).filter(|unknown| *unknown > 0 && known.unknown == 0);
            let unknown = unknown.map(|n| (self.words.reporting.but_for)(&write_digits(n.into(), self.words.marks)));
            let change = Some(self.change(measure)).filter(|change| !change.is_empty());
            let change = change.into_iter().chain(unknown).collect::<Vec<_>>().join("; ");
            Some(Card { label: (self.words.measure)(measure).to_owned(), figure, change })
        };
        FIRST.into_iter().filter_map(card).collect()
    }

    /// How a measure has changed against the month before; nothing where a
    /// number would mean nothing, as a part of a month beside a whole one.
    fn change(&self, measure: Measure) -> String {
        if self.view.unfinished.is_some() {
            return String::new();
        }
        let Some((headline, percent)) = self.headline(measure).and_then(|one| Some((one, one.change_percent()?)))
        else {
            return String::new();
        };
        let before = headline.previous().get(measure);
        let before = if measure.is_money() { self.money(before) } else { self.count(before) };
        let change = match percent.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Greater => Change::Up,
            std::cmp::Ordering::Less => Change::Down,
            std::cmp::Ordering::Equal => Change::Same,
        };
        let percent = format!("{}%", write_digits(percent.abs(), self.words.marks));
        // A change of at least -20 is a fall of at most 20.
        let bound = match (headline.change_bound(), change) {
            (Bound::AtLeast, Change::Down) => Bound::AtMost,
            (Bound::AtMost, Change::Down) => Bound::AtLeast,
            (bound, _) => bound,
        };
        let percent = (self.words.reporting.amount)(&percent, bound);
        (self.words.reporting.change)(&percent, change, &before)
    }

    fn found(&self) -> String {
        let request = &self.view.report.request;
        let (words, total) = (self.words, self.total());
        let period = request.period();
        let month =
            format!("{} ({})", (words.long_month)(request.month), (words.labels.period)(period.from, self.last()));
        let change = after_comma(&self.change(Measure::Cases));
        let (cases, seized) = (self.count(total.get(Measure::Cases)), self.money(total.get(Measure::SeizedValue)));
        (words.reporting.sentences.found)(&month, &self.view.place(words), &cases, &change, &seized)
    }

    fn fined(&self) -> String {
        let total = self.total();
        let fines = total.get(Measure::FineAmount);
        let change = after_comma(&self.change(Measure::FineAmount));
        let (decisions, amount) = (self.count(total.get(Measure::Decisions)), self.money(fines));
        let spelled = self.spelled(fines).map(|spelled| format!(" ({spelled})")).unwrap_or_default();
        (self.words.reporting.sentences.fined)(&decisions, &amount, &spelled, &change)
    }

    /// An exact amount of đồng in words.
    fn spelled(&self, sum: &Sum) -> Option<String> {
        let plain = sum.bound() == Bound::Exact && sum.unknown == 0 && !sum.value.is_zero();
        let spelled = spell(sum.value).filter(|_| plain && self.view.currency.code() == "VND")?;
        (self.words.reporting.in_words)(&spelled)
    }

    fn to_date(&self) -> String {
        let last = self.last();
        let of = |side: fn(&Headline) -> &Figures| {
            let sum = |measure: Measure| self.headline(measure).map(|one| *side(one).get(measure)).unwrap_or_default();
            [
                self.count(&sum(Measure::Cases)),
                self.count(&sum(Measure::Decisions)),
                self.money(&sum(Measure::FineAmount)),
            ]
        };
        let (now, before) = (of(Headline::year_to_date), of(Headline::year_to_date_last_year));
        // Of last year whole months are counted.
        let request = &self.view.report.request;
        let longer = self.view.unfinished.map(|_| request.month.plus(-12).period(request.cutoff).last());
        (self.words.reporting.sentences.to_date)(last, &now, longer, &before)
    }

    /// An amount as a sentence has it.
    fn money(&self, sum: &Sum) -> String {
        let currency = &(self.words.notes.currency_units)(self.view.currency.code())[0];
        self.told(sum, |number| format!("{number} {currency}"))
    }

    /// A number of cases as a sentence has it.
    fn count(&self, sum: &Sum) -> String {
        self.told(sum, self.words.reporting.cases)
    }

    fn told(&self, sum: &Sum, with_unit: impl Fn(&str) -> String) -> String {
        let said = &self.words.reporting;
        if sum.value.is_zero() && sum.unknown > 0 {
            return said.unknown.to_owned();
        }
        let number = write_digits(sum.value.normalize(), self.words.marks);
        let amount = (said.amount)(&with_unit(&number), sum.bound());
        match sum.unknown {
            0 => amount,
            unknown => format!("{amount} ({})", (said.but_for)(&write_digits(unknown.into(), self.words.marks))),
        }
    }

    /// Each measure that is drawn, by months, with last year's.
    fn by_month(&self) -> Vec<Part> {
        let Some(details) = self.details() else { return Vec::new() };
        let month = self.view.report.request.month;
        let labels: Vec<String> = (1..=12).map(|number: u32| number.to_string()).collect();
        let chart = |measure: Measure| {
            let of = |year: i32| {
                let sum = |number: u32| {
                    let at = Month::new(year, number).filter(|at| *at <= month)?;
                    let row = details.months.rows.iter().find(|row| row.keys.first() == Some(&Key::Time(at)));
                    Some(row.map(|row| *row.figures.get(measure)).unwrap_or_default())
                };
                Series { name: (self.words.charts.year)(year), values: (1..=12).map(sum).collect() }
            };
            let series = vec![of(month.year() - 1), of(month.year())];
            let title = (self.words.charts.by_month)((self.words.measure)(measure));
            drawn(Chart {
                title,
                is_money: measure.is_money(),
                drawing: Drawing::Columns { labels: labels.clone(), series },
            })
        };
        DRAWN.into_iter().filter_map(chart).collect()
    }

    fn places(&self) -> Vec<Part> {
        let Some(details) = self.details() else { return Vec::new() };
        let mut parts: Vec<Part> = self.table(&details.places).into_iter().map(Part::Table).collect();
        if let Some((_, regions)) = self.view.report.breakdowns.iter().find(|(part, _)| *part == Breakdown::Region) {
            parts.extend(self.ranked(By::Region, regions));
        }
        parts.extend(self.map(details));
        parts
    }

    fn table(&self, totals: &Totals) -> Option<super::Grid> {
        let layout = Layout { measures: MAIN_MEASURES.to_vec(), ..Layout::default() };
        let pivot = pivots(totals, &layout).ok()?.into_iter().next()?;
        (!totals.rows.is_empty()).then(|| grid(&pivot, self.view.namer(totals), None, self.words))
    }

    /// Fines by a key, the largest first.
    fn ranked(&self, by: By, totals: &Totals) -> Option<Part> {
        let measure =
            if totals.total.value(Measure::FineAmount).is_zero() { Measure::SeizedValue } else { Measure::FineAmount };
        let bar = |row: &crate::domain::TotalsRow| {
            let label = self.view.namer(totals).label(by, *row.keys.first()?, self.words);
            Some(Bar { label, sum: *row.figures.get(measure) })
        };
        let bars = ranked(totals.rows.iter().filter_map(bar).collect(), RANKED, self.words);
        let title = (self.words.charts.ranked)((self.words.measure)(measure), (self.words.by)(by));
        let chart = Chart { title, is_money: measure.is_money(), drawing: Drawing::Bars(bars) };
        let several = matches!(&chart.drawing, Drawing::Bars(bars) if bars.len() > 1);
        several.then(|| drawn(chart)).flatten()
    }

    /// The map of fines.
    fn map(&self, details: &Details) -> Option<Part> {
        let request = &self.view.report.request;
        // A map of some places would say that in all others there was nothing.
        if !request.place.names().is_empty() {
            return None;
        }
        let figures = details.places.rows.iter().filter_map(|row| match row.keys.last() {
            Some(Key::Province(id)) => Some((*id, *row.figures.get(Measure::FineAmount))),
            _ => None,
        });
        let places = (self.view.reference, request.boundaries);
        provinces::map(Measure::FineAmount, figures, places, request.period().last(), self.words).map(Part::Chart)
    }

    fn kinds(&self) -> Vec<Part> {
        let kinds = [Breakdown::Force, Breakdown::Group, Breakdown::Category];
        let of = |kind: Breakdown| self.view.report.breakdowns.iter().find(|(part, _)| *part == kind);
        let parts = kinds.into_iter().filter_map(of).filter(|(_, totals)| !totals.rows.is_empty());
        let tables = parts.flat_map(|(part, totals)| {
            let table = self.view.breakdown(*part, totals, self.words).map(Part::Table);
            let chart = self.ranked(part.by(), totals).filter(|_| *part != Breakdown::Force);
            let groups = (*part == Breakdown::Group).then(|| self.groups(totals)).flatten();
            groups.into_iter().chain(table).chain(chart)
        });
        tables.collect()
    }

    /// What belongs to the groups that are shown.
    fn groups(&self, totals: &Totals) -> Option<Part> {
        let shown = totals.rows.iter().filter_map(|row| match row.keys.first() {
            Some(Key::Group(group)) => *group,
            _ => None,
        });
        let told = shown.map(|group| {
            let of_group = self.view.reference.violations.iter().filter(|violation| violation.group == Some(group));
            let names = of_group.map(|violation| self.words.name(&violation.name, &violation.name_en));
            (self.words.reporting.group)(group.code(), &names.collect::<Vec<_>>().join("; "))
        });
        let told = told.collect::<Vec<_>>().join(" ");
        (!told.is_empty()).then_some(Part::Paragraph(told))
    }

    /// What was paid and what became of goods; nothing where all counts on the
    /// day of detection, which tells neither.
    fn money_and_goods(&self) -> Vec<Part> {
        if self.view.report.request.dating == Dating::Detected || self.view.is_to_come() {
            return Vec::new();
        }
        let (said, total) = (&self.words.reporting.sentences, self.total());
        let last = self.last();
        let money = |measure: Measure| self.money(total.get(measure));
        let mut sentences = vec![(said.paid)(&money(Measure::PaidAmount))];
        if let Some(details) = self.details() {
            let (fined, paid) = (details.to_date.get(Measure::FineAmount), details.to_date.get(Measure::PaidAmount));
            let owed = Some(&details.outstanding).filter(|owed| !owed.value.is_sign_negative());
            let owed =
                owed.map(|owed| (said.outstanding)(last, &self.money(owed), &self.money(fined), &self.money(paid)));
            sentences.extend(owed);
        }
        let gone = [Measure::DestroyedValue, Measure::SoldValue, Measure::ReturnedValue, Measure::HandedOverValue];
        sentences.push((said.disposed)(&gone.map(money)));
        // More may be recorded as dealt with than as seized: then it says nothing.
        let held = self.details().map(|details| &details.held).filter(|held| !held.value.is_sign_negative());
        sentences.extend(held.map(|held| (said.held)(last, &self.money(held))));
        if !total.get(Measure::Transferred).value.is_zero() {
            let persons = write_digits(total.value(Measure::Persons).normalize(), self.words.marks);
            sentences.push((said.transferred)(&self.count(total.get(Measure::Transferred)), &persons));
        }
        sentences.into_iter().map(Part::Paragraph).collect()
    }

    fn largest(&self) -> Vec<Part> {
        // A piece of its id, by which it is named among what is missing too.
        let unnumbered = |case: &Case| format!("{} {}", self.words.reporting.no_number, piece(case));
        self.view.largest(&unnumbered, self.words).map(untitled).map(Part::Table).into_iter().collect()
    }

    fn completeness(&self) -> Vec<Part> {
        let mut notes = super::totals::unknown_notes(&self.total(), &MAIN_MEASURES, self.words);
        let total = self.total();
        let is_known = Measure::ALL.into_iter().all(|measure| total.get(measure).unknown == 0);
        if notes.is_empty() && is_known && !total.is_zero() {
            notes.push(self.words.reporting.sentences.all_known.to_owned());
        }
        let found = self.view.completeness.and_then(|found| found.short_grid(self.words));
        notes.into_iter().map(Part::Paragraph).chain(found.map(untitled).map(Part::Table)).collect()
    }
}

/// A table under a heading of its own.
fn untitled(grid: super::Grid) -> super::Grid {
    super::Grid { title: None, ..grid }
}

/// A chart, if it shows anything.
fn drawn(chart: Chart) -> Option<Part> {
    chart.shows_anything().then_some(Part::Chart(chart))
}

fn after_comma(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(", {text}") }
}

impl MonthView<'_> {
    /// The summary as a document.
    pub(super) fn as_document(&self, words: &'static Words) -> Document {
        let request = &self.report.request;
        Document {
            kind: Some(words.reporting.report.to_owned()),
            subject: (words.reporting.subject)(request.month, &self.place(words)),
            parts: Monthly { view: self, words }.parts(),
            notes: self.notes(words),
            unit: super::Unit::One,
            currency: self.currency.code().to_owned(),
        }
    }
}
