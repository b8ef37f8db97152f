//! How probable each bead is over all paths through a band (forward–backward).
//! The probabilities are the model's own; [`confidence`](super::confidence) says what they are worth.

use super::band::Band;
use super::dp::{Block, Cell, NEVER, Shapes};
use super::scorer::Scorer;
use crate::parallel::both;

/// The summed scores of all paths to and from every position of a band. Memory: 56 bytes a cell.
pub(super) struct Posterior<'a, S> {
    band: &'a Band,
    scorer: &'a S,
    forward: Vec<Cell>,
    reached: Vec<f64>,
    backward: Vec<Cell>,
    total: f64,
}

impl<'a, S: Scorer + Sync> Posterior<'a, S> {
    /// Sums over all paths.
    pub(super) fn over(band: &'a Band, shapes: &Shapes, scorer: &'a S) -> Posterior<'a, S> {
        let ((forward, reached), backward) = both(|| forward(band, shapes, scorer), || backward(band, shapes, scorer));
        let total = backward.first().map_or(NEVER, |cell| cell.matched);
        Posterior { band, scorer, forward, reached, backward, total }
    }

    /// The probability of a bead, in [0, 1].
    pub(super) fn of(&self, block: &Block) -> f64 {
        let start = self.band.index(block.source.start, block.target.start);
        let before = self.forward[start];
        let after = self.backward[self.band.index(block.source.end, block.target.end)];
        let score = match (block.source.is_empty(), block.target.is_empty()) {
            (false, true) => {
                before_deletion(self.band, self.scorer, (block.source.start, block.target.start), before)
                    + self.scorer.unmatched_source(block.source.start, block.target.start)
                    + after.deleted
            }
            (true, _) => {
                log_sum(&[before.matched + self.scorer.gap(), before.deleted, before.inserted])
                    + self.scorer.unmatched_target(block.target.start, block.source.start)
                    + after.inserted
            }
            _ => self.reached[start] + self.scorer.matched(block.source.clone(), block.target.clone()) + after.matched,
        };
        (score - self.total).min(0.0).exp()
    }
}

impl<S: Scorer> Posterior<'_, S> {
    /// The logarithm of the summed scores of all paths.
    pub(super) fn total(&self) -> f64 {
        self.total
    }

    /// The expected number of runs of unmatched segments that begin at a position.
    pub(super) fn begins(&self, s: usize, t: usize) -> f64 {
        let start = self.band.index(s, t);
        let before = self.forward[start].matched + self.scorer.gap();
        let deletion = s < self.band.source() && self.band.contains(s + 1, t);
        let insertion = t < self.band.row(s).1;
        let deleted =
            if deletion { before + self.scorer.unmatched_source(s, t) + self.backward[self.band.index(s + 1, t)].deleted } else { NEVER };
        let inserted = if insertion { before + self.scorer.unmatched_target(t, s) + self.backward[start + 1].inserted } else { NEVER };
        (deleted - self.total).exp() + (inserted - self.total).exp()
    }
}

fn forward(band: &Band, shapes: &Shapes, scorer: &impl Scorer) -> (Vec<Cell>, Vec<f64>) {
    let mut cells: Vec<Cell> = Vec::with_capacity(band.cells());
    let mut reached = Vec::with_capacity(band.cells());
    let mut scores = Vec::new();
    for s in 0..=band.source() {
        let (lo, hi) = band.row(s);
        for t in lo..=hi {
            let mut cell = if (s, t) == (0, 0) { Cell::START } else { Cell::NOWHERE };
            scores.clear();
            scores.push(cell.matched);
            for (height, width) in shapes.iter() {
                if height <= s && width <= t && band.allows((s - height, t - width), (s, t)) {
                    let before = reached[band.index(s - height, t - width)];
                    scores.push(before + scorer.matched(s - height..s, t - width..t));
                }
            }
            cell.matched = log_sum(&scores);
            if s > 0 && band.contains(s - 1, t) {
                let before = before_deletion(band, scorer, (s - 1, t), cells[band.index(s - 1, t)]);
                cell.deleted = before + scorer.unmatched_source(s - 1, t);
            }
            if t > lo {
                let before = cells[cells.len() - 1];
                let before = log_sum(&[before.matched + scorer.gap(), before.deleted, before.inserted]);
                cell.inserted = before + scorer.unmatched_target(t - 1, s);
            }
            cells.push(cell);
            reached.push(log_sum(&[cell.matched, cell.deleted, cell.inserted]));
        }
    }
    (cells, reached)
}

fn backward(band: &Band, shapes: &Shapes, scorer: &impl Scorer) -> Vec<Cell> {
    let mut cells = vec![Cell::NOWHERE; band.cells()];
    let mut scores = Vec::new();
    for s in (0..=band.source()).rev() {
        let (lo, hi) = band.row(s);
        for t in (lo..=hi).rev() {
            let index = band.index(s, t);
            scores.clear();
            scores.push(if (s, t) == (band.source(), band.target()) { 0.0 } else { NEVER });
            for (height, width) in shapes.iter() {
                if s + height <= band.source() && t + width <= band.target() && band.allows((s, t), (s + height, t + width)) {
                    let after = cells[band.index(s + height, t + width)].matched;
                    scores.push(after + scorer.matched(s..s + height, t..t + width));
                }
            }
            let matched = log_sum(&scores);
            let deleted = if s < band.source() && band.contains(s + 1, t) {
                scorer.unmatched_source(s, t) + cells[band.index(s + 1, t)].deleted
            } else {
                NEVER
            };
            let inserted = if t < hi { scorer.unmatched_target(t, s) + cells[index + 1].inserted } else { NEVER };
            cells[index] = Cell {
                matched: log_sum(&[matched, scorer.gap() + deleted, scorer.gap() + inserted]),
                deleted: log_sum(&[matched, deleted, inserted]),
                inserted: log_sum(&[matched, inserted, if band.begins_anew(s, t) { deleted } else { NEVER }]),
            };
        }
    }
    cells
}

