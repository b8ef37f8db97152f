//! The schema and its versions. Migrations are only ever added; a store of a newer version is refused.

use rusqlite::Connection;

use crate::error::{Error, Result};

/// `PRAGMA application_id` of a store: the bytes `bitx`.
const APPLICATION_ID: i32 = 0x6269_7478;

/// One script for each version, oldest first.
const MIGRATIONS: &[&str] =
    &[include_str!("schema.sql"), include_str!("schema-2.sql"), include_str!("schema-3.sql"), include_str!("schema-4.sql")];

/// The version of the schema this program writes: `PRAGMA user_version`.
pub const VERSION: i32 = MIGRATIONS.len() as i32;

/// Bytes of a page: texts of a few hundred bytes fill larger pages better.
const PAGE_SIZE: u32 = 16_384;

/// What every connection is set to. 256 MiB of cache keep the index of unit ids in memory up to about 8 million units.
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA cache_size = -262144; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;";

/// Makes the tables of a new store.
pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE_SIZE)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    migrate(connection, 0)
}

/// True for a store of an earlier schema.
pub(super) fn is_older(connection: &Connection) -> rusqlite::Result<bool> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    Ok(application == APPLICATION_ID && (1..VERSION).contains(&version))
}

/// Sets the connection up; refuses what is no store, a newer schema, and (when not writing) an older one.
pub(super) fn check(connection: &Connection, write: bool) -> Result<()> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if application != APPLICATION_ID || version == 0 {
        return Err(Error::new("is not a bitexto store").hint("a store is made by `bitexto ingest … --corpus FILE` or `bitexto build`"));
    }
    if version > VERSION {
        let cause = format!("the store has schema {version}, this bitexto knows up to {VERSION}");
        return Err(Error::new(cause).hint("use the newer bitexto that wrote it"));
    }
    connection.execute_batch(SETTINGS)?;
    if version < VERSION {
        if !write {
            return Err(
                Error::new(format!("the store has the older schema {version}")).hint("any command that writes to it brings it up to date")
            );
        }
        migrate(connection, version)?;
    }
    Ok(())
}

fn migrate(connection: &Connection, from: i32) -> rusqlite::Result<()> {
    for (n, script) in MIGRATIONS.iter().enumerate().skip(usize::try_from(from).unwrap_or(0)) {
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {script}; PRAGMA user_version = {}; COMMIT;", n + 1))?;
    }
    Ok(())
}
