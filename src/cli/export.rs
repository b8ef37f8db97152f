//! `export`: a store into files.

use std::path::PathBuf;

use clap::Args;

use super::console::{Console, count, plural};
use super::judging::{filtering, setting};
use super::{Outcome, drops};
use crate::error::{Error, Result};
use crate::export::{self, Options};
use crate::formats;
use crate::model::State;
use crate::quality::filters::Interval;
use crate::quality::{Preset, Rules};
use crate::store::Store;

/// Write a store's units as data sets, and the report
#[derive(Args)]
#[command(after_help = HELP)]
pub(super) struct ExportArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// The folder for the files
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The formats, separated by commas (see `bitexto formats`); `html` is the report
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', required = true)]
    output_format: Vec<String>,
    /// First part of the file names
    #[arg(long, value_name = "NAME", default_value = "corpus")]
    name: String,
    /// Give tables a first line with column names
    #[arg(long)]
    header: bool,
    /// Leave out units of beads with a lower confidence, from 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_confidence: f64,
    /// Only units in these review states: unreviewed, accepted, edited, rejected, flagged. By default all but those rejected
    #[arg(long, value_name = "STATES", value_delimiter = ',', value_parser = state)]
    state: Option<Vec<State>>,
    /// Write the notes of reviewers, in formats with a place for them; `tsv` then has a header and the state too
    #[arg(long)]
    notes: bool,
    /// Leave out what the rules of a preset drop: training, strict or review
    #[arg(long, value_name = "PRESET", value_parser = |name: &str| Preset::named(name))]
    preset: Option<Preset>,
    /// Another interval for a filter or for a score in the store, such as `translation=0.5..`; `off` keeps everything
    #[arg(long = "set", value_name = "FILTER=LEAST..MOST", value_parser = setting)]
    set: Vec<(String, Interval)>,
    /// Show some of what was dropped by each filter
    #[arg(long)]
    examples: bool,
}

const HELP: &str = "\
For a colleague without bitexto: `export --corpus c.db --to for-ana --output-format xlsx --state unreviewed` writes a spreadsheet to be filled in, and
`ingest for-ana/corpus.xlsx --corpus c.db --reviewer ana` takes it back. Accepted units are dropped by no filter.";

/// A review state that a unit of a store can have.
fn state(name: &str) -> Result<State, String> {
    let states = || State::ALL.iter().filter(|state| **state != State::Withdrawn);
    let known = || states().map(|state| state.name()).collect::<Vec<_>>().join(", ");
    states().copied().find(|state| state.name() == name).ok_or_else(|| format!("a review state is one of {}", known()))
}

pub(super) fn run(args: &ExportArgs, console: &Console) -> Result<Outcome> {
    let store = Store::open_read_only(&args.corpus)?;
    let options = args.options(&store)?;
    let progress = console.progress("exporting");
    let exported = export::export(&store, &console.pool()?, &args.to, &options)?;
    drop(progress);
    for name in &exported.removed {
        console.say(&format!("removed {name}: not asked for any more"));
    }
    let manifest = &exported.manifest;
    drops::warn(&exported.drops, console);
    if exported.drops.total() > 0 {
        console.say(&format!("left out {} of {}", count(exported.drops.total()), count(exported.drops.records)));
        console.say(drops::drops_table(&exported.drops).trim_end());
    }
    if args.examples || console.is_verbose() {
        console.say(drops::examples(&exported.drops).trim_end());
    }
    for (format, n) in &manifest.replaced {
        let (what, became) = formats::by_name(format)?.replaces;
        console.say(&format!("{format}: {} {became}", plural(*n, what)));
    }
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    console.say(&format!("exported {} to {}: {}", plural(manifest.units, "units"), args.to.display(), names.join(", ")));
    if let Some(why) = &exported.empty {
        console.warn(why);
    }
    if console.wants_json() {
        console.result(manifest, "")?;
    }
    Ok(Outcome::Done)
}

impl ExportArgs {
    fn options(&self, store: &Store) -> Result<Options> {
        if !(0.0..=1.0).contains(&self.min_confidence) {
            return Err(Error::new(format!("`--min-confidence {}` must be from 0 to 1", self.min_confidence)));
        }
        let (reports, names): (Vec<&String>, Vec<&String>) = self.output_format.iter().partition(|name| *name == "html");
        let mut options = Options::new(formats::writable(&names)?);
        options.report = !reports.is_empty();
        options.stem.clone_from(&self.name);
        options.title.clone_from(&self.name);
        options.header = self.header;
        options.min_confidence = self.min_confidence;
        options.states.clone_from(&self.state);
        options.notes = self.notes;
        let rules = self.preset.map_or_else(Rules::none, Rules::of);
        options.filtering = filtering(rules, &self.set, store.score_names()?)?;
        Ok(options)
    }
}
