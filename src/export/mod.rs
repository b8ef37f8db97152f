//! The store → files: every format in one pass over the units, encoded in parallel, with the same bytes for any number of threads.
//!
//! Files appear under their names only when whole, `manifest.json` last.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::formats::output::{SharedOutput, write_whole};
use crate::formats::{Encoded, Encoder, Finished, Format, Output, Sink, WriteOptions};
use crate::model::{Signature, State};
use crate::parallel::Pool;
use crate::quality::clean::{Cleaning, Counts};
use crate::quality::drops::Drops;
use crate::quality::filtering::{Effective, Filtering};
use crate::quality::{Rules, Selection, WordList};
use crate::store::Store;

mod dropped;
pub mod duplicates;
mod keeping;
mod remarks;
pub mod report;
mod twins;

use keeping::{Decided, Keeping};
use twins::Seen;

/// Units handed to an encoder at a time. Fixed, since it shows in the files (Parquet row groups) and those must not depend on the threads.
const PAGE: usize = 20_000;

/// Version of what an export makes of a store; part of its signature. Raise it when bytes can change.
pub const VERSION: u32 = 2;

/// The name of the file that lists the others.
pub const MANIFEST: &str = "manifest.json";

/// The format, in a manifest, of the side file with what was dropped: `NAME.dropped.jsonl`.
pub const DROPPED: &str = "dropped";

/// The name of the HTML report.
pub const REPORT: &str = "report.html";

/// What to export and how.
#[derive(Clone)]
pub struct Options {
    /// The formats, each once.
    pub formats: Vec<&'static Format>,
    /// Whether to write the HTML report.
    pub report: bool,
    /// The first part of the file names.
    pub stem: String,
    /// The title of the report.
    pub title: String,
    /// Whether tables get a line with column names.
    pub header: bool,
    /// Leaves out units of beads with a lower confidence, in [0, 1].
    pub min_confidence: f64,
    /// Leaves out units in other states than these; `None` leaves out those that were rejected.
    pub states: Option<Vec<State>>,
    /// Whether formats with a place for them get the notes of reviewers.
    pub notes: bool,
    /// What else is left out.
    pub filtering: Filtering,
    /// Words that the filter `words-listed` looks for.
    pub words: Option<Arc<WordList>>,
    /// The checks that there are, and their tiers, where findings are asked for that the store does not have.
    pub checks: Selection,
    /// What texts are cleaned of on their way out; those of the store stay as they came.
    pub cleaning: Option<Cleaning>,
    /// Which units are left out as duplicates of others, if any are.
    pub dedup: Option<Dedup>,
}

/// Which units are duplicates, of those that nothing else leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Dedup {
    /// What counts as a duplicate, and which of them stays.
    pub options: duplicates::Options,
    /// Sources whose units are neither dropped nor compared with.
    pub except: Vec<String>,
}

impl Options {
    /// Exports in these formats, everything that is not withdrawn or rejected, as `corpus.*`.
    pub fn new(formats: Vec<&'static Format>) -> Options {
        let (stem, title) = ("corpus".to_string(), "corpus".to_string());
        Options {
            formats,
            report: false,
            stem,
            title,
            header: false,
            min_confidence: 0.0,
            states: None,
            notes: false,
            filtering: Filtering::of(Rules::none()),
            words: None,
            checks: Selection::all(),
            cleaning: None,
            dedup: None,
        }
    }
}

impl Dedup {
    /// What decides about duplicates: its version and options.
    pub fn signature(&self) -> Signature {
        let duplicates::Options { sides, fold, near, keep, .. } = self.options;
        let near = near.map_or("exact".to_string(), |near| near.value().to_string());
        let except: String = self.except.iter().map(|name| format!("+without {name}")).collect();
        let version = crate::quality::duplicates::VERSION;
        Signature::default().with("dedup", format_args!("{version}+{}+{}+{near}+{}{except}", sides.name(), fold.name(), keep.name()))
    }
}

/// What was exported: the content of `manifest.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Units in each file.
    pub units: u64,
    /// What became of the units of the store: how many each filter has dropped, and from which source.
    #[serde(default)]
    pub drops: Drops,
    /// What was kept by filters, checks and scores.
    #[serde(default)]
    pub filter: Effective,
    /// What was cleaned, by rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cleaned: BTreeMap<String, Cleaned>,
    /// The corpus's source language.
    pub source_lang: String,
    /// The corpus's target language.
    pub target_lang: String,
    /// Units by source.
    pub sources: BTreeMap<String, u64>,
    /// What produced the units.
    pub signature: String,
    /// Tabs and line breaks inside segments that became blanks, by format.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replaced: BTreeMap<String, u64>,
    /// The files.
    pub files: Vec<ManifestFile>,
}

