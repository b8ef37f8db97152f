//! Units as a reviewer sees them: rows of a list, and one in detail.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use super::findings::Checked;
use super::verdict_named;
use crate::error::{Error, Result};
use crate::model::review::{Dismissal, base};
use crate::model::{Bead, Finding, Reviewed, State, Statement, StatementLink, Unit};
use crate::store::{Store, UnitQuery};
use crate::text::hash::{base32, from_base32};

/// A unit as a row of a list: its texts as they are now, and what is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its row in the store, which is also its place in the order of ingest.
    pub row: i64,
    /// Its id.
    pub id: String,
    /// The source text, edits applied.
    pub source: String,
    /// The target text, edits applied.
    pub target: String,
    /// Probability that the bead is right.
    pub confidence: Option<f64>,
    /// Probability that the texts translate each other; none after an edit until it is scored again.
    pub score: Option<f64>,
    /// Where its review stands.
    pub state: State,
    /// Check and tier of its open findings.
    pub findings: Vec<(String, u8)>,
    /// The key of its origin.
    pub origin: String,
    /// The name of the statement that it renders.
    pub statement: Option<String>,
    /// How many source and target segments its bead has; `None` for a record of a file.
    pub kind: Option<(usize, usize)>,
    /// True when a reviewer changed a text.
    pub edited: bool,
    /// Acts on another state that nobody has settled.
    pub conflicts: u64,
    /// The hash of its state: what an act on it names as its base.
    pub base: String,
}

/// A unit with everything there is to see.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Its row.
    pub row: Row,
    /// The unit with the texts as ingested and the provenance of both sides.
    pub unit: Unit,
    /// Its reviews: texts as ingested, notes, dismissals, history, the hash of its state.
    pub reviewed: Reviewed,
    /// What the checks found in the texts as they are now, with what was dismissed.
    pub findings: Vec<KeyedFinding>,
    /// The renderings that it pairs.
    pub link: Option<StatementLink>,
    /// The statement, with all its renderings.
    pub statement: Option<Statement>,
    /// The 0-based place of its bead in the bitext, and the bead; `None` for a record of a file, or when it was withdrawn.
    pub bead: Option<(usize, Bead)>,
}

/// A finding, what a dismissal of it is filed under, and the dismissal.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyedFinding {
    /// Its key.
    pub key: String,
    /// The finding.
    pub finding: Finding,
    /// Who dismissed it, when and why.
    pub dismissed: Option<Dismissal>,
}

impl Store {
    /// The rows with these numbers, in their order; numbers of no unit are passed over.
    pub fn rows(&self, numbers: &[u32]) -> Result<Vec<Row>> {
        let wanted = serde_json::to_string(numbers).expect("numbers are plain data");
        let mut query = self.connection.prepare_cached(
            "SELECT unit.id, uid, coalesce(review.source, unit.source), coalesce(review.target, unit.target), unit.confidence, score, state,
                 origin.key, statement.name, source_end - source_start, target_end - target_start,
                 coalesce(conflicts, 0), coalesce(verdict, state), review.source, review.target
             FROM json_each(?1) AS wanted CROSS JOIN unit ON unit.id = wanted.value JOIN origin ON origin.id = unit.origin
             LEFT JOIN review ON review.unit = unit.id
             LEFT JOIN bead ON bead.origin = unit.origin AND bead.n = unit.record AND state <> 'withdrawn' AND kind = 'bitext'
             LEFT JOIN rendering ON rendering.document = origin.source_document
             LEFT JOIN statement ON statement.id = rendering.statement
             ORDER BY wanted.key",
        )?;
        let found = query.query_map([&wanted], |r| {
            let (source_segments, target_segments): (Option<usize>, Option<usize>) = (r.get(9)?, r.get(10)?);
            let (edited_source, edited_target): (Option<String>, Option<String>) = (r.get(13)?, r.get(14)?);
            let id = base32(&r.get(1)?);
            let verdict = verdict_named(&r.get::<_, String>(12)?);
            Ok(Row {
                row: r.get(0)?,
                base: base(&id, verdict, edited_source.as_deref(), edited_target.as_deref()),
                id,
                source: r.get(2)?,
                target: r.get(3)?,
                confidence: r.get(4)?,
                score: r.get(5)?,
                state: State::from_name(&r.get::<_, String>(6)?).unwrap_or_default(),
                findings: Vec::new(),
                origin: r.get(7)?,
                statement: r.get(8)?,
                kind: source_segments.zip(target_segments),
                edited: edited_source.is_some() || edited_target.is_some(),
                conflicts: r.get(11)?,
            })
        })?;
        let mut rows: Vec<Row> = found.collect::<rusqlite::Result<_>>()?;
        let mut findings = self.open_findings(&wanted)?;
        for row in &mut rows {
            row.findings = findings.remove(&row.row).unwrap_or_default();
        }
        Ok(rows)
    }

