//! Bytes that change: in any column of what is journalled, and anywhere in
//! the file.

use std::fs;
use std::path::Path;

use casebook::domain::{Change, Field, Values};
use casebook::store::{Finding, Store};
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;

use super::{Dice, tries};
use crate::support::{Place, case_with, run, sqlite, stamp, stderr};

/// The tables that hold what is journalled, and what follows from it.
const TABLES: [&str; 19] = [
    "journal",
    "journal",
    "cases",
    "cases",
    "goods",
    "payment",
    "disposal",
    "attachment",
    "agency",
    "chain",
    "total",
    "region",
    "province",
    "province_kind",
    "province_alias",
    "setting",
    "force",
    "violation",
    "category",
];

fn values(fields: &[(Field, &str)]) -> Values {
    fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// A casebook in which every column of every table says something.
fn filled() -> Place {
    let place = sqlite();
    let folder = TempDir::new().unwrap();
    let mut store = place.create();
    let full = [
        ("case_no", "1/BB"),
        ("commune", "Phường 1"),
        ("force", "police"),
        ("partners", "Công an; Hải quan"),
        ("detected_from", "2026-02-01"),
        ("violation", "hang_gia"),
        ("legal_basis", "Điều 9"),
        ("goods", "rượu"),
        ("category", "ruou_bia"),
        ("quantity", "hơn 24,5"),
        ("unit", "chai"),
        ("goods_value", "khoảng 5 triệu"),
        ("brand", "Hiệu"),
        ("origin", "Lào"),
        ("seized_value", "gần 45 triệu"),
        ("decision_no", "35/QĐ"),
        ("decided_on", "2026-03-01"),
        ("fine_amount", "hơn 25 triệu"),
        ("illegal_profit", "2 triệu"),
        ("remedies", "tiêu hủy"),
        ("offender", "Nguyễn Văn A"),
        ("offender_kind", "person"),
        ("offender_id", "0123"),
        ("offender_address", "Huế"),
        ("case_count", "3"),
        ("source", "báo"),
        ("note", "ghi chú"),
    ];
    store.record(&case_with(&full), &stamp()).unwrap();
    for number in ["2/BB", "3/BB"] {
        store
            .record(&case_with(&[("case_no", number), ("province", "Huế"), ("fine_amount", "1tr")]), &stamp())
            .unwrap();
    }
    let photo = folder.path().join("ảnh.jpg");
    fs::write(&photo, "ảnh").unwrap();
    store.attach("1/BB", &[photo], "kho", &stamp()).unwrap();
    let dispose = [
        (Field::DisposedHow, "destroyed"),
        (Field::Lot, "1"),
        (Field::DisposedQuantity, "3"),
        (Field::Minutes, "7/BB"),
    ];
    let changes = [
        Change::Pay(values(&[(Field::PaidAmount, "hơn 5tr"), (Field::PaidOn, "2026-04-01")])),
        Change::Dispose(values(&dispose)),
        Change::Dispose(values(&[(Field::DisposedHow, "sold"), (Field::DisposedValue, "1tr")])),
        Change::Transfer(values(&[(Field::TransferredTo, "Công an"), (Field::Persons, "2")])),
        Change::Close(Values::new()),
    ];
    for change in changes {
        store.change("1/BB", &change, "lý do", &stamp()).unwrap();
    }
    store.change("3/BB", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
    drop(store);
    let rows = "case_no,province,agency,detected_on,goods,fine_amount\n4,Huế,Đội 1,2026-02-27,bia,1000000\n5,Huế,Đội 1,2026-02-28,bia,\n";
    let file = folder.path().join("rows.csv");
    fs::write(&file, rows).unwrap();
    let output = run(&place.address, &["import", &file.display().to_string()]);
    assert!(output.status.success(), "{}", stderr(&output));
    place
}

/// A table as it is: its columns, which of them are its key, and its rows.
struct Table {
    name: &'static str,
    columns: Vec<String>,
    is_key: Vec<bool>,
    rows: Vec<Vec<Value>>,
}

impl Table {
    fn read(connection: &Connection, name: &'static str) -> Self {
        let mut info = connection.prepare(&format!("select name, pk from pragma_table_info('{name}')")).unwrap();
        let info = info.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? > 0))).unwrap();
        let (columns, is_key): (Vec<String>, Vec<bool>) = info.map(Result::unwrap).unzip();
        let rows = rows_of(connection, name).unwrap();
        Self { name, columns, is_key, rows }
    }

    /// Writes a value into a column of the row that has these keys.
    fn write(&self, connection: &Connection, row: &[Value], column: usize, value: &Value) -> rusqlite::Result<usize> {
        let keys = (0..self.columns.len()).filter(|at| self.is_key[*at]);
        let wanted: Vec<String> = keys.clone().map(|at| format!("{} = ?{}", self.columns[at], at + 2)).collect();
        let sql = format!("update {} set {} = ?1 where {}", self.name, self.columns[column], wanted.join(" and "));
        let mut statement = connection.prepare(&sql)?;
        statement.raw_bind_parameter(1, value)?;
        for at in keys {
            statement.raw_bind_parameter(at + 2, &row[at])?;
        }
        statement.raw_execute()
    }
}

fn rows_of(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = connection.prepare(&format!("select * from \"{table}\""))?;
    let count = statement.column_count();
    let rows =
        statement.query_map([], |row| (0..count).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>())?;
    rows.collect()
}

