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
    /// Each by a hash of its spelling: that two of 100,000 words share one has a probability of 3·10⁻¹⁰.
    known: FxHashMap<u64, Word>,
    /// A vector of length [`UNIT`] for each word, so many blocks a row; 0 for a word without direction.
    vectors: Vec<Block>,
    blocks: usize,
}

/// A piece of a vector, as long as two registers of a processor; the last of a vector is filled with 0.
type Block = [i16; BLOCK];
const BLOCK: usize = 16;

/// A word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its place among the words of its language.
    at: u32,
    /// The folded form, as a number that both languages share.
    pub form: u32,
    /// How much it says: the length of its vector, from 0 to about 4.
    pub weight: f32,
    /// Whether its own language has it, and whether the other one does.
    pub is_known: [bool; 2],
    /// Whether it denies.
    pub is_negation: bool,
}

/// Words of a text with their vectors.
#[derive(Debug)]
pub(super) struct Content {
    /// The words.
    pub tokens: Vec<Token>,
    /// Their vectors, row by row: next to each other, as they lie all over the memory.
    vectors: Vec<Block>,
    blocks: usize,
}

/// A word where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
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
        let words = |lang| Words { lang, known: FxHashMap::default(), vectors: Vec::new(), blocks: 0 };
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

    /// Reads the text of a side. Three short loops rather than a long one: a processor then waits for several words at once.
    pub(super) fn read(&mut self, encoder: &Encoder, side: usize, text: &str) -> Vec<Token> {
        let parts = parts(text).filter(|(_, part)| !part.is_empty());
        let parts: Vec<(usize, &str, u64)> = parts.map(|(at, part)| (at, part, FxBuildHasher.hash_one(part))).collect();
        let words: Vec<Word> = parts.iter().map(|&(_, part, spelling)| self.word(encoder, side, part, spelling)).collect();
        let mut end = 0;
        let tokens = words.into_iter().zip(parts).map(|(word, (at, part, _))| {
            let is_first = end == 0;
            let before = &text[std::mem::replace(&mut end, at + part.len())..at];
            Token { word, kind: kind(&word, part, is_first, before) }
        });
        tokens.collect()
    }

    /// The words, which are not many, with their vectors.
    pub(super) fn content(&self, side: usize, tokens: Vec<Token>) -> Content {
        let blocks = self.sides[side].blocks;
        let mut vectors = Vec::with_capacity(tokens.len() * blocks);
        tokens.iter().for_each(|token| vectors.extend_from_slice(self.vector(side, token)));
        Content { tokens, vectors, blocks }
    }

    fn word(&mut self, encoder: &Encoder, side: usize, part: &str, spelling: u64) -> Word {
        match self.sides[side].known.get(&spelling) {
            Some(word) => *word,
            None => self.learn(encoder, side, part, spelling),
        }
    }

    #[cold]
    fn learn(&mut self, encoder: &Encoder, side: usize, part: &str, spelling: u64) -> Word {
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
        words.blocks = vector.len().div_ceil(BLOCK);
        words.vectors.extend(vector.chunks(BLOCK).map(|piece| {
            let mut block = [0; BLOCK];
            block.iter_mut().zip(piece).for_each(|(to, x)| *to = (scale * x).round() as i16);
            block
        }));
        let word = Word { at: words.known.len() as u32, form: id, weight, is_known, is_negation: is_negation(&form) };
        words.known.insert(spelling, word);
        word
    }

    /// The folded form of a token.
    pub(super) fn form(&self, token: &Token) -> &str {
        &self.forms[token.word.form as usize]
    }

    /// The cosine of the sums of the words' vectors, as the encoder makes them.
    pub(super) fn cosine_of_all(&self, tokens: [&[Token]; 2]) -> f32 {
        let [a, b] = [0, 1].map(|side| self.sum(side, tokens[side]));
        let pairs = a.as_flattened().iter().zip(b.as_flattened());
        // Three sums in one loop: each has to wait for its last addition, but not for those of the others.
        let (aa, bb, ab) = pairs.fold((0.0, 0.0, 0.0), |(aa, bb, ab): (f32, f32, f32), (a, b)| (aa + a * a, bb + b * b, ab + a * b));
        let lengths = (aa * bb).sqrt();
        if lengths > 1e-9 { ab / lengths } else { 0.0 }
    }

    /// Block by block, so that what is summed up stays in a processor's registers.
    fn sum(&self, side: usize, tokens: &[Token]) -> Vec<[f32; BLOCK]> {
        let of_block = |block: usize| {
            let mut sum = [0.0; BLOCK];
            for token in tokens {
                let numbers = &self.vector(side, token)[block];
                sum.iter_mut().zip(numbers).for_each(|(sum, x)| *sum += token.word.weight * f32::from(*x));
            }
            sum
        };
        (0..self.sides[side].blocks).map(of_block).collect()
    }

    fn vector(&self, side: usize, token: &Token) -> &[Block] {
        let Words { vectors, blocks, .. } = &self.sides[side];
        row(vectors, *blocks, token.word.at as usize)
    }
}

/// What kind of word a part of a text is, that stands after `before`.
fn kind(word: &Word, part: &str, is_first: bool, before: &str) -> Kind {
    let begins_sentence = || is_first || before.contains(['.', '!', '?', '¿', '¡', ':', '"', '«', '“', '”', '—', '-', '…']);
    if part.starts_with(|c: char| c.is_ascii_digit()) {
        Kind::Number
    } else if word.weight < LEAST_CONTENT {
        Kind::Function
    } else if part.starts_with(char::is_uppercase) && !begins_sentence() {
        Kind::Name
    } else {
        Kind::Content
    }
}

impl Content {
    /// The cosine of word `n` with word `m` of the other side.
    pub(super) fn cosine(&self, n: usize, other: &Content, m: usize) -> f32 {
        dot(row(&self.vectors, self.blocks, n), row(&other.vectors, other.blocks, m)) as f32 / (UNIT * UNIT)
    }
}

fn row(vectors: &[Block], blocks: usize, n: usize) -> &[Block] {
    &vectors[n * blocks..(n + 1) * blocks]
}

/// The dot product, in eight sums side by side: the compiler makes two instructions of the sixteen products of a block.
fn dot(a: &[Block], b: &[Block]) -> i32 {
    const HALF: usize = BLOCK / 2;
    let mut sums = [0; HALF];
    for (a, b) in a.iter().zip(b) {
        let product = |n: usize| i32::from(a[n]) * i32::from(b[n]);
        for (n, sum) in sums.iter_mut().enumerate() {
            *sum += product(n) + product(n + HALF);
        }
    }
    sums.iter().sum()
}

/// Negations of both languages; `t` is what the apostrophe leaves of *n't*.
fn is_negation(form: &str) -> bool {
    const NEGATIONS: &[&str] = &[
        "cannot", "jamas", "nada", "nadie", "neither", "never", "ni", "ningun", "ninguna", "ninguno", "no", "nobody", "none", "nor", "not",
        "nothing", "nowhere", "nunca", "sin", "t", "tampoco", "without",
    ];
    NEGATIONS.binary_search(&form).is_ok()
}
