//! Whole notes: every draft stands on words of the text, and makes an entry.
#![no_main]

use casebook::domain::Field;
use casebook::notes::{DraftCase, ReadItem, Reading, Value, read};
use casebook::text::fold;
use casebook_fuzz::{REFERENCE, TODAY, reads_back};
use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;

fn check(draft: &DraftCase, folded: &str) {
    for (place, words) in draft.words() {
        for part in words.split("; ") {
            assert!(folded.contains(&fold(part)), "{place:?}: {part}");
        }
    }
    for ((field, _), found) in &draft.found {
        match &found.value {
            Value::Amount(amount) => assert!(amount.value >= Decimal::ZERO),
            Value::Quantity(quantity) => assert!(quantity.value >= Decimal::ZERO),
            Value::Day(day) if *field != Field::DecidedOn => assert!(*day <= TODAY),
            _ => {}
        }
    }
    reads_back(&draft.entry().expect("its lines follow one another"));
}

fuzz_target!(|text: &str| {
    let reading = Reading { reference: &REFERENCE, written_on: TODAY };
    let items = read(text, &reading);
    let folded = fold(text);
    for item in &items {
        if let ReadItem::Draft(draft) = item {
            check(draft, &folded);
        }
    }
    assert_eq!(read(text, &reading), items);
});
