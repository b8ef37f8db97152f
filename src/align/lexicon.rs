//! A lexicon of the bitext itself: which words occur together in the beads of a first alignment (after Moore 2002), by IBM Model 1
//! (Brown et al. 1993) in both directions. It starts from cognates and needs no dictionary.

use std::ops::Range;

use super::dp::Block;
use super::translations::Translations;
use super::vocabulary::{Kind, Tokens, Vocabulary};

/// At most this many pairs of words are looked at, in beads evenly spread: more do not change the frequent words, and take time.
const MOST_CELLS: usize = 2_000_000;
/// A bead with more pairs of words than this, hundreds on each side, says nothing about any of them.
const MOST_CELLS_OF_BEAD: usize = 40_000;
/// Words are frequent that occur in more than this many segments, and in more than one of this many.
const MANY: usize = 20;
/// Rounds of expectation–maximization.
const ROUNDS: usize = 3;
/// Taken off the times a pair was seen, and added to the times a word was: what was seen once may be chance.
const DISCOUNT: f64 = 0.6;
const SMOOTHING: f64 = 0.7;
/// Translations less probable than this are dropped.
const LEAST: f64 = 0.05;

/// Reads the lexicon off matched beads; `cognates` is the starting point.
pub(super) fn learn(tokens: &[Tokens; 2], vocabulary: &Vocabulary, beads: &[&Block], cognates: &Translations) -> Translations {
    let pairs = Pairs::of(tokens, vocabulary, &readable(tokens, beads), cognates);
    let expected = pairs.expected();
    let mut lexicon = vec![Vec::new(); vocabulary.len()];
    for (n, &(u, v)) in pairs.keys.iter().enumerate() {
        let seen = pairs.seen[0][u as usize].max(pairs.seen[1][v as usize]);
        let q = (expected[n] - DISCOUNT) / (seen + SMOOTHING);
        if q >= LEAST {
            lexicon[u as usize].push((v, q as f32));
        }
    }
    lexicon
}

/// The beads to read.
fn readable<'a>(tokens: &[Tokens; 2], beads: &[&'a Block]) -> Vec<&'a Block> {
    let words = |side: usize, segments: Range<usize>| segments.map(|n| tokens[side].of(n).len()).sum::<usize>();
    let cells = |block: &Block| words(0, block.source.clone()) * words(1, block.target.clone());
    let small: Vec<&Block> = beads.iter().copied().filter(|block| cells(block) <= MOST_CELLS_OF_BEAD).collect();
    let all: usize = small.iter().map(|block| cells(block)).sum();
    small.into_iter().step_by(all.div_ceil(MOST_CELLS).max(1)).collect()
}

/// All pairs of words that occur together, sorted, and where.
struct Pairs {
    keys: Vec<(u32, u32)>,
    prior: Vec<f64>,
    /// For each bead: number of source and target words, first of its cells.
    beads: Vec<(usize, usize, usize)>,
    /// Pair index of each source × target cell of each bead, source by source.
    cells: Vec<u32>,
    seen: [Vec<f64>; 2],
}

impl Pairs {
    fn of(tokens: &[Tokens; 2], vocabulary: &Vocabulary, blocks: &[&Block], cognates: &Translations) -> Pairs {
        let mut seen = [vec![0.0; vocabulary.len()], vec![0.0; vocabulary.len()]];
        let (mut beads, mut cells) = (Vec::new(), Vec::new());
        for block in blocks {
            let words = [words(&tokens[0], 0, vocabulary, block.source.clone()), words(&tokens[1], 1, vocabulary, block.target.clone())];
            for side in [0, 1] {
                words[side].iter().for_each(|&w| seen[side][w as usize] += 1.0);
            }
            beads.push((words[0].len(), words[1].len(), cells.len()));
            cells.extend(words[0].iter().flat_map(|&u| words[1].iter().map(move |&v| (u, v))));
        }
        let mut keys = cells.clone();
        keys.sort_unstable();
        keys.dedup();
        let prior = keys.iter().map(|&(u, v)| prior(cognates, u, v)).collect();
        let cells = cells.iter().map(|cell| keys.binary_search(cell).expect("keys hold every cell") as u32).collect();
        Pairs { keys, prior, beads, cells, seen }
    }

