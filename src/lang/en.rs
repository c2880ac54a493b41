//! English.

use chrono::{Datelike, NaiveDate};

use super::{Errors, Labels, Lang, Notes, Said, Words};
use crate::domain::{
    By, EventKind, Field, FieldError, FieldWarning, Measure, Month, NoMatch, OffenderKind, Passed, Reason, Refusal,
    Status,
};
use crate::text::{DateError, Marks, ReadError, Warning, write_digits};

pub(super) static WORDS: Words = Words {
    lang: Lang::En,
    marks: Marks::ENGLISH,
    date,
    month: |month| format!("{} {}", month_name(month), month.year()),
    quarter: |first| format!("Q{} {}", first.number().div_ceil(3), first.year()),
    long_month: |month| format!("{} {}", month_name(month), month.year()),
    measure,
    short_measure,
    by,
    field,
    status,
    event,
    offender_kind,
    action,
    field_error,
    date_error,
    field_warning,
    refusal,
    labels: LABELS,
    notes: NOTES,
    said: SAID,
    errors: ERRORS,
    asking: super::asking_en::ASKING,
    importing: super::importing_en::IMPORTING,
    publishing: super::publishing_en::PUBLISHING,
    ledger: super::ledger_en::LEDGER,
    safety: super::safety_en::SAFETY,
    deadlines: super::deadlines_en::DEADLINES,
    completing: super::completing_en::COMPLETING,
    reporting: super::reporting_en::REPORTING,
    charts: super::reporting_en::CHARTS,
};

const LABELS: Labels = Labels {
    total: "Total",
    totals_title: "Totals",
    average: "Average",
    share: "Share %",
    rest: |n| format!("{n} others"),
    unknown: "(not known)",
    until: |day| format!("(until {})", date(day)),
    case: "Case",
    period: |from, to| format!("{} to {}", date(from), date(to)),
    by_title: |what, by| format!("{what} by {by}"),
    and: "and",
    month_title: |month| format!("Summary of {month}"),
    whole_country: "whole country",
    headline: "Main figures",
    this_month: "This month",
    previous_month: "Month before",
    change: "Change %",
    same_month_last_year: "Year before",
    year_to_date: "Year to date",
    year_to_date_last_year: "Last year to date",
    largest_cases: "Largest fines",
    history: "History",
    goods: "Goods",
    payments: "Payments",
    disposals: "Disposals",
    figure: "Figure",
    item: "Item",
    detail: "Detail",
    case_of: |day, agency| format!("the case of {} of {agency}", date(day)),
    date: "Date",
    amount: "Amount",
    how: "How",
    code: "Code",
    code_of_line: "No",
    name: "Name",
    group: "Group",
    decree: "Decree",
    units: "Units",
    kind: "Kind",
    province_kind: |kind| if kind == "city" { "city" } else { "province" },
    former: "Made of",
    cases: "Cases",
    when: "When (UTC)",
    who: "Who",
    action: "Action",
    what_changed: "What changed",
    reason: "Reason",
    status: "Status",
    cases_title: "Cases",
    draft_title: |item| format!("Item {item}"),
    read_from: "Read from",
    check: "Check",
    search_title: |words| format!("Cases with: {words}"),
    found: "Found in",
    agencies_title: "Agencies",
    violations_title: "Violations",
    categories_title: "Goods categories",
    regions_title: |day| format!("Regions and provinces on {}", date(day)),
};

const NOTES: Notes = Notes {
    unit: |unit| format!("Amounts in {unit}"),
    currency_units: |code| {
        let name = if code == "VND" { "đồng" } else { code };
        ["", "thousand ", "million ", "billion "].map(|scale| format!("{scale}{name}"))
    },
    unknown_seized: |unknown, all| format!("Seized value not known: {unknown} of {all} cases."),
    unknown_fine: |unknown, all| format!("Fine not known: {unknown} of {all} decisions."),
    unknown: |measure, n| format!("{measure}, value not known: {n}."),
    bounds: |signs| {
        let told = signs.iter().map(|sign| match *sign {
            "≥" => "≥ at least",
            "≤" => "≤ at most",
            _ => "≈ about, or rounded",
        });
        format!("{}.", told.collect::<Vec<_>>().join("; "))
    },
    nothing: "There are no cases in this range.",
    shown: |shown, all| format!("Showing {shown} of {all} records; --limit and --offset show the others."),
    matching: |all| if all == "1" { "1 record.".to_owned() } else { format!("{all} records.") },
    filtered: |filter| format!("Only cases with: {filter}."),
    cutoff: |day| format!("Months end on day {day}."),
    dated_by_detected: "Every figure counts in the month of detection.",
    recorded_boundaries: "By the boundaries at the time of recording.",
    part: |part, of| format!("part {part} of {of}"),
    void: |reason| format!("Void: {reason}"),
};

