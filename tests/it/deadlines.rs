//! Deadlines and late charges, through the store and the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use casebook::domain::{
    Boundaries, By, Case, Currency, Cutoff, Dating, DeadlineKind, DueCase, Entry, Figures, Filter, Measure, Period,
    Status, TimeLimitTexts, TimeLimits, TotalsQuery, by_office,
};
use casebook::store::{DueQuery, ExportQuery, Late, Store};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use super::laws::{after, steps};
use super::support::{Place, case_with, day, on_each_engine, program, run, sqlite, stamp, stderr, stdout};

fn limits() -> TimeLimits {
    TimeLimits::parse(&TimeLimitTexts::default()).unwrap()
}

fn query(until: NaiveDate) -> DueQuery {
    DueQuery {
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        kinds: Vec::new(),
        until,
        limit: None,
    }
}

fn totals_query(by: &[By], period: Option<Period>) -> TotalsQuery {
    TotalsQuery {
        by: by.to_vec(),
        filter: Filter::default(),
        period,
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        no_empty: false,
    }
}

fn all_cases(store: &mut Store) -> Vec<Case> {
    let mut cases = Vec::new();
    let all = ExportQuery { filter: Filter::default(), period: None, dating: Dating::Happened };
    store
        .export(&all, &mut |case| {
            cases.push(case);
            true
        })
        .unwrap();
    cases
}

/// A case of each state, by its number.
fn a_case_of_each_state() -> Vec<Entry> {
    let entry = |no: &'static str, more: &[(&'static str, &'static str)]| {
        let mut fields = vec![("case_no", no), ("detected_on", "2026-03-02"), ("violation", "hang_gia")];
        fields.extend(more);
        case_with(&fields)
    };
    let decided = [("decided_on", "2026-03-03"), ("fine_amount", "1.000.000")];
    let with = |more: &[(&'static str, &'static str)]| [&decided[..], more].concat();
    vec![
        entry("open", &[]),
        entry("nothing seized", &[("seized_value", "none")]),
        entry("goods gone", &[("disposed_on", "2026-03-04"), ("disposed_how", "destroyed")]),
        entry("decided", &decided),
        entry("no fine known", &[("decided_on", "2026-03-03"), ("decision_no", "1")]),
        entry("part paid", &with(&[("paid_on", "2026-03-16"), ("paid_amount", "400.000")])),
        entry("paid late", &with(&[("paid_on", "2026-03-16"), ("paid_amount", "1.000.000")])),
        entry("paid in time", &with(&[("paid_on", "2026-03-13"), ("paid_amount", "1.000.000")])),
        entry("transferred", &[("transferred_on", "2026-03-04")]),
        entry("closed", &with(&[("closed_on", "2026-03-15")])),
    ]
}

fn told(due: &[DueCase<'_>]) -> Vec<(String, &'static str, String)> {
    let told = |one: &DueCase<'_>| {
        (one.case_no.clone().unwrap_or_default(), one.deadline.kind().code(), one.deadline.due.on.to_string())
    };
    due.iter().map(told).collect()
}

