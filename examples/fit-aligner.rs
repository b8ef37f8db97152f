//! Learns the aligner's weights and calibration from gold alignments, and measures what they are worth on sets they were not learned on.
//!
//! `fit-aligner FOLDER SOURCE_LANG TARGET_LANG [--without-models] [--paragraphs] [--quick] [--full]`: every `FOLDER/SET/LEVEL/NAME.gold` (beads as `[0]:[0, 1]`, one a line) has the
//! segments of its two sides, one a line, in `NAME.SOURCE_LANG` and `NAME.TARGET_LANG` beside it, and with `--paragraphs` the number of each segment's
//! paragraph in `NAME.para.LANG`. Every set and level has the same weight. `--quick` learns on all sets and stops; `--full` prints every set.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use bitexto::align::confidence::{Calibration, Shape, calibration_error};
use bitexto::align::learning::{COUNT, Example, Features, NAMES, beads, fit};
use bitexto::align::metrics::Scores;
use bitexto::align::{Aligner, Bitext, Options, Side};
use bitexto::model::alignment::Links;
use bitexto::parallel::Pool;
use bitexto::text::Lang;
use bitexto::{Error, Result};

/// Pull to zero of each weight; and what a set counts, in beads.
const RIDGE: f64 = 0.3;
const SET_WEIGHT: f64 = 300.0;
const ROUNDS: usize = 60;

struct Gold {
    set: String,
    level: String,
    langs: [Lang; 2],
    sides: [Vec<String>; 2],
    paragraphs: [Vec<usize>; 2],
    links: Vec<Links>,
}

/// A bead found: shape, probability by the model, right or not.
type Sample = (Shape, f64, bool);

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, source, target, rest @ ..] = &args[..] else {
        return Err(Error::new("usage: fit-aligner FOLDER SOURCE_LANG TARGET_LANG [--without-models] [--paragraphs] [--quick] [--full]"));
    };
    let has = |flag: &str| rest.iter().any(|arg| arg == flag);
    let aligner = if has("--without-models") { Aligner::default() } else { Aligner::shipped(Options::default()) };
    let pool = Pool::new(0)?;
    let golds = golds(Path::new(folder), source, target, has("--paragraphs"))?;
    let examples = examples(&golds, &aligner, &pool)?;
    let all: Vec<&Example> = examples.iter().flatten().collect();
    eprintln!("{} bitexts, {} of them to learn from", golds.len(), all.len());
    let start = [0.0; COUNT];
    let weights = fit(&all, &start, RIDGE, ROUNDS, &pool);
    println!("weights:");
    NAMES.iter().zip(&weights).for_each(|(name, weight)| println!("    w[features::{name}] = {weight:.3};"));
    let (scores, samples) = evaluate(&golds, &aligner, &pool, |_| weights)?;
    print_scores("learned on all", &scores, has("--full"));
    let pooled: Vec<Sample> = samples.values().flatten().copied().collect();
    println!("curves: {:.3?}", Calibration::fit(&pooled).curves);
    if has("--quick") {
        return Ok(());
    }
    let sets: BTreeSet<&str> = golds.iter().map(|gold| gold.set.as_str()).collect();
    let mut by_set: BTreeMap<&str, Features> = BTreeMap::new();
    for set in sets {
        let others = golds.iter().zip(&examples).filter(|(gold, _)| gold.set != set).filter_map(|(_, example)| example.as_ref());
        by_set.insert(set, fit(&others.collect::<Vec<_>>(), &start, RIDGE, ROUNDS, &pool));
        eprintln!("left out {set}");
    }
    let (scores, samples) = evaluate(&golds, &aligner, &pool, |set| by_set[set])?;
    print_scores("leave one set out", &scores, true);
    print_calibration(&samples)
}

fn examples(golds: &[Gold], aligner: &Aligner, pool: &Pool) -> Result<Vec<Option<Example>>> {
    let mut beads: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    golds.iter().for_each(|gold| *beads.entry((&gold.set, &gold.level)).or_default() += gold.links.len() as f64);
    let example = |gold: &Gold| {
        let weight = SET_WEIGHT / beads[&(gold.set.as_str(), gold.level.as_str())];
        gold.with_bitext(|bitext| Example::of(bitext, aligner, &gold.links, weight))
    };
    let mut examples = Vec::new();
    pool.map_ordered(golds.iter().map(Ok::<_, Error>), example, |example| {
        examples.push(example);
        Ok(())
    })?;
    Ok(examples)
}

