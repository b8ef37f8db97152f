//! Review events: appended, never changed. States are written in the same transaction by those who review.

use super::Store;
use crate::error::{Error, Result};
use crate::model::Event;
use crate::text::hash::from_base32;

impl Store {
    /// Appends an event.
    ///
    /// # Errors
    /// If its unit is no unit id, or an event with its id is there already.
    pub fn append_event(&self, event: &Event) -> Result<()> {
        let unit = from_base32(&event.unit).ok_or_else(|| Error::new(format!("`{}` is not a unit id", event.unit)))?;
        let json = serde_json::to_string(event).expect("an event is plain data");
        self.connection.prepare_cached("INSERT INTO event (name, unit, json) VALUES (?1, ?2, ?3)")?.execute((
            &event.id,
            &unit[..],
            json,
        ))?;
        Ok(())
    }

    /// How many events there are.
    pub fn event_count(&self) -> Result<u64> {
        Ok(self.connection.query_row("SELECT count(*) FROM event", [], |r| r.get(0))?)
    }

    /// All events in the order they were appended.
    pub fn events(&self) -> Result<Vec<Event>> {
        let mut query = self.connection.prepare("SELECT json FROM event ORDER BY seq")?;
        let rows = query.query_map([], |r| r.get::<_, String>(0))?;
        rows.map(|json| serde_json::from_str(&json?).map_err(|e| Error::new(format!("event: {e}")))).collect()
    }
}