#[test]
fn what_is_open_is_due() {
    on_each_engine(|place| {
        let mut store = place.create();
        for entry in a_case_of_each_state() {
            store.record(&entry, &stamp()).unwrap();
        }
        let limits = limits();
        let mut found = store.due(&query(day("2026-03-13")), &limits).unwrap();
        by_office(&mut found.due, store.reference());
        // Seven working days from Monday 2 March, ten days from Tuesday 3.
        let expected: BTreeSet<_> = [
            ("open", "decision", "2026-03-11"),
            ("open", "seizure", "2026-03-11"),
            ("nothing seized", "decision", "2026-03-11"),
            ("goods gone", "decision", "2026-03-11"),
            ("decided", "payment", "2026-03-13"),
            ("no fine known", "payment", "2026-03-13"),
            ("part paid", "payment", "2026-03-13"),
        ]
        .map(|(no, kind, on)| (no.to_owned(), kind, on.to_owned()))
        .into();
        assert_eq!(told(&found.due).into_iter().collect::<BTreeSet<_>>(), expected);
        assert_eq!(found.matching, 7);
        assert!(found.due.is_sorted_by_key(DueCase::soonest));
        let unpaid: BTreeMap<_, _> =
            found.due.iter().map(|one| (one.case_no.clone().unwrap(), one.unpaid.map(|amount| amount.value))).collect();
        assert_eq!(unpaid["part paid"], Some(600_000.into()));
        assert_eq!(unpaid["no fine known"], None);

        let statute = DueQuery { kinds: vec![DeadlineKind::Statute], ..query(day("2028-03-02")) };
        assert_eq!(store.due(&statute, &limits).unwrap().matching, 3);
        let filtered = DueQuery {
            filter: Filter { statuses: vec![Status::PartPaid, Status::Paid], ..Filter::default() },
            ..query(day("2030-01-01"))
        };
        let found = store.due(&filtered, &limits).unwrap();
        assert_eq!(found.due.iter().map(|one| one.deadline.kind().code()).collect::<Vec<_>>(), ["payment", "lapse"]);
    });
}

#[test]
fn charges_are_counted_in_the_period_of_their_days() {
    on_each_engine(|place| {
        let mut store = place.create();
        for entry in a_case_of_each_state() {
            store.record(&entry, &stamp()).unwrap();
        }
        let today = day("2026-04-03");
        let charged = |store: &mut Store, query: &TotalsQuery| {
            let totals = store.totals_with(query, Some(Late { limits: &limits(), today })).unwrap();
            let rows: Vec<_> = totals.rows.iter().map(|row| *row.figures.get(Measure::LateCharge)).collect();
            (rows, *totals.total.get(Measure::LateCharge))
        };
        // Days charged: 14 March to 2 April, 20 of them. decided 20 × 500;
        // part paid 2 × 500 and 18 × 300; paid late 2 × 500; closed 1 × 500.
        let (rows, total) = charged(&mut store, &totals_query(&[By::Month], None));
        let values: Vec<_> = rows.iter().map(|sum| sum.value).collect();
        // To the end of March 18 × 500 + 2 × 500 + 16 × 300 + 2 × 500 + 500.
        assert_eq!(values, [16_300, 1_600].map(Decimal::from));
        assert_eq!((total.value, total.unknown), (17_900.into(), 1));
        let (rows, _) = charged(&mut store, &totals_query(&[By::Status], None));
        assert_eq!(rows.iter().map(|sum| sum.value).sum::<Decimal>(), 17_900.into());
        let april = Period::of_days(day("2026-04-01"), day("2026-04-30"));
        let (rows, total) = charged(&mut store, &totals_query(&[By::Region, By::Province], Some(april)));
        assert_eq!((rows.len(), total.value, total.unknown), (1, 1_600.into(), 1));
        let detected = TotalsQuery { dating: Dating::Detected, ..totals_query(&[By::Month], None) };
        let (rows, total) = charged(&mut store, &detected);
        assert_eq!((rows.len(), total.value, total.unknown), (1, 17_900.into(), 1));

        // Nothing of it is in running totals.
        let plain = store.totals(&totals_query(&[By::Month], None)).unwrap();
        assert_eq!(plain.total.get(Measure::LateCharge).value, Decimal::ZERO);
        assert!(store.verify().unwrap().finding.is_none());
    });
}

