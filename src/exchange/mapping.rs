//! Mapping files: what the columns of a file mean, where they don't say so
//! themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::csv::separator_of;
use super::headers::Target;
use super::scale::Scale;
use crate::domain::Field;

/// In which order a date's numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// The day before the month, as in Vietnam.
    #[default]
    Dmy,
    /// The month before the day, as in the United States.
    Mdy,
}

/// What a mapping file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The sheet to read.
    pub sheet: Option<String>,
    /// The row of the header, from 1; of two rows, the second. 0 where there
    /// is none.
    pub header: Option<u64>,
    /// The encoding of a text.
    pub encoding: Option<String>,
    /// What stands between the columns of a text.
    pub separator: Option<String>,
    /// In which order a date's numbers stand.
    pub dates: DateOrder,
    /// The year of dates that are written without one.
    pub year: Option<i32>,
    /// The decimal mark of numbers written as text: a comma or a dot.
    pub decimal: Option<char>,
    /// The unit of columns of money that name none: "triệu đồng".
    pub money: Option<String>,
    /// The unit of single fields.
    pub units: BTreeMap<String, String>,
    /// The fields of columns, by their headers, two rows with " / " between
    /// them; or by their letters, "@F". An empty field leaves a column out.
    pub columns: BTreeMap<String, String>,
    /// Fields that are the same in every row that does not give them.
    pub constants: BTreeMap<String, String>,
    /// What the values of a field mean.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why a mapping can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MapError {
    /// It is not TOML, or not of the form of a mapping.
    #[error("{0}")]
    Form(String),
    /// There is no such field.
    #[error("there is no field {0:?}")]
    Field(String),
    /// There is no such unit of money.
    #[error("there is no unit {0:?}")]
    Unit(String),
    /// No such separator is known.
    #[error("{0:?} is no separator")]
    Separator(String),
    /// No such decimal mark is known.
    #[error("{0:?} is no decimal mark")]
    Decimal(char),
}

impl Mapping {
    /// Reads a mapping file.
    pub fn read(text: &str) -> Result<Self, MapError> {
        let mapping: Self = toml::from_str(text).map_err(|error| MapError::Form(error.to_string()))?;
        mapping.check()?;
        Ok(mapping)
    }

    fn check(&self) -> Result<(), MapError> {
        let columns = self.columns.values().filter(|key| !key.is_empty());
        let keys = columns.chain(self.constants.keys()).chain(self.values.keys()).chain(self.units.keys());
        for key in keys {
            target(key)?;
        }
        for unit in self.money.iter().chain(self.units.values()) {
            scale(unit)?;
        }
        if let Some(separator) = self.separator.as_ref().filter(|text| separator_of(text).is_none()) {
            return Err(MapError::Separator(separator.clone()));
        }
        match self.decimal.filter(|mark| !matches!(mark, ',' | '.')) {
            Some(mark) => Err(MapError::Decimal(mark)),
            None => Ok(()),
        }
    }

    /// Sets a field for every row that does not give it.
    pub fn set_constant(&mut self, key: &str, value: &str) -> Result<(), MapError> {
        target(key)?;
        self.constants.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    /// The unit of money of a field, where the mapping says it.
    pub(super) fn unit_of(&self, field: Field) -> Option<Scale> {
        self.units.get(field.key()).and_then(|unit| scale(unit).ok())
    }

    /// The unit of all columns of money.
    pub(super) fn unit(&self) -> Option<Scale> {
        self.money.as_deref().and_then(|unit| scale(unit).ok())
    }

    /// What every row has that gives nothing else.
    pub(super) fn constant_fields(&self) -> Vec<(Field, String)> {
        let field = |(key, value): (&String, &String)| match target(key) {
            Ok(Target::Field(field)) => Some((field, value.clone())),
            _ => None,
        };
        self.constants.iter().filter_map(field).collect()
    }
}

/// What a key of a mapping means.
pub(super) fn target(key: &str) -> Result<Target, MapError> {
    Target::of_key(key).ok_or_else(|| MapError::Field(key.to_owned()))
}

fn scale(unit: &str) -> Result<Scale, MapError> {
    Scale::read(unit).ok_or_else(|| MapError::Unit(unit.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_says_what_is_wrong_with_it() {
        let read = |text: &str| Mapping::read(text).unwrap_err();
        assert_eq!(read("[columns]\n\"Số QĐ\" = \"decision\"\n"), MapError::Field("decision".into()));
        assert_eq!(read("money = \"xu\"\n"), MapError::Unit("xu".into()));
        assert_eq!(read("separator = \"ab\"\n"), MapError::Separator("ab".into()));
        assert_eq!(read("decimal = \"'\"\n"), MapError::Decimal('\''));
        assert!(matches!(read("colums = 1\n"), MapError::Form(said) if said.contains("colums")));
        Mapping::read("dates = \"mdy\"\n[columns]\n\"STT\" = \"\"\n").unwrap();
    }
}
