//! What is missing, late, or there twice, in every format.

use serde_json::Value;

use super::Record;
use super::grid::{Cell, Column, Grid, GridRow};
use super::records::{Put, day_value};
use crate::domain::{
    Alike, CaseName, Completeness, CompletenessQuery, Contradiction, DatedCase, Found, MONTHS_BEFORE, NumberGap,
    SilentAgency, Twins,
};
use crate::lang::Words;
use crate::text::write_digits;

/// How much of a kind the table of a month names.
const IN_MONTH: usize = 5;

/// Completeness, with what was asked.
#[derive(Clone, Copy)]
pub struct CompletenessView<'a> {
    /// What was found.
    pub found: &'a Completeness,
    /// What was asked.
    pub query: &'a CompletenessQuery,
}

/// Findings of one kind, told.
pub(super) struct Told {
    /// A word for programs.
    pub(super) kind: &'static str,
    /// What was found.
    pub(super) label: String,
    /// How many there are.
    pub(super) count: u64,
    /// The first of them, each with what is to be known of it.
    pub(super) named: Vec<String>,
    /// The same by their names alone.
    short: Vec<String>,
    /// How many are not named.
    pub(super) more: u64,
    /// What to do about them.
    pub(super) advice: &'static str,
}

impl Told {
    /// Findings of a kind, where there are any.
    fn of<T>(
        (kind, label, advice): (&'static str, String, &'static str),
        found: &Found<T>,
        short: impl Fn(&T) -> String,
        one: impl Fn(&T) -> String,
    ) -> Option<Self> {
        let (named, short) = (found.named.iter().map(one).collect(), found.named.iter().map(short).collect());
        (found.count > 0).then(|| Self { kind, label, count: found.count, named, short, more: found.more(), advice })
    }

    /// Something that there is once or not at all.
    pub(super) fn once(kind: &'static str, label: String, advice: &'static str) -> Self {
        Self { kind, label, count: 1, named: Vec::new(), short: Vec::new(), more: 0, advice }
    }

    /// How many there are, in a column of such.
    pub(super) fn counted(&self) -> Cell {
        Cell::Number(self.count.into())
    }
}

/// What a case is called in a sentence.
fn case_name(case: &CaseName) -> String {
    case.case_no.clone().unwrap_or_else(|| case.id.to_string().chars().take(13).collect())
}

fn case_told(case: &CaseName, words: &Words) -> String {
    (words.completing.case)(&case_name(case), &case.agency, &(words.date)(case.detected_on))
}

fn numbers(gap: &NumberGap) -> String {
    if gap.first == gap.last { gap.first.to_string() } else { format!("{}–{}", gap.first, gap.last) }
}

fn gap_told(gap: &NumberGap, words: &Words) -> String {
    let (before, after) = (case_name(&gap.before), case_name(&gap.after));
    (words.completing.gap_one)(&numbers(gap), &gap.before.agency, &before, &after)
}

fn twins_short(twins: &Twins) -> String {
    twins.cases.named.iter().map(case_name).collect::<Vec<_>>().join(" = ")
}

fn twins_told(twins: &Twins, words: &Words) -> String {
    let cases: Vec<String> = twins.cases.named.iter().map(|case| case_told(case, words)).collect();
    let more = (twins.cases.more() > 0).then(|| (words.completing.more)(&twins.cases.more().to_string()));
    let cases = cases.into_iter().chain(more).collect::<Vec<_>>().join(" = ");
    format!("{cases}: {}", (words.completing.alike)(twins.alike))
}

/// A disposal that can't have been, in a sentence.
fn contradiction_told(one: &Contradiction, words: &Words) -> String {
    let why = (words.ledger.not_held)(&one.why);
    (words.completing.contradiction_one)(&case_told(&one.case, words), one.disposal, &why)
}

/// Contradictions in the goods, told.
pub(super) fn contradictions_told(found: &Found<Contradiction>, words: &Words) -> Option<Told> {
    let said = &words.completing;
    let what = ("contradictions", said.contradictions.to_owned(), said.advice.contradictions);
    Told::of(what, found, |one| case_name(&one.case), |one| contradiction_told(one, words))
}

