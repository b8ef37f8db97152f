//! What the dynamic programming needs to know of a bitext: one score for any block. It never sees a text.

use std::ops::Range;

use super::band::Band;
use super::dp::Shapes;
use crate::parallel::chunked;

/// Scores blocks of consecutive segments. All scores are natural log-odds; only their differences count.
///
/// An implementation prepares cumulated sums once, so that a block of any size costs no more than its number of segments.
pub(super) trait Scorer {
    /// How well these source and target segments, at least one each, make one bead.
    fn matched(&self, source: Range<usize>, target: Range<usize>) -> f64;
    /// How well this source segment stands without a counterpart, before target segment `at`.
    fn unmatched_source(&self, segment: usize, at: usize) -> f64;
    /// How well this target segment stands without a counterpart, before source segment `at`.
    fn unmatched_target(&self, segment: usize, at: usize) -> f64;
    /// Added where a run of unmatched segments begins: omissions come in blocks.
    fn gap(&self) -> f64;
}

/// A scorer with the scores of all blocks of a band worked out beforehand: several sweeps ask for each of them.
///
/// Memory: four bytes a cell and shape.
pub(super) struct Scored<'a, S> {
    scorer: S,
    band: &'a Band,
    shapes: &'a Shapes,
    scores: Vec<f32>,
}

/// Source positions worked on at a time.
const CHUNK: usize = 1024;

impl<'a, S: Scorer + Sync> Scored<'a, S> {
    /// Scores all blocks of these shapes that begin and end within `band`.
    pub(super) fn within(band: &'a Band, shapes: &'a Shapes, scorer: S) -> Scored<'a, S> {
        let part = |rows: Range<usize>| {
            let mut scores = Vec::new();
            for s in rows {
                let (lo, hi) = band.row(s);
                for t in lo..=hi {
                    scores.extend(shapes.iter().map(|(height, width)| {
                        let is_inside = s + height <= band.source() && band.allows((s, t), (s + height, t + width));
                        if is_inside { scorer.matched(s..s + height, t..t + width) as f32 } else { f32::NEG_INFINITY }
                    }));
                }
            }
            scores
        };
        let mut parts = chunked(band.source() + 1, CHUNK, part);
        let scores = if parts.len() == 1 { parts.remove(0) } else { parts.concat() };
        Scored { scorer, band, shapes, scores }
    }
}

impl<S: Scorer> Scorer for Scored<'_, S> {
    fn matched(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        let cell = self.band.index(source.start, target.start);
        f64::from(self.scores[cell * self.shapes.len() + self.shapes.index(source.len(), target.len())])
    }

    fn unmatched_source(&self, segment: usize, at: usize) -> f64 {
        self.scorer.unmatched_source(segment, at)
    }

    fn unmatched_target(&self, segment: usize, at: usize) -> f64 {
        self.scorer.unmatched_target(segment, at)
    }

    fn gap(&self) -> f64 {
        self.scorer.gap()
    }
}
