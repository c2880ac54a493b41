//! `record`: one case.

use super::args::RecordArgs;
use super::failure::Failure;
use super::session::Session;
use crate::domain::Case;
use crate::render::{CaseView, Format};

pub(super) fn run(session: &Session, args: RecordArgs) -> Result<(), Failure> {
    let mut store = session.open_or_create()?;
    let entry = args.fields.0;
    let recorded =
        if args.dry_run { store.record_dry(&entry, &session.stamp)? } else { store.record(&entry, &session.stamp)? };
    session.say_warnings(&recorded.warnings, recorded.new_agency.as_ref());
    let said = &session.words.said;
    let say = match (args.dry_run, recorded.already_there) {
        (_, true) => said.already_there,
        (true, false) => said.would_record,
        (false, false) => said.recorded,
    };
    session.say(&say(&name(&recorded.case)));
    if session.format()? == Format::Table && !args.dry_run {
        return session.write(&format!("{}\n", recorded.case.id));
    }
    let view = CaseView {
        case: &recorded.case,
        history: None,
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show(&view, None)
}

/// How a case is called in a sentence: by its number, else its id.
pub(super) fn name(case: &Case) -> String {
    case.case_no.clone().unwrap_or_else(|| case.id.to_string())
}
