//! Cosines of blocks along a band, on a scale that does not depend on encoder or text: 0 is what two random segments have, 1 what two
//! that correspond have.

use std::ops::Range;

use super::band::Band;
use super::meaning::Meaning;
use crate::parallel::chunked;

/// Dot products of all segments in a band, cumulated along the target side, and the best cosines of each segment.
pub(super) struct Cosines<'a> {
    meaning: &'a Meaning,
    scale: Scale,
    first: Vec<usize>,
    starts: Vec<usize>,
    cumulated: Vec<f32>,
    best: [Vec<Best>; 2],
}

/// Where 0 and 1 of the scale lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    random: f32,
    related: f32,
}

/// The two best scaled cosines of a segment with single segments of the other side, and the segment that has the best.
#[derive(Debug, Clone, Copy)]
struct Best {
    first: f32,
    second: f32,
    at: u32,
}

impl Best {
    const NONE: Best = Best { first: -1.0, second: -1.0, at: u32::MAX };

    fn see(&mut self, at: usize, cosine: f32) {
        if cosine > self.first {
            *self = Best { first: cosine, second: self.first, at: at as u32 };
        } else if cosine > self.second {
            self.second = cosine;
        }
    }
}

/// What the shipped encoder has, counted as [`PRIOR`] pairs: a short text says little of its own.
const USUAL: Scale = Scale { random: 0.0, related: 0.65 };
const PRIOR: f32 = 4.0;
/// Segments looked at to measure a scale, and segments of the other side each is compared with at first.
const SAMPLE: usize = 100;
const WINDOW: usize = 60;

impl Scale {
    /// The scale before anything is aligned: the best cosine of some segments with those near the diagonal is taken for related.
    pub(super) fn at_first(meaning: &Meaning, source: usize, target: usize) -> Scale {
        let near = |s: usize| {
            let middle = s * target / source;
            middle.saturating_sub(WINDOW / 2)..(middle + WINDOW / 2).min(target)
        };
        let best = |s: usize| near(s).map(|t| meaning.cosine(s, t)).fold(-1.0, f32::max);
        Scale::new(meaning, source, target, (0..source).step_by(source.div_ceil(SAMPLE).max(1)).filter(|_| target > 0).map(best))
    }

    /// The scale by pairs that are taken to correspond.
    pub(super) fn learned(meaning: &Meaning, source: usize, target: usize, pairs: &[(usize, usize)]) -> Scale {
        let step = pairs.len().div_ceil(10 * SAMPLE).max(1);
        Scale::new(meaning, source, target, pairs.iter().step_by(step).map(|&(s, t)| meaning.cosine(s, t)))
    }

    fn new(meaning: &Meaning, source: usize, target: usize, related: impl Iterator<Item = f32>) -> Scale {
        // Far from the diagonal nothing corresponds, except in a text of a few segments.
        let far = |n: usize| (n * source / SAMPLE, (n * target / SAMPLE + target / 3 + n % 7) % target);
        let random = (0..SAMPLE).filter(|_| source.min(target) > 10).map(far).map(|(s, t)| meaning.cosine(s, t));
        let random = mean(random, USUAL.random);
        Scale { random, related: mean(related, USUAL.related).max(random + 0.1) }
    }

    fn of(&self, cosine: f32) -> f32 {
        ((cosine - self.random) / (self.related - self.random)).clamp(-1.0, 1.6)
    }
}

/// Source segments worked on at a time.
const CHUNK: usize = 2048;

/// For each of some source segments: its first target segment, how many sums it has, and the sums.
fn part(rows: Range<usize>, band: &Band, tallest: usize, meaning: &Meaning) -> (Vec<usize>, Vec<usize>, Vec<f32>) {
    let (mut firsts, mut lengths, mut cumulated) = (Vec::new(), Vec::new(), Vec::new());
    for s in rows {
        let (lo, hi) = band.reach(s, tallest);
        firsts.push(lo);
        lengths.push(hi - lo + 1);
        cumulated.push(0.0);
        let mut sum = 0.0;
        cumulated.extend((lo..hi).map(|t| {
            sum += meaning.dot(s, t);
            sum
        }));
    }
    (firsts, lengths, cumulated)
}

fn mean(cosines: impl Iterator<Item = f32>, usual: f32) -> f32 {
    let (sum, count) = cosines.fold((usual * PRIOR, PRIOR), |(sum, count), cosine| (sum + cosine, count + 1.0));
    sum / count
}

