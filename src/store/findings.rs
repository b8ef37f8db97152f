//! Findings of the checks, kept with their units.

use super::Store;
use crate::error::{Error, Result};
use crate::model::Finding;

/// The setting that tells how the findings were found.
const CHECKING: &str = "checking";

impl Store {
    /// How the findings of the store were found, as JSON of whoever found them; `None` when nothing was checked.
    pub fn checking(&self) -> Result<Option<String>> {
        self.setting(CHECKING)
    }

    /// Notes how the findings were found.
    pub fn set_checking(&self, json: &str) -> Result<()> {
        self.set(CHECKING, json)
    }

    /// Deletes all findings, before the checks run again.
    pub fn clear_findings(&self) -> Result<()> {
        self.connection.execute("DELETE FROM finding", [])?;
        Ok(())
    }

    /// Stores the findings of the unit in row `unit`.
    pub fn put_findings(&self, unit: i64, findings: &[Finding]) -> Result<()> {
        let mut put = self.connection.prepare_cached("INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (n, finding) in findings.iter().enumerate() {
            let json = serde_json::to_string(finding).expect("a finding is plain data");
            put.execute((unit, n, &finding.check, finding.tier, json))?;
        }
        Ok(())
    }

    /// How many findings each check has, by check.
    pub fn finding_counts(&self) -> Result<Vec<(String, u64)>> {
        let mut query = self.connection.prepare("SELECT check_name, count(*) FROM finding GROUP BY check_name ORDER BY check_name")?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    pub(super) fn findings_of(&self, unit: i64) -> Result<Vec<Finding>> {
        let mut query = self.connection.prepare_cached("SELECT json FROM finding WHERE unit = ?1 ORDER BY n")?;
        let rows = query.query_map([unit], |r| r.get::<_, String>(0))?;
        rows.map(|json| serde_json::from_str(&json?).map_err(|e| Error::new(format!("finding of unit {unit}: {e}")))).collect()
    }
}
