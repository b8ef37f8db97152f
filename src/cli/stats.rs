//! `stats`: what is in a store.

use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::console::{Console, count, table};
use crate::error::Result;
use crate::store::{SideStats, Stats, Store};

/// Tell what is in a store: units, documents, statements, lengths, languages, duplicates, a sample
#[derive(Args)]
pub(super) struct StatsArgs {
    /// The store
    file: PathBuf,
    /// Also count by source
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Units in the sample
    #[arg(long, value_name = "N", default_value_t = 3)]
    sample: usize,
    /// Chooses the sample
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum By {
    /// By source, as the recipe or `ingest --source` names it
    Source,
}

pub(super) fn run(args: &StatsArgs, console: &Console) -> Result<Outcome> {
    let store = Store::open_read_only(&args.file)?;
    let stats = store.stats(args.by == Some(By::Source), args.sample, args.seed)?;
    let text = text(&store, &stats);
    console.result(&stats, &text)?;
    Ok(Outcome::Done)
}

fn text(store: &Store, stats: &Stats) -> String {
    let row = |name: &str, value: String| vec![name.to_string(), value];
    let mut rows = vec![
        row("units", count(stats.units)),
        row("documents", count(stats.documents)),
        row("statements", count(stats.statements)),
        row("renderings", count(stats.renderings)),
        row("bitexts", count(stats.bitexts)),
        row("duplicates", count(stats.duplicates)),
    ];
    rows.extend(stats.states.iter().map(|(state, n)| row(state, count(*n))));
    let mut text = table(&rows);
    let ratio = stats.length_ratio.map_or(String::new(), |r| format!("{r:.2}"));
    let mut sides =
        vec![["side", "languages", "words", "characters", "shortest", "median", "9 in 10", "longest"].map(String::from).to_vec()];
    sides.push(side(&format!("source ({})", store.source_lang()), &stats.source));
    sides.push(side(&format!("target ({})", store.target_lang()), &stats.target));
    let _ = write!(text, "\n{}target/source length, median: {ratio}\n", table(&sides));
    if !stats.by_source.is_empty() {
        let mut rows = vec![["source", "units", "source words", "target words", "licences"].map(String::from).to_vec()];
        rows.extend(
            stats
                .by_source
                .iter()
                .map(|s| vec![s.name.clone(), count(s.units), count(s.source_words), count(s.target_words), s.licences.join(", ")]),
        );
        let _ = write!(text, "\n{}", table(&rows));
    }
    if !stats.findings.is_empty() {
        let mut rows = vec![["check", "findings"].map(String::from).to_vec()];
        rows.extend(stats.findings.iter().map(|(check, n)| vec![check.clone(), count(*n)]));
        let _ = write!(text, "\n{}", table(&rows));
    }
    for (source, target) in &stats.sample {
        let _ = write!(text, "\n{}  {source}\n{}  {target}\n", store.source_lang(), store.target_lang());
    }
    text
}

fn side(name: &str, side: &SideStats) -> Vec<String> {
    let languages = side.languages.iter().map(|(lang, n)| format!("{lang} {}", count(*n))).collect::<Vec<_>>().join(", ");
    let l = side.lengths;
    let mut row = vec![name.to_string(), languages, count(side.words), count(side.characters)];
    row.extend([l.min, l.median, l.p90, l.max].map(count));
    row
}
