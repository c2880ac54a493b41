//! `read`: from a page of text to drafts, and into the register.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

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
    let told = "1 field is not valid, as told above; its draft was not stored. Recorded: 5.";
    assert!(stderr(&output).contains(told), "{}", stderr(&output));
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

/// The one draft that a text gives.
fn one(text: &str) -> Value {
    let place = sqlite();
    let output = read_text(&place, text.as_bytes(), &["--reported", "1/2/2026", "--format", "jsonl"]);
    let mut drafts = drafts(&output);
    assert_eq!(drafts.len(), 1, "{text}: {}", stderr(&output));
    drafts.remove(0)
}

fn is_unsure(draft: &Value, field: &str) -> bool {
    draft["unsure"].as_array().unwrap().contains(&field.into())
}

#[test]
fn a_fine_that_was_paid_is_one_fine_and_its_payment() {
    let draft = one("20/1/2026, Đội QLTT số 2 tỉnh Lào Cai kiểm tra cửa hàng bà Hoa bán 40 bao thuốc lá lậu, \
                     phạt 5 triệu đồng; ngày 25/1 bà Hoa đã nộp phạt 5 triệu đồng.");
    assert_eq!(draft["fine_amount"], 5_000_000, "{draft}");
    let payment = &draft["payments"][0];
    assert_eq!((&payment["paid_amount"], &payment["paid_on"]), (&5_000_000.into(), &"2026-01-25".into()));
    let alone = one("20/1/2026, chủ cửa hàng ở tỉnh Lào Cai phải nộp phạt 5 triệu đồng vì bán 40 bao thuốc lá lậu.");
    assert_eq!((&alone["fine_amount"], &alone["payments"]), (&5_000_000.into(), &Value::Array(vec![])), "{alone}");
}

#[test]
fn a_part_of_a_fine_is_not_the_fine() {
    let each = one("Ngày 12/1/2026, Công an tỉnh Nghệ An phạt 3 đối tượng, mỗi đối tượng 20 triệu đồng \
                    về hành vi vận chuyển 50 kg pháo nổ.");
    assert!(each["fine_amount"].is_null() && is_unsure(&each, "fine_amount"), "{each}");
    let reduced =
        one("Ngày 5/1/2026, Đội QLTT số 1 tỉnh Phú Thọ phạt 8 triệu đồng, giảm 2 triệu đồng do có tình tiết \
                       giảm nhẹ, vì bán 70 chai rượu nhập lậu.");
    assert_eq!(reduced["fine_amount"], 8_000_000, "{reduced}");
}

#[test]
fn a_place_without_violations_does_not_hide_the_goods_of_another() {
    let place = sqlite();
    let clean = "Ngày 12/1/2026, Đội QLTT số 1 tỉnh Phú Thọ kiểm tra 6 cửa hàng vàng, không phát hiện vi phạm.";
    let output = read_text(&place, clean.as_bytes(), &["--format", "jsonl"]);
    assert!(drafts(&output).is_empty() && stderr(&output).contains("Item 1 is no case"), "{}", stderr(&output));
    let found = one("Ngày 12/1/2026, Đội QLTT số 1 tỉnh Phú Thọ kiểm tra 6 cửa hàng: 5 nơi không phát hiện vi phạm, \
                     1 nơi bị tạm giữ 70 chai rượu ngoại nhập lậu.");
    assert_eq!(found["goods"][0]["quantity"], 70, "{found}");
}

