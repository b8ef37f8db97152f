//! The best path through a band. It knows a [`Scorer`] and nothing of texts; the probabilities of paths lie in [`posterior`](super::posterior).
//!
//! A path has three states: after a matched bead, in a run of unmatched source segments, in a run of unmatched target segments.
//! In a run the source segments come first, so that every set of beads is one path only; at a barrier a run begins anew.

use std::ops::Range;

use super::band::Band;
use super::scorer::Scorer;

/// A bead without a confidence: consecutive segments of each side, one of them possibly empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub source: Range<usize>,
    pub target: Range<usize>,
}

impl Block {
    /// True when both sides have a segment.
    pub(super) fn is_matched(&self) -> bool {
        !self.source.is_empty() && !self.target.is_empty()
    }
}

/// The shapes of matched beads that are tried: numbers of source and target segments, at least one each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shapes {
    max: (usize, usize),
    all: Vec<(usize, usize)>,
    /// Where in `all` the shape (m, n) is, at m · (max.1 + 1) + n.
    indexes: Vec<usize>,
}

impl Shapes {
    /// No bead has more segments than this on one side.
    const LARGEST: usize = 8;

    /// All shapes up to `max` with six segments or fewer in all, or as many more as 1:`max` needs.
    pub(super) fn up_to(max: (usize, usize)) -> Shapes {
        let max = (max.0.clamp(1, Shapes::LARGEST), max.1.clamp(1, Shapes::LARGEST));
        let most = 6.max(max.0.max(max.1) + 1);
        let is_tried = |&(m, n): &(usize, usize)| m + n <= most;
        let all: Vec<_> = (1..=max.0).flat_map(|m| (1..=max.1).map(move |n| (m, n))).filter(is_tried).collect();
        let mut indexes = vec![0; (max.0 + 1) * (max.1 + 1)];
        all.iter().enumerate().for_each(|(index, (m, n))| indexes[m * (max.1 + 1) + n] = index);
        Shapes { max, all, indexes }
    }

    /// Those of the shapes that are at most this large.
    pub(super) fn within(&self, max: (usize, usize)) -> Shapes {
        Shapes::up_to((self.max.0.min(max.0), self.max.1.min(max.1)))
    }

    /// How many shapes there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Which of the shapes, in their order, has these numbers of segments; it must be one of them.
    pub(super) fn index(&self, source: usize, target: usize) -> usize {
        self.indexes[source * (self.max.1 + 1) + target]
    }

    /// The shapes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.all.iter().copied()
    }

    /// The most source segments of a shape.
    pub(super) fn tallest(&self) -> usize {
        self.max.0
    }
}

/// One score for each state of a path at one position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    pub matched: f64,
    pub deleted: f64,
    pub inserted: f64,
}

/// The log score of what cannot be.
pub(super) const NEVER: f64 = f64::NEG_INFINITY;

impl Cell {
    /// A position no path leads to.
    pub(super) const NOWHERE: Cell = Cell { matched: NEVER, deleted: NEVER, inserted: NEVER };
    /// The first position.
    pub(super) const START: Cell = Cell { matched: 0.0, ..Cell::NOWHERE };

    fn best(&self) -> (f64, State) {
        let unmatched = if self.inserted > self.deleted { (self.inserted, State::Inserted) } else { (self.deleted, State::Deleted) };
        if self.matched >= unmatched.0 { (self.matched, State::Matched) } else { unmatched }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Matched,
    Deleted,
    Inserted,
}

/// How a cell was reached, for each of its states, and which of them is the best.
#[derive(Debug, Clone, Copy)]
struct Trail {
    shape: u8,
    before_deletion: State,
    before_insertion: State,
    best: State,
}

/// The best path through the band, from corner to corner. Memory: four bytes a cell.
pub(super) fn best_path(band: &Band, shapes: &Shapes, scorer: &impl Scorer) -> Vec<Block> {
    let ring = shapes.tallest() + 1;
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); ring];
    let mut trails = Vec::with_capacity(band.cells());
    for s in 0..=band.source() {
        let mut row = std::mem::take(&mut rows[s % ring]);
        row.clear();
        let (lo, hi) = band.row(s);
        for t in lo..=hi {
            let above = |height: usize, t: usize| rows[(s - height) % ring][t - band.row(s - height).0];
            let (cell, trail) = reach(band, shapes, scorer, (s, t), above, row.last());
            row.push(cell);
            trails.push(trail);
        }
        rows[s % ring] = row;
    }
    trace(band, shapes, &trails)
}

