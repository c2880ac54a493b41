//! The grammar of dates: day before month, always.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use winnow::Parser;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::EmptyError;

use super::grammar::{Input, Parsed, digits, joined, mark, next, phrase};
use super::lexicon::Lexicon;
use super::words::{Kind, Spelling, Word, words};

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Not in a form that is read.
    Form,
    /// A day and month without a year, where none is known.
    NoYear,
    /// Written like a date, but there is no such day: `30/2/2026`.
    Impossible,
}

/// A day as it is written; the year may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDay {
    /// The year, where it is written.
    pub year: Option<i32>,
    /// The month.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
}

impl WrittenDay {
    /// The day, with a year for one that is left out.
    pub fn in_year(self, year: Option<i32>) -> Result<NaiveDate, DateError> {
        let year = self.year.or(year).ok_or(DateError::NoYear)?;
        NaiveDate::from_ymd_opt(year, self.month, self.day).ok_or(DateError::Impossible)
    }

    /// The day; without a year, the last such day that is not after another.
    #[must_use]
    pub fn not_after(self, last: NaiveDate) -> Option<NaiveDate> {
        if self.year.is_some() {
            return self.in_year(None).ok();
        }
        // 29 February may be years away.
        (0..8).find_map(|back| self.in_year(Some(last.year() - back)).ok().filter(|day| *day <= last))
    }
}

/// Reads `2026-02-27`, `27/2/2026`, `27-02-2026`, `27.2.2026`, `27/2/26`,
/// `ngày 27 tháng 2 năm 2026`, and all of these without a year where one is
/// known.
pub fn read_date(text: &str, year: Option<i32>) -> Result<NaiveDate, DateError> {
    match in_digits(text) {
        Some(written) => written.in_year(year),
        None => read_in_words(text, year),
    }
}

/// Reads `2026-02-27` alone, as ISO 8601 writes a day of a year of four digits.
#[must_use]
pub fn iso_day(text: &str) -> Option<NaiveDate> {
    let written = in_digits(text).filter(|_| text.as_bytes()[4] == b'-')?;
    written.in_year(None).ok()
}

/// `2026-02-27` and `27/02/2026`, as programs write days.
fn in_digits(text: &str) -> Option<WrittenDay> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |at: std::ops::Range<usize>| {
        let digit = |n: Option<u32>, b: &u8| Some(n? * 10 + u32::from(b.is_ascii_digit().then(|| b - b'0')?));
        bytes[at].iter().fold(Some(0), digit)
    };
    let (year, month, day) = match (bytes[4], bytes[7], bytes[2], bytes[5]) {
        (b'-', b'-', ..) => (number(0..4)?, number(5..7)?, number(8..10)?),
        (.., b'/', b'/') => (number(6..10)?, number(3..5)?, number(0..2)?),
        _ => return None,
    };
    Some(WrittenDay { year: Some(i32::try_from(year).ok()?), month, day })
}

fn read_in_words(text: &str, year: Option<i32>) -> Result<NaiveDate, DateError> {
    let words = words(text, Spelling::Bare);
    let mut rest = Input::new(&words);
    let written = preceded(opt(day_word), alt((year_first, day))).parse_next(&mut rest);
    let ended = rest.iter().all(|word| word.is_mark('.'));
    written.ok().filter(|_| ended).ok_or(DateError::Form)?.in_year(year)
}

pub(super) fn number_of(word: &Word<'_>) -> u32 {
    word.text.parse().unwrap_or(u32::MAX)
}

pub(super) fn year_of(word: &Word<'_>) -> i32 {
    // "26" is 2026: no case here is older than the casebook's first years.
    let year = i32::try_from(number_of(word)).unwrap_or(i32::MAX);
    if word.text.len() == 2 { year.saturating_add(2_000) } else { year }
}

/// "ngày", or a time of day, before a date.
pub(super) fn day_word(input: &mut Input<'_, '_>) -> Parsed<()> {
    phrase(&DAY_WORDS, input)
}

/// The marks between the numbers of a date: the same one twice.
const MARKS: [&[char]; 3] = [&['/'], &['-'], &['.']];

