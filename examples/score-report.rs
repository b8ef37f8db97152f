//! `score-report LABELLED.tsv [MODEL]`: what the preset `training` does with labelled pairs. The file has a line of names, then id, ok (1 or 0), label, detail,
//! source, Spanish, English. Prints as Markdown, for each label, the area under the ROC curve of the score against all good pairs, and the share that is
//! dropped, by the preset and in cross-validation; for good pairs also by length; then how far the score can be taken for a probability.

use std::collections::BTreeMap;
use std::error::Error;

use bitexto::quality::score::trees::Trees;
use bitexto::quality::score::{Scorer, features};
use bitexto::quality::{Context, Judge, Judgement, Pair, Preset, Rules, Selection};
use bitexto::semantics::Encoder;
use bitexto::text::Lang;
use bitexto::train::score::report::{Reliability, area};

/// Scores and the number of pairs dropped.
#[derive(Default)]
struct Group {
    scores: Vec<f64>,
    dropped: usize,
    /// In cross-validation.
    dropped_unseen: usize,
}

impl Group {
    fn add(&mut self, judgement: &Judgement, dropped_unseen: bool) {
        self.scores.push(judgement.score.unwrap_or(0.0));
        self.dropped += usize::from(!judgement.is_kept());
        self.dropped_unseen += usize::from(dropped_unseen);
    }

    fn share(&self, dropped: usize) -> String {
        format!("{:.1} %", 100.0 * dropped as f64 / self.scores.len().max(1) as f64)
    }

    fn shares(&self) -> String {
        format!("{} | {}", self.share(self.dropped), self.share(self.dropped_unseen))
    }
}

/// What drops a pair, whatever the thresholds.
struct Case<'a> {
    good: bool,
    label: &'a str,
    score: f64,
    /// A filter or finding that nothing outweighs.
    hard: bool,
    /// A finding that a sure score outweighs.
    soft: bool,
}

/// The two thresholds that were chosen with an eye on labelled pairs: the least score, and the score that outweighs a finding.
#[derive(Clone, Copy)]
struct Thresholds {
    least: f64,
    sure: f64,
}

