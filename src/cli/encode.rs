//! `encode`: segments → vectors, for other programs to use.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::console::{Console, count, plural};
use super::{Outcome, models};
use crate::error::{Error, Result};
use crate::formats::lines::{Block, Lines};
use crate::formats::{Input, npy};
use crate::model::Lang;
use crate::semantics::Encoder;

/// Write the vectors of segments, one a line, as a NumPy table (.npy): a row a line, of length 1, or 0 where nothing is known
#[derive(Args)]
pub(super) struct EncodeArgs {
    /// The segments, one a line; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Their language
    #[arg(long, short, value_name = "L")]
    lang: Lang,
    /// The table to write (float32)
    #[arg(long, value_name = "FILE.npy")]
    to: PathBuf,
    /// Another encoder than the one that is built in
    #[arg(long, value_name = "FILE")]
    encoder: Option<PathBuf>,
    /// Encoding of a file that is neither UTF-8 nor UTF-16 with a byte order mark
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Summary {
    segments: usize,
    dimensions: usize,
    encoder: String,
    seconds: f64,
}

pub(super) fn run(args: &EncodeArgs, console: &Console) -> Result<Outcome> {
    let encoder = models::encoder(args.encoder.as_deref())?;
    if !encoder.knows(&args.lang) {
        let [a, b] = encoder.languages();
        return Err(Error::new(format!("the encoder knows `{a}` and `{b}`, not `{}`", args.lang)));
    }
    let begun = Instant::now();
    let segments = encode(args, &encoder, &args.file, console)?;
    let seconds = begun.elapsed().as_secs_f64();
    console.say(&format!(
        "wrote {}: {} of {} numbers, {} a second",
        args.to.display(),
        plural(segments as u64, "vectors"),
        encoder.dimensions(),
        count((segments as f64 / seconds.max(1e-9)) as u64)
    ));
    if console.wants_json() {
        console.result(&Summary { segments, dimensions: encoder.dimensions(), encoder: encoder.checksum(), seconds }, "")?;
    }
    Ok(Outcome::Done)
}

fn encode(args: &EncodeArgs, encoder: &Encoder, file: &Path, console: &Console) -> Result<usize> {
    let mut lines = Lines::new(Input::open(file, args.encoding.as_deref())?);
    let mut table = npy::Writer::create(&args.to, encoder.dimensions())?;
    let progress = console.progress("segments");
    let mut done = 0;
    let blocks = std::iter::from_fn(|| lines.block().transpose());
    let vectors = |block: Block| -> Result<_> {
        let texts: Result<Vec<_>> =
            block.lines().map(|line| line.text().map_err(|r| Error::new(r.cause).in_file(file).at_line(line.place.line))).collect();
        Ok(encoder.encode(&args.lang, texts?.iter().map(|text| &**text)))
    };
    console.pool()?.map_ordered(blocks, vectors, |vectors| -> Result<()> {
        let vectors = vectors?;
        (0..vectors.len()).try_for_each(|n| table.push(vectors.row(n)))?;
        done += vectors.len() as u64;
        progress.set(done);
        Ok(())
    })?;
    table.finish()
}
