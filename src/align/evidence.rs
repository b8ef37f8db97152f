//! The scorer of this version: priors of shapes, lengths, shared words, cosines, paragraphs, as one log-linear score of features.
//! What the features are worth lies in `weights`.

use std::ops::Range;

use super::band::Band;
use super::cosines::Cosines;
use super::dp::Shapes;
use super::features::*;
use super::knowledge::Knowledge;
use super::matches::Matches;
use super::scorer::Scorer;
use super::vocabulary::{KINDS, Tokens, Vocabulary};

/// Everything a block's score is made of, ready for one band.
pub(super) struct Evidence<'a> {
    weights: &'a Features,
    known: &'a Knowledge,
    matches: Matches,
    cosines: Option<Cosines<'a>>,
    /// The score of each segment of each side without counterpart.
    alone: [Vec<f64>; 2],
}

/// Cumulated costs of each side: of words without a counterpart, and of paragraph starts.
pub(super) struct Costs {
    types: [Vec<u32>; 2],
    words: [Vec<f64>; 2],
    paragraphs: Option<[Vec<u32>; 2]>,
}

impl Costs {
    /// Adds up the costs of both sides; paragraphs count only if both sides have them.
    pub(super) fn of(vocabulary: &Vocabulary, tokens: &[Tokens; 2], paragraphs: [&[usize]; 2], alone: &[f64; KINDS]) -> Costs {
        let known = [0, 1].iter().all(|&side| paragraphs[side].len() == tokens[side].len());
        let starts = |side: usize| {
            let of = paragraphs[side];
            cumulated((0..of.len()).map(|n| u32::from(n == 0 || of[n] != of[n - 1])))
        };
        let types = [0, 1].map(|side: usize| cumulated((0..tokens[side].len()).map(|n| tokens[side].of(n).len() as u32)));
        let mut costs = Costs { types, words: Default::default(), paragraphs: known.then(|| [starts(0), starts(1)]) };
        costs.set_words(vocabulary, tokens, alone);
        costs
    }

    /// The number of types of a block, those of each segment on its own.
    fn types(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        let [s, t] = &self.types;
        f64::from(s[source.end] - s[source.start] + t[target.end] - t[target.start])
    }

    /// Adds up other costs of words, by kind.
    pub(super) fn set_words(&mut self, vocabulary: &Vocabulary, tokens: &[Tokens; 2], alone: &[f64; KINDS]) {
        self.words = [0, 1].map(|side| {
            let cost = |n| tokens[side].of(n).iter().map(|&v| alone[vocabulary.kinds[v as usize] as usize]).sum::<f64>();
            cumulated((0..tokens[side].len()).map(cost))
        });
    }
}

fn cumulated<T: Copy + Default + std::ops::Add<Output = T>>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut sum = T::default();
    let sums = values.map(|value| {
        sum = sum + value;
        sum
    });
    std::iter::once(T::default()).chain(sums).collect()
}

