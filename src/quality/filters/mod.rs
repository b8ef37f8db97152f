//! The registry of filters: one file per filter, one static list. A filter measures a pair; what measure is too little or too much is for
//! the [rules](super::Rules) to say. None of them changes a score.

use std::ops::Deref;

use super::{About, Reading};

mod addresses;
mod boilerplate;
mod charset;
mod copied_words;
mod docs;
mod escapes;
mod garbled;
mod glued_words;
mod html;
mod language;
mod length;
mod length_ratio;
mod letters;
mod long_word;
mod numerals;
mod personal_data;
mod repeated;
mod separators;
mod spaced_letters;
mod terminal;
mod translation;
mod word_length;
mod words;
mod words_listed;

pub use docs::docs;

/// Every filter, in the order in which reasons are reported.
pub static FILTERS: &[&Filter] = &[
    &length::LENGTH,
    &words::WORDS,
    &word_length::WORD_LENGTH,
    &long_word::LONG_WORD,
    &letters::LETTERS,
    &charset::CHARSET,
    &garbled::GARBLED,
    &html::HTML,
    &escapes::ESCAPES,
    &addresses::ADDRESSES,
    &separators::SEPARATORS,
    &spaced_letters::SPACED_LETTERS,
    &glued_words::GLUED_WORDS,
    &repeated::REPEATED,
    &boilerplate::BOILERPLATE,
    &words_listed::WORDS_LISTED,
    &personal_data::PERSONAL_DATA,
    &length_ratio::LENGTH_RATIO,
    &copied_words::COPIED_WORDS,
    &terminal::TERMINAL,
    &numerals::NUMERALS,
    &language::LANGUAGE,
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
    pub measure: fn(&Record<'_, '_>) -> Option<[f64; 2]>,
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

/// A pair as it is read, and its score.
#[derive(Debug)]
pub struct Record<'r, 'a> {
    /// The pair.
    pub reading: &'r Reading<'a>,
    /// The translation score, if there is one.
    pub score: Option<f64>,
}

impl<'a> Deref for Record<'_, 'a> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        self.reading
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Pair};
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
        for text in
            ["", " ", "a", "¿Qué?", "\u{301}", "1 2 3", "ja ja ja ja", "Ã³", "民主主義", "a\u{0}b", "hola@x.es | > \\u00e9 &amp; <b>"]
        {
            let pair = Pair { source: text, target: "No.", source_lang: Lang::ES, target_lang: Lang::EN };
            let words = Some(std::sync::Arc::new(super::super::WordList::parse("a\nhola\n").expect("a list")));
            let context = Context { words, ..Context::default() };
            let reading = Reading::new(pair, &context);
            let record = Record { reading: &reading, score: Some(0.5) };
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

    fn values(id: &str, source: &str, target: &str) -> Option<[f64; 2]> {
        let words = Some(std::sync::Arc::new(super::super::WordList::parse("en\tdamn*\n").expect("a list")));
        let context = Context { words, ..Context::default() };
        let pair = Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN };
        let filter = FILTERS.iter().find(|filter| filter.id == id).expect("a filter");
        (filter.measure)(&Record { reading: &Reading::new(pair, &context), score: None })
    }

    #[test]
    fn letters_of_another_script_lower_the_share() {
        assert_eq!(values("charset", "Москва и", "Moscow, αβ"), Some([0.0, 0.75]));
        assert_eq!(values("charset", "¿Qué? 12", "…"), Some([1.0, 1.0]));
    }

    #[test]
    fn questions_and_open_ends_without_counterpart_are_counted_and_sentences_are_not() {
        assert_eq!(values("terminal", "¿Viene? ¡Sí!", "Does he come? Yes!"), Some([0.0; 2]));
        assert_eq!(values("terminal", "Llegó ayer. Se fue hoy por la mañana.", "He came yesterday and left this morning."), Some([0.0; 2]));
        assert_eq!(values("terminal", "¿Viene? https://a.es/?b=1", "He comes http://a.es/?b=1"), Some([1.0; 2]));
        assert_eq!(values("terminal", "Llegó ayer a la ciudad.", "He came to the city yesterday and"), Some([1.0; 2]));
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(values("numerals", "1.500 millones en 80 km", "1.5 billion over 50 miles"), Some([1.0; 2]));
        assert_eq!(values("numerals", "Murieron 12 de 40", "40 people, 21 dead"), Some([0.5; 2]));
        assert_eq!(values("numerals", "Nada", "Nothing"), None);
    }

    #[test]
    fn noise_counts_where_the_other_side_has_none() {
        assert_eq!(values("separators", "Inicio | Noticias > Cuba", "News from Cuba"), Some([2.0, 0.0]));
        assert_eq!(values("separators", "a | b", "a | b"), Some([0.0, 0.0]));
        assert_eq!(values("escapes", "El caf\\u00e9 %C3%A9", "The café"), Some([2.0, 0.0]));
        assert_eq!(values("glued-words", "LeerMásNoticias de YouTube", "More on YouTube"), Some([2.0, 0.0]));
        assert_eq!(values("spaced-letters", "A V I S O a todos", "NOTICE to a b"), Some([6.0, 2.0]));
        assert_eq!(values("html", "<b>a</b>", "a&amp;b"), Some([0.875, 5.0 / 7.0]));
    }

    #[test]
    fn addresses_data_and_listed_words_are_counted_on_their_side() {
        assert_eq!(values("addresses", "www.example.org", "none"), Some([1.0, 0.0]));
        assert_eq!(values("personal-data", "Escriba a a@example.org", "Write"), Some([1.0, 0.0]));
        assert_eq!(values("words-listed", "damned", "Damned thing"), Some([0.0, 1.0]));
    }

    #[test]
    fn a_side_in_another_language_is_improbable_and_a_short_one_passes() {
        let [source, target] =
            values("language", "The minister arrived in the city yesterday", "The minister arrived in the city yesterday").expect("words");
        assert!(source < 0.1 && target > 0.9, "{source} {target}");
        assert_eq!(values("language", "Sí.", "No."), None);
    }
}
