//! Dates as people write them: day before month, always.

use chrono::NaiveDate;
use winnow::Parser;
use winnow::combinator::{alt, eof, opt, preceded, terminated};
use winnow::error::EmptyError;
use winnow::token::{one_of, take_while};

use super::plain;

type Parsed<T> = winnow::Result<T, EmptyError>;

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

/// Reads `2026-02-27`, `27/2/2026`, `27-02-2026`, `27.2.2026`, and `27/2`
/// where a year is known.
pub fn read_date(text: &str, year: Option<i32>) -> Result<NaiveDate, DateError> {
    let plain = plain(text);
    let written = terminated(alt((year_first, day_first)), eof)
        .parse_next(&mut plain.as_str())
        .map_err(|EmptyError| DateError::Form)?;
    let year = written.year.or(year).ok_or(DateError::NoYear)?;
    NaiveDate::from_ymd_opt(year, written.month, written.day).ok_or(DateError::Impossible)
}

struct Parts {
    year: Option<i32>,
    month: u32,
    day: u32,
}

fn year_first(input: &mut &str) -> Parsed<Parts> {
    let year = digits(4..=4).parse_next(input)?;
    let mark = one_of(['-', '/', '.']).parse_next(input)?;
    let month = terminated(digits(1..=2), mark).parse_next(input)?;
    let day = digits(1..=2).parse_next(input)?;
    Ok(Parts { year: year.try_into().ok(), month, day })
}

fn day_first(input: &mut &str) -> Parsed<Parts> {
    let _ = opt(("ngay", ' ')).parse_next(input)?;
    let day = digits(1..=2).parse_next(input)?;
    let mark = one_of(['-', '/', '.']).parse_next(input)?;
    let month = digits(1..=2).parse_next(input)?;
    let year = opt(preceded(mark, digits(4..=4))).parse_next(input)?;
    Ok(Parts { year: year.and_then(|year| year.try_into().ok()), month, day })
}

fn digits<'a>(count: std::ops::RangeInclusive<usize>) -> impl Parser<&'a str, u32, EmptyError> {
    take_while(count, |c: char| c.is_ascii_digit()).parse_to()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn forms() {
        for text in ["2026-02-27", "27/2/2026", "27-02-2026", "27.2.2026", "ngày 27/2/2026", " 27/02/2026 "] {
            assert_eq!(read_date(text, None), Ok(day(2026, 2, 27)), "{text}");
        }
        assert_eq!(read_date("27/2", Some(2026)), Ok(day(2026, 2, 27)));
    }

    #[test]
    fn refusals() {
        assert_eq!(read_date("27/2", None), Err(DateError::NoYear));
        assert_eq!(read_date("30/2/2026", None), Err(DateError::Impossible));
        assert_eq!(read_date("2/27/2026", None), Err(DateError::Impossible));
        for text in ["", "yesterday", "2026", "27/2/26", "2026-2-2-2", "27-2/2026", "8/202"] {
            assert_eq!(read_date(text, None), Err(DateError::Form), "{text}");
        }
    }

    proptest! {
        #[test]
        fn iso_dates_come_back(days in -100_000..100_000_i64) {
            let date = day(2000, 1, 1) + chrono::TimeDelta::days(days);
            prop_assert_eq!(read_date(&date.to_string(), None), Ok(date));
        }

        #[test]
        fn any_text_is_a_date_or_an_error(text in "\\PC{0,30}") {
            let _ = read_date(&text, Some(2026));
        }
    }
}
