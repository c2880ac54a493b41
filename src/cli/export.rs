//! `export`: cases out into a file.

use std::io::{self, BufWriter, Seek, Write};
use std::sync::mpsc::sync_channel;

use rust_xlsxwriter::Workbook;

use super::args::ExportArgs;
use super::failure::Failure;
use super::filters::{boundaries, dating};
use super::output;
use super::session::Session;
use crate::domain::{Bound, Case, Cutoff, Field, How, OffenderKind, Reference, Status};
use crate::exchange::{
    CsvCases, Form, JsonCases, JsonlCases, SheetColumn, SheetWords, Target, WriteCases, XlsxCases, columns, public,
};
use crate::lang::Words;
use crate::render::case_record;
use crate::store::{ExportQuery, Store};

/// The forms in which cases are exported.
const FORMS: [Form; 4] = [Form::Csv, Form::Xlsx, Form::Json, Form::Jsonl];

pub(super) fn run(session: &Session, args: &ExportArgs) -> Result<(), Failure> {
    let form = form(session)?;
    let mut store = session.open()?;
    let boundaries = boundaries(&args.count.boundaries);
    let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
    let mut filter = args.filters.cases.filter(session, store.reference(), store.currency(), boundaries)?;
    if args.with_void && filter.statuses.is_empty() {
        filter.statuses = Status::ALL.to_vec();
    }
    let period = args.filters.period(session, cutoff)?;
    let query = ExportQuery { filter, period, dating: dating(&args.count.dated_by) };
    let special = session.output_path().map(|path| (path, output::special(path)));
    let count = match special {
        Some((path, None)) => {
            let file = output::beside(path)?;
            let failed = |error: io::Error| Failure::Write { path: path.to_owned(), said: error.to_string() };
            let to = BufWriter::new(file.reopen().map_err(failed)?);
            let count = write(session, args, form, &mut store, &query, to)?;
            output::keep(file, path)?;
            count
        }
        Some((_, Some(path))) => {
            let failed = |error: io::Error| Failure::Write { path: path.clone(), said: error.to_string() };
            let mut to = std::fs::OpenOptions::new().write(true).open(&path).map_err(failed)?;
            stream(session, args, form, &mut store, &query, &mut to)?
        }
        None => match stream(session, args, form, &mut store, &query, &mut io::stdout()) {
            // A reader that has gone is no failure.
            Err(Failure::Write { said, .. }) if said == BROKEN => return Ok(()),
            written => written?,
        },
    };
    session.say(&(session.words.importing.exported)(&crate::text::write_digits(count.into(), session.words.marks)));
    Ok(())
}

/// Writes to what can't be sought in. A workbook is put together in a file
/// first.
fn stream<W: Write + Send>(
    session: &Session,
    args: &ExportArgs,
    form: Form,
    store: &mut Store,
    query: &ExportQuery,
    to: &mut W,
) -> Result<u64, Failure> {
    if form != Form::Xlsx {
        return write(session, args, form, store, query, Unseekable(BufWriter::new(to)));
    }
    let failed = |error: io::Error| Failure::Other(error.to_string());
    let mut book = tempfile::tempfile().map_err(failed)?;
    let count = write(session, args, form, store, query, &mut book)?;
    book.rewind().map_err(failed)?;
    io::copy(&mut book, to).map_err(failed)?;
    Ok(count)
}

/// The form that is asked for, else that of the file, else CSV.
fn form(session: &Session) -> Result<Form, Failure> {
    let Some(name) = session.format_name() else { return Ok(Form::Csv) };
    Form::from_name(name).filter(|form| FORMS.contains(form)).ok_or_else(|| {
        let allowed = FORMS.map(Form::code).join(", ");
        Failure::usage((session.words.errors.unsupported_format)(name, &allowed))
    })
}

/// Writes the cases that a query takes in; tells how many.
fn write<W: Write + Seek + Send>(
    session: &Session,
    args: &ExportArgs,
    form: Form,
    store: &mut Store,
    query: &ExportQuery,
    to: W,
) -> Result<u64, Failure> {
    let path = session.output_path().map_or_else(|| session.words.errors.standard_output.into(), ToOwned::to_owned);
    let failed = |error: io::Error| {
        let said = if error.kind() == io::ErrorKind::BrokenPipe { BROKEN.to_owned() } else { error.to_string() };
        Failure::Write { path: path.clone(), said }
    };
    let reference = store.reference().clone();
    let writer = writer(session, args, form, (&reference, store.currency().decimals()), to).map_err(failed)?;
    send(store, query, writer, args.public)?.map_err(failed)
}

