//! How well notes are read: precision and recall of every field over a set of
//! labelled notes, held from falling.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use casebook::domain::{Bound, Count, Field, Quantity, agency_key};
use casebook::notes::{DraftCase, ReadItem, Reading, Value, read};
use casebook::text::fold;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::support::{day, folder, reference};

#[derive(Debug, Deserialize)]
struct Set {
    note: Vec<Note>,
}

#[derive(Debug, Deserialize)]
struct Note {
    id: String,
    reported: String,
    #[serde(default)]
    passed: usize,
    text: String,
    #[serde(default, rename = "case")]
    cases: Vec<Label>,
}

/// What a careful person would enter.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    province: Option<String>,
    commune: Option<String>,
    agency: Option<String>,
    force: Option<String>,
    #[serde(default)]
    partners: Vec<String>,
    detected_on: Option<String>,
    detected_from: Option<String>,
    decided_on: Option<String>,
    violation: Option<String>,
    case_count: Option<u32>,
    case_count_bound: Option<Bound>,
    fine_amount: Option<i64>,
    fine_bound: Option<Bound>,
    illegal_profit: Option<i64>,
    paid_amount: Option<i64>,
    seized_value: Option<i64>,
    seized_bound: Option<Bound>,
    remedies: Option<String>,
    disposed_how: Option<String>,
    #[serde(default)]
    transferred: bool,
    case_no: Option<String>,
    decision_no: Option<String>,
    #[serde(default)]
    goods: Vec<Lot>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lot {
    goods: String,
    quantity: Option<f64>,
    quantity_bound: Option<Bound>,
    unit: Option<String>,
    category: Option<String>,
}

/// What was measured of each field, precision and recall, a little below: a
/// change of the rules may not make it worse.
const FLOORS: [(&str, f64, f64); 25] = [
    ("agency", 0.97, 0.97),
    ("case_count", 0.99, 0.99),
    ("case_no", 0.99, 0.99),
    ("category", 0.98, 0.90),
    ("commune", 0.95, 0.94),
    ("decided_on", 0.99, 0.89),
    ("decision_no", 0.99, 0.99),
    ("detected_from", 0.99, 0.99),
    ("detected_on", 0.97, 0.97),
    ("disposed_how", 0.99, 0.88),
    ("fine_amount", 0.98, 0.98),
    ("force", 0.97, 0.97),
    ("goods", 0.96, 0.91),
    ("illegal_profit", 0.99, 0.99),
    ("items", 0.99, 0.99),
    ("paid_amount", 0.99, 0.99),
    ("partners", 0.98, 0.93),
    ("passed over", 0.99, 0.99),
    ("province", 0.99, 0.98),
    ("quantity", 0.98, 0.97),
    ("remedies", 0.99, 0.99),
    ("seized_value", 0.98, 0.98),
    ("transferred", 0.99, 0.99),
    ("unit", 0.99, 0.98),
    ("violation", 0.95, 0.95),
];

/// How often a field was read right, wrongly, and not at all.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
    /// Wrong ones that are marked as unsure.
    marked: u32,
}

impl Score {
    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// The scores of a set, field by field, and what went wrong.
#[derive(Default)]
struct Table {
    fields: BTreeMap<&'static str, Score>,
    wrong: String,
}

impl Table {
    fn add<T: std::fmt::Debug>(
        &mut self,
        id: &str,
        field: &'static str,
        wanted: Option<&T>,
        found: Option<(&T, bool)>,
        same: bool,
    ) {
        let score = self.fields.entry(field).or_default();
        match (wanted, found) {
            (Some(_), Some(_)) if same => score.right += 1,
            (None, None) => {}
            (wanted, found) => {
                score.missed += u32::from(wanted.is_some());
                score.wrong += u32::from(found.is_some());
                score.marked += u32::from(found.is_some_and(|(_, is_sure)| !is_sure));
                let _ = writeln!(self.wrong, "{id} {field}: wanted {wanted:?}, found {found:?}");
            }
        }
    }