    /// The expected number of times each pair is a translation: the geometric mean of both directions.
    fn expected(&self) -> Vec<f64> {
        let directions = [0, 1].map(|side| self.direction(side));
        directions[0].iter().zip(&directions[1]).map(|(a, b)| (a * b).sqrt()).collect()
    }

    /// IBM Model 1 for one direction: each word of the other side (`1 - side`) is shared out among the words of `side`.
    fn direction(&self, side: usize) -> Vec<f64> {
        let given = |pair: usize| if side == 0 { self.keys[pair].0 } else { self.keys[pair].1 } as usize;
        let mut probability: Vec<f64> = self.prior.clone();
        let mut counts = Vec::new();
        for _ in 0..ROUNDS {
            counts = self.share(side, &probability);
            for (pair, count) in counts.iter().enumerate() {
                probability[pair] = (count + 0.1 * self.prior[pair]) / (self.seen[side][given(pair)] + 0.1);
            }
        }
        counts
    }

    fn share(&self, side: usize, probability: &[f64]) -> Vec<f64> {
        /// The share of a word that nothing explains.
        const NULL: f64 = 0.02;
        let mut counts = vec![0.0; self.keys.len()];
        for &(m, n, start) in &self.beads {
            let (outer, inner) = if side == 0 { (n, m) } else { (m, n) };
            let cell = |o: usize, i: usize| self.cells[start + if side == 0 { i * n + o } else { o * n + i }] as usize;
            for o in 0..outer {
                let total: f64 = NULL + (0..inner).map(|i| probability[cell(o, i)]).sum::<f64>();
                for i in 0..inner {
                    let pair = cell(o, i);
                    counts[pair] += probability[pair] / total;
                }
            }
        }
        counts
    }
}

/// The starting probability of a pair: what its spelling says, or a small constant.
fn prior(cognates: &Translations, u: u32, v: u32) -> f64 {
    let q = cognates[u as usize].iter().find(|(w, _)| *w == v).map_or(0.0, |(_, q)| f64::from(*q));
    0.02 + q
}

/// The distinct words of a bead's side that can be learned: not marks and numbers, which translate themselves, nor words that occur once,
/// nor frequent ones, which say little.
fn words(tokens: &Tokens, side: usize, vocabulary: &Vocabulary, segments: Range<usize>) -> Vec<u32> {
    let most = MANY.max(tokens.len() / MANY);
    let is_learnable = |w: usize| {
        let frequency = vocabulary.frequencies[w][side] as usize;
        (2..=most).contains(&frequency) && !matches!(vocabulary.kinds[w], Kind::Mark | Kind::Number)
    };
    let mut words: Vec<u32> = segments.flat_map(|n| tokens.of(n)).copied().filter(|&w| is_learnable(w as usize)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn words_that_occur_together_more_than_once_translate_each_other() {
        let spanish = ["perro blanco", "perro negro", "gato blanco", "gato negro"];
        let english = ["white dog", "black dog", "white cat", "black cat"];
        let (vocabulary, tokens) = Vocabulary::read([(&Lang::ES, &spanish), (&Lang::EN, &english)]);
        let blocks: Vec<Block> = (0..4).map(|n| Block { source: n..n + 1, target: n..n + 1 }).collect();
        let lexicon = learn(&tokens, &vocabulary, &blocks.iter().collect::<Vec<_>>(), &vec![Vec::new(); vocabulary.len()]);
        let id = |form| vocabulary.forms.iter().position(|f| f == form).expect("it is there");
        let best = |form| lexicon[id(form)].iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(v, _)| vocabulary.forms[*v as usize].as_str());
        assert_eq!(best("perro"), Some("dog"));
        assert_eq!(best("negro"), Some("black"));
    }

    #[test]
    fn a_bead_of_a_whole_text_is_not_read() {
        let long: String = (0..300).map(|n| format!("palabra{n} ")).collect();
        let (_, tokens) = Vocabulary::read([(&Lang::ES, &[long.as_str()]), (&Lang::EN, &[long.as_str()])]);
        assert!(readable(&tokens, &[&Block { source: 0..1, target: 0..1 }]).is_empty());
    }
}
