//! Turning the rows of tables into records of one case each, and what is no
//! case.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::cell::{Cell, TableRow};
use super::convert::{Converter, TO_MEND, month_first, quantity_and_unit, words};
use super::error::FileError;
use super::headers::Target;
use super::items::{DoubtWhy, DoubtfulRow, Item, PassedRow, PassedWhy, ReadRecord, RecordPlace, TakeItem};
use super::joining::{MOST_ROWS, Pending, Way, continues, has_own_number, own_fields};
use super::limits::LONGEST_RECORD;
use super::mapping::Mapping;
use super::plan::{LOOKED_AT, REQUIRED, TablePlan, check_required, plan};
use super::reading::ReadOptions;
use super::workbook::TakeRows;
use crate::domain::{Bound, Entry, Field, FieldError, Part, Reason, Values};
use crate::text::{clean, read_amount, read_date};

/// How much of a heading is told, in characters.
const LONGEST_LABEL: usize = 80;
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
    first_bytes: usize,
    plan: Option<Arc<TablePlan>>,
    pending: Option<Pending>,
    /// Whether any case was found in the table since it was summed up.
    has_cases: bool,
    /// What the rows come to; `None` once one can't be read.
    sums: [Option<Decimal>; 2],
    /// Whether a row has summed up the whole table.
    is_over: bool,
    /// How many tables were found.
    pub(super) found: usize,
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
            first_bytes: 0,
            plan: None,
            pending: None,
            has_cases: false,
            sums: [Some(Decimal::ZERO); 2],
            is_over: false,
            found: 0,
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
        (self.sums, self.is_over, self.has_cases) = ([Some(Decimal::ZERO); 2], false, false);
        Ok(())
    }

    /// Plans the table of the first rows, and takes those of them that follow.
    fn begin(&mut self) -> Result<(), FileError> {
        let rows = std::mem::take(&mut self.first);
        self.first_bytes = 0;
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
        self.found += 1;
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
        if let Some(pending) = &mut self.pending
            && let Some(way) = continues(pending, &read, || own_fields(row, &plan), has_own_number(row, &plan))
        {
            if pending.record.place.rows.len() >= MOST_ROWS {
                return Err(FileError::ManyRows { row: row.number });
            }
            pending.add(read, way);
            return match way {
                Way::Repeats => self.doubt(row, plan, DoubtWhy::Repeats),
                Way::SameValue => self.doubt(row, plan, DoubtWhy::SameValue),
                Way::Lines | Way::Valued => Ok(()),
            };
        }
        refuse_shared(&mut read, row, &plan);
        self.emit()?;
        self.pending = Some(Pending::new(read));
        (self.has_cases, self.is_over) = (true, false);
        Ok(())
    }

    fn doubt(&mut self, row: &TableRow, plan: Arc<TablePlan>, why: DoubtWhy) -> Result<(), FileError> {
        (self.take)(Item::Doubt(DoubtfulRow { plan, row: row.number, why }))
    }

    /// Hands over the record that is complete.
    fn emit(&mut self) -> Result<(), FileError> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let mut record = pending.finish();
        // What is struck out is in no sum.
        if !record.entry.values.contains_key(&Field::VoidedOn) {
            for (sum, field) in self.sums.iter_mut().zip(SUMMED) {
                let value = record.entry.values.get(&field).map_or(Some(Decimal::ZERO), |text| amount(text));
                let is_read = !record.errors.iter().any(|error| error.field == field);
                *sum = sum.zip(value).filter(|_| is_read).and_then(|(sum, value)| sum.checked_add(value));
            }
        }
        apply_constants(&mut record.entry, &record.place.plan.constants);
        (self.take)(Item::Record(Box::new(record)))
    }

    /// Why a row tells of no case, if so, with the words that say it.
    fn passed(&mut self, row: &TableRow, plan: &TablePlan) -> Option<(String, PassedWhy)> {
        let shown = |at: usize| clean(&row.cell(at).seen());
        // A row's own number says nothing, but "Tổng cộng" may stand there.
        let is_number = |at: usize| plan.numbers == Some(at) && total(&shown(at)).is_none();
        let is_own = |at: &usize| !row.cell(*at).is_empty() && !row.spanned.contains(at) && !is_number(*at);
        let mut filled = (0..row.cells.len()).filter(is_own);
        let first = filled.next()?;
        let is_alone = filled.next().is_none();
        let label = shown(first);
        let has = |field: Field| plan.column(field).is_some_and(|at| at != first && is_own(&at));
        let is_case = has(Field::DetectedOn) || REQUIRED.iter().filter(|field| has(**field)).count() > 1;
        let is_goods = plan.column(Field::Goods) == Some(first);
        let total = total(&label).filter(|_| !(plan.is_export && is_case));
        let adds_up = total.is_some_and(|total| match total {
            Total::Plainly => true,
            // "Tổng đài điện thoại" is a line of goods.
            Total::Perhaps => !is_case && !is_goods,
        });
        if adds_up {
            // What is pending counts too; the row can be of no case.
            let wrong = self.compared(row, plan, &label);
            return Some((begins(&label), PassedWhy::Total(wrong)));
        }
        let is_heading = (is_alone && !is_goods) || (self.is_over && !is_case);
        is_heading.then(|| (begins(&label), PassedWhy::Heading))
    }

    /// The sums of a row that adds all up which are not those of the rows.
    /// What can't be read is not compared.
    fn compared(&mut self, row: &TableRow, plan: &TablePlan, label: &str) -> Vec<(Field, Decimal, Decimal)> {
        // "Cộng" adds a part up, "Tổng cộng" all. One above the rows has
        // nothing to be compared with.
        let is_part = label.to_lowercase().starts_with("cộng") || crate::text::fold(label) == "cong";
        if is_part || !std::mem::take(&mut self.has_cases) {
            return Vec::new();
        }
        self.is_over = true;
        let converter = Converter::of(plan, self.mapping);
        let pending = self.pending.take().map(Pending::finish);
        let mut wrong = Vec::new();
        for (sum, field) in self.sums.iter().zip(SUMMED) {
            let last = pending.as_ref().filter(|record| !record.entry.values.contains_key(&Field::VoidedOn));
            let last = last.and_then(|record| record.entry.values.get(&field));
            let last = last.map_or(Some(Decimal::ZERO), |text| amount(text));
            let added = sum.zip(last).and_then(|(sum, last)| sum.checked_add(last));
            let Some(at) = plan.column(field) else { continue };
            let Ok(Some(said)) = converter.value(field, row.cell(at), plan.columns[at].scale) else { continue };
            if let (Some(said), Some(added)) = (amount(&said), added)
                && said != added
            {
                wrong.push((field, said, added));
            }
        }
        self.pending = pending.map(Pending::new);
        wrong
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
                        if put(&mut record.entry, field, value) == Put::LeftOut {
                            self.doubt(row, Arc::clone(plan), DoubtWhy::TwoTexts)?;
                        }
                    }
                    Ok(None) => {}
                    Err(reason) => refuse(&mut record, field, cell.shown(), reason),
                },
                Some(Target::BoundOf(field)) => bounds.extend(words(&cell.shown()).map(|bound| (field, bound))),
                Some(Target::Ignored) | None => {}
            }
        }
        for (field, bound) in bounds {
            let entry = &mut record.entry;
            let values = match field.part() {
                Part::Case => Some(&mut entry.values),
                Part::Goods => entry.goods.first_mut(),
                Part::Payments => entry.payments.first_mut(),
                Part::Disposals => entry.disposals.first_mut(),
            };
            if let Some(values) = values {
                bind(values, field, &bound);
            }
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
        let text = |cell: &Cell| if let Cell::Text(text) = cell { text.len() } else { 0 };
        self.first_bytes += row.cells.iter().map(text).sum::<usize>();
        self.first.push(row);
        let is_enough = self.first.len() >= LOOKED_AT || self.first_bytes > LONGEST_RECORD;
        if is_enough { self.begin() } else { Ok(()) }
    }
}

