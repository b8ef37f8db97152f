//! `checks`: the registry of checks.

use clap::Args;

use super::Outcome;
use super::console::{Console, table};
use crate::error::{Error, Result};
use crate::quality::{CHECKS, doc};

/// List the checks, or tell all about one
#[derive(Args)]
pub(super) struct ChecksArgs {
    /// The check
    id: Option<String>,
}

#[derive(serde::Serialize)]
struct Row {
    id: &'static str,
    version: u32,
    tier: u8,
    its: &'static str,
    about: &'static str,
}

pub(super) fn run(args: &ChecksArgs, console: &Console) -> Result<Outcome> {
    if let Some(id) = &args.id {
        let unknown = || Error::new(format!("unknown check `{id}`")).hint("`bitexto checks` lists them");
        let check = CHECKS.iter().find(|check| check.id == id).ok_or_else(unknown)?;
        console.out(&doc(check))?;
        return Ok(Outcome::Done);
    }
    let rows: Vec<Row> = CHECKS.iter().map(|c| Row { id: c.id, version: c.version, tier: c.tier, its: c.its, about: c.about.en }).collect();
    let mut lines = vec![["check", "tier", "what it reports"].map(String::from).to_vec()];
    lines.extend(rows.iter().map(|row| vec![row.id.to_string(), row.tier.to_string(), row.about.to_string()]));
    console.result(&rows, &table(&lines))?;
    Ok(Outcome::Done)
}