    fn shown(&self) -> String {
        let mut table = format!(
            "{:<16}{:>6}{:>7}{:>7}{:>11}{:>8}{:>8}\n",
            "field", "right", "wrong", "missed", "precision", "recall", "marked"
        );
        for (field, score) in &self.fields {
            let Score { right, wrong, missed, marked } = score;
            let (precision, recall) = (score.precision(), score.recall());
            let _ =
                writeln!(table, "{field:<16}{right:>6}{wrong:>7}{missed:>7}{precision:>11.3}{recall:>8.3}{marked:>8}");
        }
        table
    }

    fn amounts(&self) -> Score {
        let of = ["fine_amount", "seized_value", "paid_amount", "illegal_profit"];
        of.iter().filter_map(|field| self.fields.get(field)).fold(Score::default(), |sum, score| Score {
            right: sum.right + score.right,
            wrong: sum.wrong + score.wrong,
            missed: sum.missed + score.missed,
            marked: sum.marked + score.marked,
        })
    }
}

fn loosely(one: &str, two: &str) -> bool {
    let (one, two) = (format!(" {} ", fold(one)), format!(" {} ", fold(two)));
    one.contains(&two) || two.contains(&one)
}

fn same_agency(one: &str, two: &str, province: &str) -> bool {
    let reference = reference();
    let key = |name: &str| {
        let spelled = fold(name).replace("dqltt", "doi qltt").replace("canh sat bien", "csb");
        agency_key(&spelled, province, &reference)
    };
    key(one) == key(two) || loosely(&key(one), &key(two))
}

fn text_of(draft: &DraftCase, place: (Field, usize)) -> Option<(String, bool)> {
    let found = draft.found.get(&place)?;
    let text = match &found.value {
        Value::Text(text) => text.clone(),
        Value::Day(day) => day.to_string(),
        other => format!("{other:?}"),
    };
    Some((text, found.is_sure))
}

fn score_case(table: &mut Table, id: &str, label: &Label, draft: &DraftCase) {
    let province = label.province.clone().unwrap_or_default();
    let mut text =
        |name: &'static str, wanted: Option<&String>, place: (Field, usize), same: &dyn Fn(&str, &str) -> bool| {
            let found = text_of(draft, place);
            let equal = wanted.zip(found.as_ref()).is_some_and(|(wanted, (found, _))| same(wanted, found));
            table.add(id, name, wanted, found.as_ref().map(|(text, sure)| (text, *sure)), equal);
        };
    let exact = |one: &str, two: &str| one == two;
    let folded = |one: &str, two: &str| fold(one) == fold(two);
    text("province", label.province.as_ref(), (Field::Province, 0), &exact);
    text("commune", label.commune.as_ref(), (Field::Commune, 0), &folded);
    text("agency", label.agency.as_ref(), (Field::Agency, 0), &|one, two| same_agency(one, two, &province));
    text("force", label.force.as_ref(), (Field::Force, 0), &exact);
    text("detected_on", label.detected_on.as_ref(), (Field::DetectedOn, 0), &exact);
    text("detected_from", label.detected_from.as_ref(), (Field::DetectedFrom, 0), &exact);
    text("decided_on", label.decided_on.as_ref(), (Field::DecidedOn, 0), &exact);
    text("violation", label.violation.as_ref(), (Field::Violation, 0), &exact);
    text("remedies", label.remedies.as_ref(), (Field::Remedies, 0), &loosely);
    text("disposed_how", label.disposed_how.as_ref(), (Field::DisposedHow, 1), &exact);
    text("case_no", label.case_no.as_ref(), (Field::CaseNo, 0), &folded);
    text("decision_no", label.decision_no.as_ref(), (Field::DecisionNo, 0), &folded);
    score_figures(table, id, label, draft);
    score_partners(table, id, label, draft, &province);
    let transferred = draft.get(Field::TransferredOn).map(|found| found.is_sure);
    table.add(
        id,
        "transferred",
        label.transferred.then_some(&true),
        transferred.as_ref().map(|sure| (&true, *sure)),
        true,
    );
    score_lots(table, id, label, draft);
}

