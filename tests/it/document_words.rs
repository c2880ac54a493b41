//! What documents say: of little and of much, of an office and of another
//! country, and what they do not claim.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use casebook::exchange::read_report;
use tempfile::TempDir;

use super::documents::{FORMATS, made, sample, verified};
use super::support::{Place, pdf_text, program, run, sqlite, stderr, stdout};

/// A report of February in the name of an office, to these and so many others.
fn of_office(place: &Place, folder: &Path, name: &str, others: usize) -> Vec<u8> {
    let config = folder.join("casebook");
    fs::create_dir_all(&config).unwrap();
    let office = "[office]\nparent = \"Bộ Công Thương\"\nagency = \"Chi cục Quản lý thị trường\"\nnumber = \"05/BC-QLTT\"\n\
                  place = \"Huế\"\nto = \"Ủy ban nhân dân thành phố\"\nsigned_for = \"KT. Chi cục trưởng\"\n\
                  position = \"Phó Chi cục trưởng\"\nsigner = \"Trần Thị Bình\"\n";
    let recipients = format!("recipients = [\"Như trên;\", {}\"Lưu: VT.\"]\n", "\"Một nơi\", ".repeat(others));
    fs::write(config.join("config.toml"), office.to_owned() + &recipients).unwrap();
    let path = folder.join(name);
    let mut command = program(&place.address);
    command.env("XDG_CONFIG_HOME", folder).args(["month", "2026-02", "--lang", "vi", "-o"]).arg(&path);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    fs::read(path).unwrap()
}

/// A part of an archive.
fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn an_office_stands_on_its_documents() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    // The rule under the motto is a border on one side, not a box.
    let xml = part(&of_office(&place, folder.path(), "x.docx", 0), "word/document.xml");
    // Headings are counted by Word, and not written with their numbers.
    assert!(xml.matches("<w:numPr>").count() >= 5 && xml.contains(">KẾT QUẢ CHUNG<"), "{xml}");
    let borders: Vec<&str> = xml.split("<w:pBdr>").skip(1).filter_map(|part| part.split("</w:pBdr>").next()).collect();
    assert_eq!(borders.len(), 3, "under the agency, the motto and the title");
    let is_top = |border: &&str| border.starts_with("<w:top ") && border.matches('<').count() == 1;
    assert!(borders.iter().all(is_top), "{borders:?}");
    let Some(text) = pdf_text(&of_office(&place, folder.path(), "x.pdf", 0)) else { return };
    for said in [
        "CHI CỤC QUẢN LÝ THỊ TRƯỜNG",
        "Độc lập - Tự do - Hạnh phúc",
        "Kính gửi: Ủy ban nhân dân thành phố",
        "KT. CHI CỤC TRƯỞNG",
        "PHÓ CHI CỤC TRƯỞNG",
        "Trần Thị Bình",
        "- Như trên;",
        "- Lưu: VT.",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    // What stands beside what.
    for (left, right) in [
        ("BỘ CÔNG THƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số: 05/BC-QLTT", "Huế, ngày 01 tháng 11 năm 2026"),
        ("Nơi nhận:", "KT. CHI CỤC TRƯỞNG"),
    ] {
        let line = text.lines().find(|line| line.contains(left)).unwrap();
        assert!(line.find(right) > line.find(left), "{line}");
    }
}

/// However much room it takes, who signs does so under something.
#[test]
fn a_signature_stands_alone_on_no_page() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let mut pages = Vec::new();
    for others in (0..40).step_by(3) {
        let Some(text) = pdf_text(&of_office(&place, folder.path(), "x.pdf", others)) else { return };
        let last = text.trim_end().rsplit('\u{c}').next().unwrap();
        assert!(last.contains("Trần Thị Bình") && last.contains("Lập bởi"), "{others}: {last}");
        pages.push(text.matches('\u{c}').count());
    }
    assert!(pages.first() < pages.last(), "it has come to a further page: {pages:?}");
}

#[test]
fn a_printed_sheet_says_what_it_is() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let path = made(&place, folder.path(), "x.xlsx", &["month", "2026-02"]);
    let book = fs::read(path).unwrap();
    let first = part(&book, "xl/worksheets/sheet1.xml");
    assert!(first.contains("tháng 02 năm 2026, cả nước · Đơn vị tính: đồng&amp;R"), "{first}");
    // It has charts, and stands on one page.
    assert!(first.contains("orientation=\"portrait\"") && !first.contains("fitToHeight=\"0\""), "{first}");
    let forces = part(&book, "xl/worksheets/sheet3.xml");
    assert!(forces.contains("orientation=\"landscape\"") && forces.contains("fitToHeight=\"0\""), "{forces}");
    // What has no money names no unit of it.
    let path = made(&place, folder.path(), "x.xlsx", &["totals", "--by", "province", "--measure", "cases"]);
    let counts = part(&fs::read(path).unwrap(), "xl/worksheets/sheet1.xml");
    assert!(counts.contains("<oddHeader>") && !counts.contains("Đơn vị tính"), "{counts}");
}

