//! Exchange formats: one file per format, one line each in [`FORMATS`]. Help, README table and contract tests are derived from that list.
//!
//! A format reads from an [`Input`] and writes to any `Write`; it knows the model and nothing of stores, aligners or checks.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::error::{Error, Result};
use crate::model::alignment::Links;
use crate::model::{Alignment, Document, Lang, Statement, Unit};

pub mod input;
pub mod output;

pub use input::Input;
pub use output::{Finished, Output};

/// Everything there is to know about a format.
pub struct Format {
    /// Its name in `--format` and `--output-format`.
    pub name: &'static str,
    /// File extensions, without the dot and without `.gz`/`.zst`.
    pub extensions: &'static [&'static str],
    /// One line for help and README.
    pub about: &'static str,
    /// How many files hold one record set: 2 for Moses, else 1.
    pub files: usize,
    /// True when the first bytes of a file can only be this format.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads units.
    pub read_units: Option<ReadUnits>,
    /// Writes units.
    pub write_units: Option<WriteUnits>,
    /// Reads statements.
    pub read_statements: Option<fn(Input) -> Result<Vec<Read<Statement>>>>,
    /// Reads the beads of an alignment (unmatched segments included).
    pub read_alignment: Option<fn(&str) -> Result<Vec<Links>>>,
    /// Writes an alignment.
    pub write_alignment: Option<fn(&Aligned<'_>, &mut dyn Write) -> Result<()>>,
}

/// Every format, in the order of the README.
pub static FORMATS: &[&Format] = &[];

/// Opens the inputs of one record set (as many as [`Format::files`]) as a stream of batches.
pub type ReadUnits = fn(Vec<Input>, &ReadOptions) -> Result<Batches>;

/// A stream of batches; an error in it ends the file (input/output failed, or the file as a whole is broken).
pub type Batches = Box<dyn Iterator<Item = Result<Batch>> + Send>;

/// Some records, parsed when it is called, on whatever thread calls it.
pub type Batch = Box<dyn FnOnce() -> Vec<Read<Unit>> + Send>;

/// A record, or why it could not be read.
pub type Read<T> = std::result::Result<T, Box<Rejection>>;

/// What the caller knows of a file's languages. Units come out as the file has them; turning them to the corpus's orientation is ingest's business.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions {
    /// The language of the first side, or of the side to be the source.
    pub source_lang: Lang,
    /// The language of the other side.
    pub target_lang: Lang,
}

/// A record that could not be read: its place, the cause, and the record itself, so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// The file.
    pub file: String,
    /// 1-based number of the record.
    pub record: u64,
    /// 1-based line where it starts.
    pub line: u64,
    /// 0-based byte where it starts (in the decompressed file).
    pub byte: u64,
    /// Why.
    pub cause: String,
    /// The record as it stands in the file, undecodable bytes as `\xNN`.
    pub text: String,
}

/// What a writer may be told.
#[derive(Debug, Clone)]
pub struct WriteOptions {
    /// The corpus's source language.
    pub source_lang: Lang,
    /// The corpus's target language.
    pub target_lang: Lang,
    /// Whether a table gets a first line with column names.
    pub header: bool,
    /// The signature of what produced the units, for formats that have a place for it.
    pub signature: String,
}

/// Opens a writer of units on as many files as [`Format::files`].
pub type WriteUnits = fn(&WriteOptions, Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)>;

/// The part of a writer that turns units into bytes; called on many threads at once, so it holds no state.
pub trait Encoder: Send + Sync {
    /// The units as bytes, in their order.
    fn encode(&self, units: &[Unit]) -> Result<Encoded>;
}

/// The part of a writer that puts the encoded units into the files, in order.
pub trait Sink {
    /// Appends what [`Encoder::encode`] made.
    fn append(&mut self, encoded: Encoded) -> Result<()>;
    /// Writes what comes last and flushes.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// Units as bytes.
pub struct Encoded {
    /// The bytes for each file.
    pub bytes: Vec<Vec<u8>>,
    /// Encoded column chunks, for a format that is no byte stream.
    pub columns: Vec<parquet::arrow::arrow_writer::ArrowColumnChunk>,
    /// Number of tabs and line breaks inside segments that had to become blanks.
    pub replaced: u64,
}

/// A bitext and its alignment, for the formats that show one.
pub struct Aligned<'a> {
    /// The source document with its segments.
    pub source: &'a Document,
    /// The target document with its segments.
    pub target: &'a Document,
    /// The beads.
    pub alignment: &'a Alignment,
}

impl Aligned<'_> {
    /// The source and target text of bead `n`, segments joined by a blank.
    pub fn texts(&self, n: usize) -> (String, String) {
        let bead = &self.alignment.beads[n];
        let side = |document: &Document, range: std::ops::Range<usize>| range.map(|i| document.segment(i)).collect::<Vec<_>>().join(" ");
        (side(self.source, bead.source.clone()), side(self.target, bead.target.clone()))
    }
}

/// The format with that name.
pub fn by_name(name: &str) -> Result<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name).ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        Error::new(format!("unknown format `{name}`")).hint(format!("formats: {}", names.join(", ")))
    })
}

/// The format of a file among those that `can` do what is asked: by its first bytes, else by its extension.
pub fn detect(path: &Path, head: &[u8], can: fn(&Format) -> bool) -> Option<&'static Format> {
    let able = || FORMATS.iter().copied().filter(|format| can(format));
    able().find(|format| (format.sniff)(head)).or_else(|| able().find(|format| format.extensions.contains(&extension(path).as_str())))
}

/// The extension of a path in lower case, without `.gz` or `.zst`.
pub fn extension(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_string()).unwrap_or_default()
}
