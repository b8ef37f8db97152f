//! What a batch of encoded pairs costs, and in which direction each vector should go: the two-way contrastive loss, and the teacher's.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, s};

use crate::parallel::Pool;

/// Rows worked on at a time: small enough for every worker to have some.
const ROWS: usize = 128;

/// The symmetric InfoNCE loss (van den Oord et al. 2018) of pairs in two matrices of normalised rows, per pair, and its gradients.
///
/// `same[side][n]` is equal for equal texts: pairs that share a side are no negatives of each other.
pub(super) fn contrastive(pool: &Pool, sides: [ArrayView2<'_, f32>; 2], same: [&[u64]; 2], temperature: f32) -> (f32, [Array2<f32>; 2]) {
    let [x, y] = sides;
    let n = x.nrows();
    let mut odds = Array2::<f32>::zeros((n, n));
    in_rows(pool, &mut odds, |first, mut rows| {
        let last = first + rows.nrows();
        rows.assign(&x.slice(s![first..last, ..]).dot(&y.t()));
        for (i, mut row) in rows.rows_mut().into_iter().enumerate() {
            let i = first + i;
            for (j, cell) in row.iter_mut().enumerate() {
                let masked = i != j && (same[0][i] == same[0][j] || same[1][i] == same[1][j]);
                *cell = if masked { 0.0 } else { (*cell / temperature).exp() };
            }
        }
    });
    let (row_sums, column_sums) = (odds.sum_axis(ndarray::Axis(1)), odds.sum_axis(ndarray::Axis(0)));
    let loss = (0..n).map(|i| (row_sums[i] * column_sums[i]).ln() - 2.0 * odds[[i, i]].ln()).sum::<f32>() / (2 * n) as f32;
    let scale = 1.0 / (2.0 * n as f32 * temperature);
    in_rows(pool, &mut odds, |first, mut rows| {
        for (i, mut row) in rows.rows_mut().into_iter().enumerate() {
            let i = first + i;
            for (j, cell) in row.iter_mut().enumerate() {
                *cell = scale * (*cell / row_sums[i] + *cell / column_sums[j] - if i == j { 2.0 } else { 0.0 });
            }
        }
    });
    let mut gradients = [Array2::zeros(x.dim()), Array2::zeros(y.dim())];
    in_rows(pool, &mut gradients[0], |first, mut rows| {
        let last = first + rows.nrows();
        rows.assign(&odds.slice(s![first..last, ..]).dot(&y));
    });
    in_rows(pool, &mut gradients[1], |first, mut rows| {
        let last = first + rows.nrows();
        rows.assign(&odds.slice(s![.., first..last]).t().dot(&x));
    });
    (loss, gradients)
}

/// Applies `work` to blocks of rows and the number of their first, on the pool.
pub(super) fn in_rows(pool: &Pool, matrix: &mut Array2<f32>, work: impl Fn(usize, ArrayViewMut2<'_, f32>) + Sync) {
    let columns = matrix.ncols();
    let values = matrix.as_slice_mut().expect("the matrix is contiguous");
    pool.chunks(values, (ROWS * columns).max(1), |n, chunk| {
        let rows = ArrayViewMut2::from_shape((chunk.len() / columns, columns), chunk).expect("whole rows");
        work(n * ROWS, rows);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(x: &Array2<f32>, y: &Array2<f32>) -> (f32, [Array2<f32>; 2]) {
        let pool = Pool::new(2).expect("a pool");
        contrastive(&pool, [x.view(), y.view()], [&[1, 2, 3], &[1, 2, 2]], 0.5)
    }

    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let x = ndarray::arr2(&[[1.0, 0.2], [0.1, -0.7], [0.5, 0.5]]);
        let y = ndarray::arr2(&[[0.9, 0.0], [-0.3, 0.8], [0.4, 0.6]]);
        let (at, gradients) = loss(&x, &y);
        for (row, column) in [(0, 0), (1, 1), (2, 0)] {
            let mut moved = x.clone();
            moved[[row, column]] += 1e-2;
            let slope = (loss(&moved, &y).0 - at) / 1e-2;
            assert!((slope - gradients[0][[row, column]]).abs() < 1e-2, "{slope} {}", gradients[0][[row, column]]);
            let mut moved = y.clone();
            moved[[row, column]] += 1e-2;
            let slope = (loss(&x, &moved).0 - at) / 1e-2;
            assert!((slope - gradients[1][[row, column]]).abs() < 1e-2, "{slope} {}", gradients[1][[row, column]]);
        }
    }
}
