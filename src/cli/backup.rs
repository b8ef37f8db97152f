//! `backup`: an online copy of a store.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::console::Console;
use crate::error::Result;
use crate::store::Store;

/// Copy a store, even while it is in use
#[derive(Args)]
pub(super) struct BackupArgs {
    /// The store
    file: PathBuf,
    /// The copy
    to: PathBuf,
}

pub(super) fn run(args: &BackupArgs, console: &Console) -> Result<Outcome> {
    Store::open_read_only(&args.file)?.backup(&args.to)?;
    console.say(&format!("copied {} to {}", args.file.display(), args.to.display()));
    Ok(Outcome::Done)
}
