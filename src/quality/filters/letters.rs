//! `letters`: the share of letters among the characters of each side.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static LETTERS: Filter = Filter {
    id: "letters",
    about: About { en: "Share of letters", es: "Proporción de letras" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::from(0.3), strict: Interval::from(0.6), review: Interval::ANY },
    peers: "OpusFilter AlphabetRatioFilter, Bicleaner no_only_symbols, OpusCleaner alpha_ratio",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    /// A short text such as `3.` may well have none.
    const FEW: f32 = 6.0;
    let share = |n: usize| if record.marks()[n].characters < FEW { 1.0 } else { f64::from(record.marks()[n].letters) };
    Some([share(0), share(1)])
}
