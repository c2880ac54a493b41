//! Reading reference data from CSV, and linking its rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use thiserror::Error;

use super::{
    Category, CategoryId, Force, ForceId, Group, Province, ProvinceAlias, ProvinceId, ProvinceKind, Reference, Region,
    RegionId, Violation, ViolationId,
};

/// The texts of the reference files, CSV each, as in `data/`.
#[derive(Debug, Clone)]
pub struct ReferenceTexts {
    /// `regions/regions.csv`
    pub regions: String,
    /// `regions/provinces.csv`
    pub provinces: String,
    /// `regions/province_kinds.csv`
    pub kinds: String,
    /// `regions/province_aliases.csv`
    pub aliases: String,
    /// `forces.csv`
    pub forces: String,
    /// `violations.csv`
    pub violations: String,
    /// `categories.csv`
    pub categories: String,
}

impl Default for ReferenceTexts {
    /// Vietnam's, as they are embedded in the program.
    fn default() -> Self {
        Self {
            regions: include_str!("../../data/regions/regions.csv").to_owned(),
            provinces: include_str!("../../data/regions/provinces.csv").to_owned(),
            kinds: include_str!("../../data/regions/province_kinds.csv").to_owned(),
            aliases: include_str!("../../data/regions/province_aliases.csv").to_owned(),
            forces: include_str!("../../data/forces.csv").to_owned(),
            violations: include_str!("../../data/violations.csv").to_owned(),
            categories: include_str!("../../data/categories.csv").to_owned(),
        }
    }
}

/// Why reference data can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// A row is not of the file's form.
    #[error("{file}, line {line}: {reason}")]
    Row {
        /// The file.
        file: &'static str,
        /// The line in it, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// A row names something that is not there.
    #[error("{file}: {name:?} refers to {missing:?}, which is not there")]
    Dangling {
        /// The file.
        file: &'static str,
        /// The row's code or name.
        name: String,
        /// What it refers to.
        missing: String,
    },
}

#[derive(Deserialize)]
struct RegionRow {
    code: String,
    name: String,
    name_en: String,
    sort: i64,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    legal_basis: String,
    confidence: String,
}

#[derive(Deserialize)]
struct ProvinceRow {
    code: String,
    name: String,
    name_en: String,
    kind: String,
    region: String,
    #[serde(default = "always", deserialize_with = "since")]
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    successor: Option<String>,
    confidence: String,
}

/// The first day of a province that was always there.
fn always() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
}

/// A day, or always.
fn since<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_else(always))
}

#[derive(Deserialize)]
struct KindRow {
    code: String,
    effective_on: NaiveDate,
    kind: String,
    full_name: String,
    legal_basis: String,
}

#[derive(Deserialize)]
struct AliasRow {
    alias: String,
    former_code: Option<String>,
    current_code: Option<String>,
}

#[derive(Deserialize)]
struct ForceRow {
    code: String,
    name_vi: String,
    name_en: String,
    short_vi: String,
    patterns: String,
}

#[derive(Deserialize)]
struct ViolationRow {
    code: String,
    name_vi: String,
    name_en: String,
    group: Option<Group>,
    decree: String,
    confidence: String,
}

#[derive(Deserialize)]
struct CategoryRow {
    code: String,
    name_vi: String,
    name_en: String,
    usual_units: String,
}

/// The rows of a file.
pub(super) fn rows<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, ReferenceError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let row = |row: Result<T, csv::Error>| {
        row.map_err(|error| ReferenceError::Row {
            file,
            line: error.position().map_or(0, csv::Position::line),
            reason: error.to_string(),
        })
    };
    reader.deserialize().map(row).collect()
}

/// Rows are numbered from 1, so that 0 can stand for "none" in totals.
fn numbered<T>(rows: Vec<T>) -> impl Iterator<Item = (i64, T)> {
    (1..).zip(rows)
}

/// What a cell lists, separated by bars.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

impl Reference {
    /// Reads the files and links their rows.
    pub fn parse(texts: &ReferenceTexts) -> Result<Self, ReferenceError> {
        let regions: Vec<Region> = numbered(rows("regions.csv", &texts.regions)?).map(region).collect();
        let provinces = provinces(&texts.provinces, &regions)?;
        let aliases = aliases(&texts.aliases, &provinces)?;
        let mut kinds: Vec<ProvinceKind> = rows("province_kinds.csv", &texts.kinds)?.into_iter().map(kind).collect();
        kinds.sort_by(|one, two| (one.effective_on, &one.code).cmp(&(two.effective_on, &two.code)));
        Ok(Self {
            kinds,
            aliases,
            forces: numbered(rows("forces.csv", &texts.forces)?).map(force).collect(),
            violations: numbered(rows("violations.csv", &texts.violations)?).map(violation).collect(),
            categories: numbered(rows("categories.csv", &texts.categories)?).map(category).collect(),
            regions,
            provinces,
        })
    }
}

