//! Doubts, and what the form asks the store for, on every engine.

use casebook::domain::{Alike, Case, Change, Doubt, Entry, Field, Stamp};
use casebook::exchange::read_sample;
use casebook::store::Store;
use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::support::{case_with, in_memory, on_each_engine, stamp};

fn doubts(store: &mut Store, entry: &Entry) -> Vec<Doubt> {
    let recorded = store.record(entry, &stamp()).unwrap();
    store.doubts(&recorded.case).unwrap()
}

/// A case on a day of its own, so that none is near another.
fn on_day(day: u32, fields: &[(&str, &str)]) -> Entry {
    let on = format!("2026-{:02}-{:02}", 1 + day / 4, 1 + day % 4 * 7);
    let mut all = vec![("detected_on", on.as_str())];
    all.extend(fields);
    case_with(&all)
}

#[test]
fn a_fine_beyond_its_cap_is_doubted() {
    on_each_engine(|place| {
        let mut store = place.create();
        let fined = case_with(&[("violation", "shtt"), ("offender_kind", "person"), ("fine_amount", "251tr")]);
        let found = doubts(&mut store, &fined);
        assert!(matches!(found.as_slice(), [Doubt::FineAboveCap { verified: false, .. }]), "{found:?}");
    });
}

#[test]
fn an_amount_far_from_those_of_like_cases_is_doubted() {
    on_each_engine(|place| {
        let mut store = place.create();
        let like = [("violation", "attp"), ("category", "sua")];
        let with = |field, value| [like[0], like[1], (field, value)];
        for (day, fine) in ["20tr", "25tr", "30tr", "22tr"].into_iter().enumerate() {
            let day = u32::try_from(day).unwrap();
            assert_eq!(doubts(&mut store, &on_day(day, &with("fine_amount", fine))), []);
        }
        assert_eq!(doubts(&mut store, &on_day(4, &with("fine_amount", "28tr"))), []);
        // What is void, stands for many or is of another kind is like none.
        let void = store.record(&on_day(5, &with("fine_amount", "900tr")), &stamp()).unwrap();
        store.change(&void.case.id.to_string(), &Change::Void("nhầm".into()), "", &stamp()).unwrap();
        assert_eq!(
            doubts(&mut store, &on_day(6, &[like[0], like[1], ("fine_amount", "9 tỷ"), ("case_count", "28")])),
            []
        );
        assert_eq!(doubts(&mut store, &on_day(7, &[("violation", "thue"), ("fine_amount", "9 tỷ")])), []);
        let found = doubts(&mut store, &on_day(8, &with("fine_amount", "250tr")));
        let [Doubt::FarFromMedian { field, median, cases, .. }] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((*field, i64::try_from(*median).unwrap(), *cases), (Field::FineAmount, 25_000_000, 5));
    });
}

#[test]
fn a_case_that_may_be_there_already_is_doubted_across_a_merger() {
    on_each_engine(|place| {
        let mut store = place.create();
        let cigarettes = |more: &[(&str, &str)]| {
            let mut fields = vec![("goods", "Thuốc lá điếu Jet"), ("detected_on", "2026-02-28")];
            fields.extend(more);
            case_with(&fields)
        };
        let first = store.record(&cigarettes(&[("case_no", "12/BB")]), &stamp()).unwrap().case;
        for (more, alike) in [
            (&[("agency", "Công an xã"), ("detected_on", "2026-03-03"), ("goods", "thuốc lá Jet")][..], true),
            (&[("agency", "Công an xã"), ("detected_on", "2026-03-04")], false),
            (&[("agency", "Công an xã"), ("detected_on", "2026-02-24")], false),
            (&[("province", "An Giang")], false),
            (&[("goods", "bia")], false),
        ] {
            let case = store.record_dry(&cigarettes(more), &stamp()).unwrap().case;
            let found = store.doubts(&case).unwrap();
            let told = matches!(found.as_slice(),
                [Doubt::ProbableDuplicate { id, alike: Alike::Goods, .. }] if *id == first.id);
            assert_eq!((told, found.is_empty()), (alike, !alike), "{more:?} {found:?}");
        }
        assert_eq!(store.doubts(&first).unwrap(), [], "not of itself");
        // Two provinces on the eve of their merger, one since.
        let before = [("province", "Tiền Giang"), ("detected_on", "2025-06-30"), ("seized_value", "45.678.000")];
        let after = [("province", "Đồng Tháp"), ("detected_on", "2025-07-01"), ("seized_value", "45,678tr")];
        store.record(&case_with(&before), &stamp()).unwrap();
        let found = doubts(&mut store, &case_with(&after));
        assert!(matches!(found.as_slice(), [Doubt::ProbableDuplicate { alike: Alike::SeizedValue, .. }]), "{found:?}");
    });
}

