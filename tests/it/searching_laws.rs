//! Laws of searching that hold for any texts.

use casebook::domain::{Case, Change, Entry, Field};
use casebook::store::Store;
use casebook::text::fold;
use proptest::prelude::*;

use super::search::query;
use super::support::{case_with, in_memory, postgres, reference, stamp};

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["đường", "Đường", "duong", "cát", "dong", "Đồng", "tháp", "thap", "thuốc", "lá", "la", "12/BB"]).prop_map(str::to_owned),
        1 => "[a-zÀ-ỹ]{1,4}",
        1 => "\\PC{1,4}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let between = prop::sample::select(vec![" ", " ", ", ", "-", "\u{200B}", "("]);
    prop::collection::vec((word(), between), 1..7)
        .prop_map(|words| words.into_iter().flat_map(|(word, between)| [word, between.to_owned()]).collect())
}

prop_compose! {
    fn a_case()(
        goods in text(),
        note in prop::option::of(text()),
        brand in prop::option::of(text()),
        address in prop::option::of(text()),
        days in 0_u64..30,
    ) -> Entry {
        let day = (super::support::day("2026-01-01") + chrono::Days::new(days)).to_string();
        let goods = format!("{goods} hàng");
        let [note, brand, address] = [note, brand, address].map(Option::unwrap_or_default);
        case_with(&[("goods", &goods), ("note", &note), ("brand", &brand), ("offender_address", &address), ("detected_on", &day)])
    }
}

/// Whether a case is to be found, told by its folded texts alone.
fn is_met(case: &Case, words: &[String], phrases: &[String]) -> bool {
    let reference = reference();
    let texts: Vec<String> = case.texts(&reference).iter().map(|(_, text)| format!(" {} ", fold(text))).collect();
    let has = |part: String| texts.iter().any(|text| text.contains(&part));
    let folded: Vec<String> = words.iter().map(|words| fold(words)).collect();
    let mut words = folded.iter().flat_map(|words| words.split(' ')).filter(|word| !word.is_empty());
    words.all(|word| has(format!(" {word}")))
        && phrases
            .iter()
            .map(|phrase| fold(phrase))
            .filter(|phrase| !phrase.is_empty())
            .all(|phrase| has(format!(" {phrase} ")))
}

fn recorded(store: &mut Store, entries: &[Entry]) -> Vec<Case> {
    let mut cases: Vec<Case> = entries.iter().map(|entry| store.record(entry, &stamp()).unwrap().case).collect();
    // Amended once more, so that entries of the index are replaced too.
    if let Some(first) = cases.first_mut() {
        let change = Change::Amend(vec![(Field::Source, None, "đường dây nóng".into())]);
        *first = store.change(&first.id.to_string(), &change, "thử", &stamp()).unwrap().case;
    }
    cases
}

/// Search gives what a look at each case gives, the newest first.
fn search_equals_scanning(
    store: &mut Store,
    entries: &[Entry],
    words: &[String],
    phrases: &[String],
) -> Result<(), TestCaseError> {
    let cases = recorded(store, entries);
    let quoted = phrases.iter().map(|phrase| format!("\"{}\"", phrase.replace(['"', '“', '”', '„', '«', '»'], " ")));
    let words: Vec<String> = words.iter().map(|word| word.replace(['"', '“', '”', '„', '«', '»'], " ")).collect();
    let typed = words.iter().cloned().chain(quoted).collect::<Vec<_>>().join(" ");
    if fold(&typed).is_empty() {
        return Ok(());
    }
    let mut expected: Vec<&Case> = cases.iter().enumerate().rev().map(|(_, case)| case).collect();
    expected.retain(|case| is_met(case, &words, phrases));
    expected.sort_by_key(|case| std::cmp::Reverse(case.detected_on));
    let found = store.search(&query(&typed)).unwrap();
    prop_assert_eq!(found.matching, expected.len() as u64);
    let ids = |cases: &[&Case]| cases.iter().map(|case| case.id).collect::<Vec<_>>();
    prop_assert_eq!(ids(&found.cases.iter().collect::<Vec<_>>()), ids(&expected), "{}", typed);
    prop_assert_eq!(store.verify().unwrap().finding, None);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn search_gives_what_scanning_gives(
        entries in prop::collection::vec(a_case(), 1..8),
        words in prop::collection::vec(word(), 1..3),
        phrases in prop::collection::vec(text(), 0..2),
    ) {
        search_equals_scanning(&mut in_memory(), &entries, &words, &phrases)?;
    }

    /// Any word of any text of a case finds it, and is shown where it stands.
    #[test]
    fn every_word_of_a_case_finds_it(entry in a_case(), at in any::<prop::sample::Index>()) {
        let mut store = in_memory();
        let case = store.record(&entry, &stamp()).unwrap().case;
        let texts = case.texts(store.reference());
        let words: Vec<String> = texts.iter().flat_map(|(_, text)| fold(text).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        // A text of signs alone has no words.
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let word = &words[at.index(words.len())];
        let asked = query(word);
        prop_assert!(!asked.sought.excerpts(&texts).is_empty(), "{}", word);
        prop_assert_eq!(store.search(&asked).unwrap().matching, 1, "{}", word);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn search_gives_what_scanning_gives_on_postgres(
        entries in prop::collection::vec(a_case(), 1..8),
        words in prop::collection::vec(word(), 1..3),
        phrases in prop::collection::vec(text(), 0..2),
    ) {
        let Some(place) = postgres() else { return Ok(()) };
        search_equals_scanning(&mut place.create(), &entries, &words, &phrases)?;
    }
}