const SAID: Said = Said {
    made: |address, currency| format!("Made a casebook at {address}, currency {currency}."),
    recorded: |case| format!("Recorded {case}."),
    already_there: |case| format!("{case} is there already; nothing was added."),
    changed: |action, case| match action {
        "decide" => format!("Recorded the decision on {case}."),
        "pay" => format!("Recorded the payment on {case}."),
        "dispose" => format!("Recorded the disposal of goods of {case}."),
        "transfer" => format!("Recorded the transfer of {case}."),
        "close" => format!("Closed {case}."),
        "void" => format!("Struck out {case}."),
        _ => format!("Amended {case}."),
    },
    dry_run: "A dry run: nothing was stored.",
    new_agency: |name| format!("New agency: {name}."),
    similar_agencies: |names| format!("Its name is close to: {names}. If they are one, correct it with amend."),
    verified: |cases, entries, chains, with_index| {
        format!(
            "All fits: {cases} {}, {entries} journal entries in {chains} chains, totals{} right.",
            if cases == "1" { "record" } else { "records" },
            if with_index { " and search index" } else { "" }
        )
    },
    rebuilt: |rows| format!("Counted {rows} running totals over again, and made the search index anew."),
    warning: "note",
    passed: |item, begins, why| {
        let why = match why {
            Passed::Plan => "a plan or campaign",
            Passed::Meeting => "a meeting, training or signing",
            Passed::Appointment => "an appointment or award",
            Passed::Guidance => "an explanation or advice",
            Passed::NothingFound => "nothing was found, seized or fined",
        };
        format!("Item {item} is no case ({why}): {begins}")
    },
    drafts: |drafts, passed| format!("{} read, {} passed over.", counted(drafts, "draft"), counted(passed, "item")),
    to_check: "? a person must check it: assumed, inferred, or not plain.",
    check_fields: |item, fields| format!("item {item}: please check {fields}."),
    not_checked: |fields| format!("read from a text, not checked: {fields}"),
    record_draft: |item| format!("Record item {item}?"),
    draft_record: "Record",
    draft_skip: "Skip",
    draft_stop: "Stop here",
    drafts_recorded: |recorded, there| match there {
        0 => format!("Recorded {}.", counted(recorded, "draft")),
        1 => format!("Recorded {}; 1 was there already.", counted(recorded, "draft")),
        _ => format!("Recorded {}; {there} were there already.", counted(recorded, "draft")),
    },
    demo: |cases| format!("A sample casebook in memory: {cases} records, five of them real news, the others made up."),
};

