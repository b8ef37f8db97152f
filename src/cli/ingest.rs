//! `ingest`: files into a store.

use std::path::{Path, PathBuf};

use clap::Args;

use super::console::{Console, count, plural};
use super::langs::LangArgs;
use super::{Outcome, align};
use crate::error::{Error, Result};
use crate::formats;
use crate::ingest::aligning::{AlignReport, align_bitexts};
use crate::ingest::returned::Taken;
use crate::ingest::{self, Change, Item, Options, Report, discover};
use crate::model::{Lang, Provenance};
use crate::parallel::Pool;
use crate::store::Store;
use crate::store::review::reviewer;

/// Largest share of a file's records, in per cent, that may be unreadable before the exit code says so.
pub(super) const MAX_REJECTED: f64 = 5.0;

/// Store statements, documents and units, with where they come from; makes the store if there is none
#[derive(Args)]
#[command(after_help = HELP)]
pub(super) struct IngestArgs {
    /// Files and folders; `-` is standard input. A folder pairs its documents by stem and language suffix or subfolder
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The store
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// The format; found out by default (see `bitexto formats`)
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    langs: LangArgs,
    /// Language of the originals
    #[arg(long, value_name = "LANG")]
    original_lang: Option<Lang>,
    /// Encoding of files that are neither UTF-8 nor UTF-16 with a byte order mark, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[command(flatten)]
    paragraphs: align::ParagraphArgs,
    /// Name of the source that the files belong to; each file is its own by default
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// SPDX licence identifier, or `quotation` for short attributed quotations
    #[arg(long, value_name = "SPDX")]
    licence: Option<String>,
    /// Who published the texts
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// When they were published or said: EDTF, such as 2025-09-26
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Where they were published
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Who has filled in the tables for reviewers that come back: 1 to 40 of a-z 0-9 . _ - (by default your user name)
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Do not align document pairs and renderings now
    #[arg(long)]
    no_align: bool,
    /// Stop at the first record that cannot be read
    #[arg(long)]
    strict: bool,
    /// Largest share of a file's records, in per cent, that may be unreadable
    #[arg(long, value_name = "PERCENT", default_value_t = MAX_REJECTED)]
    max_rejected: f64,
}

const HELP: &str = "\
A spreadsheet that `export --output-format xlsx` wrote and a reviewer filled in is a review, when it is named itself: its verdicts, edits and notes go
into the store's log, in the name that `--reviewer` gives. A row whose unit has changed since, or that cannot be matched, is listed in
NAME.xlsx.rejected.jsonl beside the store.";

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Summary {
    files: Vec<Report>,
    unpaired: Vec<(PathBuf, String)>,
    align: Option<AlignReport>,
    units: u64,
}

pub(super) fn run(args: &IngestArgs, console: &Console) -> Result<Outcome> {
    let pool = console.pool()?;
    let options = args.options()?;
    let (source_lang, target_lang) = args.orientation()?;
    let found = discover(&args.paths, source_lang, target_lang, &options)?;
    if found.items.is_empty() {
        let reason = found.unpaired.first().map_or("the folder is empty".to_string(), |(file, why)| format!("{}: {why}", file.display()));
        return Err(Error::new("nothing to ingest").in_file(&args.paths[0]).hint(reason));
    }
    args.refuse_lost_review(&found.items)?;
    let mut store = args.open_store(source_lang, target_lang, console)?;
    let mut files = Vec::new();
    for item in &found.items {
        let progress = console.progress(&item.files()[0].display().to_string());
        files.push(ingest::ingest(&mut store, &pool, item, &options, &mut |done| progress.set(done))?);
        drop(progress);
        say(files.last().expect("just pushed"), console);
    }
    for (file, reason) in &found.unpaired {
        console.warn(&format!("{}: left out: {reason}", file.display()));
    }
    let align = if args.no_align { None } else { Some(align_all(&mut store, &pool, console)?) };
    let bad = files.iter().any(|report| report.rejected_share() * 100.0 > args.max_rejected);
    let summary = Summary { files, unpaired: found.unpaired, align, units: store.unit_count()? };
    console.say(&format!("{} holds {}", args.corpus.display(), plural(summary.units, "units")));
    if console.wants_json() {
        console.result(&summary, "")?;
    }
    Ok(Outcome::found_if(bad))
}

