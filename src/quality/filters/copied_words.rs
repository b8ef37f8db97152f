//! `copied-words`: the share of words in lower case that stand on the other side as they are, of those that could be translated.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::text::words::words;

/// Of fewer words nothing can be said.
const FEWEST: usize = 4;

/// The filter.
pub(super) static COPIED_WORDS: Filter = Filter {
    id: "copied-words",
    about: About { en: "Share of words left as they are", es: "Proporción de palabras dejadas como están" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::to(0.7), strict: Interval::to(0.5), review: Interval::ANY },
    peers: "OpusFilter SimilarityFilter, Bicleaner no_identical",
    measure,
};

fn measure(record: &Record<'_>) -> Option<[f64; 2]> {
    let [source, target] = record.texts().map(lower);
    let share = |own: &[u64], other: &[u64]| {
        let copied = own.iter().filter(|word| other.binary_search(word).is_ok()).count();
        if own.len() >= FEWEST { copied as f64 / own.len() as f64 } else { 0.0 }
    };
    Some([share(&source, &target), share(&target, &source)])
}

/// Hashes of the words without capitals, sorted.
fn lower(text: &str) -> Vec<u64> {
    let lower = words(text).map(|(_, word)| word).filter(|word| word.chars().all(char::is_lowercase));
    let mut hashes: Vec<u64> = lower.map(|word| FxBuildHasher.hash_one(word)).collect();
    hashes.sort_unstable();
    hashes
}
