//! Laws of reading notes that hold for any text: here texts put together from
//! the words that the rules look for, in any order.

use std::fs;
use std::sync::LazyLock;

use casebook::domain::{Draft, Entry, Field, Reference};
use casebook::notes::{DraftCase, ReadItem, Reading, Value, read};
use casebook::text::{Figure, Mention, Said, Spelling, fold, mentions, plain, words};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::support::{day, folder, reference, vietnam};

static REFERENCE: LazyLock<Reference> = LazyLock::new(reference);

fn written_on() -> NaiveDate {
    day("2026-07-01")
}

/// The phrases of the table of words, and the names of all provinces.
static PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let table = fs::read_to_string(folder("data/words.csv")).unwrap();
    let rows = csv::Reader::from_reader(table.as_bytes()).into_records().map(|row| row.unwrap()[2].to_owned());
    rows.chain(REFERENCE.provinces.iter().map(|province| province.name.clone())).collect()
});

const FIGURES: [&str; 28] = [
    "25 triệu đồng",
    "hơn 450 triệu",
    "1,4 tấn",
    "36 gói (10 kg/gói)",
    "5",
    "120 chai",
    "0 đồng",
    "không",
    "25tr5",
    "20-30 triệu",
    "hàng chục tỷ đồng",
    "17.500.000đ",
    "32,768",
    "28 vụ",
    "nhiều vụ",
    "3 đối tượng",
    "0 kg",
    "0,5 hộp",
    "ngày 12/3",
    "ngày 30/12/2026",
    "31/2",
    "từ ngày 1/12 đến 5/1",
    "từ đầu năm 2026 đến nay",
    "quý III/2026",
    "29/2",
    "hôm qua",
    "tháng 7",
    "34/QĐ-XPHC",
];
const NAMES: [&str; 12] = [
    "xã",
    "phường",
    "P.",
    "Mỹ An",
    "Đội Quản lý thị trường số 10",
    "Công an tỉnh",
    "Công an xã",
    "Phòng",
    "HKD",
    "tỉnh",
    "ông N.V.A",
    "cửa hàng",
];
const MARKS: [&str; 22] = [
    " ", " ", " ", " ", " ", ", ", ", ", ". ", ".", ": ", "; ", " (", ") ", "\n", "\n\n", "\n- ", "\n1. ", "\n12/3 ",
    "/", "-", "? ", "\u{301}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => any::<prop::sample::Index>().prop_map(|at| at.get(&PHRASES).clone()),
        4 => prop::sample::select(&FIGURES[..]).prop_map(str::to_owned),
        3 => prop::sample::select(&NAMES[..]).prop_map(str::to_owned),
        1 => "[A-ZĐ][a-zà-ỹ]{0,6}",
        1 => "\\PC{1,3}",
    ]
}

/// A text of phrases, sometimes without marks, sometimes in capitals.
fn note() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((piece(), prop::sample::select(&MARKS[..])), 1..40);
    (pieces, 0..6_u8).prop_map(|(pieces, how)| {
        let text: String = pieces.into_iter().flat_map(|(piece, mark)| [piece, mark.to_owned()]).collect();
        match how {
            0 => text.split('\n').map(plain).collect::<Vec<_>>().join("\n"),
            1 => text.to_uppercase(),
            _ => text,
        }
    })
}

fn figures(said: &Said) -> Vec<&Figure> {
    match said {
        Said::Pair(one, two) => vec![one, two],
        Said::Money(figure)
        | Said::Price(figure, _)
        | Said::Quantity(figure, _)
        | Said::Count(figure, _)
        | Said::Share(figure)
        | Said::Number(figure) => vec![figure],
        Said::Time(_) | Said::Clock => Vec::new(),
    }
}

/// The words of every field stand in the text; no figure is below nothing, and
/// no day after that of the writing.
fn stands_on_its_text(draft: &DraftCase, text: &str) -> Result<(), TestCaseError> {
    let folded = fold(text);
    for (place, words) in draft.words() {
        for part in words.split("; ") {
            prop_assert!(folded.contains(&fold(part)), "{place:?}: {part:?} in {text:?}");
        }
    }
    for (place, found) in &draft.found {
        match &found.value {
            Value::Amount(amount) => prop_assert!(amount.value >= Decimal::ZERO, "{place:?}"),
            Value::Quantity(quantity) => prop_assert!(quantity.value >= Decimal::ZERO, "{place:?}"),
            Value::Count(count) => prop_assert!(count.n >= 2, "{place:?}"),
            Value::Day(day) => prop_assert!(*day <= written_on(), "{place:?}: {day}"),
            Value::Text(text) => prop_assert!(!text.is_empty(), "{place:?}"),
            Value::Texts(texts) => prop_assert!(!texts.is_empty(), "{place:?}"),
        }
    }
    let (from, to) = (draft.day(Field::DetectedFrom), draft.day(Field::DetectedOn));
    prop_assert!(from.is_none_or(|from| to.is_some_and(|to| from <= to)));
    Ok(())
}

/// The entry of a draft can be taken apart, and a case that it makes makes
/// the same entry again.
fn makes_an_entry(draft: &DraftCase) -> Result<(), TestCaseError> {
    let casebook = vietnam();
    let case = |entry: &Entry| {
        let draft = Draft {
            entry,
            id: draft.id,
            reference: &casebook.reference,
            currency: &casebook.currency,
            today: written_on(),
        };
        draft.read().map(|(case, _)| case)
    };
    let entry = draft.entry().unwrap();
    if let Ok(read) = case(&entry) {
        prop_assert_eq!(case(&Entry::of(&read, &REFERENCE)), Ok(read));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn drafts_stand_on_their_text(text in note()) {
        let reading = Reading { reference: &REFERENCE, written_on: written_on() };
        let items = read(&text, &reading);
        for item in &items {
            if let ReadItem::Draft(draft) = item {
                stands_on_its_text(draft, &text)?;
                makes_an_entry(draft)?;
            }
        }
        prop_assert_eq!(read(&text, &reading), items);
    }

    #[test]
    fn mentions_are_pieces_of_the_text_in_order(text in note()) {
        let words = words(&text, Spelling::of(&text));
        let mut last = 0;
        for Mention { at, said } in mentions(&words) {
            prop_assert!(last <= at.start && at.start < at.end && at.end <= words.len(), "{at:?} {said:?}");
            last = at.end;
            for figure in figures(&said) {
                let low = figure.low.as_ref().ok();
                prop_assert!(low.is_none_or(|low| *low >= Decimal::ZERO));
                prop_assert!(low.zip(figure.high.as_ref()).is_none_or(|(low, high)| low < high), "{figure:?}");
            }
            if let Said::Time(when) = said {
                prop_assert!(when.days(written_on()).is_none_or(|(first, last)| first <= last), "{when:?}");
            }
        }
    }
}
