//! What `score` and `filter` have in common: which records, which rules, and a judgement for each record in order.

use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::langs::LangArgs;
use crate::error::{Error, Result};
use crate::formats::{self, Batch, Format, Input, Read, ReadOptions, Rejection};
use crate::model::{Lang, Unit};
use crate::quality::filters::{FILTERS, Interval};
use crate::quality::score::Scorer;
use crate::quality::{Context, Judge, Judgement, Pair, Preset, Rules, Selection};

#[derive(Args)]
pub(super) struct JudgeArgs {
    /// A file of units; `-` is standard input
    #[arg(default_value = "-")]
    pub(super) file: PathBuf,
    /// The format of the file; found out by default
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    pub(super) langs: LangArgs,
    /// The encoding, if it is no Unicode
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Where the rules begin: training, strict or review
    #[arg(long, value_name = "PRESET", default_value = Preset::Training.name(), value_parser = |name: &str| Preset::named(name))]
    preset: Preset,
    /// Another interval for a filter, such as `translation=0.5..` or `words=1..80`; `off` keeps everything
    #[arg(long = "set", value_name = "FILTER=LEAST..MOST", value_parser = interval)]
    set: Vec<(String, Interval)>,
    /// Checks to leave out, separated by commas (see `bitexto checks`)
    #[arg(long, value_name = "CHECKS", value_delimiter = ',')]
    off: Vec<String>,
    /// Give no translation score: cheap filters and checks only
    #[arg(long)]
    no_score: bool,
}

/// `FILTER=LEAST..MOST`, either of them left out for no bound, or `FILTER=off`.
fn interval(text: &str) -> Result<(String, Interval), String> {
    let (filter, values) = text.split_once('=').ok_or_else(|| format!("`{text}` is not FILTER=LEAST..MOST"))?;
    if values == "off" {
        return Ok((filter.to_string(), Interval::ANY));
    }
    let (least, most) = values.split_once("..").ok_or_else(|| format!("`{values}` is not LEAST..MOST, such as 0.5.. or 1..80"))?;
    let number = |text: &str, open: f64| match text.trim() {
        "" => Ok(open),
        number => number.parse::<f64>().map_err(|_| format!("`{number}` is no number")),
    };
    let interval = Interval { least: number(least, f64::NEG_INFINITY)?, most: number(most, f64::INFINITY)? };
    if interval.least <= interval.most { Ok((filter.to_string(), interval)) } else { Err(format!("`{values}` is empty")) }
}

/// A record and what is said of it, or why it could not be read.
pub(super) type Judged = Result<(Unit, Judgement), Box<Rejection>>;

impl JudgeArgs {
    /// What judges the records; without `findings` only the checks run that can drop a record.
    pub(super) fn judge(&self, findings: bool) -> Result<Judge> {
        let mut rules = Rules::of(self.preset);
        for (filter, interval) in &self.set {
            rules = rules.with(filter, *interval).map_err(|cause| {
                let ids: Vec<_> = FILTERS.iter().map(|filter| filter.id).collect();
                Error::new(cause).hint(format!("filters: {}", ids.join(", ")))
            })?;
        }
        let dropping = rules.checks().iter().map(|drops| drops.check);
        let checks = if findings { Ok(Selection::all()) } else { Selection::only(dropping) };
        let checks =
            checks.and_then(|checks| checks.without(self.off.iter().map(String::as_str))).map_err(|e| Error::new(e.to_string()))?;
        Ok(Judge { scorer: (!self.no_score).then(Scorer::shipped), checks, all_findings: findings, rules, context: Context::shipped() })
    }

    /// The languages of both sides, Spanish and English unless said otherwise.
    pub(super) fn lang_pair(&self) -> (Lang, Lang) {
        (self.langs.source_lang.unwrap_or(Lang::ES), self.langs.target_lang.unwrap_or(Lang::EN))
    }

    pub(super) fn open(&self) -> Result<(Input, &'static Format)> {
        let mut input = Input::open(&self.file, self.encoding.as_deref())?;
        let format = match &self.format {
            Some(name) => formats::by_name(name)?,
            None => formats::detect(&self.file, input.head()?, |f| f.read_units.is_some() && f.files == 1)
                .ok_or_else(|| Error::new("in no format that holds units").in_file(&self.file).hint("name its `--format`"))?,
        };
        Ok((input, format))
    }

    /// Judges every record and hands them over in their order, some hundred at a time. What `work` makes of them is made on the workers.
    pub(super) fn each<R: Send>(
        &self,
        (input, format): (Input, &'static Format),
        judge: &Judge,
        console: &Console,
        work: impl Fn(Vec<Judged>) -> Result<R> + Sync,
        mut sink: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        let read = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
        let (source_lang, target_lang) = self.lang_pair();
        let batches = read(vec![input], &ReadOptions { source_lang, target_lang })?;
        console.pool()?.map_ordered(batches, |batch: Batch| work(judged(judge, batch())), |made| sink(made?))
    }
}

fn judged(judge: &Judge, records: Vec<Read<Unit>>) -> Vec<Judged> {
    let readable = records.iter().flatten();
    let pairs: Vec<Pair<'_>> = readable
        .map(|unit| Pair { source: &unit.source, target: &unit.target, source_lang: unit.source_lang, target_lang: unit.target_lang })
        .collect();
    let mut judgements = judge.judge(&pairs).into_iter();
    records.into_iter().map(|record| record.map(|unit| (unit, judgements.next().expect("one for each unit")))).collect()
}
