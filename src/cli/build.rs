//! `build`: run a recipe.

use std::path::PathBuf;

use clap::Args;

use super::console::{Console, Progress, count, plural, table};
use super::{Outcome, ingest};
use crate::error::Result;
use crate::export::REPORT;
use crate::recipe::build::{self, Built, STORE, Watch};
use crate::recipe::{FILE, Plan, Stage};

/// Run the recipe of a corpus folder: ingest, align, check, export; only what changed
#[derive(Args)]
pub(super) struct BuildArgs {
    /// The folder with `bitexto.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Say what would run and why, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Largest share of a file's records, in per cent, that may be unreadable
    #[arg(long, value_name = "PERCENT", default_value_t = ingest::MAX_REJECTED)]
    max_rejected: f64,
}

pub(super) fn run(args: &BuildArgs, console: &Console) -> Result<Outcome> {
    if args.dry_run {
        let plan = build::plan(&args.folder)?;
        console.result(&plan, &plan_text(&plan))?;
        return Ok(Outcome::Done);
    }
    let mut watch = Watching { console, progress: None };
    let built = build::build(&args.folder, &console.pool()?, &mut watch)?;
    drop(watch);
    for report in &built.files {
        ingest::say(report, console);
    }
    for (file, reason) in &built.left_over {
        console.warn(&format!("{}: left out: {reason}", file.display()));
    }
    console.result(&built, &summary(&built))?;
    Ok(Outcome::found_if(built.files.iter().any(|report| report.rejected_share() * 100.0 > args.max_rejected)))
}

fn plan_text(plan: &Plan) -> String {
    let rows: Vec<Vec<String>> = plan
        .stages
        .iter()
        .map(|stage| {
            let why = if stage.runs() { format!("would run: {}", reasons(&stage.reasons)) } else { "up to date".into() };
            vec![stage.name.to_string(), why]
        })
        .collect();
    table(&rows)
}

/// The first reasons; a whole folder of changed files is said in a number.
fn reasons(reasons: &[String]) -> String {
    let shown: Vec<&str> = reasons.iter().take(3).map(String::as_str).collect();
    let more = reasons.len() - shown.len();
    shown.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

struct Watching<'a> {
    console: &'a Console,
    progress: Option<Progress>,
}

impl Watch for Watching<'_> {
    fn stage(&mut self, stage: &Stage) {
        self.progress = None;
        self.console.say(&format!("{:<7} {}", stage.name, reasons(&stage.reasons)));
        self.progress = Some(self.console.progress(stage.name));
    }

    fn progress(&mut self, what: &str, done: u64) {
        if let Some(progress) = &self.progress {
            progress.rename(what);
            progress.set(done);
        }
    }
}

/// What a person wants to know, and what to do next.
fn summary(built: &Built) -> String {
    let mut text = String::new();
    let mut line = |s: String| {
        text.push_str(&s);
        text.push('\n');
    };
    if built.stages.iter().all(|stage| stage.reasons.is_empty()) {
        line("everything is up to date".into());
    }
    for key in &built.taken_back {
        line(format!("taken back  {key}: it is gone"));
    }
    for name in &built.removed {
        line(format!("removed     {name}: not asked for any more"));
    }
    let rejected: u64 = built.files.iter().map(|report| report.outcome.rejected).sum();
    if rejected > 0 {
        line(format!(
            "rejected    {} could not be read: see the *.rejected.jsonl files in {}",
            plural(rejected, "records"),
            built.out.display()
        ));
    }
    if let Some(align) = &built.align {
        line(format!("aligned     {}, {}", plural(align.bitexts, "bitexts"), plural(align.beads, "beads")));
    }
    if let Some(check) = &built.check {
        let found: u64 = check.findings.values().sum();
        line(format!(
            "checked     {}: {} in {}",
            plural(check.units, "units"),
            plural(found, "findings"),
            plural(check.with_findings, "units")
        ));
    }
    if let Some(manifest) = &built.manifest {
        let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
        line(format!("exported    {} to {}: {}", plural(manifest.units, "units"), built.out.display(), names.join(", ")));
        for (reason, n) in &manifest.left_out {
            line(format!("left out    {} {reason}", count(*n)));
        }
    }
    if let Some(empty) = &built.empty {
        line(format!("no units    {empty}"));
    }
    line(String::new());
    line("next:".into());
    for (what, how) in next_steps(built) {
        line(format!("  {what:<22} {how}"));
    }
    text
}

fn next_steps(built: &Built) -> Vec<(&'static str, String)> {
    let store = built.out.join(STORE);
    let bitexto = program();
    let mut steps = Vec::new();
    if built.manifest.as_ref().is_some_and(|m| m.files.iter().any(|f| f.name == REPORT)) {
        steps.push(("look at it", format!("open {} in a browser", built.out.join(REPORT).display())));
    }
    steps.push(("see what is in it", format!("{bitexto} stats {} --by source", store.display())));
    steps.push(("see what is doubtful", format!("{bitexto} check {}", store.display())));
    let recipe = built.out.parent().map(|folder| folder.join(FILE)).unwrap_or_default();
    steps.push(("add your own texts", format!("a [[source]] in {}, then build again", recipe.display())));
    steps
}

/// This program as it was called, so that its name can be typed again.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "bitexto".to_string())
}
