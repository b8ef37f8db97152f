//! Bitexts and their alignments.

use rusqlite::Row;

use super::origins::lang;
use super::{Origin, OriginKind, Store};
use crate::error::Result;
use crate::model::{Bead, Lang};

/// A bitext of the store: two documents that may be aligned.
#[derive(Debug, Clone, PartialEq)]
pub struct Bitext {
    /// Its row.
    pub row: i64,
    /// Its key, part of the ids of its units.
    pub key: String,
    /// The name of its source.
    pub source: String,
    /// The rows of the source and the target document.
    pub documents: (i64, i64),
    /// The language of the original, if known.
    pub original_lang: Option<Lang>,
    /// What aligned it; `None` when nothing has.
    pub signature: Option<String>,
    /// True when the documents are renderings of one statement.
    pub of_statement: bool,
}

impl Store {
    /// All bitexts, by key.
    pub fn bitexts(&self) -> Result<Vec<Bitext>> {
        let mut query = self.connection.prepare(
            "SELECT id, key, source, source_document, target_document, original_lang, signature, parent FROM origin
             WHERE kind = 'bitext' AND source_document IS NOT NULL ORDER BY key",
        )?;
        let rows = query.query_map([], bitext)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Stores a bitext of two stored documents and returns its row, without aligning it.
    pub fn put_bitext(&self, origin: &Origin) -> Result<i64> {
        debug_assert_eq!(origin.kind, OriginKind::Bitext);
        Ok(self.put_origin(origin)?.0)
    }

    /// Replaces the beads of a bitext; `signature` tells what found them. Returns the generation to put its units in.
    pub fn put_beads(&self, bitext: i64, beads: &[Bead], signature: &str) -> Result<i64> {
        self.connection.prepare_cached("DELETE FROM bead WHERE origin = ?1")?.execute([bitext])?;
        let mut put = self.connection.prepare_cached("INSERT INTO bead VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (n, bead) in beads.iter().enumerate() {
            put.execute((bitext, n, bead.source.start, bead.source.end, bead.target.start, bead.target.end, bead.confidence))?;
        }
        let mut done = self
            .connection
            .prepare_cached("UPDATE origin SET signature = ?2, generation = generation + 1 WHERE id = ?1 RETURNING generation")?;
        Ok(done.query_row((bitext, signature), |r| r.get(0))?)
    }

    /// The beads of a bitext, in order; none when it is not aligned.
    pub fn beads(&self, bitext: i64) -> Result<Vec<Bead>> {
        let mut query = self.connection.prepare_cached(
            "SELECT source_start, source_end, target_start, target_end, confidence FROM bead WHERE origin = ?1 ORDER BY n",
        )?;
        let rows = query
            .query_map([bitext], |r| Ok(Bead { source: r.get(0)?..r.get(1)?, target: r.get(2)?..r.get(3)?, confidence: r.get(4)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn bitext(row: &Row<'_>) -> rusqlite::Result<Bitext> {
    Ok(Bitext {
        row: row.get("id")?,
        key: row.get("key")?,
        source: row.get("source")?,
        documents: (row.get("source_document")?, row.get("target_document")?),
        original_lang: lang(row, "original_lang")?,
        signature: row.get("signature")?,
        of_statement: row.get::<_, Option<i64>>("parent")?.is_some(),
    })
}
