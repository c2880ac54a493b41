//! Totals laid out: the first key down, months across, subtotals and totals.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::domain::{By, Figures, Key, Measure, Overflow, Sum, Totals, TotalsRow};

/// How totals are to be laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Which measures are shown.
    pub measures: Vec<Measure>,
    /// A column, or row, with the average of the periods.
    pub average: bool,
    /// A column with each row's share of the total.
    pub percent: bool,
    /// Rows and columns change places.
    pub transpose: bool,
}

/// Why totals can't be laid out so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutError {
    /// An average is over periods, and there are none.
    AverageWithoutPeriods,
    /// A sum was too large.
    Overflow,
}

impl From<Overflow> for LayoutError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// What a row or column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// A key of the totals.
    Key(Key),
    /// A measure.
    Measure(Measure),
    /// The total.
    Total,
    /// The average of the periods.
    Average,
    /// The share of the total.
    Share,
}

/// A figure of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The sum of a measure.
    Sum(Measure, Sum),
    /// A share, in hundredths; `None` where there is nothing to share.
    Percent(Option<Decimal>),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PivotRow {
    /// What it stands for.
    pub head: Head,
    /// How deep it lies under the rows before it.
    pub level: usize,
    /// Whether it sums up the rows that lie under it.
    pub is_group: bool,
    /// Its figures, one for each column.
    pub cells: Vec<Cell>,
}

/// What the rows, or the columns, are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// Keys of the totals, outermost first.
    Keys(Vec<By>),
    /// Measures.
    Measures,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pivot {
    /// The measure of all its figures, where it is one.
    pub measure: Option<Measure>,
    /// What its rows are.
    pub down: Axis,
    /// What its columns are.
    pub columns: Vec<Head>,
    /// Its rows; the last is the total.
    pub rows: Vec<PivotRow>,
}

/// Puts what stands across, the last unit of time that is not first, at the
/// end: tables have it there.
pub fn time_last(by: &mut Vec<By>) {
    if let Some(at) = by.iter().rposition(|by| by.time_unit().is_some()).filter(|at| *at > 0) {
        let time = by.remove(at);
        by.push(time);
    }
}

/// Lays totals out; of their keys, the time must stand last, as [`time_last`]
/// puts it. Where periods stand across, there is a table for each
/// measure; otherwise the measures stand across, in one.
pub fn pivots(totals: &Totals, layout: &Layout) -> Result<Vec<Pivot>, LayoutError> {
    let by = &totals.query.by;
    let across = by.iter().rposition(|by| by.time_unit().is_some()).filter(|at| *at > 0);
    if layout.average && !by.iter().any(|by| by.time_unit().is_some()) {
        return Err(LayoutError::AverageWithoutPeriods);
    }
    let mut tables = match across {
        Some(across) => {
            let table = |measure: &Measure| periods_across(totals, layout, across, *measure);
            layout.measures.iter().map(table).collect::<Result<Vec<_>, _>>()?
        }
        None => vec![measures_across(totals, layout)?],
    };
    if layout.transpose {
        for table in &mut tables {
            *table = transposed(table, across.map(|at| by[at]));
        }
    }
    Ok(tables)
}

fn measures_across(totals: &Totals, layout: &Layout) -> Result<Pivot, LayoutError> {
    let heads = layout.measures.iter().flat_map(|measure| {
        let share = layout.percent.then_some(Head::Share);
        [Some(Head::Measure(*measure)), share].into_iter().flatten()
    });
    let cells = |figures: &Figures| {
        let cells = layout.measures.iter().flat_map(|measure| {
            let share = layout.percent.then(|| share(figures, &totals.total, *measure));
            [Some(Cell::Sum(*measure, *figures.get(*measure))), share].into_iter().flatten()
        });
        Ok(cells.collect())
    };
    let rows: Vec<&TotalsRow> = totals.rows.iter().collect();
    let mut table = Pivot {
        measure: None,
        down: Axis::Keys(totals.query.by.clone()),
        columns: heads.collect(),
        rows: tree(&rows, totals.query.by.len(), 0, &|rows| cells(&sum(rows)?))?,
    };
    if layout.average {
        let periods = periods_down(totals);
        let averages = layout.measures.iter().flat_map(|measure| {
            let share = layout.percent.then_some(Cell::Percent(None));
            [Some(average(&totals.total, *measure, periods)), share].into_iter().flatten()
        });
        let cells = averages.collect();
        table.rows.push(PivotRow { head: Head::Average, level: 0, is_group: false, cells });
    }
    let cells = cells(&totals.total)?;
    table.rows.push(PivotRow { head: Head::Total, level: 0, is_group: true, cells });
    Ok(table)
}