/// The score of all paths to the position of `cell` that an unmatched source segment may go on from.
fn before_deletion(band: &Band, scorer: &impl Scorer, (s, t): (usize, usize), cell: Cell) -> f64 {
    let inserted = if band.begins_anew(s, t) { cell.inserted } else { NEVER };
    log_sum(&[cell.matched + scorer.gap(), cell.deleted, inserted])
}

/// The logarithm of the sum of the exponentials.
fn log_sum(scores: &[f64]) -> f64 {
    let most = scores.iter().copied().fold(NEVER, f64::max);
    if most == NEVER {
        return NEVER;
    }
    // e⁻³⁰ is lost in the twelfth digit: not worth the time of an exponential. Nor are those of the greatest score, which are 1.
    let exp = |less: f64| if less == 0.0 { 1.0 } else { less.exp() };
    let sum: f64 = scores.iter().map(|score| score - most).filter(|&less| less > -30.0).map(exp).sum();
    if sum == 1.0 { most } else { most + sum.ln() }
}

#[cfg(test)]
mod tests {
    use super::super::dp::{best_path, tests::Equal};
    use super::super::scorer::Scored;
    use super::*;

    /// The summed probabilities of all beads within the band that source segment `segment` of four can be in.
    fn sum_of_beads(band: &Band, shapes: &Shapes, posterior: &Posterior<'_, Equal>, segment: usize) -> f64 {
        let beads = shapes.iter().chain([(1, 0)]).flat_map(|(height, width)| {
            let starts = (segment + 1).saturating_sub(height)..=segment.min(4 - height.min(4));
            starts.flat_map(move |s| (0..=4 - width.min(4)).map(move |t| Block { source: s..s + height, target: t..t + width }))
        });
        let is_inside = |block: &Block| {
            let (from, to) = ((block.source.start, block.target.start), (block.source.end, block.target.end));
            to.0 <= 4 && to.1 <= 4 && band.contains(from.0, from.1) && band.contains(to.0, to.1)
        };
        let crosses = |block: &Block| {
            block.is_matched() && !band.allows((block.source.start, block.target.start), (block.source.end, block.target.end))
        };
        beads.filter(|block| is_inside(block) && !crosses(block)).map(|block| posterior.of(&block)).sum()
    }

    #[test]
    fn the_probabilities_of_all_beads_of_a_segment_sum_to_one() {
        let (source, target): (&[&str], &[&str]) = (&["a", "b", "x", "cd"], &["ab", "c", "y", "d"]);
        let shapes = Shapes::up_to((4, 4));
        let scorer = Equal(source, target);
        let barriers: [&[(usize, usize)]; 6] = [&[], &[(1, 2)], &[(2, 1), (3, 3)], &[(2, 1), (2, 3)], &[(0, 4)], &[(4, 0)]];
        for barriers in barriers {
            let band = Band::full(4, 4).with_barriers(barriers);
            let posterior = Posterior::over(&band, &shapes, &scorer);
            for segment in 0..4 {
                let sum = sum_of_beads(&band, &shapes, &posterior, segment);
                assert!((sum - 1.0).abs() < 1e-9, "{barriers:?} {segment} {sum}");
            }
        }
    }

    #[test]
    fn a_clear_bead_is_certain_and_one_of_two_equal_ones_is_not() {
        let (band, shapes) = (Band::full(2, 1), Shapes::up_to((4, 4)));
        let clear = Equal(&["a", "x"], &["a"]);
        assert!(Posterior::over(&band, &shapes, &clear).of(&Block { source: 0..1, target: 0..1 }) > 0.95);
        let equal = Equal(&["a", "a"], &["a"]);
        let p = Posterior::over(&band, &shapes, &equal).of(&Block { source: 0..1, target: 0..1 });
        assert!((p - 0.5).abs() < 0.02, "{p}");
    }

    #[test]
    fn scores_worked_out_beforehand_are_the_same() {
        let (source, target): (&[&str], &[&str]) = (&["ab", "c", "x"], &["a", "b", "c"]);
        let (band, shapes) = (Band::full(3, 3), Shapes::up_to((4, 4)));
        let plain_scorer = Equal(source, target);
        let plain = best_path(&band, &shapes, &plain_scorer);
        let scored = Scored::within(&band, &shapes, Equal(source, target));
        assert_eq!(best_path(&band, &shapes, &scored), plain);
        let (a, b) = (Posterior::over(&band, &shapes, &scored), Posterior::over(&band, &shapes, &plain_scorer));
        assert!(plain.iter().all(|block| (a.of(block) - b.of(block)).abs() < 1e-6));
    }
}
