//! `month`: the monthly summary, its publication, and its restatement.

mod restate;

use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::args::MonthArgs;
use super::due::time_limits;
use super::export::add_cases;
use super::failure::Failure;
use super::filters::{boundaries, dating, month};
use super::output;
use super::session::{Known, Session, unit};
use crate::domain::{
    Asked, Case, CompletenessQuery, Cutoff, EventKind, Publication, ReportSeal, ReportSetting, Stamp, Totals,
};
use crate::render::{CompletenessView, Format, MonthView, PublishedNote, workbook};
use crate::report::{MonthReport, MonthRequest};
use crate::store::{Error, ExportQuery, ListQuery, SealedSummary, SortKey, Store};

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
    // What is known at the end of a day is all of that day; today has not ended.
    let last = request.period().last();
    let unfinished = match known {
        Some(known) => Some(known.day).filter(|day| *day < last),
        None => Some(session.stamp.today).filter(|today| *today <= last),
    };
    let format = session.format()?;
    let plain = session.output_path().filter(|path| output::special(path).is_none());
    if args.cases && (format != Format::Xlsx || plain.is_none()) {
        return Err(Failure::usage(session.words.reporting.cases_need_xlsx.to_owned()));
    }
    let names_cases = MonthView::names_cases(format);
    // What is missing today was not what was missing then.
    let found = if known.is_none() && names_cases { Some(store.completeness(&query)?) } else { None };
    let largest = names_cases.then_some(args.largest);
    let (report, seal) = if format.is_document() {
        let place = request.place.names();
        let setting = ReportSetting { place, unfinished, ..session.setting(unit(&args.unit)) };
        let (report, seal) = sealed(&mut store, request, args.largest, known, setting, &session.stamp_now())?;
        (report, Some(seal))
    } else {
        (report(&mut store, request, largest, known)?, None)
    };
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
    let bars = args.chart;
    let view = MonthView { report: &report, known, published, completeness, reference, currency, bars, unfinished };
    if !args.cases {
        return session.show_on(&view, format, unit(&args.unit), seal);
    }
    let book = workbook(&view, &session.style(None), &session.paper(seal))?;
    let request = &report.request;
    let query = ExportQuery { filter: request.filter.clone(), period: Some(request.period()), dating: request.dating };
    write_with_cases(session, book, &mut store, &query)
}

/// Writes a workbook with the cases of a month to the file asked for.
fn write_with_cases(session: &Session, book: Workbook, store: &mut Store, query: &ExportQuery) -> Result<(), Failure> {
    let path = session.output_path().unwrap_or(Path::new(""));
    let failed = |error: std::io::Error| Failure::Write { path: path.to_owned(), said: error.to_string() };
    let file = output::beside(path)?;
    let to = std::io::BufWriter::new(file.reopen().map_err(failed)?);
    let count = add_cases(session, book, store, query, to)?.map_err(failed)?;
    output::keep(file, path)?;
    session.say(&(session.words.importing.exported)(&crate::text::write_digits(count.into(), session.words.marks)));
    Ok(())
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
    let list = largest.map(|limit| largest_of(&request, limit));
    let (totals, cases) = match known {
        Some(known) => store.summary_as_known(&request.queries(), list.as_ref(), known.before)?,
        None => store.summary(&request.queries(), list.as_ref())?,
    };
    whole(request, totals, cases)
}

/// The same with what a document says beside it, and what it is checked by.
fn sealed(
    store: &mut Store,
    request: MonthRequest,
    largest: u64,
    known: Option<Known>,
    setting: ReportSetting,
    stamp: &Stamp,
) -> Result<(MonthReport, ReportSeal), Failure> {
    let list = largest_of(&request, largest);
    let asked = Asked::Month { counting: Box::new(request.counting()), largest };
    let queries = request.document_queries();
    let before = known.map(|known| known.before);
    let SealedSummary { totals, cases, seal } =
        store.sealed_summary((&queries, Some(&list)), before, (asked, setting), stamp)?;
    Ok((whole(request, totals, cases)?, seal))
}

/// The cases with the largest fines that a month counts.
pub(super) fn largest_of(request: &MonthRequest, limit: u64) -> ListQuery {
    ListQuery {
        filter: request.filter.clone(),
        period: Some(request.period()),
        kind: Some(EventKind::Decided),
        dating: request.dating,
        sort: SortKey::FineAmount,
        ascending: false,
        limit: Some(limit),
        offset: 0,
    }
}

pub(super) fn whole(request: MonthRequest, totals: Vec<Totals>, cases: Vec<Case>) -> Result<MonthReport, Failure> {
    let report = MonthReport::new(request, totals, cases).map_err(Error::from)?;
    report.ok_or_else(|| Failure::Other("a summary without its figures".to_owned()))
}
