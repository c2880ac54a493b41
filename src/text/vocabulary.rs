//! The words of numbers, bounds, scales and currencies.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Bound;
use super::lexicon::Lexicon;

/// Words of a number below a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// One to nine, and nought.
    Digit(u8),
    /// One, four or five as they are called after tens alone: "mốt", "tư".
    AfterTens(u8),
    /// "mười" and "mươi", which are one word without marks.
    Ten,
    /// "chục", which counts and is no number by itself.
    Tens,
    /// "trăm".
    Hundred,
    /// "linh" or "lẻ": there are no tens.
    NoTens,
}

pub(super) static NUMERALS: LazyLock<Lexicon<Numeral>> = LazyLock::new(|| {
    use Numeral::{AfterTens, Digit, Hundred, NoTens, Ten, Tens};
    Lexicon::new([
        ("không", Digit(0)),
        ("một", Digit(1)),
        ("hai", Digit(2)),
        ("ba", Digit(3)),
        ("bốn", Digit(4)),
        ("năm", Digit(5)),
        ("sáu", Digit(6)),
        ("bảy", Digit(7)),
        ("bẩy", Digit(7)),
        ("tám", Digit(8)),
        ("chín", Digit(9)),
        ("mốt", AfterTens(1)),
        ("tư", AfterTens(4)),
        ("lăm", AfterTens(5)),
        ("nhăm", AfterTens(5)),
        ("mười", Ten),
        ("mươi", Ten),
        ("chục", Tens),
        ("trăm", Hundred),
        ("linh", NoTens),
        ("lẻ", NoTens),
    ])
});

/// A power of ten that is named after a number, and whether the đồng is named
/// with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    /// By how much; [`Scale::MILLIARD`] multiplies all that stands before it.
    pub(super) by: i64,
    /// Whether it is written as one word with the đồng: "trđ".
    pub(super) of_dong: bool,
    /// Whether it is "k", as prices are written among friends.
    pub(super) is_k: bool,
}

impl Scale {
    pub(super) const MILLIARD: i64 = 1_000_000_000;
}

pub(super) static SCALES: LazyLock<Lexicon<Scale>> = LazyLock::new(|| {
    let scales = [
        ("chục", 10),
        ("trăm", 100),
        ("nghìn", 1_000),
        ("ngàn", 1_000),
        ("ngìn", 1_000),
        ("thousand", 1_000),
        ("k", 1_000),
        ("vạn", 10_000),
        ("triệu", 1_000_000),
        ("tr", 1_000_000),
        ("million", 1_000_000),
        ("tỷ", Scale::MILLIARD),
        ("tỉ", Scale::MILLIARD),
        ("billion", Scale::MILLIARD),
    ];
    let joined = [("nghđ", 1_000), ("ngđ", 1_000), ("kđ", 1_000), ("trđ", 1_000_000), ("tỷđ", Scale::MILLIARD)];
    let plain = scales.into_iter().map(|(word, by)| (word, Scale { by, of_dong: false, is_k: word == "k" }));
    Lexicon::new(plain.chain(joined.into_iter().map(|(word, by)| (word, Scale { by, of_dong: true, is_k: false }))))
});

/// A half: before a scale, or of the scale before it.
pub(super) static HALF_OF: LazyLock<Lexicon<Decimal>> = LazyLock::new(|| Lexicon::new([("nửa", Decimal::new(5, 1))]));
pub(super) static AND_A_HALF: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new([("rưỡi", ()), ("rưởi", ())]));

/// What words before a figure say of it.
pub(super) static BOUNDS: LazyLock<Lexicon<Bound>> = LazyLock::new(|| {
    let about: &[&str] = &[
        "trên dưới",
        "khoảng",
        "khoảng chừng",
        "ước tính",
        "ước",
        "ước khoảng",
        "ước chừng",
        "ước đạt",
        "chừng",
        "tầm",
        "cỡ",
        "xấp xỉ",
        "about",
        "around",
        "approximately",
        "≈",
        "~",
    ];
    let at_least: &[&str] = &[
        "hơn",
        "trên",
        "ít nhất",
        "tối thiểu",
        "không dưới",
        "không ít hơn",
        "vượt",
        "từ trên",
        "over",
        "more than",
        "at least",
        ">=",
        ">",
        "≥",
    ];
    let at_most: &[&str] = &[
        "gần",
        "dưới",
        "không quá",
        "không đến",
        "không tới",
        "tối đa",
        "nhiều nhất",
        "chưa đến",
        "chưa tới",
        "chưa đầy",
        "ngót",
        "ngót nghét",
        "suýt soát",
        "under",
        "almost",
        "nearly",
        "at most",
        "<=",
        "<",
        "≤",
    ];
    let all = [(about, Bound::About), (at_least, Bound::AtLeast), (at_most, Bound::AtMost)];
    Lexicon::new(all.into_iter().flat_map(|(words, bound)| words.iter().map(move |word| (*word, bound))))
});

/// What words after a figure say of it.
pub(super) static BOUNDS_AFTER: LazyLock<Lexicon<Bound>> = LazyLock::new(|| {
    Lexicon::new([("trở lên", Bound::AtLeast), ("trở xuống", Bound::AtMost), ("đổ lại", Bound::AtMost)])
});

/// Words that stand for a number and name none: "hàng chục tỷ".
pub(super) static VAGUE: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = ["hàng", "vài", "dăm", "mấy", "nhiều", "cả", "bạc", "tiền", "đôi ba", "vài ba", "không ít", "một vài"];
    Lexicon::new(words.map(|word| (word, ())))
});

/// Between the two ends of a range.
pub(super) static UP_TO: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new([("đến", ()), ("tới", ()), ("to", ()), ("~", ()), ("cho đến", ())]));
/// Before the two ends of a range.
pub(super) static FROM: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new([("từ", ()), ("from", ())]));

/// Currencies by their ISO 4217 codes.
pub(super) static CURRENCIES: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| {
    Lexicon::new([
        ("đồng", "VND"),
        ("đồng Việt Nam", "VND"),
        ("VND", "VND"),
        ("VNĐ", "VND"),
        ("đ", "VND"),
        ("₫", "VND"),
        ("USD", "USD"),
        ("US$", "USD"),
        ("$", "USD"),
        ("đô la", "USD"),
        ("đôla", "USD"),
        ("đô la Mỹ", "USD"),
        ("đô la Mĩ", "USD"),
        ("dollars", "USD"),
        ("EUR", "EUR"),
        ("euro", "EUR"),
        ("€", "EUR"),
        ("nhân dân tệ", "CNY"),
        ("tệ", "CNY"),
        ("NDT", "CNY"),
        ("CNY", "CNY"),
        ("kíp", "LAK"),
        ("bạt", "THB"),
        ("baht", "THB"),
        ("yên Nhật", "JPY"),
    ])
});
