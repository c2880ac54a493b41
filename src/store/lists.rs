//! What a case has lists of, each in a table of its own: goods, payments,
//! disposals, attachments.

use super::engine::{Row, Value};
use super::error::Error;
use super::rows::{Coder, attachment_values, read_attachment};
use super::{Store, sql};
use crate::domain::Case;

/// A list as it is written: the statements for its rows, and their values
/// after the keys.
struct List {
    insert: &'static str,
    read: &'static str,
    rows: Vec<Vec<Value>>,
}

impl List {
    fn new<T>(
        insert: &'static str,
        read: &'static str,
        items: &[T],
        values: impl Fn(&T) -> Result<Vec<Value>, Error>,
    ) -> Result<Self, Error> {
        Ok(Self { insert, read, rows: items.iter().map(values).collect::<Result<_, _>>()? })
    }
}

fn lists(case: &Case, coder: Coder<'_>) -> Result<[List; 4], Error> {
    Ok([
        List::new(sql::INSERT_GOODS, sql::GOODS, &case.goods, |goods| coder.goods_values(goods))?,
        List::new(sql::INSERT_PAYMENT, sql::PAYMENTS, &case.payments, |paid| coder.payment_values(paid))?,
        List::new(sql::INSERT_DISPOSAL, sql::DISPOSALS, &case.disposals, |done| coder.disposal_values(done))?,
        List::new(sql::INSERT_ATTACHMENT, sql::ATTACHMENTS, &case.attachments, attachment_values)?,
    ])
}

impl Coder<'_> {
    /// The rows of a case's lists that are not empty, each with the statement
    /// that writes it.
    pub(super) fn list_rows(&self, case: &Case, seq: i64) -> Result<Vec<(&'static str, Vec<Vec<Value>>)>, Error> {
        let province = self.province(&case.province)?;
        let with_keys = |(line, row): (i64, Vec<Value>)| {
            let mut values = vec![seq.into(), province.into(), line.into()];
            values.extend(row);
            values
        };
        let filled = lists(case, *self)?.into_iter().filter(|list| !list.rows.is_empty());
        Ok(filled.map(|list| (list.insert, (1..).zip(list.rows).map(with_keys).collect())).collect())
    }
}

impl Store {
    /// Fills in the lists of a case.
    pub(super) fn read_lists(&mut self, case: &mut Case, seq: i64, province: i64) -> Result<(), Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let of_case = [Value::Int(seq), province.into()];
        case.goods = self.engine.rows(sql::GOODS, &of_case, |row| coder.read_goods(&row))?;
        case.payments = self.engine.rows(sql::PAYMENTS, &of_case, |row| coder.read_payment(&row))?;
        case.disposals = self.engine.rows(sql::DISPOSALS, &of_case, |row| coder.read_disposal(&row))?;
        case.attachments = self.engine.rows(sql::ATTACHMENTS, &of_case, |row| read_attachment(&row))?;
        Ok(())
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
    pub(super) fn lists_are_written(&mut self, case: &Case, row: &Row) -> Result<bool, Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let of_case = [Value::Int(row.int(0)?), row.int(1)?.into()];
        // A list without rows was read as what it is.
        for list in lists(case, coder)?.into_iter().filter(|list| !list.rows.is_empty()) {
            let there = self.engine.rows(list.read, &of_case, Ok)?;
            let written = (1_i64..).map(Value::Int).zip(&list.rows);
            let same =
                |(row, (line, values)): (&Row, (Value, &Vec<Value>))| row.0[0] == line && row.0[1..] == values[..];
            if there.len() != list.rows.len() || !there.iter().zip(written).all(same) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
