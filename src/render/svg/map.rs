//! The map of the provinces, each coloured by its figure.
//!
//! The shapes are those of `@svg-maps/vietnam` (CC BY 4.0), with Hoàng Sa, of
//! Đà Nẵng, and Trường Sa, of Khánh Hòa; `data/README.md` says how they were
//! made.

use std::collections::BTreeMap;
use std::fmt::Write;

use rust_decimal::Decimal;

use super::{Anchor, LETTERS, NOTHING, Svg, escaped};
use crate::lang::Words;
use crate::render::chart::{Bar, Chart, Shapes};

const PRESENT: &str = include_str!("../../../data/map/present.csv");
const FORMER: &str = include_str!("../../../data/map/former.csv");
/// The width and height of the map's own units, in tenths.
const SHEET: (f64, f64) = (8_120.0, 8_730.0);
/// How wide it is drawn.
const WIDTH: f64 = 520.0;
/// From least to most: one colour, ever darker, which everyone tells apart.
const CLASSES: [&str; 5] = ["#d6e6f4", "#abcfe6", "#6aaed6", "#3381b9", "#10519c"];
/// The colour of what is not known: told apart from all of these, and from
/// nothing.
const UNKNOWN: &str = "#e0c36b";
/// The archipelagos, with where their names stand.
const ISLANDS: [(&str, f64, f64); 2] = [("Hoàng Sa", 5_900.0, 3_560.0), ("Trường Sa", 6_600.0, 6_150.0)];

