//! Files out, and the same cases in again.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use casebook::domain::{
    Boundaries, By, Case, Currency, Cutoff, Dating, Entry, Field, Filter, How, Incoming, OffenderKind, Status,
    TotalsQuery, Values,
};
use casebook::exchange::{
    CsvCases, Form, Item, JsonCases, JsonlCases, ReadOptions, SheetColumn, SheetWords, Source, WriteCases, XlsxCases,
    columns, public, read_file,
};
use casebook::lang::Lang;
use casebook::render::case_record;
use casebook::store::{ExportQuery, ImportOptions, NewCasebook, Store};
use proptest::prelude::*;
use tempfile::TempDir;

use super::laws::{Step, steps, take};
use super::support::{
    case_with, converted, in_memory, incoming, on_each_engine, program, real_program, run, sqlite, stamp, stderr,
    stdout,
};

fn everything() -> ExportQuery {
    let filter = Filter { statuses: Status::ALL.to_vec(), ..Filter::default() };
    ExportQuery { filter, period: None, dating: Dating::Happened }
}

/// All cases of a casebook, as a file of a form.
fn exported(store: &mut Store, form: Form) -> Vec<u8> {
    exported_in_sheets(store, form, u32::MAX)
}

/// The same, with sheets of so many rows.
fn exported_in_sheets(store: &mut Store, form: Form, rows: u32) -> Vec<u8> {
    let mut to = Cursor::new(Vec::new());
    let decimals = store.currency().decimals();
    let reference = store.reference().clone();
    {
        let mut writer: Box<dyn WriteCases + '_> = match form {
            Form::Json => Box::new(JsonCases::new(&mut to).unwrap()),
            Form::Jsonl => Box::new(JsonlCases(&mut to)),
            Form::Xlsx => {
                let columns = columns(false).into_iter().map(|key| SheetColumn { key, header: key.to_owned() });
                let words = SheetWords {
                    name: "Vụ việc".into(),
                    total: "Tổng cộng".into(),
                    decimals,
                    named: Box::new(|_, _| None),
                };
                Box::new(XlsxCases::new(&mut to, columns.collect(), words).unwrap().with_rows(rows))
            }
            _ => Box::new(CsvCases::new(&mut to, columns(false), false).unwrap()),
        };
        store.export(&everything(), &mut |case| writer.case(&case_record(&case, &reference)).is_ok()).unwrap();
        writer.finish().unwrap();
    }
    to.into_inner()
}

/// Cases as CSV, written from them or from their records.
fn as_csv(store: &mut Store, is_public: bool, from_records: bool) -> Vec<u8> {
    let mut to = Vec::new();
    let reference = store.reference().clone();
    let mut writer = CsvCases::new(&mut to, columns(is_public), false).unwrap();
    let record = |case: &Case| {
        assert!(from_records, "no record is made of a case that is written as it is");
        let record = case_record(case, &reference);
        if is_public { public(record) } else { record }
    };
    let mut write = |case: &Case| {
        let done = if from_records { writer.case(&record(case)) } else { writer.write(case, &reference, &record) };
        done.is_ok()
    };
    store.export(&everything(), &mut |case| write(&case)).unwrap();
    writer.close().unwrap();
    to
}

/// Cases are written as CSV without their records as they are with them.
fn is_written_as_its_records(store: &mut Store) {
    for is_public in [false, true] {
        let texts = [true, false].map(|from_records| as_csv(store, is_public, from_records));
        let [expected, written] = texts.map(|text| String::from_utf8(text).unwrap());
        assert_eq!(written, expected, "public: {is_public}");
    }
}

/// Imports a file into a casebook; nothing of it may be refused.
fn imported(store: &mut Store, file: &[u8]) {
    let source = Source::spool("export", &mut &file[..], None).unwrap();
    let mut all = Vec::new();
    read_file(&source, &ReadOptions::default(), &mut |item| {
        if let Item::Record(record) = item {
            assert_eq!(record.errors, []);
            let rows = record.place.rows.len() as u64;
            all.push(Incoming { rows, ..incoming(&record.entry, store, stamp().today) });
        }
        Ok(())
    })
    .unwrap();
    let mut batches = vec![all];
    let options = ImportOptions::default();
    let mut wrong = Vec::new();
    let done =
        store.import(&options, &mut || Ok(batches.pop()), &mut |incoming, fate| wrong.push((incoming, fate)), &stamp());
    let imported = done.unwrap();
    assert_eq!(imported.counts.refused, 0, "{wrong:?}");
    assert_eq!(imported.counts.stored, imported.counts.rows);
}

