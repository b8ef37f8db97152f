//! Where the vectors begin: what a teacher says of the words, or of the segments they stand in.

use super::corpus::{Corpus, Word};
use super::targets::Targets;
use crate::semantics::Vectors;

/// The vector of each feature: the mean target of the segments it occurs in.
pub(super) fn of_segments(corpus: &Corpus, targets: &Targets) -> Vec<f32> {
    let d = targets.dimensions();
    /// Length of a vector that all segments of a feature agree on: with 3 the first steps do not get far, with 6 P@1 falls by a point.
    const START: f32 = 1.0;
    let mut sums = vec![0.0; corpus.inventory.len() * d];
    for side in [0, 1] {
        for n in 0..corpus.sides[side].len() {
            let target = targets.sides[side].row(n);
            corpus.sides[side].of(n).iter().for_each(|&f| add(&mut sums, f, target.iter(), d, 1.0));
        }
    }
    for (known, sum) in corpus.inventory.iter().zip(sums.chunks_mut(d)) {
        sum.iter_mut().for_each(|x| *x *= START / known.count as f32);
    }
    sums
}

/// The vector of each feature by the targets of words: what words share gets a part of their mean, the word what is left.
pub(super) fn of_words(corpus: &Corpus, targets: &Targets, words: &[Word], vectors: &Vectors) -> Vec<f32> {
    /// What words share gets so much of their mean: the rest is the word's own.
    const COMMON: f32 = 0.15;
    const START: f32 = 1.5;
    let d = targets.dimensions();
    let sides = [0, 1].map(|side| targets.project(side, vectors));
    let target = |n: usize| sides[words[n].side].row(n);
    let mut start = vec![0.0; corpus.inventory.len() * d];
    let mut counts = vec![0.0_f32; corpus.inventory.len()];
    for (n, word) in words.iter().enumerate() {
        for &f in &word.others {
            add(&mut start, f, target(n).iter(), d, COMMON * START);
            counts[f as usize] += 1.0;
        }
    }
    start.chunks_mut(d).zip(&counts).for_each(|(vector, count)| vector.iter_mut().for_each(|x| *x /= count.max(1.0)));
    for (n, word) in words.iter().enumerate() {
        let weight = |f: u32| corpus.inventory[f as usize].weight;
        let mut own: Vec<f32> = target(n).iter().map(|x| START * x).collect();
        for &f in &word.others {
            let shared = &start[f as usize * d..(f as usize + 1) * d];
            own.iter_mut().zip(shared).for_each(|(x, y)| *x -= weight(f) / weight(word.feature) * y);
        }
        start[word.feature as usize * d..(word.feature as usize + 1) * d].copy_from_slice(&own);
    }
    start
}

fn add<'a>(sums: &mut [f32], feature: u32, vector: impl Iterator<Item = &'a f32>, d: usize, times: f32) {
    let at = feature as usize * d;
    sums[at..at + d].iter_mut().zip(vector).for_each(|(sum, x)| *sum += times * x);
}
