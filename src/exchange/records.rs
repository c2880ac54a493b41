//! What is read of files: records of one case each, and what is no case.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::cell::TableRow;
use super::convert::{Converter, quantity_and_unit, words};
use super::error::FileError;
use super::headers::Target;
use super::mapping::Mapping;
use super::plan::{LOOKED_AT, TablePlan, plan};
use super::workbook::TakeRows;
use crate::domain::{Bound, Entry, Field, FieldError, Part, Values};
use crate::text::{clean, read_amount};

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// The table.
    pub plan: Arc<TablePlan>,
    /// Its rows, from 1.
    pub rows: Vec<u64>,
}

/// A case as a file tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRecord {
    /// Where it stands.
    pub place: RecordPlace,
    /// What it says.
    pub entry: Entry,
    /// Cells that can't be taken for what they are to say.
    pub errors: Vec<FieldError>,
}

/// A row that tells of no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedRow {
    /// Its table.
    pub plan: Arc<TablePlan>,
    /// Its number.
    pub row: u64,
    /// What stands in it first.
    pub text: String,
    /// Why it is none.
    pub why: PassedWhy,
}

/// Why a row tells of no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassedWhy {
    /// It adds rows up; sums that are not those of the rows above, each with
    /// its field, what it says, and what they come to.
    Total(Vec<(Field, Decimal, Decimal)>),
    /// It is a heading, or stands below the table.
    Heading,
}

/// What comes of reading a file, in the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A table begins, and is read so.
    Plan(Arc<TablePlan>),
    /// A case.
    Record(Box<ReadRecord>),
    /// A row that is none.
    Passed(PassedRow),
    /// A sheet without a header, which is left out.
    NoTable {
        /// Its name.
        sheet: String,
    },
}

/// Takes what is read; an error ends the reading.
pub type TakeItem<'a> = &'a mut dyn FnMut(Item) -> Result<(), FileError>;

/// What every case must have.
const REQUIRED: [Field; 4] = [Field::Province, Field::Agency, Field::DetectedOn, Field::Goods];
/// By what two rows are of one case.
const SAME: [Field; 5] = [Field::Id, Field::CaseNo, Field::Province, Field::Agency, Field::DetectedOn];
/// Sums that are compared with those that a table gives.
const SUMMED: [Field; 2] = [Field::SeizedValue, Field::FineAmount];

/// Turns the rows of tables into records.
pub(super) struct Tables<'a, 'b> {
    file: &'a str,
    mapping: &'a Mapping,
    take: TakeItem<'b>,
    /// How the text was taken, where it is one.
    pub(super) text: Option<super::csv::TextForm>,
    sheet: Option<String>,
    /// The first rows, until there is a plan.
    first: Vec<TableRow>,
    plan: Option<Arc<TablePlan>>,
    pending: Option<ReadRecord>,
    /// Whether the record that is pending has seized values line by line.
    by_line: bool,
    sums: [Decimal; 2],
    /// Whether a row has summed up the whole table.
    is_over: bool,
    /// How many tables were found.
    pub(super) tables: usize,
    /// Why the last sheet without a table has none.
    pub(super) why_none: Option<FileError>,
}

impl<'a, 'b> Tables<'a, 'b> {
    pub(super) fn new(file: &'a str, mapping: &'a Mapping, take: TakeItem<'b>) -> Self {
        Self {
            file,
            mapping,
            take,
            text: None,
            sheet: None,
            first: Vec::new(),
            plan: None,
            pending: None,
            by_line: false,
            sums: [Decimal::ZERO; 2],
            is_over: false,
            tables: 0,
            why_none: None,
        }
    }

    /// Ends a table.
    pub(super) fn end(&mut self) -> Result<(), FileError> {
        if self.plan.is_none() && !self.first.is_empty() {
            self.begin()?;
        }
        self.emit()?;
        self.plan = None;
        self.first.clear();
        (self.sums, self.is_over) = ([Decimal::ZERO; 2], false);
        Ok(())
    }

    /// Plans the table of the first rows, and takes those of them that follow.
    fn begin(&mut self) -> Result<(), FileError> {
        let rows = std::mem::take(&mut self.first);
        let (plan, next) = match plan(&rows, self.mapping) {
            Ok(planned) => planned,
            Err(error @ FileError::NoHeader { .. }) => {
                self.why_none = Some(error);
                // All that follows in the sheet is left out too.
                self.is_over = true;
                self.plan = Some(Arc::default());
                let sheet = self.sheet.clone().unwrap_or_default();
                return (self.take)(Item::NoTable { sheet });
            }
            Err(error) => return Err(error),
        };
        let (file, sheet) = (self.file.to_owned(), self.sheet.clone());
        let plan = Arc::new(TablePlan { file, sheet, text: self.text.clone(), ..plan });
        self.tables += 1;
        (self.take)(Item::Plan(Arc::clone(&plan)))?;
        self.plan = Some(plan);
        rows.into_iter().skip(next).try_for_each(|row| self.data(&row))
    }