impl CompletenessView<'_> {
    /// What was found, kind by kind; nothing of what was not.
    pub(super) fn told(self, words: &Words) -> Vec<Told> {
        let (said, found, stale) = (&words.completing, self.found, self.query.stale);
        let advice = &said.advice;
        let month = (words.long_month)(self.query.silent_in);
        let silent = |one: &SilentAgency| (said.silent_one)(&one.agency, &one.province, one.months, MONTHS_BEFORE);
        let dated = |say: fn(&str, &str) -> String| {
            move |one: &DatedCase| say(&case_told(&one.case, words), &(words.date)(one.on))
        };
        let gaps = ("number_gaps", said.gaps.to_owned(), advice.gaps);
        let gap_short = |gap: &NumberGap| format!("{} ({})", numbers(gap), gap.before.agency);
        let gaps = Told::of(gaps, &found.number_gaps, gap_short, |gap| gap_told(gap, words));
        // Numbers are counted, ranges of them named.
        let gaps = gaps.map(|told| Told { count: found.missing_numbers, ..told });
        let name = |one: &DatedCase| case_name(&one.case);
        let agency = |one: &SilentAgency| format!("{} ({})", one.agency, one.province);
        let quiet = ("silent_agencies", (said.silent)(&month), advice.silent);
        let unvalued = ("seizures_without_value", (said.without_value)(stale), advice.without_value);
        let unpaid = ("decisions_unpaid", said.unpaid.to_owned(), advice.unpaid);
        let late = ("late_entries", (said.late)(stale), advice.late);
        let twins = ("probable_duplicates", said.twins.to_owned(), advice.twins);
        let all = [
            Told::of(quiet, &found.silent_agencies, agency, silent),
            gaps,
            Told::of(unvalued, &found.without_value, case_name, |case| case_told(case, words)),
            Told::of(unpaid, &found.unpaid, name, dated(said.unpaid_one)),
            Told::of(late, &found.late, name, dated(said.late_one)),
            Told::of(twins, &found.twins, twins_short, |twins| twins_told(twins, words)),
        ];
        all.into_iter().flatten().collect()
    }

    /// What was found, a line each; `None` if nothing was.
    pub(super) fn short_grid(self, words: &'static Words) -> Option<Grid> {
        let said = &words.completing;
        let row = |told: &Told| {
            let first: Vec<String> = told.short.iter().take(IN_MONTH).cloned().collect();
            let hidden = u64::try_from(told.short.len().saturating_sub(IN_MONTH)).unwrap_or_default();
            let more = Some(told.more + hidden).filter(|more| *more > 0);
            let more = more.map(|more| (said.more)(&write_digits(more.into(), words.marks)));
            let named = first.into_iter().chain(more).collect::<Vec<_>>().join("; ");
            GridRow::body(vec![Cell::Text(told.label.clone()), told.counted(), Cell::Text(named)])
        };
        let rows: Vec<GridRow> = self.told(words).iter().map(row).collect();
        let columns = vec![Column::left(said.finding), Column::right(said.count), Column::left(said.named)];
        (!rows.is_empty()).then(|| Grid { title: Some(said.title.to_owned()), columns, rows })
    }

    /// Puts all kinds, whether anything of them was found or not.
    pub(super) fn put(self, record: &mut Record) {
        let found = self.found;
        let mut silent = list(&found.silent_agencies, silent_record);
        silent.put("month", self.query.silent_in.to_string());
        silent.put("months_before", MONTHS_BEFORE);
        record.put("silent_agencies", silent);
        let mut gaps = list(&found.number_gaps, gap_record);
        gaps.put("missing", found.missing_numbers);
        record.put("number_gaps", gaps);
        let within = |mut list: Record, days: u32| {
            list.put("days", days);
            list
        };
        record.put("seizures_without_value", within(list(&found.without_value, case_record), self.query.stale));
        let mut unpaid = list(&found.unpaid, |one| dated_record(one, "decided_on"));
        unpaid.put("decided_before", day_value(self.query.unpaid_before));
        record.put("decisions_unpaid", unpaid);
        record.put("late_entries", within(list(&found.late, |one| dated_record(one, "recorded_on")), self.query.stale));
        record.put("probable_duplicates", list(&found.twins, twins_record));
    }
}

/// Findings of a kind: how many, and the first of them.
pub(super) fn list<T>(found: &Found<T>, one: impl Fn(&T) -> Record) -> Record {
    let mut record = Record::new();
    record.put("count", found.count);
    record.put("named", found.named.iter().map(|item| Value::Object(one(item))).collect::<Vec<_>>());
    record
}

fn case_record(case: &CaseName) -> Record {
    let mut record = Record::new();
    record.put("id", case.id.to_string());
    record.put_opt("case_no", case.case_no.as_deref());
    record.put("agency", case.agency.as_str());
    record.put("detected_on", day_value(case.detected_on));
    record
}

fn dated_record(one: &DatedCase, key: &str) -> Record {
    let mut record = case_record(&one.case);
    record.put(key, day_value(one.on));
    record
}

fn silent_record(one: &SilentAgency) -> Record {
    let mut record = Record::new();
    record.put("agency", one.agency.as_str());
    record.put("province", one.province.as_str());
    record.put("months", one.months);
    record.put_opt("last_case", one.last.as_ref().map(case_record));
    record
}

fn gap_record(gap: &NumberGap) -> Record {
    let mut record = Record::new();
    record.put("agency", gap.before.agency.as_str());
    record.put("first", gap.first);
    record.put("last", gap.last);
    record.put("before", case_record(&gap.before));
    record.put("after", case_record(&gap.after));
    record
}

fn twins_record(twins: &Twins) -> Record {
    let alike = match twins.alike {
        Alike::Goods => "goods",
        Alike::SeizedValue => "seized_value",
        Alike::FineAmount => "fine_amount",
    };
    let mut record = Record::new();
    record.put("alike", alike);
    record.put("count", twins.cases.count);
    record.put("cases", twins.cases.named.iter().map(|case| Value::Object(case_record(case))).collect::<Vec<_>>());
    record
}

/// A disposal that can't have been, for programs.
pub(super) fn contradiction_record(one: &Contradiction) -> Record {
    use crate::domain::NotHeld;
    let mut record = case_record(&one.case);
    record.put("disposal", one.disposal);
    record.put(
        "reason",
        match one.why {
            NotHeld::TooMuch { .. } => "more_than_held",
            NotHeld::Gone { .. } => "nothing_held",
            NotHeld::WhichLot { .. } => "several_lots",
        },
    );
    record
}
