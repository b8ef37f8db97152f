//! What is known of a bitext: at first lengths and spelling, then what its own sure beads teach: the ratio of lengths, a lexicon, how many
//! words find a counterpart, how many beads are not 1:1.

use super::Side;
use super::cosines::Scale;
use super::coverage;
use super::dp::Block;
use super::evidence::Costs;
use super::length::Lengths;
use super::looks::Look;
use super::meaning::Meaning;
use super::translations::{Translations, gains};
use super::vocabulary::{KINDS, Tokens, Vocabulary};
use super::weights::{Learned, WITH_VECTORS, WITHOUT_VECTORS, WORDS};
use super::{cognates, dictionary, lexicon, looks};
use crate::semantics::{Lexicon, Semantics};

/// A bitext as the scorer sees it.
pub(super) struct Words {
    /// The types of both sides.
    pub vocabulary: Vocabulary,
    /// Which of them occur in each segment.
    pub tokens: [Tokens; 2],
    /// Translations by spelling.
    pub cognates: Translations,
    /// Translations by the lexicon that was given.
    pub known: Translations,
}

impl Words {
    /// Reads both sides.
    pub(super) fn read(source: Side<'_>, target: Side<'_>, lexicon: Option<&Lexicon>) -> Words {
        let (vocabulary, tokens) = Vocabulary::read([(&source.lang, source.segments), (&target.lang, target.segments)]);
        let cognates = cognates::cognates(&vocabulary);
        let known = dictionary::look_up(&vocabulary, source, target, lexicon);
        Words { vocabulary, tokens, cognates, known }
    }

    /// What shared words are worth by these tables together; without a scale, that of the word's kind.
    fn gains(&self, tables: &[(&Translations, Option<f64>)], alone: &[f64; KINDS]) -> Translations {
        let by_kind = |u: usize| WORDS.shared[self.vocabulary.kinds[u] as usize];
        gains(&self.vocabulary, &self.tokens, tables, |u, scale| scale.unwrap_or_else(|| by_kind(u)), alone)
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
    /// Vectors of the segments and the scale of their cosines, if there are any.
    pub meaning: Option<(Meaning, Scale)>,
    /// What each segment looks like.
    pub looks: [Vec<Look>; 2],
    /// How much more frequent beads other than 1:1 are than usual, as a logarithm.
    pub disorder: f64,
}

impl Knowledge {
    /// What is known before anything is aligned.
    pub(super) fn at_first(words: &Words, source: Side<'_>, target: Side<'_>, semantics: &Semantics) -> Knowledge {
        let (n, m) = (source.segments.len(), target.segments.len());
        let meaning = Meaning::of(words, source, target, semantics.encoder.as_ref());
        Knowledge {
            lengths: Lengths::measure(source.segments, target.segments),
            costs: Costs::of(&words.vocabulary, &words.tokens, [source.paragraphs, target.paragraphs], &WORDS.alone),
            // With vectors words are not looked at before something is learned.
            gains: if meaning.is_some() {
                Vec::new()
            } else {
                words.gains(&[(&words.cognates, None), (&words.known, Some(WORDS.known))], &WORDS.alone)
            },
            meaning: meaning.map(|meaning| (Scale::at_first(&meaning, n, m), meaning)).map(|(scale, meaning)| (meaning, scale)),
            looks: [source, target].map(|side| looks::of(side.segments)),
            disorder: 0.0,
        }
    }

    /// Learns from the beads of a first alignment, all taken for right: their probabilities as weights change nothing that is seen.
    pub(super) fn learn(&mut self, words: &Words, path: &[Block]) {
        let matched: Vec<&Block> = path.iter().filter(|block| block.is_matched()).collect();
        // A lexicon and vectors leave nothing for the bitext to teach.
        let is_known = self.meaning.is_some() && words.known.iter().any(|row| !row.is_empty());
        let lexicon = if is_known {
            vec![Vec::new(); words.vocabulary.len()]
        } else {
            lexicon::learn(&words.tokens, &words.vocabulary, &matched, &words.cognates)
        };
        let all = [&words.cognates, &words.known, &lexicon];
        let alone = coverage::costs(&words.tokens, &words.vocabulary, &matched, &all, WORDS.alone).map(|cost| WORDS.measured * cost);
        self.lengths.refine(&matched);
        self.costs.set_words(&words.vocabulary, &words.tokens, &alone);
        self.gains = words.gains(&[(&words.cognates, None), (&words.known, Some(WORDS.known)), (&lexicon, Some(WORDS.learned))], &alone);
        if let Some((meaning, scale)) = &mut self.meaning {
            let plain = matched.iter().filter(|block| block.source.len() == 1 && block.target.len() == 1);
            let pairs: Vec<_> = plain.map(|block| (block.source.start, block.target.start)).collect();
            *scale = Scale::learned(meaning, words.tokens[0].len(), words.tokens[1].len(), &pairs);
        }
        self.disorder = disorder(path);
    }

    /// The weights that fit what is known, and their calibration.
    pub(super) fn learned(&self) -> &'static Learned {
        if self.meaning.is_some() { &WITH_VECTORS } else { &WITHOUT_VECTORS }
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