/// The value with one byte changed; `None` where there is none to change.
fn with_one_byte(value: &Value, dice: &mut Dice) -> Option<Value> {
    let mut change = |bytes: &mut [u8]| {
        let at = dice.index(bytes.len());
        bytes[at] ^= u8::try_from(1 + dice.below(255)).unwrap();
    };
    match value {
        Value::Integer(number) => {
            let mut bytes = number.to_le_bytes();
            change(&mut bytes);
            Some(Value::Integer(i64::from_le_bytes(bytes)))
        }
        Value::Text(text) if !text.is_empty() => {
            let mut bytes = text.clone().into_bytes();
            change(&mut bytes);
            // What is no UTF-8 any more is tried in the file itself.
            String::from_utf8(bytes).ok().map(Value::Text)
        }
        Value::Blob(bytes) if !bytes.is_empty() => {
            let mut bytes = bytes.clone();
            change(&mut bytes);
            Some(Value::Blob(bytes))
        }
        _ => None,
    }
}

#[test]
fn every_changed_byte_of_what_is_journalled_is_found() {
    let mut dice = Dice::new("bytes of what is journalled");
    let place = filled();
    let connection = Connection::open(&place.address).unwrap();
    connection
        .execute_batch("pragma ignore_check_constraints = on; pragma foreign_keys = off; pragma synchronous = off")
        .unwrap();
    let tables = TABLES.map(|name| Table::read(&connection, name));
    let mut store = place.open();
    let (mut tried, mut undone) = (0, 0);
    while tried < tries(2_000, 20_000) {
        let table = dice.pick(&tables);
        let row = dice.pick(&table.rows);
        let column = dice.index(row.len());
        let Some(value) = with_one_byte(&row[column], &mut dice) else { continue };
        // A key that another row has is refused by the engine itself.
        if table.write(&connection, row, column, &value).is_err() {
            continue;
        }
        let what = format!("{}.{}: {:?} → {value:?}", table.name, table.columns[column], row[column]);
        let finding = store.verify().unwrap_or_else(|error| panic!("{what}: {error}")).finding;
        assert!(finding.is_some(), "not found: {what}");
        tried += 1;
        let mut changed = row.clone();
        changed[column] = value;
        assert_eq!(table.write(&connection, &changed, column, &row[column]), Ok(1), "{what}");
        if tried % 20 == 0 {
            assert_eq!(store.verify().unwrap().finding, None, "a false alarm, after {what}");
            undone += 1;
        }
    }
    assert_eq!(store.verify().unwrap().finding, None, "a false alarm");
    eprintln!("changed {tried} bytes of what is journalled: verify found each, and was content {undone} times after");
}

/// What can be read through SQL: every table and view. The texts of the schema
/// are no content; that they are what they were is for `verify` to say.
fn content(path: &Path) -> rusqlite::Result<Vec<(String, Vec<Vec<Value>>)>> {
    let connection = Connection::open(path)?;
    let mut names = connection.prepare(
        "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%' order by name",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    // The index's own tables are read by it; search_place is what it holds.
    let own = ["search", "search_config", "search_content", "search_data", "search_docsize", "search_idx"];
    let names = names.into_iter().filter(|name| !own.contains(&name.as_str()));
    names.map(|name| rows_of(&connection, &name).map(|rows| (name, rows))).collect()
}

/// A byte anywhere in the file. Not every one is content: pages hold unused
/// room, and the header counters that SQLite mends by itself. So a change is
/// found, or all that can be read is what it was.
#[test]
fn a_changed_byte_of_the_file_is_found_or_is_no_content() {
    let mut dice = Dice::new("bytes of the file");
    let (place, folder) = (filled(), TempDir::new().unwrap());
    let whole = folder.path().join("whole.db");
    place.open().backup(&whole, false, &mut |_| {}).unwrap();
    let bytes = fs::read(&whole).unwrap();
    let before = content(&whole).unwrap();
    let copy = folder.path().join("copy.db");
    fs::rename(folder.path().join("whole.db.files"), folder.path().join("copy.db.files")).unwrap();
    // Much of so small a file is unused room: half of them fall elsewhere.
    let used: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
    let (mut found, mut harmless) = (0, 0);
    for try_no in 0..tries(600, 20_000) {
        let at = if try_no % 2 == 0 { *dice.pick(&used) } else { dice.index(bytes.len()) };
        let change = u8::try_from(1 + dice.below(255)).unwrap();
        let mut changed = bytes.clone();
        changed[at] ^= change;
        fs::write(&copy, &changed).unwrap();
        let finding = match Store::open(&copy.display().to_string()) {
            Err(_) => true,
            Ok(mut store) => store.verify().unwrap().finding.is_some(),
        };
        if finding {
            found += 1;
        } else {
            assert_eq!(content(&copy).unwrap(), before, "byte {at} of {} ^ {change}: not found", bytes.len());
            harmless += 1;
        }
        for end in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(format!("{}{end}", copy.display()));
        }
    }
    eprintln!("changed {} bytes of a file: verify found {found}, {harmless} were no content", found + harmless);
    fs::write(&copy, &bytes).unwrap();
    let mut store = Store::open(&copy.display().to_string()).unwrap();
    assert_eq!(store.verify().unwrap().finding, None::<Finding>, "a false alarm");
}
