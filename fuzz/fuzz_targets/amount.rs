//! Amounts: those that are read can be written and read again.
#![no_main]

use casebook::domain::Currency;
use casebook::text::read_amount;
use casebook_fuzz::comes_back;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Currency::vnd().read(text);
    if let Ok(written) = read_amount(text) {
        comes_back(written.value, read_amount);
    }
});
