//! The reference data and settings of a casebook.

use chrono::NaiveDate;

use super::engine::{Engine, Row, Value};
use super::error::Error;
use super::sql;
use crate::domain::{
    Category, CategoryId, Currency, Force, ForceId, Group, Province, ProvinceAlias, ProvinceId, ProvinceKind,
    Reference, Region, RegionId, Violation, ViolationId,
};
use crate::text::iso_day;

const CURRENCY: &str = "currency";

/// Writes them into a new casebook.
pub(super) fn save(engine: &mut dyn Engine, currency: &Currency, reference: &Reference) -> Result<(), Error> {
    engine.execute(sql::SET_SETTING, &[CURRENCY.into(), currency.code().into()])?;
    for row in &reference.regions {
        engine.execute(sql::INSERT_REGION, &region_values(row))?;
    }
    for row in &reference.provinces {
        engine.execute(sql::INSERT_PROVINCE, &province_values(row))?;
    }
    for ProvinceKind { code, effective_on, kind, full_name, legal_basis } in &reference.kinds {
        let day = effective_on.to_string().into();
        engine.execute(sql::INSERT_KIND, &[code.into(), day, kind.into(), full_name.into(), legal_basis.into()])?;
    }
    for ProvinceAlias { alias, province } in &reference.aliases {
        engine.execute(sql::INSERT_ALIAS, &[alias.into(), province.0.into()])?;
    }
    save_lists(engine, reference)
}

fn save_lists(engine: &mut dyn Engine, reference: &Reference) -> Result<(), Error> {
    for Force { id, code, name, name_en, short, patterns } in &reference.forces {
        let patterns = patterns.join("|").into();
        engine.execute(
            sql::INSERT_FORCE,
            &[id.0.into(), code.into(), name.into(), name_en.into(), short.into(), patterns],
        )?;
    }
    for Violation { id, code, name, name_en, group, decree, confidence } in &reference.violations {
        let group = group.map(Group::code).into();
        engine.execute(
            sql::INSERT_VIOLATION,
            &[id.0.into(), code.into(), name.into(), name_en.into(), group, decree.into(), confidence.into()],
        )?;
    }
    for Category { id, code, name, name_en, units } in &reference.categories {
        engine.execute(
            sql::INSERT_CATEGORY,
            &[id.0.into(), code.into(), name.into(), name_en.into(), units.join("|").into()],
        )?;
    }
    Ok(())
}

fn region_values(row: &Region) -> [Value; 9] {
    [
        row.id.0.into(),
        (&row.code).into(),
        (&row.name).into(),
        (&row.name_en).into(),
        row.sort.into(),
        row.valid_from.map(|day| day.to_string()).into(),
        row.valid_to.map(|day| day.to_string()).into(),
        (&row.legal_basis).into(),
        (&row.confidence).into(),
    ]
}

fn province_values(row: &Province) -> [Value; 10] {
    [
        row.id.0.into(),
        (&row.code).into(),
        (&row.name).into(),
        (&row.name_en).into(),
        (&row.kind).into(),
        row.region.0.into(),
        row.valid_from.to_string().into(),
        row.valid_to.map(|day| day.to_string()).into(),
        row.successor.map(|id| id.0).into(),
        (&row.confidence).into(),
    ]
}

/// Reads them.
pub(super) fn load(engine: &mut dyn Engine) -> Result<(Currency, Reference), Error> {
    let code = engine.row(sql::SETTING, &[CURRENCY.into()], |row| row.text(0))?;
    let currency = code.as_deref().and_then(Currency::new).filter(|currency| Some(currency.code()) == code.as_deref());
    let currency = currency.ok_or_else(|| Error::Corrupt("it has no currency".to_owned()))?;
    let mut reference = Reference {
        regions: engine.rows(sql::REGIONS, &[], |row| region(row))?,
        provinces: engine.rows(sql::PROVINCES, &[], |row| province(row))?,
        kinds: engine.rows(sql::KINDS, &[], |row| kind(row))?,
        aliases: engine.rows(sql::ALIASES, &[], |row| {
            Ok(ProvinceAlias { alias: row.text(0)?, province: ProvinceId(row.int(1)?) })
        })?,
        forces: engine.rows(sql::FORCES, &[], |row| force(row))?,
        violations: engine.rows(sql::VIOLATIONS, &[], |row| violation(row))?,
        categories: engine.rows(sql::CATEGORIES, &[], |row| category(row))?,
    };
    // The engines differ in how they order text.
    reference.aliases.sort();
    reference.kinds.sort_by(|one, two| (one.effective_on, &one.code).cmp(&(two.effective_on, &two.code)));
    Ok((currency, reference))
}

fn day(text: &str) -> Result<NaiveDate, Error> {
    // As it is written, and in no other way that reads the same.
    iso_day(text).ok_or_else(|| Error::Corrupt(format!("{text:?} is not a date")))
}

fn group(code: &str) -> Result<Group, Error> {
    let group = Group::from_code(code).filter(|group| group.code() == code);
    group.ok_or_else(|| Error::Corrupt(format!("{code:?} is not a group")))
}

fn opt_day(text: Option<&str>) -> Result<Option<NaiveDate>, Error> {
    text.map(day).transpose()
}

fn list(text: &str) -> Vec<String> {
    text.split('|').filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn region(row: &Row) -> Result<Region, Error> {
    Ok(Region {
        id: RegionId(row.int(0)?),
        code: row.text(1)?,
        name: row.text(2)?,
        name_en: row.text(3)?,
        sort: row.int(4)?,
        valid_from: opt_day(row.opt_text(5)?.as_deref())?,
        valid_to: opt_day(row.opt_text(6)?.as_deref())?,
        legal_basis: row.text(7)?,
        confidence: row.text(8)?,
    })
}

fn province(row: &Row) -> Result<Province, Error> {
    Ok(Province {
        id: ProvinceId(row.int(0)?),
        code: row.text(1)?,
        name: row.text(2)?,
        name_en: row.text(3)?,
        kind: row.text(4)?,
        region: RegionId(row.int(5)?),
        valid_from: day(&row.text(6)?)?,
        valid_to: opt_day(row.opt_text(7)?.as_deref())?,
        successor: row.opt_int(8)?.map(ProvinceId),
        confidence: row.text(9)?,
    })
}

fn kind(row: &Row) -> Result<ProvinceKind, Error> {
    Ok(ProvinceKind {
        code: row.text(0)?,
        effective_on: day(&row.text(1)?)?,
        kind: row.text(2)?,
        full_name: row.text(3)?,
        legal_basis: row.text(4)?,
    })
}

fn force(row: &Row) -> Result<Force, Error> {
    Ok(Force {
        id: ForceId(row.int(0)?),
        code: row.text(1)?,
        name: row.text(2)?,
        name_en: row.text(3)?,
        short: row.text(4)?,
        patterns: list(&row.text(5)?),
    })
}

fn violation(row: &Row) -> Result<Violation, Error> {
    Ok(Violation {
        id: ViolationId(row.int(0)?),
        code: row.text(1)?,
        name: row.text(2)?,
        name_en: row.text(3)?,
        group: row.opt_text(4)?.map(|code| group(&code)).transpose()?,
        decree: row.text(5)?,
        confidence: row.text(6)?,
    })
}

fn category(row: &Row) -> Result<Category, Error> {
    Ok(Category {
        id: CategoryId(row.int(0)?),
        code: row.text(1)?,
        name: row.text(2)?,
        name_en: row.text(3)?,
        units: list(&row.text(4)?),
    })
}
