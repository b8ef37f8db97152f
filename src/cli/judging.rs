//! What `score` and `filter` have in common: which records, which rules, and a judgement for each record in order.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::console::Console;
use super::langs::LangArgs;
use super::scores::{ScoreFile, named_file};
use crate::error::{Error, Result};
use crate::formats::{self, Batch, Batches, Format, Input, Read, ReadOptions, Rejection};
use crate::ingest::checking::read_words;
use crate::model::{Lang, Unit};
use crate::quality::drops::Reason;
use crate::quality::filtering::{Filtering, Keep};
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
    /// Another interval for a filter or for a score of `--scores`, such as `translation=0.5..` or `words=1..80`; `off` keeps everything
    #[arg(long = "set", value_name = "FILTER=LEAST..MOST", value_parser = setting)]
    set: Vec<(String, Interval)>,
    /// Words and phrases that no text may have, one a line, for the filter `words-listed`
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Checks to leave out, separated by commas (see `bitexto checks`)
    #[arg(long, value_name = "CHECKS", value_delimiter = ',')]
    off: Vec<String>,
    /// Give no translation score: cheap filters and checks only
    #[arg(long)]
    pub(super) no_score: bool,
    /// Scores of another program: a number on each line, one for each record in order. What is kept is for `--set NAME=LEAST..MOST` to say; without a
    /// name it is called like the file
    #[arg(long, value_name = "[NAME=]FILE", value_parser = named_file)]
    scores: Vec<(String, PathBuf)>,
    /// Tell everything that is said of one record, by its number; of a unit of a store, by its id
    #[arg(long, value_name = "RECORD")]
    pub(super) explain: Option<String>,
}

/// `FILTER=LEAST..MOST`, either of them left out for no bound, or `FILTER=off`.
pub(super) fn setting(text: &str) -> Result<(String, Interval), String> {
    let (filter, values) = text.split_once('=').ok_or_else(|| format!("`{text}` is not FILTER=LEAST..MOST"))?;
    Ok((filter.to_string(), values.parse()?))
}

/// What is kept: rules, changed by settings of filters and of the scores of these names.
pub(super) fn filtering(mut rules: Rules, settings: &[(String, Interval)], scores: Vec<String>) -> Result<Filtering> {
    let mut intervals = vec![Interval::ANY; scores.len()];
    for (name, interval) in settings {
        if let Some(n) = scores.iter().position(|score| score == name) {
            intervals[n] = *interval;
            continue;
        }
        rules = rules.with(name, *interval).map_err(|cause| {
            let ids: Vec<_> = FILTERS.iter().map(|filter| filter.id).chain(scores.iter().map(String::as_str)).collect();
            Error::new(cause).hint(format!("filters: {}", ids.join(", ")))
        })?;
    }
    Ok(Filtering { scores, every: Keep { rules, scores: intervals }, sources: BTreeMap::new() })
}

/// What judges records.
pub(super) struct Judging {
    /// Scores, findings, and the rules' own reasons.
    pub(super) judge: Judge,
    /// What is kept, scores of other programs included.
    pub(super) filtering: Filtering,
}

/// What is said of a record.
pub(super) struct Said {
    /// The judgement; its `reasons` are those of the rules only.
    pub(super) judgement: Judgement,
    /// The scores of other programs.
    pub(super) others: Vec<Option<f64>>,
    /// Everything the record is dropped for.
    pub(super) reasons: Vec<Reason>,
}

/// A record and what is said of it.
pub(super) struct JudgedUnit<'a> {
    /// Its number, from 1.
    pub(super) record: u64,
    /// The record.
    pub(super) unit: &'a Unit,
    /// What is said of it.
    pub(super) said: &'a Said,
}

/// A record and what is said of it, or why it could not be read.
pub(super) type JudgedRecord<'a> = Result<JudgedUnit<'a>, &'a Rejection>;

/// Some records in their order, and what is said of each. The records stay where they were read to: they are large.
pub(super) struct Judged {
    first: u64,
    records: Vec<Read<Unit>>,
    /// Nothing of those that could not be read.
    said: Vec<Option<Said>>,
}

impl Judged {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// Each of them, or why it could not be read.
    pub(super) fn iter(&self) -> impl Iterator<Item = JudgedRecord<'_>> {
        let all = self.records.iter().zip(&self.said).zip(self.first..);
        all.map(|((unit, said), record)| match (unit, said) {
            (Ok(unit), said) => Ok(JudgedUnit { record, unit, said: said.as_ref().expect("all that were read are judged") }),
            (Err(rejection), _) => Err(&**rejection),
        })
    }

    /// Those that nothing drops.
    pub(super) fn kept(self) -> Vec<Unit> {
        let mut kept = Vec::with_capacity(self.records.len());
        for (unit, said) in self.records.into_iter().zip(&self.said) {
            if let (Ok(unit), Some(said)) = (unit, said)
                && said.reasons.is_empty()
            {
                kept.push(unit);
            }
        }
        kept
    }
}

/// A record with its scores of other programs.
type Scored = (Read<Unit>, Vec<Option<f64>>);

/// A batch with the number of its first record, and the scores of other programs for each record.
struct Numbered {
    first: u64,
    batch: Batch,
    others: Vec<Vec<Option<f64>>>,
}

