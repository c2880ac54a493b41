//! What this program does itself, each in a process of its own so that its
//! memory can be told.

use std::path::Path;

use casebook::domain::{Case, Currency, Dating, Entry, Field, Filter, Reference, ReferenceTexts, Stamp, word_key};
use casebook::store::{ExportQuery, NewCasebook, Store};
use casebook::text::fold as fold_text;
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

/// Puts the words of each case, as casebook's index has them, into a table
/// beside the rows of a database: FTS5 is given the same text.
fn fold(database: &Path) -> Result<(), Failure> {
    let ours = database.with_file_name("Casebook.db");
    let mut store = Store::open(&ours.display().to_string())?;
    let reference = store.reference().clone();
    let connection = Connection::open(database)?;
    connection
        .execute_batch("drop table if exists words; drop table if exists folded; begin; create table folded (text);")?;
    let mut insert = connection.prepare("insert into folded values (?1)")?;
    let mut failed = None;
    let all = ExportQuery { filter: Filter::default(), period: None, dating: Dating::Happened };
    store.export(&all, &mut |case| {
        failed = insert.execute([words(&case, &reference)]).err();
        failed.is_none()
    })?;
    failed.map_or(Ok(()), Err)?;
    connection.execute_batch("commit")?;
    Ok(())
}

fn words(case: &Case, reference: &Reference) -> String {
    let folded = |text| fold_text(text).split_ascii_whitespace().map(word_key).collect::<Vec<_>>().join(" ");
    case.texts(reference).into_iter().map(|(_, text)| folded(text)).collect::<Vec<_>>().join(" | ")
}
