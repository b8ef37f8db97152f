//! Full-text search over the units' current texts, folded so that accents and case do not matter and *año* is not *ano*. The index is made on first
//! use and kept up to date after; it holds no text. Hits come in the order of ingest, never ranked.

use rusqlite::OptionalExtension;

use super::Store;
use super::review::Row;
use crate::error::{Error, Result};
use crate::text::{Lang, fold};

mod groups;
mod kwic;
mod query;

pub use groups::Group;
use kwic::Finder;
pub use kwic::Hit;
pub use query::{Exact, Query, Term};

/// The setting that holds the last row that is indexed; rows after it are new.
const INDEXED: &str = "search_indexed";

/// Units indexed in one transaction.
const BATCH: usize = 20_000;

/// The index holds no text (`content=''`), only folded words. Rowids of deleted units may be given again, so deletions are told.
const TABLES: &str = "
    CREATE VIRTUAL TABLE search USING fts5(source, target, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
    CREATE TRIGGER search_deleted AFTER DELETE ON unit BEGIN
        DELETE FROM search WHERE rowid = old.id;
        UPDATE setting SET value = (SELECT coalesce(max(id), 0) FROM unit)
            WHERE key = 'search_indexed' AND CAST(value AS INTEGER) > (SELECT coalesce(max(id), 0) FROM unit);
    END;
    INSERT INTO setting VALUES ('search_indexed', '0');";

impl Store {
    /// Makes the index if there is none, and adds what is new; `progress` hears how many units have been added. Does nothing in a store opened for
    /// reading.
    pub fn prepare_search(&mut self, progress: &mut dyn FnMut(u64)) -> Result<()> {
        if self.is_query_only()? {
            return Ok(());
        }
        if self.indexed()?.is_none() {
            self.transaction(|store| Ok(store.connection.execute_batch(TABLES)?))?;
        }
        let mut done = 0;
        loop {
            let added = self.transaction(|store| store.index_more())?;
            if added == 0 {
                return Ok(());
            }
            done += added;
            progress(done);
        }
    }

    /// True when the index holds every unit.
    pub fn is_search_ready(&self) -> Result<bool> {
        let last: i64 = self.connection.prepare_cached("SELECT coalesce(max(id), 0) FROM unit")?.query_row([], |r| r.get(0))?;
        Ok(self.indexed()?.is_some_and(|indexed| indexed >= last))
    }

    /// The rows of the units that a search finds, in the order of ingest; those withdrawn are left out.
    ///
    /// # Errors
    /// If there is no index ([`Store::prepare_search`]).
    pub fn search(&self, query: &Query) -> Result<Vec<u32>> {
        if self.indexed()?.is_none() {
            return Err(Error::new("the store has no search index yet").hint("it is made when a program that may write to it searches"));
        }
        if !query.is_folded() {
            return self.search_texts(query);
        }
        let mut found = self.connection.prepare_cached(
            "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid NOT IN (SELECT id FROM unit WHERE state = 'withdrawn') ORDER BY rowid",
        )?;
        let rows = found.query_map([query.to_fts()], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The same by the texts themselves, of the units that the index leaves.
    fn search_texts(&self, query: &Query) -> Result<Vec<u32>> {
        let finder = Finder::of(query)?;
        let fts = query.to_fts();
        let left = if fts.is_some() { "id IN (SELECT rowid FROM search WHERE search MATCH ?1)" } else { "?1 IS NULL" };
        let mut texts = self.connection.prepare_cached(&format!(
            "SELECT id, coalesce(review.source, unit.source), coalesce(review.target, unit.target)
             FROM unit LEFT JOIN review ON review.unit = unit.id WHERE state <> 'withdrawn' AND {left} ORDER BY id"
        ))?;
        let mut rows = texts.query([fts])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (source, target): (String, String) = (row.get(1)?, row.get(2)?);
            if finder.has_exact(&source, &target) {
                found.push(row.get(0)?);
            }
        }
        Ok(found)
    }

    /// Searches with what a person typed.
    pub fn find(&self, query: &str) -> Result<Vec<u32>> {
        self.search(&Query::parse(query, &self.source_lang(), &self.target_lang())?)
    }

    /// Adds the next units to the index; returns how many.
    fn index_more(&self) -> Result<u64> {
        let indexed = self.indexed()?.unwrap_or(0);
        let mut texts = self.connection.prepare_cached(
            "SELECT id, coalesce(review.source, unit.source), coalesce(review.target, unit.target)
             FROM unit LEFT JOIN review ON review.unit = unit.id WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?;
        let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO search (rowid, source, target) VALUES (?1, ?2, ?3)")?;
        let (mut added, mut last) = (0, indexed);
        let mut rows = texts.query((indexed, BATCH))?;
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            let (source, target): (String, String) = (row.get(1)?, row.get(2)?);
            put.execute((last, fold(&source), fold(&target)))?;
            added += 1;
        }
        self.connection.prepare_cached("UPDATE setting SET value = ?2 WHERE key = ?1")?.execute((INDEXED, last.to_string()))?;
        Ok(added)
    }

    /// Brings a unit whose text has changed up to date in the index, if there is one and the unit is in it.
    pub(super) fn index_again(&self, row: i64) -> Result<()> {
        if self.indexed()?.is_none_or(|indexed| indexed < row) {
            return Ok(());
        }
        let Some((source, target)) = self.texts_now(row)? else { return Ok(()) };
        self.connection.prepare_cached("INSERT OR REPLACE INTO search (rowid, source, target) VALUES (?1, ?2, ?3)")?.execute((
            row,
            fold(&source),
            fold(&target),
        ))?;
        Ok(())
    }

    /// The last row that is indexed; `None` when there is no index.
    fn indexed(&self) -> Result<Option<i64>> {
        let mut query = self.connection.prepare_cached("SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?1")?;
        Ok(query.query_row([INDEXED], |r| r.get(0)).optional()?)
    }

    /// True when this connection may not write.
    pub(super) fn is_query_only(&self) -> Result<bool> {
        let query_only: bool = self.connection.pragma_query_value(None, "query_only", |r| r.get(0))?;
        Ok(query_only || self.connection.is_readonly(rusqlite::MAIN_DB)?)
    }

    /// The words around what was found in the units of these rows.
    pub fn concordance(&self, query: &Query, side: crate::model::Side, rows: &[u32]) -> Result<Vec<Hit>> {
        let rows: Vec<Row> = self.rows(rows)?;
        let outlets = self.outlets(&rows)?;
        let finder = Finder::of(query)?;
        Ok(rows.into_iter().zip(outlets).map(|(row, outlets)| kwic::hit(row, &finder, side, outlets)).collect())
    }

    /// The outlets of the source and the target side of each row.
    fn outlets(&self, rows: &[Row]) -> Result<Vec<[Option<String>; 2]>> {
        let mut query = self.connection.prepare_cached(
            "SELECT s.json ->> 'outlet', t.json ->> 'outlet' FROM unit JOIN provenance s ON s.id = source_provenance
             JOIN provenance t ON t.id = target_provenance WHERE unit.id = ?1",
        )?;
        rows.iter().map(|row| Ok(query.query_row([row.row], |r| Ok([r.get(0)?, r.get(1)?]))?)).collect()
    }
}

/// The side that a language is on, by its code or by `source` and `target`.
fn side_named(name: &str, source: &Lang, target: &Lang) -> Option<crate::model::Side> {
    use crate::model::Side;
    let is = |lang: &Lang| name.eq_ignore_ascii_case(lang.primary());
    match name {
        "source" => Some(Side::Source),
        "target" => Some(Side::Target),
        _ if is(source) => Some(Side::Source),
        _ if is(target) => Some(Side::Target),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