impl JudgeArgs {
    /// What judges the records; without `findings` only the checks run that can drop a record.
    pub(super) fn judging(&self, findings: bool) -> Result<Judging> {
        let names: Vec<String> = self.scores.iter().map(|(name, _)| name.clone()).collect();
        for (n, name) in names.iter().enumerate() {
            if names[..n].contains(name) || FILTERS.iter().any(|filter| filter.id == name) {
                let cause = format!("`--scores`: the name `{name}` is taken");
                return Err(Error::new(cause).hint("give the scores a name: `--scores NAME=FILE`"));
            }
        }
        self.judging_with(names, findings)
    }

    /// The same with scores of these names.
    pub(super) fn judging_with(&self, names: Vec<String>, findings: bool) -> Result<Judging> {
        let filtering = filtering(Rules::of(self.preset), &self.set, names)?;
        let rules = filtering.every.rules.clone();
        let dropping = rules.checks().iter().map(|drops| drops.check);
        let checks = if findings { Ok(Selection::all()) } else { Selection::only(dropping) };
        let checks =
            checks.and_then(|checks| checks.without(self.off.iter().map(String::as_str))).map_err(|e| Error::new(e.to_string()))?;
        let words = self.words.as_deref().map(read_words).transpose()?.map(Arc::new);
        let (scorer, context) = ((!self.no_score).then(Scorer::shipped), Context { words, ..Context::shipped() });
        Ok(Judging { judge: Judge { scorer, checks, all_findings: findings, rules, context }, filtering })
    }

    /// The languages of both sides, Spanish and English unless said otherwise.
    pub(super) fn lang_pair(&self) -> (Lang, Lang) {
        (self.langs.source_lang.unwrap_or(Lang::ES), self.langs.target_lang.unwrap_or(Lang::EN))
    }

    /// What the file is called in tables.
    pub(super) fn name(&self) -> String {
        if self.file.as_os_str() == "-" { "standard input".to_string() } else { self.file.to_string_lossy().into_owned() }
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
        judging: &Judging,
        console: &Console,
        work: impl Fn(Judged) -> Result<R> + Sync,
        mut sink: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        let mut scores = self.scores.iter().map(|(_, path)| ScoreFile::open(path)).collect::<Result<Vec<_>>>()?;
        let mut records = 0;
        let numbered = self.batches((input, format))?.map(|batch| number(batch?, &mut scores, &mut records));
        console.pool()?.map_ordered(numbered, |numbered| work(judging.judged(numbered)), |made| sink(made?))?;
        scores.into_iter().try_for_each(|file| file.finish(records))
    }

    /// One record with the scores of other programs; `None` if there are not so many.
    pub(super) fn record(&self, wanted: u64) -> Result<Option<Scored>> {
        let mut scores = self.scores.iter().map(|(_, path)| ScoreFile::open(path)).collect::<Result<Vec<_>>>()?;
        let mut records = 0;
        for batch in self.batches(self.open()?)? {
            let Numbered { first, batch, others } = number(batch?, &mut scores, &mut records)?;
            let found = batch.read().into_iter().zip(others).zip(first..).find(|(_, record)| *record == wanted);
            if let Some((found, _)) = found {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn batches(&self, (input, format): (Input, &'static Format)) -> Result<Batches> {
        let read = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
        let (source_lang, target_lang) = self.lang_pair();
        read(vec![input], &ReadOptions { source_lang, target_lang })
    }
}

/// A batch with the number of its first record, and what other programs say of each.
fn number(batch: Batch, scores: &mut [ScoreFile], before: &mut u64) -> Result<Numbered> {
    let first = *before + 1;
    let (batch, records) = batch.counted();
    *before += records as u64;
    let of_record = |record| scores.iter_mut().map(|file| file.next(record).map(Some)).collect::<Result<Vec<_>>>();
    let others = (first..=*before).map(of_record).collect::<Result<_>>()?;
    Ok(Numbered { first, batch, others })
}

impl Judging {
    fn judged(&self, Numbered { first, batch, others }: Numbered) -> Judged {
        let records = batch.read();
        let pairs: Vec<Pair<'_>> = records.iter().flatten().map(pair).collect();
        let mut judgements = self.judge.judge(&pairs).into_iter();
        let said = records.iter().zip(others).map(|(unit, others)| {
            let judgement = unit.is_ok().then(|| judgements.next().expect("one for each unit"))?;
            let reasons = self.reasons(&judgement, &others);
            Some(Said { judgement, others, reasons })
        });
        let said = said.collect();
        Judged { first, records, said }
    }

    /// Everything a record is dropped for.
    pub(super) fn reasons(&self, judgement: &Judgement, others: &[Option<f64>]) -> Vec<Reason> {
        let own = judgement.reasons.iter().map(|reason| Reason::Borrowed(*reason));
        own.chain(self.filtering.score_reasons("", others)).collect()
    }
}

/// The texts of a unit.
pub(super) fn pair(unit: &Unit) -> Pair<'_> {
    Pair { source: &unit.source, target: &unit.target, source_lang: unit.source_lang, target_lang: unit.target_lang }
}
