//! Exchange formats: one file per format, one line each in [`FORMATS`]. Help, README table and contract tests are derived from that list.
//!
//! A format reads from an [`Input`] and writes to any `Write`; it knows the model and nothing of stores, aligners or checks.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::error::{Error, Result};
use crate::model::alignment::Links;
use crate::model::{Alignment, Document, Lang, Statement, Unit};

pub mod columns;
pub mod csv;
pub mod hunalign;
pub mod input;
pub mod jsonl;
pub mod lines;
pub mod moses;
pub mod npy;
pub mod output;
pub mod parquet;
pub mod report;
pub mod returned;
pub mod statements;
pub mod text;
pub mod tmx;
pub mod tsv;
pub mod vecalign;
pub mod xlsx;

#[cfg(test)]
mod contract_tests;
#[cfg(test)]
mod schema_tests;

pub use input::Input;
pub use output::{Files, Finished, Output};
pub use returned::Returned;

/// Everything there is to know about a format. Its file names what it can do; the rest is [`Format::NONE`].
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
    /// Whether units keep the provenance of both sides in it.
    pub provenance: bool,
    /// Reads a document as one text.
    pub read_document: Option<ReadDocument>,
    /// Reads units.
    pub read_units: Option<ReadUnits>,
    /// Writes units.
    pub write_units: Option<WriteUnits>,
    /// Reads statements.
    pub read_statements: Option<ReadStatements>,
    /// Reads the beads of an alignment (unmatched segments included).
    pub read_alignment: Option<ReadAlignment>,
    /// Writes an alignment.
    pub write_alignment: Option<WriteAlignment>,
    /// Reads a review that comes back: units go out to reviewers in this format, with what was said of them.
    pub read_review: Option<ReadReview>,
    /// What [`Encoded::replaced`] counts, and what became of it, for people.
    pub replaces: (&'static str, &'static str),
}

impl Format {
    /// A format that can do nothing: what the others are built on.
    pub const NONE: Format = Format {
        name: "",
        extensions: &[],
        about: "",
        files: 1,
        sniff: |_| false,
        provenance: false,
        read_document: None,
        read_units: None,
        write_units: None,
        read_statements: None,
        read_alignment: None,
        write_alignment: None,
        read_review: None,
        replaces: ("tabs and line breaks", "inside segments became blanks"),
    };
}

/// Every format, in the order of the README.
pub static FORMATS: &[&Format] = &[
    &tsv::FORMAT,
    &csv::FORMAT,
    &jsonl::FORMAT,
    &moses::FORMAT,
    &statements::FORMAT,
    &text::FORMAT,
    &vecalign::FORMAT,
    &hunalign::FORMAT,
    &tmx::FORMAT,
    &parquet::FORMAT,
    &xlsx::FORMAT,
];

/// Reads a document as one text.
pub type ReadDocument = fn(Input) -> Result<String>;

/// Reads statements; a bad one does not end the file.
pub type ReadStatements = fn(Input) -> Result<Vec<Read<Statement>>>;

/// Reads the beads of an alignment from the text of its file; the error has the line.
pub type ReadAlignment = fn(&str) -> Result<Vec<Links>>;

/// Reads a review that comes back; `None` when the file is none.
pub type ReadReview = fn(Input, &ReadOptions) -> Result<Option<Returned>>;

