//! `spaced-letters`: the longest run of letters with a blank after each.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static SPACED_LETTERS: Filter = Filter {
    id: "spaced-letters",
    about: About { en: "Letters in a row with blanks between them", es: "Letras seguidas con espacios entre ellas" },
    unit: "letters",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(5.0), strict: Interval::to(3.0), review: Interval::ANY },
    peers: "Bicleaner no_space_noise",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some([0, 1].map(|n| f64::from(record.marks()[n].lone_letters)))
}
