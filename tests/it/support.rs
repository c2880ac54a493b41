//! Casebooks to test with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use casebook::domain::{
    Currency, Dating, Draft, Entry, Field, Filter, Incoming, Known, ReadCase, Reference, ReferenceTexts, Stamp,
};
use casebook::store::{ListQuery, NewCasebook, SortKey, Store};
use chrono::{DateTime, NaiveDate};
use tempfile::TempDir;
use uuid::Uuid;

pub const TODAY: &str = "2026-11-01";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn stamp() -> Stamp {
    Stamp { at: DateTime::UNIX_EPOCH, today: day(TODAY), who: "an".into() }
}

pub fn reference() -> Reference {
    Reference::parse(&ReferenceTexts::default()).unwrap()
}

pub fn vietnam() -> NewCasebook {
    NewCasebook { currency: Currency::vnd(), reference: reference() }
}

pub fn in_memory() -> Store {
    Store::in_memory(&vietnam(), &stamp()).unwrap()
}

/// A list of all cases that a filter takes in, newest first.
pub fn list_query(filter: Filter) -> ListQuery {
    ListQuery {
        filter,
        period: None,
        kind: None,
        dating: Dating::Happened,
        sort: SortKey::DetectedOn,
        ascending: false,
        limit: None,
        offset: 0,
    }
}

/// An entry of fields by their keys.
pub fn entry(fields: &[(&str, &str)]) -> Entry {
    let mut entry = Entry::default();
    for (key, value) in fields {
        let field = Field::from_key(key).unwrap_or_else(|| panic!("no field {key}"));
        entry.set(field, None, (*value).to_owned()).unwrap();
    }
    entry
}

/// A valid entry, with some fields set otherwise.
pub fn case_with(fields: &[(&str, &str)]) -> Entry {
    let mut all = vec![
        ("province", "Đồng Tháp"),
        ("agency", "Đội QLTT số 10"),
        ("detected_on", "2026-02-28"),
        ("goods", "hàng giả mạo nhãn hiệu"),
    ];
    all.retain(|(key, _)| !fields.iter().any(|(other, _)| key == other));
    all.extend(fields);
    entry(&all)
}

/// A place for a casebook on one of the engines; gone when dropped.
pub struct Place {
    pub address: String,
    schema: Option<(String, String)>,
    _folder: TempDir,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((base, schema)) = &self.schema
            && let Ok(mut client) = postgres::Client::connect(base, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("drop schema if exists {schema} cascade"));
        }
    }
}

impl Place {
    pub fn create(&self) -> Store {
        Store::create(&self.address, &vietnam(), &stamp()).unwrap()
    }

    pub fn open(&self) -> Store {
        Store::open(&self.address).unwrap()
    }

    /// The number that a query gives, past the program.
    pub fn number(&self, sql: &str) -> i64 {
        if self.is_postgres() {
            let mut client = postgres::Client::connect(&self.address, postgres::NoTls).unwrap();
            client.query_one(sql, &[]).unwrap().get(0)
        } else {
            let connection = rusqlite::Connection::open(&self.address).unwrap();
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        }
    }

    /// Runs a statement behind the program's back.
    pub fn tamper(&self, sql: &str) {
        if self.is_postgres() {
            let mut client = postgres::Client::connect(&self.address, postgres::NoTls).unwrap();
            client.batch_execute(sql).unwrap();
        } else {
            rusqlite::Connection::open(&self.address).unwrap().execute_batch(sql).unwrap();
        }
    }

    /// Another casebook on the same engine.
    pub fn another(&self) -> Self {
        if self.is_postgres() { postgres().unwrap() } else { sqlite() }
    }

    /// A casebook with what is in this one, as version 1 kept it.
    pub fn in_version_1(&self) -> Self {
        let old = self.another();
        old.tamper(&self.lines(&fs::read_to_string(folder("tests/fixtures/schema-1.sql")).unwrap()));
        let (attach, source, version) = match &self.schema {
            None => (
                format!("attach '{}' as new; pragma foreign_keys = off;", self.address),
                "new".to_owned(),
                format!("pragma application_id = {}; pragma user_version = 1;", 0x4373_426B),
            ),
            Some((_, schema)) => (
                String::new(),
                schema.clone(),
                "update setting set value = '1' where name = 'schema_version'; \
                 select setval(pg_get_serial_sequence('cases', 'case_seq'), (select max(case_seq) from cases)); \
                 select setval(pg_get_serial_sequence('agency', 'agency_id'), (select max(agency_id) from agency));"
                    .to_owned(),
            ),
        };
        // The columns of cases since then are left out.
        let (columns, _) = include_str!("../../src/store/sql/case_columns.sql").split_once("import_id").unwrap();
        let columns = format!("{columns} case_seq");
        let copied = TABLES_1.map(|table| match table {
            "cases" => format!("insert into cases ({columns}) select {columns} from {source}.cases;"),
            _ => format!("insert into {table} select * from {source}.{table};"),
        });
        old.tamper(&format!("{attach} {} {version}", copied.concat()));
        old
    }

