use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text fit to be stored: composed (NFC), without control characters, every
/// run of white space one space, none at the ends.
#[must_use]
pub fn clean(text: &str) -> String {
    // What is unseen goes first: it may stand between a letter and its mark.
    let seen = text.chars().filter(|c| c.is_whitespace() || !is_invisible(*c));
    let composed: String = seen.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters, and the marks that pasted text brings along unseen or
/// that turn the direction of what follows.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Text fit to be shown: without anything that a terminal would obey.
#[must_use]
pub fn shown(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Lower case without marks, đ as d, white space collapsed; punctuation stays.
///
/// What numbers and dates are read from, where punctuation has a meaning.
#[must_use]
pub fn plain(text: &str) -> String {
    let bare: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c) && (c.is_whitespace() || !is_invisible(*c)))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form in which all text is matched: as [`plain`], with every run of
/// anything but letters and digits one space. "dong thap", "ĐỒNG THÁP" and
/// a decomposed "Đồng Tháp" fold to one, and so do "hoà" and "hòa".
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in plain(text).chars() {
        if c.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(c);
        }
        gap = !c.is_alphanumeric();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_form_for_all_ways_of_writing() {
        let decomposed: String = "Đồng Tháp".nfd().collect();
        for way in ["dong thap", "ĐỒNG THÁP", "Đồng  Tháp", " đồng-tháp. ", &decomposed] {
            assert_eq!(fold(way), "dong thap", "{way}");
        }
        assert_eq!(fold("Hoà Bình"), fold("Hòa Bình"));
        assert_eq!(fold("Bà Rịa – Vũng Tàu"), "ba ria vung tau");
    }

    #[test]
    fn cleaning_keeps_words_and_drops_what_is_unseen() {
        assert_eq!(clean(" a\u{0}\tb\r\n\u{FEFF}c "), "a b c");
        assert_eq!(clean("Tháp".nfd().collect::<String>().as_str()), "Tháp");
        assert_eq!(clean("a\u{200B}\u{301}"), "á");
        assert_eq!(shown("a\u{1b}[31mb\u{202E}c"), "a[31mbc");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_does_not_see_composition(text in "[a-zA-ZÀ-ỹ ]{0,30}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(fold(&apart), fold(&text));
        }
    }
}
