//! `month`: the monthly summary.

use super::args::MonthArgs;
use super::failure::Failure;
use super::filters::{boundaries, dating, month};
use super::session::{Session, unit};
use crate::domain::{CompletenessQuery, Cutoff, EventKind};
use crate::render::{CompletenessView, MonthView};
use crate::report::{MonthReport, MonthRequest};
use crate::store::{ListQuery, SortKey, Store};

/// How many of the largest cases a summary shows unless told otherwise.
pub(super) const LARGEST: u64 = 5;

pub(super) fn run(session: &Session, args: &MonthArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let boundaries = boundaries(&args.count.boundaries);
    let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
    let request = MonthRequest {
        month: month(session, &args.of, "month", cutoff)?,
        filter: args.filters.filter(session, store.reference(), store.currency(), boundaries)?,
        place: args.filters.place(store.reference(), session, boundaries),
        dating: dating(&args.count.dated_by),
        cutoff,
        boundaries,
    };
    let query = CompletenessQuery {
        filter: request.filter.clone(),
        period: Some(request.period()),
        silent_in: request.month,
        cutoff,
        boundaries,
        today: session.stamp.today,
        stale: args.stale.days,
    };
    let found = store.completeness(&query)?;
    let report = report(&mut store, request, args.largest)?;
    let completeness = Some(CompletenessView { found: &found, query: &query });
    let view = MonthView { report: &report, completeness, reference: store.reference(), currency: store.currency() };
    session.show(&view, unit(&args.unit))
}

/// The summary that is asked for.
pub(super) fn report(store: &mut Store, request: MonthRequest, largest: u64) -> Result<MonthReport, Failure> {
    let query = ListQuery {
        filter: request.filter.clone(),
        period: Some(request.period()),
        // The fines that the month counts.
        kind: Some(EventKind::Decided),
        dating: request.dating,
        sort: SortKey::FineAmount,
        ascending: false,
        limit: Some(largest),
        offset: 0,
    };
    let (totals, listed) = store.summary(&request.queries(), &query)?;
    MonthReport::new(request, totals, listed.cases)
        .ok_or_else(|| Failure::Other("a summary without its figures".to_owned()))
}
