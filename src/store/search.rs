//! Searching cases by their words, and keeping the index true: every write
//! changes it in its own transaction.

use super::cases::Loaded;
use super::document::{Asked, Document, not_void, question, search_key, seq_of_key};
use super::engine::{Dialect, Row, Rows, Value};
use super::error::Error;
use super::journal::{self, CASEBOOK};
use super::list::{Listed, part_values, period_values};
use super::progress::Progress;
use super::rows::Coder;
use super::{Store, sql};
use crate::domain::{Case, Dating, Filter, Period, Sought, Term};

/// What is asked of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// The words.
    pub sought: Sought,
    /// Which cases it takes in.
    pub filter: Filter,
    /// A period in which something happened to them.
    pub period: Option<Period>,
    /// The day on which that counts.
    pub dating: Dating,
    /// The cases that the words tell most of come first; else the newest.
    pub best: bool,
    /// The most to give.
    pub limit: Option<u64>,
    /// How many to pass over first.
    pub offset: u64,
}

/// So many matches are sooner sorted than looked for in their order.
pub(super) const FEW: i64 = 2_000;
/// Words that begin alike are asked for one by one up to so many.
const MOST_WORDS: usize = 200;
/// The setting that is there as long as the index is left out, and its value.
const INDEX: &str = "search_index";
const LEFT_OUT: &str = "left out";

impl Store {
    /// Finds cases by their words.
    pub fn search(&mut self, query: &SearchQuery) -> Result<Listed, Error> {
        self.read(|store| store.search_here(query))
    }

    fn search_here(&mut self, query: &SearchQuery) -> Result<Listed, Error> {
        if self.lacks_index()? {
            return Err(Error::NoSearchIndex);
        }
        let question = self.question(query)?;
        let mut values = self.filter_values(&query.filter)?;
        values.extend(period_values(query.period, query.dating, None));
        values.push((&question).into());
        // Counting in the index alone costs a tenth of looking at each case.
        let matching = if query.filter == Filter::default() && query.period.is_none() {
            let question = not_void(&question, self.engine.dialect());
            self.engine.row(sql::COUNT_MATCHES, &[question.into()], |row| row.int(0))?
        } else {
            self.engine.row(sql::COUNT_FOUND, &values, |row| row.int(0))?
        };
        let matching = matching.unwrap_or_default();
        values.extend(part_values(query.limit, query.offset));
        let statement = match query.best {
            true => sql::BEST_FOUND,
            false if matching <= FEW => sql::NEWEST_OF_FEW,
            false => sql::NEWEST_FOUND,
        };
        self.listed(statement, &values, matching)
    }

    fn question(&mut self, query: &SearchQuery) -> Result<String, Error> {
        let mut asked = Vec::new();
        for term in query.sought.terms() {
            asked.push(match self.words_meant(term)? {
                Some(words) => Asked::AnyOf(words),
                None => Asked::Term(term),
            });
        }
        Ok(question(&asked, self.engine.dialect()))
    }

    /// The words that a beginning may mean, where the engine is to be asked
    /// for each: SQLite reads all entries of a beginning before it gives the
    /// first, but those of whole words side by side, newest first.
    fn words_meant(&mut self, term: &Term) -> Result<Option<Vec<String>>, Error> {
        let Term::Beginning(beginning) = term else { return Ok(None) };
        if self.engine.dialect() != Dialect::Sqlite {
            return Ok(None);
        }
        let end = format!("{beginning}{}", char::MAX);
        let limit = i64::try_from(MOST_WORDS + 1).unwrap_or(i64::MAX);
        let words =
            self.engine.rows(sql::WORDS_FROM, &[beginning.into(), end.into(), limit.into()], |row| row.text(0))?;
        Ok((1..=MOST_WORDS).contains(&words.len()).then_some(words))
    }

    /// Whether the index is left out: then it is empty, whatever is written,
    /// until it is made.
    pub(super) fn lacks_index(&mut self) -> Result<bool, Error> {
        Ok(self.engine.row(sql::SETTING, &[INDEX.into()], |_| Ok(()))?.is_some())
    }

