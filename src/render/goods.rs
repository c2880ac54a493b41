//! The goods that are held, lot by lot and in sums.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::records::{Put, day_value, money_value};
use super::totals::{Namer, capital, filter_note};
use super::{Record, View};
use crate::domain::{
    Bound, By, Currency, EventKind, Field, How, Names, Quantity, Reference, StockLot, StockQuery, StockRow, Sum,
};
use crate::lang::Words;
use crate::report::Place;
use crate::text::write_digits;

/// Lots, and what is held of each.
pub struct GoodsView<'a> {
    /// The lots.
    pub lots: &'a [StockLot],
    /// How many there are in all.
    pub matching: u64,
    /// The day at whose end they are held.
    pub on: NaiveDate,
    /// Whether lots that have gone are among them.
    pub all: bool,
    /// What they were filtered by.
    pub place: &'a Place,
    /// The names of the agencies.
    pub agencies: &'a Names,
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
}

/// A quantity in a column of several units, each written as short as it is.
pub(super) fn quantity_cell(quantity: Option<Quantity>, words: &Words) -> Cell {
    let written = |quantity: Quantity| {
        format!("{}{}", quantity.bound.sign(), write_digits(quantity.value.normalize(), words.marks))
    };
    Cell::Text(quantity.map_or("?".to_owned(), written))
}

fn sum_cell(sum: &Sum, words: &Words) -> Cell {
    quantity_cell(Some(Quantity { value: sum.value, bound: sum.bound() }), words)
}

/// What the signs before quantities mean, where there are any.
fn signs_note(bounds: impl Iterator<Item = Bound>, words: &Words) -> Option<String> {
    let there: BTreeSet<Bound> = bounds.filter(|bound| *bound != Bound::Exact).collect();
    let signs: Vec<&str> = there.into_iter().map(Bound::sign).collect();
    (!signs.is_empty()).then(|| (words.notes.bounds)(&signs))
}

/// Puts a quantity, and its bound under a key of its own.
pub(super) fn put_quantity(record: &mut Record, key: &str, quantity: Option<Quantity>) {
    record.put_opt(key, quantity.map(|quantity| money_value(quantity.value)));
    record.put_opt(&format!("{key}_bound"), quantity.map(|quantity| quantity.bound.code()));
}

fn put_sum(record: &mut Record, key: &str, sum: &Sum) {
    record.put(key, money_value(sum.value.normalize()));
    record.put(&format!("{key}_bound"), sum.bound().code());
}

fn way(how: How, words: &Words) -> String {
    capital((words.event)(EventKind::from(how)))
}

