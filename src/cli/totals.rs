//! `totals`: figures added up.

use super::args::TotalsArgs;
use super::due::time_limits;
use super::failure::Failure;
use super::fields::key_of;
use super::filters::{boundaries, dating};
use super::reports::{Expected, ReportFinding};
use super::session::{Known, Session, unit};
use crate::domain::{Asked, AskedTotals, By, Cutoff, Measure, ReportSeal, ReportSetting, Stamp, Totals, TotalsQuery};
use crate::render::{Format, Style, TotalsView, document_rows};
use crate::report::{Layout, LayoutError, MAIN_MEASURES, Place, pivots, time_last};
use crate::store::{Error, Late, SealedSummary, Store};

/// What is shown where periods stand across, a table for each.
const ACROSS: [Measure; 3] = [Measure::Cases, Measure::FineAmount, Measure::SeizedValue];
pub(super) fn run(session: &Session, args: &TotalsArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let mut by = by(session, args)?;
    let format = session.format()?;
    let is_table = format.is_for_people();
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
    let shape = Shape::of(session, args, &query)?;
    let (mut totals, seal) = match known {
        // What is charged for paying late is no figure of the journal's.
        _ if format.is_document() && late.is_none() => {
            let asked = Asked::Totals(Box::new(shape.asked(&query)));
            let asked = (asked, session.setting(unit(&args.unit)));
            let (totals, seal) = sealed(&mut store, &query, asked, known, &session.stamp_now())?;
            (totals, Some(seal))
        }
        Some(known) => (store.totals_as_known(&query, late, known.before)?, None),
        None => (store.totals_with(&query, late)?, None),
    };
    shape.put(&mut totals)?;
    let place = args.filters.cases.place(store.reference(), session, boundaries);
    let layout = &shape.layout;
    // Programs get rows, in whatever order of keys they ask for.
    let pivots = if is_table { pivots(&totals, layout).map_err(|error| unlaid(session, error))? } else { Vec::new() };
    let view = TotalsView {
        bars: args.chart && !format.is_document(),
        totals: &totals,
        place: &place,
        pivots: &pivots,
        known: known.map(|known| known.day),
        measures: if args.measure.is_empty() { &[] } else { &layout.measures },
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show_on(&view, format, unit(&args.unit), seal)
}

/// How totals are shown: which rows, in which order, and how they are laid out.
struct Shape {
    /// The measure by which rows are ranked.
    rank: Option<Measure>,
    ascending: bool,
    /// How many of the largest are kept apart.
    top: Option<usize>,
    layout: Layout,
}

impl Shape {
    fn of(session: &Session, args: &TotalsArgs, query: &TotalsQuery) -> Result<Self, Failure> {
        let asked = args.measure.first().map(|name| measure(session, "measure", name)).transpose()?;
        let sort = args.sort.as_deref();
        let sorted = sort.map(|name| measure(session, "sort", name.trim_start_matches('-'))).transpose()?;
        let top = args.top.map(|top| usize::try_from(top).unwrap_or(usize::MAX));
        let ranked = || sorted.or(asked).unwrap_or(Measure::FineAmount);
        Ok(Self {
            rank: if top.is_some() { Some(ranked()) } else { sorted },
            ascending: sort.is_some_and(|name| name.starts_with('-')),
            top,
            layout: Layout {
                measures: measures(session, args, query)?,
                average: args.average,
                percent: args.percent,
                transpose: args.transpose,
            },
        })
    }

    /// The same as a seal keeps it, and back.
    fn asked(&self, query: &TotalsQuery) -> AskedTotals {
        AskedTotals {
            measures: self.layout.measures.iter().map(|measure| measure.key().to_owned()).collect(),
            sort: self.rank.map(|measure| measure.key().to_owned()),
            ascending: self.ascending,
            top: self.top,
            average: self.layout.average,
            percent: self.layout.percent,
            transpose: self.layout.transpose,
            ..AskedTotals::new(query)
        }
    }

    /// `None` where a measure is not known.
    fn of_asked(asked: &AskedTotals) -> Option<Self> {
        let measures = asked.measures.iter().map(|key| Measure::from_key(key)).collect::<Option<_>>()?;
        let rank = match &asked.sort {
            Some(key) => Some(Measure::from_key(key)?),
            None => None,
        };
        let AskedTotals { ascending, top, average, percent, transpose, .. } = *asked;
        Some(Self { rank, ascending, top, layout: Layout { measures, average, percent, transpose } })
    }

    /// Puts rows in their order, and those that are not shown into one.
    fn put(&self, totals: &mut Totals) -> Result<(), Failure> {
        match (self.top, self.rank) {
            (Some(top), Some(rank)) => Ok(totals.keep_top(top, rank).map_err(Error::from)?),
            (None, Some(rank)) => {
                totals.sort_by(rank, self.ascending);
                Ok(())
            }
            (_, None) => Ok(()),
        }
    }
}

/// Totals with what a document is checked by.
fn sealed(
    store: &mut Store,
    query: &TotalsQuery,
    asked: (Asked, ReportSetting),
    known: Option<Known>,
    stamp: &Stamp,
) -> Result<(Totals, ReportSeal), Failure> {
    let before = known.map(|known| known.before);
    let summary = store.sealed_summary((std::slice::from_ref(query), None), before, asked, stamp)?;
    let SealedSummary { mut totals, seal, .. } = summary;
    let totals = totals.pop().ok_or_else(|| Failure::Other("totals without figures".to_owned()))?;
    Ok((totals, seal))
}

/// What a document of these totals has.
pub(super) fn expected(
    store: &mut Store,
    seal: &ReportSeal,
    asked: &AskedTotals,
    format: Format,
    style: &Style,
) -> Result<Result<Expected, ReportFinding>, Failure> {
    let (Some(query), Some(shape)) = (asked.query(), Shape::of_asked(asked)) else {
        return Ok(Err(ReportFinding::BadSeal(asked.measures.join(", "))));
    };
    let mut found = match store.summary_of_seal(seal, std::slice::from_ref(&query), None)? {
        Ok(found) => found,
        Err(finding) => return Ok(Err(ReportFinding::Casebook(finding))),
    };
    let mut totals = found.totals.pop().ok_or_else(|| Failure::Other("totals without figures".to_owned()))?;
    shape.put(&mut totals)?;
    let Ok(pivots) = pivots(&totals, &shape.layout) else {
        return Ok(Err(ReportFinding::BadSeal(asked.measures.join(", "))));
    };
    let view = TotalsView {
        bars: false,
        totals: &totals,
        place: &Place::default(),
        pivots: &pivots,
        known: None,
        measures: &[],
        reference: store.reference(),
        currency: store.currency(),
    };
    Ok(Ok(Expected { rows: document_rows(&view, format, style), still_holds: found.still_holds }))
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
