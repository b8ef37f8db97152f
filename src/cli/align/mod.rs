//! `align`: two files into a bilingual table, without a store.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::console::{Console, plural};
use super::langs::LangArgs;
use crate::align::{Aligner, Options, parse_max_bead};
use crate::error::{Error, Result};
use crate::export::report;
use crate::formats::{self, Aligned, Format, Input, Output, WriteOptions, tsv};
use crate::ingest::aligning::{align_documents, signature, units_of};
use crate::ingest::refuse_swapped;
use crate::model::{Alignment, Document, Lang, Provenance};
use crate::segment::{self, Paragraphs};
use crate::text::langid;

/// Align two files in two languages: text, or with --segmented one segment a line
#[derive(Args)]
#[command(after_help = COLUMNS)]
pub(super) struct AlignArgs {
    /// The source text
    source: PathBuf,
    /// The target text
    target: PathBuf,
    #[command(flatten)]
    langs: LangArgs,
    /// Each line is a segment; a blank line ends a paragraph and is not counted
    #[arg(long)]
    segmented: bool,
    #[command(flatten)]
    paragraphs: ParagraphArgs,
    /// What to print: an alignment (vecalign, hunalign, tsv, jsonl) or units (tmx, …)
    #[arg(long, value_name = "FORMAT", conflicts_with = "to")]
    output_format: Option<String>,
    /// Write to files instead, each in the form of its extension: .html is a report to read; several at once
    #[arg(long, value_name = "FILE", num_args = 1..)]
    to: Vec<PathBuf>,
    /// Print a first line with column names
    #[arg(long)]
    header: bool,
    /// Most source and target segments in one bead
    #[arg(long, value_name = "M:N", value_parser = parse_max_bead)]
    max_bead: Option<(usize, usize)>,
    /// Encoding of files that are neither UTF-8 nor UTF-16 with a byte order mark, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

const COLUMNS: &str = "\
Columns of tsv: confidence kind source_segments target_segments source target
Examples:
  bitexto align discurso.es.txt speech.en.txt --to table.html table.tmx
  bitexto align a.es a.en --segmented --output-format vecalign";

/// What separates paragraphs.
#[derive(Args)]
pub(super) struct ParagraphArgs {
    /// What separates paragraphs of a text
    #[arg(long, value_enum, default_value_t = ParagraphArg::Auto)]
    paragraphs: ParagraphArg,
}

#[derive(Clone, Copy, ValueEnum)]
enum ParagraphArg {
    /// Found out from the text
    Auto,
    /// Each line is a paragraph
    Line,
    /// Blank lines separate paragraphs, whose lines may be hard-wrapped
    Blank,
}

impl ParagraphArgs {
    pub(super) fn get(&self) -> Paragraphs {
        match self.paragraphs {
            ParagraphArg::Auto => Paragraphs::Auto,
            ParagraphArg::Line => Paragraphs::Line,
            ParagraphArg::Blank => Paragraphs::Blank,
        }
    }
}

pub(super) fn run(args: &AlignArgs, console: &Console) -> Result<Outcome> {
    let writers = args.to.iter().map(|path| Writer::for_file(path)).collect::<Result<Vec<_>>>()?;
    let printer = Writer::named(args.output_format.as_deref().unwrap_or("tsv"))?;
    let source = args.document(&args.source, args.langs.source_lang, Lang::ES, console)?;
    let target = args.document(&args.target, args.langs.target_lang, other(source.lang), console)?;
    if source.lang.same_language(&target.lang) {
        let cause = format!("both files are taken to be `{}`", source.lang);
        return Err(Error::new(cause).in_file(&args.target).hint("say what they are: `-s es -t en`"));
    }
    refuse_swapped(&source, &target).map_err(|e| e.in_file(&args.source))?;
    let options = Options { max_bead: args.max_bead.unwrap_or(Options::default().max_bead) };
    let aligner = Aligner { options, ..Aligner::default() };
    let progress = console.progress("aligning");
    let alignment = align_documents(&source, &target, &aligner);
    drop(progress);
    let aligned = Aligned { source: &source, target: &target, alignment: &alignment };
    let options = WriteOptions { source_lang: source.lang, target_lang: target.lang, header: args.header, signature: signature(&aligner) };
    if args.to.is_empty() {
        let stdout = BufWriter::new(std::io::stdout());
        printer.write(&aligned, &options, stdout)?;
    }
    for (path, writer) in args.to.iter().zip(&writers) {
        writer.write_file(&aligned, &options, path)?;
        console.say(&format!("wrote {}", path.display()));
    }
    console.say(&summary(&alignment, &source, &target));
    if console.wants_json() && !args.to.is_empty() {
        console.result(&Summary::of(&alignment, &source, &target), "")?;
    }
    Ok(Outcome::Done)
}

/// What `--json` prints when the alignment itself goes to files.
#[derive(serde::Serialize)]
struct Summary {
    source_segments: usize,
    target_segments: usize,
    beads: usize,
    unmatched: usize,
    mean_confidence: f64,
    signature: String,
}

impl Summary {
    fn of(alignment: &Alignment, source: &Document, target: &Document) -> Summary {
        #[allow(clippy::cast_precision_loss)]
        let beads = alignment.beads.len() as f64;
        Summary {
            source_segments: source.segments.len(),
            target_segments: target.segments.len(),
            beads: alignment.beads.len(),
            unmatched: alignment.beads.iter().filter(|b| !b.is_matched()).count(),
            mean_confidence: alignment.beads.iter().map(|b| b.confidence).sum::<f64>() / beads.max(1.0),
            signature: alignment.signature.to_string(),
        }
    }
}

fn summary(alignment: &Alignment, source: &Document, target: &Document) -> String {
    let s = Summary::of(alignment, source, target);
    format!(
        "{} × {} segments: {}, {} without a counterpart, mean confidence {:.2}",
        s.source_segments,
        s.target_segments,
        plural(s.beads as u64, "beads"),
        s.unmatched,
        s.mean_confidence
    )
}

fn other(lang: Lang) -> Lang {
    if lang.same_language(&Lang::EN) { Lang::ES } else { Lang::EN }
}

impl AlignArgs {
    fn document(&self, path: &Path, said: Option<Lang>, default: Lang, console: &Console) -> Result<Document> {
        let text = Input::open(path, self.encoding.as_deref())?.text()?;
        if text.trim().is_empty() {
            return Err(Error::new("the file is empty").in_file(path));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let lang = said.or_else(|| Lang::of_file_name(&name).map(|(_, lang)| lang)).unwrap_or_else(|| {
            let found = langid::identify(&text).unwrap_or(default);
            console.say(&format!("{}: taken to be `{found}`", path.display()));
            found
        });
        let segments = if self.segmented { segment::segmented(&text) } else { segment::segment(&text, &lang, self.paragraphs.get()) };
        Ok(Document { path: path.to_string_lossy().into_owned(), lang, text, segments, provenance: Provenance::default() })
    }
}

/// How an alignment is written.
enum Writer {
    Report,
    Format(&'static Format),
}

impl Writer {
    fn named(name: &str) -> Result<Writer> {
        match name {
            "html" => Ok(Writer::Report),
            _ => Writer::able(formats::by_name(name)?),
        }
    }

