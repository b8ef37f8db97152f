//! How near two segments are in meaning: vectors of both sides, from the encoder or from the caller, centred by side.
//! Cosines of blocks are made of dot products of their segments; where they are needed lies in [`cosines`](super::cosines).

use std::ops::Range;

use super::Side;
use super::knowledge::Words;
use super::length::characters;
use crate::parallel::both;
use crate::semantics::{Encoder, Vectors};

/// Blocks of up to this many segments have their length worked out beforehand.
const MOST: usize = 8;

/// The vectors of both sides.
pub(super) struct Meaning {
    dimensions: usize,
    /// Row by row: the centred vector of each segment, longer the more its segment says.
    vectors: [Vec<f32>; 2],
    /// For each segment the lengths of the sums of it and up to [`MOST`] − 1 that follow.
    lengths: [Vec<f32>; 2],
}

impl Meaning {
    /// The meaning of a bitext; none if there are no vectors for it.
    pub(super) fn of(words: &Words, source: Side<'_>, target: Side<'_>, encoder: Option<&Encoder>) -> Option<Meaning> {
        let sides = [source, target];
        let (dimensions, mut vectors) = match (source.vectors, target.vectors, encoder) {
            (Some(s), Some(t), _) if fits(s, source) && fits(t, target) && s.dimensions() == t.dimensions() => {
                (s.dimensions(), [given(s, source), given(t, target)])
            }
            (_, _, Some(encoder)) if !source.lang.same_language(&target.lang) && sides.iter().all(|side| encoder.knows(&side.lang)) => {
                (encoder.dimensions(), both(|| sums(words, 0, source, encoder), || sums(words, 1, target, encoder)).into())
            }
            _ => return None,
        };
        let finish = |side: &mut Vec<f32>| {
            centre(side, dimensions);
            lengths(side, dimensions)
        };
        let [s, t] = &mut vectors;
        let lengths = both(|| finish(s), || finish(t)).into();
        Some(Meaning { dimensions, vectors, lengths })
    }

    /// The dot product of a source and a target segment.
    pub(super) fn dot(&self, source: usize, target: usize) -> f32 {
        dot(self.row(0, source), self.row(1, target))
    }

    /// The cosine of two segments, in [−1, 1].
    pub(super) fn cosine(&self, source: usize, target: usize) -> f32 {
        self.dot(source, target) / (self.length(0, &(source..source + 1)) * self.length(1, &(target..target + 1)))
    }

    /// The length of the sum of a block's vectors; never 0.
    pub(super) fn length(&self, side: usize, block: &Range<usize>) -> f32 {
        self.lengths[side][block.start * MOST + block.len() - 1]
    }

    fn row(&self, side: usize, n: usize) -> &[f32] {
        &self.vectors[side][n * self.dimensions..(n + 1) * self.dimensions]
    }
}

fn fits(vectors: &Vectors, side: Side<'_>) -> bool {
    vectors.len() == side.segments.len()
}

/// Vectors of the caller: those of long segments count more in a block, as do sums of words.
fn given(vectors: &Vectors, side: Side<'_>) -> Vec<f32> {
    let mut all = vectors.values().to_vec();
    for (row, segment) in all.chunks_mut(vectors.dimensions()).zip(side.segments) {
        let length = dot(row, row).sqrt().max(1e-6);
        let weight = (characters(segment) as f32 + 1.0).sqrt() / length;
        row.iter_mut().for_each(|x| *x *= weight);
    }
    all
}

