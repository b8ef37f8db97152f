//! `formats`: the registry of formats.

use clap::Args;

use super::Outcome;
use super::console::{Console, table};
use crate::error::Result;
use crate::formats::{FORMATS, Format, reads, writes};

/// List the formats and what each can read and write
#[derive(Args)]
pub(super) struct FormatsArgs {}

#[derive(serde::Serialize)]
struct Row {
    name: &'static str,
    extensions: &'static [&'static str],
    reads: Vec<&'static str>,
    writes: Vec<&'static str>,
    about: &'static str,
}

pub(super) fn run(_: &FormatsArgs, console: &Console) -> Result<Outcome> {
    let rows: Vec<Row> = FORMATS.iter().map(|format| row(format)).collect();
    let mut lines = vec![["format", "reads", "writes", "what it is"].map(String::from).to_vec()];
    lines.extend(rows.iter().map(|r| vec![r.name.to_string(), r.reads.join(", "), r.writes.join(", "), r.about.to_string()]));
    console.result(&rows, &table(&lines))?;
    Ok(Outcome::Done)
}

fn row(format: &Format) -> Row {
    Row { name: format.name, extensions: format.extensions, reads: reads(format), writes: writes(format), about: format.about }
}
