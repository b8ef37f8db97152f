//! `glued-words`: how often small letters go over to capitals within one word that the other side has not.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::text::words::words;

/// The filter.
pub(super) static GLUED_WORDS: Filter = Filter {
    id: "glued-words",
    about: About { en: "Words run together in one that the other side lacks", es: "Palabras pegadas en una que falta al otro lado" },
    unit: "joints",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::ANY, strict: Interval::to(1.0), review: Interval::ANY },
    peers: "Bicleaner no_glued_words",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = record.texts();
    Some([(source, target), (target, source)].map(|(text, other)| most(text, other) as f64))
}

fn most(text: &str, other: &str) -> usize {
    // Two letters in a row, the first small, the second a capital; letters with accents are looked at in the words.
    let may = |pair: &[u8]| pair[0] >= b'a' && (pair[1].is_ascii_uppercase() || pair[1] == 0xc3);
    if !text.as_bytes().windows(2).any(may) {
        return 0;
    }
    words(text).map(|(_, word)| (joints(word), word)).filter(|(n, word)| *n > 0 && !other.contains(word)).map(|(n, _)| n).max().unwrap_or(0)
}

fn joints(word: &str) -> usize {
    word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count()
}
