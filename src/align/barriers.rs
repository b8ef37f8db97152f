//! Positions (s, t) that every path passes and no bead crosses: what stands before source segment s corresponds to what stands before target
//! segment t. Where they come from (a person, marks in a text, accepted beads) is the caller's business.

use crate::model::alignment::Links;

/// The barriers that beads known to be right put up, one before each and one after it, together with those that are there already; in order,
/// each once.
///
/// A bead without source or without target segments has no place on that side and puts up none. A bead that lies beyond `source` or `target`
/// segments, has a gap, goes back behind the one before or crosses a barrier that is there is an error that names it.
///
/// ```
/// use bitexto::align::barriers::around;
/// use bitexto::model::alignment::Links;
/// let bead = |source: &[usize], target: &[usize]| Links { source: source.to_vec(), target: target.to_vec() };
/// assert_eq!(around(&[bead(&[2], &[3, 4]), bead(&[3], &[5])], &[(1, 1)], 9, 9), Ok(vec![(1, 1), (2, 3), (3, 5), (4, 6)]));
/// assert!(around(&[bead(&[2], &[3]), bead(&[1], &[5])], &[], 9, 9).is_err());
/// ```
pub fn around(beads: &[Links], there: &[(usize, usize)], source: usize, target: usize) -> Result<Vec<(usize, usize)>, String> {
    let mut barriers: Vec<(usize, usize)> = Vec::new();
    for bead in beads.iter().filter(|bead| bead.is_matched()) {
        let refused = |why: &str| Err(format!("the bead {:?}:{:?} {why}", bead.source, bead.target));
        let (Some((s, s_end)), Some((t, t_end))) = (span(&bead.source), span(&bead.target)) else { return refused("has a gap") };
        if s_end > source || t_end > target {
            return refused(&format!("is not within {source} × {target} segments"));
        }
        if barriers.last().is_some_and(|last| s < last.0 || t < last.1) {
            return refused("goes back behind the one before");
        }
        if let Some((a, b)) = there.iter().find(|(a, b)| !((*a <= s && *b <= t) || (*a >= s_end && *b >= t_end))) {
            return refused(&format!("crosses the barrier before segments {a} and {b}"));
        }
        barriers.extend([(s, t), (s_end, t_end)]);
    }
    barriers.extend(there);
    barriers.sort_unstable();
    barriers.dedup();
    Ok(barriers)
}

/// First and past the last of consecutive indexes.
fn span(indexes: &[usize]) -> Option<(usize, usize)> {
    let (first, last) = (*indexes.first()?, *indexes.last()?);
    (last - first + 1 == indexes.len()).then_some((first, last + 1))
}

/// The barriers that count, each once: those within `source` × `target` segments that do not fall behind one before them on either side.
pub(super) fn kept(barriers: &[(usize, usize)], source: usize, target: usize) -> Vec<(usize, usize)> {
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for &(s, t) in barriers.iter().filter(|(s, t)| *s <= source && *t <= target) {
        if kept.last().is_none_or(|&(a, b)| s >= a && t >= b && (s, t) != (a, b)) {
            kept.push((s, t));
        }
    }
    kept
}

/// True if a source and a target segment lie between the same two barriers.
pub(super) fn are_between_the_same(barriers: &[(usize, usize)], (s, t): (usize, usize)) -> bool {
    barriers.partition_point(|barrier| barrier.0 <= s) == barriers.partition_point(|barrier| barrier.1 <= t)
}

/// What barriers leave of one row of the grid, that is, of the target positions for one source position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    /// The first target position a path may be at.
    pub lowest: usize,
    /// The last target position a path may be at.
    pub highest: usize,
    /// The first row that a bead to this row may begin in.
    pub floor: usize,
    /// The last target position at which a bead from an earlier row may end.
    pub enter: usize,
    /// The first target position at which a bead to a later row may begin; 0 without a barrier in this row.
    pub leave: usize,
}

impl Limits {
    /// Without barriers.
    pub(super) fn none(target: usize) -> Limits {
        Limits { lowest: 0, highest: target, floor: 0, enter: target, leave: 0 }
    }

    /// The first and last position of a row: no further than allowed, and with the row's own barriers.
    pub(super) fn of_row(&self, (first, last): (usize, usize)) -> (usize, usize) {
        let within = |t: usize| t.clamp(self.lowest, self.highest);
        (within(first).min(self.enter), within(last).max(self.leave))
    }
}

/// The limits of every row 0..=`source`; the barriers are [`kept`] ones.
pub(super) fn limits(barriers: &[(usize, usize)], source: usize, target: usize) -> Vec<Limits> {
    let of_row = |s: usize| {
        let before = &barriers[..barriers.partition_point(|barrier| barrier.0 < s)];
        let upto = &barriers[..barriers.partition_point(|barrier| barrier.0 <= s)];
        let (floor, lowest) = before.last().copied().unwrap_or((0, 0));
        let highest = barriers.get(upto.len()).map_or(target, |barrier| barrier.1);
        let here = &upto[before.len()..];
        let (enter, leave) = here.first().zip(here.last()).map_or((target, 0), |(first, last)| (first.1, last.1));
        Limits { lowest, highest, floor, enter, leave }
    };
    (0..=source).map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_back_or_lies_outside_is_left_out() {
        assert_eq!(kept(&[(1, 1), (1, 1), (3, 0), (2, 5), (3, 4), (3, 9), (9, 9)], 5, 9), [(1, 1), (2, 5), (3, 9)]);
    }

    #[test]
    fn beads_with_a_gap_or_out_of_range_are_refused() {
        let refused = |source: &[usize], target: &[usize]| {
            around(&[Links { source: source.to_vec(), target: target.to_vec() }], &[], 3, 3).expect_err("refused")
        };
        assert_eq!(refused(&[0, 2], &[1]), "the bead [0, 2]:[1] has a gap");
        assert_eq!(refused(&[0], &[3]), "the bead [0]:[3] is not within 3 × 3 segments");
    }

    #[test]
    fn a_bead_with_one_side_puts_up_no_barrier() {
        assert_eq!(around(&[Links { source: vec![1], target: vec![] }], &[], 3, 3), Ok(vec![]));
    }

    #[test]
    fn a_bead_that_crosses_a_barrier_is_found() {
        let bead = Links { source: vec![1], target: vec![1] };
        let around = |barrier| around(std::slice::from_ref(&bead), &[barrier], 9, 9);
        for barrier in [(1, 1), (2, 2), (1, 0), (3, 2)] {
            assert!(around(barrier).is_ok(), "{barrier:?}");
        }
        for barrier in [(2, 1), (1, 2), (0, 2), (3, 1)] {
            assert!(around(barrier).is_err(), "{barrier:?}");
        }
    }

    #[test]
    fn two_barriers_in_one_row_let_nothing_out_between_them() {
        let row = limits(&[(1, 2), (1, 4)], 3, 6)[1];
        assert_eq!((row.enter, row.leave, row.lowest, row.highest), (2, 4, 0, 6));
    }
}