    /// The row of the unit with that id, in whatever state.
    pub fn row(&self, id: &str) -> Result<Option<Row>> {
        let Some(uid) = from_base32(id) else { return Ok(None) };
        let Some(row) = self.unit_row(&uid)? else { return Ok(None) };
        Ok(self.rows(&[super::views::narrow(row)])?.pop())
    }

    /// The open findings of the units in a JSON list of rows.
    fn open_findings(&self, wanted: &str) -> Result<BTreeMap<i64, Vec<Checked>>> {
        let mut query = self.connection.prepare_cached(
            "SELECT finding.unit, check_name, tier FROM json_each(?1) AS wanted CROSS JOIN finding ON finding.unit = wanted.value
             ORDER BY finding.unit, n",
        )?;
        let mut findings: BTreeMap<i64, Vec<Checked>> = BTreeMap::new();
        for row in query.query_map([wanted], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))? {
            let (unit, check, tier) = row?;
            findings.entry(unit).or_default().push((check, tier));
        }
        let mut query =
            self.connection.prepare_cached("SELECT DISTINCT unit FROM dismissed WHERE unit IN (SELECT value FROM json_each(?1))")?;
        for unit in query.query_map([wanted], |r| r.get::<_, i64>(0))? {
            let unit = unit?;
            findings.insert(unit, self.open_of(unit)?);
        }
        Ok(findings)
    }

    /// Everything there is to see of the unit with that id, in whatever state.
    pub fn detail(&self, id: &str) -> Result<Option<Detail>> {
        let (Some(row), Some(reviewed)) = (self.row(id)?, self.history(id)?) else { return Ok(None) };
        let Some(uid) = from_base32(id) else { return Ok(None) };
        let query = UnitQuery { withdrawn: true, original: true, ..UnitQuery::default() };
        let Some(stored) = self.unit_as(&uid, query)? else { return Ok(None) };
        let findings = self.keyed_findings(row.row)?.into_iter().map(|(key, finding)| {
            let dismissed = reviewed.current.dismissed.iter().find(|dismissal| dismissal.finding == key).cloned();
            KeyedFinding { key, finding, dismissed }
        });
        let findings = findings.collect();
        let statement = match &row.statement {
            Some(name) => self.statement(name)?,
            None => None,
        };
        let bead = match row.kind {
            Some(_) => self.bead_of(row.row)?,
            None => None,
        };
        Ok(Some(Detail { link: stored.unit.statement.clone(), unit: stored.unit, row, reviewed, findings, statement, bead }))
    }

    fn bead_of(&self, row: i64) -> Result<Option<(usize, Bead)>> {
        let query = "SELECT n, source_start, source_end, target_start, target_end, bead.confidence, by_hand
                     FROM unit JOIN bead ON bead.origin = unit.origin AND bead.n = unit.record WHERE unit.id = ?1";
        let found = self.connection.prepare_cached(query)?.query_row([row], |r| {
            Ok((r.get(0)?, Bead { source: r.get(1)?..r.get(2)?, target: r.get(3)?..r.get(4)?, confidence: r.get(5)?, by_hand: r.get(6)? }))
        });
        Ok(found.optional()?)
    }

    /// The statement with that name.
    pub fn statement(&self, name: &str) -> Result<Option<Statement>> {
        let query = "SELECT json FROM statement WHERE name = ?1";
        let json: Option<String> = self.connection.prepare_cached(query)?.query_row([name], |r| r.get(0)).optional()?;
        let parse = |json: String| serde_json::from_str(&json).map_err(|e| Error::new(format!("statement `{name}`: {e}")));
        json.map(parse).transpose()
    }
}
