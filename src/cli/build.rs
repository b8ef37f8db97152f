//! `build`: run a recipe.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::console::{Console, Progress, count, plural, table};
use super::{Outcome, drops, ingest};
use crate::error::Result;
use crate::export::{DROPPED, REPORT};
use crate::quality::Drops;
use crate::quality::drops::Warning;
use crate::recipe::build::{self, Built, STORE, Watch};
use crate::recipe::{FILE, Plan, Stage};

/// Run the recipe of a corpus folder: ingest, align, check, score, export; only what changed
#[derive(Args)]
pub(super) struct BuildArgs {
    /// The folder with `bitexto.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Say what would run and why, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Show some of what was dropped by each filter
    #[arg(long)]
    examples: bool,
    /// Largest share of a file's records, in per cent, that may be unreadable
    #[arg(long, value_name = "PERCENT", default_value_t = ingest::MAX_REJECTED)]
    max_rejected: f64,
}

pub(super) fn run(args: &BuildArgs, console: &Console) -> Result<Outcome> {
    if args.dry_run {
        let plan = build::plan(&args.folder)?;
        console.result(&plan, &(plan_text(&plan) + &kept(&plan)))?;
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
    if let Some(drops) = &built.drops {
        drops::warn(drops, console);
        if args.examples || console.is_verbose() {
            console.say(drops::examples(drops).trim_end());
        }
    }
    console
        .result(&Printed { built: &built, warnings: built.drops.as_ref().map(Drops::warnings).unwrap_or_default() }, &summary(&built))?;
    Ok(Outcome::found_if(built.files.iter().any(|report| report.rejected_share() * 100.0 > args.max_rejected)))
}

/// A build with what a person should not overlook.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    built: &'a Built,
    warnings: Vec<Warning>,
}

/// What is cleaned, dropped and kept, below a blank line; nothing if everything stays as it is.
fn kept(plan: &Plan) -> String {
    let said = [&plan.clean, &plan.dedup].into_iter().filter(|line| !line.is_empty()).map(|line| format!("\n{line}\n")).collect::<String>();
    let table = drops::effective_table(&plan.filter);
    if table.is_empty() { said } else { format!("{said}\n{table}") }
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
    if let Some(score) = &built.score {
        let others: String = score.others.iter().map(|(name, n)| format!(", {} by `{name}`", count(*n))).collect();
        line(format!("scored      {}{others}", plural(score.scored, "units")));
    }
    if let Some(manifest) = &built.manifest {
        let files = manifest.files.iter().filter(|file| file.format != DROPPED);
        let names: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        line(format!("exported    {} to {}: {}", plural(manifest.units, "units"), built.out.display(), names.join(", ")));
        if !manifest.cleaned.is_empty() {
            let rules: Vec<String> = manifest.cleaned.iter().map(|(rule, cleaned)| format!("{rule} {}", count(cleaned.records))).collect();
            line(format!("cleaned     {}", rules.join(", ")));
        }
        if let Some(file) = manifest.files.iter().find(|file| file.format == DROPPED) {
            let dropped = plural(manifest.drops.total(), "units");
            line(format!("left out    {dropped} of {}: see {}\n", count(manifest.drops.records), built.out.join(&file.name).display()));
            line(drops::drops_table(&manifest.drops).trim_end().to_string());
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
    steps.push(("judge and mend it", format!("{bitexto} review {}", store.display())));
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
