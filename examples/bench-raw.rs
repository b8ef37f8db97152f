//! Scores segmenting and aligning together, on running text.
//!
//! `bench-raw FOLDER [--messy]`: under FOLDER/SET/LEVEL every `DOC.gold` (beads as `[0]:[0, 1]`, one a line) has the segments of its two
//! sides in `DOC.es` and `DOC.en`, one a line, and their running text in `DOC.raw.es` and `DOC.raw.en`; sets without `.raw.` are passed
//! over. With `--messy` the running text is also set in pages first: see the module `page`.
//!
//! How beads of found segments become beads of gold segments: a gold segment belongs to a bead that holds a fifth of its characters or
//! more (white space not counted); beads that share a gold segment are merged, for cutting one segment in two is no fault if both parts
//! come to the same place; beads that hold no gold segment (furniture of pages) are dropped. `segmented` needs none of this.

#[path = "bench-raw/page.rs"]
mod page;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bitexto::align::Aligner;
use bitexto::align::metrics::Scores;
use bitexto::ingest::aligning::align_documents;
use bitexto::model::{Document, Lang, Provenance, alignment::Links};
use bitexto::segment::{Layout, Options, Paragraphs, segmented};
use bitexto::{Error, Result};
use page::{Marked, Style, Tally};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let messy = args.iter().any(|arg| arg == "--messy");
    let [folder] = &args.iter().filter(|arg| *arg != "--messy").collect::<Vec<_>>()[..] else {
        return Err(Error::new("usage: bench-raw FOLDER [--messy]"));
    };
    let ways: &[Way] = if messy { &[Way::Segmented, Way::Raw, Way::Messy, Way::MessyKept] } else { &[Way::Segmented, Way::Raw] };
    println!("| set |{}", ways.iter().map(|way| format!(" {} strict | lax |", way.name())).collect::<String>());
    println!("|---|{}", "---|---|".repeat(ways.len()));
    let (mut all, mut sets, mut tally) = (vec![0.0; ways.len() * 2], 0.0, Tally::default());
    for (set, stems) in sets_of(Path::new(folder.as_str()))? {
        let mut row = Vec::new();
        for way in ways {
            let mut scores = Scores::default();
            for (n, stem) in stems.iter().enumerate() {
                scores += way.score(stem, Style::of(n), &mut tally)?;
            }
            row.extend([scores.strict.f1(), scores.lax.f1()]);
        }
        println!("| {set} |{}", cells(&row));
        all.iter_mut().zip(&row).for_each(|(sum, score)| *sum += score);
        sets += 1.0;
    }
    println!("| **macro of {sets}** |{}", cells(&all.iter().map(|sum| sum / sets).collect::<Vec<f64>>()));
    if messy {
        println!("\n{tally}");
    }
    Ok(())
}

fn cells(scores: &[f64]) -> String {
    scores.iter().map(|score| format!(" {score:.4} |")).collect()
}

/// The documents with running text, without extension, by set and level.
fn sets_of(folder: &Path) -> Result<BTreeMap<String, Vec<PathBuf>>> {
    let mut sets: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for gold in golds(folder)? {
        let stem = gold.with_extension("");
        if stem.with_added_extension("raw.es").is_file() {
            let set = gold.parent().and_then(|level| level.strip_prefix(folder).ok()).unwrap_or(Path::new("."));
            sets.entry(set.display().to_string()).or_default().push(stem);
        }
    }
    sets.values_mut().for_each(|stems| stems.sort());
    Ok(sets)
}

fn golds(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| Error::io(folder, &e))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(golds(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "gold") {
            found.push(path);
        }
    }
    Ok(found)
}

