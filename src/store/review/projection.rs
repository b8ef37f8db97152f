//! What the events make of the units, written beside them: states, current texts, dismissed findings. It can always be made again.

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::Recheck;
use crate::error::{Error, Result};
use crate::model::review::Original;
use crate::model::{Reviewed, State};
use crate::store::{OF_FILE, Store};
use crate::text::hash::{base32, digest, from_base32};

/// The units of an origin that are not in the state which their reviews make: those that are back, and those whose acts came before them. Looked up
/// from the reviews and acts where these are fewer than the units, else from the units. (`+` and `CROSS` keep SQLite to that order.)
const BACK_BY_ACT: &str = "SELECT uid FROM review CROSS JOIN unit ON unit.id = review.unit
        WHERE +origin = ?1 AND +state = 'unreviewed' AND verdict <> 'unreviewed'
    UNION SELECT uid FROM event CROSS JOIN unit ON unit.uid = event.unit WHERE +origin = ?1 AND id NOT IN (SELECT unit FROM review)
    UNION SELECT uid FROM bulk CROSS JOIN unit ON unit.uid = bulk.unit WHERE +origin = ?1 AND id NOT IN (SELECT unit FROM review)";
const BACK_BY_UNIT: &str = "SELECT uid FROM unit CROSS JOIN review ON review.unit = unit.id
        WHERE origin = ?1 AND +state = 'unreviewed' AND verdict <> 'unreviewed'
    UNION SELECT uid FROM unit WHERE origin = ?1 AND NOT EXISTS (SELECT 1 FROM review WHERE review.unit = unit.id)
        AND (EXISTS (SELECT 1 FROM event WHERE event.unit = uid) OR EXISTS (SELECT 1 FROM bulk WHERE bulk.unit = uid))";

impl Store {
    /// The unit with all its reviews; `None` if there is no such unit.
    pub(in crate::store) fn reviewed(&self, uid: &[u8; 16]) -> Result<Option<Reviewed>> {
        let Some(original) = self.original(uid)? else { return Ok(None) };
        let query = "SELECT came_from FROM moved WHERE unit = ?1";
        let from: Option<[u8; 16]> = self.connection.prepare_cached(query)?.query_row([&uid[..]], |r| r.get(0)).optional()?;
        let before = from.map(|from| self.reviewed(&from)).transpose()?.flatten();
        let start = match before {
            Some(before) => before.moved_to(original),
            None => Reviewed::new(original),
        };
        Ok(Some(start.with(self.events_on(uid)?)))
    }

    fn original(&self, uid: &[u8; 16]) -> Result<Option<Original>> {
        let query = "SELECT unit.source, unit.target, coalesce(initial, state) FROM unit LEFT JOIN review ON review.unit = unit.id
                     WHERE uid = ?1";
        let found = self.connection.prepare_cached(query)?.query_row([&uid[..]], |r| {
            Ok(Original { unit: base32(uid), source: r.get(0)?, target: r.get(1)?, state: state_named(&r.get::<_, String>(2)?) })
        });
        Ok(found.optional()?)
    }

