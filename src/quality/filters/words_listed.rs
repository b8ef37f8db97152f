//! `words-listed`: how many words and phrases a side has of a list that the user gives. Without a list nothing is measured.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static WORDS_LISTED: Filter = Filter {
    id: "words-listed",
    about: About { en: "Words of the given list", es: "Palabras de la lista dada" },
    unit: "words",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(0.0), strict: Interval::to(0.0), review: Interval::ANY },
    peers: "Bicleaner no_porn and no_literals, OpusFilter RegExpFilter",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let (list, pair) = (record.context.words.as_deref()?, record.pair);
    Some([(pair.source, &pair.source_lang), (pair.target, &pair.target_lang)].map(|(text, lang)| list.count(text, lang) as f64))
}
