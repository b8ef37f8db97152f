//! The scorer of this version: priors of shapes, lengths, shared words and paragraphs, as one log-linear score.

use std::ops::Range;

use super::band::Band;
use super::dp::Shapes;
use super::knowledge::Knowledge;
use super::matches::Matches;
use super::scorer::Scorer;
use super::vocabulary::{KINDS, Tokens, Vocabulary};
use super::weights::Weights;

/// Everything a block's score is made of, ready for one band.
pub(super) struct Evidence<'a> {
    weights: &'a Weights,
    known: &'a Knowledge,
    matches: Matches,
}

/// Cumulated costs of each side: of words without a counterpart, and of paragraph starts.
pub(super) struct Costs {
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
        let mut costs = Costs { words: Default::default(), paragraphs: known.then(|| [starts(0), starts(1)]) };
        costs.set_words(vocabulary, tokens, alone);
        costs
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
    pub(super) fn within(band: &Band, shapes: &Shapes, tokens: &[Tokens; 2], known: &'a Knowledge, weights: &'a Weights) -> Evidence<'a> {
        Evidence { weights, known, matches: Matches::within(band, shapes.tallest(), tokens, &known.gains) }
    }

    fn prior(&self, m: usize, n: usize) -> f64 {
        let w = self.weights;
        match (m.min(n), m.max(n)) {
            (1, 1) => 0.0,
            (1, 2) => w.two + self.known.disorder,
            (1, more) => w.three + self.known.disorder + w.more * (more - 3) as f64,
            (_, more) => w.crossed + self.known.disorder + w.more * (m.min(n) + more - 4) as f64,
        }
    }

    /// Paragraph starts on one side only: at the first segment of the block, and inside it.
    fn paragraph_mismatch(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        let Some([s, t]) = &self.known.costs.paragraphs else { return 0.0 };
        let first = (s[source.start + 1] - s[source.start]).abs_diff(t[target.start + 1] - t[target.start]);
        let inside = (s[source.end] - s[source.start + 1]).abs_diff(t[target.end] - t[target.start + 1]);
        f64::from(first + inside)
    }
}

impl Scorer for Evidence<'_> {
    fn matched(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        let w = self.weights;
        let [s, t] = &self.known.costs.words;
        let alone = s[source.end] - s[source.start] + t[target.end] - t[target.start];
        self.prior(source.len(), target.len()) + w.length * self.known.lengths.log_odds(&source, &target).clamp(-20.0, 20.0)
            - alone
            - w.paragraph * self.paragraph_mismatch(&source, &target)
            + self.matches.sum(source, &target)
    }

    fn unmatched_source(&self, _: usize, _: usize) -> f64 {
        self.weights.unmatched + self.known.disorder
    }

    fn unmatched_target(&self, _: usize, _: usize) -> f64 {
        self.weights.unmatched + self.known.disorder
    }

    fn gap(&self) -> f64 {
        self.weights.gap
    }
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::super::knowledge::Words;
    use super::super::weights::WEIGHTS;
    use super::*;
    use crate::text::Lang;

    /// The score of each block.
    fn scores(source: (&[&str], &[usize]), target: (&[&str], &[usize]), blocks: &[(Range<usize>, Range<usize>)]) -> Vec<f64> {
        let source = Side { lang: Lang::ES, segments: source.0, paragraphs: source.1, vectors: None };
        let target = Side { lang: Lang::EN, segments: target.0, paragraphs: target.1, vectors: None };
        let words = Words::read(source, target);
        let known = Knowledge::at_first(&words, source, target, &WEIGHTS);
        let band = Band::full(source.segments.len(), target.segments.len());
        let evidence = Evidence::within(&band, &Shapes::up_to((4, 4)), &words.tokens, &known, &WEIGHTS);
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
        assert!((found[0] - found[1] - WEIGHTS.paragraph).abs() < 1e-9);
        let same = scores((&text, &[0, 1]), (&text, &[0, 1]), &[(0..2, 0..2)]);
        assert!((same[0] - found[2] - WEIGHTS.paragraph).abs() < 1e-9);
    }

    #[test]
    fn paragraphs_of_one_side_alone_say_nothing() {
        let text = ["Uno dos tres.", "Uno dos tres."];
        let blocks = [(0..1, 0..1), (1..2, 1..2)];
        assert_eq!(scores((&text, &[0, 1]), (&text, &[]), &blocks), scores((&text, &[]), (&text, &[]), &blocks));
    }
}
