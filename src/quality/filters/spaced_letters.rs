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

fn measure(record: &Record<'_>) -> Option<[f64; 2]> {
    Some(record.texts().map(|text| {
        let (mut most, mut run) = (0_u32, 0);
        for word in text.split_ascii_whitespace() {
            run = if is_letter(word) { run + 1 } else { 0 };
            most = most.max(run);
        }
        f64::from(most)
    }))
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    word.len() <= 2 && chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}
