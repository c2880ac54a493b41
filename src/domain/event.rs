//! What happens to a case, and the figures that it adds to which day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Amount, Bound, Case, Count, How};

/// What happened. The numbers up to 9 are those in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Found; the amount is the seized value.
    Detected = 1,
    /// Decided; the amount is the fine.
    Decided = 2,
    /// Illegal profit ordered to be handed back, with the decision.
    Profit = 3,
    /// Paid.
    Paid = 4,
    /// Goods destroyed.
    Destroyed = 5,
    /// Goods sold.
    Sold = 6,
    /// Goods returned.
    Returned = 7,
    /// Goods handed over.
    HandedOver = 8,
    /// Transferred to criminal investigators; the amount is persons.
    Transferred = 9,
    /// A fine was late for some days; the amount is what is charged for it.
    /// No event of the database: it is worked out from the cases where it is
    /// asked for, and stands neither in [`Self::ALL`] nor in running totals.
    LateCharge = 10,
}

impl EventKind {
    /// All kinds of events, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::Detected,
        Self::Decided,
        Self::Profit,
        Self::Paid,
        Self::Destroyed,
        Self::Sold,
        Self::Returned,
        Self::HandedOver,
        Self::Transferred,
    ];

    /// The number in the database.
    #[must_use]
    pub fn number(self) -> i64 {
        self as i64
    }

    /// The kind of a number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Whether its amount is money; otherwise it counts persons.
    #[must_use]
    pub fn is_money(self) -> bool {
        self != Self::Transferred
    }
}

impl From<How> for EventKind {
    fn from(how: How) -> Self {
        match how {
            How::Destroyed => Self::Destroyed,
            How::Sold => Self::Sold,
            How::Returned => Self::Returned,
            How::HandedOver => Self::HandedOver,
        }
    }
}

/// One thing that happened to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub on: NaiveDate,
    /// How many cases, decisions, payments or disposals it stands for.
    pub count: Count,
    /// Its amount; `None` is unknown.
    pub amount: Option<Amount>,
}

impl Case {
    /// The events by which the case counts; none if it is void.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        if self.void.is_some() {
            return Vec::new();
        }
        let once = Count::default();
        let event = |kind, on, count, amount| Event { kind, on, count, amount };
        let mut events = vec![event(EventKind::Detected, self.detected_on, self.case_count, self.seized_value)];
        if let Some(decision) = &self.decision {
            let on = decision.decided_on;
            events.push(event(EventKind::Decided, on, self.case_count, decision.fine_amount));
            if decision.illegal_profit.is_some() {
                events.push(event(EventKind::Profit, on, once, decision.illegal_profit));
            }
        }
        let payments = self.payments.iter();
        events.extend(payments.map(|paid| event(EventKind::Paid, paid.paid_on, once, Some(paid.amount))));
        let disposals = self.disposals.iter();
        events.extend(disposals.map(|done| event(done.how.into(), done.disposed_on, once, done.value)));
        if let Some(transfer) = &self.transfer {
            let persons = transfer.persons.map(|n| Amount { value: n.into(), bound: Bound::Exact });
            events.push(event(EventKind::Transferred, transfer.transferred_on, self.case_count, persons));
        }
        events
    }
}
