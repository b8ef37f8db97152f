//! The log of review events: appended, never changed. What they make of the units is written in the same transaction ([`super::review`]).

use rusqlite::{OptionalExtension, Row};

use super::Store;
use crate::error::{Error, Result};
use crate::model::event::millis;
use crate::model::{Event, Reviewed};
use crate::text::hash::from_base32;

/// The setting that holds the time of the latest event, in milliseconds since 1970.
const CLOCK: &str = "review_clock";

/// An event and its place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// Its place: later ones have higher numbers.
    pub seq: i64,
    /// The event. Of one on many units the units are left out.
    pub event: Event,
}

impl Store {
    /// Appends an event on one unit and brings the unit's state up to date; to be called in a transaction.
    ///
    /// # Errors
    /// If its unit is no unit id, its time is not in UTC, or an event with its id is there already.
    pub fn append_event(&self, event: &Event) -> Result<i64> {
        let unit = from_base32(&event.unit).ok_or_else(|| Error::new(format!("`{}` is not a unit id", event.unit)))?;
        let seq = self.log(event, &[])?;
        self.settle(&unit, None)?;
        Ok(seq)
    }

    /// Writes an event to the log, with the units of one on many and the state that was seen of each.
    pub(super) fn log(&self, event: &Event, units: &[([u8; 16], String)]) -> Result<i64> {
        let at = millis(&event.at).ok_or_else(|| Error::new(format!("event `{}`: `{}` is not a time in UTC", event.id, event.at)))?;
        let unit = from_base32(&event.unit).map(Vec::from).unwrap_or_default();
        let json = serde_json::to_string(event).expect("an event is plain data");
        let seq =
            self.connection.prepare_cached("INSERT INTO event (name, unit, json) VALUES (?1, ?2, ?3)")?.insert((&event.id, unit, json))?;
        let mut put = self.connection.prepare_cached("INSERT INTO bulk VALUES (?1, ?2, ?3)")?;
        for (unit, base) in units {
            put.execute((seq, &unit[..], base))?;
        }
        self.connection
            .prepare_cached(
                "INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value
                 WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
            )?
            .execute((CLOCK, at.to_string()))?;
        Ok(seq)
    }

    /// The time of an act that comes now: `at`, or just after the latest event where a clock went backwards, so that what is done later counts later.
    pub(super) fn time_of_act(&self, at: i64) -> Result<i64> {
        let query = "SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?1";
        let latest: Option<i64> = self.connection.prepare_cached(query)?.query_row([CLOCK], |r| r.get(0)).optional()?;
        Ok(latest.map_or(at, |latest| at.max(latest + 1)))
    }

    /// The next id of a reviewer's events: `REVIEWER-000001` and so on.
    pub(super) fn next_event_id(&self, reviewer: &str) -> Result<String> {
        let query = "SELECT json FROM event WHERE reviewer = ?1 ORDER BY length(name) DESC, name DESC LIMIT 1";
        let latest = self.connection.prepare_cached(query)?.query_row([reviewer], parsed).optional()?;
        let number = latest.and_then(|event| event.number()).unwrap_or(0) + 1;
        Ok(format!("{reviewer}-{number:06}"))
    }

    /// How many events there are.
    pub fn event_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT count(*) FROM event", [], |r| r.get(0))?)
    }

    /// The place of the latest event in the log; 0 when there is none.
    pub fn event_seq(&self) -> Result<i64> {
        Ok(self.connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM event")?.query_row([], |r| r.get(0))?)
    }

    /// All events in the order they were appended.
    pub fn events(&self) -> Result<Vec<Event>> {
        Ok(self.events_since(0)?.into_iter().map(|logged| logged.event).collect())
    }

    /// The events after a place in the log, in the order they were appended.
    pub fn events_since(&self, seq: i64) -> Result<Vec<Logged>> {
        let mut query = self.connection.prepare_cached("SELECT seq, json FROM event WHERE seq > ?1 ORDER BY seq")?;
        let rows = query.query_map([seq], |r| Ok(Logged { seq: r.get(0)?, event: event(r.get(1)?)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The event with that id.
    pub fn event(&self, id: &str) -> Result<Option<Event>> {
        let mut query = self.connection.prepare_cached("SELECT json FROM event WHERE name = ?1")?;
        Ok(query.query_row([id], parsed).optional()?)
    }

    /// The units of an event on many, with the state that was seen of each.
    pub(super) fn units_of_bulk(&self, id: &str) -> Result<Vec<([u8; 16], String)>> {
        let query = "SELECT bulk.unit, base FROM bulk JOIN event ON event.seq = bulk.event WHERE name = ?1 ORDER BY bulk.unit";
        let mut query = self.connection.prepare_cached(query)?;
        let rows = query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The events that concern a unit, those on many with the state that was seen of this one.
    pub(super) fn events_on(&self, unit: &[u8; 16]) -> Result<Vec<Event>> {
        let mut query = self.connection.prepare_cached(
            "SELECT json, NULL FROM event WHERE unit = ?1
             UNION ALL SELECT json, base FROM bulk JOIN event ON event.seq = bulk.event WHERE bulk.unit = ?1",
        )?;
        let rows = query.query_map([&unit[..]], |r| {
            let (event, base): (Event, Option<String>) = (event(r.get(0)?)?, r.get(1)?);
            Ok(match base {
                Some(base) => Event { base, ..event },
                None => event,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A reviewer's events, latest first.
    pub(super) fn each_event_by(&self, reviewer: &str, mut each: impl FnMut(Event) -> Result<bool>) -> Result<()> {
        let query = "SELECT json FROM event WHERE reviewer = ?1 ORDER BY length(name) DESC, name DESC";
        let mut query = self.connection.prepare_cached(query)?;
        for event in query.query_map([reviewer], parsed)? {
            if !each(event?)? {
                break;
            }
        }
        Ok(())
    }

    /// What was done on a unit, by event order; `None` if there is no such unit.
    pub fn history(&self, unit: &str) -> Result<Option<Reviewed>> {
        match from_base32(unit) {
            Some(unit) => self.reviewed(&unit),
            None => Ok(None),
        }
    }
}

fn parsed(row: &Row<'_>) -> rusqlite::Result<Event> {
    event(row.get(0)?)
}

#[allow(clippy::needless_pass_by_value)]
fn event(json: String) -> rusqlite::Result<Event> {
    serde_json::from_str(&json).map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}