fn sum(figures: impl Iterator<Item = Figures>) -> Figures {
    let mut sum = Figures::default();
    figures.for_each(|one| sum.add(&one).unwrap());
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// What the statement passes over has no deadline that is open, and what
    /// it reads in part has the same ones as the whole case.
    #[test]
    fn due_gives_the_open_deadlines_of_all_cases(
        steps in steps(), within in 0_u64..900, limit in prop::option::of(0_u64..6),
    ) {
        let mut store = after(&steps);
        let (limits, until) = (limits(), day("2024-06-01") + Days::new(within));
        let cases = all_cases(&mut store);
        let mut expected: Vec<_> = cases.iter().flat_map(|case| DueCase::of(case, &[], until, &limits)).collect();
        let all = expected.len();
        expected.sort_by_key(DueCase::soonest);
        expected.truncate(limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap()));
        let found = store.due(&DueQuery { limit, ..query(until) }, &limits).unwrap();
        prop_assert_eq!(found.matching, u64::try_from(all).unwrap());
        prop_assert_eq!(found.due, expected);
    }

    /// The charges of all cases, as `show` gives them, are the total; rows add
    /// up to it, whatever they are put by; and two periods to what holds both.
    #[test]
    fn charges_add_up_every_way(
        steps in steps(),
        by in prop::sample::subsequence(By::ALL.to_vec(), 0..=3).prop_shuffle(),
        cutoff in 0_u32..=28,
        dating in prop::sample::select(Dating::ALL.to_vec()),
        boundaries in prop::sample::select(Boundaries::ALL.to_vec()),
        cut in 0_u64..900,
        days in 0_u64..900,
    ) {
        let mut store = after(&steps);
        let (limits, today) = (limits(), day("2024-06-01") + Days::new(days));
        let late = Some(Late { limits: &limits, today });
        let cases = all_cases(&mut store);
        let shown: Vec<_> = cases
            .iter()
            .map(|case| (case, case.late_charge(&limits, &Currency::vnd(), today).total().unwrap()))
            .collect();
        let value: Decimal = shown.iter().filter_map(|(_, charge)| *charge).map(|charge| charge.value).sum();
        let unknown: i64 =
            shown.iter().filter(|(_, charge)| charge.is_none()).map(|(case, _)| i64::from(case.case_count.n)).sum();
        let query = |period| TotalsQuery {
            cutoff: Cutoff::new(cutoff).unwrap_or_default(),
            dating,
            boundaries,
            ..totals_query(&by, period)
        };
        let totals = store.totals_with(&query(None), late).unwrap();
        let total = *totals.total.get(Measure::LateCharge);
        prop_assert_eq!((total.value, total.unknown), (value, unknown));
        let rows = sum(totals.rows.iter().map(|row| row.figures.clone()));
        prop_assert_eq!(&rows, &totals.total);
        if let Some(span) = totals.span {
            let again = store.totals_with(&query(Some(span)), late).unwrap();
            prop_assert_eq!(&again.total, &totals.total);
        }

        // All else is as without them.
        let mut plain = store.totals(&query(None)).unwrap().total;
        let charged = totals.total.tally(casebook::domain::EventKind::LateCharge);
        plain.add_tally(casebook::domain::EventKind::LateCharge, charged).unwrap();
        prop_assert_eq!(plain, totals.total);

        let cut = day("2024-06-01") + Days::new(cut);
        let halves = [
            Period { from: day("2020-01-01"), until: cut },
            Period { from: cut, until: day("2030-01-01") },
        ];
        let halves = halves.map(|half| {
            store.totals_with(&query(Some(half)), late).unwrap().total.value(Measure::LateCharge)
        });
        prop_assert_eq!(halves[0] + halves[1], value);
    }
}

/// A casebook with a case of each state.
pub fn a_casebook() -> Place {
    let place = sqlite();
    let mut store = place.create();
    for entry in a_case_of_each_state() {
        store.record(&entry, &stamp()).unwrap();
    }
    place
}