impl<'a> Evidence<'a> {
    /// Puts the evidence together for blocks of these shapes within `band`.
    pub(super) fn within(band: &Band, shapes: &Shapes, tokens: &[Tokens; 2], known: &'a Knowledge, weights: &'a Features) -> Evidence<'a> {
        let matches = Matches::within(band, shapes.tallest(), tokens, &known.gains);
        let cosines = known.meaning.as_ref().map(|(meaning, scale)| Cosines::within(band, shapes.tallest(), meaning, *scale));
        let mut evidence = Evidence { weights, known, matches, cosines, alone: Default::default() };
        evidence.alone = [0, 1].map(|side| (0..tokens[side].len()).map(|n| score(weights, &evidence.alone_features(side, n))).collect());
        evidence
    }

    /// The features of a matched bead.
    pub(super) fn matched_features(&self, source: &Range<usize>, target: &Range<usize>) -> Features {
        let cosine = self.cosines.as_ref().map_or(0.0, |cosines| cosines.of(source, target));
        self.features_with(source, target, f64::from(cosine))
    }

    /// The same, with the scaled cosine of the block.
    fn features_with(&self, source: &Range<usize>, target: &Range<usize>, cosine: f64) -> Features {
        let mut features = [0.0; COUNT];
        let (m, n) = (source.len(), target.len());
        let is_grouped = m + n > 2;
        let words = self.words(source, target);
        if is_grouped {
            let (less, more) = (m.min(n), m.max(n));
            match less {
                1 if more == 2 => features[TWO] = 1.0,
                1 => features[THREE] = (more - 2) as f64,
                _ => {
                    features[CROSSED] = 1.0;
                    features[MORE] = (less + more - 4) as f64;
                }
            }
            features[DISORDER] = self.known.disorder;
            features[WORDS_EDGE] = self.least_edge(source, target, words, |s, t| self.words(s, t)).clamp(-3.0, 3.0);
        }
        features[WORDS] = words;
        features[WORDS_SHARE] = features[WORDS] / (self.known.costs.types(source, target) + 4.0);
        features[LENGTH] = self.known.lengths.log_odds(source, target).clamp(-20.0, 20.0);
        features[PARAGRAPH] = self.paragraph_mismatch(source, target);
        if let Some(cosines) = &self.cosines {
            let margin = cosine - f64::from(cosines.rival(source, target));
            features[COSINE] = cosine;
            features[FAR] = (0.5 - cosine).max(0.0);
            features[COSINE_SHORT] = cosine * self.shortness(source, target);
            features[MARGIN] = margin;
            features[MARGIN_LOST] = margin.min(0.0);
            if is_grouped {
                let edge = self.least_edge(source, target, cosine, |s, t| f64::from(cosines.of(s, t)));
                features[COSINE_GROUPED] = cosine;
                features[EDGE_GAINED] = edge.max(0.0);
                features[EDGE_LOST] = edge.min(0.0);
            }
        }
        features
    }

    /// The features of an unmatched segment.
    pub(super) fn alone_features(&self, side: usize, segment: usize) -> Features {
        let mut features = [0.0; COUNT];
        let look = &self.known.looks[side][segment];
        features[ALONE] = 1.0;
        features[ALONE_DISORDER] = self.known.disorder;
        features[ALONE_LENGTH] = f64::from(look.length);
        features[ALONE_LABEL] = f64::from(u8::from(look.is_label));
        features[ALONE_REPEATED] = f64::from(look.repeated);
        if let Some(cosines) = &self.cosines {
            let best = f64::from(cosines.best(side, segment));
            features[ALONE_COSINE] = best;
            features[ALONE_NEAR] = (best - 0.5).max(0.0);
        }
        features
    }

    /// Log-odds of the shared words of a block, less the costs of all its words.
    fn words(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        let [s, t] = &self.known.costs.words;
        self.matches.sum(source.clone(), target) - (s[source.end] - s[source.start]) - (t[target.end] - t[target.start])
    }

    /// What the segment at an edge of a block adds that adds least to the worth of the `whole`: a neighbour without counterpart adds nothing.
    fn least_edge(
        &self,
        source: &Range<usize>,
        target: &Range<usize>,
        whole: f64,
        worth: impl Fn(&Range<usize>, &Range<usize>) -> f64,
    ) -> f64 {
        let mut most_without = f64::NEG_INFINITY;
        if source.len() > 1 {
            let (first, last) = (source.start + 1..source.end, source.start..source.end - 1);
            most_without = most_without.max(worth(&first, target)).max(worth(&last, target));
        }
        if target.len() > 1 {
            let (first, last) = (target.start + 1..target.end, target.start..target.end - 1);
            most_without = most_without.max(worth(source, &first)).max(worth(source, &last));
        }
        whole - most_without
    }

    /// How much shorter than usual the shorter side of a block is, from 0 to 1.
    fn shortness(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        /// From so many characters on a segment is not short.
        const USUAL: f64 = 80.0;
        (1.0 - self.known.lengths.shorter(source, target) / USUAL).max(0.0)
    }

    /// Paragraph starts on one side only: at the first segment of the block, and inside it.
    fn paragraph_mismatch(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        let Some([s, t]) = &self.known.costs.paragraphs else { return 0.0 };
        let first = (s[source.start + 1] - s[source.start]).abs_diff(t[target.start + 1] - t[target.start]);
        let inside = (s[source.end] - s[source.start + 1]).abs_diff(t[target.end] - t[target.start + 1]);
        f64::from(first + inside)
    }
}