const ERRORS: Errors = Errors {
    error: "error",
    missing: |address| format!("There is no casebook at {address}."),
    how_to_make: |address| format!("Make one with: casebook --db {address} init"),
    not_a_casebook: |address| format!("{address} is not a casebook; it was left as it is."),
    exists: |address| format!("There is a casebook at {address} already; it was left as it is."),
    newer: |found, known| {
        format!("The casebook has version {found}, and this program knows versions up to {known}. Update the program.")
    },
    older: |found, known| {
        format!(
            "The casebook has version {found} and must be brought up to version {known} before it can be read, but it can't be written. Open it once where it can be."
        )
    },
    cannot_open: |path, reason| {
        format!("{path} can't be opened: {reason}. Is the folder there, and can it be written?")
    },
    read_only: |said| format!("The casebook can't be written: {said}. Nothing was stored."),
    full: |said| format!("The disk is full: {said}. Nothing was stored."),
    busy: |said| format!("Others keep the casebook busy: {said}. Try again."),
    corrupt: |said| format!("The casebook is damaged: {said}"),
    engine: |said| format!("The database failed: {said}"),
    overflow: "A total would be too large to be exact; nothing was stored.",
    no_case: |wanted| format!("There is no case \"{wanted}\"."),
    many_cases: |wanted, candidates| format!("\"{wanted}\" could be any of: {candidates}"),
    duplicate: |case_no, id| format!("This agency has a case number \"{case_no}\" already: {id}. Nothing was stored."),
    other_content: |id| format!("The id {id} belongs to a case with other content. Nothing was stored."),
    invalid: |n| format!("{n} {} not valid; nothing was stored.", if n == 1 { "field is" } else { "fields are" }),
    invalid_filter: |n| format!("{n} {} not valid.", if n == 1 { "filter is" } else { "filters are" }),
    cannot_write: |path, reason| format!("{path} can't be written: {reason}"),
    standard_output: "standard output",
    bad_period: |flag, value| {
        let form = match flag {
            "quarter" => "2026-Q1",
            "year" => "2026, this or last",
            _ => "2026-02, this or last",
        };
        format!("--{flag} \"{value}\": write {form}.")
    },
    province_moved: |province| format!("By the new day of detection, the province is now {province}."),
    cannot_read: |path, reason| format!("{path} can't be read: {reason}"),
    bad_reference: |said| format!("The reference data can't be used: {said}"),
    bad_config: |path, said| format!("The configuration file {path} is wrong: {said}"),
    bad_filter: |flag, value, said| format!("--{flag} \"{value}\": {said}"),
    unsupported_format: |format, allowed| format!("The format \"{format}\" can't be used here. Allowed: {allowed}"),
    needs_a_file: |format| format!("{format} can't be shown on a terminal; write it to a file with -o FILE."),
    read_needs_yes: "Drafts are recorded after confirmation on a terminal; add --yes to record them unasked.",
    not_utf8: |path| format!("{path} is not text in UTF-8. Save it as UTF-8 and read it again."),
    note_too_long: |path, most| format!("{path} is too long for a note; up to {most} bytes are read."),
    drafts_refused: |n, recorded| {
        let (are, their) = if n == 1 { ("is", "its draft was") } else { ("are", "their drafts were") };
        format!("{} {are} not valid, as told above; {their} not stored. Recorded: {recorded}.", counted(n, "field"))
    },
    draft_invalid: |item, said| format!("Item {item}: {said}"),
    average_without_periods: "--average needs month, quarter or year in --by.",
    unknown_field: |field, near| {
        let near = if near.is_empty() { String::new() } else { format!(" Did you mean {near}?") };
        format!("There is no field \"{field}\".{near}")
    },
    amend_form: |found| format!("\"{found}\" is not of the form FIELD=VALUE."),
    two_periods: "Use one of --month, --quarter, --year, or --from and --to.",
    period_range: "Periods lie in the years 1900 to 2200.",
    empty_period: "The period is empty: --from lies after --to.",
    no_words: |typed| format!("There is no letter and no digit in \"{typed}\" to search for."),
    verification: |finding| format!("The casebook does not fit together. The first thing wrong: {finding}"),
    finding_engine: |said| format!("the database: {said}"),
    finding_hash: |chain, number| format!("journal of {chain}, entry {number}: its hash does not fit"),
    finding_length: |chain, found, noted| format!("journal of {chain}: {found} entries, {noted} noted"),
    finding_case: |id| format!("case {id}: not what the journal says"),
    finding_reference: "the currency or the reference data: not what the journal says",
    finding_agency: |name| format!("agency \"{name}\": not what the journal says"),
    finding_import: |import| format!("import {import}: its cases are not those that it brought"),
    finding_cases: |journalled, stored| format!("{journalled} cases in the journal, {stored} stored"),
    finding_index: |place| format!("the search index ({place}) has not the words of the case; rebuild makes it anew"),
    finding_total: |key| format!("the running total ({key}) is not the sum of the cases; rebuild counts it again"),
    chain_of_casebook: "the casebook",
    allowed: |allowed| format!("Allowed: {allowed}"),
    bad_currency: |code| format!("\"{code}\" is no currency code that can be used (VND and USD can)."),
    more_help: "For more: casebook --help",
    usage_unknown: |arg| format!("there is no '{arg}'"),
    usage_did_you_mean: |near| format!("did you mean '{near}'?"),
    usage_missing: |args| format!("missing: {args}"),
    usage_invalid: |arg, value| format!("the value '{value}' of {arg} is not valid"),
    usage_other: |said| said.to_owned(),
    usage_conflict: |arg, prior| match prior {
        prior if prior.is_empty() || prior == arg => format!("{arg} is given twice"),
        prior => format!("{arg} can't be used with {prior}"),
    },
    usage_no_command: "a command is missing",
};

