//! `check`: findings in a store or in a file of units.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::Outcome;
use super::console::{Console, plural};
use super::langs::LangArgs;
use crate::error::{Error, Result};
use crate::formats::{self, Input, ReadOptions};
use crate::ingest::checking::{CheckReport, context, find, read_terms};
use crate::model::{Finding, Lang, Unit};
use crate::quality::{Context, Selection, TermList, message};
use crate::store::{Store, StoredUnit, UnitQuery};

/// Report what looks wrong in a store or a file of units; exits with 1 when there is something
#[derive(Args)]
#[command(after_help = "Columns: unit (its id, or the record's number) check tier message source target")]
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
    /// How terms must be translated: a table of term, translation, and `forbidden` where it must not be translated so
    #[arg(long, value_name = "FILE")]
    glossary: Option<PathBuf>,
    /// Only findings of this tier or a more pressing one: 1 interrupts, 2 is a detail, 3 is for reports
    #[arg(long, value_name = "TIER", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=3))]
    tier: u8,
    /// Language of the messages: es or en
    #[arg(long, value_name = "LANG", default_value = "en")]
    messages: Lang,
    /// Print a first line with column names
    #[arg(long)]
    header: bool,
    /// Exit with 0 even when something was found
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &CheckArgs, console: &Console) -> Result<Outcome> {
    let selection = Selection::all().without(args.off.iter().map(String::as_str)).map_err(|e| Error::new(e.to_string()))?;
    if args.header && !console.wants_json() {
        console.out("unit\tcheck\ttier\tmessage\tsource\ttarget\n")?;
    }
    let is_store = args.file.as_os_str() != "-" && args.format.is_none() && Store::open_read_only(&args.file).is_ok();
    let report = if is_store { check_store(args, &selection, console)? } else { check_file(args, &selection, console)? };
    let total: u64 = report.findings.values().sum();
    let by_check: Vec<String> = report.findings.iter().map(|(check, n)| format!("{check} {n}")).collect();
    let detail = if by_check.is_empty() { String::new() } else { format!(" ({})", by_check.join(", ")) };
    console.say(&format!(
        "{} checked: {}{detail} in {}",
        plural(report.units, "units"),
        plural(total, "findings"),
        plural(report.with_findings, "units")
    ));
    Ok(Outcome::found_if(total > 0 && !args.exit_zero))
}

/// Checks the units of a store; the store stays as it is.
fn check_store(args: &CheckArgs, selection: &Selection, console: &Console) -> Result<CheckReport> {
    let store = Store::open_read_only(&args.file)?;
    let context = Context { terms: args.terms()?, ..context(&store)? };
    let mut report = CheckReport::default();
    let check = |page: Vec<StoredUnit>| {
        let checked = page.into_iter().map(|stored| (find(&stored.unit, &context, selection), stored.unit));
        checked.collect::<Vec<_>>()
    };
    console.pool()?.map_ordered(store.unit_pages(UnitQuery::default(), 1000)?, check, |checked| {
        let mut text = String::new();
        for (findings, unit) in checked {
            let name = unit.id.clone().unwrap_or_default();
            args.print(&name, &unit, findings, console, &mut report, &mut text);
        }
        console.out(&text)
    })?;
    Ok(report)
}

fn check_file(args: &CheckArgs, selection: &Selection, console: &Console) -> Result<CheckReport> {
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
    let mut report = CheckReport::default();
    let check = |batch: formats::Batch| {
        let checked = batch().into_iter().map(|read| read.map(|unit| (find(&unit, &context, selection), unit)));
        checked.collect::<Vec<_>>()
    };
    console.pool()?.map_ordered(read(vec![input], &options)?, check, |checked| {
        let mut text = String::new();
        for result in checked {
            match result {
                Ok((findings, unit)) => {
                    let name = unit.origin.record.unwrap_or(0).to_string();
                    args.print(&name, &unit, findings, console, &mut report, &mut text);
                }
                Err(rejection) => console.warn(&format!("{}:{}: {}", rejection.file, rejection.line, rejection.cause)),
            }
        }
        console.out(&text)
    })?;
    Ok(report)
}

impl CheckArgs {
    fn terms(&self) -> Result<Option<Arc<TermList>>> {
        let langs = (self.langs.source_lang.unwrap_or(Lang::ES), self.langs.target_lang.unwrap_or(Lang::EN));
        self.glossary.as_deref().map(|path| read_terms(path, langs.0, langs.1).map(Arc::new)).transpose()
    }

    /// Adds the lines for one unit to `text`.
    fn print(&self, name: &str, unit: &Unit, mut findings: Vec<Finding>, console: &Console, report: &mut CheckReport, text: &mut String) {
        findings.retain(|finding| finding.tier <= self.tier);
        for finding in &findings {
            let line = if console.wants_json() {
                serde_json::json!({"unit": name, "finding": finding, "message": message(finding, &self.messages)}).to_string()
            } else {
                let columns =
                    [name, &finding.check, &finding.tier.to_string(), &message(finding, &self.messages), &unit.source, &unit.target];
                columns.map(|column| column.replace(['\t', '\n', '\r'], " ")).join("\t")
            };
            text.push_str(&line);
            text.push('\n');
        }
        report.add(&findings);
    }
}
