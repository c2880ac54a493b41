//! Words that are sought, and where they stand.
#![no_main]

use casebook::domain::{Field, Sought, Term};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let Some(sought) = Sought::read(typed) else { return };
    let written = sought.terms().iter().map(|term| match term {
        Term::Beginning(word) => word.clone(),
        Term::Phrase(words) => format!("\"{}\"", words.join(" ")),
    });
    let again = written.collect::<Vec<_>>().join(" ");
    assert_eq!(Sought::read(&again).as_ref(), Some(&sought), "{again}");
    for excerpt in sought.excerpts(&[(Field::Note, typed), (Field::Goods, &again)]) {
        assert!(!excerpt.marked("<", ">").is_empty());
    }
});