fn line_of(list: &mut Vec<Values>) -> &mut Values {
    if list.is_empty() {
        list.push(Values::new());
    }
    &mut list[0]
}

/// Refuses a cell. What stands in it goes on with a mark, by which it is
/// refused again where it is not mended.
pub(super) fn refuse(record: &mut ReadRecord, field: Field, value: String, reason: Reason) {
    put(&mut record.entry, field, format!("{TO_MEND} {value}"));
    record.errors.push(FieldError { field, line: None, value, reason });
}

/// Sets what is the same everywhere, in every line that there is.
pub(super) fn apply_constants(entry: &mut Entry, constants: &[(Field, String)]) {
    for (field, value) in constants {
        let lines = match field.part() {
            Part::Case => std::slice::from_mut(&mut entry.values),
            Part::Goods => {
                line_of(&mut entry.goods);
                &mut entry.goods
            }
            Part::Payments => &mut entry.payments,
            Part::Disposals => &mut entry.disposals,
        };
        for line in lines {
            line.get_or_insert_with(*field, || value.clone());
        }
    }
}

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    Taken,
    /// Another column has said something else.
    LeftOut,
}

/// Puts a value into the first line of its list. A second column of the same
/// field stands in where the first says nothing; words are put together.
fn put(entry: &mut Entry, field: Field, value: String) -> Put {
    let values = match field.part() {
        Part::Case => &mut entry.values,
        Part::Goods => line_of(&mut entry.goods),
        Part::Payments => line_of(&mut entry.payments),
        Part::Disposals => line_of(&mut entry.disposals),
    };
    let free = matches!(
        field,
        Field::Note | Field::Source | Field::Remedies | Field::LegalBasis | Field::Partners | Field::OffenderId
    );
    match values.get_mut(&field) {
        None => drop(values.insert(field, value)),
        Some(known) if *known == value => {}
        // A province's code beside its name says nothing new.
        Some(_) if field == Field::Province && value.bytes().all(|b| b.is_ascii_digit()) => {}
        Some(known) if free => *known = format!("{known}; {value}"),
        Some(_) => return Put::LeftOut,
    }
    Put::Taken
}