/// What a rule has cleaned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned {
    /// Units changed, those dropped included.
    pub records: u64,
    /// Places changed.
    pub changes: u64,
}

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Its name, relative to the manifest.
    pub name: String,
    /// Its format; `html` for the report.
    pub format: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// What an export did.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// What was written.
    pub manifest: Manifest,
    /// What was dropped, with examples.
    pub drops: Drops,
    /// Files of an earlier export that no longer belong and were removed.
    pub removed: Vec<String>,
    /// Why there is no unit, when there is none.
    pub empty: Option<String>,
}

/// Exports the store to the folder `to`.
pub fn export(store: &Store, pool: &Pool, to: &Path, options: &Options) -> Result<Exported> {
    std::fs::create_dir_all(to).map_err(|e| Error::io(to, &e))?;
    let earlier = read_manifest(to);
    let keeping = Keeping::new(store, options)?;
    let signature = store.signature()?.and(keeping.signature()).with("export", VERSION).to_string();
    let mut manifest = Manifest {
        source_lang: store.source_lang().to_string(),
        target_lang: store.target_lang().to_string(),
        filter: options.filtering.effective(),
        signature: signature.clone(),
        ..Manifest::default()
    };
    let mut writers =
        options.formats.iter().map(|format| Writer::open(format, store, to, options, &signature)).collect::<Result<Vec<_>>>()?;
    let mut aside = Aside::new(to.join(format!("{}.dropped.jsonl", options.stem)));
    let Tally { drops, counts } = write_units(store, pool, options, &keeping, &mut writers, &mut aside)?;
    if let Some(flaw) = drops.flaw(store.unit_count()?) {
        return Err(Error::new(format!("the units do not add up: {flaw}")).in_file(store.path()));
    }
    manifest.units = drops.kept;
    manifest.sources = drops.sources.iter().filter(|(_, of)| of.kept > 0).map(|(name, of)| (name.clone(), of.kept)).collect();
    manifest.drops = drops.clone().without_examples();
    let cleaned = counts.iter().map(|(rule, count)| (rule.to_string(), Cleaned { records: count.records, changes: count.changes }));
    manifest.cleaned = cleaned.collect();
    for writer in writers {
        writer.finish(&mut manifest)?;
    }
    if let Some(finished) = aside.finish()? {
        manifest.add(DROPPED, &finished);
    }
    if options.report {
        let page = report::render(store, options, &manifest, &drops)?;
        manifest.add("html", &write_whole(&to.join(REPORT), page.as_bytes())?);
    }
    let json = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data") + "\n";
    write_whole(&to.join(MANIFEST), json.as_bytes())?;
    let removed = remove_stale(to, earlier.as_ref(), &manifest)?;
    let empty = (manifest.units == 0).then(|| why_empty(store, &manifest)).transpose()?;
    Ok(Exported { manifest, drops, removed, empty })
}

/// The manifest of an earlier export to that folder, if there is a readable one.
pub fn read_manifest(folder: &Path) -> Option<Manifest> {
    serde_json::from_slice(&std::fs::read(folder.join(MANIFEST)).ok()?).ok()
}

/// The files that an export writes to `to`, without the manifest.
pub fn file_names(format: &Format, stem: &str, store: &Store) -> Vec<String> {
    if format.files == 2 {
        crate::formats::moses::file_names(stem, store.source_lang(), store.target_lang()).into()
    } else {
        vec![format!("{stem}.{}", format.extensions.first().unwrap_or(&format.name))]
    }
}

/// What was counted over all units.
#[derive(Default)]
struct Tally {
    drops: Drops,
    counts: Counts,
}

impl Tally {
    fn merge(&mut self, other: Tally) {
        self.drops.merge(other.drops);
        self.counts.merge(&other.counts);
    }
}

fn write_units(
    store: &Store,
    pool: &Pool,
    options: &Options,
    keeping: &Keeping<'_>,
    writers: &mut [Writer],
    aside: &mut Aside,
) -> Result<Tally> {
    let (encoders, mut sinks): (Vec<_>, Vec<_>) = writers.iter_mut().map(|w| (&*w.encoder, (&mut w.sink, &mut w.replaced))).unzip();
    let mut tally = Tally::default();
    let encode = |decided: Decided| -> Result<(Vec<Encoded>, Decided)> {
        let encoded = encoders.iter().map(|encoder| encoder.encode(&decided.kept)).collect::<Result<_>>()?;
        Ok((encoded, decided))
    };
    let mut put = |encoded: Result<(Vec<Encoded>, Decided)>, tally: &mut Tally, aside: &mut Aside| {
        let (encoded, decided) = encoded?;
        for (encoded, (sink, replaced)) in encoded.into_iter().zip(&mut sinks) {
            **replaced += encoded.replaced;
            sink.append(encoded)?;
        }
        tally.merge(decided.tally);
        aside.put(&decided.lines)
    };
    let pages = store.unit_pages(keeping.query(), PAGE)?;
    let Some(dedup) = &options.dedup else {
        pool.map_ordered(pages, |page| encode(keeping.decide(page)), |encoded| put(encoded, &mut tally, aside))?;
        return Ok(tally);
    };
    // What is a duplicate is known only when all units were seen that nothing else drops; the units are read twice.
    let mut seen = Seen::new(dedup, pool);
    pool.map_ordered(
        pages,
        |page| keeping.compared(page, dedup),
        |compared| {
            tally.merge(compared.tally);
            aside.put(&compared.lines)?;
            seen.add(compared.units)
        },
    )?;
    let mut told = seen.finish()?;
    let pages = store.unit_pages(keeping.query(), PAGE)?.map(|page| told.tell(page?, store));
    pool.map_ordered(pages, |page| encode(keeping.without_duplicates(page)), |encoded| put(encoded, &mut tally, aside))?;
    Ok(tally)
}

