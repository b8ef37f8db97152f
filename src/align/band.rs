//! The part of the source × target grid that is searched: a band of target positions for each source position.
//! It keeps the search linear; what is in the cells is the business of [`dp`](super::dp).

use super::dp::Block;

/// For every source position 0..=n the first and last target position searched. Both rise, and neighbouring rows overlap,
/// so that there is always a way from the first corner to the last.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Band {
    rows: Vec<(usize, usize)>,
    offsets: Vec<usize>,
    target: usize,
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
        Band { rows, offsets, target }
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

    /// The band with `radius` more around the places where a path comes so near an edge that a better one may lie beyond;
    /// `None` if it never does.
    pub(super) fn widened(&self, path: &[Block], radius: usize) -> Option<Band> {
        let mut rows = self.rows.clone();
        let mut touched = false;
        for (s, t) in path.iter().map(|block| (block.source.end, block.target.end)) {
            let (lo, hi) = self.rows[s];
            if (t <= lo + 1 && lo > 0) || (t + 1 >= hi && hi < self.target) {
                touched = true;
                reach(&mut rows, (s, t), self.target, radius);
            }
        }
        touched.then(|| Band::new(rows, self.target))
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
}