fn totals(store: &mut Store) -> casebook::domain::Totals {
    let query = TotalsQuery {
        by: vec![By::Province, By::Month],
        filter: Filter::default(),
        period: None,
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Recorded,
        no_empty: true,
    };
    store.totals(&query).unwrap()
}

/// A casebook's export makes the same casebook elsewhere, in every form.
fn comes_back(store: &mut Store, empty: impl Fn() -> Store) {
    for form in FORMS {
        let file = exported(store, form);
        let mut other = empty();
        imported(&mut other, &file);
        assert!(exported(&mut other, form) == file, "{form:?}");
    }
}

const FORMS: [Form; 4] = [Form::Csv, Form::Json, Form::Jsonl, Form::Xlsx];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was done to them, cases that are exported and imported into an
    /// empty casebook are the same: their parts, their totals, and every byte
    /// of a second export.
    #[test]
    fn what_is_exported_and_imported_is_the_same(steps in steps()) {
        let mut store = in_memory();
        let mut ids = Vec::new();
        for step in &steps {
            take(&mut store, step, &mut ids);
            // Twins, which differ in nothing but their ids.
            if let Step::Record(entry) = step {
                ids.push(store.record(entry, &stamp()).unwrap().case.id);
            }
        }
        prop_assume!(!ids.is_empty());
        is_written_as_its_records(&mut store);
        for form in FORMS {
            let file = exported(&mut store, form);
            let mut other = in_memory();
            imported(&mut other, &file);
            prop_assert!(exported(&mut other, form) == file, "{form:?}");
            prop_assert_eq!(totals(&mut other), totals(&mut store), "{:?}", form);
            prop_assert_eq!(other.verify().unwrap().finding, None, "{:?}", form);
            for id in &ids {
                let case = |store: &mut Store| store.find(&id.to_string()).unwrap();
                prop_assert_eq!(case(&mut other), case(&mut store), "{:?}", form);
            }
        }
    }
}

/// A case with so many lines in its lists.
fn with_lines(at: usize, goods: usize, payments: usize, disposals: usize) -> Entry {
    let (number, day) = (format!("{at}/QĐ"), format!("2026-0{}-{:02}", 3 - at % 3, 28 - at % 17));
    let fine = [("decided_on", "2026-04-01"), ("fine_amount", "9000000")];
    let mut entry = case_with(&[("case_no", &number), ("detected_on", &day), fine[0], fine[1]]);
    entry.goods = (0..goods)
        .map(|line| {
            let name = (Field::Goods, format!("hàng {at}.{line}"));
            Values::from([name, (Field::Quantity, format!("{}", line + 1))])
        })
        .collect();
    entry.payments = (0..payments)
        .map(|line| {
            let day = (Field::PaidOn, format!("2026-05-0{}", line + 1));
            Values::from([day, (Field::PaidAmount, format!("{}", 1_000 * (at + 1)))])
        })
        .collect();
    entry.disposals = (0..disposals)
        .map(|line| {
            let how = (Field::DisposedHow, ["destroyed", "sold"][line % 2].to_owned());
            Values::from([how, (Field::DisposedOn, format!("2026-06-0{}", line + 1))])
        })
        .collect();
    entry
}

/// Cases that are read together are what each is when it is read alone.
#[test]
fn cases_are_read_together_as_one_by_one() {
    on_each_engine(|place| {
        let mut store = place.create();
        let folder = TempDir::new().unwrap();
        let photo = folder.path().join("kho.jpg");
        fs::write(&photo, b"photo").unwrap();
        for at in 0..48 {
            let case = store.record(&with_lines(at, at % 4 + 1, at / 4 % 3, at / 12 % 2), &stamp()).unwrap().case;
            if !place.is_postgres() && at % 5 == 0 {
                store.attach(&case.id.to_string(), std::slice::from_ref(&photo), "", &stamp()).unwrap();
            }
        }
        let mut together = Vec::new();
        store
            .export_batches(&everything(), &mut |cases| {
                together.extend(cases);
                true
            })
            .unwrap();
        assert_eq!(together.len(), 48);
        assert!(together.is_sorted_by_key(|case| (case.detected_on, case.id)));
        for case in &together {
            assert_eq!(*case, store.find(&case.id.to_string()).unwrap());
        }
        is_written_as_its_records(&mut store);
        assert_eq!(store.verify().unwrap().finding, None);
    });
}

