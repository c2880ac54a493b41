//! Handing over many cases, one by one, in an order that is always the same.

use std::io::{ErrorKind, Read, Seek, Write};

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

/// So many row numbers are held in memory; more of them go to a file.
const HELD: usize = 1 << 20;

impl Store {
    /// Hands over cases by the day of detection and their ids, all of one
    /// state of the casebook, as long as `each` wants more. Memory does not
    /// grow with them.
    pub fn export(&mut self, query: &ExportQuery, each: &mut dyn FnMut(Case) -> bool) -> Result<(), Error> {
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
            let mut number = [0; 8];
            loop {
                match rows.read_exact(&mut number) {
                    Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
                    read => read.map_err(failed)?,
                }
                if !each(store.load_case(i64::from_le_bytes(number))?.case) {
                    return Ok(());
                }
            }
        })
    }
}
