//! Units: put in bulk, read in pages, withdrawn when their origin no longer has them.

use std::collections::HashMap;

use rusqlite::{CachedStatement, OptionalExtension, Row, named_params};

use super::origins::lang;
use super::review::verdict_named;
use super::{OriginKind, Outcome, Store};
use crate::error::{Error, Result};
use crate::model::review::base;
use crate::model::{Bead, Finding, Lang, Origin as UnitOrigin, Provenance, Remarks, State, StatementLink, Unit};
use crate::text::hash::base32;

/// How many different provenances the writer remembers rows of.
const PROVENANCE_CACHE: usize = 4096;

/// Puts the units of one origin, in the order of their records.
pub struct UnitLoad<'a> {
    store: &'a Store,
    insert: CachedStatement<'a>,
    keep: CachedStatement<'a>,
    present: CachedStatement<'a>,
    origin: i64,
    generation: i64,
    key: String,
    provenances: HashMap<Provenance, i64>,
    defaults: [i64; 2],
    outcome: Outcome,
}

impl Store {
    /// Begins to put the units of an origin; `generation` is what [`Store::put_origin`] returned. A side without a provenance of its own gets
    /// that of `defaults` (source, target).
    pub fn load_units(&self, origin: i64, key: &str, generation: i64, defaults: &[Provenance; 2]) -> Result<UnitLoad<'_>> {
        let insert = self.connection.prepare_cached(
            "INSERT OR IGNORE INTO unit (uid, origin, record, source_lang, target_lang, source, target, source_provenance, target_provenance,
                 original_lang, confidence, score, state, generation)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        let keep = self.connection.prepare_cached(
            "UPDATE unit SET record = :record, source_provenance = :source_provenance, target_provenance = :target_provenance,
                 original_lang = :original_lang, confidence = :confidence, score = coalesce(:score, score),
                 scored = CASE WHEN :score IS NULL THEN scored END, generation = :generation,
                 state = CASE state WHEN 'withdrawn' THEN 'unreviewed' ELSE state END
             WHERE uid = :uid AND generation <> :generation",
        )?;
        let present = self.connection.prepare_cached("SELECT 1 FROM unit WHERE uid = ?1 AND generation = ?2")?;
        Ok(UnitLoad {
            store: self,
            insert,
            keep,
            present,
            origin,
            generation,
            key: key.to_string(),
            provenances: HashMap::new(),
            defaults: [self.provenance_id(&defaults[0])?, self.provenance_id(&defaults[1])?],
            outcome: Outcome::default(),
        })
    }

    /// Deletes the units of an origin that are not of `generation`; those that were reviewed stay as `withdrawn`.
    pub(super) fn withdraw_units(&self, origin: i64, generation: i64) -> Result<Outcome> {
        let withdrawn = self.connection.execute(
            "UPDATE unit SET state = 'withdrawn' WHERE origin = ?1 AND generation <> ?2 AND EXISTS (SELECT 1 FROM review WHERE review.unit = unit.id)",
            (origin, generation),
        )?;
        let removed = self
            .connection
            .execute("DELETE FROM unit WHERE origin = ?1 AND generation <> ?2 AND state <> 'withdrawn'", (origin, generation))?;
        Ok(Outcome { withdrawn: withdrawn as u64, removed: removed as u64, ..Outcome::default() })
    }
}

