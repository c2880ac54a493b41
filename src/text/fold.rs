use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text fit to be stored: composed (NFC), without control characters, every
/// run of white space one space, none at the ends.
#[must_use]
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// As [`clean`]; most texts are so already, and are not written anew.
#[must_use]
pub fn cleaned(text: &str) -> Cow<'_, str> {
    if is_plainly_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(cleaned_anew(text)) }
}

/// Whether a text has nothing but letters and signs that stand for themselves
/// in NFC, whatever stands beside them, with single spaces between.
fn is_plainly_clean(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars() {
        let is_space = c == ' ';
        let is_settled = matches!(c, '!'..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{2027}');
        if !is_settled && (!is_space || after_space) {
            return false;
        }
        after_space = is_space;
    }
    !after_space || text.is_empty()
}

fn cleaned_anew(text: &str) -> String {
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
        || is_no_character(c)
}

/// Code points that are no characters and never will be; no file may hold them.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
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
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        match bare_letter(c) {
            Some(letter) => bare.push(char::from(letter)),
            None => return plain_anew(text),
        }
    }
    // White space other than single spaces is left to the general way.
    let is_even = !bare.starts_with(' ') && !bare.ends_with(' ') && !bare.contains("  ");
    if is_even { bare } else { plain_anew(text) }
}

fn plain_anew(text: &str) -> String {
    let bare: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c) && (c.is_whitespace() || !is_invisible(*c)))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What [`plain`] makes of the letters of Latin after ASCII, and of those of
/// Vietnamese beyond, one sign for each; a point where that is no ASCII letter.
/// Written out: to reckon it took a million instructions at every start.
const LATIN: &[u8] = b"\
    ................................................................\
    aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll.\
    ...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz.\
    ................................oo.............uu...............\
    .............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....\
    aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............";
const VIETNAMESE: &[u8] = b"\
    aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooo\
    oooouuuuuuuuuuuuuuyyyyyyyy";
const FIRST_LATIN: char = '\u{80}';
const FIRST_VIETNAMESE: char = '\u{1EA0}';

/// What [`plain`] makes of a character, where that is known, and a space of a
/// space.
fn bare_letter(c: char) -> Option<u8> {
    if let Ok(ascii @ b' '..=b'~') = u8::try_from(c) {
        return Some(ascii.to_ascii_lowercase());
    }
    let (list, first) = if c < FIRST_VIETNAMESE { (LATIN, FIRST_LATIN) } else { (VIETNAMESE, FIRST_VIETNAMESE) };
    let at = u32::from(c).checked_sub(u32::from(first))?;
    list.get(usize::try_from(at).ok()?).copied().filter(|letter| *letter != b'.')
}

/// The form in which all text is matched: as [`plain`], with every run of
/// anything but letters and digits one space. "dong thap", "ĐỒNG THÁP" and
/// a decomposed "Đồng Tháp" fold to one, and so do "hoà" and "hòa".
#[must_use]
pub fn fold(text: &str) -> String {
    // Letters that are known are ASCII's, and bytes are put together sooner
    // than characters.
    let mut folded = Vec::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let Some(letter) = bare_letter(c) else { return folded_anew(text) };
        let counts = letter.is_ascii_alphanumeric();
        if counts {
            if gap && !folded.is_empty() {
                folded.push(b' ');
            }
            folded.push(letter);
        }
        gap = !counts;
    }
    String::from_utf8(folded).unwrap_or_else(|_| folded_anew(text))
}

fn folded_anew(text: &str) -> String {
    plain_anew(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
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

    #[test]
    fn every_character_by_itself_is_read_as_in_general() {
        // Beyond these all text goes the general way.
        for c in '\0'..='\u{30FF}' {
            for text in [c.to_string(), format!("a{c}"), format!("{c}\u{301}b"), format!("ê {c} Đ"), format!("ă{c}{c}")]
            {
                assert_eq!(clean(&text), cleaned_anew(&text), "{text:?}");
                assert_eq!(plain(&text), plain_anew(&text), "{text:?}");
                assert_eq!(fold(&text), folded_anew(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn letters_of_vietnamese_are_known_without_reckoning() {
        for c in "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ".chars()
        {
            for c in c.to_uppercase().chain([c]) {
                let plain = plain_anew(&c.to_string());
                assert_eq!(bare_letter(c).map(|letter| char::from(letter).to_string()), Some(plain), "{c}");
            }
        }
    }

    #[test]
    fn what_is_clean_is_not_written_anew() {
        for text in ["", "Đội QLTT số 1", "Hàng hóa – “không” rõ"] {
            assert!(matches!(cleaned(text), Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_in_general(text in any::<String>()) {
            prop_assert_eq!(clean(&text), cleaned_anew(&text));
            prop_assert_eq!(plain(&text), plain_anew(&text));
            prop_assert_eq!(fold(&text), folded_anew(&text));
        }

        #[test]
        fn vietnamese_is_read_as_in_general(text in "[ -~À-ɏẠ-ỹ\u{300}\u{301}\u{309}\u{AD}\u{A0}  –]{0,30}") {
            prop_assert_eq!(clean(&text), cleaned_anew(&text));
            prop_assert_eq!(plain(&text), plain_anew(&text));
            prop_assert_eq!(fold(&text), folded_anew(&text));
        }

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
