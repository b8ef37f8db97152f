//! Fits the calibration of `bitexto::align::confidence` to gold alignments and prints it.
//!
//! `fit-confidence FOLDER SOURCE_LANG TARGET_LANG`: every `NAME.gold` under FOLDER (beads as `[0]:[0, 1]`, one a line) has the segments of
//! its two sides, one a line, in `NAME.SOURCE_LANG` and `NAME.TARGET_LANG` beside it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use bitexto::align::confidence::{CALIBRATION, Calibration, Shape, calibration_error};
use bitexto::align::{Aligner, Bitext, Side};
use bitexto::text::Lang;
use bitexto::{Error, Result};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, source, target] = &args[..] else {
        return Err(Error::new("usage: fit-confidence FOLDER SOURCE_LANG TARGET_LANG"));
    };
    let mut samples = Vec::new();
    for gold in golds(Path::new(folder))? {
        samples.extend(outcomes(&gold, source, target)?);
    }
    let fitted = Calibration::fit(&samples);
    println!("{} beads", samples.len());
    println!("calibration error of the model {:.4}", error(&samples, |_, probability| probability));
    println!("calibration error in use {:.4}", error(&samples, |shape, probability| CALIBRATION.confidence(shape, probability)));
    println!("calibration error fitted {:.4}", error(&samples, |shape, probability| fitted.confidence(shape, probability)));
    println!("curves: {:.3?}", fitted.curves);
    Ok(())
}

/// The files ending in `.gold` under `folder`, sorted.
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
    found.sort();
    Ok(found)
}

/// Shape, probability by the model, and whether it is in the gold, for every bead found.
fn outcomes(gold: &Path, source: &str, target: &str) -> Result<Vec<(Shape, f64, bool)>> {
    let [right, sources, targets] = ["gold", source, target].map(|extension| lines(&gold.with_extension(extension)));
    let (right, sources, targets) = (right?, sources?, targets?);
    let right: HashSet<(Vec<usize>, Vec<usize>)> = right.iter().filter_map(|line| bead(line)).collect();
    let sides = [(source, &sources), (target, &targets)].map(|(code, lines)| {
        let lang: Lang = code.parse().unwrap_or(Lang::ES);
        (lang, lines.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let [source, target] = [0, 1].map(|side| Side { lang: sides[side].0, segments: &sides[side].1, paragraphs: &[], vectors: None });
    let alignment = Aligner::default().align(&Bitext { source, target, barriers: &[] });
    let outcome = |bead: &bitexto::model::Bead| {
        let shape = Shape::of(bead.source.len(), bead.target.len());
        let is_right = right.contains(&(bead.source.clone().collect(), bead.target.clone().collect()));
        (shape, CALIBRATION.probability(shape, bead.confidence), is_right)
    };
    Ok(alignment.beads.iter().map(outcome).collect())
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, &e))?;
    Ok(text.lines().map(str::to_string).collect())
}

fn bead(line: &str) -> Option<(Vec<usize>, Vec<usize>)> {
    let (source, rest) = line.split_once("]:[")?;
    let (target, _) = rest.split_once(']')?;
    let indexes = |list: &str| list.split(|c: char| !c.is_ascii_digit()).filter_map(|index| index.parse().ok()).collect();
    Some((indexes(source), indexes(target)))
}

fn error(samples: &[(Shape, f64, bool)], confidence: impl Fn(Shape, f64) -> f64) -> f64 {
    let pairs: Vec<_> = samples.iter().map(|&(shape, probability, right)| (confidence(shape, probability), right)).collect();
    calibration_error(&pairs)
}