/// Places with nothing, one case, only what is not known, and very much.
#[test]
fn sensible_documents_of_little_and_of_much() {
    let place = sqlite();
    let record = |fields: &[&str]| {
        let output =
            program(&place.address).arg("record").args(fields).args(["--goods", "thuốc lá", "--quiet"]).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    };
    record(&[
        "--province",
        "Huế",
        "--agency",
        "Đội 1",
        "--date",
        "2026-01-05",
        "--fine",
        "15.000.000",
        "--seized",
        "none",
    ]);
    record(&["--province", "Cà Mau", "--agency", "Đội 2", "--date", "2026-02-05"]);
    record(&["--province", "Hà Nội", "--agency", "Đội 3", "--date", "2026-03-05", "--seized", "1000000000000000"]);
    record(&[
        "--province",
        "Hà Nội",
        "--agency",
        "Đội 3",
        "--date",
        "2026-03-06",
        "--seized",
        "hơn 234567890123456 đồng",
    ]);
    let folder = TempDir::new().unwrap();
    for month in ["2025-12", "2026-01", "2026-02", "2026-03"] {
        for form in ["html", "docx", "xlsx", "pdf"] {
            let path = made(&place, folder.path(), &format!("{month}.{form}"), &["month", month]);
            let (code, said) = verified(&place, &path);
            assert_eq!(code, Some(0), "{said}");
        }
    }
    let rows = |name: &str| read_report(&fs::read(folder.path().join(name)).unwrap(), "x").unwrap().rows.unwrap();
    let has = |name: &str, cells: &[&str]| {
        let rows = rows(name);
        let found = rows.iter().any(|row| cells.iter().all(|cell| row.iter().any(|other| other == cell)));
        assert!(found, "{cells:?} is in no row of {rows:?}");
    };
    let page = |month: &str| fs::read_to_string(folder.path().join(format!("{month}.html"))).unwrap();
    assert!(page("2025-12").contains("Không có vụ việc nào trong tháng."));
    assert!(page("2026-01").contains("Bằng chữ: Mười lăm triệu đồng"));
    // A change from nothing is no number.
    assert!(!page("2026-01").contains("tăng"), "{}", page("2026-01"));
    has("2026-02.html", &["Trị giá tang vật", "?"]);
    has("2026-03.docx", &["Trị giá tang vật", "≥1.234.567.890"]);
    // A spreadsheet would round it: it is a text there.
    has("2026-03.xlsx", &["Trị giá tang vật", "≥1.234.567.890.123.456"]);
}

