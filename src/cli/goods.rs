//! `goods`: what is held of seized goods, where and since when.

use clap::Args;

use super::args::{CountArgs, UnitArgs};
use super::failure::Failure;
use super::filters::{FilterArgs, boundaries, dating};
use super::session::{Session, unit};
use crate::domain::{By, Cutoff, EventKind, StockLot, StockQuery, StockSums, TotalsQuery};
use crate::render::{Format, GoodsView, StockView};
use crate::report::Place;
use crate::store::{Error, GoodsQuery, Store};

/// How many lots a table shows unless told otherwise; the rest is counted.
const TABLE_LIMIT: u64 = 50;
/// What sums are put by that is no key of totals.
const HOW: &str = "how";

#[derive(Debug, Args)]
pub(super) struct GoodsArgs {
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    count: CountArgs,
    /// What was held at the end of this day
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Lots that have gone too, with the whole balance
    #[arg(long)]
    all: bool,
    /// Sums by unit of measure and: region, province, agency, force, violation, group, category, status, month, quarter, year; or how, which sums up disposals
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    by: Vec<String>,
    /// The order: since, what is held longest first; -since, what is held longest last
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// The most to show; 0 is all
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: u64,
    #[command(flatten)]
    unit: UnitArgs,
}

pub(super) fn run(session: &Session, args: &GoodsArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let boundaries = boundaries(&args.count.boundaries);
    let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
    let (by, by_how) = by(session, args)?;
    let query = GoodsQuery {
        filter: args.filters.cases.filter(session, store.reference(), store.currency(), boundaries)?,
        period: args.filters.period(session, cutoff)?,
        // What was taken in in the period, or went in it.
        kind: (!by_how).then_some(EventKind::Detected),
        dating: dating(&args.count.dated_by),
        on: args.on.as_ref().map_or(Ok(session.stamp.today), |text| session.day("on", text))?,
        all: args.all || !by.is_empty() || by_how,
        newest_first: newest_first(session, args.sort.as_deref())?,
    };
    let place = args.filters.cases.place(store.reference(), session, boundaries);
    if by.is_empty() && !by_how {
        return list(session, args, &mut store, &query, &place);
    }
    if args.sort.is_some() || args.limit.is_some() || args.offset > 0 {
        return Err(Failure::usage(session.words.ledger.sums_alone.to_owned()));
    }
    let keys = TotalsQuery {
        by,
        filter: query.filter.clone(),
        period: query.period,
        dating: query.dating,
        cutoff,
        boundaries,
        no_empty: true,
    };
    sums(session, &mut store, &query, &StockQuery { keys, by_how }, &place)
}

fn list(
    session: &Session,
    args: &GoodsArgs,
    store: &mut Store,
    query: &GoodsQuery,
    place: &Place,
) -> Result<(), Failure> {
    let limit = match args.limit {
        Some(0) => None,
        Some(limit) => Some(limit),
        // Programs get everything: what is cut off in silence is lost.
        None => (session.format()? == Format::Table).then_some(TABLE_LIMIT),
    };
    let mut lots: Vec<StockLot> = Vec::new();
    let mut matching = 0;
    let end = limit.map(|limit| args.offset.saturating_add(limit));
    let agencies = store.goods(query, &mut |lot| {
        if matching >= args.offset && end.is_none_or(|end| matching < end) {
            lots.push(lot);
        }
        matching += 1;
        Ok(())
    })?;
    let view = GoodsView {
        lots: &lots,
        matching,
        on: query.on,
        all: query.all,
        place,
        agencies: &agencies,
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show(&view, unit(&args.unit))
}

fn sums(
    session: &Session,
    store: &mut Store,
    query: &GoodsQuery,
    stock: &StockQuery,
    place: &Place,
) -> Result<(), Failure> {
    let reference = store.reference().clone();
    let mut sums = StockSums::new(stock.clone());
    let agencies = store.goods(query, &mut |lot| sums.add(&lot, &reference).map_err(Error::from))?;
    let rows = sums.rows(&agencies, &reference);
    let view = StockView { rows: &rows, query: stock, on: query.on, place, agencies: &agencies, reference: &reference };
    session.show(&view, None)
}

/// What sums are put by, and whether what went is summed up by its way.
fn by(session: &Session, args: &GoodsArgs) -> Result<(Vec<By>, bool), Failure> {
    let (mut keys, mut by_how) = (Vec::new(), false);
    for name in args.by.iter().map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty()) {
        if name == HOW {
            by_how = true;
            continue;
        }
        let found = By::ALL.iter().copied().find(|by| by.code() == name);
        let one = found.ok_or_else(|| {
            let allowed: Vec<&str> = By::ALL.iter().map(|by| by.code()).chain([HOW]).collect();
            let errors = &session.words.errors;
            Failure::usage((errors.bad_filter)("by", &name, &(errors.allowed)(&allowed.join(", "))))
        })?;
        if !keys.contains(&one) {
            keys.push(one);
        }
    }
    Ok((keys, by_how))
}

fn newest_first(session: &Session, sort: Option<&str>) -> Result<bool, Failure> {
    match sort {
        None | Some("since") => Ok(false),
        Some("-since") => Ok(true),
        Some(other) => {
            let errors = &session.words.errors;
            Err(Failure::usage((errors.bad_filter)("sort", other, &(errors.allowed)("since, -since"))))
        }
    }
}
