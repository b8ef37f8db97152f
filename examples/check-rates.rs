//! How often each check speaks up on good translations, and how many errors it sees that are put into them on purpose.
//!
//! `check-rates DATA_DIR [--missed NAME] [--found CHECK]`: DATA_DIR holds `align/SET/LEVEL/*.es`, `.en` and `.gold` (one segment a line, beads as
//! `[0]:[0]`; the 1:1 beads are the pairs) and `dirty/dirty.tsv` (id, ok, label, detail, source set, Spanish, English, with a first line of names).
//! Prints Markdown. `--missed` prints the pairs of an error or a label that nothing saw, `--found` the pairs on which a check fires.

#[path = "check-rates/errors.rs"]
mod errors;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use bitexto::quality::{CHECKS, Context, Pair, Selection, check, message};
use bitexto::text::Lang;
use bitexto::{Error, Result};
use errors::{ERRORS, Random};

/// Sets of reference translations: news with professional translations, and encyclopedia and news.
const SETS: &[&str] = &["news-nt2011/L1", "wikinews-pud/L0"];

/// Labels of the list of labelled pairs, with the checks that should see them.
const LABELS: &[(&str, &[&str])] = &[
    ("number_changed", &["number", "number-scale"]),
    ("number_dropped", &["number", "number-scale"]),
    ("magnitude_changed", &["number", "number-scale"]),
    ("negation_dropped", &["negation"]),
];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|n| args.get(n + 1)).cloned().unwrap_or_default();
    let data = args.first().map(PathBuf::from).ok_or_else(|| Error::new("usage: check-rates DATA_DIR [--missed NAME] [--found CHECK]"))?;
    let show = Show { missed: option("--missed"), found: option("--found") };
    let mut sets = Vec::new();
    for set in SETS {
        sets.push((*set, references(&data.join("align").join(set))?));
    }
    let labelled = labelled(&data.join("dirty/dirty.tsv"))?;
    let good: Vec<Two> = labelled.iter().filter(|row| row.ok).map(|row| row.two.clone()).collect();
    let mut columns: Vec<(&str, &[Two])> = sets.iter().map(|(set, pairs)| (*set, &pairs[..])).collect();
    columns.push(("labelled good", &good));
    print_rates(&columns, &show);
    print_injected(&columns[..SETS.len()], &show);
    print_labels(&labelled, &show);
    Ok(())
}

/// What to print beside the tables; empty for nothing.
struct Show {
    missed: String,
    found: String,
}

/// A Spanish text and its English translation.
type Two = (String, String);

/// A labelled pair.
struct Row {
    ok: bool,
    label: String,
    two: Two,
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Error::new(e.to_string()).in_file(path))
}

/// The pairs of the 1:1 beads of every document of a folder.
fn references(folder: &Path) -> Result<Vec<Two>> {
    let entries = std::fs::read_dir(folder).map_err(|e| Error::new(e.to_string()).in_file(folder))?;
    let mut golds: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    golds.retain(|path| path.extension().is_some_and(|extension| extension == "gold"));
    golds.sort();
    let mut pairs = Vec::new();
    for gold in golds {
        let (source, target) = (text(&gold.with_extension("es"))?, text(&gold.with_extension("en"))?);
        let (source, target): (Vec<&str>, Vec<&str>) = (source.lines().collect(), target.lines().collect());
        for (s, t) in text(&gold)?.lines().filter_map(one_to_one) {
            let two = source.get(s).zip(target.get(t)).filter(|(source, target)| !source.is_empty() && !target.is_empty());
            pairs.extend(two.map(|(source, target)| ((*source).to_string(), (*target).to_string())));
        }
    }
    Ok(pairs)
}

/// The two segments of a bead `[3]:[4]`, if it has two.
fn one_to_one(line: &str) -> Option<(usize, usize)> {
    let mut sides = line.split(':').map(|side| side.trim_matches(|c| "[] ".contains(c)).parse().ok());
    Some((sides.next()??, sides.next()??))
}

fn labelled(path: &Path) -> Result<Vec<Row>> {
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, ok, label, _, _, source, target] = fields[..] else { return None };
        Some(Row { ok: ok == "1", label: label.to_string(), two: (source.to_string(), target.to_string()) })
    };
    Ok(text(path)?.lines().skip(1).filter_map(row).collect())
}

