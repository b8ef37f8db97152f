//! Open findings: those that no reviewer has dismissed.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::model::Finding;
use crate::store::Store;

/// A check and its tier.
pub(super) type Checked = (String, u8);

impl Store {
    /// The open findings of every unit that has any, as check and tier; `each` hears of a unit as often as it has one.
    pub(super) fn each_open_finding(&self, mut each: impl FnMut(i64, &str, u8)) -> Result<()> {
        let dismissed = self.open_beside_dismissed()?;
        let mut query = self.connection.prepare_cached("SELECT unit, check_name, tier FROM finding")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let unit: i64 = row.get(0)?;
            if !dismissed.contains_key(&unit) {
                each(unit, row.get_ref(1)?.as_str().unwrap_or_default(), row.get(2)?);
            }
        }
        for (unit, open) in &dismissed {
            open.iter().for_each(|(check, tier)| each(*unit, check, *tier));
        }
        Ok(())
    }

    /// What is open of the units that have something dismissed.
    fn open_beside_dismissed(&self) -> Result<BTreeMap<i64, Vec<Checked>>> {
        let mut query = self.connection.prepare_cached("SELECT DISTINCT unit FROM dismissed")?;
        let units: Vec<i64> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        units.into_iter().map(|unit| Ok((unit, self.open_of(unit)?))).collect()
    }

    /// Check and tier of every finding that was dismissed.
    pub(super) fn dismissed_findings(&self) -> Result<Vec<Checked>> {
        let mut query = self.connection.prepare_cached("SELECT DISTINCT unit FROM dismissed ORDER BY unit")?;
        let units: Vec<i64> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut found = Vec::new();
        for unit in units {
            let dismissed = self.dismissed_keys(unit)?;
            let findings = self.keyed_findings(unit)?.into_iter().filter(|(key, _)| dismissed.contains(key));
            found.extend(findings.map(|(_, finding)| (finding.check, finding.tier)));
        }
        Ok(found)
    }

    /// Check and tier of the open findings of a unit.
    pub(super) fn open_of(&self, unit: i64) -> Result<Vec<Checked>> {
        Ok(self.open_findings_of(unit)?.into_iter().map(|finding| (finding.check, finding.tier)).collect())
    }

    /// The open findings of a unit.
    pub(in crate::store) fn open_findings_of(&self, unit: i64) -> Result<Vec<Finding>> {
        let dismissed = self.dismissed_keys(unit)?;
        if dismissed.is_empty() {
            return self.findings_of(unit);
        }
        let open = self.keyed_findings(unit)?.into_iter().filter(|(key, _)| !dismissed.contains(key));
        Ok(open.map(|(_, finding)| finding).collect())
    }

    /// The findings of a unit with their keys.
    pub(super) fn keyed_findings(&self, unit: i64) -> Result<Vec<(String, Finding)>> {
        let Some((source, target)) = self.texts_now(unit)? else { return Ok(Vec::new()) };
        let findings = self.findings_of(unit)?.into_iter();
        Ok(findings.map(|finding| (finding.key(&source, &target), finding)).collect())
    }

    /// How many of these units have an open finding of tier 1.
    pub(super) fn with_tier_1(&self, rows: &[u32]) -> Result<u64> {
        let mut found = super::views::Rows::default();
        self.each_open_finding(|unit, _, tier| {
            if tier == 1 {
                found.insert(unit);
            }
        })?;
        Ok(rows.iter().filter(|row| found.contains(**row)).count() as u64)
    }
}