/// Writes an alignment.
pub type WriteAlignment = fn(&Aligned<'_>, &mut dyn Write) -> Result<()>;

/// Opens the inputs of one record set (as many as [`Format::files`]) as a stream of batches.
///
/// A unit comes with its record number and, unless the record itself names its origin, without a file: the caller knows its path in the corpus.
pub type ReadUnits = fn(Vec<Input>, &ReadOptions) -> Result<Batches>;

/// A stream of batches; an error in it ends the file (input/output failed, or the file as a whole is broken).
pub type Batches = Box<dyn Iterator<Item = Result<Batch>> + Send>;

/// Some records that are parsed when they are asked for, on whatever thread asks.
pub struct Batch {
    /// How many there are, where the format knows before it has parsed them.
    pub records: Option<usize>,
    parse: Box<dyn FnOnce() -> Vec<Read<Unit>> + Send>,
}

impl Batch {
    /// A batch that is parsed by `parse`.
    pub fn new(records: Option<usize>, parse: impl FnOnce() -> Vec<Read<Unit>> + Send + 'static) -> Batch {
        Batch { records, parse: Box::new(parse) }
    }

    /// The records.
    pub fn read(self) -> Vec<Read<Unit>> {
        (self.parse)()
    }

    /// The same batch, parsed now if that is what it takes to know how many records it has; and their number.
    pub fn counted(self) -> (Batch, usize) {
        match self.records {
            Some(records) => (self, records),
            None => {
                let read = self.read();
                let records = read.len();
                (Batch::new(Some(records), move || read), records)
            }
        }
    }
}

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
    /// The sheet of a spreadsheet; its lines are the rows as the spreadsheet numbers them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
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
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// The corpus's source language.
    pub source_lang: Lang,
    /// The corpus's target language.
    pub target_lang: Lang,
    /// Whether a table gets a first line with column names.
    pub header: bool,
    /// The signature of what produced the units, for formats that have a place for it.
    pub signature: String,
    /// The name of the store, when the units are its own: a format for reviewers then gives what a returned file is matched by.
    pub store: Option<String>,
    /// Whether the notes of reviewers are asked for, in formats that have a place for them.
    pub notes: bool,
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
#[derive(Default)]
pub struct Encoded {
    /// The bytes for each file.
    pub bytes: Vec<Vec<u8>>,
    /// Encoded column chunks, for a format that is no byte stream.
    pub columns: Vec<::parquet::arrow::arrow_writer::ArrowColumnChunk>,
    /// Rows of cells, for a spreadsheet.
    pub rows: Vec<Vec<xlsx::Cell>>,
    /// How often something had to be replaced: [`Format::replaces`].
    pub replaced: u64,
}

impl Encoded {
    /// The bytes of a format of one file.
    pub fn one(bytes: Vec<u8>, replaced: u64) -> Encoded {
        Encoded { bytes: vec![bytes], replaced, ..Encoded::default() }
    }
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
        (self.source.joined(bead.source.clone()), self.target.joined(bead.target.clone()))
    }
}

/// The format with that name.
pub fn by_name(name: &str) -> Result<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name).ok_or_else(|| {
        let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
        Error::new(format!("unknown format `{name}`")).hint(format!("formats: {}", names.join(", ")))
    })
}

/// The formats with these names, each of which can write units.
pub fn writable<S: AsRef<str>>(names: &[S]) -> Result<Vec<&'static Format>> {
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in names {
        let format = by_name(name.as_ref())?;
        if format.write_units.is_none() {
            let able: Vec<_> = FORMATS.iter().filter(|f| f.write_units.is_some()).map(|f| f.name).collect();
            return Err(
                Error::new(format!("format `{}` cannot be written", format.name)).hint(format!("formats for export: {}", able.join(", ")))
            );
        }
        if !formats.iter().any(|f| f.name == format.name) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// The format of a file among those that `can` do what is asked: by its first bytes, else by its extension.
pub fn detect(path: &Path, head: &[u8], can: fn(&Format) -> bool) -> Option<&'static Format> {
    let able = || FORMATS.iter().copied().filter(|format| can(format));
    able().find(|format| (format.sniff)(head)).or_else(|| able().find(|format| format.extensions.contains(&extension(path).as_str())))
}

/// The registry as a Markdown table, for the README and the `formats` command.
pub fn table() -> String {
    let mut table = String::from("| format | extensions | reads | writes | what it is |\n|---|---|---|---|---|\n");
    for format in FORMATS {
        let extensions: Vec<_> = format.extensions.iter().map(|extension| format!("`.{extension}`")).collect();
        let cells =
            [format!("`{}`", format.name), extensions.join(" "), reads(format).join(", "), writes(format).join(", "), format.about.into()];
        table += &format!("| {} |\n", cells.join(" | "));
    }
    table
}

/// What a format reads, in words.
pub fn reads(format: &Format) -> Vec<&'static str> {
    let able = [
        (format.read_units.is_some(), "units"),
        (format.read_statements.is_some(), "statements"),
        (format.read_document.is_some(), "documents"),
        (format.read_alignment.is_some(), "alignments"),
        (format.read_review.is_some(), "reviews"),
    ];
    able.into_iter().filter_map(|(can, what)| can.then_some(what)).collect()
}

/// What a format writes, in words.
pub fn writes(format: &Format) -> Vec<&'static str> {
    let able = [(format.write_units.is_some(), "units"), (format.write_alignment.is_some(), "alignments")];
    able.into_iter().filter_map(|(can, what)| can.then_some(what)).collect()
}

/// Why two texts make no unit: one of them, or both, have nothing but white space. The one rule of every reader of units.
pub fn empty_side(source: &str, target: &str) -> Option<&'static str> {
    // Hardly a text begins with white space, so the whole text is hardly ever looked at.
    match (source.trim_start().is_empty(), target.trim_start().is_empty()) {
        (false, false) => None,
        (true, false) => Some("empty source"),
        (false, true) => Some("empty target"),
        (true, true) => Some("both sides empty"),
    }
}

