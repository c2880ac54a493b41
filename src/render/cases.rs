//! One case, and lists of cases.

use serde_json::{Value, json};

use super::goods::{put_quantity, quantity_cell};
use super::grid::{Block, Cell, Column, Grid, GridRow, Page};
use super::history::{told, written_moment};
use super::records::{Put, blank_case_record, case_record, flat_case_record};
use super::totals::capital;
use super::{Record, View};
use crate::domain::{
    Amount, Attachment, Bound, By, Case, Currency, Disposal, EventKind, Field, Goods, JournalEntry, Ledger, Measure,
    Payment, Quantity, Reference, Sum,
};
use crate::lang::Words;
use crate::text::{Marks, write_digits};

/// One case, with the history of its record where that is wanted.
pub struct CaseView<'a> {
    /// The case.
    pub case: &'a Case,
    /// What happened to its record.
    pub history: Option<&'a [JournalEntry]>,
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
}

/// Names the codes of cases.
#[derive(Clone, Copy)]
struct Namer<'a> {
    reference: &'a Reference,
    words: &'static Words,
}

impl Namer<'_> {
    fn province(self, case: &Case) -> String {
        self.reference.province_of(&case.province).map_or_else(String::new, |province| province.name.clone())
    }

    fn force(self, case: &Case) -> Option<String> {
        let force = self.reference.force(case.force.as_deref()?)?;
        Some(self.words.name(&force.name, &force.name_en).to_owned())
    }

    fn violation(self, case: &Case) -> Option<String> {
        let violation = self.reference.violation(case.violation.as_deref()?)?;
        Some(self.words.name(&violation.name, &violation.name_en).to_owned())
    }

    fn category(self, goods: &Goods) -> Option<String> {
        let category = self.reference.category(goods.category.as_deref()?)?;
        Some(self.words.name(&category.name, &category.name_en).to_owned())
    }

    fn amount(self, amount: Amount) -> String {
        bounded(amount.value, amount.bound, self.words.marks)
    }
}

pub(super) fn bounded(value: rust_decimal::Decimal, bound: Bound, marks: Marks) -> String {
    format!("{}{}", bound.sign(), write_digits(value, marks))
}

fn quantity(quantity: Option<Quantity>, words: &Words) -> Cell {
    Cell::text(quantity.map(|quantity| bounded(quantity.value, quantity.bound, words.marks)))
}

