//! Searching, on every engine.

use casebook::domain::{Change, Dating, Entry, Field, Filter, Incoming, Period, Sought, Status, Values};
use casebook::store::{Error, Fate, Finding, ImportOptions, Imported, Listed, SearchQuery, Store, Work};
use unicode_normalization::UnicodeNormalization;

use super::support::{Place, case_with, day, incoming, on_each_engine, run, sqlite, stamp, stderr, stdout};

pub fn query(words: &str) -> SearchQuery {
    SearchQuery {
        sought: Sought::read(words).unwrap_or_else(|| panic!("nothing is sought in {words:?}")),
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        best: false,
        limit: None,
        offset: 0,
    }
}

/// The numbers of the files found, in their order.
fn numbers(listed: &Listed) -> Vec<&str> {
    listed.cases.iter().map(|case| case.case_no.as_deref().unwrap_or("?")).collect()
}

fn found(store: &mut Store, words: &str) -> Vec<String> {
    let listed = store.search(&query(words)).unwrap();
    assert_eq!(listed.matching, u64::try_from(listed.cases.len()).unwrap(), "{words}");
    numbers(&listed).into_iter().map(str::to_owned).collect()
}

fn filled(place: &Place) -> Store {
    let mut store = place.create();
    let entries = [
        case_with(&[
            ("case_no", "A1"),
            ("goods", "Đường cát nhập lậu"),
            ("commune", "xã Mỹ Hoà"),
            ("note", "Hàng để tại kho, chủ kho không xuất trình hóa đơn"),
            ("detected_on", "2026-01-10"),
            ("fine_amount", "20tr"),
            ("offender", "Trần Văn Đ."),
            ("violation", "hang_lau"),
        ]),
        case_with(&[
            ("case_no", "A2"),
            ("province", "Hà Nội"),
            ("agency", "Đội QLTT số 3"),
            ("goods", "Thuốc lá điếu"),
            ("brand", "Đường Sơn"),
            ("origin", "Trung Quốc"),
            ("detected_on", "2026-02-10"),
        ]),
        case_with(&[
            ("case_no", "A3"),
            ("goods", "bia đóng lon, bia chai, bia hơi"),
            ("note", "không có đường"),
            ("detected_on", "2026-03-10"),
            ("fine_amount", "50tr"),
        ]),
    ];
    for entry in &entries {
        store.record(entry, &stamp()).unwrap();
    }
    store
}

fn amend(store: &mut Store, case: &str, field: Field, value: &str) {
    let change = Change::Amend(vec![(field, None, value.to_owned())]);
    store.change(case, &change, "thử", &stamp()).unwrap();
}

fn verified(store: &mut Store) {
    assert_eq!(store.verify().unwrap().finding, None);
}

#[test]
fn words_are_found_however_they_are_written() {
    let apart: String = "đường cát".nfd().collect();
    on_each_engine(|place| {
        let mut store = filled(place);
        let all: &[&str] = &["A3", "A2", "A1"];
        let cases: [(&str, &[&str]); 20] = [
            ("duong", all),
            ("ĐƯỜNG", all),
            ("đường cát", &["A1"]),
            (&apart, &["A1"]),
            ("cat duong", &["A1"]),
            ("DONG THAP", &["A3", "A1"]),
            ("dong-thap", &["A3", "A1"]),
            ("Mỹ Hòa", &["A1"]),
            ("thu la die", &["A2"]),
            ("huoc", &[]),
            ("\"duong cat\"", &["A1"]),
            ("\"cat duong\"", &[]),
            ("\"duong ca\"", &[]),
            ("\"dieu duong\"", &[]),
            ("\"khong co duong\" bia", &["A3"]),
            ("a1", &["A1"]),
            ("tran van d", &["A1"]),
            ("hang nhap lau", &["A1"]),
            ("trung quoc son", &["A2"]),
            ("qltt 10", &["A3", "A1"]),
        ];
        for (words, expected) in cases {
            assert_eq!(found(&mut store, words), expected, "{words}");
        }
    });
}

