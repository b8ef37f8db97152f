//! What is in a store, in numbers.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::{Store, StoredUnit, UnitQuery};
use crate::error::Result;
use crate::text::hash::digest;
use crate::text::words::words;

/// Numbers about a store.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Units, those withdrawn left out.
    pub units: u64,
    /// Documents (renderings are not counted here).
    pub documents: u64,
    /// Statements.
    pub statements: u64,
    /// Renderings of statements.
    pub renderings: u64,
    /// Bitexts: pairs of documents or of renderings.
    pub bitexts: u64,
    /// Units whose two texts another unit has too.
    pub duplicates: u64,
    /// Findings of the checks.
    pub findings: BTreeMap<String, u64>,
    /// Units by state.
    pub states: BTreeMap<String, u64>,
    /// The source side.
    pub source: SideStats,
    /// The target side.
    pub target: SideStats,
    /// Median of target characters divided by source characters.
    pub length_ratio: Option<f64>,
    /// By source, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_source: Vec<SourceStats>,
    /// A seeded sample of units: source and target text.
    pub sample: Vec<(String, String)>,
}

/// Numbers about one side.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SideStats {
    /// Units by language.
    pub languages: BTreeMap<String, u64>,
    /// Words in all.
    pub words: u64,
    /// Characters (code points) in all.
    pub characters: u64,
    /// Characters of a unit.
    pub lengths: Lengths,
}

/// A distribution of lengths, in characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Lengths {
    /// The shortest.
    pub min: u64,
    /// Half are shorter.
    pub median: u64,
    /// Nine in ten are shorter.
    pub p90: u64,
    /// The longest.
    pub max: u64,
}

/// Numbers about one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SourceStats {
    /// Its name.
    pub name: String,
    /// Its units.
    pub units: u64,
    /// Words on the source side.
    pub source_words: u64,
    /// Words on the target side.
    pub target_words: u64,
    /// The licences of its units.
    pub licences: Vec<String>,
}

impl Store {
    /// Numbers about the store, with a sample of `sample` units chosen by `seed`; one pass over the units.
    pub fn stats(&self, by_source: bool, sample: usize, seed: u64) -> Result<Stats> {
        let mut counting = Counting { sample_size: sample, seed, ..Counting::default() };
        for page in self.unit_pages(UnitQuery::default(), 10_000)? {
            for unit in &page? {
                counting.add(unit);
            }
        }
        let mut stats = counting.stats(by_source);
        let count = |query: &str| -> Result<u64> { Ok(self.connection.query_row(query, [], |r| r.get::<_, i64>(0))?.cast_unsigned()) };
        stats.renderings = count("SELECT count(*) FROM rendering")?;
        stats.documents = count("SELECT count(*) FROM document WHERE id NOT IN (SELECT document FROM rendering)")?;
        stats.statements = count("SELECT count(*) FROM statement")?;
        stats.bitexts = count("SELECT count(*) FROM origin WHERE kind = 'bitext'")?;
        stats.findings = self.finding_counts()?.into_iter().collect();
        Ok(stats)
    }
}

#[derive(Default)]
struct Counting {
    stats: Stats,
    sources: BTreeMap<String, SourceStats>,
    licences: BTreeMap<String, BTreeSet<String>>,
    source_lengths: BTreeMap<u64, u64>,
    target_lengths: BTreeMap<u64, u64>,
    /// Ratios in thousandths: exact enough for a median, and bounded in number.
    ratios: BTreeMap<u64, u64>,
    seen: HashSet<[u8; 16]>,
    sample: BTreeMap<[u8; 16], (String, String)>,
    sample_size: usize,
    seed: u64,
}

impl Counting {
    fn add(&mut self, stored: &StoredUnit) {
        let unit = &stored.unit;
        self.stats.units += 1;
        *self.stats.states.entry(unit.state.to_string()).or_default() += 1;
        let (source_words, source_length) =
            count_side(&mut self.stats.source, unit.source_lang.as_str(), &unit.source, &mut self.source_lengths);
        let (target_words, target_length) =
            count_side(&mut self.stats.target, unit.target_lang.as_str(), &unit.target, &mut self.target_lengths);
        *self.ratios.entry(target_length * 1000 / source_length.max(1)).or_default() += 1;
        let source = self.sources.entry(stored.source_name.clone()).or_default();
        source.units += 1;
        source.source_words += source_words;
        source.target_words += target_words;
        let licences = self.licences.entry(stored.source_name.clone()).or_default();
        for licence in [&unit.source_provenance.licence, &unit.target_provenance.licence].into_iter().flatten() {
            licences.insert(licence.clone());
        }
        let texts = digest([unit.source.as_bytes(), unit.target.as_bytes()]);
        self.stats.duplicates += u64::from(!self.seen.insert(texts));
        self.draw(stored);
    }

    /// Keeps the units with the smallest hashes of seed and id: a sample that does not depend on the order of reading.
    fn draw(&mut self, stored: &StoredUnit) {
        let id = stored.unit.id.as_deref().unwrap_or_default();
        let rank = digest([&self.seed.to_le_bytes()[..], id.as_bytes()]);
        if self.sample.len() < self.sample_size || self.sample.last_key_value().is_some_and(|(last, _)| rank < *last) {
            self.sample.insert(rank, (stored.unit.source.clone(), stored.unit.target.clone()));
            if self.sample.len() > self.sample_size {
                self.sample.pop_last();
            }
        }
    }

    fn stats(mut self, by_source: bool) -> Stats {
        self.stats.source.lengths = lengths(&self.source_lengths);
        self.stats.target.lengths = lengths(&self.target_lengths);
        #[allow(clippy::cast_precision_loss)]
        let ratio = (self.stats.units > 0).then(|| quantile(&self.ratios, 50) as f64 / 1000.0);
        self.stats.length_ratio = ratio;
        self.stats.sample = self.sample.into_values().collect();
        if by_source {
            for (name, mut source) in self.sources {
                source.licences = self.licences.remove(&name).unwrap_or_default().into_iter().collect();
                self.stats.by_source.push(SourceStats { name, ..source });
            }
        }
        self.stats
    }
}

/// Counts one text; returns its words and its characters.
fn count_side(side: &mut SideStats, lang: &str, text: &str, lengths: &mut BTreeMap<u64, u64>) -> (u64, u64) {
    let (word_count, characters) = (words(text).count() as u64, text.chars().count() as u64);
    match side.languages.get_mut(lang) {
        Some(count) => *count += 1,
        None => drop(side.languages.insert(lang.to_string(), 1)),
    }
    side.words += word_count;
    side.characters += characters;
    *lengths.entry(characters).or_default() += 1;
    (word_count, characters)
}

fn lengths(counts: &BTreeMap<u64, u64>) -> Lengths {
    Lengths { min: quantile(counts, 0), median: quantile(counts, 50), p90: quantile(counts, 90), max: quantile(counts, 100) }
}

/// The smallest value that at least `percent` in a hundred do not exceed; 0 of nothing.
fn quantile(counts: &BTreeMap<u64, u64>, percent: u64) -> u64 {
    let total: u64 = counts.values().sum();
    let mut below = 0;
    for (value, count) in counts {
        below += count;
        if below * 100 >= total * percent {
            return *value;
        }
    }
    0
}
