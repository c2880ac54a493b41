//! `import`: cases of files.

mod bad;
mod files;
mod reading;
mod suggest;
mod undo;

use std::cell::RefCell;

use bad::{BadRows, Refused};
use reading::{NOTES, Notes, Reading};

use super::args::ImportArgs;
use super::failure::Failure;
use super::session::Session;
use crate::domain::{Case, Field, Incoming, ReadCase};
use crate::exchange::{DoubtWhy, PassedRow, PassedWhy, ReadOptions, RecordPlace, Source, TablePlan, Target};
use crate::render::{ImportView, Unit};
use crate::store::{Error, Fate, ImportOptions, Imported, Store};

/// How many of the first cases a rehearsal shows.
const FIRST: usize = 5;
/// How many of the new cases are looked at for what is unlikely.
const DOUBTED: usize = 200;

pub(super) fn run(session: &Session, args: &ImportArgs) -> Result<(), Failure> {
    let said = &session.words.importing;
    if let Some(id) = args.undo {
        return undo::run(session, id, args);
    }
    if args.files.is_empty() {
        return Err(Failure::usage(said.no_files.to_owned()));
    }
    let options = files::options(session, args)?;
    let sources = files::sources(session, args)?;
    if args.suggest_map {
        return suggest::run(session, &sources, &options);
    }
    let mut store = session.open_or_create(args.dry_run, |_| files::check(session, &sources, &options))?;
    import(session, args, &mut store, &sources, &options)
}

fn import(
    session: &Session,
    args: &ImportArgs,
    store: &mut Store,
    sources: &[Source],
    options: &ReadOptions,
) -> Result<(), Failure> {
    let import = ImportOptions {
        files: sources.iter().map(files::imported).collect(),
        partial: args.partial,
        update: args.update,
        no_search_index: args.no_search_index,
        dry_run: args.dry_run,
        reason: crate::text::clean(args.reason.as_deref().unwrap_or_default()),
    };
    let keeps = args.partial && !args.dry_run;
    let refused_path = keeps.then(|| files::refused_path(session, args, sources)).transpose()?;
    let refused = refused_path.map(Refused::begin).transpose()?;
    let bad = BadRows::new(session, store.reference().clone(), refused);
    let seen = RefCell::new(Seen { bad, first: Vec::new(), stored: Vec::new() });
    let (reference, currency) = (store.reference().clone(), store.currency().clone());
    let reading = Reading { sources, options, reference, currency };
    let (imported, notes) = read_and_store(session, store, &import, &reading, &seen)?;
    let Seen { bad, first, stored } = seen.into_inner();
    say(session, &notes, &imported);
    let outcome = Outcome { import: &import, imported: &imported, notes: &notes, first: &first };
    if imported.counts.refused > 0 && !args.partial {
        if args.dry_run {
            show(session, store, args, &outcome, None)?;
        }
        return Err(bad.failure(&imported));
    }
    let refused_file = bad.keep(imported.counts.refused)?;
    if imported.id.is_some() {
        if imported.lacks_index {
            session.say(session.words.safety.no_search_index);
        }
        doubt(session, store, &stored, imported.counts.cases);
    }
    show(session, store, args, &outcome, refused_file.as_deref())
}

/// What is seen of the cases as they are stored or not.
struct Seen<'a> {
    bad: BadRows<'a>,
    /// The first of them, as they were read.
    first: Vec<Case>,
    /// The first that are new.
    stored: Vec<Case>,
}

impl Seen<'_> {
    fn add(&mut self, incoming: &Incoming<RecordPlace>, fate: &Fate) {
        if let Ok(ReadCase { case, .. }) = &incoming.read {
            if self.first.len() < FIRST {
                self.first.push(case.clone());
            }
            if let Fate::Stored { id } = fate
                && self.stored.len() < DOUBTED
            {
                self.stored.push(Case { id: *id, ..case.clone() });
            }
        }
        self.bad.add(incoming, fate);
    }
}

/// Reads the files on one core and stores what they hold on the other.
fn read_and_store(
    session: &Session,
    store: &mut Store,
    import: &ImportOptions,
    reading: &Reading<'_>,
    seen: &RefCell<Seen<'_>>,
) -> Result<(Imported, Notes), Failure> {
    let mut unwritten = None;
    let (done, notes) = reading.run(session, |next| {
        // What is refused must be safe before anything is stored for good.
        let mut checked = || {
            let batch = next()?;
            if batch.is_none() {
                seen.borrow_mut().bad.flush().map_err(|failure| {
                    unwritten = Some(failure);
                    Error::CutOff
                })?;
            }
            Ok(batch)
        };
        let mut told = |incoming: Incoming<RecordPlace>, fate: Fate| seen.borrow_mut().add(&incoming, &fate);
        store.import(import, &mut checked, &mut told, &session.stamp_now())
    });
    match (unwritten, done, notes) {
        (Some(failure), ..) | (None, Err(Error::CutOff) | Ok(_), Err(failure)) => Err(failure),
        (None, Err(error), _) => Err(error.into()),
        (None, Ok(imported), Ok(notes)) => Ok((imported, notes)),
    }
}

/// What an import came to.
struct Outcome<'a> {
    import: &'a ImportOptions,
    imported: &'a Imported,
    notes: &'a Notes,
    first: &'a [Case],
}

