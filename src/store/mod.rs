//! The store: one SQLite file, and the only place that knows SQL. What goes in is decided by `ingest`, what comes out by `export`.
//!
//! Original text is stored exactly as it came. One writer at a time; readers see a consistent state while it writes.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::error::{Error, Result};
use crate::model::{Lang, Provenance};

mod bitexts;
mod documents;
mod events;
mod findings;
mod origins;
pub mod review;
mod schema;
mod scores;
pub mod search;
pub mod spill;
mod stages;
mod statements;
mod stats;
mod units;
mod verify;

pub use bitexts::Bitext;
pub use documents::StoredDocument;
pub use events::Logged;
pub use origins::{Origin, OriginKind, Outcome};
pub use schema::VERSION;
pub use scores::OF_FILE;
pub use statements::StoredStatement;
pub use stats::{Lengths, SideStats, SourceStats, Stats};
pub use units::{StoredUnit, UnitLoad, UnitQuery};
pub use verify::Flaw;

/// How a store is opened.
#[derive(Clone, Copy, PartialEq)]
enum Access {
    Write,
    Query,
    Immutable,
}

impl Access {
    fn connect(self, path: &Path) -> rusqlite::Result<Connection> {
        if self == Access::Immutable {
            let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
            return Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags);
        }
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.pragma_update(None, "query_only", self == Access::Query)?;
        Ok(connection)
    }
}

/// An open store.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    source_lang: Lang,
    target_lang: Lang,
    /// What was counted last, and the version of the store then.
    counted: RefCell<Option<((i64, u64), review::Counts)>>,
}

impl Store {
    /// Makes a new store with the corpus's orientation. It is made under a temporary name and renamed: a file that exists is a store.
    pub fn create(path: &Path, source_lang: Lang, target_lang: Lang) -> Result<Store> {
        if source_lang.same_language(&target_lang) {
            return Err(Error::new(format!("source and target language are both `{}`", source_lang.primary())).in_file(path));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|e| Error::io(path, &e))?;
        let temporary = tempfile::Builder::new()
            .prefix(".bitexto-")
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|e| Error::io(path, &e))?
            .into_temp_path();
        let connection = Connection::open(&temporary).map_err(|e| sql_error(&e).in_file(path))?;
        schema::create(&connection).map_err(|e| sql_error(&e).in_file(path))?;
        for (key, lang) in [("source_lang", source_lang), ("target_lang", target_lang)] {
            connection.execute("INSERT INTO setting VALUES (?1, ?2)", (key, lang.as_str())).map_err(|e| sql_error(&e).in_file(path))?;
        }
        connection.close().map_err(|(_, e)| sql_error(&e).in_file(path))?;
        readable_by_others(&temporary).map_err(|e| Error::io(path, &e))?;
        temporary.persist_noclobber(path).map_err(|e| not_made(path, &e.error))?;
        Store::open(path)
    }

    /// Opens an existing store for reading and writing, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Store> {
        Store::open_as(path, Access::Write)
    }

    /// Opens an existing store for reading only. One of an older schema is brought up to date first.
    pub fn open_read_only(path: &Path) -> Result<Store> {
        // A connection that may write tidies up the files that SQLite puts beside the store; one that may not leaves them there.
        // On a read-only medium nothing can be put there, and nobody else writes.
        Store::open_as(path, Access::Query).or_else(|error| Store::open_as(path, Access::Immutable).map_err(|_| error))
    }

    fn open_as(path: &Path, access: Access) -> Result<Store> {
        let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, &e))?;
        if metadata.is_dir() {
            return Err(Error::new("is a folder, not a store").in_file(path));
        }
        let connection = access.connect(path).map_err(|e| sql_error(&e).in_file(path))?;
        if access == Access::Query && schema::is_older(&connection).map_err(|e| sql_error(&e).in_file(path))? {
            drop(Store::open_as(path, Access::Write)?);
        }
        schema::check(&connection, access == Access::Write).map_err(|e| e.in_file(path))?;
        let setting = |key: &str| -> Result<Lang> {
            let value: String = connection.query_row("SELECT value FROM setting WHERE key = ?1", [key], |r| r.get(0))?;
            value.parse().map_err(|e| Error::new(format!("setting `{key}`: {e}")))
        };
        let source_lang = setting("source_lang").map_err(|e| e.in_file(path))?;
        let target_lang = setting("target_lang").map_err(|e| e.in_file(path))?;
        Ok(Store { connection, path: path.to_path_buf(), source_lang, target_lang, counted: RefCell::new(None) })
    }

    /// The same with at most so many MiB of pages in memory: 256 unless told otherwise, which is for whoever reads or writes much at once.
    pub fn with_cache(self, mebibytes: u32) -> Result<Store> {
        self.connection.pragma_update(None, "cache_size", -1024 * i64::from(mebibytes))?;
        Ok(self)
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The corpus's source language.
    pub fn source_lang(&self) -> Lang {
        self.source_lang
    }

    /// The corpus's target language.
    pub fn target_lang(&self) -> Lang {
        self.target_lang
    }

    /// Runs `work` in one transaction: all of it is stored, or, after an error, a panic or a crash, nothing.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T>) -> Result<T> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|e| sql_error(&e).in_file(&self.path))?;
        let mut guard = Rollback { store: self, done: false };
        let value = work(guard.store).map_err(|e| e.in_file(&guard.store.path.clone()))?;
        guard.store.connection.execute_batch("COMMIT").map_err(|e| sql_error(&e).in_file(&guard.store.path))?;
        guard.done = true;
        Ok(value)
    }

    /// A setting of the store.
    fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut query = self.connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        Ok(query.query_row([key], |r| r.get(0)).optional()?)
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        self.connection
            .prepare_cached("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
            .execute((key, value))?;
        Ok(())
    }

    /// Copies the store to `to` while it may be in use. The copy has its name only when whole.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|e| Error::io(to, &e))?;
        let temporary = tempfile::Builder::new()
            .prefix(".bitexto-")
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|e| Error::io(to, &e))?
            .into_temp_path();
        let mut copy = Connection::open(&temporary).map_err(|e| sql_error(&e).in_file(to))?;
        rusqlite::backup::Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.run_to_completion(1000, std::time::Duration::ZERO, None))
            .map_err(|e| sql_error(&e).in_file(to))?;
        copy.close().map_err(|(_, e)| sql_error(&e).in_file(to))?;
        readable_by_others(&temporary).map_err(|e| Error::io(to, &e))?;
        temporary.persist(to).map_err(|e| Error::io(to, &e.error))
    }

    /// The row of a provenance, made if there is none yet.
    fn provenance_id(&self, provenance: &Provenance) -> Result<i64> {
        let json = serde_json::to_string(provenance).expect("a provenance is plain strings");
        let found =
            self.connection.prepare_cached("SELECT id FROM provenance WHERE json = ?1")?.query_row([&json], |r| r.get(0)).optional()?;
        match found {
            Some(id) => Ok(id),
            None => Ok(self.connection.prepare_cached("INSERT INTO provenance (json) VALUES (?1)")?.insert([&json])?),
        }
    }

    fn provenance(&self, id: i64) -> Result<Provenance> {
        let json: String = self.connection.prepare_cached("SELECT json FROM provenance WHERE id = ?1")?.query_row([id], |r| r.get(0))?;
        serde_json::from_str(&json).map_err(|e| Error::new(format!("provenance {id}: {e}")))
    }
}

