//! `clean`: the records of a file as the chosen rules leave them, in the file's own format, and what each rule did.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use self::tally::{Tally, Worked};
use super::Outcome;
use super::console::{Console, table};
use super::langs::LangArgs;
use crate::error::{Error, Result};
use crate::formats::output::SharedOutput;
use crate::formats::{self, Batch, Batches, Encoded, Encoder, Format, Input, Output, Read, ReadOptions, Sink, WriteOptions};
use crate::model::{Lang, Unit};
use crate::quality::Pair;
use crate::quality::clean::{Cleaning, Counts, RULES, UnknownRule};

mod plain;
mod samples;
mod tally;

/// Repair the texts of a file by rules that you choose: encodings, entities, tags, spaces, quotation marks …
#[derive(Args)]
pub(super) struct CleanArgs {
    /// A file of units, or with `--lang` of plain text; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The rules, separated by commas; `all` is all but those that mask, `repairs` those that only undo what went wrong (see `--list`)
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    rules: Vec<String>,
    /// List the rules
    #[arg(long, conflicts_with_all = ["rules", "dry_run"])]
    list: bool,
    /// Write nothing; tell what the rules would do, or what each alone would do if none is named
    #[arg(long, conflicts_with = "to")]
    dry_run: bool,
    /// The file is plain text in this language, a segment a line
    #[arg(long, value_name = "LANG", conflicts_with_all = ["format", "source_lang", "target_lang", "header"])]
    lang: Option<Lang>,
    /// The format of the file; found out by default
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    langs: LangArgs,
    /// The encoding, if it is no Unicode
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Where the records go; standard output by default
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Where records go that cannot be read: one object a line, with place and cause
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    /// How many changes of each rule are shown
    #[arg(long, value_name = "N", default_value_t = 3)]
    samples: usize,
    /// Which changes are shown
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// Write a first line with column names
    #[arg(long)]
    header: bool,
}

pub(super) fn run(args: &CleanArgs, console: &Console) -> Result<Outcome> {
    if args.list {
        return list(console);
    }
    let cleanings = args.cleanings()?;
    let Source { batches, format } = args.open()?;
    let signature = cleanings.iter().fold(crate::model::Signature::default(), |all, cleaning| all.and(&cleaning.signature()));
    let file = args.to.as_deref().map(Output::create).transpose()?.map(SharedOutput::new);
    let out: Box<dyn Write + Send> = match &file {
        _ if args.dry_run => Box::new(std::io::sink()),
        Some(file) => Box::new(file.clone()),
        None => Box::new(std::io::stdout()),
    };
    let (encoder, mut sink) = args.writer(format, signature.to_string(), out)?;
    let mut rejected = args.rejected.as_deref().map(Output::create).transpose()?;
    let mut tally = Tally::new(args.samples);
    let progress = console.progress("cleaning");
    let work = |batch: Batch| -> Result<(Encoded, Worked)> {
        let mut worked = Worked::new(args.samples, args.seed);
        let units = batch.read().into_iter().map(|record| args.cleaned(record, &cleanings, &mut worked)).collect::<Result<Vec<_>>>()?;
        Ok((encoder.encode(&units.into_iter().flatten().collect::<Vec<_>>())?, worked))
    };
    console.pool()?.map_ordered(batches, work, |made| {
        let (encoded, worked) = made?;
        sink.append(encoded)?;
        if let Some(file) = &mut rejected {
            for rejection in &worked.rejected {
                file.write_all((serde_json::to_string(rejection).expect("plain data") + "\n").as_bytes())?;
            }
        }
        tally.add(worked);
        progress.set(tally.records);
        Ok(())
    })?;
    drop(progress);
    sink.finish()?;
    file.map(SharedOutput::finish).transpose()?;
    rejected.map(Output::finish).transpose()?;
    tally.tell(args.to.is_some() || args.dry_run, console)?;
    Ok(Outcome::found_if(tally.too_many_unreadable()))
}

/// What is read, and the format it is in; none for plain text.
struct Source {
    batches: Batches,
    format: Option<&'static Format>,
}

