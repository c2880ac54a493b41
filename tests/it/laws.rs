//! Laws that hold for any cases and any changes.

use casebook::domain::{
    AgencyId, Boundaries, By, Case, CategoryId, Change, Cutoff, Dating, Entry, Field, Figures, Filter, ForceId, Key,
    Measure, Period, ProvinceId, Status, Tally, Totals, TotalsQuery, ViolationId,
};
use casebook::exchange::csv_cell;
use casebook::render::{Format, Style, TotalsView, render};
use casebook::report::{Layout, pivots};
use casebook::store::{ListQuery, Store};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::support::{day, entry, in_memory, list_query, stamp};

fn date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..800).prop_map(|days| day("2024-06-01") + Days::new(days))
}

fn amount() -> impl Strategy<Value = String> {
    let bound = prop::sample::select(vec!["", "", "", "hơn ", "gần ", "khoảng "]);
    (bound, 0_i64..5_000).prop_map(|(bound, thousands)| format!("{bound}{}", thousands * 1_000))
}

/// A fine is of some size: one of nothing tells of no decision.
fn fine() -> impl Strategy<Value = String> {
    (prop::sample::select(vec!["", "", "trên "]), 1_i64..5_000).prop_map(|(bound, n)| format!("{bound}{}", n * 500_000))
}

/// Any quantity to six decimals; three of them are written as four, as they
/// might be thousands.
fn quantity() -> impl Strategy<Value = String> {
    (0_i64..1_000_000_000, 0_u32..=6).prop_map(|(n, scale)| {
        let mut quantity = Decimal::new(n, scale).normalize();
        if quantity.scale() == 3 {
            quantity.rescale(4);
        }
        quantity.to_string().replace('.', ",")
    })
}