/// Paragraphs that are cases of several provinces are as many items; those of
/// one case stay together.
#[test]
fn paragraphs_of_several_provinces_come_apart() {
    let place = sqlite();
    let first = "Ngày 12/10, Đội QLTT số 6 (Chi cục QLTT tỉnh Nghệ An) kiểm tra một hộ kinh doanh tại xã Diễn Châu, \
                 phát hiện 350 gói bánh kẹo không rõ nguồn gốc, phạt 22,5 triệu đồng.";
    let second = "Sáng 14/10, tại phường Đông Hà, tỉnh Quảng Trị, Phòng Cảnh sát kinh tế dừng một xe tải, phát hiện \
                  1,2 tấn đường cát nhập lậu trị giá 30 triệu đồng.";
    let more = "Số hàng trên đã được tạm giữ để xử lý theo quy định.";
    let text = format!("{first}\n\n{more}\n\n{second}\n\n{more}");
    let read = drafts(&read_text(&place, text.as_bytes(), &["--reported", "2026-10-20"]));
    let told: Vec<_> = read.iter().map(|draft| (&draft["province"], &draft["fine_amount"])).collect();
    assert_eq!(told.len(), 2, "{read:?}");
    assert_eq!((told[0].0, told[1].0), (&json!("Nghệ An"), &json!("Quảng Trị")));
    assert_eq!(told[0].1, &json!(22_500_000));
    assert!(told[1].1.is_null(), "the fine is of the other: {told:?}");
    // Whenever it is read, it comes apart so, and counts once.
    let record = |day: &str| {
        let output = read_text(&place, text.as_bytes(), &["--reported", day, "--record", "--yes"]);
        assert!(output.status.success(), "{}", stderr(&output));
    };
    record("2026-10-20");
    record("2026-10-21");
    let listed = run(&place.address, &["list", "--format", "jsonl"]);
    assert_eq!(stdout(&listed).lines().count(), 2);
    // The same province again goes on with the case.
    let one = format!("{first}\n\nNgày 15/10, Đội QLTT số 6 tỉnh Nghệ An đã tiêu hủy số hàng trên.");
    assert_eq!(drafts(&read_text(&place, one.as_bytes(), &["--reported", "2026-10-20"])).len(), 1);
}

#[test]
fn what_may_be_of_several_raids_is_marked() {
    let draft = one("Ngày 5/1/2026, Đội QLTT số 1 tỉnh Phú Thọ tạm giữ 70 chai rượu nhập lậu, phạt 8 triệu đồng. \
                     Ngày 9/1/2026, đội kiểm tra tiếp, tạm giữ 30 bao thuốc lá lậu.");
    for field in ["detected_on", "fine_amount", "goods", "quantity.2"] {
        assert!(is_unsure(&draft, field), "{field}: {draft}");
    }
    assert!(!is_unsure(&draft, "agency"), "{draft}");
}

#[test]
fn a_word_is_a_unit_or_the_goods_but_not_both() {
    let masks = one("Ngày 12/1/2026, Đội QLTT số 1 tỉnh Phú Thọ tạm giữ 5.000 khẩu trang không có hóa đơn.");
    let goods = &masks["goods"][0];
    assert_eq!((&goods["goods"], &goods["quantity"]), (&"khẩu trang".into(), &5_000.into()), "{masks}");
    assert!(goods["unit"].is_null(), "{masks}");
    let packs = one("Ngày 12/1/2026, Đội QLTT số 1 tỉnh Phú Thọ tạm giữ 40 bao thuốc lá lậu.");
    assert_eq!(packs["goods"][0]["unit"], "bao", "{packs}");
    // 1.2 tonnes, or 1 tonne and 2 of something: a person must say.
    let spoken = one("Ngày 5/1/2026, Đội QLTT số 1 tỉnh Phú Thọ tạm giữ 1 tấn 2 đường cát nhập lậu.");
    assert!(spoken["goods"][0]["quantity"].is_null() && is_unsure(&spoken, "quantity"), "{spoken}");
}

#[test]
fn names_are_found_in_abbreviations_and_without_capitals() {
    let short = one("Ngày 5/1/2026, Công an TP.HCM tạm giữ 300 hộp mỹ phẩm giả.");
    assert_eq!((&short["province"], &short["agency"]), (&"Hồ Chí Minh".into(), &"Công an TP.HCM".into()), "{short}");
    let flat = one("sáng 5/1 đội qltt số 1 tỉnh phú thọ tạm giữ 70 chai rượu ngoại nhập lậu, đang xác minh làm rõ");
    assert_eq!(flat["province"], "Phú Thọ", "{flat}");
}
