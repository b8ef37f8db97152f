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
    let [source, target] = record.texts().map(Words::of);
    Some([source.share_on(&target), target.share_on(&source)])
}

/// The words of a text without capitals.
struct Words {
    /// A hash of each.
    hashes: Vec<u64>,
    /// Which upper bits there are among the hashes: that a word is not among them is told by one look, mostly.
    marks: [u64; MARKS],
}

/// Words of 64 bits in [`Words::marks`].
const MARKS: usize = 32;

impl Words {
    fn of(text: &str) -> Words {
        let mut found = Words { hashes: Vec::with_capacity(text.len() / 4), marks: [0; MARKS] };
        for (_, word) in words(text) {
            // Most words are in ASCII, and most capitals are at the beginning.
            let is_lower =
                word.as_bytes()[0] > b'Z' && (word.bytes().all(|b| b.is_ascii_lowercase()) || word.chars().all(char::is_lowercase));
            if is_lower {
                let hash = FxBuildHasher.hash_one(word);
                let (word, bit) = place(hash);
                found.marks[word] |= bit;
                found.hashes.push(hash);
            }
        }
        found
    }

    /// The share of the words that are on the other side; 0 of a few.
    fn share_on(&self, other: &Words) -> f64 {
        if self.hashes.len() < FEWEST {
            return 0.0;
        }
        let mut found: Vec<u64> = self.hashes.iter().copied().filter(|hash| other.may_have(*hash)).collect();
        if found.is_empty() {
            return 0.0;
        }
        found.sort_unstable();
        let mut there: Vec<u64> = other.hashes.iter().copied().filter(|hash| self.may_have(*hash)).collect();
        there.sort_unstable();
        let copied = found.iter().filter(|hash| there.binary_search(hash).is_ok()).count();
        copied as f64 / self.hashes.len() as f64
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = place(hash);
        self.marks[word] & bit != 0
    }
}

/// Where the upper bits of a hash are marked.
fn place(hash: u64) -> (usize, u64) {
    let upper = hash >> (u64::BITS - 11);
    ((upper >> 6) as usize % MARKS, 1 << (upper & 63))
}