impl<'a> Cosines<'a> {
    /// All cosines that blocks within `band` of at most `tallest` source segments need.
    pub(super) fn within(band: &Band, tallest: usize, meaning: &'a Meaning, scale: Scale) -> Cosines<'a> {
        let mut cosines = Cosines { meaning, scale, first: Vec::new(), starts: vec![0], cumulated: Vec::new(), best: Default::default() };
        for (first, lengths, cumulated) in chunked(band.source(), CHUNK, |rows| part(rows, band, tallest, meaning)) {
            cosines.first.extend(first);
            cosines.starts.extend(lengths.into_iter().scan(cosines.cumulated.len(), |at, length| {
                *at += length;
                Some(*at)
            }));
            cosines.cumulated.extend(cumulated);
        }
        cosines.best = cosines.find_best(band);
        cosines
    }

    fn find_best(&self, band: &Band) -> [Vec<Best>; 2] {
        let mut best = [vec![Best::NONE; band.source()], vec![Best::NONE; band.target()]];
        for s in 0..band.source() {
            let row = &self.cumulated[self.starts[s]..self.starts[s + 1]];
            let length = self.meaning.length(0, &(s..s + 1));
            for (t, sums) in (self.first[s]..).zip(row.windows(2)) {
                let cosine = self.scale.of((sums[1] - sums[0]) / (length * self.meaning.length(1, &(t..t + 1))));
                best[0][s].see(t, cosine);
                best[1][t].see(s, cosine);
            }
        }
        best
    }

    /// The scaled cosine of a block.
    pub(super) fn of(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let mut dot = 0.0;
        for s in source.clone() {
            let start = self.starts[s] - self.first[s];
            dot += self.cumulated[start + target.end] - self.cumulated[start + target.start];
        }
        self.scale.of(dot / (self.meaning.length(0, source) * self.meaning.length(1, target)))
    }

    /// The best scaled cosine of a segment with any single one near it.
    pub(super) fn best(&self, side: usize, segment: usize) -> f32 {
        self.best[side][segment].first
    }

    /// The best scaled cosines that the segments of a block have with single ones outside of it: the mean of both sides' greatest.
    pub(super) fn rival(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let greatest = |side: usize, of: &Range<usize>, other: &Range<usize>| {
            let outside = |best: &Best| if other.contains(&(best.at as usize)) { best.second } else { best.first };
            self.best[side][of.clone()].iter().map(outside).fold(-1.0, f32::max)
        };
        (greatest(0, source, target) + greatest(1, target, source)) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::super::knowledge::Words;
    use super::*;
    use crate::semantics::Vectors;
    use crate::text::Lang;

    /// Vectors of three segments a side: the second and third of the source together correspond to the second of the target.
    fn meaning() -> Meaning {
        let source = Vectors::new(3, vec![1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]).expect("three rows");
        let target = Vectors::new(3, vec![1.0, 0.0, 0.0, 0.0, 1.0, 1.0, -1.0, 0.0, -1.0]).expect("three rows");
        let texts = ["aa", "bb", "cc"];
        let side = |lang, vectors| Side { lang, segments: &texts, paragraphs: &[], vectors: Some(vectors) };
        let (source, target) = (side(Lang::ES, &source), side(Lang::EN, &target));
        Meaning::of(&Words::read(source, target, None), source, target, None).expect("there are vectors")
    }

    #[test]
    fn a_block_that_corresponds_as_a_whole_is_nearer_than_its_parts() {
        let meaning = meaning();
        let cosines = Cosines::within(&Band::full(3, 3), 4, &meaning, Scale { random: 0.0, related: 1.0 });
        let of = |s: Range<usize>, t: Range<usize>| cosines.of(&s, &t);
        assert!(of(1..3, 1..2) > of(1..2, 1..2) + 0.1 && of(1..3, 1..2) > of(2..3, 1..2) + 0.1);
        assert!(of(0..1, 0..1) > 0.8 && of(0..1, 1..2) < 0.3);
        assert!((of(0..1, 0..1) - meaning.cosine(0, 0)).abs() < 1e-5);
    }

    #[test]
    fn the_rival_of_a_block_lies_outside_of_it() {
        let meaning = meaning();
        let cosines = Cosines::within(&Band::full(3, 3), 4, &meaning, Scale { random: 0.0, related: 1.0 });
        assert!(cosines.rival(&(0..1), &(0..1)) < cosines.best(0, 0));
        assert!((cosines.best(0, 0) - meaning.cosine(0, 0)).abs() < 1e-5);
    }

    #[test]
    fn random_pairs_are_nought_and_related_ones_one() {
        let scale = Scale { random: 0.1, related: 0.6 };
        assert_eq!((scale.of(0.1), scale.of(0.6), scale.of(-9.0), scale.of(9.0)), (0.0, 1.0, -1.0, 1.6));
    }
}
