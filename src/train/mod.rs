//! Makes models from parallel text: encoder and lexicon. What a model knows to do lies in [`semantics`](crate::semantics).

pub mod encoder;
pub mod lexicon;
mod random;
pub mod score;
