//! `long-word`: the longest run of characters without white space; an address is one.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static LONG_WORD: Filter = Filter {
    id: "long-word",
    about: About { en: "Characters of the longest word", es: "Caracteres de la palabra más larga" },
    unit: "characters",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(150.0), strict: Interval::to(40.0), review: Interval::ANY },
    peers: "OpusFilter LongWordFilter, OpusCleaner max_word_length",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some([0, 1].map(|n| f64::from(record.marks()[n].longest_word)))
}