pub(super) fn draw(svg: &mut Svg, chart: &Chart, shapes: Shapes, places: &BTreeMap<String, Bar>, words: &Words) {
    let scale = WIDTH / SHEET.0;
    svg.width = WIDTH;
    svg.height = SHEET.1 * scale;
    let limits = limits(places);
    let _ = write!(svg.body, r##"<g transform="scale({scale:.5})" stroke="#ffffff" stroke-width="8">"##);
    for (code, path) in of(shapes) {
        let place = places.get(code);
        let class = place.and_then(|bar| class_of(bar.sum.value, &limits));
        let (name, fill) = match class {
            Some(class) => (format!("c{class}"), CLASSES[class]),
            None if place.is_some_and(is_unknown) => ("unknown".to_owned(), UNKNOWN),
            None => ("none".to_owned(), NOTHING),
        };
        let told = place.map(|bar| format!("{}: {}", bar.label, chart.figure(&bar.sum, words))).unwrap_or_default();
        let title = escaped(&told);
        let _ = write!(svg.body, r#"<path class="{name}" fill="{fill}" d="{path}"><title>{title}</title></path>"#);
    }
    svg.body.push_str("</g>");
    for (name, x, y) in ISLANDS {
        svg.text((x * scale, y * scale), Anchor::Start, name);
    }
    legend(svg, chart, places, &limits, words);
}

/// Whether all places of these codes, and no others, have shapes.
pub(super) fn has(shapes: Shapes, codes: &[&str]) -> bool {
    let mut drawn: Vec<&str> = of(shapes).map(|(code, _)| code).collect();
    let mut codes = codes.to_vec();
    drawn.sort_unstable();
    codes.sort_unstable();
    drawn == codes
}

/// The codes of places with their shapes.
fn of(shapes: Shapes) -> impl Iterator<Item = (&'static str, &'static str)> {
    let file = match shapes {
        Shapes::Present => PRESENT,
        Shapes::Former => FORMER,
    };
    file.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// Whether nothing of its figure is known.
fn is_unknown(bar: &Bar) -> bool {
    bar.sum.value.is_zero() && bar.sum.unknown > 0
}

/// The largest figure of each class, smallest first: as many places in one as
/// in another, as near as may be.
fn limits(places: &BTreeMap<String, Bar>) -> Vec<Decimal> {
    let mut values: Vec<Decimal> = places.values().map(|bar| bar.sum.value).filter(|value| !value.is_zero()).collect();
    values.sort_unstable();
    let ends = (1..=CLASSES.len()).map(|nth| (values.len() * nth).div_ceil(CLASSES.len()));
    let mut limits: Vec<Decimal> = ends.filter_map(|end| values.get(end.checked_sub(1)?)).copied().collect();
    limits.dedup();
    limits
}

/// The class of a figure; none for zero. Few classes take the darkest colours.
fn class_of(value: Decimal, limits: &[Decimal]) -> Option<usize> {
    let nth = limits.iter().position(|limit| value <= *limit)?;
    (!value.is_zero()).then(|| nth + CLASSES.len() - limits.len())
}

/// The colours, each with its least and its largest figure, where there is
/// open sea.
fn legend(svg: &mut Svg, chart: &Chart, places: &BTreeMap<String, Bar>, limits: &[Decimal], words: &Words) {
    const SIDE: f64 = 13.0;
    const LEFT: f64 = 320.0;
    let first = CLASSES.len() - limits.len();
    let mut entries: Vec<(String, &str, String)> = Vec::new();
    for class in (first..CLASSES.len()).rev() {
        let members = || places.values().filter(|bar| class_of(bar.sum.value, limits) == Some(class));
        let ends = [members().min_by_key(|bar| bar.sum.value), members().max_by_key(|bar| bar.sum.value)];
        let [least, most] = ends.map(|bar| bar.map(|bar| chart.figure(&bar.sum, words)).unwrap_or_default());
        let told = if least == most { least } else { format!("{least} – {most}") };
        entries.push((format!("c{class}"), CLASSES[class], told));
    }
    if places.values().any(is_unknown) {
        entries.push(("unknown".to_owned(), UNKNOWN, words.reporting.unknown.to_owned()));
    }
    entries.push(("none".to_owned(), NOTHING, words.charts.none.to_owned()));
    for (nth, (class, fill, told)) in (0_u32..).zip(&entries) {
        let y = 24.0 + (SIDE + 6.0) * f64::from(nth);
        svg.rect(class, (LEFT, y), (SIDE, SIDE), fill, told);
        svg.text((LEFT + SIDE + 6.0, y + LETTERS - 2.0), Anchor::Start, told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Reference, ReferenceTexts, Sum};

    #[test]
    fn every_province_has_its_shape() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        for (shapes, on) in [(Shapes::Present, "2026-01-01"), (Shapes::Former, "2025-06-30")] {
            let on = on.parse().unwrap();
            let there =
                |row: &&crate::domain::Province| row.valid_from <= on && row.valid_to.is_none_or(|last| last >= on);
            let mut codes: Vec<&str> = reference.provinces.iter().filter(there).map(|row| row.code.as_str()).collect();
            codes.sort_unstable();
            let mut drawn: Vec<&str> = of(shapes).map(|(code, _)| code).collect();
            drawn.sort_unstable();
            assert_eq!(drawn, codes, "{shapes:?}");
        }
    }

    #[test]
    fn hoang_sa_and_truong_sa_are_on_it() {
        // Far out at sea: east of all that is on land.
        let east = |code: &str, shapes| {
            let path = of(shapes).find(|(known, _)| *known == code).unwrap().1;
            let starts = path.split('M').filter_map(|part| part.split([' ', 'l']).next()?.parse::<f64>().ok());
            starts.fold(0.0, f64::max)
        };
        for shapes in [Shapes::Present, Shapes::Former] {
            assert!(east("48", shapes) > 5_000.0, "Hoàng Sa, of Đà Nẵng");
            assert!(east("56", shapes) > 7_500.0, "Trường Sa, of Khánh Hòa");
        }
    }

    #[test]
    fn classes_hold_as_many_places_each_and_the_most_is_darkest() {
        let place = |n: i64| {
            let sum = Sum { value: n.into(), ..Sum::default() };
            (n.to_string(), Bar { label: n.to_string(), sum })
        };
        let places: BTreeMap<String, Bar> = (0..=10).map(place).collect();
        let limits = limits(&places);
        let classes: Vec<Option<usize>> = (0..=10).map(|n| class_of(Decimal::from(n), &limits)).collect();
        let pairs = (0..5).flat_map(|class| [Some(class); 2]);
        assert_eq!(classes, std::iter::once(None).chain(pairs).collect::<Vec<_>>());
        let one: BTreeMap<String, Bar> = [place(7)].into();
        assert_eq!(class_of(Decimal::from(7), &super::limits(&one)), Some(4));
        assert_eq!(super::limits(&BTreeMap::new()), Vec::<Decimal>::new());
    }
}
