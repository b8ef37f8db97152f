//! Verifying a store: what is in it is whole and fits together. It repairs nothing.

use std::collections::HashMap;

use super::{Store, UnitQuery};
use crate::error::Result;
use crate::model::{Alignment, Document, Signature};
use crate::text::hash::{content_hash, digest, from_base32};

/// Something wrong in a store.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Flaw {
    /// Where: an origin, a document, a unit, or `store`.
    pub place: String,
    /// What is wrong.
    pub cause: String,
}

impl Store {
    /// Everything that is wrong with the store: damage, dangling references, spans outside their texts, hashes and ids that do not fit,
    /// beads that do not cover their bitext, origins with fewer or more units than they were stored with, reviewed states that are not what the
    /// events make.
    pub fn verify(&self) -> Result<Vec<Flaw>> {
        let mut flaws = Vec::new();
        self.verify_file(&mut flaws)?;
        self.verify_documents(&mut flaws)?;
        self.verify_bitexts(&mut flaws)?;
        self.verify_statements(&mut flaws)?;
        self.verify_units(&mut flaws)?;
        self.verify_reviews(&mut flaws)?;
        Ok(flaws)
    }

    fn verify_file(&self, flaws: &mut Vec<Flaw>) -> Result<()> {
        let mut integrity = self.connection.prepare("PRAGMA integrity_check")?;
        for line in integrity.query_map([], |r| r.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                flaws.push(flaw("store", line));
            }
        }
        let mut dangling = self.connection.prepare("PRAGMA foreign_key_check")?;
        let rows = dangling.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<i64>>(1)?, r.get::<_, String>(2)?)))?;
        for row in rows {
            let (table, id, parent) = row?;
            flaws.push(flaw("store", format!("row {} of {table} refers to a missing {parent}", id.unwrap_or(0))));
        }
        Ok(())
    }

    fn verify_documents(&self, flaws: &mut Vec<Flaw>) -> Result<()> {
        let mut query = self.connection.prepare("SELECT id, content_hash FROM document ORDER BY path")?;
        let rows: Vec<(i64, String)> = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (row, hash) in rows {
            let document = self.document(row)?.document;
            if content_hash(document.text.as_bytes()) != hash {
                flaws.push(flaw(&document.path, "the text does not have its content hash"));
            }
            if let Some(cause) = span_flaw(&document) {
                flaws.push(flaw(&document.path, cause));
            }
        }
        Ok(())
    }

    fn verify_bitexts(&self, flaws: &mut Vec<Flaw>) -> Result<()> {
        for bitext in self.bitexts()? {
            if bitext.signature.is_none() {
                continue;
            }
            let alignment = Alignment { beads: self.beads(bitext.row)?, signature: Signature::default() };
            let (source, target) = (self.segment_count(bitext.documents.0)?, self.segment_count(bitext.documents.1)?);
            if let Some(cause) = alignment.flaw(source, target) {
                flaws.push(flaw(&bitext.key, cause));
            }
        }
        Ok(())
    }

    fn segment_count(&self, document: i64) -> Result<usize> {
        Ok(self.connection.prepare_cached("SELECT count(*) FROM segment WHERE document = ?1")?.query_row([document], |r| r.get(0))?)
    }

    fn verify_statements(&self, flaws: &mut Vec<Flaw>) -> Result<()> {
        for stored in self.statements()? {
            if let Some(cause) = stored.statement.flaw() {
                flaws.push(flaw(&stored.file, format!("statement `{}`: {cause}", stored.statement.id)));
            }
        }
        let query = "SELECT key, records, (SELECT count(*) FROM statement WHERE origin = origin.id) AS found FROM origin
                     WHERE kind = 'statements' AND records <> found ORDER BY key";
        self.verify_counts(query, "statements", flaws)
    }

    fn verify_units(&self, flaws: &mut Vec<Flaw>) -> Result<()> {
        let query =
            "SELECT key, records, (SELECT count(*) FROM unit WHERE origin = origin.id AND state <> 'withdrawn') AS found FROM origin
                     WHERE kind <> 'statements' AND records <> found ORDER BY key";
        self.verify_counts(query, "units", flaws)?;
        let mut ids = Ids::default();
        for page in self.unit_pages(UnitQuery { withdrawn: true, original: true, ..UnitQuery::default() }, 10_000)? {
            for stored in page? {
                if ids.key != stored.origin_key {
                    ids.end(flaws);
                    ids = Ids { key: stored.origin_key.clone(), ..Ids::default() };
                }
                ids.add(&stored.unit);
            }
        }
        ids.end(flaws);
        Ok(())
    }

    fn verify_reviews(&self, flaws: &mut Vec<Flaw>) -> Result<()> {
        for unit in self.misprojected()? {
            flaws.push(flaw(&format!("unit {unit}"), "its state is not what its review events make"));
        }
        for place in self.badly_mended()? {
            flaws.push(flaw(&place, "its beads or segments are not what the review events make of them"));
        }
        Ok(())
    }

    fn verify_counts(&self, query: &str, what: &str, flaws: &mut Vec<Flaw>) -> Result<()> {
        let mut query = self.connection.prepare(query)?;
        let rows = query.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?)))?;
        for row in rows {
            let (key, expected, found) = row?;
            flaws.push(flaw(&key, format!("holds {found} {what}, was stored with {expected}")));
        }
        Ok(())
    }
}

/// The ids of one origin's units, as they are and as their texts demand. The k-th unit with the same texts may have any of their ids,
/// so sums are compared: two sums of 128-bit hashes are equal by chance once in 2^128.
#[derive(Default)]
struct Ids {
    key: String,
    stored: u128,
    expected: u128,
    occurrences: HashMap<[u8; 16], u64>,
}

impl Ids {
    fn add(&mut self, unit: &crate::model::Unit) {
        let id = unit.id.as_deref().and_then(from_base32).unwrap_or_default();
        self.stored = self.stored.wrapping_add(u128::from_be_bytes(id));
        let k = self.occurrences.entry(digest([unit.source.as_bytes(), unit.target.as_bytes()])).or_default();
        self.expected = self.expected.wrapping_add(u128::from_be_bytes(unit.id_bytes(&self.key, *k)));
        *k += 1;
    }

    fn end(&self, flaws: &mut Vec<Flaw>) {
        if self.stored != self.expected {
            flaws.push(flaw(&self.key, "the ids of its units do not fit their texts"));
        }
    }
}

fn flaw(place: &str, cause: impl Into<String>) -> Flaw {
    Flaw { place: place.to_string(), cause: cause.into() }
}

fn span_flaw(document: &Document) -> Option<String> {
    let text = &document.text;
    let mut end = 0;
    for (n, segment) in document.segments.iter().enumerate() {
        if segment.start < end || segment.end < segment.start {
            return Some(format!("segment {n} is out of order"));
        }
        if !text.is_char_boundary(segment.start) || !text.is_char_boundary(segment.end) {
            return Some(format!("segment {n} is not inside the text"));
        }
        end = segment.end;
    }
    None
}