impl GoodsView<'_> {
    fn row(&self, lot: &StockLot, words: &Words) -> GridRow {
        let (case, balance) = (&lot.case, &lot.balance);
        let province = self.reference.province(case.province).map(|row| row.name.clone()).unwrap_or_default();
        let place = case.commune.as_ref().map_or(province.clone(), |commune| format!("{province}, {commune}"));
        let category = lot.goods.category.as_deref().and_then(|code| self.reference.category(code));
        let mut cells = vec![
            Cell::text(self.agencies.get(&case.agency).map(|(name, _)| name.as_str())),
            Cell::Text(place),
            Cell::Text(case.case_no.clone().unwrap_or_else(|| case.id.to_string())),
            Cell::Text(balance.lot.to_string()),
            Cell::Text(lot.goods.name.clone()),
            Cell::text(category.map(|row| words.name(&row.name, &row.name_en))),
            quantity_cell(balance.held, words),
            Cell::text(lot.goods.unit.as_deref()),
            quantity_cell(balance.taken_in, words),
        ];
        if self.all {
            cells.extend(balance.gone.iter().map(|gone| quantity_cell(*gone, words)));
        }
        cells.extend([Cell::amount(lot.value), Cell::Date(balance.since)]);
        GridRow::body(cells)
    }

    fn grid(&self, words: &'static Words) -> Grid {
        let said = &words.ledger;
        let mut columns = vec![
            Column::left((words.field)(Field::Agency)),
            Column::left((words.field)(Field::Province)),
            Column::left((words.field)(Field::CaseNo)),
            Column::right((words.field)(Field::Lot)),
            Column::left((words.field)(Field::Goods)),
            Column::left((words.field)(Field::Category)),
            Column::right(said.held),
            Column::left((words.field)(Field::Unit)),
            Column::right(said.taken_in),
        ];
        if self.all {
            columns.extend(How::ALL.map(|how| Column::right(way(how, words))));
        }
        columns.extend([Column::right(said.value), Column::left(said.since).rigid()]);
        Grid { title: None, columns, rows: self.lots.iter().map(|lot| self.row(lot, words)).collect() }
    }

    /// What the signs before its quantities mean.
    fn signs(&self, words: &Words) -> Option<String> {
        let balances = self.lots.iter().map(|lot| &lot.balance);
        let shown = |gone| if self.all { gone } else { &[][..] };
        let quantities =
            balances.flat_map(|lot| [lot.held, lot.taken_in].into_iter().chain(shown(&lot.gone[..]).iter().copied()));
        // Those before money are told where its unit is.
        let of_money: Vec<Bound> = self.lots.iter().filter_map(|lot| Some(lot.value?.bound)).collect();
        let bounds = quantities.flatten().map(|quantity| quantity.bound);
        signs_note(bounds.filter(|bound| !of_money.contains(bound)), words)
    }

    fn record(&self, lot: &StockLot) -> Record {
        let (case, balance) = (&lot.case, &lot.balance);
        let province = self.reference.province(case.province);
        let mut record = Record::new();
        record.put("id", case.id.to_string());
        record.put_opt("case_no", case.case_no.as_deref());
        record.put("status", case.status.code());
        record.put_opt("province", province.map(|row| row.name.as_str()));
        record.put_opt("province_code", province.map(|row| row.code.as_str()));
        record.put_opt("commune", case.commune.as_deref());
        record.put_opt("agency", self.agencies.get(&case.agency).map(|(name, _)| name.as_str()));
        record.put("since", day_value(balance.since));
        record.put("lot", balance.lot);
        record.put("goods", lot.goods.name.as_str());
        record.put_opt("category", lot.goods.category.as_deref());
        record.put_opt("unit", lot.goods.unit.as_deref());
        put_quantity(&mut record, "taken_in", balance.taken_in);
        for how in How::ALL {
            put_quantity(&mut record, how.code(), balance.gone_by(how));
        }
        put_quantity(&mut record, "held", balance.held);
        record.put_opt("is_held", balance.is_held());
        record.put_amount("goods_value", "goods_value_bound", lot.value);
        record.put_opt("last_disposed_on", balance.last_disposal.map(day_value));
        record
    }
}

impl View for GoodsView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let said = &words.ledger;
        let number = |n: u64| write_digits(n.into(), words.marks);
        let shown = u64::try_from(self.lots.len()).unwrap_or(u64::MAX);
        let (block, note) = match self.matching {
            0 => (Block::Line(said.nothing.to_owned()), None),
            all if all > shown => {
                (Block::Grid(self.grid(words)), Some((words.notes.shown)(&number(shown), &number(all))))
            }
            all => (Block::Grid(self.grid(words)), Some((words.notes.matching)(&number(all)))),
        };
        let title = if self.all { (said.all_title)(self.on) } else { (said.held_title)(self.on) };
        Page {
            title: titled(title, self.place),
            blocks: vec![block],
            notes: self.signs(words).into_iter().chain(note).chain(filter_note(self.place, words)).collect(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        self.lots.iter().map(|lot| self.record(lot)).collect()
    }

    fn template(&self) -> Record {
        let keys = "id case_no status province province_code commune agency since lot goods category unit taken_in \
            taken_in_bound destroyed destroyed_bound sold sold_bound returned returned_bound handed_over \
            handed_over_bound held held_bound is_held goods_value goods_value_bound last_disposed_on";
        keys.split_whitespace().map(|key| (key.to_owned(), Value::Null)).collect()
    }
}

/// A title with the place that was asked for.
fn titled(title: String, place: &Place) -> String {
    let names = place.names();
    if names.is_empty() { title } else { format!("{title}, {names}") }
}

/// Sums of goods by what they have in common, each of one unit.
pub struct StockView<'a> {
    /// The rows.
    pub rows: &'a [StockRow],
    /// What they are put by.
    pub query: &'a StockQuery,
    /// The day at whose end goods are held.
    pub on: NaiveDate,
    /// What they were filtered by.
    pub place: &'a Place,
    /// The names of the agencies.
    pub agencies: &'a Names,
    /// The reference data.
    pub reference: &'a Reference,
}

