//! Typed charts, which stand between a report and every format as grids do.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::grid::Unit;
use crate::domain::{Bound, Sum};
use crate::lang::Words;
use crate::text::write_digits;

/// A chart: what is drawn, and how it is told to those who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its title, without a unit.
    pub title: String,
    /// What its figures are: money, or numbers of things.
    pub is_money: bool,
    /// What is drawn.
    pub drawing: Drawing,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Columns side by side, a group for each label.
    Columns {
        /// The labels, from left to right.
        labels: Vec<String>,
        /// What stands side by side, the last of them strongest.
        series: Vec<Series>,
    },
    /// Bars one under the other.
    Bars(Vec<Bar>),
    /// Places of a map.
    Map {
        /// Which boundaries are drawn.
        shapes: Shapes,
        /// The figures, by the codes of places.
        places: BTreeMap<String, Bar>,
    },
}

/// Columns of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A figure for each label; `None` where there is none yet.
    pub values: Vec<Option<Sum>>,
}

/// A figure under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The name.
    pub label: String,
    /// The figure.
    pub sum: Sum,
}

/// The boundaries of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shapes {
    /// The 34 provinces since 1 July 2025.
    Present,
    /// The 63 before.
    Former,
}

impl Chart {
    /// Its figures.
    pub(super) fn sums(&self) -> Vec<&Sum> {
        match &self.drawing {
            Drawing::Columns { series, .. } => series.iter().flat_map(|one| one.values.iter().flatten()).collect(),
            Drawing::Bars(bars) => bars.iter().map(|bar| &bar.sum).collect(),
            Drawing::Map { places, .. } => places.values().map(|bar| &bar.sum).collect(),
        }
    }

    /// Whether any of its figures is known and not zero.
    #[must_use]
    pub fn shows_anything(&self) -> bool {
        self.sums().iter().any(|sum| !sum.value.is_zero())
    }

    /// Whether it is a map.
    pub(super) fn is_map(&self) -> bool {
        matches!(self.drawing, Drawing::Map { .. })
    }

    /// The unit in which its largest figure has at most three digits before
    /// the mark, or the largest there is.
    pub(super) fn unit(&self) -> Unit {
        let largest = self.sums().iter().map(|sum| sum.value).max().unwrap_or_default();
        let fits = |unit: &&Unit| unit.of(largest) < Decimal::ONE_THOUSAND;
        if self.is_money { Unit::ALL.iter().find(fits).copied().unwrap_or(Unit::Billion) } else { Unit::One }
    }

    /// Its title, with the unit of its figures.
    pub(super) fn heading(&self, currency: &str, words: &Words) -> String {
        self.heading_in(self.unit(), currency, words)
    }

    /// The same where figures are in another unit.
    pub(super) fn heading_in(&self, unit: Unit, currency: &str, words: &Words) -> String {
        if !self.is_money {
            return self.title.clone();
        }
        format!("{} ({})", self.title, (words.notes.currency_units)(currency)[unit as usize])
    }

    /// A figure as it is written beside its mark: to one decimal, within its
    /// bound.
    pub(super) fn figure(&self, sum: &Sum, words: &Words) -> String {
        if sum.value.is_zero() && sum.unknown > 0 {
            return "?".to_owned();
        }
        let exact = self.unit().of(sum.value).normalize();
        let strategy = match sum.bound() {
            Bound::AtLeast => RoundingStrategy::ToZero,
            Bound::AtMost => RoundingStrategy::AwayFromZero,
            Bound::Exact | Bound::About => RoundingStrategy::MidpointAwayFromZero,
        };
        let shown = exact.round_dp_with_strategy(1, strategy);
        // Little is more than nothing.
        let shown = if shown.is_zero() { exact.round_sf_with_strategy(1, strategy).unwrap_or(exact) } else { shown };
        format!("{}{}", sum.bound().sign(), write_digits(shown.normalize(), words.marks))
    }

    /// All that it shows in words, for those who do not see it.
    pub(super) fn told(&self, currency: &str, words: &Words) -> String {
        let bar = |bar: &Bar| format!("{}: {}", bar.label, self.figure(&bar.sum, words));
        let parts: Vec<String> = match &self.drawing {
            Drawing::Columns { labels, series } => {
                let one = |series: &Series| {
                    let known = labels.iter().zip(&series.values);
                    let known = known.filter_map(|(label, sum)| Some((label, sum.as_ref()?)));
                    let figures = known.map(|(label, sum)| format!("{label}: {}", self.figure(sum, words)));
                    format!("{} – {}", series.name, figures.collect::<Vec<_>>().join("; "))
                };
                series.iter().map(one).collect()
            }
            Drawing::Bars(bars) => bars.iter().map(bar).collect(),
            Drawing::Map { places, .. } => places.values().map(bar).collect(),
        };
        format!("{}. {}", self.heading(currency, words), parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Amount;
    use crate::lang::Lang;

    #[test]
    fn figures_keep_to_their_bounds_and_little_is_not_nothing() {
        let bar = |value: i64, bound: Bound| Bar {
            label: String::new(),
            sum: Sum::of(Some(Amount { value: value.into(), bound }), 1),
        };
        let bars = vec![
            bar(1_260_000_000, Bound::AtLeast),
            bar(1_240_000_000, Bound::AtMost),
            bar(1_250_000_000, Bound::Exact),
            bar(20_000_000, Bound::Exact),
            bar(0, Bound::Exact),
        ];
        let chart = Chart { title: String::new(), is_money: true, drawing: Drawing::Bars(bars.clone()) };
        let told: Vec<String> = bars.iter().map(|bar| chart.figure(&bar.sum, Lang::Vi.words())).collect();
        assert_eq!(told, ["≥1,2", "≤1,3", "1,3", "0,02", "0"]);
    }
}
