//! How many near duplicates `dedup --near` finds, and whether it drops a pair for one less like it than the threshold: `near-duplicates PAIRS.tsv [N]`.
//!
//! N pairs (source, target; 100,000 by default) from all over the file are followed by edited copies of every tenth: another case or punctuation, a word left
//! out, put in or put in the place of another on one or both sides, another number, a slip of the keys. Which copies are at least so alike as the threshold is
//! computed in full, and of those that are no exact duplicates and whose original stays is counted how many are dropped. Prints Markdown.

use std::io::{BufRead, BufReader};

use bitexto::export::duplicates::{Duplicates, Fate, Options};
use bitexto::model::{Lang, Unit};
use bitexto::parallel::Pool;
use bitexto::quality::duplicates::{Folded, Keep, MinHash, Shingles, Sides, Threshold, similarity};

fn main() -> bitexto::Result<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or_else(|| bitexto::Error::new("usage: near-duplicates PAIRS.tsv [N]"))?;
    let most = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let mut units = read(&path, most)?;
    let originals = edited_copies(&mut units);
    println!("{} pairs and {} edited copies of them", units.len() - originals.len(), originals.len());
    println!();
    println!("{}", HEAD.join(" | "));
    println!("|---|---|---|---|---|---|---|---|");
    for sides in [Sides::Both, Sides::Source] {
        let shingles: Vec<[Shingles; 2]> = units.iter().map(|unit| folded(unit, sides).texts().map(Shingles::of)).collect();
        for threshold in [0.6, 0.7, 0.8, 0.9] {
            measure(&units, &shingles, &originals, sides, Threshold::new(threshold).map_err(bitexto::Error::new)?)?;
        }
    }
    Ok(())
}

const HEAD: [&str; 8] = [
    "| sides",
    "threshold",
    "rows × bands",
    "copies so alike",
    "of them found",
    "within 0.02 of the threshold, found",
    "dropped in all",
    "for one less like it than the threshold |",
];

/// At most so many pairs, from all over the file.
fn read(path: &str, most: usize) -> bitexto::Result<Vec<Unit>> {
    let lines = || std::fs::File::open(path).map(|file| BufReader::new(file).lines());
    let step = (lines()?.count() / most.max(1)).max(1);
    let mut units = Vec::new();
    for line in lines()?.step_by(step).take(most) {
        let line = line?;
        if let Some((source, target)) = line.split_once('\t').filter(|(source, target)| !source.is_empty() && !target.is_empty()) {
            units.push(Unit::new(Lang::ES, Lang::EN, source.to_string(), target.to_string()));
        }
    }
    Ok(units)
}

fn folded(unit: &Unit, sides: Sides) -> Folded {
    let mut folded = Folded::default();
    folded.hold(&unit.source, &unit.target, sides, Options::default().fold);
    folded
}

/// Numbers that look random and are the same every time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Appends edited copies; the original of each.
fn edited_copies(units: &mut Vec<Unit>) -> Vec<usize> {
    let mut dice = Dice(1);
    let count = units.len();
    let originals: Vec<usize> = (0..count).step_by(10).collect();
    for &n in &originals {
        let mut copy = units[n].clone();
        let other = units[dice.below(count)].clone();
        let sides = 1 + dice.below(3);
        let edits = 1 + dice.below(2);
        for _ in 0..edits {
            if sides & 1 == 1 {
                copy.source = edit(&copy.source, &other.source, &mut dice);
            }
            if sides & 2 == 2 {
                copy.target = edit(&copy.target, &other.target, &mut dice);
            }
        }
        units.push(copy);
    }
    originals
}

fn edit(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut words: Vec<String> = text.split(' ').map(String::from).collect();
    let at = dice.below(words.len());
    let strange = || other.split(' ').nth(other.len() % 7).unwrap_or("otra").to_string();
    match dice.below(6) {
        0 => return text.trim_end_matches(['.', '!']).to_uppercase() + "…",
        1 if words.len() > 1 => drop(words.remove(at)),
        2 => words.insert(at, strange()),
        3 => words[at] = strange(),
        4 => words[at] = words[at].chars().map(|c| c.to_digit(10).map_or(c, |d| char::from(b'0' + ((d + 3) % 10) as u8))).collect(),
        _ => {
            let letters: Vec<char> = words[at].chars().collect();
            let gone = dice.below(letters.len());
            words[at] = letters.iter().enumerate().filter(|(n, _)| *n != gone).map(|(_, c)| c).collect();
        }
    }
    words.join(" ")
}

fn measure(units: &[Unit], shingles: &[[Shingles; 2]], originals: &[usize], sides: Sides, threshold: Threshold) -> bitexto::Result<()> {
    let options = Options { sides, near: Some(threshold), keep: Keep::First, ..Options::default() };
    let batches = units.chunks(1000).enumerate().map(|(n, some)| {
        let numbered = some.iter().enumerate().map(|(k, unit)| ((n * 1000 + k) as u64, unit.clone()));
        Ok(numbered.collect())
    });
    let mut duplicates = Duplicates::find(batches, &options, &Pool::new(0)?)?;
    let fates: Vec<Fate> = (0..units.len() as u64).map(|record| duplicates.fate(record)).collect::<bitexto::Result<_>>()?;
    let (first_copy, value) = (units.len() - originals.len(), threshold.value());
    let (mut all, mut close) = (Found::default(), Found::default());
    for (copy, &original) in (first_copy..).zip(originals) {
        let likeness = similarity(&shingles[original], &shingles[copy]);
        let counts = likeness >= value && fates[original].is_kept() && folded(&units[original], sides) != folded(&units[copy], sides);
        if counts {
            all.add(!fates[copy].is_kept());
        }
        if counts && likeness < value + 0.02 {
            close.add(!fates[copy].is_kept());
        }
    }
    let twins: Vec<(usize, usize)> = (0..).zip(&fates).filter_map(|(n, fate)| Some((n, twin(fate)?))).collect();
    let wrong = twins.iter().filter(|(n, twin)| similarity(&shingles[*n], &shingles[*twin]) < value).count();
    let shape = MinHash::new(threshold);
    let shape = format!("{} × {}", shape.rows(), shape.bands());
    println!("| {} | {value} | {shape} | {} | {all} | {close} of {} | {} | {wrong} |", sides.name(), all.of, close.of, twins.len());
    Ok(())
}

fn twin(fate: &Fate) -> Option<usize> {
    match fate {
        Fate::Dropped(twin) => Some(twin.record as usize),
        _ => None,
    }
}

/// How many of some were found; shown as a share.
#[derive(Default)]
struct Found {
    of: u32,
    found: u32,
}

impl Found {
    fn add(&mut self, found: bool) {
        self.of += 1;
        self.found += u32::from(found);
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.4}", f64::from(self.found) / f64::from(self.of.max(1)))
    }
}