#[test]
fn why_a_case_is_right_is_kept_and_is_no_part_of_it() {
    on_each_engine(|place| {
        let mut store = place.create();
        let id = ("id", "019c9f00-0000-7000-8000-000000000001");
        let first = case_with(&[id, ("reason", " hai  hành vi ")]);
        let recorded = store.record(&first, &stamp()).unwrap();
        let again = store.record(&case_with(&[id, ("reason", "khác")]), &stamp()).unwrap();
        assert!(again.already_there, "a reason makes no other case of it");
        let (_, history) = store.find_with_history(&recorded.case.id.to_string()).unwrap();
        assert_eq!(history.iter().map(|entry| entry.reason.as_str()).collect::<Vec<_>>(), ["hai hành vi"]);
        assert_eq!(store.verify().unwrap().finding, None);
        let long = "x".repeat(2_001);
        assert!(store.record(&case_with(&[("reason", &long)]), &stamp()).is_err());
    });
}

#[test]
fn the_last_case_is_the_users_own_else_anyones() {
    on_each_engine(|place| {
        let mut store = place.create();
        assert_eq!(store.last_recorded("an").unwrap(), None);
        let mut at = stamp();
        let mut record = |store: &mut Store, who: &str, fields: &[(&str, &str)]| {
            at = Stamp { at: at.at + TimeDelta::seconds(1), who: who.into(), ..at.clone() };
            store.record(&case_with(fields), &at).unwrap().case
        };
        let mine = record(&mut store, "an", &[("case_no", "1")]);
        let last = record(&mut store, "binh", &[("case_no", "2"), ("province", "Hà Nội")]);
        assert_eq!(store.last_recorded("an").unwrap(), Some(mine));
        assert_eq!(store.last_recorded("chi").unwrap(), Some(last));
    });
}

#[test]
fn hints_are_what_was_named_newest_first_and_once() {
    on_each_engine(|place| {
        let mut store = place.create();
        for (day, goods) in [(0, "bia"), (1, "đường"), (2, "bia")] {
            let fields = [("goods", goods), ("unit", "thùng"), ("commune", "xã A")];
            store.record(&on_day(day, &fields), &stamp()).unwrap();
        }
        let hints = store.hints().unwrap();
        let goods: Vec<_> = hints.goods.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(goods, ["bia", "đường"]);
        assert_eq!((hints.units.len(), hints.communes.len()), (1, 1));
    });
}

/// The sample cases are taken to be right: few of them are doubted, and of
/// their fines with a zero more, many are.
#[test]
fn few_right_cases_and_many_slips_are_doubted() {
    let mut store = in_memory();
    let entries = read_sample(include_str!("../../data/sample.csv")).unwrap();
    let cases: Vec<Case> = entries.iter().map(|entry| store.record(entry, &stamp()).unwrap().case).collect();
    let right = cases.iter().filter(|case| !store.doubts(case).unwrap().is_empty()).count();
    let slips: Vec<Case> = cases.iter().filter(|case| case.case_count.n == 1).filter_map(ten_times).collect();
    let of_fine = |doubts: Vec<Doubt>| doubts.iter().any(|doubt| doubt.field() == Field::FineAmount);
    let told = slips.iter().filter(|case| of_fine(store.doubts(case).unwrap())).count();
    eprintln!("doubted: {right} of {} cases, {told} of {} fines with a zero too many", cases.len(), slips.len());
    assert!(right * 100 <= cases.len() * 4 && told * 100 >= slips.len() * 45);
}

/// The case with ten times its fine.
fn ten_times(case: &Case) -> Option<Case> {
    let mut case = case.clone();
    case.decision.as_mut()?.fine_amount.as_mut()?.value *= Decimal::TEN;
    Some(case)
}
