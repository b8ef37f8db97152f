//! `train`: makes models from parallel text.

use clap::{Args, Subcommand};

use super::Outcome;
use super::console::Console;
use crate::error::Result;

mod encoder;
mod lexicon;

/// Make a model from parallel text
#[derive(Args)]
pub(super) struct TrainArgs {
    #[command(subcommand)]
    model: Model,
}

#[derive(Subcommand)]
enum Model {
    Encoder(encoder::EncoderArgs),
    Lexicon(lexicon::LexiconArgs),
}

pub(super) fn run(args: &TrainArgs, console: &Console) -> Result<Outcome> {
    match &args.model {
        Model::Encoder(args) => encoder::run(args, console),
        Model::Lexicon(args) => lexicon::run(args, console),
    }
}