fn show(
    session: &Session,
    store: &Store,
    args: &ImportArgs,
    outcome: &Outcome<'_>,
    refused_file: Option<&str>,
) -> Result<(), Failure> {
    let Outcome { import, imported, notes, first } = outcome;
    let tables: Vec<&TablePlan> = notes.plans.iter().map(AsRef::as_ref).collect();
    let view = ImportView {
        id: imported.id,
        dry_run: args.dry_run,
        files: &import.files,
        counts: imported.counts,
        conflicts: imported.conflicts,
        fine_amount: imported.fine_amount,
        seized_value: imported.seized_value,
        seized_unknown: imported.seized_unknown,
        refused_file,
        tables: &tables,
        first,
        reference: store.reference(),
        currency: store.currency(),
    };
    session.show_import(&view, args.reads_stdin(), Some(Unit::One))
}

/// Says what looks unlikely in the first of the new cases.
fn doubt(session: &Session, store: &mut Store, stored: &[Case], cases: u64) {
    let said = &session.words.importing;
    let mut lines = Vec::new();
    match store.doubts_of(stored) {
        Ok(all) => lines.extend(stored.iter().zip(&all).flat_map(|(case, doubts)| {
            let name = crate::cli::record::name(session, case);
            doubts.iter().map(move |doubt| format!("{name}: {}", (session.words.asking.doubt)(doubt)))
        })),
        // The cases are stored: that nothing can be said is no failure.
        Err(error) => log::warn!("doubting: {error}"),
    }
    lines.iter().take(NOTES).for_each(|line| session.warn(line));
    let more = lines.len().saturating_sub(NOTES);
    if more > 0 {
        session.say(&(said.more)(more as u64));
    }
    if cases > stored.len() as u64 {
        session.warn(&(said.doubts_of_first)(stored.len()));
    }
}

/// Says what a person should look at: rows that are no cases, columns that are
/// not taken, how figures were read, new agencies.
fn say(session: &Session, notes: &Notes, imported: &Imported) {
    let said = &session.words.importing;
    let mut lines = Vec::new();
    lines.extend(notes.no_tables.iter().map(|none| {
        if none.is_hidden { (said.hidden)(&none.file, &none.sheet) } else { (said.no_table)(&none.file, &none.sheet) }
    }));
    for plan in &notes.plans {
        let unknown = plan.columns.iter().filter(|column| column.target.is_none() && !column.header.is_empty());
        let unknown: Vec<&str> = unknown.map(|column| column.header.as_str()).collect();
        if !unknown.is_empty() {
            let table = (said.table)(&plan.file, plan.sheet.as_deref());
            lines.push((said.columns_not_taken)(&table, &unknown.join("; ")));
        }
    }
    lines.extend(notes.passed.iter().flat_map(|row| passed(session, row)));
    lines.extend(notes.doubts.iter().map(|row| {
        let at = format!("{}:{}", file(&row.plan), row.row);
        match row.why {
            DoubtWhy::Repeats => (said.repeats)(&at),
            DoubtWhy::SameValue => (said.same_value)(&at),
            DoubtWhy::MonthFirst => (said.month_first)(&at),
            DoubtWhy::TwoTexts => (said.two_texts)(&at),
        }
    }));
    lines.extend(notes.warnings.iter().cloned());
    lines.extend(notes.understood.iter().map(|(words, code)| understood(session, words, code.as_deref())));
    if imported.new_agencies.len() > NOTES {
        lines.push((said.many_agencies)(imported.new_agencies.len()));
    } else {
        lines.extend(imported.new_agencies.iter().flat_map(|agency| session.notes(&[], Some(agency))));
    }
    let shown = NOTES * 4;
    lines.iter().take(shown).for_each(|line| session.warn(line));
    let more = notes.more + lines.len().saturating_sub(shown) as u64;
    if more > 0 {
        session.say(&(said.more)(more));
    }
}

/// What is to be said of a row that is no case.
fn passed(session: &Session, row: &PassedRow) -> Vec<String> {
    let said = &session.words.importing;
    let at = format!("{}:{}", file(&row.plan), row.row);
    let PassedWhy::Total(wrong) = &row.why else { return vec![(said.passed)(&at, &row.text)] };
    let number = |value| crate::text::write_digits(value, session.words.marks);
    let differs = |(field, says, added): &(Field, _, _)| {
        (said.total_differs)(&at, (session.words.field)(*field), &number(*says), &number(*added))
    };
    std::iter::once((said.passed_total)(&at, &row.text)).chain(wrong.iter().map(differs)).collect()
}

/// Where a field of a record stands: `file:row:column`.
fn place(place: &RecordPlace, field: Option<Field>, line: Option<usize>) -> (String, u64, String) {
    let at = line.and_then(|line| place.rows.get(line.saturating_sub(1))).or(place.rows.first());
    let row = at.copied().unwrap_or_default();
    let plan = &place.plan;
    let column = field.map(|field| match plan.letters(field) {
        // Values of lots may stand in the column of the seized value.
        "" if field == Field::GoodsValue && takes(plan, Field::SeizedValue) => {
            plan.letters(Field::SeizedValue).to_owned()
        }
        "" if plan.columns.iter().all(|column| column.letters.is_empty()) => field.key().to_owned(),
        letters => letters.to_owned(),
    });
    (file(plan), row, column.unwrap_or_default())
}

/// How words of a violation were understood.
fn understood(session: &Session, words: &str, code: Option<&str>) -> String {
    let said = &session.words.importing;
    code.map_or_else(|| (said.not_understood)(words), |code| (said.understood)(words, code))
}

/// The file of a table, with its sheet.
fn file(plan: &TablePlan) -> String {
    plan.sheet.as_ref().map_or_else(|| plan.file.clone(), |sheet| format!("{}[{sheet}]", plan.file))
}

/// Whether a plan takes a field at all.
fn takes(plan: &TablePlan, field: Field) -> bool {
    plan.columns.iter().any(|column| column.target == Some(Target::Field(field)))
}
