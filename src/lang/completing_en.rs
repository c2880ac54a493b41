//! Completeness and the doctor in English.

use super::completing::{Advice, Completing, Doctor};
use crate::domain::Alike;

pub(super) const COMPLETING: Completing = Completing {
    title: "What is missing, late, or there twice",
    finding: "Finding",
    count: "Number",
    named: "Which",
    silent: |month| format!("Agencies silent in {month}"),
    silent_one: |agency, province, months, of| format!("{agency} ({province}): reported in {months} of {of} months"),
    gaps: "Missing case numbers",
    gap_one: |numbers, agency, before, after| format!("{numbers} of {agency}, between {before} and {after}"),
    without_value: |days| format!("Seizures without a value after {days} days"),
    unpaid: "Fines not paid by their last day",
    unpaid_one: |case, day| format!("{case}, decided {day}"),
    late: |days| format!("Recorded more than {days} days after detection"),
    late_one: |case, day| format!("{case}, recorded {day}"),
    twins: "Cases that may be one",
    alike: |alike| match alike {
        Alike::Goods => "like goods",
        Alike::SeizedValue => "same seized value",
        Alike::FineAmount => "same fine",
    },
    case: |case, agency, day| format!("{case} ({agency}, {day})"),
    more: |n| format!("+{n}"),
    contradictions: "Disposals of more goods than there were",
    contradiction_one: |case, disposal, why| format!("{case}, disposal {disposal}: {why}"),
    advice: Advice {
        silent: "Ask them whether they found nothing, or have not reported.",
        gaps: "Ask the agency for the cases of these numbers, or why the numbers were left out.",
        without_value: "Have the goods valued, then: casebook amend CASE seized_value=… --reason …",
        unpaid: "Record what was paid with casebook pay, or remind of the payment.",
        late: "Figures of past months have changed since; record cases when they are found.",
        twins: "Look at both; if they are one: casebook void CASE --reason …",
        contradictions: "Correct the quantity of the lot or of the disposal with casebook amend.",
        not_writable: "It can be read alone. Give yourself the right to write it, or work on another copy.",
        folder: "SQLite keeps its log beside the file: give yourself the right to write in the folder.",
        journal_mode: "Open it once where it can be written, with no other program at it.",
        reference: "If it is another country's, all is well; else new codes of this program are not in it.",
    },
    doctor: Doctor {
        title: "State of the casebook",
        engine: "Engine",
        schema: "Version of the schema",
        size: "Size",
        free: |size, free| format!("{size}, of which {free} free"),
        journal_mode: "Log mode",
        cases: "Records",
        entries: "Journal",
        in_chains: |entries, chains| {
            let plural = |n: &str, one: &str, many: &str| format!("{n} {}", if n == "1" { one } else { many });
            format!("{} in {}", plural(entries, "entry", "entries"), plural(chains, "chain", "chains"))
        },
        writable: "Can be written",
        folder: "Its folder can be written",
        reference: "Reference data are this program's",
        yes: "yes",
        no: "no",
        findings: "What to look at",
        nothing: "There is nothing to look at.",
        not_writable: "The casebook can't be written",
        folder_not_writable: "The folder of the casebook can't be written",
        other_mode: |mode| format!("The log mode is {mode}, not wal"),
        other_reference: "The reference data are not this program's",
    },
};
