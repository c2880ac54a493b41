//! Whole entries, a field a line: "fine_amount=25 triệu", "goods.2=rượu".
#![no_main]

use casebook::domain::{Entry, Field};
use casebook_fuzz::reads_back;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut entry = Entry::default();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('=') else { continue };
        let (key, number) = key.split_once('.').map_or((key, None), |(key, number)| (key, number.parse().ok()));
        if let Some(field) = Field::from_key(key) {
            let _ = entry.set(field, number, value.to_owned());
        }
    }
    reads_back(&entry);
});