fn score_figures(table: &mut Table, id: &str, label: &Label, draft: &DraftCase) {
    let amounts: [(&'static str, _, _, _); 4] = [
        ("fine_amount", label.fine_amount, label.fine_bound, (Field::FineAmount, 0)),
        ("seized_value", label.seized_value, label.seized_bound, (Field::SeizedValue, 0)),
        ("illegal_profit", label.illegal_profit, None, (Field::IllegalProfit, 0)),
        ("paid_amount", label.paid_amount, None, (Field::PaidAmount, 1)),
    ];
    for (name, wanted, bound, place) in amounts {
        let wanted = wanted.map(|value| (Decimal::from(value), bound.unwrap_or_default()));
        let found = draft.found.get(&place).and_then(|found| match &found.value {
            Value::Amount(amount) => Some(((amount.value, amount.bound), found.is_sure)),
            _ => None,
        });
        let same = match (&wanted, &found) {
            // Payments and profits have labels without a bound.
            (Some(wanted), Some((found, _))) => {
                let unlabelled = matches!(name, "paid_amount" | "illegal_profit");
                wanted.0 == found.0 && (unlabelled || wanted.1 == found.1)
            }
            _ => false,
        };
        table.add(id, name, wanted.as_ref(), found.as_ref().map(|(value, sure)| (value, *sure)), same);
    }
    let wanted = label.case_count.map(|n| Count { n, bound: label.case_count_bound.unwrap_or_default() });
    let found = draft.get(Field::CaseCount).and_then(|found| match found.value {
        Value::Count(count) => Some((count, found.is_sure)),
        _ => None,
    });
    let same = wanted == found.map(|(count, _)| count);
    table.add(id, "case_count", wanted.as_ref(), found.as_ref().map(|(count, sure)| (count, *sure)), same);
}

fn score_partners(table: &mut Table, id: &str, label: &Label, draft: &DraftCase, province: &str) {
    let mut found = match draft.get(Field::Partners).map(|found| &found.value) {
        Some(Value::Texts(names)) => names.clone(),
        _ => Vec::new(),
    };
    for wanted in &label.partners {
        let at = found.iter().position(|name| same_agency(name, wanted, province));
        let name = at.map(|at| found.remove(at));
        table.add(id, "partners", Some(wanted), name.as_ref().map(|name| (name, true)), true);
    }
    for extra in &found {
        table.add(id, "partners", None, Some((extra, true)), false);
    }
}

fn score_lots(table: &mut Table, id: &str, label: &Label, draft: &DraftCase) {
    let mut lines: Vec<usize> = (1..=draft.lots()).collect();
    for lot in &label.goods {
        let quantity = lot.quantity.and_then(|value| Decimal::try_from(value).ok()).map(|value| value.normalize());
        let value = |line: usize| quantity_of(draft, line).map(|(quantity, _)| quantity.value.normalize());
        let names =
            |line: usize| text_of(draft, (Field::Goods, line)).is_some_and(|(name, _)| similar(&name, &lot.goods));
        let at = lines
            .iter()
            .position(|line| value(*line) == quantity && names(*line))
            .or_else(|| lines.iter().position(|line| quantity.is_some() && value(*line) == quantity))
            .or_else(|| lines.iter().position(|line| names(*line)));
        let line = at.map(|at| lines.remove(at));
        let name = line.and_then(|line| text_of(draft, (Field::Goods, line)));
        let same_name = name.as_ref().is_some_and(|(name, _)| similar(name, &lot.goods));
        table.add(id, "goods", Some(&lot.goods), name.as_ref().map(|(name, sure)| (name, *sure)), same_name);
        let wanted = quantity.map(|value| Quantity { value, bound: lot.quantity_bound.unwrap_or_default() });
        let found = line.and_then(|line| quantity_of(draft, line));
        let same = wanted
            .zip(found)
            .is_some_and(|(wanted, (found, _))| wanted.value == found.value.normalize() && wanted.bound == found.bound);
        table.add(id, "quantity", wanted.as_ref(), found.as_ref().map(|(quantity, sure)| (quantity, *sure)), same);
        for (name, wanted, field) in [("unit", &lot.unit, Field::Unit), ("category", &lot.category, Field::Category)] {
            let found = line.and_then(|line| text_of(draft, (field, line)));
            let same =
                wanted.as_ref().zip(found.as_ref()).is_some_and(|(wanted, (found, _))| fold(wanted) == fold(found));
            table.add(id, name, wanted.as_ref(), found.as_ref().map(|(text, sure)| (text, *sure)), same);
        }
    }
    for line in lines {
        let name = text_of(draft, (Field::Goods, line));
        table.add(id, "goods", None, name.as_ref().map(|(name, sure)| (name, *sure)), false);
        let quantity = quantity_of(draft, line);
        table.add(id, "quantity", None, quantity.as_ref().map(|(quantity, sure)| (quantity, *sure)), false);
    }
}

/// Whether two names of goods share a word that says something.
fn similar(one: &str, two: &str) -> bool {
    let (one, two) = (fold(one), fold(two));
    loosely(&one, &two)
        || one.split(' ').filter(|word| word.len() > 2).any(|word| two.split(' ').any(|other| other == word))
}

fn quantity_of(draft: &DraftCase, line: usize) -> Option<(Quantity, bool)> {
    let found = draft.found.get(&(Field::Quantity, line))?;
    match found.value {
        Value::Quantity(quantity) => Some((quantity, found.is_sure)),
        _ => None,
    }
}

fn score(path: &Path) -> (Table, usize) {
    let reference = reference();
    let mut table = Table::default();
    let mut notes = 0;
    let mut files: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "toml")) {
        let set: Set = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap_or_else(|error| panic!("{error}"));
        for note in &set.note {
            notes += 1;
            score_note(&mut table, note, &reference);
        }
    }
    (table, notes)
}