/// Another country has no map, and its money has decimals.
#[test]
fn documents_of_another_country() {
    let place = sqlite();
    let regions = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(regions.path().join(name), text).unwrap();
    write(
        "regions.csv",
        "code,name,name_en,sort,valid_from,valid_to,legal_basis,confidence\nN,North,North,1,,,x,verified\n",
    );
    write(
        "provinces.csv",
        "code,name,name_en,kind,region,valid_from,valid_to,successor,confidence\n\
         A,Alba,Alba,province,N,,,,verified\nB,Bor,Bor,province,N,,,,verified\n",
    );
    write("province_kinds.csv", "code,effective_on,kind,full_name,former_full_name,legal_basis,confidence\n");
    write("province_aliases.csv", "alias,former_code,current_code,confidence\n");
    let init = ["init", "--currency", "USD", "--regions", regions.path().to_str().unwrap()];
    let output = run(&place.address, &init);
    assert!(output.status.success(), "{}", stderr(&output));
    for (province, fine) in [("Alba", "1250.50"), ("Bor", "99.05")] {
        let case = [
            "record",
            "--province",
            province,
            "--agency",
            "Unit 1",
            "--date",
            "2026-02-05",
            "--goods",
            "x",
            "--fine",
            fine,
        ];
        let output = run(&place.address, &case);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let folder = TempDir::new().unwrap();
    for name in FORMATS {
        let path = folder.path().join(name);
        let output = run(&place.address, &["month", "2026-02", "-o", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", stderr(&output));
        let (code, said) = verified(&place, &path);
        assert_eq!(code, Some(0), "{said}");
    }
    let page = fs::read_to_string(folder.path().join("month.html")).unwrap();
    assert!(page.contains("1,349.55") && !page.contains("Hoàng Sa"), "{page}");
}

/// The web page of a command, in Vietnamese.
fn page(place: &Place, folder: &Path, arguments: &[&str]) -> String {
    fs::read_to_string(made(place, folder, "page.html", arguments)).unwrap()
}

#[test]
fn a_month_that_has_not_ended_is_held_against_no_whole_one() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let change = "so với tháng trước (";
    let changes = |path: &Path| {
        let rows = read_report(&fs::read(path).unwrap(), "x").unwrap().rows.unwrap();
        let fines = rows.into_iter().find(|row| row.len() == 7 && row[0] == "Tiền phạt").unwrap();
        (fines[1] != "0", fines[3] != "–")
    };
    let path = made(&place, folder.path(), "whole.html", &["month", "2026-02"]);
    assert!(fs::read_to_string(&path).unwrap().contains(change));
    assert_eq!(changes(&path), (true, true));
    // Made before its end, and as it was known before its end.
    let path = folder.path().join("part.html");
    let mut command = program(&place.address);
    command.env("CASEBOOK_TODAY", "2026-02-20").args(["month", "2026-02", "--lang", "vi", "-o"]).arg(&path);
    assert!(command.output().unwrap().status.success());
    let shown = fs::read_to_string(&path).unwrap();
    for said in [
        "Tháng chưa kết thúc: số liệu đến ngày 20/02/2026",
        "(từ 01/02/2026 đến 20/02/2026)",
        "Năm trước, tính đến hết ngày 28/02/2025",
    ] {
        assert!(shown.contains(said), "{said} is not in {shown}");
    }
    assert!(!shown.contains(change), "{shown}");
    assert_eq!(changes(&path), (true, false));
    assert_eq!(verified(&place, &path).0, Some(0), "it is set again as it was");
    let arguments = ["month", "2026-12", "--as-known", "2026-10-31"];
    assert!(page(&place, folder.path(), &arguments).contains("Tháng chưa bắt đầu."));
    let mut command = program(&place.address);
    command.env("CASEBOOK_TODAY", "2026-02-20").args(["month", "2026-02", "--lang", "vi"]);
    assert!(stdout(&command.output().unwrap()).contains("Tháng chưa kết thúc"), "a terminal says so too");
}

#[test]
fn a_document_without_a_seal_says_so() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let unsealed = "không mang mã số liệu";
    assert!(page(&place, folder.path(), &["list", "--limit", "3"]).contains(unsealed));
    assert!(page(&place, folder.path(), &["totals", "--measure", "late_charge"]).contains(unsealed));
    assert!(!page(&place, folder.path(), &["month", "2026-02"]).contains(unsealed));
}

#[test]
fn groups_are_explained_and_cases_without_a_number_named_as_such() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    let unnumbered = ["record", "--quiet", "--province", "Huế", "--agency", "Đội 9", "--date", "2026-02-20"];
    let case = [&unnumbered[..], &["--goods", "rượu", "--fine", "9 tỷ", "--violation", "hang_cam"]].concat();
    assert!(run(&place.address, &case).status.success());
    let page = page(&place, folder.path(), &["month", "2026-02"]);
    assert!(page.contains("Nhóm A gồm: Sản xuất, buôn bán, vận chuyển, tàng trữ hàng cấm; "), "{page}");
    assert!(page.contains("(không số) "), "{page}");
}

/// The figures on the map are those of the table, each on its own province.
#[test]
fn the_map_has_the_figures_of_the_table() {
    let (place, folder) = (sample(), TempDir::new().unwrap());
    for boundaries in ["today", "recorded"] {
        let asked = ["totals", "--by", "province", "--from", "2025-01-01", "--to", "2025-06-30", "--measure"];
        let asked = [&asked[..], &["fine_amount", "--boundaries", boundaries]].concat();
        let page = page(&place, folder.path(), &asked);
        let rows = read_report(page.as_bytes(), "x").unwrap().rows.unwrap();
        let map = page.split("<figure class=\"map\">").nth(1).unwrap();
        assert!(map.contains("(triệu đồng)"), "{map}");
        let shown: Vec<(&str, f64)> = map
            .split("<title>")
            .skip(1)
            .filter_map(|part| part.split("</title>").next()?.rsplit_once(": "))
            .filter_map(|(name, figure)| Some((name, figure.replace(',', ".").parse().ok()?)))
            .collect();
        assert!(shown.len() > 5, "{shown:?}");
        let fined: Vec<(&str, f64)> = rows
            .iter()
            .filter(|row| row.len() == 2 && row[0] != "Tổng cộng")
            .filter_map(|row| Some((row[0].as_str(), row[1].replace('.', "").parse::<f64>().ok()? / 1e6)))
            .collect();
        assert_eq!(shown.len(), fined.len(), "{shown:?} and {fined:?}");
        for (name, fine) in fined {
            // A table says of a former province until when it was one.
            let name = name.split(" (").next().unwrap();
            let (_, drawn) = shown.iter().find(|(other, _)| *other == name).unwrap();
            assert!((drawn - fine).abs() <= 0.05, "{name}: {drawn} and {fine}");
        }
    }
}