    fn for_file(path: &Path) -> Result<Writer> {
        let extension = formats::extension(path);
        if extension == "html" {
            return Ok(Writer::Report);
        }
        let able = |f: &&&Format| f.files == 1 && (f.write_alignment.is_some() || f.write_units.is_some());
        let format = formats::FORMATS.iter().filter(able).find(|f| f.extensions.contains(&extension.as_str()));
        let known = || formats::FORMATS.iter().filter(able).filter_map(|f| f.extensions.first().copied()).collect::<Vec<_>>().join(", .");
        match format {
            Some(format) => Ok(Writer::Format(format)),
            None => {
                Err(Error::new(format!("no format writes `.{extension}`")).in_file(path).hint(format!("extensions: .html, .{}", known())))
            }
        }
    }

    fn able(format: &'static Format) -> Result<Writer> {
        if format.write_alignment.is_some() || (format.files == 1 && format.write_units.is_some()) {
            Ok(Writer::Format(format))
        } else {
            Err(Error::new(format!("format `{}` cannot hold an alignment", format.name))
                .hint("formats: vecalign, hunalign, tsv, jsonl, tmx, html"))
        }
    }

    fn write_file(&self, aligned: &Aligned<'_>, options: &WriteOptions, path: &Path) -> Result<()> {
        let mut output = Output::create(path)?;
        // Writers of units own their file, so they get a buffer; a table of two documents fits in memory as the documents do.
        let mut bytes = Vec::new();
        self.write(aligned, options, &mut bytes)?;
        output.write_all(&bytes).map_err(|e| Error::io(path, &e))?;
        output.finish().map(drop)
    }

    fn write(&self, aligned: &Aligned<'_>, options: &WriteOptions, mut out: impl Write) -> Result<()> {
        match self {
            Writer::Report => out.write_all(report::of_alignment(aligned).as_bytes())?,
            Writer::Format(format) => match format.write_alignment {
                Some(write) => {
                    if options.header && format.name == tsv::FORMAT.name {
                        writeln!(out, "{}", tsv::ALIGNMENT_COLUMNS.join("\t"))?;
                    }
                    write(aligned, &mut out)?;
                }
                None => out.write_all(&units(format, aligned, options)?)?,
            },
        }
        Ok(out.flush()?)
    }
}

/// The matched beads as units, in a format for units.
fn units(format: &Format, aligned: &Aligned<'_>, options: &WriteOptions) -> Result<Vec<u8>> {
    let write_units = format.write_units.ok_or_else(|| Error::new(format!("format `{}` cannot be written", format.name)))?;
    let file = tempfile::NamedTempFile::new()?;
    let (encoder, mut sink) = write_units(options, vec![Box::new(file.reopen()?)])?;
    let mut units = units_of(aligned);
    for unit in &mut units {
        let key = format!("{}|{}", aligned.source.path, aligned.target.path);
        unit.id = Some(crate::text::hash::base32(&unit.id_bytes(&key, 0)));
        unit.origin.record = None;
    }
    sink.append(encoder.encode(&units)?)?;
    sink.finish()?;
    Ok(std::fs::read(file.path())?)
}