impl<'a> Case<'a> {
    fn new(row: &[&'a str], judgement: &Judgement, rules: &Rules) -> Case<'a> {
        let drops = |id: &str| rules.checks().iter().find(|drops| drops.check == id);
        let is_soft = |id: &str| id == "translation" || drops(id).is_some_and(|drops| drops.unless.is_some());
        let finds = |finding: &bitexto::model::Finding| {
            drops(&finding.check).is_some_and(|drops| drops.unless.is_some() && finding.tier <= drops.tier)
        };
        Case {
            good: row[1] == "1",
            label: row[2],
            score: judgement.score.unwrap_or(0.0),
            hard: judgement.reasons.iter().any(|id| !is_soft(id)),
            soft: judgement.findings.iter().any(finds),
        }
    }

    fn is_dropped(&self, thresholds: Thresholds) -> bool {
        self.hard || self.score < thresholds.least || self.soft && self.score < thresholds.sure
    }
}

const FOLDS: usize = 5;
/// The largest share of good pairs that may be dropped.
const MOST_GOOD: f64 = 0.04;

/// The share of the pairs with a label that should be dropped.
fn wanted(label: &str) -> f64 {
    match label {
        "number_changed" | "number_dropped" | "magnitude_changed" | "markup" => 0.93,
        "truncated" | "extra_text" | "partly_untranslated" | "misaligned_overlap" | "boilerplate" => 0.85,
        "negation_dropped" | "name_changed" => 0.7,
        _ => 0.98,
    }
}

/// What falls short of what is wanted counts so many times.
const SHORT: f64 = 10.0;

/// The thresholds with the highest mean share of bad pairs dropped over the labels, above all where less is dropped than is wanted, among those
/// that drop few enough good pairs.
fn choose(cases: &[&Case<'_>]) -> Thresholds {
    let grid = (1..=40).flat_map(|least| (12..=38).map(move |sure| Thresholds { least: least as f64 * 0.005, sure: sure as f64 * 0.025 }));
    let fitness = |thresholds: Thresholds| {
        let (mut good, mut bad) = ((0, 0), BTreeMap::<&str, (usize, usize)>::new());
        for case in cases {
            let (all, dropped) = if case.good { &mut good } else { bad.entry(case.label).or_default() };
            *all += 1;
            *dropped += usize::from(case.is_dropped(thresholds));
        }
        let worth = |share: f64, wanted: f64| share + SHORT * (share - wanted).min(0.0);
        let few = good.1 as f64 <= MOST_GOOD * good.0 as f64;
        if few {
            bad.iter().map(|(label, (all, dropped))| worth(*dropped as f64 / *all as f64, wanted(label))).sum()
        } else {
            -(good.1 as f64)
        }
    };
    grid.max_by(|a, b| fitness(*a).total_cmp(&fitness(*b))).expect("a grid is not empty")
}

/// For each case whether thresholds chosen without its fold drop it.
fn cross_validated(cases: &[Case<'_>]) -> Vec<bool> {
    let chosen: Vec<Thresholds> = (0..FOLDS)
        .map(|fold| choose(&cases.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, case)| case).collect::<Vec<_>>()))
        .collect();
    for (fold, thresholds) in chosen.iter().enumerate() {
        eprintln!("without fold {}: least score {:.3}, sure from {:.3}", fold + 1, thresholds.least, thresholds.sure);
    }
    let all = choose(&cases.iter().collect::<Vec<_>>());
    eprintln!("with all folds: least score {:.3}, sure from {:.3}", all.least, all.sure);
    cases.iter().enumerate().map(|(n, case)| case.is_dropped(chosen[n % FOLDS])).collect()
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
    let judge =
        Judge { scorer: Some(scorer), checks: Selection::all(), all_findings: true, rules: rules.clone(), context: Context::shipped() };
    let pairs: Vec<Pair<'_>> =
        rows.iter().map(|row| Pair { source: row[5], target: row[6], source_lang: Lang::ES, target_lang: Lang::EN }).collect();
    let judgements = judge.judge(&pairs);
    let cases: Vec<Case<'_>> = rows.iter().zip(&judgements).map(|(row, judgement)| Case::new(row, judgement, &rules)).collect();
    let unseen = cross_validated(&cases);
    let (mut labels, mut lengths) = (BTreeMap::<(&str, &str), Group>::new(), BTreeMap::<&str, Group>::new());
    let (mut good, mut bad) = (Group::default(), Group::default());
    for ((row, judgement), unseen) in rows.iter().zip(&judgements).zip(unseen) {
        labels.entry((row[1], row[2])).or_default().add(judgement, unseen);
        if row[1] == "1" {
            good.add(judgement, unseen);
            lengths.entry(bucket(row[5])).or_default().add(judgement, unseen);
        } else {
            bad.add(judgement, unseen);
        }
    }
    println!("| label | pairs | area of the score | dropped | in cross-validation |\n|---|---|---|---|---|");
    for ((ok, label), group) in &labels {
        let area = if *ok == "0" { format!("{:.3}", area(&good.scores, &group.scores)) } else { String::new() };
        println!("| {label} | {} | {area} | {} |", group.scores.len(), group.shares());
    }
    println!("| **all bad** | {} | **{:.3}** | {} |", bad.scores.len(), area(&good.scores, &bad.scores), bad.shares());
    println!("| **all good** | {} | | {} |", good.scores.len(), good.shares());
    for (length, group) in &lengths {
        println!("| good, {length} words | {} | | {} |", group.scores.len(), group.shares());
    }
    let reliability = Reliability::of(&good.scores, &bad.scores);
    println!("\n| score, as many good as bad | pairs | mean score | good |\n|---|---|---|---|");
    for (n, bin) in reliability.bins.iter().enumerate().filter(|(_, bin)| bin.weight > 0.0) {
        let of = |sum: f64| sum / bin.weight;
        println!(
            "| {:.1}–{:.1} | {:.1} % | {:.3} | {:.3} |",
            n as f64 / 10.0,
            (n + 1) as f64 / 10.0,
            100.0 * bin.weight,
            of(bin.foretold),
            of(bin.good)
        );
    }
    println!("\nexpected calibration error {:.3}", reliability.error());
    Ok(())
}

fn bucket(text: &str) -> &'static str {
    match text.split_whitespace().count() {
        0..=3 => "1–3",
        4..=10 => "4–10",
        _ => "more than 10",
    }
}
