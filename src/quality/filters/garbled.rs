//! `garbled`: characters that a wrong encoding leaves behind.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static GARBLED: Filter = Filter {
    id: "garbled",
    about: About { en: "Characters of a wrong encoding", es: "Caracteres de una codificación equivocada" },
    unit: "characters",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(0.0), strict: Interval::to(0.0), review: Interval::ANY },
    peers: "Bicleaner no_bad_encoding and no_unicode_noise",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some([0, 1].map(|n| f64::from(record.marks()[n].garbled)))
}
