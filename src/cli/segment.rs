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

/// Print one segment per line and a blank line between paragraphs; only white space changes
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
    let paragraphs = match args.paragraphs.get() {
        Paragraphs::Auto => decided(&text, &args.file, console),
        chosen => chosen,
    };
    console.out(&segment::write(&text, &segment::segment(&text, &args.lang, paragraphs)))?;
    Ok(Outcome::Done)
}

fn decided(text: &str, file: &Path, console: &Console) -> Paragraphs {
    let paragraphs = segment::decide(text);
    let how = match paragraphs {
        Paragraphs::Blank => "blank lines separate paragraphs",
        _ => "each line is a paragraph",
    };
    console.say(&format!("{}: {how} (--paragraphs {})", file.display(), paragraphs.name()));
    paragraphs
}