/// A bead of several segments with a smaller scaled cosine is hardly ever right; most blocks are such, and the rest of their features need not be looked at.
const HOPELESS: f32 = 0.15;
/// The score of what is not to be chosen.
const FORBIDDEN: f64 = -40.0;

impl Scorer for Evidence<'_> {
    fn matched(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        let cosine = self.cosines.as_ref().map_or(0.0, |cosines| cosines.of(&source, &target));
        if self.cosines.is_some() && source.len() + target.len() > 2 && cosine < HOPELESS {
            return FORBIDDEN;
        }
        score(self.weights, &self.features_with(&source, &target, f64::from(cosine)))
    }

    fn unmatched_source(&self, segment: usize, _: usize) -> f64 {
        self.alone[0][segment]
    }

    fn unmatched_target(&self, segment: usize, _: usize) -> f64 {
        self.alone[1][segment]
    }

    fn gap(&self) -> f64 {
        self.weights[GAP]
    }
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::super::knowledge::Words;
    use super::super::weights::WITHOUT_VECTORS;
    use super::*;
    use crate::semantics::Semantics;
    use crate::text::Lang;

    /// The score of each block.
    fn scores(source: (&[&str], &[usize]), target: (&[&str], &[usize]), blocks: &[(Range<usize>, Range<usize>)]) -> Vec<f64> {
        let source = Side { lang: Lang::ES, segments: source.0, paragraphs: source.1, vectors: None };
        let target = Side { lang: Lang::EN, segments: target.0, paragraphs: target.1, vectors: None };
        let words = Words::read(source, target, None);
        let known = Knowledge::at_first(&words, source, target, &Semantics::none());
        let band = Band::full(source.segments.len(), target.segments.len());
        let evidence = Evidence::within(&band, &Shapes::up_to((4, 4)), &words.tokens, &known, &WITHOUT_VECTORS.weights);
        blocks.iter().map(|(s, t)| evidence.matched(s.clone(), t.clone())).collect()
    }

    #[test]
    fn a_shared_number_outweighs_lengths() {
        let found =
            scores((&["En 1959 vino."], &[]), (&["In 1959 he came here.", "He came here too."], &[]), &[(0..1, 0..1), (0..1, 1..2)]);
        assert!(found[0] > found[1] + 1.0, "{found:?}");
    }

    #[test]
    fn a_paragraph_that_starts_on_one_side_only_costs() {
        let text = ["Uno dos tres.", "Uno dos tres."];
        let found = scores((&text, &[0, 1]), (&text, &[0, 0]), &[(0..1, 0..1), (1..2, 1..2), (0..2, 0..2)]);
        assert!((found[0] - found[1] - -WITHOUT_VECTORS.weights[PARAGRAPH]).abs() < 1e-9);
        let same = scores((&text, &[0, 1]), (&text, &[0, 1]), &[(0..2, 0..2)]);
        assert!((same[0] - found[2] - -WITHOUT_VECTORS.weights[PARAGRAPH]).abs() < 1e-9);
    }

    #[test]
    fn paragraphs_of_one_side_alone_say_nothing() {
        let text = ["Uno dos tres.", "Uno dos tres."];
        let blocks = [(0..1, 0..1), (1..2, 1..2)];
        assert_eq!(scores((&text, &[0, 1]), (&text, &[]), &blocks), scores((&text, &[]), (&text, &[]), &blocks));
    }
}
