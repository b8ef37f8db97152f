//! What is known of a bitext: at first lengths and spelling, then what its own sure beads teach: the ratio of lengths, a lexicon, how many
//! words find a counterpart, how many beads are not 1:1.

use super::Side;
use super::coverage;
use super::dp::Block;
use super::evidence::Costs;
use super::length::Lengths;
use super::translations::{Translations, gains, joined};
use super::vocabulary::{Tokens, Vocabulary};
use super::weights::Weights;
use super::{cognates, lexicon};

/// A bitext as the scorer sees it.
pub(super) struct Words {
    /// The types of both sides.
    pub vocabulary: Vocabulary,
    /// Which of them occur in each segment.
    pub tokens: [Tokens; 2],
    /// Translations by spelling.
    pub cognates: Translations,
}

impl Words {
    /// Reads both sides.
    pub(super) fn read(source: Side<'_>, target: Side<'_>) -> Words {
        let (vocabulary, tokens) = Vocabulary::read([(&source.lang, source.segments), (&target.lang, target.segments)]);
        let cognates = cognates::cognates(&vocabulary);
        Words { vocabulary, tokens, cognates }
    }
}

/// What the scorer knows.
pub(super) struct Knowledge {
    /// Lengths and their ratio.
    pub lengths: Lengths,
    /// What words cost that have no counterpart, and the paragraphs.
    pub costs: Costs,
    /// What shared words are worth.
    pub gains: Translations,
    /// Added to the log prior of everything but 1:1.
    pub disorder: f64,
}

impl Knowledge {
    /// What is known before anything is aligned.
    pub(super) fn at_first(words: &Words, source: Side<'_>, target: Side<'_>, weights: &Weights) -> Knowledge {
        let by_kind = |u: usize| weights.shared[words.vocabulary.kinds[u] as usize];
        Knowledge {
            lengths: Lengths::measure(source.segments, target.segments),
            costs: Costs::of(&words.vocabulary, &words.tokens, [source.paragraphs, target.paragraphs], &weights.alone),
            gains: gains(&words.vocabulary, &words.tokens, &words.cognates, by_kind, &weights.alone),
            disorder: 0.0,
        }
    }

    /// Learns from the beads of a first alignment, all taken for right: their probabilities as weights change nothing that is seen.
    pub(super) fn learn(&mut self, words: &Words, path: &[Block], weights: &Weights) {
        let matched: Vec<&Block> = path.iter().filter(|block| block.is_matched()).collect();
        let lexicon = lexicon::learn(&words.tokens, &words.vocabulary, &matched, &words.cognates);
        let all = joined(&words.cognates, &lexicon);
        let alone = coverage::costs(&words.tokens, &words.vocabulary, &matched, &all, weights.alone).map(|cost| weights.measured * cost);
        let by_kind = |u: usize| weights.shared[words.vocabulary.kinds[u] as usize];
        let cognate = gains(&words.vocabulary, &words.tokens, &words.cognates, by_kind, &alone);
        let learned = gains(&words.vocabulary, &words.tokens, &lexicon, |_| weights.learned, &alone);
        self.lengths.refine(&matched);
        self.costs.set_words(&words.vocabulary, &words.tokens, &alone);
        self.gains = joined(&cognate, &learned);
        self.disorder = weights.disorder * disorder(path);
    }
}

/// How much more frequent beads other than 1:1 are than usual, as a logarithm.
fn disorder(path: &[Block]) -> f64 {
    /// Beads other than 1:1 for each 1:1, before anything is seen, and the weight of that in beads.
    const USUAL: f64 = 0.2;
    const PRIOR: f64 = 10.0;
    let plain = path.iter().filter(|block| block.source.len() == 1 && block.target.len() == 1).count();
    let (other, plain) = ((path.len() - plain) as f64, plain as f64);
    ((other + PRIOR * USUAL) / ((plain + PRIOR) * USUAL)).ln().clamp(-3.0, 3.0)
}
