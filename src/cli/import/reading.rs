//! Reading files on one core while the other stores what was read.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use uuid::Uuid;

use super::files;
use crate::cli::failure::Failure;
use crate::cli::progress::Bar;
use crate::cli::session::Session;
use crate::domain::{
    Currency, Draft, Entry, Field, FieldWarning, Incoming, Invalid, Known, ReadCase, Reference, Values,
};
use crate::exchange::{
    DoubtfulRow, FileError, Item, PassedRow, ReadOptions, ReadRecord, RecordPlace, Source, TablePlan, read_file,
};
use crate::notes::violation_of;
use crate::store::{Error, Imported};
use crate::text::clean;

/// How many cases go from one core to the other at a time.
const BATCH: usize = 500;
/// How many batches wait at most.
const WAITING: usize = 4;
/// How many notes of one kind are kept; of more, only how many.
pub(super) const NOTES: usize = 20;
/// How much text goes from one core to the other at a time, in bytes.
const BATCH_BYTES: usize = 1 << 20;
/// The longest words of a violation that are looked into, in bytes.
const LONGEST: usize = 2_000;
/// How many texts of violations are remembered.
const UNDERSTOOD: usize = 500;

type Batch = Vec<Incoming<RecordPlace>>;

/// What was seen beside the cases.
#[derive(Default)]
pub(super) struct Notes {
    /// How tables are read.
    pub(super) plans: Vec<Arc<TablePlan>>,
    /// Rows that are no cases.
    pub(super) passed: Vec<PassedRow>,
    /// Rows that were taken with a doubt.
    pub(super) doubts: Vec<DoubtfulRow>,
    /// Sheets that are left out.
    pub(super) no_tables: Vec<NoTable>,
    /// How many more rows were passed over, or taken with a doubt.
    pub(super) more: u64,
    /// How some figures were read.
    pub(super) warnings: Vec<String>,
    /// What was made of words for violations, with the code if there is one.
    pub(super) understood: BTreeMap<String, Option<String>>,
}

/// A sheet that is left out.
pub(super) struct NoTable {
    pub(super) file: String,
    pub(super) sheet: String,
    /// Whether it is hidden; else it has no header.
    pub(super) is_hidden: bool,
}

/// What is read, and against what.
pub(super) struct Reading<'a> {
    pub(super) sources: &'a [Source],
    pub(super) options: &'a ReadOptions,
    pub(super) reference: Reference,
    pub(super) currency: Currency,
}

/// One message from the core that reads.
enum Message {
    Batch(Batch),
    End,
}

impl Reading<'_> {
    /// Reads all files, and lets `store` take what they hold.
    pub(super) fn run(
        &self,
        session: &Session,
        store: impl FnOnce(&mut dyn FnMut() -> Result<Option<Batch>, Error>) -> Result<Imported, Error>,
    ) -> (Result<Imported, Error>, Result<Notes, Failure>) {
        let (sender, receiver) = sync_channel(WAITING);
        let bar = ReadBar::new(session, self.sources);
        std::thread::scope(|scope| {
            let read = || {
                Reader {
                    reading: self,
                    session,
                    sender,
                    batch: Vec::new(),
                    bytes: 0,
                    source: 0,
                    tables: Vec::new(),
                    notes: Notes::default(),
                    known: Known::default(),
                }
                .run()
            };
            // Named, so that who measures can tell it from the one that stores.
            let reader = match std::thread::Builder::new().name("reader".to_owned()).spawn_scoped(scope, read) {
                Ok(reader) => reader,
                Err(error) => return (Err(Error::CutOff), Err(Failure::Other(error.to_string()))),
            };
            let done = store(&mut || next(&receiver, &bar));
            // A reader that is still at it learns that nobody takes its rows.
            drop(receiver);
            bar.done();
            let notes = reader.join().unwrap_or_else(|_| Err(Failure::Other("the reader stopped".to_owned())));
            (done, notes)
        })
    }
}

fn next(receiver: &Receiver<Message>, bar: &ReadBar<'_>) -> Result<Option<Batch>, Error> {
    bar.step();
    match receiver.recv() {
        Ok(Message::Batch(batch)) => Ok(Some(batch)),
        Ok(Message::End) => Ok(None),
        Err(_) => Err(Error::CutOff),
    }
}

struct Reader<'a> {
    reading: &'a Reading<'a>,
    session: &'a Session,
    sender: SyncSender<Message>,
    batch: Batch,
    /// How much text it holds.
    bytes: usize,
    /// Which of the files is read.
    source: usize,
    /// The tables so far: of which file, and which sheet of it.
    tables: Vec<(usize, Option<String>)>,
    notes: Notes,
    known: Known,
}

