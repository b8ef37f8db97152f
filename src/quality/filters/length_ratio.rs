//! `length-ratio`: how far the ratio of lengths is from what is usual, in median absolute deviations; short texts may differ by a few characters.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static LENGTH_RATIO: Filter = Filter {
    id: "length-ratio",
    about: About { en: "Length ratio, in deviations from the usual", es: "Proporción de longitudes, en desviaciones de lo habitual" },
    unit: "deviations",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(12.0), strict: Interval::to(5.0), review: Interval::ANY },
    peers: "OpusFilter LengthRatioFilter, Bicleaner length_ratio, OpusCleaner src_trg_ratio",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    /// So many characters more on both sides: `No.` and `No, he did not.` are no scandal.
    const SLACK: f64 = 15.0;
    let ratio = record.context.length_ratio(record);
    let [source, target] = [0, 1].map(|n| (f64::from(record.marks()[n].characters) + SLACK).ln());
    Some([((target - source - ratio.median) / ratio.deviation).abs(); 2])
}
