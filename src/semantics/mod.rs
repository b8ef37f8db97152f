//! What is known of the two languages before any bitext is seen, loaded once and passed in: an encoder (segment → vector) and a lexicon
//! (word → translations). It aligns nothing and reads no file: models come in as bytes.

pub mod aer;
pub mod encoder;
pub mod features;
mod glossary;
pub mod hmm;
mod lexicon;
pub mod links;
pub mod spelling;
mod vectors;

pub use encoder::Encoder;
pub use glossary::Glossary;
pub(crate) use lexicon::Entries;
pub use lexicon::{Lexicon, MAGIC as LEXICON_MAGIC, form};
pub use vectors::Vectors;

/// The models that are at hand. Without any, everything is learned from the bitext itself.
#[derive(Debug, Clone, Default)]
pub struct Semantics {
    /// Vectors of segments.
    pub encoder: Option<Encoder>,
    /// Translations of words.
    pub lexicon: Option<Lexicon>,
}

impl Semantics {
    /// The models that are built in, for Spanish and English.
    pub fn shipped() -> Semantics {
        Semantics { encoder: Some(Encoder::shipped()), lexicon: Some(Lexicon::shipped()) }
    }

    /// No model at all: for other language pairs, and to see what the models are worth.
    pub fn none() -> Semantics {
        Semantics::default()
    }
}
