//! `language`: how probably each side is in its language. A side with few words that tell a language passes.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::text::Lang;
use crate::text::langid::Model;

/// The filter.
pub(super) static LANGUAGE: Filter = Filter {
    id: "language",
    about: About { en: "Probability that a side is in its language", es: "Probabilidad de que un lado esté en su idioma" },
    unit: "probability",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::ANY, strict: Interval::from(0.5), review: Interval::ANY },
    peers: "OpusFilter LanguageIDFilter, Bicleaner no_wrong_language, OpusCleaner fasttext_filter, langid_heliport",
    measure,
};

/// Of fewer plain words no language is told.
const FEWEST: usize = 5;

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let (pair, model) = (record.pair, Model::shipped());
    let [source, target] =
        [(pair.source, &pair.source_lang), (pair.target, &pair.target_lang)].map(|(text, lang)| probability(model, text, lang));
    (source.is_some() || target.is_some()).then(|| [source.unwrap_or(1.0), target.unwrap_or(1.0)])
}

fn probability(model: &Model, text: &str, lang: &Lang) -> Option<f64> {
    let guess = model.identify(text);
    (guess.words.plain >= FEWEST).then(|| f64::from(guess.probability(lang)).clamp(0.0, 1.0))
}
