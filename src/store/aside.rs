//! Indexes that a large import does without, until its end.
//!
//! An index that is made of all cases at once is sorted and written from end
//! to end. One that is there takes every case at a place of its own, which
//! costs the more the larger it is. SQLite alone needs this, and can do it: a
//! transaction that writes is the only one.

use super::engine::{Dialect, Engine};
use super::error::Error;
use super::known_ids::KnownIds;
use super::sql;

/// The indexes of cases that nearly every case is in. The index of their
/// numbers stays: it is asked for each case that has one.
const INDEXES: [&str; 5] =
    ["cases_by_id", "cases_by_detected_on", "cases_by_decided_on", "cases_by_fine", "cases_by_agency"];
/// An import that has brought fewer cases than this leaves all as it is.
const FEWEST: i64 = 10_000;
/// So does one that has brought less than this part of what there was.
const PART: i64 = 4;
/// So does one into more cases than these: the filter of [`KnownIds`] would
/// tell of too few ids that they are new.
const MOST: i64 = 20_000_000;

/// Whether an import has grown so large that indexes had better be set aside.
pub(super) fn pays(engine: &dyn Engine, before: i64, brought: i64) -> bool {
    engine.dialect() == Dialect::Sqlite && before <= MOST && brought >= FEWEST.max(before / PART)
}

/// Indexes that are set aside, and what does their work meanwhile.
pub(super) struct Aside {
    /// The statements that make them.
    made_by: Vec<String>,
    pub(super) ids: KnownIds,
}

impl Aside {
    /// Sets indexes aside. The days of detection are still looked up where
    /// `keep_days`.
    pub(super) fn set(engine: &mut dyn Engine, keep_days: bool) -> Result<Self, Error> {
        let ids = KnownIds::of_all(engine)?;
        let mut made_by = Vec::new();
        for name in INDEXES.into_iter().filter(|name| !(keep_days && *name == "cases_by_detected_on")) {
            let Some(statement) = engine.row(sql::INDEX_OF_CASES, &[name.into()], |row| row.text(0))? else { continue };
            engine.batch(&format!("drop index {name}"))?;
            made_by.push(statement);
        }
        Ok(Self { made_by, ids })
    }

    /// Makes them again.
    pub(super) fn restore(self, engine: &mut dyn Engine) -> Result<(), Error> {
        drop(self.ids);
        engine.execute(sql::FORGET_IDS, &[])?;
        engine.batch(sql::SORT_ON_TWO_CORES)?;
        self.made_by.iter().try_for_each(|statement| engine.batch(statement))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::Sqlite;

    #[test]
    fn it_pays_for_many_beside_what_was_there_and_where_a_filter_helps() {
        let sqlite = Sqlite::in_memory().unwrap();
        for (before, brought, is_worth) in [
            (0, FEWEST - 1, false),
            (0, FEWEST, true),
            (1_000_000, 249_999, false),
            (1_000_000, 250_000, true),
            (MOST, MOST, true),
            (MOST + 1, MOST, false),
        ] {
            assert_eq!(pays(&sqlite, before, brought), is_worth, "{before} {brought}");
        }
    }
}
