//! Two files.

use std::io::BufWriter;
use std::path::Path;

use super::super::Outcome;
use super::super::console::Console;
use super::texts::Pair;
use super::writer::Writer;
use super::{AlignArgs, known, tally};
use crate::error::Result;
use crate::formats::{Aligned, WriteOptions};
use crate::ingest::aligning::{Known, Summary, align_known, signature};
use crate::segment::layout::Repaired;

/// What `--json` prints when the alignment itself goes to files.
#[derive(serde::Serialize)]
struct Report {
    #[serde(flatten)]
    summary: Summary,
    mean_confidence: f64,
    signature: String,
    source_layout: Vec<Repaired>,
    target_layout: Vec<Repaired>,
}

pub(super) fn run(args: &AlignArgs, source: &Path, target: &Path, console: &Console) -> Result<Outcome> {
    let writers = args.to.iter().map(|path| Writer::for_file(path)).collect::<Result<Vec<_>>>()?;
    let printer = Writer::named(args.output_format.as_deref().unwrap_or("tsv"))?;
    let Pair { source, target, mut barriers, notes } = args.texts.pair(Path::new(""), source, target)?;
    notes.iter().for_each(|note| console.say(note));
    if let Some(path) = &args.anchors {
        barriers = known::anchors(path, &barriers, &source, &target)?;
    }
    let vectors = known::embeddings(&args.embeddings, &source, &target)?;
    let known = Known { barriers: &barriers, vectors: vectors.as_ref().map(|[s, t]| [s, t]) };
    let aligner = args.aligner()?;
    let progress = console.progress("aligning");
    let alignment = align_known(&source, &target, known, &aligner);
    drop(progress);
    let aligned = Aligned { source: &source, target: &target, alignment: &alignment };
    let options = WriteOptions {
        source_lang: source.lang,
        target_lang: target.lang,
        header: args.header,
        signature: signature(&aligner),
        ..WriteOptions::default()
    };
    if args.to.is_empty() {
        printer.write(&aligned, &options, BufWriter::new(std::io::stdout()))?;
    }
    for (path, writer) in args.to.iter().zip(&writers) {
        writer.write_file(&aligned, &options, path)?;
        console.say(&format!("wrote {}", path.display()));
    }
    let report = Report::of(&aligned);
    console.say(&tally::in_words(&report.summary));
    if console.wants_json() && !args.to.is_empty() {
        console.result(&report, "")?;
    }
    Ok(Outcome::Done)
}

impl Report {
    fn of(aligned: &Aligned<'_>) -> Report {
        let beads = &aligned.alignment.beads;
        #[allow(clippy::cast_precision_loss)]
        let mean_confidence = beads.iter().map(|bead| bead.confidence).sum::<f64>() / beads.len().max(1) as f64;
        Report {
            summary: Summary::of(aligned),
            mean_confidence,
            signature: aligned.alignment.signature.to_string(),
            source_layout: aligned.source.layout.report(&aligned.source.text),
            target_layout: aligned.target.layout.report(&aligned.target.text),
        }
    }
}
