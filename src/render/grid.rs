//! The typed grid that stands between a report and the formats for people.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{Amount, Bound, Sum};
use crate::lang::Words;
use crate::text::{shown, write_digits};

/// A cell, by what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A sum of money in units of the currency.
    Money(Sum),
    /// A sum of counts.
    Count(Sum),
    /// A plain number.
    Number(Decimal),
    /// Hundredths, and whether they are exact; `None` where there are none.
    Percent(Option<Decimal>, Bound),
    /// A date.
    Date(NaiveDate),
}

impl Cell {
    /// Text, or nothing.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// One amount; an unknown one is shown as such.
    #[must_use]
    pub fn amount(amount: Option<Amount>) -> Self {
        Self::Money(Sum::of(amount, 1))
    }

    /// A date, or nothing.
    #[must_use]
    pub fn date(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Date)
    }

    /// The bound of its figure.
    fn bound(&self) -> Bound {
        match self {
            Self::Money(sum) | Self::Count(sum) => sum.bound(),
            Self::Percent(Some(_), bound) => *bound,
            _ => Bound::Exact,
        }
    }

    /// Whether nothing of its figure is known.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Money(sum) | Self::Count(sum) if sum.value.is_zero() && sum.unknown > 0)
    }

    /// Whether its figure is known to be zero.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Money(sum) | Self::Count(sum) if sum.value.is_zero() && sum.unknown == 0)
    }

    /// The number in it, in the unit in which it is shown.
    pub(super) fn number(&self, unit: Unit) -> Option<Decimal> {
        match self {
            Self::Money(sum) => Some(unit.of(sum.value)),
            Self::Count(sum) => Some(sum.value.normalize()),
            Self::Number(value) => Some(value.normalize()),
            Self::Percent(value, _) => *value,
            Self::Empty | Self::Text(_) | Self::Date(_) => None,
        }
    }

    /// The cell as text, with so many decimals: more of them where it has
    /// more, unless it may be rounded.
    fn write(&self, words: &Words, unit: Unit, decimals: u32, rounded: bool) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => shown(text),
            Self::Date(day) => (words.date)(*day),
            _ if self.is_unknown() => "?".to_owned(),
            _ => self.number(unit).map_or_else(
                || "–".to_owned(),
                |exact| {
                    let mut shown = exact;
                    shown.rescale(if rounded { decimals } else { decimals.max(exact.scale()) });
                    let bound = if shown == exact { self.bound() } else { self.bound().and(Bound::About) };
                    format!("{}{}", bound.sign(), write_digits(shown, words.marks))
                },
            ),
        }
    }
}

/// The unit in which money is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The currency's own.
    One,
    /// Thousands.
    Thousand,
    /// Millions.
    Million,
    /// Milliards.
    Billion,
}

impl Unit {
    /// All units, smallest first.
    pub const ALL: [Self; 4] = [Self::One, Self::Thousand, Self::Million, Self::Billion];

    /// An amount in this unit, exact.
    pub(super) fn of(self, value: Decimal) -> Decimal {
        let places = self as u32 * 3;
        if places == 0 {
            // A currency's own decimals stay: 1,250.50.
            return value;
        }
        let value = value.normalize();
        // Moving the decimal point is exact where dividing may not be.
        Decimal::try_from_i128_with_scale(value.mantissa(), value.scale() + places)
            .map_or(value, |shifted| shifted.normalize())
    }

    /// So many of this unit as an amount.
    pub(super) fn whole(self, units: Decimal) -> Decimal {
        Decimal::from(1_000_i64.pow(self as u32)) * units
    }
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub header: String,
    /// How it is set.
    pub align: Align,
    /// Whether its figures are made by dividing, and may be shown as short as
    /// the others are.
    pub rounded: bool,
    /// Whether its words must not be broken over lines.
    pub rigid: bool,
}

impl Column {
    /// The same column, its words kept whole.
    #[must_use]
    pub fn rigid(self) -> Self {
        Self { rigid: true, ..self }
    }

    /// A column of words.
    pub fn left(header: impl Into<String>) -> Self {
        Self { header: header.into(), align: Align::Left, rounded: false, rigid: false }
    }

    /// A column of figures.
    pub fn right(header: impl Into<String>) -> Self {
        Self { header: header.into(), align: Align::Right, rounded: false, rigid: false }
    }
}

/// What a row is among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// One of many.
    Body,
    /// It sums up those under it.
    Group,
    /// It sums up all.
    Total,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// What it is among others.
    pub kind: RowKind,
    /// How deep its first cell is set in.
    pub indent: usize,
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
}

impl GridRow {
    /// One row of many.
    #[must_use]
    pub fn body(cells: Vec<Cell>) -> Self {
        Self { kind: RowKind::Body, indent: 0, cells }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Its title.
    pub title: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<GridRow>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A line of text.
    Line(String),
    /// A table.
    Grid(Grid),
}

/// What is shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its parts.
    pub blocks: Vec<Block>,
    /// What is said at its foot.
    pub notes: Vec<String>,
    /// The code of the currency, where it shows money.
    pub currency: Option<String>,
}

impl Page {
    /// Whether there is money on it that some unit would show otherwise.
    pub(super) fn has_money(&self) -> bool {
        self.money().next().is_some()
    }

