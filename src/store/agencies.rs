//! Agencies: made on first use, and never silently doubled.

use std::collections::HashMap;

use serde_json::json;

use super::engine::{Row, Value};
use super::error::Error;
use super::journal::{self, Subject};
use super::rows::Coder;
use super::{Store, sql};
use crate::domain::{
    Action, AgencyId, Case, Field, FieldError, ForceId, Invalid, Names, NoMatch, Province, ProvinceId, Reason,
    Reference, Stamp, agency_key,
};
use crate::text::fold;

/// An agency as the casebook knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its number.
    pub id: AgencyId,
    /// The province in which it was first named.
    pub province: ProvinceId,
    /// Its name, as first written.
    pub name: String,
    /// The name as it is matched.
    pub name_folded: String,
    /// Its force.
    pub force: ForceId,
    /// How many cases it found.
    pub cases: i64,
}

/// An agency that was made, and those that it resembles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAgency {
    /// Its name.
    pub name: String,
    /// Agencies of the province whose names differ by a letter or two.
    pub similar: Vec<String>,
}

impl Agency {
    /// What the journal keeps of it.
    pub(super) fn journalled(&self, reference: &Reference) -> Result<String, Error> {
        let force = reference.force_row(self.force);
        let force = force.ok_or_else(|| Error::Corrupt(format!("agency {:?} has no force", self.name)))?;
        let province = reference.province(self.province).map(Province::key);
        let body = json!({"name": self.name, "matched": self.name_folded, "province": province, "force": force.code});
        Ok(body.to_string())
    }
}

fn read_agency(row: &Row) -> Result<Agency, Error> {
    Ok(Agency {
        id: AgencyId(row.int(0)?),
        province: ProvinceId(row.int(1)?),
        name: row.text(2)?,
        name_folded: row.text(3)?,
        force: ForceId(row.int(4)?),
        cases: row.int(5)?,
    })
}

impl Store {
    /// All agencies, with the number of their cases.
    pub fn agencies(&mut self) -> Result<Vec<Agency>, Error> {
        self.engine.rows(sql::AGENCIES_COUNTED, &[], |row| read_agency(row))
    }

    /// All agencies; their cases are not counted.
    pub(super) fn known_agencies(&mut self) -> Result<Vec<Agency>, Error> {
        self.engine.rows(sql::AGENCIES, &[], |row| read_agency(row))
    }

    /// The names of all agencies, with their provinces.
    pub(super) fn agency_names(&mut self) -> Result<Names, Error> {
        let named = |agency: Agency| (agency.id, (agency.name, agency.province));
        Ok(self.known_agencies()?.into_iter().map(named).collect())
    }

    /// The name of an agency by its number.
    pub(super) fn agency_name(&mut self, id: i64) -> Result<String, Error> {
        if let Some(name) = self.agency_names.get(&id) {
            return Ok(name.clone());
        }
        let name = self.engine.row(sql::AGENCY_NAME, &[id.into()], |row| row.text(0))?;
        let name = name.ok_or_else(|| Error::Corrupt(format!("there is no agency {id}")))?;
        self.agency_names.insert(id, name.clone());
        Ok(name)
    }

    /// The agency that a case names, made if it is new, which the chain says.
    /// The case takes the agency's name as it was first written, and its force
    /// if it has none.
    pub(super) fn settle_agency(
        &mut self,
        case: &mut Case,
        chain: i64,
        stamp: &Stamp,
    ) -> Result<(AgencyId, Option<NewAgency>), Error> {
        // Units of a province are kept with its newest row, so that none is
        // doubled across a merger.
        let province = self.reference.province(ProvinceId(chain)).cloned();
        let province = province.ok_or_else(|| Error::Corrupt("a case names no province".to_owned()))?;
        let key = agency_key(&case.agency, &province.name, &self.reference);
        if let Some(agency) = self.agency_in(&province, &key)? {
            return Ok((self.take_agency(case, agency)?, None));
        }
        let similar = self.similar_agencies(&province, &key)?;
        let force = case.force.as_deref().unwrap_or_else(|| self.reference.force_of_agency(&case.agency));
        let force = Coder { reference: &self.reference, currency: &self.currency }.force(force)?;
        let values = [province.id.0.into(), (&case.agency).into(), (&key).into(), force.into()];
        self.engine.execute(sql::INSERT_AGENCY, &values)?;
        let agency = self.agency_in(&province, &key)?;
        let agency = agency.ok_or_else(|| Error::Corrupt(format!("agency {:?} was not made", case.agency)))?;
        let body = agency.journalled(&self.reference)?;
        journal::append(self.engine.as_mut(), stamp, chain, &Subject::of(Action::Agency), &body)?;
        let new = NewAgency { name: agency.name.clone(), similar };
        Ok((self.take_agency(case, agency)?, Some(new)))
    }

