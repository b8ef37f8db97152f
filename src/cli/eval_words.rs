//! `eval --words`: links of words against gold.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::Outcome;
use super::console::{Console, table};
use crate::error::{Error, Result};
use crate::formats::Input;
use crate::semantics::aer::{GoldLinks, LinkScores};
use crate::semantics::links::WordAlignment;

/// What `--json` prints of one system.
#[derive(serde::Serialize)]
struct Row {
    system: String,
    precision: f64,
    recall: f64,
    error_rate: f64,
    links: usize,
    gold: usize,
}

pub(super) fn run(gold: &Path, systems: &[PathBuf], console: &Console) -> Result<Outcome> {
    let gold: Vec<GoldLinks> = read(gold)?;
    let rows = systems.iter().map(|system| Ok(row(system, &score(&gold, system)?))).collect::<Result<Vec<Row>>>()?;
    let mut lines = vec![["system", "P", "R", "AER", "links", "sure links of the gold"].map(String::from).to_vec()];
    for row in &rows {
        let shares = [row.precision, row.recall, row.error_rate].map(|n| format!("{n:.4}"));
        let counts = [row.links, row.gold].map(|n| n.to_string());
        lines.push([row.system.clone()].into_iter().chain(shares).chain(counts).collect());
    }
    console.result(&rows, &table(&lines))?;
    Ok(Outcome::Done)
}

fn row(system: &Path, scores: &LinkScores) -> Row {
    Row {
        system: system.display().to_string(),
        precision: scores.precision(),
        recall: scores.recall(),
        error_rate: scores.error_rate(),
        links: scores.system,
        gold: scores.gold,
    }
}

fn score(gold: &[GoldLinks], path: &Path) -> Result<LinkScores> {
    let system: Vec<WordAlignment> = read(path)?;
    if system.len() != gold.len() {
        return Err(Error::new(format!("{} lines, but the gold has {}", system.len(), gold.len())).in_file(path));
    }
    let mut scores = LinkScores::default();
    gold.iter().zip(&system).for_each(|(gold, system)| scores += LinkScores::of(gold, system));
    Ok(scores)
}

/// The links of each line; an empty line has none.
fn read<T: FromStr<Err = String>>(path: &Path) -> Result<Vec<T>> {
    let text = Input::open(path, None)?.text()?;
    let lines = text.split_terminator('\n').enumerate();
    lines.map(|(n, line)| line.parse().map_err(|cause: String| Error::new(cause).in_file(path).at_line(n as u64 + 1))).collect()
}