impl CaseView<'_> {
    fn namer(&self, words: &'static Words) -> Namer<'_> {
        Namer { reference: self.reference, words }
    }

    /// What a case has once, as pairs of a label and what is to be said.
    fn facts(&self, words: &'static Words) -> Grid {
        let (case, namer) = (self.case, self.namer(words));
        let day = |day: Option<chrono::NaiveDate>| day.map(words.date);
        let decision = case.decision.as_ref();
        let transfer = case.transfer.as_ref();
        let offender = case.offender.as_ref();
        let unknown = || Some(words.labels.unknown.to_owned());
        let amount = |amount: Option<Amount>| amount.map(|amount| namer.amount(amount));
        let province = match &case.commune {
            Some(commune) => format!("{}, {commune}", namer.province(case)),
            None => namer.province(case),
        };
        let count = case.case_count;
        let counted = (count.n > 1).then(|| bounded(count.n.into(), count.bound, words.marks));
        let facts = [
            (Field::Id, Some(case.id.to_string())),
            (Field::CaseNo, case.case_no.clone()),
            (Field::Province, Some(province)),
            (Field::Agency, Some(case.agency.clone())),
            (Field::Force, namer.force(case)),
            (Field::Partners, (!case.partners.is_empty()).then(|| case.partners.join("; "))),
            (Field::DetectedFrom, day(case.detected_from)),
            (Field::DetectedOn, day(Some(case.detected_on))),
            (Field::CaseCount, counted),
            (Field::Violation, namer.violation(case)),
            (Field::LegalBasis, case.legal_basis.clone()),
            (Field::SeizedValue, amount(case.seized_value).or_else(unknown)),
            (Field::DecisionNo, decision.and_then(|decision| decision.decision_no.clone())),
            (Field::DecidedOn, day(decision.map(|decision| decision.decided_on))),
            (Field::FineAmount, decision.and_then(|decision| amount(decision.fine_amount).or_else(unknown))),
            (Field::IllegalProfit, decision.and_then(|decision| amount(decision.illegal_profit))),
            (Field::Remedies, decision.and_then(|decision| decision.remedies.clone())),
            (Field::TransferredOn, day(transfer.map(|transfer| transfer.transferred_on))),
            (Field::TransferredTo, transfer.and_then(|transfer| transfer.to.clone())),
            (Field::Persons, transfer.and_then(|transfer| transfer.persons).map(|n| n.to_string())),
            (Field::ClosedOn, day(case.closed_on)),
            (Field::Offender, offender.and_then(|offender| offender.name.clone())),
            (Field::OffenderKind, offender.and_then(|one| one.kind).map(|kind| (words.offender_kind)(kind).to_owned())),
            (Field::OffenderId, offender.and_then(|offender| offender.id_no.clone())),
            (Field::OffenderAddress, offender.and_then(|offender| offender.address.clone())),
            (Field::Source, case.source.clone()),
            (Field::Note, case.note.clone()),
        ];
        let rows = facts.into_iter().filter_map(|(field, value)| {
            Some(GridRow::body(vec![Cell::Text((words.field)(field).to_owned()), Cell::Text(value?)]))
        });
        Grid {
            title: None,
            columns: vec![Column::left(words.labels.item), Column::left(words.labels.detail)],
            rows: rows.collect(),
        }
    }

    fn goods(&self, words: &'static Words) -> Grid {
        let namer = self.namer(words);
        // Where nothing went, what is held is what was taken in.
        let ledger = if self.case.disposals.is_empty() { Ledger::default() } else { self.case.ledger() };
        let row = |(at, goods): (usize, &Goods)| {
            GridRow::body(vec![
                Cell::Text((at + 1).to_string()),
                Cell::Text(goods.name.clone()),
                Cell::text(namer.category(goods)),
                quantity(goods.quantity, words),
                Cell::text(goods.unit.clone()),
                ledger.lots.get(at).map_or(Cell::Empty, |lot| quantity_cell(lot.held, words)),
                goods.value.map_or(Cell::Empty, |value| Cell::amount(Some(value))),
                Cell::text(goods.brand.clone()),
                Cell::text(goods.origin.clone()),
            ])
        };
        let columns = vec![
            Column::right(words.labels.code_of_line),
            Column::left((words.field)(Field::Goods)),
            Column::left((words.field)(Field::Category)),
            Column::right((words.field)(Field::Quantity)),
            Column::left((words.field)(Field::Unit)),
            Column::right(words.ledger.held),
            Column::right((words.field)(Field::GoodsValue)),
            Column::left((words.field)(Field::Brand)),
            Column::left((words.field)(Field::Origin)),
        ];
        let rows = self.case.goods.iter().enumerate().map(row).collect();
        without_empty(Grid { title: Some(words.labels.goods.to_owned()), columns, rows })
    }

    fn payments(&self, words: &'static Words) -> Option<Grid> {
        let row =
            |payment: &Payment| GridRow::body(vec![Cell::Date(payment.paid_on), Cell::amount(Some(payment.amount))]);
        let rows: Vec<GridRow> = self.case.payments.iter().map(row).collect();
        let columns = vec![Column::left(words.labels.date), Column::right(words.labels.amount)];
        let title = Some(words.labels.payments.to_owned());
        (!rows.is_empty()).then_some(Grid { title, columns, rows })
    }

    fn disposals(&self, words: &'static Words) -> Option<Grid> {
        let row = |disposal: &Disposal| {
            GridRow::body(vec![
                Cell::Date(disposal.disposed_on),
                Cell::Text((words.event)(EventKind::from(disposal.how)).to_owned()),
                Cell::text(disposal.lot.map(|lot| lot.to_string())),
                quantity(disposal.quantity, words),
                Cell::amount(disposal.value),
                Cell::text(disposal.minutes.clone()),
            ])
        };
        let columns = vec![
            Column::left(words.labels.date),
            Column::left(words.labels.how),
            Column::right((words.field)(Field::Lot)),
            Column::right((words.field)(Field::Quantity)),
            Column::right((words.field)(Field::DisposedValue)),
            Column::left((words.field)(Field::Minutes)),
        ];
        let rows: Vec<GridRow> = self.case.disposals.iter().map(row).collect();
        let title = Some(words.labels.disposals.to_owned());
        (!rows.is_empty()).then(|| without_empty(Grid { title, columns, rows }))
    }

    fn attachments(&self, words: &'static Words) -> Option<Grid> {
        let said = &words.safety;
        let row = |attachment: &Attachment| {
            GridRow::body(vec![
                Cell::Text(attachment.name.clone()),
                Cell::Number(attachment.bytes.into()),
                Cell::Date(attachment.added_on),
                Cell::text(attachment.note.clone()),
                Cell::Text(attachment.sha256.clone()),
            ])
        };
        let columns = vec![
            Column::left(said.file),
            Column::right(said.size),
            Column::left(said.added_on),
            Column::left(said.shows),
            Column::left("SHA-256"),
        ];
        let rows: Vec<GridRow> = self.case.attachments.iter().map(row).collect();
        let title = Some(said.attachment.to_owned());
        (!rows.is_empty()).then(|| without_empty(Grid { title, columns, rows }))
    }

    fn history_grid(&self, words: &'static Words) -> Option<Grid> {
        let row = |entry: &JournalEntry| {
            GridRow::body(vec![
                Cell::Text(written_moment(entry, words)),
                Cell::Text(entry.who.clone()),
                Cell::Text((words.action)(&entry.action).to_owned()),
                Cell::text(Some(told(&entry.body, self.reference, words)).filter(|told| !told.is_empty())),
                Cell::text(Some(entry.reason.clone()).filter(|reason| !reason.is_empty())),
            ])
        };
        let labels = &words.labels;
        let headers = [labels.when, labels.who, labels.action, labels.what_changed, labels.reason];
        let columns = headers.into_iter().map(Column::left).collect();
        let rows = self.history?.iter().map(row).collect();
        Some(without_empty(Grid { title: Some(labels.history.to_owned()), columns, rows }))
    }
}

