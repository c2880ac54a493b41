//! Reading takes time in proportion to what is read, whatever that is: shapes
//! of text over which a careless rule would go again and again.

use std::hint::black_box;
use std::time::{Duration, Instant};

use casebook::domain::{Cutoff, Draft, Entry, Field, Month, Period, Reference, Sought, agency_key};
use casebook::notes::{Reading, read};
use casebook::text::{Spelling, clean, fold, mentions, placed_words, read_amount, read_date, read_number, words};

use super::support::{day, reference, vietnam};

/// What a text is made of: one piece over and over in its first half, another
/// in its second, and an end.
type Shape = (&'static str, &'static str, &'static str);

const SHAPES: &[Shape] = &[
    // Digits, with all that stands between them.
    ("1", "1", "x"),
    ("1.", "1.", "x"),
    ("1,", "1.111.", ""),
    (" 111", " 111", "x"),
    ("1.111", " 111", "."),
    ("1/", "1-", ""),
    ("1-a", "34/QĐ-", ""),
    ("12/3/", "12.3.2026 ", ""),
    // Words of numbers, scales, bounds and currencies.
    ("một ", "trăm ", "x"),
    ("tỷ ", "triệu ", ""),
    ("khoảng ", "hơn ", "5"),
    ("hàng ", "chục ", ""),
    ("từ 5 ", "đến ", ""),
    ("5 triệu 3 ", "25tr5 ", ""),
    ("$", "5 USD ", ""),
    // Money and quantities, with words for them and without.
    ("5 triệu đồng, ", "7 triệu đồng ", ""),
    ("phạt 5 triệu ", "trị giá 7 triệu, ", ""),
    ("phạt ", "5 triệu ", ""),
    ("5 kg, 3 hộp, ", "5 chai, gói, hộp, ", ""),
    ("đường ", "5 kg ", ""),
    ("5 kg đường ", "7 thùng bia ", ""),
    ("thuốc lá và ", "2.088 sản phẩm ", ""),
    ("40 thùng chứa ", "36 gói (10 kg/gói", ""),
    ("28 vụ ", "nhiều vụ, ", ""),
    // Places and units.
    ("tp - - - ", "Bà - - Rịa ", ""),
    ("tp ", "Huế, ", ""),
    ("Hà Nội ", "HN: ", ""),
    ("xã ", "xã xã xã", ""),
    ("xã Mỹ An và ", "P. Một, ", ""),
    ("đội ", "Đội A ", ""),
    ("Công an A, ", "phối hợp Công an xã B, ", ""),
    ("phối hợp Phòng A ", "Công an tỉnh, ", "phát hiện"),
    // Days, and what happened on them.
    ("ngày 3/4 ", "tháng 3 năm ", ""),
    ("ngày 3/4/2026 phát hiện ", "cho biết ngày 5/6/2026 ", ""),
    ("phát hiện ", "ngày 3/4 ", ""),
    ("quý I/2026 ", "hai tháng đầu năm ", ""),
    // What came of it.
    ("buộc tiêu hủy ", "đã bàn giao ", ""),
    ("chuyển hồ sơ ", "khởi tố ", "cơ quan điều tra"),
    ("hàng giả ", "hành vi buôn lậu ", ""),
    // Lines, lists and sentences.
    ("\n", " \n", ""),
    ("a ", "\n1. Đội A xã B 5tr", ""),
    ("12/3 xã A 5tr\n", "a) kho B 7kg\n", ""),
    ("Một hai ba\n", "- xã A: 5 kg\n", "hết"),
    ("A. ", "b. C! ", ""),
    ("((", "))", ""),
    (":;", ",,", ""),
    ("\"a", " “b", ""),
    // Letters without end, marks upon marks, and what is not seen.
    ("a", "ấ", ""),
    ("\u{301}", "\u{323}\u{301}", ""),
    ("a\u{323}\u{301}", "\u{200B}", "x"),
    (" ", "\u{a0}", ""),
    ("-", "—", ""),
    ("𝟗", "½²", ""),
];

fn text(shape: Shape, bytes: usize) -> String {
    let (first, second, end) = shape;
    first.repeat(bytes / 2 / first.len()) + &second.repeat(bytes / 2 / second.len()) + end
}

/// How much longer the second text is than the first.
const TIMES: u32 = 8;
/// How much longer than that it may take: machines are not quiet.
const SLACK: u32 = 3;
/// What is over within this is not worth a look.
const SHORT: Duration = Duration::from_millis(40);

fn shortest(tries: usize, mut run: impl FnMut()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..tries).map(timed).min().unwrap()
}

/// Whether reading of a shape takes time in proportion to its length: asked
/// again before it is denied.
fn grows(shape: Shape, bytes: usize, run: impl Fn(&str)) -> Result<(), String> {
    let (short, long) = (text(shape, bytes), text(shape, bytes * TIMES as usize));
    let mut said = String::new();
    for tries in [1, 3, 5] {
        let long = shortest(tries, || run(&long));
        if long < SHORT {
            return Ok(());
        }
        let short = shortest(tries + 2, || run(&short));
        if long <= short * TIMES * SLACK {
            return Ok(());
        }
        said = format!("{shape:?}: {short:?}, and {long:?} for {TIMES} times as much");
    }
    Err(said)
}

fn all_grow(bytes: usize, run: impl Fn(&str)) {
    let failed: Vec<String> = SHAPES.iter().filter_map(|shape| grows(*shape, bytes, &run).err()).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn fields_are_read_in_linear_time() {
    all_grow(8_000, |text| {
        let _ = black_box((read_amount(text), read_number(text), read_date(text, Some(2026))));
        let _ = black_box((Period::read(text, Cutoff::default()), Month::read(text), Sought::read(text)));
    });
}

#[test]
fn texts_are_folded_in_linear_time() {
    all_grow(8_000, |text| {
        black_box((clean(text), fold(text), placed_words(text)));
    });
}

#[test]
fn figures_in_a_text_are_found_in_linear_time() {
    all_grow(8_000, |text| {
        black_box(mentions(&words(text, Spelling::of(text))));
    });
}

#[test]
fn notes_are_read_in_linear_time() {
    let reference = reference();
    let reading = Reading { reference: &reference, written_on: day("2026-07-01") };
    all_grow(2_000, |text| {
        black_box(read(text, &reading));
    });
}

fn look_up(reference: &Reference, text: &str) {
    let _ = black_box((reference.find_province(text, day("2026-07-01")), reference.find_force(text)));
    let _ = black_box((reference.find_violation(text), reference.find_category(text)));
    black_box(agency_key(text, "Đồng Tháp", reference));
}

#[test]
fn names_are_looked_up_in_linear_time() {
    let reference = reference();
    all_grow(250, |text| look_up(&reference, text));
}

/// An entry with a text in its every field, and in every line of its lists.
fn entry_of(text: &str, lines: usize) -> Entry {
    let mut entry = Entry::default();
    for field in Field::ALL {
        for line in 1..=lines {
            entry.set(*field, Some(line), text.to_owned()).unwrap();
        }
    }
    entry
}

#[test]
fn entries_are_read_in_linear_time() {
    let casebook = vietnam();
    all_grow(1_000, |text| {
        let entry = entry_of(text, 1);
        let today = day("2026-07-01");
        let draft = Draft {
            entry: &entry,
            id: uuid::Uuid::nil(),
            reference: &casebook.reference,
            currency: &casebook.currency,
            today,
        };
        let _ = black_box(draft.read());
    });
}
