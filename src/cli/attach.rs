//! `attach`: photos and scans of a case.

use std::io::{self, IsTerminal, Write};

use super::failure::Failure;
use super::output;
use super::record::name;
use super::safety_args::AttachArgs;
use super::session::Session;
use crate::domain::Attachment;
use crate::render::{CaseView, Format, Unit};

pub(super) fn run(session: &Session, args: &AttachArgs) -> Result<(), Failure> {
    if let Some(wanted) = &args.get {
        return take_out(session, args, wanted);
    }
    let format = session.format()?;
    let mut store = session.open()?;
    let note = args.note.as_deref().unwrap_or_default();
    let attached = store.attach(&args.case, &args.files, note, &session.stamp_now())?;
    let case = name(session, &attached.case);
    let said = &session.words.safety;
    let tell = |list: &[Attachment], told: fn(&str, &str) -> String| {
        for one in list {
            session.say(&told(&one.name, &case));
        }
    };
    tell(&attached.added, said.attached);
    tell(&attached.there, said.attached_already);
    if format == Format::Table {
        return Ok(());
    }
    let (reference, currency) = (store.reference(), store.currency());
    session.show(&CaseView { case: &attached.case, history: None, reference, currency }, Some(Unit::One))
}

/// Writes an attachment to the output, as a whole or not at all.
fn take_out(session: &Session, args: &AttachArgs, wanted: &str) -> Result<(), Failure> {
    let said = &session.words.safety;
    let mut store = session.open()?;
    let Some(path) = session.output_path() else {
        if io::stdout().is_terminal() {
            return Err(Failure::usage(said.to_terminal.to_owned()));
        }
        let mut content = Vec::new();
        store.take_out(&args.case, wanted, &mut content)?;
        return session.write_bytes(&content);
    };
    let failed = |error: io::Error| Failure::Write { path: path.to_owned(), said: error.to_string() };
    if let Some(path) = output::special(path) {
        let mut to = std::fs::OpenOptions::new().write(true).open(&path).map_err(failed)?;
        store.take_out(&args.case, wanted, &mut to)?;
    } else {
        let mut file = output::beside(path)?;
        store.take_out(&args.case, wanted, &mut file)?;
        file.flush().map_err(failed)?;
        output::keep(file, path)?;
    }
    session.say(&(said.taken_out)(&path.display().to_string()));
    Ok(())
}
