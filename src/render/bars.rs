//! Small bars in a table for a terminal.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::grid::{Cell, Column, Grid, RowKind, Unit};
use crate::lang::Words;

/// How many letters the longest bar has.
const LONGEST: u32 = 16;
/// A part of a letter, in eighths, from nothing.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// Heights in eighths.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The same table with a bar for each row, of its first figure of money, or
/// else its first figure.
pub(super) fn with_bars(grid: Grid, words: &Words) -> Grid {
    let is_money = |at: usize| grid.rows.iter().any(|row| matches!(row.cells.get(at), Some(Cell::Money(_))));
    let is_figure = |at: usize| grid.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| value(cell).is_some()));
    let columns = 1..grid.columns.len();
    let Some(column) = columns.clone().find(|at| is_money(*at)).or_else(|| columns.clone().find(|at| is_figure(*at)))
    else {
        return grid;
    };
    let of = |row: &super::GridRow| row.cells.get(column).and_then(value).unwrap_or_default();
    let parts = || grid.rows.iter().filter(|row| row.kind == RowKind::Body);
    let longest = parts().map(of).max().unwrap_or_default();
    let bars: Vec<String> = grid
        .rows
        .iter()
        .map(|row| if row.kind == RowKind::Body { bar(of(row), longest) } else { String::new() })
        .collect();
    let header = format!("{}: {}", words.charts.bars, grid.columns[column].header);
    with_column(grid, header, bars)
}

/// The same table with a line of heights for each row, of its figures but the
/// last so many, which sum up the others.
pub(super) fn with_lines(grid: Grid, periods: usize, words: &Words) -> Grid {
    let line = |row: &super::GridRow| {
        let figures: Vec<Decimal> =
            row.cells.iter().skip(1).take(periods).map(|cell| value(cell).unwrap_or_default()).collect();
        let highest = figures.iter().copied().max().unwrap_or_default();
        figures.iter().map(|figure| HEIGHTS[eighths(*figure, highest, 7)]).collect()
    };
    let lines = grid.rows.iter().map(line).collect();
    with_column(grid, words.charts.lines.to_owned(), lines)
}

fn with_column(mut grid: Grid, header: String, texts: Vec<String>) -> Grid {
    grid.columns.push(Column::left(header).rigid());
    for (row, text) in grid.rows.iter_mut().zip(texts) {
        row.cells.push(Cell::Text(text));
    }
    grid
}

fn value(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Money(_) | Cell::Count(_) => cell.number(Unit::One),
        _ => None,
    }
}

/// A figure beside the largest, in so many steps; what is more than nothing
/// takes at least one.
fn eighths(figure: Decimal, largest: Decimal, steps: u32) -> usize {
    if largest <= Decimal::ZERO || figure <= Decimal::ZERO {
        return 0;
    }
    let part = figure.checked_mul(steps.into()).and_then(|part| part.checked_div(largest));
    part.and_then(|part| part.round().to_usize()).unwrap_or_default().max(1)
}

fn bar(figure: Decimal, longest: Decimal) -> String {
    let length = eighths(figure, longest, LONGEST * 8);
    format!("{}{}", "█".repeat(length / 8), EIGHTHS[length % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_figures() {
        let bar = |figure: i64| bar(figure.into(), 160.into());
        assert_eq!(bar(160), "█".repeat(16));
        assert_eq!(bar(80), "█".repeat(8));
        assert_eq!(bar(15), "█▌");
        assert_eq!(bar(0), "");
        assert_eq!(super::bar(Decimal::ZERO, Decimal::ZERO), "");
        // Little is more than nothing.
        assert_eq!(super::bar(Decimal::ONE, Decimal::from(1_000_000)), "▏");
    }
}
