//! Handing over many cases, one by one, in an order that is always the same.

use std::io::{Read, Seek, Write};

use super::cases::MOST_AT_ONCE;
use super::error::Error;
use super::list::period_values;
use super::{Store, sql};
use crate::domain::{Case, Dating, Filter, Period};

/// Which cases are exported.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportQuery {
    /// Which cases it takes in.
    pub filter: Filter,
    /// A period in which something happened to them.
    pub period: Option<Period>,
    /// The day on which that counts.
    pub dating: Dating,
}

/// So many bytes of row numbers are held in memory; more of them go to a file.
const HELD: usize = 1 << 20;

impl Store {
    /// Hands over cases one by one, as [`Store::export_batches`] does.
    pub fn export(&mut self, query: &ExportQuery, each: &mut dyn FnMut(Case) -> bool) -> Result<(), Error> {
        self.export_batches(query, &mut |cases| cases.into_iter().all(&mut *each))
    }

    /// Hands over cases by the day of detection and their ids, some at a time
    /// and all of one state of the casebook, as long as `each` wants more.
    /// Memory does not grow with them.
    pub fn export_batches(
        &mut self,
        query: &ExportQuery,
        each: &mut dyn FnMut(Vec<Case>) -> bool,
    ) -> Result<(), Error> {
        self.read(|store| {
            let mut values = store.filter_values(&query.filter)?;
            values.extend(period_values(query.period, query.dating, None));
            let mut rows = tempfile::spooled_tempfile(HELD);
            let failed = |error: std::io::Error| Error::Engine(error.to_string());
            store
                .engine
                .query(sql::EXPORTED, &values, &mut |row| rows.write_all(&row.int(0)?.to_le_bytes()).map_err(failed))?;
            rows.rewind().map_err(failed)?;
            let mut rows = std::io::BufReader::new(rows);
            loop {
                let seqs = next_numbers(&mut rows).map_err(failed)?;
                if seqs.is_empty() {
                    return Ok(());
                }
                let cases = store.load_cases(&seqs)?.into_iter().map(|loaded| loaded.case).collect();
                if !each(cases) {
                    return Ok(());
                }
            }
        })
    }
}

/// The next row numbers, as many as are read at once.
fn next_numbers(rows: &mut impl Read) -> std::io::Result<Vec<i64>> {
    let mut bytes = Vec::new();
    rows.take(8 * MOST_AT_ONCE as u64).read_to_end(&mut bytes)?;
    let number = |bytes: &[u8]| bytes.try_into().map(i64::from_le_bytes).ok();
    Ok(bytes.chunks_exact(8).filter_map(number).collect())
}
