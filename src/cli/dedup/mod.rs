//! `dedup`: the records of a file that are no duplicates, in the file's own format; the others go to a side file with the record that stays. Of a store it
//! tells the duplicates, or writes the rest to a file; the store stays as it is.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::console::{Console, Progress, count, plural, table};
use super::langs::LangArgs;
use crate::error::{Error, Result};
use crate::export::duplicates::{Duplicates, Fate, Finder, Keyed, MEMORY, Options, Twin};
use crate::formats::{self, Batch, Format};
use crate::model::Lang;
use crate::parallel::Pool;
use crate::quality::duplicates::{Fold, Keep, Sides, Threshold};

use labels::Labels;
use outputs::{Outputs, Parted};
use records::{How, Records};

mod labels;
mod outputs;
mod records;

/// Drop duplicates from a file of units, or tell those of a store
#[derive(Args)]
pub(super) struct DedupArgs {
    /// A file of units, or a store; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The format of the file; found out by default
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    langs: LangArgs,
    /// The encoding, if it is no Unicode
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What is compared: both, source or target
    #[arg(long, value_name = "SIDES", default_value = Sides::Both.name(), value_parser = |name: &str| Sides::named(name))]
    sides: Sides,
    /// What of a spelling does not count. none: all of it does; case: case and white space do not; letters: only letters without accents and digits do
    #[arg(long, value_name = "FOLDING", default_value = Fold::Case.name(), value_parser = |name: &str| Fold::named(name))]
    fold: Fold,
    /// Also near duplicates: those at least so alike on each side, from 0.5 to less than 1 (Jaccard index of runs of five bytes)
    #[arg(long, value_name = "THRESHOLD", value_parser = threshold)]
    near: Option<Threshold>,
    /// What stays of a group. best: the higher score, then more accents and proper punctuation, then the first; first; none; all: nothing is dropped
    #[arg(long, value_name = "POLICY", default_value = Keep::Best.name(), value_parser = |name: &str| Keep::named(name))]
    keep: Keep,
    /// A file or store whose records are dropped from FILE, such as a test set; may be repeated
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// Where the kept records go; standard output by default
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Where the others go: one object a line, with the texts and the record that each duplicates
    #[arg(long, value_name = "FILE")]
    dropped: Option<PathBuf>,
    /// Memory for the tables; what does not fit is spilled to files in the folder for temporary files (TMPDIR)
    #[arg(long, value_name = "MIB", default_value_t = MEMORY, value_parser = memory)]
    memory: usize,
    /// Write a first line with column names
    #[arg(long)]
    header: bool,
}

fn threshold(text: &str) -> Result<Threshold, String> {
    Threshold::new(text.parse().map_err(|_| format!("`{text}` is no number"))?)
}

fn memory(text: &str) -> Result<usize, String> {
    let most = usize::MAX >> 24;
    text.parse().ok().filter(|mib| (1..=most).contains(mib)).ok_or_else(|| format!("`{text}` is no number of MiB"))
}

/// What became of the records: read = kept + duplicates + near duplicates + against + unreadable.
#[derive(Default, serde::Serialize)]
struct Tally {
    records: u64,
    kept: u64,
    duplicates: u64,
    near_duplicates: u64,
    against: u64,
    unreadable: u64,
    /// Duplicates among those kept, where nothing is dropped.
    told: u64,
    /// Groups of duplicates of which a record stays.
    groups: u64,
}

pub(super) fn run(args: &DedupArgs, console: &Console) -> Result<Outcome> {
    let pool = console.pool()?;
    let records = Records::open(&args.file, args.how())?;
    let format = args.output_format(&records)?;
    let progress = console.progress("comparing");
    let found = find(args, &records, &pool, console, &progress)?;
    progress.rename("writing");
    let tally = write(args, &records, format, found, &pool, &progress)?;
    drop(progress);
    let data_is_elsewhere = if format.is_some() { args.to.is_some() } else { args.dropped.is_some() };
    tally.tell(data_is_elsewhere, console)?;
    Ok(Outcome::Done)
}

