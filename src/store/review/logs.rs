//! Logs of reviews: the exchange form of events, and their merging. An act on another state than that of the unit then is a conflict, which is listed
//! and left to people.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::check_reviewer;
use super::mending::Subject;
use crate::error::{Error, Result};
use crate::model::Event;
use crate::model::review::Standing;
use crate::store::Store;
use crate::text::hash::{base32, from_base32};

/// The field of an exported event on many units that holds them: pairs of unit id and the state that was seen.
const UNITS: &str = "units";

/// What merging did.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Merged {
    /// Events that were new.
    pub added: u64,
    /// Events that were there already.
    pub known: u64,
    /// New events on units that are not in this store; they count once the units are.
    pub elsewhere: u64,
    /// The open conflicts of the units that the new events are on.
    pub conflicts: Vec<Conflict>,
}

/// An act that was made on another state than that of the unit then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// The unit; the id of the bitext or document for an act on an alignment.
    pub unit: String,
    /// The event.
    pub event: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// What.
    pub op: String,
}

impl Conflict {
    fn of(event: &Event) -> Conflict {
        Conflict { unit: event.unit.clone(), event: event.id.clone(), by: event.by.clone(), at: event.at.clone(), op: event.op.clone() }
    }
}

impl Store {
    /// The events of one reviewer or of all, in the order in which they count, complete: what can be merged into another store.
    pub fn export_events(&self, by: Option<&str>) -> Result<Vec<Event>> {
        let mut events: Vec<Event> = self.events()?.into_iter().filter(|event| by.is_none_or(|by| event.by == by)).collect();
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        events.into_iter().map(|event| self.whole(event)).collect()
    }

    /// The event with its units, if it is on many.
    fn whole(&self, mut event: Event) -> Result<Event> {
        if event.unit.is_empty() {
            let units: Vec<Value> = self.units_of_bulk(&event.id)?.into_iter().map(|(uid, seen)| json!([base32(&uid), seen])).collect();
            if !units.is_empty() {
                event.args.insert(UNITS.into(), units.into());
            }
        }
        Ok(event)
    }

    /// Adds what is new of these events; all of it or, after an error, nothing. Merging again changes nothing.
    ///
    /// # Errors
    /// If an event is none, or another one with its id is there.
    pub fn merge_events(&mut self, mut events: Vec<Event>) -> Result<Merged> {
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        self.transaction(|store| {
            let mut merged = Merged::default();
            let (mut touched, mut new) = (BTreeSet::new(), BTreeSet::new());
            let subjects = store.subjects()?;
            for event in events {
                if store.is_known(&event)? {
                    merged.known += 1;
                } else {
                    if let Some(subject) = from_base32(&event.unit).and_then(|id| subjects.get(&id)) {
                        store.keep_starts(subject)?;
                    }
                    new.insert(event.id.clone());
                    store.add(event, &mut touched)?;
                    merged.added += 1;
                }
            }
            for uid in touched {
                if let Some(subject) = subjects.get(&uid) {
                    store.settle_alignment(subject, None)?;
                    let conflicts = store.history_of_alignment(subject)?.into_iter().filter(|entry| entry.standing == Standing::Conflict);
                    merged.conflicts.extend(conflicts.map(|entry| Conflict::of(&entry.event)).filter(|one| new.contains(&one.event)));
                    continue;
                }
                merged.elsewhere += u64::from(store.unit_row(&uid)?.is_none());
                store.settle(&uid, None)?;
                merged.conflicts.extend(store.conflicts_of(&uid)?);
            }
            Ok(merged)
        })
    }

    fn is_known(&self, event: &Event) -> Result<bool> {
        let Some(known) = self.event(&event.id)? else { return Ok(false) };
        if self.whole(known)? != *event {
            return Err(Error::new(format!("another event has the id `{}`", event.id))
                .hint("every reviewer needs a name of their own, on every machine they review on"));
        }
        Ok(true)
    }

    fn add(&self, mut event: Event, touched: &mut BTreeSet<[u8; 16]>) -> Result<()> {
        check_reviewer(&event.by)?;
        let units = event.args.get(UNITS).filter(|_| event.unit.is_empty()).and_then(units_of).unwrap_or_default();
        if !units.is_empty() {
            event.args.remove(UNITS);
        }
        if !event.unit.is_empty() {
            touched.insert(from_base32(&event.unit).ok_or_else(|| Error::new(format!("`{}` is not a unit id", event.unit)))?);
        }
        touched.extend(units.iter().map(|(uid, _)| *uid));
        self.log(&event, &units)?;
        Ok(())
    }

    /// The open conflicts of a unit.
    fn conflicts_of(&self, uid: &[u8; 16]) -> Result<Vec<Conflict>> {
        let Some(reviewed) = self.reviewed(uid)? else { return Ok(Vec::new()) };
        let conflict = |event: &Event| Conflict { unit: base32(uid), ..Conflict::of(event) };
        Ok(reviewed.conflicts().map(|entry| conflict(&entry.event)).collect())
    }

    /// The acts on an alignment that are in conflict with others, and after which nobody has done anything to it that counts.
    fn conflicts_on(&self, subject: &Subject) -> Result<Vec<Conflict>> {
        let history = self.history_of_alignment(subject)?;
        let settled = history.iter().rposition(|entry| entry.standing == Standing::Applied).map_or(0, |n| n + 1);
        let open = history[settled..].iter().filter(|entry| entry.standing == Standing::Conflict);
        Ok(open.map(|entry| Conflict::of(&entry.event)).collect())
    }

    /// All open conflicts, by unit, then those on alignments.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let mut query =
            self.connection.prepare_cached("SELECT uid FROM review JOIN unit ON unit.id = review.unit WHERE conflicts > 0 ORDER BY id")?;
        let uids: Vec<[u8; 16]> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut conflicts = Vec::new();
        for uid in uids {
            conflicts.extend(self.conflicts_of(&uid)?);
        }
        let others = "SELECT DISTINCT unit FROM event WHERE unit <> x'' AND unit NOT IN (SELECT uid FROM unit) ORDER BY unit";
        let others: Vec<[u8; 16]> =
            self.connection.prepare_cached(others)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let subjects = if others.is_empty() { HashMap::new() } else { self.subjects()? };
        for subject in others.iter().filter_map(|id| subjects.get(id)) {
            conflicts.extend(self.conflicts_on(subject)?);
        }
        Ok(conflicts)
    }

    /// The rows of the units that events after a place in the log are on, in order; at most `most`.
    pub fn rows_touched_since(&self, seq: i64, most: usize) -> Result<Vec<u32>> {
        let mut query = self.connection.prepare_cached(
            "SELECT id FROM unit WHERE uid IN (SELECT unit FROM event WHERE seq > ?1 UNION SELECT bulk.unit FROM bulk WHERE bulk.event > ?1)
             ORDER BY id LIMIT ?2",
        )?;
        let rows = query.query_map((seq, most), |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn units_of(value: &Value) -> Option<Vec<([u8; 16], String)>> {
    let pairs = value.as_array()?.iter();
    pairs.map(|pair| Some((from_base32(pair.get(0)?.as_str()?)?, pair.get(1)?.as_str()?.to_string()))).collect()
}