type ByLevel = BTreeMap<(String, String), Scores>;
type ByTopLevel = BTreeMap<String, Vec<Sample>>;

fn evaluate(golds: &[Gold], aligner: &Aligner, pool: &Pool, weights: impl Fn(&str) -> Features + Sync) -> Result<(ByLevel, ByTopLevel)> {
    let (mut scores, mut samples) = (ByLevel::new(), ByTopLevel::new());
    let found = |gold: &Gold| gold.with_bitext(|bitext| beads(bitext, aligner, &weights(&gold.set)));
    let mut next = golds.iter();
    pool.map_ordered(golds.iter().map(Ok::<_, Error>), found, |found| {
        let gold = next.next().expect("one result for each");
        let system: Vec<Links> = found.iter().map(|(s, t, _)| Links { source: s.clone().collect(), target: t.clone().collect() }).collect();
        *scores.entry((gold.set.clone(), gold.level.clone())).or_default() += Scores::of(&gold.links, &system);
        let right: HashSet<&Links> = gold.links.iter().collect();
        let alone = |links: &Links| {
            let inside = |g: &&Links| {
                !g.is_matched() && links.source.iter().all(|s| g.source.contains(s)) && links.target.iter().all(|t| g.target.contains(t))
            };
            !links.is_matched() && gold.links.iter().any(|g| inside(&g))
        };
        samples.entry(gold.set.clone()).or_default().extend(
            found.iter().zip(&system).map(|((s, t, p), links)| (Shape::of(s.len(), t.len()), *p, right.contains(links) || alone(links))),
        );
        Ok(())
    })?;
    Ok((scores, samples))
}

fn print_scores(title: &str, scores: &ByLevel, in_full: bool) {
    println!("{title}:");
    let n = scores.len() as f64;
    if in_full {
        for ((set, level), s) in scores {
            println!(
                "  {set}/{level} strict {:.4} lax {:.4} unmatched P {:.3} R {:.3}",
                s.strict.f1(),
                s.lax.f1(),
                s.null.precision(),
                s.null.recall()
            );
        }
    }
    let mut sum = Scores::default();
    scores.values().for_each(|s| sum += *s);
    let macro_of = |f: &dyn Fn(&Scores) -> f64| scores.values().map(f).sum::<f64>() / n;
    println!(
        "  macro of {n}: strict {:.4} lax {:.4}; all unmatched segments: precision {:.4} recall {:.4}",
        macro_of(&|s| s.strict.f1()),
        macro_of(&|s| s.lax.f1()),
        sum.null.precision(),
        sum.null.recall()
    );
}

fn print_calibration(samples: &ByTopLevel) -> Result<()> {
    let mut all: Vec<(f64, bool)> = Vec::new();
    let mut errors = Vec::new();
    for (set, of_set) in samples {
        let others: Vec<Sample> = samples.iter().filter(|(other, _)| *other != set).flat_map(|(_, s)| s.iter().copied()).collect();
        let fitted = Calibration::fit(&others);
        let pairs: Vec<_> = of_set.iter().map(|&(shape, p, right)| (fitted.confidence(shape, p), right)).collect();
        errors.push(calibration_error(&pairs));
        println!("  {set}: {} beads, calibration error {:.4}", pairs.len(), calibration_error(&pairs));
        all.extend(pairs);
    }
    println!("  pooled {:.4}, macro {:.4}", calibration_error(&all), errors.iter().sum::<f64>() / errors.len() as f64);
    let path = Path::new("docs/calibration.svg");
    std::fs::write(path, plot(&all)).map_err(|e| Error::io(path, &e))?;
    println!("  wrote {}", path.display());
    Ok(())
}

