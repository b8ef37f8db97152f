//! `copied-words`: the share of words in lower case that stand on the other side as they are, of those that could be translated.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::quality::reading::Word;

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

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = record.words();
    let (source, target) = (Lower::of(source), Lower::of(target));
    let may_share = source.marks.iter().zip(&target.marks).any(|(here, there)| here & there != 0);
    Some(if may_share { [source.share_on(&target), target.share_on(&source)] } else { [0.0; 2] })
}

/// The words of a text without capitals.
struct Lower<'w> {
    words: &'w [Word],
    count: usize,
    /// Which upper bits there are among the hashes: that a word is not among them is told by one look, mostly.
    marks: [u64; MARKS],
}

/// Words of 64 bits in [`Lower::marks`].
const MARKS: usize = 16;

impl Lower<'_> {
    fn of(words: &[Word]) -> Lower<'_> {
        let mut found = Lower { words, count: 0, marks: [0; MARKS] };
        for word in words.iter().filter(|word| is_lower(word)) {
            let (at, bit) = place(word);
            found.marks[at] |= bit;
            found.count += 1;
        }
        found
    }

    /// The share of the words that are on the other side; 0 of a few.
    fn share_on(&self, other: &Lower<'_>) -> f64 {
        if self.count < FEWEST {
            return 0.0;
        }
        let found = self.may_be_on(other);
        if found.is_empty() {
            return 0.0;
        }
        let there = other.may_be_on(self);
        let copied = found.iter().filter(|spelling| there.binary_search(spelling).is_ok()).count();
        copied as f64 / self.count as f64
    }

    /// The words that may be on the other side, sorted.
    fn may_be_on(&self, other: &Lower<'_>) -> Vec<u64> {
        let may_be = |word: &&Word| {
            let (at, bit) = place(word);
            other.marks[at] & bit != 0 && is_lower(word)
        };
        let mut found: Vec<u64> = self.words.iter().filter(may_be).map(|word| word.spelling).collect();
        found.sort_unstable();
        found
    }
}

fn is_lower(word: &Word) -> bool {
    word.is_whole && word.is_lower
}

/// Where the upper bits of a hash are marked.
fn place(word: &Word) -> (usize, u64) {
    let upper = word.spelling >> (u64::BITS - 10);
    ((upper >> 6) as usize % MARKS, 1 << (upper & 63))
}
