//! `show`: one case, and what happened to its record.

use super::args::ShowArgs;
use super::failure::Failure;
use super::session::Session;
use crate::render::{CaseView, Unit};

pub(super) fn run(session: &Session, args: &ShowArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let (case, history) = store.find_with_history(&args.case)?;
    let view =
        CaseView { case: &case, history: Some(&history), reference: store.reference(), currency: store.currency() };
    session.show(&view, Some(Unit::One))
}
