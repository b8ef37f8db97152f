//! Acts on many units. A hundred thousand of them are done and undone in a few statements where nothing else happened to them.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use super::verdict_named;
use crate::error::Result;
use crate::model::review::base;
use crate::model::{Act, Event, State, Verdict};
use crate::store::Store;
use crate::text::hash::base32;

/// What the hash of a unit's state is made of.
const NOW: &str = "SELECT uid, coalesce(verdict, state) AS verdict, review.source, review.target
                   FROM unit LEFT JOIN review ON review.unit = unit.id";

/// The units of the event ?1 that nothing happened to but the events ?2.
const ALONE: &str = "SELECT unit.id FROM bulk JOIN unit ON unit.uid = bulk.unit WHERE bulk.event = ?1
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.unit = bulk.unit)
    AND NOT EXISTS (SELECT 1 FROM bulk AS other WHERE other.unit = bulk.unit AND other.event NOT IN (SELECT value FROM json_each(?2)))
    AND bulk.unit NOT IN (SELECT unit FROM moved UNION ALL SELECT came_from FROM moved)";

impl Store {
    /// The units of an event on many, with the state that each is in now.
    pub(super) fn seen_now(&self, event: &str) -> Result<Vec<([u8; 16], String)>> {
        let mut now = self.connection.prepare_cached(&format!("{NOW} WHERE uid = ?1"))?;
        let mut units = self.units_of_bulk(event)?;
        for (uid, seen) in &mut units {
            if let Some((_, base)) = now.query_row([&uid[..]], state_now).optional()? {
                *seen = base;
            }
        }
        Ok(units)
    }

    /// Those of the units that a verdict on many changes, with the state that each is in.
    pub(super) fn to_be_changed(&self, rows: &[u32], verdict: Verdict) -> Result<Vec<([u8; 16], String)>> {
        let mut query = self.connection.prepare_cached(&format!("{NOW} WHERE id = ?1 AND state <> 'withdrawn'"))?;
        let mut units = Vec::new();
        for row in rows {
            let found = query.query_row([row], |r| Ok((r.get("uid")?, state_now(r)?))).optional()?;
            let Some((uid, (before, base))) = found else { continue };
            if before != verdict && (before == Verdict::Unreviewed || verdict == Verdict::Unreviewed) {
                units.push((uid, base));
            }
        }
        Ok(units)
    }

    /// Gives the units of an event on many their verdict: none of them was in another state.
    pub(super) fn set_verdicts(&self, seq: i64, verdict: Verdict) -> Result<()> {
        self.connection.execute(
            "INSERT INTO review SELECT unit.id, state, ?2, NULL, NULL, 0 FROM bulk JOIN unit ON unit.uid = bulk.unit WHERE bulk.event = ?1
             ON CONFLICT (unit) DO UPDATE SET verdict = excluded.verdict, conflicts = 0",
            (seq, verdict.name()),
        )?;
        let edited = if verdict == Verdict::Accepted { State::Edited.name() } else { verdict.name() };
        self.connection.execute(
            "UPDATE unit SET state = CASE WHEN review.source IS NULL AND review.target IS NULL AND initial <> 'edited' THEN ?2 ELSE ?3 END
             FROM bulk, review WHERE bulk.event = ?1 AND unit.uid = bulk.unit AND review.unit = unit.id AND state <> 'withdrawn'",
            (seq, verdict.name(), edited),
        )?;
        Ok(())
    }

    /// Brings the units of the undoing of an act on many up to date that nothing else happened to: the act is in force for them, or never was.
    pub(super) fn settle_alone(&self, undo: &Event, seq: i64) -> Result<()> {
        let Some(done) = self.done_on_many(undo)? else { return Ok(()) };
        let verdict = done.in_force.then(|| done.verdict.name());
        self.connection.execute(
            &format!(
                "UPDATE review SET verdict = coalesce(?3, CASE initial WHEN 'edited' THEN 'accepted' ELSE initial END) WHERE unit IN ({ALONE})"
            ),
            (seq, &done.events, verdict),
        )?;
        self.connection.execute(
            &format!(
                "UPDATE unit SET state = CASE WHEN ?3 IS NULL OR (?3 = 'accepted' AND initial = 'edited') THEN initial ELSE ?3 END
                 FROM review WHERE review.unit = unit.id AND state <> 'withdrawn' AND unit.id IN ({ALONE})"
            ),
            (seq, &done.events, verdict),
        )?;
        Ok(())
    }

    /// The other units of the undoing of an act on many.
    pub(super) fn not_alone(&self, undo: &Event, seq: i64) -> Result<Vec<[u8; 16]>> {
        let Some(done) = self.done_on_many(undo)? else { return Ok(Vec::new()) };
        let query =
            format!("SELECT unit.uid FROM bulk JOIN unit ON unit.uid = bulk.unit WHERE bulk.event = ?1 AND unit.id NOT IN ({ALONE})");
        let mut query = self.connection.prepare_cached(&query)?;
        let rows = query.query_map((seq, &done.events), |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The act on many that an undo is about in the end; `None` for one on a single unit.
    fn done_on_many(&self, undo: &Event) -> Result<Option<DoneOnMany>> {
        if !undo.unit.is_empty() {
            return Ok(None);
        }
        let mut query = self.connection.prepare_cached("SELECT seq, json FROM event WHERE unit = x'' ORDER BY seq")?;
        let rows = query.query_map([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?)))?;
        let mut acts: BTreeMap<String, (i64, Act)> = BTreeMap::new();
        for row in rows {
            let (seq, json) = row?;
            if let Ok(event) = serde_json::from_str::<Event>(&json) {
                acts.insert(event.id.clone(), (seq, Act::of(&event)));
            }
        }
        let Some((root, steps)) = root(&acts, &undo.id) else { return Ok(None) };
        let Some((_, Act::Bulk { state, .. })) = acts.get(root) else { return Ok(None) };
        let about = acts.keys().filter(|id| self::root(&acts, id).is_some_and(|(other, _)| other == root));
        let events: Vec<i64> = about.map(|id| acts[id].0).collect();
        Ok(Some(DoneOnMany { events: serde_json::json!(events).to_string(), verdict: *state, in_force: steps % 2 == 0 }))
    }
}

/// An act on many, and what was undone and done again of it.
struct DoneOnMany {
    /// The places of all events about it in the log, as a JSON list.
    events: String,
    verdict: Verdict,
    in_force: bool,
}

/// What an event undoes in the end, and by how many steps.
fn root<'a>(acts: &'a BTreeMap<String, (i64, Act)>, id: &'a str) -> Option<(&'a str, usize)> {
    let (mut id, mut steps) = (id, 0);
    while let Act::Undo { event } = &acts.get(id)?.1 {
        (id, steps) = (event, steps + 1);
        if steps > acts.len() {
            return None;
        }
    }
    Some((id, steps))
}

/// The verdict of a unit and the hash of its state, from a row of [`NOW`].
fn state_now(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Verdict, String)> {
    let verdict = verdict_named(&row.get::<_, String>("verdict")?);
    let (source, target): (Option<String>, Option<String>) = (row.get("source")?, row.get("target")?);
    Ok((verdict, base(&base32(&row.get("uid")?), verdict, source.as_deref(), target.as_deref())))
}
