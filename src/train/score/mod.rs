//! Makes the model of the score: good pairs and damaged ones → features → trees. What the score is used for lies in [`quality`](crate::quality).

pub mod boosting;
pub mod damage;
mod platt;
pub mod report;

use crate::parallel::chunked;
use crate::quality::score::trees::{Trees, signature};
use crate::quality::score::{features, measured, probability};
use crate::quality::{Context, Pair};
use crate::semantics::Encoder;
use crate::text::Lang;

use boosting::{Growth, Table, grow};
use damage::{Damage, KINDS, Texts, examples};
use platt::fit;

/// What the caller may choose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How many examples are made.
    pub examples: usize,
    /// Seed of all chance.
    pub seed: u64,
    /// How trees are grown.
    pub growth: Growth,
}

impl Default for Options {
    fn default() -> Options {
        Options { examples: 300_000, seed: 1, growth: Growth::default() }
    }
}

/// Examples measured at a time.
const CHUNK: usize = 1000;

/// A model, and how it does on examples made of pairs that it did not learn from.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The model.
    pub trees: Trees,
    /// The scores of the examples held out, for each kind of [`damage::KINDS`].
    pub held_out: Vec<(&'static Damage, Vec<f64>)>,
}

impl Trained {
    /// The scores of the good examples held out, and of the bad ones.
    pub fn scores(&self) -> [Vec<f64>; 2] {
        let of = |good: bool| self.held_out.iter().filter(move |(kind, _)| kind.is_good == good).flat_map(|(_, scores)| scores).copied();
        [of(true).collect(), of(false).collect()]
    }
}

/// The model that tells these pairs, which follow each other as in their texts, from damaged ones. One stretch of pairs in ten is held out to
/// make its probabilities true and to measure it. The same for any number of threads.
pub fn train(pairs: &[Texts], langs: (Lang, Lang), encoder: &Encoder, options: Options, told: impl FnMut(usize, f64)) -> Trained {
    let [learned, held_out] = parted(pairs);
    let made = examples(&learned, options.examples, options.seed);
    let labels = made.iter().map(|(_, kind)| kind.is_good).collect();
    let table = Table::new(&rows(&made, langs, encoder), labels);
    let trees = grow(&table, options.growth, signature(&features::names()), told);
    let made = examples(&held_out, options.examples / PART, options.seed + 1);
    let rows = rows(&made, langs, encoder);
    // Every other held-out example stretches the scores, the others measure them.
    let log_odds = |row: &Vec<f32>| f64::from(trees.log_odds(row));
    let seen: Vec<(f64, bool)> = made.iter().zip(&rows).step_by(2).map(|((_, kind), row)| (log_odds(row), kind.is_good)).collect();
    let trees = trees.stretched(fit(&seen));
    let measured = made.iter().zip(&rows).skip(1).step_by(2);
    let scores: Vec<_> = measured.map(|((_, kind), row)| (kind.name, probability(trees.log_odds(row)))).collect();
    let of = |wanted: &Damage| scores.iter().filter(|(name, _)| *name == wanted.name).map(|(_, score)| *score).collect();
    Trained { held_out: KINDS.iter().map(|kind| (kind, of(kind))).collect(), trees }
}

/// Pairs of a stretch, long enough for most texts to be on one side, shorter where there are few pairs; and one stretch in so many is held out.
const STRETCH: usize = 100;
const PART: usize = 10;

/// The pairs to learn from, and those held out.
fn parted(pairs: &[Texts]) -> [Vec<Texts>; 2] {
    let (mut learned, mut held_out) = (Vec::new(), Vec::new());
    let stretch = (pairs.len() / (2 * PART)).clamp(1, STRETCH);
    for (n, stretch) in pairs.chunks(stretch).enumerate() {
        if n % PART == PART - 1 { held_out.extend_from_slice(stretch) } else { learned.extend_from_slice(stretch) }
    }
    [learned, held_out]
}

/// The features of examples, row by row.
fn rows(made: &[(Texts, &Damage)], langs: (Lang, Lang), encoder: &Encoder) -> Vec<Vec<f32>> {
    let context = Context::default();
    let measured = chunked(made.len(), CHUNK, |range| {
        let pairs: Vec<Pair<'_>> =
            made[range].iter().map(|((source, target), _)| Pair { source, target, source_lang: langs.0, target_lang: langs.1 }).collect();
        measured(encoder, &pairs, &context).iter().map(|features| features.map(|(_, value)| value).to_vec()).collect::<Vec<_>>()
    });
    measured.concat()
}
