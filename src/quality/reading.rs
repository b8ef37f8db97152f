//! A pair as it is read: its words, numbers and characters, each looked for once, when somebody first asks. What they mean is for checks,
//! filters and the score to say.

use std::cell::{Cell, OnceCell};
use std::hash::BuildHasher;
use std::ops::{BitOr, Deref, Range};

use multiversion::multiversion;
use rustc_hash::FxBuildHasher;

use super::function_words::function_word;
use super::marks::Marks;
use super::{Context, Pair, negation};
use crate::semantics::features::parts;
use crate::text::Lang;
use crate::text::classes::{Classes, classes, mask, sixteen};
use crate::text::links::{Link, links};
use crate::text::numbers::{self, Quantity, Unanswered, has_digit, sum_of_digits};
use crate::text::words::{Scanned, scan};

/// A pair and what was found out about it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The texts.
    pub pair: Pair<'a>,
    /// What is known beyond them.
    pub context: &'a Context,
    classes: OnceCell<[Vec<Classes>; 2]>,
    marks: OnceCell<[Marks; 2]>,
    links: OnceCell<[Vec<Link>; 2]>,
    words: OnceCell<[Vec<Word>; 2]>,
    numbers: OnceCell<Numbers<'a>>,
    hints: Cell<Option<[Hints; 2]>>,
}

/// A word of a text, or a part of it between apostrophes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its bytes: the first, and how many.
    at: u32,
    len: u32,
    /// A hash of how it is spelled.
    pub spelling: u64,
    /// True without an apostrophe.
    pub is_whole: bool,
    /// True if all of it is in lower case.
    pub is_lower: bool,
}

/// The numbers of both sides.
#[derive(Debug)]
pub(super) struct Numbers<'a> {
    /// Of the source, in order.
    pub source: Vec<Quantity<'a>>,
    /// Of the target, in order.
    pub target: Vec<Quantity<'a>>,
    /// Those that have no counterpart.
    pub left: Unanswered,
}

/// What the words of a text are, as far as it tells a check that it has nothing to look for: a set of bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hints(u8);

impl Hints {
    /// A function word of the other of Spanish and English.
    pub(super) const FOREIGN: Hints = Hints(1);
    /// A word that counts from three on: [`numbers::has_numeral`].
    pub(super) const NUMERAL: Hints = Hints(2);
    /// A scale: [`numbers::has_scale`].
    pub(super) const SCALE: Hints = Hints(4);
    /// The first words tell clearly that the text is in its language. Only who looked up all words may know.
    pub(super) const CLEAR: Hints = Hints(8);
    /// A word that negates, or may begin to: [`negation::asks`].
    pub(super) const NEGATION: Hints = Hints(16);

    /// What a word is in a language.
    pub(super) fn of(word: &str, lang: &Lang) -> Hints {
        let native = lang.primary() == "es";
        let is = |hint: Hints, it_is: bool| if it_is { hint } else { Hints::default() };
        is(Hints::FOREIGN, function_word(word).is_some_and(|word| word.spanish != native))
            | is(Hints::NUMERAL, numbers::has_numeral(word, lang))
            | is(Hints::SCALE, numbers::has_scale(word, lang))
            | is(Hints::NEGATION, negation::asks(word, lang))
    }

    /// As a number below 32.
    pub(super) fn bits(self) -> u8 {
        self.0
    }

    /// Those of a number.
    pub(super) fn of_bits(bits: u8) -> Hints {
        Hints(bits)
    }

    /// True if it is among them.
    pub(super) fn has(self, hint: Hints) -> bool {
        self.0 & hint.0 != 0
    }
}

impl BitOr for Hints {
    type Output = Hints;

    fn bitor(self, other: Hints) -> Hints {
        Hints(self.0 | other.0)
    }
}