/// Why a new store could not be given its name.
fn not_made(path: &Path, error: &std::io::Error) -> Error {
    if error.kind() != std::io::ErrorKind::AlreadyExists {
        return Error::io(path, error);
    }
    Error::new("the file exists already").in_file(path).hint("if another program has just made this store, run the command again")
}

/// Temporary files are private; a store has the permissions of any new file (assuming the usual umask 022).
#[cfg(unix)]
fn readable_by_others(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Rolls the transaction back unless it was committed.
struct Rollback<'a> {
    store: &'a mut Store,
    done: bool,
}

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if !self.done {
            // After a failed COMMIT or a full disk SQLite has rolled back already; that second rollback may fail.
            let _ = self.store.connection.execute_batch("ROLLBACK");
        }
    }
}

/// SQLite's error in our words where ours are better.
fn sql_error(error: &rusqlite::Error) -> Error {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => {
            Error::new("is not a bitexto store").hint("a store is made by `bitexto ingest … --corpus FILE` or `bitexto build`")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::new("another program is writing to this store").hint("wait until it has finished, then run the command again")
        }
        Some(ErrorCode::ReadOnly) => Error::new("the store is read-only").hint("check the permissions of the file and its folder"),
        Some(ErrorCode::CannotOpen) => Error::new("cannot write to the store").hint("check the permissions of the file and its folder"),
        Some(ErrorCode::DiskFull) => {
            Error::new("the disk is full").hint("nothing of the file being stored was kept; free some space and run the command again")
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            Error::new("the store is damaged").hint("`bitexto verify` tells more; restore a copy made by `bitexto backup`")
        }
        _ => Error::new(format!("store: {error}")),
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        sql_error(&error)
    }
}

#[cfg(test)]
mod tests;
