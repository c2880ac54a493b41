//! The grammar of days and periods in running text: `ngày 27/2`, `từ 15-5 đến
//! 15-6`, `hai tháng đầu năm 2026`, `từ đầu năm đến nay`.

use std::sync::LazyLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use winnow::Parser;
use winnow::combinator::{alt, opt, preceded};
use winnow::error::EmptyError;

use super::date::{MonthYear, WrittenDay, day as written_day, day_word, month_year, named_year, number_of, year_of};
use super::grammar::{Input, Parsed, digits, joined, mark, phrase};
use super::lexicon::{Lexicon, lexicons};
use super::numeral::spelled;
use super::vocabulary::UP_TO;

/// A day or a period, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(WrittenDay),
    /// A period between two days.
    Days(WrittenDay, WrittenDay),
    /// Months, the first and the last, each with its year where it is written;
    /// without any, the last ones before the day on which it was written.
    Months(MonthYear, MonthYear),
    /// A whole year.
    Year(i32),
    /// From the first day of a year, or of a month of it, until the day on
    /// which it was written.
    Since(Option<u32>, Option<i32>),
    /// A number of days before the day on which it was written.
    Ago(u32),
}

impl When {
    /// Its first and last day, as one who wrote it on a day `written` meant it:
    /// nothing lies after that day. `None` if there is no such day.
    #[must_use]
    pub fn days(self, written: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Day(day) => day.not_after(written).map(|day| (day, day)),
            Self::Days(from, to) => {
                let last = to.not_after(written)?;
                Some((from.not_after(last)?, last))
            }
            Self::Months((from, first_year), (to, last_year)) => {
                let starts = |year| NaiveDate::from_ymd_opt(year, to, 1).is_some_and(|first| first <= written);
                let last_year =
                    last_year.or_else(|| (0..2).map(|back| written.year() - back).find(|year| starts(*year)))?;
                // "tháng 11 đến tháng 2" goes over New Year.
                let first_year = first_year.unwrap_or(last_year - i32::from(from > to));
                let end = NaiveDate::from_ymd_opt(last_year, to, 1)?.checked_add_months(Months::new(1))?.pred_opt()?;
                Some((NaiveDate::from_ymd_opt(first_year, from, 1)?, end.min(written)))
            }
            Self::Year(year) => {
                let end = NaiveDate::from_ymd_opt(year, 12, 31)?;
                Some((NaiveDate::from_ymd_opt(year, 1, 1)?, end.min(written)))
            }
            Self::Since(month, year) => {
                let year = year.unwrap_or(written.year());
                Some((NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?, written))
            }
            Self::Ago(days) => {
                let day = written.checked_sub_days(Days::new(days.into()))?;
                Some((day, day))
            }
        }
        .filter(|(first, last)| first <= last)
    }

    /// Whether a year is written in it.
    #[must_use]
    pub fn has_year(self) -> bool {
        match self {
            Self::Day(day) | Self::Days(_, day) => day.year.is_some(),
            Self::Months(_, (_, year)) | Self::Since(_, year) => year.is_some(),
            Self::Year(_) => true,
            Self::Ago(_) => false,
        }
    }

    /// Whether it is one day.
    #[must_use]
    pub fn is_day(self) -> bool {
        matches!(self, Self::Day(_) | Self::Ago(_))
    }
}

/// A day or period with which a text begins. Two numbers alone are a day only
/// with a slash or a year: "11-3" and "15.6" need a word before them.
pub(super) fn when<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    let period = alt((since, first_months, quarter, days, days_of_month));
    let one = alt((worded_day, month_range, month, full_day, ago));
    alt((period, one)).parse_next(input)
}

/// A day that a calendar may have. What has no such month is no day: "25-28".
fn day<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<WrittenDay> {
    written_day.verify(|day| (1..=12).contains(&day.month) && (1..=31).contains(&day.day)).parse_next(input)
}

fn word(lexicon: &'static LazyLock<Lexicon<()>>, input: &mut Input<'_, '_>) -> Parsed<()> {
    phrase(lexicon, input)
}

/// "từ đầu năm 2026 đến nay", "từ đầu tháng 3"
fn since<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    word(&SINCE_START, input)?;
    let in_month = |input: &mut Input<'t, 'a>| month_year(input).map(|(month, year)| When::Since(Some(month), year));
    let in_year = |input: &mut Input<'t, 'a>| {
        word(&YEAR, input)?;
        Ok(When::Since(None, opt(digits(4..=4)).parse_next(input)?.map(year_of)))
    };
    let since = alt((in_month, in_year)).parse_next(input)?;
    opt(|input: &mut Input<'t, 'a>| word(&UNTIL_NOW, input)).parse_next(input)?;
    Ok(since)
}