    /// The lines of a schema that are meant for this engine.
    fn lines(&self, schema: &str) -> String {
        if !self.is_postgres() {
            return schema.to_owned();
        }
        let lines = schema.lines().filter(|line| !line.ends_with("-- sqlite"));
        lines.map(|line| line.replacen("--postgres ", "", 1) + "\n").collect()
    }

    pub fn is_postgres(&self) -> bool {
        self.schema.is_some()
    }
}

/// The tables of version 1, each after those that it refers to.
const TABLES_1: [&str; 16] = [
    "setting",
    "region",
    "province",
    "province_kind",
    "province_alias",
    "force",
    "violation",
    "category",
    "agency",
    "cases",
    "goods",
    "payment",
    "disposal",
    "total",
    "chain",
    "journal",
];

/// A new file.
pub fn sqlite() -> Place {
    let folder = TempDir::new().unwrap();
    let address = folder.path().join("case book.db").display().to_string();
    Place { address, schema: None, _folder: folder }
}

/// A schema of its own in the tests' PostgreSQL, if there is one. Where the
/// environment says that this is CI, there must be.
pub fn postgres() -> Option<Place> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let Ok(base) = std::env::var("CASEBOOK_TEST_POSTGRES") else {
        assert!(std::env::var_os("CI").is_none(), "CI must set CASEBOOK_TEST_POSTGRES");
        eprintln!("left out: PostgreSQL (set CASEBOOK_TEST_POSTGRES to postgres://…)");
        return None;
    };
    let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut client = postgres::Client::connect(&base, postgres::NoTls).unwrap();
    client.batch_execute(&format!("create schema {schema}")).unwrap();
    let sign = if base.contains('?') { '&' } else { '?' };
    let address = format!("{base}{sign}options=-csearch_path%3D{schema}");
    Some(Place { address, schema: Some((base, schema)), _folder: TempDir::new().unwrap() })
}

/// Runs a test on every engine that there is.
pub fn on_each_engine(test: impl Fn(&Place)) {
    test(&sqlite());
    if let Some(place) = postgres() {
        test(&place);
    }
}

/// The program, with nothing of the user's around it.
pub fn program(db: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    command.env_clear();
    command.env("CASEBOOK_DB", db).env("CASEBOOK_TODAY", TODAY).env("CASEBOOK_USER", "an");
    command.env("XDG_CONFIG_HOME", &nowhere).env("XDG_DATA_HOME", &nowhere).env("HOME", &nowhere);
    command
}

pub fn run(db: &str, arguments: &[&str]) -> Output {
    program(db).args(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The arguments of a case that can be recorded.
pub const RECORD: [&str; 9] =
    ["record", "--province", "Đồng Tháp", "--agency", "Đội QLTT số 10", "--date", "2026-02-28", "--goods", "thuốc lá"];

pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A case as who reads files hands it over.
pub fn incoming(entry: &Entry, store: &Store, today: NaiveDate) -> Incoming<()> {
    let (reference, currency) = (store.reference(), store.currency());
    let draft = Draft { entry, id: Uuid::nil(), reference, currency, today };
    let made = |(case, warnings)| ReadCase::new(case, warnings, reference, &mut Known::default());
    Incoming { place: (), table: 1, rows: 1, entry: entry.clone(), read: draft.read().map(made) }
}

/// A program of the system's, if it is there. Where the environment says that
/// this is CI, it must be.
pub fn real_program(names: &[&'static str]) -> Option<&'static str> {
    let found = names.iter().find(|name| Command::new(name).arg("--version").output().is_ok()).copied();
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "CI must have {}", names[0]);
        eprintln!("left out: {} is not here", names[0]);
    }
    found
}

/// Lets LibreOffice convert a file; tells the file that it made of it.
pub fn converted(soffice: &str, path: &Path, to: &str, extension: &str) -> PathBuf {
    let folder = path.parent().unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new(soffice);
    command.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(folder).arg(path);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    path.with_extension(extension)
}

/// The text of a printed page, as poppler reads it.
pub fn pdf_text(pdf: &[u8]) -> Option<String> {
    let pdftotext = real_program(&["pdftotext"])?;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.pdf");
    fs::write(&path, pdf).unwrap();
    let output = Command::new(pdftotext).arg("-layout").arg(&path).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    Some(stdout(&output))
}
