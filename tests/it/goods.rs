//! The ledger of goods as it is stored, on every engine.

use casebook::domain::{
    Change, Dating, Entry, EventKind, Field, FieldError, Filter, How, Invalid, NotHeld, Reason, Status, StockLot,
    Values,
};
use casebook::store::{Error, GoodsQuery, Store};
use serde_json::Value;

use super::support::{Place, case_with, day, on_each_engine, run, stamp, stderr, stdout};

/// Lots that are held on a day, or all, as "case lot: held of taken in".
fn stock(store: &mut Store, on: &str, all: bool) -> Vec<String> {
    stock_of(store, Filter::default(), on, all)
}

fn stock_of(store: &mut Store, filter: Filter, on: &str, all: bool) -> Vec<String> {
    let query = GoodsQuery {
        filter,
        period: None,
        kind: Some(EventKind::Detected),
        dating: Dating::Happened,
        on: day(on),
        all,
        newest_first: false,
    };
    let mut lines = Vec::new();
    let told = |lot: &StockLot| {
        let figure = |quantity: Option<casebook::domain::Quantity>| {
            quantity.map_or("?".to_owned(), |quantity| format!("{}{}", quantity.bound.sign(), quantity.value))
        };
        let (case, balance) = (lot.case.case_no.clone().unwrap_or_default(), &lot.balance);
        format!("{case} {}: {} of {}", balance.lot, figure(balance.held), figure(balance.taken_in))
    };
    store
        .goods(&query, &mut |lot| {
            lines.push(told(&lot));
            Ok(())
        })
        .unwrap();
    lines
}

fn dispose(fields: &[(Field, &str)]) -> Change {
    Change::Dispose(fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect::<Values>())
}

fn sold(lot: &str, quantity: &str, on: &str) -> Change {
    dispose(&[
        (Field::DisposedHow, "sold"),
        (Field::Lot, lot),
        (Field::DisposedQuantity, quantity),
        (Field::DisposedOn, on),
    ])
}

fn amend(field: Field, line: usize, value: &str) -> Change {
    Change::Amend(vec![(field, Some(line), value.to_owned())])
}

/// A case with a lot of 24 and one whose quantity is not known.
pub(super) fn two_lots(number: &str) -> Entry {
    let mut entry =
        case_with(&[("case_no", number), ("detected_on", "2026-01-10"), ("quantity", "24"), ("unit", "chai")]);
    entry.set(Field::Goods, Some(2), "vỏ chai".into()).unwrap();
    entry
}

