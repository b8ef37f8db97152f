//! The pairs of words of a lexicon as a plain list, from which one is made and into which it can be taken apart again.

use super::bytes::{Pair, written};
use super::{Level, Lexicon};
use crate::text::Lang;

/// The longest form in bytes; a longer one is no word.
const LONGEST: usize = 255;

/// Pairs of forms and how probably each translates the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entries {
    langs: [Lang; 2],
    pairs: Vec<(String, String, [Level; 2])>,
}

impl Entries {
    /// No pairs yet.
    pub(crate) fn new(source: Lang, target: Lang) -> Entries {
        Entries { langs: [source, target], pairs: Vec::new() }
    }

    /// Adds a pair with the probabilities of the target given the source and of the source given the target. Of a pair that is added twice,
    /// the later one counts.
    pub(crate) fn add(&mut self, source: &str, target: &str, probabilities: [f32; 2]) {
        if source.len() <= LONGEST && target.len() <= LONGEST {
            self.pairs.push((source.to_string(), target.to_string(), probabilities.map(Level::of)));
        }
    }

    /// Multiplies the probabilities of the translations of each word, given with its side, by what `factor` says.
    pub(crate) fn scale(&mut self, factor: impl Fn(usize, &str) -> f32) {
        for (source, target, levels) in &mut self.pairs {
            for (n, word) in [source.as_str(), target.as_str()].into_iter().enumerate() {
                let factor = factor(n, word);
                if factor < 1.0 {
                    levels[n] = Level::of(factor * levels[n].probability());
                }
            }
        }
    }

    /// The lexicon of these pairs.
    pub(crate) fn lexicon(self) -> Lexicon {
        let mut pairs = self.pairs;
        // A stable sort: the later of two equal pairs stays behind the earlier.
        pairs.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let sources = distinct(pairs.iter().map(|pair| pair.0.as_str()).collect());
        let targets = distinct(pairs.iter().map(|pair| pair.1.as_str()).collect());
        let place = |words: &[&str], word: &str| words.binary_search(&word).expect("every word is in its list") as u32;
        let mut placed: Vec<Pair> = Vec::with_capacity(pairs.len());
        for (source, target, levels) in &pairs {
            let pair = Pair { words: [place(&sources, source), place(&targets, target)], levels: *levels };
            match placed.last_mut().filter(|last| last.words == pair.words) {
                Some(last) => *last = pair,
                None => placed.push(pair),
            }
        }
        let bytes = written(&self.langs, [&sources, &targets], &placed);
        Lexicon::from_bytes(&bytes).expect("what is written can be read")
    }
}

fn distinct(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_unstable();
    words.dedup();
    words
}

impl Lexicon {
    /// The pairs of this table, sorted.
    pub(crate) fn entries(&self) -> Entries {
        let mut entries = Entries::new(self.langs[0], self.langs[1]);
        for Pair { words, levels } in self.pairs() {
            let word = |n: usize| self.sides[n].word(words[n] as usize).to_string();
            entries.pairs.push((word(0), word(1), levels));
        }
        entries
    }
}
