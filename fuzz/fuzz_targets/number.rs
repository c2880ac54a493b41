//! Quantities and counts: those that are read can be written and read again.
#![no_main]

use casebook::text::read_number;
use casebook_fuzz::comes_back;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(written) = read_number(text) {
        assert_eq!(written.currency, None);
        comes_back(written.value, read_number);
    }
});
