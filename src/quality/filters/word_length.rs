//! `word-length`: how long words are on average, marks of punctuation left out.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::text::words::words;

/// The filter.
pub(super) static WORD_LENGTH: Filter = Filter {
    id: "word-length",
    about: About { en: "Characters of a word on average", es: "Caracteres por palabra en promedio" },
    unit: "characters",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::ANY, strict: Interval::between(1.5, 15.0), review: Interval::ANY },
    peers: "OpusFilter AverageWordLengthFilter, OpusCleaner avg_word_length",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let lengths = record.texts().map(|text| {
        let (count, sum) = words(text).fold((0_u32, 0), |(count, sum), (_, word)| (count + 1, sum + word.chars().count()));
        (count > 0).then(|| sum as f64 / f64::from(count))
    });
    let any = lengths[0].or(lengths[1])?;
    Some(lengths.map(|length| length.unwrap_or(any)))
}