pub fn json(place: &Place, arguments: &[&str]) -> Value {
    let output = run(&place.address, arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn show_tells_of_deadlines_and_what_is_charged() {
    let place = a_casebook();
    let case = json(&place, &["--today", "2026-04-03", "show", "part paid", "--format", "json"]);
    assert_eq!(case["late_charge"], 6_400);
    assert_eq!((&case["late_charge_bound"], &case["late_charge_as_of"]), (&"exact".into(), &"2026-04-03".into()));
    let deadlines: Vec<_> = case["deadlines"].as_array().unwrap().iter().collect();
    let told: Vec<_> =
        deadlines.iter().map(|one| (one["deadline"].as_str().unwrap(), one["state"].as_str().unwrap())).collect();
    let states =
        [("decision", "met"), ("seizure", "met"), ("payment", "overdue"), ("lapse", "open"), ("statute", "met")];
    assert_eq!(told, states);
    assert_eq!((&deadlines[2]["due_on"], &deadlines[2]["days"]), (&"2026-03-13".into(), &Value::from(-21)));
    assert_eq!(deadlines[1]["variants"][2]["confidence"], "unconfirmed");
    // Unknown, and none.
    let unknown = json(&place, &["--today", "2026-04-03", "show", "no fine known", "--format", "json"]);
    assert_eq!((&unknown["late_charge"], &unknown["late_charge_bound"]), (&Value::Null, &Value::Null));
    let none = json(&place, &["--today", "2026-04-03", "show", "open", "--format", "json"]);
    assert_eq!((&none["late_charge"], none["deadlines"].as_array().unwrap().len()), (&Value::Null, 3));
    // Only `show` has them.
    let changed = json(&place, &["pay", "part paid", "--paid", "1", "--format", "json", "--dry-run"]);
    assert!(changed.get("deadlines").is_none() && changed.get("late_charge").is_none());
}

#[test]
fn late_charges_are_in_totals_only_where_they_are_asked_for() {
    let place = a_casebook();
    let plain = json(&place, &["totals", "--by", "region", "--format", "json"]);
    assert!(plain["total"].get("late_charge").is_none());
    let asked = ["--today", "2026-04-03", "totals", "--by", "agency", "--measure", "late_charge", "--format", "json"];
    let asked = json(&place, &asked);
    assert_eq!((&asked["total"]["late_charge"], &asked["total"]["late_charge_unknown"]), (&17_900.into(), &1.into()));
    assert_eq!(asked["total"]["late_charge_bound"], "exact");
    assert_eq!(asked["rows"][0]["late_charge"], 17_900);
    let more = [
        "--today",
        "2026-04-03",
        "totals",
        "--tree",
        "--by",
        "month",
        "--measure",
        "late_charge",
        "--sort",
        "late_charge",
        "--top",
        "1",
    ];
    assert!(stdout(&run(&place.address, &more)).contains("17,900"));
    let month = json(&place, &["month", "2026-03", "--format", "json"]);
    assert!(month["headline"].get("late_charge").is_none());
}

#[test]
fn other_files_can_say_what_the_law_says() {
    let place = a_casebook();
    let folder = tempfile::TempDir::new().unwrap();
    let config = folder.path().join("casebook");
    fs::create_dir(&config).unwrap();
    let rules = TimeLimitTexts::default().deadlines.replace("decided,10,days", "decided,20,days");
    fs::write(config.join("rules.csv"), rules).unwrap();
    fs::write(config.join("config.toml"), "deadlines = \"rules.csv\"\nverified = true\n").unwrap();
    let show = |no: &str| {
        let mut command = program(&place.address);
        command.env("XDG_CONFIG_HOME", folder.path());
        command.args(["--today", "2026-04-03", "show", no, "--format", "json"]).output().unwrap()
    };
    let case: Value = serde_json::from_slice(&show("decided").stdout).unwrap();
    assert_eq!(case["deadlines"][2]["due_on"], "2026-03-23");
    // The unconfirmed variants of the seizure are gone.
    assert_eq!(case["deadlines"][1]["variants"].as_array().unwrap().len(), 1);
    fs::write(config.join("rules.csv"), "code,kind\na,b\n").unwrap();
    let output = show("decided");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("deadlines.csv, line 2"), "{}", stderr(&output));
    fs::remove_file(config.join("rules.csv")).unwrap();
    assert!(!show("decided").status.success());
}

#[test]
fn what_due_cannot_take_is_refused() {
    let place = a_casebook();
    for arguments in [["due", "--format", "xml"], ["due", "--kind", "wedding"], ["due", "--within", "-1"]] {
        let output = run(&place.address, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    }
    let refused = stderr(&run(&place.address, &["due", "--format", "xml"]));
    assert!(refused.contains("table, json, jsonl, csv, md, html, docx, pdf, xlsx, ics"), "{refused}");
    let output = run(&place.address, &["list", "--format", "ics"]);
    assert_eq!(output.status.code(), Some(2));
}
