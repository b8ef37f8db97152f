//! The scorer of the first, coarse pass where segments have vectors: cosines show the way, quickly. What is right in detail is for
//! [`evidence`](super::evidence) to say.

use std::ops::Range;

use super::band::Band;
use super::cosines::{Cosines, Scale};
use super::dp::Shapes;
use super::meaning::Meaning;
use super::scorer::Scorer;

/// Log-odds of a scaled cosine, about: two random segments 0, two that correspond 1.
const SLOPE: f64 = 8.0;
const OFFSET: f64 = -3.0;
/// Prior of each segment more than 1:1, and of each unmatched segment.
const MORE: f64 = -2.0;
const UNMATCHED: f64 = -0.7;

/// The cosines within one band.
pub(super) struct Outline<'a> {
    cosines: Cosines<'a>,
}

impl<'a> Outline<'a> {
    /// Works out the cosines that blocks of these shapes need.
    pub(super) fn within(band: &Band, shapes: &Shapes, meaning: &'a Meaning, scale: Scale) -> Outline<'a> {
        Outline { cosines: Cosines::within(band, shapes.tallest(), meaning, scale) }
    }
}

impl Scorer for Outline<'_> {
    fn matched(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        let more = (source.len() + target.len() - 2) as f64;
        SLOPE * f64::from(self.cosines.of(&source, &target)) + OFFSET + MORE * more
    }

    fn unmatched_source(&self, _: usize, _: usize) -> f64 {
        UNMATCHED
    }

    fn unmatched_target(&self, _: usize, _: usize) -> f64 {
        UNMATCHED
    }

    fn gap(&self) -> f64 {
        0.0
    }
}
