//! Numbers about the review: what there is to look at, and what reviewers made of it. One pass each; the caller keeps them while
//! [`Store::review_version`] stays the same.

use std::collections::BTreeMap;

use serde::Serialize;

use super::views::{LOW_CONFIDENCE, NOT_ONE_TO_ONE_UNITS, Rows};
use crate::error::Result;
use crate::model::State;
use crate::store::Store;

/// How many units there are of what can be filtered for, those withdrawn left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub all: u64,
    /// By state; withdrawn ones are counted here only.
    pub state: BTreeMap<String, u64>,
    /// With an open finding of the check.
    pub check: BTreeMap<String, u64>,
    /// With an open finding of tier 1.
    pub tier1: u64,
    /// With low confidence.
    pub low: u64,
    /// Whose bead is not one segment to one.
    pub not_one_to_one: u64,
    /// The latest event that is counted.
    pub seq: i64,
}

/// What reviewers made of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Ten bins of confidence, from 0 to 1.
    pub confidence: Vec<Bin>,
    /// By check.
    pub findings: Vec<CheckCounts>,
    /// Units by state.
    pub states: BTreeMap<String, u64>,
    /// Acts by day (UTC), oldest first.
    pub by_day: Vec<(String, u64)>,
    /// Acts by reviewer.
    pub reviewers: Vec<(String, u64)>,
    /// Units with acts on another state that nobody has settled.
    pub conflicts: u64,
}

/// Units whose confidence is in [`from`, `to`); 1 is in the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// From here …
    pub from: f64,
    /// … to here.
    pub to: f64,
    /// Units.
    pub units: u64,
    /// Accepted ones, edited or not.
    pub accepted: u64,
    /// Rejected ones.
    pub rejected: u64,
}

/// The findings of a check, and what became of their units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckCounts {
    /// The check.
    pub check: String,
    /// Its tier.
    pub tier: u8,
    /// Findings that nobody has dismissed.
    pub open: u64,
    /// Findings that were dismissed.
    pub dismissed: u64,
    /// Open findings in accepted units, edited or not.
    pub accepted: u64,
    /// Open findings in rejected units.
    pub rejected: u64,
    /// Open findings in flagged units.
    pub flagged: u64,
}

impl Store {
    /// Another value whenever anything in the store may have changed, through this `Store` or another program.
    pub fn review_version(&self) -> Result<(i64, u64)> {
        Ok((self.connection.pragma_query_value(None, "data_version", |r| r.get(0))?, self.connection.total_changes()))
    }

    /// What there is to look at. Kept until something changes.
    pub fn counts(&self) -> Result<Counts> {
        let version = self.review_version()?;
        let known = self.counted.borrow().clone();
        if let Some((_, counts)) = known.filter(|(counted, _)| *counted == version) {
            return Ok(counts);
        }
        let counts = self.count()?;
        *self.counted.borrow_mut() = Some((version, counts.clone()));
        Ok(counts)
    }

    fn count(&self) -> Result<Counts> {
        let mut counts = Counts { state: self.states()?, seq: self.event_seq()?, ..Counts::default() };
        counts.all = counts.state.iter().filter(|(state, _)| *state != State::Withdrawn.name()).map(|(_, n)| n).sum();
        let count = "SELECT count(*) FROM unit WHERE confidence < ?1 AND state <> 'withdrawn'";
        counts.low = self.connection.prepare_cached(count)?.query_row([LOW_CONFIDENCE], |r| r.get(0))?;
        let count = format!("SELECT count(*) FROM ({NOT_ONE_TO_ONE_UNITS})");
        counts.not_one_to_one = self.connection.prepare_cached(&count)?.query_row([], |r| r.get(0))?;
        let mut checks: BTreeMap<String, Rows> = BTreeMap::new();
        let mut tier_1 = Rows::default();
        self.each_open_finding(|unit, check, tier| {
            match checks.get_mut(check) {
                Some(rows) => rows.insert(unit),
                None => checks.entry(check.to_string()).or_default().insert(unit),
            }
            if tier == 1 {
                tier_1.insert(unit);
            }
        })?;
        let withdrawn = self.rows_in(State::Withdrawn)?;
        let present = |rows: &Rows| rows.iter().filter(|row| !withdrawn.contains(*row)).count() as u64;
        counts.check = checks.iter().map(|(check, rows)| (check.clone(), present(rows))).collect();
        counts.tier1 = present(&tier_1);
        Ok(counts)
    }

