//! Making a casebook, and bringing an older one up to the current schema.

use super::engine::Engine;
use super::error::Error;
use super::{NewCasebook, journal, reference, sql};
use crate::domain::{Action, Stamp};

/// The version of `schema.sql`.
const VERSION: i64 = 8;

/// Steps from each older version to the next, the first from version 1.
const STEPS: &[&str] = &[
    include_str!("sql/step_1.sql"),
    include_str!("sql/step_2.sql"),
    include_str!("sql/step_3.sql"),
    include_str!("sql/step_4.sql"),
    include_str!("sql/step_5.sql"),
    include_str!("sql/step_6.sql"),
    include_str!("sql/step_7.sql"),
];

/// Makes a casebook if there is none; tells whether it did.
pub(super) fn create(engine: &mut dyn Engine, new: &NewCasebook, stamp: &Stamp) -> Result<bool, Error> {
    if is_there(engine)? {
        return Ok(false);
    }
    engine.begin()?;
    let made = create_here(engine, new, stamp);
    match made {
        Ok(true) => {
            engine.commit()?;
            Ok(true)
        }
        other => {
            engine.rollback()?;
            other
        }
    }
}

fn create_here(engine: &mut dyn Engine, new: &NewCasebook, stamp: &Stamp) -> Result<bool, Error> {
    engine.hold_schema()?;
    // Another process may have made it since we looked.
    if engine.version()?.is_some() {
        return Ok(false);
    }
    engine.batch(&engine.dialect().lines(sql::SCHEMA))?;
    engine.set_version(VERSION)?;
    reference::save(engine, &new.currency, &new.reference)?;
    let body = journal::made_of(&new.currency, &new.reference);
    journal::append(engine, stamp, journal::CASEBOOK, &journal::Subject::of(Action::Init), &body)?;
    Ok(true)
}

/// Whether there is a casebook; a newer one is refused.
pub(super) fn is_there(engine: &mut dyn Engine) -> Result<bool, Error> {
    match engine.version()? {
        Some(found) if found > VERSION => Err(Error::Newer { found, known: VERSION }),
        found => Ok(found.is_some()),
    }
}

/// Whether the casebook has the current schema.
pub(super) fn is_current(engine: &mut dyn Engine) -> Result<bool, Error> {
    Ok(engine.version()? == Some(VERSION))
}

/// The first version that had the search index.
pub(super) const WITH_INDEX: i64 = 2;

/// Takes all steps from an older schema to the current one, in a transaction
/// that it begins and the caller ends; tells from which version. What follows
/// from the cases is to be filled in by the caller before.
pub(super) fn step_up(engine: &mut dyn Engine) -> Result<i64, Error> {
    let found = engine.version()?.unwrap_or_default();
    let unwritable = |error| match error {
        Error::ReadOnly(_) => Error::Older { found, known: VERSION },
        other => other,
    };
    engine.begin().map_err(unwritable)?;
    engine.hold_schema()?;
    // Another process may have taken them since we looked.
    let found = engine.version()?.unwrap_or_default();
    if found > VERSION {
        return Err(Error::Newer { found, known: VERSION });
    }
    for version in found..VERSION {
        let step = usize::try_from(version - 1).ok().and_then(|at| STEPS.get(at));
        let step = step.ok_or_else(|| Error::Corrupt(format!("there is no way up from version {version}")))?;
        engine.batch(&engine.dialect().lines(step)).map_err(unwritable)?;
    }
    engine.set_version(VERSION)?;
    Ok(found)
}
