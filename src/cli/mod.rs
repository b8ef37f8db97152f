//! The command line: one file per command. What was typed becomes the library's options here; the library never sees clap.

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::error::Result;

mod align;
mod backup;
mod build;
mod check;
mod checks;
mod clean;
mod console;
mod dedup;
mod drops;
mod encode;
mod eval;
mod eval_words;
mod explain;
mod export;
mod filter;
mod filters;
mod find;
mod formats;
mod ingest;
mod judging;
mod langs;
mod lexicon;
mod models;
mod pairs;
#[cfg(feature = "review")]
mod review;
mod review_log;
mod score;
mod scores;
mod segment;
mod stats;
mod train;
mod verify;
mod wordalign;

pub use console::Console;

/// Builds Spanish–English parallel corpora: who said what, where, and how each outlet put it.
#[derive(Parser)]
#[command(name = "bitexto", version, max_term_width = 110, after_help = EXIT_CODES)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 something was found (check, verify, eval --min) or too many records of a file could not be read; 2 failed.
Standard output is data, standard error is for people; `-` is standard input.";

#[derive(Args)]
struct Global {
    /// Print a summary as JSON on standard output
    #[arg(long, global = true)]
    json: bool,
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more on standard error
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Number of worker threads; 0 is one for each core. Results do not depend on it
    #[arg(long, global = true, default_value_t = 0, value_name = "N")]
    threads: usize,
}

#[derive(Subcommand)]
enum Command {
    Build(build::BuildArgs),
    Align(align::AlignArgs),
    Ingest(ingest::IngestArgs),
    Segment(segment::SegmentArgs),
    Check(check::CheckArgs),
    Score(score::ScoreArgs),
    Filter(filter::FilterArgs),
    Dedup(dedup::DedupArgs),
    Clean(clean::CleanArgs),
    Export(export::ExportArgs),
    Find(find::FindArgs),
    Stats(stats::StatsArgs),
    Verify(verify::VerifyArgs),
    Backup(backup::BackupArgs),
    #[cfg(feature = "review")]
    Review(review::ReviewArgs),
    ReviewLog(review_log::ReviewLogArgs),
    Encode(encode::EncodeArgs),
    Eval(eval::EvalArgs),
    Wordalign(wordalign::WordalignArgs),
    Train(train::TrainArgs),
    Formats(formats::FormatsArgs),
    Checks(checks::ChecksArgs),
    Filters(filters::FiltersArgs),
}

/// What a command that did not fail found: its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain of: 0.
    Done,
    /// There is something to look at: 1.
    Found,
}

impl Outcome {
    fn found_if(found: bool) -> Outcome {
        if found { Outcome::Found } else { Outcome::Done }
    }
}

/// Runs the command that was typed.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(cli.global.json, cli.global.quiet, cli.global.verbose, cli.global.threads);
    match run(cli.command, &console) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        // Whoever read our output has seen enough.
        Err(error) if error.broken_pipe => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&error);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, console: &Console) -> Result<Outcome> {
    match command {
        Command::Build(args) => build::run(&args, console),
        Command::Align(args) => align::run(&args, console),
        Command::Ingest(args) => ingest::run(&args, console),
        Command::Segment(args) => segment::run(&args, console),
        Command::Check(args) => check::run(&args, console),
        Command::Score(args) => score::run(&args, console),
        Command::Filter(args) => filter::run(&args, console),
        Command::Dedup(args) => dedup::run(&args, console),
        Command::Clean(args) => clean::run(&args, console),
        Command::Export(args) => export::run(&args, console),
        Command::Find(args) => find::run(&args, console),
        Command::Stats(args) => stats::run(&args, console),
        Command::Verify(args) => verify::run(&args, console),
        Command::Backup(args) => backup::run(&args, console),
        #[cfg(feature = "review")]
        Command::Review(args) => review::run(&args, console),
        Command::ReviewLog(args) => review_log::run(&args, console),
        Command::Encode(args) => encode::run(&args, console),
        Command::Eval(args) => eval::run(&args, console),
        Command::Wordalign(args) => wordalign::run(&args, console),
        Command::Train(args) => train::run(&args, console),
        Command::Formats(args) => formats::run(&args, console),
        Command::Checks(args) => checks::run(&args, console),
        Command::Filters(args) => filters::run(&args, console),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_a_line_of_help() {
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }
}