impl UnitLoad<'_> {
    /// Puts a unit. `first_id` is its id as the first with its texts in this origin ([`Unit::id_bytes`] with k = 0), computed where there is time.
    pub fn put(&mut self, unit: &Unit, first_id: [u8; 16]) -> Result<()> {
        if self.try_put(unit, first_id)? {
            return Ok(());
        }
        // The same texts came before in this origin. Their occurrences are numbered without gaps, so the first free number
        // is found by doubling and halving, without remembering every text.
        let mut free = 1;
        while self.is_present(unit.id_bytes(&self.key, free))? {
            free *= 2;
        }
        let mut taken = free / 2;
        while free - taken > 1 {
            let middle = taken + (free - taken) / 2;
            if self.is_present(unit.id_bytes(&self.key, middle))? {
                taken = middle;
            } else {
                free = middle;
            }
        }
        if self.try_put(unit, unit.id_bytes(&self.key, free))? {
            Ok(())
        } else {
            Err(Error::new(format!("unit {} has the id of another", base32(&first_id))))
        }
    }

    /// Withdraws or deletes the units that were not put again, and tells what changed.
    pub fn finish(mut self) -> Result<Outcome> {
        let gone = self.store.withdraw_units(self.origin, self.generation)?;
        self.outcome.add(gone);
        self.store.settle_origin(self.origin)?;
        Ok(self.outcome)
    }

    /// False when a unit with that id was put in this generation already.
    fn try_put(&mut self, unit: &Unit, id: [u8; 16]) -> Result<bool> {
        let source_provenance = self.provenance_row(0, &unit.source_provenance)?;
        let target_provenance = self.provenance_row(1, &unit.target_provenance)?;
        let original_lang = unit.original_lang.as_ref().map(Lang::as_str);
        let record = unit.origin.record.unwrap_or(0);
        let inserted = self.insert.execute(rusqlite::params![
            &id[..],
            self.origin,
            record,
            unit.source_lang.as_str(),
            unit.target_lang.as_str(),
            unit.source,
            unit.target,
            source_provenance,
            target_provenance,
            original_lang,
            unit.confidence,
            unit.score,
            unit.state.name(),
            self.generation,
        ])?;
        if inserted == 1 {
            self.outcome.added += 1;
            return Ok(true);
        }
        let kept = self.keep.execute(named_params! {
            ":uid": &id[..], ":record": record, ":source_provenance": source_provenance, ":target_provenance": target_provenance,
            ":original_lang": original_lang, ":confidence": unit.confidence, ":score": unit.score, ":generation": self.generation,
        })?;
        self.outcome.kept += kept as u64;
        Ok(kept == 1)
    }

    fn is_present(&mut self, id: [u8; 16]) -> Result<bool> {
        Ok(self.present.exists((&id[..], self.generation))?)
    }

    fn provenance_row(&mut self, side: usize, provenance: &Provenance) -> Result<i64> {
        if provenance.is_empty() {
            return Ok(self.defaults[side]);
        }
        if let Some(row) = self.provenances.get(provenance) {
            return Ok(*row);
        }
        if self.provenances.len() >= PROVENANCE_CACHE {
            self.provenances.clear();
        }
        let row = self.store.provenance_id(provenance)?;
        self.provenances.insert(provenance.clone(), row);
        Ok(row)
    }
}

/// Which units to read.
#[derive(Debug, Clone, Default)]
pub struct UnitQuery {
    /// Also those whose state is `withdrawn`.
    pub withdrawn: bool,
    /// With their texts as ingested; else as reviewers have edited them.
    pub original: bool,
    /// With their findings, but those that a reviewer dismissed.
    pub findings: bool,
    /// With the scores of these names that others gave.
    pub scores: Vec<String>,
    /// With what reviewers noted and the hash of their state.
    pub remarks: bool,
}

/// A unit as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredUnit {
    /// Its row.
    pub row: i64,
    /// The key of its origin.
    pub origin_key: String,
    /// The name of its source.
    pub source_name: String,
    /// The unit.
    pub unit: Unit,
    /// What the checks found and no reviewer dismissed, if asked for.
    pub findings: Vec<Finding>,
    /// The key of what gave its score; `None` for a score that came with the file, or for none.
    pub scored: Option<String>,
    /// The scores asked for, `None` for one that it does not have.
    pub scores: Vec<Option<f64>>,
}

impl Store {
    /// Units in pages of about `size`, in the order of their origins' keys and their records: an order that does not depend on the store's history.
    pub fn unit_pages(&self, query: UnitQuery, size: usize) -> Result<impl Iterator<Item = Result<Vec<StoredUnit>>>> {
        self.pages(self.origin_rows("SELECT id FROM origin ORDER BY key")?, query, size)
    }

    /// The units, with their findings, that came ready-made in files, in pages and in the order of [`Store::unit_pages`].
    pub fn record_pages(&self, size: usize) -> Result<impl Iterator<Item = Result<Vec<StoredUnit>>>> {
        let origins = self.origin_rows("SELECT id FROM origin WHERE kind = 'units' ORDER BY key")?;
        self.pages(origins, UnitQuery { findings: true, ..UnitQuery::default() }, size)
    }

    /// The unit with that id, with its findings and the scores of these names; `None` if it is not stored or was withdrawn.
    pub fn unit(&self, id: &[u8; 16], scores: &[String]) -> Result<Option<StoredUnit>> {
        self.unit_as(id, UnitQuery { findings: true, scores: scores.to_vec(), ..UnitQuery::default() })
    }

