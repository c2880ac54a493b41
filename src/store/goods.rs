//! What is held of the goods of many cases, handed over lot by lot.

use chrono::NaiveDate;

use super::agencies::set;
use super::engine::{Row, Value};
use super::error::Error;
use super::list::period_values;
use super::rows::{Coder, day, day_number, read_status};
use super::{Store, sql};
use crate::domain::{
    AgencyId, CaseStock, Dating, EventKind, Filter, ForceId, Names, Period, ProvinceId, StockCase, StockLot,
    ViolationId,
};

/// Which lots are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct GoodsQuery {
    /// Which cases; its categories and words of goods are those of the lot.
    pub filter: Filter,
    /// A period in which something happened to the cases.
    pub period: Option<Period>,
    /// What happened; `None` is anything.
    pub kind: Option<EventKind>,
    /// The day on which that counts.
    pub dating: Dating,
    /// The day at whose end they are held.
    pub on: NaiveDate,
    /// Whether lots that have gone are asked for too.
    pub all: bool,
    /// Those that are held since the last day first.
    pub newest_first: bool,
}

/// The first column of a row that tells of the first lot, of another, and of a
/// disposal. Before a lot stands whether it is asked for.
const FIRST_LOT: usize = 13;
const LOT: usize = 25;
const DISPOSAL: usize = 36;
/// How many columns tell of a lot.
const LOT_COLUMNS: usize = 11;

impl Store {
    /// Hands over lots, those that are held longest first; tells the names of
    /// the agencies. Memory does not grow with them.
    pub fn goods(
        &mut self,
        query: &GoodsQuery,
        each: &mut dyn FnMut(StockLot) -> Result<(), Error>,
    ) -> Result<Names, Error> {
        self.read(|store| {
            let by_case = Filter { categories: Vec::new(), ..query.filter.clone() };
            let mut values = store.filter_values(&by_case)?;
            values.extend(period_values(query.period, query.dating, query.kind));
            let categories = &query.filter.categories;
            values.extend([
                if categories.is_empty() { Value::Null } else { set(categories.iter().map(|id| id.0)) },
                day_number(query.on).into(),
                i64::from(query.all).into(),
            ]);
            let statement = if query.newest_first { sql::GOODS_NEWEST } else { sql::GOODS_OLDEST };
            store
                .each_stock(statement, &values, &mut |case| case.stock(query.on, query.all).try_for_each(&mut *each))?;
            store.agency_names()
        })
    }

    /// Hands over the goods of each case of whose goods some went.
    pub(super) fn each_disposed(&mut self, each: &mut dyn FnMut(CaseStock) -> Result<(), Error>) -> Result<(), Error> {
        self.each_stock(sql::GOODS_DISPOSED, &[], each)
    }

    fn each_stock(
        &mut self,
        statement: &'static str,
        values: &[Value],
        each: &mut dyn FnMut(CaseStock) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let mut at: Option<(i64, CaseStock)> = None;
        self.engine.query(statement, values, &mut |row| {
            let seq = row.int(0)?;
            if at.as_ref().is_none_or(|(known, _)| *known != seq) {
                let case = coder.read_stock_case(row)?;
                let next = CaseStock { case, lots: Vec::new(), disposals: Vec::new() };
                if let Some((_, done)) = at.replace((seq, next)) {
                    each(done)?;
                }
            }
            match &mut at {
                Some((_, stock)) => coder.read_stock(row, stock),
                None => Ok(()),
            }
        })?;
        at.map_or(Ok(()), |(_, last)| each(last))
    }
}

impl Coder<'_> {
    fn read_stock_case(&self, row: &Row) -> Result<StockCase, Error> {
        Ok(StockCase {
            id: row.id(1)?,
            case_no: row.opt_text(2)?,
            province: ProvinceId(row.int(3)?),
            commune: row.opt_text(4)?,
            agency: AgencyId(row.int(5)?),
            force: ForceId(row.int(6)?),
            violation: row.opt_int(7)?.map(ViolationId),
            detected_on: day(row.int(8)?)?,
            status: read_status(row.int(9)?)?,
            seized_value: self.read_money(row, 10)?,
        })
    }

    /// Adds what a row tells of lots and of a disposal; each stands in as many
    /// rows as there are of the others.
    fn read_stock(&self, row: &Row, stock: &mut CaseStock) -> Result<(), Error> {
        let line = |column, known: usize| {
            let line = row.opt_int(column)?.and_then(|line| usize::try_from(line).ok());
            Ok::<_, Error>(line.is_some_and(|line| line > known))
        };
        for lot in [FIRST_LOT, LOT] {
            if line(lot, stock.lots.len())? {
                let goods = self.read_goods(&Row(row.0[lot..lot + LOT_COLUMNS].to_vec()))?;
                stock.lots.push((goods, row.int(lot - 1)? == 1));
            }
        }
        if line(DISPOSAL, stock.disposals.len())? {
            stock.disposals.push(self.read_disposal(&Row(row.0[DISPOSAL..].to_vec()))?);
        }
        Ok(())
    }
}
