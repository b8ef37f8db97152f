//! A bilingual table: word → translations with their probabilities, both ways. It learns nothing and reads no file: it comes in as bytes.
//!
//! Words are [`form`]s: what [`text::words`](crate::text::words) finds, folded, without numbers. A table in memory is two sorted lists of
//! words, where to find them by a hash, and eight bytes for each pair of words.

mod bytes;
mod entries;

use std::borrow::Cow;
use std::fmt;

use crate::text::{Lang, fold};

pub use bytes::MAGIC;
pub(crate) use entries::Entries;

/// The table shipped with the program, for Spanish and English; `models/README.md` tells what it was made from.
const SHIPPED: &[u8] = include_bytes!("../../models/es-en.lex");

/// A bilingual table.
///
/// ```
/// use bitexto::semantics::{Glossary, Lexicon};
/// use bitexto::text::Lang;
/// let glossary = Glossary::parse("cortafuegos\tfirewall\nred\tnetwork\n").unwrap();
/// let lexicon = Lexicon::empty(Lang::ES, Lang::EN).with_glossary(&glossary);
/// assert_eq!(lexicon.translations(&Lang::ES, "red").next().map(|(word, _)| word), Some("network"));
/// assert_eq!(lexicon.translations(&Lang::EN, "firewall").count(), 1);
/// ```
#[derive(Clone)]
pub struct Lexicon {
    langs: [Lang; 2],
    sides: [Words; 2],
    pairs: usize,
    /// Where the pairs begin in `bytes`.
    pairs_at: usize,
    checksum: String,
    bytes: Cow<'static, [u8]>,
}

/// The words of one side, sorted, and the translations of each, the most probable first.
#[derive(Clone, Default)]
struct Words {
    text: Cow<'static, str>,
    /// Where each word begins in `text`, and where the last one ends.
    begins: Vec<u32>,
    /// Where the translations of each word begin, and where the last ones end.
    firsts: Vec<u32>,
    translations: Vec<Translation>,
    /// The place of each word, by [`hash`]: a look-up is one comparison, not seventeen far apart in memory.
    slots: Vec<Slot>,
}

/// A word and its [`hash`]: what is no match is seen without a look at the text, which lies elsewhere in memory.
#[derive(Clone, Copy, PartialEq)]
struct Slot {
    hash: u32,
    word: u32,
}

/// A slot without a word.
const EMPTY: Slot = Slot { hash: 0, word: u32::MAX };

/// FNV-1a, its upper half, which is the better one.
fn hash(form: &str) -> u32 {
    let hash = form.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32) as u32
}

/// A word of the other side and how probable it is, as [`bytes`] writes probabilities.
#[derive(Clone, Copy, PartialEq)]
struct Translation {
    word: u32,
    probability: Level,
}

/// A probability in one byte: 2 to the power of −`n`/16, from 1 to 2⁻¹⁵·⁹; steps of 4 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Level(u8);

impl Level {
    /// No probability worth keeping.
    pub(crate) const NONE: Level = Level(255);

    /// The level nearest to `probability`.
    pub(crate) fn of(probability: f32) -> Level {
        let level = (-16.0 * probability.log2()).round();
        if level < 255.0 { Level(level.max(0.0) as u8) } else { Level::NONE }
    }

    /// The probability, in (0, 1]; 0 for [`Level::NONE`].
    pub(crate) fn probability(self) -> f32 {
        if self == Level::NONE { 0.0 } else { (-f32::from(self.0) / 16.0).exp2() }
    }
}

/// The form under which a word is looked up: folded, with a plain apostrophe. `None` for what has a digit or no letter.
///
/// ```
/// use bitexto::semantics::form;
/// assert_eq!(form("Canción").as_deref(), Some("cancion"));
/// assert_eq!(form("Don’t").as_deref(), Some("don't"));
/// assert_eq!(form("G7"), None);
/// ```
pub fn form(word: &str) -> Option<Cow<'_, str>> {
    // Most words: nothing to do.
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(Cow::Borrowed(word));
    }
    if word.contains(char::is_numeric) || !word.contains(char::is_alphabetic) {
        return None;
    }
    Some(plain(fold(word)))
}