impl CaseView<'_> {
    /// Puts what is held of each lot beside what is told of it.
    fn put_held(&self, record: &mut Record) {
        let lots = record.get_mut("goods").and_then(Value::as_array_mut);
        for (lot, balance) in lots.into_iter().flatten().zip(self.case.ledger().lots) {
            if let Some(lot) = lot.as_object_mut() {
                put_quantity(lot, "held_quantity", balance.held);
            }
        }
    }
}

/// Without the columns that hold nothing.
fn without_empty(mut grid: Grid) -> Grid {
    let is_empty = |at: usize| grid.rows.iter().all(|row| row.cells.get(at) == Some(&Cell::Empty));
    let empty: Vec<usize> = (0..grid.columns.len()).filter(|at| is_empty(*at)).collect();
    for at in empty.into_iter().rev() {
        grid.columns.remove(at);
        grid.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
    }
    grid
}

impl View for CaseView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let status = (words.status)(self.case.status());
        let name = self.case.case_no.clone().unwrap_or_else(|| self.case.id.to_string());
        let grids = [
            Some(self.facts(words)),
            Some(self.goods(words)),
            self.payments(words),
            self.disposals(words),
            self.attachments(words),
            self.history_grid(words),
        ];
        let void = self.case.void.as_ref();
        Page {
            title: format!("{} {name} · {status}", words.labels.case),
            blocks: grids.into_iter().flatten().map(Block::Grid).collect(),
            notes: void.map(|void| (words.notes.void)(&void.reason)).into_iter().collect(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        self.records().into_iter().next().map_or(Value::Null, Value::Object)
    }

    fn records(&self) -> Vec<Record> {
        let mut record = case_record(self.case, self.reference);
        record.put("attachments", self.case.attachments.iter().map(attachment_record).collect::<Vec<_>>());
        if let Some(history) = self.history {
            self.put_held(&mut record);
            record.put("history", history.iter().map(history_record).collect::<Vec<_>>());
        }
        vec![record]
    }

    fn flat_records(&self) -> Vec<Record> {
        vec![flat_case_record(self.case, self.reference)]
    }
}