/// Texts that a spreadsheet would run, split or lose.
#[test]
fn any_text_survives_every_form() {
    let texts = ["=1+1", "'=1", "+84 912", "-", "@x", "a;b, \"c\"", "'", "Tổng cộng", "1/2", "007", "#REF!", "–"];
    for form in FORMS {
        let mut store = in_memory();
        for (at, text) in texts.iter().enumerate() {
            let number = format!("{text} n{at}");
            let fields =
                [("case_no", number.as_str()), ("goods", text), ("note", text), ("offender", text), ("brand", text)];
            store.record(&case_with(&fields), &stamp()).unwrap();
        }
        is_written_as_its_records(&mut store);
        let file = exported(&mut store, form);
        let mut other = in_memory();
        imported(&mut other, &file);
        assert!(exported(&mut other, form) == file, "{form:?}");
    }
}

/// Twins that were imported have ids of their content, and come back as two.
#[test]
fn imported_twins_are_exported_and_imported_as_two() {
    let place = sqlite();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.csv");
    let row = "Huế,market_surveillance,Đội 1,2/1/2026,bia\n";
    fs::write(&file, format!("province,force,agency,detected_on,goods\n{}", row.repeat(3))).unwrap();
    assert!(run(&place.address, &["import", file.to_str().unwrap()]).status.success());
    let mut store = place.open();
    comes_back(&mut store, in_memory);
}

/// Cents, and thousandths of a quantity, survive every form.
#[test]
fn a_currency_with_decimals_survives_every_form() {
    let dollars = || {
        let currency = Currency::new("USD").unwrap();
        let new = NewCasebook { currency, reference: super::support::reference() };
        Store::in_memory(&new, &stamp()).unwrap()
    };
    let mut store = dollars();
    for (at, amount) in ["1234,50", "0,05", "hơn 99,99", "1000000"].into_iter().enumerate() {
        let quantity = ["1,125", "2.500", "0,0001", "3"][at];
        let quantity = if quantity == "1,125" { "1,1250" } else { quantity };
        let fields =
            [("fine_amount", amount), ("seized_value", amount), ("quantity", quantity), ("goods_value", amount)];
        store.record(&case_with(&fields), &stamp()).unwrap();
    }
    comes_back(&mut store, dollars);
}

/// Sheets that are full are followed by others, and no case is torn apart.
#[test]
fn cases_of_several_sheets_come_together_again() {
    let mut store = in_memory();
    for at in 0..20 {
        let mut entry = case_with(&[("case_no", &format!("{at}/BB"))]);
        for line in 2..=(at % 4) + 1 {
            entry.set(Field::Goods, Some(line), format!("lô {line}")).unwrap();
        }
        store.record(&entry, &stamp()).unwrap();
    }
    let file = exported_in_sheets(&mut store, Form::Xlsx, 7);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.clone())).unwrap();
    assert!(book.sheet_names().len() > 5);
    let _ = book.worksheet_range("Vụ việc 2").unwrap();
    let mut other = in_memory();
    imported(&mut other, &file);
    assert!(exported(&mut other, Form::Json) == exported(&mut store, Form::Json));
}

fn recorded(db: &str) {
    let flags =
        ["--province", "Huế", "--agency", "Đội 1", "--date", "2/1/2026", "--goods", "=cmd()", "--offender", "Ông A"];
    let more = ["--case-no", "1", "--fine", "25tr", "--seized", "hơn 450 triệu", "--note", "nhà ông A"];
    assert!(run(db, &[&["record"], flags.as_slice(), &more].concat()).status.success());
    let flags = ["--province", "Hà Nội", "--agency", "Đội 2", "--date", "3/2/2026", "--goods", "bia", "--fine", "7tr"];
    assert!(run(db, &[&["record", "--case-no", "2"], flags.as_slice()].concat()).status.success());
}

