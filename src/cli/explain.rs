//! `--explain`: everything that is said of one record, for people and as JSON.

use serde::Serialize;

use super::console::{Console, table_left};
use super::judging::{JudgeArgs, Judging, pair};
use crate::error::{Error, Result};
use crate::formats::Rejection;
use crate::model::{Finding, Lang, Unit};
use crate::quality::drops::Reason;
use crate::quality::filters::{FILTERS, Record};
use crate::quality::{Judgement, Reading, message, score};
use crate::semantics::Encoder;
use crate::store::Store;
use crate::text::hash::from_base32;

/// Everything that is said of a record.
#[derive(Serialize)]
struct Explained<'a> {
    record: &'a str,
    source: &'a str,
    target: &'a str,
    score: Option<f64>,
    keep: bool,
    reasons: Vec<Reason>,
    filters: Vec<Measured>,
    scores: Vec<Measured>,
    findings: Vec<Found<'a>>,
    /// What the score is made of.
    features: Vec<(&'static str, f32)>,
}

/// What a filter measures, or a score of another program.
#[derive(Serialize)]
struct Measured {
    name: String,
    /// Of source and target, or of the pair as a whole; empty if it cannot be measured.
    values: Vec<f64>,
    /// What is kept.
    keeps: String,
    keep: bool,
}

/// A finding, and whether the record is dropped for it.
#[derive(Serialize)]
struct Found<'a> {
    message: String,
    drops: bool,
    /// What the rules say of the check; `off` if it drops nothing.
    rule: String,
    finding: &'a Finding,
}

/// Tells everything about a record of a file, or about a unit of a store.
pub(super) fn explain(args: &JudgeArgs, record: &str, console: &Console) -> Result<()> {
    let is_id = from_base32(record).is_some();
    if let Some(id) = from_base32(record).filter(|_| args.file.as_os_str() != "-") {
        let store = Store::open_read_only(&args.file)?;
        let names = store.score_names()?;
        let found = store.unit(&id, &names)?.ok_or_else(|| Error::new(format!("there is no unit `{record}`")).in_file(&args.file))?;
        return tell(&args.judging_with(names, true)?, record, &found.unit, &found.scores, args.no_score, console);
    }
    let number = record.parse::<u64>().ok().filter(|number| *number > 0 && !is_id);
    let number = number.ok_or_else(|| Error::new(format!("`--explain {record}`: neither the number of a record nor the id of a unit")))?;
    let judging = args.judging(true)?;
    match args.record(number)? {
        None => Err(Error::new(format!("there is no record {number}")).in_file(&args.file)),
        Some((Err(rejection), _)) => tell_rejection(&rejection, console),
        Some((Ok(unit), others)) => tell(&judging, record, &unit, &others, args.no_score, console),
    }
}

fn tell_rejection(rejection: &Rejection, console: &Console) -> Result<()> {
    let text = format!("record {}, line {}: cannot be read: {}\n  {}\n", rejection.record, rejection.line, rejection.cause, rejection.text);
    console.result(rejection, &text)
}

fn tell(judging: &Judging, record: &str, unit: &Unit, others: &[Option<f64>], no_score: bool, console: &Console) -> Result<()> {
    let pair = pair(unit);
    let judgement = judging.judge.judge(&[pair]).remove(0);
    let context = &judging.judge.context;
    let features = if no_score { Vec::new() } else { score::measured(&Encoder::shipped(), &[pair], context).concat() };
    let reasons = judging.reasons(&judgement, others);
    let reading = Reading::new(pair, context);
    let of_pair = Record { reading: &reading, score: judgement.score };
    let explained = Explained {
        record,
        source: &unit.source,
        target: &unit.target,
        score: judgement.score,
        keep: reasons.is_empty(),
        filters: filters(judging, &of_pair),
        scores: scores(judging, others),
        findings: findings(judging, &judgement),
        features,
        reasons,
    };
    console.result(&explained, &explained.text())
}

