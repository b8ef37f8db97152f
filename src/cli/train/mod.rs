//! `train`: makes models from parallel text.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Outcome;
use super::console::Console;
use super::langs::LangArgs;
use super::pairs::read_pairs;
use crate::error::Result;
use crate::model::Lang;

mod encoder;
mod lexicon;
mod score;

/// Make a model from parallel text
#[derive(Args)]
pub(super) struct TrainArgs {
    #[command(subcommand)]
    model: Model,
}

/// What a model is made from.
#[derive(Args)]
struct PairArgs {
    /// The pairs, one a line: two columns, or three of which the first names the source; `-` is standard input
    #[arg(value_name = "PAIRS")]
    file: PathBuf,
    #[command(flatten)]
    langs: LangArgs,
    /// With three columns: take only the pairs of these sources
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',')]
    only: Vec<String>,
}

impl PairArgs {
    /// The languages of both sides, Spanish and English unless said otherwise.
    fn langs(&self) -> (Lang, Lang) {
        (self.langs.source_lang.unwrap_or(Lang::ES), self.langs.target_lang.unwrap_or(Lang::EN))
    }

    fn read(&self, take: impl FnMut(&str, &str)) -> Result<()> {
        read_pairs(&self.file, &self.only, take)
    }
}

#[derive(Subcommand)]
enum Model {
    Encoder(encoder::EncoderArgs),
    Lexicon(lexicon::LexiconArgs),
    Score(score::ScoreArgs),
}

pub(super) fn run(args: &TrainArgs, console: &Console) -> Result<Outcome> {
    match &args.model {
        Model::Encoder(args) => encoder::run(args, console),
        Model::Lexicon(args) => lexicon::run(args, console),
        Model::Score(args) => score::run(args, console),
    }
}