/// "hai tháng đầu năm 2026", "6 tháng đầu năm"
fn first_months<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    let count = alt((digits(1..=2).map(number_of), spelled.map(|spelled| spelled.value))).parse_next(input)?;
    word(&FIRST_MONTHS, input)?;
    let year = opt(digits(4..=4)).parse_next(input)?.map(year_of);
    if (1..=12).contains(&count) { Ok(When::Months((1, year), (count, year))) } else { Err(EmptyError) }
}

/// "quý I/2026", "quý 1 năm 2026"
fn quarter<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    let quarter = phrase(&QUARTERS, input)?;
    let marked = preceded(joined(mark(&['/', '-'])), joined(digits(4..=4))).map(year_of);
    let year = opt(alt((marked, named_year))).parse_next(input)?;
    Ok(When::Months((quarter * 3 - 2, year), (quarter * 3, year)))
}

/// "từ 15-5 đến 15-6", "từ ngày 20/10 đến 18/11/2025", "từ 1 đến 15/3"
fn days<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    let from = opt(|input: &mut Input<'t, 'a>| word(&FROM_DAY, input)).parse_next(input)?;
    let named = opt(day_word).parse_next(input)?;
    let slashed = |input: &Input<'t, 'a>| input.get(1).is_some_and(|word| word.is_mark('/'));
    let (worded, first_slashed) = (from.is_some() || named.is_some(), slashed(input));
    let only_day = digits(1..=2).map(|day| (number_of(day), None));
    let first = alt((day.map(|day| (day.day, Some(day))), only_day)).parse_next(input)?;
    let until = |input: &mut Input<'t, 'a>| phrase(&UP_TO, input);
    let dashed = alt((until, mark(&['-', '–', '—']).void())).parse_next(input);
    dashed?;
    opt(day_word).parse_next(input)?;
    let last_slashed = slashed(input);
    let last = day.parse_next(input)?;
    // "28/2-2/3" says by its slashes what "15-5" needs words for.
    if !worded && last.year.is_none() && !(first_slashed && last_slashed) {
        return Err(EmptyError);
    }
    let first = match first {
        (_, Some(day)) => day,
        (day, None) => WrittenDay { day, ..last },
    };
    Ok(When::Days(first, last))
}

/// "ngày 5, 6/3", "các ngày 5 và 6/3"
fn days_of_month<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    day_word(input)?;
    let only_day = digits(1..=2).map(|day| (number_of(day), None));
    let (first, whole) = alt((day.map(|day| (day.day, Some(day))), only_day)).parse_next(input)?;
    let and = |input: &mut Input<'t, 'a>| word(&AND, input);
    alt((mark(&[',', ';']).void(), and)).parse_next(input)?;
    opt(day_word).parse_next(input)?;
    let last = day.parse_next(input)?;
    Ok(When::Days(whole.unwrap_or(WrittenDay { day: first, ..last }), last))
}

/// "ngày 11-3", "ngày 15.6", "sáng 5/3"
fn worded_day<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    preceded(day_word, day).map(When::Day).parse_next(input)
}

/// "27/2", "27-02-2026": what is a day without any word before it.
fn full_day<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    let slash = input.get(1).is_some_and(|word| word.is_mark('/'));
    let worded = input.get(1).is_some_and(|word| word.bare == "thang");
    let written = day.parse_next(input)?;
    if slash || worded || written.year.is_some() { Ok(When::Day(written)) } else { Err(EmptyError) }
}

/// "từ tháng 1 đến tháng 3/2026"
fn month_range<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    opt(|input: &mut Input<'t, 'a>| word(&FROM_DAY, input)).parse_next(input)?;
    let first = month_year(input)?;
    let until = |input: &mut Input<'t, 'a>| phrase(&UP_TO, input);
    alt((until, mark(&['-', '–', '—']).void())).parse_next(input)?;
    Ok(When::Months(first, month_year(input)?))
}

/// "tháng 3-2023", "trong tháng 2"
fn month(input: &mut Input<'_, '_>) -> Parsed<When> {
    let month = month_year(input)?;
    Ok(When::Months(month, month))
}

