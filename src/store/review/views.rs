//! Views: which units a reviewer wants to see, as lists of rows in order. A list stays as it is when states change.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::State;
use crate::store::Store;
use crate::store::search::Query;
use crate::text::hash::from_base32;

/// A bead's confidence below this is low.
pub const LOW_CONFIDENCE: f64 = 0.6;

/// The `kind` of a filter that wants beads which are not one segment to one.
pub const NOT_ONE_TO_ONE: &str = "not-1:1";

/// Candidates that are put in order one by one; with more, the order of all units is read.
const FEW: usize = 20_000;

/// What is used to find units quickly; made when reviewing begins, so that ingesting need not keep it up.
const INDEXES: &str = "
    CREATE INDEX IF NOT EXISTS unit_state ON unit (state);
    CREATE INDEX IF NOT EXISTS unit_confidence ON unit (confidence, state) WHERE confidence IS NOT NULL;
    CREATE INDEX IF NOT EXISTS unit_score_value ON unit (score) WHERE score IS NOT NULL;
    CREATE INDEX IF NOT EXISTS finding_check ON finding (check_name, tier, unit);";

/// Which units: those that all given conditions hold for. Without any, all that are not withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// In one of these states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub state: Vec<State>,
    /// With an open finding of one of these checks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub check: Vec<String>,
    /// With an open finding of this tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// With a confidence below this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_below: Option<f64>,
    /// With a score below this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_below: Option<f64>,
    /// [`NOT_ONE_TO_ONE`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Of the origin with this key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// One side of which this outlet published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Of renderings of the statement with this name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The one with this id, in whatever state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whose texts this search finds (see [`Query`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}

/// The order of a view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As they stand: by origin and record.
    #[default]
    Place,
    /// As they should be looked at (see [`queue`](super::queue)).
    Queue,
}

impl Store {
    /// Makes what views need to be quick, if it is not there; a store of a million units takes some seconds. A store opened for reading is left as it is.
    pub fn prepare_views(&self) -> Result<()> {
        if !self.is_query_only()? {
            self.connection.execute_batch(INDEXES)?;
        }
        Ok(())
    }

    /// The rows of the units that a filter is for, in order.
    ///
    /// # Errors
    /// If a value of the filter is none, such as an unknown origin.
    pub fn view(&self, filter: &Filter, order: Order) -> Result<Vec<u32>> {
        let wanted = self.filtered(filter, order)?;
        match order {
            Order::Place => self.by_place(wanted.as_ref()),
            Order::Queue => self.queue(&self.by_place(wanted.as_ref())?),
        }
    }

    /// The units that a filter is for; `None` stands for all.
    fn filtered(&self, filter: &Filter, order: Order) -> Result<Option<Rows>> {
        let mut sets = self.sets(filter)?;
        if !filter.state.is_empty() {
            let mut rows = Rows::default();
            for state in &filter.state {
                self.collect(&mut rows, "SELECT id FROM unit WHERE state = ?1", [state.name()])?;
            }
            sets.push(rows);
        } else if order == Order::Queue {
            // Nobody has to be sent back to what was decided.
            let mut rows = Rows::default();
            self.collect(&mut rows, "SELECT id FROM unit WHERE state IN ('unreviewed', 'flagged')", [])?;
            sets.push(rows);
        }
        let mut all = sets.into_iter();
        let Some(first) = all.next() else { return self.all_but_withdrawn() };
        let mut wanted = all.fold(first, |wanted, other| wanted.and(&other));
        if filter.state.is_empty() && filter.unit.is_none() {
            self.withdrawn()?.each(|row| wanted.remove(row));
        }
        Ok(Some(wanted))
    }

    fn withdrawn(&self) -> Result<Rows> {
        let mut rows = Rows::default();
        self.collect(&mut rows, "SELECT id FROM unit WHERE state = 'withdrawn'", [])?;
        Ok(rows)
    }

    /// `None` when nothing is withdrawn, which is the usual case.
    fn all_but_withdrawn(&self) -> Result<Option<Rows>> {
        let withdrawn = self.withdrawn()?;
        if withdrawn.is_empty() {
            return Ok(None);
        }
        let mut rows = Rows::default();
        self.collect(&mut rows, "SELECT id FROM unit INDEXED BY unit_origin", [])?;
        withdrawn.each(|row| rows.remove(row));
        Ok(Some(rows))
    }

    /// A set for each condition but the state.
    fn sets(&self, filter: &Filter) -> Result<Vec<Rows>> {
        let mut sets = Vec::new();
        let mut add = |query: &str, values: &[&dyn rusqlite::ToSql]| -> Result<()> {
            let mut rows = Rows::default();
            self.collect(&mut rows, query, values)?;
            sets.push(rows);
            Ok(())
        };
        if let Some(below) = filter.confidence_below {
            add("SELECT id FROM unit WHERE confidence < ?1", &[&below])?;
        }
        if let Some(below) = filter.score_below {
            add("SELECT id FROM unit WHERE score < ?1", &[&below])?;
        }
        if let Some(key) = &filter.origin {
            let (origin, _) = self.origin(key)?.ok_or_else(|| Error::new(format!("there is no origin `{key}`")))?;
            add("SELECT id FROM unit WHERE origin = ?1", &[&origin])?;
        }
        if let Some(outlet) = &filter.outlet {
            let query = "WITH outlet AS (SELECT id FROM provenance WHERE json ->> 'outlet' = ?1)
                         SELECT id FROM unit WHERE source_provenance IN outlet OR target_provenance IN outlet";
            add(query, &[outlet])?;
        }
        if let Some(statement) = &filter.statement {
            let query = "SELECT unit.id FROM statement JOIN rendering ON rendering.statement = statement.id
                         JOIN origin ON origin.source_document = rendering.document JOIN unit ON unit.origin = origin.id WHERE statement.name = ?1";
            add(query, &[statement])?;
        }
        match filter.kind.as_deref() {
            None => {}
            Some(NOT_ONE_TO_ONE) => add(NOT_ONE_TO_ONE_UNITS, &[])?,
            Some(other) => return Err(Error::new(format!("unknown kind `{other}`")).hint(format!("there is `{NOT_ONE_TO_ONE}`"))),
        }
        if let Some(id) = &filter.unit {
            let uid = from_base32(id).ok_or_else(|| Error::new(format!("`{id}` is not a unit id")))?;
            add("SELECT id FROM unit WHERE uid = ?1", &[&&uid[..]])?;
        }
        if !filter.check.is_empty() || filter.tier.is_some() {
            sets.push(self.with_finding(filter)?);
        }
        if let Some(query) = &filter.query {
            let query = Query::parse(query, &self.source_lang(), &self.target_lang())?;
            sets.push(self.search(&query)?.into_iter().map(i64::from).collect());
        }
        Ok(sets)
    }

