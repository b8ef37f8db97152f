//! `segment`: text into segments.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::align::ParagraphArgs;
use super::console::Console;
use crate::error::Result;
use crate::formats::Input;
use crate::model::Lang;
use crate::segment::{self, Paragraphs};

/// Print one segment per line and a blank line between paragraphs; only white space changes, and layout that is told on standard error
#[derive(Args)]
pub(super) struct SegmentArgs {
    /// The text; standard input by default
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Language of the text: a BCP-47 code such as es, es-CO or spa
    #[arg(long, value_name = "LANG")]
    lang: Lang,
    #[command(flatten)]
    paragraphs: ParagraphArgs,
    /// Encoding of a file that is neither UTF-8 nor UTF-16 with a byte order mark, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

pub(super) fn run(args: &SegmentArgs, console: &Console) -> Result<Outcome> {
    let text = Input::open(&args.file, args.encoding.as_deref())?.text()?;
    let layout = args.paragraphs.get().layout(&text);
    if args.paragraphs.get().paragraphs == Paragraphs::Auto {
        console.say(&decided(layout.paragraphs, &args.file));
    }
    console.say_layout(&args.file, &layout.report(&text));
    console.out(&segment::write(&text, &layout.segments(&text, &args.lang), &layout))?;
    Ok(Outcome::Done)
}

fn decided(paragraphs: Paragraphs, file: &Path) -> String {
    let how = match paragraphs {
        Paragraphs::Blank => "blank lines separate paragraphs",
        _ => "each line is a paragraph",
    };
    format!("{}: {how} (--paragraphs {})", file.display(), paragraphs.name())
}
