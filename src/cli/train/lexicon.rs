//! `train lexicon`: sentence pairs into a bilingual table.

use std::borrow::Cow;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::super::console::{Console, count, plural};
use super::Outcome;
use super::PairArgs;
use crate::error::{Error, Result};
use crate::formats::output::write_whole;
use crate::semantics::form;
use crate::text::words::words;
use crate::train::lexicon::{Corpus, Options, train};

/// Make a bilingual table of words from sentence pairs: tab-separated source and target, or source id, source and target
#[derive(Args)]
pub(in crate::cli) struct LexiconArgs {
    #[command(flatten)]
    pairs: PairArgs,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The least probability, in either direction, of a pair of words that is kept
    #[arg(long, value_name = "P", default_value_t = Options::default().least_probability)]
    least_probability: f32,
    /// The least number of times that a pair of words that is kept was seen to translate each other
    #[arg(long, value_name = "N", default_value_t = Options::default().least_count)]
    least_count: f32,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Summary {
    pairs: usize,
    left_out: u64,
    source_words: usize,
    target_words: usize,
    translations: usize,
    bytes: usize,
    checksum: String,
    seconds: f64,
}

pub(super) fn run(args: &LexiconArgs, console: &Console) -> Result<Outcome> {
    let begun = Instant::now();
    let langs = args.pairs.langs();
    let options = Options { least_probability: args.least_probability, least_count: args.least_count, ..Options::default() };
    let mut corpus = Corpus::default();
    let mut left_out = 0;
    let progress = console.progress("reading");
    args.pairs.read(|source, target| {
        left_out += u64::from(!corpus.add(&forms(source), &forms(target)));
        progress.set(corpus.len() as u64);
    })?;
    if corpus.is_empty() {
        return Err(Error::new("no pair to learn from").in_file(&args.pairs.file));
    }
    console.detail(&format!("{} read, {left_out} left out", plural(corpus.len() as u64, "pairs")));
    progress.rename("round");
    let learned = train(&corpus, langs, None, &options, &console.pool()?, |round, rounds| {
        progress.set(round as u64);
        console.detail(&format!("round {round} of {rounds}, {:.0} s", begun.elapsed().as_secs_f64()));
    });
    drop(progress);
    let lexicon = learned.lexicon;
    write_whole(&args.out, lexicon.to_bytes())?;
    let (source_words, target_words) = lexicon.words();
    let summary = Summary {
        pairs: corpus.len(),
        left_out,
        source_words,
        target_words,
        translations: lexicon.len(),
        bytes: lexicon.to_bytes().len(),
        checksum: lexicon.checksum().to_string(),
        seconds: begun.elapsed().as_secs_f64(),
    };
    console.say(&told(&summary, args));
    if console.wants_json() {
        console.result(&summary, "")?;
    }
    Ok(Outcome::Done)
}

/// The forms of the words of a segment, without numbers.
fn forms(text: &str) -> Vec<Cow<'_, str>> {
    words(text).filter_map(|(_, word)| form(word)).collect()
}

fn told(summary: &Summary, args: &LexiconArgs) -> String {
    format!(
        "wrote {}: {} of {} × {} words from {}, {} bytes, checksum {}, in {:.0} s",
        args.out.display(),
        plural(summary.translations as u64, "pairs"),
        count(summary.source_words as u64),
        count(summary.target_words as u64),
        plural(summary.pairs as u64, "sentence pairs"),
        count(summary.bytes as u64),
        summary.checksum,
        summary.seconds
    )
}
