use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Bound;

/// An amount of money, or of goods: an exact decimal and how it relates to
/// the true figure. Money is in units of the casebook's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Amount {
    /// The figure.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    pub value: Decimal,
    /// Whether it is the figure itself, or a bound.
    #[serde(default, skip_serializing_if = "is_exact")]
    pub bound: Bound,
}

impl Amount {
    /// An exact amount.
    #[must_use]
    pub fn exact(value: Decimal) -> Self {
        Self { value, bound: Bound::Exact }
    }
}

/// How many cases a record stands for; "nhiều vụ" is at least 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The number of cases, 1 or more.
    pub n: u32,
    /// Whether it is the number itself, or a bound.
    #[serde(default, skip_serializing_if = "is_exact")]
    pub bound: Bound,
}

impl Default for Count {
    fn default() -> Self {
        Self { n: 1, bound: Bound::Exact }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_exact(bound: &Bound) -> bool {
    *bound == Bound::Exact
}

/// A sum was too large to be held exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a total is too large to be exact")]
pub struct Overflow;

/// A sum of amounts, and of how many of them were bounds or unknown.
///
/// The counts, not the bound, are kept, so that what was added can be taken
/// away again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sum {
    /// The sum of what is known.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    pub value: Decimal,
    /// How many of the figures are lower bounds.
    pub at_least: i64,
    /// How many are upper bounds.
    pub at_most: i64,
    /// How many are about right.
    pub about: i64,
    /// How many cases have no known figure.
    pub unknown: i64,
}

impl Sum {
    /// The sum of nothing.
    pub(super) const NONE: Self = Self { value: Decimal::ZERO, at_least: 0, at_most: 0, about: 0, unknown: 0 };

    /// The sum of one figure; an unknown one counts for `cases` cases.
    #[must_use]
    pub fn of(amount: Option<Amount>, cases: i64) -> Self {
        let Some(Amount { value, bound }) = amount else {
            return Self { unknown: cases, ..Self::default() };
        };
        let one_if = |this: Bound| i64::from(bound == this);
        Self {
            value,
            at_least: one_if(Bound::AtLeast),
            at_most: one_if(Bound::AtMost),
            about: one_if(Bound::About),
            unknown: 0,
        }
    }

    /// Adds another sum.
    pub fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        self.value = self.value.checked_add(other.value).ok_or(Overflow)?;
        self.at_least += other.at_least;
        self.at_most += other.at_most;
        self.about += other.about;
        self.unknown += other.unknown;
        Ok(())
    }

    /// What takes this sum away again when it is added.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self {
            // Not its negation: that of zero would be written -0.
            value: Decimal::ZERO - self.value,
            at_least: -self.at_least,
            at_most: -self.at_most,
            about: -self.about,
            unknown: -self.unknown,
        }
    }

    /// What is left of it when another is taken away. What is taken at most
    /// leaves at least, and the other way round.
    pub fn less(&self, taken: &Self) -> Result<Self, Overflow> {
        Ok(Self {
            value: self.value.checked_sub(taken.value).ok_or(Overflow)?,
            at_least: self.at_least + taken.at_most,
            at_most: self.at_most + taken.at_least,
            about: self.about + taken.about,
            unknown: self.unknown + taken.unknown,
        })
    }

    /// The bound that the sum inherits: exact with at least gives at least,
    /// exact with at most gives at most, anything else gives about.
    #[must_use]
    pub fn bound(&self) -> Bound {
        [(self.at_least, Bound::AtLeast), (self.at_most, Bound::AtMost), (self.about, Bound::About)]
            .into_iter()
            .filter(|(count, _)| *count != 0)
            .fold(Bound::Exact, |so_far, (_, bound)| so_far.and(bound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amounts() -> impl Strategy<Value = Vec<Option<Amount>>> {
        let bound = prop::sample::select(Bound::ALL.to_vec());
        let amount = (0_i64..1_000_000, bound).prop_map(|(value, bound)| Amount { value: value.into(), bound });
        prop::collection::vec(prop::option::of(amount), 0..8)
    }

    proptest! {
        #[test]
        fn a_sum_has_the_bound_of_its_parts(amounts in amounts()) {
            let mut sum = Sum::default();
            for amount in &amounts {
                sum.add(&Sum::of(*amount, 1)).unwrap();
            }
            let expected = amounts.iter().flatten().fold(Bound::Exact, |bound, amount| bound.and(amount.bound));
            prop_assert_eq!(sum.bound(), expected);
            prop_assert_eq!(sum.value, amounts.iter().flatten().map(|amount| amount.value).sum::<Decimal>());
        }

        #[test]
        fn what_was_added_can_be_taken_away(amounts in amounts(), more in amounts()) {
            let total = |all: &[Option<Amount>]| {
                let mut sum = Sum::default();
                for amount in all {
                    sum.add(&Sum::of(*amount, 3)).unwrap();
                }
                sum
            };
            let mut sum = total(&amounts);
            sum.add(&total(&more)).unwrap();
            sum.add(&total(&more).negated()).unwrap();
            prop_assert_eq!(sum, total(&amounts));
        }
    }

    #[test]
    fn nothing_taken_away_is_nothing() {
        assert_eq!(Sum::default().negated().value.to_string(), "0");
    }

    #[test]
    fn too_large_a_sum_is_an_error() {
        let mut sum = Sum::of(Some(Amount::exact(Decimal::MAX)), 1);
        assert_eq!(sum.add(&Sum::of(Some(Amount::exact(Decimal::ONE)), 1)), Err(Overflow));
    }
}
