//! Columns side by side.

use super::{Anchor, LAST, LETTER, LETTERS, Scale, Svg, THIS, WIDTH};
use crate::lang::Words;
use crate::render::chart::{Chart, Series};
use crate::text::write_digits;

/// The height of the space in which columns stand.
const SPACE: f64 = 200.0;
/// What is left above it, for the legend, and below, for the labels.
const ABOVE: f64 = 30.0;
const BELOW: f64 = 24.0;
/// What is left for the figures of the scale.
const LEFT: f64 = 56.0;

pub(super) fn draw(svg: &mut Svg, chart: &Chart, labels: &[String], series: &[Series], words: &Words) {
    let unit = chart.unit();
    let largest = chart.sums().iter().map(|sum| unit.of(sum.value)).max().unwrap_or_default();
    let scale = Scale::to(largest, !chart.is_money);
    svg.height = ABOVE + SPACE + BELOW;
    for tick in scale.ticks() {
        let y = ABOVE + SPACE * (1.0 - scale.part(tick));
        svg.line((LEFT, y), (WIDTH, y));
        let figure = write_digits(tick.normalize(), words.marks);
        svg.text((LEFT - 6.0, y + LETTERS / 3.0), Anchor::End, &figure);
    }
    legend(svg, series);
    let count = |n: usize| u32::try_from(n.max(1)).map_or(1.0, f64::from);
    let group = (WIDTH - LEFT) / count(labels.len());
    let column = group * 0.8 / count(series.len());
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    // Of labels that would touch each other only some are written.
    let told_every = ((count(longest + 2) * LETTER) / group).ceil().max(1.0);
    for (at, label) in (0_u32..).zip(labels) {
        let left = LEFT + group * f64::from(at);
        if f64::from(at) % told_every < 0.5 {
            svg.text((left + group / 2.0, ABOVE + SPACE + LETTERS + 3.0), Anchor::Middle, label);
        }
        for (nth, one) in (0_u32..).zip(series) {
            let Some(Some(sum)) = one.values.get(at as usize) else { continue };
            let height = SPACE * scale.part(unit.of(sum.value));
            let x = left + group * 0.1 + column * f64::from(nth);
            let (class, fill) = colour(nth as usize, series.len());
            let told = format!("{label}, {}: {}", one.name, chart.figure(sum, words));
            svg.rect(class, (x, ABOVE + SPACE - height), (column, height), fill, &told);
        }
    }
}

/// What stands last is this year's.
fn colour(nth: usize, of: usize) -> (&'static str, &'static str) {
    if nth + 1 == of { ("this", THIS) } else { ("last", LAST) }
}

fn legend(svg: &mut Svg, series: &[Series]) {
    const SIDE: f64 = 12.0;
    let mut x = LEFT;
    for (nth, one) in series.iter().enumerate() {
        let (class, fill) = colour(nth, series.len());
        svg.rect(class, (x, 4.0), (SIDE, SIDE), fill, &one.name);
        svg.text((x + SIDE + 6.0, 4.0 + SIDE - 1.5), Anchor::Start, &one.name);
        let letters = u32::try_from(one.name.chars().count()).map_or(0.0, f64::from);
        x += SIDE + 30.0 + letters * LETTER;
    }
}
