//! The ledger of goods in English.

use super::en;
use super::ledger::Ledger;
use crate::domain::NotHeld;
use crate::text::{Marks, write_digits};

pub(super) const LEDGER: Ledger = Ledger {
    not_held,
    held_title: |on| format!("Goods held on {}", en::date(on)),
    all_title: |on| format!("Goods taken in, and what became of them by {}", en::date(on)),
    gone_title: "Goods disposed of",
    held: "Held",
    taken_in: "Taken in",
    value: "Value of the lot",
    since: "Since",
    lots: "Lots",
    unknown: "Not known",
    times: "Disposals",
    nothing: "There are no such goods.",
    not_summed: |n| format!("Quantity not known, and in no sum: {n}."),
    still_held: |lot, goods, held| format!("Still held of lot {lot} ({goods}): {held}."),
    nothing_held: |lot, goods| format!("Of lot {lot} ({goods}) nothing is held any more."),
    not_known: |lot, goods| format!("How much of lot {lot} ({goods}) is held is not known."),
    sums_alone: "Sums have no --limit, --offset or --sort; without --by there is a row for each lot.",
};

/// Why goods can't have been disposed of.
pub(super) fn not_held(why: &NotHeld) -> String {
    match why {
        NotHeld::TooMuch { lot, held, unit } => {
            let held = format!("{}{}", held.bound.sign(), write_digits(held.value, Marks::ENGLISH));
            let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("is more than was held of lot {lot} on that day: {held}{unit}.")
        }
        NotHeld::Gone { lot: Some(lot), on } => {
            format!("nothing was held of lot {lot} any more: all of it had gone by {}.", en::date(*on))
        }
        NotHeld::Gone { lot: None, on } => {
            format!("no goods were held any more: all had gone by {}.", en::date(*on))
        }
        NotHeld::WhichLot { lots } => {
            format!("is required with a quantity, as there are {lots} lots: say of which it was (1 to {lots}).")
        }
    }
}
