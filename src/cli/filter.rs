//! `filter`: the records of a file that the rules keep, in the file's own format; the others go to a side file with the reasons.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::console::{Console, count, plural, table};
use super::judging::{JudgeArgs, Judged};
use crate::error::{Error, Result};
use crate::formats::output::SharedOutput;
use crate::formats::{Output, WriteOptions};

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
    /// Write a first line with column names
    #[arg(long)]
    header: bool,
}

/// What became of the records.
#[derive(Default, serde::Serialize)]
struct Tally {
    records: u64,
    kept: u64,
    /// Dropped by each filter or check, whatever else would have dropped them; and by it before any other.
    dropped: BTreeMap<&'static str, Drops>,
}

#[derive(Default, serde::Serialize)]
struct Drops {
    all: u64,
    first: u64,
}

pub(super) fn run(args: &FilterArgs, console: &Console) -> Result<Outcome> {
    let judge = args.judge.judge(false)?;
    let (input, format) = args.judge.open()?;
    let write_units = format.write_units.ok_or_else(|| Error::new(format!("format `{}` cannot be written", format.name)))?;
    let (source_lang, target_lang) = args.judge.lang_pair();
    let options = WriteOptions { source_lang, target_lang, header: args.header, signature: String::new() };
    let kept_file = args.to.as_deref().map(Output::create).transpose()?.map(SharedOutput::new);
    let out: Box<dyn Write + Send> = match &kept_file {
        Some(file) => Box::new(file.clone()),
        None => Box::new(std::io::stdout()),
    };
    let (encoder, mut sink) = write_units(&options, vec![out])?;
    let mut dropped_file = args.dropped.as_deref().map(Output::create).transpose()?;
    let mut tally = Tally::default();
    let progress = console.progress("filtering");
    let work = |judged: Vec<Judged>| {
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        for record in judged {
            match record {
                Ok((unit, judgement)) if judgement.is_kept() => kept.push(unit),
                other => dropped.push((reasons(&other), side_line(&other))),
            }
        }
        Ok((kept.len() as u64, encoder.encode(&kept)?, dropped))
    };
    args.judge.each((input, format), &judge, console, work, |(kept, encoded, dropped)| {
        tally.kept += kept;
        tally.records += kept + dropped.len() as u64;
        sink.append(encoded)?;
        for (reasons, line) in dropped {
            tally.add(&reasons);
            if let Some(file) = &mut dropped_file {
                file.write_all(line.as_bytes())?;
            }
        }
        progress.set(tally.records);
        Ok(())
    })?;
    drop(progress);
    sink.finish()?;
    kept_file.map(SharedOutput::finish).transpose()?;
    dropped_file.map(Output::finish).transpose()?;
    tally.tell(args.to.is_some(), console)?;
    Ok(Outcome::Done)
}

fn reasons(judged: &Judged) -> Vec<&'static str> {
    judged.as_ref().map_or_else(|_| vec!["unreadable"], |(_, judgement)| judgement.reasons.clone())
}

/// What the side file says of a record.
fn side_line(judged: &Judged) -> String {
    let object = match judged {
        Ok((unit, judgement)) => serde_json::json!({
            "record": unit.origin.record, "reasons": judgement.reasons, "score": judgement.score, "source": unit.source, "target": unit.target,
        }),
        Err(rejection) => serde_json::json!({
            "record": rejection.record, "reasons": ["unreadable"], "cause": rejection.cause, "line": rejection.line, "text": rejection.text,
        }),
    };
    object.to_string() + "\n"
}

impl Tally {
    fn add(&mut self, reasons: &[&'static str]) {
        for (n, reason) in reasons.iter().enumerate() {
            let drops = self.dropped.entry(reason).or_default();
            drops.all += 1;
            drops.first += u64::from(n == 0);
        }
    }

    fn tell(&self, data_is_elsewhere: bool, console: &Console) -> Result<()> {
        if console.wants_json() && data_is_elsewhere {
            console.out(&(serde_json::to_string(self).expect("plain data") + "\n"))?;
        }
        console.say(&format!("{} read, {} kept", plural(self.records, "records"), count(self.kept)));
        if !self.dropped.is_empty() {
            let head = ["dropped by", "alone or not", "before others"].map(String::from).to_vec();
            let mut rows = vec![head];
            rows.extend(self.dropped.iter().map(|(reason, drops)| vec![(*reason).to_string(), count(drops.all), count(drops.first)]));
            console.say(&table(&rows));
        }
        Ok(())
    }
}
