//! `--corpus`: the bitexts of a store that are not aligned yet, or were by another aligner.

use std::path::Path;

use super::super::Outcome;
use super::super::console::{Console, plural};
use super::AlignArgs;
use super::tally::Tally;
use crate::error::Result;
use crate::ingest::aligning::{align_bitexts, signature};
use crate::store::Store;

pub(super) fn run(args: &AlignArgs, path: &Path, console: &Console) -> Result<Outcome> {
    let mut store = Store::open(path)?;
    let aligner = args.aligner()?;
    let mut tally = Tally::begin();
    let report = align_bitexts(&mut store, &console.pool()?, &aligner, &mut |aligned| {
        tally.add(aligned.of as usize, aligned.key, Ok(aligned.summary.clone()), console);
    })?;
    if report.unchanged > 0 {
        console.say(&format!("{} left as they are: aligned already", plural(report.unchanged, "bitexts")));
    }
    Ok(Outcome::found_if(tally.finish(signature(&aligner), console)?))
}
