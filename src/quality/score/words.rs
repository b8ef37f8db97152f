//! The words of some pairs, each looked up once: how much it says, where its vector is, in which languages it is known. What the words of two sides
//! have to do with each other is the business of [`features`](super::features).

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::quality::Pair;
use crate::semantics::Encoder;
use crate::semantics::features::parts;
use crate::text::{Lang, fold};

/// A word that says less than this is a function word: it comes and goes in translation. The length of the encoder's vector, in which the frequency
/// of a word is folded: *de* has 0.2, *no* 1.1, *gobierno* 3.0.
const LEAST_CONTENT: f32 = 0.9;

/// So many words of a language are remembered, 30 MiB with their vectors; then all are forgotten.
const MOST: usize = 100_000;

/// The words of two languages that were met.
#[derive(Debug)]
pub(super) struct Memory {
    sides: [Words; 2],
    /// The forms of both, and the number of each.
    forms: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, u32>,
}

/// The words of one language.
#[derive(Debug)]
struct Words {
    lang: Lang,
    /// The place of each, by a hash of its spelling: that two of 100,000 words share one has a probability of 3·10⁻¹⁰.
    known: FxHashMap<u64, (u32, Word)>,
    /// A vector of length [`UNIT`] and so many dimensions for each word, row by row; 0 for a word without direction.
    vectors: Vec<i16>,
    dimensions: usize,
}

/// A word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The folded form, as a number that both languages share.
    pub form: u32,
    /// How much it says: the length of its vector, from 0 to about 4.
    pub weight: f32,
    /// Whether its own language has it, and whether the other one does.
    pub is_known: [bool; 2],
    /// Whether it denies.
    pub is_negation: bool,
}

/// A word where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its place among the words of its language.
    at: u32,
    /// The word.
    pub word: Word,
    /// What kind of word it is.
    pub kind: Kind,
}

/// What kind of word a token is, by its spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It says little.
    Function,
    /// It says something.
    Content,
    /// It says something, and has a capital where no sentence begins.
    Name,
    /// It begins with a digit.
    Number,
}

/// The length of the vectors: products of two of them fit in 32 bits, and four digits are enough.
const UNIT: f32 = 8192.0;

impl Memory {
    pub(super) fn new(langs: [Lang; 2]) -> Memory {
        let words = |lang| Words { lang, known: FxHashMap::default(), dimensions: 0, vectors: Vec::new() };
        Memory { sides: langs.map(words), forms: Vec::new(), numbers: FxHashMap::default() }
    }

    /// To be called before each pair: forgets everything when the languages are others, or when there is too much.
    pub(super) fn prepare(&mut self, pair: &Pair<'_>) {
        let langs = [pair.source_lang, pair.target_lang];
        let is_for = self.sides[0].lang == langs[0] && self.sides[1].lang == langs[1];
        if !is_for || self.sides.iter().any(|side| side.known.len() > MOST) {
            *self = Memory::new(langs);
        }
    }

    /// Reads the text of a side.
    pub(super) fn read(&mut self, encoder: &Encoder, side: usize, text: &str) -> Vec<Token> {
        let mut end = 0;
        let tokens = parts(text).filter(|(_, part)| !part.is_empty()).map(|(at, part)| {
            let begins = end == 0 || text[end..at].contains(['.', '!', '?', '¿', '¡', ':', '"', '«', '“', '”', '—', '-', '…']);
            end = at + part.len();
            self.token(encoder, side, part, begins)
        });
        tokens.collect()
    }

    fn token(&mut self, encoder: &Encoder, side: usize, part: &str, begins_sentence: bool) -> Token {
        let spelling = FxBuildHasher.hash_one(part);
        let known = self.sides[side].known.get(&spelling).copied();
        let (at, word) = known.unwrap_or_else(|| self.learn(encoder, side, part, spelling));
        let kind = if part.starts_with(|c: char| c.is_ascii_digit()) {
            Kind::Number
        } else if word.weight < LEAST_CONTENT {
            Kind::Function
        } else if !begins_sentence && part.starts_with(char::is_uppercase) {
            Kind::Name
        } else {
            Kind::Content
        };
        Token { at, word, kind }
    }

    fn learn(&mut self, encoder: &Encoder, side: usize, part: &str, spelling: u64) -> (u32, Word) {
        let form = fold(part);
        let id = self.numbers.get(form.as_ref()).copied().unwrap_or_else(|| {
            self.forms.push(form.as_ref().into());
            self.numbers.insert(form.as_ref().into(), self.forms.len() as u32 - 1);
            self.forms.len() as u32 - 1
        });
        let is_known = [side, 1 - side].map(|side| encoder.has_word(&self.sides[side].lang, &form));
        let mut vector = vec![0.0; encoder.dimensions()];
        let words = &mut self.sides[side];
        encoder.add_word(&words.lang, &form, &mut vector);
        let weight = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        let scale = if weight > 1e-6 { UNIT / weight } else { 0.0 };
        words.vectors.extend(vector.iter().map(|x| (scale * x).round() as i16));
        words.dimensions = vector.len();
        let word = (words.known.len() as u32, Word { form: id, weight, is_known, is_negation: is_negation(&form) });
        words.known.insert(spelling, word);
        word
    }

    /// The folded form of a token.
    pub(super) fn form(&self, token: &Token) -> &str {
        &self.forms[token.word.form as usize]
    }

    /// The cosine of a source and a target word.
    pub(super) fn cosine(&self, source: &Token, target: &Token) -> f32 {
        dot(self.vector(0, source), self.vector(1, target)) as f32 / (UNIT * UNIT)
    }

    /// The cosine of the sums of the words' vectors, as the encoder makes them.
    pub(super) fn cosine_of_all(&self, tokens: [&[Token]; 2]) -> f32 {
        let [a, b] = [0, 1].map(|side| self.sum(side, tokens[side]));
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let lengths = (product(&a, &a) * product(&b, &b)).sqrt();
        if lengths > 1e-9 { product(&a, &b) / lengths } else { 0.0 }
    }

    fn sum(&self, side: usize, tokens: &[Token]) -> Vec<f32> {
        let mut sum = Vec::new();
        for token in tokens {
            let vector = self.vector(side, token);
            sum.resize(vector.len(), 0.0);
            sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += token.word.weight * f32::from(*x));
        }
        sum
    }

    fn vector(&self, side: usize, token: &Token) -> &[i16] {
        let words = &self.sides[side];
        let d = words.dimensions;
        &words.vectors[token.at as usize * d..(token.at as usize + 1) * d]
    }
}

/// The dot product: the compiler makes one instruction of eight products.
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// Negations of both languages; `t` is what the apostrophe leaves of *n't*.
fn is_negation(form: &str) -> bool {
    const NEGATIONS: &[&str] = &[
        "cannot", "jamas", "nada", "nadie", "neither", "never", "ni", "ningun", "ninguna", "ninguno", "no", "nobody", "none", "nor", "not",
        "nothing", "nowhere", "nunca", "sin", "t", "tampoco", "without",
    ];
    NEGATIONS.binary_search(&form).is_ok()
}
