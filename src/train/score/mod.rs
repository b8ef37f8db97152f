//! Makes the model of the score: good pairs and damaged ones → features → trees. What the score is used for lies in [`quality`](crate::quality).

pub mod boosting;
pub mod damage;

use crate::parallel::chunked;
use crate::quality::score::trees::{Trees, signature};
use crate::quality::score::{features, measured};
use crate::quality::{Context, Pair};
use crate::semantics::Encoder;
use crate::text::Lang;

use boosting::{Growth, Table, grow};
use damage::{Texts, examples};

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

/// The model that tells these pairs, which follow each other as in their texts, from damaged ones. The same for any number of threads.
pub fn train(pairs: &[Texts], langs: (Lang, Lang), encoder: &Encoder, options: Options, told: impl FnMut(usize, f64)) -> Trees {
    let made = examples(pairs, options.examples, options.seed);
    let (texts, labels): (Vec<&Texts>, Vec<bool>) = made.iter().map(|(texts, kind)| (texts, kind.is_good)).unzip();
    let context = Context::default();
    let measured = chunked(texts.len(), CHUNK, |range| {
        let pairs: Vec<Pair<'_>> =
            texts[range].iter().map(|(s, t)| Pair { source: s, target: t, source_lang: langs.0, target_lang: langs.1 }).collect();
        measured(encoder, &pairs, &context).iter().map(|features| features.map(|(_, value)| value).to_vec()).collect::<Vec<_>>()
    });
    grow(&Table::new(&measured.concat(), labels), options.growth, signature(&features::names()), told)
}
