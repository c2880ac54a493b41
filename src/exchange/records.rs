//! What is read of files: records of one case each, and what is no case.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::cell::TableRow;
use super::convert::{Converter, month_first, quantity_and_unit, words};
use super::error::FileError;
use super::headers::Target;
use super::mapping::Mapping;
use super::plan::{LOOKED_AT, REQUIRED, TablePlan, check_required, plan};
use super::reading::ReadOptions;
use super::workbook::TakeRows;
use crate::domain::{Bound, Entry, Field, FieldError, Part, Reason, Values};
use crate::text::{clean, read_amount, read_date};

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

/// A row of a case of which a person should be told how it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulRow {
    /// Its table.
    pub plan: Arc<TablePlan>,
    /// Its number.
    pub row: u64,
    /// What is in doubt.
    pub why: DoubtWhy,
}

/// What is in doubt of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoubtWhy {
    /// It says all over again what the row above says, and counts once.
    Repeats,
    /// It says the seized value of the row above again, which counts once.
    SameValue,
    /// A day in it can only be one with the month first.
    MonthFirst,
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
    /// A row that was taken, with a doubt.
    Doubt(DoubtfulRow),
    /// A sheet that is left out.
    NoTable {
        /// Its name.
        sheet: String,
        /// Whether it is hidden; else it has no header.
        is_hidden: bool,
    },
}

/// Takes what is read; an error ends the reading.
pub type TakeItem<'a> = &'a mut dyn FnMut(Item) -> Result<(), FileError>;

/// By what two rows are of one case.
const SAME: [Field; 5] = [Field::Id, Field::CaseNo, Field::Province, Field::Agency, Field::DetectedOn];
/// Sums that are compared with those that a table gives.
const SUMMED: [Field; 2] = [Field::SeizedValue, Field::FineAmount];

/// Turns the rows of tables into records.
pub(super) struct Tables<'a, 'b> {
    file: &'a str,
    options: &'a ReadOptions,
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
    /// What the rows come to; `None` once one can't be read.
    sums: [Option<Decimal>; 2],
    /// Whether a row has summed up the whole table.
    is_over: bool,
    /// How many tables were found.
    pub(super) tables: usize,
    /// Why the last sheet without a table has none.
    pub(super) why_none: Option<FileError>,
}

