//! Names that were looked up before.
//!
//! A file tells the same few provinces, violations and categories over and
//! over. What one was found to mean is kept, and not looked for again.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{NoMatch, Province, ProvinceKey, Reference, agency_key};

/// How many names of a kind are kept at most; then all are forgotten. Of
/// provinces it is for each time in which a name means one thing.
const MOST: usize = 2_000;
/// How many names of agencies are kept, of all provinces together.
const MOST_AGENCIES: usize = 10_000;
/// The longest name that is kept, in bytes.
const LONGEST: usize = 200;

/// What names were found to mean in one reference list, and in no other.
#[derive(Debug, Default)]
pub struct Known {
    forces: Names<String>,
    violations: Names<String>,
    categories: Names<String>,
    /// Between any two of the turns.
    provinces: Vec<Names<ProvinceKey>>,
    /// The days on which any province begins, or has ended: between two of
    /// them a name means the same.
    turns: Vec<NaiveDate>,
    agencies: HashMap<ProvinceKey, Names<String>>,
    /// How many names these are.
    agency_names: usize,
}

#[derive(Debug)]
struct Names<T>(HashMap<String, T>);

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone> Names<T> {
    fn get(&mut self, text: &str, find: impl FnOnce() -> Result<T, NoMatch>) -> Result<T, NoMatch> {
        if let Some(found) = self.0.get(text) {
            return Ok(found.clone());
        }
        let found = find()?;
        Ok(self.keep(text, || found))
    }

    /// What a name is known to mean, else what it is found to mean now.
    fn keep(&mut self, text: &str, find: impl FnOnce() -> T) -> T {
        if let Some(found) = self.0.get(text) {
            return found.clone();
        }
        let found = find();
        if text.len() <= LONGEST {
            if self.0.len() >= MOST {
                self.0.clear();
            }
            self.0.insert(text.to_owned(), found.clone());
        }
        found
    }
}

impl Known {
    /// The code of the force that a name or code means.
    pub fn force(&mut self, reference: &Reference, text: &str) -> Result<String, NoMatch> {
        self.forces.get(text, || reference.find_force(text).map(|force| force.code.clone()))
    }

    /// The code of the violation that a name or code means.
    pub fn violation(&mut self, reference: &Reference, text: &str) -> Result<String, NoMatch> {
        self.violations.get(text, || reference.find_violation(text).map(|violation| violation.code.clone()))
    }

    /// The code of the category that a name or code means.
    pub fn category(&mut self, reference: &Reference, text: &str) -> Result<String, NoMatch> {
        self.categories.get(text, || reference.find_category(text).map(|category| category.code.clone()))
    }

    /// How an agency of a province is matched.
    pub fn agency_key(&mut self, reference: &Reference, province: &ProvinceKey, name: &str) -> String {
        let find = || {
            let seat = reference.province_of(province).and_then(|row| reference.province(reference.seat(row.id)));
            agency_key(name, seat.map_or("", |seat| &seat.name), reference)
        };
        if self.agency_names >= MOST_AGENCIES {
            self.agencies.clear();
            self.agency_names = 0;
        }
        let names = match self.agencies.get_mut(province) {
            Some(names) => names,
            None => self.agencies.entry(province.clone()).or_default(),
        };
        let before = names.0.len();
        let key = names.keep(name, find);
        self.agency_names += names.0.len().saturating_sub(before);
        key
    }

    /// The province that a name or code means on a day.
    pub fn province(&mut self, reference: &Reference, text: &str, on: NaiveDate) -> Result<ProvinceKey, NoMatch> {
        if self.turns.is_empty() {
            self.turns = turns(reference);
        }
        let period = self.turns.partition_point(|turn| *turn <= on);
        if self.provinces.len() <= period {
            self.provinces.resize_with(period + 1, Names::default);
        }
        self.provinces[period].get(text, || reference.find_province(text, on).map(Province::key))
    }
}

fn turns(reference: &Reference) -> Vec<NaiveDate> {
    let ends = reference.provinces.iter().filter_map(|province| province.valid_to?.succ_opt());
    let turns: BTreeSet<NaiveDate> =
        reference.provinces.iter().map(|province| province.valid_from).chain(ends).collect();
    turns.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ReferenceTexts;

    #[test]
    fn names_of_agencies_are_forgotten_before_they_are_too_many() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let mut known = Known::default();
        for (n, province) in (0..2 * MOST_AGENCIES).zip(reference.provinces.iter().cycle()) {
            let (province, name) = (province.key(), format!("Đội {n}"));
            let key = known.agency_key(&reference, &province, &name);
            assert!(n % 100 > 0 || key == Known::default().agency_key(&reference, &province, &name), "{name}");
            assert!(known.agencies.values().map(|names| names.0.len()).sum::<usize>() <= MOST_AGENCIES);
        }
    }

    #[test]
    fn a_name_means_what_it_means_without_memory_on_every_day() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let mut known = Known::default();
        let mut days = vec![NaiveDate::MIN, "1970-01-01".parse().unwrap(), NaiveDate::MAX];
        days.extend(turns(&reference).iter().flat_map(|turn| [turn.pred_opt().unwrap(), *turn]));
        let names = reference.provinces.iter().flat_map(|province| [&province.code, &province.name]);
        let names: Vec<&str> = names.map(String::as_str).chain(["Quảng", "nowhere", ""]).collect();
        for day in days.iter().chain(days.iter().rev()) {
            for name in names.iter().chain(&names) {
                let plain = reference.find_province(name, *day).map(Province::key);
                assert_eq!(known.province(&reference, name, *day), plain, "{name} on {day}");
            }
        }
        for violation in reference.violations.iter().flat_map(|row| [&row.code, &row.name, &row.name]) {
            let plain = reference.find_violation(violation).map(|row| row.code.clone());
            assert_eq!(known.violation(&reference, violation), plain);
        }
    }

    #[test]
    fn an_agency_is_matched_as_without_memory_in_each_province() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let mut known = Known::default();
        for province in reference.provinces.iter().chain(&reference.provinces) {
            let name = format!("Công an tỉnh {}", province.name);
            let seat = reference.province(reference.seat(province.id)).unwrap();
            for name in [&name, "Đội QLTT số 1", "Đội QLTT số 1 (Đồng Tháp)"] {
                let plain = agency_key(name, &seat.name, &reference);
                assert_eq!(known.agency_key(&reference, &province.key(), name), plain, "{name}");
            }
        }
    }

    #[test]
    fn no_more_names_are_kept_than_fit() {
        let mut names = Names::default();
        for n in 0..MOST * 2 + 10 {
            assert_eq!(names.get(&n.to_string(), || Ok(n)), Ok(n));
            assert!(names.0.len() <= MOST);
        }
        names.0.clear();
        names.get(&"a".repeat(LONGEST + 1), || Ok(1)).unwrap();
        assert!(names.0.is_empty());
    }
}
