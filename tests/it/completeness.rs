//! What is missing, late, or there twice: each kind with what is found and
//! what is not, on every engine.

use casebook::domain::{
    Alike, Boundaries, Change, Completeness, CompletenessQuery, Cutoff, Field, Filter, Month, NotHeld, ProvinceId,
    Stamp, TimeLimitTexts, TimeLimits, Values,
};
use casebook::store::Store;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::Value;

use super::support::{
    Place, TODAY, case_with, day, in_memory, on_each_engine, reference, run, stamp, stderr, stdout, vietnam,
};

/// Today, in all that is asked here.
const ON: &str = "2026-03-20";

/// Who records at noon of a day.
fn at(on: &str) -> Stamp {
    let moment: DateTime<Utc> = format!("{on}T12:00:00Z").parse().unwrap();
    Stamp { at: moment, ..stamp() }
}

fn record(store: &mut Store, fields: &[(&str, &str)]) {
    let on = fields.iter().find(|(key, _)| *key == "detected_on").map_or("2026-02-28", |(_, on)| on);
    record_at(store, on, fields);
}

fn record_at(store: &mut Store, on: &str, fields: &[(&str, &str)]) {
    store.record(&case_with(fields), &at(on)).unwrap();
}

fn query(month: Option<&str>) -> CompletenessQuery {
    let of = month.map(|month| Month::read(month).unwrap());
    CompletenessQuery {
        filter: Filter::default(),
        period: of.map(|month| month.period(Cutoff::default())),
        silent_in: of.unwrap_or_else(|| Month::read("2026-02").unwrap()),
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        today: day(ON),
        unpaid_before: TimeLimits::parse(&TimeLimitTexts::default()).unwrap().unpaid_before(day(ON)),
        stale: 30,
    }
}

fn of_month(store: &mut Store, month: &str) -> Completeness {
    store.completeness(&query(Some(month))).unwrap()
}

fn of_all(store: &mut Store) -> Completeness {
    store.completeness(&query(None)).unwrap()
}

