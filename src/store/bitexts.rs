//! Bitexts and their alignments.

use rusqlite::{OptionalExtension, Row};

use super::origins::lang;
use super::{Origin, OriginKind, Outcome, Store};
use crate::error::{Error, Result};
use crate::model::{Bead, Document, Lang, Unit};

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

const BITEXTS: &str = "SELECT id, key, source, source_document, target_document, original_lang, signature, parent FROM origin
    WHERE kind = 'bitext' AND source_document IS NOT NULL";

impl Store {
    /// All bitexts, by key.
    pub fn bitexts(&self) -> Result<Vec<Bitext>> {
        let mut query = self.connection.prepare_cached(&format!("{BITEXTS} ORDER BY key"))?;
        let rows = query.query_map([], bitext)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The bitext with that key.
    ///
    /// # Errors
    /// If there is none.
    pub fn bitext(&self, key: &str) -> Result<Bitext> {
        let mut query = self.connection.prepare_cached(&format!("{BITEXTS} AND key = ?1"))?;
        query.query_row([key], bitext).optional()?.ok_or_else(|| Error::new(format!("there is no bitext `{key}`")))
    }

    /// The bitexts of the document in a row, by key.
    pub(super) fn bitexts_with(&self, document: i64) -> Result<Vec<Bitext>> {
        let mut query = self.connection.prepare_cached(&format!("{BITEXTS} AND ?1 IN (source_document, target_document) ORDER BY key"))?;
        let rows = query.query_map([document], bitext)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Stores a bitext of two stored documents and returns its row, without aligning it.
    pub fn put_bitext(&self, origin: &Origin) -> Result<i64> {
        debug_assert_eq!(origin.kind, OriginKind::Bitext);
        Ok(self.put_origin(origin)?.0)
    }

    /// Aligns a bitext, or aligns it again: replaces its beads and with them its units. `signature` tells what found the beads; the segments of the
    /// documents are stored already. Acts of people on the beads start from these ones now.
    pub fn put_alignment(&self, bitext: &Bitext, documents: [&Document; 2], beads: &[Bead], signature: &str) -> Result<Outcome> {
        self.connection.prepare_cached("UPDATE origin SET signature = ?2 WHERE id = ?1")?.execute((bitext.row, signature))?;
        let is_first = !self.connection.prepare_cached("SELECT 1 FROM bead WHERE origin = ?1")?.exists([bitext.row])?;
        let outcome = self.put_beads(bitext, documents, beads)?;
        self.start_again(bitext, documents, beads, is_first)?;
        Ok(outcome)
    }

    /// Replaces the beads of a bitext, and with them its units.
    pub(super) fn put_beads(&self, bitext: &Bitext, documents: [&Document; 2], beads: &[Bead]) -> Result<Outcome> {
        self.connection.prepare_cached("DELETE FROM bead WHERE origin = ?1")?.execute([bitext.row])?;
        let mut put = self.connection.prepare_cached("INSERT INTO bead VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for (n, bead) in beads.iter().enumerate() {
            let Bead { source, target, confidence, by_hand } = bead;
            put.execute((bitext.row, n, source.start, source.end, target.start, target.end, confidence, by_hand))?;
        }
        let mut next =
            self.connection.prepare_cached("UPDATE origin SET generation = generation + 1 WHERE id = ?1 RETURNING generation")?;
        let generation = next.query_row([bitext.row], |r| r.get(0))?;
        let mut load = self.load_units(bitext.row, &bitext.key, generation, &Default::default())?;
        for (n, bead) in beads.iter().enumerate().filter(|(_, bead)| bead.is_matched()) {
            let mut unit = Unit::of_bead(n, bead, documents[0], documents[1]);
            unit.original_lang = bitext.original_lang;
            load.put(&unit, unit.id_bytes(&bitext.key, 0))?;
        }
        let outcome = load.finish()?;
        self.set_origin_counts(bitext.row, outcome.added + outcome.kept, 0)?;
        Ok(outcome)
    }

    /// The beads of a bitext, in order; none when it is not aligned.
    pub fn beads(&self, bitext: i64) -> Result<Vec<Bead>> {
        let mut query = self.connection.prepare_cached(
            "SELECT source_start, source_end, target_start, target_end, confidence, by_hand FROM bead WHERE origin = ?1 ORDER BY n",
        )?;
        let rows = query.query_map([bitext], |r| {
            Ok(Bead { source: r.get(0)?..r.get(1)?, target: r.get(2)?..r.get(3)?, confidence: r.get(4)?, by_hand: r.get(5)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// For each bead of a bitext, in order, whether a person holds it to be right: grouped by hand, or its unit is accepted.
    pub fn held_beads(&self, bitext: i64) -> Result<Vec<bool>> {
        let mut query = self.connection.prepare_cached(&format!("SELECT {HELD} FROM bead WHERE origin = ?1 ORDER BY n"))?;
        let rows = query.query_map([bitext], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The beads of a bitext that a person holds to be right and that have both sides, with the texts of their units as ingested.
    pub fn held_texts(&self, bitext: i64) -> Result<Vec<(Bead, String, String)>> {
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT source_start, source_end, target_start, target_end, bead.confidence, by_hand, unit.source, unit.target
             FROM bead JOIN unit ON unit.origin = bead.origin AND record = n AND state <> 'withdrawn' WHERE bead.origin = ?1 AND {HELD} ORDER BY n"
        ))?;
        let rows = query.query_map([bitext], |r| {
            let bead = Bead { source: r.get(0)?..r.get(1)?, target: r.get(2)?..r.get(3)?, confidence: r.get(4)?, by_hand: r.get(5)? };
            Ok((bead, r.get(6)?, r.get(7)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// True of a row of `bead` that a person holds to be right.
const HELD: &str = "(by_hand OR EXISTS (SELECT 1 FROM unit AS held WHERE held.origin = bead.origin AND held.record = bead.n
    AND held.state IN ('accepted', 'edited')))";

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
