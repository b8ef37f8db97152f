//! What `build` has done: the key of each stage as it last ran.

use rusqlite::OptionalExtension;
use serde_json::Value;

use super::Store;
use crate::error::{Error, Result};

impl Store {
    /// The key and summary of a stage as it last ran.
    pub fn stage(&self, name: &str) -> Result<Option<(String, Value)>> {
        let mut query = self.connection.prepare_cached("SELECT key, json FROM stage WHERE name = ?1")?;
        let found: Option<(String, String)> = query.query_row([name], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let parse = |json: String| serde_json::from_str(&json).map_err(|e| Error::new(format!("stage `{name}`: {e}")));
        found.map(|(key, json)| Ok((key, parse(json)?))).transpose()
    }

    /// Notes that a stage ran with `key`.
    pub fn put_stage(&self, name: &str, key: &str, summary: &Value) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO stage VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET key = excluded.key, json = excluded.json",
            )?
            .execute((name, key, summary.to_string()))?;
        Ok(())
    }
}