/// What a document is given as.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Segmented,
    Raw,
    Messy,
    MessyKept,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Segmented => "segmented",
            Way::Raw => "raw",
            Way::Messy => "messy",
            Way::MessyKept => "messy --keep-layout",
        }
    }

    fn score(self, stem: &Path, style: Style, tally: &mut Tally) -> Result<Scores> {
        let gold = read(&stem.with_added_extension("gold"))?;
        let gold: Vec<Links> = gold.lines().filter_map(links).collect();
        let [source, target] = [Lang::ES, Lang::EN].map(|lang| self.side(stem, lang, style, tally));
        let (source, target) = (source?, target?);
        let beads = align_documents(&source.document, &target.document, &Aligner::shipped(bitexto::align::Options::default())).beads;
        let beads = beads.into_iter().map(|b| (source.gold(b.source), target.gold(b.target))).collect();
        Ok(Scores::of(&gold, &merged(beads)))
    }

    fn side(self, stem: &Path, lang: Lang, style: Style, tally: &mut Tally) -> Result<Side> {
        let gold = read(&stem.with_added_extension(lang.as_str()))?;
        if self == Way::Segmented {
            let gold = gold.lines().map(|line| format!("{line}\n")).collect::<String>();
            let marked = Marked::of(&gold, &gold);
            let segments = segmented(&marked.text);
            return Ok(Side::new(lang, marked, Layout::default(), segments.segments));
        }
        let raw = read(&stem.with_added_extension(format!("raw.{lang}")))?;
        let mut marked = Marked::of(&raw, &gold);
        if self != Way::Raw {
            marked = page::set(&marked, style, lang);
        }
        let layout = Layout::of(&marked.text, Options { paragraphs: Paragraphs::Auto, keep_layout: self == Way::MessyKept });
        if self == Way::Messy {
            tally.count(&marked, &layout);
        }
        let segments = layout.segments(&marked.text, &lang);
        Ok(Side::new(lang, marked, layout, segments))
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Error::io(path, &e))
}

fn links(line: &str) -> Option<Links> {
    let mut lists = line.split(':');
    let mut list = || Some(lists.next()?.trim_matches(['[', ']']).split(',').filter_map(|n| n.trim().parse().ok()).collect());
    Some(Links { source: list()?, target: list()? })
}

/// One side of a bitext, and where its characters are in the gold.
struct Side {
    document: Document,
    marked: Marked,
    /// How many characters each gold segment has.
    sizes: Vec<usize>,
}

impl Side {
    fn new(lang: Lang, marked: Marked, layout: Layout, segments: Vec<bitexto::model::Segment>) -> Side {
        let mut sizes = Vec::new();
        for &gold in marked.gold.iter().flatten() {
            sizes.resize(sizes.len().max(gold + 1), 0);
            sizes[gold] += 1;
        }
        let document =
            Document { path: String::new(), lang, text: marked.text.clone(), segments, layout, provenance: Provenance::default() };
        Side { document, marked, sizes }
    }

    /// The gold segments that the segments `range` hold a fifth of.
    fn gold(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        for segment in &self.document.segments[range] {
            for gold in self.marked.gold[segment.start..segment.end].iter().flatten() {
                *held.entry(*gold).or_default() += 1;
            }
        }
        held.into_iter().filter(|&(gold, count)| count * 5 >= self.sizes[gold]).map(|(gold, _)| gold).collect()
    }
}

/// Beads that share a segment as one, those without any left out.
fn merged(beads: Vec<(Vec<usize>, Vec<usize>)>) -> Vec<Links> {
    let mut merged: Vec<Links> = Vec::new();
    for (mut source, mut target) in beads {
        let shares = |links: &Links| links.source.iter().any(|n| source.contains(n)) || links.target.iter().any(|n| target.contains(n));
        // Beads and segments are in order, so what is shared is shared with the last beads.
        let from = (merged.len().saturating_sub(8)..merged.len()).find(|&n| shares(&merged[n])).unwrap_or(merged.len());
        for links in merged.drain(from..) {
            source.extend(links.source);
            target.extend(links.target);
        }
        for side in [&mut source, &mut target] {
            side.sort_unstable();
            side.dedup();
        }
        merged.push(Links { source, target });
    }
    merged.retain(|links| !links.source.is_empty() || !links.target.is_empty());
    merged
}
