//! `search`: the cases in whose texts some words stand.

use super::args::SearchArgs;
use super::failure::Failure;
use super::list::Which;
use super::session::{Session, unit};
use crate::domain::Sought;
use crate::render::{CaseListView, SearchView};
use crate::store::SearchQuery;

pub(super) fn run(session: &Session, args: &SearchArgs) -> Result<(), Failure> {
    let typed = args.words.join(" ");
    let sought = Sought::read(&typed).ok_or_else(|| Failure::usage((session.words.errors.no_words)(&typed)))?;
    let mut store = session.open()?;
    let Which { filter, period, dating, limit } = Which::of(session, &store, &args.which)?;
    let query = SearchQuery { sought, filter, period, dating, best: args.best, limit, offset: args.which.offset };
    let found = store.search(&query)?;
    let list = CaseListView {
        cases: &found.cases,
        matching: found.matching,
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show(&SearchView { list, sought: &query.sought, typed: &typed }, unit(&args.unit))
}
