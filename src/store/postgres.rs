//! PostgreSQL.

use std::collections::HashMap;
use std::error::Error as StdError;

use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};
use uuid::Uuid;

use super::engine::{Dialect, Engine, Row, Value};
use super::error::Error;
use super::shown_address;
use crate::domain::Kept;

pub(super) struct Postgres {
    client: Client,
    address: String,
    prepared: HashMap<&'static str, Statement>,
}

impl Postgres {
    pub(super) fn open(address: &str) -> Result<Self, Error> {
        let client = Client::connect(address, NoTls)
            .map_err(|error| Error::Engine(format!("{}: {}", shown_address(address), said(&error))))?;
        let mut postgres = Self { client, address: shown_address(address), prepared: HashMap::new() };
        postgres.batch("set client_min_messages = warning; set lock_timeout = '30s'")?;
        Ok(postgres)
    }

    fn prepared(&mut self, sql: &'static str) -> Result<Statement, Error> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&Dialect::Postgres.lines(sql)).map_err(|error| failure(&error))?;
        self.prepared.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// The whole chain of what was said; the outermost often says little.
fn said(error: &postgres::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    words
}

fn failure(error: &postgres::Error) -> Error {
    let said = said(error);
    let Some(state) = error.code() else { return Error::Engine(said) };
    let on_total = error.as_db_error().is_some_and(|error| error.table() == Some("total"));
    if *state == SqlState::NUMERIC_VALUE_OUT_OF_RANGE || (*state == SqlState::CHECK_VIOLATION && on_total) {
        Error::Overflow(crate::domain::Overflow)
    } else if [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED]
        .contains(state)
    {
        Error::Busy(said)
    } else if *state == SqlState::DISK_FULL {
        Error::Full(said)
    } else if [SqlState::INSUFFICIENT_PRIVILEGE, SqlState::READ_ONLY_SQL_TRANSACTION].contains(state) {
        Error::ReadOnly(said)
    } else {
        Error::Engine(said)
    }
}

impl Engine for Postgres {
    fn shown(&self) -> String {
        self.address.clone()
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn version(&mut self) -> Result<Option<i64>, Error> {
        let tables = "select count(*), count(*) filter (where table_name = 'setting') \
             from information_schema.tables where table_schema = current_schema()";
        let row = self.client.query_one(tables, &[]).map_err(|error| failure(&error))?;
        match (row.get::<_, i64>(0), row.get::<_, i64>(1)) {
            (0, _) => return Ok(None),
            (_, 0) => return Err(Error::NotACasebook(self.address.clone())),
            _ => {}
        }
        let version = "select value from setting where name = 'schema_version'";
        let row = self.client.query_opt(version, &[]).map_err(|error| failure(&error))?;
        let version = row.and_then(|row| row.get::<_, String>(0).parse().ok());
        version.map(Some).ok_or_else(|| Error::NotACasebook(self.address.clone()))
    }

    fn set_version(&mut self, version: i64) -> Result<(), Error> {
        self.execute(super::sql::SET_SETTING, &["schema_version".into(), version.to_string().into()]).map(drop)
    }

    fn hold_schema(&mut self) -> Result<(), Error> {
        // "CsBk": any number does, so long as all take the same.
        self.batch("select pg_advisory_xact_lock(1131627115)")
    }

    fn settle(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.batch("begin")
    }

    fn begin_read(&mut self) -> Result<(), Error> {
        self.batch("begin isolation level repeatable read read only")
    }

    fn hold_derived(&mut self) -> Result<(), Error> {
        // A writer that has changed them is waited for; one that has not yet
        // is seen by nobody, and adds its own after us. The order is the one
        // in which writers come to them.
        self.batch("lock table search, total in exclusive mode")
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.batch("commit")
    }

    fn rollback(&mut self) -> Result<(), Error> {
        self.batch("rollback")
    }

    fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).map_err(|error| failure(&error))
    }

    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Error> {
        let statement = self.prepared(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.client.execute(&statement, &values).map_err(|error| failure(&error))
    }

    fn query(
        &mut self,
        sql: &'static str,
        values: &[Value],
        each: &mut dyn FnMut(&mut Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let statement = self.prepared(sql)?;
        let mut rows = self.client.query_raw(&statement, values).map_err(|error| failure(&error))?;
        while let Some(row) = rows.next().map_err(|error| failure(&error))? {
            let values: Result<Vec<Value>, Error> = (0..row.len()).map(|column| value(&row, column)).collect();
            each(&mut Row(values?))?;
        }
        Ok(())
    }

    fn check(&mut self) -> Result<Option<String>, Error> {
        // PostgreSQL holds to its constraints at every commit.
        Ok(None)
    }

    fn kept(&mut self) -> Result<Kept, Error> {
        let kept = "select current_setting('server_version'), \
             (select cast(coalesce(sum(pg_total_relation_size(c.oid)), 0) as bigint) from pg_class c \
             join pg_namespace n on n.oid = c.relnamespace \
             where n.nspname = current_schema() and c.relkind in ('r', 'p', 'm')), \
             not pg_is_in_recovery() and has_table_privilege('cases', 'insert')";
        let row = self.client.query_one(kept, &[]).map_err(|error| failure(&error))?;
        Ok(Kept {
            engine: "postgresql",
            version: row.get(0),
            bytes: row.get(1),
            free_bytes: None,
            journal_mode: None,
            writable: row.get(2),
            folder_writable: None,
        })
    }
}

fn value(row: &postgres::Row, column: usize) -> Result<Value, Error> {
    let kind = row.columns()[column].type_();
    let value = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map(Value::from),
        Type::INT4 => row.try_get::<_, Option<i32>>(column).map(|value| value.map(i64::from).into()),
        Type::UUID => row.try_get::<_, Option<Uuid>>(column).map(Value::from),
        _ => row.try_get::<_, Option<String>>(column).map(Value::from),
    };
    value.map_err(|error| failure(&error))
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Int(value) => value.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Id(id) => id.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::TEXT, Type::VARCHAR, Type::UUID].contains(kind)
    }

    to_sql_checked!();
}
