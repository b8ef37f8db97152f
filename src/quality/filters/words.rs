//! `words`: how many words each side has.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static WORDS: Filter = Filter {
    id: "words",
    about: About { en: "Words of a side", es: "Palabras de un lado" },
    unit: "words",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(400.0), strict: Interval::between(1.0, 150.0), review: Interval::ANY },
    peers: "OpusFilter LengthFilter (word), Bicleaner not_too_short, OpusCleaner max_length",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some([0, 1].map(|n| f64::from(record.marks()[n].words)))
}
