//! Makes models from text: encoder, lexicon, language identification, translation score. What a model knows to do lies in [`semantics`](crate::semantics).

pub mod encoder;
pub mod langid;
pub mod lexicon;
mod random;
pub mod score;
