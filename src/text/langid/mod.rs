//! Which language a text is in: Spanish, English, those mistaken for Spanish (Portuguese, Catalan, Galician, Italian, French), German, or
//! another. It tells one language for a whole text; where in a text the language changes, it does not know.
//!
//! [`Model`] weighs pieces of words and keeps to "undecided" where a text has little language in it; [`Evidence`] counts the function words
//! of Spanish and English and needs no model.

pub mod features;
mod function_words;
mod guess;
mod model;

pub use function_words::Evidence;
pub use guess::Guess;
pub use model::{Model, Table, lead_of, place};

use super::lang::Lang;

/// How many languages the model tells by name.
pub const NAMED: usize = 8;

/// The languages told by name, in the order of a model's columns; all others are one class.
pub const LANGS: [Lang; NAMED] = [
    Lang::ES,
    Lang::EN,
    Lang::ascii(b"pt"),
    Lang::ascii(b"ca"),
    Lang::ascii(b"gl"),
    Lang::ascii(b"it"),
    Lang::ascii(b"fr"),
    Lang::ascii(b"de"),
];

/// The language of `text`, if it is one of [`LANGS`] and the text leaves little doubt.
///
/// ```
/// use bitexto::text::{Lang, langid::identify};
/// assert_eq!(identify("la orden de la humanidad"), Some(Lang::ES));
/// assert_eq!(identify("the order of humanity"), Some(Lang::EN));
/// assert_eq!(identify("Hotel Central"), None);
/// ```
pub fn identify(text: &str) -> Option<Lang> {
    Model::shipped().identify(text).lang()
}
