//! Scores of units: the translation score, and those that other programs gave, each with the key of what gave it. No score is computed here.

use rusqlite::OptionalExtension;

use super::Store;
use crate::error::Result;

/// The name of the score that came with a file, kept when another takes its place as the unit's score.
pub const OF_FILE: &str = "file";

/// The setting that tells what gave the translation scores.
const SIGNATURE: &str = "score_signature";

impl Store {
    /// What gave the translation scores of the units, if anything has: components with versions and checksums.
    pub fn score_signature(&self) -> Result<Option<String>> {
        self.setting(SIGNATURE)
    }

    /// Notes what gave the translation scores.
    pub fn set_score_signature(&self, signature: &str) -> Result<()> {
        self.set(SIGNATURE, signature)
    }

    /// Stores the translation score of a unit; `key` tells what gave it. A score that came with the file is kept as [`OF_FILE`].
    pub fn put_score(&self, unit: i64, key: &str, score: f64) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO unit_score SELECT id, ?2, '', score FROM unit WHERE id = ?1 AND score IS NOT NULL AND scored IS NULL",
            )?
            .execute((unit, OF_FILE))?;
        self.connection.prepare_cached("UPDATE unit SET score = ?3, scored = ?2 WHERE id = ?1")?.execute((unit, key, score))?;
        Ok(())
    }

    /// Stores a score that another program gave a unit; `key` tells what gave it.
    pub fn put_other_score(&self, unit: i64, name: &str, key: &str, score: f64) -> Result<()> {
        self.connection.prepare_cached("INSERT OR REPLACE INTO unit_score VALUES (?1, ?2, ?3, ?4)")?.execute((unit, name, key, score))?;
        Ok(())
    }

    /// Deletes the scores of other programs but those named, each with the key of what gives it; returns how many were deleted.
    pub fn keep_other_scores(&self, names: &[(&str, &str)]) -> Result<u64> {
        let known = serde_json::json!(names).to_string();
        let deleted = self.connection.execute(
            "DELETE FROM unit_score WHERE name <> ?1
             AND NOT EXISTS (SELECT 1 FROM json_each(?2) WHERE value ->> 0 = unit_score.name AND value ->> 1 = unit_score.key)",
            (OF_FILE, known),
        )?;
        Ok(deleted as u64)
    }

    /// The names of the scores that others gave, in order.
    pub fn score_names(&self) -> Result<Vec<String>> {
        let mut query = self.connection.prepare("SELECT DISTINCT name FROM unit_score ORDER BY name")?;
        let rows = query.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The names of the scores that other programs gave, each with the key of what gave it.
    pub fn other_score_keys(&self) -> Result<Vec<(String, String)>> {
        let mut query = self.connection.prepare("SELECT DISTINCT name, key FROM unit_score WHERE key <> '' ORDER BY name, key")?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The scores that others gave a unit, in the order of `names`.
    pub(super) fn other_scores(&self, unit: i64, names: &[String]) -> Result<Vec<Option<f64>>> {
        let mut query = self.connection.prepare_cached("SELECT value FROM unit_score WHERE unit = ?1 AND name = ?2")?;
        names.iter().map(|name| Ok(query.query_row((unit, name), |r| r.get(0)).optional()?)).collect()
    }
}
