//! `repeated`: words that are said again at once, as a share of the text; what both sides repeat counts on neither.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static REPEATED: Filter = Filter {
    id: "repeated",
    about: About { en: "Share of text said twice in a row", es: "Proporción de texto dicho dos veces seguidas" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::to(0.06), strict: Interval::to(0.03), review: Interval::ANY },
    peers: "OpusFilter RepetitionFilter, Bicleaner no_repeated_words",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = [0, 1].map(|n| f64::from(record.marks()[n].repeated));
    Some([(source - target).max(0.0), (target - source).max(0.0)])
}
