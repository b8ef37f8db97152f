//! `translation`: the probability that the sides translate each other, as the score has it.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static TRANSLATION: Filter = Filter {
    id: "translation",
    about: About { en: "Probability of a translation", es: "Probabilidad de que sea una traducción" },
    unit: "probability",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::from(0.065), strict: Interval::from(0.6), review: Interval::ANY },
    peers: "Bicleaner score, LASER and LaBSE filters of OpusFilter and OpusCleaner",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    record.score.map(|score| [score; 2])
}