    fn take_agency(&self, case: &mut Case, agency: Agency) -> Result<AgencyId, Error> {
        if case.force.is_none() {
            let force = self.reference.force_row(agency.force);
            let force = force.ok_or_else(|| Error::Corrupt(format!("agency {:?} has no force", agency.name)))?;
            case.force = Some(force.code.clone());
        }
        case.agency = agency.name;
        Ok(agency.id)
    }

    /// The agency of a province by its name as it is matched.
    pub(super) fn agency_in(&mut self, province: &Province, key: &str) -> Result<Option<Agency>, Error> {
        self.engine.row(sql::AGENCY_BY_NAME, &[key.into(), province.id.0.into()], |row| read_agency(row))
    }

    fn similar_agencies(&mut self, province: &Province, key: &str) -> Result<Vec<String>, Error> {
        let known = self.engine.rows(sql::AGENCIES_IN, &[province.id.0.into()], |row| read_agency(row))?;
        // Collected from what is taken apart, the names would keep the room of all.
        let near = known.iter().filter(|agency| is_slip(&agency.name_folded, key));
        Ok(near.map(|agency| agency.name.clone()).collect())
    }

    /// The agencies that a filter's name means, as a set of numbers.
    pub(super) fn agencies_meant(
        &mut self,
        name: &str,
        provinces: Option<&[ProvinceId]>,
    ) -> Result<Vec<AgencyId>, Error> {
        let all = self.known_agencies()?;
        let place = |id: ProvinceId| self.reference.province(id).map_or("", |province| province.name.as_str());
        let is_wanted = |id: ProvinceId| {
            provinces.is_none_or(|wanted| self.reference.lineage(id).iter().any(|id| wanted.contains(id)))
        };
        // The key that the name has in each province that is wanted.
        let mut keys: HashMap<ProvinceId, Option<String>> = HashMap::new();
        for Agency { province, .. } in &all {
            let key = || is_wanted(*province).then(|| agency_key(name, place(*province), &self.reference));
            keys.entry(*province).or_insert_with(key);
        }
        let key = |agency: &Agency| keys.get(&agency.province).and_then(Option::as_deref);
        let known = || all.iter().filter_map(|agency| Some((agency, key(agency)?)));
        let listed = |agency: &Agency| format!("{} ({})", agency.name, place(agency.province));
        let found: Vec<&Agency> =
            known().filter(|(agency, key)| *key == agency.name_folded).map(|(agency, _)| agency).collect();
        let reason = match found.as_slice() {
            [agency] => return Ok(vec![agency.id]),
            // Where the place is said too, all that are called so there.
            several if !several.is_empty() && provinces.is_some() => {
                return Ok(several.iter().map(|agency| agency.id).collect());
            }
            [] => {
                let wanted = fold(name);
                let near = known()
                    .filter(|(agency, key)| is_slip(&agency.name_folded, key) || agency.name_folded.contains(&wanted));
                NoMatch::Unknown { near: near.take(10).map(|(agency, _)| listed(agency)).collect() }
            }
            several => NoMatch::Ambiguous { candidates: several.iter().map(|agency| listed(agency)).collect() },
        };
        let reason = Reason::NoMatch(reason);
        Err(Error::Filter(Invalid(vec![FieldError {
            field: Field::Agency,
            line: None,
            value: name.to_owned(),
            reason,
        }])))
    }
}

/// Whether two folded names differ by a slip: one or two letters in all, none
/// of them in a number or in a word so short that it is itself a name.
fn is_slip(one: &str, two: &str) -> bool {
    let (ones, twos): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), two.split(' ').collect());
    let differing: Vec<_> = ones.iter().zip(&twos).filter(|(one, two)| one != two).collect();
    let long = |word: &str| word.chars().count() >= 4 && !word.bytes().any(|b| b.is_ascii_digit());
    let slips: usize = differing.iter().map(|(one, two)| strsim::damerau_levenshtein(one, two)).sum();
    ones.len() == twos.len() && (1..=2).contains(&slips) && differing.iter().all(|(one, two)| long(one) && long(two))
}

/// A set of numbers as the filter's statement takes it: ",1,2,".
pub(super) fn set(ids: impl IntoIterator<Item = i64>) -> Value {
    let mut text = String::from(",");
    for id in ids {
        text.push_str(&id.to_string());
        text.push(',');
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_in_a_long_word() {
        assert!(is_slip("doi qltt so sau", "doi qlltt so sau"));
        assert!(!is_slip("doi qltt 1", "doi qltt 2"));
        assert!(!is_slip("doi a", "doi b"));
        assert!(!is_slip("cong an xa tan phu", "cong an xa tan an"));
    }
}
