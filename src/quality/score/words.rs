//! The words of some pairs, each looked up once: how much it says, where its vector is, in which languages it is known. What the words of two sides
//! have to do with each other is the business of [`features`](super::features).

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::quality::Reading;
use crate::quality::checks::wrong_language::LEAD;
use crate::quality::reading::{self, Hints};
use crate::semantics::Encoder;
use crate::text::langid::{self, Model, NAMED};
use crate::text::{Lang, fold};

/// A word that says less than this is a function word: it comes and goes in translation. The length of the encoder's vector, in which the frequency
/// of a word is folded: *de* has 0.2, *no* 1.1, *gobierno* 3.0.
const LEAST_CONTENT: f32 = 0.9;

/// So many words of a language are remembered, 20 MiB with their vectors; then all are forgotten.
const MOST: usize = 100_000;

/// The words of two languages that were met.
#[derive(Debug)]
pub(super) struct Memory {
    sides: [Words; 2],
    model: Model,
    /// The forms of both, and the number of each by a hash.
    forms: Vec<Box<str>>,
    numbers: FxHashMap<u64, u32>,
}

/// The words of one language.
#[derive(Debug)]
struct Words {
    lang: Lang,
    /// Each by a hash of its spelling: that two of 100,000 words share one has a probability of 3·10⁻¹⁰.
    known: FxHashMap<u64, Word>,
    /// The vector of each word, so many blocks a row.
    vectors: Vec<Block>,
    blocks: usize,
    /// What each word shows of the language of a text.
    shown: Vec<[i16; NAMED]>,
}

/// A piece of a vector, in steps of 1 / [`STEPS`]; the last of a vector is filled with 0. Bytes, as what takes the time is to fetch them.
type Block = [i8; BLOCK];
const BLOCK: usize = 32;

/// Steps to 1. Hardly a number of the encoder's vectors goes beyond ±2, where it is cut.
const STEPS: f32 = 64.0;

/// A word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its place among the words of its language.
    at: u32,
    /// The folded form, as a number that both languages share.
    pub form: u32,
    /// How much it says: the length of its vector, from 0 to about 4.
    pub weight: f32,
    /// What it tells the checks.
    hints: Hints,
    /// What else it is: bits.
    traits: u8,
}

/// Its own language has the word; the other one has it; it denies.
const OWN: u8 = 1;
const OTHER: u8 = 2;
const NEGATION: u8 = 4;

impl Word {
    /// Whether its own language has it.
    pub(super) fn is_own(&self) -> bool {
        self.traits & OWN != 0
    }

    /// Whether the other language has it.
    pub(super) fn is_of_other(&self) -> bool {
        self.traits & OTHER != 0
    }

    /// Whether it denies.
    pub(super) fn is_negation(&self) -> bool {
        self.traits & NEGATION != 0
    }
}

/// Words of a text with their vectors.
#[derive(Debug)]
pub(super) struct Content {
    /// The words.
    pub tokens: Vec<Token>,
    /// Their vectors, row by row, next to each other and as wide as a processor multiplies them.
    vectors: Vec<i16>,
    /// 1 over the length of each; 0 without direction.
    scales: Vec<f32>,
}

/// The cosines of the words of one side with those of the other, each found when it is asked for.
#[derive(Debug)]
pub(super) struct Cosines<'c> {
    sides: &'c [Content; 2],
    /// How many numbers a vector has.
    length: usize,
    /// Row by row; no number where nobody asked.
    values: Vec<f32>,
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

impl Memory {
    pub(super) fn new(langs: [Lang; 2]) -> Memory {
        let words = |lang| Words { lang, known: FxHashMap::default(), vectors: Vec::new(), blocks: 0, shown: Vec::new() };
        Memory { sides: langs.map(words), model: Model::shipped(), forms: Vec::new(), numbers: FxHashMap::default() }
    }

