//! What a filter takes in, asked of a case at hand: the same as the statement
//! `filter.sql` asks of rows.

use rust_decimal::Decimal;

use super::Store;
use super::cases::Loaded;
use super::error::Error;
use super::rows::Coder;
use crate::domain::{AgencyId, Amount, CategoryId, Filter, ForceId, ProvinceId, Status, ViolationId};
use crate::text::fold;

/// A filter, with the agencies that it means.
pub(super) struct Takes<'a> {
    filter: &'a Filter,
    agencies: Option<Vec<AgencyId>>,
}

impl Store {
    pub(super) fn takes<'a>(&mut self, filter: &'a Filter) -> Result<Takes<'a>, Error> {
        Ok(Takes { filter, agencies: self.agency_set(filter)? })
    }
}

impl Takes<'_> {
    /// Whether the filter takes a case in.
    pub(super) fn case(&self, held: &Loaded, coder: Coder<'_>) -> Result<bool, Error> {
        let Loaded { case, agency, import } = held;
        let filter = self.filter;
        let members = coder.members(case, *agency)?;
        let province = ProvinceId(coder.province(&case.province)?);
        let status = case.status();
        let of_kind = filter.provinces.as_ref().is_none_or(|ids| ids.contains(&province))
            && self.agencies.as_ref().is_none_or(|ids| ids.contains(agency))
            && holds(&filter.forces, &ForceId(members.force))
            && filter.violations.as_ref().is_none_or(|ids| ids.contains(&ViolationId(members.violation)))
            && holds(&filter.categories, &CategoryId(members.category))
            && filter.import.is_none_or(|wanted| *import == Some(wanted));
        let of_status =
            if filter.statuses.is_empty() { status != Status::Void } else { filter.statuses.contains(&status) };
        let fine = case.decision.as_ref().and_then(|decision| decision.fine_amount);
        let of_size = is_between(fine, filter.min_fine, filter.max_fine)
            && is_between(case.seized_value, filter.min_seized, filter.max_seized);
        let offender = case.offender.as_ref().and_then(|offender| offender.name.as_deref());
        let of_words = filter.goods.as_ref().is_none_or(|words| case.goods.iter().any(|lot| has(&lot.name, words)))
            && filter.offender.as_ref().is_none_or(|words| offender.is_some_and(|name| has(name, words)));
        Ok(of_kind && of_status && of_size && of_words)
    }
}

fn holds<T: PartialEq>(set: &[T], one: &T) -> bool {
    set.is_empty() || set.contains(one)
}

fn is_between(amount: Option<Amount>, least: Option<Decimal>, most: Option<Decimal>) -> bool {
    let value = amount.map(|amount| amount.value);
    least.is_none_or(|least| value.is_some_and(|value| value >= least))
        && most.is_none_or(|most| value.is_some_and(|value| value <= most))
}

/// Whether words each begin a word of a text, in their order.
fn has(text: &str, words: &str) -> bool {
    let text = format!(" {}", fold(text));
    let mut rest = text.as_str();
    fold(words).split(' ').filter(|word| !word.is_empty()).all(|word| {
        let begins = format!(" {word}");
        let found = rest.find(&begins);
        rest = found.map_or("", |at| &rest[at + begins.len()..]);
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_words_in_their_order() {
        assert!(has("Thuốc lá điếu nhập lậu", "thuoc la"));
        assert!(has("Thuốc lá điếu nhập lậu", "la LẬU"));
        assert!(!has("Thuốc lá điếu nhập lậu", "lậu lá"), "not in this order");
        assert!(!has("đường cát", "at"), "inside a word");
        assert!(has("đường cát", " "), "no words ask for nothing");
    }
}
