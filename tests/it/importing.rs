//! Files in: whatever an office sends, each case once, and nothing in silence.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::support::{Place, folder, on_each_engine, program, run, sqlite, stderr, stdout};

/// A folder with files to import into a casebook.
struct Desk<'a> {
    place: &'a Place,
    folder: TempDir,
}

impl<'a> Desk<'a> {
    fn new(place: &'a Place) -> Self {
        Self { place, folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.path(name).display().to_string()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(&self.place.address, arguments)
    }

    /// Imports, and tells what came of it.
    fn import(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["import", "--format", "json"], arguments].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    }

    /// Imports what can't be, and tells the exit code and what was said.
    fn refused(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(&[&["import"], arguments].concat());
        (output.status.code(), stderr(&output))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    }

    fn cases(&self) -> usize {
        self.json(&["list"]).as_array().unwrap().len()
    }

    fn verified(&self) {
        let output = self.run(&["verify"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

/// Rows of an import by how they ended: stored, updated, there, refused.
fn ends(import: &Value) -> [u64; 4] {
    let rows = ["stored", "updated", "already_there", "refused"].map(|key| import[key].as_u64().unwrap());
    assert_eq!(rows.iter().sum::<u64>(), import["rows"].as_u64().unwrap(), "every row ends in one way: {import}");
    rows
}

const HEADER: &str = "case_no,province,agency,detected_on,goods,seized_value,fine_amount\n";

fn rows(rows: &[&str]) -> String {
    HEADER.to_owned() + &rows.join("\n") + "\n"
}

const ONE: &str = "1/BB,Đồng Tháp,Đội QLTT số 3,27/2/2026,rượu ngoại,45 triệu,25.000.000";
const TWO: &str = "2/BB,Huế,Đội QLTT số 1,28/2/2026,thuốc lá,hơn 5 triệu,";

/// A title, a header of two lines with merged cells, a column of numbers,
/// amounts and days both as text and as such in one column, lots on lines of
/// their own, a row of totals and signatures: without a mapping.
#[test]
fn sheets_as_offices_send_them_are_read_without_a_mapping() {
    // What the file says; rows, cases, fines and seized values.
    let files = [
        ("bao-cao-quy-1.xlsx", 9, 6, 116_250_000, 116_795_000),
        ("bao-cao-quy-1.ods", 9, 6, 116_250_000, 116_795_000),
        ("bao-cao-quy-1.xls", 9, 6, 116_250_000, 116_795_000),
        ("bao-cao-quy-1-vi.csv", 9, 6, 116_250_000, 116_795_000),
        ("trieu-dong.xlsx", 4, 4, 185_000_000, 1_305_350_000),
        ("windows-1258.csv", 3, 3, 57_500_000, 57_210_000),
        ("utf16.csv", 3, 3, 57_500_000, 57_210_000),
        ("hai-trang.xlsx", 5, 5, 70_750_000, 68_790_000),
    ];
    on_each_engine(|place| {
        for (file, rows, cases, fines, seized) in files {
            let place = place.another();
            let desk = Desk::new(&place);
            let path = folder("tests/fixtures/import").join(file).display().to_string();
            let import = desk.import(&[&path]);
            assert_eq!(ends(&import), [rows, 0, 0, 0], "{file}");
            let told = (import["cases"].as_u64(), import["fine_amount"].as_i64(), import["seized_value"].as_i64());
            assert_eq!(told, (Some(cases), Some(fines), Some(seized)), "{file}");
            let total = &desk.json(&["totals"])["total"];
            assert_eq!((total["fine_amount"].as_i64(), total["cases"].as_u64()), (Some(fines), Some(cases)), "{file}");
            assert_eq!(total["seized_value"].as_i64(), Some(seized), "{file}");
            assert_eq!(ends(&desk.import(&[&path])), [0, 0, rows, 0], "{file}, once more");
            desk.verified();
        }
    });
}

#[test]
fn the_same_report_is_the_same_whatever_it_is_saved_as() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let path = |file: &str| folder("tests/fixtures/import").join(file).display().to_string();
    desk.import(&[&path("bao-cao-quy-1.xlsx")]);
    for file in ["bao-cao-quy-1.ods", "bao-cao-quy-1.xls", "bao-cao-quy-1-vi.csv"] {
        assert_eq!(ends(&desk.import(&[&path(file)])), [0, 0, 9, 0], "{file}");
    }
    let lots = &desk.json(&["show", "HS-02/2026"])["goods"];
    let lot = |at: usize, key: &str| lots[at][key].clone();
    assert_eq!((lot(1, "goods"), lot(1, "quantity")), ("Rượu ngoại 750 ml".into(), 18.into()));
    assert_eq!((lot(2, "goods_value"), lot(2, "unit")), (1_750_000.into(), "cái".into()));
    assert_eq!(lots.as_array().unwrap().len(), 3);
}

#[test]
fn what_was_passed_over_is_told() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let path = folder("tests/fixtures/import/bao-cao-quy-1.xlsx").display().to_string();
    let output = desk.run(&["import", &path, "--dry-run"]);
    let said = stderr(&output);
    for part in ["[Quý I]:17: adds up", "says 45,500,000 in all, its rows come to 116,250,000", "[Quý I]:19: no case"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let shown = stdout(&output);
    for part in ["header in row 4–5", "Quyết định xử phạt / Số tiền phạt", "Would be stored", "116,250,000"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!Path::new(&place.address).exists(), "a rehearsal makes no casebook");
}

#[test]
fn a_file_that_overlaps_stores_what_is_new() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let first = desk.put("a.csv", rows(&[ONE]));
        let both = desk.put("b.csv", rows(&[ONE, TWO]));
        assert_eq!(ends(&desk.import(&[&first])), [1, 0, 0, 0]);
        assert_eq!(ends(&desk.import(&[&both])), [1, 0, 1, 0]);
        assert_eq!(ends(&desk.import(&[&first, &both])), [0, 0, 3, 0]);
        assert_eq!(desk.json(&["imports"]).as_array().unwrap().len(), 2, "what stored nothing is none");
        desk.verified();
    });
}