#[test]
fn every_text_of_a_case_is_searched() {
    let fields = [
        ("case_no", "w1"),
        ("commune", "w2"),
        ("agency", "w3"),
        ("partners", "w4; w5"),
        ("legal_basis", "w6"),
        ("goods", "w7"),
        ("brand", "w8"),
        ("origin", "w9"),
        ("offender", "w10"),
        ("offender_id", "w11"),
        ("offender_address", "w12"),
        ("decision_no", "w13"),
        ("decided_on", "2026-03-01"),
        ("remedies", "w14"),
        ("disposed_on", "2026-03-02"),
        ("disposed_how", "destroyed"),
        ("minutes", "w15"),
        ("transferred_on", "2026-03-03"),
        ("transferred_to", "w16"),
        ("source", "w17"),
        ("note", "w18"),
    ];
    on_each_engine(|place| {
        let mut store = place.create();
        let mut entry = case_with(&fields);
        entry.set(Field::Goods, Some(2), "w19".into()).unwrap();
        store.record(&entry, &stamp()).unwrap();
        store.record(&case_with(&[]), &stamp()).unwrap();
        for n in 1..=19 {
            assert_eq!(found(&mut store, &format!("\"w{n}\"")), ["w1"], "w{n}");
        }
        assert_eq!(found(&mut store, "\"w4 w5\""), [] as [&str; 0], "two partners are two texts");
        assert_eq!(found(&mut store, "\"w7 w8\""), [] as [&str; 0], "two fields are two texts");
        store.change("w1", &Change::Void("w20".into()), "w20", &stamp()).unwrap();
        let void = Filter { statuses: vec![Status::Void], ..Filter::default() };
        assert_eq!(numbers(&store.search(&SearchQuery { filter: void, ..query("w20") }).unwrap()), ["w1"]);
        verified(&mut store);
    });
}

#[test]
fn filters_and_words_are_combined() {
    on_each_engine(|place| {
        let mut store = filled(place);
        let reference = super::support::reference();
        let smuggled = reference.find_violation("hang_lau").unwrap().id;
        let hanoi = reference.provinces_meant("hà nội", casebook::domain::Boundaries::Today, stamp().today).unwrap();
        let fined = Some(30_000_000.into());
        let filters: [(Filter, &[&str]); 7] = [
            (Filter { violations: Some(vec![smuggled]), ..Filter::default() }, &["A1"]),
            (Filter { provinces: Some(hanoi), ..Filter::default() }, &["A2"]),
            (Filter { min_fine: fined, ..Filter::default() }, &["A3"]),
            (Filter { goods: Some("duong".into()), ..Filter::default() }, &["A1"]),
            (Filter { agencies: vec!["Đội QLTT số 3".into()], ..Filter::default() }, &["A2"]),
            (Filter { statuses: vec![Status::Open], ..Filter::default() }, &["A2"]),
            (Filter { statuses: vec![Status::Void], ..Filter::default() }, &[]),
        ];
        for (filter, expected) in filters {
            let listed = store.search(&SearchQuery { filter, ..query("duong") }).unwrap();
            assert_eq!((numbers(&listed).as_slice(), listed.matching), (expected, expected.len() as u64));
        }
        let period = Some(Period::of_days(day("2026-02-01"), day("2026-03-10")));
        let listed = store.search(&SearchQuery { period, ..query("duong") }).unwrap();
        assert_eq!((numbers(&listed), listed.matching), (vec!["A3", "A2"], 2));
        let part = store.search(&SearchQuery { limit: Some(1), offset: 1, ..query("duong") }).unwrap();
        assert_eq!((numbers(&part), part.matching), (vec!["A2"], 3));
    });
}

/// Of many matches the newest are looked for in their order, of few sorted.
#[test]
fn the_newest_of_many_come_first() {
    const COLUMNS: &str = "case_seq, province_id, id, revision, agency_id, force_id, detected_on, seized_bound, \
         fine_bound, profit_bound, goods_quantity_bound, goods_value_bound, case_count, case_count_bound, status";
    on_each_engine(|place| {
        let mut store = place.create();
        store.record(&case_with(&[("detected_on", "2026-01-01"), ("case_no", "first")]), &stamp()).unwrap();
        let (id, numbers) = if place.is_postgres() {
            ("gen_random_uuid()", "generate_series(1, 2500) n")
        } else {
            (
                "randomblob(16)",
                "(with recursive n (n) as (select 1 union all select n + 1 from n where n < 2500) select n from n)",
            )
        };
        place.tamper(&format!(
            "insert into cases ({COLUMNS}) select 1000 + n, province_id, {id}, 1, agency_id, force_id, \
             20260101 + n % 28, 0, 0, 0, 0, 0, 1, 0, 0 from cases, {numbers} where case_seq = 1"
        ));
        store.rebuild(&mut |_| {}).unwrap();
        let asked = SearchQuery { limit: Some(2_600), ..query("dong thap") };
        let many = store.search(&asked).unwrap();
        assert_eq!((many.matching, many.cases.len()), (2_501, 2_501));
        assert!(many.cases.is_sorted_by_key(|case| std::cmp::Reverse(case.detected_on)));
        let part = store.search(&SearchQuery { limit: Some(3), offset: 2_498, ..asked.clone() }).unwrap();
        assert_eq!(part.cases, many.cases[2_498..]);
        let period = Some(Period::of_days(day("2026-01-28"), day("2026-01-28")));
        let few = store.search(&SearchQuery { period, ..asked }).unwrap();
        assert_eq!(few.cases, many.cases[..few.cases.len()]);
        assert_eq!(found(&mut store, "first"), ["first"]);
    });
}

