//! One number for a whole alignment, to find the documents that do not belong together or are worth a look. It says nothing of single beads.

use crate::model::{Alignment, Bead};

/// How much of two documents corresponds, in [0, 1], 1 is best: the expected share of their segments that are in a right bead with both sides.
///
/// Documents that do not belong together have next to no such beads, and those there are have little confidence. An alignment of nothing has
/// quality 1.
///
/// ```
/// use bitexto::align::quality;
/// use bitexto::model::{Alignment, Bead, Signature};
/// let beads = vec![Bead::new(0..1, 0..2, 0.9), Bead::new(1..2, 2..2, 0.5)];
/// let alignment = Alignment { beads, signature: Signature::default() };
/// assert!((quality(&alignment, 2, 2) - 0.675).abs() < 1e-9);
/// ```
pub fn quality(alignment: &Alignment, source_segments: usize, target_segments: usize) -> f64 {
    let segments = source_segments + target_segments;
    if segments == 0 {
        return 1.0;
    }
    let expected = |bead: &Bead| bead.confidence * (bead.source.len() + bead.target.len()) as f64;
    let matched: f64 = alignment.beads.iter().filter(|bead| bead.is_matched()).map(expected).sum();
    // The sum of nothing is −0, which is printed so.
    matched.abs() / segments as f64
}