    /// Brings what is stored of a unit up to date with its events, and that of the units which took its review over.
    pub(in crate::store) fn settle(&self, uid: &[u8; 16], recheck: Recheck<'_>) -> Result<()> {
        if let (Some(reviewed), Some(row)) = (self.reviewed(uid)?, self.unit_row(uid)?) {
            self.project(row, &reviewed, recheck)?;
        }
        let query = "SELECT unit FROM moved WHERE came_from = ?1";
        let heirs: Vec<[u8; 16]> =
            self.connection.prepare_cached(query)?.query_map([&uid[..]], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        heirs.iter().try_for_each(|heir| self.settle(heir, recheck))
    }

    fn project(&self, row: i64, reviewed: &Reviewed, recheck: Recheck<'_>) -> Result<()> {
        let before = self.texts_now(row)?;
        let current = &reviewed.current;
        self.connection
            .prepare_cached(
                "INSERT INTO review VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit) DO UPDATE SET verdict = excluded.verdict,
                     source = excluded.source, target = excluded.target, conflicts = excluded.conflicts",
            )?
            .execute((
                row,
                reviewed.original.state.name(),
                current.verdict.name(),
                &current.source,
                &current.target,
                reviewed.conflicts().count(),
            ))?;
        self.connection
            .prepare_cached("UPDATE unit SET state = ?2 WHERE id = ?1 AND state <> 'withdrawn' AND state <> ?2")?
            .execute((row, reviewed.state().name()))?;
        self.connection.prepare_cached("DELETE FROM dismissed WHERE unit = ?1")?.execute([row])?;
        let mut dismiss = self.connection.prepare_cached("INSERT OR IGNORE INTO dismissed VALUES (?1, ?2)")?;
        for dismissal in &current.dismissed {
            dismiss.execute((row, &dismissal.finding))?;
        }
        if before.as_ref().is_some_and(|(source, target)| source != reviewed.source() || target != reviewed.target()) {
            self.text_changed(row, reviewed, recheck)?;
        }
        Ok(())
    }

    /// The texts of a unit, edits applied.
    pub(in crate::store) fn texts_now(&self, row: i64) -> Result<Option<(String, String)>> {
        let query = "SELECT coalesce(review.source, unit.source), coalesce(review.target, unit.target)
                     FROM unit LEFT JOIN review ON review.unit = unit.id WHERE id = ?1";
        Ok(self.connection.prepare_cached(query)?.query_row([row], |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
    }

    /// A score and findings belong to two texts: other texts have others.
    fn text_changed(&self, row: i64, reviewed: &Reviewed, recheck: Recheck<'_>) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO unit_score SELECT id, ?2, '', score FROM unit WHERE id = ?1 AND score IS NOT NULL AND scored IS NULL",
            )?
            .execute((row, OF_FILE))?;
        self.connection.prepare_cached("DELETE FROM unit_score WHERE unit = ?1 AND name <> ?2")?.execute((row, OF_FILE))?;
        self.connection.prepare_cached("UPDATE unit SET score = NULL, scored = '' WHERE id = ?1")?.execute([row])?;
        if !reviewed.is_edited() {
            self.connection
                .prepare_cached(
                    "UPDATE unit SET score = s.value, scored = NULL FROM unit_score s WHERE unit.id = ?1 AND s.unit = ?1 AND s.name = ?2",
                )?
                .execute((row, OF_FILE))?;
        }
        self.index_again(row)?;
        let Some(recheck) = recheck else { return Ok(()) };
        let uid: [u8; 16] = self.connection.prepare_cached("SELECT uid FROM unit WHERE id = ?1")?.query_row([row], |r| r.get(0))?;
        if let Some(stored) = self.unit(&uid, &[])? {
            self.connection.prepare_cached("DELETE FROM finding WHERE unit = ?1")?.execute([row])?;
            self.put_findings(row, &recheck(&stored))?;
        }
        Ok(())
    }

    /// After units of an origin were put: those that are back get their state again, and those with the texts of a reviewed one that vanished take its
    /// review over.
    pub(in crate::store) fn settle_origin(&self, origin: i64) -> Result<()> {
        if self.event_seq()? == 0 {
            return Ok(());
        }
        let back = if self.has_more_units_than_acts(origin)? { BACK_BY_ACT } else { BACK_BY_UNIT };
        for uid in self.uids(back, origin)? {
            self.settle(&uid, None)?;
        }
        let vanished = "SELECT uid FROM unit WHERE origin = ?1 AND state = 'withdrawn' AND uid NOT IN (SELECT came_from FROM moved)
                            AND id IN (SELECT unit FROM review) ORDER BY id";
        let vanished = self.uids(vanished, origin)?;
        let mut heirs = if vanished.is_empty() { HashMap::new() } else { self.heirs(origin)? };
        for from in vanished {
            let Some(reviewed) = self.reviewed(&from)? else { continue };
            let original = &reviewed.original;
            let texts = [(reviewed.source(), reviewed.target()), (original.source.as_str(), original.target.as_str())];
            let heir = texts.iter().find_map(|(source, target)| heirs.get_mut(&texts_of(source, target))?.pop());
            if let Some(heir) = heir {
                self.connection.prepare_cached("INSERT INTO moved VALUES (?1, ?2)")?.execute((&heir[..], &from[..]))?;
                self.settle(&heir, None)?;
            }
        }
        Ok(())
    }

    fn has_more_units_than_acts(&self, origin: i64) -> Result<bool> {
        let query = "SELECT (SELECT count(*) FROM review) + (SELECT count(*) FROM event) + (SELECT count(*) FROM bulk)";
        let acts: i64 = self.connection.prepare_cached(query)?.query_row([], |r| r.get(0))?;
        let query = "SELECT count(*) FROM (SELECT 1 FROM unit WHERE origin = ?1 LIMIT ?2 + 1)";
        let units: i64 = self.connection.prepare_cached(query)?.query_row((origin, acts), |r| r.get(0))?;
        Ok(units > acts)
    }

    /// The units of an origin that may take a review over, by their texts, the first last.
    fn heirs(&self, origin: i64) -> Result<HashMap<[u8; 16], Vec<[u8; 16]>>> {
        let mut query = self.connection.prepare(
            "SELECT uid, source, target FROM unit WHERE origin = ?1 AND state <> 'withdrawn' AND id NOT IN (SELECT unit FROM review)
             ORDER BY record DESC, id DESC",
        )?;
        let mut heirs: HashMap<_, Vec<_>> = HashMap::new();
        for row in query.query_map([origin], |r| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?)))? {
            let (uid, source, target) = row?;
            heirs.entry(texts_of(&source, &target)).or_default().push(uid);
        }
        Ok(heirs)
    }

