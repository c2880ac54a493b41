//! The figures of a total: what its events add up to.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Amount, Bound, Event, EventKind, Overflow, Sum};

/// The events of one kind, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// How many cases, decisions, payments or disposals.
    pub count: Sum,
    /// Their amounts.
    pub amount: Sum,
}

impl Tally {
    /// No events.
    const NONE: Self = Self { count: Sum::NONE, amount: Sum::NONE };

    /// The tally of one event.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        let n = i64::from(event.count.n);
        let count = Amount { value: n.into(), bound: event.count.bound };
        Self { count: Sum::of(Some(count), n), amount: Sum::of(event.amount, n) }
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        self.count.add(&other.count)?;
        self.amount.add(&other.amount)
    }

    /// What takes this tally away again when it is added.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self { count: self.count.negated(), amount: self.amount.negated() }
    }

    /// Whether it adds nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// A figure that totals give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Cases found.
    Cases,
    /// The value of what was seized.
    SeizedValue,
    /// Decisions.
    Decisions,
    /// Fines.
    FineAmount,
    /// Illegal profit to be handed back.
    IllegalProfit,
    /// Payments received.
    PaidAmount,
    /// The value of goods destroyed.
    DestroyedValue,
    /// The value of goods sold.
    SoldValue,
    /// The value of goods returned.
    ReturnedValue,
    /// The value of goods handed over.
    HandedOverValue,
    /// Cases transferred to criminal investigators.
    Transferred,
    /// Persons in those cases.
    Persons,
    /// What is charged for fines paid late.
    LateCharge,
}

/// The keys of measures in JSON and CSV, and what those of their bounds and
/// unknowns begin with.
macro_rules! keys {
    ($($measure:ident = $key:literal, $stem:literal;)+) => {
        impl Measure {
            /// The key in JSON and CSV.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$measure => $key),+ }
            }

            /// The key of whether its sum is exact.
            #[must_use]
            pub fn bound_key(self) -> &'static str {
                match self { $(Self::$measure => concat!($stem, "_bound")),+ }
            }

            /// The key of how many of its figures are not known.
            #[must_use]
            pub fn unknown_key(self) -> &'static str {
                match self { $(Self::$measure => concat!($stem, "_unknown")),+ }
            }
        }
    };
}

keys! {
    Cases = "cases", "cases";
    SeizedValue = "seized_value", "seized";
    Decisions = "decisions", "decisions";
    FineAmount = "fine_amount", "fine";
    IllegalProfit = "illegal_profit", "illegal_profit";
    PaidAmount = "paid_amount", "paid";
    DestroyedValue = "destroyed_value", "destroyed";
    SoldValue = "sold_value", "sold";
    ReturnedValue = "returned_value", "returned";
    HandedOverValue = "handed_over_value", "handed_over";
    Transferred = "transferred", "transferred";
    Persons = "persons", "persons";
    LateCharge = "late_charge", "late_charge";
}

impl Measure {
    /// All measures of events, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Cases,
        Self::SeizedValue,
        Self::Decisions,
        Self::FineAmount,
        Self::IllegalProfit,
        Self::PaidAmount,
        Self::DestroyedValue,
        Self::SoldValue,
        Self::ReturnedValue,
        Self::HandedOverValue,
        Self::Transferred,
        Self::Persons,
    ];

    /// All measures that can be asked for: those of events, and what is
    /// worked out only then.
    pub fn asked() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain([Self::LateCharge])
    }

    /// The measure of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::asked().find(|measure| measure.key() == key)
    }

    /// The kind of event that it counts, and whether it is that event's count.
    fn source(self) -> (EventKind, bool) {
        match self {
            Self::Cases => (EventKind::Detected, true),
            Self::SeizedValue => (EventKind::Detected, false),
            Self::Decisions => (EventKind::Decided, true),
            Self::FineAmount => (EventKind::Decided, false),
            Self::IllegalProfit => (EventKind::Profit, false),
            Self::PaidAmount => (EventKind::Paid, false),
            Self::DestroyedValue => (EventKind::Destroyed, false),
            Self::SoldValue => (EventKind::Sold, false),
            Self::ReturnedValue => (EventKind::Returned, false),
            Self::HandedOverValue => (EventKind::HandedOver, false),
            Self::Transferred => (EventKind::Transferred, true),
            Self::Persons => (EventKind::Transferred, false),
            Self::LateCharge => (EventKind::LateCharge, false),
        }
    }

    /// Whether it counts events, and is not how much there was in them.
    #[must_use]
    pub fn is_count(self) -> bool {
        self.source().1
    }

    /// Whether it is an amount of money, not a number of things.
    #[must_use]
    pub fn is_money(self) -> bool {
        let (kind, is_count) = self.source();
        kind.is_money() && !is_count
    }
}

