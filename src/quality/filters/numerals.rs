//! `numerals`: the share of numbers that the other side answers. Numbers are read as values: conversions of units, rounding, words for numbers and ways to write
//! them are no difference. What is left differs, but a filter as hard as that costs more good pairs than it is worth to training: off unless asked for.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::quality::reading::{Hints, Numbers};
use crate::text::numbers::Quantity;

/// The filter.
pub(super) static NUMERALS: Filter = Filter {
    id: "numerals",
    about: About { en: "Share of numbers that the other side answers", es: "Proporción de números que el otro lado responde" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::ANY, strict: Interval::from(0.6), review: Interval::ANY },
    peers: "OpusFilter NonZeroNumeralsFilter, Bicleaner no_number_inconsistencies, OpusCleaner num_mismatch",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    if record.has_digit() == [false; 2] && !record.hints().iter().any(|hints| hints.has(Hints::NUMERAL)) {
        return None;
    }
    let Numbers { source, target, left } = record.numbers();
    let scaled = left.scaled.len();
    Some([share(source, left.source.len() + scaled), share(target, left.target.len() + scaled)])
}

/// Of what is written in digits or left over.
fn share(quantities: &[Quantity<'_>], left: usize) -> f64 {
    let count = quantities.iter().filter(|quantity| !quantity.is_soft()).count().max(left);
    if count == 0 { 1.0 } else { (count - left) as f64 / count as f64 }
}
