//! `train score`: sentence pairs into the model of the translation score.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::super::console::{Console, count, plural};
use super::Outcome;
use super::PairArgs;
use crate::error::{Error, Result};
use crate::formats::output::write_whole;
use crate::semantics::Encoder;
use crate::train::score::report::{Reliability, area};
use crate::train::score::{Options, Trained, train};

/// Make the model of the translation score from good sentence pairs, in the order of their texts
#[derive(Args)]
pub(in crate::cli) struct ScoreArgs {
    #[command(flatten)]
    pairs: PairArgs,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How many examples are made, half of them damaged
    #[arg(long, value_name = "N", default_value_t = Options::default().examples)]
    examples: usize,
    /// How many trees are grown
    #[arg(long, value_name = "N", default_value_t = Options::default().growth.trees)]
    trees: usize,
    /// Seed of all chance
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Summary {
    pairs: usize,
    examples: usize,
    trees: usize,
    loss: f64,
    bytes: usize,
    held_out: HeldOut,
    seconds: f64,
}

/// How the score does on examples of pairs that were held out.
#[derive(serde::Serialize)]
struct HeldOut {
    examples: usize,
    /// Under the ROC curve.
    area: f64,
    calibration_error: f64,
    /// The area for each kind of bad example, against all good ones.
    areas: Vec<(&'static str, f64)>,
}

impl HeldOut {
    fn of(trained: &Trained) -> HeldOut {
        let [good, bad] = trained.scores();
        let kinds = trained.held_out.iter().filter(|(kind, scores)| !kind.is_good && !scores.is_empty());
        HeldOut {
            examples: good.len() + bad.len(),
            area: area(&good, &bad),
            calibration_error: Reliability::of(&good, &bad).error(),
            areas: kinds.map(|(kind, scores)| (kind.name, area(&good, scores))).collect(),
        }
    }
}

pub(super) fn run(args: &ScoreArgs, console: &Console) -> Result<Outcome> {
    let begun = Instant::now();
    let mut pairs = Vec::new();
    args.pairs.read(|source, target| {
        if !source.trim().is_empty() && !target.trim().is_empty() {
            pairs.push((source.to_string(), target.to_string()));
        }
    })?;
    if pairs.len() < 100 {
        return Err(Error::new("fewer than 100 pairs to learn from").in_file(&args.pairs.file));
    }
    let mut options = Options { examples: args.examples, seed: args.seed, ..Options::default() };
    options.growth.trees = args.trees;
    let encoder = Encoder::shipped();
    let mut loss = 0.0;
    let trained = console.pool()?.run(|| {
        train(&pairs, args.pairs.langs(), &encoder, options, |n, now| {
            loss = now;
            if (n + 1) % 20 == 0 {
                console.detail(&format!("{} trees: loss {now:.4}", n + 1));
            }
        })
    });
    let bytes = trained.trees.to_bytes();
    write_whole(&args.out, &bytes)?;
    let summary = Summary {
        pairs: pairs.len(),
        examples: args.examples,
        trees: trained.trees.trees.len(),
        loss,
        bytes: bytes.len(),
        held_out: HeldOut::of(&trained),
        seconds: begun.elapsed().as_secs_f64(),
    };
    for (kind, area) in &summary.held_out.areas {
        console.detail(&format!("held out, {kind}: area {area:.3}"));
    }
    if console.wants_json() {
        console.out(&(serde_json::to_string(&summary).expect("plain data") + "\n"))?;
    } else {
        let (pairs, examples) = (plural(pairs.len() as u64, "pairs"), count(args.examples as u64));
        console.say(&format!(
            "{pairs}, {examples} examples, {} trees, loss {loss:.4}, {} bytes in {:.0} s; held out: area {:.3}, calibration error {:.3}",
            args.trees,
            count(summary.bytes as u64),
            summary.seconds,
            summary.held_out.area,
            summary.held_out.calibration_error
        ));
    }
    Ok(Outcome::Done)
}