/// Writes a bound into the figure that it belongs to.
pub(super) fn bind(values: &mut Values, field: Field, bound: &str) {
    let known = Bound::ALL.iter().find(|known| known.code() == bound || known.sign() == bound);
    if let Some(value) = values.get_mut(&field) {
        // What is no bound is left to be refused with the figure.
        *value = format!("{}{value}", known.map_or(bound, |known| known.sign()));
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

/// Refuses figures that one cell gives to several cases.
fn refuse_shared(record: &mut ReadRecord, row: &TableRow, plan: &TablePlan) {
    for (at, column) in plan.columns.iter().enumerate().filter(|(at, _)| row.spanned.contains(at)) {
        if let Some(Target::Field(field)) = column.target
            && (field.is_money() || field.is_number())
            && !row.cell(at).is_empty()
        {
            refuse(record, field, row.cell(at).shown(), Reason::Shared);
        }
    }
}

/// Whether a day can only be one whose month is written first.
fn is_month_first(day: &str) -> bool {
    if read_date(day, None).is_ok() {
        return false;
    }
    let turned = month_first(day);
    turned != day && read_date(&turned, None).is_ok()
}

/// The beginning of a row's label, as it is told.
fn begins(label: &str) -> String {
    label.chars().take(LONGEST_LABEL).collect()
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
    // Most labels are told by how they begin.
    if label.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_alphabetic() && !"tcgslTCGSL".contains(c)) {
        return None;
    }
    let words = label.to_lowercase();
    let words = words.trim_end_matches([':', '.', ' ']);
    let plain = crate::text::fold(label);
    if WORDS.contains(&words) || ["tong cong", "tong so", "cong", "tong"].contains(&plain.as_str()) {
        return Some(Total::Plainly);
    }
    let begins = WORDS.iter().any(|with| words.strip_prefix(with).is_some_and(|rest| rest.starts_with([' ', ':'])));
    (begins && !words.starts_with("tổng công ty")).then_some(Total::Perhaps)
}

/// An amount as it is written; `None` where it can't be read.
fn amount(text: &str) -> Option<Decimal> {
    read_amount(text).ok().map(|written| written.value)
}
