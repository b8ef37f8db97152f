//! `filter`: the records of a file that the rules keep, in the file's own format; the others go to a side file with the reasons.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::console::{Console, count, plural};
use super::explain::explain;
use super::judging::{JudgeArgs, Judged, JudgedRecord, JudgedUnit};
use super::{Outcome, drops};
use crate::error::{Error, Result};
use crate::formats::output::SharedOutput;
use crate::formats::{Encoded, Output, WriteOptions};
use crate::model::Unit;
use crate::quality::drops::{Drops, Example, Reason, UNREADABLE, Warning, in_order};
use crate::quality::filtering::Effective;

/// Keep the good records of a file of units
#[derive(Args)]
pub(super) struct FilterArgs {
    #[command(flatten)]
    judge: JudgeArgs,
    /// Where the kept records go; standard output by default
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Where the others go: one object a line, with the texts, the reasons and the score
    #[arg(long, value_name = "FILE")]
    dropped: Option<PathBuf>,
    /// Show some of what was dropped by each filter
    #[arg(long)]
    examples: bool,
    /// Write a first line with column names
    #[arg(long)]
    header: bool,
}

/// What was made of some records.
struct Sorted {
    encoded: Encoded,
    kept: u64,
    drops: Drops,
    lines: String,
}

pub(super) fn run(args: &FilterArgs, console: &Console) -> Result<Outcome> {
    if let Some(record) = &args.judge.explain {
        return explain(&args.judge, record, console).map(|()| Outcome::Done);
    }
    let judging = args.judge.judging(false)?;
    let (input, format) = args.judge.open()?;
    let write_units = format.write_units.ok_or_else(|| Error::new(format!("format `{}` cannot be written", format.name)))?;
    let (source_lang, target_lang) = args.judge.lang_pair();
    let options = WriteOptions { source_lang, target_lang, header: args.header, ..WriteOptions::default() };
    let kept_file = args.to.as_deref().map(Output::create).transpose()?.map(SharedOutput::new);
    let out: Box<dyn Write + Send> = match &kept_file {
        Some(file) => Box::new(file.clone()),
        None => Box::new(std::io::stdout()),
    };
    let (encoder, mut sink) = write_units(&options, vec![out])?;
    let mut dropped_file = args.dropped.as_deref().map(Output::create).transpose()?;
    let (mut all, mut read, mut kept) = (Drops::default(), 0, 0);
    let progress = console.progress("filtering");
    let name = args.judge.name();
    let work = |judged: Judged| {
        let records = judged.len() as u64;
        let (drops, lines) = counted(&judged, &name, args.dropped.is_some());
        let units = judged.kept();
        Ok((records, Sorted { encoded: encoder.encode(&units)?, kept: units.len() as u64, drops, lines }))
    };
    args.judge.each((input, format), &judging, console, work, |(records, sorted)| {
        (read, kept) = (read + records, kept + sorted.kept);
        sink.append(sorted.encoded)?;
        all.merge(sorted.drops);
        if let Some(file) = &mut dropped_file {
            file.write_all(sorted.lines.as_bytes())?;
        }
        progress.set(read);
        Ok(())
    })?;
    drop(progress);
    sink.finish()?;
    let written = || (kept != all.kept).then(|| format!("{kept} were written, {} kept", all.kept));
    if let Some(flaw) = all.flaw(read).or_else(written) {
        return Err(Error::new(format!("the records do not add up: {flaw}")));
    }
    kept_file.map(SharedOutput::finish).transpose()?;
    dropped_file.map(Output::finish).transpose()?;
    tell(&all, &judging.filtering.effective(), args, console)?;
    Ok(Outcome::Done)
}

/// How many are kept, the others by their reasons, and the lines of the side file if it is asked for.
fn counted(judged: &Judged, file: &str, wants_lines: bool) -> (Drops, String) {
    let (mut drops, mut lines) = (Drops::default(), String::new());
    for judged in judged.iter() {
        match &judged {
            Ok(JudgedUnit { unit, said, .. }) if said.reasons.is_empty() => drops.add_kept(source(unit, file)),
            _ => {
                count_dropped(&judged, file, &mut drops);
                if wants_lines {
                    lines += &side_line(&judged);
                }
            }
        }
    }
    (drops, lines)
}

/// The source of a unit: the file that it says it comes from, or else the file it was read from.
fn source<'a>(unit: &'a Unit, file: &'a str) -> &'a str {
    if unit.origin.file.is_empty() { file } else { &unit.origin.file }
}

fn count_dropped(judged: &JudgedRecord<'_>, file: &str, drops: &mut Drops) {
    match judged {
        Ok(JudgedUnit { record, unit, said }) => {
            let mut reasons = said.reasons.clone();
            in_order(&mut reasons);
            let example = || Example::new(&unit.source, &unit.target, said.judgement.score);
            drops.add_dropped(source(unit, file), &record.to_string(), &reasons, example);
        }
        Err(rejection) => {
            let example = || {
                let mut example = Example::new(&rejection.text, "", None);
                example.reasons.push(rejection.cause.clone());
                example
            };
            drops.add_dropped(file, &rejection.record.to_string(), &[Reason::Borrowed(UNREADABLE)], example);
        }
    }
}

/// What the side file says of a record.
fn side_line(judged: &JudgedRecord<'_>) -> String {
    let object = match judged {
        Ok(JudgedUnit { record, unit, said }) => serde_json::json!({
            "record": record, "reasons": said.reasons, "score": said.judgement.score, "source": unit.source, "target": unit.target,
        }),
        Err(rejection) => serde_json::json!({
            "record": rejection.record, "reasons": [UNREADABLE], "cause": rejection.cause, "line": rejection.line, "text": rejection.text,
        }),
    };
    object.to_string() + "\n"
}

/// What `--json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    drops: &'a Drops,
    warnings: Vec<Warning>,
    filter: &'a Effective,
}

fn tell(all: &Drops, effective: &Effective, args: &FilterArgs, console: &Console) -> Result<()> {
    if console.wants_json() && args.to.is_some() {
        let printed = Printed { drops: all, warnings: all.warnings(), filter: effective };
        console.out(&(serde_json::to_string(&printed).expect("plain data") + "\n"))?;
    }
    console.say(&format!("{} read, {} kept", plural(all.records, "records"), count(all.kept)));
    if all.total() > 0 {
        console.say(drops::drops_table(all).trim_end());
    }
    if args.examples || console.is_verbose() {
        console.say(drops::examples(all).trim_end());
    }
    drops::warn(all, console);
    Ok(())
}
