//! What has digits and is no number: plates, the numbers of files, decrees,
//! teams and articles.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::unit::UNITS;
use super::vocabulary::{CURRENCIES, SCALES};
use super::words::{Kind, Word};

/// The longest code that is looked at as one.
const LONGEST: usize = 40;

/// How many of the words stand together without a space or a mark that ends a
/// part of a sentence.
pub(super) fn chunk_length(words: &[Word<'_>]) -> usize {
    let joins = |(at, word): (usize, &Word<'_>)| {
        let inner = match word.kind {
            Kind::Letters | Kind::Digits => true,
            Kind::Mark => word.text.starts_with(['-', '/', '.', '_', '+', '&', '#', '–']),
            Kind::Break => false,
        };
        // "95tr6.cho": a full stop without a space after it.
        let stop = word.is_mark('.') && words.get(at + 1).is_some_and(|next| next.kind == Kind::Letters);
        inner && (at == 0 || !word.spaced) && !(stop && at > 0)
    };
    let length = words.iter().enumerate().take(LONGEST).take_while(|pair| joins(*pair)).count();
    // A full stop ends a sentence, not a code.
    let trailing = words[..length].iter().rev().take_while(|word| word.kind == Kind::Mark).count();
    (length - trailing).max(usize::from(!words.is_empty()))
}

/// Whether letters and digits that stand together are a code: `29H-168.78`,
/// `79/KH-UBND`, `PC03`; not `25tr`, `40,14kg` or `13.500đ/bao`.
pub(super) fn is_code(chunk: &[Word<'_>]) -> bool {
    if !chunk.iter().any(|word| word.kind == Kind::Digits) || is_short_month(chunk) {
        return false;
    }
    let counts = |at: usize| {
        let rest = &chunk[at..];
        // "51G-123.45" is a plate, though "G" may be grams.
        let of_plate = rest[0].text.chars().all(char::is_uppercase)
            && rest.get(1).is_some_and(|next| next.kind == Kind::Digits || next.is_mark('-'))
            && rest[1..].iter().any(|word| word.kind == Kind::Digits);
        if of_plate {
            return false;
        }
        self::counts(rest) || matches!(rest[0].bare.as_str(), "gio" | "phut") || matches!(rest[0].text, "h" | "g" | "p")
    };
    chunk.iter().enumerate().filter(|(_, word)| word.kind == Kind::Letters).any(|(at, _)| {
        let after_digits = chunk[..at].iter().any(|word| word.kind == Kind::Digits);
        !after_digits || !counts(at)
    })
}

/// "T3/2026"
fn is_short_month(chunk: &[Word<'_>]) -> bool {
    match chunk {
        [letter, month, mark, year] => {
            letter.bare == "t" && month.text.len() <= 2 && mark.kind == Kind::Mark && year.text.len() == 4
        }
        _ => false,
    }
}

/// Whether the digits that come next name something rather than count it:
/// "số 15", "Điều 9", "Nghị định 98/2020".
pub(super) fn is_name_of_number(before: &[Word<'_>], rest: &[Word<'_>]) -> bool {
    let figure = rest
        .iter()
        .take(LONGEST)
        .take_while(|word| word.kind == Kind::Digits || word.is_mark('.') || word.is_mark(','))
        .count();
    let counted = rest.get(figure..).is_some_and(counts);
    let ends_here = |lexicon: &Lexicon<()>| {
        (before.len().saturating_sub(3)..before.len()).any(|at| {
            let found = lexicon.at_start(&before[at..]);
            found.is_some_and(|(length, ())| at + length == before.len())
        })
    };
    // "vàng 9999": the purity of gold; but "vàng 99 chỉ" is weighed.
    let purity = before.last().is_some_and(|word| matches!(word.bare.as_str(), "vang" | "sjc"))
        && rest.first().is_some_and(|word| word.text.starts_with("99") && !counted || is_karat(word, rest.get(1)));
    ends_here(&NAMED) || purity || !counted && ends_here(&PLACED)
}

/// Whether a scale, a unit or a currency stands first.
fn counts(rest: &[Word<'_>]) -> bool {
    SCALES.at_start(rest).is_some() || CURRENCIES.at_start(rest).is_some() || UNITS.at_start(rest).is_some()
}

/// "18K"
fn is_karat(number: &Word<'_>, unit: Option<&Word<'_>>) -> bool {
    number.text.len() == 2 && unit.is_some_and(|unit| unit.bare == "k" && !unit.spaced)
}

/// Words after which a number is a name, whatever follows.
static NAMED: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = [
        "số",
        "điều",
        "khoản",
        "điểm",
        "đội",
        "đội số",
        "hải đội",
        "hải đoàn",
        "nghị định",
        "NĐ",
        "thông tư",
        "TT",
        "quyết định",
        "QĐ",
        "luật",
        "nghị quyết",
        "NQ",
        "công văn",
        "CV",
        "quốc lộ",
        "QL",
        "tỉnh lộ",
        "km",
        "SN",
        "sinh năm",
        "lô số",
        "tổ số",
        "điện thoại số",
        "SĐT",
        "zalo",
        "biển số",
        "BKS",
        "iphone",
        "samsung",
        "galaxy",
        "covid",
        "MST",
        "CCCD",
        "CMND",
        "BS",
        "đội qltt",
        "Đ",
        "QLTT",
        "quản lý thị trường",
        "BCĐ",
        "ban chỉ đạo",
    ];
    Lexicon::new(words.map(|word| (word, ())))
});

/// Words after which a number is a name, unless it counts something: "tổ 5",
/// but "đường 500 kg".
static PLACED: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = [
        "tổ",
        "đoàn",
        "quận",
        "phường",
        "ấp",
        "thôn",
        "khu phố",
        "khu",
        "khóm",
        "bản",
        "tầng",
        "đường",
        "ngõ",
        "hẻm",
        "ngách",
        "chốt",
        "trạm",
        "cửa khẩu",
        "mốc",
        "vùng",
        "chương",
        "mục",
        "ĐT",
        "điện thoại",
        "quý",
        "đợt",
        "lần",
        "khóa",
        "kỳ",
        "top",
        "tuyến",
        "chuyên đề",
    ];
    Lexicon::new(words.map(|word| (word, ())))
});
