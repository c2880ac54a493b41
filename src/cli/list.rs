//! `list`: the cases that the filters take in.

use super::args::{ListArgs, WhichArgs};
use super::failure::Failure;
use super::filters::{boundaries, dating};
use super::session::{Session, unit};
use crate::domain::{Cutoff, Dating, Filter, Period};
use crate::render::{CaseListView, Format};
use crate::store::{ListQuery, SortKey, Store};

/// How many cases a table shows unless told otherwise; the rest is counted.
const TABLE_LIMIT: u64 = 50;

pub(super) fn run(session: &Session, args: &ListArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let (sort, ascending) = sort(session, args.sort.as_deref())?;
    let Which { filter, period, dating, limit } = Which::of(session, &store, &args.which)?;
    let query = ListQuery { filter, period, kind: None, dating, sort, ascending, limit, offset: args.which.offset };
    let listed = store.list(&query)?;
    let view = CaseListView {
        cases: &listed.cases,
        matching: listed.matching,
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show(&view, unit(&args.unit))
}

/// The most to give: what was asked for, 0 being all, else what a table shows.
/// Programs get everything: what is cut off in silence is lost.
pub(super) fn table_limit(asked: Option<u64>, is_table: bool) -> Option<u64> {
    match asked {
        Some(limit) => Some(limit).filter(|limit| *limit > 0),
        None => is_table.then_some(TABLE_LIMIT),
    }
}

/// Which cases are asked for, as `list` and `search` take it.
pub(super) struct Which {
    pub(super) filter: Filter,
    pub(super) period: Option<Period>,
    pub(super) dating: Dating,
    pub(super) limit: Option<u64>,
}

impl Which {
    pub(super) fn of(session: &Session, store: &Store, args: &WhichArgs) -> Result<Self, Failure> {
        let limit = table_limit(args.limit, session.format()? == Format::Table);
        let boundaries = boundaries(&args.count.boundaries);
        let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
        Ok(Self {
            filter: args.filters.cases.filter(session, store.reference(), store.currency(), boundaries)?,
            period: args.filters.period(session, cutoff)?,
            dating: dating(&args.count.dated_by),
            limit,
        })
    }
}

fn sort(session: &Session, asked: Option<&str>) -> Result<(SortKey, bool), Failure> {
    const KEYS: [(&str, SortKey); 4] = [
        ("detected_on", SortKey::DetectedOn),
        ("decided_on", SortKey::DecidedOn),
        ("fine_amount", SortKey::FineAmount),
        ("seized_value", SortKey::SeizedValue),
    ];
    let Some(asked) = asked else { return Ok((SortKey::default(), false)) };
    let (name, ascending) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
    let found = KEYS.iter().find(|(key, _)| *key == name.replace('-', "_"));
    let allowed = || KEYS.map(|(key, _)| key).join(", ");
    let key = found.map(|(_, key)| *key).ok_or_else(|| {
        let said = (session.words.errors.allowed)(&allowed());
        Failure::usage((session.words.errors.bad_filter)("sort", asked, &said))
    })?;
    Ok((key, ascending))
}
