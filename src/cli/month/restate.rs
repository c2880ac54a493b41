//! `month --restated`: published figures beside those of today.

use crate::cli::args::MonthArgs;
use crate::cli::failure::Failure;
use crate::cli::session::{Session, unit};
use crate::render::RestatedView;
use crate::report::MonthRequest;
use crate::store::Store;

pub(super) fn run(
    session: &Session,
    args: &MonthArgs,
    store: &mut Store,
    request: &MonthRequest,
) -> Result<(), Failure> {
    let restatement = store.restate(&request.counting())?;
    let not_published = || (session.words.publishing.not_published)(&request.month.to_string());
    let restatement = restatement.ok_or_else(|| Failure::NotThere(not_published()))?;
    let all = store.publications_of(&request.counting())?;
    let (reference, currency) = (store.reference(), store.currency());
    let view = RestatedView { restatement: &restatement, all: &all, request, reference, currency };
    session.show(&view, unit(&args.unit))
}