#[test]
fn an_export_takes_filters_and_leaves_out_what_the_public_may_not_see() {
    on_each_engine(|place| {
        recorded(&place.address);
        let csv = |arguments: &[&str]| stdout(&run(&place.address, &[&["export"], arguments].concat()));
        let all = csv(&[]);
        assert_eq!(all.lines().count(), 3);
        assert!(all.contains(",'=cmd(),") && all.contains("Ông A"), "{all}");
        assert_eq!(csv(&["--province", "Hà Nội"]).lines().count(), 2);
        assert_eq!(csv(&["--month", "2026-02"]).lines().count(), 2);
        let public = csv(&["--public"]);
        assert!(!public.contains("Ông A") && !public.contains("ông A") && !public.contains("offender"), "{public}");
        assert_eq!(public.lines().count(), 3);
        let json = csv(&["--public", "--format", "json"]);
        assert!(!json.contains("ông A") && json.contains("fine_amount"), "{json}");
        run(&place.address, &["void", "2", "--reason", "nhầm"]);
        assert_eq!((csv(&[]).lines().count(), csv(&["--with-void"]).lines().count()), (2, 3));
        assert!(csv(&["--excel"]).starts_with('\u{FEFF}'));
    });
}

/// The list of cases and their export are the same records.
#[test]
fn an_export_as_json_is_the_list() {
    let place = sqlite();
    recorded(&place.address);
    let json = |arguments: &[&str]| stdout(&run(&place.address, &[arguments, &["--format", "json"]].concat()));
    assert_eq!(json(&["export"]), json(&["list", "--sort=-detected_on"]));
}

#[test]
fn a_workbook_has_numbers_days_a_header_and_totals() {
    let place = sqlite();
    recorded(&place.address);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.xlsx");
    let written = run(&place.address, &["--lang", "vi", "export", "-o", path.to_str().unwrap()]);
    assert!(written.status.success(), "{}", stderr(&written));
    let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let sheet = book.worksheet_range("Vụ việc").unwrap();
    let column = |header: &str| {
        sheet.rows().next().unwrap().iter().position(|cell| cell == &Data::String(header.into())).unwrap()
    };
    let rows: Vec<_> = sheet.rows().collect();
    assert_eq!(rows[1][column("Tiền phạt")], Data::Float(25_000_000.0));
    assert!(matches!(rows[1][column("Ngày phát hiện")], Data::DateTime(_)));
    assert_eq!(rows[3][0], Data::String("Tổng cộng".into()));
    let formulas = book.worksheet_formula("Vụ việc").unwrap();
    let fine = u32::try_from(column("Tiền phạt")).unwrap();
    assert!(formulas.get_value((3, fine)).unwrap().starts_with("SUBTOTAL(9,"));
    let texts = fs::read(&path).unwrap();
    assert_eq!(texts, {
        run(&place.address, &["--lang", "vi", "export", "-o", path.to_str().unwrap()]);
        fs::read(&path).unwrap()
    });
}

