use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

/// Compares two texts in Vietnamese order: a ă â b c d đ e ê …, letters before
/// tones, tones in the order ngang, huyền, hỏi, ngã, sắc, nặng, case last.
/// Whole numbers compare by value, so that "Đội số 2" precedes "Đội số 10".
#[must_use]
pub fn compare(one: &str, two: &str) -> Ordering {
    let (one_key, two_key) = (Key::of(one), Key::of(two));
    one_key.cmp(&two_key).then_with(|| one.cmp(two))
}

/// What decides the order, level by level.
#[derive(PartialEq, Eq, PartialOrd, Ord, Default)]
struct Key {
    letters: Vec<(u8, u64)>,
    tones: Vec<u8>,
    capitals: Vec<bool>,
}

// The classes in which characters follow one another.
const SPACE: u8 = 0;
const SYMBOL: u8 = 1;
const NUMBER: u8 = 2;
const LETTER: u8 = 3;

impl Key {
    fn of(text: &str) -> Self {
        let mut key = Self::default();
        let mut number: Option<u64> = None;
        for c in text.nfd() {
            if let Some(digit) = c.to_digit(10) {
                let so_far = number.unwrap_or(0);
                number = Some(so_far.saturating_mul(10).saturating_add(u64::from(digit)));
                continue;
            }
            if let Some(value) = number.take() {
                key.push(NUMBER, value, false);
            }
            key.add(c);
        }
        if let Some(value) = number {
            key.push(NUMBER, value, false);
        }
        key
    }

    fn push(&mut self, class: u8, weight: u64, capital: bool) {
        self.letters.push((class, weight));
        self.tones.push(0);
        self.capitals.push(capital);
    }

    fn add(&mut self, c: char) {
        // Room is left after each letter for the letters made from it.
        const ROOM: u64 = 4;
        match c {
            '\u{0300}' => self.tone(1),
            '\u{0309}' => self.tone(2),
            '\u{0303}' => self.tone(3),
            '\u{0301}' => self.tone(4),
            '\u{0323}' => self.tone(5),
            // ă, and the circumflex of â ê ô, and the horn of ơ ư.
            '\u{0306}' => self.remake(1),
            '\u{0302}' => self.remake(2),
            '\u{031B}' => self.remake(3),
            'đ' | 'Đ' => self.push(LETTER, u64::from(u32::from('d')) * ROOM + 1, c == 'Đ'),
            _ if c.is_whitespace() => self.push(SPACE, 0, false),
            _ if c.is_alphabetic() => {
                let lower = c.to_lowercase().next().unwrap_or(c);
                self.push(LETTER, u64::from(u32::from(lower)) * ROOM, c != lower);
            }
            _ => self.push(SYMBOL, u64::from(u32::from(c)), false),
        }
    }

    fn tone(&mut self, tone: u8) {
        if let Some(last) = self.tones.last_mut() {
            *last = tone;
        }
    }

    fn remake(&mut self, by: u64) {
        if let Some((LETTER, weight)) = self.letters.last_mut() {
            *weight += by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_collator::options::CollatorOptions;
    use icu_collator::{Collator, CollatorPreferences, preferences::CollationNumericOrdering};
    use icu_locale_core::locale;
    use proptest::prelude::*;

    #[test]
    fn letters_tones_and_numbers() {
        let mut words = ["Đông", "Dũng", "Êm", "em", "Đội số 10", "Đội số 2", "ân", "ăn", "an", "má", "ma", "mạ", "mà"];
        words.sort_by(|a, b| compare(a, b));
        assert_eq!(
            words,
            ["an", "ăn", "ân", "Dũng", "Đội số 2", "Đội số 10", "Đông", "em", "Êm", "ma", "mà", "má", "mạ"]
        );
    }

    fn icu_compare(one: &str, two: &str) -> Ordering {
        let mut preferences = CollatorPreferences::from(&locale!("vi"));
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let collator = Collator::try_new(preferences, CollatorOptions::default()).unwrap();
        collator.compare(one, two)
    }

    proptest! {
        /// The Unicode collation for Vietnamese (CLDR) is the judge.
        #[test]
        fn agrees_with_the_unicode_collation(
            one in "[a-dđeêoôơuưxyàảãáạâấậăằýỳ][a-zăâđêôơưàảãáạếệốộợữ ]{0,6}[0-9]{0,2}",
            two in "[a-dđeêoôơuưxyàảãáạâấậăằýỳ][a-zăâđêôơưàảãáạếệốộợữ ]{0,6}[0-9]{0,2}",
        ) {
            let expected = icu_compare(&one, &two);
            if expected != Ordering::Equal {
                prop_assert_eq!(compare(&one, &two), expected);
            }
        }
    }
}