/// What became of a case since is no reason to store or to change it again.
#[test]
fn a_case_that_was_changed_since_is_known_again() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let file = desk.put("a.csv", rows(&[ONE, TWO]));
        desk.import(&[&file]);
        desk.run(&["pay", "1/BB", "--paid", "10tr", "--paid-on", "1/3/2026"]);
        desk.run(&["amend", "2/BB", "goods=thuốc lá điếu", "seized_value=6tr", "--reason", "cân lại"]);
        assert_eq!(ends(&desk.import(&[&file])), [0, 0, 2, 0]);
        assert_eq!(ends(&desk.import(&[&file, "--update"])), [0, 0, 2, 0]);
        assert_eq!(desk.json(&["show", "2/BB"])["seized_value"], 6_000_000);
        desk.verified();
    });
}

#[test]
fn a_row_that_says_otherwise_is_a_conflict_or_an_update() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        desk.import(&[&desk.put("a.csv", rows(&[ONE, TWO]))]);
        let other = desk.put("b.csv", rows(&[&ONE.replace("25.000.000", "30.000.000"), &TWO.replace("2/BB", "3/BB")]));
        let (code, said) = desk.refused(&[&other]);
        assert_eq!(code, Some(5), "{said}");
        assert!(said.contains("b.csv:2:A: differs from the case that is there, 1/BB"), "{said}");
        assert!(said.contains("Fine: 25,000,000 → 30,000,000"), "{said}");
        assert_eq!(desk.cases(), 2, "nothing was stored");
        assert_eq!(ends(&desk.import(&[&other, "--update"])), [1, 1, 0, 0]);
        let shown = desk.json(&["show", "1/BB"]);
        assert_eq!((shown["fine_amount"].as_i64(), shown["revision"].as_i64()), (Some(30_000_000), Some(2)));
        let history = shown["history"].as_array().unwrap();
        assert_eq!((&history[0]["action"], &history[1]["action"]), (&"import".into(), &"amend".into()));
        assert_eq!(history[1]["reason"], "b.csv");
        assert_eq!(desk.json(&["totals"])["total"]["fine_amount"], 30_000_000);
        desk.verified();
    });
}

/// A row leaves alone what it does not tell.
#[test]
fn an_update_keeps_what_the_file_does_not_have() {
    let place = sqlite();
    let desk = Desk::new(&place);
    desk.import(&[&desk.put("a.csv", rows(&[ONE]))]);
    desk.run(&["amend", "1/BB", "note=giữ lại", "--reason", "thêm"]);
    let short = "case_no,province,agency,detected_on,goods,seized_value\n1/BB,Đồng Tháp,Đội QLTT số 3,27/2/2026,rượu ngoại,46tr\n";
    assert_eq!(ends(&desk.import(&[&desk.put("b.csv", short), "--update"])), [0, 1, 0, 0]);
    let shown = desk.json(&["show", "1/BB"]);
    assert_eq!((&shown["note"], &shown["fine_amount"]), (&"giữ lại".into(), &25_000_000.into()));
    assert_eq!(shown["seized_value"], 46_000_000);
}

#[test]
fn twins_without_a_number_survive_and_are_known_again() {
    const TWIN: &str = ",Lào Cai,Đội QLTT số 2,1/3/2026,pháo nổ,2tr,5tr";
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let two = desk.put("2.csv", rows(&[TWIN, TWIN, TWO]));
        let three = desk.put("3.csv", rows(&[TWIN, TWIN, TWIN]));
        let one = desk.put("1.csv", rows(&[TWIN]));
        assert_eq!(ends(&desk.import(&[&two])), [3, 0, 0, 0]);
        assert_eq!(ends(&desk.import(&[&two])), [0, 0, 3, 0]);
        assert_eq!(ends(&desk.import(&[&one])), [0, 0, 1, 0]);
        assert_eq!(ends(&desk.import(&[&three])), [1, 0, 2, 0]);
        assert_eq!(desk.json(&["totals"])["total"]["fine_amount"], 15_000_000);
        desk.verified();
    });
}

#[test]
fn a_case_that_was_recorded_by_hand_is_known_again() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let flags = ["--province", "Lào Cai", "--agency", "Đội QLTT số 2", "--date", "1/3/2026", "--goods", "pháo nổ"];
        desk.run(&[&["record"], flags.as_slice(), &["--seized", "2tr", "--fine", "5tr"]].concat());
        let row = ",Lào Cai,doi qltt so 2,2026-03-01,pháo nổ,2.000.000,5.000.000";
        assert_eq!(ends(&desk.import(&[&desk.put("a.csv", rows(&[row, row]))])), [1, 0, 1, 0]);
        let numbered = [&["record", "--case-no", "9/BB"], flags.as_slice()].concat();
        desk.run(&numbered);
        let same = desk.put("b.csv", rows(&["9/BB,Lào Cai,Đội QLTT số 2,1/3/2026,pháo nổ,,"]));
        assert_eq!(ends(&desk.import(&[&same])), [0, 0, 1, 0]);
        desk.verified();
    });
}

#[test]
fn a_row_that_repeats_a_number_with_all_it_says_is_one_case() {
    let place = sqlite();
    let desk = Desk::new(&place);
    assert_eq!(ends(&desk.import(&[&desk.put("a.csv", rows(&[ONE, TWO, ONE]))])), [2, 0, 1, 0]);
    assert_eq!(ends(&desk.import(&[&desk.put("b.csv", rows(&[ONE, ONE]))])), [0, 0, 2, 0]);
    assert_eq!(desk.json(&["show", "1/BB"])["goods"].as_array().unwrap().len(), 1);
    assert_eq!(desk.json(&["totals"])["total"]["fine_amount"], 25_000_000);
}