    fn with_finding(&self, filter: &Filter) -> Result<Rows> {
        let mut rows = Rows::default();
        self.each_open_finding(|unit, check, tier| {
            if filter.tier.is_none_or(|wanted| wanted == tier) && (filter.check.is_empty() || filter.check.iter().any(|c| c == check)) {
                rows.insert(unit);
            }
        })?;
        Ok(rows)
    }

    fn collect(&self, rows: &mut Rows, query: &str, values: impl rusqlite::Params) -> Result<()> {
        let mut query = self.connection.prepare_cached(query)?;
        let mut found = query.query(values)?;
        while let Some(row) = found.next()? {
            rows.insert(row.get(0)?);
        }
        Ok(())
    }

    /// The units in the order of their origins' keys and their records.
    fn by_place(&self, wanted: Option<&Rows>) -> Result<Vec<u32>> {
        let mut query = self.connection.prepare_cached("SELECT id FROM origin ORDER BY key")?;
        let origins: Vec<i64> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        match wanted {
            Some(wanted) if wanted.len() <= FEW => self.few_by_place(wanted, &origins),
            _ => self.many_by_place(wanted, &origins),
        }
    }

    fn few_by_place(&self, wanted: &Rows, origins: &[i64]) -> Result<Vec<u32>> {
        let mut ranks: Vec<(i64, usize)> = origins.iter().enumerate().map(|(rank, origin)| (*origin, rank)).collect();
        ranks.sort_unstable();
        let rank = |origin: i64| ranks.binary_search_by_key(&origin, |(origin, _)| *origin).map_or(usize::MAX, |at| ranks[at].1);
        let mut query = self.connection.prepare_cached("SELECT origin, record FROM unit WHERE id = ?1")?;
        let mut places = Vec::with_capacity(wanted.len());
        for row in wanted.iter() {
            let (origin, record): (i64, i64) = query.query_row([row], |r| Ok((r.get(0)?, r.get(1)?)))?;
            places.push((rank(origin), record, row));
        }
        places.sort_unstable();
        Ok(places.into_iter().map(|(_, _, row)| row).collect())
    }

    fn many_by_place(&self, wanted: Option<&Rows>, origins: &[i64]) -> Result<Vec<u32>> {
        let mut query = self.connection.prepare_cached("SELECT id FROM unit WHERE origin = ?1 ORDER BY record, id")?;
        let mut rows = Vec::new();
        for origin in origins {
            let mut found = query.query([origin])?;
            while let Some(row) = found.next()? {
                let row = narrow(row.get(0)?);
                if wanted.is_none_or(|wanted| wanted.contains(row)) {
                    rows.push(row);
                }
            }
        }
        Ok(rows)
    }
}

/// The units of matched beads that are not one segment to one. `CROSS JOIN` has the beads looked at first: there may be none.
pub(super) const NOT_ONE_TO_ONE_UNITS: &str = "
    SELECT unit.id FROM bead CROSS JOIN unit ON unit.origin = bead.origin AND unit.record = bead.n
    WHERE (source_end - source_start <> 1 OR target_end - target_start <> 1) AND source_end > source_start AND target_end > target_start
        AND unit.confidence IS NOT NULL AND unit.state <> 'withdrawn'";

/// A row as views hold it: a store has at most 2^32 units.
pub(super) fn narrow(row: i64) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A set of rows: a bit for each.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    bits: Vec<u64>,
}

impl Rows {
    /// Adds a row.
    pub(super) fn insert(&mut self, row: i64) {
        let row = narrow(row) as usize;
        if self.bits.len() <= row / 64 {
            self.bits.resize(row / 64 + 1, 0);
        }
        self.bits[row / 64] |= 1 << (row % 64);
    }

    fn remove(&mut self, row: u32) {
        if let Some(word) = self.bits.get_mut(row as usize / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    /// True if it is there.
    pub(super) fn contains(&self, row: u32) -> bool {
        self.bits.get(row as usize / 64).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    fn and(mut self, other: &Rows) -> Rows {
        self.bits.truncate(other.bits.len());
        self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| *word &= other);
        self
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        self.bits.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// In order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let word = |(n, word): (usize, &u64)| {
            let (start, word) = (narrow(n as i64 * 64), *word);
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| start + bit)
        };
        self.bits.iter().enumerate().filter(|(_, word)| **word != 0).flat_map(word)
    }

    fn each(&self, each: impl FnMut(u32)) {
        self.iter().for_each(each);
    }
}

impl FromIterator<i64> for Rows {
    fn from_iter<I: IntoIterator<Item = i64>>(rows: I) -> Rows {
        let mut set = Rows::default();
        rows.into_iter().for_each(|row| set.insert(row));
        set
    }
}
