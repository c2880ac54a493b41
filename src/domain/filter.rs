//! Filters: which cases a list or a total takes in.

use rust_decimal::Decimal;
use rust_decimal::serde::arbitrary_precision_option as exact;
use serde::{Deserialize, Serialize};

use super::{AgencyId, CategoryId, ForceId, ProvinceId, Status, ViolationId};

/// The states that a filter takes in; without any, all but void.
pub type StatusSet = Vec<Status>;

/// Which cases are taken in. An empty list does not restrict. What is
/// serialised is what the journal keeps of published figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Provinces, as recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provinces: Option<Vec<ProvinceId>>,
    /// Agencies, as a person names them; the store knows which they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<String>,
    /// The same agencies by their numbers, once they are known: names may
    /// come to mean others too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency_ids: Option<Vec<AgencyId>>,
    /// Forces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forces: Vec<ForceId>,
    /// Violations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<ViolationId>>,
    /// Categories of the cases' first lots.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryId>,
    /// States.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: StatusSet,
    /// Words of the goods' names, in this order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods: Option<String>,
    /// Words of the offender's name, in this order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offender: Option<String>,
    /// The least fine.
    #[serde(with = "exact", skip_serializing_if = "Option::is_none")]
    pub min_fine: Option<Decimal>,
    /// The largest fine.
    #[serde(with = "exact", skip_serializing_if = "Option::is_none")]
    pub max_fine: Option<Decimal>,
    /// The least seized value.
    #[serde(with = "exact", skip_serializing_if = "Option::is_none")]
    pub min_seized: Option<Decimal>,
    /// The largest seized value.
    #[serde(with = "exact", skip_serializing_if = "Option::is_none")]
    pub max_seized: Option<Decimal>,
    /// The import that cases came with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<i64>,
}

impl Filter {
    /// Narrows a set of rows further: what both sets hold, or the only one.
    pub fn narrow<T: PartialEq + Copy>(set: &mut Option<Vec<T>>, with: Vec<T>) {
        *set = Some(match set.take() {
            None => with,
            Some(held) => held.into_iter().filter(|item| with.contains(item)).collect(),
        });
    }

    /// The same filter, however its parts were named and ordered.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        fn sort<T: Ord>(list: &mut Vec<T>) {
            list.sort();
            list.dedup();
        }
        [&mut self.forces].into_iter().for_each(sort);
        sort(&mut self.categories);
        sort(&mut self.statuses);
        self.provinces.iter_mut().for_each(sort);
        self.agency_ids.iter_mut().for_each(sort);
        self.violations.iter_mut().for_each(sort);
        self
    }

    /// Whether it takes in none but the agencies that it names.
    #[must_use]
    pub fn names_agencies(&self) -> bool {
        self.agency_ids.is_some() || !self.agencies.is_empty()
    }

    /// Whether it looks at more than the totals are kept by.
    #[must_use]
    pub fn looks_into_cases(&self) -> bool {
        let amounts = [self.min_fine, self.max_fine, self.min_seized, self.max_seized];
        !self.statuses.is_empty()
            || self.goods.is_some()
            || self.offender.is_some()
            || self.import.is_some()
            || amounts.iter().any(Option::is_some)
    }
}
