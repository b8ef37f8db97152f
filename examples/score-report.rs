//! `score-report LABELLED.tsv [MODEL]`: what the preset `training` does with labelled pairs. The file has a line of names, then id, ok (1 or 0), label, detail,
//! source, Spanish, English. Prints as Markdown, for each label, the area under the ROC curve of the score against all good pairs, and the share that is
//! dropped; for good pairs also by length.

use std::collections::BTreeMap;
use std::error::Error;

use bitexto::quality::score::trees::Trees;
use bitexto::quality::score::{Scorer, features};
use bitexto::quality::{Context, Judge, Judgement, Pair, Preset, Rules, Selection};
use bitexto::semantics::Encoder;
use bitexto::text::Lang;

/// Scores and the number of pairs dropped.
#[derive(Default)]
struct Group {
    scores: Vec<f64>,
    dropped: usize,
}

impl Group {
    fn add(&mut self, judgement: &Judgement) {
        self.scores.push(judgement.score.unwrap_or(0.0));
        self.dropped += usize::from(!judgement.is_kept());
    }

    fn share(&self) -> String {
        format!("{:.1} %", 100.0 * self.dropped as f64 / self.scores.len().max(1) as f64)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(file) = arguments.first() else { return Err("score-report LABELLED.tsv [MODEL]".into()) };
    let text = std::fs::read_to_string(file)?;
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).filter(|row: &Vec<_>| row.len() == 7).collect();
    let scorer = match arguments.get(1) {
        Some(model) => Scorer::new(Encoder::shipped(), &Trees::from_bytes(&std::fs::read(model)?, &features::names())?),
        None => Scorer::shipped(),
    };
    let rules = Rules::of(Preset::Training);
    let judge = Judge { scorer: Some(scorer), checks: Selection::all(), all_findings: false, rules, context: Context::shipped() };
    let pairs: Vec<Pair<'_>> =
        rows.iter().map(|row| Pair { source: row[5], target: row[6], source_lang: Lang::ES, target_lang: Lang::EN }).collect();
    let judgements = judge.judge(&pairs);
    let (mut labels, mut lengths) = (BTreeMap::<(&str, &str), Group>::new(), BTreeMap::<&str, Group>::new());
    let (mut good, mut bad) = (Group::default(), Group::default());
    for (row, judgement) in rows.iter().zip(&judgements) {
        labels.entry((row[1], row[2])).or_default().add(judgement);
        if row[1] == "1" {
            good.add(judgement);
            lengths.entry(bucket(row[5])).or_default().add(judgement);
        } else {
            bad.add(judgement);
        }
    }
    println!("| label | pairs | area of the score | dropped |\n|---|---|---|---|");
    for ((ok, label), group) in &labels {
        let area = if *ok == "0" { format!("{:.3}", area(&good.scores, &group.scores)) } else { String::new() };
        println!("| {label} | {} | {area} | {} |", group.scores.len(), group.share());
    }
    println!("| **all bad** | {} | **{:.3}** | {} |", bad.scores.len(), area(&good.scores, &bad.scores), bad.share());
    println!("| **all good** | {} | | **{}** |", good.scores.len(), good.share());
    for (length, group) in &lengths {
        println!("| good, {length} words | {} | | {} |", group.scores.len(), group.share());
    }
    Ok(())
}

fn bucket(text: &str) -> &'static str {
    match text.split_whitespace().count() {
        0..=3 => "1–3",
        4..=10 => "4–10",
        _ => "more than 10",
    }
}

/// The probability that a good pair has a higher score than a bad one; half of it for equal scores.
fn area(good: &[f64], bad: &[f64]) -> f64 {
    let mut bad = bad.to_vec();
    bad.sort_by(f64::total_cmp);
    let wins = |score: &f64| (bad.partition_point(|b| b < score) + bad.partition_point(|b| b <= score)) as f64 / 2.0;
    good.iter().map(wins).sum::<f64>() / (good.len() * bad.len()).max(1) as f64
}