fn filters(judging: &Judging, record: &Record<'_, '_>) -> Vec<Measured> {
    let effective = judging.filtering.effective();
    let measured = FILTERS.iter().map(|filter| {
        let values = (filter.measure)(record);
        let keeps = effective.value(filter.id).to_string();
        let interval = judging.filtering.every.rules.filters().find(|(known, _)| known.id == filter.id).map(|(_, interval)| interval);
        let keep = interval.zip(values).is_none_or(|(interval, values)| values.iter().all(|value| interval.holds(*value)));
        Measured { name: filter.id.to_string(), values: values.map(Vec::from).unwrap_or_default(), keeps, keep }
    });
    measured.collect()
}

fn scores(judging: &Judging, others: &[Option<f64>]) -> Vec<Measured> {
    let intervals = judging.filtering.scores.iter().zip(&judging.filtering.every.scores).zip(others);
    let measured = intervals.map(|((name, interval), value)| Measured {
        name: name.clone(),
        values: value.iter().copied().collect(),
        keeps: interval.to_string(),
        keep: value.is_none_or(|value| interval.holds(value)),
    });
    measured.collect()
}

fn findings<'a>(judging: &Judging, judgement: &'a Judgement) -> Vec<Found<'a>> {
    let found = judgement.findings.iter().map(|finding| {
        let rule = judging.judge.rules.checks().iter().find(|rule| rule.check == finding.check);
        let outweighed = |least: Option<f64>| least.zip(judgement.score).is_some_and(|(least, score)| score >= least);
        let drops = rule.is_some_and(|rule| finding.tier <= rule.tier && !outweighed(rule.unless));
        let rule = rule.map_or("off".to_string(), ToString::to_string);
        Found { message: message(finding, &Lang::EN), drops, rule, finding }
    });
    found.collect()
}

impl Explained<'_> {
    fn text(&self) -> String {
        let score = self.score.map_or("none".to_string(), |score| format!("{score:.4}"));
        let decision = if self.keep { "kept".to_string() } else { format!("dropped for {}", self.reasons.join(", ")) };
        let mut text = format!("record {}: {decision}\n  {}\n  {}\n", self.record, self.source, self.target);
        text += &format!("\ntranslation score {score}\n\n");
        text += &indented(&table_left(&measured_rows("filter", &self.filters)));
        if !self.scores.is_empty() {
            text += &format!("\n{}", indented(&table_left(&measured_rows("score", &self.scores))));
        }
        if self.findings.is_empty() {
            text += "\nno findings\n";
        } else {
            text += "\nfindings\n";
            text += &indented(&self.findings.iter().map(Found::line).collect::<String>());
        }
        if !self.features.is_empty() {
            text += "\nwhat the score is made of\n";
            text += &indented(&table_left(&feature_rows(&self.features)));
        }
        text
    }
}

impl Found<'_> {
    fn line(&self) -> String {
        let Finding { check, tier, .. } = self.finding;
        let verdict = match (self.drops, self.rule.as_str()) {
            (true, rule) => format!("drops: {rule}"),
            (false, "off") => "drops nothing".to_string(),
            (false, rule) => format!("does not drop: {rule}"),
        };
        format!("{check} (tier {tier}; {verdict}): {}\n", self.message)
    }
}

fn measured_rows(what: &str, measured: &[Measured]) -> Vec<Vec<String>> {
    let mut rows = vec![[what, "source", "target", "keeps", ""].map(String::from).to_vec()];
    for Measured { name, values, keeps, keep } in measured {
        let value = |n: usize| values.get(n).map_or(String::new(), |value| short(*value));
        // What is measured of the pair as a whole is said once.
        let second = if values.first() == values.last() { String::new() } else { value(1) };
        let first = if values.is_empty() { "–".to_string() } else { value(0) };
        let verdict = if *keep { "" } else { "drops" };
        rows.push(vec![name.clone(), first, second, keeps.clone(), verdict.to_string()]);
    }
    rows
}

/// Columns of features side by side.
const SIDE_BY_SIDE: usize = 3;

fn feature_rows(features: &[(&'static str, f32)]) -> Vec<Vec<String>> {
    let height = features.len().div_ceil(SIDE_BY_SIDE);
    let cells = |(name, value): &(&str, f32)| [(*name).to_string(), short(f64::from(*value))];
    (0..height).map(|row| (0..SIDE_BY_SIDE).filter_map(|column| features.get(column * height + row)).flat_map(cells).collect()).collect()
}

/// A number with three decimals at the most.
fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
