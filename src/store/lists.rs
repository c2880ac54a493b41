//! What a case has lists of, each in a table of its own: the goods after the
//! first lot, payments, disposals, attachments.

use super::cases::Loaded;
use super::engine::{Engine, Row, Rows, Value};
use super::error::Error;
use super::rows::{Coder, attachment_values, read_attachment};
use super::{Store, sql};
use crate::domain::Case;

/// A list as it is written: the statements for its rows, the line of the first
/// of them, and their values after the keys.
struct List {
    insert: &'static str,
    first: i64,
    rows: Vec<Vec<Value>>,
}

/// The lists of a case, as rows that begin with their lines.
#[derive(Default)]
pub(super) struct Lines([Vec<Row>; 4]);

/// The cases whose lists are read at once: their keys, in order, each with its
/// place.
pub(super) struct Keys {
    places: Vec<((i64, i64), usize)>,
    /// Their numbers, as the statements take them.
    numbers: Value,
}

impl Keys {
    /// Keys, each with the place of its case.
    pub(super) fn of(mut places: Vec<((i64, i64), usize)>) -> Self {
        places.sort_unstable();
        let numbers = numbers(places.iter().map(|((seq, _), _)| *seq));
        Self { places, numbers }
    }

    /// The keys of rows of `case_seq` and the columns of `cases`.
    pub(super) fn of_rows(rows: &[Row]) -> Result<Self, Error> {
        let key = |(place, row): (usize, &Row)| Ok(((row.int(0)?, row.int(1)?), place));
        Ok(Self::of(rows.iter().enumerate().map(key).collect::<Result<_, Error>>()?))
    }

    /// The place of the case that a row belongs to, whose keys are its last
    /// columns; none if the line belongs to no case of its province.
    fn place(&self, row: &Row) -> Result<Option<usize>, Error> {
        let keys = row.0.len().saturating_sub(2);
        let key = (row.int(keys)?, row.int(keys + 1)?);
        let found = self.places.binary_search_by_key(&key, |(key, _)| *key);
        Ok(found.ok().map(|at| self.places[at].1))
    }

    /// Hands over the rows of a list, those of each case in their order.
    fn each(
        &self,
        engine: &mut dyn Engine,
        sql: &'static str,
        mut each: impl FnMut(usize, &mut Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        engine.query(sql, std::slice::from_ref(&self.numbers), &mut |row| match self.place(row)? {
            Some(place) => each(place, row),
            None => Ok(()),
        })
    }
}

/// Numbers of cases, as a statement takes several.
pub(super) fn numbers(seqs: impl Iterator<Item = i64>) -> Value {
    Value::Text(seqs.map(|seq| seq.to_string()).collect::<Vec<_>>().join(","))
}

impl List {
    fn new<T>(
        insert: &'static str,
        items: &[T],
        values: impl Fn(&T) -> Result<Vec<Value>, Error>,
    ) -> Result<Self, Error> {
        Ok(Self { insert, first: 1, rows: items.iter().map(values).collect::<Result<_, _>>()? })
    }

    /// The rows with their lines.
    fn lines(self) -> impl Iterator<Item = (i64, Vec<Value>)> {
        (self.first..).zip(self.rows)
    }
}

fn lists(case: &Case, coder: Coder<'_>) -> Result<[List; 4], Error> {
    // The first lot stands in the row of the case.
    let more_goods = case.goods.get(1..).unwrap_or_default();
    Ok([
        List { first: 2, ..List::new(sql::INSERT_GOODS, more_goods, |goods| coder.goods_values(goods))? },
        List::new(sql::INSERT_PAYMENT, &case.payments, |paid| coder.payment_values(paid))?,
        List::new(sql::INSERT_DISPOSAL, &case.disposals, |done| coder.disposal_values(done))?,
        List::new(sql::INSERT_ATTACHMENT, &case.attachments, attachment_values)?,
    ])
}

impl Coder<'_> {
    /// The rows of a case's lists that are not empty, each with the statement
    /// that writes it.
    pub(super) fn list_rows(&self, case: &Case, seq: i64) -> Result<Vec<(&'static str, Rows)>, Error> {
        let province = self.province(&case.province)?;
        let with_keys = |(line, row): (i64, Vec<Value>)| {
            let mut values = vec![seq.into(), province.into(), line.into()];
            values.extend(row);
            values
        };
        let filled = lists(case, *self)?.into_iter().filter(|list| !list.rows.is_empty());
        Ok(filled.map(|list| (list.insert, list.lines().map(with_keys).collect())).collect())
    }
}