/// Which of the texts in `langs` is the one in `source` and which the one in `target`; a region counts only where it decides.
pub fn sides(langs: &[Lang], source: Lang, target: Lang) -> Option<(usize, usize)> {
    let find = |wanted: Lang, taken: Option<usize>| {
        let free = |n: &usize| Some(*n) != taken;
        let exact = (0..langs.len()).filter(free).find(|n| langs[*n] == wanted);
        exact.or_else(|| (0..langs.len()).filter(free).find(|n| langs[*n].same_language(&wanted)))
    };
    let first = find(source, None)?;
    Some((first, find(target, Some(first))?))
}

/// The only input of a format that has one file.
fn one(inputs: Vec<Input>) -> Result<Input> {
    let count = inputs.len();
    match <[Input; 1]>::try_from(inputs) {
        Ok([input]) => Ok(input),
        Err(_) => Err(Error::new(format!("{count} files where the format has one"))),
    }
}

/// A number in [0, 1] for people and foreign programs: at most 6 decimals, no zeros at the end.
fn decimal(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// Segment indexes joined by `separator`.
fn list(indexes: &[usize], separator: &str) -> String {
    indexes.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}

/// The segment indexes of a list such as `0, 1`; nothing but blanks is the empty list.
fn indexes(list: &str) -> Result<Vec<usize>, String> {
    if list.trim().is_empty() {
        return Ok(Vec::new());
    }
    let indexes = list.split(',').map(|n| n.trim().parse().map_err(|_| format!("`{}` is no segment index", n.trim())));
    let indexes: Vec<usize> = indexes.collect::<Result<_, _>>()?;
    if indexes.windows(2).all(|pair| pair[0] < pair[1]) { Ok(indexes) } else { Err(format!("the segments `{list}` do not rise")) }
}

/// The extension of a path in lower case, without `.gz` or `.zst`.
pub fn extension(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    pub(super) const READ: ReadOptions = ReadOptions { source_lang: Lang::ES, target_lang: Lang::EN };

    /// Reads files given by name and content.
    pub(super) fn read_named(format: &Format, files: &[(&str, &[u8])]) -> Result<Vec<Read<Unit>>> {
        let inputs = files.iter().map(|(name, bytes)| Input::from_bytes(name, bytes.to_vec())).collect::<Result<Vec<_>>>()?;
        let mut all = Vec::new();
        for batch in format.read_units.expect("the format reads units")(inputs, &READ)? {
            all.extend(batch?.read());
        }
        Ok(all)
    }

    pub(super) fn read_text(format: &Format, files: &[&str]) -> Result<Vec<Read<Unit>>> {
        let files: Vec<_> = files.iter().map(|text| ("file", text.as_bytes())).collect();
        read_named(format, &files)
    }

    /// From Spanish to English, without a header.
    pub(super) fn options() -> WriteOptions {
        WriteOptions { source_lang: Lang::ES, target_lang: Lang::EN, signature: "test:1".into(), ..WriteOptions::default() }
    }

    /// What a format writes into its files, and how many characters it replaced.
    pub(super) fn write_files(format: &Format, units: &[Unit], header: bool) -> (Vec<Vec<u8>>, u64) {
        write_files_with(format, units, &WriteOptions { header, ..options() })
    }

    pub(super) fn write_files_with(format: &Format, units: &[Unit], options: &WriteOptions) -> (Vec<Vec<u8>>, u64) {
        let files: Vec<Shared> = (0..format.files).map(|_| Shared::default()).collect();
        let writers = files.iter().map(|file| Box::new(file.clone()) as Box<dyn Write + Send>).collect();
        let (encoder, mut sink) = format.write_units.expect("the format writes units")(options, writers).expect("opens");
        let mut replaced = 0;
        for some in units.chunks(3) {
            let encoded = encoder.encode(some).expect("encodes");
            replaced += encoded.replaced;
            sink.append(encoded).expect("writes");
        }
        sink.finish().expect("finishes");
        (files.iter().map(|file| file.0.lock().expect("no panic").clone()).collect(), replaced)
    }

    pub(super) fn written(format: &Format, units: &[Unit], header: bool) -> (Vec<u8>, u64) {
        let (mut files, replaced) = write_files(format, units, header);
        (files.remove(0), replaced)
    }

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_region_decides_the_side_only_where_it_must() {
        let langs: Vec<Lang> = ["en-US", "es-CO", "es-ES"].iter().map(|code| code.parse().expect("a code")).collect();
        assert_eq!(sides(&langs[..2], Lang::ES, Lang::EN), Some((1, 0)));
        assert_eq!(sides(&langs[1..], langs[2], langs[1]), Some((1, 0)));
        assert_eq!(sides(&langs[..2], Lang::ES, Lang::ES), None);
    }

    #[test]
    fn an_index_list_must_rise() {
        assert_eq!(indexes(" "), Ok(vec![]));
        assert_eq!(indexes("0, 2"), Ok(vec![0, 2]));
        assert!(indexes("1,1").is_err() && indexes("-1").is_err());
    }
}
