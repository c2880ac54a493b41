//! Figures of provinces as a map.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::chart::{Bar, Chart, Drawing, Shapes};
use super::svg;
use crate::domain::{Boundaries, Measure, ProvinceId, Reference, Sum};
use crate::lang::Words;

/// The last day of the 63 provinces (Nghị quyết 202/2025/QH15).
const LAST_OF_FORMER: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 6, 30);

/// A map of a measure, up to a day. Under recorded boundaries it has those of
/// that day; of former provinces that are counted later, each figure goes to
/// the province that it is in now. `None` where the provinces are not those of
/// the map, or all figures are of one.
pub(super) fn map(
    measure: Measure,
    figures: impl Iterator<Item = (ProvinceId, Sum)>,
    (reference, boundaries): (&Reference, Boundaries),
    last: NaiveDate,
    words: &Words,
) -> Option<Chart> {
    let last_of_former = LAST_OF_FORMER?;
    let is_former = boundaries == Boundaries::Recorded && last <= last_of_former;
    let (shapes, on) = if is_former {
        (Shapes::Former, last_of_former)
    } else {
        (Shapes::Present, last.max(last_of_former.succ_opt()?))
    };
    let codes: Vec<&str> = reference.provinces_on(on).map(|row| row.code.as_str()).collect();
    if !svg::has_map_of(shapes, &codes) {
        return None;
    }
    let mut places: BTreeMap<String, Bar> = BTreeMap::new();
    for (id, sum) in figures {
        let province = reference.province(if is_former { id } else { reference.present(id) })?;
        let fresh = || Bar { label: province.name.clone(), sum: Sum::default() };
        places.entry(province.code.clone()).or_insert_with(fresh).sum.add(&sum).ok()?;
    }
    let several = places.values().filter(|bar| !bar.sum.value.is_zero()).count() > 1;
    let title = (words.charts.map)((words.measure)(measure));
    several.then_some(Chart { title, is_money: measure.is_money(), drawing: Drawing::Map { shapes, places } })
}