impl Store {
    /// Fills in the lists of a case, which has its first lot.
    pub(super) fn read_lists(&mut self, case: &mut Case, seq: i64, province: i64) -> Result<(), Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let of_case = [Value::Int(seq), province.into()];
        case.goods.extend(self.engine.rows(sql::GOODS, &of_case, |row| coder.read_goods(row))?);
        case.payments = self.engine.rows(sql::PAYMENTS, &of_case, |row| coder.read_payment(row))?;
        case.disposals = self.engine.rows(sql::DISPOSALS, &of_case, |row| coder.read_disposal(row))?;
        case.attachments = self.engine.rows(sql::ATTACHMENTS, &of_case, |row| read_attachment(row))?;
        Ok(())
    }

    /// Fills in the lists of cases, of which these are the keys.
    pub(super) fn read_lists_of(&mut self, keys: &Keys, cases: &mut [Loaded]) -> Result<(), Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let engine = self.engine.as_mut();
        keys.each(engine, sql::GOODS_OF_THESE, |at, row| put(coder.read_goods(row), &mut cases[at].case.goods))?;
        keys.each(engine, sql::PAYMENTS_OF_THESE, |at, row| {
            put(coder.read_payment(row), &mut cases[at].case.payments)
        })?;
        keys.each(engine, sql::DISPOSALS_OF_THESE, |at, row| {
            put(coder.read_disposal(row), &mut cases[at].case.disposals)
        })?;
        keys.each(engine, sql::ATTACHMENTS_OF_THESE, |at, row| {
            put(read_attachment(row), &mut cases[at].case.attachments)
        })
    }

    /// The lists of cases, of which these are the rows, as they stand; of one
    /// whose lists can't be read, none.
    pub(super) fn lines_of_each(&mut self, rows: &[Row]) -> Result<Vec<Lines>, Error> {
        match self.lines_of(rows) {
            Err(Error::Corrupt(_)) => {
                let of_one = |row| match self.lines_of(std::slice::from_ref(row)) {
                    Err(Error::Corrupt(_)) => Ok(Lines::default()),
                    lines => Ok(lines?.pop().unwrap_or_default()),
                };
                rows.iter().map(of_one).collect()
            }
            lines => lines,
        }
    }

    fn lines_of(&mut self, rows: &[Row]) -> Result<Vec<Lines>, Error> {
        let keys = Keys::of_rows(rows)?;
        let mut lines: Vec<Lines> = rows.iter().map(|_| Lines::default()).collect();
        let lists = [sql::GOODS_OF_THESE, sql::PAYMENTS_OF_THESE, sql::DISPOSALS_OF_THESE, sql::ATTACHMENTS_OF_THESE];
        for (list, sql) in lists.into_iter().enumerate() {
            keys.each(self.engine.as_mut(), sql, |at, row| {
                row.0.truncate(row.0.len() - 2);
                lines[at].0[list].push(row.take());
                Ok(())
            })?;
        }
        Ok(lines)
    }

    /// Writes the lists of a case that has a row.
    pub(super) fn write_lists(&mut self, case: &Case, seq: i64) -> Result<(), Error> {
        for (insert, rows) in self.coder().list_rows(case, seq)? {
            self.engine.load(insert, &rows)?;
        }
        Ok(())
    }

    pub(super) fn delete_lists(&mut self, seq: i64) -> Result<(), Error> {
        for statement in [sql::DELETE_GOODS, sql::DELETE_PAYMENTS, sql::DELETE_DISPOSALS, sql::DELETE_ATTACHMENTS] {
            self.engine.execute(statement, &[seq.into()])?;
        }
        Ok(())
    }

    /// Whether the rows of a case's lists are what they would be written as,
    /// line by line.
    pub(super) fn lists_are_written(&self, case: &Case, there: &Lines) -> Result<bool, Error> {
        let same =
            |(row, (line, values)): (&Row, (i64, Vec<Value>))| row.0[0] == Value::Int(line) && row.0[1..] == values[..];
        let is_written = |(list, there): (List, &Vec<Row>)| {
            there.len() == list.rows.len() && there.iter().zip(list.lines()).all(same)
        };
        Ok(lists(case, self.coder())?.into_iter().zip(&there.0).all(is_written))
    }
}

fn put<T>(read: Result<T, Error>, list: &mut Vec<T>) -> Result<(), Error> {
    list.push(read?);
    Ok(())
}