/// All figures of one total: those of each kind of event of which there are
/// any, in the order of the kinds. Of most totals these are few.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures(Vec<(EventKind, Tally)>);

impl Figures {
    /// Adds the events of one kind.
    pub fn add_tally(&mut self, kind: EventKind, tally: &Tally) -> Result<(), Overflow> {
        let at = self.0.iter().position(|(other, _)| *other >= kind).unwrap_or(self.0.len());
        match self.0.get_mut(at) {
            Some((other, sum)) if *other == kind => {
                sum.add(tally)?;
                // What was taken away again is as if it had never been.
                if sum.is_zero() {
                    self.0.remove(at);
                }
            }
            _ if tally.is_zero() => {}
            _ => {
                // Most totals have two kinds: cases found, and decisions.
                if self.0.is_empty() {
                    self.0.reserve_exact(2);
                }
                self.0.insert(at, (kind, *tally));
            }
        }
        Ok(())
    }

    /// Adds other figures.
    pub fn add(&mut self, other: &Self) -> Result<(), Overflow> {
        other.0.iter().try_for_each(|(kind, tally)| self.add_tally(*kind, tally))
    }

    /// What takes these figures away again when it is added.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self(self.0.iter().map(|(kind, tally)| (*kind, tally.negated())).collect())
    }

    /// The events of one kind.
    #[must_use]
    pub fn tally(&self, kind: EventKind) -> &Tally {
        self.0.iter().find(|(other, _)| *other == kind).map_or(&Tally::NONE, |(_, tally)| tally)
    }

    /// A measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> &Sum {
        let (kind, is_count) = measure.source();
        let tally = self.tally(kind);
        if is_count { &tally.count } else { &tally.amount }
    }

    /// The value of a measure.
    #[must_use]
    pub fn value(&self, measure: Measure) -> Decimal {
        self.get(measure).value
    }

    /// The bound of a measure.
    #[must_use]
    pub fn bound(&self, measure: Measure) -> Bound {
        self.get(measure).bound()
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tallies() -> impl Strategy<Value = Vec<(EventKind, Tally)>> {
        let kind = prop::sample::select(EventKind::ALL.to_vec());
        let tally = (-3..4_i64, 0..2_i64, 0..2_i64).prop_map(|(n, at_least, unknown)| Tally {
            count: Sum { value: n.into(), at_least, ..Sum::default() },
            amount: Sum { value: (n * 1_000).into(), unknown, ..Sum::default() },
        });
        prop::collection::vec((kind, tally), 0..12)
    }

    fn figures<'a>(tallies: impl Iterator<Item = &'a (EventKind, Tally)>) -> Figures {
        let mut figures = Figures::default();
        tallies.for_each(|(kind, tally)| figures.add_tally(*kind, tally).unwrap());
        figures
    }

    proptest! {
        #[test]
        fn equal_events_are_equal_figures_in_whatever_order_they_came(one in tallies(), two in tallies()) {
            let all = figures(one.iter().chain(&two));
            prop_assert_eq!(&all, &figures(two.iter().rev().chain(one.iter().rev())));
            let mut sum = figures(one.iter());
            sum.add(&figures(two.iter())).unwrap();
            prop_assert_eq!(&sum, &all);
            for kind in EventKind::ALL {
                let mut tally = Tally::default();
                one.iter().chain(&two).filter(|(other, _)| *other == kind).for_each(|(_, one)| tally.add(one).unwrap());
                prop_assert_eq!(all.tally(kind), &tally);
            }
            sum.add(&figures(two.iter()).negated()).unwrap();
            prop_assert_eq!(&sum, &figures(one.iter()), "what is taken away again leaves nothing");
            sum.add(&sum.negated()).unwrap();
            prop_assert!(sum.is_zero());
        }
    }
}
