//! `find`: words in the units of a store, with what stands around them and on the other side.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::console::{Console, plural};
use crate::error::Result;
use crate::model::Side;
use crate::store::Store;
use crate::store::search::{Hit, Query};

/// Find words in a store, with both sides: a concordance
#[derive(Args)]
#[command(after_help = "Columns: number, before, match, after, other side, outlet
A query has words, \"phrases\", stems (obed*), words that must not occur (-trump), and sides (es:orden en:order, source:, target:).
Accents and case do not matter, but ñ is not n; =Año and =\"la Orden\" are found as they are written, /regular expressions/ too (/…/i in any case).
The first search makes an index in the store.")]
pub(super) struct FindArgs {
    /// The store
    file: PathBuf,
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// The side to show the words of; the one where they are by default
    #[arg(long, value_enum)]
    side: Option<ShownSide>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    most: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum ShownSide {
    Source,
    Target,
}

pub(super) fn run(args: &FindArgs, console: &Console) -> Result<Outcome> {
    let mut store = Store::open_read_only(&args.file)?;
    let query = Query::parse(&args.query.join(" "), &store.source_lang(), &store.target_lang())?;
    if !store.is_search_ready()? {
        store = Store::open(&args.file)?;
        let progress = console.progress("units indexed");
        store.prepare_search(&mut |done| progress.set(done))?;
    }
    let rows = store.search(&query)?;
    let shown = &rows[..rows.len().min(args.most)];
    let side = match args.side {
        Some(ShownSide::Source) => Side::Source,
        Some(ShownSide::Target) => Side::Target,
        None => query.terms.iter().find(|term| !term.negated).and_then(|term| term.side).unwrap_or(Side::Source),
    };
    let mut hits = store.concordance(&query, side, shown)?;
    if args.side.is_none() {
        // Words without a side may stand on either.
        let other = if side == Side::Source { Side::Target } else { Side::Source };
        let turned = store.concordance(&query, other, shown)?;
        hits = hits.into_iter().zip(turned).map(|(hit, turned)| if hit.matched.is_empty() { turned } else { hit }).collect();
    }
    console.result(&hits, &hits.iter().map(line).collect::<String>())?;
    let left_out = rows.len() - shown.len();
    let more = if left_out > 0 { format!(", the first {} shown", shown.len()) } else { String::new() };
    console.say(&format!("{}{more}", plural(rows.len() as u64, "units")));
    Ok(Outcome::Done)
}

fn line(hit: &Hit) -> String {
    let cells = [&hit.left, &hit.matched, &hit.right, &hit.other].map(|text| text.replace(['\t', '\n', '\r'], " "));
    format!("{}\t{}\t{}\n", hit.n, cells.join("\t"), hit.outlet.as_deref().unwrap_or_default())
}
