//! Words of a running text, and the figures and days that it mentions.
#![no_main]

use casebook::text::{Figure, Said, Spelling, fold, mentions, placed_words, words};
use casebook_fuzz::TODAY;
use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;

fn check(figure: &Figure) {
    if let Ok(low) = figure.low {
        assert!(low >= Decimal::ZERO);
        assert!(figure.high.is_none_or(|high| high > low));
    }
}

fuzz_target!(|text: &str| {
    let words = words(text, Spelling::of(text));
    let mut last = 0;
    for word in &words {
        assert!(word.start >= last && text[word.start..word.end()] == *word.text);
        last = word.end();
    }
    let mut last = 0;
    for mention in mentions(&words) {
        assert!(mention.at.start >= last && mention.at.start < mention.at.end && mention.at.end <= words.len());
        last = mention.at.end;
        match &mention.said {
            Said::Pair(one, two) => [one, two].into_iter().for_each(check),
            Said::Money(figure) | Said::Price(figure, _) | Said::Quantity(figure, _) => check(figure),
            Said::Count(figure, _) | Said::Share(figure) | Said::Number(figure) => check(figure),
            Said::Time(when) => assert!(when.days(TODAY).is_none_or(|(first, last)| first <= last)),
            Said::Clock => {}
        }
    }
    let placed: Vec<String> = placed_words(text).into_iter().map(|word| word.folded).collect();
    assert_eq!(placed.join(" "), fold(text));
});