    fn data(&mut self, row: &TableRow) -> Result<(), FileError> {
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        if row.is_empty() || plan.columns.is_empty() {
            return Ok(());
        }
        if let Some(why) = self.passed(row, &plan) {
            self.emit()?;
            let text = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| clean(&cell.shown()));
            let text = text.unwrap_or_default();
            return (self.take)(Item::Passed(PassedRow { plan, row: row.number, text, why }));
        }
        let read = self.read(row, &plan);
        let own = own_fields(row, &plan);
        if let Some(pending) = &mut self.pending
            && let Some(way) = continues(pending, &read, &own)
        {
            pending.place.rows.push(row.number);
            pending.errors.extend(read.errors);
            if way != Way::Repeats {
                add_lines(pending, &read.entry, way, &mut self.by_line);
            }
            return Ok(());
        }
        self.emit()?;
        self.pending = Some(read);
        Ok(())
    }

    /// Hands over the record that is complete.
    fn emit(&mut self) -> Result<(), FileError> {
        let Some(mut record) = self.pending.take() else { return Ok(()) };
        if std::mem::take(&mut self.by_line) {
            sum_lines(&mut record);
        }
        for (sum, field) in self.sums.iter_mut().zip(SUMMED) {
            *sum = sum.saturating_add(amount(record.entry.values.get(&field)));
        }
        for (field, value) in &record.place.plan.constants {
            let list = match field.part() {
                Part::Case => &mut record.entry.values,
                Part::Goods => line_of(&mut record.entry.goods),
                Part::Payments => line_of(&mut record.entry.payments),
                Part::Disposals => line_of(&mut record.entry.disposals),
            };
            list.entry(*field).or_insert_with(|| value.clone());
        }
        (self.take)(Item::Record(Box::new(record)))
    }

    /// Why a row tells of no case, if so.
    fn passed(&mut self, row: &TableRow, plan: &TablePlan) -> Option<PassedWhy> {
        let filled: Vec<usize> =
            (0..row.cells.len()).filter(|at| !row.cell(*at).is_empty() && !row.spanned.contains(at)).collect();
        let first = filled.first()?;
        let label = clean(&row.cell(*first).shown());
        let has = |field: Field| plan.column(field).is_some_and(|at| at != *first && filled.contains(&at));
        let is_case = REQUIRED.iter().filter(|field| has(**field)).count() > 1 || has(Field::DetectedOn);
        if is_total(&label) && !is_case {
            return Some(PassedWhy::Total(self.compared(row, plan, &label)));
        }
        let is_goods = plan.column(Field::Goods) == Some(*first);
        if (filled.len() == 1 && !is_goods) || (self.is_over && !is_case) {
            return Some(PassedWhy::Heading);
        }
        None
    }

    /// The sums of a row that adds all up which are not those of the rows.
    fn compared(&mut self, row: &TableRow, plan: &TablePlan, label: &str) -> Vec<(Field, Decimal, Decimal)> {
        // "Cộng" adds a part up, "Tổng cộng" all.
        if label.to_lowercase().starts_with("cộng") || crate::text::fold(label) == "cong" {
            return Vec::new();
        }
        self.is_over = true;
        let converter = Converter { mapping: self.mapping, year: plan.year };
        let pending = self.pending.as_ref().map(|record| {
            let mut record = record.clone();
            if self.by_line {
                sum_lines(&mut record);
            }
            record.entry.values
        });
        let mut wrong = Vec::new();
        for (sum, field) in self.sums.iter().zip(SUMMED) {
            let Some(at) = plan.column(field) else { continue };
            let Ok(Some(said)) = converter.value(field, row.cell(at), plan.columns[at].scale) else { continue };
            let last = pending.as_ref().map_or(Decimal::ZERO, |values| amount(values.get(&field)));
            let (said, added) = (amount(Some(&said)), sum.saturating_add(last));
            if said != added {
                wrong.push((field, said, added));
            }
        }
        wrong
    }

    /// What a row says.
    fn read(&self, row: &TableRow, plan: &Arc<TablePlan>) -> ReadRecord {
        let place = RecordPlace { plan: Arc::clone(plan), rows: vec![row.number] };
        let mut record = ReadRecord { place, entry: Entry::default(), errors: Vec::new() };
        let converter = Converter { mapping: self.mapping, year: plan.year };
        let mut bounds = Vec::new();
        for (at, column) in plan.columns.iter().enumerate() {
            let cell = row.cell(at);
            match column.target {
                Some(Target::Field(field)) => match converter.value(field, cell, column.scale) {
                    Ok(Some(value)) => put(&mut record.entry, field, value),
                    Ok(None) => {}
                    Err(reason) => {
                        let value = cell.shown();
                        record.errors.push(FieldError { field, line: None, value, reason });
                    }
                },
                Some(Target::BoundOf(field)) => bounds.extend(words(&cell.shown()).map(|bound| (field, bound))),
                Some(Target::Ignored) | None => {}
            }
        }
        for (field, bound) in bounds {
            bind(&mut record.entry, field, &bound);
        }
        tidy(&mut record.entry);
        record
    }
}