prop_compose! {
    pub fn a_case()(
        province in prop::sample::select(vec!["Hà Nội", "Tiền Giang", "Đồng Tháp", "Bình Dương", "Huế", "Lào Cai", "Gia Lai"]),
        agency in prop::sample::select(vec!["Đội QLTT số 1", "Đội QLTT số 2", "Công an", "Chi cục Hải quan"]),
        detected in date(),
        violation in prop::option::of(prop::sample::select(vec!["hang_gia", "hang_lau", "attp", "shtt"])),
        category in prop::option::of(prop::sample::select(vec!["thuoc_la", "my_pham", "khac"])),
        seized in prop::option::of(amount()),
        decision in prop::option::of((0_u64..60, prop::option::of(fine()))),
        paid in prop::option::of((0_u64..60, 1_i64..1_000)),
        disposal in prop::option::of((0_u64..90, prop::sample::select(vec!["destroyed", "sold", "returned", "handed_over"]), prop::option::of(amount()))),
        transfer in prop::option::weighted(0.1, (0_u64..30, prop::option::of(1_u32..5))),
        count in prop::sample::select(vec!["", "", "", "28", "nhiều", "hơn 5"]),
        profit in prop::option::of(fine()),
        quantity in prop::option::of(quantity()),
        before in prop::option::of(0_u64..40),
        partners in prop::sample::select(vec!["", "Công an", "Công an;Hải quan ; Thuế"]),
    ) -> Entry {
        let after = |days: u64| (detected + Days::new(days)).min(stamp().today).to_string();
        let mut fields = vec![
            ("province", province.to_owned()),
            ("agency", agency.to_owned()),
            ("detected_on", detected.to_string()),
            ("goods", "hàng".to_owned()),
            ("case_count", count.to_owned()),
            ("illegal_profit", profit.filter(|_| decision.is_some()).unwrap_or_default()),
            ("detected_from", before.map(|days| (detected - Days::new(days)).to_string()).unwrap_or_default()),
            ("partners", partners.to_owned()),
            ("quantity", quantity.unwrap_or_default()),
            ("violation", violation.unwrap_or_default().to_owned()),
            ("category", category.unwrap_or_default().to_owned()),
            ("seized_value", seized.unwrap_or_default()),
        ];
        if let Some((days, fine)) = &decision {
            fields.push(("decided_on", after(*days)));
            fields.push(("fine_amount", fine.clone().unwrap_or_default()));
            if let Some((more, thousands)) = paid {
                fields.push(("paid_on", after(days + more)));
                fields.push(("paid_amount", (thousands * 1_000).to_string()));
            }
        }
        if let Some((days, how, value)) = &disposal {
            fields.push(("disposed_on", after(*days)));
            fields.push(("disposed_how", (*how).to_owned()));
            fields.push(("disposed_value", value.clone().unwrap_or_default()));
        }
        if let Some((days, persons)) = transfer {
            fields.push(("transferred_on", after(days)));
            fields.push(("persons", persons.map(|n| n.to_string()).unwrap_or_default()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
        entry(&fields)
    }
}

/// Something done to a case that is chosen by number.
#[derive(Debug, Clone)]
pub enum Step {
    Record(Entry),
    Change(usize, Change),
}

fn a_change() -> impl Strategy<Value = Change> {
    let values = |fields: Vec<(Field, String)>| fields.into_iter().collect();
    prop_oneof![
        amount().prop_map(|seized| Change::Amend(vec![(Field::SeizedValue, None, seized)])),
        date().prop_map(|date| Change::Amend(vec![(Field::DetectedOn, None, date.to_string())])),
        prop::sample::select(vec!["Hà Nội", "Long An", "Quảng Trị"]).prop_map(|province| Change::Amend(vec![(
            Field::Province,
            None,
            province.to_owned()
        )])),
        prop::sample::select(vec!["thuoc_la", "sua", ""]).prop_map(|category| Change::Amend(vec![(
            Field::Category,
            None,
            category.to_owned()
        )])),
        Just(Change::Void("nhầm".into())),
        (fine(), date()).prop_map(move |(fine, date)| {
            Change::Decide(values(vec![(Field::FineAmount, fine), (Field::DecidedOn, date.to_string())]))
        }),
        (1_i64..900, date()).prop_map(move |(paid, date)| {
            Change::Pay(values(vec![(Field::PaidAmount, paid.to_string()), (Field::PaidOn, date.to_string())]))
        }),
        date().prop_map(move |date| {
            let how = (Field::DisposedHow, "destroyed".to_owned());
            Change::Dispose(values(vec![how, (Field::DisposedOn, date.to_string())]))
        }),
        Just(Change::Close(casebook::domain::Values::new())),
    ]
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => a_case().prop_map(Step::Record),
        2 => (any::<prop::sample::Index>(), a_change()).prop_map(|(at, change)| Step::Change(at.index(1_000), change)),
    ];
    prop::collection::vec(step, 1..14)
}

/// Takes a step; what a case does not allow is refused, and leaves it as it
/// was.
pub fn take(store: &mut Store, step: &Step, ids: &mut Vec<Uuid>) {
    match step {
        Step::Record(entry) => ids.push(store.record(entry, &stamp()).unwrap().case.id),
        Step::Change(at, change) if !ids.is_empty() => {
            let id = ids[at % ids.len()].to_string();
            let _ = store.change(&id, change, "thử", &stamp());
        }
        Step::Change(..) => {}
    }
}

/// A casebook after some steps.
pub fn after(steps: &[Step]) -> Store {
    let mut store = in_memory();
    let mut ids = Vec::new();
    for step in steps {
        take(&mut store, step, &mut ids);
    }
    store
}

pub fn queries() -> impl Strategy<Value = TotalsQuery> {
    let by = prop::sample::subsequence(By::ALL.to_vec(), 0..=3).prop_shuffle();
    let period = prop::option::of((date(), 0_u64..200));
    let cutoff = prop_oneof![Just(0_u32), Just(14), 1_u32..=28];
    let filter = prop_oneof![
        4 => Just(Filter::default()),
        1 => Just(Filter { forces: vec![ForceId(1)], ..Filter::default() }),
        1 => Just(Filter { violations: Some(vec![ViolationId(2), ViolationId(4)]), ..Filter::default() }),
        1 => Just(Filter { provinces: Some((1..40).map(ProvinceId).collect()), ..Filter::default() }),
        1 => Just(Filter { categories: vec![CategoryId(1), CategoryId(8)], ..Filter::default() }),
        1 => Just(Filter { statuses: vec![Status::Decided, Status::Open], ..Filter::default() }),
        1 => Just(Filter { min_seized: Some(Decimal::from(1_000_000)), ..Filter::default() }),
        1 => Just(Filter { max_fine: Some(Decimal::from(900_000_000)), ..Filter::default() }),
        1 => Just(Filter { goods: Some("hàng".to_owned()), statuses: vec![Status::Void], ..Filter::default() }),
        1 => Just(Filter { import: Some(1), ..Filter::default() }),
    ];
    let dating = prop::sample::select(Dating::ALL.to_vec());
    let boundaries = prop::sample::select(Boundaries::ALL.to_vec());
    (by, period, cutoff, filter, dating, boundaries, any::<bool>()).prop_map(
        |(by, period, cutoff, filter, dating, boundaries, no_empty)| TotalsQuery {
            by,
            filter,
            period: period.map(|(from, days)| Period { from, until: from + Days::new(days + 1) }),
            dating,
            cutoff: Cutoff::new(cutoff).unwrap_or_default(),
            boundaries,
            no_empty,
        },
    )
}

fn sum_of_rows(totals: &Totals) -> Figures {
    let mut sum = Figures::default();
    totals.rows.iter().for_each(|row| sum.add(&row.figures).unwrap());
    sum
}

fn all_cases(store: &mut Store) -> Vec<Case> {
    let query = ListQuery { ascending: true, ..list_query(Filter::default()) };
    store.list(&query).unwrap().cases
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is stored comes back, as a case and as an entry.
    #[test]
    fn what_is_stored_comes_back(entry in a_case()) {
        let mut store = in_memory();
        let recorded = store.record(&entry, &stamp()).unwrap().case;
        prop_assert_eq!(&store.find(&recorded.id.to_string()).unwrap(), &recorded);
        let again = Entry::of(&recorded, store.reference());
        prop_assert!(store.record(&again, &stamp()).unwrap().already_there);
    }

    /// A correction of one field changes that field alone.
    #[test]
    fn an_amendment_changes_what_it_says_and_nothing_else(entry in a_case(), seized in amount()) {
        let mut store = in_memory();
        let id = store.record(&entry, &stamp()).unwrap().case.id.to_string();
        let mut amend = |field, value: &str| {
            let change = Change::Amend(vec![(field, None, value.to_owned())]);
            match store.change(&id, &change, "thử", &stamp()) {
                Ok(changed) => changed.differences.into_iter().map(|difference| difference.path).collect(),
                Err(_) => Vec::new(),
            }
        };
        prop_assert_eq!(amend(Field::Note, "x"), ["revision", "note"]);
        let paths: Vec<String> = amend(Field::SeizedValue, &seized);
        prop_assert!(paths.iter().all(|path| path == "revision" || path.starts_with("seized_value")), "{:?}", paths);
    }

    /// Running totals give what counting the cases gives, whatever happened
    /// and whatever is asked; the rows add up to the total.
    #[test]
    fn running_totals_equal_scanning(steps in steps(), queries in prop::collection::vec(queries(), 6)) {
        let mut store = after(&steps);
        for query in queries {
            let running = store.totals(&query).unwrap();
            let scanned = store.totals_by_scanning(&query).unwrap();
            prop_assert_eq!(&running, &scanned, "{:?}", query);
            prop_assert_eq!(&sum_of_rows(&running), &running.total);
            // Cases of named agencies are looked up, all others looked through.
            let agency_ids = Some((1..100).map(AgencyId).collect());
            let named = TotalsQuery { filter: Filter { agency_ids, ..query.filter.clone() }, ..query };
            let named = store.totals(&named).unwrap();
            prop_assert_eq!((named.rows, named.total, named.span), (running.rows, running.total, running.span));
        }
    }

    /// A list tells how many cases match as often as it gives one.
    #[test]
    fn a_list_counts_what_it_gives(steps in steps(), queries in prop::collection::vec(queries(), 6)) {
        let mut store = after(&steps);
        for TotalsQuery { filter, period, dating, .. } in queries {
            for period in [None, period] {
                let query = ListQuery { period, dating, ..list_query(filter.clone()) };
                let listed = store.list(&query).unwrap();
                prop_assert_eq!(listed.matching, listed.cases.len() as u64, "{:?}", query);
            }
        }
    }

    /// Totals are what the events of the cases add up to, counted by hand.
    #[test]
    fn totals_are_the_sum_of_events(steps in steps(), from in date(), days in 0_u64..300) {
        let mut store = after(&steps);
        let period = Period { from, until: from + Days::new(days) };
        let mut expected = Figures::default();
        for event in all_cases(&mut store).iter().flat_map(Case::events).filter(|event| period.contains(event.on)) {
            expected.add_tally(event.kind, &Tally::of(&event)).unwrap();
        }
        let query = TotalsQuery {
            by: vec![By::Region],
            filter: Filter::default(),
            period: Some(period),
            dating: Dating::Happened,
            cutoff: Cutoff::default(),
            boundaries: Boundaries::Today,
            no_empty: false,
        };
        prop_assert_eq!(store.totals(&query).unwrap().total, expected);
    }

    /// Any changes in any order keep the casebook true, and a recount changes
    /// nothing.
    #[test]
    fn any_changes_keep_verify_true(steps in steps()) {
        let mut store = after(&steps);
        prop_assert_eq!(store.verify().unwrap().finding, None);
        store.rebuild(&mut |_| {}).unwrap();
        prop_assert_eq!(store.verify().unwrap().finding, None);
    }

    /// Sorting and the rest row move figures about and lose none.
    #[test]
    fn the_rest_row_keeps_the_total(steps in steps(), n in 1_usize..4) {
        let mut store = after(&steps);
        let query = TotalsQuery {
            by: vec![By::Province, By::Month],
            filter: Filter::default(),
            period: None,
            dating: Dating::Happened,
            cutoff: Cutoff::default(),
            boundaries: Boundaries::Recorded,
            no_empty: false,
        };
        let whole = store.totals(&query).unwrap();
        let mut top = whole.clone();
        top.keep_top(n, Measure::SeizedValue).unwrap();
        prop_assert_eq!(sum_of_rows(&top), whole.total);
        let mut firsts: Vec<Key> = top.rows.iter().map(|row| row.keys[0]).collect();
        firsts.dedup();
        prop_assert!(firsts.len() <= n + 1);
    }

    /// Rows and columns of a table add up to its corner, and every format in
    /// both languages gives the same figure there.
    #[test]
    fn one_number_in_every_format(steps in steps()) {
        let mut store = after(&steps);
        let query = TotalsQuery {
            by: vec![By::Region, By::Month],
            filter: Filter::default(),
            period: None,
            dating: Dating::Happened,
            cutoff: Cutoff::default(),
            boundaries: Boundaries::Today,
            no_empty: false,
        };
        let totals = store.totals(&query).unwrap();
        let layout = Layout { measures: vec![Measure::FineAmount], ..Layout::default() };
        let tables = pivots(&totals, &layout).unwrap();
        let value = |cell: &casebook::report::Cell| match cell {
            casebook::report::Cell::Sum(_, sum) => sum.value,
            casebook::report::Cell::Percent(_) => Decimal::ZERO,
        };
        let table = &tables[0];
        let (corner_row, body) = table.rows.split_last().unwrap();
        let corner = value(corner_row.cells.last().unwrap());
        prop_assert_eq!(corner, totals.total.value(Measure::FineAmount));
        for column in 0..table.columns.len() {
            let sum: Decimal = body.iter().map(|row| value(&row.cells[column])).sum();
            prop_assert_eq!(sum, value(&corner_row.cells[column]));
        }
        for row in &table.rows {
            let (total, months) = row.cells.split_last().unwrap();
            prop_assert_eq!(months.iter().map(value).sum::<Decimal>(), value(total));
        }
        let view = TotalsView {
            bars: false,
            totals: &totals,
            known: None,
            pivots: &tables,
            measures: &[],
            place: &casebook::report::Place::default(),
            reference: store.reference(),
            currency: store.currency(),
        };
        if totals.rows.is_empty() {
            return Ok(());
        }
        for lang in [casebook::lang::Lang::Vi, casebook::lang::Lang::En] {
            let style = Style { words: lang.words(), width: None, color: false, unit: None };
            for format in [Format::Table, Format::Markdown] {
                let text = render(&view, format, &style).unwrap();
                let last = text.lines().rfind(|line| line.contains(lang.words().labels.total) && !line.contains('#')).unwrap();
                let unknown = corner.is_zero() && totals.total.get(Measure::FineAmount).unknown > 0;
                let digits: String = last.rsplit([' ', '|']).find(|cell| !cell.is_empty()).unwrap()
                    .chars().filter(|c| c.is_ascii_digit() || *c == '?').collect();
                prop_assert_eq!(digits, if unknown { "?".to_owned() } else { corner.to_string() }, "{}", text);
            }
            let csv = render(&view, Format::Csv, &style).unwrap();
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let at = reader.headers().unwrap().iter().position(|header| header == "fine_amount").unwrap();
            let sum: Decimal = reader.records().map(|row| row.unwrap()[at].parse::<Decimal>().unwrap()).sum();
            prop_assert_eq!(sum, corner);
            let json: serde_json::Value = serde_json::from_str(&render(&view, Format::Json, &style).unwrap()).unwrap();
            prop_assert_eq!(json["total"]["fine_amount"].to_string(), corner.to_string());
        }
    }

    /// Rows of CSV, which are written without records, say what the records of
    /// JSON Lines say, under the same keys, whatever is asked for how often.
    #[test]
    fn csv_says_what_json_lines_say(
        steps in steps(),
        query in queries(),
        measures in prop::collection::vec(prop::sample::select(Measure::ALL.to_vec()), 0..4),
        top in prop::option::of(1_usize..3),
    ) {
        let mut store = after(&steps);
        let mut totals = store.totals(&query).unwrap();
        if let Some(top) = top {
            totals.keep_top(top, Measure::FineAmount).unwrap();
        }
        let view = TotalsView {
            bars: false,
            totals: &totals,
            known: None,
            pivots: &[],
            measures: &measures,
            place: &casebook::report::Place::default(),
            reference: store.reference(),
            currency: store.currency(),
        };
        let style = Style { words: casebook::lang::Lang::Vi.words(), width: None, color: false, unit: None };
        let csv = render(&view, Format::Csv, &style).unwrap();
        let lines = render(&view, Format::Jsonl, &style).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(rows.len(), lines.lines().count());
        for (row, line) in rows.iter().zip(lines.lines()) {
            let record: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
            prop_assert_eq!(record.keys().cloned().collect::<Vec<_>>(), headers.clone());
            prop_assert_eq!(&record.values().map(|value| csv_cell(value).into_owned()).collect::<Vec<_>>(), row);
        }
    }
}