impl Reader<'_> {
    fn run(mut self) -> Result<Notes, Failure> {
        for (at, source) in self.reading.sources.iter().enumerate() {
            self.source = at;
            let options = self.reading.options;
            let read = read_file(source, options, &mut |item| self.take(&source.name, item));
            read.map_err(|error| files::failure(self.session, &source.name, &error))?;
        }
        self.send().and_then(|()| self.sender.send(Message::End).map_err(|_| gone())).or_else(|error| match error {
            // The store has said why it takes no more.
            FileError::Stopped => Ok(()),
            other => Err(files::failure(self.session, "", &other)),
        })?;
        Ok(self.notes)
    }

    fn take(&mut self, file: &str, item: Item) -> Result<(), FileError> {
        match item {
            Item::Plan(plan) => self.table(plan),
            Item::NoTable { sheet, is_hidden } => {
                self.notes.no_tables.push(NoTable { file: file.to_owned(), sheet, is_hidden });
            }
            Item::Doubt(row) if self.notes.doubts.len() < NOTES => self.notes.doubts.push(row),
            Item::Passed(row) if self.notes.passed.len() < NOTES => self.notes.passed.push(row),
            Item::Doubt(_) | Item::Passed(_) => self.notes.more += 1,
            Item::Record(record) => {
                let incoming = self.incoming(*record);
                self.bytes += bytes(&incoming.entry);
                self.batch.push(incoming);
                if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES {
                    self.send()?;
                }
            }
        }
        Ok(())
    }

    /// Notes how a table is read, the last one maybe otherwise than was thought.
    fn table(&mut self, plan: Arc<TablePlan>) {
        let table = (self.source, plan.sheet.clone());
        if self.tables.last() == Some(&table) {
            self.notes.plans.pop();
        } else {
            self.tables.push(table);
        }
        self.notes.plans.push(plan);
    }

    /// Reads and checks a case.
    fn incoming(&mut self, record: ReadRecord) -> Incoming<RecordPlace> {
        let ReadRecord { place, mut entry, errors } = record;
        self.understand(&mut entry);
        let draft = Draft {
            entry: &entry,
            id: Uuid::nil(),
            reference: &self.reading.reference,
            currency: &self.reading.currency,
            today: self.session.stamp.today,
        };
        let read = draft.read_knowing(&mut self.known);
        let mut read =
            read.map(|(case, warnings)| ReadCase::new(case, warnings, &self.reading.reference, &mut self.known));
        if !errors.is_empty() {
            // A cell that can't be taken is not missing too.
            let known = |field: Field| errors.iter().any(|error| error.field == field);
            let others = read.err().map(|Invalid(others)| others).unwrap_or_default();
            let others = others.into_iter().filter(|error| !known(error.field)).collect::<Vec<_>>();
            read = Err(Invalid(errors.into_iter().chain(others).collect()));
        }
        if let Ok(read) = &read {
            for warning in &read.warnings {
                self.warn(&place, warning);
            }
        }
        let rows = place.rows.len() as u64;
        Incoming { place, table: self.tables.len(), rows, entry, read }
    }

    /// Sheets tell a violation in words of their own. What they plainly speak
    /// of is taken, and the words stay in the note.
    fn understand(&mut self, entry: &mut Entry) {
        let words = entry.values.get(&Field::Violation).filter(|words| words.len() <= LONGEST);
        let Some(words) = words.map(|words| clean(words)) else { return };
        if words.is_empty() || self.known.violation(&self.reading.reference, &words).is_ok() {
            return;
        }
        let known = self.notes.understood.get(&words).cloned();
        let code = known.clone().unwrap_or_else(|| violation_of(&words));
        if known.is_none() && self.notes.understood.len() < UNDERSTOOD {
            self.notes.understood.insert(words.clone(), code.clone());
        }
        match code {
            Some(code) => entry.values.insert(Field::Violation, code),
            None => entry.values.remove(&Field::Violation),
        };
        let note = entry.values.get_or_insert_with(Field::Note, String::new);
        *note =
            [note.trim(), words.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    }

    fn warn(&mut self, place: &RecordPlace, warning: &FieldWarning) {
        if self.notes.warnings.len() < NOTES {
            let (file, row, column) = super::place(place, Some(warning.field), None);
            let said = (self.session.words.field_warning)(warning);
            self.notes.warnings.push(format!("{file}:{row}:{column}: {said}"));
        }
    }

    fn send(&mut self) -> Result<(), FileError> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        self.sender.send(Message::Batch(batch)).map_err(|_| gone())
    }
}

/// How much text an entry holds.
fn bytes(entry: &Entry) -> usize {
    let lists = [&entry.goods, &entry.payments, &entry.disposals].into_iter().flatten();
    std::iter::once(&entry.values).chain(lists).flat_map(Values::values).map(String::len).sum()
}

/// Nobody takes what is read.
fn gone() -> FileError {
    FileError::Stopped
}

/// How much of the files is read.
struct ReadBar<'a> {
    bar: Bar,
    sources: &'a [Source],
}

impl<'a> ReadBar<'a> {
    fn new(session: &Session, sources: &'a [Source]) -> Self {
        let bytes: u64 = sources.iter().map(|source| source.bytes).sum();
        Self { bar: Bar::new(session, session.words.importing.progress, bytes), sources }
    }

    fn step(&self) {
        let read = self.sources.iter().map(|source| source.progress().load(Ordering::Relaxed).min(source.bytes)).sum();
        self.bar.set(read);
    }

    fn done(&self) {
        self.bar.done();
    }
}