/// The sum of the words' vectors for each segment. A word that occurs in one segment only is added there; others' vectors are made once.
fn sums(words: &Words, side: usize, of: Side<'_>, encoder: &Encoder) -> Vec<f32> {
    let d = encoder.dimensions();
    let vocabulary = &words.vocabulary;
    let repeated = vocabulary.frequencies.iter().filter(|of| of[side] > 1).count();
    let (mut places, mut vectors) = (vec![usize::MAX; vocabulary.len()], Vec::with_capacity(repeated * d));
    let mut sums = vec![0.0; of.segments.len() * d];
    for (n, sum) in sums.chunks_mut(d).enumerate() {
        for v in words.tokens[side].of(n).iter().map(|&v| v as usize) {
            let form = &vocabulary.forms[v];
            if vocabulary.frequencies[v][side] == 1 {
                encoder.add_word(&of.lang, form, sum);
                continue;
            }
            if places[v] == usize::MAX {
                places[v] = vectors.len();
                vectors.resize(vectors.len() + d, 0.0);
                encoder.add_word(&of.lang, form, &mut vectors[places[v]..]);
            }
            sum.iter_mut().zip(&vectors[places[v]..places[v] + d]).for_each(|(sum, x)| *sum += x);
        }
    }
    sums
}

/// Takes off what all segments of a side have in common, as much as each is long: it is the topic, or the language.
///
/// A side of few segments is its own topic; the mean is taken as if [`FEW`] more segments without direction had been seen.
fn centre(vectors: &mut [f32], d: usize) {
    const FEW: f32 = 10.0;
    let mut mean = vec![0.0; d];
    let rows = (vectors.len() / d) as f32;
    for row in vectors.chunks(d) {
        let length = dot(row, row).sqrt().max(1e-6);
        mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x / length);
    }
    mean.iter_mut().for_each(|x| *x /= rows + FEW);
    for row in vectors.chunks_mut(d) {
        let length = dot(row, row).sqrt();
        row.iter_mut().zip(&mean).for_each(|(x, mean)| *x -= length * mean);
    }
}

fn lengths(vectors: &[f32], d: usize) -> Vec<f32> {
    let n = vectors.len() / d;
    let mut lengths = vec![1e-6; n * MOST];
    let mut sum = vec![0.0; d];
    for first in 0..n {
        sum.fill(0.0);
        for last in first..n.min(first + MOST) {
            sum.iter_mut().zip(&vectors[last * d..(last + 1) * d]).for_each(|(sum, x)| *sum += x);
            lengths[first * MOST + last - first] = dot(&sum, &sum).sqrt().max(1e-6);
        }
    }
    lengths
}

/// The dot product, in eight independent sums so that it runs in vector registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 16];
    let (a_chunks, b_chunks) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for n in 0..16 {
            sums[n] += a[n] * b[n];
        }
    }
    rest + sums.iter().sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn meaning(source: &[&str], target: &[&str], vectors: [&Vectors; 2]) -> Option<Meaning> {
        let source = Side { lang: Lang::ES, segments: source, paragraphs: &[], vectors: Some(vectors[0]) };
        let target = Side { lang: Lang::EN, segments: target, paragraphs: &[], vectors: Some(vectors[1]) };
        Meaning::of(&Words::read(source, target, None), source, target, None)
    }

    #[test]
    fn vectors_of_the_caller_are_centred_and_compared() {
        let vectors = Vectors::new(3, vec![9.0, 1.0, 0.0, 9.0, 0.0, 1.0]).expect("two rows");
        let meaning = meaning(&["uno", "dos"], &["one", "two"], [&vectors, &vectors]).expect("there are vectors");
        assert!((meaning.cosine(0, 0) - 1.0).abs() < 1e-5);
        assert!(meaning.cosine(0, 1) < 0.985, "not centred it is 0.988");
        assert!(meaning.length(0, &(0..2)) > meaning.length(0, &(0..1)));
    }

    #[test]
    fn vectors_of_another_number_of_segments_are_not_used() {
        let vectors = Vectors::new(3, vec![1.0; 6]).expect("two rows");
        assert!(meaning(&["uno"], &["one", "two"], [&vectors, &vectors]).is_none());
    }

    #[test]
    fn the_dot_product_is_that_of_the_definition() {
        let numbers: Vec<f32> = (0..37).map(|n| n as f32).collect();
        assert_eq!(dot(&numbers, &numbers), (0..37).map(|n| (n * n) as f32).sum::<f32>());
    }
}
