//! Beads and alignments: which segments of two texts correspond. How they are found is the aligner's business.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Signature;

/// A group of consecutive source segments and consecutive target segments that correspond.
///
/// One side may be empty: a deletion (1:0) or an insertion (0:1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// 0-based indexes of the source segments.
    pub source: Range<usize>,
    /// 0-based indexes of the target segments.
    pub target: Range<usize>,
    /// Probability in [0, 1] that this grouping is right.
    pub confidence: f64,
    /// True when a person has grouped it so; its confidence is 1 then.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_hand: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn is_false(value: &bool) -> bool {
    !value
}

impl Bead {
    /// A bead that an aligner or a file gives.
    pub fn new(source: Range<usize>, target: Range<usize>, confidence: f64) -> Bead {
        Bead { source, target, confidence, by_hand: false }
    }

    /// `1:2` for one source and two target segments.
    pub fn kind(&self) -> String {
        format!("{}:{}", self.source.len(), self.target.len())
    }

    /// True when both sides have a segment.
    pub fn is_matched(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }
}

/// The whole map of a bitext: its beads in order, covering every segment of both sides once, and what produced it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    /// The beads, in order on both sides.
    pub beads: Vec<Bead>,
    /// What produced them.
    pub signature: Signature,
}

impl Alignment {
    /// Why the beads do not cover `source` and `target` segments in order, if they do not.
    pub fn flaw(&self, source: usize, target: usize) -> Option<String> {
        let (mut s, mut t) = (0, 0);
        for (n, bead) in self.beads.iter().enumerate() {
            if bead.source.start != s || bead.target.start != t || bead.source.end < s || bead.target.end < t {
                return Some(format!("bead {n} starts at {}:{} where {s}:{t} is next", bead.source.start, bead.target.start));
            }
            (s, t) = (bead.source.end, bead.target.end);
        }
        ((s, t) != (source, target)).then(|| format!("the beads end at {s}:{t}, the texts at {source}:{target}"))
    }
}

/// The segments that one bead groups, as an exchange form lists them: indexes need not be consecutive.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Links {
    /// 0-based source segments, rising.
    pub source: Vec<usize>,
    /// 0-based target segments, rising.
    pub target: Vec<usize>,
}

impl Links {
    /// True when both sides have a segment.
    pub fn is_matched(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }

    /// Every source segment with every target segment.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.source.iter().flat_map(|&s| self.target.iter().map(move |&t| (s, t)))
    }
}

impl From<&Bead> for Links {
    fn from(bead: &Bead) -> Links {
        Links { source: bead.source.clone().collect(), target: bead.target.clone().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alignment(beads: &[(Range<usize>, Range<usize>)]) -> Alignment {
        let beads = beads.iter().map(|(s, t)| Bead::new(s.clone(), t.clone(), 1.0)).collect();
        Alignment { beads, signature: Signature::default() }
    }

    #[test]
    fn beads_that_cover_both_sides_have_no_flaw() {
        assert_eq!(alignment(&[(0..1, 0..2), (1..2, 2..2)]).flaw(2, 2), None);
    }

    #[test]
    fn a_gap_and_a_missing_end_are_flaws() {
        assert!(alignment(&[(0..1, 0..1), (2..3, 1..2)]).flaw(3, 2).is_some());
        assert!(alignment(&[(0..1, 0..1)]).flaw(2, 1).is_some());
    }

    #[test]
    fn the_kind_counts_both_sides() {
        assert_eq!(alignment(&[(0..1, 0..2)]).beads[0].kind(), "1:2");
        assert!(!alignment(&[(0..1, 0..0)]).beads[0].is_matched());
    }
}