#[test]
fn lines_of_goods_come_together_and_their_values_are_added_once() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let text = rows(&[
        // The seized value of all said again, beside the fine.
        "1,Huế,Đội 1,2/1/2026,bia,10tr,5tr",
        "1,Huế,Đội 1,2/1/2026,rượu,10tr,5tr",
        // One of its own in each line.
        "2,Huế,Đội 1,3/1/2026,bia,1tr,5tr",
        "2,Huế,Đội 1,3/1/2026,rượu,hơn 2tr,",
        // Nothing but goods.
        "3,Huế,Đội 1,4/1/2026,bia,7tr,5tr",
        ",,,,rượu,,",
    ]);
    let import = desk.import(&[&desk.put("a.csv", text)]);
    assert_eq!((ends(&import), import["cases"].as_u64()), ([6, 0, 0, 0], Some(3)));
    let seized = |case: &str| {
        let shown = desk.json(&["show", case]);
        assert_eq!(shown["goods"].as_array().unwrap().len(), 2, "{case}");
        (shown["seized_value"].as_i64().unwrap(), shown["seized_bound"].as_str().unwrap().to_owned())
    };
    assert_eq!(seized("1"), (10_000_000, "exact".into()));
    assert_eq!(seized("2"), (3_000_000, "at_least".into()));
    assert_eq!(seized("3"), (7_000_000, "exact".into()));
    assert_eq!(desk.json(&["totals"])["total"]["fine_amount"], 15_000_000);
}

#[test]
fn one_bad_row_stops_all_and_every_bad_row_is_told() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let bad = desk.put(
            "xấu.csv",
            rows(&[
                ONE,
                "2,Đồng Thápp,Đội 1,31/2/2026,bia,1tr,25,000".replace("25,000", "\"25,000\"").as_str(),
                ",Huế,,1/1/2026,trà,,",
            ]),
        );
        let output = desk.run(&["import", &bad, "--format", "json"]);
        assert_eq!(output.status.code(), Some(3));
        let said = stderr(&output);
        let error: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
        let fields = error["error"]["fields"].as_array().unwrap();
        let told = |at: usize| {
            let field = &fields[at];
            let text = |key: &str| field[key].as_str().unwrap().to_owned();
            (text("file"), field["row"].as_u64().unwrap(), text("column"), text("value"), text("reason"))
        };
        assert_eq!(told(0), ("xấu.csv".into(), 3, "D".into(), "31/2/2026".into(), "impossible_date".into()));
        assert_eq!(told(1), ("xấu.csv".into(), 3, "B".into(), "Đồng Thápp".into(), "unknown".into()));
        assert_eq!(told(2), ("xấu.csv".into(), 3, "G".into(), "25,000".into(), "ambiguous".into()));
        assert_eq!(told(3), ("xấu.csv".into(), 4, "C".into(), String::new(), "missing".into()));
        assert_eq!(desk.cases(), 0);
        desk.verified();
    });
}

#[test]
fn bad_rows_go_to_a_file_that_can_be_mended_and_imported() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let header =
        "Số hồ sơ,Tỉnh,Đơn vị kiểm tra,Ngày,Tên hàng,Trị giá tang vật (triệu đồng),Số tiền phạt (triệu đồng)\n";
    let text = format!(
        "Đơn vị tính: triệu đồng\n{header}1,Huế,Đội 1,3/1/2026,bia,\"10,5\",5\n2,Huêê,Đội 1,4/1/2026,trà,1,2\n2,Huêê,Đội 1,4/1/2026,\"rượu, 5°\",3,\n"
    );
    let import = desk.import(&[&desk.put("a.csv", text), "--partial"]);
    assert_eq!(ends(&import), [1, 0, 0, 2]);
    let refused = import["refused_file"].as_str().unwrap();
    assert!(refused.ends_with("a.refused.csv"));
    let written = fs::read_to_string(refused).unwrap();
    assert!(written.contains("a.csv:4"), "{written}");
    assert!(written.contains("Did you mean"), "it says why: {written}");
    // It is imported as it stands once it is mended: units and all.
    assert_eq!(desk.refused(&[refused]).0, Some(3));
    fs::write(refused, written.replace("Huêê", "Huế")).unwrap();
    assert_eq!(ends(&desk.import(&[refused])), [2, 0, 0, 0]);
    let total = &desk.json(&["totals"])["total"];
    assert_eq!((total["fine_amount"].as_i64(), total["seized_value"].as_i64()), (Some(7_000_000), Some(14_500_000)));
    desk.verified();
}

#[test]
fn an_import_is_undone_in_one_step() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let file = desk.put("a.csv", rows(&[ONE, TWO]));
        desk.import(&[&file]);
        desk.run(&["pay", "1/BB", "--paid", "10tr", "--paid-on", "1/3/2026"]);
        let (code, said) = desk.refused(&["--undo", "1", "--reason", "nhầm tệp"]);
        assert_eq!(code, Some(5), "{said}");
        assert!(said.contains("1/BB") && !said.contains("2/BB"), "what was changed is named: {said}");
        assert_eq!(desk.refused(&["--undo", "1"]).0, Some(2), "it needs a reason");
        assert_eq!(desk.refused(&["--undo", "7", "--reason", "x"]).0, Some(4));
        assert_eq!(desk.cases(), 2);
        let undone = desk.run(&["import", "--undo", "1", "--reason", "nhầm tệp", "--force"]);
        assert!(undone.status.success(), "{}", stderr(&undone));
        assert_eq!((desk.cases(), desk.json(&["totals"])["total"]["cases"].as_u64()), (0, Some(0)));
        let void = desk.json(&["show", "2/BB"]);
        assert_eq!((&void["status"], &void["void_reason"]), (&"void".into(), &"nhầm tệp".into()));
        assert_eq!(desk.json(&["imports"])[0]["undo_reason"], "nhầm tệp");
        assert_eq!(desk.refused(&["--undo", "1", "--reason", "x"]).0, Some(5), "once is enough");
        desk.verified();
        // The same cases may come again, and are others.
        assert_eq!(ends(&desk.import(&[&file])), [2, 0, 0, 0]);
        assert_eq!(ends(&desk.import(&[&file])), [0, 0, 2, 0]);
        assert_eq!(desk.json(&["list", "--import", "2"]).as_array().unwrap().len(), 2);
        desk.verified();
    });
}

