//! `verify`: is a store whole?

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::console::{Console, plural};
use crate::error::Result;
use crate::store::Store;

/// Check that a store is whole: integrity, references, spans inside texts, hashes, whole files only
#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The store
    file: PathBuf,
    /// Exit with 0 even when something is wrong
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &VerifyArgs, console: &Console) -> Result<Outcome> {
    let store = Store::open_read_only(&args.file)?;
    let flaws = store.verify()?;
    let text: String = flaws.iter().map(|flaw| format!("{}: {}\n", flaw.place, flaw.cause)).collect();
    console.result(&flaws, &text)?;
    if flaws.is_empty() {
        console.say(&format!("{} is whole: {}", args.file.display(), plural(store.unit_count()?, "units")));
    } else {
        console.say(&format!("{}: {}", args.file.display(), plural(flaws.len() as u64, "flaws")));
    }
    Ok(Outcome::found_if(!flaws.is_empty() && !args.exit_zero))
}