/// The field, line and reason of what is not valid.
fn refused<T: std::fmt::Debug>(done: Result<T, Error>) -> (Field, Option<usize>, Reason) {
    match done {
        Err(Error::Invalid(Invalid(errors))) => match errors.as_slice() {
            [FieldError { field, line, reason, .. }] => (*field, *line, reason.clone()),
            several => panic!("{several:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn is_too_much(refused: &(Field, Option<usize>, Reason), held: &str) -> bool {
    let told = match &refused.2 {
        Reason::NotHeld(NotHeld::TooMuch { held, .. }) => held.value.to_string(),
        other => panic!("{other:?}"),
    };
    refused.0 == Field::DisposedQuantity && told == held
}

#[test]
fn what_is_held_is_told_lot_by_lot_and_day_by_day() {
    on_each_engine(|place| {
        let mut store = place.create();
        store.record(&two_lots("1/BB"), &stamp()).unwrap();
        store.record(&case_with(&[("case_no", "2/BB"), ("quantity", "hơn 5")]), &stamp()).unwrap();
        store.change("1/BB", &sold("1", "4", "2026-02-01"), "", &stamp()).unwrap();
        store.change("1/BB", &sold("2", "7", "2026-02-02"), "", &stamp()).unwrap();
        assert_eq!(stock(&mut store, "2026-11-01", false), ["1/BB 1: 20 of 24", "1/BB 2: ? of ?", "2/BB 1: ≥5 of ≥5"]);
        store.change("1/BB", &sold("1", "", "2026-04-01"), "", &stamp()).unwrap();
        assert_eq!(stock(&mut store, "2026-11-01", false), ["1/BB 2: ? of ?", "2/BB 1: ≥5 of ≥5"]);
        assert_eq!(stock(&mut store, "2026-11-01", true)[0], "1/BB 1: 0 of 24");
        assert_eq!(stock(&mut store, "2026-02-01", false), ["1/BB 1: 20 of 24", "1/BB 2: ? of ?"], "not yet found");
        assert_eq!(stock(&mut store, "2026-01-31", false)[0], "1/BB 1: 24 of 24");
        // Everything of a case goes, and with it what was not known.
        store
            .change(
                "1/BB",
                &dispose(&[(Field::DisposedHow, "destroyed"), (Field::DisposedOn, "2026-05-01")]),
                "",
                &stamp(),
            )
            .unwrap();
        assert_eq!(stock(&mut store, "2026-11-01", false), ["2/BB 1: ≥5 of ≥5"]);
        assert_eq!(stock(&mut store, "2026-04-30", false), ["1/BB 2: ? of ?", "2/BB 1: ≥5 of ≥5"]);
        assert_eq!(stock(&mut store, "2026-11-01", true).len(), 3);
    });
}

#[test]
fn a_void_case_holds_nothing() {
    on_each_engine(|place| {
        let mut store = place.create();
        store.record(&two_lots("1/BB"), &stamp()).unwrap();
        let case = store.change("1/BB", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap().case;
        assert!(stock(&mut store, "2026-11-01", true).is_empty());
        let void = Filter { statuses: vec![Status::Void], ..Filter::default() };
        assert!(stock_of(&mut store, void, "2026-11-01", true).is_empty(), "asked for or not");
        assert!(case.ledger().lots.is_empty());
    });
}

#[test]
fn more_than_is_held_is_refused_at_every_way_in() {
    on_each_engine(|place| {
        let mut store = place.create();
        let with = |quantity: &str| {
            case_with(&[
                ("case_no", "1/BB"),
                ("quantity", "24"),
                ("disposed_how", "sold"),
                ("disposed_on", "2026-03-01"),
                ("disposed_quantity", quantity),
            ])
        };
        assert!(is_too_much(&refused(store.record(&with("25"), &stamp())), "24"));
        store.record(&with("20"), &stamp()).unwrap();
        let more = refused(store.change("1/BB", &sold("1", "5", "2026-03-02"), "", &stamp()));
        assert!(is_too_much(&more, "4"));
        assert_eq!(more.1, Some(2), "the line of the disposal is told");
        let less = refused(store.change("1/BB", &amend(Field::Quantity, 1, "19"), "đếm lại", &stamp()));
        assert!(is_too_much(&less, "19"));
        store.change("1/BB", &amend(Field::Quantity, 1, "20"), "đếm lại", &stamp()).unwrap();
        let gone = refused(store.change("1/BB", &sold("1", "1", "2026-03-02"), "", &stamp()));
        assert_eq!(
            (gone.0, gone.2),
            (Field::Lot, Reason::NotHeld(NotHeld::Gone { lot: Some(1), on: day("2026-03-01") }))
        );
        let all = dispose(&[(Field::DisposedHow, "destroyed")]);
        let gone = refused(store.change("1/BB", &all, "", &stamp()));
        assert_eq!(gone.2, Reason::NotHeld(NotHeld::Gone { lot: None, on: day("2026-03-01") }));
        assert!(matches!(
            refused(store.change("1/BB", &sold("2", "1", "2026-03-02"), "", &stamp())),
            (Field::Lot, Some(2), Reason::NoSuchLine { lines: 1 })
        ));
        store.record(&two_lots("2/BB"), &stamp()).unwrap();
        let which = refused(store.change("2/BB", &sold("", "1", "2026-03-02"), "", &stamp()));
        assert_eq!((which.0, which.2), (Field::Lot, Reason::NotHeld(NotHeld::WhichLot { lots: 2 })));
        assert_eq!(store.verify().unwrap().finding, None);
    });
}

/// A casebook of before: the quantity of a lot is less than what went of it.
fn with_contradiction(place: &Place) -> Store {
    let mut store = place.create();
    let entry = case_with(&[
        ("case_no", "1/BB"),
        ("quantity", "99"),
        ("fine_amount", "5tr"),
        ("disposed_how", "sold"),
        ("disposed_on", "2026-03-01"),
        ("disposed_quantity", "30"),
    ]);
    store.record(&entry, &stamp()).unwrap();
    place.tamper("update cases set goods_quantity = 24000000 where goods_quantity = 99000000");
    store
}

#[test]
fn an_old_contradiction_is_shown_and_the_case_goes_on() {
    on_each_engine(|place| {
        let mut store = with_contradiction(place);
        assert_eq!(stock(&mut store, "2026-11-01", true), ["1/BB 1: 0 of 24"]);
        assert_eq!(store.find("1/BB").unwrap().ledger().overdrawn.len(), 1);
        let pay = Change::Pay(Values::from([(Field::PaidAmount, "1tr".into()), (Field::PaidOn, "2026-03-05".into())]));
        store.change("1/BB", &pay, "", &stamp()).unwrap();
        store.change("1/BB", &amend(Field::Quantity, 1, "25"), "đếm lại", &stamp()).unwrap();
        // It may get better, not worse.
        let worse = refused(store.change("1/BB", &amend(Field::Quantity, 1, "23"), "đếm lại", &stamp()));
        assert!(is_too_much(&worse, "23"));
        assert!(matches!(
            refused(store.change("1/BB", &sold("1", "1", "2026-03-02"), "", &stamp())).2,
            Reason::NotHeld(NotHeld::Gone { .. })
        ));
        store.change("1/BB", &amend(Field::DisposedQuantity, 1, "20"), "đếm lại", &stamp()).unwrap();
        assert!(store.find("1/BB").unwrap().ledger().overdrawn.is_empty());
        assert_eq!(stock(&mut store, "2026-11-01", false), ["1/BB 1: 5 of 25"]);
    });
}

fn json(place: &Place, arguments: &[&str]) -> Value {
    let output = run(&place.address, &[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

const HEADER: &str = "case_no,province,agency,detected_on,goods,quantity,unit,disposed_on,disposed_how,lot,disposed_quantity,\
    disposed_value,decided_on,fine_amount,paid_amount,paid_on\n";

/// Imports, amendments, voids and the undoing of an import leave goods and
/// payments as they are told by the cases that stand.
#[test]
fn undo_amend_and_void_leave_goods_and_payments_consistent() {
    on_each_engine(|place| {
        drop(place.create());
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("cases.csv");
        let path = file.display().to_string();
        let case = |n: u32, went: &str| {
            format!(
                "{n}/BB,Đồng Tháp,Đội 1,2026-01-0{n},rượu,10,chai,2026-02-01,sold,1,{went},1000,2026-01-20,5000,3000,2026-02-02\n"
            )
        };
        std::fs::write(&file, format!("{HEADER}{}{}", case(1, "4"), case(2, "11"))).unwrap();
        let output = run(&place.address, &["import", &path, "--lang", "vi"]);
        assert_eq!(output.status.code(), Some(3));
        assert!(stderr(&output).contains("nhiều hơn số còn giữ của lô 1 vào ngày đó: 10 chai"), "{}", stderr(&output));
        std::fs::write(&file, format!("{HEADER}{}{}{}", case(1, "4"), case(2, "10"), case(3, "5"))).unwrap();
        json(place, &["import", &path]);
        let figures = || {
            let sums = json(place, &["goods", "--by", "province"]);
            let row = sums["rows"].get(0).cloned().unwrap_or_default();
            let totals = &json(place, &["totals", "--measure", "sold_value,paid_amount"])["total"];
            let of = |value: &Value| value.as_i64().unwrap_or_default();
            let [taken_in, went, held] = ["taken_in", "sold", "held"].map(|key| of(&row[key]));
            assert_eq!(taken_in, went + held);
            [taken_in, went, held, of(&totals["sold_value"]), of(&totals["paid_amount"])]
        };
        assert_eq!(figures(), [30, 19, 11, 3000, 9000]);
        let done = run(&place.address, &["amend", "3/BB", "disposed_quantity=6", "quantity=12", "--reason", "đếm lại"]);
        assert!(done.status.success(), "{}", stderr(&done));
        assert_eq!(figures(), [32, 20, 12, 3000, 9000]);
        assert!(run(&place.address, &["void", "2/BB", "--reason", "trùng"]).status.success());
        assert_eq!(figures(), [22, 10, 12, 2000, 6000]);
        assert!(run(&place.address, &["import", "--undo", "1", "--reason", "sai tệp", "--force"]).status.success());
        assert_eq!(figures(), [0; 5]);
        // The same file may come again.
        json(place, &["import", &path]);
        assert_eq!(figures(), [30, 19, 11, 3000, 9000]);
        let output = run(&place.address, &["verify"]);
        assert!(output.status.success(), "{}", stderr(&output));
    });
}

#[test]
fn totals_by_disposal_count_each_way_on_its_day() {
    on_each_engine(|place| {
        let mut store = place.create();
        store
            .record(&case_with(&[("case_no", "1/BB"), ("detected_on", "2026-01-10"), ("quantity", "100")]), &stamp())
            .unwrap();
        for (at, how) in How::ALL.into_iter().enumerate() {
            let (value, on) = (format!("{}", (at + 1) * 1_000), format!("2026-0{}-05", at + 2));
            let quantity = (at + 1).to_string();
            let change = dispose(&[
                (Field::DisposedHow, how.code()),
                (Field::DisposedQuantity, &quantity),
                (Field::DisposedValue, &value),
                (Field::DisposedOn, &on),
            ]);
            store.change("1/BB", &change, "", &stamp()).unwrap();
        }
        let measures = "destroyed_value,sold_value,returned_value,handed_over_value";
        let totals = json(place, &["totals", "--by", "month", "--year", "2026", "--no-empty", "--measure", measures]);
        let keys = measures.split(',').collect::<Vec<_>>();
        for (at, key) in keys.iter().enumerate() {
            let value = i64::try_from((at + 1) * 1_000).unwrap();
            assert_eq!(totals["total"][key], value, "{key}");
            let months: Vec<&Value> = totals["rows"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|row| row[key] != 0)
                .map(|row| &row["month"])
                .collect();
            assert_eq!(months, [&Value::from(format!("2026-0{}", at + 2))], "{key}");
        }
        let sums = json(place, &["goods", "--by", "how,month", "--from", "2026-03-01", "--to", "2026-04-30"]);
        let rows: Vec<String> = sums["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {} {}", row["month"], row["how"], row["quantity"]))
            .collect();
        assert_eq!(rows, [r#""2026-03" "sold" 2"#, r#""2026-04" "returned" 3"#]);
    });
}

/// Only `show` tells what is held of each lot: an export says what was
/// recorded, and nothing that follows from it.
#[test]
fn what_is_held_is_shown_and_not_exported() {
    on_each_engine(|place| {
        let mut store = place.create();
        store.record(&two_lots("1/BB"), &stamp()).unwrap();
        store.change("1/BB", &sold("1", "gần 4", "2026-02-01"), "", &stamp()).unwrap();
        let shown = json(place, &["show", "1/BB"]);
        assert_eq!(
            (&shown["goods"][0]["held_quantity"], &shown["goods"][0]["held_quantity_bound"]),
            (&20.into(), &"at_least".into())
        );
        assert_eq!(shown["goods"][1]["held_quantity"], Value::Null);
        for others in [&["list"][..], &["export"], &["search", "chai"]] {
            let listed = json(place, others);
            assert!(listed[0]["goods"][0].get("held_quantity").is_none(), "{others:?}");
        }
    });
}

/// A filter by goods and categories takes in lots, not whole cases.
#[test]
fn lots_are_filtered_by_what_they_are() {
    on_each_engine(|place| {
        let mut store = place.create();
        let mut entry = two_lots("1/BB");
        entry.set(Field::Category, Some(2), "thuoc_la".into()).unwrap();
        store.record(&entry, &stamp()).unwrap();
        let by_words = Filter { goods: Some("vỏ".into()), ..Filter::default() };
        assert_eq!(stock_of(&mut store, by_words, "2026-11-01", false), ["1/BB 2: ? of ?"]);
        let tobacco = store.reference().category("thuoc_la").unwrap().id;
        let by_category = Filter { categories: vec![tobacco], ..Filter::default() };
        assert_eq!(stock_of(&mut store, by_category, "2026-11-01", false), ["1/BB 2: ? of ?"]);
    });
}