#[test]
fn what_is_no_table_makes_no_casebook_and_says_why() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let whole = fs::read(folder("tests/fixtures/import/bao-cao-quy-1.xlsx")).unwrap();
    let long = format!("{HEADER}{}\n", "x".repeat(2 << 20));
    let open = format!("{HEADER}\"1\",Huế,Đội 1,2/1/2026,\"bia,1tr,\n2,Huế,Đội 1,2/1/2026,\"trà, khô\",1tr,\n");
    let nul = [HEADER.as_bytes(), &[0; 4_096], b"\n"].concat();
    let tcvn3 = [b"case_no,province\n1,\xA7\xE5ng Th\xB8p\n".as_slice(), b"\n"].concat();
    let files: [(&str, Vec<u8>, &str); 11] = [
        ("cut.xlsx", whole[..whole.len() * 6 / 10].to_vec(), "damaged"),
        ("no.xlsx", b"PK\x03\x04 and no more".to_vec(), "damaged"),
        ("text.xlsx", b"case_no,province\n".to_vec(), "damaged"),
        ("empty.csv", Vec::new(), "holds nothing"),
        ("numbers.csv", b"1,2,3\n4,5,6\n".to_vec(), "no header"),
        ("columns.csv", ",".repeat(1_000_000).into_bytes(), "more than 1,000 columns"),
        ("nul.csv", nul, "NUL"),
        ("long.csv", long.into_bytes(), "too long"),
        ("open.csv", open.into_bytes(), "a quote is opened in line 2"),
        ("tcvn3.csv", tcvn3, "line 2 is not UTF-8"),
        ("half.json", br#"[{"province": "Hu"#.to_vec(), "no JSON of a case"),
    ];
    for (name, content, why) in files {
        let (code, said) = desk.refused(&[&desk.put(name, content)]);
        assert_eq!(code, Some(3), "{name}: {said}");
        assert!(said.contains(why) && said.contains("Nothing was stored"), "{name}: {said}");
        assert!(!Path::new(&place.address).exists(), "{name}");
    }
    assert_eq!(desk.refused(&["nowhere.csv"]).0, Some(1));
}

/// A file that ends badly after thousands of good rows stores none of them.
#[test]
fn what_is_cut_off_midway_stores_nothing() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let many = (0..3_000).map(|n| format!("{n},Huế,Đội 1,2/1/2026,bia,1tr,")).collect::<Vec<_>>().join("\n") + "\n";
        let file = desk.put("a.csv", format!("{HEADER}{many}\"x,Huế\n"));
        let (code, said) = desk.refused(&[&file, "--partial"]);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("a quote is opened in line 3002"), "{said}");
        assert_eq!(desk.cases(), 0);
        assert!(!desk.path("a.refused.csv").exists());
        desk.verified();
    });
}

/// It is killed once it has written far more than the beginning of a
/// transaction.
#[test]
fn a_killed_import_leaves_nothing_behind() {
    let place = sqlite();
    let desk = Desk::new(&place);
    desk.import(&[&desk.put("one.csv", rows(&[ONE]))]);
    // More than an import holds in memory: it is written before it ends.
    let many = (0..80_000).map(|n| format!("n{n},Huế,Đội 1,2/1/2026,bia,1tr,")).collect::<Vec<_>>().join("\n") + "\n";
    let file = desk.put("a.csv", format!("{HEADER}{many}"));
    let log = format!("{}-wal", place.address);
    let written = || fs::metadata(&log).map_or(0, |log| log.len());
    let mut command = program(&place.address);
    let mut child = command.args(["import", &file]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while written() < 4 << 20 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was killed");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((desk.cases(), desk.json(&["imports"]).as_array().unwrap().len()), (1, 1));
    desk.verified();
}

#[test]
fn json_json_lines_and_tabs_are_read_too() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let one = r#"{"case_no": "1", "province": "Huế", "agency": "Đội 1", "detected_on": "2026-01-02",
        "goods": [{"goods": "bia", "quantity": 40.125, "unit": "lít", "goods_value": 5000000, "goods_value_bound": "at_least"}, "rượu"],
        "fine_amount": 25000000, "fine_bound": "about", "payments": [{"paid_on": "2026-02-01", "paid_amount": 1e6}]}"#;
    let import = desk.import(&[&desk.put("a.json", format!("[{one}]"))]);
    assert_eq!(ends(&import), [1, 0, 0, 0]);
    let line = format!("{}\n\n", one.replace('\n', " "));
    assert_eq!(ends(&desk.import(&[&desk.put("a.jsonl", line.repeat(2))])), [0, 0, 2, 0]);
    assert_eq!(ends(&desk.import(&[&desk.put("b.json", one)])), [0, 0, 1, 0]);
    let shown = desk.json(&["show", "1"]);
    assert_eq!(shown["goods"][0]["quantity"].to_string(), "40.125");
    assert_eq!((&shown["goods"][0]["goods_value_bound"], &shown["fine_bound"]), (&"at_least".into(), &"about".into()));
    assert_eq!(
        (&shown["payments"][0]["paid_amount"], &shown["goods"][1]["goods"]),
        (&1_000_000.into(), &"rượu".into())
    );
    let tabs = rows(&[TWO]).replace(',', "\t");
    assert_eq!(ends(&desk.import(&[&desk.put("c.tsv", tabs)])), [1, 0, 0, 0]);
    let (code, said) = desk.refused(&[&desk.put("d.json", r#"[{"case_no": "2", "province": ["Huế", 1]}]"#)]);
    assert_eq!(code, Some(3));
    assert!(said.contains("d.json:1:province"), "{said}");
}

#[test]
fn standard_input_is_read_in_the_form_that_is_named() {
    let place = sqlite();
    let mut command = program(&place.address);
    command.args(["import", "-", "--format", "csv"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), rows(&[ONE, TWO]).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(stdout(&output).contains("25,000,000"), "{}", stdout(&output));
    let desk = Desk::new(&place);
    assert_eq!(desk.cases(), 2);
    // What it comes to is told in the form of the output.
    let told = desk.path("told.json");
    let mut command = program(&place.address);
    command.args(["import", "-", "--format", "csv", "-o"]).arg(&told).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), rows(&[ONE]).as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    let told: Value = serde_json::from_str(&fs::read_to_string(told).unwrap()).unwrap();
    assert_eq!(ends(&told), [0, 0, 1, 0]);
}

#[test]
fn drafts_that_were_read_from_notes_can_be_imported() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let note = desk.put(
        "tin.txt",
        "Ngày 27/2/2026, Đội QLTT số 3 tỉnh Đồng Tháp phạt 45 triệu đồng một cơ sở bán 120 chai rượu ngoại nhập lậu",
    );
    let drafts = stdout(&desk.run(&["read", &note, "--format", "jsonl"]));
    assert_eq!(ends(&desk.import(&[&desk.put("drafts.jsonl", drafts)])), [1, 0, 0, 0]);
    assert_eq!(desk.json(&["totals"])["total"]["fine_amount"], 45_000_000);
}

#[test]
fn a_mapping_says_what_headers_do_not() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let sheet = "x1;x2;x3;x4;x5\nHL;27/2;rượu;25,5;nope\nHG;1/3;\"trà; khô\";7;nope\n";
    let file = desk.put("a.csv", sheet);
    assert_eq!(desk.refused(&[&file]).0, Some(3), "no header is known");
    let suggested = stdout(&desk.run(&["import", &file, "--suggest-map"]));
    assert!(suggested.contains("[columns]") && suggested.contains("\"@D\" = \"\"  # such as x4"), "{suggested}");
    let map = r#"
        header = 1
        year = 2026
        money = "triệu đồng"
        [columns]
        "x1" = "violation"
        "@B" = "detected_on"
        "x3" = "goods"
        "x4" = "fine_amount"
        "x5" = ""
        [constants]
        province = "Lào Cai"
        [values.violation]
        "HL" = "hang_lau"
        "hg" = "hang_gia"
    "#;
    let map = desk.put("map.toml", map);
    let import = desk.import(&[&file, "--map", &map, "--set", "agency=Đội QLTT số 2"]);
    assert_eq!((ends(&import), import["fine_amount"].as_i64()), ([2, 0, 0, 0], Some(32_500_000)));
    let listed = desk.json(&["list", "--violation", "hang_lau"]);
    assert_eq!((&listed[0]["detected_on"], &listed[0]["province"]), (&"2026-02-27".into(), &"Lào Cai".into()));
    let (code, said) = desk.refused(&[&file, "--map", &desk.put("bad.toml", "[columns]\n\"x1\" = \"colour\"\n")]);
    assert_eq!(code, Some(3));
    assert!(said.contains("there is no field \"colour\""), "{said}");
}