impl DedupArgs {
    fn how(&self) -> How<'_> {
        let langs = (self.langs.source_lang.unwrap_or(Lang::ES), self.langs.target_lang.unwrap_or(Lang::EN));
        How { format: self.format.as_deref(), encoding: self.encoding.as_deref(), langs }
    }

    fn options(&self) -> Options {
        Options { sides: self.sides, fold: self.fold, near: self.near, keep: self.keep, memory: self.memory }
    }

    /// The format that the kept records are written in; `None` for a store whose duplicates are only told.
    fn output_format(&self, records: &Records<'_>) -> Result<Option<&'static Format>> {
        let format = match (records.format(), &self.to) {
            (Some(format), _) => format,
            (None, None) => return Ok(None),
            (None, Some(to)) => formats::detect(to, b"", |f| f.write_units.is_some() && f.files == 1)
                .ok_or_else(|| Error::new("the extension names no format that units are written in").in_file(to))?,
        };
        match format.write_units {
            Some(_) => Ok(Some(format)),
            None => Err(Error::new(format!("format `{}` cannot be written", format.name))),
        }
    }
}

/// What the first reading found.
struct Found {
    duplicates: Duplicates,
    /// Records in each batch.
    lengths: Vec<usize>,
    labels: Labels,
    against: Vec<(String, Labels)>,
}

fn find(args: &DedupArgs, records: &Records<'_>, pool: &Pool, console: &Console, progress: &Progress) -> Result<Found> {
    let options = args.options();
    let mut finder = Finder::new(&options, pool);
    let mut against = Vec::new();
    for (n, path) in args.against.iter().enumerate() {
        let file = Records::open(path, How { format: None, ..args.how() })?;
        let (read, labels) = add_all(&file, &options, pool, progress, |keyed| finder.add_against(n, keyed))?;
        if read.unreadable > 0 {
            console.warn(&format!("{}: {} could not be read", path.display(), plural(read.unreadable, "records")));
        }
        against.push((path.display().to_string(), labels));
    }
    let (read, labels) = add_all(records, &options, pool, progress, |keyed| finder.add(keyed))?;
    Ok(Found { duplicates: finder.finish()?, lengths: read.lengths, labels, against })
}

#[derive(Default)]
struct ReadOnce {
    lengths: Vec<usize>,
    unreadable: u64,
}

/// Reads all records and hands over what is compared of them, numbered from 1 on.
fn add_all(
    records: &Records<'_>,
    options: &Options,
    pool: &Pool,
    progress: &Progress,
    mut add: impl FnMut(Keyed) -> Result<()>,
) -> Result<(ReadOnce, Labels)> {
    let of_store = records.format().is_none();
    let mut labels = Labels::new(of_store, options.memory << 16);
    let mut read = ReadOnce::default();
    let mut before = 0;
    let work = |batch: Batch| {
        let records = batch.read();
        let units = records.iter().enumerate().filter_map(|(n, record)| Some((n as u64 + 1, record.as_ref().ok()?)));
        (records.len(), options.keyed(units), Labels::ids_of(of_store, &records))
    };
    pool.map_ordered(records.batches()?, work, |(length, keyed, ids)| {
        labels.push(&ids)?;
        read.lengths.push(length);
        read.unreadable += (length - keyed.len()) as u64;
        keyed.into_iter().try_for_each(|keyed| add(Keyed { record: before + keyed.record, ..keyed }))?;
        before += length as u64;
        progress.set(before);
        Ok(())
    })?;
    Ok((read, labels))
}

/// What is done with a record that can be read.
enum Verdict {
    /// It is written, with the names of its duplicates.
    Keep { also: Vec<Value> },
    /// It is written, and told as a duplicate.
    Tell(Map<String, Value>),
    /// It is told as a duplicate.
    Drop(Map<String, Value>),
}

impl Found {
    /// The verdicts on so many records from number `first` on.
    fn verdicts(&mut self, first: u64, length: usize) -> Result<Vec<Verdict>> {
        (first..first + length as u64).map(|record| self.verdict(record)).collect()
    }

