//! What this program does itself, each in a process of its own so that its
//! memory can be told.

use std::path::Path;

use casebook::domain::{Currency, Entry, Field, Reference, ReferenceTexts, Stamp};
use casebook::store::{NewCasebook, Store};
use rusqlite::Connection;

use crate::{Failure, cases};

/// How many cases are written one by one.
const ONE_BY_ONE: usize = 1_000;

/// Does the one thing of that name.
pub fn run(what: &str, database: &Path) -> Result<(), Failure> {
    match what {
        "nothing" => Ok(()),
        "record" => record(database),
        "bare" => bare(database),
        "fold" => fold(database),
        other => Err(format!("there is nothing inside by the name of {other}").into()),
    }
}

fn made_up() -> Result<Vec<csv::StringRecord>, Failure> {
    let mut text = Vec::new();
    cases::write(&mut text, ONE_BY_ONE as u64)?;
    let rows: Result<_, _> = csv::Reader::from_reader(text.as_slice()).into_records().collect();
    Ok(rows?)
}

/// Records cases in casebook, each durable before the next.
fn record(database: &Path) -> Result<(), Failure> {
    let now = chrono::Utc::now();
    let stamp = Stamp { at: now, today: now.date_naive(), who: "bench".to_owned() };
    let new = NewCasebook { currency: Currency::vnd(), reference: Reference::parse(&ReferenceTexts::default())? };
    let mut store = Store::create(&database.display().to_string(), &new, &stamp)?;
    for row in made_up()? {
        let mut entry = Entry::default();
        for (key, value) in cases::COLUMNS.iter().zip(&row).filter(|(_, value)| !value.is_empty()) {
            let field = Field::from_key(key).ok_or("a column that is no field")?;
            entry.set(field, None, value.to_owned()).map_err(|error| format!("{error:?}"))?;
        }
        store.record(&entry, &stamp)?;
    }
    Ok(())
}

/// Inserts the same rows as they are, each in a transaction as durable.
fn bare(database: &Path) -> Result<(), Failure> {
    let connection = Connection::open(database)?;
    connection.execute_batch(&format!(
        "pragma journal_mode = wal; pragma synchronous = full; create table cases ({});",
        cases::COLUMNS.join(", ")
    ))?;
    let mut insert =
        connection.prepare("insert into cases values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")?;
    for row in made_up()? {
        insert.execute(rusqlite::params_from_iter(row.iter()))?;
    }
    Ok(())
}

/// Puts the words of each row, folded, beside the rows of a database, for
/// FTS5 to be given the same text as casebook's index.
fn fold(database: &Path) -> Result<(), Failure> {
    let connection = Connection::open(database)?;
    connection
        .execute_batch("drop table if exists words; drop table if exists folded; begin; create table folded (text);")?;
    {
        let mut rows = connection.prepare("select agency, goods, brand, origin, note from cases order by rowid")?;
        let mut insert = connection.prepare("insert into folded values (?1)")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let texts: Result<Vec<String>, _> = (0..5).map(|at| row.get::<_, String>(at)).collect();
            insert.execute([casebook::text::fold(&texts?.join(" "))])?;
        }
    }
    connection.execute_batch("commit")?;
    Ok(())
}
