//! `score-report LABELLED.tsv MODEL [THRESHOLD]`: how well the translation score tells bad pairs from good ones. The file has a line of names, then id, ok
//! (1 or 0), label, detail, source, Spanish, English. Prints for each label the area under the ROC curve against the good pairs, and what a threshold drops.

use std::collections::BTreeMap;
use std::error::Error;

use bitexto::quality::score::trees::Trees;
use bitexto::quality::score::{Scorer, features};
use bitexto::quality::{Context, Pair};
use bitexto::semantics::Encoder;
use bitexto::text::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, model, ..] = &arguments[..] else { return Err("score-report LABELLED.tsv MODEL [THRESHOLD]".into()) };
    let text = std::fs::read_to_string(file)?;
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let scorer = Scorer::new(Encoder::shipped(), Trees::from_bytes(&std::fs::read(model)?, &features::names())?);
    let pairs: Vec<Pair<'_>> =
        rows.iter().map(|row| Pair { source: row[5], target: row[6], source_lang: Lang::ES, target_lang: Lang::EN }).collect();
    let scores = scorer.score(&pairs, &Context::default());
    let mut labels: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for (row, score) in rows.iter().zip(&scores) {
        labels.entry((row[1], row[2])).or_default().push(*score);
    }
    let good = sorted(labels.iter().filter(|((ok, _), _)| *ok == "1").flat_map(|(_, scores)| scores.clone()));
    let bad = sorted(labels.iter().filter(|((ok, _), _)| *ok == "0").flat_map(|(_, scores)| scores.clone()));
    let threshold = match arguments.get(2) {
        Some(threshold) => threshold.parse()?,
        None => good[good.len() * 4 / 100],
    };
    println!("area {:.4}; threshold {threshold:.3} drops {:.1} % of the good pairs", area(&good, &bad), 100.0 * below(&good, threshold));
    println!("| label | pairs | area | below the threshold |\n|---|---|---|---|");
    for ((ok, label), scores) in labels {
        let scores = sorted(scores);
        let area = if ok == "0" { format!("{:.3}", area(&good, &scores)) } else { String::new() };
        println!("| {label} | {} | {area} | {:.1} % |", scores.len(), 100.0 * below(&scores, threshold));
    }
    Ok(())
}

fn sorted(scores: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut scores: Vec<f64> = scores.into_iter().collect();
    scores.sort_by(f64::total_cmp);
    scores
}

fn below(sorted: &[f64], threshold: f64) -> f64 {
    sorted.partition_point(|score| *score < threshold) as f64 / sorted.len().max(1) as f64
}

/// The probability that a good pair has a higher score than a bad one; half of it for equal scores.
fn area(good: &[f64], bad: &[f64]) -> f64 {
    let wins = |score: &f64| (bad.partition_point(|b| b < score) + bad.partition_point(|b| b <= score)) as f64 / 2.0;
    good.iter().map(wins).sum::<f64>() / (good.len() * bad.len()).max(1) as f64
}
