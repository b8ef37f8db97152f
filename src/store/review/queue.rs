//! The queue: in which order units are best looked at. It reads and decides nothing.
//!
//! Units with a finding of tier 1 come first, then those of low confidence (the lowest first), renderings that stand out among those of their
//! statement, and lengths that stand out. Every tenth place is drawn at random from all of the view, so that what reviewers say can be estimated for
//! the whole; what is left follows in random order. The draw is the same every time.

use std::collections::{BTreeMap, BTreeSet};

use super::views::{LOW_CONFIDENCE, Rows, narrow};
use crate::error::Result;
use crate::model::{Rendering, Statement};
use crate::store::Store;
use crate::text::fold;
use crate::text::words::words;

/// One place in so many is drawn at random.
const RANDOM: usize = 10;

/// The check whose findings tell that a length stands out.
const LENGTH: &str = "length";

/// A rendering stands out when less than this share of its words is in other renderings of its language.
const SHARED: f64 = 0.5;

impl Store {
    /// The same rows in the order of the queue.
    pub(super) fn queue(&self, rows: &[u32]) -> Result<Vec<u32>> {
        let mut tier_1 = Rows::default();
        let mut lengths = Rows::default();
        self.each_open_finding(|unit, check, tier| {
            if tier == 1 {
                tier_1.insert(unit);
            } else if check == LENGTH {
                lengths.insert(unit);
            }
        })?;
        let doubtful = self.doubtful()?;
        let outliers = self.outlying_units()?;
        let wanted: Rows = rows.iter().map(|row| i64::from(*row)).collect();
        let first = rows.iter().copied().filter(|row| tier_1.contains(*row));
        let doubtful = doubtful.into_iter().filter(|row| wanted.contains(*row));
        let rest = |set: Rows| rows.iter().copied().filter(move |row| set.contains(*row));
        let ranked = first.chain(doubtful).chain(rest(outliers)).chain(rest(lengths));
        Ok(interleaved(ranked, drawn(rows)))
    }

    /// The units of low confidence, the lowest first.
    fn doubtful(&self) -> Result<Vec<u32>> {
        let query = "SELECT id FROM unit WHERE confidence < ?1 AND state <> 'withdrawn' ORDER BY confidence, id";
        let mut query = self.connection.prepare_cached(query)?;
        let rows = query.query_map([LOW_CONFIDENCE], |r| r.get(0).map(narrow))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The units of renderings that stand out.
    fn outlying_units(&self) -> Result<Rows> {
        let mut rows = Rows::default();
        let mut query = self.connection.prepare_cached(
            "SELECT unit.id FROM statement JOIN rendering ON rendering.statement = statement.id
             JOIN origin ON origin.source_document = rendering.document OR origin.target_document = rendering.document
             JOIN unit ON unit.origin = origin.id WHERE statement.name = ?1 AND rendering.name = ?2",
        )?;
        for stored in self.statements()? {
            for (rendering, _) in outliers(&stored.statement) {
                let mut found = query.query((&stored.statement.id, &rendering.id))?;
                while let Some(row) = found.next()? {
                    rows.insert(row.get(0)?);
                }
            }
        }
        Ok(rows)
    }
}

/// The renderings of a statement that stand out: less than half of their words are in another rendering of the same language. With the words that no
/// other has, in order. Where there is no more than one other to compare with, none does.
pub fn outliers(statement: &Statement) -> Vec<(&Rendering, Vec<String>)> {
    let mut by_lang: BTreeMap<&str, Vec<(&Rendering, BTreeSet<String>)>> = BTreeMap::new();
    for rendering in &statement.renderings {
        let words = words(&rendering.text).map(|(_, word)| fold(word).into_owned()).collect();
        by_lang.entry(rendering.lang.primary()).or_default().push((rendering, words));
    }
    let mut found = Vec::new();
    for group in by_lang.into_values().filter(|group| group.len() > 2) {
        for (rendering, own) in &group {
            let others = || group.iter().filter(|(other, _)| other.id != rendering.id);
            let alone: Vec<String> = own.iter().filter(|word| !others().any(|(_, words)| words.contains(*word))).cloned().collect();
            #[allow(clippy::cast_precision_loss)]
            let shared = 1.0 - alone.len() as f64 / own.len().max(1) as f64;
            if shared < SHARED {
                found.push((*rendering, alone));
            }
        }
    }
    found
}

/// The rows in an order that looks random and is always the same.
fn drawn(rows: &[u32]) -> Vec<u32> {
    let mut drawn: Vec<(u64, u32)> = rows.iter().map(|row| (scrambled(u64::from(*row)), *row)).collect();
    drawn.sort_unstable();
    drawn.into_iter().map(|(_, row)| row).collect()
}

/// The finalizer of SplitMix64 (Steele, Lea & Flood 2014): nearby numbers become far apart.
fn scrambled(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What is ranked, with every tenth place from what was drawn; then the rest of that. No row comes twice.
fn interleaved(ranked: impl Iterator<Item = u32>, drawn: Vec<u32>) -> Vec<u32> {
    let mut taken = Rows::default();
    let mut queue = Vec::with_capacity(drawn.len());
    let (mut ranked, mut drawn) = (ranked, drawn.into_iter());
    loop {
        let is_random = queue.len() % RANDOM == RANDOM - 1;
        let next = if is_random { fresh(&mut drawn, &taken) } else { fresh(&mut ranked, &taken) };
        let Some(row) = next.or_else(|| fresh(&mut drawn, &taken)) else { return queue };
        taken.insert(i64::from(row));
        queue.push(row);
    }
}

fn fresh(rows: &mut impl Iterator<Item = u32>, taken: &Rows) -> Option<u32> {
    rows.find(|row| !taken.contains(*row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenth_place_is_drawn_and_no_row_comes_twice() {
        let all: Vec<u32> = (1..=100).collect();
        let queue = interleaved(1..=40, drawn(&all));
        let mut sorted = queue.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, all);
        assert_eq!(queue[..9], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(queue[..50].iter().filter(|row| **row > 40).count() >= 2, "{queue:?}");
    }

    #[test]
    fn a_rendering_in_other_words_than_all_others_stands_out() {
        let texts = ["We will obey the order of humanity", "We shall obey the order of humanity", "They march toward war tonight"];
        let renderings: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(n, text)| serde_json::json!({"id": format!("r{n}"), "lang": "en", "kind": "translation", "text": text, "quote_type": "direct"}))
            .collect();
        let statement = serde_json::json!({"id": "s", "speaker": "x", "medium": "speech", "original_lang": "es", "renderings": renderings});
        let statement: Statement = serde_json::from_value(statement).expect("a statement");
        let found = outliers(&statement);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0.id.as_str(), found[0].1.first().map(String::as_str)), ("r2", Some("march")));
    }
}