/// Adds the cases that a query takes in, without personal data, to a workbook,
/// and writes it; tells how many they are.
pub(super) fn add_cases<W: Write + Seek + Send>(
    session: &Session,
    book: Workbook,
    store: &mut Store,
    query: &ExportQuery,
    to: W,
) -> Result<io::Result<u64>, Failure> {
    let (reference, decimals) = (store.reference().clone(), store.currency().decimals());
    let (columns, words) = sheet(session, columns(true), (&reference, decimals));
    match XlsxCases::after(book, to, columns, words) {
        Ok(writer) => send(store, query, Box::new(writer), true),
        Err(error) => Ok(Err(error)),
    }
}

/// Hands the cases that a query takes in to who writes them; tells how many.
fn send(
    store: &mut Store,
    query: &ExportQuery,
    mut writer: Box<dyn WriteCases + Send + '_>,
    is_public: bool,
) -> Result<io::Result<u64>, Failure> {
    let reference = store.reference().clone();
    let record = |case: &Case| {
        let record = case_record(case, &reference);
        if is_public { public(record) } else { record }
    };
    // One thread reads while another writes.
    let (done, written) = std::thread::scope(|scope| {
        let (give, take) = sync_channel::<Vec<Case>>(WAITING);
        let writing = scope.spawn(|| {
            let mut count = 0;
            for case in take.into_iter().flatten() {
                count += 1;
                writer.write(&case, &reference, &record)?;
            }
            Ok::<u64, io::Error>(count)
        });
        let done = store.export_batches(query, &mut |cases| give.send(cases).is_ok());
        drop(give);
        let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (done, written)
    });
    let count = match written {
        Ok(count) => count,
        Err(error) => return Ok(Err(error)),
    };
    done?;
    Ok(writer.finish().map(|()| count))
}

/// The columns of a sheet of cases, and what it says.
fn sheet(
    session: &Session,
    columns: Vec<&'static str>,
    (reference, decimals): (&Reference, u32),
) -> (Vec<SheetColumn>, SheetWords) {
    let said = &session.words.importing;
    let words = SheetWords {
        name: said.sheet.to_owned(),
        total: said.totals_row.to_owned(),
        decimals,
        named: Box::new(named(session.words, reference.clone())),
    };
    (columns.into_iter().map(|key| SheetColumn { key, header: header(session, key) }).collect(), words)
}

/// How many batches of cases wait to be written at most.
const WAITING: usize = 2;

/// What a write says to a reader that has gone.
const BROKEN: &str = "broken pipe";

fn writer<'w, W: Write + Seek + Send + 'w>(
    session: &Session,
    args: &ExportArgs,
    form: Form,
    (reference, decimals): (&Reference, u32),
    to: W,
) -> io::Result<Box<dyn WriteCases + Send + 'w>> {
    let columns = columns(args.public);
    Ok(match form {
        Form::Json => Box::new(JsonCases::new(to)?),
        Form::Jsonl => Box::new(JsonlCases(to)),
        Form::Xlsx => {
            let (columns, words) = sheet(session, columns, (reference, decimals));
            Box::new(XlsxCases::new(to, columns, words)?)
        }
        _ => Box::new(CsvCases::new(to, columns, args.excel)?),
    })
}

/// The header of a column, in the language of the run.
fn header(session: &Session, key: &str) -> String {
    let words = session.words;
    let field = |field: Field| (words.field)(field).to_owned();
    match (key, Target::of_key(key)) {
        ("province_code", _) => words.importing.province_code.to_owned(),
        ("created_at", _) => words.importing.recorded_at.to_owned(),
        (_, Some(Target::Field(of))) => field(of),
        (_, Some(Target::BoundOf(of))) => (words.importing.bound_of)(&field(of)),
        _ => Field::from_key(key).map_or_else(|| key.to_owned(), field),
    }
}

/// What people call the codes of a workbook's columns; an exact figure needs
/// no word. Each is read back as the code.
fn named(words: &'static Words, reference: Reference) -> impl Fn(&str, &str) -> Option<String> + Send {
    let name = |name: &str, name_en: &str| Some(words.name(name, name_en).to_owned());
    move |key, code| match key {
        "violation" => reference.violation(code).and_then(|row| name(&row.name, &row.name_en)),
        "category" => reference.category(code).and_then(|row| name(&row.name, &row.name_en)),
        "force" => reference.force(code).and_then(|row| name(&row.name, &row.name_en)),
        "status" => Status::from_code(code).map(|status| (words.status)(status).to_owned()),
        "disposed_how" => {
            let how = How::ALL.into_iter().find(|how| how.code() == code)?;
            Some((words.event)(how.into()).to_owned())
        }
        "offender_kind" => {
            let kind = OffenderKind::ALL.into_iter().find(|kind| kind.code() == code)?;
            Some((words.offender_kind)(kind).to_owned())
        }
        _ if key.ends_with("_bound") => Bound::from_code(code).map(|bound| bound.sign().to_owned()),
        _ => None,
    }
}

/// What can't be sought in: nothing does.
struct Unseekable<W>(W);

impl<W: Write> Write for Unseekable<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W> Seek for Unseekable<W> {
    fn seek(&mut self, _: io::SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
