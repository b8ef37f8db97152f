//! `train encoder`: sentence pairs, and a teacher's vectors of them, into the static encoder.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::super::console::{Console, count, plural};
use super::Outcome;
use super::PairArgs;
use crate::error::{Error, Result};
use crate::formats::npy;
use crate::formats::output::write_whole;
use crate::semantics::Vectors;
use crate::train::encoder::{Options, Progress, Teacher, train, words};

/// Make an encoder from sentence pairs: tab-separated source and target, or source id, source and target
#[derive(Args)]
pub(in crate::cli) struct EncoderArgs {
    #[command(flatten)]
    pairs: PairArgs,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A teacher's vectors of both sides, to learn from: NumPy tables with a row for each pair taken
    #[arg(long, num_args = 2, value_names = ["SOURCE.npy", "TARGET.npy"])]
    teacher: Vec<PathBuf>,
    /// The teacher's vectors of the words that `--list-words` wrote, to begin with
    #[arg(long, value_name = "WORDS.npy", requires = "teacher")]
    init: Option<PathBuf>,
    /// Write the words that have a vector of their own, one a line, in the spelling they mostly have, and stop
    #[arg(long, value_name = "FILE", conflicts_with_all = ["teacher", "init"])]
    list_words: Option<PathBuf>,
    /// Length of the vectors, even
    #[arg(long, value_name = "N", default_value_t = Options::default().dimensions)]
    dimensions: usize,
    /// How often every pair is seen
    #[arg(long, value_name = "N", default_value_t = Options::default().passes)]
    passes: usize,
    /// Features kept; each takes 6 bytes and half a byte for each dimension
    #[arg(long, value_name = "N", default_value_t = Options::default().features)]
    features: usize,
    /// Where random numbers begin
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Summary {
    pairs: usize,
    features: usize,
    dimensions: usize,
    bytes: usize,
    checksum: String,
    /// Precision@1 on pairs held out, source to target and back.
    precision: Option<(f64, f64)>,
    seconds: f64,
}

pub(super) fn run(args: &EncoderArgs, console: &Console) -> Result<Outcome> {
    let begun = Instant::now();
    let options = args.options()?;
    let mut pairs = Vec::new();
    let reading = console.progress("reading");
    args.pairs.read(|source, target| {
        pairs.push((source.to_string(), target.to_string()));
        reading.set(pairs.len() as u64);
    })?;
    drop(reading);
    if pairs.is_empty() {
        return Err(Error::new("no pair to learn from").in_file(&args.pairs.file));
    }
    if let Some(path) = &args.list_words {
        return list_words(path, &pairs, &options, console);
    }
    let teacher = args.teacher.iter().map(|path| table(path, pairs.len(), "pairs")).collect::<Result<Vec<_>>>()?;
    let spellings = if args.init.is_some() { words(&pairs, &options).len() } else { 0 };
    let init = args.init.as_ref().map(|path| table(path, spellings, "words")).transpose()?;
    let teacher = match &teacher[..] {
        [source, target] => Some(Teacher { segments: [source, target], words: init.as_ref() }),
        _ => None,
    };
    if let Some(Teacher { segments: [source, target], words }) = teacher
        && [Some(target), words].into_iter().flatten().any(|table| table.dimensions() != source.dimensions())
    {
        return Err(Error::new("the teacher's tables have vectors of different lengths"));
    }
    if let Some(Teacher { segments: [source, _], .. }) = teacher
        && source.dimensions() < options.dimensions
    {
        let cause = format!("the teacher's vectors have {} numbers, fewer than `--dimensions {}`", source.dimensions(), options.dimensions);
        return Err(Error::new(cause));
    }
    let progress = console.progress("batches");
    let mut precision = None;
    let encoder = train(&pairs, teacher, &options, &console.pool()?, &mut |now: Progress| {
        progress.set(now.batch as u64);
        precision = now.precision.or(precision);
        if let Some((there, back)) = now.precision {
            let (percent, back) = (100.0 * there, 100.0 * back);
            console.say(&format!(
                "batch {} of {}: loss {:.3}, precision@1 {percent:.1} % and back {back:.1} %",
                now.batch, now.batches, now.loss
            ));
        }
    });
    drop(progress);
    write_whole(&args.out, encoder.to_bytes())?;
    let summary = Summary {
        pairs: pairs.len(),
        features: encoder.features(),
        dimensions: encoder.dimensions(),
        bytes: encoder.to_bytes().len(),
        checksum: encoder.checksum(),
        precision,
        seconds: begun.elapsed().as_secs_f64(),
    };
    console.say(&format!(
        "wrote {}: {} of {} numbers from {}, {} bytes, checksum {}, in {:.0} s",
        args.out.display(),
        plural(summary.features as u64, "features"),
        summary.dimensions,
        plural(summary.pairs as u64, "sentence pairs"),
        count(summary.bytes as u64),
        summary.checksum,
        summary.seconds
    ));
    if console.wants_json() {
        console.result(&summary, "")?;
    }
    Ok(Outcome::Done)
}

fn list_words(path: &Path, pairs: &[(String, String)], options: &Options, console: &Console) -> Result<Outcome> {
    let words = words(pairs, options);
    write_whole(path, format!("{}\n", words.join("\n")).as_bytes())?;
    console.say(&format!("wrote {}: {}", path.display(), plural(words.len() as u64, "words")));
    Ok(Outcome::Done)
}

fn table(path: &Path, rows: usize, of: &str) -> Result<Vectors> {
    let table = npy::read(path)?;
    if table.len() == rows {
        return Ok(table);
    }
    Err(Error::new(format!("{} for {}", plural(table.len() as u64, "rows"), plural(rows as u64, of))).in_file(path))
}

impl EncoderArgs {
    fn options(&self) -> Result<Options> {
        if self.dimensions == 0 || !self.dimensions.is_multiple_of(2) || self.dimensions > 4096 {
            return Err(Error::new(format!("`--dimensions {}`: must be even, from 2 to 4096", self.dimensions)));
        }
        let languages = self.pairs.langs().into();
        let (dimensions, passes, features, seed) = (self.dimensions, self.passes, self.features, self.seed);
        Ok(Options { languages, dimensions, passes, features, seed, ..Options::default() })
    }
}