    fn verdict(&mut self, record: u64) -> Result<Verdict> {
        Ok(match self.duplicates.fate(record)? {
            Fate::Kept { also } => Verdict::Keep { also: also.into_iter().map(|twin| self.labels.of(twin)).collect::<Result<_>>()? },
            Fate::Told(twin) => Verdict::Tell(self.side(record, &twin)?),
            Fate::Dropped(twin) => Verdict::Drop(self.side(record, &twin)?),
        })
    }

    /// What the side file says of a duplicate, without its texts.
    fn side(&mut self, record: u64, twin: &Twin) -> Result<Map<String, Value>> {
        let mut side = Map::new();
        side.insert(self.labels.key().into(), self.labels.of(record)?);
        side.insert("reasons".into(), json!([reason(twin)]));
        let labels = match twin.against {
            Some(file) => {
                let (name, labels) = &mut self.against[file];
                side.insert("against".into(), name.as_str().into());
                labels
            }
            None => &mut self.labels,
        };
        side.insert("duplicate_of".into(), labels.of(twin.record)?);
        if let Some(similarity) = twin.similarity {
            side.insert("similarity".into(), rounded(similarity).into());
        }
        Ok(side)
    }
}

fn reason(twin: &Twin) -> &'static str {
    match (twin.against, twin.similarity) {
        (Some(_), _) => "against",
        (None, Some(_)) => "near-duplicate",
        (None, None) => "duplicate",
    }
}

/// Rounded down, as what was at least the threshold must not look below it, nor what was below 1 like 1.
fn rounded(similarity: f64) -> f64 {
    (similarity * 1e4 + 1e-3).floor() / 1e4
}

/// The second reading: every record goes where its verdict says.
fn write(
    args: &DedupArgs,
    records: &Records<'_>,
    format: Option<&'static Format>,
    mut found: Found,
    pool: &Pool,
    progress: &Progress,
) -> Result<Tally> {
    let (encoder, mut outputs) = Outputs::open(args, records.langs(), format)?;
    let with_also = format.is_some_and(|format| format.name == "jsonl");
    let mut tally = Tally::default();
    let mut first = 1;
    let mut lengths = std::mem::take(&mut found.lengths).into_iter();
    let judged = records.batches()?.map(|batch| {
        let length = lengths.next().ok_or_else(|| records.changed())?;
        let verdicts = found.verdicts(first, length)?;
        first += length as u64;
        Ok((batch?, verdicts))
    });
    let work = |(batch, verdicts): (Batch, Vec<Verdict>)| Parted::new(batch.read(), verdicts, encoder.as_deref(), with_also);
    pool.map_ordered(judged, work, |parted: Result<Option<Parted>>| {
        let parted = parted?.ok_or_else(|| records.changed())?;
        tally.add(&parted.tally);
        progress.set(tally.records);
        outputs.append(parted)
    })?;
    if lengths.next().is_some() {
        return Err(records.changed());
    }
    records.check_unchanged()?;
    outputs.finish()?;
    Ok(tally)
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.records += other.records;
        self.kept += other.kept;
        self.duplicates += other.duplicates;
        self.near_duplicates += other.near_duplicates;
        self.against += other.against;
        self.unreadable += other.unreadable;
        self.told += other.told;
        self.groups += other.groups;
    }

    fn tell(&self, data_is_elsewhere: bool, console: &Console) -> Result<()> {
        if console.wants_json() && data_is_elsewhere {
            console.out(&(serde_json::to_string(self).expect("plain data") + "\n"))?;
        }
        console.say(&format!("{} read, {} kept", plural(self.records, "records"), count(self.kept)));
        let rows = [
            ("duplicates", self.duplicates),
            ("near duplicates", self.near_duplicates),
            ("in other files", self.against),
            ("unreadable", self.unreadable),
            ("kept though duplicates", self.told),
            ("groups of which one stays", self.groups),
        ];
        let rows: Vec<_> = rows.into_iter().filter(|(_, n)| *n > 0).map(|(what, n)| vec![what.to_string(), count(n)]).collect();
        if !rows.is_empty() {
            console.say(table(&rows).trim_end());
        }
        Ok(())
    }
}
