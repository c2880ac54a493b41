//! The cases that a filter takes in, in an order.

use std::cmp::Ordering;

use super::agencies::set;
use super::engine::Value;
use super::error::Error;
use super::rows::{day_number, status_number};
use super::search::FEW;
use super::totals::Needs;
use super::{Store, sql};
use crate::domain::{AgencyId, Amount, Case, Dating, EventKind, Filter, Period};
use crate::text::fold;

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// The day of detection.
    #[default]
    DetectedOn,
    /// The day of the decision.
    DecidedOn,
    /// The fine.
    FineAmount,
    /// The seized value.
    SeizedValue,
}

/// A list is a small part of what matches if it is no more than one of so many.
const PART: u64 = 20;
/// How many values the filter's statement has.
const FILTER_VALUES: usize = 13;

/// What is asked of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    /// Which cases it takes in.
    pub filter: Filter,
    /// A period in which something happened to them.
    pub period: Option<Period>,
    /// What happened; `None` is anything.
    pub kind: Option<EventKind>,
    /// The day on which that counts.
    pub dating: Dating,
    /// What it is sorted by: newest and largest first.
    pub sort: SortKey,
    /// Oldest and smallest first.
    pub ascending: bool,
    /// The most to give.
    pub limit: Option<u64>,
    /// How many to pass over first.
    pub offset: u64,
}

/// A part of the cases that a filter takes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The cases asked for.
    pub cases: Vec<Case>,
    /// How many there are in all.
    pub matching: u64,
}

impl ListQuery {
    /// The order of two cases in the list, as the statements give them.
    pub(super) fn order(&self, one: &Case, two: &Case) -> Ordering {
        let fine = |case: &Case| case.decision.as_ref().and_then(|decision| decision.fine_amount);
        let value = |amount: Option<Amount>| amount.map(|amount| amount.value);
        let key = match self.sort {
            SortKey::DetectedOn => Ordering::Equal,
            SortKey::DecidedOn => {
                let day = |case: &Case| case.decision.as_ref().map(|decision| decision.decided_on);
                self.known_first(day(one), day(two))
            }
            SortKey::FineAmount => self.known_first(value(fine(one)), value(fine(two))),
            SortKey::SeizedValue => self.known_first(value(one.seized_value), value(two.seized_value)),
        };
        key.then(self.direct((one.detected_on, one.id).cmp(&(two.detected_on, two.id))))
    }

    /// The order of two keys; what is not known comes last either way.
    fn known_first<T: Ord>(&self, one: Option<T>, two: Option<T>) -> Ordering {
        match (one, two) {
            (Some(one), Some(two)) => self.direct(one.cmp(&two)),
            (one, two) => one.is_none().cmp(&two.is_none()),
        }
    }

    fn direct(&self, order: Ordering) -> Ordering {
        if self.ascending { order } else { order.reverse() }
    }

    /// Whether something happened to a case in the period, as the statements
    /// ask of its events.
    pub(super) fn happened_in_period(&self, case: &Case) -> bool {
        let Some(period) = self.period else { return true };
        // Void cases have events too, where they are asked for.
        let events = Case { void: None, ..case.clone() }.events();
        let of_kind = events.iter().filter(|event| self.kind.is_none_or(|kind| kind == event.kind));
        of_kind.map(|event| event.counted_on(self.dating, case)).any(|on| period.contains(on))
    }

    /// The statements that give them sooner where they are the first of many.
    fn first_of_many(&self, matching: i64) -> Option<sql::FirstOfMany> {
        let is_worth = self.period.is_none() && self.is_small_part_of(matching);
        match (self.sort, self.ascending) {
            (SortKey::DetectedOn, false) => Some(sql::NEWEST_OF_MANY),
            (SortKey::DetectedOn, true) => Some(sql::OLDEST_OF_MANY),
            (SortKey::FineAmount, false) => Some(sql::LARGEST_FINES_OF_MANY),
            _ => None,
        }
        .filter(|_| is_worth)
    }

