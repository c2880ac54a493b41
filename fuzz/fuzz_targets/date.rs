//! Days and periods.
#![no_main]

use casebook::domain::{Cutoff, Month, Period};
use casebook::text::read_date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let day = read_date(text, Some(2026));
    if let Ok(day) = day {
        for form in ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "ngày %d tháng %m năm %Y"] {
            assert_eq!(read_date(&day.format(form).to_string(), None), Ok(day));
        }
    }
    // A year that is known changes nothing where one is written.
    if let Ok(whole) = read_date(text, None) {
        assert_eq!(day, Ok(whole));
    }
    for cutoff in [None, Cutoff::new(15)].into_iter().map(Option::unwrap_or_default) {
        for period in [Period::read(text, cutoff), Period::read_quarter(text, cutoff)].into_iter().flatten() {
            assert!(!period.is_empty() && (period.is_open() || period.contains(period.last())));
        }
    }
    if let Ok(month) = Month::read(text) {
        assert!((1..=12).contains(&month.number()));
    }
});
