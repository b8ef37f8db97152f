//! `length`: how long each side is, combining marks not counted. There is no minimum but one: short good pairs matter.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static LENGTH: Filter = Filter {
    id: "length",
    about: About { en: "Characters of a side", es: "Caracteres de un lado" },
    unit: "characters",
    range: Interval::from(0.0),
    presets: Presets {
        training: Interval::between(1.0, 3000.0),
        strict: Interval::between(3.0, 1000.0),
        review: Interval::between(1.0, 20_000.0),
    },
    peers: "OpusFilter LengthFilter (char), Bicleaner not_too_long",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some([0, 1].map(|n| f64::from(record.marks()[n].characters)))
}
