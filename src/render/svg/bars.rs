//! Bars one under the other, each with its name and its figure.

use super::{Anchor, LETTERS, Scale, Svg, THIS, WIDTH, in_lines};
use crate::lang::Words;
use crate::render::chart::{Bar, Chart};

/// What is left for names, and for figures after the longest bar.
const NAMES: f64 = 210.0;
const FIGURES: f64 = 80.0;
/// How many letters of a name stand on a line.
const LETTERS_A_LINE: usize = 32;
/// The height of a line, and of a bar.
const LINE: f64 = 16.0;
const BAR: f64 = 14.0;
/// What is left between bars.
const GAP: f64 = 6.0;

pub(super) fn draw(svg: &mut Svg, chart: &Chart, bars: &[Bar], words: &Words) {
    let unit = chart.unit();
    let largest = bars.iter().map(|bar| unit.of(bar.sum.value)).max().unwrap_or_default();
    let scale = Scale::to(largest, !chart.is_money);
    let room = WIDTH - NAMES - FIGURES;
    // The longest bar takes all the room: bars are compared with each other.
    let longest = scale.part(largest).max(f64::MIN_POSITIVE);
    let mut y = 2.0;
    for bar in bars {
        let lines = in_lines(&bar.label, LETTERS_A_LINE);
        let height = LINE * u32::try_from(lines.len().max(1)).map_or(1.0, f64::from);
        for (nth, line) in (0_u32..).zip(&lines) {
            svg.text((NAMES - 8.0, y + LINE * f64::from(nth) + LETTERS - 1.0), Anchor::End, line);
        }
        let length = room * scale.part(unit.of(bar.sum.value)) / longest;
        let figure = chart.figure(&bar.sum, words);
        let top = y + (height - BAR) / 2.0;
        svg.rect("this", (NAMES, top), (length, BAR), THIS, &format!("{}: {figure}", bar.label));
        svg.text((NAMES + length + 6.0, top + LETTERS - 1.5), Anchor::Start, &figure);
        y += height + GAP;
    }
    svg.height = y;
}
