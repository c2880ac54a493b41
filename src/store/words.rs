//! The words of many cases: put together on one core, while the other reads
//! the cases and keeps what is ready.

use std::collections::HashSet;
use std::sync::mpsc::{channel, sync_channel};

use foldhash::fast::RandomState;

use super::Store;
use super::document::Document;
use super::engine::{Dialect, Rows};
use super::error::Error;
use super::progress::{Progress, Work};
use super::rows::Coder;
use crate::domain::Case;

/// So many words are remembered as noted.
const MOST_NOTED: usize = 200_000;
/// How many batches of cases wait at most.
const WAITING: usize = 2;

/// Words that are noted, or are about to be. To forget some costs time alone.
#[derive(Debug, Default)]
pub(super) struct Noted(HashSet<String, RandomState>);

impl Noted {
    /// The words of a document that are not among them, and now are.
    pub(super) fn new_words(&mut self, document: &Document) -> Vec<String> {
        if self.0.len() > MOST_NOTED {
            self.0.clear();
        }
        let mut new = Vec::new();
        for word in document.words() {
            if !self.0.contains(word) {
                self.0.insert(word.to_owned());
                new.push(word.to_owned());
            }
        }
        new
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// What is indexed of some cases.
pub(super) struct Indexed {
    pub(super) rows: Rows,
    pub(super) new_words: Vec<String>,
}

impl Indexed {
    fn of(cases: &[(i64, Case)], coder: Coder<'_>, dialect: Dialect, noted: &mut Noted) -> Result<Self, Error> {
        let (mut rows, mut new_words) = (Rows::with_capacity(cases.len()), Vec::new());
        for (seq, case) in cases {
            let document = Document::of(case, coder.reference);
            rows.push(coder.index_values(case, *seq, &document, dialect)?.into());
            if dialect == Dialect::Sqlite {
                new_words.extend(noted.new_words(&document));
            }
        }
        Ok(Self { rows, new_words })
    }
}

impl Store {
    /// Keeps the words of all cases, to be indexed.
    ///
    /// # Panics
    ///
    /// If the thread that puts words together does.
    pub(super) fn keep_all_words(&mut self, told: &mut dyn FnMut(Progress)) -> Result<(), Error> {
        let of = u64::try_from(self.count_all_cases()?).unwrap_or_default();
        let (reference, currency, dialect) = (self.reference.clone(), self.currency.clone(), self.engine.dialect());
        let coder = Coder { reference: &reference, currency: &currency };
        std::thread::scope(|scope| {
            let (give, cases) = sync_channel::<Vec<(i64, Case)>>(WAITING);
            let (put, ready) = channel();
            let folding = scope.spawn(move || {
                let mut noted = Noted::default();
                for cases in cases {
                    if put.send(Indexed::of(&cases, coder, dialect, &mut noted)).is_err() {
                        break;
                    }
                }
            });
            let mut done = 0;
            self.each_batch(|store, rows| {
                told(Progress { work: Work::Words, done, of });
                done += rows.len() as u64;
                // Nobody takes them where the other thread has ended, which is
                // told below.
                let ended = give.send(store.readable(rows)?).err().map(drop);
                ready.try_iter().try_for_each(|indexed| store.keep_words(&indexed?))?;
                Ok(ended)
            })?;
            drop(give);
            ready.iter().try_for_each(|indexed| self.keep_words(&indexed?))?;
            folding.join().map_or_else(|panic| std::panic::resume_unwind(panic), Ok)
        })
    }
}
