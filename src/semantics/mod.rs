//! What is known of the two languages before any bitext is seen, loaded once and passed in: an encoder (segment → vector) and a lexicon
//! (word → translations). It aligns nothing and reads no file: models come in as bytes.

mod vectors;

pub use vectors::Vectors;

/// The models that are at hand. Without any, everything is learned from the bitext itself.
#[derive(Debug, Default)]
pub struct Semantics {}

impl Semantics {
    /// No model at all: for other language pairs, and to see what the models are worth.
    pub fn none() -> Semantics {
        Semantics::default()
    }
}
