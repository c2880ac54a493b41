//! Money rounded to a unit, so that the parts of a table add up to its total.
//!
//! The total is rounded first; what it leaves over goes to the parts that lose
//! most by being cut (the method of largest remainders). A figure that is
//! moved by more than half a unit, past its own bound, or to nothing, is about
//! right and says so.

use rust_decimal::Decimal;

use super::grid::{Cell, Grid, Unit};
use crate::domain::{Bound, Sum};

/// A table whose money is a whole number of units.
pub(super) fn rounded(grid: &Grid, unit: Unit) -> Grid {
    let mut rounded = grid.clone();
    if unit == Unit::One {
        return rounded;
    }
    let parts = grid.parts();
    for column in 0..grid.columns.len() {
        let sums: Vec<Option<Sum>> = grid.rows.iter().map(|row| money(row.cells.get(column))).collect();
        let targets = targets(&sums, &parts, unit);
        for ((row, sum), target) in rounded.rows.iter_mut().zip(&sums).zip(targets) {
            if let (Some(cell), Some(sum), Some(target)) = (row.cells.get_mut(column), sum, target) {
                *cell = Cell::Money(moved(sum, unit, target));
            }
        }
    }
    rounded
}

fn money(cell: Option<&Cell>) -> Option<Sum> {
    match cell {
        Some(Cell::Money(sum)) => Some(*sum),
        _ => None,
    }
}

/// How many units each figure of a column becomes.
fn targets(sums: &[Option<Sum>], parts: &[Vec<usize>], unit: Unit) -> Vec<Option<Decimal>> {
    let mut targets: Vec<Option<Decimal>> = vec![None; sums.len()];
    let mut is_part = vec![false; sums.len()];
    parts.iter().flatten().for_each(|at| is_part[*at] = true);
    let mut next: Vec<usize> = (0..sums.len()).filter(|at| !is_part[*at]).collect();
    for at in &next {
        targets[*at] = sums[*at].as_ref().map(|sum| alone(sum, unit));
    }
    while let Some(whole) = next.pop() {
        share(whole, &parts[whole], sums, unit, &mut targets);
        next.extend(&parts[whole]);
    }
    targets
}

/// A figure by itself: to the nearest, but within its bound.
fn alone(sum: &Sum, unit: Unit) -> Decimal {
    let exact = unit.of(sum.value);
    match sum.bound() {
        Bound::AtLeast => exact.floor(),
        Bound::AtMost => exact.ceil(),
        _ => exact.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
    }
}

/// Shares what a row became among those that it sums up.
fn share(parent: usize, children: &[usize], sums: &[Option<Sum>], unit: Unit, targets: &mut [Option<Decimal>]) {
    let parts: Vec<(usize, &Sum)> = children.iter().filter_map(|at| Some((*at, sums[*at].as_ref()?))).collect();
    let whole = parts.iter().map(|(_, sum)| sum.value).sum::<Decimal>();
    let adds_up = sums[parent].is_some_and(|sum| sum.value == whole);
    for (at, sum) in &parts {
        targets[*at] = Some(if adds_up { unit.of(sum.value).floor() } else { alone(sum, unit) });
    }
    let Some(target) = targets[parent].filter(|_| adds_up) else { return };
    let mut left = target - parts.iter().filter_map(|(at, _)| targets[*at]).sum::<Decimal>();
    let mut in_turn: Vec<(u8, Decimal, usize)> = parts
        .iter()
        .map(|(at, sum)| {
            let exact = unit.of(sum.value);
            // An upper bound must not sink, and a lower one not rise, where
            // others can.
            let rank = match sum.bound() {
                Bound::AtMost => 0,
                Bound::Exact | Bound::About => 1,
                Bound::AtLeast => 2,
            };
            (rank, exact.floor() - exact, *at)
        })
        .filter(|(_, lost, _)| !lost.is_zero())
        .collect();
    in_turn.sort_unstable();
    for (.., at) in in_turn {
        if left < Decimal::ONE {
            break;
        }
        left -= Decimal::ONE;
        targets[at] = targets[at].map(|units| units + Decimal::ONE);
    }
}