/// The same with a plain apostrophe for a typographic one.
fn plain(folded: Cow<'_, str>) -> Cow<'_, str> {
    if folded.contains('’') { Cow::Owned(folded.replace('’', "'")) } else { folded }
}

impl Lexicon {
    /// The table shipped with the program, for Spanish and English.
    pub fn shipped() -> Lexicon {
        Lexicon::from_static(SHIPPED).expect("a test loads the shipped table")
    }

    /// A table without words, to put a glossary into.
    pub fn empty(source: Lang, target: Lang) -> Lexicon {
        Entries::new(source, target).lexicon()
    }

    /// The languages: source, target.
    pub fn languages(&self) -> (Lang, Lang) {
        (self.langs[0], self.langs[1])
    }

    /// What tells this table from any other: 16 hexadecimal digits of the BLAKE3 of its content.
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// How many pairs of words it has.
    pub fn len(&self) -> usize {
        self.pairs
    }

    /// True if it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many words of each side it has.
    pub fn words(&self) -> (usize, usize) {
        (self.sides[0].len(), self.sides[1].len())
    }

    /// The translations of a [`form`] of language `from`, whatever its region, the most probable first, with the probability in (0, 1] that
    /// an occurrence of `form` is translated so; the probabilities of a word sum to at most about 1. None for other languages.
    pub fn translations<'a>(&'a self, from: &Lang, form: &str) -> impl Iterator<Item = (&'a str, f32)> + use<'a> {
        let side = self.side(from);
        let found = side.and_then(|n| self.sides[n].find(form).map(|word| (n, word)));
        found.into_iter().flat_map(|(n, word)| {
            let other = &self.sides[1 - n];
            self.sides[n].translations_of(word).iter().map(|t| (other.word(t.word as usize), t.probability.probability()))
        })
    }

    /// True if it has the `form` of language `lang`.
    pub fn knows(&self, lang: &Lang, form: &str) -> bool {
        self.side(lang).is_some_and(|n| self.sides[n].find(form).is_some())
    }

    /// The probability in [0, 1] that an occurrence of the form `word` of language `from` is translated by `by`; 0 for what it does not know.
    pub fn probability(&self, from: &Lang, word: &str, by: &str) -> f32 {
        self.translations(from, word).find(|(found, _)| *found == by).map_or(0.0, |(_, probability)| probability)
    }

    /// The place of a `form` among the words of side `n`, 0 for the source.
    pub(crate) fn find(&self, n: usize, form: &str) -> Option<usize> {
        self.sides[n].find(form)
    }

    /// The probability that word `word` of side `n` is translated by word `by` of the other side.
    pub(crate) fn probability_at(&self, n: usize, word: usize, by: usize) -> f32 {
        let found = self.sides[n].translations_of(word).iter().find(|t| t.word as usize == by);
        found.map_or(0.0, |t| t.probability.probability())
    }

    /// The translations of word `word` of side `n`, the most probable first, as places among the words of the other side.
    pub(crate) fn translations_at(&self, n: usize, word: usize) -> impl Iterator<Item = (usize, f32)> {
        self.sides[n].translations_of(word).iter().map(|t| (t.word as usize, t.probability.probability()))
    }

    /// Which side, 0 for the source, is in `lang`.
    pub(crate) fn side(&self, lang: &Lang) -> Option<usize> {
        self.langs.iter().position(|own| own.same_language(lang))
    }
}

impl Words {
    fn len(&self) -> usize {
        self.begins.len().saturating_sub(1)
    }

    fn word(&self, n: usize) -> &str {
        &self.text[self.begins[n] as usize..self.begins[n + 1] as usize]
    }

    fn find(&self, form: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let hash = hash(form);
        let mut slot = hash as usize & mask;
        // There are empty slots, so this ends.
        while self.slots[slot] != EMPTY {
            let found = self.slots[slot];
            if found.hash == hash && self.word(found.word as usize) == form {
                return Some(found.word as usize);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// Puts the words where look-ups find them: open addressing, half of the slots or more empty.
    fn index(&mut self) {
        let mut slots = vec![EMPTY; (2 * self.len()).next_power_of_two()];
        let mask = slots.len() - 1;
        for n in 0..self.len() {
            let hash = hash(self.word(n));
            let mut slot = hash as usize & mask;
            while slots[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            slots[slot] = Slot { hash, word: n as u32 };
        }
        self.slots = slots;
    }

    fn translations_of(&self, word: usize) -> &[Translation] {
        &self.translations[self.firsts[word] as usize..self.firsts[word + 1] as usize]
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon({} → {}, {} pairs, {})", self.langs[0], self.langs[1], self.len(), self.checksum)
    }
}

impl PartialEq for Lexicon {
    fn eq(&self, other: &Lexicon) -> bool {
        self.checksum == other.checksum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_translates_both_ways() {
        let lexicon = Lexicon::shipped();
        let best = |from: &Lang, form: &str| lexicon.translations(from, form).next().map(|(word, _)| word.to_string());
        assert_eq!(best(&Lang::ES, "casa").as_deref(), Some("house"));
        assert_eq!(best(&Lang::EN, "water").as_deref(), Some("agua"));
        assert_eq!(best(&"es-MX".parse().expect("a code"), "siempre").as_deref(), Some("always"));
        assert_eq!(best(&"fr".parse().expect("a code"), "maison"), None);
    }

    #[test]
    fn probabilities_fall_and_sum_to_about_one_at_most() {
        let lexicon = Lexicon::shipped();
        for (lang, form) in [(Lang::ES, "de"), (Lang::ES, "fue"), (Lang::EN, "the"), (Lang::EN, "get")] {
            let found: Vec<f32> = lexicon.translations(&lang, form).map(|(_, p)| p).collect();
            assert!(found.is_sorted_by(|a, b| a >= b), "{form}: {found:?}");
            assert!((0.05..1.1).contains(&found.iter().sum::<f32>()), "{form}: {found:?}");
        }
    }

    #[test]
    fn a_level_is_within_three_percent_of_its_probability() {
        for probability in [1.0_f32, 0.9, 0.5, 0.123, 0.01, 0.001] {
            let kept = Level::of(probability).probability();
            assert!((kept / probability - 1.0).abs() < 0.03, "{probability} {kept}");
        }
        assert_eq!(Level::of(0.0).probability(), 0.0);
        assert_eq!(Level::of(2.0).probability(), 1.0);
    }
}