/// Every header of an export is known again, in both languages.
#[test]
fn headers_of_workbooks_are_known_again_in_both_languages() {
    for lang in [Lang::Vi, Lang::En] {
        let place = sqlite();
        recorded(&place.address);
        // Every code is called by a name there, and every bound by its sign.
        let mut store = place.open();
        let reference = store.reference().clone();
        let all = reference.categories.len().max(reference.violations.len());
        for at in 0..all {
            let code = |n: usize| at % n;
            let (how, kind) = (How::ALL[code(4)].code(), OffenderKind::ALL[code(3)].code());
            let force = &reference.forces[code(reference.forces.len())].code;
            let entry = case_with(&[
                ("agency", &format!("Tổ {at}")),
                ("category", &reference.categories[code(reference.categories.len())].code),
                ("violation", &reference.violations[code(reference.violations.len())].code),
                ("force", force),
                ("offender_kind", kind),
                ("seized_value", ["10tr", "hơn 10tr", "gần 10tr", "khoảng 10tr"][code(4)]),
                ("fine_amount", ["khoảng 10tr", "10tr", "hơn 10tr", "gần 10tr"][code(4)]),
                ("quantity", ["gần 3", "khoảng 3", "3,125", "hơn 3"][code(4)]),
                ("case_count", ["2", "hơn 2"][code(2)]),
                ("disposed_on", "2026-03-01"),
                ("disposed_how", how),
                ("disposed_value", ["hơn 1tr", "1tr"][code(2)]),
                ("brand", ["–", "Tổng cộng", "#N/A"][code(3)]),
            ]);
            store.record(&entry, &stamp()).unwrap();
        }
        drop(store);
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("x.xlsx").display().to_string();
        let code = if lang == Lang::Vi { "vi" } else { "en" };
        assert!(run(&place.address, &["--lang", code, "export", "-o", &path]).status.success());
        let other = sqlite();
        let output = run(&other.address, &["import", &path]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(!stderr(&output).contains("not known"), "{}", stderr(&output));
        let csv = |db: &str| stdout(&run(db, &["export"]));
        assert_eq!(csv(&other.address), csv(&place.address), "{code}");
    }
}

/// LibreOffice shows the same sums as the program.
#[test]
fn libreoffice_shows_the_same_sums() {
    let Some(soffice) = real_program(&["soffice", "libreoffice"]) else { return };
    let place = sqlite();
    recorded(&place.address);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.xlsx");
    assert!(run(&place.address, &["export", "-o", path.to_str().unwrap()]).status.success());
    let csv = converted(soffice, &path, "csv:Text - txt - csv (StarCalc):44,34,76", "csv");
    let text = fs::read_to_string(csv).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let last = rows.records().last().unwrap().unwrap();
    let shown = |header: &str| {
        let at = headers.iter().position(|name| name == header).unwrap();
        last[at].replace([',', '.'], "")
    };
    assert_eq!((&last[0], shown("Fine"), shown("Seized value")), ("Total", "32000000".into(), "450000000".into()));
}

/// A reader that goes away is no failure, and a file is written whole or not.
#[test]
fn an_export_that_fails_leaves_the_old_file() {
    let place = sqlite();
    recorded(&place.address);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.csv");
    fs::write(&path, "old").unwrap();
    let failed = run(&place.address, &["export", "--agency", "nobody", "-o", path.to_str().unwrap()]);
    assert!(!failed.status.success());
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let bad = program(&place.address).args(["export", "--format", "ods"]).output().unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert!(Path::new(&place.address).exists());
}

/// Struck-out cases are in the sheet where they are asked for, not in its sums.
#[test]
fn cases_that_are_struck_out_are_not_in_the_sums() {
    let place = sqlite();
    recorded(&place.address);
    run(&place.address, &["void", "2", "--reason", "nhầm"]);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.xlsx");
    assert!(run(&place.address, &["export", "--with-void", "-o", path.to_str().unwrap()]).status.success());
    let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let sheet = book.worksheet_range("Cases").unwrap();
    let rows: Vec<_> = sheet.rows().collect();
    let fine = rows[0].iter().position(|cell| cell == &Data::String("Fine".into())).unwrap();
    assert_eq!((rows.len(), &rows[3][fine]), (4, &Data::Float(25_000_000.0)));
    let formulas = book.worksheet_formula("Cases").unwrap();
    let at = (3, u32::try_from(fine).unwrap());
    assert!(formulas.get_value(at).unwrap().starts_with("SUMIFS("), "{:?}", formulas.get_value(at));
}

/// Two casebooks with the same cases export the same bytes, whatever came first.
#[test]
fn cases_stand_by_their_days_and_those_of_a_day_by_their_ids() {
    on_each_engine(|place| {
        let mut store = place.create();
        for (last, day) in
            [(3, "2026-01-20"), (1, "2026-02-01"), (4, "2026-01-20"), (2, "2026-01-20"), (5, "2026-01-02")]
        {
            let id = format!("019c9f00-0000-7000-8000-00000000000{last}");
            store.record(&case_with(&[("id", &id), ("detected_on", day)]), &stamp()).unwrap();
        }
        let mut seen = String::new();
        store
            .export(&everything(), &mut |case| {
                seen.extend(case.id.to_string().chars().last());
                true
            })
            .unwrap();
        assert_eq!(seen, "52341");
    });
}

/// A link is followed and stays a link; a pipe is written to and stays one.
#[cfg(unix)]
#[test]
fn links_are_followed_and_pipes_are_written_to() {
    let place = sqlite();
    recorded(&place.address);
    let folder = TempDir::new().unwrap();
    let (real, link, pipe) =
        (folder.path().join("real.csv"), folder.path().join("link.csv"), folder.path().join("pipe"));
    fs::write(&real, "old").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    assert!(run(&place.address, &["export", "-o", link.to_str().unwrap()]).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let csv = fs::read_to_string(&real).unwrap();
    assert_eq!(csv.lines().count(), 3);
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (form, begins) in [("csv", b"case".as_slice()), ("xlsx", b"PK\x03\x04")] {
        let mut command = program(&place.address);
        let mut child = command.args(["export", "--format", form, "-o"]).arg(&pipe).spawn().unwrap();
        let written = fs::read(&pipe).unwrap();
        assert!(child.wait().unwrap().success());
        assert!(written.starts_with(begins), "{form}");
    }
}
