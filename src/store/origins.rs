//! Origins: the files and bitexts that units come from.

use rusqlite::{OptionalExtension, Row, named_params};

use super::Store;
use crate::error::{Error, Result};
use crate::model::{Lang, Signature, provenance::named_enum};

named_enum! {
    /// What kind of thing units come from.
    OriginKind {
        /// A file of ready units.
        Units = "units",
        /// A file of statements.
        Statements = "statements",
        /// Two documents, or two renderings of a statement.
        Bitext = "bitext",
    }
}

/// A file or bitext that units come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// What identifies it: part of the ids of its units.
    pub key: String,
    /// What it is.
    pub kind: OriginKind,
    /// The name of the source it belongs to.
    pub source: String,
    /// The file, or the source document.
    pub file: String,
    /// The second file of a two-file format, or the target document.
    pub target_file: Option<String>,
    /// The format it was read in.
    pub format: String,
    /// Hash of all that was read: a re-ingest with the same hash has nothing to do.
    pub content_hash: String,
    /// The language of the original, if known.
    pub original_lang: Option<Lang>,
    /// The row of the statements file, for a bitext of renderings.
    pub parent: Option<i64>,
    /// The rows of the two documents of a bitext.
    pub documents: Option<(i64, i64)>,
}

/// What storing an origin changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// Units that were not there before.
    pub added: u64,
    /// Units that were there already and are untouched.
    pub kept: u64,
    /// Units that are gone from the origin and were never reviewed: deleted.
    pub removed: u64,
    /// Units that are gone from the origin but were reviewed: kept as `withdrawn`.
    pub withdrawn: u64,
    /// Records that could not be read.
    pub rejected: u64,
}

impl Outcome {
    /// Adds the numbers of another.
    pub fn add(&mut self, other: Outcome) {
        self.added += other.added;
        self.kept += other.kept;
        self.removed += other.removed;
        self.withdrawn += other.withdrawn;
        self.rejected += other.rejected;
    }
}

impl Store {
    /// The row and content hash of the origin `key`, if it is stored.
    pub fn origin(&self, key: &str) -> Result<Option<(i64, String)>> {
        let mut query = self.connection.prepare_cached("SELECT id, content_hash FROM origin WHERE key = ?1")?;
        Ok(query.query_row([key], |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
    }

    /// The keys of all origins whose key starts with `prefix`, in order.
    pub fn origin_keys(&self, prefix: &str) -> Result<Vec<String>> {
        let mut query = self.connection.prepare("SELECT key FROM origin WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key")?;
        let rows = query.query_map([prefix], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The keys of all origins that have no parent: what files and document pairs were ingested.
    pub fn top_origin_keys(&self) -> Result<Vec<String>> {
        let mut query = self.connection.prepare("SELECT key FROM origin WHERE parent IS NULL ORDER BY key")?;
        let rows = query.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Stores an origin, or what changed of it, and returns its row and its new generation: units not put again in this generation have vanished.
    pub fn put_origin(&self, origin: &Origin) -> Result<(i64, i64)> {
        let mut put = self.connection.prepare_cached(
            "INSERT INTO origin (key, kind, source, file, target_file, format, content_hash, parent, source_document, target_document, original_lang)
             VALUES (:key, :kind, :source, :file, :target_file, :format, :content_hash, :parent, :source_document, :target_document, :original_lang)
             ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, source = excluded.source, file = excluded.file, target_file = excluded.target_file,
                 format = excluded.format, content_hash = excluded.content_hash, parent = excluded.parent, source_document = excluded.source_document,
                 target_document = excluded.target_document, original_lang = excluded.original_lang, generation = generation + 1, signature = NULL
             RETURNING id, generation",
        )?;
        let row = put.query_row(
            named_params! {
                ":key": origin.key, ":kind": origin.kind.name(), ":source": origin.source, ":file": origin.file,
                ":target_file": origin.target_file, ":format": origin.format, ":content_hash": origin.content_hash, ":parent": origin.parent,
                ":source_document": origin.documents.map(|d| d.0), ":target_document": origin.documents.map(|d| d.1),
                ":original_lang": origin.original_lang.map(|l| l.to_string()),
            },
            |r| Ok((r.get(0)?, r.get(1)?)),
        )?;
        Ok(row)
    }

    /// What aligned the bitexts of the store: the components of all their signatures.
    pub fn signature(&self) -> Result<Signature> {
        let mut query = self.connection.prepare("SELECT DISTINCT signature FROM origin WHERE signature IS NOT NULL ORDER BY signature")?;
        let rows = query.query_map([], |r| r.get::<_, String>(0))?;
        let mut all = Signature::default();
        for line in rows {
            all = all.and(&Signature::parse(&line?));
        }
        Ok(all)
    }

    /// Sets how many records an origin holds and how many were rejected; `verify` counts the former again.
    pub fn set_origin_counts(&self, origin: i64, records: u64, rejected: u64) -> Result<()> {
        self.connection.prepare_cached("UPDATE origin SET records = ?2, rejected = ?3 WHERE id = ?1")?.execute((
            origin,
            records.cast_signed(),
            rejected.cast_signed(),
        ))?;
        Ok(())
    }

    /// Takes an origin back with its units, beads, statements and bitexts. Reviewed units stay as `withdrawn`, and their origin with them.
    pub fn remove_origin(&self, key: &str) -> Result<Outcome> {
        let Some((id, _)) = self.origin(key)? else { return Err(Error::new(format!("no origin `{key}`"))) };
        let children = self.child_keys(id)?;
        let mut outcome = Outcome::default();
        for child in children {
            outcome.add(self.remove_origin(&child)?);
        }
        outcome.add(self.withdraw_units(id, i64::MAX)?);
        self.connection.execute("DELETE FROM bead WHERE origin = ?1", [id])?;
        if outcome.withdrawn == 0 {
            self.connection.execute("DELETE FROM origin WHERE id = ?1", [id])?;
        } else {
            self.connection.execute(
                "UPDATE origin SET content_hash = '', signature = NULL, records = 0, source_document = NULL, target_document = NULL WHERE id = ?1",
                [id],
            )?;
        }
        self.remove_orphan_documents()?;
        Ok(outcome)
    }

    fn child_keys(&self, id: i64) -> Result<Vec<String>> {
        let mut query = self.connection.prepare("SELECT key FROM origin WHERE parent = ?1 ORDER BY key")?;
        let rows = query.query_map([id], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// An origin's columns, in the order of its fields, for a query that selects `origin.*`.
pub(super) fn lang(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Lang>> {
    let code: Option<String> = row.get(column)?;
    Ok(code.and_then(|code| code.parse().ok()))
}