/// A figure that became so many units.
fn moved(sum: &Sum, unit: Unit, units: Decimal) -> Sum {
    let value = unit.whole(units);
    let breaks = match sum.bound() {
        Bound::AtLeast => value > sum.value,
        Bound::AtMost => value < sum.value,
        Bound::Exact | Bound::About => {
            let off = (value - sum.value).abs();
            off + off > unit.whole(Decimal::ONE) || (value.is_zero() && !sum.value.is_zero())
        }
    };
    Sum { value, about: sum.about + i64::from(breaks), ..*sum }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Amount;
    use crate::render::grid::{Column, GridRow, RowKind};

    fn sum(value: i64, bound: Bound) -> Sum {
        Sum::of(Some(Amount { value: value.into(), bound }), 1)
    }

    fn row(kind: RowKind, indent: usize, sum: Sum) -> GridRow {
        GridRow { kind, indent, cells: vec![Cell::Money(sum)] }
    }

    fn table(rows: Vec<GridRow>) -> Grid {
        Grid { title: None, columns: vec![Column::right("x")], rows }
    }

    fn values(grid: &Grid) -> Vec<String> {
        let one = |row: &GridRow| match row.cells[0] {
            Cell::Money(sum) => format!("{}{}", sum.bound().sign(), Unit::Million.of(sum.value)),
            _ => String::new(),
        };
        grid.rows.iter().map(one).collect()
    }

    #[test]
    fn parts_of_a_third_each_add_up() {
        let part = || row(RowKind::Body, 0, sum(1_333_333, Bound::Exact));
        let grid = table(vec![part(), part(), part(), row(RowKind::Total, 0, sum(3_999_999, Bound::Exact))]);
        assert_eq!(values(&rounded(&grid, Unit::Million)), ["≈2", "1", "1", "4"]);
    }

    #[test]
    fn groups_add_up_within_the_total() {
        let grid = table(vec![
            row(RowKind::Group, 0, sum(2_800_000, Bound::Exact)),
            row(RowKind::Body, 1, sum(1_400_000, Bound::Exact)),
            row(RowKind::Body, 1, sum(1_400_000, Bound::Exact)),
            row(RowKind::Group, 0, sum(600_000, Bound::Exact)),
            row(RowKind::Body, 1, sum(600_000, Bound::Exact)),
            row(RowKind::Total, 0, sum(3_400_000, Bound::Exact)),
        ]);
        // 3.4 is 3, of which 0.6 loses less by being cut than 2.8 does.
        assert_eq!(values(&rounded(&grid, Unit::Million)), ["3", "≈2", "1", "≈0", "≈0", "3"]);
    }

    #[test]
    fn what_is_at_least_is_not_made_more() {
        let grid = table(vec![
            row(RowKind::Body, 0, sum(1_900_000, Bound::AtLeast)),
            row(RowKind::Body, 0, sum(1_200_000, Bound::Exact)),
            row(RowKind::Total, 0, Sum { value: 3_100_000.into(), at_least: 1, ..Sum::default() }),
        ]);
        assert_eq!(values(&rounded(&grid, Unit::Million)), ["≥1", "≈2", "≥3"]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_moved_by_a_unit(parts in prop::collection::vec((0..10_000_000_i64, 0..4_usize), 1..12)) {
            let sums: Vec<Sum> = parts.iter().map(|(value, bound)| sum(*value, Bound::ALL[*bound])).collect();
            let mut total = Sum::default();
            for one in &sums {
                total.add(one).unwrap();
            }
            let mut rows: Vec<GridRow> = sums.iter().map(|one| row(RowKind::Body, 0, *one)).collect();
            rows.push(row(RowKind::Total, 0, total));
            let grid = table(rows);
            let after = rounded(&grid, Unit::Million);
            let value = |row: &GridRow| money(row.cells.first()).unwrap();
            let (parts, last) = (&after.rows[..sums.len()], &after.rows[sums.len()]);
            let whole: Decimal = parts.iter().map(|row| value(row).value).sum();
            let moved = (value(last).value - total.value).abs();
            prop_assert!(moved < Decimal::from(1_000_000));
            prop_assert_eq!(whole, value(last).value);
            for (before, after) in sums.iter().zip(parts) {
                let after = value(after);
                prop_assert!((after.value - before.value).abs() < Decimal::from(1_000_000));
                match after.bound() {
                    Bound::AtLeast => prop_assert!(after.value <= before.value),
                    Bound::AtMost => prop_assert!(after.value >= before.value),
                    Bound::Exact => prop_assert!((after.value - before.value).abs() <= Decimal::from(500_000)),
                    Bound::About => {}
                }
            }
        }
    }
}
