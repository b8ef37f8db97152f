//! `check`: findings in a store or in a file of units.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::Outcome;
use super::console::{Console, Progress, count, plural};
use super::langs::LangArgs;
use crate::error::{Error, Result};
use crate::formats::{self, Input, ReadOptions};
use crate::ingest::checking::{CheckReport, Learnt, find, read_dismissed, read_terms};
use crate::model::{Finding, Lang, Unit};
use crate::quality::{Context, Dismissed, Selection, TermList, message};
use crate::store::{Store, StoredUnit, UnitQuery};

/// Report what looks wrong in a store or a file of units; exits with 1 when there is something
#[derive(Args)]
#[command(after_help = "Columns: unit (its id, or the record's number) check tier message source target, with `--keys` key")]
pub(super) struct CheckArgs {
    /// A store, or a file of units; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The format of a file of units; found out by default
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    langs: LangArgs,
    /// Checks to leave out, separated by commas (see `bitexto checks`)
    #[arg(long, value_name = "CHECKS", value_delimiter = ',')]
    off: Vec<String>,
    /// Another tier for a check's findings, such as `negation=2`; `off` leaves the check out
    #[arg(long = "set", value_name = "CHECK=TIER", value_parser = setting)]
    set: Vec<(String, Option<u8>)>,
    /// Findings to leave out: a file of keys (see `--keys`), one a line, with the reason behind; `#` begins a comment
    #[arg(long, value_name = "FILE")]
    dismissed: Option<PathBuf>,
    /// How terms must be translated: a table of term, translation, and `forbidden` where it must not be translated so
    #[arg(long, value_name = "FILE")]
    glossary: Option<PathBuf>,
    /// Only findings of this tier or a more pressing one: 1 interrupts, 2 is a detail, 3 is for reports
    #[arg(long, value_name = "TIER", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=3))]
    tier: u8,
    /// Language of the messages: es or en
    #[arg(long, value_name = "LANG", default_value = "en")]
    messages: Lang,
    /// Print the key of each finding, too, to dismiss it with; `--json` has it always
    #[arg(long)]
    keys: bool,
    /// Print a first line with column names
    #[arg(long)]
    header: bool,
    /// Exit with 0 even when something was found
    #[arg(long)]
    exit_zero: bool,
}

/// `CHECK=TIER`, or `CHECK=off`.
fn setting(text: &str) -> Result<(String, Option<u8>), String> {
    let (check, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not CHECK=TIER"))?;
    let tier = if value == "off" { None } else { Some(value.parse().map_err(|_| format!("`{value}` is neither a tier nor `off`"))?) };
    Ok((check.to_string(), tier))
}

pub(super) fn run(args: &CheckArgs, console: &Console) -> Result<Outcome> {
    let selection = args.selection()?;
    let mut run = Run::new(args, console)?;
    if args.header && !console.wants_json() {
        console.out(&format!("unit\tcheck\ttier\tmessage\tsource\ttarget{}\n", if args.keys { "\tkey" } else { "" }))?;
    }
    let is_store = args.file.as_os_str() != "-" && args.format.is_none() && Store::open_read_only(&args.file).is_ok();
    if is_store {
        check_store(args, &selection, &mut run)?;
    } else {
        check_file(args, &selection, &mut run)?;
    }
    let found = run.report.with_findings > 0;
    run.tell();
    Ok(Outcome::found_if(found && !args.exit_zero))
}

/// Checks the units of a store; the store stays as it is.
fn check_store(args: &CheckArgs, selection: &Selection, run: &mut Run<'_>) -> Result<()> {
    let store = Store::open_read_only(&args.file)?;
    let learnt = Learnt::of(&store)?.with_terms(args.terms()?);
    let check = |page: Vec<StoredUnit>| {
        let checked = page.into_iter().map(|stored| (learnt.find(&stored, selection), stored.unit));
        checked.collect::<Vec<_>>()
    };
    run.console.pool()?.map_ordered(store.unit_pages(UnitQuery::default(), 1000)?, check, |checked| {
        let mut text = String::new();
        for (findings, unit) in checked {
            let name = unit.id.clone().unwrap_or_default();
            run.add(&name, &unit, findings, &mut text);
        }
        run.print(&text)
    })
}

fn check_file(args: &CheckArgs, selection: &Selection, run: &mut Run<'_>) -> Result<()> {
    let mut input = Input::open(&args.file, None)?;
    let format = match &args.format {
        Some(name) => formats::by_name(name)?,
        None => formats::detect(&args.file, input.head()?, |f| f.read_units.is_some() && f.files == 1)
            .ok_or_else(|| Error::new("neither a store nor a file of units").in_file(&args.file).hint("name its `--format`"))?,
    };
    let read = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
    let options =
        ReadOptions { source_lang: args.langs.source_lang.unwrap_or(Lang::ES), target_lang: args.langs.target_lang.unwrap_or(Lang::EN) };
    let context = Context { terms: args.terms()?, ..Context::shipped() };
    let check = |batch: formats::Batch| {
        let checked = batch.read().into_iter().map(|read| read.map(|unit| (find(&unit, &context, selection), unit)));
        checked.collect::<Vec<_>>()
    };
    run.console.pool()?.map_ordered(read(vec![input], &options)?, check, |checked| {
        let mut text = String::new();
        for result in checked {
            match result {
                Ok((findings, unit)) => {
                    let name = unit.origin.record.unwrap_or(0).to_string();
                    run.add(&name, &unit, findings, &mut text);
                }
                Err(rejection) => run.console.warn(&format!("{}:{}: {}", rejection.file, rejection.line, rejection.cause)),
            }
        }
        run.print(&text)
    })
}

impl CheckArgs {
    fn selection(&self) -> Result<Selection> {
        let off = self.set.iter().filter(|(_, tier)| tier.is_none()).map(|(check, _)| check);
        let selection = Selection::all().without(self.off.iter().chain(off).map(String::as_str));
        let tiers = self.set.iter().filter_map(|(check, tier)| tier.map(|tier| (check, tier)));
        tiers
            .fold(selection, |selection, (check, tier)| selection?.with_tier(check, tier))
            .map_err(|e| Error::new(e.to_string()).hint("`bitexto checks` lists them"))
    }

    fn terms(&self) -> Result<Option<Arc<TermList>>> {
        let langs = (self.langs.source_lang.unwrap_or(Lang::ES), self.langs.target_lang.unwrap_or(Lang::EN));
        self.glossary.as_deref().map(|path| read_terms(path, langs.0, langs.1).map(Arc::new)).transpose()
    }
}

/// What is printed and counted of findings on their way out.
struct Run<'a> {
    args: &'a CheckArgs,
    console: &'a Console,
    progress: Progress,
    report: CheckReport,
    dismissed: Dismissed,
    /// How many findings were left out, and the keys that did it.
    left_out: u64,
    used: BTreeSet<String>,
}

