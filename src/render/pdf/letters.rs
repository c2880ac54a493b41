//! Letters: how wide they are, and texts in lines.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

use crate::render::picture::FONTS;

/// What stands for a letter that has no shape.
const MISSING: char = '□';

/// A cut of the letters, as its place among [`FONTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Plain,
    Bold,
    Italic,
    BoldItalic,
}

/// All cuts, ready for measuring and for drawing.
pub(super) struct Letters {
    drawn: Vec<Font>,
    measured: Vec<FontRef<'static>>,
}

impl Letters {
    pub(super) fn new() -> Option<Self> {
        let drawn = FONTS.into_iter().map(|bytes| Font::new(bytes.to_vec().into(), 0)).collect::<Option<_>>()?;
        let measured = FONTS.into_iter().map(|bytes| FontRef::new(bytes).ok()).collect::<Option<_>>()?;
        Some(Self { drawn, measured })
    }

    pub(super) fn font(&self, cut: Cut) -> Font {
        self.drawn[cut as usize].clone()
    }

    /// The letters of a text, each as wide as it is at a size of 1.
    pub(super) fn glyphs(&self, cut: Cut, text: &str) -> Vec<KrillaGlyph> {
        let font = &self.measured[cut as usize];
        let (letters, widths) = (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()));
        let glyph = |(at, letter): (usize, char)| {
            // What has no shape is seen as missing; it is still read as it is.
            let id = letters.map(letter).or_else(|| letters.map(MISSING)).unwrap_or_default();
            let width = widths.advance_width(id).unwrap_or_default();
            let range = at..at + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(id.to_u32()), width, 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }

    /// The same text, with what has no shape as what stands for it.
    pub(super) fn with_shapes(&self, text: &str) -> String {
        let letters = self.measured[Cut::Plain as usize].charmap();
        text.chars().map(|c| if letters.map(c).is_some() || c.is_whitespace() { c } else { MISSING }).collect()
    }

    /// How wide a text is at a size.
    pub(super) fn width(&self, cut: Cut, size: f32, text: &str) -> f32 {
        self.glyphs(cut, text).iter().map(|glyph| glyph.x_advance).sum::<f32>() * size
    }

    /// A text in lines of at most some width, the first less by an indent.
    /// What is longer than a line by itself is broken within.
    pub(super) fn lines(&self, cut: Cut, size: f32, text: &str, width: f32, indent: f32) -> Vec<String> {
        let space = self.width(cut, size, " ");
        let words: Vec<Word<'_>> = text
            .split(' ')
            .filter(|word| !word.is_empty())
            .flat_map(|word| self.pieces(cut, size, word, width))
            .map(|(text, ends)| Word {
                text,
                width: self.width(cut, size, text),
                space: if ends { space } else { 0.0 },
            })
            .collect();
        if words.is_empty() {
            return Vec::new();
        }
        let widths = [f64::from(width - indent), f64::from(width)];
        let lines = wrap_first_fit(&words, &widths);
        let line = |words: &&[Word<'_>]| {
            let mut line = String::new();
            for word in *words {
                line.push_str(word.text);
                line.push_str(if word.space > 0.0 { " " } else { "" });
            }
            line.trim_end().to_owned()
        };
        lines.iter().map(line).collect()
    }

    /// A word, or what of it fits on a line, again and again; each with
    /// whether the word ends there.
    fn pieces<'a>(&self, cut: Cut, size: f32, word: &'a str, width: f32) -> Vec<(&'a str, bool)> {
        let mut pieces = Vec::new();
        let mut rest = word;
        while self.width(cut, size, rest) > width {
            let mut end = 0;
            for (at, letter) in rest.char_indices() {
                let next = at + letter.len_utf8();
                if self.width(cut, size, &rest[..next]) > width {
                    break;
                }
                end = next;
            }
            // Not even one letter fits: it stands out.
            if end == 0 || end == rest.len() {
                break;
            }
            let (piece, left) = rest.split_at(end);
            pieces.push((piece, false));
            rest = left;
        }
        pieces.push((rest, true));
        pieces
    }
}

/// A word with the space after it.
#[derive(Debug)]
struct Word<'a> {
    text: &'a str,
    width: f32,
    space: f32,
}

impl Fragment for Word<'_> {
    fn width(&self) -> f64 {
        self.width.into()
    }

    fn whitespace_width(&self) -> f64 {
        self.space.into()
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_at_spaces_and_words_only_where_they_must() {
        let letters = Letters::new().unwrap();
        let lines = |text: &str, width: f32| letters.lines(Cut::Plain, 10.0, text, width, 0.0);
        assert_eq!(lines("Xử phạt hai vụ", 1_000.0), ["Xử phạt hai vụ"]);
        assert_eq!(lines("Xử phạt hai vụ", 40.0), ["Xử phạt", "hai vụ"]);
        assert_eq!(lines("", 40.0), Vec::<String>::new());
        let long = "901d5f76bf".repeat(4);
        assert_eq!(lines(&long, 60.0).concat(), long);
        assert!(lines(&long, 60.0).iter().all(|line| letters.width(Cut::Plain, 10.0, line) <= 60.0));
    }

    #[test]
    fn every_vietnamese_letter_has_its_shape() {
        let letters = Letters::new().unwrap();
        let all: String = ('\u{1EA0}'..='\u{1EF9}').chain("ĂăĐđƠơƯưÂâÊêÔô≥≤≈–…".chars()).collect();
        for cut in [Cut::Plain, Cut::Bold, Cut::Italic, Cut::BoldItalic] {
            assert!(letters.glyphs(cut, &all).iter().all(|glyph| glyph.glyph_id.to_u32() != 0), "{cut:?}");
        }
    }
}
