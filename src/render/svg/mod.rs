//! Charts drawn as SVG, for every format that shows pictures.
//!
//! What is drawn stands by itself: colours and letters are said in the
//! drawing. Each kind of mark has a class too, so that a page can set them
//! otherwise in the dark. Figures become floating point here, where they are
//! places on paper, and nowhere before.

mod bars;
mod columns;
mod map;

use std::borrow::Cow;
use std::fmt::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::chart::{Chart, Drawing, Shapes};
use crate::lang::Words;

/// How wide a drawing is, in its own units.
const WIDTH: f64 = 640.0;
/// The height of letters.
const LETTERS: f64 = 13.0;
/// About how wide a letter is.
const LETTER: f64 = 6.3;
/// The colours of what is shown, last year's and this year's. Blue, light and
/// dark: told apart by everyone, and in print without colours too.
pub(super) const LAST: &str = "#a9c6e8";
pub(super) const THIS: &str = "#1f5fa8";
/// The colour of letters, of lines, and of places of which nothing is shown.
const INK: &str = "#222222";
const LINE: &str = "#cccccc";
const NOTHING: &str = "#eeeeee";

/// Draws a chart.
pub(super) fn draw(chart: &Chart, currency: &str, words: &Words) -> String {
    let mut svg = Svg { body: String::new(), height: 0.0, width: WIDTH };
    match &chart.drawing {
        Drawing::Columns { labels, series } => columns::draw(&mut svg, chart, labels, series, words),
        Drawing::Bars(bars) => bars::draw(&mut svg, chart, bars, words),
        Drawing::Map { shapes, places } => map::draw(&mut svg, chart, *shapes, places, words),
    }
    svg.finish(&chart.told(currency, words))
}

/// How wide and how high a drawing of ours is.
pub(super) fn size_of(svg: &str) -> (f32, f32) {
    let number = |name: &str| svg.split_once(name)?.1.split('"').next()?.parse().ok();
    (number(" width=\"").unwrap_or(1.0), number(" height=\"").unwrap_or(1.0))
}

/// Whether there is a map of all places of these codes, and of no others.
pub(super) fn has_map_of(shapes: Shapes, codes: &[&str]) -> bool {
    map::has(shapes, codes)
}

/// A drawing on its way.
struct Svg {
    body: String,
    height: f64,
    width: f64,
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str, told: &str) {
        let _ = write!(
            self.body,
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}">"#
        );
        let _ = write!(self.body, "<title>{}</title></rect>", escaped(told));
    }

    fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<line class="rule" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{LINE}" stroke-width="1"/>"#
        );
    }

    fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            r#"<text class="ink" x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" fill="{INK}">{}</text>"#,
            escaped(text)
        );
    }

    fn finish(self, told: &str) -> String {
        let (width, height) = (self.width, self.height);
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" "#,
                r#"width="{width:.0}" height="{height:.0}" role="img" aria-label="{told}" "#,
                r#"font-family="Liberation Serif, Times New Roman, serif" font-size="{letters}">{body}</svg>"#
            ),
            width = width,
            height = height,
            told = escaped(told),
            letters = LETTERS,
            body = self.body,
        )
    }
}

/// Text as it stands in markup.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}

/// A scale from zero to at least a figure, in steps that people count in.
struct Scale {
    step: Decimal,
    steps: u32,
}

impl Scale {
    /// About four steps of 1, 2 or 5 and zeros; of whole numbers at least 1.
    fn to(largest: Decimal, whole: bool) -> Self {
        const STEPS: u32 = 4;
        let reaches = |step: Decimal| step.checked_mul(STEPS.into()).is_none_or(|top| top >= largest);
        let least = Decimal::new(1, if whole { 0 } else { 6 });
        let decades = std::iter::successors(Some(least), |decade| decade.checked_mul(Decimal::TEN));
        let mut sizes = decades.flat_map(|decade| [1, 2, 5].map(|times| decade * Decimal::from(times)));
        let step = sizes.find(|step| reaches(*step)).unwrap_or(largest);
        let steps = (largest / step).ceil().to_u32().unwrap_or(STEPS).max(1);
        Self { step, steps }
    }

    fn top(&self) -> Decimal {
        self.step * Decimal::from(self.steps)
    }

    /// Its figures, from zero.
    fn ticks(&self) -> impl Iterator<Item = Decimal> {
        (0..=self.steps).map(|n| self.step * Decimal::from(n))
    }

    /// Which part of the whole a figure is.
    fn part(&self, value: Decimal) -> f64 {
        (value / self.top()).to_f64().unwrap_or_default().clamp(0.0, 1.0)
    }
}

/// A text in lines of at most so many letters.
fn in_lines(text: &str, letters: usize) -> Vec<String> {
    textwrap::wrap(text, letters).into_iter().map(Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_begin_at_zero_and_reach_the_largest() {
        for (largest, ticks) in [
            ("0", "0 1"),
            ("3", "0 1 2 3"),
            ("9", "0 5 10"),
            ("17", "0 5 10 15 20"),
            ("41", "0 20 40 60"),
            ("999", "0 500 1000"),
        ] {
            let scale = Scale::to(largest.parse().unwrap(), true);
            let told: Vec<String> = scale.ticks().map(|tick| tick.normalize().to_string()).collect();
            assert_eq!(told.join(" "), ticks, "{largest}");
        }
        let fine = Scale::to("0.07".parse().unwrap(), false);
        assert_eq!(fine.top().normalize().to_string(), "0.08");
    }

    #[test]
    fn names_can_not_be_markup() {
        assert_eq!(escaped("a & b <script>\""), "a &amp; b &lt;script&gt;&quot;");
    }
}