fn periods_across(totals: &Totals, layout: &Layout, across: usize, measure: Measure) -> Result<Pivot, LayoutError> {
    let periods = periods(totals, across);
    let cells = |rows: &[&TotalsRow]| {
        let mut here: HashMap<Key, Sum> = HashMap::new();
        for row in rows {
            here.entry(row.keys[across]).or_default().add(row.figures.get(measure))?;
        }
        let of = |period: &Key| Cell::Sum(measure, here.get(period).copied().unwrap_or_default());
        let mut cells: Vec<Cell> = periods.iter().map(of).collect();
        let total = sum(rows)?;
        cells.push(Cell::Sum(measure, *total.get(measure)));
        cells.extend(layout.average.then(|| average(&total, measure, periods.len())));
        cells.extend(layout.percent.then(|| share(&total, &totals.total, measure)));
        Ok(cells)
    };
    let extra = [(true, Head::Total), (layout.average, Head::Average), (layout.percent, Head::Share)];
    let extra = extra.into_iter().filter_map(|(wanted, head)| wanted.then_some(head));
    let mut down = totals.query.by.clone();
    down.remove(across);
    let rows: Vec<&TotalsRow> = totals.rows.iter().collect();
    let mut table = Pivot {
        measure: Some(measure),
        columns: periods.iter().map(|period| Head::Key(*period)).chain(extra).collect(),
        rows: tree(&rows, down.len(), 0, &cells)?,
        down: Axis::Keys(down),
    };
    let cells = cells(&rows)?;
    table.rows.push(PivotRow { head: Head::Total, level: 0, is_group: true, cells });
    Ok(table)
}

/// How many periods stand first among the keys; some may be put together.
fn periods_down(totals: &Totals) -> usize {
    let count = |key: &Key| match key {
        Key::Rest(others) => *others,
        _ => 1,
    };
    periods(totals, 0).iter().map(count).sum()
}

/// The periods that stand at a place among the keys, in their order.
fn periods(totals: &Totals, at: usize) -> Vec<Key> {
    let mut periods: Vec<Key> = totals.rows.iter().filter_map(|row| row.keys.get(at).copied()).collect();
    periods.sort_unstable();
    periods.dedup();
    periods
}

fn sum(rows: &[&TotalsRow]) -> Result<Figures, Overflow> {
    let mut figures = Figures::default();
    rows.iter().try_for_each(|row| figures.add(&row.figures))?;
    Ok(figures)
}

/// How the cells of a row are made of the rows of totals under it.
type Figuring<'a> = dyn Fn(&[&TotalsRow]) -> Result<Vec<Cell>, LayoutError> + 'a;

/// The rows of a table: groups, each with its sum, and what lies under them.
fn tree(rows: &[&TotalsRow], depth: usize, level: usize, cells: &Figuring<'_>) -> Result<Vec<PivotRow>, LayoutError> {
    let mut table = Vec::new();
    if level >= depth {
        return Ok(table);
    }
    for group in rows.chunk_by(|one, two| one.keys[level] == two.keys[level]) {
        let (head, is_group) = (Head::Key(group[0].keys[level]), level + 1 < depth);
        table.push(PivotRow { head, level, is_group, cells: cells(group)? });
        table.extend(tree(group, depth, level + 1, cells)?);
    }
    Ok(table)
}

/// A share of the total in hundredths, to one decimal.
fn share(figures: &Figures, total: &Figures, measure: Measure) -> Cell {
    let (part, whole) = (figures.value(measure), total.value(measure));
    let hundredths = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(whole));
    Cell::Percent(hundredths.map(|share| share.round_dp(1)))
}

/// The average over some periods, of money to a smallest unit, of counts to a
/// tenth; where that is not exact, it is about right.
fn average(total: &Figures, measure: Measure, periods: usize) -> Cell {
    let sum = *total.get(measure);
    let periods = Decimal::from(periods.max(1));
    let decimals = if measure.is_money() { sum.value.scale() } else { 1 };
    let value = (sum.value / periods).round_dp(decimals);
    let exact = value * periods == sum.value;
    Cell::Sum(measure, Sum { value, about: sum.about + i64::from(!exact), ..sum })
}

fn transposed(table: &Pivot, across: Option<By>) -> Pivot {
    let row = |(at, head): (usize, &Head)| PivotRow {
        head: *head,
        level: 0,
        is_group: matches!(head, Head::Total),
        cells: table.rows.iter().map(|row| row.cells[at]).collect(),
    };
    Pivot {
        measure: table.measure,
        down: across.map_or(Axis::Measures, |by| Axis::Keys(vec![by])),
        columns: table.rows.iter().map(|row| row.head).collect(),
        rows: table.columns.iter().enumerate().map(row).collect(),
    }
}
