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
    pub(super) const fn counts(self) -> bool {
        match self {
            Sense::Small(n) => n >= 3,
            Sense::Tens(_) | Sense::Hundreds(_) | Sense::Hundred | Sense::Scale(_) | Sense::OneScale(_) => true,
            _ => false,
        }
    }

    /// True for a word that changes the value of the number before it. Without one, no number in words has a thousand or more, but for years.
    pub(super) const fn scales(self) -> bool {
        matches!(self, Sense::Hundred | Sense::Scale(_) | Sense::OneScale(_) | Sense::Plural(_) | Sense::Dozen | Sense::Hundredths(_))
    }
}

/// A group of the words of a lexicon.
#[derive(Clone, Copy)]
pub(super) enum Group {
    /// All of them.
    Words,
    /// The numerals from three on.
    Numerals,
    /// What changes the value of the number before it: hundreds, thousands and more, dozens, halves.
    Scales,
}

impl Group {
    const fn has(self, sense: Sense) -> bool {
        match self {
            Group::Words => true,
            Group::Numerals => sense.counts(),
            Group::Scales => sense.scales(),
        }
    }
}

/// The words of one language, folded. Every table is sorted by its first field.
pub(super) struct Lexicon {
    pub(super) words: &'static [(&'static str, Sense)],
    /// What is known of the words of each [`Group`] without looking: most words of a text are none of them.
    pub(super) shapes: [Shapes; 3],
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
    Lexicon { words: &[], shapes: [[(0, 0); 26]; 3], units: &[], approximators: &[], joiner: "", range_words: &[], day_parts: &[] };

/// The lexicon of `lang`; for a language without one, a lexicon that knows the symbols of units only.
pub(super) fn of(lang: &Lang) -> &'static Lexicon {
    match lang.primary() {
        "es" => &spanish::LEXICON,
        "en" => &english::LEXICON,
        _ => &NEUTRAL,
    }
}

/// Of each first letter, the lengths and the second letters that words have, as bits.
pub(super) type Shapes = [(u32, u32); 26];

/// The shapes of each group of `words`, which are in ASCII and have two to 30 letters.
pub(super) const fn shapes(words: &[(&str, Sense)]) -> [Shapes; 3] {
    [shapes_of(words, Group::Words), shapes_of(words, Group::Numerals), shapes_of(words, Group::Scales)]
}

const fn shapes_of(words: &[(&str, Sense)], group: Group) -> Shapes {
    let mut shapes = [(0, 0); 26];
    let mut n = 0;
    while n < words.len() {
        let (word, sense) = words[n];
        if group.has(sense) {
            let shape = &mut shapes[(word.as_bytes()[0] - b'a') as usize];
            shape.0 |= 1 << word.len();
            shape.1 |= 1 << (word.as_bytes()[1] - b'a');
        }
        n += 1;
    }
    shapes
}

/// What tells most words of a text from those of a table without a look into it.
#[derive(Default)]
struct Word {
    first: u8,
    second: u8,
    bytes: usize,
    letters: u32,
    /// True for decomposed accents, which count as letters here.
    has_marks: bool,
}

impl Word {
    fn of(word: &str) -> Word {
        let mut shape = Word::default();
        word.bytes().for_each(|b| shape.add(b));
        shape
    }

    fn add(&mut self, b: u8) {
        match self.bytes {
            0 => self.first = b | 0x20,
            1 => self.second = b | 0x20,
            _ => {}
        }
        self.bytes += 1;
        self.letters += u32::from(b & 0xc0 != 0x80);
        self.has_marks |= matches!(b, 0xcc | 0xcd);
    }

    /// False if no word of the table begins so and has this length.
    fn may_be_among(&self, shapes: &Shapes) -> bool {
        if self.first >= 0x80 {
            return true;
        }
        let (lengths, seconds) = shapes.get(usize::from(self.first.wrapping_sub(b'a'))).copied().unwrap_or_default();
        let fits = lengths & (1 << self.letters.min(31)) != 0;
        let second = self.second >= 0x80 || seconds & (1 << (self.second.wrapping_sub(b'a') & 31)) != 0;
        (fits && second) || (self.has_marks && lengths != 0)
    }
}

/// The longest entry of any table, in bytes of the text; what is longer need not be folded.
const LONGEST_WORD: usize = 20;

impl Lexicon {
    /// What `word` means.
    pub(super) fn sense(&self, word: &str) -> Option<Sense> {
        if Word::of(word).may_be_among(&self.shapes[Group::Words as usize]) { find(self.words, &short_fold(word)?) } else { None }
    }

    /// True if a word of `text` is of a group. Bytes are looked at once; only what may be of the group is looked up.
    pub(super) fn has(&self, group: Group, text: &str) -> bool {
        let shapes = &self.shapes[group as usize];
        let mut word = Word::default();
        for (at, &b) in text.as_bytes().iter().chain(b" ").enumerate() {
            if b.is_ascii_alphabetic() || b >= 0x80 {
                word.add(b);
                continue;
            }
            if word.may_be_among(shapes) {
                let sense = text.get(at - word.bytes..at).and_then(|word| find(self.words, &short_fold(word)?));
                if sense.is_some_and(|sense| group.has(sense)) {
                    return true;
                }
            }
            word = Word::default();
        }
        false
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
                assert!(word.is_ascii() && Word::of(word).may_be_among(&lexicon.shapes[0]), "{word}");
                // Two bytes for an accent that folding drops.
                assert!(word.len() + 2 <= LONGEST_WORD, "{word}");
            }
        }
    }
}