    /// Leaves the index out from now on: a part of it would find a part of what
    /// is sought, and say nothing of the rest.
    pub(super) fn leave_index(&mut self) -> Result<(), Error> {
        self.engine.hold_derived()?;
        self.engine.execute(sql::SET_SETTING, &[INDEX.into(), LEFT_OUT.into()])?;
        self.clear_index()
    }

    fn clear_index(&mut self) -> Result<(), Error> {
        self.engine.execute(sql::CLEAR_INDEX, &[])?;
        if self.engine.dialect() == Dialect::Sqlite {
            self.engine.execute(sql::CLEAR_WORDS, &[])?;
            self.noted_words.clear();
        }
        Ok(())
    }

    /// Adds a case to the index, where there is one.
    pub(super) fn index(&mut self, case: &Case, seq: i64) -> Result<(), Error> {
        let document = Document::of(case, &self.reference);
        let values = self.coder().index_values(case, seq, &document, self.engine.dialect())?;
        if self.engine.execute(sql::INDEX_CASE, &values)? > 0 {
            self.note_words(&document)?;
        }
        Ok(())
    }

    /// Notes the words of a case, those once that are met again and again.
    pub(super) fn note_words(&mut self, document: &Document) -> Result<(), Error> {
        if self.engine.dialect() != Dialect::Sqlite {
            return Ok(());
        }
        let new = self.noted_words.new_words(document.words());
        self.put_words(new)
    }

    /// Notes words.
    pub(super) fn put_words(&mut self, new: Vec<String>) -> Result<(), Error> {
        let rows: Rows = new.into_iter().map(|word| vec![word.into()]).collect();
        self.engine.load(sql::NOTE_WORD, &rows)
    }

    /// Takes a case out of the index.
    pub(super) fn unindex(&mut self, case: &Case, seq: i64) -> Result<(), Error> {
        let document = Document::of(case, &self.reference);
        let values = self.coder().index_values(case, seq, &document, self.engine.dialect())?;
        self.engine.execute(sql::UNINDEX_CASE, &values).map(drop)
    }

    /// Makes the search index anew from the cases.
    pub fn rebuild_index(&mut self, told: &mut dyn FnMut(Progress)) -> Result<(), Error> {
        self.write(|store| {
            // Whether there is an index does not change under an import.
            journal::hold(store.engine.as_mut(), CASEBOOK)?;
            store.engine.hold_derived()?;
            let beside = store.beside()?;
            store.fill_index(beside, told)
        })
    }

    /// Makes the index anew, from cases that are read beside it where they can
    /// be.
    pub(super) fn fill_index(&mut self, beside: Option<Self>, told: &mut dyn FnMut(Progress)) -> Result<(), Error> {
        self.engine.execute(sql::UNSET_SETTING, &[INDEX.into()])?;
        self.clear_index()?;
        self.index_all_cases(beside, told)
    }

    /// The cases of some rows, each with its number, but for those that are
    /// damaged.
    pub(super) fn readable(&mut self, rows: &[Row]) -> Result<Vec<(i64, Case)>, Error> {
        let mut cases = Vec::with_capacity(rows.len());
        for (row, loaded) in rows.iter().zip(self.complete_each(rows)?) {
            let seq = row.int(0)?;
            match loaded {
                Ok(Loaded { case, .. }) => cases.push((seq, case)),
                // What is damaged is for `verify` to name; it must not keep the
                // casebook from being opened.
                Err(Error::Corrupt(said)) => log::warn!("not indexed: row {seq}: {said}"),
                Err(error) => return Err(error),
            }
        }
        Ok(cases)
    }
}

impl Coder<'_> {
    /// The values of a case in the index.
    pub(super) fn index_values(
        &self,
        case: &Case,
        seq: i64,
        document: &Document,
        dialect: Dialect,
    ) -> Result<[Value; 3], Error> {
        let province = self.province(&case.province)?;
        let key = search_key(case, seq);
        if seq_of_key(key) != seq {
            return Err(Error::Engine(format!(
                "{seq} is beyond the rows of cases that the search index can tell apart"
            )));
        }
        Ok([key.into(), province.into(), document.written(dialect).into()])
    }
}
