//! Hits grouped by how the other side renders what was found: by the word there that goes with it most. No lexicon is asked; the counts of the index tell.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::query::{Query, Term, tokens};
use super::{Hit, Store};
use crate::error::Result;
use crate::model::Side;
use crate::text::fold;

/// Words of the other side that are compared, the most frequent ones.
const CANDIDATES: usize = 40;

/// A word is counted up to here: what is more frequent goes with nothing.
const MOST: u32 = 50_000;

/// A word that goes with what was found less than this (Dice coefficient, from 0 to 1) is no rendering of it.
const LEAST: f64 = 0.05;

/// Hits with the same rendering on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The word of the other side that goes with what was found, or its whole text, folded; empty for hits without such a word.
    pub rendering: String,
    /// How many of the hits.
    pub count: u64,
    /// Who published it, in order.
    pub outlets: Vec<String>,
}

impl Group {
    /// Groups hits by the whole text of the other side, accents and case aside: what short units are alike in. The largest comes first.
    pub fn of(hits: &[Hit]) -> Vec<Group> {
        gathered(hits, |n| fold(&hits[n].other).into_owned())
    }
}

impl Store {
    /// Groups hits that show `side` by their rendering on the other side, the largest group first; `total` is how many units the search found in all.
    ///
    /// What goes with the search is measured by the Dice coefficient (Dice 1945): twice the units that have both, by the units that have the one and
    /// those that have the other.
    pub fn groups(&self, hits: &[Hit], side: Side, total: usize) -> Result<Vec<Group>> {
        let words: Vec<BTreeSet<String>> = hits.iter().map(|hit| words_of(&hit.other)).collect();
        let other = if side == Side::Source { Side::Target } else { Side::Source };
        let ranked = self.ranked(&words, other, total)?;
        let rendering = |n: usize| ranked.iter().find(|word| words[n].contains(*word)).cloned().unwrap_or_default();
        Ok(gathered(hits, rendering))
    }

    /// The words of the other side that go with what was found, the closest first.
    #[allow(clippy::cast_precision_loss)]
    fn ranked(&self, words: &[BTreeSet<String>], side: Side, total: usize) -> Result<Vec<String>> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        words.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
        let mut frequent: Vec<(&str, usize)> = counts.into_iter().collect();
        frequent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        frequent.truncate(CANDIDATES);
        let share = total as f64 / words.len().max(1) as f64;
        let mut ranked = Vec::new();
        for (word, count) in frequent {
            let everywhere = self.count_of(word, side)?;
            let dice = 2.0 * count as f64 * share / (total as f64 + f64::from(everywhere));
            if dice >= LEAST && everywhere < MOST {
                ranked.push((dice, word));
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        Ok(ranked.into_iter().map(|(_, word)| word.to_string()).collect())
    }

    /// How many units have a folded word on a side.
    fn count_of(&self, word: &str, side: Side) -> Result<u32> {
        let term = Term { side: Some(side), words: vec![word.to_string()], prefix: false, negated: false, exact: None };
        let query = Query { terms: vec![term] }.to_fts();
        let count = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)";
        Ok(self.connection.prepare_cached(count)?.query_row((query, MOST), |r| r.get(0))?)
    }
}

fn gathered(hits: &[Hit], rendering: impl Fn(usize) -> String) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (n, hit) in hits.iter().enumerate() {
        let rendering = rendering(n);
        let new = || Group { rendering: rendering.clone(), count: 0, outlets: Vec::new() };
        let group = groups.entry(rendering.clone()).or_insert_with(new);
        group.count += 1;
        group.outlets.extend(hit.outlet.clone());
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.outlets.sort();
        group.outlets.dedup();
    }
    groups.sort_by_key(|group| (group.rendering.is_empty(), std::cmp::Reverse(group.count)));
    groups
}

fn words_of(text: &str) -> BTreeSet<String> {
    tokens(text).map(|(_, word)| fold(word).into_owned()).collect()
}