fn region((id, row): (i64, RegionRow)) -> Region {
    Region {
        id: RegionId(id),
        code: row.code,
        name: row.name,
        name_en: row.name_en,
        sort: row.sort,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        legal_basis: row.legal_basis,
        confidence: row.confidence,
    }
}

fn kind(row: KindRow) -> ProvinceKind {
    ProvinceKind {
        code: row.code,
        effective_on: row.effective_on,
        kind: row.kind,
        full_name: row.full_name,
        legal_basis: row.legal_basis,
    }
}

fn force((id, row): (i64, ForceRow)) -> Force {
    Force {
        id: ForceId(id),
        code: row.code,
        name: row.name_vi,
        name_en: row.name_en,
        short: row.short_vi,
        patterns: list(&row.patterns),
    }
}

fn violation((id, row): (i64, ViolationRow)) -> Violation {
    Violation {
        id: ViolationId(id),
        code: row.code,
        name: row.name_vi,
        name_en: row.name_en,
        group: row.group,
        decree: row.decree,
        confidence: row.confidence,
    }
}

fn category((id, row): (i64, CategoryRow)) -> Category {
    Category {
        id: CategoryId(id),
        code: row.code,
        name: row.name_vi,
        name_en: row.name_en,
        units: list(&row.usual_units),
    }
}

/// Links provinces to their regions and to those that followed them.
fn provinces(text: &str, regions: &[Region]) -> Result<Vec<Province>, ReferenceError> {
    const FILE: &str = "provinces.csv";
    let dangling = |name: &str, missing: &str| ReferenceError::Dangling {
        file: FILE,
        name: name.to_owned(),
        missing: missing.to_owned(),
    };
    let rows: Vec<(i64, ProvinceRow)> = numbered(rows(FILE, text)?).collect();
    let started: BTreeMap<(&str, NaiveDate), i64> =
        rows.iter().map(|(id, row)| ((row.code.as_str(), row.valid_from), *id)).collect();
    let link = |(id, row): &(i64, ProvinceRow)| {
        let held = |region: &&Region| {
            region.code == row.region
                && region.valid_from.is_none_or(|from| from <= row.valid_from)
                && region.valid_to.is_none_or(|to| row.valid_from <= to)
        };
        let region = regions.iter().find(held).ok_or_else(|| dangling(&row.name, &row.region))?;
        let next_day = row.valid_to.and_then(|last| last.succ_opt());
        let successor = match row.successor.as_deref().zip(next_day) {
            None => None,
            Some(next) => Some(ProvinceId(*started.get(&next).ok_or_else(|| dangling(&row.name, next.0))?)),
        };
        Ok(Province {
            id: ProvinceId(*id),
            code: row.code.clone(),
            name: row.name.clone(),
            name_en: row.name_en.clone(),
            kind: row.kind.clone(),
            region: region.id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            successor,
            confidence: row.confidence.clone(),
        })
    };
    rows.iter().map(link).collect()
}

/// One alias for each row that it means: the former one, and the present one
/// where that is still the same province.
fn aliases(text: &str, provinces: &[Province]) -> Result<Vec<ProvinceAlias>, ReferenceError> {
    const FILE: &str = "province_aliases.csv";
    let mut aliases = Vec::new();
    for row in rows::<AliasRow>(FILE, text)? {
        let meant = |code: &Option<String>, current: bool| {
            let Some(code) = code else { return Ok(None) };
            let meant = provinces.iter().find(|p| p.code == *code && p.valid_to.is_none() == current);
            let missing = || ReferenceError::Dangling { file: FILE, name: row.alias.clone(), missing: code.clone() };
            meant.map(Some).ok_or_else(missing)
        };
        let (former, current) = (meant(&row.former_code, false)?, meant(&row.current_code, true)?);
        let same = |current: &&Province| former.is_none_or(|former| former.name == current.name);
        for province in [former, current.filter(same)].into_iter().flatten() {
            aliases.push(ProvinceAlias { alias: row.alias.clone(), province: province.id });
        }
    }
    aliases.sort();
    aliases.dedup();
    Ok(aliases)
}
