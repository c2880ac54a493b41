//! The jobs, and how each program is told to do them.

// All are told alike, those too that can't fail.
#![allow(clippy::unnecessary_wraps)]

use std::path::PathBuf;
use std::process::Command;

use crate::place::{Peer, Place};
use crate::{Failure, sql};

/// A job that programs are measured at.
pub struct Job {
    /// As `--jobs` names it.
    pub name: &'static str,
    /// What is done, for the table.
    pub title: &'static str,
    /// How a program does it; nothing where it takes no part.
    pub command: fn(&Place, Peer) -> Result<Option<Command>, Failure>,
    /// Whether it makes the database anew.
    pub makes: bool,
}

/// All of them, in the order in which they are done.
pub const JOBS: &[Job] = &[
    Job { name: "import", title: "import without the search index, durable at the end", command: import, makes: true },
    Job { name: "index", title: "search index built", command: index, makes: false },
    Job { name: "region", title: "totals by region and month", command: by_region, makes: false },
    Job { name: "province", title: "totals by province and month", command: by_province, makes: false },
    Job { name: "month", title: "a month with its comparisons", command: month, makes: false },
    Job { name: "ragged", title: "totals by province and month, two ragged ends", command: ragged, makes: false },
    Job { name: "agency", title: "agency, category and dates, by province", command: agency, makes: false },
    Job { name: "list", title: "list --limit 20 by fine", command: list, makes: false },
    Job { name: "show", title: "show by id", command: show, makes: false },
    Job { name: "number", title: "show by case number", command: number, makes: false },
    Job { name: "search", title: "search of two words, newest 20", command: search, makes: false },
    Job { name: "record", title: "record of one case, durable", command: record, makes: false },
    Job { name: "thousand", title: "1,000 cases one by one in one process", command: thousand, makes: false },
    Job { name: "export", title: "export to CSV", command: export, makes: false },
    Job { name: "version", title: "--version", command: version, makes: false },
];

/// The number of the case that is shown by its number.
pub const NUMBER: &str = "01/BENCH";

const COLUMNS: &str = "province, agency, detected_on, violation, category, goods, quantity, unit, fine_amount, \
    seized_value, decided_on, brand, origin, note";

type Told = Result<Option<Command>, Failure>;

fn provinces() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/data/regions/provinces.csv").to_owned()
}

fn import(place: &Place, peer: Peer) -> Told {
    let csv = place.csv.display().to_string();
    place.clear(peer)?;
    let into = |table: &str, schema: &str| format!(".import --csv --skip 1 {schema} \"{csv}\" {table}");
    let regions = format!(".import --csv --skip 1 \"{}\" place", provinces());
    // Both programs of SQLite's keep its own defaults: a rollback journal and
    // synchronous = full, so that what they have written is durable.
    let lines = match peer {
        Peer::Casebook => {
            let mut arguments = vec!["import", "--quiet"];
            if place.can_leave_index {
                arguments.push("--no-search-index");
            }
            arguments.push(&csv);
            return Ok(Some(place.casebook(&arguments)));
        }
        Peer::SqliteStrict => vec![
            sql::STRICT.to_owned(),
            into("staged", "--schema temp"),
            sql::FROM_STAGED.to_owned(),
            sql::INDEXES.to_owned(),
            sql::PLACES.to_owned(),
            regions,
        ],
        Peer::SqliteLoose => vec![
            format!("create table cases ({COLUMNS});"),
            into("cases", ""),
            sql::INDEXES.to_owned(),
            sql::PLACES.to_owned(),
            regions,
        ],
        Peer::DuckDb => vec![
            sql::DUCKDB.to_owned(),
            format!("copy cases from '{csv}' (header);"),
            sql::PLACES.to_owned(),
            format!("copy place from '{}' (header);", provinces()),
            "checkpoint;".to_owned(),
        ],
        Peer::SqliteUtils => {
            let Some(program) = place.program("sqlite-utils") else { return Ok(None) };
            let mut command = Command::new(program);
            command.arg("insert").arg(place.database(peer)).args(["cases", &csv, "--csv"]);
            return Ok(Some(command));
        }
        Peer::SqliteOurs | Peer::Bare => return Ok(None),
    };
    Ok(Some(place.sql(peer, &lines)))
}

/// The same question to casebook and to those who take SQL.
fn asked(place: &Place, peer: Peer, casebook: &[&str], sql: String) -> Option<Command> {
    match peer {
        Peer::Casebook => Some(place.casebook(casebook)),
        Peer::SqliteStrict | Peer::DuckDb => Some(place.sql(peer, &[sql])),
        _ => None,
    }
}

fn index(place: &Place, peer: Peer) -> Told {
    Ok(match peer {
        Peer::Casebook if place.can_leave_index => Some(place.casebook(&["rebuild", "--search-index", "--quiet"])),
        Peer::SqliteStrict if place.can_leave_index => {
            let prepared = Place::inside("fold", &place.database(peer))?.status()?;
            if !prepared.success() {
                return Err("the text could not be folded".into());
            }
            let make = "create virtual table words using fts5(text, content='folded', content_rowid='rowid', \
                tokenize=\"ascii tokenchars '!|'\");";
            let build = "insert into words(words) values('rebuild');";
            Some(place.sql(peer, &[make.to_owned(), build.to_owned()]))
        }
        _ => None,
    })
}

