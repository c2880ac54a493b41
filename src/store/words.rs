//! The words of many cases: read and put together on one core, while the other
//! indexes what is ready.

use std::collections::HashSet;
use std::sync::mpsc::sync_channel;

use foldhash::fast::RandomState;

use super::document::Document;
use super::engine::{Dialect, Rows, Value};
use super::error::Error;
use super::progress::{Progress, Work};
use super::rows::Coder;
use super::{Store, sql};
use crate::domain::Case;

/// So many words are remembered as noted.
const MOST_NOTED: usize = 200_000;
/// So many bytes of words are sorted by the keys of their cases before they are
/// indexed: SQLite's index writes all that it holds when a case comes whose key
/// is not larger than the last.
const SORTED: usize = if cfg!(test) { 10_000 } else { 8 << 20 };
/// So many bytes of words are more than it holds by itself.
const MUCH: usize = if cfg!(test) { 1_000 } else { 1 << 20 };
/// How many bytes of entries SQLite's index holds before it writes them: as it
/// does by itself, and while many are written, so that less is merged.
const HELD: i64 = 1 << 20;
const MANY_HELD: i64 = 32 << 20;
/// It merges so many parts of a like size as it goes; while many entries are
/// written it does not, but sixteen at once as it always does. What is left of
/// them then is merged, so that no case recorded later pays for it.
const MERGED: i64 = 4;
const NOT_MERGED: i64 = 0;
/// A page is merged at the end for so many bytes of words: all that they fill,
/// and not all that was there, however large the index was before.
const PAGE: usize = 1_024;

/// Words that are noted, or are about to be. To forget some costs time alone.
#[derive(Debug, Default)]
pub(super) struct Noted(HashSet<String, RandomState>);

