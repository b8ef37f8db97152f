//! `eval`: alignments against gold.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::console::{Console, table};
use crate::align::metrics::{Scores, Tally};
use crate::error::{Error, Result};
use crate::formats::{self, Input};
use crate::model::alignment::Links;

/// Score alignments against gold: strict and lax precision, recall and F1, unmatched segments, links
#[derive(Args)]
#[command(after_help = "Columns: system, then precision, recall and F1 each of strict, lax, unmatched segments and links")]
pub(super) struct EvalArgs {
    /// The gold alignment, or a folder of *.gold files
    gold: PathBuf,
    /// Alignments to be scored, or folders with files of the same names; counts of a folder are added up
    #[arg(required = true)]
    systems: Vec<PathBuf>,
    /// The files hold links of words: `0-1` on a line for each segment pair, `0?1` in the gold for a possible one
    #[arg(long, conflicts_with = "min")]
    words: bool,
    /// Exit with 1 when a strict F1 is lower, from 0 to 1
    #[arg(long, value_name = "F1")]
    min: Option<f64>,
}

/// What `--json` prints of one system.
#[derive(serde::Serialize)]
struct Row {
    system: String,
    strict: Measure,
    lax: Measure,
    null: Measure,
    links: Measure,
}

/// Precision, recall and F1 in [0, 1], and of how many items.
#[derive(serde::Serialize)]
struct Measure {
    p: f64,
    r: f64,
    f1: f64,
    system: usize,
    gold: usize,
}

impl Row {
    fn new(system: &Path, scores: &Scores) -> Row {
        let measure = |t: &Tally| Measure { p: t.precision(), r: t.recall(), f1: t.f1(), system: t.system, gold: t.gold };
        Row {
            system: system.display().to_string(),
            strict: measure(&scores.strict),
            lax: measure(&scores.lax),
            null: measure(&scores.null),
            links: measure(&scores.links),
        }
    }
}

pub(super) fn run(args: &EvalArgs, console: &Console) -> Result<Outcome> {
    if args.words {
        return super::eval_words::run(&args.gold, &args.systems, console);
    }
    let rows = args.systems.iter().map(|system| Ok(Row::new(system, &score(&args.gold, system)?)));
    let rows = rows.collect::<Result<Vec<Row>>>()?;
    let mut lines = vec![
        ["system", "strict P", "R", "F1", "lax P", "R", "F1", "unmatched P", "R", "F1", "links P", "R", "F1"].map(String::from).to_vec(),
    ];
    for row in &rows {
        let numbers = [&row.strict, &row.lax, &row.null, &row.links].into_iter().flat_map(|m| [m.p, m.r, m.f1]);
        lines.push(std::iter::once(row.system.clone()).chain(numbers.map(|n| format!("{n:.4}"))).collect());
    }
    console.result(&rows, &table(&lines))?;
    let worst = rows.iter().map(|row| row.strict.f1).fold(f64::INFINITY, f64::min);
    Ok(Outcome::found_if(args.min.is_some_and(|min| worst < min)))
}

fn score(gold: &Path, system: &Path) -> Result<Scores> {
    let mut scores = Scores::default();
    if gold.is_dir() {
        let files = gold_files(gold)?;
        for file in &files {
            let name = file.strip_prefix(gold).unwrap_or(file).with_extension("");
            scores += Scores::of(&read(file)?, &read(&partner(system, &name)?)?);
        }
        if files.is_empty() {
            return Err(Error::new("no *.gold file in this folder").in_file(gold));
        }
    } else {
        scores += Scores::of(&read(gold)?, &read(system)?);
    }
    Ok(scores)
}

fn gold_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let pattern = format!("{}/**/*.gold", glob::Pattern::escape(&folder.to_string_lossy()));
    let paths = glob::glob(&pattern).map_err(|e| Error::new(e.to_string()))?;
    Ok(paths.filter_map(std::result::Result::ok).collect())
}

/// The file in `folder` with that name and the extension of a format that holds an alignment.
fn partner(folder: &Path, name: &Path) -> Result<PathBuf> {
    let extensions = formats::FORMATS.iter().filter(|f| f.read_alignment.is_some()).flat_map(|f| f.extensions.iter().copied());
    let candidates = extensions.map(|e| folder.join(name).with_added_extension(e));
    candidates.into_iter().find(|path| path.is_file()).ok_or_else(|| Error::new("no alignment of that name").in_file(&folder.join(name)))
}

fn read(path: &Path) -> Result<Vec<Links>> {
    let text = Input::open(path, None)?.text()?;
    let format = formats::detect(path, text.as_bytes(), |f| f.read_alignment.is_some());
    let read = format.and_then(|f| f.read_alignment).ok_or_else(|| Error::new("not an alignment").in_file(path))?;
    let beads = read(&text).map_err(|e| e.in_file(path))?;
    if beads.is_empty() {
        return Err(Error::new("the file is empty").in_file(path));
    }
    Ok(beads)
}