impl IngestArgs {
    fn options(&self) -> Result<Options> {
        let folder = self.corpus.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let provenance = Provenance {
            licence: self.licence.clone(),
            outlet: self.outlet.clone(),
            date: self.date.clone(),
            url: self.url.clone(),
            speaker: self.speaker.clone(),
            ..Provenance::default()
        };
        let mut options = Options::new(folder, folder);
        options.source_name.clone_from(&self.source);
        options.format = self.format.as_deref().map(formats::by_name).transpose()?;
        options.source_lang = self.langs.source_lang;
        options.target_lang = self.langs.target_lang;
        options.original_lang = self.original_lang;
        options.encoding.clone_from(&self.encoding);
        let reading = self.paragraphs.get();
        (options.paragraphs, options.keep_layout) = (reading.paragraphs, reading.keep_layout);
        options.provenance = [provenance.clone(), provenance];
        options.reviewer = Some(reviewer(self.reviewer.as_deref())?);
        options.strict = self.strict;
        Ok(options)
    }

    /// The orientation of the store as it is or as it is going to be.
    fn orientation(&self) -> Result<(Lang, Lang)> {
        if self.corpus.exists() {
            let store = Store::open_read_only(&self.corpus)?;
            return Ok((store.source_lang(), store.target_lang()));
        }
        Ok(self.langs.corpus())
    }

    /// Refuses a review where there is no store: none of its units could be there.
    fn refuse_lost_review(&self, items: &[Item]) -> Result<()> {
        match items.iter().find(|item| matches!(item, Item::Review { .. })) {
            Some(item) if !self.corpus.exists() => {
                let hint = format!("there is no store `{}`; name the one that the table was exported from", self.corpus.display());
                Err(Error::new("a table that a reviewer has filled in").in_file(item.files()[0]).hint(hint))
            }
            _ => Ok(()),
        }
    }

    fn open_store(&self, source_lang: Lang, target_lang: Lang, console: &Console) -> Result<Store> {
        if self.corpus.exists() {
            return Store::open(&self.corpus);
        }
        console.say(&format!("new store {} ({source_lang} → {target_lang})", self.corpus.display()));
        Store::create(&self.corpus, source_lang, target_lang)
    }
}

fn align_all(store: &mut Store, pool: &Pool, console: &Console) -> Result<AlignReport> {
    let progress = console.progress("aligning bitexts");
    let report = align_bitexts(store, pool, &crate::align::Aligner::shipped(crate::align::Options::default()), &mut |done| {
        progress.set(done.number);
    })?;
    drop(progress);
    if report.bitexts > 0 {
        console.say(&format!("aligned {}: {}", plural(report.bitexts, "bitexts"), plural(report.beads, "beads")));
    }
    Ok(report)
}

/// One line about one file.
pub(super) fn say(report: &Report, console: &Console) {
    for note in &report.notes {
        console.say(note);
    }
    if let Some(taken) = &report.review {
        say_review(report, taken, console);
    } else if report.change == Change::Unchanged {
        console.detail(&format!("{}: unchanged", report.key));
    } else {
        say_units(report, console);
    }
    if let Some(file) = &report.rejected_file {
        let rejected = format!("{} of {} records rejected", count(report.outcome.rejected), count(report.read));
        console.warn(&format!("{}: {rejected}: see {}", report.key, file.display()));
    }
}

fn say_units(report: &Report, console: &Console) {
    let outcome = report.outcome;
    let parts = [(outcome.added, "added"), (outcome.kept, "kept"), (outcome.removed, "removed"), (outcome.withdrawn, "withdrawn")];
    let mut parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", plural(*n, "units"))).collect();
    if parts.is_empty() {
        parts.push(plural(report.read, if report.format == "text" { "documents" } else { "records" }));
    }
    console.say(&format!("{} ({}): {}", report.key, report.format, parts.join(", ")));
}

/// What was taken over of a review, and what was not.
fn say_review(report: &Report, taken: &Taken, console: &Console) {
    let parts = [(taken.verdicts, "verdicts"), (taken.edits, "edits"), (taken.notes, "notes")].map(|(n, noun)| plural(n, noun));
    let mut rest = vec![format!("{} untouched", plural(taken.untouched, "rows"))];
    if taken.known > 0 {
        rest.push(format!("{} known already", count(taken.known)));
    }
    console.say(&format!("{} (review by {}): {}; {}", report.key, taken.by, parts.join(", "), rest.join(", ")));
    if taken.conflicts > 0 {
        console.warn(&format!("{}: {}: units that were changed in the store meanwhile", report.key, plural(taken.conflicts, "conflicts")));
    }
}