impl<'a> Reading<'a> {
    /// Begins to read; nothing is looked for yet.
    pub fn new(pair: Pair<'a>, context: &'a Context) -> Reading<'a> {
        let (classes, marks, links) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Reading { pair, context, classes, marks, links, words: OnceCell::new(), numbers: OnceCell::new(), hints: Cell::new(None) }
    }

    /// Source and target.
    pub(super) fn texts(&self) -> [&'a str; 2] {
        [self.pair.source, self.pair.target]
    }

    /// The languages of source and target.
    pub(super) fn langs(&self) -> [Lang; 2] {
        [self.pair.source_lang, self.pair.target_lang]
    }

    fn classes(&self) -> &[Vec<Classes>; 2] {
        self.classes.get_or_init(|| self.texts().map(classes))
    }

    /// The characters of source and target.
    pub(super) fn marks(&self) -> &[Marks; 2] {
        self.marks.get_or_init(|| {
            let [source, target] = self.classes();
            [Marks::of(self.pair.source, source), Marks::of(self.pair.target, target)]
        })
    }

    /// The addresses in source and target.
    pub(super) fn links(&self) -> &[Vec<Link>; 2] {
        self.links.get_or_init(|| self.texts().map(links))
    }

    /// The words of source and target, those with apostrophes in parts: what the encoder sees.
    pub(super) fn words(&self) -> &[Vec<Word>; 2] {
        self.words.get_or_init(|| {
            let [source, target] = self.classes();
            [words_of(self.pair.source, source), words_of(self.pair.target, target)]
        })
    }

    /// The numbers of source and target.
    pub(super) fn numbers(&self) -> &Numbers<'a> {
        self.numbers.get_or_init(|| {
            let source = numbers::parse(self.pair.source, &self.pair.source_lang, self.context.source_style(self));
            let target = numbers::parse(self.pair.target, &self.pair.target_lang, self.context.target_style(self));
            let left = numbers::unanswered(&source, &target);
            Numbers { source, target, left }
        })
    }

    /// True for a side with a digit.
    pub(super) fn has_digit(&self) -> [bool; 2] {
        self.texts().map(has_digit)
    }

    /// True if both sides have the same numbers in digits, and no words that change their values: the numbers in digits then answer each other.
    pub(super) fn has_same_digits(&self) -> bool {
        let [source, target] = self.texts();
        !self.hints().iter().any(|hints| hints.has(Hints::SCALE)) && sum_of_digits(source) == sum_of_digits(target)
    }

    /// What the words of source and target are.
    pub(super) fn hints(&self) -> [Hints; 2] {
        let hints = self.hints.get().unwrap_or_else(|| {
            let of = |n: usize| {
                let (text, lang) = (self.texts()[n], &self.langs()[n]);
                self.words()[n].iter().fold(Hints::default(), |hints, word| hints | word.hints(Hints::of(word.of(text), lang), lang))
            };
            [of(0), of(1)]
        });
        self.hints.set(Some(hints));
        hints
    }

    /// True for a side of which somebody knows that it begins in its own language.
    pub(super) fn is_clear(&self) -> [bool; 2] {
        self.hints.get().unwrap_or_default().map(|hints| hints.has(Hints::CLEAR))
    }

    /// Keeps what somebody knows who looked up all words.
    pub(super) fn hint(&self, hints: [Hints; 2]) {
        self.hints.set(Some(hints));
    }
}

impl<'a> Deref for Reading<'a> {
    type Target = Pair<'a>;

    fn deref(&self) -> &Pair<'a> {
        &self.pair
    }
}

impl Word {
    /// Its bytes in the text.
    pub(super) fn span(self) -> Range<usize> {
        self.at as usize..self.at as usize + self.len as usize
    }

    /// The text of the word, which stands in `text`.
    pub(super) fn of(self, text: &str) -> &str {
        &text[self.span()]
    }

    /// What the word is in a language, of which `known` is known by its spelling: in Spanish, a part may belong to a foreign word, as in `don't`.
    pub(super) fn hints(self, known: Hints, lang: &Lang) -> Hints {
        if self.is_whole || lang.primary() != "es" { known } else { known | Hints::FOREIGN }
    }
}

/// With instructions for bits where there are some.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2"))]
fn words_of(text: &str, classes: &[Classes]) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 4 + 1);
    scan(text, classes, |word| {
        // Few words have an apostrophe, or its first byte.
        let has_apostrophe = |word: &str| word.bytes().any(|byte| matches!(byte, b'\'' | 0xe2));
        if word.is_plain || !has_apostrophe(&text[word.at..word.at + word.len]) {
            found.push(spelled(text, word, true));
        } else {
            found.extend(parted(text, word));
        }
    });
    found
}

