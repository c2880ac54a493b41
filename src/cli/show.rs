//! `show`: one case, its deadlines, and what happened to its record.

use super::args::ShowArgs;
use super::due::time_limits;
use super::failure::Failure;
use super::session::Session;
use crate::render::{CaseView, ShowView, Unit};
use crate::store::Error;

pub(super) fn run(session: &Session, args: &ShowArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let limits = time_limits(session, &args.limits)?;
    let (case, history) = store.find_with_history(&args.case)?;
    let (today, currency) = (session.stamp.today, store.currency());
    let view = ShowView {
        case: CaseView { case: &case, history: Some(&history), reference: store.reference(), currency },
        deadlines: &case.deadlines(&limits),
        late_charge: case.late_charge(&limits, currency, today).total().map_err(Error::from)?,
        today,
    };
    session.show(&view, Some(Unit::One))
}