    /// Units by state.
    fn states(&self) -> Result<BTreeMap<String, u64>> {
        let mut query = self.connection.prepare_cached("SELECT state, count(*) FROM unit GROUP BY state")?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn rows_in(&self, state: State) -> Result<Rows> {
        let mut query = self.connection.prepare_cached("SELECT id FROM unit WHERE state = ?1")?;
        let rows = query.query_map([state.name()], |r| r.get::<_, i64>(0))?;
        rows.map(|row| Ok(row?)).collect()
    }

    /// What reviewers made of it.
    pub fn report(&self) -> Result<Report> {
        let count = |query: &str| -> Result<Vec<(String, u64)>> {
            let mut query = self.connection.prepare_cached(query)?;
            let rows = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let conflicts = "SELECT count(*) FROM review WHERE conflicts > 0";
        Ok(Report {
            confidence: self.confidences()?,
            findings: self.findings_by_verdict()?,
            states: self.states()?,
            by_day: count("SELECT substr(json ->> 'at', 1, 10) AS day, count(*) FROM event GROUP BY day ORDER BY day")?,
            reviewers: count("SELECT reviewer, count(*) FROM event GROUP BY reviewer ORDER BY reviewer")?,
            conflicts: self.connection.prepare_cached(conflicts)?.query_row([], |r| r.get(0))?,
        })
    }

    fn confidences(&self) -> Result<Vec<Bin>> {
        let bin = |n: u8| Bin { from: f64::from(n) / 10.0, to: f64::from(n + 1) / 10.0, ..Bin::default() };
        let mut bins: Vec<Bin> = (0..10).map(bin).collect();
        let mut query = self.connection.prepare_cached(
            "SELECT max(0, min(9, CAST(confidence * 10 AS INTEGER))) AS bin, state, count(*) FROM unit
             WHERE confidence IS NOT NULL AND state <> 'withdrawn' GROUP BY bin, state",
        )?;
        for row in query.query_map([], |r| Ok((r.get::<_, usize>(0)?, r.get::<_, String>(1)?, r.get::<_, u64>(2)?)))? {
            let (n, state, units) = row?;
            let bin = &mut bins[n];
            bin.units += units;
            match State::from_name(&state) {
                Some(State::Accepted | State::Edited) => bin.accepted += units,
                Some(State::Rejected) => bin.rejected += units,
                _ => {}
            }
        }
        Ok(bins)
    }

    fn findings_by_verdict(&self) -> Result<Vec<CheckCounts>> {
        let [accepted, edited, rejected, flagged, withdrawn] =
            [State::Accepted, State::Edited, State::Rejected, State::Flagged, State::Withdrawn].map(|state| self.rows_in(state));
        let (accepted, edited, rejected, flagged, withdrawn) = (accepted?, edited?, rejected?, flagged?, withdrawn?);
        let mut checks: BTreeMap<String, CheckCounts> = BTreeMap::new();
        self.each_open_finding(|unit, check, tier| {
            let unit = super::views::narrow(unit);
            if withdrawn.contains(unit) {
                return;
            }
            let counts = checks.entry(check.to_string()).or_default();
            counts.tier = tier;
            counts.open += 1;
            counts.accepted += u64::from(accepted.contains(unit) || edited.contains(unit));
            counts.rejected += u64::from(rejected.contains(unit));
            counts.flagged += u64::from(flagged.contains(unit));
        })?;
        for (check, tier) in self.dismissed_findings()? {
            let counts = checks.entry(check).or_default();
            counts.tier = tier;
            counts.dismissed += 1;
        }
        Ok(checks.into_iter().map(|(check, counts)| CheckCounts { check, ..counts }).collect())
    }
}
