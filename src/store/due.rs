//! Deadlines that are open, of all cases that may have one.

use chrono::NaiveDate;

use super::engine::{Row, Value};
use super::error::Error;
use super::list::period_values;
use super::rows::{CASE_COLUMNS, Coder, status_number};
use super::verify::BATCH;
use super::{Store, sql};
use crate::domain::{Case, Dating, DeadlineKind, DueCase, Filter, Period, Status, TimeLimits};

/// What is asked of deadlines.
#[derive(Debug, Clone, PartialEq)]
pub struct DueQuery {
    /// Which cases it takes in.
    pub filter: Filter,
    /// A period in which something happened to them.
    pub period: Option<Period>,
    /// The day on which that counts.
    pub dating: Dating,
    /// The kinds of deadlines; none is all.
    pub kinds: Vec<DeadlineKind>,
    /// The last day on which they end.
    pub until: NaiveDate,
    /// The most to give, the soonest first.
    pub limit: Option<u64>,
}

/// Deadlines, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due<'a> {
    /// Those asked for, the soonest first.
    pub due: Vec<DueCase<'a>>,
    /// How many there are in all.
    pub matching: u64,
}

impl Store {
    /// The deadlines that nothing has ended. Cases are gone through some at a
    /// time; memory grows with what is given alone.
    pub fn due<'a>(&mut self, query: &DueQuery, limits: &'a TimeLimits) -> Result<Due<'a>, Error> {
        self.read(|store| {
            let mut values = store.filter_values(&query.filter)?;
            values.extend(period_values(query.period, query.dating, None));
            let most = query.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
            let (mut found, mut matching) = (Vec::new(), 0);
            store.each_of(sql::MAY_BE_DUE, values, |store, row| {
                let case = store.due_case(row)?;
                let before = found.len();
                found.extend(DueCase::of(&case, &query.kinds, query.until, limits));
                matching += u64::try_from(found.len() - before).unwrap_or_default();
                // Twice as many as are asked for, so that not every one is sorted in.
                if found.len() / 2 > most {
                    keep_soonest(&mut found, most);
                }
                Ok(())
            })?;
            keep_soonest(&mut found, most);
            Ok(Due { due: found, matching })
        })
    }

    /// Goes through the cases that a statement gives, some at a time: it takes
    /// the last row's number, and how many, after the values.
    pub(super) fn each_of(
        &mut self,
        sql: &'static str,
        mut values: Vec<Value>,
        mut each: impl FnMut(&mut Self, &Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let at = values.len();
        values.extend([i64::MIN.into(), BATCH.into()]);
        loop {
            let rows = self.engine.rows(sql, &values, |row| Ok(row.take()))?;
            let Some(last) = rows.last() else { return Ok(()) };
            values[at] = last.int(0)?.into();
            for row in &rows {
                each(self, row)?;
            }
        }
    }

    /// The case of a row, with as much of its lists as its deadlines ask for.
    fn due_case(&mut self, row: &Row) -> Result<Case, Error> {
        let agency = self.agency_name(row.int(7)?)?;
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let mut case = coder.read_case(row, agency)?;
        let of_case = [row.int(0)?.into(), row.int(1)?.into()];
        let unpaid = [Status::Open, Status::Decided].map(status_number);
        if !unpaid.contains(&row.int(37)?) {
            case.payments = self.engine.rows(sql::PAYMENTS, &of_case, |row| coder.read_payment(row))?;
        }
        if row.int(CASE_COLUMNS)? > 0 {
            case.goods.extend(self.engine.rows(sql::GOODS, &of_case, |row| coder.read_goods(row))?);
            case.disposals = self.engine.rows(sql::DISPOSALS, &of_case, |row| coder.read_disposal(row))?;
        }
        Ok(case)
    }
}

fn keep_soonest(found: &mut Vec<DueCase<'_>>, most: usize) {
    found.sort_by_key(DueCase::soonest);
    found.truncate(most);
}
