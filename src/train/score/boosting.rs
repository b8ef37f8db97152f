//! Grows the trees of the score: gradient boosting of oblivious trees for the logistic loss (Friedman 2001; Newton steps as in Chen & Guestrin 2016;
//! one question a level as in Prokhorenkova et al. 2018). It knows rows of numbers and labels, and not what they mean.

use crate::parallel::chunked;
use crate::quality::score::trees::{Question, Tree, Trees};

/// How trees are grown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// How many trees.
    pub trees: usize,
    /// Questions in each, at most 8.
    pub depth: usize,
    /// The share of each step that is taken, in (0, 1].
    pub rate: f64,
    /// Weight of the prior that a leaf says nothing, in rows of greatest doubt times four.
    pub prior: f64,
}

impl Default for Growth {
    fn default() -> Growth {
        Growth { trees: 250, depth: 6, rate: 0.1, prior: 20.0 }
    }
}

/// Bins of a feature's values.
const BINS: usize = 64;

/// Rows of features with their labels, feature by feature.
pub struct Table {
    /// For each feature its rising thresholds, fewer than [`BINS`].
    thresholds: Vec<Vec<f32>>,
    /// For each feature the bin of each row: how many thresholds its value is above.
    bins: Vec<Vec<u8>>,
    labels: Vec<bool>,
}

impl Table {
    /// Sorts the values of each feature into bins of about as many rows each.
    pub fn new(rows: &[Vec<f32>], labels: Vec<bool>) -> Table {
        let features = rows.first().map_or(0, Vec::len);
        let columns = chunked(features, 1, |range| {
            let column: Vec<f32> = rows.iter().map(|row| row[range.start]).collect();
            let thresholds = thresholds(column.clone());
            let bins: Vec<u8> = column.iter().map(|value| thresholds.partition_point(|threshold| value > threshold) as u8).collect();
            (thresholds, bins)
        });
        let (thresholds, bins) = columns.into_iter().unzip();
        Table { thresholds, bins, labels }
    }

    fn rows(&self) -> usize {
        self.labels.len()
    }
}

/// Thresholds between values of a column, so that bins hold about as many rows each.
fn thresholds(mut column: Vec<f32>) -> Vec<f32> {
    column.sort_unstable_by(f32::total_cmp);
    let n = column.len();
    let mut thresholds: Vec<f32> = (1..BINS).map(|bin| bin * n / BINS).filter(|&at| at > 0 && at < n).map(|at| column[at - 1]).collect();
    thresholds.dedup();
    thresholds.retain(|threshold| *threshold < column[n - 1]);
    thresholds
}

/// First and second derivative of the loss, summed.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    gradient: f64,
    curvature: f64,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.gradient += other.gradient;
        self.curvature += other.curvature;
    }

    fn less(self, other: Sum) -> Sum {
        Sum { gradient: self.gradient - other.gradient, curvature: self.curvature - other.curvature }
    }

    /// What a step to the best value of these rows wins, twice.
    fn worth(self, prior: f64) -> f64 {
        self.gradient * self.gradient / (self.curvature + prior)
    }
}

/// Grows trees on a table. `signature` is that of the features' names; `told` hears the mean loss after each tree.
pub fn grow(table: &Table, growth: Growth, signature: u64, mut told: impl FnMut(usize, f64)) -> Trees {
    let good = table.labels.iter().filter(|label| **label).count().max(1) as f64;
    let bias = (good / (table.rows() as f64 - good).max(1.0)).ln();
    let mut odds = vec![bias; table.rows()];
    let mut trees = Vec::new();
    for n in 0..growth.trees {
        let sums: Vec<Sum> = odds.iter().zip(&table.labels).map(|(odds, label)| derivatives(*odds, *label)).collect();
        let (tree, leaves) = tree(table, growth, &sums);
        odds.iter_mut().zip(&leaves).for_each(|(odds, leaf)| *odds += f64::from(tree.values[usize::from(*leaf)]));
        trees.push(tree);
        told(n, odds.iter().zip(&table.labels).map(|(odds, label)| loss(*odds, *label)).sum::<f64>() / table.rows() as f64);
    }
    Trees { features: signature, bias: bias as f32, trees }
}

