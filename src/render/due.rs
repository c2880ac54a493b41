//! Deadlines, by office; those of one case.

use chrono::NaiveDate;
use serde_json::Value;

use super::cases::{bounded, short_id_length};
use super::grid::{Block, Cell, Column, Grid, GridRow, Page, RowKind};
use super::records::{Put, day_value};
use super::totals::filter_note;
use super::{Record, View};
use crate::domain::{Currency, Deadline, DeadlineKind, DeadlineRule, DeadlineState, DueCase, LimitEnd, Reference};
use crate::lang::Words;
use crate::report::Place;
use crate::text::write_digits;

/// Open deadlines, by office.
pub struct DueView<'a> {
    /// The deadlines, each office's together.
    pub due: &'a [DueCase<'a>],
    /// How many there are in all.
    pub matching: u64,
    /// The day from which days are counted.
    pub today: NaiveDate,
    /// The last day on which they end.
    pub until: NaiveDate,
    /// The place that they were asked of.
    pub place: &'a Place,
    /// The reference data.
    pub reference: &'a Reference,
    /// The currency.
    pub currency: &'a Currency,
}

/// The keys of a record.
const KEYS: [&str; 18] = [
    "agency",
    "province",
    "province_code",
    "case_no",
    "id",
    "status",
    "deadline",
    "rule",
    "starts_on",
    "due_on",
    "latest_on",
    "latest_confidence",
    "days",
    "overdue",
    "fine_unpaid",
    "fine_unpaid_bound",
    "article",
    "confidence",
];

/// The mark of a rule that was not checked, or rests on days that were not.
fn mark(rule: &DeadlineRule, end: LimitEnd) -> &'static str {
    if is_checked(rule, end) { "" } else { " *" }
}

fn is_checked(rule: &DeadlineRule, end: LimitEnd) -> bool {
    rule.is_verified() && end.is_sure
}

/// The name of a rule, with its mark.
fn name(rule: &DeadlineRule, end: LimitEnd, words: &Words) -> String {
    format!("{}{}", words.name(&rule.name, &rule.name_en), mark(rule, end))
}

/// Whether a deadline, or a longer variant of it that is told, was not checked.
pub(super) fn has_unchecked(deadline: &Deadline<'_>, variants: &[(&DeadlineRule, LimitEnd)]) -> bool {
    !is_checked(deadline.rule, deadline.due) || variants.iter().any(|(rule, end)| !is_checked(rule, *end))
}

/// The same of what a list tells: the deadline and its longest variant.
pub(super) fn is_unchecked_in_list(one: &DueCase<'_>) -> bool {
    has_unchecked(&one.deadline, one.deadline.latest().as_slice())
}

/// How far a deadline may be trusted: as its rule, unless the days of rest
/// that it depends on are less sure.
fn confidence(rule: &DeadlineRule, end: LimitEnd) -> &str {
    if rule.is_verified() && !end.is_sure { "unconfirmed_days" } else { &rule.confidence }
}

/// The name of the province of an office.
fn province<'a>(one: &DueCase<'_>, reference: &'a Reference) -> &'a str {
    reference.province_of(&one.province).map_or("", |province| &province.name)
}

/// An office with its province, as the keys of totals name it.
pub(super) fn office(one: &DueCase<'_>, reference: &Reference) -> String {
    format!("{} ({})", one.agency, province(one, reference))
}

/// Whether a deadline is about money that is not paid.
pub(super) fn is_of_payment(deadline: &Deadline<'_>) -> bool {
    matches!(deadline.kind(), DeadlineKind::Payment | DeadlineKind::Lapse)
}

/// What is said once wherever deadlines are.
pub(super) fn notes(has_unchecked: bool, words: &Words) -> Vec<String> {
    let said = &words.deadlines;
    let unchecked = has_unchecked.then_some(said.unchecked);
    unchecked.into_iter().chain([said.assumed, said.aid]).map(str::to_owned).collect()
}

