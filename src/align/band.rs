//! The part of the source × target grid that is searched: a band of target positions for each source position.
//! It keeps the search linear and within the barriers; what is in the cells is the business of [`dp`](super::dp).

use super::barriers::{Limits, limits};
use super::dp::Block;

/// For every source position 0..=n the first and last target position searched. Both rise, and neighbouring rows overlap,
/// so that there is always a way from the first corner to the last, through all barriers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Band {
    rows: Vec<(usize, usize)>,
    offsets: Vec<usize>,
    target: usize,
    limits: Vec<Limits>,
}

impl Band {
    /// The whole grid.
    pub(super) fn full(source: usize, target: usize) -> Band {
        Band::new(vec![(0, target); source + 1], target)
    }

    /// A band with these rows, widened where needed to have rising bounds that overlap and both corners.
    pub(super) fn new(mut rows: Vec<(usize, usize)>, target: usize) -> Band {
        let last = rows.len() - 1;
        rows[0].0 = 0;
        rows[last].1 = target;
        for n in 1..=last {
            rows[n].1 = rows[n].1.max(rows[n - 1].1).min(target);
        }
        for n in (0..last).rev() {
            rows[n].0 = rows[n].0.min(rows[n + 1].0);
            rows[n].1 = rows[n].1.max(rows[n + 1].0);
        }
        let mut offsets = vec![0];
        offsets.extend(rows.iter().scan(0, |cells, (lo, hi)| {
            *cells += hi - lo + 1;
            Some(*cells)
        }));
        let limits = vec![Limits::none(target); rows.len()];
        Band { rows, offsets, target, limits }
    }

    /// The band without what lies beyond `barriers` (of [`barriers::kept`](super::barriers::kept)), and with a way through each of them.
    pub(super) fn with_barriers(self, barriers: &[(usize, usize)]) -> Band {
        let limits = limits(barriers, self.source(), self.target);
        self.limited(limits)
    }

    fn limited(self, limits: Vec<Limits>) -> Band {
        let rows = self.rows.iter().zip(&limits).map(|(&row, limits)| limits.of_row(row)).collect();
        Band { limits, ..Band::new(rows, self.target) }
    }

    /// All positions within `radius` of a path, in both directions.
    pub(super) fn around(path: &[Block], source: usize, target: usize, radius: usize) -> Band {
        let mut rows = vec![(target, 0); source + 1];
        reach(&mut rows, (0, 0), target, radius);
        for block in path {
            for s in block.source.start..=block.source.end {
                reach(&mut rows, (s, block.target.start), target, radius);
                reach(&mut rows, (s, block.target.end), target, radius);
            }
        }
        Band::new(rows, target)
    }

    /// All positions of two bands of the same bitext.
    pub(super) fn with(&self, other: &Band) -> Band {
        let rows = self.rows.iter().zip(&other.rows).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1)));
        Band::new(rows.collect(), self.target)
    }

    /// The band with `radius` more around the places where a path comes so near an edge that a better one may lie beyond;
    /// `None` if it never does.
    pub(super) fn widened(&self, path: &[Block], radius: usize) -> Option<Band> {
        let mut rows = self.rows.clone();
        let mut touched = false;
        for (s, t) in path.iter().map(|block| (block.source.end, block.target.end)) {
            let (lo, hi) = self.rows[s];
            let limits = self.limits[s];
            if (t <= lo + 1 && lo > limits.lowest) || (t + 1 >= hi && hi < limits.highest) {
                touched = true;
                reach(&mut rows, (s, t), self.target, radius);
            }
        }
        touched.then(|| Band::new(rows, self.target).limited(self.limits.clone()))
    }

    /// The number of source segments.
    pub(super) fn source(&self) -> usize {
        self.rows.len() - 1
    }

    /// The number of target segments.
    pub(super) fn target(&self) -> usize {
        self.target
    }

    /// The first and last target position of row `s`.
    pub(super) fn row(&self, s: usize) -> (usize, usize) {
        self.rows[s]
    }

    /// The target segments from which to which a bead of at most `tallest` source segments can reach that has segment `s` among them.
    pub(super) fn reach(&self, s: usize, tallest: usize) -> (usize, usize) {
        (self.row((s + 1).saturating_sub(tallest)).0, self.row((s + tallest).min(self.source())).1)
    }

    /// The number of cells.
    pub(super) fn cells(&self) -> usize {
        self.offsets[self.rows.len()]
    }

    /// The index of a position that is in the band.
    pub(super) fn index(&self, s: usize, t: usize) -> usize {
        self.offsets[s] + t - self.rows[s].0
    }

    /// True if the position is in the band.
    pub(super) fn contains(&self, s: usize, t: usize) -> bool {
        let (lo, hi) = self.rows[s];
        lo <= t && t <= hi
    }

    /// True if a bead with both sides may reach from one position to another: both are in the band, and no barrier lies between.
    pub(super) fn allows(&self, (s, t): (usize, usize), (s_end, t_end): (usize, usize)) -> bool {
        let (from, to) = (&self.limits[s], &self.limits[s_end]);
        self.contains(s, t) && self.contains(s_end, t_end) && from.leave <= t && t_end <= to.enter && to.floor <= s
    }

    /// True where unmatched source segments may follow unmatched target segments, which elsewhere come after them: at a barrier. (Also at target
    /// position 0, where there are none to follow.)
    pub(super) fn begins_anew(&self, s: usize, t: usize) -> bool {
        self.limits[s].leave == t
    }
}

