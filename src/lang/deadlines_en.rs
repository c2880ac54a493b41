//! Deadlines in English.

use super::deadlines::Deadlines;
use super::en::date;

pub(super) const DEADLINES: Deadlines = Deadlines {
    title: |until| format!("Deadlines until {}", date(until)),
    block: "Deadlines",
    office_and_case: "Office / case",
    deadline: "Deadline",
    due_on: "Last day",
    days: "Days",
    latest: "At the latest",
    unpaid: "Fine unpaid",
    article: "Article",
    state: "State",
    left: |days| match days {
        0 => "today".to_owned(),
        1 => "1 day left".to_owned(),
        -1 => "1 day overdue".to_owned(),
        days if days < 0 => format!("{} days overdue", -days),
        days => format!("{days} days left"),
    },
    met: |day| format!("ended {}", date(day)),
    late: |day| format!("late, {}", date(day)),
    nothing: |until| format!("No deadline is overdue or ends until {}.", date(until)),
    matching: |all| if all == "1" { "1 deadline.".to_owned() } else { format!("{all} deadlines.") },
    shown: |shown, all| format!("Showing the {shown} soonest of {all} deadlines; --limit 0 shows all."),
    unchecked: "* The rule, or a day off that it rests on, is not confirmed.",
    assumed: "The days of the record, of the seizure and of the decision's receipt are not kept: those of detection and of the decision are taken.",
    aid: "Deadlines and charges are an aid, not legal advice.",
    late_charge: |amount, until| format!("Charge for late payment, for the days before {}: {amount}", date(until)),
    late_charge_unknown: |until| {
        format!("Charge for late payment, for the days before {}: unknown, as the fine is", date(until))
    },
    late_charges: "Charges for late payment are worked out for the days before today: an aid, not legal advice.",
    calendar: "Casebook: deadlines",
    event: |deadline, case| format!("{deadline}: {case}"),
    case_of: |case, office| format!("Case {case}, {office}."),
    at_latest: |day| format!("In some cases until {} at the latest.", date(day)),
    unpaid_of: |amount| format!("Fine unpaid: {amount}."),
    overpaid: |paid, fine| {
        format!("in all {paid} was paid, more than the fine of {fine}; is a payment there twice, or a zero too many?")
    },
};