/// The ids of the checks that fire on a pair with their tiers and messages.
type Fired = BTreeMap<String, (u8, String)>;

fn fired((source, target): &Two) -> Fired {
    static CONTEXT: LazyLock<Context> = LazyLock::new(Context::shipped);
    let pair = Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN };
    let findings = check(&pair, &CONTEXT, &Selection::all());
    findings.into_iter().rev().map(|finding| (finding.check.clone(), (finding.tier, message(&finding, &Lang::EN)))).collect()
}

fn share(part: usize, whole: usize) -> String {
    format!("{:.2} %", 100.0 * part as f64 / whole.max(1) as f64)
}

fn print_rates(columns: &[(&str, &[Two])], show: &Show) {
    println!("## Pairs with a finding\n");
    println!("| check | tier |{}", columns.iter().map(|(name, pairs)| format!(" {name} ({}) |", pairs.len())).collect::<String>());
    println!("|---|---|{}", "---|".repeat(columns.len()));
    let fired: Vec<Vec<_>> = columns.iter().map(|(_, pairs)| pairs.iter().map(fired).collect()).collect();
    let row = |name: &str, tier: &str, hit: &dyn Fn(&Fired) -> bool| {
        let cells = fired.iter().map(|pairs| format!(" {} |", share(pairs.iter().filter(|of| hit(of)).count(), pairs.len())));
        println!("| {name} | {tier} |{}", cells.collect::<String>());
    };
    for check in CHECKS {
        row(&format!("`{}`", check.id), &check.tier.to_string(), &|of| of.contains_key(check.id));
        let has_others = fired.iter().flatten().any(|of| of.get(check.id).is_some_and(|(tier, _)| *tier != check.tier));
        if has_others {
            row(&format!("`{}`, this tier alone", check.id), &check.tier.to_string(), &|of| {
                of.get(check.id).is_some_and(|(tier, _)| *tier == check.tier)
            });
        }
    }
    row("all of tier 1", "1", &|of| of.values().any(|(tier, _)| *tier == 1));
    row("all", "", &|of| !of.is_empty());
    let found = fired.iter().zip(columns).flat_map(|(fired, (_, pairs))| fired.iter().zip(*pairs));
    for (of, (source, target)) in found.filter(|(of, _)| of.contains_key(&show.found)) {
        println!("{}\n  {source}\n  {target}", of[&show.found].1);
    }
}

/// The same errors on every run.
const SEED: u64 = 20_210_611;

/// Errors in pairs on which no check that should see them fires before.
fn print_injected(columns: &[(&str, &[Two])], show: &Show) {
    println!("\n## Errors put into pairs that were silent before\n");
    println!("| error | pairs | seen |\n|---|---|---|");
    for (name, spoil, ids) in ERRORS {
        let mut random = Random(SEED);
        let (mut seen, mut all) = (0, 0);
        for two in columns.iter().flat_map(|(_, pairs)| *pairs) {
            let sees = |two: &Two| fired(two).keys().any(|id| ids.contains(&id.as_str()));
            let Some(spoilt) = spoil(&two.0, &two.1, &mut random).filter(|spoilt| spoilt != two && !sees(two)) else { continue };
            all += 1;
            seen += usize::from(sees(&spoilt));
            if *name == show.missed && !sees(&spoilt) {
                eprintln!("{}\n  {}\n  ({})", spoilt.0, spoilt.1, two.1);
            }
        }
        println!("| {name} | {all} | {} |", share(seen, all));
    }
}

fn print_labels(rows: &[Row], show: &Show) {
    println!("\n## Labelled errors\n");
    println!("| label | pairs | seen |\n|---|---|---|");
    for (label, ids) in LABELS {
        let of: Vec<&Row> = rows.iter().filter(|row| row.label == *label).collect();
        let seen = |row: &Row| fired(&row.two).keys().any(|id| ids.contains(&id.as_str()));
        for row in of.iter().filter(|row| *label == show.missed && !seen(row)) {
            eprintln!("{}\n  {}", row.two.0, row.two.1);
        }
        println!("| {label} | {} | {} |", of.len(), share(of.iter().filter(|row| seen(row)).count(), of.len()));
    }
}