pub(super) fn date(day: NaiveDate) -> String {
    let month = Month::new(day.year(), day.month()).map_or("", month_name);
    format!("{} {month} {}", day.day(), day.year())
}

fn month_name(month: Month) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = usize::try_from(month.number()).unwrap_or(1);
    NAMES.get(at - 1).copied().unwrap_or("")
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Cases => "Cases",
        Measure::SeizedValue => "Seized value",
        Measure::Decisions => "Cases decided",
        Measure::FineAmount => "Fines",
        Measure::IllegalProfit => "Illegal profit",
        Measure::PaidAmount => "Paid",
        Measure::DestroyedValue => "Goods destroyed",
        Measure::SoldValue => "Goods sold",
        Measure::ReturnedValue => "Goods returned",
        Measure::HandedOverValue => "Goods handed over",
        Measure::Transferred => "Transferred for prosecution",
        Measure::Persons => "Persons transferred",
        Measure::LateCharge => "Charges for late payment",
    }
}

fn short_measure(short: Measure) -> &'static str {
    match short {
        Measure::SeizedValue => "Seized",
        Measure::Decisions => "Decided",
        Measure::IllegalProfit => "Profit",
        Measure::Transferred => "Criminal",
        Measure::Persons => "Persons",
        Measure::LateCharge => "Late charges",
        Measure::DestroyedValue => "Destroyed",
        Measure::SoldValue => "Sold",
        Measure::ReturnedValue => "Returned",
        Measure::HandedOverValue => "Handed over",
        other => measure(other),
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Region => "region",
        By::Province => "province",
        By::Agency => "agency",
        By::Force => "force",
        By::Month => "month",
        By::Quarter => "quarter",
        By::Year => "year",
        By::Violation => "violation",
        By::Group => "group",
        By::Category => "category",
        By::Status => "status",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Id => "Id",
        Field::CaseNo => "Case number",
        Field::Province => "Province",
        Field::Commune => "Commune",
        Field::Agency => "Agency",
        Field::Force => "Force",
        Field::Partners => "Partners",
        Field::DetectedFrom => "Detected from",
        Field::DetectedOn => "Date of detection",
        Field::Violation => "Violation",
        Field::LegalBasis => "Legal basis",
        Field::Goods => "Goods",
        Field::Category => "Category",
        Field::Quantity => "Quantity",
        Field::Unit => "Unit",
        Field::GoodsValue => "Value of goods",
        Field::Brand => "Brand",
        Field::Origin => "Origin",
        Field::SeizedValue => "Seized value",
        Field::SeizedBound => "Bound of the seized value",
        Field::DecisionNo => "Decision number",
        Field::DecidedOn => "Date of decision",
        Field::FineAmount => "Fine",
        Field::FineBound => "Bound of the fine",
        Field::IllegalProfit => "Illegal profit",
        Field::Remedies => "Remedies",
        Field::PaidAmount => "Payment",
        Field::PaidOn => "Date of payment",
        Field::DisposedOn => "Date of disposal",
        Field::DisposedHow => "How disposed of",
        Field::DisposedQuantity => "Quantity disposed of",
        Field::DisposedValue => "Value disposed of",
        Field::Lot => "Lot",
        Field::Minutes => "Minutes",
        Field::TransferredOn => "Date of transfer",
        Field::TransferredTo => "Transferred to",
        Field::Persons => "Persons",
        Field::ClosedOn => "Date of closing",
        Field::Offender => "Offender",
        Field::OffenderKind => "Kind of offender",
        Field::OffenderId => "Offender's id or tax number",
        Field::OffenderAddress => "Offender's address",
        Field::CaseCount => "Number of cases",
        Field::CaseCountBound => "Bound of the number of cases",
        Field::Source => "Source",
        Field::Note => "Note",
        Field::Reason => "Reason",
        Field::Status => "Status",
        Field::VoidedOn => "Date of striking out",
        Field::VoidReason => "Reason for striking out",
        Field::Revision => "Revision",
        Field::Region => "Region",
        Field::Group => "Group",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Decided => "decided",
        Status::PartPaid => "part paid",
        Status::Paid => "paid",
        Status::Transferred => "transferred",
        Status::Closed => "closed",
        Status::Void => "void",
    }
}

fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Detected => "detected",
        EventKind::Decided => "decided",
        EventKind::Profit => "illegal profit",
        EventKind::Paid => "paid",
        EventKind::Destroyed => "destroyed",
        EventKind::Sold => "sold",
        EventKind::Returned => "returned",
        EventKind::HandedOver => "handed over",
        EventKind::Transferred => "transferred",
        EventKind::LateCharge => "charged for late payment",
    }
}

fn offender_kind(kind: OffenderKind) -> &'static str {
    match kind {
        OffenderKind::Person => "person",
        OffenderKind::Household => "household",
        OffenderKind::Organisation => "organisation",
    }
}

fn action(code: &str) -> &'static str {
    match code {
        "init" => "make",
        "agency" => "new agency",
        "record" => "record",
        "amend" => "amend",
        "decide" => "decide",
        "pay" => "pay",
        "dispose" => "dispose",
        "transfer" => "transfer",
        "close" => "close",
        "attach" => "attach",
        "void" => "void",
        "import" => "import",
        "undo" => "undo of an import",
        "publish" => "publication",
        _ => "other",
    }
}

fn field_error(error: &FieldError) -> String {
    let line = error.line.map(|line| format!(" (line {line})")).unwrap_or_default();
    let found = if error.value.is_empty() { String::new() } else { format!(" \"{}\"", error.value) };
    format!("{}{line}{found}: {}", field(error.field), reason(&error.reason))
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Missing => "is required.".to_owned(),
        Reason::Amount(error) => amount(error),
        Reason::Fraction { decimals: 0 } => "must be a whole number.".to_owned(),
        Reason::Fraction { decimals } => format!("may have {decimals} decimals at most."),
        Reason::TooLarge { most } => {
            format!("is too large; {} is the most allowed.", write_digits(*most, Marks::ENGLISH))
        }
        Reason::Currency { found, allowed } => format!("is in {found}; this casebook is in {allowed}."),
        Reason::Date(error) => date_error(*error).to_owned(),
        Reason::Future { today } => format!("lies in the future; today, {}, is the latest allowed.", date(*today)),
        Reason::Before { field: other, date: day } => {
            format!("lies before the {} ({}); that day or later is allowed.", field(*other).to_lowercase(), date(*day))
        }
        Reason::After { field: other, date: day } => {
            format!("lies after the {} ({}); that day or earlier is allowed.", field(*other).to_lowercase(), date(*day))
        }
        Reason::TooEarly { first } => format!("lies too far back; {} is the earliest allowed.", date(*first)),
        Reason::Zero => "must be more than 0.".to_owned(),
        Reason::NoMatch(no_match) => unmatched(no_match),
        Reason::NotOneOf { allowed } => format!("is not one of: {}.", allowed.join(", ")),
        Reason::WholeNumber { least, most } => {
            format!("must be a whole number from {least} to {}.", write_digits((*most).into(), Marks::ENGLISH))
        }
        Reason::Needs(other) => format!("needs the {} ({other}) too.", field(*other).to_lowercase()),
        Reason::BoundConflict => "the amount and its bound say different things; give one.".to_owned(),
        Reason::TooLong { most } => format!("is too long; {most} characters are allowed."),
        Reason::NotAnId => "is not a UUID.".to_owned(),
        Reason::NoSuchLine { lines } => format!("there is no such line; there are {lines}."),
        Reason::Twice => "is given twice.".to_owned(),
        Reason::FormulaError => "the formula ended in an error, or was never computed; open the file in Excel or LibreOffice and save it again.".to_owned(),
        Reason::MadeADate => {
            "the spreadsheet made a day of this number; format the cell as text and write it again.".to_owned()
        }
        Reason::NotMended => "was refused before: mend the cell and take the ⚠ away.".to_owned(),
        Reason::Shared => "one cell gives it to several cases; write each its own.".to_owned(),
        Reason::Published { month, again } => (super::publishing_en::PUBLISHING.needs_reason)(*month, *again),
        Reason::NotAValue => "is neither a text nor a number.".to_owned(),
        Reason::NotHeld(why) => super::ledger_en::not_held(why),
        Reason::InUse => "disposals refer to lines of goods by number; none can be taken out.".to_owned(),
        Reason::Fixed => "can't be changed.".to_owned(),
    }
}

