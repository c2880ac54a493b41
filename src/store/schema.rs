//! Making a casebook, and bringing an older one up to the current schema.

use super::engine::{Dialect, Engine};
use super::error::Error;
use super::{NewCasebook, journal, reference, sql};
use crate::domain::{Action, Stamp};

/// The version of `schema.sql`.
const VERSION: i64 = 1;

/// Steps from each older version to the next, the first from version 1. Each
/// is run in a transaction of its own.
const STEPS: &[&str] = &[];

/// Makes a casebook if there is none; tells whether it did.
pub(super) fn create(engine: &mut dyn Engine, new: &NewCasebook, stamp: &Stamp) -> Result<bool, Error> {
    if is_current(engine)? {
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
    engine.batch(&of_dialect(sql::SCHEMA, engine.dialect()))?;
    engine.set_version(VERSION)?;
    reference::save(engine, &new.currency, &new.reference)?;
    let body = journal::made_of(&new.currency, &new.reference);
    journal::append(engine, stamp, journal::CASEBOOK, &journal::Subject::of(Action::Init), &body)?;
    Ok(true)
}

/// Whether there is a casebook of the current version; an older one is
/// brought up to it, a newer one refused.
pub(super) fn is_current(engine: &mut dyn Engine) -> Result<bool, Error> {
    let Some(found) = engine.version()? else { return Ok(false) };
    if found > VERSION {
        return Err(Error::Newer { found, known: VERSION });
    }
    for version in found..VERSION {
        upgrade(engine, version)?;
    }
    Ok(true)
}

fn upgrade(engine: &mut dyn Engine, from: i64) -> Result<(), Error> {
    let step = usize::try_from(from - 1).ok().and_then(|at| STEPS.get(at));
    let step = step.ok_or_else(|| Error::Corrupt(format!("there is no way up from version {from}")))?;
    engine.begin()?;
    let done = engine
        .batch(&of_dialect(step, engine.dialect()))
        .and_then(|()| engine.set_version(from + 1))
        .and_then(|()| engine.commit());
    if done.is_err() {
        engine.rollback()?;
    }
    done
}

/// The lines of a schema that are meant for a dialect.
fn of_dialect(schema: &str, dialect: Dialect) -> String {
    let line = |line: &str| match (dialect, line.trim_end().strip_suffix("-- sqlite")) {
        (Dialect::Sqlite, _) => Some(line.to_owned()),
        (Dialect::Postgres, Some(_)) => None,
        (Dialect::Postgres, None) => Some(line.replacen("--postgres ", "", 1)),
    };
    schema.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dialect_has_its_lines() {
        let schema = "a\n    b -- sqlite\n    --postgres c\n-- a comment\n";
        assert_eq!(of_dialect(schema, Dialect::Sqlite), schema.trim_end());
        assert_eq!(of_dialect(schema, Dialect::Postgres), "a\n    c\n-- a comment");
    }
}
