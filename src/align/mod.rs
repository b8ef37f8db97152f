//! Which segments of two texts correspond: m:n beads with a confidence each.

use crate::model::Alignment;
use crate::text::Lang;

/// What the caller may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Most source and target segments in one bead.
    pub max_bead: (usize, usize),
}

impl Default for Options {
    fn default() -> Options {
        Options { max_bead: (4, 4) }
    }
}

/// One side of a bitext: its segments' texts in order, and the paragraph of each (empty when unknown).
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The language.
    pub lang: Lang,
    /// The segments.
    pub segments: &'a [&'a str],
    /// The paragraph of each segment, rising; or empty.
    pub paragraphs: &'a [usize],
}

/// The alignment of two sides; its beads cover both in order.
pub fn align(source: Side<'_>, target: Side<'_>, options: &Options) -> Alignment {
    let _ = (source, target, options);
    Alignment { beads: Vec::new(), signature: crate::model::Signature::default() }
}