    /// To be called before each pair: forgets everything when the languages are others, or when there is too much.
    pub(super) fn prepare(&mut self, langs: [Lang; 2]) {
        let is_for = self.sides[0].lang == langs[0] && self.sides[1].lang == langs[1];
        if !is_for || self.sides.iter().any(|side| side.known.len() > MOST) {
            *self = Memory::new(langs);
        }
    }

    /// The words of both sides; what they hint at is kept with the reading.
    pub(super) fn read(&mut self, encoder: &Encoder, reading: &Reading<'_>) -> [Vec<Token>; 2] {
        let [source, target] = [0, 1].map(|side| self.read_side(encoder, side, reading.texts()[side], &reading.words()[side]));
        reading.hint([source.1, target.1]);
        [source.0, target.0]
    }

    /// Two short loops rather than a long one: a processor then waits for several words at once.
    fn read_side(&mut self, encoder: &Encoder, side: usize, text: &str, words: &[reading::Word]) -> (Vec<Token>, Hints) {
        let (lang, mut hints) = (self.sides[side].lang, Hints::default());
        let mut tokens = Vec::with_capacity(words.len());
        for part in words {
            let word = self.word(encoder, side, part.of(text), part.spelling);
            hints = hints | part.hints(word.hints, &lang);
            tokens.push(Token { word, kind: Kind::Function });
        }
        let mut end = 0;
        for (token, part) in tokens.iter_mut().zip(words) {
            let (is_first, span) = (end == 0, part.span());
            let before = &text[std::mem::replace(&mut end, span.end)..span.start];
            token.kind = kind(&token.word, part.of(text), is_first, before);
        }
        let clear = if self.begins_clearly(side, &tokens) { Hints::CLEAR } else { Hints::default() };
        (tokens, hints | clear)
    }

    /// Whether the first words, names aside, tell the language of the side as [`Model::begins_in`] does.
    fn begins_clearly(&self, side: usize, tokens: &[Token]) -> bool {
        let Words { lang, shown, .. } = &self.sides[side];
        let Some(own) = langid::place(lang) else { return false };
        let (enough, mut sums) = (self.model.steps(LEAD), [0; NAMED]);
        tokens.iter().filter(|token| token.kind != Kind::Name).any(|token| {
            sums.iter_mut().zip(shown[token.word.at as usize]).for_each(|(sum, x)| *sum += i32::from(x));
            langid::lead_of(own, &sums) >= enough
        })
    }

    /// The words, which are not many, with their vectors.
    pub(super) fn content(&self, side: usize, tokens: Vec<Token>) -> Content {
        let mut vectors = Vec::with_capacity(tokens.len() * self.sides[side].blocks * BLOCK);
        for token in &tokens {
            vectors.extend(self.vector(side, token).as_flattened().iter().map(|byte| i16::from(*byte)));
        }
        let scale = |token: &Token| if token.word.weight > 0.0 { 1.0 / (STEPS * token.word.weight) } else { 0.0 };
        let scales = tokens.iter().map(scale).collect();
        Content { tokens, vectors, scales }
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
        let number = *self.numbers.entry(FxBuildHasher.hash_one(form.as_ref())).or_insert_with(|| {
            self.forms.push(form.as_ref().into());
            self.forms.len() as u32 - 1
        });
        let trait_of = |bit: u8, it_has: bool| if it_has { bit } else { 0 };
        let [own, other] = [side, 1 - side].map(|side| encoder.has_word(&self.sides[side].lang, &form));
        let traits = trait_of(OWN, own) | trait_of(OTHER, other) | trait_of(NEGATION, is_negation(&form));
        let words = &mut self.sides[side];
        let hints = Hints::of(part, &words.lang);
        let mut vector = vec![0.0; encoder.dimensions()];
        encoder.add_word(&words.lang, &form, &mut vector);
        words.blocks = vector.len().div_ceil(BLOCK);
        let mut squares = 0;
        for piece in vector.chunks(BLOCK) {
            let mut block = [0; BLOCK];
            block.iter_mut().zip(piece).for_each(|(to, x)| *to = nearest(STEPS * x));
            squares += block.iter().map(|x| i32::from(*x).pow(2)).sum::<i32>();
            words.vectors.push(block);
        }
        let weight = (squares as f32).sqrt() / STEPS;
        let word = Word { at: words.known.len() as u32, form: number, weight, hints, traits };
        words.shown.push(self.model.word(part));
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
        let lengths = (product(&a, &a) * product(&b, &b)).sqrt();
        if lengths > 0.0 { product(&a, &b) / lengths } else { 0.0 }
    }

