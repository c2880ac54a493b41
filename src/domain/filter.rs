//! Filters: which cases a list or a total takes in.

use rust_decimal::Decimal;

use super::{CategoryId, ForceId, ProvinceId, Status, ViolationId};

/// The states that a filter takes in; without any, all but void.
pub type StatusSet = Vec<Status>;

/// Which cases are taken in. An empty list does not restrict.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Provinces, as recorded.
    pub provinces: Option<Vec<ProvinceId>>,
    /// Agencies, as a person names them; the store knows which they are.
    pub agencies: Vec<String>,
    /// Forces.
    pub forces: Vec<ForceId>,
    /// Violations.
    pub violations: Option<Vec<ViolationId>>,
    /// Categories of the cases' first lots.
    pub categories: Vec<CategoryId>,
    /// States.
    pub statuses: StatusSet,
    /// Words of the goods' names, in this order.
    pub goods: Option<String>,
    /// Words of the offender's name, in this order.
    pub offender: Option<String>,
    /// The least fine.
    pub min_fine: Option<Decimal>,
    /// The largest fine.
    pub max_fine: Option<Decimal>,
    /// The least seized value.
    pub min_seized: Option<Decimal>,
    /// The largest seized value.
    pub max_seized: Option<Decimal>,
    /// The import that cases came with.
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
