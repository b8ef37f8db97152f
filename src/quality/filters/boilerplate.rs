//! `boilerplate`: the share of a text that is navigation, bylines or notices of a web page. The list is `data/boilerplate.tsv`. Off in training: `Log in` is a good
//! translation of `Iniciar sesión`, and where one side alone is a notice the score says so.

use std::sync::LazyLock;

use super::{Filter, Interval, Presets, Record};
use crate::quality::{About, WordList};

/// The filter.
pub(super) static BOILERPLATE: Filter = Filter {
    id: "boilerplate",
    about: About { en: "Share of words that are navigation or notices", es: "Proporción de palabras de navegación o avisos" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::ANY, strict: Interval::to(0.5), review: Interval::ANY },
    peers: "OpusCleaner remove_frequent_patterns",
    measure,
};

static LIST: LazyLock<WordList> =
    LazyLock::new(|| WordList::parse(include_str!("../data/boilerplate.tsv")).expect("a test reads the list"));

/// Of a longer text, in bytes, no list covers much.
const LONGEST: usize = 300;

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some(record.texts().map(|text| if text.len() > LONGEST { 0.0 } else { LIST.share(text) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_covered_and_sentences_about_them_are_not() {
        assert_eq!(LIST.share("Compartir en Facebook"), 1.0);
        assert_eq!(LIST.share("All rights reserved."), 1.0);
        assert!(LIST.share("El ministro pidió compartir en Facebook el discurso que dio ayer.") < 0.4);
        assert!(LIST.len() > 150);
    }
}