#[test]
fn agencies_that_reported_before_and_are_silent_are_told() {
    on_each_engine(|place| {
        let mut store = place.create();
        let mut found = |agency: &str, days: &[&str]| {
            for on in days {
                record(&mut store, &[("agency", agency), ("detected_on", on), ("case_no", &format!("{on}/{agency}"))]);
            }
        };
        found("Đội 1", &["2025-02-01", "2025-12-05", "2026-01-04", "2026-01-09"]);
        found("Đội 2", &["2026-01-04", "2026-02-28"]);
        found("Đội 3", &["2025-01-31"]);
        found("Đội 4", &["2026-03-01"]);
        found("Đội 5", &["2026-01-20"]);
        store.change("2026-01-20/Đội 5", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        let silent = of_month(&mut store, "2026-02").silent_agencies;
        let told: Vec<_> =
            silent.named.iter().map(|one| (one.agency.as_str(), one.province.as_str(), one.months)).collect();
        // One that reported a year ago last, and one that is new, are not silent.
        assert_eq!((silent.count, told), (1, vec![("Đội 1", "Đồng Tháp", 3)]));
        assert_eq!(silent.named[0].last.as_ref().unwrap().case_no.as_deref(), Some("2026-01-09/Đội 1"));
        assert_eq!(of_month(&mut store, "2026-03").silent_agencies.count, 2);
        assert_eq!(of_month(&mut store, "2026-04").silent_agencies.count, 0, "it has not begun");
        let mut elsewhere = query(Some("2026-02"));
        elsewhere.filter.provinces = Some(vec![ProvinceId(1)]);
        assert_eq!(store.completeness(&elsewhere).unwrap().silent_agencies.count, 0);
    });
}

/// Gaps as "first-last between one and other".
fn gaps(found: &Completeness) -> Vec<String> {
    let name = |case: &casebook::domain::CaseName| case.case_no.clone().unwrap();
    let told = found.number_gaps.named.iter();
    let mut told: Vec<String> = told
        .map(|gap| format!("{}-{} between {} and {}", gap.first, gap.last, name(&gap.before), name(&gap.after)))
        .collect();
    told.sort();
    told
}

#[test]
fn gaps_in_case_numbers_are_told_by_agency_series_and_year() {
    on_each_engine(|place| {
        let mut store = place.create();
        let numbered = |store: &mut Store, agency: &str, on: &str, numbers: &[&str]| {
            for number in numbers {
                record(store, &[("agency", agency), ("detected_on", on), ("case_no", number)]);
            }
        };
        numbered(&mut store, "Đội 1", "2026-02-10", &["12/BB-QLTT", "13/BB-QLTT", "17/BB-QLTT", "18/bb-qltt"]);
        // Of these one was found in another month, and one is void.
        numbered(&mut store, "Đội 1", "2026-01-30", &["15/BB-QLTT", "14/BB-QLTT"]);
        store.change("15/BB-QLTT", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        // Another agency's number fills no gap, nor does another year's, and
        // two numbers are no series.
        numbered(&mut store, "Đội 2", "2026-02-11", &["16/BB-QLTT", "1/BB-QLTT"]);
        numbered(&mut store, "Đội 1", "2025-02-10", &["16/BB-QLTT"]);
        // A year in the text makes one series of all years.
        numbered(
            &mut store,
            "Đội 3",
            "2026-02-11",
            &["1/2025/BB", "2/2025/BB", "0004/2026/QĐ", "0005/2026/QĐ", "0007/2026/QĐ"],
        );
        numbered(&mut store, "Đội 3", "2025-12-31", &["0006/2026/QĐ", "5/2025/BB"]);
        let month = of_month(&mut store, "2026-02");
        assert_eq!(gaps(&month), ["16-16 between 13/BB-QLTT and 17/BB-QLTT"]);
        assert_eq!((month.number_gaps.count, month.missing_numbers), (1, 1));
        let all = of_all(&mut store);
        assert_eq!(gaps(&all), ["16-16 between 15/BB-QLTT and 17/BB-QLTT", "3-4 between 2/2025/BB and 5/2025/BB"]);
        assert_eq!((all.number_gaps.count, all.missing_numbers), (2, 3));
        // What a filter leaves out is not missing.
        let mut filtered = query(None);
        filtered.filter.goods = Some("rượu".into());
        assert_eq!(store.completeness(&filtered).unwrap().missing_numbers, 0);
    });
}

#[test]
fn seizures_without_a_value_are_told_when_they_are_stale() {
    on_each_engine(|place| {
        let mut store = place.create();
        record(&mut store, &[("case_no", "1/BB"), ("detected_on", "2026-02-17")]);
        record(&mut store, &[("case_no", "2/BB"), ("detected_on", "2026-02-18")]);
        record(&mut store, &[("case_no", "3/BB"), ("detected_on", "2026-02-01"), ("seized_value", "none")]);
        record(&mut store, &[("case_no", "4/BB"), ("detected_on", "2026-02-01")]);
        store.change("4/BB", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        let found = of_month(&mut store, "2026-02").without_value;
        let told: Vec<_> = found.named.iter().map(|case| case.case_no.as_deref().unwrap()).collect();
        assert_eq!((found.count, told), (1, vec!["1/BB"]), "after 30 days, not on the 30th");
        let longer = CompletenessQuery { stale: 31, ..query(Some("2026-02")) };
        assert_eq!(store.completeness(&longer).unwrap().without_value.count, 0);
        assert_eq!(of_month(&mut store, "2026-01").without_value.count, 0);
    });
}

#[test]
fn decisions_are_told_whose_fine_should_have_been_paid() {
    on_each_engine(|place| {
        let mut store = place.create();
        let mut fined = |number: &str, decided: &str, fine: &str, paid: &str| {
            let mut fields = vec![
                ("case_no", number),
                ("detected_on", "2026-01-05"),
                ("decided_on", decided),
                ("fine_amount", fine),
            ];
            if !paid.is_empty() {
                fields.extend([("paid_amount", paid), ("paid_on", "2026-03-10")]);
            }
            record(&mut store, &fields);
        };
        fined("1/BB", "2026-03-09", "5tr", "");
        fined("2/BB", "2026-03-10", "5tr", "");
        fined("3/BB", "2026-03-01", "5tr", "5tr");
        fined("4/BB", "2026-03-02", "5tr", "4tr");
        fined("5/BB", "2026-03-02", "", "");
        fined("6/BB", "2026-02-02", "7tr", "");
        let told = |found: Completeness| {
            let cases = found.unpaid.named.iter().map(|one| one.case.case_no.clone().unwrap());
            (found.unpaid.count, cases.collect::<Vec<_>>().join(" "))
        };
        assert_eq!(
            told(of_month(&mut store, "2026-03")),
            (2, "4/BB 1/BB".to_owned()),
            "after 10 days, not on the 10th"
        );
        assert_eq!(told(of_all(&mut store)), (3, "6/BB 4/BB 1/BB".to_owned()));
        store.change("1/BB", &Change::Close(Values::new()), "", &stamp()).unwrap();
        assert_eq!(told(of_month(&mut store, "2026-03")), (1, "4/BB".to_owned()), "a closed file is at its end");
    });
}

/// A file of one case of 1 February, imported on the day of the tests.
fn import(place: &Place) {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("x.csv");
    std::fs::write(&file, "case_no,province,agency,detected_on,goods\n9/BB,Huế,Đội 9,2026-02-01,rượu\n").unwrap();
    let output = run(&place.address, &["import", &file.display().to_string()]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn late_entries_are_told_by_the_journal() {
    on_each_engine(|place| {
        let mut store = place.create();
        record_at(&mut store, "2026-02-02", &[("case_no", "3/BB"), ("detected_on", "2026-02-01")]);
        let on = [("case_no", "1/BB"), ("detected_on", "2026-02-01")];
        record_at(&mut store, "2026-03-03", &on);
        record_at(&mut store, "2026-03-04", &[("case_no", "2/BB"), ("detected_on", "2026-02-01")]);
        // A change long after makes no late entry.
        let amend = Change::Amend(vec![(Field::Note, None, "x".into())]);
        store.change("3/BB", &amend, "thử", &at("2026-10-01")).unwrap();
        let told = |found: Completeness| {
            let cases = found.late.named.iter().map(|one| format!("{} {}", one.case.case_no.clone().unwrap(), one.on));
            (found.late.count, cases.collect::<Vec<_>>())
        };
        assert_eq!(
            told(of_month(&mut store, "2026-02")),
            (1, vec!["2/BB 2026-03-04".to_owned()]),
            "30 days are allowed"
        );
        let sooner = CompletenessQuery { stale: 29, ..query(None) };
        assert_eq!(told(store.completeness(&sooner).unwrap()).0, 2);
        // An import is as late as it was made, which is now.
        import(place);
        let late = store.completeness(&query(None)).unwrap().late;
        assert_eq!((late.count, late.named[0].case.case_no.as_deref()), (2, Some("9/BB")), "the latest comes first");
    });
}

#[test]
fn probable_duplicates_are_told_in_groups() {
    on_each_engine(|place| {
        let mut store = place.create();
        let mut found = |number: &str, agency: &str, fields: &[(&str, &str)]| {
            let mut all = vec![("case_no", number), ("agency", agency)];
            all.extend(fields);
            record(&mut store, &all);
        };
        // The same seizure, by a team and by the police who were with it.
        found("1/BB", "Đội 1", &[("goods", "thuốc lá Jet"), ("seized_value", "12.345.000")]);
        found("77", "Công an", &[("goods", "thuốc lá điếu nhập lậu"), ("seized_value", "12.345.000")]);
        // Round values of other goods say nothing, other amounts tell apart.
        found("2/BB", "Đội 1", &[("goods", "đường"), ("seized_value", "5 triệu")]);
        found("78", "Công an", &[("goods", "rượu"), ("seized_value", "5 triệu")]);
        found("79", "Công an", &[("goods", "đường"), ("seized_value", "6 triệu")]);
        // Two cases of one team have two numbers.
        found("3/BB", "Đội 1", &[("goods", "mỹ phẩm"), ("fine_amount", "1.234.000")]);
        found("4/BB", "Đội 1", &[("goods", "mỹ phẩm"), ("fine_amount", "1.234.000")]);
        // The same fine without a number, and on another day, in another
        // province.
        found("", "Đội 2", &[("goods", "nến"), ("fine_amount", "2.222.000")]);
        found("", "Đội 2", &[("goods", "đèn"), ("fine_amount", "2.222.000")]);
        found("5/BB", "Đội 1", &[("goods", "gạo"), ("detected_on", "2026-02-20")]);
        found("80", "Công an", &[("goods", "gạo"), ("detected_on", "2026-02-21")]);
        found("81", "Công an", &[("goods", "gạo"), ("detected_on", "2026-02-20"), ("province", "Huế")]);
        let twins = of_month(&mut store, "2026-02").twins;
        let told = twins.named.iter().map(|twins| {
            let cases = twins.cases.named.iter().map(|case| case.case_no.clone().unwrap_or("-".into()));
            (twins.alike, cases.collect::<Vec<_>>().join(" "))
        });
        let mut told: Vec<_> = told.collect();
        told.sort_by(|one, two| one.1.cmp(&two.1));
        assert_eq!(told, [(Alike::FineAmount, "- -".to_owned()), (Alike::SeizedValue, "1/BB 77".to_owned())]);
        assert_eq!(twins.count, 2);
        assert_eq!(of_month(&mut store, "2026-01").twins.count, 0);
        // Struck out, it is there once.
        store.change("77", &Change::Void("trùng".into()), "trùng", &stamp()).unwrap();
        assert_eq!(of_all(&mut store).twins.count, 1);
    });
}

/// The lots of a void case, which come after those of another in the walk, are
/// not taken for that one's.
#[test]
fn the_lots_of_a_void_case_are_no_others() {
    on_each_engine(|place| {
        let mut store = place.create();
        record(&mut store, &[("case_no", "1/BB"), ("agency", "Đội 1"), ("goods", "thuốc lá")]);
        let mut void = case_with(&[("case_no", "2/BB"), ("agency", "Đội 2"), ("goods", "rượu")]);
        void.set(Field::Goods, Some(2), "đường kính".to_owned()).unwrap();
        void.set(Field::Goods, Some(3), "phân bón".to_owned()).unwrap();
        store.record(&void, &at("2026-02-28")).unwrap();
        record(&mut store, &[("case_no", "77"), ("agency", "Công an"), ("goods", "phân bón")]);
        assert_eq!(of_month(&mut store, "2026-02").twins.count, 1, "the second and the third");
        store.change("2/BB", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        assert_eq!(of_month(&mut store, "2026-02").twins.count, 0);
    });
}

#[test]
fn all_are_counted_and_the_first_are_named() {
    on_each_engine(|place| {
        let mut store = place.create();
        for number in 0..14 {
            let number = format!("{}/BB", number * 2 + 1);
            record(&mut store, &[("case_no", &number), ("detected_on", "2026-02-10")]);
        }
        let found = of_month(&mut store, "2026-02");
        assert_eq!(
            (found.without_value.count, found.without_value.named.len(), found.without_value.more()),
            (14, 10, 4)
        );
        assert_eq!((found.number_gaps.count, found.number_gaps.named.len(), found.missing_numbers), (13, 10, 13));
    });
}

#[test]
fn the_doctor_tells_how_a_casebook_is_kept() {
    on_each_engine(|place| {
        let mut store = place.create();
        let engine = if place.is_postgres() { "postgresql" } else { "sqlite" };
        record(
            &mut store,
            &[("quantity", "99"), ("disposed_how", "sold"), ("disposed_on", "2026-03-01"), ("disposed_quantity", "30")],
        );
        let (health, _) = store.health(&vietnam().reference, &query(None)).unwrap();
        assert_eq!((health.kept.engine, health.cases, health.entries, health.chains), (engine, 1, 3, 2));
        assert!(health.kept.bytes > 100_000 && health.kept.writable && health.reference_is_programs);
        assert_eq!(health.contradictions.count, 0);
        place.tamper("update cases set goods_quantity = 24000000 where goods_quantity = 99000000");
        let mut other = reference();
        other.categories.pop();
        let (health, _) = store.health(&other, &query(None)).unwrap();
        assert!(!health.reference_is_programs);
        let found = &health.contradictions.named[0];
        assert!(matches!(&found.why, NotHeld::TooMuch { lot: 1, held, .. } if held.value.to_string() == "24"));
        let json = run(&place.address, &["doctor", "--format", "json"]);
        assert!(json.status.success(), "findings are no failure: {}", stderr(&json));
        let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
        assert_eq!(json["contradictions"]["named"][0]["reason"], "more_than_held");
        let kinds: Vec<&Value> = json["findings"].as_array().unwrap().iter().map(|one| &one["finding"]).collect();
        assert_eq!(kinds, ["contradictions", "silent_agencies", "seizures_without_value"]);
    });
}

/// A casebook that can't be written is told, with what to do about it.
#[cfg(unix)]
#[test]
fn a_casebook_on_a_read_only_disk_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let place = super::support::sqlite();
    drop(place.create());
    let path = std::path::Path::new(&place.address);
    let folder = path.parent().unwrap();
    let rights =
        |path: &std::path::Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    rights(path, 0o444);
    rights(folder, 0o555);
    // The superuser may write anywhere.
    let is_root = std::fs::File::create(folder.join("x")).is_ok();
    let output = run(&place.address, &["doctor", "--format", "json"]);
    rights(folder, 0o755);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((json["writable"] == is_root, json["folder_writable"] == is_root), (true, true), "{json}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is found month by month is what is found in all, whatever happened.
    #[test]
    fn the_months_add_up_to_all(steps in super::laws::steps()) {
        let mut store = in_memory();
        let mut ids = Vec::new();
        for step in &steps {
            super::laws::take(&mut store, step, &mut ids);
        }
        let mut counts = |query: &CompletenessQuery| {
            let found = store.completeness(&CompletenessQuery { today: day(TODAY), ..query.clone() }).unwrap();
            [found.without_value.count, found.unpaid.count, found.late.count, found.twins.count]
        };
        let all = counts(&query(None));
        let mut sum = [0; 4];
        for year in 2024..=2026 {
            for month in 1..=12 {
                let month = Month::new(year, month).unwrap().to_string();
                sum.iter_mut().zip(counts(&query(Some(&month)))).for_each(|(sum, n)| *sum += n);
            }
        }
        prop_assert_eq!(sum, all);
    }
}