    /// In 16 bits as long as they have room: a processor adds eight such at once.
    fn sum(&self, side: usize, tokens: &[Token]) -> Vec<f32> {
        const MOST_BYTES: usize = 256;
        let length = self.sides[side].blocks * BLOCK;
        let (mut sum, mut short) = (vec![0.0; length], vec![0_i16; length]);
        for some in tokens.chunks(MOST_BYTES) {
            short.fill(0);
            for token in some {
                let bytes = self.vector(side, token).as_flattened();
                short.iter_mut().zip(bytes).for_each(|(sum, x)| *sum += i16::from(*x));
            }
            sum.iter_mut().zip(&short).for_each(|(sum, x)| *sum += f32::from(*x));
        }
        sum
    }

    fn vector(&self, side: usize, token: &Token) -> &[Block] {
        let Words { vectors, blocks, .. } = &self.sides[side];
        &vectors[token.word.at as usize * blocks..][..*blocks]
    }
}

/// The dot product, in eight sums side by side.
fn product(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.iter().zip(b) {
        sums.iter_mut().enumerate().for_each(|(n, sum)| *sum += a[n] * b[n]);
    }
    sums.iter().sum()
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

impl<'c> Cosines<'c> {
    pub(super) fn of(sides: &'c [Content; 2]) -> Cosines<'c> {
        let [source, target] = [0, 1].map(|n| sides[n].tokens.len());
        Cosines { sides, length: sides[0].vectors.len() / source.max(1), values: vec![f32::NAN; source * target] }
    }

    /// The cosine of word `n` of the source with word `m` of the target.
    #[inline]
    pub(super) fn get(&mut self, n: usize, m: usize) -> f32 {
        let [source, target] = self.sides;
        let value = &mut self.values[n * target.tokens.len() + m];
        if value.is_nan() {
            let row = |content: &'c Content, n: usize| &content.vectors[n * self.length..][..self.length];
            *value = dot(row(source, n), row(target, m)) as f32 * source.scales[n] * target.scales[m];
        }
        *value
    }
}

/// The dot product, in eight sums side by side: of sixteen products the compiler makes two instructions.
#[inline]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    const HALF: usize = 8;
    let (a, b) = (a.as_chunks::<{ 2 * HALF }>().0, b.as_chunks::<{ 2 * HALF }>().0);
    let mut sums = [0; HALF];
    for (a, b) in a.iter().zip(b) {
        let product = |n: usize| i32::from(a[n]) * i32::from(b[n]);
        for (n, sum) in sums.iter_mut().enumerate() {
            *sum += product(n) + product(n + HALF);
        }
    }
    sums.iter().sum()
}

/// The nearest whole number, halves away from 0; without a call, unlike `round` on old processors.
fn nearest(x: f32) -> i8 {
    (x + 0.5_f32.copysign(x)) as i8
}

/// Negations of both languages; `t` is what the apostrophe leaves of *n't*.
fn is_negation(form: &str) -> bool {
    const NEGATIONS: &[&str] = &[
        "cannot", "jamas", "nada", "nadie", "neither", "never", "ni", "ningun", "ninguna", "ninguno", "no", "nobody", "none", "nor", "not",
        "nothing", "nowhere", "nunca", "sin", "t", "tampoco", "without",
    ];
    NEGATIONS.binary_search(&form).is_ok()
}