/// What was suggested for a file reads it as it is read without.
#[test]
fn a_suggested_mapping_reads_the_file_that_it_was_made_of() {
    for file in ["bao-cao-quy-1.xlsx", "trieu-dong.xlsx", "windows-1258.csv"] {
        let (one, two) = (sqlite(), sqlite());
        let (plain, mapped) = (Desk::new(&one), Desk::new(&two));
        let path = folder("tests/fixtures/import").join(file).display().to_string();
        let map = mapped.put("map.toml", stdout(&mapped.run(&["import", &path, "--suggest-map"])));
        plain.import(&[&path]);
        mapped.import(&[&path, "--map", &map]);
        let exported = |desk: &Desk<'_>| stdout(&desk.run(&["export", "--format", "csv"]));
        assert_eq!(exported(&plain), exported(&mapped), "{file}");
    }
}

#[test]
fn dates_and_decimal_marks_are_declared_not_guessed() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let file = desk.put("a.csv", rows(&["1,Huế,Đội 1,2/13/2026,bia,\"1,250,000\",\"2,500,000\""]));
    let (code, said) = desk.refused(&[&file]);
    assert_eq!(code, Some(3));
    assert!(said.contains("a.csv:2:D") && said.contains("a.csv:2:F"), "{said}");
    desk.import(&[&file, "--dates", "mdy", "--decimal", "."]);
    let shown = desk.json(&["show", "1"]);
    assert_eq!((&shown["detected_on"], &shown["seized_value"]), (&"2026-02-13".into(), &1_250_000.into()));
}

/// The journal keeps one entry for an import, and it is proof against change.
#[test]
fn an_imported_case_that_is_changed_behind_the_back_is_found() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        desk.import(&[&desk.put("a.csv", rows(&[ONE, TWO]))]);
        desk.verified();
        for (what, back) in [
            (
                "update cases set note = 'x' where case_no = '1/BB'",
                "update cases set note = null where case_no = '1/BB'",
            ),
            (
                "update cases set import_id = null where case_no = '1/BB'",
                "update cases set import_id = 1 where case_no = '1/BB'",
            ),
            (
                "update cases set import_id = 2 where case_no = '2/BB'",
                "update cases set import_id = 1 where case_no = '2/BB'",
            ),
            ("update cases set goods_unit = 'x'", "update cases set goods_unit = null"),
        ] {
            place.tamper(what);
            assert_eq!(desk.run(&["verify"]).status.code(), Some(6), "{what}");
            place.tamper(back);
            desk.verified();
        }
    });
}

/// A workbook of one sheet, its cells and merged cells as they are given.
fn workbook(desk: &Desk<'_>, name: &str, fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> String {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(HEADER.trim_end().split(',')) {
        sheet.write(0, column, header).unwrap();
    }
    fill(sheet);
    book.save(desk.path(name)).unwrap();
    desk.path(name).display().to_string()
}

fn write_row(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, cells: [&str; 5]) {
    for (column, cell) in (0..).zip(cells) {
        if !cell.is_empty() {
            sheet.write(row, column, cell).unwrap();
        }
    }
}