#[test]
fn the_best_match_comes_first_where_it_is_asked_for() {
    on_each_engine(|place| {
        let mut store = place.create();
        let little = case_with(&[("case_no", "1"), ("goods", "bia"), ("detected_on", "2026-03-01")]);
        let much = case_with(&[("case_no", "2"), ("goods", "bia lon, bia chai, bia hơi, bia tươi")]);
        for entry in [&little, &much, &case_with(&[("case_no", "3"), ("note", "rượu")])] {
            store.record(entry, &stamp()).unwrap();
        }
        assert_eq!(found(&mut store, "bia"), ["1", "2"]);
        let best = store.search(&SearchQuery { best: true, ..query("bia") }).unwrap();
        assert_eq!((numbers(&best), best.matching), (vec!["2", "1"], 2));
    });
}

#[test]
fn what_is_changed_is_found_as_it_is_now() {
    on_each_engine(|place| {
        let mut store = filled(place);
        amend(&mut store, "A1", Field::Note, "muối");
        assert_eq!(found(&mut store, "muoi"), ["A1"]);
        assert_eq!(found(&mut store, "xuat trinh"), [] as [&str; 0]);
        amend(&mut store, "A2", Field::DetectedOn, "2026-03-20");
        amend(&mut store, "A3", Field::DetectedOn, "2026-01-09");
        assert_eq!(found(&mut store, "duong"), ["A2", "A1", "A3"], "the order follows the day");
        amend(&mut store, "A2", Field::Province, "Huế");
        assert_eq!(found(&mut store, "hue"), ["A2"]);
        assert_eq!(found(&mut store, "\"ha noi\""), [] as [&str; 0]);
        let pay = Values::from([(Field::PaidAmount, "1tr".to_owned()), (Field::PaidOn, "2026-04-01".to_owned())]);
        store.change("A1", &Change::Pay(pay), "", &stamp()).unwrap();
        assert_eq!(found(&mut store, "muoi"), ["A1"]);
        store.change("A1", &Change::Void("nhập trùng".into()), "nhập trùng", &stamp()).unwrap();
        assert_eq!(found(&mut store, "duong"), ["A2", "A3"], "a void case is left out");
        let void = Filter { statuses: vec![Status::Void], ..Filter::default() };
        assert_eq!(numbers(&store.search(&SearchQuery { filter: void, ..query("trung") }).unwrap()), ["A1"]);
        let rehearsed = Change::Amend(vec![(Field::Note, None, "tiêu".into())]);
        store.change_dry("A2", &rehearsed, "thử", &stamp()).unwrap();
        assert_eq!(found(&mut store, "tieu"), [] as [&str; 0], "a dry run changes nothing");
        verified(&mut store);
    });
}

#[test]
fn long_texts_and_long_words_are_found() {
    on_each_engine(|place| {
        let mut store = place.create();
        let long = "x".repeat(3_000);
        let note = format!("{} muối biển {long}", "a b ".repeat(2_000));
        store.record(&case_with(&[("case_no", "1"), ("note", &note)]), &stamp()).unwrap();
        store.record(&case_with(&[("case_no", "2"), ("note", &"và ".repeat(6_000))]), &stamp()).unwrap();
        for words in ["\"muoi bien\"", &long, "xxx", "a b muoi"] {
            assert_eq!(found(&mut store, words), ["1"], "{words}");
        }
        assert_eq!(found(&mut store, "va"), ["2"]);
        let alike = (0..300).map(|n| format!("zz{n}")).collect::<Vec<_>>().join(" ");
        store.record(&case_with(&[("case_no", "3"), ("note", &alike)]), &stamp()).unwrap();
        assert_eq!(found(&mut store, "zz"), ["3"], "more words than are asked for one by one");
        assert_eq!(found(&mut store, "zz29"), ["3"]);
        verified(&mut store);
    });
}