impl DueView<'_> {
    fn row(&self, one: &DueCase<'_>, length: usize, words: &Words) -> GridRow {
        let deadline = &one.deadline;
        let unpaid = if is_of_payment(deadline) { Cell::amount(one.unpaid) } else { Cell::Empty };
        let latest = deadline.latest().map(|(rule, end)| format!("{}{}", (words.date)(end.on), mark(rule, end)));
        let cells = vec![
            Cell::Text(one.case_no.clone().unwrap_or_else(|| one.id.to_string()[..length].to_owned())),
            Cell::Text(name(deadline.rule, deadline.due, words)),
            Cell::Date(deadline.due.on),
            Cell::Text((words.deadlines.left)(deadline.days_left(self.today))),
            Cell::text(latest),
            unpaid,
            Cell::Text(deadline.rule.article.clone()),
        ];
        GridRow { kind: RowKind::Body, indent: 1, cells }
    }

    fn grid(&self, words: &Words) -> Grid {
        let said = &words.deadlines;
        let length = short_id_length(self.due.iter().map(|one| one.id.to_string()).collect());
        let columns = vec![
            Column::left(said.office_and_case),
            Column::left(said.deadline),
            Column::left(said.due_on).rigid(),
            Column::left(said.days).rigid(),
            Column::left(said.latest).rigid(),
            Column::right(said.unpaid),
            Column::left(said.article),
        ];
        let mut rows = Vec::new();
        let same = |one: &DueCase<'_>, two: &DueCase<'_>| (&one.province, &one.agency) == (&two.province, &two.agency);
        for group in self.due.chunk_by(same) {
            let mut cells = vec![Cell::Text(office(&group[0], self.reference))];
            cells.resize(columns.len(), Cell::Empty);
            rows.push(GridRow { kind: RowKind::Group, indent: 0, cells });
            rows.extend(group.iter().map(|one| self.row(one, length, words)));
        }
        Grid { title: None, columns, rows }
    }

    fn record(&self, one: &DueCase<'_>) -> Record {
        let deadline = &one.deadline;
        let days = deadline.days_left(self.today);
        let mut record = self.template();
        record.put("agency", one.agency.as_str());
        record.put("province", province(one, self.reference));
        record.put("province_code", one.province.code.as_str());
        record.put_opt("case_no", one.case_no.as_deref());
        record.put("id", one.id.to_string());
        record.put("status", one.status.code());
        record.put("deadline", deadline.kind().code());
        record.put("rule", deadline.rule.code.as_str());
        record.put("starts_on", day_value(deadline.starts_on));
        record.put("due_on", day_value(deadline.due.on));
        record.put_opt("latest_on", deadline.latest_on().map(day_value));
        record.put_opt("latest_confidence", deadline.latest().map(|(rule, end)| confidence(rule, end)));
        record.put("days", days);
        record.put("overdue", days < 0);
        record.put_amount("fine_unpaid", "fine_unpaid_bound", one.unpaid);
        record.put("article", deadline.rule.article.as_str());
        record.put("confidence", confidence(deadline.rule, deadline.due));
        record
    }
}

impl View for DueView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let said = &words.deadlines;
        let number = |n: u64| write_digits(n.into(), words.marks);
        let shown = u64::try_from(self.due.len()).unwrap_or(u64::MAX);
        let block =
            if self.due.is_empty() { Block::Line((said.nothing)(self.until)) } else { Block::Grid(self.grid(words)) };
        let count = match self.matching {
            0 => None,
            all if all > shown => Some((said.shown)(&number(shown), &number(all))),
            all => Some((said.matching)(&number(all))),
        };
        let unchecked = self.due.iter().any(is_unchecked_in_list);
        let names = Some(self.place.names()).filter(|names| !names.is_empty());
        Page {
            title: std::iter::once((said.title)(self.until)).chain(names).collect::<Vec<_>>().join(", "),
            blocks: vec![block],
            notes: count.into_iter().chain(filter_note(self.place, words)).chain(notes(unchecked, words)).collect(),
            currency: Some(self.currency.code().to_owned()),
        }
    }

    fn json(&self) -> Value {
        self.records().into()
    }

    fn records(&self) -> Vec<Record> {
        self.due.iter().map(|one| self.record(one)).collect()
    }

    fn template(&self) -> Record {
        KEYS.into_iter().map(|key| (key.to_owned(), Value::Null)).collect()
    }
}