/// Extends the rows by all positions within `radius` of one.
fn reach(rows: &mut [(usize, usize)], (s, t): (usize, usize), target: usize, radius: usize) {
    let last = rows.len() - 1;
    for (row, t) in [(s.saturating_sub(radius), t), (s, t.saturating_sub(radius)), (s, t + radius), (s + radius, t)] {
        let row = &mut rows[row.min(last)];
        *row = (row.0.min(t), row.1.max(t.min(target)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_joined_where_they_would_not_overlap() {
        let band = Band::new(vec![(0, 1), (5, 6), (9, 9)], 9);
        assert_eq!((0..3).map(|s| band.row(s)).collect::<Vec<_>>(), [(0, 5), (5, 9), (9, 9)]);
        assert_eq!(band.cells(), 6 + 5 + 1);
    }

    #[test]
    fn a_band_around_a_path_holds_the_path() {
        let path = [Block { source: 0..1, target: 0..2 }, Block { source: 1..3, target: 2..3 }, Block { source: 3..3, target: 3..4 }];
        let band = Band::around(&path, 3, 4, 1);
        for (s, t) in [(0, 0), (1, 2), (3, 3), (3, 4)] {
            assert!(band.contains(s, t), "{s} {t} {band:?}");
        }
        assert!(!band.contains(0, 4));
    }

    #[test]
    fn a_band_is_widened_where_a_path_is_at_its_edge() {
        let path = [Block { source: 0..1, target: 0..1 }, Block { source: 1..2, target: 1..9 }];
        let rows = vec![(0, 2), (0, 2), (0, 9)];
        let wide = Band::new(rows, 9).widened(&path, 4).expect("the first bead ends one before the edge");
        assert_eq!(wide.row(1), (0, 5));
        assert_eq!(Band::full(2, 9).widened(&path, 4), None);
    }

    #[test]
    fn a_barrier_cuts_the_grid_into_two() {
        let band = Band::full(3, 4).with_barriers(&[(1, 2)]);
        assert_eq!((0..=3).map(|s| band.row(s)).collect::<Vec<_>>(), [(0, 2), (0, 4), (2, 4), (2, 4)]);
        for (from, to) in [((0, 1), (1, 2)), ((1, 2), (2, 3)), ((1, 3), (3, 4))] {
            assert!(band.allows(from, to), "{from:?} {to:?}");
        }
        for (from, to) in [((0, 2), (1, 3)), ((1, 1), (2, 2)), ((0, 1), (2, 3))] {
            assert!(!band.allows(from, to), "{from:?} {to:?}");
        }
    }

    #[test]
    fn an_edge_that_is_a_barrier_is_not_widened() {
        let path = [0..1, 1..2, 2..9].into_iter().zip(0..).map(|(target, s)| Block { source: s..s + 1, target }).collect::<Vec<_>>();
        let rows = || vec![(0, 1), (0, 9), (1, 9), (1, 9)];
        assert!(Band::new(rows(), 9).widened(&path, 4).is_some());
        assert_eq!(Band::new(rows(), 9).with_barriers(&[(1, 1)]).widened(&path, 4), None);
    }

    #[test]
    fn a_band_that_misses_a_barrier_is_led_through_it() {
        let band = Band::new(vec![(0, 1), (0, 2), (1, 3), (2, 9)], 9).with_barriers(&[(2, 7)]);
        assert_eq!((0..=3).map(|s| band.row(s)).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 7), (7, 9)]);
    }
}
