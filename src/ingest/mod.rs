//! Files → documents, statements and units in the store; then bitexts → beads and units, units → findings.
//!
//! What a file means is found here; how it is written is the formats' business, and how it is stored the store's.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::formats::{Format, Input};
use crate::model::{Lang, Provenance};
use crate::parallel::Pool;
use crate::segment::{self, Paragraphs};
use crate::store::{Outcome, Store};

pub mod aligning;
pub mod checking;
pub mod command;
pub mod discover;
mod documents;
mod held;
pub mod mending;
mod orientation;
mod rejected;
pub mod returned;
pub mod scoring;
mod statements;
mod units;
pub mod within;

pub use discover::{Discovery, Item, discover};
pub use documents::refuse_swapped;
pub use rejected::RejectedFile;

/// What is known about the files to be ingested.
#[derive(Clone)]
pub struct Options {
    /// The corpus folder: files are identified by their path relative to it.
    pub root: PathBuf,
    /// The name of the source the files belong to; by default each file is a source of its own.
    pub source_name: Option<String>,
    /// The format, if it is not to be found out.
    pub format: Option<&'static Format>,
    /// The language of the files' first side.
    pub source_lang: Option<Lang>,
    /// The language of the files' second side.
    pub target_lang: Option<Lang>,
    /// The encoding, if it is neither UTF-8 nor UTF-16 with a byte order mark.
    pub encoding: Option<String>,
    /// What separates paragraphs of documents.
    pub paragraphs: Paragraphs,
    /// Take documents as they stand: no page numbers left out, no broken words joined.
    pub keep_layout: bool,
    /// The language of the originals, if known.
    pub original_lang: Option<Lang>,
    /// What is known of source and target texts that say nothing of their own.
    pub provenance: [Provenance; 2],
    /// Who has filled in the reviews that come back; `None` takes none.
    pub reviewer: Option<String>,
    /// Stop at the first record that cannot be read.
    pub strict: bool,
    /// The folder for `NAME.rejected.jsonl`.
    pub rejected_folder: PathBuf,
}

impl Options {
    /// Options for files of the corpus in `root`, with everything to be found out; rejected records go to `rejected_folder`.
    pub fn new(root: &Path, rejected_folder: &Path) -> Options {
        Options {
            root: root.to_path_buf(),
            source_name: None,
            format: None,
            source_lang: None,
            target_lang: None,
            encoding: None,
            paragraphs: Paragraphs::Auto,
            keep_layout: false,
            original_lang: None,
            provenance: Default::default(),
            reviewer: None,
            strict: false,
            rejected_folder: rejected_folder.to_path_buf(),
        }
    }

    /// The key of a file: its path relative to the corpus folder, with `/`; the path as given when it lies elsewhere.
    pub fn key(&self, path: &Path) -> String {
        let inside =
            path.canonicalize().ok().zip(self.root.canonicalize().ok()).and_then(|(p, r)| p.strip_prefix(r).ok().map(Path::to_path_buf));
        let relative = inside.unwrap_or_else(|| path.to_path_buf());
        relative.components().filter(|c| c.as_os_str() != ".").map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    /// The part of an origin's content hash that is not in its files: what was asked for. A re-ingest with other options is a change.
    fn fingerprint(&self, format: &str) -> String {
        serde_json::json!([
            format,
            self.source_name,
            self.source_lang,
            self.target_lang,
            self.encoding,
            self.reading_name(),
            self.original_lang,
            self.provenance,
        ])
        .to_string()
    }

    /// How documents are read.
    fn reading(&self) -> segment::Options {
        segment::Options { paragraphs: self.paragraphs, keep_layout: self.keep_layout }
    }

    /// What tells one way of reading from another; that of the first stores has the name it had then.
    fn reading_name(&self) -> String {
        format!("{}{}", self.paragraphs.name(), if self.keep_layout { ", layout kept" } else { "" })
    }

    /// The name of the source that the origin `key` belongs to.
    fn source_of(&self, key: &str) -> String {
        self.source_name.clone().unwrap_or_else(|| key.to_string())
    }

    fn open(&self, path: &Path) -> Result<Input> {
        Input::open(path, self.encoding.as_deref())
    }
}

/// What became of one item.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Report {
    /// Its key.
    pub key: String,
    /// The format it was read in.
    pub format: &'static str,
    /// Whether it was new, changed or the same as before.
    pub change: Change,
    /// Records (lines, statements) read, rejected ones included.
    pub read: u64,
    /// Units added, kept, removed, withdrawn; records rejected.
    pub outcome: Outcome,
    /// What was taken over of a review that came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<returned::Taken>,
    /// Where the rejected records are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected_file: Option<PathBuf>,
    /// What had to be assumed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Whether an item was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not stored before.
    New,
    /// It was stored with other content or options.
    Changed,
    /// Nothing to do.
    Unchanged,
}

impl Report {
    fn new(key: &str, format: &'static str, change: Change) -> Report {
        Report {
            key: key.to_string(),
            format,
            change,
            read: 0,
            outcome: Outcome::default(),
            review: None,
            rejected_file: None,
            notes: Vec::new(),
        }
    }

    /// The share of its records that could not be read, in [0, 1].
    #[allow(clippy::cast_precision_loss)]
    pub fn rejected_share(&self) -> f64 {
        if self.read == 0 { 0.0 } else { self.outcome.rejected as f64 / self.read as f64 }
    }
}

/// Told how many records of the current file have been read so far.
pub type Progress<'a> = &'a mut dyn FnMut(u64);

/// Ingests one item in one transaction: all of it is stored or nothing. The bitexts it brings are not aligned yet ([`aligning::align_bitexts`]).
pub fn ingest(store: &mut Store, pool: &Pool, item: &Item, options: &Options, progress: Progress<'_>) -> Result<Report> {
    match item {
        Item::Units { format, files } => units::ingest(store, pool, format, files, options, progress),
        Item::Statements { format, file } => statements::ingest(store, format, file, options),
        Item::Documents(pair) => documents::ingest(store, pair, options),
        Item::Review { format, file } => returned::ingest(store, format, file, options),
    }
}

/// The BLAKE3 of files' bytes and a fingerprint of the options.
fn content_hash(files: &[&Path], fingerprint: &str) -> Result<String> {
    let mut parts = vec![fingerprint.to_string()];
    for file in files {
        let mut hasher = blake3::Hasher::new();
        let reader = std::fs::File::open(file).map_err(|e| Error::io(file, &e))?;
        hasher.update_reader(reader).map_err(|e| Error::io(file, &e))?;
        parts.push(hasher.finalize().to_hex().to_string());
    }
    Ok(crate::text::hash::content_hash(parts.join("\n").as_bytes()))
}

/// Whether the stored origin `key` has that content.
fn change(store: &Store, key: &str, content_hash: &str) -> Result<Change> {
    Ok(match store.origin(key)? {
        None => Change::New,
        Some((_, stored)) if stored == content_hash => Change::Unchanged,
        Some(_) => Change::Changed,
    })
}