fn attachment_record(attachment: &Attachment) -> Value {
    json!({
        "sha256": attachment.sha256,
        "name": attachment.name,
        "bytes": attachment.bytes,
        "added_on": attachment.added_on,
        "note": attachment.note,
    })
}

/// An entry of the journal, for programs.
pub(super) fn history_record(entry: &JournalEntry) -> Value {
    json!({
        "at": entry.at,
        "who": entry.who,
        "action": entry.action,
        "revision": entry.revision,
        "reason": (!entry.reason.is_empty()).then_some(entry.reason.as_str()),
        "changes": serde_json::from_str::<Value>(&entry.body).unwrap_or_default(),
        "hash": entry.hash,
    })
}

/// A list of cases.
pub struct CaseListView<'a> {
    /// The cases.
    pub cases: &'a [Case],
    /// How many match in all.
    pub matching: u64,
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
}

/// How much of some ids tells any two of them apart.
pub(super) fn short_id_length(mut ids: Vec<String>) -> usize {
    const SHORTEST: usize = 13;
    ids.sort_unstable();
    ids.dedup();
    let alike = |pair: &[String]| pair[0].bytes().zip(pair[1].bytes()).take_while(|(one, two)| one == two).count();
    ids.windows(2).map(|pair| alike(pair) + 1).max().unwrap_or(0).clamp(SHORTEST, 36)
}

/// The cases of a list as a table.
pub(super) fn case_grid(
    cases: &[Case],
    name: &dyn Fn(&Case) -> String,
    reference: &Reference,
    words: &'static Words,
) -> Grid {
    let namer = Namer { reference, words };
    let row = |case: &Case| {
        let goods = case.goods.iter().map(|goods| goods.name.as_str()).collect::<Vec<_>>().join("; ");
        let fine = case.decision.as_ref().map_or(Cell::Empty, |decision| Cell::amount(decision.fine_amount));
        let count = Amount { value: case.case_count.n.into(), bound: case.case_count.bound };
        GridRow::body(vec![
            Cell::Date(case.detected_on),
            Cell::Text(name(case)),
            Cell::Text(namer.province(case)),
            Cell::Text(case.agency.clone()),
            Cell::Text(goods),
            Cell::Count(Sum::of(Some(count), 1)),
            Cell::amount(case.seized_value),
            fine,
            Cell::Text((words.status)(case.status()).to_owned()),
        ])
    };
    let columns = vec![
        Column::left(words.labels.date).rigid(),
        Column::left((words.field)(Field::CaseNo)).rigid(),
        Column::left(capital((words.by)(By::Province))),
        Column::left((words.field)(Field::Agency)),
        Column::left((words.field)(Field::Goods)),
        Column::right(words.labels.cases),
        Column::right((words.short_measure)(Measure::SeizedValue)),
        Column::right((words.field)(Field::FineAmount)),
        Column::left(words.labels.status),
    ];
    Grid { title: None, columns, rows: cases.iter().map(row).collect() }
}

impl View for CaseListView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let number = |n: u64| write_digits(n.into(), words.marks);
        let shown = u64::try_from(self.cases.len()).unwrap_or(u64::MAX);
        let length = short_id_length(self.cases.iter().map(|case| case.id.to_string()).collect());
        let name = |case: &Case| case.case_no.clone().unwrap_or_else(|| case.id.to_string()[..length].to_owned());
        let (block, note) = match self.matching {
            0 => (Block::Line(words.notes.nothing.to_owned()), None),
            all if all > shown => (self.grid(&name, words), Some((words.notes.shown)(&number(shown), &number(all)))),
            all => (self.grid(&name, words), Some((words.notes.matching)(&number(all)))),
        };
        Page {
            title: words.labels.cases_title.to_owned(),
            blocks: vec![block],
            notes: note.into_iter().collect(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        self.cases.iter().map(|case| case_record(case, self.reference)).collect()
    }

    fn template(&self) -> Record {
        blank_case_record(self.reference)
    }

    fn flat_records(&self) -> Vec<Record> {
        self.cases.iter().map(|case| flat_case_record(case, self.reference)).collect()
    }
}

impl CaseListView<'_> {
    fn grid(&self, name: &dyn Fn(&Case) -> String, words: &'static Words) -> Block {
        Block::Grid(case_grid(self.cases, name, self.reference, words))
    }
}
