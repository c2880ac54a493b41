//! Documents as files: other programs open them, they are checked against
//! their casebook, and none of it takes long or much memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use casebook::exchange::read_report;
use tempfile::TempDir;

use super::support::{Place, converted, pdf_text, program, real_program, run, sqlite, stderr, stdout};

/// A casebook with the sample's cases.
pub fn sample() -> Place {
    let place = sqlite();
    let imported = run(&place.address, &["import", "--quiet", "data/sample.csv"]);
    assert!(imported.status.success(), "{}", stderr(&imported));
    place
}

/// A command's document in a folder, in Vietnamese.
pub fn made(place: &Place, folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let output = program(&place.address).args(arguments).args(["--lang", "vi", "-o"]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    path
}

pub fn verified(place: &Place, path: &Path) -> (Option<i32>, String) {
    let output = program(&place.address).arg("verify").arg(path).output().unwrap();
    (output.status.code(), stdout(&output) + &stderr(&output))
}

pub const FORMATS: [&str; 4] = ["month.html", "month.docx", "month.xlsx", "month.pdf"];

#[test]
fn a_document_is_checked_against_its_casebook() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let month = FORMATS.map(|name| made(&place, folder.path(), name, &["month", "2026-02"]));
    let totals = ["t.html", "t.docx", "t.xlsx", "t.pdf"];
    let totals = totals.map(|name| made(&place, folder.path(), name, &["totals", "--by", "province", "--top", "5"]));
    for path in month.iter().chain(&totals) {
        let (code, said) = verified(&place, path);
        assert_eq!(code, Some(0), "{said}");
    }
    // What comes later changes nothing of it.
    let case = [
        "record",
        "--province",
        "Huế",
        "--agency",
        "Đội 9",
        "--date",
        "2026-02-20",
        "--goods",
        "thuốc lá",
        "--fine",
        "5tr",
    ];
    assert!(run(&place.address, &case).status.success());
    let (code, said) = verified(&place, &month[0]);
    assert_eq!(code, Some(0), "{said}");
    let line = said.lines().find(|line| line.contains("month.html")).unwrap();
    assert_eq!(line.split_whitespace().rev().take(2).collect::<Vec<_>>(), ["others", "2"], "{said}");
    // The new figures are others.
    let later = made(&place, folder.path(), "later.html", &["month", "2026-02"]);
    assert_ne!(fs::read(&later).unwrap(), fs::read(&month[0]).unwrap());
    let (code, said) = verified(&place, &later);
    assert!(code == Some(0) && said.contains("0  the same"), "{said}");
    // Another casebook's is not this one's.
    let (code, said) = verified(&sample(), &month[0]);
    assert_eq!(code, Some(6), "{said}");
}

#[test]
fn a_changed_figure_is_found() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let html = made(&place, folder.path(), "month.html", &["month", "2026-02"]);
    let text = fs::read_to_string(&html).unwrap();
    let rows = read_report(text.as_bytes(), "casebook-seal").unwrap().rows.unwrap();
    let figure =
        rows.iter().flatten().find(|cell| cell.len() > 2 && cell.chars().all(|c| c.is_ascii_digit() || c == '.'));
    let figure = format!(">{}<", figure.unwrap());
    let changed = folder.path().join("changed.html");
    fs::write(&changed, text.replacen(&figure, ">123.456<", 1)).unwrap();
    let (code, said) = verified(&place, &changed);
    assert_eq!(code, Some(6), "{said}");
    assert!(said.contains("changed.html: was changed"), "{said}");
    // So is one in a sentence, and one at the head of the page.
    let fines = "799.650.000 đồng";
    assert!(text.matches(fines).count() >= 2, "{text}");
    for nth in 0..text.matches(fines).count() {
        let (at, _) = text.match_indices(fines).nth(nth).unwrap();
        let mut forged = text.clone();
        forged.replace_range(at..=at, "8");
        fs::write(&changed, forged).unwrap();
        assert_eq!(verified(&place, &changed).0, Some(6), "the {nth}th");
    }
    // A seal that was made to fit is not that of the casebook.
    let at = text.find("&quot;figures&quot;:&quot;").unwrap() + "&quot;figures&quot;:&quot;".len();
    let mut forged = text.clone();
    forged.replace_range(at..at + 4, if &text[at..at + 4] == "0000" { "1111" } else { "0000" });
    fs::write(&changed, forged).unwrap();
    assert_eq!(verified(&place, &changed).0, Some(6));
    // One without a seal says that it can't be checked.
    fs::write(&changed, "<!doctype html><p>x</p>").unwrap();
    let (code, said) = verified(&place, &changed);
    assert_eq!(code, Some(3), "{said}");
    // And so does what is no document.
    fs::write(&changed, b"PK\x03\x04 no archive").unwrap();
    assert_eq!(verified(&place, &changed).0, Some(3));
    // What is right is told beside what is not.
    let output = program(&place.address).arg("verify").args([&html, &changed]).output().unwrap();
    assert!(stdout(&output).contains("month.html") && stderr(&output).contains("changed.html"));
    // What is commented out is not shown, and does not count.
    let hidden = text.replace("<table", "<!-- <table").replace("</table>", "</table> -->");
    fs::write(&changed, hidden).unwrap();
    assert_eq!(verified(&place, &changed).0, Some(6));
}