fn score_note(table: &mut Table, note: &Note, reference: &casebook::domain::Reference) {
    let items = read(&note.text, &Reading { reference, written_on: day(&note.reported) });
    let drafts: Vec<&DraftCase> =
        items.iter().filter_map(|item| if let ReadItem::Draft(draft) = item { Some(&**draft) } else { None }).collect();
    let passed = items.len() - drafts.len();
    for at in 0..drafts.len().max(note.cases.len()) {
        let item = note.cases.get(at).map(|_| &"case");
        let found = drafts.get(at).map(|_| (&"draft", true));
        table.add(&note.id, "items", item, found, true);
    }
    for at in 0..passed.max(note.passed) {
        table.add(
            &note.id,
            "passed over",
            (at < note.passed).then_some(&"one"),
            (at < passed).then_some((&"one", true)),
            true,
        );
    }
    for (label, draft) in note.cases.iter().zip(drafts) {
        score_case(table, &note.id, label, draft);
    }
}

#[test]
fn notes_are_read_as_well_as_was_measured() {
    let (table, notes) = score(&folder("tests/notes"));
    eprintln!("{notes} notes\n{}", table.shown());
    if std::env::var_os("CASEBOOK_SHOW_WRONG").is_some() {
        eprintln!("{}", table.wrong);
    }
    assert!(notes >= 60);
    for (field, precision, recall) in FLOORS {
        let score = table.fields.get(field).unwrap_or_else(|| panic!("no note has {field}"));
        let holds = score.precision() >= precision && score.recall() >= recall;
        assert!(holds, "{field}: {score:?}, held are {precision} and {recall}");
    }
    assert_eq!(table.fields.len(), FLOORS.len(), "each field is held");
    // What is wrong and said to be sure is what a person will not look at.
    let (wrong, marked) =
        table.fields.values().fold((0, 0), |(wrong, marked), score| (wrong + score.wrong, marked + score.marked));
    let right: u32 = table.fields.values().map(|score| score.right).sum();
    assert!(share(wrong - marked, right) < 0.015, "{wrong} wrong, {marked} of them marked, {right} right");
    let amounts = table.amounts();
    assert!(amounts.precision() >= 0.98, "amounts: {amounts:?}");
    assert!(amounts.recall() >= 0.95, "amounts: {amounts:?}");
}

/// Measures another set: `CASEBOOK_NOTES=folder cargo test notes -- --nocapture`.
#[test]
fn another_set_is_measured() {
    let Some(path) = std::env::var_os("CASEBOOK_NOTES") else { return };
    let (table, notes) = score(Path::new(&path));
    eprintln!("{notes} notes\n{}", table.shown());
    if std::env::var_os("CASEBOOK_SHOW_WRONG").is_some() {
        eprintln!("{}", table.wrong);
    }
}
