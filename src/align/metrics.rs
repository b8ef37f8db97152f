//! How good an alignment is against a gold alignment: strict, lax, links and null precision, recall and F1.
//! It counts and divides; reading gold files and printing tables is not its business.
//!
//! The strict and lax measures are those of Thompson & Koehn (2019, vecalign): a bead with both sides non-empty is strictly right when
//! the other alignment has the same bead, and laxly right when it shares a source and a target segment with one bead of the other.

use std::collections::HashSet;
use std::hash::Hash;
use std::ops::AddAssign;

use crate::model::alignment::Links;

/// How many of the system's items are right, how many of the gold's are found, and how many there are. They add up over bitexts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items of the system that the gold has.
    pub right: usize,
    /// Items of the system.
    pub system: usize,
    /// Items of the gold that the system has; the same as `right` except for the lax measure.
    pub found: usize,
    /// Items of the gold.
    pub gold: usize,
}

impl Tally {
    /// `right / system`, in [0, 1]; 0 where there is nothing.
    pub fn precision(&self) -> f64 {
        share(self.right, self.system)
    }

    /// `found / gold`, in [0, 1]; 0 where there is nothing.
    pub fn recall(&self) -> f64 {
        share(self.found, self.gold)
    }

    /// The harmonic mean of precision and recall, in [0, 1].
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn of<T: Hash + Eq>(gold: &HashSet<T>, system: &HashSet<T>) -> Tally {
        let right = system.iter().filter(|item| gold.contains(item)).count();
        Tally { right, system: system.len(), found: right, gold: gold.len() }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.system += other.system;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// All measures of one bitext, or, added up, the micro-average of several.
///
/// ```
/// use bitexto::align::metrics::Scores;
/// use bitexto::model::alignment::Links;
/// let gold = [Links { source: vec![0], target: vec![0, 1] }];
/// let system = [Links { source: vec![0], target: vec![0] }, Links { source: vec![], target: vec![1] }];
/// let scores = Scores::of(&gold, &system);
/// assert_eq!((scores.strict.f1(), scores.lax.f1()), (0.0, 1.0));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Matched beads that are equal.
    pub strict: Tally,
    /// Matched beads that share a source and a target segment with one bead of the other alignment.
    pub lax: Tally,
    /// Pairs of a source and a target segment in one bead.
    pub links: Tally,
    /// Segments without counterpart.
    pub null: Tally,
}

impl Scores {
    /// Compares two alignments of one bitext; a bead given twice counts once. Linear in the number of links.
    pub fn of(gold: &[Links], system: &[Links]) -> Scores {
        let (gold_beads, system_beads) = (matched(gold), matched(system));
        let (gold_links, system_links) = (pairs(gold), pairs(system));
        Scores {
            strict: Tally::of(&gold_beads, &system_beads),
            lax: Tally {
                right: touching(&system_beads, &gold_links),
                system: system_beads.len(),
                found: touching(&gold_beads, &system_links),
                gold: gold_beads.len(),
            },
            links: Tally::of(&gold_links, &system_links),
            null: Tally::of(&unmatched(gold), &unmatched(system)),
        }
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Scores) {
        self.strict += other.strict;
        self.lax += other.lax;
        self.links += other.links;
        self.null += other.null;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn matched(beads: &[Links]) -> HashSet<&Links> {
    beads.iter().filter(|bead| bead.is_matched()).collect()
}

fn pairs(beads: &[Links]) -> HashSet<(usize, usize)> {
    beads.iter().flat_map(Links::pairs).collect()
}

fn unmatched(beads: &[Links]) -> HashSet<(u8, usize)> {
    beads.iter().flat_map(unmatched_segments).collect()
}

/// The segments of a one-sided bead, with their side.
fn unmatched_segments(bead: &Links) -> impl Iterator<Item = (u8, usize)> {
    let source = bead.source.iter().filter(|_| bead.target.is_empty()).map(|&s| (0, s));
    source.chain(bead.target.iter().filter(|_| bead.source.is_empty()).map(|&t| (1, t)))
}

fn touching(beads: &HashSet<&Links>, links: &HashSet<(usize, usize)>) -> usize {
    beads.iter().filter(|bead| bead.pairs().any(|pair| links.contains(&pair))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(beads: &[(&[usize], &[usize])]) -> Vec<Links> {
        beads.iter().map(|(source, target)| Links { source: source.to_vec(), target: target.to_vec() }).collect()
    }

    #[test]
    fn an_alignment_is_perfect_against_itself() {
        let gold = links(&[(&[0], &[0]), (&[1, 2], &[1]), (&[3], &[])]);
        let scores = Scores::of(&gold, &gold);
        for tally in [scores.strict, scores.lax, scores.links, scores.null] {
            assert_eq!((tally.f1(), tally.gold > 0), (1.0, true));
        }
    }

    #[test]
    fn a_merged_bead_is_laxly_right_and_strictly_wrong() {
        let gold = links(&[(&[0], &[0]), (&[1], &[1])]);
        let scores = Scores::of(&gold, &links(&[(&[0, 1], &[0, 1])]));
        assert_eq!(scores.strict, Tally { right: 0, system: 1, found: 0, gold: 2 });
        assert_eq!(scores.lax, Tally { right: 1, system: 1, found: 2, gold: 2 });
        assert_eq!(scores.links, Tally { right: 2, system: 4, found: 2, gold: 2 });
    }

    #[test]
    fn lax_needs_both_sides_of_one_bead() {
        let gold = links(&[(&[0], &[1]), (&[1], &[0])]);
        assert_eq!(Scores::of(&gold, &links(&[(&[0], &[0])])).lax.right, 0);
    }

    #[test]
    fn segments_need_not_be_consecutive() {
        let gold = links(&[(&[0, 2], &[0]), (&[1], &[])]);
        let scores = Scores::of(&gold, &links(&[(&[0], &[0]), (&[1], &[]), (&[2], &[])]));
        assert_eq!((scores.lax.right, scores.null.right, scores.null.system), (1, 1, 2));
    }

    #[test]
    fn null_counts_segments_not_beads() {
        let gold = links(&[(&[0, 1], &[])]);
        assert_eq!(Scores::of(&gold, &links(&[(&[0], &[]), (&[1], &[])])).null.f1(), 1.0);
    }

    #[test]
    fn nothing_against_nothing_is_zero_and_no_division_by_zero() {
        assert_eq!(Scores::of(&[], &[]).strict.f1(), 0.0);
    }

    #[test]
    fn bitexts_add_up() {
        let one = links(&[(&[0], &[0])]);
        let mut sum = Scores::of(&one, &one);
        sum += Scores::of(&one, &[]);
        assert_eq!((sum.strict.precision(), sum.strict.recall()), (1.0, 0.5));
    }
}