/// `2026-02-27`
fn year_first<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<WrittenDay> {
    let year = digits(4..=4).parse_next(input)?;
    let rest = |marks| (joined(mark(marks)), joined(digits(1..=2)), joined(mark(marks)), joined(digits(1..=2)));
    let [slash, hyphen, dot] = MARKS;
    let (_, month, _, day) = alt((rest(slash), rest(hyphen), rest(dot))).parse_next(input)?;
    Ok(WrittenDay { year: Some(year_of(year)), month: number_of(month), day: number_of(day) })
}

/// `27/2/2026`, `27-2`, `27.2`, `27 tháng 2 năm 2026`
pub(super) fn day<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<WrittenDay> {
    let day = number_of(digits(1..=2).parse_next(input)?);
    let [slash, hyphen, dot] = MARKS;
    let (month, year) =
        alt((month_after(slash), month_after(hyphen), month_after(dot), month_year)).parse_next(input)?;
    Ok(WrittenDay { year, month, day })
}

pub(super) type MonthYear = (u32, Option<i32>);

fn month_after<'t, 'a: 't>(marks: &'static [char]) -> impl Parser<Input<'t, 'a>, MonthYear, EmptyError> {
    move |input: &mut Input<'t, 'a>| {
        let month = preceded(joined(mark(marks)), joined(digits(1..=2))).parse_next(input)?;
        let year = alt((digits(4..=4), digits(2..=2)));
        let year = opt(preceded(joined(mark(marks)), joined(year))).parse_next(input)?;
        // "27/2/" or "8/202": more than a month was to follow.
        let goes_on = joined(alt((mark(marks), digits(1..=usize::MAX)))).parse_next(&mut input.clone());
        let year = match (year, goes_on) {
            (None, Ok(more)) if more.kind == Kind::Digits || followed_by_digits(input) => return Err(EmptyError),
            (None, _) => opt(named_year).parse_next(input)?,
            (year, _) => year.map(year_of),
        };
        Ok((number_of(month), year))
    }
}

/// Whether a mark and, right behind it, digits follow.
fn followed_by_digits(input: &Input<'_, '_>) -> bool {
    let after = input.get(1);
    after.is_some_and(|word| word.kind == Kind::Digits && !word.spaced)
}

/// `tháng 2 năm 2026`, `tháng 2/2026`, `tháng hai`
pub(super) fn month_year<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<MonthYear> {
    phrase(&MONTH_WORD, input)?;
    let named = |input: &mut Input<'t, 'a>| phrase(&MONTHS, input);
    let month = alt((digits(1..=2).map(number_of), named)).parse_next(input)?;
    let marked = preceded(joined(mark(&['/', '-', '.'])), joined(digits(4..=4)));
    let year = opt(alt((marked.map(year_of), named_year))).parse_next(input)?;
    // "tháng 8/202": a year that has lost a digit.
    let truncated = year.is_none() && next(input).is_some_and(|word| word.is_mark('/')) && followed_by_digits(input);
    if truncated || !(1..=12).contains(&month) { Err(EmptyError) } else { Ok((month, year)) }
}

/// `năm 2026`, after a month
pub(super) fn named_year(input: &mut Input<'_, '_>) -> Parsed<i32> {
    let mut ahead = input.clone();
    opt(mark(&[','])).parse_next(&mut ahead)?;
    phrase(&YEAR_WORD, &mut ahead)?;
    let year = digits(4..=4).parse_next(&mut ahead).map(year_of)?;
    *input = ahead;
    Ok(year)
}