fn reach(
    band: &Band,
    shapes: &Shapes,
    scorer: &impl Scorer,
    (s, t): (usize, usize),
    above: impl Fn(usize, usize) -> Cell,
    left: Option<&Cell>,
) -> (Cell, Trail) {
    let mut cell = if (s, t) == (0, 0) { Cell::START } else { Cell::NOWHERE };
    let mut trail = Trail { shape: 0, before_deletion: State::Matched, before_insertion: State::Matched, best: State::Matched };
    for (n, (height, width)) in shapes.iter().enumerate() {
        if height > s || width > t || !band.allows((s - height, t - width), (s, t)) {
            continue;
        }
        let before = above(height, t - width).best().0;
        let score = if before == NEVER { NEVER } else { before + scorer.matched(s - height..s, t - width..t) };
        if score > cell.matched {
            cell.matched = score;
            trail.shape = n as u8;
        }
    }
    if s > 0 && band.contains(s - 1, t) {
        let before = above(1, t);
        let inserted = if band.begins_anew(s - 1, t) { before.inserted } else { NEVER };
        let (best, state) = Cell { matched: before.matched + scorer.gap(), inserted, ..before }.best();
        cell.deleted = best + scorer.unmatched_source(s - 1, t);
        trail.before_deletion = state;
    }
    if let Some(before) = left {
        let (best, state) = Cell { matched: before.matched + scorer.gap(), ..*before }.best();
        cell.inserted = best + scorer.unmatched_target(t - 1, s);
        trail.before_insertion = state;
    }
    trail.best = cell.best().1;
    (cell, trail)
}

fn trace(band: &Band, shapes: &Shapes, trails: &[Trail]) -> Vec<Block> {
    let (mut s, mut t) = (band.source(), band.target());
    let mut state = trails[band.index(s, t)].best;
    let mut path = Vec::new();
    while (s, t) != (0, 0) {
        let trail = trails[band.index(s, t)];
        let (height, width) = match state {
            State::Matched => shapes.all[usize::from(trail.shape)],
            State::Deleted => (1, 0),
            State::Inserted => (0, 1),
        };
        path.push(Block { source: s - height..s, target: t - width..t });
        (s, t) = (s - height, t - width);
        state = match state {
            State::Matched => trails[band.index(s, t)].best,
            State::Deleted => trail.before_deletion,
            State::Inserted => trail.before_insertion,
        };
    }
    path.reverse();
    path
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Scores a block by how many of its segments are equal strings, one by one, or joined.
    pub(in crate::align) struct Equal(pub &'static [&'static str], pub &'static [&'static str]);

    impl Scorer for Equal {
        fn matched(&self, source: Range<usize>, target: Range<usize>) -> f64 {
            if self.0[source].concat() == self.1[target].concat() { 2.0 } else { -9.0 }
        }
        fn unmatched_source(&self, _: usize, _: usize) -> f64 {
            -1.0
        }
        fn unmatched_target(&self, _: usize, _: usize) -> f64 {
            -1.0
        }
        fn gap(&self) -> f64 {
            -0.5
        }
    }

    fn kinds(source: &'static [&'static str], target: &'static [&'static str]) -> Vec<(usize, usize)> {
        let band = Band::full(source.len(), target.len());
        let path = best_path(&band, &Shapes::up_to((4, 4)), &Equal(source, target));
        path.iter().map(|block| (block.source.len(), block.target.len())).collect()
    }

    #[test]
    fn every_shape_is_found() {
        assert_eq!(kinds(&["a", "b"], &["a", "b"]), [(1, 1), (1, 1)]);
        assert_eq!(kinds(&["ab", "c"], &["a", "b", "c"]), [(1, 2), (1, 1)]);
        assert_eq!(kinds(&["a", "b", "c", "d"], &["abcd"]), [(4, 1)]);
        assert_eq!(kinds(&["ab", "c"], &["a", "bc"]), [(2, 2)]);
    }

    #[test]
    fn what_has_no_counterpart_stays_alone() {
        assert_eq!(kinds(&["a", "x", "b"], &["a", "b"]), [(1, 1), (1, 0), (1, 1)]);
        assert_eq!(kinds(&["x"], &["y", "z"]), [(1, 0), (0, 1), (0, 1)]);
        assert_eq!(kinds(&[], &["y"]), [(0, 1)]);
        assert_eq!(kinds(&[], &[]), []);
    }

    #[test]
    fn shapes_are_limited_by_the_longest_bead_asked_for() {
        assert_eq!(Shapes::up_to((1, 1)).all, [(1, 1)]);
        assert_eq!(Shapes::up_to((2, 2)).len(), 4);
        assert_eq!(Shapes::up_to((5, 5)).len(), 15);
        assert_eq!(Shapes::up_to((3, 3)).len(), 9);
        assert_eq!(Shapes::up_to((0, 999)).len(), 8);
    }
}
