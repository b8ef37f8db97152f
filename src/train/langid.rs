//! Learns the table that tells languages, from lines of text whose language is known: multinomial logistic regression by Adagrad
//! (Duchi, Hazan & Singer 2011), one line after another on one thread, so the same lines give the same table.

use super::random::Random;
use crate::text::langid::features::{ROW_BITS, features};
use crate::text::langid::{NAMED, Table};

/// Lines in one language from one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Place of the language in [`LANGS`](crate::text::langid::LANGS); `NAMED` for any other language.
    pub class: usize,
    /// The lines.
    pub lines: Vec<String>,
}

/// How to learn. Chosen on held-out text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Samples drawn from each class in all.
    pub samples: usize,
    /// How far a number moves at first.
    pub rate: f32,
    /// How strongly each number is drawn to zero when it is used.
    pub decay: f32,
    /// What all numbers are divided by in the end, so that probabilities fit text of other kinds than the lines.
    pub temperature: f32,
}

impl Default for Options {
    fn default() -> Options {
        Options { samples: 1_000_000, rate: 0.05, decay: 1e-6, temperature: 1.0 }
    }
}

/// One sample in this many teaches that names tell nothing.
const NAMES_EVERY: usize = 12;
/// One in this many is written in capitals, one without accents.
const CAPITALS_EVERY: usize = 12;
const NO_ACCENTS_EVERY: usize = 6;
/// Longest stretch of words, and longest of the short stretches that every other sample is.
const LONGEST: usize = 40;
const SHORT: usize = 10;

/// Learns a table. A class draws from its sources by the square root of their size, so that no kind of text outweighs the others.
pub fn learn(sources: &[Source], options: &Options) -> Table {
    let mut learner = Learner { rows: vec![[0.0; NAMED]; 1 << ROW_BITS], squares: vec![[1e-3; NAMED]; 1 << ROW_BITS], options: *options };
    let mut random = Random(1);
    let classes: Vec<Vec<&Source>> =
        (0..=NAMED).map(|class| sources.iter().filter(|source| source.class == class && !source.lines.is_empty()).collect()).collect();
    let mut rows = Vec::new();
    for _ in 0..options.samples {
        for (class, sources) in classes.iter().enumerate().filter(|(_, sources)| !sources.is_empty()) {
            let line = draw(sources, &mut random);
            let target = sample(line, class, &mut random, &mut rows);
            learner.learn(&rows, &target);
        }
    }
    for row in &mut learner.rows {
        row.iter_mut().for_each(|value| *value /= options.temperature);
    }
    Table { rows: learner.rows }
}

fn draw<'a>(sources: &[&'a Source], random: &mut Random) -> &'a str {
    let weight = |source: &Source| (source.lines.len() as f64).sqrt() as usize + 1;
    let mut at = random.below(sources.iter().map(|source| weight(source)).sum());
    let source = sources.iter().find(|source| match at.checked_sub(weight(source)) {
        Some(rest) => {
            at = rest;
            false
        }
        None => true,
    });
    let lines = &source.expect("the place lies below the sum").lines;
    &lines[random.below(lines.len())]
}

/// Takes a stretch of a line, puts its rows into `rows`, and tells the probabilities to learn.
fn sample(line: &str, class: usize, random: &mut Random, rows: &mut Vec<u16>) -> [f32; NAMED + 1] {
    rows.clear();
    let mut target = [0.0; NAMED + 1];
    target[class] = 1.0;
    let german = NAMED - 1;
    if class != german && random.below(NAMES_EVERY) == 0 {
        features(line, |word| rows.extend(if word.is_name { word.rows } else { &[] }));
        return [1.0 / (NAMED + 1) as f32; NAMED + 1];
    }
    let mut text = stretch(line, random);
    if random.below(CAPITALS_EVERY) == 0 {
        text = text.to_uppercase();
    }
    let accents = random.below(NO_ACCENTS_EVERY) != 0;
    let mut names = Vec::new();
    let words = features(&text, |word| {
        let rows = if word.is_name { &mut names } else { &mut *rows };
        rows.extend(word.rows);
        rows.extend(if accents { word.accents } else { &[] });
    });
    if words.are_mostly_capitalised() {
        rows.append(&mut names);
    }
    target
}

fn stretch(line: &str, random: &mut Random) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let most = words.len().min(LONGEST);
    let len = if random.below(2) == 0 { 1 + random.below(most.min(SHORT)) } else { most };
    let start = random.below(words.len() - len + 1);
    words[start..start + len].join(" ")
}

struct Learner {
    rows: Vec<[f32; NAMED]>,
    /// Sums of squared gradients.
    squares: Vec<[f32; NAMED]>,
    options: Options,
}

impl Learner {
    fn learn(&mut self, rows: &[u16], target: &[f32; NAMED + 1]) {
        let mut scores = [0.0_f32; NAMED + 1];
        for row in rows {
            scores.iter_mut().zip(&self.rows[usize::from(*row)]).for_each(|(score, value)| *score += value);
        }
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = scores.iter().map(|score| (score - best).exp()).sum();
        let errors: [f32; NAMED] = std::array::from_fn(|n| (scores[n] - best).exp() / total - target[n]);
        if errors.iter().all(|error| error.abs() < 1e-4) {
            return;
        }
        for row in rows {
            let (values, squares) = (&mut self.rows[usize::from(*row)], &mut self.squares[usize::from(*row)]);
            for n in 0..NAMED {
                let gradient = errors[n] + self.options.decay * values[n];
                squares[n] += gradient * gradient;
                values[n] -= self.options.rate * gradient / squares[n].sqrt();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn source(class: usize, lines: &[&str]) -> Source {
        Source { class, lines: lines.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn a_table_tells_what_it_was_taught() {
        let sources = [
            source(0, &["la casa de la plaza es muy grande", "no hay pan en la casa"]),
            source(1, &["the house on the square is very big", "there is no bread in the house"]),
        ];
        let options = Options { samples: 300, ..Options::default() };
        let model = learn(&sources, &options).quantised();
        assert_eq!(model.identify("la plaza es grande").best().0, Some(Lang::ES));
        assert_eq!(model.identify("the square is big").best().0, Some(Lang::EN));
        assert_eq!(model.to_bytes(), learn(&sources, &options).quantised().to_bytes());
    }
}
