//! `totals`: figures added up.

use super::args::TotalsArgs;
use super::due::time_limits;
use super::failure::Failure;
use super::fields::key_of;
use super::filters::{boundaries, dating};
use super::session::{Session, unit};
use crate::domain::{By, Cutoff, Measure, TotalsQuery};
use crate::render::{Format, TotalsView};
use crate::report::{Layout, LayoutError, MAIN_MEASURES, pivots, time_last};
use crate::store::{Error, Late};

/// What is shown where periods stand across, a table for each.
const ACROSS: [Measure; 3] = [Measure::Cases, Measure::FineAmount, Measure::SeizedValue];
pub(super) fn run(session: &Session, args: &TotalsArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let mut by = by(session, args)?;
    let is_table = matches!(session.format()?, Format::Table | Format::Markdown);
    if is_table {
        time_last(&mut by);
    }
    let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
    let boundaries = boundaries(&args.count.boundaries);
    let query = TotalsQuery {
        filter: args.filters.cases.filter(session, store.reference(), store.currency(), boundaries)?,
        period: args.filters.period(session, cutoff)?,
        dating: dating(&args.count.dated_by),
        cutoff,
        boundaries,
        no_empty: args.no_empty,
        by,
    };
    let known = args.as_known.as_deref().map(|text| session.known(text)).transpose()?;
    let limits = asks_for_late_charges(session, args)?.then(|| time_limits(session, &args.limits)).transpose()?;
    // What is charged on a day is known when it has passed.
    let today = known.map_or(session.stamp.today, |known| known.day);
    let late = limits.as_ref().map(|limits| Late { limits, today });
    let mut totals = match known {
        Some(known) => store.totals_as_known(&query, late, known.before)?,
        None => store.totals_with(&query, late)?,
    };
    let asked = args.measure.first().map(|name| measure(session, "measure", name)).transpose()?;
    let ascending = args.sort.as_deref().is_some_and(|name| name.starts_with('-'));
    let sort = args.sort.as_deref().map(|name| measure(session, "sort", name.trim_start_matches('-'))).transpose()?;
    if let Some(top) = args.top {
        let n = usize::try_from(top).unwrap_or(usize::MAX);
        totals.keep_top(n, sort.or(asked).unwrap_or(Measure::FineAmount)).map_err(Error::from)?;
    } else if let Some(sort) = sort {
        totals.sort_by(sort, ascending);
    }
    let place = args.filters.cases.place(store.reference(), session, boundaries);
    let layout = Layout {
        measures: measures(session, args, &totals.query)?,
        average: args.average,
        percent: args.percent,
        transpose: args.transpose,
    };
    // Programs get rows, in whatever order of keys they ask for.
    let pivots = if is_table { pivots(&totals, &layout).map_err(|error| unlaid(session, error))? } else { Vec::new() };
    let view = TotalsView {
        totals: &totals,
        place: &place,
        pivots: &pivots,
        known: known.map(|known| known.day),
        measures: if args.measure.is_empty() { &[] } else { &layout.measures },
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show(&view, unit(&args.unit))
}

/// Why totals can't be laid out as asked.
pub(super) fn unlaid(session: &Session, error: LayoutError) -> Failure {
    match error {
        LayoutError::AverageWithoutPeriods => Failure::usage(session.words.errors.average_without_periods.to_owned()),
        LayoutError::Overflow => Error::Overflow(crate::domain::Overflow).into(),
    }
}

/// Whether they are shown or sorted by what is worked out only when asked for.
fn asks_for_late_charges(session: &Session, args: &TotalsArgs) -> Result<bool, Failure> {
    let sort = args.sort.as_deref().map(|name| measure(session, "sort", name.trim_start_matches('-')));
    let asked = args.measure.iter().map(|name| measure(session, "measure", name));
    asked.chain(sort).try_fold(false, |asks, measure| Ok(asks || measure? == Measure::LateCharge))
}

fn by(session: &Session, args: &TotalsArgs) -> Result<Vec<By>, Failure> {
    let mut by: Vec<By> = Vec::new();
    for name in args.by.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let found = By::ALL.iter().copied().find(|by| by.code() == name.to_ascii_lowercase());
        let allowed = || By::ALL.iter().map(|by| by.code()).collect::<Vec<_>>().join(", ");
        let one = found.ok_or_else(|| not_allowed(session, "by", name, &allowed()))?;
        if !by.contains(&one) {
            by.push(one);
        }
    }
    if args.tree && !by.contains(&By::Region) {
        let at = by.iter().position(|by| *by == By::Province).unwrap_or(0);
        by.insert(at, By::Region);
    }
    if args.tree && !by.contains(&By::Province) {
        let at = by.iter().position(|by| *by == By::Region).unwrap_or(0);
        by.insert(at + 1, By::Province);
    }
    Ok(by)
}

fn measures(session: &Session, args: &TotalsArgs, query: &TotalsQuery) -> Result<Vec<Measure>, Failure> {
    if !args.measure.is_empty() {
        return args.measure.iter().map(|name| measure(session, "measure", name)).collect();
    }
    let across = query.by.iter().skip(1).any(|by| by.time_unit().is_some());
    Ok(if across { ACROSS.to_vec() } else { MAIN_MEASURES.to_vec() })
}

fn measure(session: &Session, flag: &str, name: &str) -> Result<Measure, Failure> {
    let allowed = || Measure::asked().map(Measure::key).collect::<Vec<_>>().join(", ");
    let key = key_of(name);
    Measure::from_key(&key).ok_or_else(|| not_allowed(session, flag, name, &allowed()))
}

fn not_allowed(session: &Session, flag: &str, value: &str, allowed: &str) -> Failure {
    let errors = &session.words.errors;
    Failure::usage((errors.bad_filter)(flag, value, &(errors.allowed)(allowed)))
}