/// The side file of what was dropped; it exists only when something was.
struct Aside {
    path: PathBuf,
    output: Option<Output>,
}

impl Aside {
    fn new(path: PathBuf) -> Aside {
        Aside { path, output: None }
    }

    fn put(&mut self, lines: &str) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let output = match &mut self.output {
            Some(output) => output,
            None => self.output.insert(Output::create(&self.path)?),
        };
        output.write_all(lines.as_bytes()).map_err(|e| Error::io(&self.path, &e))
    }

    fn finish(self) -> Result<Option<Finished>> {
        self.output.map(Output::finish).transpose()
    }
}

/// One format being written.
struct Writer {
    format: &'static Format,
    encoder: Box<dyn Encoder>,
    sink: Box<dyn Sink>,
    outputs: Vec<SharedOutput>,
    replaced: u64,
}

impl Writer {
    fn open(format: &&'static Format, store: &Store, to: &Path, options: &Options, signature: &str) -> Result<Writer> {
        let write_units = format.write_units.ok_or_else(|| Error::new(format!("format `{}` cannot be written", format.name)))?;
        let names = file_names(format, &options.stem, store);
        let outputs = names.iter().map(|name| Ok(SharedOutput::new(Output::create(&to.join(name))?))).collect::<Result<Vec<_>>>()?;
        let write_options = WriteOptions {
            source_lang: store.source_lang(),
            target_lang: store.target_lang(),
            header: options.header,
            signature: signature.to_string(),
            store: store.path().file_name().map(|name| name.to_string_lossy().into_owned()),
            notes: options.notes,
        };
        let files = outputs.iter().map(|output| Box::new(output.clone()) as Box<dyn Write + Send>).collect();
        let (encoder, sink) = write_units(&write_options, files)?;
        Ok(Writer { format, encoder, sink, outputs, replaced: 0 })
    }

    fn finish(self, manifest: &mut Manifest) -> Result<()> {
        self.sink.finish()?;
        for output in self.outputs {
            let finished = output.finish()?;
            manifest.add(self.format.name, &finished);
        }
        if self.replaced > 0 {
            manifest.replaced.insert(self.format.name.to_string(), self.replaced);
        }
        Ok(())
    }
}

impl Manifest {
    fn add(&mut self, format: &str, finished: &Finished) {
        let name = finished.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        self.files.push(ManifestFile { name, format: format.to_string(), bytes: finished.bytes, sha256: finished.sha256.clone() });
    }
}

/// Removes the files of the earlier manifest that are not in the new one.
fn remove_stale(to: &Path, earlier: Option<&Manifest>, manifest: &Manifest) -> Result<Vec<String>> {
    let mut removed = Vec::new();
    for file in earlier.map(|m| m.files.as_slice()).unwrap_or_default() {
        let path: PathBuf = to.join(&file.name);
        let plain_name = Path::new(&file.name).file_name().is_some_and(|name| name == file.name.as_str());
        if plain_name && !manifest.files.iter().any(|f| f.name == file.name) && path.is_file() {
            std::fs::remove_file(&path).map_err(|e| Error::io(&path, &e))?;
            removed.push(file.name.clone());
        }
    }
    Ok(removed)
}

fn why_empty(store: &Store, manifest: &Manifest) -> Result<String> {
    let reasons = manifest.drops.reasons();
    if let Some((reason, dropped)) = reasons.iter().max_by_key(|(_, dropped)| dropped.count.all) {
        return Ok(format!("all units were left out: {} by `{reason}`", dropped.count.all));
    }
    let unaligned = store.bitexts()?.iter().filter(|b| b.signature.is_none()).count();
    Ok(if unaligned > 0 {
        format!("the store has no units: {unaligned} bitexts are not aligned yet")
    } else {
        "the store has no units: nothing was ingested that has both languages".into()
    })
}
