//! What a store must do, tried on every engine.

use casebook::domain::{
    Boundaries, By, Change, Cutoff, Dating, Entry, Field, Filter, Measure, Month, Period, Refusal, Status, Totals,
    TotalsQuery, Values,
};
use casebook::store::{Error, Finding, ListQuery, SortKey, Store};
use rust_decimal::Decimal;

use super::support::{Place, case_with, day, list_query, on_each_engine, stamp};

fn query(by: &[By]) -> TotalsQuery {
    TotalsQuery {
        by: by.to_vec(),
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        no_empty: true,
    }
}

fn verified(store: &mut Store) {
    assert_eq!(store.verify().unwrap().finding, None);
}

fn values(fields: &[(Field, &str)]) -> Values {
    fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// The figures of a month: cases, fines, paid.
fn figures(totals: &Totals, month: &str) -> [i64; 3] {
    let month = Month::read(month).unwrap();
    let row = totals.rows.iter().find(|row| row.keys == [casebook::domain::Key::Time(month)]);
    let value = |measure| row.map_or(0, |row| i64::try_from(row.figures.value(measure)).unwrap());
    [Measure::Cases, Measure::FineAmount, Measure::PaidAmount].map(value)
}

#[test]
fn what_is_recorded_comes_back() {
    on_each_engine(|place| {
        let mut store = place.create();
        let mut entry = case_with(&[
            ("case_no", "12/BB-QLTT"),
            ("commune", "phường Mỹ Tho"),
            ("partners", "Công an; Hải quan"),
            ("detected_from", "1/1/2026"),
            ("violation", "hàng giả"),
            ("legal_basis", "Điều 9 NĐ 98/2020"),
            ("category", "thuoc_la"),
            ("quantity", "gần 6,25"),
            ("unit", "tấn"),
            ("goods_value", "khoảng 1,2 tỷ"),
            ("brand", "555"),
            ("origin", "Anh"),
            ("seized_value", "hơn 230 triệu"),
            ("decision_no", "35/QĐ-XPHC"),
            ("decided_on", "2026-03-02"),
            ("fine_amount", "dưới 450 triệu"),
            ("illegal_profit", "5 triệu"),
            ("remedies", "buộc tiêu hủy"),
            ("paid_amount", "100 triệu"),
            ("paid_on", "2026-03-05"),
            ("disposed_on", "2026-04-01"),
            ("disposed_how", "tiêu hủy"),
            ("lot", "1"),
            ("disposed_quantity", "6"),
            ("disposed_value", "230 triệu"),
            ("minutes", "7/BB"),
            ("transferred_on", "2026-04-02"),
            ("transferred_to", "PC03"),
            ("persons", "3"),
            ("closed_on", "2026-05-01"),
            ("offender", "Hộ A.B."),
            ("offender_kind", "hộ kinh doanh"),
            ("offender_id", "0123"),
            ("offender_address", "ấp 1"),
            ("case_count", "28"),
            ("case_count_bound", "at_least"),
            ("source", "báo"),
            ("note", "ghi chú \"có\" dấu; phẩy, 'nháy'"),
        ]);
        entry.set(Field::Goods, Some(2), "xì gà".into()).unwrap();
        let recorded = store.record(&entry, &stamp()).unwrap();
        assert_eq!(recorded.case.status(), Status::Closed);
        drop(store);
        let mut store = place.open();
        for name in [&recorded.case.id.to_string(), "12/bb-qltt", &recorded.case.id.to_string()[..30]] {
            assert_eq!(store.find(name).unwrap(), recorded.case, "{name}");
        }
        // An entry made of the case reads as the same case.
        let again = Entry::of(&recorded.case, store.reference());
        assert!(store.record(&again, &stamp()).unwrap().already_there);
        verified(&mut store);
    });
}

#[test]
fn a_repeated_request_is_recognised_and_another_content_refused() {
    on_each_engine(|place| {
        let mut store = place.create();
        let first = case_with(&[("id", "019c9f00-0000-7000-8000-000000000001")]);
        assert!(!store.record(&first, &stamp()).unwrap().already_there);
        assert!(store.record(&first, &stamp()).unwrap().already_there);
        let other = case_with(&[("id", "019c9f00-0000-7000-8000-000000000001"), ("note", "khác")]);
        assert!(matches!(store.record(&other, &stamp()), Err(Error::OtherContent(_))));
        assert_eq!(store.list(&list_query(Filter::default())).unwrap().matching, 1);
    });
}

#[test]
fn a_number_is_given_once_by_an_agency() {
    on_each_engine(|place| {
        let mut store = place.create();
        let first = store.record(&case_with(&[("case_no", "12/BB")]), &stamp()).unwrap();
        let again = store.record(&case_with(&[("case_no", "12/bb")]), &stamp());
        assert!(matches!(again, Err(Error::Duplicate { id, .. }) if id == first.case.id));
        // Another agency may have the same number; then the number is in doubt.
        store.record(&case_with(&[("case_no", "12/BB"), ("agency", "Đội QLTT số 11")]), &stamp()).unwrap();
        assert!(matches!(store.find("12/BB"), Err(Error::ManyCases { candidates, .. }) if candidates.len() == 2));
        // A void case gives its number free.
        store.change(&first.case.id.to_string(), &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        store.record(&case_with(&[("case_no", "12/BB")]), &stamp()).unwrap();
        verified(&mut store);
    });
}

#[test]
fn a_number_means_the_case_that_is_not_void() {
    on_each_engine(|place| {
        let mut store = place.create();
        let entry = case_with(&[("case_no", "7/BB")]);
        store.record(&entry, &stamp()).unwrap();
        store.change("7/BB", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
        assert_eq!(store.find("7/bb").unwrap().status(), Status::Void);
        let live = store.record(&entry, &stamp()).unwrap().case;
        assert_eq!(store.find("7/bb").unwrap(), live);
    });
}

#[test]
fn another_agency_brings_its_own_force() {
    on_each_engine(|place| {
        let mut store = place.create();
        let id = store.record(&case_with(&[]), &stamp()).unwrap().case.id.to_string();
        let amend = |fields: &[(Field, &str)]| {
            Change::Amend(fields.iter().map(|(field, value)| (*field, None, (*value).to_owned())).collect())
        };
        let case = store.change(&id, &amend(&[(Field::Agency, "Công an tỉnh")]), "sai", &stamp()).unwrap().case;
        assert_eq!(case.force.as_deref(), Some("police"));
        // The same agency, written otherwise, changes nothing.
        let same = store.change(&id, &amend(&[(Field::Agency, "cong an tinh Đồng Tháp")]), "sai", &stamp());
        assert!(matches!(same, Err(Error::Refused(Refusal::Unchanged))));
        let both = amend(&[(Field::Agency, "Đội liên ngành"), (Field::Force, "thuế")]);
        let case = store.change(&id, &both, "sai", &stamp()).unwrap().case;
        assert_eq!(case.force.as_deref(), Some("tax"));
        verified(&mut store);
    });
}

#[test]
fn half_a_payment_and_a_lot_in_use_are_refused() {
    on_each_engine(|place| {
        let mut store = place.create();
        let mut entry = case_with(&[("fine_amount", "5tr"), ("paid_amount", "1tr"), ("paid_on", "2026-03-01")]);
        entry.set(Field::Goods, Some(2), "xì gà".into()).unwrap();
        entry.set(Field::Goods, Some(3), "bật lửa".into()).unwrap();
        let id = store.record(&entry, &stamp()).unwrap().case.id.to_string();
        let dispose = values(&[(Field::DisposedHow, "sold"), (Field::Lot, "2"), (Field::DisposedOn, "")]);
        store.change(&id, &Change::Dispose(dispose), "", &stamp()).unwrap();
        for (field, line) in [(Field::PaidOn, 1), (Field::PaidAmount, 1), (Field::Goods, 1)] {
            let amend = Change::Amend(vec![(field, Some(line), String::new())]);
            let refused = store.change(&id, &amend, "thử", &stamp());
            assert!(matches!(refused, Err(Error::Invalid(_))), "{field}");
        }
        let last = Change::Amend(vec![(Field::Goods, Some(3), String::new())]);
        let case = store.change(&id, &last, "thừa", &stamp()).unwrap().case;
        assert_eq!((case.payments.len(), case.goods.len()), (1, 2), "a lot after those in use may go");
    });
}

#[test]
fn agencies_are_not_doubled() {
    on_each_engine(|place| {
        let mut store = place.create();
        let first = store.record(&case_with(&[]), &stamp()).unwrap();
        assert!(first.new_agency.is_some());
        assert_eq!(first.case.force.as_deref(), Some("market_surveillance"));
        for name in ["doi qltt so 10", "Đội Quản lý thị trường số 10", "Đội QLTT số 010 tỉnh Đồng Tháp"]
        {
            let next = store.record(&case_with(&[("agency", name)]), &stamp()).unwrap();
            assert_eq!((next.new_agency, next.case.agency.as_str()), (None, "Đội QLTT số 10"), "{name}");
        }
        // Before the merger the province of that name had a unit of that name.
        let before = case_with(&[("detected_on", "2024-05-01")]);
        assert_eq!(store.record(&before, &stamp()).unwrap().new_agency, None);
        let tien_giang = case_with(&[("detected_on", "2024-05-01"), ("province", "Tiền Giang")]);
        assert!(store.record(&tien_giang, &stamp()).unwrap().new_agency.is_some());
        let slip = store.record(&case_with(&[("agency", "Đội QLLT số 10")]), &stamp()).unwrap();
        assert_eq!(slip.new_agency.unwrap().similar, ["Đội QLTT số 10"]);
        assert_eq!(store.agencies().unwrap().iter().map(|agency| agency.cases).collect::<Vec<_>>(), [5, 1, 1]);
    });
}

#[test]
fn each_figure_counts_when_it_happened() {
    on_each_engine(|place| {
        let mut store = place.create();
        let entry = case_with(&[
            ("detected_on", "2026-01-20"),
            ("seized_value", "5 triệu"),
            ("decided_on", "2026-02-10"),
            ("fine_amount", "25 triệu"),
            ("paid_on", "2026-03-05"),
            ("paid_amount", "20 triệu"),
        ]);
        store.record(&entry, &stamp()).unwrap();
        let happened = store.totals(&query(&[By::Month])).unwrap();
        assert_eq!(figures(&happened, "2026-01"), [1, 0, 0]);
        assert_eq!(figures(&happened, "2026-02"), [0, 25_000_000, 0]);
        assert_eq!(figures(&happened, "2026-03"), [0, 0, 20_000_000]);
        let detected = store.totals(&TotalsQuery { dating: Dating::Detected, ..query(&[By::Month]) }).unwrap();
        assert_eq!(detected.rows.len(), 1);
        assert_eq!(figures(&detected, "2026-01"), [1, 25_000_000, 20_000_000]);
        let cutoff = Cutoff::new(14).unwrap();
        let official = store.totals(&TotalsQuery { cutoff, ..query(&[By::Month]) }).unwrap();
        assert_eq!(figures(&official, "2026-02"), [1, 25_000_000, 0], "15 to 31 January count in February");
        assert_eq!(figures(&official, "2026-03"), [0, 0, 20_000_000]);
    });
}

#[test]
fn a_case_counts_under_todays_province_or_as_recorded() {
    on_each_engine(|place| {
        let mut store = place.create();
        let entry = case_with(&[("province", "Tiền Giang"), ("detected_on", "2024-06-01")]);
        let case = store.record(&entry, &stamp()).unwrap().case;
        assert_eq!(case.province.code, "82");
        let place_of = |totals: &Totals| {
            let reference = super::support::reference();
            match totals.rows[0].keys.as_slice() {
                [casebook::domain::Key::Region(region), casebook::domain::Key::Province(province)] => (
                    reference.region(*region).unwrap().code.clone(),
                    reference.province(*province).unwrap().name.clone(),
                ),
                keys => panic!("{keys:?}"),
            }
        };
        let by = [By::Region, By::Province];
        let today = store.totals(&query(&by)).unwrap();
        assert_eq!(place_of(&today), ("DBSCL".into(), "Đồng Tháp".into()));
        let recorded = store.totals(&TotalsQuery { boundaries: Boundaries::Recorded, ..query(&by) }).unwrap();
        assert_eq!(place_of(&recorded), ("DBSCL".into(), "Tiền Giang".into()));
    });
}

#[test]
fn a_case_lives_through_its_events() {
    on_each_engine(|place| {
        let mut store = place.create();
        let id = store.record(&case_with(&[("detected_on", "2026-01-05")]), &stamp()).unwrap().case.id.to_string();
        let mut change = |change: Change| store.change(&id, &change, "lý do", &stamp());
        let pay = |amount: &str, on: &str| Change::Pay(values(&[(Field::PaidAmount, amount), (Field::PaidOn, on)]));
        let too_early = change(pay("5tr", "2026-02-01")).unwrap_err();
        assert!(matches!(too_early, Error::Invalid(_)), "there is no decision yet: {too_early}");
        let decide = Change::Decide(values(&[(Field::DecidedOn, "2026-01-10"), (Field::FineAmount, "20tr")]));
        assert_eq!(change(decide.clone()).unwrap().case.status(), Status::Decided);
        assert!(matches!(change(decide), Err(Error::Refused(Refusal::Decided(_)))));
        assert_eq!(change(pay("5tr", "2026-02-01")).unwrap().case.status(), Status::PartPaid);
        assert_eq!(change(pay("15tr", "2026-02-02")).unwrap().case.status(), Status::Paid);
        let dispose =
            values(&[(Field::DisposedHow, "destroyed"), (Field::DisposedOn, "2026-03-01"), (Field::Lot, "1")]);
        assert_eq!(change(Change::Dispose(dispose)).unwrap().case.disposals.len(), 1);
        let nothing = values(&[(Field::DisposedHow, "destroyed"), (Field::Lot, "2")]);
        assert!(matches!(change(Change::Dispose(nothing)), Err(Error::Invalid(_))), "there is no second lot");
        let transfer = Change::Transfer(values(&[(Field::TransferredTo, "PC03"), (Field::Persons, "2")]));
        assert_eq!(change(transfer).unwrap().case.status(), Status::Transferred);
        assert_eq!(change(Change::Close(Values::new())).unwrap().case.closed_on, Some(stamp().today));
        let amend = Change::Amend(vec![
            (Field::FineAmount, None, "hơn 30tr".into()),
            (Field::PaidAmount, Some(2), String::new()),
            (Field::PaidOn, Some(2), String::new()),
            (Field::Goods, Some(2), "bia".into()),
        ]);
        let amended = change(amend).unwrap().case;
        assert_eq!((amended.payments.len(), amended.goods.len(), amended.revision), (1, 2, 8));
        assert_eq!(change(Change::Void("nhập trùng".into())).unwrap().case.status(), Status::Void);
        assert!(matches!(change(Change::Close(Values::new())), Err(Error::Refused(Refusal::Void))));
        let history = store.history(id.parse().unwrap()).unwrap();
        let actions: Vec<_> = history.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(
            actions,
            ["record", "decide", "pay", "pay", "dispose", "transfer", "close", "amend", "void"],
            "what was refused left nothing"
        );
        assert!(store.totals(&query(&[By::Month])).unwrap().rows.is_empty(), "a void case leaves every total");
        verified(&mut store);
    });
}

#[test]
fn an_amended_province_moves_the_case() {
    on_each_engine(|place| {
        let mut store = place.create();
        let id = store.record(&case_with(&[]), &stamp()).unwrap().case.id.to_string();
        let amend = Change::Amend(vec![(Field::Province, None, "Hà Nội".into())]);
        store.change(&id, &amend, "sai tỉnh", &stamp()).unwrap();
        store.change(&id, &Change::Amend(vec![(Field::Note, None, "x".into())]), "thêm", &stamp()).unwrap();
        let totals = store.totals(&query(&[By::Province])).unwrap();
        assert_eq!(totals.rows.len(), 1);
        verified(&mut store);
        assert_eq!(store.find(&id).unwrap().province.code, "01");
    });
}

#[test]
fn a_dry_run_stores_nothing() {
    on_each_engine(|place| {
        let mut store = place.create();
        assert!(store.record_dry(&case_with(&[]), &stamp()).unwrap().new_agency.is_some());
        assert_eq!(store.list(&list_query(Filter::default())).unwrap().matching, 0);
        assert!(store.agencies().unwrap().is_empty());
        let id = store.record(&case_with(&[]), &stamp()).unwrap().case.id.to_string();
        store.change_dry(&id, &Change::Void("thử".into()), "thử", &stamp()).unwrap();
        assert_eq!(store.find(&id).unwrap().status(), Status::Open);
        verified(&mut store);
    });
}

#[test]
fn filters_lists_and_totals_agree() {
    on_each_engine(|place| {
        let mut store = place.create();
        let entries = [
            case_with(&[("violation", "hang_gia"), ("category", "thuoc_la"), ("fine_amount", "20tr")]),
            case_with(&[("violation", "hang_lau"), ("goods", "Đường cát nhập lậu"), ("seized_value", "none")]),
            case_with(&[("agency", "Công an phường"), ("detected_on", "2026-03-01"), ("offender", "Trần Văn Đ.")]),
        ];
        for entry in &entries {
            store.record(entry, &stamp()).unwrap();
        }
        let reference = super::support::reference();
        let force = reference.find_force("công an").unwrap().id;
        let counterfeit = reference.find_violation("hàng giả").unwrap().id;
        let filters = [
            (Filter::default(), 3),
            (Filter { forces: vec![force], ..Filter::default() }, 1),
            (Filter { violations: Some(vec![counterfeit]), ..Filter::default() }, 1),
            (Filter { violations: Some(Vec::new()), ..Filter::default() }, 0),
            (Filter { goods: Some("duong nhap".into()), ..Filter::default() }, 1),
            (Filter { goods: Some("nhập đường".into()), ..Filter::default() }, 0),
            (Filter { offender: Some("tran".into()), ..Filter::default() }, 1),
            (Filter { min_fine: Some(Decimal::from(20_000_000)), ..Filter::default() }, 1),
            (Filter { min_fine: Some(Decimal::from(20_000_001)), ..Filter::default() }, 0),
            (Filter { max_seized: Some(Decimal::ZERO), ..Filter::default() }, 1),
            (Filter { statuses: vec![Status::Open], ..Filter::default() }, 2),
            (Filter { statuses: vec![Status::Void], ..Filter::default() }, 0),
            (Filter { agencies: vec!["cong an phuong".into()], ..Filter::default() }, 1),
        ];
        for (filter, expected) in filters {
            let listed = store.list(&list_query(filter.clone())).unwrap();
            assert_eq!(
                (listed.matching, listed.cases.len()),
                (expected, usize::try_from(expected).unwrap()),
                "{filter:?}"
            );
            let totals = store.totals(&TotalsQuery { filter: filter.clone(), ..query(&[By::Force]) }).unwrap();
            assert_eq!(totals.total.value(Measure::Cases), Decimal::from(expected), "{filter:?}");
        }
        let period = Some(Period::of_days(day("2026-03-01"), day("2026-03-31")));
        assert_eq!(store.list(&ListQuery { period, ..list_query(Filter::default()) }).unwrap().matching, 1);
        let unknown = Filter { agencies: vec!["Đội 99".into()], ..Filter::default() };
        assert!(matches!(store.list(&list_query(unknown)), Err(Error::Filter(_))));
    });
}

#[test]
fn lists_are_in_order_and_in_parts() {
    on_each_engine(|place| {
        let mut store = place.create();
        for (date, fine) in [("2026-02-03", "5tr"), ("2026-02-01", ""), ("2026-02-02", "9tr")] {
            store.record(&case_with(&[("detected_on", date), ("fine_amount", fine)]), &stamp()).unwrap();
        }
        let mut dates = |sort, ascending, limit, offset| -> Vec<u32> {
            let query = ListQuery { sort, ascending, limit, offset, ..list_query(Filter::default()) };
            let cases = store.list(&query).unwrap().cases;
            cases.iter().map(|case| chrono::Datelike::day(&case.detected_on)).collect()
        };
        assert_eq!(dates(SortKey::DetectedOn, false, None, 0), [3, 2, 1]);
        assert_eq!(dates(SortKey::DetectedOn, true, Some(2), 1), [2, 3]);
        assert_eq!(dates(SortKey::FineAmount, false, None, 0), [2, 3, 1], "unknown comes last");
        assert_eq!(dates(SortKey::FineAmount, true, None, 0), [3, 2, 1], "unknown comes last");
        assert_eq!(dates(SortKey::SeizedValue, false, None, 0).len(), 3);
        assert_eq!(dates(SortKey::DecidedOn, false, None, 0), [3, 2, 1]);
    });
}

#[test]
fn totals_refuse_to_overflow() {
    on_each_engine(|place| {
        let mut store = place.create();
        let huge = case_with(&[("seized_value", "100000000000000000")]);
        let mut refused = false;
        for _ in 0..60 {
            match store.record(&huge, &stamp()) {
                Ok(_) => {}
                Err(Error::Overflow(_)) => {
                    refused = true;
                    break;
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert!(refused, "a total beyond what is exact was taken");
        verified(&mut store);
        let totals = store.totals(&query(&[])).unwrap();
        let cases = totals.total.value(Measure::Cases);
        assert_eq!(totals.total.value(Measure::SeizedValue), cases * Decimal::from(100_000_000_000_000_000_i64));
    });
}

/// How much is no exact figure, and in which way, is told apart by month and
/// in sum as it is where the cases themselves are counted.
#[test]
fn bounds_are_kept_apart_in_running_totals() {
    on_each_engine(|place| {
        let mut store = place.create();
        let figures =
            [("hơn", "at_least"), ("dưới", "at_most"), ("khoảng", "about"), ("hơn", "at_most"), ("", "exact")];
        let cases = figures.iter().enumerate().flat_map(|(at, way)| (0..=at).map(move |_| way));
        for (n, (amount, bound)) in cases.enumerate() {
            let seized = format!("{amount} {} triệu", n + 1);
            let count = (n + 2).to_string();
            let fields = [("seized_value", seized.as_str()), ("case_count", &count), ("case_count_bound", bound)];
            store.record(&case_with(&fields), &stamp()).unwrap();
        }
        for by in [&[By::Month][..], &[By::Province, By::Month], &[By::Province], &[]] {
            let running = store.totals(&query(by)).unwrap();
            assert_eq!(running, store.totals_by_scanning(&query(by)).unwrap(), "{by:?}");
            let ways = |measure| {
                let sum = running.total.get(measure);
                (sum.at_least, sum.at_most, sum.about)
            };
            assert_eq!(ways(Measure::Cases), (1, 2 + 4, 3));
            assert_eq!(ways(Measure::SeizedValue), (1 + 4, 2, 3));
        }
    });
}

#[test]
fn a_period_may_be_open() {
    on_each_engine(|place| {
        let mut store = place.create();
        for date in ["2025-11-20", "2026-01-10", "2026-02-28"] {
            store.record(&case_with(&[("detected_on", date)]), &stamp()).unwrap();
        }
        let mut months = |from: Option<&str>, until: Option<&str>| {
            let period = Period {
                from: from.map_or(chrono::NaiveDate::MIN, day),
                until: until.map_or(chrono::NaiveDate::MAX, day),
            };
            let asked = TotalsQuery { period: Some(period), no_empty: false, ..query(&[By::Month]) };
            let totals = store.totals(&asked).unwrap();
            (totals.rows.len(), totals.total.value(Measure::Cases), totals.span.map(|span| span.from.to_string()))
        };
        assert_eq!(months(Some("2025-12-15"), None), (3, Decimal::from(2), Some("2025-12-15".into())));
        assert_eq!(months(None, Some("2026-01-11")), (3, Decimal::from(2), Some("2025-11-20".into())));
        assert_eq!(months(Some("2026-03-01"), None), (0, Decimal::ZERO, None));
    });
}

/// Every value that is kept, changed by a byte, is found.
#[test]
fn tampering_is_found_and_named() {
    let changes = [
        "update cases set fine_amount = fine_amount + 1",
        "update cases set seized_bound = 0",
        "update cases set note = 'x'",
        "update cases set status = 0",
        "update cases set detected_on = 20260227",
        "update cases set case_no_folded = 'x'",
        "update cases set revision = 1",
        "update cases set goods_name = 'thuốc lả'",
        "update cases set goods_name_folded = 'thuoc'",
        "update cases set goods_quantity = goods_quantity + 1",
        "update more_goods set name = 'vo chai'",
        "update more_goods set quantity_bound = 3",
        "update payment set amount = amount - 1",
        "update agency set name = 'Đội QLTT số 1'",
        "update agency set name_folded = 'doi qltt 1'",
        "update agency set force_id = 2",
        "update province set successor_id = null where code = '87'",
        "update violation set group_code = 'C' where code = 'attp'",
        "update province_alias set alias = 'x' where alias = 'HCM'",
        "update setting set value = 'USD' where name = 'currency'",
        "update payment set paid_on = 20260302",
        "update journal set body = replace(body, 'thuốc', 'thuôc') where revision = 1",
        "update journal set who = 'b' where revision = 2",
        "update journal set at = '2026-01-01T00:00:00.000Z' where revision = 2",
        "update journal set reason = 'khác' where revision = 2",
        "delete from journal where revision = 2",
        "update chain set head = 'x' where length > 1",
        "update total set amount = amount + 1 where kind = 2",
        "delete from total where kind = 4",
        "insert into total values (0, 0, 2026011, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)",
    ];
    on_each_engine(|place| {
        let mut store = place.create();
        let mut entry = case_with(&[
            ("case_no", "1/BB"),
            ("goods", "thuốc lá"),
            ("quantity", "5"),
            ("fine_amount", "20tr"),
            ("seized_value", "hơn 5tr"),
            ("paid_amount", "5tr"),
            ("paid_on", "2026-03-01"),
        ]);
        entry.set(Field::Goods, Some(2), "vỏ chai".into()).unwrap();
        store.record(&entry, &stamp()).unwrap();
        store.change("1/BB", &Change::Amend(vec![(Field::Note, None, "a".into())]), "thêm", &stamp()).unwrap();
        verified(&mut store);
        for change in changes {
            let copy = Copy::of(place, &entry);
            copy.place.tamper(change);
            let finding = copy.place.open().verify().unwrap().finding;
            assert!(finding.is_some(), "not found: {change}");
            if change.contains("update cases")
                || change.contains("update more_goods")
                || change.contains("update payment")
            {
                let id = copy.id.to_string();
                assert_eq!(finding, Some(Finding::Case(id)), "{change}");
            }
        }
        // A case that is taken away, with all that leads to it but the journal.
        let copy = Copy::of(place, &entry);
        copy.place.tamper("delete from more_goods; delete from payment; delete from cases; delete from total");
        assert_eq!(copy.place.open().verify().unwrap().finding, Some(Finding::Cases { journalled: 1, stored: 0 }));
        // Totals are counted over again.
        let copy = Copy::of(place, &entry);
        copy.place.tamper("delete from total");
        let mut store = copy.place.open();
        assert!(matches!(store.verify().unwrap().finding, Some(Finding::Total(_))));
        store.rebuild(&mut |_| {}).unwrap();
        verified(&mut store);
    });
}

/// A casebook like another, to be spoilt.
struct Copy {
    place: Place,
    id: uuid::Uuid,
}

impl Copy {
    fn of(place: &Place, entry: &Entry) -> Self {
        let place = place.another();
        let mut store = place.create();
        let id = store.record(entry, &stamp()).unwrap().case.id;
        store.change("1/BB", &Change::Amend(vec![(Field::Note, None, "a".into())]), "thêm", &stamp()).unwrap();
        Self { place, id }
    }
}

#[test]
fn the_view_for_other_programs_can_be_read() {
    on_each_engine(|place| {
        let mut store = place.create();
        store.record(&case_with(&[("fine_amount", "20tr")]), &stamp()).unwrap();
        // The check fails unless one row is seen.
        place.tamper("create table seen (n bigint check (n = 1))");
        place.tamper(
            "insert into seen select count(*) from case_list \
             where province = 'Đồng Tháp' and decided_on = '2026-02-28'",
        );
    });
}

#[test]
fn another_currency_keeps_its_cents() {
    on_each_engine(|place| {
        let currency = casebook::domain::Currency::new("USD").unwrap();
        let new = casebook::store::NewCasebook { currency, ..super::support::vietnam() };
        let mut store = Store::create(&place.address, &new, &stamp()).unwrap();
        let entry = case_with(&[("fine_amount", "1.250,50 USD"), ("seized_value", "0,05")]);
        let case = store.record(&entry, &stamp()).unwrap().case;
        assert_eq!(case.decision.unwrap().fine_amount.unwrap().value.to_string(), "1250.50");
        let totals = store.totals(&query(&[By::Month])).unwrap();
        assert_eq!(totals.total.value(Measure::SeizedValue).to_string(), "0.05");
        assert!(matches!(store.record(&case_with(&[("fine_amount", "5 đồng")]), &stamp()), Err(Error::Invalid(_))));
        assert!(matches!(store.record(&case_with(&[("fine_amount", "0,001")]), &stamp()), Err(Error::Invalid(_))));
        verified(&mut store);
    });
}

#[test]
fn what_is_there_is_not_made_again_and_what_is_newer_is_refused() {
    on_each_engine(|place| {
        drop(place.create());
        assert!(matches!(Store::create(&place.address, &super::support::vietnam(), &stamp()), Err(Error::Exists(_))));
        let newer = if place.is_postgres() {
            "update setting set value = '99' where name = 'schema_version'"
        } else {
            "pragma user_version = 99"
        };
        place.tamper(newer);
        assert!(matches!(Store::open(&place.address), Err(Error::Newer { found: 99, .. })));
    });
}

/// Two units of one name were brought into one province; where that is said
/// too, the name means both.
#[test]
fn a_name_and_a_place_mean_all_that_are_called_so_there() {
    on_each_engine(|place| {
        let mut store = place.create();
        for province in ["Tiền Giang", "Đồng Tháp", "Huế"] {
            store.record(&case_with(&[("province", province), ("detected_on", "2025-03-01")]), &stamp()).unwrap();
        }
        let provinces = store.reference().provinces_meant("Đồng Tháp", Boundaries::Today, day("2026-03-01")).unwrap();
        let named = Filter { agencies: vec!["Đội QLTT số 10".to_owned()], ..Filter::default() };
        assert!(matches!(store.list(&list_query(named.clone())), Err(Error::Filter(_))), "one of three");
        let there = Filter { provinces: Some(provinces.into_iter().collect()), ..named };
        assert_eq!(store.list(&list_query(there)).unwrap().matching, 2);
    });
}
