//! What a person who records a case may want to name: what was named before.

use super::error::Error;
use super::{Store, sql};
use crate::domain::{Case, CategoryId, ProvinceId};

/// How many of the newest cases hints are taken from.
const NEWEST: i64 = 1_000;
/// How many entries at the end of each chain are looked through for the last
/// case that was recorded.
const LAST_ENTRIES: i64 = 50;

/// What the newest cases named, newest first; nothing twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// Communes, each with the province as it was recorded.
    pub communes: Vec<(ProvinceId, String)>,
    /// Goods, each with its category.
    pub goods: Vec<(Option<CategoryId>, String)>,
    /// Units.
    pub units: Vec<String>,
}

impl Store {
    /// What the newest cases named.
    pub fn hints(&mut self) -> Result<Hints, Error> {
        let mut hints = Hints::default();
        self.engine.query(sql::NEWEST_WORDS, &[NEWEST.into()], &mut |row| {
            if let Some(commune) = row.opt_text(1)? {
                push(&mut hints.communes, (ProvinceId(row.int(0)?), commune));
            }
            // The first lot, and one after it.
            for lot in [2, 5] {
                if let Some(name) = row.opt_text(lot)? {
                    push(&mut hints.goods, (row.opt_int(lot + 1)?.map(CategoryId), name));
                }
                if let Some(unit) = row.opt_text(lot + 2)? {
                    push(&mut hints.units, unit);
                }
            }
            Ok(())
        })?;
        Ok(hints)
    }

    /// The case that a user recorded last; where there is none, or none of
    /// late, the one that anyone did.
    pub fn last_recorded(&mut self, who: &str) -> Result<Option<Case>, Error> {
        self.read(|store| {
            let values = [who.into(), LAST_ENTRIES.into()];
            let Some(id) = store.engine.row(sql::LAST_RECORDED, &values, |row| row.id(0))? else { return Ok(None) };
            let seq = store.engine.row(sql::SEQ_BY_ID, &[id.into()], |row| row.int(0))?;
            seq.map(|seq| Ok(store.load_case(seq)?.case)).transpose()
        })
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