impl TakeRows for Tables<'_, '_> {
    fn sheet(&mut self, name: &str) -> Result<(), FileError> {
        self.end()?;
        self.sheet = Some(name.to_owned());
        Ok(())
    }

    fn row(&mut self, row: TableRow) -> Result<(), FileError> {
        if self.plan.is_some() {
            return self.data(&row);
        }
        if self.first.is_empty() && row.is_empty() {
            return Ok(());
        }
        self.first.push(row);
        if self.first.len() < LOOKED_AT { Ok(()) } else { self.begin() }
    }
}

fn line_of(list: &mut Vec<Values>) -> &mut Values {
    if list.is_empty() {
        list.push(Values::new());
    }
    &mut list[0]
}

/// Puts a value into the first line of its list. A second column of the same
/// field stands in where the first says nothing.
fn put(entry: &mut Entry, field: Field, value: String) {
    let values = match field.part() {
        Part::Case => &mut entry.values,
        Part::Goods => line_of(&mut entry.goods),
        Part::Payments => line_of(&mut entry.payments),
        Part::Disposals => line_of(&mut entry.disposals),
    };
    values.entry(field).or_insert(value);
}

/// Writes a bound into the figure that it belongs to.
pub(super) fn bind(entry: &mut Entry, field: Field, bound: &str) {
    let sign = Bound::ALL.iter().find(|known| known.code() == bound).map(|known| known.sign());
    let list = match field.part() {
        Part::Case => std::slice::from_mut(&mut entry.values),
        Part::Goods => &mut entry.goods,
        Part::Payments => &mut entry.payments,
        Part::Disposals => &mut entry.disposals,
    };
    if let Some(value) = list.iter_mut().find_map(|values| values.get_mut(&field)) {
        // What is no bound is left to be refused with the figure.
        *value = format!("{}{value}", sign.unwrap_or(bound));
    }
}

/// Parts what stands together, and leaves out what says nothing.
fn tidy(entry: &mut Entry) {
    for lot in &mut entry.goods {
        if let Some((number, unit)) = lot.get(&Field::Quantity).and_then(|text| quantity_and_unit(text))
            && !lot.contains_key(&Field::Unit)
        {
            let (number, unit) = (number.to_owned(), unit.to_owned());
            lot.insert(Field::Unit, unit);
            lot.insert(Field::Quantity, number);
        }
    }
    // A column of payments has zeros where nothing was paid.
    entry.payments.retain(|paid| {
        let is_zero =
            paid.get(&Field::PaidAmount).is_some_and(|text| read_amount(text).is_ok_and(|a| a.value.is_zero()));
        !is_zero || paid.contains_key(&Field::PaidOn)
    });
}

/// The fields of a case that a row gives itself, not by a cell that spans it.
fn own_fields(row: &TableRow, plan: &TablePlan) -> Vec<Field> {
    let own = |(at, column): (usize, &super::plan::ColumnPlan)| match column.target {
        Some(Target::Field(field)) if !row.cell(at).is_empty() && !row.spanned.contains(&at) => Some(field),
        _ => None,
    };
    plan.columns.iter().enumerate().filter_map(own).collect()
}

/// How a row goes on with the case of the row before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It has lines of lists alone.
    Lines,
    /// It has a seized value of its own for its line of goods.
    Valued,
    /// It says all over again.
    Repeats,
}

