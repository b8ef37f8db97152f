//! How often the nearest vector of the other side is the right one (precision@1), for two tables of which row n of one translates row n of the other.
//!
//! `retrieval SOURCE.npy TARGET.npy`: by cosine and by margin (the cosine divided by the mean of both sides' cosines with their four nearest
//! neighbours, Artetxe & Schwenk 2019), both ways, in per cent with 95 % intervals (Wilson 1927).

use std::path::Path;

use bitexto::formats::npy;
use bitexto::semantics::Vectors;
use bitexto::train::encoder::nearest_is_right;
use bitexto::{Error, Result};
use ndarray::{Array2, ArrayView1, ArrayView2};

const NEIGHBOURS: usize = 4;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [source, target] = &args[..] else {
        return Err(Error::new("usage: retrieval SOURCE.npy TARGET.npy"));
    };
    let (source, target) = (npy::read(Path::new(source))?, npy::read(Path::new(target))?);
    if source.len() != target.len() || source.dimensions() != target.dimensions() {
        return Err(Error::new("the tables differ in size"));
    }
    let cosines = view(&source).dot(&view(&target).t());
    let margins = margins(&cosines);
    let cells = [&cosines, &margins].map(|scores| format!("{} | {}", precision(scores, 0), precision(scores, 1)));
    println!("{} | {} | {}", source.len(), cells[0], cells[1]);
    Ok(())
}

fn view(vectors: &Vectors) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((vectors.len(), vectors.dimensions()), vectors.values()).expect("a table has whole rows")
}

fn margins(cosines: &Array2<f32>) -> Array2<f32> {
    let near = |lane: ArrayView1<'_, f32>| {
        let mut all = lane.to_vec();
        all.sort_by(|a, b| b.total_cmp(a));
        all.truncate(NEIGHBOURS);
        all.iter().sum::<f32>() / all.len().max(1) as f32
    };
    let rows: Vec<f32> = cosines.rows().into_iter().map(near).collect();
    let columns: Vec<f32> = cosines.columns().into_iter().map(near).collect();
    Array2::from_shape_fn(cosines.dim(), |(i, j)| cosines[[i, j]] / ((rows[i] + columns[j]) / 2.0))
}

fn precision(scores: &Array2<f32>, axis: usize) -> String {
    let (n, p, z) = (scores.nrows() as f64, nearest_is_right(scores, axis), 1.96);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    format!("{:.1} ({:.1}–{:.1})", 100.0 * p, 100.0 * (middle - half), 100.0 * (middle + half))
}