#[test]
fn a_merged_place_is_that_of_every_case_and_a_merged_figure_is_refused() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let plain = rust_xlsxwriter::Format::new();
    let merged = |name: &str, fines: bool| {
        workbook(&desk, name, |sheet| {
            write_row(sheet, 1, ["1", "", "Đội 1", "2/1/2026", "bia"]);
            write_row(sheet, 2, ["2", "", "Đội 1", "3/1/2026", "trà"]);
            sheet.merge_range(1, 1, 2, 1, "Huế", &plain).unwrap();
            if fines {
                sheet.merge_range(1, 6, 2, 6, "2.000.000", &plain).unwrap();
            }
        })
    };
    let (code, said) = desk.refused(&[&merged("b.xlsx", true)]);
    assert_eq!(code, Some(3));
    assert!(said.contains("b.xlsx[Sheet1]:3:G") && said.contains("several cases"), "{said}");
    assert_eq!(ends(&desk.import(&[&merged("a.xlsx", false)])), [2, 0, 0, 0]);
    assert_eq!(desk.json(&["list", "--province", "Huế"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_formula_that_was_never_computed_is_no_empty_cell() {
    let place = sqlite();
    let desk = Desk::new(&place);
    // What other programs write: a formula, and no value beside it.
    let path = workbook(&desk, "a.xlsx", |sheet| {
        write_row(sheet, 1, ["1", "Huế", "Đội 1", "2/1/2026", "bia"]);
        sheet.write_formula(1, 6, "=1000000*2").unwrap();
    });
    let mut from = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let without = desk.path("b.xlsx");
    let mut to = zip::ZipWriter::new(fs::File::create(&without).unwrap());
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut to, text.replace("<v>0</v>", "").as_bytes()).unwrap();
    }
    to.finish().unwrap();
    let (code, said) = desk.refused(&[without.to_str().unwrap()]);
    assert_eq!(code, Some(3));
    assert!(said.contains("b.xlsx[Sheet1]:2:G") && said.contains("never computed"), "{said}");
}

#[test]
fn rows_of_one_number_that_stand_apart_are_told_and_never_overwrite() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let apart =
        desk.put("a.csv", rows(&["1,Huế,Đội 1,2/1/2026,bia,1tr,5tr", TWO, "1,Huế,Đội 1,2/1/2026,rượu,2tr,5tr"]));
    for flags in [vec![], vec!["--update"]] {
        let (code, said) = desk.refused(&[&[apart.as_str()], flags.as_slice()].concat());
        assert_eq!(code, Some(5), "{said}");
        assert!(said.contains("a.csv:4:A") && said.contains("must stand together"), "{said}");
        assert_eq!(desk.cases(), 0);
    }
}

/// The same row in two files, or on two sheets, is one case; twice in one it
/// is two.
#[test]
fn rows_without_a_number_count_once_over_several_files() {
    const ROW: &str = ",Lào Cai,Đội QLTT số 2,1/3/2026,pháo nổ,2tr,5tr";
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let (a, b) = (desk.put("a.csv", rows(&[ROW, ROW])), desk.put("b.csv", rows(&[ROW, ROW, ROW])));
        assert_eq!(ends(&desk.import(&[&a, &b])), [3, 0, 2, 0]);
        assert_eq!(ends(&desk.import(&[&a, &b, &a])), [0, 0, 7, 0]);
        desk.verified();
    });
}

#[test]
fn a_case_that_was_struck_out_by_hand_stays_so() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let file = desk.put("a.csv", rows(&[ONE, TWO]));
        desk.import(&[&file]);
        desk.run(&["void", "1/BB", "--reason", "trùng"]);
        assert_eq!(ends(&desk.import(&[&file])), [0, 0, 2, 0]);
        assert_eq!(desk.cases(), 1);
    });
}

#[test]
fn sheets_that_are_hidden_and_columns_that_are_missing_are_told() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, hidden) in [("Tháng 1", false), ("Cũ", true)] {
        let sheet = book.add_worksheet().set_name(name).unwrap().set_hidden(hidden);
        for (column, header) in (0..).zip(HEADER.trim_end().split(',')) {
            sheet.write(0, column, header).unwrap();
        }
        write_row(sheet, 1, [name, "Huế", "Đội 1", "2/1/2026", "bia"]);
    }
    book.save(desk.path("a.xlsx")).unwrap();
    let output = desk.run(&["import", desk.path("a.xlsx").to_str().unwrap()]);
    assert!(output.status.success());
    assert!(stderr(&output).contains("\"Cũ\" is hidden"), "{}", stderr(&output));
    assert_eq!(desk.cases(), 1);
    let path = desk.path("a.xlsx").display().to_string();
    assert_eq!(ends(&desk.import(&[&path, "--sheet", "cu"])), [1, 0, 0, 0]);
    assert_eq!(desk.refused(&[&path, "--sheet", "không có"]).0, Some(3));

    let (code, said) = desk.refused(&[&desk.put("b.csv", "case_no,detected_on,goods\n1,2/1/2026,bia\n")]);
    assert_eq!(code, Some(3));
    assert!(said.contains("Province (province), Agency (agency)") && said.contains("--set province="), "{said}");
    let map = desk.put("map.toml", "[columns]\n\"Tiền\" = \"fine_amount\"\n");
    let (code, said) = desk.refused(&[&desk.put("c.csv", rows(&[ONE])), "--map", &map]);
    assert_eq!(code, Some(3));
    assert!(said.contains("\"Tiền\" that is not there"), "{said}");
    let (code, said) = desk.refused(&[&desk.put("d.csv", HEADER.replace("goods", "Số tiền phạt,Hàng") + "x\n")]);
    assert_eq!(code, Some(3));
    assert!(said.contains("could both be \"Fine\""), "{said}");
}

#[test]
fn rows_are_counted_as_in_the_file_whatever_ends_its_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let place = sqlite();
        let desk = Desk::new(&place);
        let text = rows(&[ONE, "2,Huêê,Đội 1,2/1/2026,bia,,"]).replace('\n', end);
        let (_, said) = desk.refused(&[&desk.put("a.csv", text)]);
        assert!(said.contains("a.csv:3:B"), "{end:?}: {said}");
    }
}

#[test]
fn a_row_with_a_number_of_its_own_is_no_line_of_the_case_above() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let text = "STT,Tỉnh,Đơn vị,Ngày,Tên hàng\n1,Huế,Đội 1,2/1/2026,bia\n2,,,,trà\n";
    let (code, said) = desk.refused(&[&desk.put("a.csv", text)]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("a.csv:3:B"), "{said}");
    assert_eq!(ends(&desk.import(&[&desk.put("b.csv", text.replace("2,,,,trà", ",,,,trà"))])), [2, 0, 0, 0]);
}

