//! The length model of Gale & Church (1993), as log-odds: how much better a block's two lengths fit a translation than chance.
//! Lengths are characters without combining marks, so that NFC and NFD weigh the same.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::dp::Block;

/// Cumulated lengths of both sides, and what is typical of this bitext.
#[derive(Debug)]
pub(super) struct Lengths {
    source: Vec<f64>,
    target: Vec<f64>,
    ratio: f64,
    typical: Typical,
}

/// Mean and variance of the length of a target segment.
#[derive(Debug, Clone, Copy)]
struct Typical {
    mean: f64,
    variance: f64,
}

/// The variance of a segment's length before anything is measured, in characters squared: very short segments differ by a word for no reason.
const LEAST_VARIANCE: f64 = 9.0;
/// Variance of the length per character, in characters: 6.8 in Gale & Church (1993), less here as the tails are heavy.
const VARIANCE: f64 = 3.8;
/// Target characters per source character before anything is measured, with the weight of [`PRIOR_LENGTH`] characters.
/// Any two European languages are close to 1 (Gale & Church 1993).
const PRIOR_RATIO: f64 = 1.0;
const PRIOR_LENGTH: f64 = 1000.0;

impl Lengths {
    /// Measures both sides.
    pub(super) fn measure(source: &[&str], target: &[&str]) -> Lengths {
        let (source, target) = (cumulated(source), cumulated(target));
        let ratio = first_ratio(&source, &target);
        Lengths { ratio, typical: typical(&target), source, target }
    }

    /// Estimates the ratio again from the beads of a first alignment: unmatched segments no longer distort it.
    pub(super) fn refine(&mut self, blocks: &[&Block]) {
        let (mut source, mut target) = (0.0, 0.0);
        for block in blocks {
            source += self.source[block.source.end] - self.source[block.source.start];
            target += self.target[block.target.end] - self.target[block.target.start];
        }
        self.ratio = ratio(source, target);
    }

    /// The length of the shorter side of a block, in characters.
    pub(super) fn shorter(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        (self.source[source.end] - self.source[source.start]).min(self.target[target.end] - self.target[target.start])
    }

    /// The log-odds of the block's lengths: as translations of each other against as independent texts.
    pub(super) fn log_odds(&self, source: &Range<usize>, target: &Range<usize>) -> f64 {
        let expected = self.ratio * (self.source[source.end] - self.source[source.start]);
        let found = self.target[target.end] - self.target[target.start];
        let n = target.len() as f64;
        let related = student(found - expected, LEAST_VARIANCE + VARIANCE * 0.5 * (expected + found));
        let by_chance = student(found - n * self.typical.mean, n * self.typical.variance);
        // One logarithm for both densities, and no root: this is the innermost loop.
        0.5 * (by_chance / related).ln()
    }
}

/// The density of Student's t with four degrees of freedom, to the power of −2 and up to a constant factor: free translations are
/// commoner than a normal distribution allows.
fn student(deviation: f64, variance: f64) -> f64 {
    let tail = 1.0 + deviation * deviation / (4.0 * variance);
    variance * tail.powi(5)
}

/// The ratio of whole texts, or of mean segments, whichever is nearer to [`PRIOR_RATIO`]: large parts may be missing on one side, and
/// segments may be shorter on one side, but seldom both.
fn first_ratio(source: &[f64], target: &[f64]) -> f64 {
    let (s, t) = (source[source.len() - 1], target[target.len() - 1]);
    let whole = ratio(s, t);
    let n = ((source.len() - 1).max(1) as f64, (target.len() - 1).max(1) as f64);
    let mean = ratio(s * n.1 / n.0, t);
    let distance = |ratio: f64| (ratio / PRIOR_RATIO).ln().abs();
    if distance(whole) <= distance(mean) { whole } else { mean }
}

fn ratio(source: f64, target: f64) -> f64 {
    ((target + PRIOR_RATIO * PRIOR_LENGTH) / (source + PRIOR_LENGTH)).clamp(0.2, 5.0)
}

fn cumulated(segments: &[&str]) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(segments.iter().map(|segment| {
            sum += characters(segment) as f64;
            sum
        }))
        .collect()
}

/// The number of characters without combining marks.
pub(super) fn characters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().filter(|&c| !is_combining_mark(c)).count() }
}

fn typical(cumulated: &[f64]) -> Typical {
    let n = (cumulated.len() - 1).max(1) as f64;
    let mean = cumulated.last().unwrap_or(&0.0) / n;
    let squares: f64 = cumulated.windows(2).map(|w| (w[1] - w[0] - mean).powi(2)).sum();
    // As if two more segments had been seen, one empty and one of twice the mean: a side of equal segments is no certainty.
    Typical { mean, variance: LEAST_VARIANCE + (squares + 2.0 * mean * mean) / (n + 2.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(source: &[&str], target: &[&str]) -> Lengths {
        Lengths::measure(source, target)
    }

    #[test]
    fn segments_of_like_length_fit_better() {
        let lengths = measure(
            &["Una frase que es bastante larga, como se ve aquí.", "No."],
            &["A sentence which is rather long, as you can see.", "No."],
        );
        assert!(lengths.log_odds(&(0..1), &(0..1)) > 0.0);
        assert!(lengths.log_odds(&(0..1), &(1..2)) < 0.0);
    }

    #[test]
    fn combining_marks_have_no_length() {
        assert_eq!(characters("an\u{303}o"), 3);
        assert_eq!(characters("año"), 3);
    }

    #[test]
    fn empty_segments_give_finite_scores() {
        let lengths = measure(&["", ""], &[""]);
        assert!(lengths.log_odds(&(0..2), &(0..1)).is_finite());
    }
}