impl Noted {
    /// The words that are not among them, and now are.
    pub(super) fn new_words<'a>(&mut self, words: impl Iterator<Item = &'a str>) -> Vec<String> {
        if self.0.len() > MOST_NOTED {
            self.0.clear();
        }
        let mut new = Vec::new();
        for word in words {
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
#[derive(Default)]
pub(super) struct Indexed {
    rows: Rows,
    /// How much text the rows have.
    bytes: usize,
}

impl Indexed {
    /// Adds a case.
    pub(super) fn add(&mut self, case: &Case, seq: i64, coder: Coder<'_>, dialect: Dialect) -> Result<(), Error> {
        let row = coder.index_values(case, seq, &Document::of(case, coder.reference), dialect)?;
        self.bytes += row.iter().map(|value| text(value).len()).sum::<usize>();
        self.rows.push(row.into());
        Ok(())
    }

    /// Whether it had better be indexed before more is added.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= SORTED
    }

    /// Whether it is more than SQLite's index holds by itself.
    pub(super) fn is_much(&self) -> bool {
        self.bytes >= MUCH
    }

    /// How much text it has.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

fn text(value: &Value) -> &str {
    if let Value::Text(text) = value { text } else { "" }
}

impl Store {
    /// Indexes cases that are not in the index.
    pub(super) fn index_many(&mut self, Indexed { mut rows, .. }: Indexed) -> Result<(), Error> {
        // The key of a case in the index comes first.
        rows.sort_unstable();
        self.engine.load(sql::INDEX_NEW_CASE, &rows)?;
        if self.engine.dialect() != Dialect::Sqlite {
            return Ok(());
        }
        let words = rows.iter().flatten().flat_map(|value| text(value).split_ascii_whitespace());
        let mut new = self.noted_words.new_words(words);
        new.sort_unstable();
        self.put_words(new)
    }

    /// Makes ready for indexing many cases.
    pub(super) fn index_holds_many(&mut self) -> Result<(), Error> {
        if self.engine.dialect() == Dialect::Sqlite {
            self.engine.execute(sql::INDEX_HOLDS, &[MANY_HELD.into()])?;
            self.engine.execute(sql::INDEX_MERGES, &[NOT_MERGED.into()])?;
        }
        Ok(())
    }

    /// Ends the indexing of many, which had so many bytes of words.
    pub(super) fn index_holds_few(&mut self, bytes: usize) -> Result<(), Error> {
        if self.engine.dialect() == Dialect::Sqlite {
            let pages = i64::try_from(bytes.div_ceil(PAGE)).unwrap_or(i64::MAX);
            self.engine.execute(sql::MERGE_INDEX, &[pages.into()])?;
            self.engine.execute(sql::INDEX_HOLDS, &[HELD.into()])?;
            self.engine.execute(sql::INDEX_MERGES, &[MERGED.into()])?;
        }
        Ok(())
    }

    /// Indexes all cases, which are read through another connection where there
    /// is one.
    ///
    /// # Panics
    ///
    /// If the thread that reads them does.
    pub(super) fn index_all_cases(
        &mut self,
        beside: Option<Self>,
        told: &mut dyn FnMut(Progress),
    ) -> Result<(), Error> {
        let of = u64::try_from(self.count_all_cases()?).unwrap_or_default();
        let (mut done, mut bytes) = (0, 0);
        let mut index = |store: &mut Self, indexed: Indexed| {
            told(Progress { work: Work::Index, done, of });
            done += indexed.rows.len() as u64;
            bytes += indexed.bytes;
            store.index_many(indexed)
        };
        self.index_holds_many()?;
        match beside {
            None => self.each_indexed(&mut |store, indexed| index(store, indexed).map(|()| true))?,
            Some(mut beside) => std::thread::scope(|scope| {
                let (put, ready) = sync_channel(0);
                let reading = scope.spawn(move || {
                    beside.read(|beside| beside.each_indexed(&mut |_, indexed| Ok(put.send(indexed).is_ok())))
                });
                ready.into_iter().try_for_each(|indexed| index(self, indexed))?;
                reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })?,
        }
        self.index_holds_few(bytes)
    }

    /// Hands over what is indexed of all cases, some at a time, as long as more
    /// is wanted.
    fn each_indexed(&mut self, put: &mut dyn FnMut(&mut Self, Indexed) -> Result<bool, Error>) -> Result<(), Error> {
        let (reference, currency, dialect) = (self.reference.clone(), self.currency.clone(), self.engine.dialect());
        let coder = Coder { reference: &reference, currency: &currency };
        let mut indexed = Indexed::default();
        let ended = self.each_batch(|store, rows| {
            for (seq, case) in store.readable(rows)? {
                indexed.add(&case, seq, coder, dialect)?;
            }
            let goes_on = !indexed.is_full() || put(store, std::mem::take(&mut indexed))?;
            Ok((!goes_on).then_some(()))
        })?;
        if ended.is_none() {
            put(self, indexed)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ops::Range;

    use uuid::Uuid;

    use super::*;
    use crate::domain::{Currency, Draft, Entry, Field, Incoming, Known, ReadCase, Reference, ReferenceTexts, Stamp};
    use crate::store::{ImportOptions, NewCasebook};

    fn stamp() -> Stamp {
        let at = "2026-11-01T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        Stamp { at, today: at.date_naive(), who: "an".to_owned() }
    }

    /// Cases whose days go up and down, so that the keys of each part of an
    /// index lie among those of the others.
    fn cases(store: &Store, which: Range<usize>) -> Vec<Incoming<()>> {
        let incoming = |at: usize| {
            let mut entry = Entry::default();
            let (day, goods) = (format!("2026-{:02}-{:02}", at % 10 + 1, at % 27 + 1), format!("hàng {at}"));
            let fields = [(Field::Province, "Huế"), (Field::Agency, "Đội 1")];
            for (field, value) in fields.into_iter().chain([(Field::DetectedOn, &*day), (Field::Goods, &goods)]) {
                entry.set(field, None, value.to_owned()).unwrap();
            }
            let (reference, currency) = (store.reference(), store.currency());
            let draft = Draft { entry: &entry, id: Uuid::nil(), reference, currency, today: stamp().today };
            let read =
                draft.read().map(|(case, warnings)| ReadCase::new(case, warnings, reference, &mut Known::default()));
            Incoming { place: (), table: 1, rows: 1, read, entry }
        };
        which.map(incoming).collect()
    }

    fn new() -> NewCasebook {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        NewCasebook { currency: Currency::vnd(), reference }
    }

    fn import(store: &mut Store, which: Range<usize>) {
        let mut batches = vec![cases(store, which)];
        store.import(&ImportOptions::default(), &mut || Ok(batches.pop()), &mut |_, _| (), &stamp()).unwrap();
    }

    /// What SQLite's index is told; an import of many tells it otherwise meanwhile.
    fn settings(store: &mut Store) -> Vec<(String, i64)> {
        let kept = "select k, v from search_config where k in ('automerge', 'hashsize') order by k";
        store.engine.rows(kept, &[], |row| Ok((row.text(0)?, row.int(1)?))).unwrap()
    }

    #[test]
    fn an_index_of_many_parts_holds_all_words_once() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("cases.db").display().to_string();
        let new =
            NewCasebook { currency: Currency::vnd(), reference: Reference::parse(&ReferenceTexts::default()).unwrap() };
        let beside = [Store::create(&file, &new, &stamp()).unwrap(), Store::in_memory(&new, &stamp()).unwrap()];
        for (mut store, has_file) in beside.into_iter().zip([true, false]) {
            import(&mut store, 0..1_600);
            assert_eq!(store.verify().unwrap().finding, None);
            assert_eq!(settings(&mut store), [("automerge".to_owned(), 4), ("hashsize".to_owned(), 1 << 20)]);
            assert_eq!(store.beside().unwrap().is_some(), has_file, "what is in a file is read beside it");
            let mut told = Vec::new();
            store.rebuild_index(&mut |progress| told.push(progress.done)).unwrap();
            assert_eq!(told, [0, 1_000, 1_600], "part by part");
            assert_eq!(store.verify().unwrap().finding, None);
            assert_eq!(settings(&mut store), [("automerge".to_owned(), 4), ("hashsize".to_owned(), 1 << 20)]);
        }
    }

    /// The parts of the index, by their numbers.
    fn parts(store: &mut Store) -> BTreeSet<i64> {
        let parts = "select distinct segid from search_idx";
        store.engine.rows(parts, &[], |row| row.int(0)).unwrap().into_iter().collect()
    }

    #[test]
    fn a_short_import_merges_no_more_than_it_brought() {
        let mut store = Store::in_memory(&new(), &stamp()).unwrap();
        // One less than are merged.
        (0..3).for_each(|nth| import(&mut store, nth * 2_000..(nth + 1) * 2_000));
        let large = parts(&mut store);
        assert_eq!(large.len(), 3, "what an import brought is one part: {large:?}");
        (0..4).for_each(|nth| import(&mut store, 6_000 + nth * 80..6_080 + nth * 80));
        let now = parts(&mut store);
        assert!(large.is_subset(&now), "{large:?} became {now:?}");
        assert_eq!(store.verify().unwrap().finding, None);
    }
}
