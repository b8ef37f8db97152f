//! `align`: two files into a bilingual table; or many pairs, a store's bitexts, the insides of ready units.

mod batch;
mod corpus;
mod known;
mod pair;
mod tally;
mod texts;
mod within;
mod writer;

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::console::Console;
use super::{Outcome, lexicon};
use crate::align::{Aligner, Options, parse_max_bead};
use crate::error::{Error, Result};
use crate::model::Lang;
use texts::TextArgs;

pub(super) use texts::ParagraphArgs;

/// Align two files in two languages: text, or with --segmented one segment a line; or many such pairs (--batch)
#[derive(Args)]
#[command(after_help = HELP, group(ArgGroup::new("job").args(["batch", "corpus", "within_units"])))]
pub(super) struct AlignArgs {
    /// The source text
    #[arg(required_unless_present = "job", conflicts_with = "job", requires = "target")]
    source: Option<PathBuf>,
    /// The target text
    #[arg(required_unless_present = "job")]
    target: Option<PathBuf>,
    /// Align every pair of a list instead; its lines are `source<TAB>target`, or with the name of the output file as a third field.
    /// Paths are relative to the list's folder. Needs --to DIR
    #[arg(long, value_name = "LIST", requires = "to")]
    batch: Option<PathBuf>,
    /// Align a store's bitexts instead, those that are not aligned by this version with these options
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "output_format", "header", "segmented", "paragraphs", "encoding", "source_lang", "target_lang"])]
    corpus: Option<PathBuf>,
    /// Cut ready units of several sentences into units of the sentences that correspond; `-` is standard input. What has no counterpart
    /// stays with its neighbour; each new unit names the one it comes from
    #[arg(long, value_name = "FILE", conflicts_with_all = ["segmented", "paragraphs"])]
    within_units: Option<PathBuf>,
    #[command(flatten)]
    texts: TextArgs,
    /// Terms that you know: a glossary (Spanish, tab, English, one a line) on top of the built-in lexicon, or a lexicon made by `train lexicon`
    #[arg(long, value_name = "FILE", conflicts_with = "without_models")]
    lexicon: Option<PathBuf>,
    /// Use no built-in encoder and lexicon: learn everything from the two texts
    #[arg(long)]
    without_models: bool,
    /// The format of --within-units; found out by default (see `bitexto formats`)
    #[arg(long, value_name = "FORMAT", requires = "within_units")]
    format: Option<String>,
    /// What to print: an alignment (vecalign, hunalign, tsv, jsonl) or units (tmx, …)
    #[arg(long, value_name = "FORMAT")]
    output_format: Option<String>,
    /// Write to files instead, each in the form of its extension: .html is a report to read; several at once. With --batch a folder
    #[arg(long, value_name = "FILE", num_args = 1..)]
    to: Vec<PathBuf>,
    /// Print a first line with column names
    #[arg(long)]
    header: bool,
    /// Most source and target segments in one bead
    #[arg(long, value_name = "M:N", value_parser = parse_max_bead)]
    max_bead: Option<(usize, usize)>,
    /// Only beads of one segment a side, and unmatched segments; the same as --max-bead 1:1
    #[arg(long, conflicts_with = "max_bead")]
    one_to_one: bool,
    /// Beads known to be right, which the alignment is built around: lines `[2]:[3, 4]` (vecalign's form, a cost may follow) or
    /// `2<TAB>3`, segments counted from 0. No other bead crosses from before such a bead to behind it
    #[arg(long, value_name = "FILE", conflicts_with = "job")]
    anchors: Option<PathBuf>,
    /// Vectors of the segments of both sides, one row each, in place of the built-in ones: NumPy files, float32 or float16.
    /// Use --segmented, so that rows and segments are the same
    #[arg(long, value_names = ["SOURCE.npy", "TARGET.npy"], num_args = 2, conflicts_with = "job")]
    embeddings: Vec<PathBuf>,
}

const HELP: &str = "\
Columns of tsv: confidence kind source_segments target_segments source target
With --segmented a line is a segment. A blank line or `<p>` ends a paragraph and is not counted. A line `.EOA` ends a part, on both sides:
nothing before it corresponds to anything behind it; both files must have as many.
Exit codes: 1 when a pair of --batch failed, or too many records of --within-units could not be read.
Examples:
  bitexto align discurso.es.txt speech.en.txt --to table.html table.tmx
  bitexto align a.es a.en --segmented --output-format vecalign
  bitexto align --batch pairs.tsv --to aligned --output-format tmx
  bitexto align --within-units memory.tmx --to sentences.tmx";

pub(super) fn run(args: &AlignArgs, console: &Console) -> Result<Outcome> {
    if args.output_format.is_some() && !args.to.is_empty() && args.batch.is_none() && args.within_units.is_none() {
        return Err(Error::new("`--output-format` is for standard output; files of `--to` have the form of their extension"));
    }
    match (&args.batch, &args.corpus, &args.within_units, &args.source, &args.target) {
        (Some(list), ..) => batch::run(args, list, console),
        (_, Some(store), ..) => corpus::run(args, store, console),
        (_, _, Some(file), ..) => within::run(args, file, console),
        (_, _, _, Some(source), Some(target)) => pair::run(args, source, target, console),
        _ => Err(Error::new("two files are needed, or `--batch`, `--corpus` or `--within-units`")),
    }
}

impl AlignArgs {
    fn aligner(&self) -> Result<Aligner> {
        let max_bead = if self.one_to_one { Some((1, 1)) } else { self.max_bead };
        let options = Options { max_bead: max_bead.unwrap_or(Options::default().max_bead) };
        if self.without_models {
            return Ok(Aligner { options, ..Aligner::default() });
        }
        let mut aligner = Aligner::shipped(options);
        if let Some(path) = &self.lexicon {
            let langs = &self.texts.langs;
            let lexicon = lexicon::open(path, langs.source_lang.unwrap_or(Lang::ES), langs.target_lang.unwrap_or(Lang::EN))?;
            aligner.semantics.lexicon = Some(lexicon);
        }
        Ok(aligner)
    }
}