    fn money(&self) -> impl Iterator<Item = &Sum> {
        self.cells().filter_map(|cell| match cell {
            Cell::Money(sum) => Some(sum),
            _ => None,
        })
    }

    fn cells(&self) -> impl Iterator<Item = &Cell> {
        let grids = self.blocks.iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Line(_) => None,
        });
        grids.flat_map(|grid| grid.rows.iter().flat_map(|row| &row.cells))
    }

    /// Whether a unit shows all of it exactly with one decimal at most.
    pub(super) fn suits(&self, unit: Unit) -> bool {
        self.money().all(|sum| unit.of(sum.value).scale() <= 1)
    }

    /// The signs of bounds that stand on it.
    pub(super) fn signs(&self) -> Vec<&'static str> {
        let stands = |bound: &Bound| self.cells().any(|cell| cell.bound() == *bound && !cell.is_unknown());
        let bounds = [Bound::AtLeast, Bound::AtMost, Bound::About];
        bounds.into_iter().filter(stands).map(Bound::sign).collect()
    }

    /// The lines at its foot, those that the figures call for included.
    pub(super) fn foot(&self, words: &Words, unit: Unit) -> Vec<String> {
        let mut foot = Vec::new();
        if let Some(currency) = self.currency.as_deref().filter(|_| self.has_money()) {
            foot.push((words.notes.unit)(&(words.notes.currency_units)(currency)[unit as usize]));
        }
        let signs = self.signs();
        if !signs.is_empty() {
            foot.push((words.notes.bounds)(&signs));
        }
        foot.extend(self.notes.iter().cloned());
        foot
    }
}

/// How many decimals the figures of a column have.
struct Decimals {
    money: u32,
    others: u32,
}

impl Decimals {
    fn of(&self, cell: &Cell) -> u32 {
        if matches!(cell, Cell::Money(_)) { self.money } else { self.others }
    }
}

impl Grid {
    /// For each row, those that it sums up: what is set in under it, and of the
    /// total all that stand under no other.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let mut parts = vec![Vec::new(); self.rows.len()];
        let total = self.rows.iter().rposition(|row| row.kind == RowKind::Total);
        // The rows above that others may be set in under, outermost first.
        let mut above: Vec<usize> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            while above.last().is_some_and(|last| self.rows[*last].indent >= row.indent) {
                above.pop();
            }
            if let Some(whole) = above.last().copied().or(total).filter(|whole| *whole != at) {
                parts[whole].push(at);
            }
            above.push(at);
        }
        parts
    }

    /// Its cells as text, row by row. All money has the same number of
    /// decimals, and so have the figures of every other column, so that their
    /// digits stand under each other.
    pub(super) fn texts(&self, words: &Words, unit: Unit) -> Vec<Vec<String>> {
        let exact = self.columns.iter().enumerate().filter(|(_, column)| !column.rounded).map(|(at, _)| at);
        let money = exact.filter_map(|at| self.decimals(at, unit, true)).max();
        let decimals: Vec<Decimals> = (0..self.columns.len())
            .map(|at| match self.decimals(at, unit, true) {
                // Cases that stand among money are counted whole.
                Some(own) => Decimals { money: money.unwrap_or(own), others: 0 },
                None => Decimals { money: 0, others: self.decimals(at, unit, false).unwrap_or(0) },
            })
            .collect();
        let write = |row: &GridRow| {
            let cells = row.cells.iter().zip(decimals.iter().zip(&self.columns));
            cells.map(|(cell, (decimals, column))| cell.write(words, unit, decimals.of(cell), column.rounded)).collect()
        };
        self.rows.iter().map(write).collect()
    }

    /// The most decimals of a column's figures, of its money alone or of all.
    fn decimals(&self, column: usize, unit: Unit, money: bool) -> Option<u32> {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
        let wanted = cells.filter(|cell| !money || matches!(cell, Cell::Money(_)));
        wanted.filter_map(|cell| cell.number(unit)).map(|number| number.scale()).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn money(value: i64, bound: Bound) -> Cell {
        Cell::amount(Some(Amount { value: value.into(), bound }))
    }

    #[test]
    fn money_is_exact_in_every_unit() {
        let cell = money(1_234_567, Bound::AtLeast);
        let words = Lang::Vi.words();
        let texts: Vec<_> = Unit::ALL.iter().map(|unit| cell.write(words, *unit, 0, false)).collect();
        assert_eq!(texts, ["≥1.234.567", "≥1.234,567", "≥1,234567", "≥0,001234567"]);
    }

    #[test]
    fn unknown_is_not_zero() {
        let words = Lang::En.words();
        assert_eq!(Cell::amount(None).write(words, Unit::One, 0, false), "?");
        assert_eq!(money(0, Bound::Exact).write(words, Unit::One, 0, false), "0");
    }

    #[test]
    fn digits_stand_under_each_other() {
        let grid = Grid {
            title: None,
            columns: vec![Column::right("x")],
            rows: vec![
                GridRow::body(vec![money(1_500_000, Bound::Exact)]),
                GridRow::body(vec![money(20_000_000, Bound::Exact)]),
            ],
        };
        assert_eq!(grid.texts(Lang::Vi.words(), Unit::Million), [["1,5"], ["20,0"]]);
    }
}
