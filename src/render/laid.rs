//! Grids as text with the widths of their columns, and how they are made to
//! fit a terminal.

use unicode_width::UnicodeWidthStr;

use super::Style;
use super::grid::{Align, Column, Grid, RowKind, Unit};

/// Spaces between columns.
pub(super) const GAP: usize = 2;
/// The narrowest that a column of words is made.
const NARROWEST: usize = 9;
/// The narrowest that the labels of a table of figures are made.
const NARROWEST_LABEL: usize = 24;

/// A grid as text.
pub(super) struct Laid {
    pub(super) columns: Vec<Column>,
    pub(super) kinds: Vec<RowKind>,
    pub(super) texts: Vec<Vec<String>>,
    pub(super) widths: Vec<usize>,
}

/// How a grid is shown.
pub(super) enum Fit {
    /// As a table, with these widths.
    Table(Laid),
    /// As several tables, each with the first column and some of the others.
    Parts(Vec<Laid>),
    /// Row by row, a line for each cell.
    Rows(Laid),
}

impl Laid {
    pub(super) fn of(grid: &Grid, style: &Style, unit: Unit) -> Self {
        let mut texts = grid.texts(style.words, unit);
        for (row, text) in grid.rows.iter().zip(&mut texts) {
            if let Some(first) = text.first_mut() {
                first.insert_str(0, &"  ".repeat(row.indent));
            }
        }
        let width = |(at, column): (usize, &Column)| {
            let cells = texts.iter().filter_map(|row| row.get(at)).map(|text| text.width());
            cells.chain([column.header.width()]).max().unwrap_or(0)
        };
        Self {
            widths: grid.columns.iter().enumerate().map(width).collect(),
            columns: grid.columns.clone(),
            kinds: grid.rows.iter().map(|row| row.kind).collect(),
            texts,
        }
    }

    pub(super) fn width(&self) -> usize {
        self.widths.iter().sum::<usize>() + GAP * self.widths.len().saturating_sub(1)
    }

    /// Whether it fits as a table: figures as they are, a list with its words
    /// wrapped.
    pub(super) fn fits(self, width: usize) -> bool {
        self.width() <= width || (self.is_list() && matches!(self.fit(Some(width)), Fit::Table(_)))
    }

    fn is_list(&self) -> bool {
        self.columns.iter().filter(|column| column.align == Align::Left).count() > 1
    }

    /// Makes it fit: columns of words give way first, then a table of figures
    /// is shown in parts, and a list row by row.
    pub(super) fn fit(mut self, width: Option<usize>) -> Fit {
        let Some(width) = width.filter(|width| self.width() > *width) else { return Fit::Table(self) };
        let is_list = self.is_list();
        let natural = self.widths.clone();
        self.narrow(width, if is_list { NARROWEST } else { NARROWEST_LABEL });
        if self.width() <= width {
            Fit::Table(self)
        } else if is_list {
            Fit::Rows(self)
        } else {
            self.widths = natural;
            Fit::Parts(self.parts(width))
        }
    }

    /// Takes width from the widest column of words, a character at a time.
    fn narrow(&mut self, width: usize, narrowest: usize) {
        while self.width() > width {
            let words =
                self.columns.iter().enumerate().filter(|(_, column)| column.align == Align::Left && !column.rigid);
            let widest = words.map(|(at, _)| at).max_by_key(|at| self.widths[*at]);
            match widest.filter(|at| self.widths[*at] > narrowest) {
                Some(at) => self.widths[at] -= 1,
                None => break,
            }
        }
    }

    fn parts(&self, width: usize) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut places = vec![0];
        let mut used = self.widths.first().copied().unwrap_or(0);
        for (at, column) in self.widths.iter().enumerate().skip(1) {
            if used + GAP + column > width && places.len() > 1 {
                parts.push(self.part(&places));
                places.truncate(1);
                used = self.widths[0];
            }
            places.push(at);
            used += GAP + column;
        }
        parts.push(self.part(&places));
        parts
    }

    /// The columns at some places, as a grid of its own.
    fn part(&self, places: &[usize]) -> Self {
        Self {
            columns: places.iter().map(|at| self.columns[*at].clone()).collect(),
            kinds: self.kinds.clone(),
            texts: self.texts.iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect(),
            widths: places.iter().map(|at| self.widths[*at]).collect(),
        }
    }
}
