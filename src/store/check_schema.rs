//! Whether a SQLite file has the schema that the program gave it. A view that
//! says something else would give other figures of cases that are right.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rusqlite::Connection;

use super::sql;

/// What a schema is made of: kinds and names, and how each is written.
type Things = BTreeMap<(String, String), String>;

fn things(connection: &Connection) -> rusqlite::Result<Things> {
    let mut statement = connection.prepare("select type, name, sql from sqlite_schema where sql is not null")?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?)))?;
    let mut things = Things::new();
    for row in rows {
        let ((kind, name), text): ((String, String), String) = row?;
        things.insert((kind, name), plain(&text));
    }
    Ok(things)
}

/// Without comments and white space that say nothing.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// What the program makes, which is always the same.
fn made() -> rusqlite::Result<&'static Things> {
    static MADE: OnceLock<Things> = OnceLock::new();
    if let Some(made) = MADE.get() {
        return Ok(made);
    }
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(sql::SCHEMA)?;
    let things = things(&connection)?;
    Ok(MADE.get_or_init(|| things))
}

/// The first thing of the schema that is not as the program makes it. What
/// others have added for themselves is left alone, unless it can act by
/// itself.
pub(super) fn changed_schema(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let made = made()?;
    let there = things(connection)?;
    // The index keeps tables of its own, written as its version does.
    let is_ours =
        |name: &str| !name.starts_with("search_") || ["search_word", "search_place", "search_term"].contains(&name);
    for (key, written) in made {
        let (kind, name) = key;
        if is_ours(name) && there.get(key) != Some(written) {
            return Ok(Some(format!("schema: {kind} {name} is not as it was made")));
        }
    }
    let trigger = there.into_keys().find(|(kind, _)| kind == "trigger");
    Ok(trigger.map(|(_, name)| format!("schema: there is a trigger {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_compared_by_what_it_says() {
        let changed = |sql: &str| {
            let connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(sql::SCHEMA).unwrap();
            connection.execute_batch(sql).unwrap();
            changed_schema(&connection).unwrap()
        };
        assert_eq!(changed(""), None);
        assert_eq!(changed("create table notes (x); create index mine on cases (note); analyze"), None);
        assert!(changed("create trigger t after insert on cases begin delete from goods; end").is_some());
        assert!(changed("drop view recount").is_some());
        assert!(changed("drop view case_list; create view case_list as select 1").is_some());
    }
}
