//! What the number grammar knows about a language: its words for numbers, scales, months, units. The tables are in the language files.

use std::borrow::Cow;

use super::units::{SYMBOLS, Unit};
use super::{english, spanish};
use crate::text::{Lang, fold};

/// What a word means to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A word that has a number in it: `década`, `par`, `twice`, `octogenarian`, `noon`.
    Implied(u16),
    /// Twelve alone, twelve times the number before it, ten or so in the plural alone.
    Dozen,
    /// Zero to nineteen, and the Spanish twenties in one word.
    Small(u8),
    /// Twenty to ninety.
    Tens(u8),
    /// One hundred to nine hundred in one word (`doscientos`).
    Hundreds(u16),
    /// Multiplies what is before it by a hundred (`hundred`).
    Hundred,
    /// Multiplies by a power of ten; never a number by itself (`millones`, `bn`).
    Scale(u8),
    /// A scale that alone counts once (`mil`, `thousand`).
    OneScale(u8),
    /// A plural that counts nothing by itself: `decenas`, `cientos`, `miles`, `hundreds`.
    Plural(u8),
    /// First, second, twentieth.
    Ordinal(u8),
    /// One part of so many (`tercio`, `fifths`).
    Part(u8),
    /// A word that stands for so many hundredths (`medio`).
    Hundredths(u8),
    /// A month's name.
    Month(u8),
    /// `artículo`, `ley`, `section`: what follows is an identifier.
    Reference,
    /// `siglo`, `guerra`, `volume`: a roman numeral may follow.
    Numbered,
}

impl Sense {
    /// True for a numeral from three on.
    pub(super) fn counts(self) -> bool {
        match self {
            Sense::Small(n) => n >= 3,
            Sense::Tens(_) | Sense::Hundreds(_) | Sense::Hundred | Sense::Scale(_) | Sense::OneScale(_) => true,
            _ => false,
        }
    }
}

/// The words of one language, folded. Every table is sorted by its first field.
pub(super) struct Lexicon {
    pub(super) words: &'static [(&'static str, Sense)],
    /// Of each first letter, the lengths that its words have, as bits: most words of a text are told apart by these alone.
    pub(super) lengths: [u32; 26],
    /// Units of measure after a number.
    pub(super) units: &'static [(&'static str, Unit)],
    /// `casi`, `about`, `más`: a number within the next three words is rounded.
    pub(super) approximators: &'static [&'static str],
    /// `y`, `and`: joins the parts of a number in words.
    pub(super) joiner: &'static str,
    /// Joins the two ends of a range: `5 a 10 millones`.
    pub(super) range_words: &'static [&'static str],
    /// Parts of the day after a clock time: `tarde`, `evening`; true for after noon.
    pub(super) day_parts: &'static [(&'static str, bool)],
}

static NEUTRAL: Lexicon =
    Lexicon { words: &[], lengths: [0; 26], units: &[], approximators: &[], joiner: "", range_words: &[], day_parts: &[] };

/// The lexicon of `lang`; for a language without one, a lexicon that knows the symbols of units only.
pub(super) fn of(lang: &Lang) -> &'static Lexicon {
    match lang.primary() {
        "es" => &spanish::LEXICON,
        "en" => &english::LEXICON,
        _ => &NEUTRAL,
    }
}

/// The lengths of `words` for [`Lexicon::lengths`]; they are in ASCII and shorter than 31.
pub(super) const fn lengths(words: &[(&str, Sense)]) -> [u32; 26] {
    let mut lengths = [0; 26];
    let mut n = 0;
    while n < words.len() {
        let word = words[n].0.as_bytes();
        lengths[(word[0] - b'a') as usize] |= 1 << word.len();
        n += 1;
    }
    lengths
}

/// The longest entry of any table, in bytes of the text; what is longer need not be folded.
const LONGEST_WORD: usize = 20;

impl Lexicon {
    /// What `word` means.
    pub(super) fn sense(&self, word: &str) -> Option<Sense> {
        if self.may_have(word) { find(self.words, &short_fold(word)?) } else { None }
    }

    /// False for a word that is surely not in the table.
    fn may_have(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let first = bytes.first().map_or(0, |b| b | 0x20);
        if !first.is_ascii_lowercase() {
            return first >= 0x80;
        }
        let is_mark = |b: &u8| matches!(b, 0xcc | 0xcd);
        let letters = bytes.iter().filter(|b| **b & 0xc0 != 0x80).count();
        let lengths = self.lengths[usize::from(first - b'a')];
        lengths & (1 << letters.min(31)) != 0 || (lengths != 0 && bytes.iter().any(|b| is_mark(b)))
    }

    /// The unit `word` or symbol.
    pub(super) fn unit(&self, word: &str) -> Option<Unit> {
        find(SYMBOLS, word).or_else(|| find(self.units, &short_fold(word)?))
    }

    /// After noon or before it, if `word` is a part of the day.
    pub(super) fn day_part(&self, word: &str) -> Option<bool> {
        find(self.day_parts, &short_fold(word)?)
    }

    /// True for `casi`, `about` and their like.
    pub(super) fn approximates(&self, word: &str) -> bool {
        short_fold(word).is_some_and(|word| self.approximators.binary_search(&word.as_ref()).is_ok())
    }

    /// True for a word between the two ends of a range.
    pub(super) fn joins_range(&self, word: &str) -> bool {
        self.range_words.binary_search(&word).is_ok()
    }
}

fn short_fold(word: &str) -> Option<Cow<'_, str>> {
    (word.len() <= LONGEST_WORD).then(|| fold(word))
}

fn find<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.binary_search_by(|(entry, _)| (*entry).cmp(word)).ok().map(|n| table[n].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sorted<T>(table: &[(&str, T)]) -> bool {
        table.windows(2).all(|two| two[0].0 < two[1].0)
    }

    #[test]
    fn accents_and_capitals_hide_no_word() {
        let sense = |word| spanish::LEXICON.sense(word);
        for word in ["Dieciséis", "diecise\u{301}is", "VEINTIDÓS", "Décimo"] {
            assert!(sense(word).is_some(), "{word}");
        }
        assert_eq!(sense("casa"), None);
    }

    #[test]
    fn every_table_is_sorted_and_folded() {
        assert!(is_sorted(SYMBOLS));
        for lexicon in [&spanish::LEXICON, &english::LEXICON] {
            assert!(is_sorted(lexicon.words) && is_sorted(lexicon.units) && is_sorted(lexicon.day_parts));
            assert!(lexicon.approximators.is_sorted() && lexicon.range_words.is_sorted());
            for (word, _) in lexicon.words {
                assert_eq!(fold(word), *word);
                assert!(word.is_ascii() && lexicon.may_have(word), "{word}");
                // Two bytes for an accent that folding drops.
                assert!(word.len() + 2 <= LONGEST_WORD, "{word}");
            }
        }
    }
}