impl CleanArgs {
    /// The rules to apply one after the other; in a dry run without any, each rule for itself.
    fn cleanings(&self) -> Result<Vec<Cleaning>> {
        let unknown = |e: UnknownRule| Error::new(e.to_string()).hint(format!("rules: {}; or `all`, `repairs`", ids()));
        match (self.rules.is_empty(), self.dry_run) {
            (false, _) => Ok(vec![Cleaning::of(self.rules.iter().map(String::as_str)).map_err(unknown)?]),
            (true, true) => RULES.iter().map(|rule| Cleaning::of([rule.id]).map_err(unknown)).collect(),
            (true, false) => Err(Error::new("no `--rules` named: texts are not changed by a guess")
                .hint(format!("rules: {}; or `all`, `repairs`; `--dry-run` tells what each would do", ids()))),
        }
    }

    fn lang_pair(&self) -> (Lang, Lang) {
        let of = |lang: Option<Lang>, usual| self.lang.or(lang).unwrap_or(usual);
        (of(self.langs.source_lang, Lang::ES), of(self.langs.target_lang, Lang::EN))
    }

    fn open(&self) -> Result<Source> {
        let mut input = Input::open(&self.file, self.encoding.as_deref())?;
        if let Some(lang) = self.lang {
            return Ok(Source { batches: plain::batches(input, lang), format: None });
        }
        let format = match &self.format {
            Some(name) => formats::by_name(name)?,
            None => formats::detect(&self.file, input.head()?, |f| f.read_units.is_some() && f.files == 1).ok_or_else(|| {
                Error::new("in no format that holds units").in_file(&self.file).hint("name its `--format`, or `--lang` for plain text")
            })?,
        };
        let read = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
        let (source_lang, target_lang) = self.lang_pair();
        Ok(Source { batches: read(vec![input], &ReadOptions { source_lang, target_lang })?, format: Some(format) })
    }

    fn writer(
        &self,
        format: Option<&'static Format>,
        signature: String,
        out: Box<dyn Write + Send>,
    ) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
        let Some(format) = format else { return Ok((Box::new(plain::OnLines), Box::new(plain::File(out)))) };
        let write = format.write_units.ok_or_else(|| Error::new(format!("format `{}` cannot be written", format.name)))?;
        let (source_lang, target_lang) = self.lang_pair();
        write(&WriteOptions { source_lang, target_lang, header: self.header, signature, ..WriteOptions::default() }, vec![out])
    }

    /// A record as the rules leave it; none for one that could not be read. Of plain text each line must be there.
    fn cleaned(&self, record: Read<Unit>, cleanings: &[Cleaning], worked: &mut Worked) -> Result<Option<Unit>> {
        let mut unit = match record {
            Ok(unit) => unit,
            Err(rejection) if self.lang.is_some() => {
                return Err(Error::new(rejection.cause.clone()).in_file(&self.file).at_line(rejection.line).hint("name its `--encoding`"));
            }
            Err(rejection) => {
                worked.rejected.push(*rejection);
                return Ok(None);
            }
        };
        let pair = Pair { source: &unit.source, target: &unit.target, source_lang: unit.source_lang, target_lang: unit.target_lang };
        let number = unit.origin.record.unwrap_or(0);
        let mut counts = Counts::default();
        let mut clean = None;
        for cleaning in cleanings {
            clean = Some(cleaning.clean_pair(&pair, &mut counts));
        }
        let [source, target] =
            clean.map_or_else(|| [unit.source.clone(), unit.target.clone()], |sides| sides.map(std::borrow::Cow::into_owned));
        worked.record(number, &pair, [&source, &target], &counts);
        if !self.dry_run {
            (unit.source, unit.target) = (source, target);
        }
        Ok(Some(unit))
    }
}

fn ids() -> String {
    RULES.map(|rule| rule.id).join(", ")
}

#[derive(serde::Serialize)]
struct Row {
    id: &'static str,
    version: u32,
    kind: &'static str,
    about: &'static str,
    about_es: &'static str,
}

fn list(console: &Console) -> Result<Outcome> {
    let row = |rule: &crate::quality::clean::Rule| Row {
        id: rule.id,
        version: rule.version,
        kind: rule.kind.name(),
        about: rule.about.en,
        about_es: rule.about.es,
    };
    let rows = RULES.map(row);
    let mut lines = vec![["rule", "kind", "what it changes"].map(String::from).to_vec()];
    lines.extend(rows.iter().map(|row| [row.id, row.kind, row.about].map(String::from).to_vec()));
    console.result(&rows, &table(&lines))?;
    Ok(Outcome::Done)
}