static DAY_WORDS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = [
        "ngày",
        "hôm",
        "mùng",
        "mồng",
        "sáng",
        "trưa",
        "chiều",
        "tối",
        "đêm",
        "rạng sáng",
        "sáng ngày",
        "chiều ngày",
        "tối ngày",
        "đêm ngày",
        "trưa ngày",
        "rạng sáng ngày",
        "sáng mùng",
        "hết ngày",
        "các ngày",
        "hai ngày",
    ];
    Lexicon::new(words.map(|word| (word, ())))
});
static MONTH_WORD: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new([("tháng", ()), ("th", ()), ("t", ())]));
static YEAR_WORD: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new([("năm", ())]));
static MONTHS: LazyLock<Lexicon<u32>> = LazyLock::new(|| {
    let names = ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"];
    Lexicon::new(names.into_iter().zip(1..).chain([("chạp", 12), ("một", 1)]))
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn forms() {
        for text in [
            "2026-02-27",
            "27/2/2026",
            "27-02-2026",
            "27.2.2026",
            "ngày 27/2/2026",
            " 27/02/2026 ",
            "27/2/26",
            "27 tháng 2 năm 2026",
            "ngay 27 thang 2 nam 2026",
            "ngày 27 tháng hai, năm 2026",
            "27 tháng 2/2026",
            "27/2 năm 2026",
            "sáng 27-2-2026.",
        ] {
            assert_eq!(read_date(text, None), Ok(day(2026, 2, 27)), "{text}");
        }
        for text in ["27/2", "11-3", "15.6", "ngày 27 tháng 2", "mùng 5 tháng giêng"] {
            let expected = match text {
                "11-3" => day(2026, 3, 11),
                "15.6" => day(2026, 6, 15),
                "mùng 5 tháng giêng" => day(2026, 1, 5),
                _ => day(2026, 2, 27),
            };
            assert_eq!(read_date(text, Some(2026)), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refusals() {
        assert_eq!(read_date("27/2", None), Err(DateError::NoYear));
        assert_eq!(read_date("30/2/2026", None), Err(DateError::Impossible));
        // Two bytes of a year, of which one is no digit.
        assert_eq!(read_date("27/2/2\0", None), Err(DateError::Impossible));
        assert_eq!(read_date("2/27/2026", None), Err(DateError::Impossible));
        for text in ["", "yesterday", "2026", "27/2/226", "2026-2-2-2", "27-2/2026", "8/202", "27/2/20266", "27/ 2"] {
            assert_eq!(read_date(text, None), Err(DateError::Form), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_last_one() {
        let written = |day, month| WrittenDay { year: None, month, day };
        assert_eq!(written(28, 12).not_after(day(2026, 1, 5)), Some(day(2025, 12, 28)));
        assert_eq!(written(5, 1).not_after(day(2026, 1, 5)), Some(day(2026, 1, 5)));
        assert_eq!(written(29, 2).not_after(day(2026, 1, 5)), Some(day(2024, 2, 29)));
        assert_eq!(written(31, 2).not_after(day(2026, 1, 5)), None);
    }

    proptest! {
        #[test]
        fn a_day_of_iso_is_written_in_one_way(text in "[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9][-0-9 ]{7,10}") {
            let general = text.parse::<NaiveDate>().ok().filter(|day| day.to_string() == text);
            prop_assert_eq!(iso_day(&text), general);
        }

        #[test]
        fn iso_dates_come_back(days in -100_000..100_000_i64) {
            let date = day(2000, 1, 1) + chrono::TimeDelta::days(days);
            prop_assert_eq!(read_date(&date.to_string(), None), Ok(date));
        }

        #[test]
        fn vietnamese_dates_come_back(days in -10_000..30_000_i64, form in 0..4) {
            let date = day(2000, 1, 1) + chrono::TimeDelta::days(days);
            let form = ["%-d/%-m/%Y", "%d-%m-%Y", "ngày %-d tháng %-m năm %Y", "%d.%m.%Y"][usize::try_from(form).unwrap()];
            prop_assert_eq!(read_date(&date.format(form).to_string(), None), Ok(date));
        }

        #[test]
        fn days_in_digits_are_read_as_in_general(text in "[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{2}[-/.][0-9]{2}[-/.][0-9]{4}|[-/.0-9a ]{10}") {
            prop_assert_eq!(read_date(&text, None), read_in_words(&text, None));
            prop_assert_eq!(read_date(&text, Some(2026)), read_in_words(&text, Some(2026)));
        }

        #[test]
        fn any_text_is_a_date_or_an_error(text in "\\PC{0,30}") {
            let _ = read_date(&text, Some(2026));
        }
    }
}
