//! Two text files → two documents, with the barriers that marks in them put up.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::super::langs::LangArgs;
use crate::error::{Error, Result};
use crate::formats::Input;
use crate::ingest::refuse_swapped;
use crate::model::{Document, Lang, Provenance};
use crate::segment::{self, END_OF_PART, Layout, Paragraphs, PartEnd, Segmented};
use crate::text::langid;

/// How texts are read.
#[derive(Args)]
pub(super) struct TextArgs {
    #[command(flatten)]
    pub(super) langs: LangArgs,
    /// Each line is a segment; blank lines and the marks `<p>` and `.EOA` are not counted (see below)
    #[arg(long)]
    segmented: bool,
    #[command(flatten)]
    paragraphs: ParagraphArgs,
    /// Encoding of files that are neither UTF-8 nor UTF-16 with a byte order mark, such as windows-1252
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
}

/// What separates paragraphs.
#[derive(Args)]
pub(in crate::cli) struct ParagraphArgs {
    /// What separates paragraphs of a text
    #[arg(long, value_enum, default_value_t = ParagraphArg::Auto)]
    paragraphs: ParagraphArg,
    /// Take a text as it stands: leave out no page numbers and running heads, join no broken words, read no spoilt characters
    #[arg(long)]
    keep_layout: bool,
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
    pub(in crate::cli) fn get(&self) -> segment::Options {
        segment::Options { paragraphs: self.paragraphs(), keep_layout: self.keep_layout }
    }

    fn paragraphs(&self) -> Paragraphs {
        match self.paragraphs {
            ParagraphArg::Auto => Paragraphs::Auto,
            ParagraphArg::Line => Paragraphs::Line,
            ParagraphArg::Blank => Paragraphs::Blank,
        }
    }
}

/// Two documents to be aligned.
pub(super) struct Pair {
    pub(super) source: Document,
    pub(super) target: Document,
    /// Where parts end on both sides.
    pub(super) barriers: Vec<(usize, usize)>,
    /// What had to be assumed.
    pub(super) notes: Vec<String>,
}

impl TextArgs {
    /// Reads two files, whose documents are called by their paths relative to `folder`.
    pub(super) fn pair(&self, folder: &Path, source: &Path, target: &Path) -> Result<Pair> {
        let mut notes = Vec::new();
        let (source_document, source_ends) = self.document(folder, source, self.langs.source_lang, Lang::ES, &mut notes)?;
        let other = if source_document.lang.same_language(&Lang::EN) { Lang::ES } else { Lang::EN };
        let (target_document, target_ends) = self.document(folder, target, self.langs.target_lang, other, &mut notes)?;
        if source_document.lang.same_language(&target_document.lang) {
            let cause = format!("both files are taken to be `{}`", source_document.lang);
            return Err(Error::new(cause).in_file(target).hint("say what they are: `-s es -t en`"));
        }
        refuse_swapped(&source_document, &target_document).map_err(|e| e.in_file(source))?;
        let barriers = part_ends((source, &source_ends), (target, &target_ends))?;
        Ok(Pair { source: source_document, target: target_document, barriers, notes })
    }

    fn document(
        &self,
        folder: &Path,
        path: &Path,
        said: Option<Lang>,
        default: Lang,
        notes: &mut Vec<String>,
    ) -> Result<(Document, Vec<PartEnd>)> {
        let file = if path.as_os_str() == "-" { path.to_path_buf() } else { folder.join(path) };
        let text = Input::open(&file, self.encoding.as_deref())?.text()?;
        if text.trim().is_empty() {
            return Err(Error::new("the file is empty").in_file(&file));
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let lang = said.or_else(|| Lang::of_file_name(&name).map(|(_, lang)| lang)).unwrap_or_else(|| {
            let found = langid::identify(&text).unwrap_or(default);
            notes.push(format!("{}: taken to be `{found}`", path.display()));
            found
        });
        let layout = if self.segmented { Layout::default() } else { self.paragraphs.get().layout(&text) };
        let Segmented { segments, ends } = if self.segmented {
            segment::segmented(&text)
        } else {
            Segmented { segments: layout.segments(&text, &lang), ends: Vec::new() }
        };
        notes.extend(layout.report(&text).iter().map(|repaired| format!("{}: {repaired}", path.display())));
        Ok((Document { path: path.to_string_lossy().into_owned(), lang, text, segments, layout, provenance: Provenance::default() }, ends))
    }
}

/// The barriers where a part ends on both sides.
fn part_ends(source: (&Path, &[PartEnd]), target: (&Path, &[PartEnd])) -> Result<Vec<(usize, usize)>> {
    if source.1.len() != target.1.len() {
        let (more, fewer) = if source.1.len() > target.1.len() { (source, target) } else { (target, source) };
        let cause =
            format!("mark {} `{END_OF_PART}` of {}, where {} has {}", fewer.1.len() + 1, more.1.len(), fewer.0.display(), fewer.1.len());
        return Err(Error::new(cause)
            .in_file(more.0)
            .at_line(more.1[fewer.1.len()].line)
            .hint(format!("both files need a line `{END_OF_PART}` wherever a part ends")));
    }
    Ok(source.1.iter().zip(target.1).map(|(s, t)| (s.segment, t.segment)).collect())
}
