//! A teacher's vectors, cut down to the encoder's size: centred by language, projected on the main directions of both, length 1.

use ndarray::{Array2, ArrayView2, Axis};

use crate::semantics::Vectors;
use crate::semantics::encoder::normalise;
use crate::train::random::Random;

/// So many vectors of each side are looked at for the main directions: more change nothing.
const SAMPLE: usize = 20_000;
/// Rounds of subspace iteration.
const ROUNDS: usize = 60;

/// The teacher's vectors of both sides in `dimensions` numbers each, and the way other vectors of the teacher go.
pub(super) struct Targets {
    /// By side, one row a segment.
    pub sides: [Array2<f32>; 2],
    means: [Vec<f32>; 2],
    directions: Array2<f32>,
}

impl Targets {
    /// Cuts the vectors of both sides down.
    pub(super) fn of(teacher: [&Vectors; 2], dimensions: usize) -> Targets {
        let means = teacher.map(mean);
        let directions = directions(&[0, 1].map(|side| sample(teacher[side], &means[side])), dimensions);
        let mut targets = Targets { sides: Default::default(), means, directions };
        targets.sides = [0, 1].map(|side| targets.project(side, teacher[side]));
        targets
    }

    /// Length of the vectors.
    pub(super) fn dimensions(&self) -> usize {
        self.directions.ncols()
    }

    /// Other vectors of the teacher, of the language of `side`.
    pub(super) fn project(&self, side: usize, vectors: &Vectors) -> Array2<f32> {
        let mut all = Array2::zeros((vectors.len(), self.directions.ncols()));
        // In parts: a centred copy of everything would double the memory.
        for start in (0..vectors.len()).step_by(4096) {
            let end = (start + 4096).min(vectors.len());
            let mut projected = centred(vectors, &self.means[side], start..end).dot(&self.directions);
            projected.rows_mut().into_iter().for_each(|mut row| normalise(row.as_slice_mut().expect("rows are contiguous")));
            all.slice_mut(ndarray::s![start..end, ..]).assign(&projected);
        }
        all
    }
}

fn mean(vectors: &Vectors) -> Vec<f32> {
    let mut sum = vec![0.0_f64; vectors.dimensions()];
    for n in 0..vectors.len() {
        sum.iter_mut().zip(vectors.row(n)).for_each(|(sum, x)| *sum += f64::from(*x));
    }
    sum.iter().map(|x| (x / vectors.len().max(1) as f64) as f32).collect()
}

fn centred(vectors: &Vectors, mean: &[f32], rows: std::ops::Range<usize>) -> Array2<f32> {
    let values = &vectors.values()[rows.start * vectors.dimensions()..rows.end * vectors.dimensions()];
    let part = ArrayView2::from_shape((rows.len(), vectors.dimensions()), values).expect("whole rows");
    &part - &ndarray::aview1(mean)
}

fn sample(vectors: &Vectors, mean: &[f32]) -> Array2<f32> {
    let step = vectors.len().div_ceil(SAMPLE).max(1);
    let rows: Vec<Array2<f32>> = (0..vectors.len()).step_by(step).map(|n| centred(vectors, mean, n..n + 1)).collect();
    let views: Vec<_> = rows.iter().map(|row| row.view()).collect();
    ndarray::concatenate(Axis(0), &views).unwrap_or_else(|_| Array2::zeros((0, vectors.dimensions())))
}

/// The main directions of both sides' vectors, one a column, by subspace iteration on their covariance.
fn directions(samples: &[Array2<f32>; 2], dimensions: usize) -> Array2<f32> {
    let covariance = samples[0].t().dot(&samples[0]) + samples[1].t().dot(&samples[1]);
    let mut random = Random(1);
    let mut found = Array2::from_shape_fn((covariance.nrows(), dimensions), |_| random.below(2001) as f32 / 1000.0 - 1.0);
    for _ in 0..ROUNDS {
        found = covariance.dot(&found);
        orthonormalise(&mut found);
    }
    found
}

/// Makes the columns orthogonal and of length 1 (Gram & Schmidt, modified).
fn orthonormalise(columns: &mut Array2<f32>) {
    for n in 0..columns.ncols() {
        let (before, mut rest) = columns.view_mut().split_at(Axis(1), n);
        let mut column = rest.column_mut(0);
        for other in before.columns() {
            let shadow = other.dot(&column);
            column.zip_mut_with(&other, |x, y| *x -= shadow * y);
        }
        let length = column.dot(&column).sqrt().max(1e-12);
        column.mapv_inplace(|x| x / length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_directions_keep_what_differs() {
        // Three numbers of which only the first two vary.
        let vectors = |shift: f32| {
            let rows = (0..50).flat_map(|n| [shift + (n % 7) as f32, (n % 5) as f32, 3.0]);
            Vectors::new(3, rows.collect()).expect("whole rows")
        };
        let (a, b) = (vectors(0.0), vectors(9.0));
        let targets = Targets::of([&a, &b], 2);
        assert_eq!(targets.sides[0].dim(), (50, 2));
        // The language's mean is taken off: both sides say the same.
        assert!((&targets.sides[0] - &targets.sides[1]).iter().all(|x| x.abs() < 1e-3));
        assert!(targets.sides[0].row(1).dot(&targets.sides[0].row(36)) > 0.9999);
        assert!(targets.sides[0].row(0).dot(&targets.sides[0].row(34)) < 0.0);
    }
}