/// The parts of a word with apostrophes.
fn parted(text: &str, word: Scanned) -> impl Iterator<Item = Word> {
    let parts = parts(&text[word.at..word.at + word.len]).filter(|(_, part)| !part.is_empty());
    parts.map(move |(from, part)| spelled(text, Scanned { at: word.at + from, len: part.len(), is_plain: false }, part.len() == word.len))
}

/// Most words have at most sixteen bytes: they are two numbers, which multiplications hash and of which three bits a byte tell lower case.
#[inline(always)]
fn spelled(text: &str, word: Scanned, is_whole: bool) -> Word {
    const EVERY_BYTE: u64 = u64::MAX / 255;
    let Scanned { at, len, is_plain } = word;
    let in_full = || &text[at..at + len];
    let (spelling, is_lower) = if len <= 16 {
        let numbers = sixteen(text.as_bytes(), at, len);
        let (known, wanted) = (EVERY_BYTE * 0xe0, mask(len).map(|mask| mask & (EVERY_BYTE * 0x60)));
        let is_lower = numbers[0] & known == wanted[0] && numbers[1] & known == wanted[1];
        (mixed(numbers), is_lower || (!is_plain && is_lower_case(in_full())))
    } else {
        (FxBuildHasher.hash_one(in_full()), is_lower_case(in_full()))
    };
    Word { at: at as u32, len: len as u32, spelling, is_whole, is_lower }
}

/// The halves of a product, so that every bit depends on all others.
fn mixed([low, high]: [u64; 2]) -> u64 {
    let product = u128::from(low ^ high.wrapping_mul(0xd6e8_feb8_6659_fd93)) * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

fn is_lower_case(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.chars().all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading<'a>(source: &'a str, target: &'a str, context: &'a Context) -> Reading<'a> {
        Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, context)
    }

    #[test]
    fn words_are_in_parts_at_apostrophes_and_told_by_their_case() {
        let context = Context::default();
        let reading = reading("¿Qué dijo Ana?", "Ana’s dog didn't.", &context);
        let shown = |n: usize| reading.words()[n].iter().map(|w| (w.of(reading.texts()[n]), w.is_whole, w.is_lower)).collect::<Vec<_>>();
        assert_eq!(shown(0), [("Qué", true, false), ("dijo", true, true), ("Ana", true, false)]);
        assert_eq!(shown(1), [("Ana", false, false), ("s", false, true), ("dog", true, true), ("didn", false, true), ("t", false, true)]);
    }

    #[test]
    fn a_word_is_spelled_alike_wherever_it_stands() {
        let words_of = |text| words_of(text, &classes(text));
        let words = words_of("casa corazones año casa, corazones. AÑO año");
        let spelled = |n: usize| (words[n].spelling, words[n].is_lower);
        assert_eq!((spelled(0), spelled(1), spelled(2)), (spelled(3), spelled(4), spelled(6)));
        assert_ne!(spelled(2), spelled(5));
        assert!(words[2].is_lower && !words[5].is_lower);
        assert_eq!(words_of("casa")[0].spelling, words[0].spelling);
    }

    #[test]
    fn words_hint_at_numbers_and_at_the_other_language() {
        let context = Context::default();
        let hints = |source, target| reading(source, target, &context).hints();
        assert_eq!(hints("La familia", "It will still be"), [Hints::default(); 2]);
        let both = Hints::FOREIGN | Hints::NUMERAL;
        assert_eq!(hints("the house de cinco", "it's five million de"), [both, both | Hints::SCALE]);
        assert_eq!(hints("It's", "It's"), [Hints::FOREIGN, Hints::default()]);
    }

    #[test]
    fn numbers_are_read_in_the_style_of_the_context() {
        let context = Context::default();
        let reading = reading("Pagó 1.500", "He paid 1,400", &context);
        let numbers = reading.numbers();
        assert_eq!((numbers.source.len(), numbers.target.len(), numbers.left.source.len()), (1, 1, 1));
    }
}
