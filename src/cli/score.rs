//! `score`: what is said of each record of a file of units, one line each.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::console::{Console, plural};
use super::explain::explain;
use super::judging::{JudgeArgs, Judged, JudgedRecord, JudgedUnit, Said};
use crate::error::Result;
use crate::model::Finding;
use crate::quality::drops::{Reason, UNREADABLE};

/// Print a score, a decision and findings for each record of a file, in order
#[derive(Args)]
#[command(
    after_help = "Each line is `{\"record\": n, \"score\": 0..1, \"keep\": bool, \"reasons\": [...], \"findings\": [...]}`, with `--scores` also `\"scores\": {name: number}`; a record that cannot be read has the reason `unreadable` and a `cause`."
)]
pub(super) struct ScoreArgs {
    #[command(flatten)]
    judge: JudgeArgs,
    /// What is printed for each record: an object, or the score alone
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    output_format: OutputFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// An object.
    Jsonl,
    /// The score alone.
    Tsv,
}

pub(super) fn run(args: &ScoreArgs, console: &Console) -> Result<Outcome> {
    if let Some(record) = &args.judge.explain {
        return explain(&args.judge, record, console).map(|()| Outcome::Done);
    }
    let judging = args.judge.judging(true)?;
    let (mut records, mut kept) = (0, 0);
    let progress = console.progress("scoring");
    let lines = |judged: Judged| {
        let kept = judged.iter().flatten().filter(|judged| judged.said.reasons.is_empty()).count();
        let lines: String = judged.iter().map(|record| line(&record, &judging.filtering.scores, args.output_format)).collect();
        Ok((judged.len(), kept, lines))
    };
    args.judge.each(args.judge.open()?, &judging, console, lines, |(count, count_kept, text)| {
        records += count as u64;
        kept += count_kept as u64;
        progress.set(records);
        console.out(&text)
    })?;
    drop(progress);
    console.say(&format!("{} scored, {kept} would be kept", plural(records, "records")));
    Ok(Outcome::Done)
}

/// What is printed for a record.
#[derive(serde::Serialize)]
struct Line<'a> {
    record: u64,
    score: Option<f64>,
    keep: bool,
    reasons: &'a [Reason],
    findings: &'a [Finding],
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<BTreeMap<&'a str, f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
}

fn line(judged: &JudgedRecord<'_>, names: &[String], format: OutputFormat) -> String {
    let score = judged.as_ref().map_or(0.0, |judged| judged.said.judgement.score.unwrap_or(0.0));
    // Six decimals are what the score is good for.
    let score = (score * 1e6).round() / 1e6;
    if format == OutputFormat::Tsv {
        return format!("{score}\n");
    }
    let line = match judged {
        Ok(JudgedUnit { record, said: Said { judgement, others, reasons }, .. }) => Line {
            record: *record,
            score: judgement.score.map(|_| score),
            keep: reasons.is_empty(),
            reasons,
            findings: &judgement.findings,
            scores: (!names.is_empty())
                .then(|| names.iter().zip(others).filter_map(|(name, value)| Some((name.as_str(), (*value)?))).collect()),
            cause: None,
        },
        Err(rejection) => Line {
            record: rejection.record,
            score: Some(0.0),
            keep: false,
            reasons: &[Reason::Borrowed(UNREADABLE)],
            findings: &[],
            scores: None,
            cause: Some(&rejection.cause),
        },
    };
    serde_json::to_string(&line).expect("plain data") + "\n"
}