#[test]
fn figures_as_they_were_known_are_checked_as_such() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let path = made(&place, folder.path(), "known.xlsx", &["month", "2026-02", "--as-known", "2026-10-01"]);
    let (code, said) = verified(&place, &path);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn pdftotext_gives_the_vietnamese_back() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let path = made(&place, folder.path(), "x.pdf", &["month", "2026-02"]);
    let Some(text) = pdf_text(&fs::read(&path).unwrap()) else { return };
    for said in [
        "Kết quả kiểm tra, xử lý vi phạm tháng 02 năm 2026, cả nước",
        "Đồng bằng sông Cửu Long",
        "Tiền phạt theo tháng",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    // Letters are those of Unicode, precomposed, as they were given.
    let info = Command::new("pdffonts").arg(&path).output().unwrap();
    let fonts = stdout(&info);
    assert!(
        fonts.lines().skip(2).all(|line| line.contains("yes yes yes")),
        "embedded, a subset, with Unicode: {fonts}"
    );
    let tagged = stdout(&Command::new("pdfinfo").arg(&path).output().unwrap());
    assert!(tagged.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{tagged}");
}

#[test]
fn libreoffice_opens_documents_and_its_sums_agree() {
    let Some(soffice) = real_program(&["soffice", "libreoffice"]) else { return };
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let docx = made(&place, folder.path(), "word.docx", &["month", "2026-02"]);
    let pdf = converted(soffice, &docx, "pdf", "pdf");
    let Some(text) = pdf_text(&fs::read(pdf).unwrap()) else { return };
    for said in ["BÁO CÁO", "I. KẾT QUẢ CHUNG", "Tổng cộng", "Hoàng Sa"] {
        // What is drawn in Word's document is a picture.
        assert_eq!(text.contains(said), said != "Hoàng Sa", "{said}: {text}");
    }
    // The same workbook, its sums computed anew: results that were kept with
    // the formulas are taken out first.
    let xlsx = made(&place, folder.path(), "excel.xlsx", &["month", "2026-02"]);
    let kept = read_report(&fs::read(&xlsx).unwrap(), "x").unwrap().rows.unwrap();
    let bare = folder.path().join("bare.xlsx");
    fs::write(&bare, without_results(&fs::read(&xlsx).unwrap())).unwrap();
    let ods = converted(soffice, &bare, "ods", "ods");
    let again = converted(soffice, &ods, "xlsx", "xlsx");
    let computed = read_report(&fs::read(again).unwrap(), "x").unwrap().rows.unwrap();
    let totals = |rows: &[Vec<String>]| {
        let rows = rows.iter().filter(|row| row.first().is_some_and(|cell| cell == "Tổng cộng"));
        rows.map(|row| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert!(totals(&kept).len() >= 4, "{kept:?}");
    assert_eq!(totals(&computed), totals(&kept));
}

/// A workbook whose formulas have no results.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).unwrap();
            let mut parts = text.split("</f><v>");
            let mut bare = parts.next().unwrap().to_owned();
            for part in parts {
                bare.push_str("</f>");
                bare.push_str(part.split_once("</v>").unwrap().1);
            }
            content = bare.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn chromium_shows_the_page_without_an_error() {
    let Some(chromium) = real_program(&["chromium", "google-chrome"]) else { return };
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let html = made(&place, folder.path(), "x.html", &["month", "2026-02"]);
    let mut command = Command::new(chromium);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--v=0"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", folder.path().join("profile").display())).arg(&html);
    let output = command.output().unwrap();
    let (dom, said) = (stdout(&output), stderr(&output));
    // Scripts ran, and nothing was said on the console.
    assert!(dom.contains("<button type=\"button\">"), "{said}");
    assert!(!said.contains("CONSOLE"), "{said}");
    assert!(dom.contains("Trường Sa"));
    // Nothing is fetched from elsewhere.
    let page = fs::read_to_string(&html).unwrap();
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!outside.contains("http://") && !outside.contains("https://"), "it stands by itself");
}

