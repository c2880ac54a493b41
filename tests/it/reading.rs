//! `read`: from a page of text to drafts, and into the register.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::Value;

use super::support::{Place, folder, program, run, sqlite, stderr, stdout};

/// A page of the tests' own.
fn page(name: &str) -> PathBuf {
    folder("tests/cmd/files").join(name)
}

/// Runs `read -` with a text on standard input.
fn read_text(place: &Place, text: &[u8], arguments: &[&str]) -> Output {
    let mut command = program(&place.address);
    command.args(["read", "-"]).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    child.wait_with_output().unwrap()
}

fn drafts(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn matching(place: &Place) -> usize {
    let output = run(&place.address, &["list", "--format", "jsonl"]);
    stdout(&output).lines().count()
}

/// Six items of the news of February 2026, retold: five cases, one plan.
#[test]
fn a_page_of_six_items_gives_five_drafts() {
    let place = sqlite();
    let path = page("tin.txt").display().to_string();
    let output = run(&place.address, &["read", &path, "--reported", "2/3/2026", "--format", "jsonl"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let drafts = drafts(&output);
    let told = |at: usize, key: &str| drafts[at][key].clone();
    let expected: [(&str, &str, &str, &str); 5] = [
        ("Đồng Tháp", "Đội Quản lý thị trường số 10", "2026-02-28", "market_surveillance"),
        ("Bắc Ninh", "Lực lượng chức năng tỉnh Bắc Ninh", "2026-03-02", "other"),
        ("Thanh Hóa", "Đội Quản lý thị trường số 7", "2026-03-02", "market_surveillance"),
        ("Thanh Hóa", "Phòng Cảnh sát kinh tế Công an tỉnh Thanh Hóa", "2026-02-27", "police"),
        ("Đắk Lắk", "Phòng Cảnh sát kinh tế Công an tỉnh Đắk Lắk", "2026-03-02", "police"),
    ];
    assert_eq!(drafts.len(), expected.len());
    for (at, (province, agency, day, force)) in expected.into_iter().enumerate() {
        assert_eq!(told(at, "province"), province);
        assert_eq!(told(at, "agency"), agency);
        assert_eq!(told(at, "detected_on"), day);
        assert_eq!(told(at, "force"), force);
    }
    let amounts = |at: usize, key: &str, bound: &str| (told(at, key), told(at, bound));
    assert_eq!(amounts(0, "fine_amount", "fine_bound"), (450_000_000.into(), "at_least".into()));
    assert_eq!(amounts(0, "seized_value", "seized_bound"), (230_000_000.into(), "at_least".into()));
    assert_eq!(amounts(0, "case_count", "case_count_bound"), (28.into(), "exact".into()));
    assert_eq!(told(0, "detected_from"), "2026-01-01");
    assert_eq!(amounts(1, "seized_value", "seized_bound"), (340_000_000.into(), "exact".into()));
    assert_eq!(amounts(2, "fine_amount", "fine_bound"), (25_000_000.into(), "exact".into()));
    let tonnes = &drafts[3]["goods"][0];
    assert_eq!((&tonnes["quantity"], &tonnes["quantity_bound"]), (&6.into(), &"at_most".into()));
    assert_eq!(amounts(4, "fine_amount", "fine_bound"), (370_000_000.into(), "exact".into()));
    assert_eq!(amounts(4, "case_count", "case_count_bound"), (2.into(), "at_least".into()));
    // What was assumed is marked, what was read is led back to its words.
    assert!(told(1, "unsure").as_array().unwrap().contains(&"detected_on".into()));
    assert_eq!(drafts[0]["words"]["fine_amount"], "hơn 450 triệu đồng");
    assert!(stderr(&output).contains("Item 6 is no case"), "{}", stderr(&output));
}

#[test]
fn a_note_that_is_read_again_never_counts_twice() {
    let place = sqlite();
    let path = page("tin.txt").display().to_string();
    let arguments = ["read", &path, "--reported", "2/3/2026", "--record", "--yes"];
    for _ in 0..2 {
        let output = run(&place.address, &arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(matching(&place), 5);
    }
    assert!(run(&place.address, &["verify"]).status.success());
    let shown = run(&place.address, &["search", "pickleball", "--format", "jsonl"]);
    assert_eq!(stdout(&shown).lines().count(), 1, "the text of the note is found");
}

#[test]
fn a_draft_that_can_not_be_stored_is_told_and_the_others_are_stored() {
    let place = sqlite();
    let alone = "Đội QLTT số 5 phạt 10 triệu đồng một cửa hàng bán 20 chai rượu nhập lậu.\n";
    let output = read_text(&place, alone.as_bytes(), &["--reported", "2/3/2026", "--record", "--yes"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(!fs::exists(&place.address).unwrap(), "without a case no casebook is made");

    let text = fs::read_to_string(page("tin.txt")).unwrap() + "\n---\n" + alone;
    let output = read_text(&place, text.as_bytes(), &["--reported", "2/3/2026", "--record", "--yes"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("Item 7: Province"), "{}", stderr(&output));
    assert_eq!((stdout(&output).lines().count(), matching(&place)), (5, 5));
}

#[test]
fn the_same_text_is_one_case_on_whatever_day_it_is_read() {
    let place = sqlite();
    let note = "27/2 Doi QLTT so 3 tinh Dong Thap phat 45tr, 120 chai ruou ngoai nhap lau";
    for reported in ["28/2/2026", "15/3/2026"] {
        let output = read_text(&place, note.as_bytes(), &["--reported", reported, "--record", "--yes"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert_eq!(matching(&place), 1);
    let output = read_text(&place, note.as_bytes(), &["--record", "--yes", "--format", "json"]);
    assert_eq!(stdout(&output).trim(), "[]");
}

#[test]
fn what_is_no_text_is_refused_and_what_is_empty_has_no_drafts() {
    let place = sqlite();
    for bytes in [&b"\xFF\xFE\x00\x01"[..], b"Ph\xA1t 25 tri\xD6u"] {
        let output = read_text(&place, bytes, &[]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains("UTF-8"), "{}", stderr(&output));
    }
    let output = read_text(&place, b"", &[]);
    assert!(output.status.success() && stdout(&output).is_empty(), "{}", stderr(&output));
    let output = read_text(
        &place,
        "\u{FEFF}27/2 Đội QLTT số 3 tỉnh Đồng Tháp phạt 25 triệu".as_bytes(),
        &["--reported", "28/2/2026"],
    );
    assert_eq!(drafts(&output)[0]["fine_amount"], 25_000_000, "{}", stderr(&output));
    let output = run(&place.address, &["read", "x.txt", "--record"]);
    assert_eq!(output.status.code(), Some(2), "nothing is asked where nobody can answer");
    let output = run(&place.address, &["read", "x.txt", "--yes"]);
    assert_eq!(output.status.code(), Some(2), "--yes goes with --record");
}