    /// The statement that gives them.
    fn statement(&self) -> &'static str {
        let forms = match (self.sort, self.ascending) {
            (SortKey::DetectedOn, false) => sql::LIST_NEWEST,
            (SortKey::DetectedOn, true) => sql::LIST_OLDEST,
            (SortKey::DecidedOn, false) => sql::LIST_LAST_DECIDED,
            (SortKey::DecidedOn, true) => sql::LIST_FIRST_DECIDED,
            (SortKey::FineAmount, false) => sql::LIST_LARGEST_FINE,
            (SortKey::FineAmount, true) => sql::LIST_SMALLEST_FINE,
            (SortKey::SeizedValue, false) => sql::LIST_LARGEST_SEIZED,
            (SortKey::SeizedValue, true) => sql::LIST_SMALLEST_SEIZED,
        };
        forms[usize::from(self.period.is_some())]
    }

    /// Whether those asked for are soon met where cases are looked at in the
    /// order asked for; else that takes longer than to sort what matches.
    fn is_small_part_of(&self, matching: i64) -> bool {
        let met = self.limit.map(|limit| limit.saturating_add(self.offset).saturating_mul(PART));
        matching > FEW && met.is_some_and(|met| met <= matching.unsigned_abs())
    }
}

impl Store {
    /// Lists cases.
    pub fn list(&mut self, query: &ListQuery) -> Result<Listed, Error> {
        self.read(|store| store.list_here(query))
    }

    pub(super) fn list_here(&mut self, query: &ListQuery) -> Result<Listed, Error> {
        let mut values = self.filter_values(&query.filter)?;
        values.extend(period_values(query.period, query.dating, query.kind));
        let matching = self.count_matching(query, &values)?;
        let part = part_values(query.limit, query.offset);
        if let Some(first) = query.first_of_many(matching) {
            values.truncate(FILTER_VALUES);
            let last = query.offset + query.limit.unwrap_or_default().max(1) - 1;
            let last: Value = i64::try_from(last).unwrap_or(i64::MAX).into();
            let of_last = [values.clone(), vec![last]].concat();
            let key = self.engine.row(first.last_key, &of_last, |row| row.opt_int(0))?.flatten();
            if let Some(key) = key {
                values.push(key.into());
                values.extend(part);
                return self.listed(first.list, &values, matching);
            }
            // What is not known comes last, and is among them.
            values.extend(period_values(None, query.dating, query.kind));
        }
        values.extend(part);
        self.listed(query.statement(), &values, matching)
    }

    /// The cases that a list begins with, without counting all of it.
    pub(super) fn first_of_list(&mut self, query: &ListQuery) -> Result<Vec<Case>, Error> {
        let mut values = self.filter_values(&query.filter)?;
        values.extend(period_values(query.period, query.dating, query.kind));
        values.extend(part_values(query.limit, query.offset));
        self.cases_given(query.statement(), &values)
    }

    /// How many cases match: by the running totals where they tell, else by
    /// the cases.
    fn count_matching(&mut self, query: &ListQuery, values: &[Value]) -> Result<i64, Error> {
        let dimension = Needs::of_filter(&query.filter).running().filter(|_| query.period.is_none());
        let counted = if let Some(dimension) = dimension {
            let [provinces, members] = self.sets(&query.filter, dimension)?;
            self.engine.row(sql::COUNT_KEPT, &[Value::Int(dimension as i64), provinces, members], |row| row.int(0))
        } else {
            let statement = sql::COUNT_CASES[usize::from(query.period.is_some())];
            self.engine.row(statement, values, |row| row.int(0))
        };
        Ok(counted?.unwrap_or_default())
    }

    /// The cases that a statement gives, and how many there are in all.
    pub(super) fn listed(&mut self, sql: &'static str, values: &[Value], matching: i64) -> Result<Listed, Error> {
        Ok(Listed { cases: self.cases_given(sql, values)?, matching: matching.unsigned_abs() })
    }

