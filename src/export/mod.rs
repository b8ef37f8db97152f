//! The store → files: every format in one pass over the units, encoded in parallel, with the same bytes for any number of threads.
//!
//! Files appear under their names only when whole, `manifest.json` last.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::formats::output::{SharedOutput, write_whole};
use crate::formats::{Encoded, Encoder, Finished, Format, Output, Sink, WriteOptions};
use crate::model::{State, Unit};
use crate::parallel::Pool;
use crate::store::{Store, UnitQuery};

pub mod duplicates;
pub mod report;

/// Units handed to an encoder at a time. Fixed, since it shows in the files (Parquet row groups) and those must not depend on the threads.
const PAGE: usize = 20_000;

/// Version of what an export makes of a store; part of its signature. Raise it when bytes can change.
pub const VERSION: u32 = 1;

/// The name of the file that lists the others.
pub const MANIFEST: &str = "manifest.json";

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
}

impl Options {
    /// Exports in these formats, everything that is not withdrawn or rejected, as `corpus.*`.
    pub fn new(formats: Vec<&'static Format>) -> Options {
        Options { formats, report: false, stem: "corpus".into(), title: "corpus".into(), header: false, min_confidence: 0.0 }
    }

    /// Why a unit is left out, if it is.
    fn left_out(&self, unit: &Unit) -> Option<&'static str> {
        if matches!(unit.state, State::Rejected | State::Withdrawn) {
            Some("rejected in review")
        } else if unit.confidence.is_some_and(|confidence| confidence < self.min_confidence) {
            Some("below the confidence asked for")
        } else {
            None
        }
    }
}

/// What was exported: the content of `manifest.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Units in each file.
    pub units: u64,
    /// Units left out, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left_out: BTreeMap<String, u64>,
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
    /// Files of an earlier export that no longer belong and were removed.
    pub removed: Vec<String>,
    /// Why there is no unit, when there is none.
    pub empty: Option<String>,
}

/// Exports the store to the folder `to`.
pub fn export(store: &Store, pool: &Pool, to: &Path, options: &Options) -> Result<Exported> {
    std::fs::create_dir_all(to).map_err(|e| Error::io(to, &e))?;
    let earlier = read_manifest(to);
    let signature = store.signature()?.with("export", VERSION).to_string();
    let mut manifest = Manifest {
        source_lang: store.source_lang().to_string(),
        target_lang: store.target_lang().to_string(),
        signature: signature.clone(),
        ..Manifest::default()
    };
    let mut writers =
        options.formats.iter().map(|format| Writer::open(format, store, to, options, &signature)).collect::<Result<Vec<_>>>()?;
    write_units(store, pool, options, &mut writers, &mut manifest)?;
    for writer in writers {
        writer.finish(&mut manifest)?;
    }
    if options.report {
        let page = report::render(store, options, &manifest)?;
        manifest.add("html", &write_whole(&to.join(REPORT), page.as_bytes())?);
    }
    let json = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data") + "\n";
    write_whole(&to.join(MANIFEST), json.as_bytes())?;
    let removed = remove_stale(to, earlier.as_ref(), &manifest)?;
    let empty = (manifest.units == 0).then(|| why_empty(store, &manifest)).transpose()?;
    Ok(Exported { manifest, removed, empty })
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

fn write_units(store: &Store, pool: &Pool, options: &Options, writers: &mut [Writer], manifest: &mut Manifest) -> Result<()> {
    let (encoders, mut sinks): (Vec<_>, Vec<_>) = writers.iter_mut().map(|w| (&*w.encoder, (&mut w.sink, &mut w.replaced))).unzip();
    let pages = store.unit_pages(UnitQuery::default(), PAGE)?.map(|page| {
        let mut kept = Vec::new();
        for stored in page? {
            if let Some(reason) = options.left_out(&stored.unit) {
                *manifest.left_out.entry(reason.to_string()).or_default() += 1;
            } else {
                manifest.units += 1;
                *manifest.sources.entry(stored.source_name).or_default() += 1;
                kept.push(stored.unit);
            }
        }
        Ok(kept)
    });
    pool.map_ordered(
        pages,
        |units: Vec<Unit>| encoders.iter().map(|encoder| encoder.encode(&units)).collect::<Result<Vec<Encoded>>>(),
        |encoded| {
            for (encoded, (sink, replaced)) in encoded?.into_iter().zip(&mut sinks) {
                **replaced += encoded.replaced;
                sink.append(encoded)?;
            }
            Ok(())
        },
    )
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
    if let Some((reason, count)) = manifest.left_out.iter().max_by_key(|(_, count)| **count) {
        return Ok(format!("all units were left out: {count} {reason}"));
    }
    let unaligned = store.bitexts()?.iter().filter(|b| b.signature.is_none()).count();
    Ok(if unaligned > 0 {
        format!("the store has no units: {unaligned} bitexts are not aligned yet")
    } else {
        "the store has no units: nothing was ingested that has both languages".into()
    })
}
