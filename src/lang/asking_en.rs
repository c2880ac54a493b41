//! The form and doubts in English.

use super::Lang;
use super::asking::Asking;
use crate::domain::{Alike, Amount, Doubt, Field, OffenderKind};
use crate::text::{Marks, write_digits};

pub(super) const ASKING: Asking = Asking {
    keys: "Enter: take or skip · Tab: complete · ↑↓: choose · Esc or <: back · Ctrl-C: quit",
    skip: "Enter to skip",
    back: "‹ back",
    first: "This is the first question; Ctrl-C leaves.",
    choose: "↑↓ to move, Enter to choose, Esc to go back",
    complete: "↑↓ to choose, Tab to complete",
    of_lot: |label, lot| format!("{label} (lot {lot})"),
    help,
    next_lot: "Enter: no more goods",
    more: "More fields: partners, legal basis, remedies, source, note and others?",
    more_no: "No",
    more_yes: "Yes",
    review: "What now?",
    store: "Store the case",
    again: "Try again",
    to_field: "Go back to a field",
    leave: "Leave; the case is not stored",
    which_field: "Which field?",
    doubt,
    doubtful: "Is it right?",
    right: "It is right; say why",
    wrong: |field| format!("No; back to: {field}"),
    why: "Why it is right",
    why_help: "kept in the case's history",
    another: "Another case?",
    another_yes: "Yes, of the same province, agency and day",
    another_no: "No",
    left: |stored| match stored {
        0 => "Left. Nothing was stored.".to_owned(),
        1 => "Left. This case was not stored; the one before it was.".to_owned(),
        n => format!("Left. This case was not stored; the {n} before it were."),
    },
    reason_flag: "Why it is right, where something looks unlikely; kept in the journal",
    cannot_ask: |flags| {
        format!("record needs {flags}. It asks for them only on a terminal, and never with --no-input.")
    },
};

fn help(field: Field) -> &'static str {
    match field {
        Field::Province => "name, former name, abbreviation or code",
        Field::DetectedOn | Field::DetectedFrom | Field::DecidedOn | Field::PaidOn => {
            "day before month: 27/2/2026, or 2026-02-27"
        }
        Field::SeizedValue => "45,6 triệu · hơn 230 triệu; 0 if nothing was seized, empty if not known",
        Field::FineAmount | Field::GoodsValue | Field::IllegalProfit | Field::PaidAmount => {
            "25tr · 1,2 tỷ · 17.500.000 · hơn 450 triệu"
        }
        Field::Quantity => "24 · 1.500 · gần 6 · hơn 100",
        Field::CaseCount => "only where the record stands for many: 28",
        Field::Violation | Field::Category => "words of the name, or the code",
        Field::Partners => "separated by semicolons",
        Field::Goods => "what they are, without quantity",
        _ => "",
    }
}

fn digits(amount: Amount) -> String {
    format!("{}{}", amount.bound.sign(), write_digits(amount.value, Marks::ENGLISH))
}

fn doubt(doubt: &Doubt) -> String {
    let words = Lang::En.words();
    match doubt {
        Doubt::FineAboveCap { fine, cap, kind, article, verified } => {
            let whom = match kind {
                Some(OffenderKind::Person) => "a person",
                Some(OffenderKind::Household) => "a household, fined as a person,",
                Some(OffenderKind::Organisation) | None => "an organisation",
            };
            let assumed =
                if kind.is_none() { " The kind of offender is not given, so an organisation's was taken." } else { "" };
            let unsure = if *verified { "" } else { " This cap is not fully verified." };
            let (fine, cap) = (digits(*fine), write_digits(*cap, Marks::ENGLISH));
            format!("Fine {fine}: the most that the law allows for {whom} is {cap} ({article}).{assumed}{unsure}")
        }
        Doubt::FarFromMedian { field, value, median, cases } => {
            let name = (words.field)(*field);
            let usual = write_digits(*median, Marks::ENGLISH);
            let told = digits(*value);
            if value.value > *median {
                let times = write_digits((value.value / median).floor(), Marks::ENGLISH);
                format!(
                    "{name} {told}: {times} times the usual {usual} (median of {cases} like cases). A zero too many?"
                )
            } else {
                let times = write_digits((median / value.value).floor(), Marks::ENGLISH);
                format!(
                    "{name} {told}: the usual {usual} (median of {cases} like cases) is {times} times that. \
                     A zero too few?"
                )
            }
        }
        Doubt::Published { month } => (super::publishing_en::PUBLISHING.doubt)(*month),
        Doubt::ProbableDuplicate { id, case_no, agency, detected_on, alike } => {
            let name = case_no.clone().unwrap_or_else(|| id.to_string());
            let day = (words.date)(*detected_on);
            let shared = match alike {
                Alike::Goods => "like goods",
                Alike::SeizedValue => "the same seized value",
                Alike::FineAmount => "the same fine",
            };
            format!("It may be recorded already, as {name} ({agency}, {day}): same province, near date, {shared}.")
        }
    }
}