impl StockView<'_> {
    fn namer(&self) -> Namer<'_> {
        let boundaries = self.query.keys.boundaries;
        Namer { reference: self.reference, agencies: self.agencies, boundaries }
    }

    fn columns(&self, words: &'static Words) -> Vec<Column> {
        let said = &words.ledger;
        let keys = self.query.keys.by.iter().map(|by| Column::left(capital((words.by)(*by))));
        let unit = Column::left((words.field)(Field::Unit));
        let mut columns: Vec<Column> = keys.collect();
        if self.query.by_how {
            columns.extend([Column::left(words.labels.how), unit, Column::right(said.times)]);
            columns.push(Column::right((words.field)(Field::Quantity)));
        } else {
            columns.extend([unit, Column::right(said.lots), Column::right(said.taken_in)]);
            columns.extend(How::ALL.map(|how| Column::right(way(how, words))));
            columns.push(Column::right(said.held));
        }
        columns.push(Column::right(said.unknown));
        columns
    }

    fn row(&self, row: &StockRow, words: &'static Words) -> GridRow {
        let keys = self.query.keys.by.iter().zip(&row.keys);
        let mut cells: Vec<Cell> = keys.map(|(by, key)| Cell::Text(self.namer().label(*by, *key, words))).collect();
        let (unit, count) = (Cell::text(row.unit.as_deref()), Cell::Number(row.count.into()));
        if let Some(how) = row.how {
            cells.extend([Cell::Text(way(how, words)), unit, count, sum_cell(&row.gone[how as usize], words)]);
        } else {
            cells.extend([unit, count, sum_cell(&row.taken_in, words)]);
            cells.extend(row.gone.iter().map(|gone| sum_cell(gone, words)));
            cells.push(sum_cell(&row.held, words));
        }
        cells.push(if row.unknown == 0 { Cell::Empty } else { Cell::Number(row.unknown.into()) });
        GridRow::body(cells)
    }

    fn record(&self, row: &StockRow) -> Record {
        let mut record = Record::new();
        for (by, key) in self.query.keys.by.iter().zip(&row.keys) {
            self.namer().put(&mut record, *by, *key);
        }
        if let Some(how) = row.how {
            record.put("how", how.code());
            record.put_opt("unit", row.unit.as_deref());
            record.put("disposals", row.count);
            record.put("unknown", row.unknown);
            put_sum(&mut record, "quantity", &row.gone[how as usize]);
            return record;
        }
        record.put_opt("unit", row.unit.as_deref());
        record.put("lots", row.count);
        record.put("unknown", row.unknown);
        put_sum(&mut record, "taken_in", &row.taken_in);
        for (how, gone) in How::ALL.into_iter().zip(&row.gone) {
            put_sum(&mut record, how.code(), gone);
        }
        put_sum(&mut record, "held", &row.held);
        record
    }
}

impl View for StockView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let said = &words.ledger;
        let block = match self.rows {
            [] => Block::Line(said.nothing.to_owned()),
            rows => {
                let rows = rows.iter().map(|row| self.row(row, words)).collect();
                Block::Grid(Grid { title: None, columns: self.columns(words), rows })
            }
        };
        let unknown: i64 = self.rows.iter().map(|row| row.unknown).sum();
        let unknown = (unknown > 0).then(|| (said.not_summed)(&write_digits(unknown.into(), words.marks)));
        let sums = self.rows.iter().flat_map(|row| [&row.taken_in, &row.held].into_iter().chain(&row.gone));
        let signs = signs_note(sums.map(Sum::bound), words);
        let title = match self.query.keys.period.filter(|period| self.query.by_how && !period.is_open()) {
            Some(period) => format!("{}, {}", said.gone_title, (words.labels.period)(period.from, period.last())),
            None if self.query.by_how => said.gone_title.to_owned(),
            None => (said.all_title)(self.on),
        };
        Page {
            title: titled(title, self.place),
            blocks: vec![block],
            notes: signs.into_iter().chain(unknown).chain(filter_note(self.place, words)).collect(),
            currency: None,
        }
    }

    fn json(&self) -> Value {
        let by = self.query.keys.by.iter().map(|by: &By| by.code());
        let by: Vec<&str> = by.chain(self.query.by_how.then_some("how")).collect();
        json!({"on": day_value(self.on), "by": by, "rows": self.records()})
    }

    fn records(&self) -> Vec<Record> {
        self.rows.iter().map(|row| self.record(row)).collect()
    }

    fn template(&self) -> Record {
        let how = self.query.by_how.then_some(How::Destroyed);
        let blank = StockRow {
            keys: Vec::new(),
            how,
            unit: None,
            count: 0,
            unknown: 0,
            taken_in: Sum::default(),
            gone: [Sum::default(); 4],
            held: Sum::default(),
        };
        let mut record = Record::new();
        self.query.keys.by.iter().for_each(|by| self.namer().put_nothing(&mut record, *by));
        record.extend(self.record(&blank));
        record
    }
}