    fn cases_given(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Case>, Error> {
        let seqs = self.engine.rows(sql, values, |row| row.int(0))?;
        Ok(self.load_cases(&seqs)?.into_iter().map(|loaded| loaded.case).collect())
    }

    /// The values of the filter's statement, `$1` to `$13`.
    pub(super) fn filter_values(&mut self, filter: &Filter) -> Result<Vec<Value>, Error> {
        let agencies = self.agency_set(filter)?;
        let agencies = agencies.map(|ids| set(ids.into_iter().map(|id| id.0)));
        let words = |words: &Option<String>| words.as_deref().map(pattern).into();
        let coder = self.coder();
        let minor = |value: Option<_>| Ok::<Value, Error>(value.map(|value| coder.minor(value)).transpose()?.into());
        let nonempty = |set: Value, is_empty: bool| if is_empty { Value::Null } else { set };
        Ok(vec![
            filter.provinces.as_ref().map_or(Value::Null, |ids| set(ids.iter().map(|id| id.0))),
            agencies.unwrap_or(Value::Null),
            nonempty(set(filter.forces.iter().map(|id| id.0)), filter.forces.is_empty()),
            filter.violations.as_ref().map_or(Value::Null, |ids| set(ids.iter().map(|id| id.0))),
            nonempty(set(filter.categories.iter().map(|id| id.0)), filter.categories.is_empty()),
            nonempty(set(filter.statuses.iter().map(|status| status_number(*status))), filter.statuses.is_empty()),
            words(&filter.goods),
            words(&filter.offender),
            minor(filter.min_fine)?,
            minor(filter.max_fine)?,
            minor(filter.min_seized)?,
            minor(filter.max_seized)?,
            filter.import.into(),
        ])
    }

    /// The agencies of a filter; `None` if it names none.
    pub(super) fn agency_set(&mut self, filter: &Filter) -> Result<Option<Vec<AgencyId>>, Error> {
        if filter.agency_ids.is_some() || filter.agencies.is_empty() {
            return Ok(filter.agency_ids.clone());
        }
        let mut ids = Vec::new();
        for name in &filter.agencies {
            ids.extend(self.agencies_meant(name, filter.provinces.as_deref())?);
        }
        Ok(Some(ids))
    }
}

/// The values of the period's part of a statement, `$14` to `$17`.
pub(super) fn period_values(period: Option<Period>, dating: Dating, kind: Option<EventKind>) -> [Value; 4] {
    [
        dating_number(dating).into(),
        period.map(|period| day_number(period.from)).into(),
        period.map(|period| day_number(period.until)).into(),
        kind.map(EventKind::number).into(),
    ]
}

/// The values by which a statement gives a part of its rows.
pub(super) fn part_values(limit: Option<u64>, offset: u64) -> [Value; 2] {
    let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(i64::MAX);
    [limit.into(), i64::try_from(offset).unwrap_or(i64::MAX).into()]
}

/// The number of a dating in the view `event`.
pub(super) const fn dating_number(dating: Dating) -> i64 {
    match dating {
        Dating::Happened => 0,
        Dating::Detected => 1,
    }
}

/// Under this one running totals keep what counts on the same day under each
/// dating.
pub(super) const BOTH_DATINGS: i64 = 2;

/// The pattern of words that each begin a word, in their order.
fn pattern(words: &str) -> String {
    let folded = fold(words);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.fold(String::new(), |pattern, word| format!("{pattern}% {word}")) + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_matched_at_their_beginnings_and_in_order() {
        assert_eq!(pattern("Thuốc lá 555"), "% thuoc% la% 555%");
        assert_eq!(pattern("100%"), "% 100%", "signs of the pattern are folded away");
        assert_eq!(pattern(" "), "%");
    }
}
