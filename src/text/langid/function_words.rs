//! Counting the function words of Spanish and English. It knows these two languages only.

use crate::text::{Lang, fold, words::words};

/// The commonest words that only one of the two languages has.
const SPANISH: &[&str] = &[
    "al", "como", "con", "de", "del", "el", "ella", "en", "entre", "es", "esta", "este", "fue", "ha", "hay", "la", "las", "lo", "los",
    "mas", "muy", "para", "pero", "por", "porque", "que", "se", "ser", "sin", "sobre", "son", "su", "sus", "tambien", "un", "una", "y",
    "ya",
];
const ENGLISH: &[&str] = &[
    "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his", "in", "is", "it", "not",
    "of", "on", "or", "our", "she", "that", "the", "their", "they", "this", "to", "was", "we", "were", "which", "will", "with", "you",
];

/// No word of the lists has more bytes, accents included.
const LONGEST: usize = 9;

/// Counts of function words of each language in some text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Spanish function words and characters.
    pub spanish: usize,
    /// English function words.
    pub english: usize,
}

impl Evidence {
    /// The evidence in `text`: function words of each language; `¿`, `¡` and `ñ` count for Spanish.
    pub fn of(text: &str) -> Evidence {
        let mut evidence = Evidence::default();
        for (_, word) in words(text).filter(|(_, word)| word.len() <= LONGEST) {
            let word = fold(word);
            evidence.spanish += usize::from(SPANISH.binary_search(&word.as_ref()).is_ok());
            evidence.english += usize::from(ENGLISH.binary_search(&word.as_ref()).is_ok());
        }
        evidence.spanish += text.chars().filter(|c| matches!(c, '¿' | '¡' | 'ñ' | 'Ñ')).count();
        evidence
    }

    /// Adds the evidence of another text.
    pub fn add(&mut self, other: Evidence) {
        self.spanish += other.spanish;
        self.english += other.english;
    }

    /// The language, if one has at least two words and twice as many as the other.
    pub fn verdict(&self) -> Option<Lang> {
        let clear = |more: usize, less: usize| more >= 2 && more > 2 * less;
        if clear(self.spanish, self.english) {
            Some(Lang::ES)
        } else if clear(self.english, self.spanish) {
            Some(Lang::EN)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_the_search() {
        assert!(SPANISH.is_sorted());
        assert!(ENGLISH.is_sorted());
    }

    #[test]
    fn a_few_function_words_decide() {
        assert_eq!(Evidence::of("¿Qué pasa con los fusiles?").verdict(), Some(Lang::ES));
        assert_eq!(Evidence::of("Disobey the orders of Trump.").verdict(), Some(Lang::EN));
        assert_eq!(Evidence::of("OK").verdict(), None);
    }
}
