//! Provinces and regions, each with the dates between which it holds.
//!
//! A code alone is ambiguous (82 was Tiền Giang before the merger of
//! 1 July 2025 and is Đồng Tháp since), so a province is a code and a date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Boundaries, ProvinceKey, Reference};
use crate::text::fold;

/// The number of a province's row among the reference data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProvinceId(pub i64);

/// The number of a region's row among the reference data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RegionId(pub i64);

/// A socio-economic region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// Its row.
    pub id: RegionId,
    /// Its code, `DBSCL`; the same region may have several rows, one for
    /// each time its extent changed.
    pub code: String,
    /// Its name in the country's language.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// Its place in the order from north to south.
    pub sort: i64,
    /// The first day on which it holds; `None` is always before.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it holds; `None` is still.
    pub valid_to: Option<NaiveDate>,
    /// The act that set it up.
    pub legal_basis: String,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

impl Region {
    /// Whether a folded text is its code or one of its names.
    pub(super) fn is_called(&self, folded: &str) -> bool {
        [&self.code, &self.name, &self.name_en].into_iter().any(|name| fold(name) == folded)
    }
}

/// A province, or a city of that rank, between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Province {
    /// Its row.
    pub id: ProvinceId,
    /// The official code, two digits.
    pub code: String,
    /// Its name without its kind.
    pub name: String,
    /// Its name without marks.
    pub name_en: String,
    /// Its kind on its first day: `province` or `city`.
    pub kind: String,
    /// The region that it belongs to.
    pub region: RegionId,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; `None` is still.
    pub valid_to: Option<NaiveDate>,
    /// The row into which it went.
    pub successor: Option<ProvinceId>,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

impl Province {
    pub(super) fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// What a stored case says of its province.
    #[must_use]
    pub fn key(&self) -> ProvinceKey {
        ProvinceKey { code: self.code.clone(), since: self.valid_from }
    }
}

/// Another way in which people write a province's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ProvinceAlias {
    /// As written.
    pub alias: String,
    /// The row meant; a name that outlived a merger has several.
    pub province: ProvinceId,
}

/// A change of a province's kind, such as its becoming a city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProvinceKind {
    /// The code of the province.
    pub code: String,
    /// The first day of the new kind.
    pub effective_on: NaiveDate,
    /// The new kind.
    pub kind: String,
    /// The full name since.
    pub full_name: String,
    /// The act.
    pub legal_basis: String,
}

impl Reference {
    /// The province of a row.
    #[must_use]
    pub fn province(&self, id: ProvinceId) -> Option<&Province> {
        let is_it = |province: &&Province| province.id == id;
        // They are numbered in their order, from 1, and asked for often.
        let at = usize::try_from(id.0).ok().and_then(|number| self.provinces.get(number.checked_sub(1)?));
        at.filter(is_it).or_else(|| self.provinces.iter().find(is_it))
    }

    /// The province that a stored case names.
    #[must_use]
    pub fn province_of(&self, key: &ProvinceKey) -> Option<&Province> {
        self.provinces.iter().find(|province| province.code == key.code && province.valid_from == key.since)
    }

    /// The region of a row.
    #[must_use]
    pub fn region(&self, id: RegionId) -> Option<&Region> {
        self.regions.iter().find(|region| region.id == id)
    }

    /// The province of today in whose territory a province lies.
    #[must_use]
    pub fn present(&self, id: ProvinceId) -> ProvinceId {
        // A chain of successors is no longer than the list; a circle stops.
        let mut at = id;
        for _ in 0..self.provinces.len() {
            match self.province(at).and_then(|province| province.successor) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The row under which a case recorded in a province is counted.
    #[must_use]
    pub fn counted_in(&self, id: ProvinceId, boundaries: Boundaries) -> ProvinceId {
        match boundaries {
            Boundaries::Today => self.present(id),
            Boundaries::Recorded => id,
        }
    }

    /// The kind of a province on a day, `province` or `city`.
    #[must_use]
    pub fn kind_on<'a>(&'a self, province: &'a Province, day: NaiveDate) -> &'a str {
        let belongs = |change: &&ProvinceKind| {
            change.code == province.code && province.holds_on(change.effective_on) && change.effective_on <= day
        };
        let last = self.kinds.iter().filter(belongs).max_by_key(|change| change.effective_on);
        last.map_or(&province.kind, |change| &change.kind)
    }

    /// The provinces that hold on a day.
    pub fn provinces_on(&self, day: NaiveDate) -> impl Iterator<Item = &Province> {
        let first = self.provinces.iter().map(|province| province.valid_from).min();
        let day = first.map_or(day, |first| day.max(first));
        self.provinces.iter().filter(move |province| province.holds_on(day))
    }

    /// The newest row of a province's name, across a merger: where its units
    /// and its journal are kept.
    #[must_use]
    pub fn seat(&self, id: ProvinceId) -> ProvinceId {
        self.lineage(id).into_iter().max().unwrap_or(id)
    }

    /// The provinces in which a unit of a province may have been named
    /// before: those of the same name, across a merger.
    #[must_use]
    pub fn lineage(&self, id: ProvinceId) -> Vec<ProvinceId> {
        let Some(name) = self.province(id).map(|province| fold(&province.name)) else { return vec![id] };
        self.provinces.iter().filter(|province| fold(&province.name) == name).map(|province| province.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ReferenceTexts;

    #[test]
    fn a_kind_changes_on_its_day() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let [before, after] = ["2024-12-31", "2025-01-01"].map(|day| day.parse().unwrap());
        let hue = reference.find_province("Huế", before).unwrap();
        assert_eq!(reference.kind_on(hue, before), "province");
        assert_eq!(reference.kind_on(hue, after), "city");
    }
}
