//! How probable it is that two texts translate each other, as one number. It is evidence and no decision: what is dropped is for
//! filters to say, what is shown to people for checks.

mod cosines;
pub mod features;
pub mod trees;
mod vectors;
mod words;

use cosines::Cosines;
use features::{Features, features};
use trees::{Forest, Trees};
use words::Memory;

use super::{Context, Pair, Reading};
use crate::model::Signature;
use crate::semantics::Encoder;

/// So many pairs are scored at once, and read side by side.
pub(in crate::quality) use trees::ROWS as AT_ONCE;

/// Version of the features; a model says by their names which it was made for.
pub const VERSION: u32 = 2;

/// Scores pairs of the encoder's two languages.
#[derive(Debug)]
pub struct Scorer {
    encoder: Encoder,
    forest: Forest,
    /// The first 16 hexadecimal digits of the checksum of the model.
    checksum: String,
    /// Words met before: to find out about a word costs more than all the rest. No score depends on them.
    memory: Memory,
}

/// The model shipped with the program, for Spanish and English; `models/README.md` tells what it was made from.
const SHIPPED: &[u8] = include_bytes!("../../../models/es-en.score");

impl Scorer {
    /// The scorer with the models that are built in.
    pub fn shipped() -> Scorer {
        Scorer::new(Encoder::shipped(), &Trees::from_bytes(SHIPPED, &features::names()).expect("a test reads it"))
    }

    /// A scorer with this model.
    pub fn new(encoder: Encoder, trees: &Trees) -> Scorer {
        let checksum = blake3::hash(&trees.to_bytes()).to_hex()[..16].to_string();
        Scorer { encoder, forest: Forest::new(trees), checksum, memory: Memory::new() }
    }

    /// What the score is made by: the model of the score, and the encoder.
    pub fn signature(&self) -> Signature {
        Signature::default().with("score", format_args!("{VERSION}-{}", self.checksum)).with("encoder", self.encoder.checksum())
    }

    /// The probability in [0, 1] for each pair, that the sides translate each other, whole and undamaged. What is scored before and beside it
    /// does not change a score.
    pub fn score(&self, pairs: &[Pair<'_>], context: &Context) -> Vec<f64> {
        let scored = |pairs: &[Pair<'_>]| self.score_read(&pairs.iter().map(|pair| Reading::new(*pair, context)).collect::<Vec<_>>());
        pairs.chunks(AT_ONCE).flat_map(scored).collect()
    }

    /// The same of at most [`AT_ONCE`] pairs that others read as well.
    pub(super) fn score_read(&self, readings: &[Reading<'_>]) -> Vec<f64> {
        let (lookup, mut cosines) = (self.memory.lookup(&self.encoder), Cosines::default());
        let rows: Vec<_> = readings.iter().map(|reading| features(reading, &lookup, &mut cosines).map(|(_, value)| value)).collect();
        self.forest.log_odds(&rows).map(probability).collect()
    }
}

/// The features of each pair; what the score is made of, and what a model is trained on.
pub fn measured(encoder: &Encoder, pairs: &[Pair<'_>], context: &Context) -> Vec<Features> {
    let memory = Memory::new();
    let (lookup, mut cosines) = (memory.lookup(encoder), Cosines::default());
    pairs.iter().map(|pair| features(&Reading::new(*pair, context), &lookup, &mut cosines)).collect()
}

/// The probability with these log-odds.
pub(crate) fn probability(log_odds: f32) -> f64 {
    1.0 / (1.0 + f64::from(-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn scores(texts: &[(&str, &str)]) -> Vec<f64> {
        let pair = |&(source, target)| Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN };
        Scorer::shipped().score(&texts.iter().map(pair).collect::<Vec<_>>(), &Context::default())
    }

    #[test]
    fn a_translation_scores_higher_than_what_is_none() {
        let spanish = "El presidente habló ayer en la plaza ante miles de personas.";
        let found = scores(&[
            (spanish, "The president spoke in the square yesterday before thousands of people."),
            (spanish, "The recipe needs three eggs, some flour and a spoon of sugar."),
            (spanish, "The president spoke in"),
            (spanish, spanish),
        ]);
        assert!(found[0] > 0.8 && found[1..].iter().all(|score| *score < 0.2), "{found:?}");
    }

    #[test]
    fn a_score_does_not_depend_on_the_batch_or_on_the_form_of_accents() {
        let pair = ("La canción terminó.", "The song ended.");
        let decomposed = ("La cancio\u{301}n termino\u{301}.", "The song ended.");
        let all = scores(&[("¿Qué?", "What?"), pair, decomposed, ("", ""), ("…", "\u{0}")]);
        assert_eq!(scores(&[pair])[0], all[1]);
        assert_eq!(all[1], all[2]);
        assert!(all.iter().all(|score| (0.0..=1.0).contains(score)));
    }
}