#[test]
fn all_cases_go_along_where_that_is_asked() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let path = made(&place, folder.path(), "cases.xlsx", &["month", "2026-02", "--cases", "--quiet"]);
    let rows = read_report(&fs::read(&path).unwrap(), "x").unwrap().rows.unwrap();
    let list = run(&place.address, &["export", "--month", "2026-02", "--public", "--format", "jsonl", "--quiet"]);
    let cases = stdout(&list).lines().count();
    let ids =
        rows.iter().filter(|row| row.iter().any(|cell| cell.len() == 36 && cell.matches('-').count() == 4)).count();
    assert!(cases > 10 && ids >= cases, "{ids} of {cases}");
    let headers: Vec<&String> = rows.iter().flatten().collect();
    assert!(!headers.iter().any(|header| *header == "Người vi phạm"), "personal data stays out");
    assert_eq!(verified(&place, &path).0, Some(0));
    let refused = run(&place.address, &["month", "2026-02", "--cases"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn small_bars_stand_in_a_terminals_tables() {
    let place = sample();
    let shown = stdout(&run(&place.address, &["month", "2026-02", "--chart"]));
    assert!(shown.contains("Chart: Seized") && shown.contains('█'), "{shown}");
    let across = stdout(&run(&place.address, &["totals", "--year", "2025", "--chart"]));
    assert!(across.contains("Trend of the row") && across.contains('▁'), "{across}");
}

#[test]
fn signs_of_markup_and_letters_without_a_shape_are_text() {
    let place = sqlite();
    let agency = "Đội <b>1</b> & \"2\" 🚓";
    let case = [
        "record",
        "--province",
        "Huế",
        "--agency",
        agency,
        "--date",
        "2026-02-05",
        "--goods",
        "<script>x</script>",
        "--fine",
        "5tr",
    ];
    assert!(run(&place.address, &case).status.success());
    let folder = TempDir::new().unwrap();
    for name in FORMATS {
        let path = made(&place, folder.path(), name, &["month", "2026-02", "--agency", agency]);
        let (code, said) = verified(&place, &path);
        assert_eq!(code, Some(0), "{said}");
        if name.ends_with("html") {
            let page = fs::read_to_string(&path).unwrap();
            assert!(!page.contains("<b>1</b>") && page.contains("&lt;script&gt;"), "{page}");
        }
        if let Some(rows) = read_report(&fs::read(&path).unwrap(), "x").unwrap().rows {
            assert!(rows.iter().flatten().any(|cell| cell.contains("<script>x</script>")), "{rows:?}");
        }
    }
    // A map of one place would say that there was nothing in all others.
    let page = fs::read_to_string(folder.path().join("month.html")).unwrap();
    assert!(!page.contains("Trường Sa"));
}

/// Each part of a seal is held to the casebook.
#[test]
fn a_seal_that_was_changed_is_found() {
    use serde_json::{Value, json};
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let html = made(&place, folder.path(), "month.html", &["month", "2026-02"]);
    let text = fs::read_to_string(&html).unwrap();
    let seal = read_report(text.as_bytes(), "casebook-seal").unwrap().seal.unwrap();
    let written = |json: &str| json.replace('&', "&amp;").replace('"', "&quot;");
    assert!(text.contains(&written(&seal)));
    let mut journal: Value = serde_json::from_str::<Value>(&seal).unwrap()["journal"].clone();
    journal.as_array_mut().unwrap().push(json!([999, i64::MAX]));
    let zeros = "0".repeat(64);
    for (key, value) in [
        ("casebook", json!(zeros)),
        ("head", json!(zeros)),
        ("figures", json!(zeros)),
        ("counts", json!(["1", "1"])),
        ("journal", journal),
    ] {
        let mut changed: Value = serde_json::from_str(&seal).unwrap();
        changed[key] = value;
        let path = folder.path().join("changed.html");
        fs::write(&path, text.replace(&written(&seal), &written(&changed.to_string()))).unwrap();
        let (code, said) = verified(&place, &path);
        assert_eq!(code, Some(6), "{key}: {said}");
    }
}

/// A small file does not take much memory, nor what does not end long.
#[test]
fn no_more_is_read_than_a_document_has() {
    let many = format!("<table><tr>{}</tr></table>", "<td>1".repeat(20_000));
    let rows = read_report(many.as_bytes(), "x").unwrap().rows.unwrap();
    assert!(rows.len() == 1 && rows[0].len() <= 500, "{}", rows[0].len());
    for open in ["<li>x", "<tr>x", "<p>x"] {
        let rows = read_report(open.repeat(400_000).as_bytes(), "x").unwrap().rows.unwrap();
        assert_eq!(rows.len(), 200_000);
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "a").unwrap().write_string(1_048_575, 16_383, "z").unwrap();
    let rows = read_report(&book.save_to_buffer().unwrap(), "x").unwrap().rows.unwrap();
    assert_eq!(rows, [["a"]]);
}