/// What the index holds, changed behind the program's back, is found, and the
/// case is named.
#[test]
fn a_tampered_index_is_found_and_made_anew() {
    const KEY: &str = "202601100000000001";
    let sqlite = [
        format!("insert into search (search, rowid, words) values ('delete', {KEY}, 'kho')"),
        format!("insert into search (rowid, words) values ({KEY}, 'muoi')"),
        "insert into search (search) values ('delete-all')".to_owned(),
        "insert into search (rowid, words) values (202601100000000099, 'muoi')".to_owned(),
        "delete from search_word where word = 'kho'".to_owned(),
    ];
    let postgres = [
        format!("update search set words = ts_delete(words, 'kho') where search_key = {KEY}"),
        format!("update search set words = words || 'muoi:1' where search_key = {KEY}"),
        "delete from search".to_owned(),
        "insert into search values (202601100000000099, 1, 'muoi:1')".to_owned(),
        format!("update search set words = setweight(strip(words), 'A') where search_key = {KEY}"),
    ];
    on_each_engine(|place| {
        for (nth, change) in (if place.is_postgres() { &postgres } else { &sqlite }).iter().enumerate() {
            let place = place.another();
            let mut store = filled(&place);
            let id = store.find("A1").unwrap().id.to_string();
            drop(store);
            place.tamper(change);
            let mut store = place.open();
            let finding = store.verify().unwrap().finding;
            match (nth, &finding) {
                (0 | 1, Some(Finding::Index(named))) => assert_eq!(named, &id, "{change}"),
                (_, Some(Finding::Index(_))) => {}
                _ => panic!("{change}: {finding:?}"),
            }
            store.rebuild(&mut |_| {}).unwrap();
            verified(&mut store);
            assert_eq!(found(&mut store, "\"kho\""), ["A1"]);
        }
    });
}

#[test]
fn whatever_is_typed_gives_an_answer_or_a_clear_error() {
    let long = "từ ".repeat(3_400);
    let many = (0..2_000).map(|n| format!("w{n}x")).collect::<Vec<_>>().join(" ");
    let phrases = (0..800).map(|n| format!("\"p{n} q\"")).collect::<Vec<_>>().join(" ");
    let letters = ('a'..='z').map(String::from).collect::<Vec<_>>().join(" ");
    let typed = [
        "\"",
        "*",
        "NEAR",
        "'",
        "-",
        "a*",
        "\"a",
        "a OR b",
        "NOT a",
        "a AND",
        "(a",
        "words:a",
        "^a",
        "a+b",
        "{a}",
        "a:*",
        "'a' | 'b'",
        "!a",
        "a <-> b",
        "$1",
        "%",
        "\\",
        "|",
        "!void",
        "\"| a\"",
        "a\0b",
        "\u{feff}",
        "☃",
        "𝕏",
        "Ⅷ ½ ²",
        "İ ß ŉ",
        "ก็ ไทย",
        &long,
        &many,
        &phrases,
        &letters,
    ];
    on_each_engine(|place| {
        let mut store = filled(place);
        for typed in typed {
            if let Some(sought) = Sought::read(typed) {
                let asked = SearchQuery { sought, limit: Some(5), ..query("a") };
                for best in [false, true] {
                    let answer = store.search(&SearchQuery { best, ..asked.clone() });
                    assert!(answer.is_ok(), "{}: {:?}", typed.chars().take(40).collect::<String>(), answer.err());
                }
            }
        }
        assert_eq!(found(&mut store, "|A1|"), ["A1"], "what is a sign to the index is none to a person");
        assert_eq!(found(&mut store, "!void"), [] as [&str; 0]);
    });
}

