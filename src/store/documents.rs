//! Documents with their segments.

use rusqlite::{OptionalExtension, named_params};

use super::Store;
use crate::error::{Error, Result};
use crate::model::{Document, Segment};
use crate::segment::Options;

/// A document of the store.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDocument {
    /// The document.
    pub document: Document,
    /// The signature of what found its segments.
    pub segmentation: String,
}

impl Store {
    /// Stores a document, or its new version, with its segments; returns its row.
    ///
    /// `segmentation` is the signature of what found the segments.
    pub fn put_document(&self, document: &Document, content_hash: &str, segmentation: &str) -> Result<i64> {
        let provenance = self.provenance_id(&document.provenance)?;
        let mut put = self.connection.prepare_cached(
            "INSERT INTO document (path, lang, text, content_hash, segmentation, provenance)
             VALUES (:path, :lang, :text, :content_hash, :segmentation, :provenance)
             ON CONFLICT (path) DO UPDATE SET lang = excluded.lang, text = excluded.text, content_hash = excluded.content_hash,
                 segmentation = excluded.segmentation, provenance = excluded.provenance
             RETURNING id",
        )?;
        let row: i64 = put.query_row(
            named_params! {
                ":path": document.path, ":lang": document.lang.as_str(), ":text": document.text, ":content_hash": content_hash,
                ":segmentation": segmentation, ":provenance": provenance,
            },
            |r| r.get(0),
        )?;
        self.put_segments(row, &document.segments)?;
        Ok(row)
    }

    pub(super) fn put_segments(&self, document: i64, segments: &[Segment]) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM segment WHERE document = ?1")?.execute([document])?;
        let mut put = self.connection.prepare_cached("INSERT INTO segment VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (n, segment) in segments.iter().enumerate() {
            put.execute((document, n, segment.start, segment.end, segment.paragraph))?;
        }
        Ok(())
    }

    /// The document in row `row`, with its segments.
    pub fn document(&self, row: i64) -> Result<StoredDocument> {
        let mut query = self.connection.prepare_cached("SELECT path, lang, text, provenance, segmentation FROM document WHERE id = ?1")?;
        let found: Option<(String, String, String, i64, String)> =
            query.query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))).optional()?;
        let (path, lang, text, provenance, segmentation) = found.ok_or_else(|| Error::new(format!("no document in row {row}")))?;
        let lang = lang.parse().map_err(|e| Error::new(format!("document `{path}`: {e}")))?;
        let layout = Options::of_signature(&segmentation).layout(&text);
        let document = Document { path, lang, text, segments: self.segments(row)?, layout, provenance: self.provenance(provenance)? };
        Ok(StoredDocument { document, segmentation })
    }

    fn segments(&self, document: i64) -> Result<Vec<Segment>> {
        let mut query =
            self.connection.prepare_cached("SELECT start_byte, end_byte, paragraph FROM segment WHERE document = ?1 ORDER BY n")?;
        let rows = query.query_map([document], |r| Ok(Segment { start: r.get(0)?, end: r.get(1)?, paragraph: r.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The row of the document with that path.
    ///
    /// # Errors
    /// If there is none.
    pub fn document_row(&self, path: &str) -> Result<i64> {
        let mut query = self.connection.prepare_cached("SELECT id FROM document WHERE path = ?1")?;
        query.query_row([path], |r| r.get(0)).optional()?.ok_or_else(|| Error::new(format!("there is no document `{path}`")))
    }

    /// Deletes documents that no bitext and no statement uses.
    pub fn remove_orphan_documents(&self) -> Result<()> {
        self.connection.execute(
            "DELETE FROM document WHERE NOT EXISTS (SELECT 1 FROM origin WHERE source_document = document.id)
                 AND NOT EXISTS (SELECT 1 FROM origin WHERE target_document = document.id)
                 AND NOT EXISTS (SELECT 1 FROM rendering WHERE document = document.id)",
            [],
        )?;
        Ok(())
    }
}
