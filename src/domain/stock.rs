//! The stock of goods: the lots of many cases with what became of each, and
//! their sums.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::totals::{Keys, Ranks};
use super::{
    AgencyId, Amount, CategoryId, Disposal, ForceId, Goods, How, Key, Ledger, LotBalance, Members, Move, Names,
    Overdrawn, Overflow, Period, ProvinceId, Quantity, Reference, Slice, Status, Sum, Tally, TotalsQuery, ViolationId,
};
use crate::text::fold;

/// What is to be known of a case whose goods are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockCase {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub case_no: Option<String>,
    /// Its province, as recorded.
    pub province: ProvinceId,
    /// The commune.
    pub commune: Option<String>,
    /// The unit that found it, and holds its goods.
    pub agency: AgencyId,
    /// The force of that.
    pub force: ForceId,
    /// The violation.
    pub violation: Option<ViolationId>,
    /// When it was found: since then its goods are held.
    pub detected_on: NaiveDate,
    /// Where it stands.
    pub status: Status,
    /// The value of all that was seized.
    pub seized_value: Option<Amount>,
}

/// A case with its goods and what was done with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStock {
    /// The case.
    pub case: StockCase,
    /// Its lots, each with whether it is asked for.
    pub lots: Vec<(Goods, bool)>,
    /// Its disposals.
    pub disposals: Vec<Disposal>,
}

/// A lot, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockLot {
    /// Its case.
    pub case: StockCase,
    /// What it is.
    pub goods: Goods,
    /// The value of the whole lot. Where a case has one lot alone and tells no
    /// value of it, it is that of all that was seized.
    pub value: Option<Amount>,
    /// What became of it.
    pub balance: LotBalance,
    /// Its disposals, one by one.
    pub moves: Vec<Move>,
}

impl CaseStock {
    fn ledger(&self, on: Option<NaiveDate>) -> Ledger {
        let goods: Vec<Goods> = self.lots.iter().map(|(goods, _)| goods.clone()).collect();
        Ledger::of(&goods, &self.disposals, self.case.detected_on, on)
    }

    /// The lots that are asked for, after the disposals up to the end of a
    /// day; without those that have gone, unless all are wanted.
    pub fn stock(self, on: NaiveDate, all: bool) -> impl Iterator<Item = StockLot> {
        let Ledger { lots: balances, moves, .. } = self.ledger(Some(on));
        let alone = self.lots.len() == 1;
        let case = self.case;
        let lots = self.lots.into_iter().zip(balances);
        lots.filter(move |((_, wanted), balance)| *wanted && (all || balance.is_held() != Some(false))).map(
            move |((goods, _), balance)| StockLot {
                value: goods.value.or(case.seized_value.filter(|_| alone)),
                moves: moves.iter().filter(|one| one.lot == balance.lot).cloned().collect(),
                case: case.clone(),
                goods,
                balance,
            },
        )
    }

    /// The disposals that can't have been.
    #[must_use]
    pub fn overdrawn(&self) -> Vec<Overdrawn> {
        self.ledger(None).overdrawn
    }
}

/// What sums of goods are put by.
#[derive(Debug, Clone, PartialEq)]
pub struct StockQuery {
    /// The keys, their boundaries and the day on which months end.
    pub keys: TotalsQuery,
    /// Whether what went is summed up by its way, not what was taken in and is
    /// held.
    pub by_how: bool,
}

/// Lots of one unit that have their keys in common, or what went of them.
#[derive(Debug, Clone, PartialEq)]
pub struct StockRow {
    /// The keys.
    pub keys: Vec<Key>,
    /// The way in which it went, where that is asked for.
    pub how: Option<How>,
    /// The unit, as it was first written; `None` is none.
    pub unit: Option<String>,
    /// How many lots, or disposals, are summed up.
    pub count: i64,
    /// How many more of them are in no sum, as some of their figures are
    /// unknown.
    pub unknown: i64,
    /// What was taken in: held and all that went.
    pub taken_in: Sum,
    /// What went, by its way in the order of [`How::ALL`].
    pub gone: [Sum; How::ALL.len()],
    /// What is held.
    pub held: Sum,
}

