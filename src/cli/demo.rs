//! `demo`: the sample cases, their totals and the summary of a month.

use serde_json::{Value, json};

use super::args::DemoArgs;
use super::failure::Failure;
use super::session::{Session, unit, vietnam};
use super::{month, totals};
use crate::domain::{Boundaries, By, Cutoff, Dating, Filter, Measure, Month, Period, TotalsQuery};
use crate::exchange::read_sample;
use crate::lang::Words;
use crate::render::{Block, MonthView, Page, Record, TotalsView, View};
use crate::report::{Layout, MonthRequest, Place, pivots};
use crate::store::Store;

const SAMPLE: &str = include_str!("../../data/sample.csv");
/// The last of the periods that the sample's totals show, in months.
const MONTHS: i32 = 4;

pub(super) fn run(session: &Session, args: &DemoArgs) -> Result<(), Failure> {
    let mut stamp = session.stamp.clone();
    // The sample's own last day, should the clock be behind it.
    stamp.today = stamp.today.max(chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or_default());
    let entries = read_sample(SAMPLE).map_err(|error| Failure::Other(error.to_string()))?;
    let mut store = Store::in_memory(&vietnam()?, &stamp)?;
    let mut latest = None;
    for entry in &entries {
        let recorded = store.record(entry, &stamp)?;
        latest = latest.max(Some(recorded.case.detected_on));
    }
    let last = Month::of(latest.unwrap_or(stamp.today), Cutoff::default());
    session.say(&(session.words.said.demo)(&entries.len().to_string()));
    let found = store.totals(&query(last))?;
    let layout = Layout { measures: vec![Measure::FineAmount, Measure::SeizedValue], ..Layout::default() };
    let pivots = pivots(&found, &layout).map_err(|error| totals::unlaid(session, error))?;
    let report = month::report(&mut store, request(last), Some(month::LARGEST), None)?;
    let (reference, currency) = (store.reference(), store.currency());
    let place = Place::default();
    let view = DemoView {
        totals: TotalsView {
            bars: false,
            totals: &found,
            place: &place,
            pivots: &pivots,
            known: None,
            measures: &[],
            reference,
            currency,
        },
        month: MonthView::new(&report, reference, currency),
    };
    session.show(&view, unit(&args.unit))
}

fn query(last: Month) -> TotalsQuery {
    let first = last.plus(1 - MONTHS).period(Cutoff::default());
    TotalsQuery {
        by: vec![By::Region, By::Month],
        filter: Filter::default(),
        period: Some(Period { from: first.from, until: last.period(Cutoff::default()).until }),
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        no_empty: false,
    }
}

fn request(month: Month) -> MonthRequest {
    MonthRequest {
        month,
        filter: Filter::default(),
        place: Place::default(),
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
    }
}

/// The totals and the summary, one after the other.
struct DemoView<'a> {
    totals: TotalsView<'a>,
    month: MonthView<'a>,
}

impl View for DemoView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let (totals, month) = (self.totals.page(words), self.month.page(words));
        let mut blocks = totals.blocks;
        blocks.push(Block::Line(month.title));
        blocks.extend(month.blocks);
        Page { blocks, notes: month.notes, ..totals }
    }

    fn json(&self) -> Value {
        json!({"totals": self.totals.json(), "month": self.month.json()})
    }

    fn records(&self) -> Vec<Record> {
        self.totals.records()
    }
}
