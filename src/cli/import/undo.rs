//! `import --undo`: striking out the cases of an import.

use crate::cli::args::ImportArgs;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

pub(super) fn run(session: &Session, id: i64, args: &ImportArgs) -> Result<(), Failure> {
    let said = &session.words.importing;
    if !args.files.is_empty() {
        return Err(Failure::usage(said.undo_alone.to_owned()));
    }
    let reason = args.reason.as_deref().filter(|reason| !reason.trim().is_empty());
    let reason = reason.ok_or_else(|| Failure::usage(said.undo_reason.to_owned()))?;
    let mut store = session.open()?;
    let updated = store.imports()?.iter().find(|import| import.id == id).map_or(0, |import| import.body.counts.updated);
    let undone = if args.dry_run {
        store.undo_import_dry(id, reason, args.force, &session.stamp_now())?
    } else {
        store.undo_import(id, reason, args.force, &session.stamp_now())?
    };
    let told = if args.dry_run { said.would_undo } else { said.undone };
    session.say(&told(id, undone.body.cases));
    if args.dry_run {
        session.say(session.words.said.dry_run);
    }
    if updated > 0 {
        session.warn(&(said.stays_updated)(updated));
    }
    Ok(())
}