/// Confidence against the share of right beads in steps of a twentieth, each circle as large as the logarithm of its beads, as a picture.
fn plot(beads: &[(f64, bool)]) -> String {
    const BINS: usize = 20;
    const SIDE: f64 = 300.0;
    let mut points = String::new();
    for n in 0..BINS {
        let bin: Vec<_> = beads.iter().filter(|bead| ((bead.0 * BINS as f64) as usize).min(BINS - 1) == n).collect();
        if bin.len() < 10 {
            continue;
        }
        let mean = |f: &dyn Fn(&(f64, bool)) -> f64| bin.iter().map(|bead| f(bead)).sum::<f64>() / bin.len() as f64;
        let (confidence, right) = (mean(&|x| x.0), mean(&|x| f64::from(u8::from(x.1))));
        let (x, y, r) = (50.0 + SIDE * confidence, 20.0 + SIDE * (1.0 - right), 1.2 * (bin.len() as f64).ln());
        points += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"><title>{} beads</title></circle>\n", bin.len());
    }
    let mut marks = String::new();
    for tenth in [0, 2, 4, 6, 8, 10] {
        let (x, y) = (50.0 + SIDE * f64::from(tenth) / 10.0, 20.0 + SIDE * (1.0 - f64::from(tenth) / 10.0));
        let label = format!("{:.1}", f64::from(tenth) / 10.0);
        marks += &format!(
            "<text x=\"{x}\" y=\"338\" text-anchor=\"middle\">{label}</text><text x=\"42\" y=\"{}\" text-anchor=\"end\">{label}</text>\n",
            y + 4.0
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"380\" height=\"370\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#555\">\n\
         <rect width=\"380\" height=\"370\" fill=\"#fff\"/>\n<path d=\"M50 20V320H350\" fill=\"none\" stroke=\"#555\"/>\n\
         <path d=\"M50 320L350 20\" stroke=\"#bbb\" stroke-dasharray=\"4\"/>\n{marks}\
         <text x=\"200\" y=\"360\" text-anchor=\"middle\">confidence</text>\n\
         <text x=\"14\" y=\"170\" text-anchor=\"middle\" transform=\"rotate(-90 14 170)\">share of right beads</text>\n\
         <g fill=\"#1b6ca8\" fill-opacity=\"0.7\">\n{points}</g>\n</svg>\n"
    )
}

impl Gold {
    fn with_bitext<T>(&self, work: impl FnOnce(&Bitext<'_>) -> T) -> T {
        let texts = [0, 1].map(|side| self.sides[side].iter().map(String::as_str).collect::<Vec<&str>>());
        let side = |n: usize| Side { lang: self.langs[n], segments: &texts[n], paragraphs: &self.paragraphs[n], vectors: None };
        work(&Bitext { source: side(0), target: side(1), barriers: &[] })
    }
}

/// All gold alignments below a folder, in the order of their names.
fn golds(folder: &Path, source: &str, target: &str, with_paragraphs: bool) -> Result<Vec<Gold>> {
    let mut paths = Vec::new();
    find(folder, &mut paths)?;
    paths.sort();
    let name = |path: Option<&Path>| path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let gold = |path: &PathBuf| {
        let level = path.parent();
        Ok(Gold {
            set: name(level.and_then(Path::parent)),
            level: name(level),
            langs: [lang(source)?, lang(target)?],
            sides: [lines(&path.with_extension(source))?, lines(&path.with_extension(target))?],
            paragraphs: [source, target].map(|lang| if with_paragraphs { paragraphs(path, lang) } else { Vec::new() }),
            links: lines(path)?.iter().filter_map(|line| bead(line)).collect(),
        })
    };
    paths.iter().map(gold).collect()
}

/// The paragraph of each segment; none where there is no such file.
fn paragraphs(gold: &Path, lang: &str) -> Vec<usize> {
    let lines = lines(&gold.with_extension(format!("para.{lang}"))).unwrap_or_default();
    lines.iter().filter_map(|line| line.trim().parse().ok()).collect()
}

fn lang(code: &str) -> Result<Lang> {
    code.parse().map_err(|_| Error::new(format!("`{code}` is no language")))
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).map_err(|e| Error::io(folder, &e))? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "gold") {
            found.push(path);
        }
    }
    Ok(())
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, &e))?;
    Ok(text.lines().map(str::to_string).collect())
}

fn bead(line: &str) -> Option<Links> {
    let (source, rest) = line.split_once("]:[")?;
    let (target, _) = rest.split_once(']')?;
    let indexes = |list: &str| list.split(|c: char| !c.is_ascii_digit()).filter_map(|index| index.parse().ok()).collect();
    Some(Links { source: indexes(source), target: indexes(target) })
}