fn ago(input: &mut Input<'_, '_>) -> Parsed<When> {
    phrase(&AGO, input).map(When::Ago)
}

/// "năm 2025" standing alone: the least that a text says of its time.
pub(super) fn year<'t, 'a: 't>(input: &mut Input<'t, 'a>) -> Parsed<When> {
    word(&YEAR, input)?;
    let year = year_of(digits(4..=4).parse_next(input)?);
    if (1990..2100).contains(&year) { Ok(When::Year(year)) } else { Err(EmptyError) }
}

lexicons! {
    SINCE_START: () = [("từ đầu", ()), ("kể từ đầu", ()), ("tính từ đầu", ()), ("từ đầu của", ())];
    UNTIL_NOW: () = [
        ("đến nay", ()), ("tới nay", ()), ("đến thời điểm này", ()), ("đến thời điểm hiện tại", ()), ("cho đến nay", ()),
        ("đến hết hôm nay", ()),
    ];
    YEAR: () = [("năm", ())];
    FIRST_MONTHS: () = [("tháng đầu năm", ()), ("tháng đầu của năm", ()), ("tháng đầu tiên của năm", ())];
    FROM_DAY: () = [("từ", ()), ("tuần", ()), ("trong tuần", ()), ("trong", ()), ("trong các ngày", ()), ("tính từ", ())];
    AND: () = [("và", ())];
    AGO: u32 = [("hôm nay", 0), ("sáng nay", 0), ("chiều nay", 0), ("trưa nay", 0), ("tối nay", 0), ("đêm qua", 1),
        ("hôm qua", 1), ("sáng qua", 1), ("chiều qua", 1), ("tối qua", 1), ("hôm kia", 2)];
    QUARTERS: u32 = [
        ("quý I", 1), ("quý II", 2), ("quý III", 3), ("quý IV", 4), ("quý 1", 1), ("quý 2", 2), ("quý 3", 3), ("quý 4", 4),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::{Spelling, words};

    fn days_of(text: &str) -> Option<(String, String)> {
        let words = words(text, Spelling::of(text));
        let when = when(&mut Input::new(&words)).ok()?;
        let (first, last) = when.days("2026-03-20".parse().unwrap())?;
        Some((first.to_string(), last.to_string()))
    }

    #[test]
    fn days_and_periods() {
        for (text, first, last) in [
            ("ngày 25/9", "2025-09-25", "2025-09-25"),
            ("ngày 11-3", "2026-03-11", "2026-03-11"),
            ("ngày 15.6", "2025-06-15", "2025-06-15"),
            ("27/2", "2026-02-27", "2026-02-27"),
            ("từ 15-5 đến 15-6", "2025-05-15", "2025-06-15"),
            ("từ ngày 20/10 đến 18/11/2025", "2025-10-20", "2025-11-18"),
            ("từ ngày 15/12 đến ngày 14/1/2026", "2025-12-15", "2026-01-14"),
            ("28/2-2/3", "2026-02-28", "2026-03-02"),
            ("ngày 25-28/2/2026", "2026-02-25", "2026-02-28"),
            ("từ tháng 11/2025 đến tháng 2/2026", "2025-11-01", "2026-02-28"),
            ("từ tháng 12 đến tháng 2", "2025-12-01", "2026-02-28"),
            ("từ 1 đến 15/3", "2026-03-01", "2026-03-15"),
            ("ngày 5, 6/3", "2026-03-05", "2026-03-06"),
            ("tháng 3-2023", "2023-03-01", "2023-03-31"),
            ("tháng 2 năm 2026", "2026-02-01", "2026-02-28"),
            ("tháng 12", "2025-12-01", "2025-12-31"),
            ("hai tháng đầu năm 2026", "2026-01-01", "2026-02-28"),
            ("6 thang dau nam 2025", "2025-01-01", "2025-06-30"),
            ("quý I/2026", "2026-01-01", "2026-03-20"),
            ("từ đầu năm 2026 đến nay", "2026-01-01", "2026-03-20"),
            ("từ đầu tháng 3 đến nay", "2026-03-01", "2026-03-20"),
            ("hôm qua", "2026-03-19", "2026-03-19"),
        ] {
            assert_eq!(days_of(text), Some((first.to_owned(), last.to_owned())), "{text}");
        }
        for text in ["tháng 8/202", "11-3", "15.6", "30/2/2026", "50/100", "tháng 13"] {
            assert_eq!(days_of(text), None, "{text}");
        }
    }
}
