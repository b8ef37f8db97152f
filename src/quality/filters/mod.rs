//! The registry of filters: one file per filter, one static list. A filter measures a pair; what measure is too little or too much is for
//! the [rules](super::Rules) to say. None of them changes a score.

use super::marks::Marks;
use super::{About, Context, Pair};

mod copied_words;
mod garbled;
mod length;
mod length_ratio;
mod letters;
mod long_word;
mod repeated;
mod translation;
mod words;

/// Every filter, in the order in which reasons are reported.
pub static FILTERS: &[&Filter] = &[
    &length::LENGTH,
    &words::WORDS,
    &long_word::LONG_WORD,
    &letters::LETTERS,
    &garbled::GARBLED,
    &repeated::REPEATED,
    &length_ratio::LENGTH_RATIO,
    &copied_words::COPIED_WORDS,
    &translation::TRANSLATION,
];

/// A measure of a pair, and which values each preset keeps.
#[derive(Debug)]
pub struct Filter {
    /// Its name: lower-case letters and hyphens, unique, never changed.
    pub id: &'static str,
    /// One line for lists.
    pub about: About,
    /// What is counted, in the plural, or `share`.
    pub unit: &'static str,
    /// The least and the greatest value that there is.
    pub range: Interval,
    /// What the presets keep.
    pub presets: Presets,
    /// What other tools call it.
    pub peers: &'static str,
    /// The value for the source and for the target; what is measured of the pair as a whole is the same for both. `None` where it cannot be
    /// measured, which drops nothing.
    pub measure: fn(&Record<'_>) -> Option<[f64; 2]>,
}

/// What each preset keeps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Presets {
    /// Training data: drops what harms, keeps what is short or rare.
    pub training: Interval,
    /// Training data where there is more than enough.
    pub strict: Interval,
    /// For people, who should see what is wrong: drops only what nobody can judge.
    pub review: Interval,
}

/// The values from the least to the greatest, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub most: f64,
}

impl Interval {
    /// Every value.
    pub const ANY: Interval = Interval { least: f64::NEG_INFINITY, most: f64::INFINITY };

    /// Nothing below.
    pub const fn from(least: f64) -> Interval {
        Interval { least, ..Interval::ANY }
    }

    /// Nothing above.
    pub const fn to(most: f64) -> Interval {
        Interval { most, ..Interval::ANY }
    }

    /// Between two values.
    pub const fn between(least: f64, most: f64) -> Interval {
        Interval { least, most }
    }

    /// True if the value is kept.
    pub fn holds(&self, value: f64) -> bool {
        (self.least..=self.most).contains(&value)
    }
}

/// A pair with what was found out about it already, so that no filter looks twice.
#[derive(Debug)]
pub struct Record<'a> {
    /// The texts.
    pub pair: &'a Pair<'a>,
    /// What is known beyond them.
    pub context: &'a Context,
    /// The translation score, if there is one.
    pub score: Option<f64>,
    /// The characters of source and target.
    pub(super) marks: [Marks; 2],
}

impl<'a> Record<'a> {
    /// Looks at the characters of a pair.
    pub fn new(pair: &'a Pair<'a>, context: &'a Context, score: Option<f64>) -> Record<'a> {
        Record { pair, context, score, marks: Marks::of_pair(pair) }
    }

    fn texts(&self) -> [&'a str; 2] {
        [self.pair.source, self.pair.target]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn every_filter_says_all_about_itself() {
        for (n, filter) in FILTERS.iter().enumerate() {
            let id = filter.id;
            assert!(id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase())), "{id}");
            assert!(FILTERS[..n].iter().all(|earlier| earlier.id != id), "{id}");
            assert!(!filter.about.en.ends_with('.') && !filter.about.es.ends_with('.') && filter.about.en != filter.about.es, "{id}");
            for preset in [filter.presets.training, filter.presets.strict, filter.presets.review] {
                assert!(preset.least < preset.most, "{id}");
                assert!(preset.least == f64::NEG_INFINITY || filter.range.holds(preset.least), "{id}");
                assert!(preset.most == f64::INFINITY || filter.range.holds(preset.most), "{id}");
            }
        }
    }

    #[test]
    fn every_measure_is_within_its_range_whatever_the_texts() {
        for text in ["", " ", "a", "¿Qué?", "\u{301}", "1 2 3", "ja ja ja ja", "Ã³", "民主主義", "a\u{0}b"] {
            let pair = Pair { source: text, target: "No.", source_lang: Lang::ES, target_lang: Lang::EN };
            let context = Context::default();
            let record = Record::new(&pair, &context, Some(0.5));
            for filter in FILTERS {
                let values = (filter.measure)(&record);
                assert!(
                    values.is_none_or(|values| values.iter().all(|value| filter.range.holds(*value))),
                    "{} {text:?} {values:?}",
                    filter.id
                );
            }
        }
    }
}