/// Sums of goods, each of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct StockSums {
    query: StockQuery,
    rows: HashMap<(Vec<Key>, Option<How>, String), StockRow>,
}

fn figure(quantity: Quantity) -> Sum {
    Sum::of(Some(Amount { value: quantity.value, bound: quantity.bound }), 1)
}

impl StockSums {
    /// No sums yet.
    #[must_use]
    pub fn new(query: StockQuery) -> Self {
        Self { query, rows: HashMap::new() }
    }

    /// Adds a lot: as it stands, or what went of it in the period.
    pub fn add(&mut self, lot: &StockLot, reference: &Reference) -> Result<(), Overflow> {
        if !self.query.by_how {
            return self.row(lot, None, lot.case.detected_on, reference).add(&lot.balance);
        }
        let counts = |on| self.query.keys.period.is_none_or(|period: Period| period.contains(on));
        let moves: Vec<&Move> = lot.moves.iter().filter(|one| counts(one.on)).collect();
        for one in moves {
            self.row(lot, Some(one.how), one.on, reference).add_move(one)?;
        }
        Ok(())
    }

    fn row(&mut self, lot: &StockLot, how: Option<How>, on: NaiveDate, reference: &Reference) -> &mut StockRow {
        let case = &lot.case;
        let category = lot.goods.category.as_deref().and_then(|code| reference.category(code));
        let category = category.map_or(CategoryId(0), |row| row.id);
        let at = Status::ALL.iter().position(|status| *status == case.status);
        let slice = Slice {
            province: case.province,
            members: Members {
                agency: case.agency.0,
                force: case.force.0,
                violation: case.violation.map_or(0, |id| id.0),
                category: category.0,
                status: at.and_then(|at| i64::try_from(at).ok()).unwrap_or_default(),
            },
            on,
            kind: super::EventKind::Detected,
            tally: Tally::default(),
        };
        let keys = Keys { query: &self.query.keys, reference }.of(&slice);
        let unit = lot.goods.unit.clone();
        let folded = unit.as_deref().map(fold).unwrap_or_default();
        self.rows.entry((keys.clone(), how, folded)).or_insert_with(|| StockRow::new(keys, how, unit))
    }

    /// The rows, in the order of their keys, units by their names.
    #[must_use]
    pub fn rows(self, names: &Names, reference: &Reference) -> Vec<StockRow> {
        let mut rows: Vec<StockRow> = self.rows.into_values().collect();
        let unit = |row: &StockRow| row.unit.clone().unwrap_or_default();
        let ranks = Ranks::of(rows.iter().flat_map(|row| &row.keys).copied(), names, reference);
        rows.sort_by(|one, two| {
            let place = |row: &StockRow| ranks.of_keys(&row.keys);
            place(one)
                .cmp(&place(two))
                .then(one.how.cmp(&two.how))
                .then_with(|| (one.unit.is_none()).cmp(&two.unit.is_none()))
                .then_with(|| crate::text::compare(&unit(one), &unit(two)))
        });
        rows
    }
}

impl StockRow {
    fn new(keys: Vec<Key>, how: Option<How>, unit: Option<String>) -> Self {
        let nothing = Sum::default();
        Self { keys, how, unit, count: 0, unknown: 0, taken_in: nothing, gone: [nothing; 4], held: nothing }
    }

    /// Adds a lot whose every figure is known; else it counts as unknown.
    fn add(&mut self, balance: &LotBalance) -> Result<(), Overflow> {
        let gone: Option<Vec<Quantity>> = balance.gone.iter().copied().collect();
        let (Some(taken_in), Some(held), Some(gone)) = (balance.taken_in, balance.held, gone) else {
            self.unknown += 1;
            return Ok(());
        };
        self.count += 1;
        self.taken_in.add(&figure(taken_in))?;
        self.held.add(&figure(held))?;
        self.gone.iter_mut().zip(gone).try_for_each(|(sum, gone)| sum.add(&figure(gone)))
    }

    fn add_move(&mut self, one: &Move) -> Result<(), Overflow> {
        let Some(quantity) = one.quantity else {
            self.unknown += 1;
            return Ok(());
        };
        self.count += 1;
        self.gone[one.how as usize].add(&figure(quantity))
    }
}