/// The longer variants of a deadline that was not met without them.
pub(super) fn told_variants<'a>(deadline: &'a Deadline<'_>) -> &'a [(&'a DeadlineRule, LimitEnd)] {
    let met = deadline.ended_on.is_some_and(|day| day <= deadline.due.on);
    if met { &[] } else { &deadline.variants }
}

/// The deadlines of one case as a table: each with its longer variants.
pub(super) fn deadlines_grid(deadlines: &[Deadline<'_>], today: NaiveDate, words: &Words) -> Grid {
    let said = &words.deadlines;
    let row = |rule: &DeadlineRule, end: LimitEnd, indent: usize, state: Cell| GridRow {
        kind: RowKind::Body,
        indent,
        cells: vec![Cell::Text(name(rule, end, words)), Cell::Date(end.on), state, Cell::Text(rule.article.clone())],
    };
    let state = |deadline: &Deadline<'_>| match deadline.state(today) {
        DeadlineState::Met(day) => (said.met)(day),
        DeadlineState::Late(day) => (said.late)(day),
        DeadlineState::Open | DeadlineState::Overdue => (said.left)(deadline.days_left(today)),
    };
    let rows = deadlines.iter().flat_map(|deadline| {
        let own = row(deadline.rule, deadline.due, 0, Cell::Text(state(deadline)));
        let variants = told_variants(deadline).iter().map(|(rule, end)| row(rule, *end, 1, Cell::Empty));
        std::iter::once(own).chain(variants).collect::<Vec<_>>()
    });
    let columns = [said.deadline, said.due_on, said.state, said.article].map(Column::left).to_vec();
    Grid { title: Some(said.block.to_owned()), columns, rows: rows.collect() }
}

/// The deadlines of one case as records.
pub(super) fn deadline_records(deadlines: &[Deadline<'_>], today: NaiveDate) -> Vec<Value> {
    let variant = |(rule, end): &(&DeadlineRule, LimitEnd)| {
        let mut record = Record::new();
        record.put("rule", rule.code.as_str());
        record.put("due_on", day_value(end.on));
        record.put("article", rule.article.as_str());
        record.put("confidence", confidence(rule, *end));
        Value::Object(record)
    };
    let record = |deadline: &Deadline<'_>| {
        let state = deadline.state(today);
        let mut record = Record::new();
        record.put("deadline", deadline.kind().code());
        record.put("rule", deadline.rule.code.as_str());
        record.put("starts_on", day_value(deadline.starts_on));
        record.put("due_on", day_value(deadline.due.on));
        record.put_opt("latest_on", deadline.latest_on().map(day_value));
        record.put("state", state.code());
        record.put_opt("ended_on", state.on().map(day_value));
        let days = deadline.ended_on.is_none().then(|| deadline.days_left(today));
        record.put_opt("days", days);
        record.put("article", deadline.rule.article.as_str());
        record.put("confidence", confidence(deadline.rule, deadline.due));
        record.put("variants", deadline.variants.iter().map(variant).collect::<Vec<_>>());
        Value::Object(record)
    };
    deadlines.iter().map(record).collect()
}

/// What is unpaid, in words.
pub(super) fn unpaid(one: &DueCase<'_>, currency: &Currency, words: &Words) -> String {
    one.unpaid.map_or_else(
        || words.labels.unknown.to_owned(),
        |amount| format!("{} {}", bounded(amount.value, amount.bound, words.marks), currency.code()),
    )
}

/// The name of a case: its number, else its id.
pub(super) fn case_name(one: &DueCase<'_>) -> String {
    one.case_no.clone().unwrap_or_else(|| one.id.to_string())
}

/// The name of its deadline, with a mark where that was not checked.
pub(super) fn deadline_name(one: &DueCase<'_>, words: &Words) -> String {
    name(one.deadline.rule, one.deadline.due, words)
}