fn derivatives(odds: f64, label: bool) -> Sum {
    let p = 1.0 / (1.0 + (-odds).exp());
    Sum { gradient: f64::from(u8::from(label)) - p, curvature: p * (1.0 - p) }
}

fn loss(odds: f64, label: bool) -> f64 {
    let wrong = if label { -odds } else { odds };
    if wrong > 30.0 { wrong } else { wrong.exp().ln_1p() }
}

/// The next tree, and the leaf of each row.
fn tree(table: &Table, growth: Growth, sums: &[Sum]) -> (Tree, Vec<u8>) {
    let mut leaves = vec![0_u8; table.rows()];
    let mut questions = Vec::new();
    for level in 0..growth.depth {
        let found = chunked(table.bins.len(), 1, |range| best_split(table, range.start, &leaves, 1 << level, sums, growth.prior));
        let best = found.into_iter().enumerate().filter_map(|(feature, split)| Some((feature, split?)));
        // Of equal gains the first feature: the same tree on every run.
        let Some((feature, (_, bin))) = best.reduce(|a, b| if b.1.0 > a.1.0 { b } else { a }) else { break };
        for (leaf, of_row) in leaves.iter_mut().zip(&table.bins[feature]) {
            *leaf |= u8::from(usize::from(*of_row) > bin) << level;
        }
        questions.push(Question { feature: feature as u16, threshold: table.thresholds[feature][bin] });
    }
    let mut of_leaves = vec![Sum::default(); 1 << questions.len()];
    leaves.iter().zip(sums).for_each(|(leaf, sum)| of_leaves[usize::from(*leaf)].add(*sum));
    let values = of_leaves.iter().map(|sum| (growth.rate * sum.gradient / (sum.curvature + growth.prior / 4.0)) as f32).collect();
    (Tree { questions, values }, leaves)
}

/// The bin after which a feature is best split, and what that wins; none for a feature of one value.
fn best_split(table: &Table, feature: usize, leaves: &[u8], count: usize, sums: &[Sum], prior: f64) -> Option<(f64, usize)> {
    let mut histogram = vec![Sum::default(); count * BINS];
    for ((leaf, bin), sum) in leaves.iter().zip(&table.bins[feature]).zip(sums) {
        histogram[usize::from(*leaf) * BINS + usize::from(*bin)].add(*sum);
    }
    let totals: Vec<Sum> = histogram
        .chunks(BINS)
        .map(|bins| {
            bins.iter().fold(Sum::default(), |mut all, sum| {
                all.add(*sum);
                all
            })
        })
        .collect();
    let mut below = vec![Sum::default(); count];
    let mut best: Option<(f64, usize)> = None;
    for bin in 0..table.thresholds[feature].len() {
        let mut gain = 0.0;
        for leaf in 0..count {
            below[leaf].add(histogram[leaf * BINS + bin]);
            gain += below[leaf].worth(prior) + totals[leaf].less(below[leaf]).worth(prior) - totals[leaf].worth(prior);
        }
        if best.is_none_or(|(most, _)| gain > most) {
            best = Some((gain, bin));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_features_say_together_is_learned() {
        let rows: Vec<Vec<f32>> = (0..400).map(|n| vec![(n % 20) as f32, (n / 20) as f32, 7.0]).collect();
        let labels: Vec<bool> = rows.iter().map(|row| (row[0] > 9.0) ^ (row[1] > 9.0)).collect();
        let table = Table::new(&rows, labels.clone());
        let trees = grow(&table, Growth { trees: 30, depth: 2, rate: 0.5, prior: 1.0 }, 0, |_, _| {});
        for (row, label) in rows.iter().zip(labels) {
            assert_eq!(trees.log_odds(row) > 0.0, label, "{row:?}");
        }
    }

    #[test]
    fn bins_keep_values_apart_and_every_value_has_one() {
        assert_eq!(thresholds(vec![1.0; 100]), [0.0_f32; 0]);
        assert_eq!(thresholds(vec![0.0, 1.0]), [0.0]);
        let many = thresholds((0..10_000).map(|n| n as f32).collect());
        assert!(many.len() == BINS - 1 && many.is_sorted());
    }
}