    /// The unit with that id, as it is asked for.
    pub(super) fn unit_as(&self, id: &[u8; 16], asked: UnitQuery) -> Result<Option<StoredUnit>> {
        let mut query = self.connection.prepare_cached("SELECT origin, record, id FROM unit WHERE uid = ?1")?;
        let found = query.query_row([&id[..]], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional()?;
        let Some((origin, record, row)): Option<(i64, i64, i64)> = found else { return Ok(None) };
        let mut pages =
            Pages { store: self, query: asked, size: 1, origins: vec![].into_iter(), current: None, provenances: HashMap::new() };
        let mut origin = OriginOfUnits { after: (record, row - 1), ..self.origin_of_units(origin)? };
        let mut page = Vec::new();
        pages.read(&mut origin, &mut page)?;
        Ok(page.pop().filter(|stored| stored.row == row))
    }

    /// The units of one origin, with their findings.
    pub fn units_of(&self, origin: i64) -> Result<Vec<StoredUnit>> {
        let pages = self.pages(vec![origin], UnitQuery { findings: true, ..UnitQuery::default() }, 10_000)?;
        Ok(pages.collect::<Result<Vec<_>>>()?.concat())
    }

    fn origin_rows(&self, query: &str) -> Result<Vec<i64>> {
        let mut query = self.connection.prepare(query)?;
        let rows = query.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn pages(&self, origins: Vec<i64>, query: UnitQuery, size: usize) -> Result<impl Iterator<Item = Result<Vec<StoredUnit>>>> {
        let mut pages = Pages { store: self, query, size, origins: origins.into_iter(), current: None, provenances: HashMap::new() };
        Ok(std::iter::from_fn(move || pages.next_page().transpose()))
    }

    /// Number of units, those withdrawn left out.
    pub fn unit_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT count(*) FROM unit WHERE state <> 'withdrawn'", [], |r| r.get(0))?)
    }

    fn origin_of_units(&self, id: i64) -> Result<OriginOfUnits> {
        let mut query = self
            .connection
            .prepare_cached("SELECT key, kind, source, file, target_file, source_document, target_document FROM origin WHERE id = ?1")?;
        let (mut origin, kind, documents) = query.query_row([id], |r| {
            let origin = OriginOfUnits {
                id,
                key: r.get("key")?,
                source: r.get("source")?,
                file: r.get("file")?,
                target_file: r.get("target_file")?,
                beads: Vec::new(),
                statement: None,
                after: (i64::MIN, 0),
            };
            let kind: String = r.get("kind")?;
            let documents: (Option<i64>, Option<i64>) = (r.get("source_document")?, r.get("target_document")?);
            Ok((origin, kind, documents))
        })?;
        if OriginKind::from_name(&kind) == Some(OriginKind::Bitext) {
            origin.beads = self.beads(id)?;
            if let (Some(source), Some(target)) = documents {
                origin.statement = self.statement_link(source, target)?;
            }
        }
        Ok(origin)
    }
}

/// What the units of one origin have in common, and how far they have been read.
struct OriginOfUnits {
    id: i64,
    key: String,
    source: String,
    file: String,
    target_file: Option<String>,
    beads: Vec<Bead>,
    statement: Option<StatementLink>,
    after: (i64, i64),
}

struct Pages<'a> {
    store: &'a Store,
    query: UnitQuery,
    size: usize,
    origins: std::vec::IntoIter<i64>,
    current: Option<OriginOfUnits>,
    provenances: HashMap<i64, Provenance>,
}