#[test]
fn the_command_says_what_it_can_not_search_for() {
    let place = sqlite();
    drop(filled(&place));
    let output = run(&place.address, &["search", "!?"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no letter and no digit"), "{}", stderr(&output));
    let output = run(&place.address, &["search", "tra", "duong", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found[0]["case_no"], "A1");
    assert_eq!(found[0]["matches"], serde_json::json!({"goods": "‹Đường› cát nhập lậu", "offender": "‹Trần› Văn Đ."}));
}

/// Imports some entries and leaves the search index out, or not.
fn import(store: &mut Store, entries: &[Entry], no_search_index: bool, dry_run: bool) -> Imported {
    let mut batches = vec![entries.iter().map(|entry| incoming(entry, store, stamp().today)).collect::<Vec<_>>()];
    let options = ImportOptions { no_search_index, dry_run, ..ImportOptions::default() };
    let mut told = |_: Incoming<()>, fate| assert!(matches!(fate, Fate::Stored { .. }), "{fate:?}");
    store.import(&options, &mut || Ok(batches.pop()), &mut told, &stamp()).unwrap()
}

fn refused(store: &mut Store) {
    assert!(matches!(store.search(&query("kho")), Err(Error::NoSearchIndex)));
}

fn entries(prefix: &str) -> Vec<Entry> {
    let day = |n: i32| format!("2026-04-{:02}", 28 - n % 28);
    let case =
        |n: i32| case_with(&[("case_no", &format!("{prefix}{n}")), ("detected_on", &day(n)), ("note", "kho mới")]);
    (0..40).map(case).collect()
}

#[test]
fn an_index_that_was_left_out_stays_away_until_it_is_made() {
    on_each_engine(|place| {
        let mut store = filled(place);
        import(&mut store, &entries("D"), true, true);
        assert_eq!(found(&mut store, "\"kho\""), ["A1"], "a dry run leaves nothing out");
        assert!(import(&mut store, &entries("B"), true, false).lacks_index);
        refused(&mut store);
        let seen = store.verify().unwrap();
        assert_eq!((seen.finding, seen.lacks_index), (None, true));
        // What is written meanwhile makes no half index.
        store.record(&case_with(&[("case_no", "X1"), ("note", "kho khác")]), &stamp()).unwrap();
        amend(&mut store, "A1", Field::Commune, "kho Mỹ Hòa");
        assert!(import(&mut store, &entries("C"), false, false).lacks_index);
        refused(&mut store);
        let mut other = place.open();
        refused(&mut other);
        verified(&mut other);
        let mut told = Vec::new();
        store.rebuild_index(&mut |progress| told.push((progress.work, progress.done))).unwrap();
        assert_eq!(told, [(Work::Index, 0)]);
        let seen = other.verify().unwrap();
        assert_eq!((seen.finding, seen.lacks_index), (None, false));
        assert_eq!(found(&mut other, "kho").len(), 83);
        assert_eq!(found(&mut other, "\"kho my hoa\""), ["A1"]);
        other.record(&case_with(&[("case_no", "X2"), ("note", "kho khác")]), &stamp()).unwrap();
        assert_eq!(found(&mut other, "\"kho khac\"").len(), 2);
        verified(&mut store);
        import(&mut store, &entries("E"), true, false);
        store.rebuild(&mut |_| {}).unwrap();
        assert_eq!(found(&mut store, "kho").len(), 124);
        verified(&mut store);
    });
}

/// A part of an index would find a part of what is sought.
#[test]
fn what_is_in_an_index_that_is_left_out_is_found_by_verify() {
    on_each_engine(|place| {
        let mut store = filled(place);
        import(&mut store, &entries("B"), true, false);
        drop(store);
        place.tamper(if place.is_postgres() {
            "insert into search values (202601100000000099, 1, 'muoi:1')"
        } else {
            "insert into search (rowid, words) values (202601100000000099, 'muoi')"
        });
        let found = place.open().verify().unwrap().finding;
        assert_eq!(found, Some(Finding::Index("muoi".into())));
    });
}

#[test]
fn a_backup_has_the_index_left_out_too() {
    let place = sqlite();
    let mut store = filled(&place);
    import(&mut store, &entries("B"), true, false);
    let folder = tempfile::TempDir::new().unwrap();
    let copy = folder.path().join("copy.db");
    assert!(store.backup(&copy, false, &mut |_| {}).unwrap().verified.lacks_index);
    refused(&mut Store::open(&copy.display().to_string()).unwrap());
}

/// What one program knows of the words in the index is no longer so where
/// another has made it anew.
#[test]
fn words_are_noted_again_after_another_has_made_the_index_anew() {
    on_each_engine(|place| {
        let mut one = place.create();
        let noted = |number: &'static str, note: &'static str| case_with(&[("case_no", number), ("note", note)]);
        one.record(&noted("A1", "xyzt"), &stamp()).unwrap();
        let mut other = place.open();
        amend(&mut other, "A1", Field::Note, "khác");
        other.rebuild(&mut |_| {}).unwrap();
        other.record(&noted("A2", "xyab"), &stamp()).unwrap();
        one.record(&noted("A3", "xyzt"), &stamp()).unwrap();
        assert_eq!(found(&mut one, "xy").len(), 2);
        verified(&mut other);
    });
}

/// Twins are looked for among what waits to be written, which is written then:
/// the rows that were kept for it are not given up.
#[test]
fn rows_of_an_import_are_numbered_without_gaps() {
    on_each_engine(|place| {
        let mut store = place.create();
        let twins = |n: i32| vec![case_with(&[("note", &format!("cặp {n}"))]); 2];
        let entries: Vec<Entry> = (0..5).flat_map(twins).collect();
        import(&mut store, &entries, false, false);
        assert_eq!(place.number("select count(*) from cases"), 10);
        assert_eq!(place.number("select max(case_seq) - min(case_seq) from cases"), 9);
        assert_eq!(store.verify().unwrap().finding, None);
    });
}