impl<'a, 'b> Tables<'a, 'b> {
    pub(super) fn new(file: &'a str, options: &'a ReadOptions, take: TakeItem<'b>) -> Self {
        Self {
            file,
            options,
            mapping: &options.mapping,
            take,
            text: None,
            sheet: None,
            first: Vec::new(),
            plan: None,
            pending: None,
            by_line: false,
            sums: [Some(Decimal::ZERO); 2],
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
        (self.sums, self.is_over) = ([Some(Decimal::ZERO); 2], false);
        Ok(())
    }

    /// Plans the table of the first rows, and takes those of them that follow.
    fn begin(&mut self) -> Result<(), FileError> {
        let rows = std::mem::take(&mut self.first);
        let (plan, next) = match plan(&rows, self.mapping, self.options.lenient) {
            Ok(planned) => planned,
            Err(error @ FileError::NoHeader { .. }) => {
                self.why_none = Some(error);
                // All that follows in the sheet is left out too.
                self.is_over = true;
                self.plan = Some(Arc::default());
                let sheet = self.sheet.clone().unwrap_or_default();
                return (self.take)(Item::NoTable { sheet, is_hidden: false });
            }
            Err(error) => return Err(error),
        };
        let (file, sheet) = (self.file.to_owned(), self.sheet.clone());
        let plan = Arc::new(TablePlan { file, sheet, text: self.text.clone(), ..plan });
        self.tables += 1;
        (self.take)(Item::Plan(Arc::clone(&plan)))?;
        if !self.options.lenient {
            check_required(&plan)?;
        }
        self.plan = Some(plan);
        rows.into_iter().skip(next).try_for_each(|row| self.data(row))
    }

    fn data(&mut self, row: TableRow) -> Result<(), FileError> {
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let row = &if plan.is_export { row } else { row.without_dashes() };
        if row.is_empty() || plan.columns.is_empty() {
            return Ok(());
        }
        if let Some((text, why)) = self.passed(row, &plan) {
            self.emit()?;
            return (self.take)(Item::Passed(PassedRow { plan, row: row.number, text, why }));
        }
        let mut read = self.read(row, &plan)?;
        let own = own_fields(row, &plan);
        if let Some(pending) = &mut self.pending
            && let Some(way) = continues(pending, &read, &own, has_own_number(row, &plan))
        {
            pending.place.rows.push(row.number);
            pending.errors.extend(read.errors);
            if way != Way::Repeats {
                add_lines(pending, &read.entry, way, &mut self.by_line);
            }
            return match way {
                Way::Repeats => self.doubt(row, plan, DoubtWhy::Repeats),
                Way::SameValue => self.doubt(row, plan, DoubtWhy::SameValue),
                Way::Lines | Way::Valued => Ok(()),
            };
        }
        refuse_shared(&mut read, row, &plan);
        self.emit()?;
        self.pending = Some(read);
        Ok(())
    }

    fn doubt(&mut self, row: &TableRow, plan: Arc<TablePlan>, why: DoubtWhy) -> Result<(), FileError> {
        (self.take)(Item::Doubt(DoubtfulRow { plan, row: row.number, why }))
    }

    /// Hands over the record that is complete.
    fn emit(&mut self) -> Result<(), FileError> {
        let Some(mut record) = self.pending.take() else { return Ok(()) };
        if std::mem::take(&mut self.by_line) {
            sum_lines(&mut record);
        }
        for (sum, field) in self.sums.iter_mut().zip(SUMMED) {
            let value = record.entry.values.get(&field).map_or(Some(Decimal::ZERO), |text| amount(text));
            let is_read = !record.errors.iter().any(|error| error.field == field);
            *sum = sum.zip(value).filter(|_| is_read).and_then(|(sum, value)| sum.checked_add(value));
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

    /// Why a row tells of no case, if so, with the words that say it.
    fn passed(&mut self, row: &TableRow, plan: &TablePlan) -> Option<(String, PassedWhy)> {
        let is_own = |at: &usize| !row.cell(*at).is_empty() && !row.spanned.contains(at);
        let mut filled: Vec<usize> = (0..row.cells.len()).filter(is_own).collect();
        let shown = |at: &usize| clean(&row.cell(*at).shown());
        // A row's own number says nothing, but "Tổng cộng" may stand there.
        let is_number = |at: &usize| plan.numbers == Some(*at) && total(&shown(at)).is_none();
        filled.retain(|at| !is_number(at));
        let first = filled.first()?;
        let label = shown(first);
        let has = |field: Field| plan.column(field).is_some_and(|at| at != *first && filled.contains(&at));
        let is_case = REQUIRED.iter().filter(|field| has(**field)).count() > 1 || has(Field::DetectedOn);
        let total = if plan.is_export && is_case { None } else { total(&label) };
        if total.is_some_and(|total| !is_case || total == Total::Plainly) {
            let wrong = self.compared(row, plan, &label)?;
            return Some((label, PassedWhy::Total(wrong)));
        }
        let is_goods = plan.column(Field::Goods) == Some(*first);
        let is_heading = (filled.len() == 1 && !is_goods) || (self.is_over && !is_case);
        is_heading.then_some((label, PassedWhy::Heading))
    }

    /// The sums of a row that adds all up which are not those of the rows.
    /// What can't be read is not compared.
    fn compared(&mut self, row: &TableRow, plan: &TablePlan, label: &str) -> Option<Vec<(Field, Decimal, Decimal)>> {
        // "Cộng" adds a part up, "Tổng cộng" all.
        if label.to_lowercase().starts_with("cộng") || crate::text::fold(label) == "cong" {
            return Some(Vec::new());
        }
        self.is_over = true;
        // What is pending counts too; the row can be of no case.
        if let Some(record) = &mut self.pending
            && std::mem::take(&mut self.by_line)
        {
            sum_lines(record);
        }
        let converter = Converter::of(plan, self.mapping);
        let mut wrong = Vec::new();
        for (sum, field) in self.sums.iter().zip(SUMMED) {
            let pending = self.pending.as_ref().and_then(|record| record.entry.values.get(&field));
            let last = pending.map_or(Some(Decimal::ZERO), |text| amount(text));
            let added = sum.zip(last).and_then(|(sum, last)| sum.checked_add(last));
            let Some(at) = plan.column(field) else { continue };
            let Ok(Some(said)) = converter.value(field, row.cell(at), plan.columns[at].scale) else { continue };
            if let (Some(said), Some(added)) = (amount(&said), added)
                && said != added
            {
                wrong.push((field, said, added));
            }
        }
        Some(wrong)
    }

    /// What a row says.
    fn read(&mut self, row: &TableRow, plan: &Arc<TablePlan>) -> Result<ReadRecord, FileError> {
        let place = RecordPlace { plan: Arc::clone(plan), rows: vec![row.number] };
        let mut record = ReadRecord { place, entry: Entry::default(), errors: Vec::new() };
        let converter = Converter::of(plan, self.mapping);
        let mut bounds = Vec::new();
        for (at, column) in plan.columns.iter().enumerate() {
            let cell = row.cell(at);
            match column.target {
                // A figure that one cell gives to several rows is one figure.
                Some(Target::Field(field)) if row.spanned.contains(&at) && (field.is_money() || field.is_number()) => {}
                Some(Target::Field(field)) => match converter.value(field, cell, column.scale) {
                    Ok(Some(value)) => {
                        if field.is_day() && is_month_first(&value) {
                            self.month_first(row, plan, &column.letters, &value)?;
                        }
                        put(&mut record.entry, field, value);
                    }
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
        Ok(record)
    }

    /// Where a day has its month first, others of its column may be misread:
    /// then nothing may be taken of it in part.
    fn month_first(
        &mut self,
        row: &TableRow,
        plan: &Arc<TablePlan>,
        column: &str,
        value: &str,
    ) -> Result<(), FileError> {
        if self.options.partial {
            let (column, value) = (column.to_owned(), value.to_owned());
            return Err(FileError::MonthFirst { row: row.number, column, value });
        }
        self.doubt(row, Arc::clone(plan), DoubtWhy::MonthFirst)
    }
}

impl TakeRows for Tables<'_, '_> {
    fn sheet(&mut self, name: &str) -> Result<(), FileError> {
        self.end()?;
        self.sheet = Some(name.to_owned());
        Ok(())
    }

    fn hidden(&mut self, name: &str) -> Result<(), FileError> {
        (self.take)(Item::NoTable { sheet: name.to_owned(), is_hidden: true })
    }

    fn row(&mut self, row: TableRow) -> Result<(), FileError> {
        if self.plan.is_some() {
            return self.data(row);
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
    /// It has lines, and says the seized value of the case again.
    SameValue,
    /// It says all over again.
    Repeats,
}

/// Whether a row has a number of its own in the column in which they are
/// numbered: it is no line of the case above.
fn has_own_number(row: &TableRow, plan: &TablePlan) -> bool {
    plan.numbers.is_some_and(|at| !row.cell(at).is_empty() && !row.spanned.contains(&at))
}

/// Refuses figures that one cell gives to several cases.
fn refuse_shared(record: &mut ReadRecord, row: &TableRow, plan: &TablePlan) {
    for (at, column) in plan.columns.iter().enumerate().filter(|(at, _)| row.spanned.contains(at)) {
        if let Some(Target::Field(field)) = column.target
            && (field.is_money() || field.is_number())
            && !row.cell(at).is_empty()
        {
            let value = row.cell(at).shown();
            record.errors.push(FieldError { field, line: None, value, reason: Reason::Shared });
        }
    }
}

/// Whether a day can only be one whose month is written first.
fn is_month_first(day: &str) -> bool {
    let turned = month_first(day);
    turned != day && read_date(day, None).is_err() && read_date(&turned, None).is_ok()
}

/// Whether a row is of the case of the record before it.
fn continues(last: &ReadRecord, row: &ReadRecord, own: &[Field], is_numbered: bool) -> Option<Way> {
    let (before, values) = (&last.entry.values, &row.entry.values);
    let of_case = |field: &&Field| field.part() == Part::Case;
    let others: Vec<&Field> = own.iter().filter(of_case).filter(|field| **field != Field::SeizedValue).collect();
    let has_lines = !row.entry.goods.is_empty() || !row.entry.payments.is_empty() || !row.entry.disposals.is_empty();
    let valued = own.contains(&Field::SeizedValue);
    if others.is_empty() && has_lines && !is_numbered {
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
        (one, two) if one == two && values.contains_key(&Field::FineAmount) => Some(Way::SameValue),
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

/// How plainly a label says that its row adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Total {
    /// It says nothing else.
    Plainly,
    /// It begins so.
    Perhaps,
}

/// Whether a row's label says that it adds up.
fn total(label: &str) -> Option<Total> {
    const WORDS: [&str; 9] =
        ["tổng cộng", "tổng số", "tổng", "cộng", "total", "grand total", "sum", "lũy kế", "luỹ kế"];
    let words = label.to_lowercase();
    let words = words.trim_end_matches([':', '.', ' ']);
    let plain = crate::text::fold(label);
    if WORDS.contains(&words) || ["tong cong", "tong so", "cong", "tong"].contains(&plain.as_str()) {
        return Some(Total::Plainly);
    }
    let begins =
        WORDS.iter().any(|with| words.starts_with(&format!("{with} ")) || words.starts_with(&format!("{with}:")));
    (begins && !words.starts_with("tổng công ty")).then_some(Total::Perhaps)
}

/// An amount as it is written; `None` where it can't be read.
fn amount(text: &str) -> Option<Decimal> {
    read_amount(text).ok().map(|written| written.value)
}
