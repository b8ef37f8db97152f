//! Pure functions on text: languages, normalization, folding, words, language identification, hashes, offsets.
//! Nothing here reads a file, holds a global or can fail on any `&str`.

pub mod classes;
pub mod fold;
pub mod hash;
pub mod lang;
pub mod langid;
pub mod links;
pub mod normalize;
pub mod numbers;
pub mod offsets;
pub mod words;

pub use fold::fold;
pub use lang::Lang;
