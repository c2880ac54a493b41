//! `month`: the monthly summary, its publication, and its restatement.

mod restate;

use super::args::MonthArgs;
use super::due::time_limits;
use super::failure::Failure;
use super::filters::{boundaries, dating, month};
use super::session::{Known, Session, unit};
use crate::domain::{CompletenessQuery, Cutoff, EventKind, Publication};
use crate::render::{CompletenessView, MonthView, PublishedNote};
use crate::report::{MonthReport, MonthRequest};
use crate::store::{ListQuery, SortKey, Store};

/// How many of the largest cases a summary shows unless told otherwise.
pub(super) const LARGEST: u64 = 5;

pub(super) fn run(session: &Session, args: &MonthArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let request = request(session, args, &store)?;
    if args.restated {
        return restate::run(session, args, &mut store, &request);
    }
    let known = args.as_known.as_deref().map(|text| session.known(text)).transpose()?;
    let query = CompletenessQuery {
        filter: request.filter.clone(),
        period: Some(request.period()),
        silent_in: request.month,
        cutoff: request.cutoff,
        boundaries: request.boundaries,
        today: session.stamp.today,
        unpaid_before: time_limits(session, &args.limits)?.unpaid_before(session.stamp.today),
        stale: args.stale.days,
    };
    let names_cases = MonthView::names_cases(session.format()?);
    // What is missing today was not what was missing then.
    let found = if known.is_none() && names_cases { Some(store.completeness(&query)?) } else { None };
    let report = report(&mut store, request, names_cases.then_some(args.largest), known)?;
    let published = if args.publish {
        Some(publish(session, args, &mut store, &report.request)?)
    } else {
        store.publication(&report.request.counting())?
    };
    // What was known on a day is not compared with what was published since.
    let published = published.filter(|_| known.is_none());
    let published = match published {
        Some(publication) => Some(PublishedNote { is_changed: !store.still_rests(&publication)?, publication }),
        None => None,
    };
    let (reference, currency) = (store.reference(), store.currency());
    let completeness = found.as_ref().map(|found| CompletenessView { found, query: &query });
    let known = known.map(|known| known.day);
    let view = MonthView { report: &report, known, published, completeness, reference, currency };
    session.show(&view, unit(&args.unit))
}

fn request(session: &Session, args: &MonthArgs, store: &Store) -> Result<MonthRequest, Failure> {
    let boundaries = boundaries(&args.count.boundaries);
    let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
    Ok(MonthRequest {
        month: month(session, &args.of, "month", cutoff)?,
        filter: args.filters.filter(session, store.reference(), store.currency(), boundaries)?,
        place: args.filters.place(store.reference(), session, boundaries),
        dating: dating(&args.count.dated_by),
        cutoff,
        boundaries,
    })
}

fn publish(
    session: &Session,
    args: &MonthArgs,
    store: &mut Store,
    request: &MonthRequest,
) -> Result<Publication, Failure> {
    let words = session.words;
    let last = request.period().last();
    if last > session.stamp.today {
        return Err(Failure::input((words.publishing.not_over)(request.month, last)));
    }
    let (names, filter) = (request.place.names(), &request.place.filter);
    let place = [names.as_str(), filter.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let reason = args.reason.as_deref().unwrap_or_default();
    let publication = store.publish(&request.counting(), &place.join("; "), reason, &session.stamp_now())?;
    session.say(&(words.publishing.done)(&(words.long_month)(request.month), &publication.body.digest));
    Ok(publication)
}

/// The summary that is asked for, now or as it was known, with so many of the
/// largest cases.
pub(super) fn report(
    store: &mut Store,
    request: MonthRequest,
    largest: Option<u64>,
    known: Option<Known>,
) -> Result<MonthReport, Failure> {
    let list = largest.map(|limit| ListQuery {
        filter: request.filter.clone(),
        period: Some(request.period()),
        // The fines that the month counts.
        kind: Some(EventKind::Decided),
        dating: request.dating,
        sort: SortKey::FineAmount,
        ascending: false,
        limit: Some(limit),
        offset: 0,
    });
    let (totals, cases) = match known {
        Some(known) => store.summary_as_known(&request.queries(), list.as_ref(), known.before)?,
        None => store.summary(&request.queries(), list.as_ref())?,
    };
    MonthReport::new(request, totals, cases).ok_or_else(|| Failure::Other("a summary without its figures".to_owned()))
}