#[test]
fn a_row_that_adds_up_is_none_even_where_all_its_cells_are_filled() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let total = "Tổng cộng,Huế,Đội 1,2/1/2026,2 vụ,1tr,99tr";
    let output = desk.run(&["import", &desk.put("a.csv", rows(&[ONE, TWO, total]))]);
    assert!(stderr(&output).contains("a.csv:4: adds up"), "{}", stderr(&output));
    assert!(stderr(&output).contains("says 99,000,000 in all, its rows come to 25,000,000"), "{}", stderr(&output));
    assert_eq!(desk.cases(), 2);
}

/// One cell with its month first shows that others may be misread.
#[test]
fn a_column_of_days_in_doubt_is_not_taken_in_part() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let file = desk.put("a.csv", rows(&["1,Huế,Đội 1,02/03/2026,bia,,", "2,Huế,Đội 1,02/27/2026,bia,,"]));
    let (code, said) = desk.refused(&[&file]);
    assert_eq!(code, Some(3));
    assert!(said.contains("a.csv:3: a day has its month first"), "{said}");
    let (code, said) = desk.refused(&[&file, "--partial"]);
    assert_eq!(code, Some(3));
    assert!(said.contains("02/27/2026") && desk.cases() == 0, "{said}");
}

#[test]
fn a_file_that_is_being_mended_is_left_alone() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let bad = desk.put("a.csv", rows(&["1,Huêê,Đội 1,2/1/2026,bia,,"]));
    let mended = desk.put("a.refused.csv", "mended");
    let output = desk.run(&["import", &bad, "--partial"]);
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(&mended).unwrap(), "mended");
    assert!(desk.path("a.refused-2.csv").exists());
    assert_eq!(desk.refused(&[&bad, "--partial", "--refused", &mended]).0, Some(2));
    assert_eq!(desk.refused(&[&bad, "--partial", "--refused", "x.xlsx"]).0, Some(2));
}

#[test]
fn what_looks_unlikely_in_new_cases_is_said() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let row = "1,Huế,Đội 1,2/1/2026,bia,,999 tỷ";
    let text = format!("violation,{HEADER}hang_gia,{row}\n");
    let output = desk.run(&["import", &desk.put("a.csv", text)]);
    assert!(output.status.success());
    assert!(stderr(&output).contains("1: ") && stderr(&output).contains("999,000,000,000"), "{}", stderr(&output));
}

#[test]
fn words_of_a_violation_that_is_in_no_list_are_kept() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let text = format!("Hành vi vi phạm,{HEADER}Bán hàng giả mạo nhãn hiệu,{ONE}\nviệc gì đó,{TWO}\n");
    let output = desk.run(&["import", &desk.put("a.csv", text)]);
    let said = stderr(&output);
    assert!(said.contains("is taken for shtt") && said.contains("is in no list"), "{said}");
    let known = desk.json(&["show", "1/BB"]);
    assert_eq!((&known["violation"], &known["note"]), (&"shtt".into(), &"Bán hàng giả mạo nhãn hiệu".into()));
    let unknown = desk.json(&["show", "2/BB"]);
    assert_eq!((&unknown["violation"], &unknown["note"]), (&Value::Null, &"việc gì đó".into()));
}

/// A field that is emptied comes back, for `verify`, to where it stood.
#[test]
fn an_imported_case_that_loses_a_field_is_still_the_one_that_came() {
    on_each_engine(|place| {
        let desk = Desk::new(place);
        let text = format!("commune,brand,{HEADER}phường 3,X,{ONE}\n");
        desk.import(&[&desk.put("a.csv", text)]);
        desk.run(&["amend", "1/BB", "commune=", "brand=", "seized_value=", "--reason", "thử"]);
        desk.run(&["amend", "1/BB", "commune=phường 4", "--reason", "thử"]);
        desk.verified();
    });
}

