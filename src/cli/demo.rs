//! `demo`: the sample cases, their totals and the summary of a month.

use super::args::DemoArgs;
use super::failure::Failure;
use super::session::{Session, unit, vietnam};
use super::{month, totals};
use crate::domain::{Boundaries, By, Cutoff, Dating, Field, Filter, Measure, Month, Period, TotalsQuery};
use crate::exchange::read_csv;
use crate::render::{MonthView, TotalsView};
use crate::report::{Layout, MonthRequest, Place, pivots};
use crate::store::Store;

const SAMPLE: &str = include_str!("../../data/sample.csv");
/// The last of the periods that the sample's totals show, in months.
const MONTHS: i32 = 4;

pub(super) fn run(session: &Session, args: &DemoArgs) -> Result<(), Failure> {
    let mut stamp = session.stamp.clone();
    let entries = read_csv(SAMPLE).map_err(|error| Failure::Other(error.to_string()))?;
    let mut store = Store::in_memory(&vietnam()?, &stamp)?;
    let mut latest = None;
    for entry in &entries {
        // The sample's own last day, should the clock be behind it.
        stamp.today = stamp.today.max(chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap_or_default());
        let recorded = store.record(entry, &stamp)?;
        let from_news = entry.values.get(&Field::Source).is_some_and(|source| source.starts_with("Báo chí"));
        latest = latest.max(Some(recorded.case.detected_on).filter(|_| from_news));
    }
    let last = Month::of(latest.unwrap_or(stamp.today), Cutoff::default());
    session.say(&(session.words.said.demo)(&entries.len().to_string()));
    show_totals(session, &mut store, last, args)?;
    session.write("\n")?;
    show_month(session, &mut store, last, args)
}

fn show_totals(session: &Session, store: &mut Store, last: Month, args: &DemoArgs) -> Result<(), Failure> {
    let first = last.plus(1 - MONTHS);
    let query = TotalsQuery {
        by: vec![By::Region, By::Month],
        filter: Filter::default(),
        period: Some(Period {
            from: first.period(Cutoff::default()).from,
            until: last.period(Cutoff::default()).until,
        }),
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        no_empty: false,
    };
    let found = store.totals(&query)?;
    let layout = Layout { measures: vec![Measure::FineAmount, Measure::SeizedValue], ..Layout::default() };
    let pivots = pivots(&found, &layout).map_err(|error| totals::unlaid(session, error))?;
    let view = TotalsView {
        totals: &found,
        pivots: &pivots,
        measures: &[],
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show(&view, unit(&args.unit))
}

fn show_month(session: &Session, store: &mut Store, last: Month, args: &DemoArgs) -> Result<(), Failure> {
    let request = MonthRequest {
        month: last,
        filter: Filter::default(),
        place: Place::default(),
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
    };
    let report = month::report(store, request, month::LARGEST)?;
    let view = MonthView { report: &report, reference: store.reference(), currency: store.currency() };
    session.show(&view, unit(&args.unit))
}