fn by_region(place: &Place, peer: Peer) -> Told {
    let told = ["totals", "--by", "region,month", "--format", "csv", "--no-empty"];
    Ok(asked(place, peer, &told, sql::by_region(peer)))
}

fn by_province(place: &Place, peer: Peer) -> Told {
    let told = ["totals", "--by", "province,month", "--format", "csv", "--no-empty"];
    Ok(asked(place, peer, &told, sql::by_province(peer)))
}

fn month(place: &Place, peer: Peer) -> Told {
    Ok(asked(place, peer, &["month", "2026-09", "--format", "csv"], sql::month()))
}

const ENDS: [&str; 4] = ["--from", "2024-01-10", "--to", "2026-03-20"];

fn ragged(place: &Place, peer: Peer) -> Told {
    let told = [&["totals", "--by", "province,month", "--format", "csv", "--no-empty"][..], &ENDS[..]].concat();
    Ok(asked(place, peer, &told, sql::ragged(peer)))
}

fn agency(place: &Place, peer: Peer) -> Told {
    let told = ["totals", "--by", "province", "--format", "csv", "--agency", "Đội QLTT số 1 (Cao Bằng)"];
    let told = [&told[..], &["--category", "ruou_bia"], &ENDS[..]].concat();
    Ok(asked(place, peer, &told, sql::agency()))
}

fn list(place: &Place, peer: Peer) -> Told {
    let told = ["list", "--limit", "20", "--sort", "fine_amount", "--format", "csv"];
    Ok(asked(place, peer, &told, sql::LARGEST.to_owned()))
}

fn show(place: &Place, peer: Peer) -> Told {
    let output = place.casebook(&["list", "--limit", "1", "--format", "jsonl"]).output()?;
    let case: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let id = case["id"].as_str().ok_or("a case without an id")?;
    Ok(asked(place, peer, &["show", id], "select * from cases where rowid = 4711".to_owned()))
}

fn recording<'a>(number: &'a str, goods: &'a str) -> Vec<&'a str> {
    let fields = ["record", "--quiet", "--province", "Cao Bằng", "--agency", "Đội QLTT số 1", "--date", "2026-10-31"];
    [&fields[..], &["--goods", goods, "--case-no", number]].concat()
}

fn number(place: &Place, peer: Peer) -> Told {
    if peer != Peer::Casebook {
        return Ok(None);
    }
    if !place.casebook(&["show", NUMBER]).output()?.status.success() {
        place.casebook(&recording(NUMBER, "bật lửa")).output()?;
    }
    Ok(Some(place.casebook(&["show", NUMBER])))
}

fn search(place: &Place, peer: Peer) -> Told {
    let told = ["search", "ruou lotus", "--limit", "20", "--format", "csv"];
    let find =
        "select * from cases where goods like '%ượu%' and goods like '%Lotus%' order by detected_on desc limit 20";
    if peer == Peer::Casebook && place.can_leave_index {
        // Built where the job that builds it was left out.
        if !place.casebook(&["search", "ruou"]).output()?.status.success() {
            place.casebook(&["rebuild", "--search-index", "--quiet"]).output()?;
        }
    }
    Ok(asked(place, peer, &told, find.to_owned()))
}

/// A name that no run had before.
fn fresh() -> Result<String, Failure> {
    Ok(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_nanos().to_string())
}

fn record(place: &Place, peer: Peer) -> Told {
    let fresh = fresh()?;
    Ok(match peer {
        Peer::Casebook => Some(place.casebook(&recording(&fresh, "bật lửa"))),
        Peer::SqliteLoose => {
            let bare: PathBuf = place.folder.join("one.db");
            if !bare.exists() {
                let table = "pragma journal_mode = wal; create table cases (number, province, agency, found, goods);";
                Command::new("sqlite3").arg(&bare).arg(table).output()?;
            }
            let insert =
                format!("insert into cases values ('{fresh}', '04', 'Đội QLTT số 1', '2026-10-31', 'bật lửa');");
            let mut command = Command::new("sqlite3");
            command.arg(&bare).arg("pragma synchronous = full;").arg(insert);
            Some(command)
        }
        _ => None,
    })
}

fn thousand(place: &Place, peer: Peer) -> Told {
    let database = place.folder.join(format!("thousand-{}.db", fresh()?));
    Ok(match peer {
        Peer::Casebook => Some(Place::inside("record", &database)?),
        Peer::Bare => Some(Place::inside("bare", &database)?),
        _ => None,
    })
}

fn export(place: &Place, peer: Peer) -> Told {
    Ok(match peer {
        Peer::Casebook => Some(place.casebook(&["export", "--format", "csv"])),
        Peer::SqliteStrict => Some(place.sql(peer, &[format!("select {COLUMNS} from cases;")])),
        Peer::SqliteOurs => Some(place.sql(peer, &[".headers on".to_owned(), sql::EXPORT.to_owned()])),
        Peer::DuckDb => Some(place.sql(peer, &[format!("copy cases to '{}' (header);", place.output(peer).display())])),
        _ => None,
    })
}

fn version(place: &Place, peer: Peer) -> Told {
    Ok(match peer {
        Peer::Casebook => Some(place.casebook(&["--version"])),
        Peer::Bare => Some(Place::inside("nothing", &place.folder)?),
        _ => None,
    })
}