impl Pages<'_> {
    fn next_page(&mut self) -> Result<Option<Vec<StoredUnit>>> {
        let mut page = Vec::new();
        while page.len() < self.size {
            let Some(mut origin) = self.next_origin()? else { break };
            let before = page.len();
            self.read(&mut origin, &mut page)?;
            if page.len() > before {
                self.current = Some(origin);
            }
        }
        Ok((!page.is_empty()).then_some(page))
    }

    fn next_origin(&mut self) -> Result<Option<OriginOfUnits>> {
        match self.current.take() {
            Some(origin) => Ok(Some(origin)),
            None => self.origins.next().map(|id| self.store.origin_of_units(id)).transpose(),
        }
    }

    fn read(&mut self, origin: &mut OriginOfUnits, page: &mut Vec<StoredUnit>) -> Result<()> {
        let mut query = self.store.connection.prepare_cached(
            "SELECT unit.*, review.source AS edited_source, review.target AS edited_target, verdict FROM unit LEFT JOIN review ON review.unit = unit.id
             WHERE origin = :origin AND (record, id) > (:record, :id) AND (state <> 'withdrawn' OR :withdrawn) ORDER BY record, id LIMIT :limit",
        )?;
        let mut rows = query.query(named_params! {
            ":origin": origin.id, ":record": origin.after.0, ":id": origin.after.1, ":withdrawn": self.query.withdrawn,
            ":limit": self.size - page.len(),
        })?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get("id")?;
            origin.after = (row.get("record")?, id);
            let unit = self.unit(row, origin)?;
            let findings = if self.query.findings { self.store.open_findings_of(id)? } else { Vec::new() };
            let scores = self.store.other_scores(id, &self.query.scores)?;
            let (origin_key, source_name) = (origin.key.clone(), origin.source.clone());
            page.push(StoredUnit { row: id, origin_key, source_name, unit, findings, scored: row.get("scored")?, scores });
        }
        Ok(())
    }

    fn unit(&mut self, row: &Row<'_>, origin: &OriginOfUnits) -> Result<Unit> {
        let required =
            |column: &str| lang(row, column)?.ok_or_else(|| Error::new(format!("a unit of `{}` has a bad {column}", origin.key)));
        let record: u64 = row.get("record")?;
        let bead = usize::try_from(record).ok().and_then(|n| origin.beads.get(n));
        let uid: [u8; 16] = row.get("uid")?;
        let state: String = row.get("state")?;
        let edited = |column: &str| if self.query.original { Ok(None) } else { row.get::<_, Option<String>>(column) };
        let (edited_source, edited_target) = (edited("edited_source")?, edited("edited_target")?);
        Ok(Unit {
            id: Some(base32(&uid)),
            source_lang: required("source_lang")?,
            target_lang: required("target_lang")?,
            source: edited_source.map_or_else(|| row.get("source"), Ok)?,
            target: edited_target.map_or_else(|| row.get("target"), Ok)?,
            origin: UnitOrigin {
                file: origin.file.clone(),
                target_file: origin.target_file.clone(),
                record: bead.is_none().then_some(record),
                parent: None,
                source_segments: bead.map(|b| b.source.clone()),
                target_segments: bead.map(|b| b.target.clone()),
            },
            statement: origin.statement.clone(),
            source_provenance: self.provenance(row.get("source_provenance")?)?.into(),
            target_provenance: self.provenance(row.get("target_provenance")?)?.into(),
            original_lang: lang(row, "original_lang")?,
            confidence: row.get("confidence")?,
            score: row.get("score")?,
            state: State::from_name(&state).ok_or_else(|| Error::new(format!("unknown state `{state}`")))?,
            remarks: if self.query.remarks { Some(Box::new(self.remarks(row, &uid)?)) } else { None },
        })
    }

    /// The notes on a unit and the hash of its state; most units have no review.
    fn remarks(&self, row: &Row<'_>, uid: &[u8; 16]) -> Result<Remarks> {
        let verdict: Option<String> = row.get("verdict")?;
        let Some(verdict) = verdict else {
            let verdict = verdict_named(&row.get::<_, String>("state")?);
            return Ok(Remarks { base: base(&base32(uid), verdict, None, None), ..Remarks::default() });
        };
        let (source, target): (Option<String>, Option<String>) = (row.get("edited_source")?, row.get("edited_target")?);
        let base = base(&base32(uid), verdict_named(&verdict), source.as_deref(), target.as_deref());
        let notes = self.store.reviewed(uid)?.map(|reviewed| reviewed.current.notes).unwrap_or_default();
        Ok(Remarks { base, notes, findings: Vec::new() })
    }

    fn provenance(&mut self, id: i64) -> Result<Provenance> {
        if let Some(known) = self.provenances.get(&id) {
            return Ok(known.clone());
        }
        if self.provenances.len() >= PROVENANCE_CACHE {
            self.provenances.clear();
        }
        let provenance = self.store.provenance(id)?;
        self.provenances.insert(id, provenance.clone());
        Ok(provenance)
    }
}

impl Store {
    /// The id of the unit in a row.
    pub fn unit_id(&self, row: i64) -> Result<String> {
        let uid: [u8; 16] = self.connection.prepare_cached("SELECT uid FROM unit WHERE id = ?1")?.query_row([row], |r| r.get(0))?;
        Ok(base32(&uid))
    }

    /// The row of the unit with that id, if it is stored.
    pub fn unit_row(&self, id: &[u8; 16]) -> Result<Option<i64>> {
        Ok(self.connection.prepare_cached("SELECT id FROM unit WHERE uid = ?1")?.query_row([&id[..]], |r| r.get(0)).optional()?)
    }
}