#[test]
fn values_of_goods_and_of_seizures_are_kept_apart() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let header = "case_no,province,agency,detected_on,goods,goods_value,seized_value\n";
    let text = header.to_owned()
        + "1,Huế,Đội 1,2/1/2026,bia,10tr,5tr\n1,Huế,Đội 1,2/1/2026,rượu,20tr,8tr\n"
        + "2,Huế,Đội 1,2/1/2026,bia,,5000000\n2,Huế,Đội 1,2/1/2026,rượu,,none\n"
        + "3,Huế,Đội 1,2/1/2026,bia,,5tr\n3,Huế,Đội 1,2/1/2026,rượu,,hàng chục triệu\n";
    desk.import(&[&desk.put("a.csv", text)]);
    let seized = |case: &str| {
        let shown = desk.json(&["show", case]);
        (shown["seized_value"].as_i64(), shown["seized_bound"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(seized("1"), (Some(13_000_000), "exact".into()));
    assert_eq!(desk.json(&["show", "1"])["goods"][1]["goods_value"], 20_000_000);
    assert_eq!(seized("2"), (Some(5_000_000), "exact".into()));
    assert_eq!(seized("3"), (Some(5_000_000), "at_least".into()));
    let bad = header.to_owned() + "4,Huế,Đội 1,2/1/2026,bia,,5tr\n4,Huế,Đội 1,2/1/2026,rượu,,xyz\n";
    let (code, said) = desk.refused(&[&desk.put("b.csv", bad)]);
    assert!(code == Some(3) && said.contains("b.csv:3:G"), "{said}");
}

/// What was refused is refused again, cell by cell, until it is mended.
#[test]
fn refused_rows_that_are_not_mended_are_refused_again() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let file =
        desk.put("a.csv", rows(&[ONE, "2,Huế,Đội 1,2/1/2026,#REF!,1tr,750.000", "3,Huế,Đội 1,2/1/2026,bia,,#N/A"]));
    let import = desk.import(&[&file, "--partial", "--decimal", "."]);
    assert_eq!(ends(&import), [1, 0, 0, 2]);
    let refused = import["refused_file"].as_str().unwrap();
    let (code, said) = desk.refused(&[refused]);
    assert_eq!(code, Some(3));
    for cell in ["⚠ #REF!", "⚠ 750.000", "⚠ #N/A"] {
        assert!(said.contains(cell), "{cell}: {said}");
    }
    let mended = fs::read_to_string(refused).unwrap();
    let mended = mended.replace("⚠ #REF!", "bia").replace("⚠ 750.000", "750.000").replace("⚠ #N/A", "");
    fs::write(refused, mended).unwrap();
    assert_eq!(ends(&desk.import(&[refused])), [2, 0, 0, 0]);
    assert_eq!(desk.json(&["show", "2"])["fine_amount"], 750_000);
}

#[test]
fn json_loses_nothing_that_stands_beside_its_lists() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let case = |number: &str, rest: &str| {
        format!(r#"{{"case_no":"{number}","province":"Huế","agency":"Đội 1","detected_on":"2026-01-02",{rest}}}"#)
    };
    let one = case(
        "1",
        r#""goods":["rượu"],"quantity":12,"unit":"chai","fine_amount":"5tr","payments":[],"paid_amount":5000000,"paid_on":"2026-02-01""#,
    );
    desk.import(&[&desk.put("a.json", &one)]);
    let shown = desk.json(&["show", "1"]);
    assert_eq!((&shown["goods"][0]["quantity"], &shown["status"]), (&12.into(), &"paid".into()));
    let (code, said) = desk.refused(&[&desk.put("b.json", case("2", r#""goods":["rượu","bia"],"quantity":12"#))]);
    assert!(code == Some(3) && said.contains("b.json:1:quantity"), "{said}");
    // A mapping holds for JSON too.
    let map = desk.put("map.toml", "dates = \"mdy\"\nmoney = \"triệu đồng\"\n[constants]\nunit = \"chai\"\n");
    let three = case("3", r#""goods":["rượu","bia"],"fine_amount":25"#).replace("2026-01-02", "03/04/2026");
    desk.import(&[&desk.put("c.json", three), "--map", &map]);
    let shown = desk.json(&["show", "3"]);
    assert_eq!((&shown["detected_on"], &shown["fine_amount"]), (&"2026-03-04".into(), &25_000_000.into()));
    assert_eq!((&shown["goods"][0]["unit"], &shown["goods"][1]["unit"]), (&"chai".into(), &"chai".into()));
}

#[test]
fn a_row_that_adds_up_takes_no_goods_with_it() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let header = "Tên hàng,Số BB,Tỉnh,Đơn vị,Ngày,Tiền phạt\n";
    let text =
        header.to_owned() + ",Tổng số,,,,99\nbia,1,Huế,Đội 1,2/1/2026,5tr\nTổng đài điện thoại,,,,,\nrượu,,,,,\n";
    let output = desk.run(&["import", &desk.put("a.csv", text)]);
    assert!(output.status.success() && !stderr(&output).contains("Please check"), "{}", stderr(&output));
    assert_eq!(desk.json(&["show", "1"])["goods"].as_array().unwrap().len(), 3);
}

#[test]
fn two_columns_of_one_field_are_put_together_or_told() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let text = "Ghi chú,Tên hàng,Số BB,Tỉnh,Tỉnh,Đơn vị,Ngày,Ghi chú\nmột,bia,1,Huế,Lào Cai,Đội 1,2/1/2026,hai\n";
    let output = desk.run(&["import", &desk.put("a.csv", text)]);
    assert!(stderr(&output).contains("a.csv:2: two columns of one field"), "{}", stderr(&output));
    let shown = desk.json(&["show", "1"]);
    assert_eq!((&shown["note"], &shown["province"]), (&"một; hai".into(), &"Huế".into()));
}

/// An encoding that is none further down is no Windows-1258 either.
#[test]
fn all_of_a_text_is_looked_at_before_an_encoding_is_believed() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let many =
        (0..30_000).map(|n| format!("{n},Hue,Doi 1,2/1/2026,bia va tra va ca phe,1tr,")).collect::<Vec<_>>().join("\n")
            + "\n";
    let text = [HEADER.as_bytes(), many.as_bytes(), b"x,\xA7\xE5ng Th\xB8p,Doi 1,2/1/2026,bia,,\n"].concat();
    assert!(text.len() > 1 << 20);
    let (code, said) = desk.refused(&[&desk.put("a.csv", text)]);
    assert!(code == Some(3) && said.contains("line 30002 is not UTF-8"), "{said}");
}

#[test]
fn a_row_of_a_workbook_that_would_fill_the_memory_is_refused() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let long = "x".repeat(32_000);
    let path = workbook(&desk, "a.xlsx", |sheet| {
        for column in 0..200 {
            sheet.write(1, column, &long).unwrap();
        }
    });
    let (code, said) = desk.refused(&[&path]);
    assert!(code == Some(3) && said.contains("line 2 is too long"), "{said}");
}

/// A part that tells to unpack to gigabytes is not even begun with.
#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let mut bytes = fs::read(folder("tests/fixtures/import/bao-cao-quy-1.xlsx")).unwrap();
    // The table of contents at the end of the file: the size of the sheet,
    // 24 bytes behind the beginning of its entry, whose name is at 46.
    let name = b"xl/worksheets/sheet1.xml";
    let at = bytes.windows(name.len()).rposition(|part| part == name).unwrap();
    assert_eq!(&bytes[at - 46..at - 42], b"PK\x01\x02");
    bytes[at - 22..at - 18].copy_from_slice(&0xF000_0000_u32.to_le_bytes());
    let (code, said) = desk.refused(&[&desk.put("a.xlsx", bytes)]);
    assert!(code == Some(3) && said.contains("unpacks to more than 256 MB"), "{said}");
}

/// A sheet whose every row says the same takes no longer for each of them.
#[test]
fn many_twins_are_stored_once_each_and_known_again() {
    let place = sqlite();
    let desk = Desk::new(&place);
    let row = ",Huế,Đội 1,2/1/2026,bia,,";
    let other = ",Huế,Đội 1,2/1/2026,trà,,";
    let file = desk.put("a.csv", rows(&[row, other].repeat(750)));
    assert_eq!(ends(&desk.import(&[&file])), [1_500, 0, 0, 0]);
    assert_eq!(ends(&desk.import(&[&file])), [0, 0, 1_500, 0]);
    assert_eq!(desk.cases(), 1_500);
    desk.verified();
}
