//! `review-log`: what reviewers did, out of a store and into another.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::Outcome;
use super::console::{Console, plural};
use crate::error::{Error, Result};
use crate::formats::{Input, Output};
use crate::model::Event;
use crate::store::Store;
use crate::store::review::Conflict;

/// Take the log of reviews out of a store, or merge logs into it
#[derive(Args)]
pub(super) struct ReviewLogArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Export(ExportArgs),
    Merge(MergeArgs),
    Conflicts(ConflictsArgs),
}

/// Write review events as JSON Lines, oldest first
#[derive(Args)]
struct ExportArgs {
    /// The store
    file: PathBuf,
    /// Those of one reviewer only
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// A file REVIEWER.jsonl for each reviewer in this folder, instead of standard output
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

/// Add what is new of logs; merging again changes nothing. Exits with 1 when acts contradict each other
#[derive(Args)]
#[command(after_help = "Columns of conflicts: unit, event, reviewer, time, act
An act that was made on another state than that of the unit then changes nothing. It is listed until somebody decides about the unit again.")]
struct MergeArgs {
    /// The store
    file: PathBuf,
    /// Logs as `export` writes them
    #[arg(value_name = "LOG", required = true)]
    logs: Vec<PathBuf>,
    /// Exit with 0 even when there are conflicts
    #[arg(long)]
    exit_zero: bool,
}

/// List acts that contradict others, and that nobody has settled yet
#[derive(Args)]
#[command(after_help = "Columns: unit, event, reviewer, time, act")]
struct ConflictsArgs {
    /// The store
    file: PathBuf,
}

pub(super) fn run(args: &ReviewLogArgs, console: &Console) -> Result<Outcome> {
    match &args.what {
        What::Export(args) => export(args, console),
        What::Merge(args) => merge(args, console),
        What::Conflicts(args) => {
            let conflicts = Store::open_read_only(&args.file)?.conflicts()?;
            console.result(&conflicts, &lines(&conflicts))?;
            Ok(Outcome::Done)
        }
    }
}

fn export(args: &ExportArgs, console: &Console) -> Result<Outcome> {
    let events = Store::open_read_only(&args.file)?.export_events(args.by.as_deref())?;
    let Some(folder) = &args.to else {
        console.out(&jsonl(&events))?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, &e))?;
    let mut by_reviewer: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events {
        by_reviewer.entry(event.by.clone()).or_default().push(event);
    }
    for (reviewer, events) in by_reviewer {
        let path = folder.join(format!("{reviewer}.jsonl"));
        let mut output = Output::create(&path)?;
        std::io::Write::write_all(&mut output, jsonl(&events).as_bytes()).map_err(|e| Error::io(&path, &e))?;
        output.finish()?;
        console.say(&format!("{}: {}", path.display(), plural(events.len() as u64, "events")));
    }
    Ok(Outcome::Done)
}

fn jsonl(events: &[Event]) -> String {
    events.iter().map(|event| serde_json::to_string(event).expect("an event is plain data") + "\n").collect()
}

fn merge(args: &MergeArgs, console: &Console) -> Result<Outcome> {
    let mut events = Vec::new();
    for log in &args.logs {
        events.extend(read(log)?);
    }
    let merged = Store::open(&args.file)?.merge_events(events)?;
    console.result(&merged, &lines(&merged.conflicts))?;
    console.say(&format!("{} added, {} known already", plural(merged.added, "events"), merged.known));
    if merged.elsewhere > 0 {
        console.warn(&format!("{} not in this store; what was done to them counts once they are", plural(merged.elsewhere, "units")));
    }
    if !merged.conflicts.is_empty() {
        console.warn(&format!("{}: decide about these units again", plural(merged.conflicts.len() as u64, "conflicts")));
    }
    Ok(Outcome::found_if(!merged.conflicts.is_empty() && !args.exit_zero))
}

fn read(log: &Path) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    for (n, line) in Input::open(log, None)?.reader.lines().enumerate() {
        let line = line.map_err(|e| Error::io(log, &e).at_line(n as u64 + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let event =
            serde_json::from_str(&line).map_err(|e| Error::new(format!("no review event: {e}")).in_file(log).at_line(n as u64 + 1))?;
        events.push(event);
    }
    Ok(events)
}

fn lines(conflicts: &[Conflict]) -> String {
    let line = |c: &Conflict| format!("{}\t{}\t{}\t{}\t{}\n", c.unit, c.event, c.by, c.at, c.op);
    conflicts.iter().map(line).collect()
}