/// A number of things, in the singular for one.
fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn amount(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "is empty.".to_owned(),
        ReadError::NoNumber => "has no number in it. Write 450 triệu, 1,2 tỷ or 17.500.000.".to_owned(),
        ReadError::Vague => "names no number. Write one, or leave it empty where it is not known.".to_owned(),
        ReadError::Compound => {
            "could be added up in more than one way. Name each part: 1 tỷ 25 triệu, or 1,25 tỷ.".to_owned()
        }
        ReadError::Range => "has a range whose lower end is not below its upper end.".to_owned(),
        ReadError::Negative => "is negative; 0 or more is allowed.".to_owned(),
        ReadError::Ambiguous => {
            "could be thousands or decimals. Write 25.000 for twenty-five thousand, 25,0 for decimals.".to_owned()
        }
        ReadError::Separators => {
            "has its separators in the wrong places. Dots group thousands, a comma marks decimals: 1.234.567,5."
                .to_owned()
        }
        ReadError::TooLarge => "has too many digits.".to_owned(),
        ReadError::Unread(rest) => {
            format!("\"{rest}\" was not understood. Write 450 triệu, hơn 1,2 tỷ đồng or 25tr.")
        }
    }
}

fn date_error(error: DateError) -> &'static str {
    match error {
        DateError::Form => "is not a date. Write 2026-02-27 or 27/2/2026 (day before month).",
        DateError::NoYear => "has no year. Write 27/2/2026.",
        DateError::Impossible => "is no day that exists. The day stands before the month: 27/2/2026.",
    }
}

fn unmatched(no_match: &NoMatch) -> String {
    match no_match {
        NoMatch::Unknown { near } if near.is_empty() => "is not in the list.".to_owned(),
        NoMatch::Unknown { near } => format!("is not in the list. Did you mean: {}?", near.join("; ")),
        NoMatch::NotListed { allowed } => format!("is not in the list. Allowed: {}.", allowed.join("; ")),
        NoMatch::Ambiguous { candidates } => format!("could be any of: {}.", candidates.join("; ")),
    }
}

fn field_warning(warning: &FieldWarning) -> String {
    let name = field(warning.field);
    match warning.warning {
        Warning::ThreeDecimals => {
            format!("{name} \"{}\": the comma was read as a decimal mark, not as thousands.", warning.value)
        }
        Warning::DotAsDecimalMark => format!("{name} \"{}\": the dot was read as a decimal mark.", warning.value),
        Warning::Spoken => {
            format!("{name} \"{}\": the last digits were read as a part of the unit before them.", warning.value)
        }
        Warning::LowerEnd => format!("{name} \"{}\": a range; its lower end was taken, as at least.", warning.value),
        Warning::Vague => {
            format!(
                "{name} \"{}\" names no number; it stays unknown, and its words are kept in the note.",
                warning.value
            )
        }
    }
}

fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Void => "The case is void and can't be changed any more.".to_owned(),
        Refusal::Decided(day) => format!("The case was decided on {}; correct that with amend.", date(day)),
        Refusal::Transferred(day) => format!("The case was transferred on {}; correct that with amend.", date(day)),
        Refusal::Closed(day) => format!("The case was closed on {}; correct that with amend.", date(day)),
        Refusal::Unchanged => "Nothing would change.".to_owned(),
    }
}
