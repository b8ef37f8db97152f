//! `review`: the local web app for reviewers.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::console::Console;
use crate::error::Result;
use crate::review::{Options, Server, open_browser};

/// Review a store in the browser: verdicts, edits, notes, findings. Prints the page's address; Ctrl-C ends it
#[derive(Args)]
#[command(after_help = HELP)]
pub(super) struct ReviewArgs {
    /// The store
    file: PathBuf,
    /// The port; by default one that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Do not open the browser
    #[arg(long)]
    no_browser: bool,
    /// The name that your acts are signed with: 1 to 40 of a-z 0-9 . _ - (by default your user name)
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Show only, change nothing
    #[arg(long)]
    read_only: bool,
    /// Serve the page's files from this folder, for those who work on them
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    assets: Option<PathBuf>,
}

const HELP: &str = "\
The server speaks to this machine only, and the address holds the secret that opens it: keep it to yourself.
From another machine: `ssh -L 8000:localhost:PORT THIS-MACHINE`, then the same address there with port 8000.
A second server on the same store shows it and changes nothing.";

pub(super) fn run(args: &ReviewArgs, console: &Console) -> Result<Outcome> {
    let server = Server::bind(Options {
        store: args.file.clone(),
        port: args.port,
        reviewer: args.reviewer.clone(),
        assets: args.assets.clone(),
        read_only: args.read_only,
    })?;
    console.out(&format!("{}\n", server.url()))?;
    if let Some(why) = server.read_only() {
        console.say(&format!("read-only: {why}"));
    }
    if !args.no_browser && !open_browser(&server.url()) {
        let port = server.port();
        console.say(&format!(
            "no browser here; from another machine: ssh -L {port}:localhost:{port} THIS-MACHINE, then open the address there"
        ));
    }
    console.say("Ctrl-C ends it");
    server.run();
    Ok(Outcome::Done)
}