impl<'a> Run<'a> {
    fn new(args: &'a CheckArgs, console: &'a Console) -> Result<Run<'a>> {
        let dismissed = args.dismissed.as_deref().map(read_dismissed).transpose()?.unwrap_or_default();
        let progress = console.progress("checking");
        Ok(Run { args, console, progress, report: CheckReport::default(), dismissed, left_out: 0, used: BTreeSet::new() })
    }

    /// Adds the lines for one unit to `text`.
    fn add(&mut self, name: &str, unit: &Unit, mut findings: Vec<Finding>, text: &mut String) {
        let left_out = self.dismissed.take(&unit.source, &unit.target, &mut findings);
        self.left_out += left_out.len() as u64;
        self.used.extend(left_out);
        findings.retain(|finding| finding.tier <= self.args.tier);
        for finding in &findings {
            *text += &self.line(name, unit, finding);
            text.push('\n');
        }
        self.report.add(&findings);
    }

    fn line(&self, name: &str, unit: &Unit, finding: &Finding) -> String {
        let message = message(finding, &self.args.messages);
        let key = || finding.key(&unit.source, &unit.target);
        if self.console.wants_json() {
            return serde_json::json!({"unit": name, "finding": finding, "key": key(), "message": message}).to_string();
        }
        let tier = finding.tier.to_string();
        let columns = [name, &finding.check, &tier, &message, &unit.source, &unit.target].map(|c| c.replace(['\t', '\n', '\r'], " "));
        columns.into_iter().chain(self.args.keys.then(key)).collect::<Vec<_>>().join("\t")
    }

    fn print(&self, text: &str) -> Result<()> {
        self.progress.set(self.report.units);
        self.console.out(text)
    }

    /// What was found, in a line; dismissals that nothing answers to, for those who ask.
    fn tell(self) {
        drop(self.progress);
        let report = &self.report;
        let total: u64 = report.findings.values().sum();
        let by_check: Vec<String> = report.findings.iter().map(|(check, n)| format!("{check} {n}")).collect();
        let detail = if by_check.is_empty() { String::new() } else { format!(" ({})", by_check.join(", ")) };
        let dismissed = if self.args.dismissed.is_some() { format!("; {} dismissed", count(self.left_out)) } else { String::new() };
        let (units, found) = (plural(report.units, "units"), plural(total, "findings"));
        self.console.say(&format!("{units} checked: {found}{detail} in {}{dismissed}", plural(report.with_findings, "units")));
        for key in self.dismissed.keys().filter(|key| !self.used.contains(*key)) {
            self.console.detail(&format!("dismissed `{key}` matches no finding any more"));
        }
    }
}
