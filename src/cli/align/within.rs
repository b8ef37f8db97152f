//! `--within-units`: ready units in, the units of their sentences out, in order and in constant memory.

use std::io::Write;
use std::path::Path;

use super::super::console::{Console, count, plural};
use super::super::{Outcome, ingest};
use super::AlignArgs;
use crate::error::{Error, Result};
use crate::formats::output::SharedOutput;
use crate::formats::{self, Batch, Batches, Encoded, Format, Input, Output, ReadOptions, Rejection, WriteOptions};
use crate::ingest::RejectedFile;
use crate::ingest::aligning::signature;
use crate::ingest::within::split;
use crate::model::{Lang, Unit};

/// What `--json` prints.
#[derive(Default, serde::Serialize)]
struct Report {
    /// Records read, rejected ones included.
    read: u64,
    rejected: u64,
    /// Units that were cut.
    cut: u64,
    /// Units written.
    units: u64,
    /// Tabs and line breaks inside texts that became blanks.
    replaced: u64,
}

/// What a worker makes of some records.
struct Cut {
    encoded: Encoded,
    report: Report,
    rejections: Vec<Rejection>,
}

pub(super) fn run(args: &AlignArgs, file: &Path, console: &Console) -> Result<Outcome> {
    let to = match &args.to[..] {
        [] => None,
        [to] => Some(to.as_path()),
        _ => return Err(Error::new("`--within-units` writes one file: `--to FILE`")),
    };
    let format = output_format(args.output_format.as_deref(), to)?;
    let (source_lang, target_lang) = (args.texts.langs.source_lang.unwrap_or(Lang::ES), args.texts.langs.target_lang.unwrap_or(Lang::EN));
    let batches = read(args, file, &ReadOptions { source_lang, target_lang })?;
    let aligner = args.aligner()?;
    let output = to.map(|path| Ok::<_, Error>(SharedOutput::new(Output::create(path)?))).transpose()?;
    let out: Box<dyn Write + Send> = match &output {
        Some(output) => Box::new(output.clone()),
        None => Box::new(std::io::stdout()),
    };
    let options = WriteOptions { source_lang, target_lang, header: args.header, signature: signature(&aligner), ..WriteOptions::default() };
    let write_units = format.write_units.expect("the format was chosen for it");
    let (encoder, mut sink) = write_units(&options, vec![out])?;
    let name = if file.as_os_str() == "-" { "stdin".to_string() } else { file.to_string_lossy().into_owned() };
    let mut rejected = rejected_file(to.unwrap_or(file), &name);
    let mut report = Report::default();
    let progress = console.progress("aligning units");
    console.pool()?.map_ordered(
        batches,
        |batch: Batch| cut(batch, |unit| split(unit, &name, &aligner), |units| encoder.encode(units)),
        |cut: Result<Cut>| {
            let cut = cut?;
            report.add(&cut.report);
            progress.set(report.read);
            cut.rejections.iter().try_for_each(|rejection| rejected.add(rejection))?;
            sink.append(cut.encoded)
        },
    )?;
    drop(progress);
    sink.finish()?;
    output.map(SharedOutput::finish).transpose()?;
    if let Some(path) = rejected.finish()? {
        console.warn(&format!("{} of {} records rejected: see {}", count(report.rejected), count(report.read), path.display()));
    }
    report.say(format, console);
    if console.wants_json() && to.is_some() {
        console.result(&report, "")?;
    }
    Ok(Outcome::found_if(report.rejected as f64 * 100.0 > ingest::MAX_REJECTED * report.read as f64))
}

/// The format asked for, or that of the file's extension, or TSV.
fn output_format(name: Option<&str>, to: Option<&Path>) -> Result<&'static Format> {
    let able = |format: &Format| format.files == 1 && format.write_units.is_some();
    let names = || formats::FORMATS.iter().filter(|f| able(f)).map(|f| f.name).collect::<Vec<_>>().join(", ");
    let format = match (name, to) {
        (Some(name), _) => formats::by_name(name)?,
        (None, Some(path)) => {
            let extension = formats::extension(path);
            let found = formats::FORMATS.iter().copied().find(|f| able(f) && f.extensions.contains(&extension.as_str()));
            let none = || Error::new(format!("no format for units writes `.{extension}`")).in_file(path);
            found.ok_or_else(|| none().hint(format!("formats: {}", names())))?
        }
        (None, None) => formats::by_name("tsv")?,
    };
    let cannot = || Error::new(format!("format `{}` cannot hold units in one file", format.name)).hint(format!("formats: {}", names()));
    if able(format) { Ok(format) } else { Err(cannot()) }
}

fn read(args: &AlignArgs, file: &Path, options: &ReadOptions) -> Result<Batches> {
    let mut input = Input::open(file, args.texts.encoding.as_deref())?;
    let format = match &args.format {
        Some(name) => Some(formats::by_name(name)?),
        None => formats::detect(file, input.head()?, |format| format.files == 1 && format.read_units.is_some()),
    };
    let no_format =
        || Error::new("no format of units is recognized").in_file(file).hint("say which with `--format`; see `bitexto formats`");
    let format = format.ok_or_else(no_format)?;
    let read_units = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
    read_units(vec![input], options).map_err(|e| e.in_file(file))
}

/// Rejected records go beside the file that is written, or beside the one that is read.
fn rejected_file(beside: &Path, name: &str) -> RejectedFile {
    let folder = beside.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    RejectedFile::new(folder, &name, false)
}

fn cut(batch: Batch, split: impl Fn(Unit) -> Vec<Unit>, encode: impl Fn(&[Unit]) -> Result<Encoded>) -> Result<Cut> {
    let (mut report, mut units, mut rejections) = (Report::default(), Vec::new(), Vec::new());
    for record in batch.read() {
        report.read += 1;
        match record {
            Ok(unit) => {
                let parts = split(unit);
                report.cut += u64::from(parts.len() > 1);
                units.extend(parts);
            }
            Err(rejection) => rejections.push(*rejection),
        }
    }
    let encoded = encode(&units)?;
    report.rejected = rejections.len() as u64;
    report.units = units.len() as u64;
    report.replaced = encoded.replaced;
    Ok(Cut { encoded, report, rejections })
}

impl Report {
    fn add(&mut self, other: &Report) {
        self.read += other.read;
        self.rejected += other.rejected;
        self.cut += other.cut;
        self.units += other.units;
        self.replaced += other.replaced;
    }

    fn say(&self, format: &Format, console: &Console) {
        console.say(&format!("{} cut of {}: {}", count(self.cut), plural(self.read, "records"), plural(self.units, "units")));
        if self.replaced > 0 {
            let (what, became) = format.replaces;
            console.say(&format!("{} {became}", plural(self.replaced, what)));
        }
    }
}