    fn uids(&self, query: &str, origin: i64) -> Result<Vec<[u8; 16]>> {
        let mut query = self.connection.prepare_cached(query)?;
        let rows = query.query_map([origin], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Computes the state of every reviewed unit again from texts and events; returns how many were otherwise.
    pub fn recompute(&mut self) -> Result<u64> {
        self.transaction(|store| {
            let wrong = store.misprojected()?;
            for unit in &wrong {
                let uid = from_base32(unit).ok_or_else(|| Error::new(format!("`{unit}` is not a unit id")))?;
                store.settle(&uid, None)?;
            }
            Ok(wrong.len() as u64)
        })
    }

    /// The ids of the units whose stored state is not what their events make.
    pub(in crate::store) fn misprojected(&self) -> Result<Vec<String>> {
        let mut query = self.connection.prepare(
            "SELECT uid, id, state FROM unit WHERE id IN (SELECT unit FROM review) OR uid IN (SELECT unit FROM event)
                 OR uid IN (SELECT unit FROM bulk) OR uid IN (SELECT unit FROM moved) ORDER BY id",
        )?;
        let rows = query.query_map([], |r| Ok((r.get::<_, [u8; 16]>(0)?, r.get::<_, i64>(1)?, r.get::<_, String>(2)?)))?;
        let mut wrong = Vec::new();
        for row in rows {
            let (uid, row, state) = row?;
            let fits = self.reviewed(&uid)?.map(|reviewed| self.is_projected(row, &state, &reviewed)).transpose()?;
            if fits == Some(false) {
                wrong.push(base32(&uid));
            }
        }
        Ok(wrong)
    }

    fn is_projected(&self, row: i64, state: &str, reviewed: &Reviewed) -> Result<bool> {
        let current = &reviewed.current;
        let query = "SELECT verdict, source, target, conflicts FROM review WHERE unit = ?1";
        let stored: Option<(String, Option<String>, Option<String>, u64)> =
            self.connection.prepare_cached(query)?.query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).optional()?;
        let expected = (current.verdict.to_string(), current.source.clone(), current.target.clone(), reviewed.conflicts().count() as u64);
        let mut keys: Vec<&str> = current.dismissed.iter().map(|dismissal| dismissal.finding.as_str()).collect();
        keys.sort_unstable();
        let is_state = state == State::Withdrawn.name() || state == reviewed.state().name();
        Ok(is_state && stored == Some(expected) && self.dismissed_keys(row)? == keys)
    }

    /// The keys of the findings of a unit that were dismissed, in order.
    pub(in crate::store) fn dismissed_keys(&self, row: i64) -> Result<Vec<String>> {
        let mut query = self.connection.prepare_cached("SELECT key FROM dismissed WHERE unit = ?1 ORDER BY key")?;
        let rows = query.query_map([row], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn texts_of(source: &str, target: &str) -> [u8; 16] {
    digest([source.as_bytes(), target.as_bytes()])
}

fn state_named(name: &str) -> State {
    State::from_name(name).unwrap_or_default()
}