/// Whether a row is of the case of the record before it.
fn continues(last: &ReadRecord, row: &ReadRecord, own: &[Field]) -> Option<Way> {
    let (before, values) = (&last.entry.values, &row.entry.values);
    let of_case = |field: &&Field| field.part() == Part::Case;
    let others: Vec<&Field> = own.iter().filter(of_case).filter(|field| **field != Field::SeizedValue).collect();
    let has_lines = !row.entry.goods.is_empty() || !row.entry.payments.is_empty() || !row.entry.disposals.is_empty();
    let valued = own.contains(&Field::SeizedValue);
    if others.is_empty() && has_lines {
        return Some(if valued { Way::Valued } else { Way::Lines });
    }
    let named = values.contains_key(&Field::Id) || values.contains_key(&Field::CaseNo);
    let is_same = SAME.iter().all(|field| values.get(field) == before.get(field));
    let says_no_other = values.iter().all(|(field, value)| {
        *field == Field::SeizedValue
            || before.get(field).is_none_or(|known| known == value) && before.contains_key(field)
    });
    if !named || !is_same || !says_no_other || !has_lines {
        return None;
    }
    if values.contains_key(&Field::Id) {
        return Some(Way::Lines);
    }
    let repeats = last.entry.goods.iter().any(|lot| row.entry.goods.first() == Some(lot));
    let seized = (before.get(&Field::SeizedValue), values.get(&Field::SeizedValue));
    match seized {
        (one, two) if one == two && repeats => Some(Way::Repeats),
        (_, None) => Some(Way::Lines),
        // Where the fine is said again with each line, so is the seized value.
        (one, two) if one == two && values.contains_key(&Field::FineAmount) => Some(Way::Lines),
        _ => Some(Way::Valued),
    }
}

/// Adds the lines of a row to the record that it goes on with.
fn add_lines(record: &mut ReadRecord, row: &Entry, way: Way, by_line: &mut bool) {
    let entry = &mut record.entry;
    if way == Way::Valued && !std::mem::replace(by_line, true) {
        give_value(entry.goods.last_mut(), entry.values.get(&Field::SeizedValue));
    }
    entry.goods.extend(row.goods.iter().cloned());
    if way == Way::Valued {
        give_value(entry.goods.last_mut(), row.values.get(&Field::SeizedValue));
    }
    let named = row.values.contains_key(&Field::Id);
    for (list, more) in [(&mut entry.payments, &row.payments), (&mut entry.disposals, &row.disposals)] {
        // A payment that is said again with each line of goods is one.
        list.extend(more.iter().filter(|line| named || !list.contains(line)).cloned().collect::<Vec<_>>());
    }
}

/// Says of a line of goods what it is worth.
fn give_value(lot: Option<&mut Values>, value: Option<&String>) {
    if let (Some(lot), Some(value)) = (lot, value) {
        lot.entry(Field::GoodsValue).or_insert_with(|| value.clone());
    }
}

/// A case whose seized value stands line by line has their sum; where one is
/// not known, at least that.
fn sum_lines(record: &mut ReadRecord) {
    let read = |lot: &Values| lot.get(&Field::GoodsValue).map(|text| read_amount(text));
    let values: Vec<_> = record.entry.goods.iter().map(read).collect();
    if values.iter().any(|value| matches!(value, Some(Err(_)))) {
        // The line is refused when it is read; once is enough.
        record.entry.values.remove(&Field::SeizedValue);
        return;
    }
    let known: Vec<_> = values.iter().flatten().flatten().collect();
    let sum = known.iter().fold(Decimal::ZERO, |sum, written| sum.saturating_add(written.value));
    let missing = (known.len() < values.len()).then_some(Bound::AtLeast);
    let bounds = known.iter().map(|written| written.bound).chain(missing);
    let bound = bounds.fold(Bound::Exact, Bound::and);
    record.entry.values.insert(Field::SeizedValue, crate::domain::bounded(sum, bound));
}

/// Whether a row begins as one that adds up.
fn is_total(label: &str) -> bool {
    let words = label.to_lowercase();
    let begins =
        |with: &str| words == with || words.starts_with(&format!("{with} ")) || words.starts_with(&format!("{with}:"));
    let plain = crate::text::fold(label);
    ["tổng cộng", "tổng số", "tổng", "cộng", "total", "grand total", "sum", "lũy kế", "luỹ kế"].into_iter().any(begins)
        && !words.starts_with("tổng công ty")
        || ["tong cong", "tong so", "cong", "tong"].contains(&plain.as_str())
}

fn amount(text: Option<&String>) -> Decimal {
    text.and_then(|text| read_amount(text).ok()).map(|written| written.value).unwrap_or_default()
}
