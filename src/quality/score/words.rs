//! The words of texts, about each of which is found out once: how much it says, its vector, in which languages it is known. What the words of two sides
//! have to do with each other is the business of [`features`](super::features).

use std::hash::BuildHasher;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::vectors::{BLOCK, Block, USUAL, add, product};
use crate::parallel::Table;
use crate::quality::Reading;
use crate::quality::checks::wrong_language::LEAD;
use crate::quality::reading::{self, Hints};
use crate::semantics::Encoder;
use crate::text::langid::{self, Model, NAMED};
use crate::text::{Lang, fold};

/// A word that says less than this is a function word: it comes and goes in translation. The length of the encoder's vector, in which the frequency
/// of a word is folded: *de* has 0.2, *no* 1.1, *gobierno* 3.0.
const LEAST_CONTENT: f32 = 0.9;

/// The words that were met, for all threads.
#[derive(Debug)]
pub(super) struct Memory {
    words: RwLock<Arc<Words>>,
    model: &'static Model,
}

/// Each by a hash of its spelling and of the languages: that two of 500,000 words share one has a probability of 10⁻⁷.
type Words = Table<Word>;

/// 2 to this power is twice the number of words that are remembered, which take 150 MiB with their vectors; then all are forgotten.
const TABLE_BITS: u32 = 20;

fn new_words() -> Words {
    Words::new(TABLE_BITS, |word| word.brief.packed())
}

/// A memory that is being read.
pub(super) struct Lookup<'m> {
    words: Arc<Words>,
    model: &'static Model,
    encoder: &'m Encoder,
}

/// Vectors are in steps of 1 by this: bytes, as what takes the time is to fetch them. Hardly a number of the encoder's vectors goes beyond ±2, where it is cut.
pub(super) const STEPS: f32 = 64.0;

/// What is known of a word.
#[derive(Debug)]
struct Word {
    brief: Brief,
    /// The last block is filled with 0.
    vector: SmallVec<[Block; USUAL]>,
    /// What it shows of the language of a text.
    shown: [i16; NAMED],
    /// The folded form.
    form: Box<str>,
}

/// What is asked of every word.
#[derive(Debug, Clone, Copy)]
struct Brief {
    /// The sum of the squares of its vector.
    squares: u32,
    /// What it tells the checks.
    hints: Hints,
    /// What else it is: bits.
    traits: u8,
    /// A hash of the folded form.
    form: u32,
}

/// Its own language has the word; the other one has it; it denies.
const OWN: u8 = 1;
const OTHER: u8 = 2;
const NEGATION: u8 = 4;

impl Brief {
    /// As one number, which is not 0: a hash loses its lowest bit for that.
    fn packed(self) -> u64 {
        let squares = self.squares.min((1 << 24) - 1);
        u64::from(self.form | 1) << 32 | u64::from(squares) << 8 | u64::from(self.hints.bits() << 3 | self.traits)
    }

    /// What [`Brief::packed`] made.
    fn unpacked(number: u64) -> Brief {
        let bits = number as u8;
        Brief { squares: (number as u32) >> 8, hints: Hints::of_bits(bits >> 3), traits: bits & 7, form: (number >> 32) as u32 }
    }
}

/// A word where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its number in the memory.
    number: u32,
    /// A hash of its folded form, which both languages share.
    pub form: u32,
    /// How much it says: the length of its vector, from 0 to about 4.
    pub weight: f32,
    /// What else it is: bits.
    traits: u8,
    /// What kind of word it is.
    pub kind: Kind,
}

impl Token {
    /// Whether its own language has the word.
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
    /// Nothing is known yet.
    pub(super) fn new() -> Memory {
        Memory { words: RwLock::new(Arc::new(new_words())), model: Model::shipped() }
    }

    /// Begins to read it, with the encoder that it was always read with.
    pub(super) fn lookup<'m>(&'m self, encoder: &'m Encoder) -> Lookup<'m> {
        let words = self.words.read().unwrap_or_else(PoisonError::into_inner).clone();
        let words = if words.is_full() { self.renewed() } else { words };
        Lookup { words, model: self.model, encoder }
    }

    /// Forgets what others go on reading until they are done.
    fn renewed(&self) -> Arc<Words> {
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        if words.is_full() {
            *words = Arc::new(new_words());
        }
        words.clone()
    }
}

impl Lookup<'_> {
    /// The words of both sides; what they hint at is kept with the reading.
    pub(super) fn read(&self, reading: &Reading<'_>) -> [Vec<Token>; 2] {
        let (texts, langs, words) = (reading.texts(), reading.langs(), reading.words());
        let source = self.read_side([&langs[0], &langs[1]], texts[0], &words[0]);
        let target = self.read_side([&langs[1], &langs[0]], texts[1], &words[1]);
        reading.hint([source.1, target.1]);
        [source.0, target.0]
    }

    /// The words of a text in the first of the languages, and what they hint at. Two short loops rather than a long one: a processor then waits for
    /// several words at once.
    fn read_side(&self, langs: [&Lang; 2], text: &str, words: &[reading::Word]) -> (Vec<Token>, Hints) {
        let (salt, mut hints) = (FxBuildHasher.hash_one(langs), Hints::default());
        let mut tokens = Vec::with_capacity(words.len());
        for part in words {
            let found = self.words.get_or_make(part.spelling ^ salt, || self.learnt(langs, part.of(text)));
            let brief = Brief::unpacked(found.brief);
            hints = hints | part.hints(brief.hints, langs[0]);
            let weight = (brief.squares as f32).sqrt() / STEPS;
            tokens.push(Token { number: found.number, form: brief.form, weight, traits: brief.traits, kind: Kind::Function });
        }
        let mut end = 0;
        for (token, part) in tokens.iter_mut().zip(words) {
            let span = part.span();
            token.kind = kind(token.weight, text, span.start, end);
            end = span.end;
        }
        let clear = if self.begins_clearly(langs[0], &tokens) { Hints::CLEAR } else { Hints::default() };
        (tokens, hints | clear)
    }

    /// Whether the first words, names aside, tell that the text is in a language as [`Model::begins_in`] does.
    fn begins_clearly(&self, lang: &Lang, tokens: &[Token]) -> bool {
        let Some(own) = langid::place(lang) else { return false };
        let (enough, mut sums) = (self.model.steps(LEAD), [0; NAMED]);
        tokens.iter().filter(|token| token.kind != Kind::Name).any(|token| {
            sums.iter_mut().zip(self.words.value(token.number).shown).for_each(|(sum, x)| *sum += i32::from(x));
            langid::lead_of(own, &sums) >= enough
        })
    }

    fn learnt(&self, langs: [&Lang; 2], part: &str) -> Word {
        let form = fold(part);
        let trait_of = |bit: u8, it_has: bool| if it_has { bit } else { 0 };
        let [own, other] = langs.map(|lang| self.encoder.has_word(lang, &form));
        let traits = trait_of(OWN, own) | trait_of(OTHER, other) | trait_of(NEGATION, is_negation(&form));
        let mut numbers = vec![0.0; self.encoder.dimensions()];
        self.encoder.add_word(langs[0], &form, &mut numbers);
        let vector: SmallVec<_> = numbers.chunks(BLOCK).map(block).collect();
        let squares: i32 = vector.as_flattened().iter().map(|x| i32::from(*x).pow(2)).sum();
        let (hints, form_hash) = (Hints::of(part, langs[0]), FxBuildHasher.hash_one(form.as_ref()));
        let brief = Brief { squares: squares as u32, hints, traits, form: (form_hash >> 32) as u32 };
        Word { brief, vector, shown: self.model.word(part), form: form.into() }
    }

    /// The folded form of a word.
    pub(super) fn form(&self, token: &Token) -> &str {
        &self.words.value(token.number).form
    }

    /// The vector of a word, in blocks.
    pub(super) fn vector(&self, token: &Token) -> &[Block] {
        &self.words.value(token.number).vector
    }

    /// How many blocks a vector has.
    pub(super) fn blocks(&self) -> usize {
        self.encoder.dimensions().div_ceil(BLOCK)
    }

    /// The cosine of the sums of the words' vectors, as the encoder makes them.
    pub(super) fn cosine_of_all(&self, tokens: [&[Token]; 2]) -> f32 {
        let [a, b] = tokens.map(|tokens| self.sum(tokens));
        let lengths = (product(&a, &a) * product(&b, &b)).sqrt();
        if lengths > 0.0 { product(&a, &b) / lengths } else { 0.0 }
    }

    /// In 16 bits as long as they have room: a processor adds several such at once.
    fn sum(&self, tokens: &[Token]) -> Vec<f32> {
        const MOST_BYTES: usize = 256;
        let blocks = self.blocks();
        let (mut sum, mut short) = (vec![0.0; blocks * BLOCK], vec![[0; BLOCK]; blocks]);
        for some in tokens.chunks(MOST_BYTES) {
            short.fill([0; BLOCK]);
            some.iter().for_each(|token| add(&mut short, self.vector(token)));
            sum.iter_mut().zip(short.as_flattened()).for_each(|(sum, x)| *sum += f32::from(*x));
        }
        sum
    }
}

fn block(numbers: &[f32]) -> Block {
    let mut block = [0; BLOCK];
    block.iter_mut().zip(numbers).for_each(|(to, x)| *to = nearest(STEPS * x));
    block
}

/// What kind of word begins in a text, where the word before it ends at `end`; 0 if there is none.
fn kind(weight: f32, text: &str, start: usize, end: usize) -> Kind {
    let begins_sentence = || end == 0 || text[end..start].contains(['.', '!', '?', '¿', '¡', ':', '"', '«', '“', '”', '—', '-', '…']);
    let first = text.as_bytes()[start];
    if first.is_ascii_digit() {
        Kind::Number
    } else if weight < LEAST_CONTENT {
        Kind::Function
    } else if first.is_ascii_lowercase() || !text[start..].starts_with(char::is_uppercase) || begins_sentence() {
        Kind::Content
    } else {
        Kind::Name
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_is_packed_into_a_number() {
        let brief = Brief { squares: 123_456, hints: Hints::FOREIGN | Hints::NEGATION, traits: OWN | NEGATION, form: 0xdead_beef };
        let Brief { squares, hints, traits, form } = Brief::unpacked(brief.packed());
        assert_eq!((squares, hints, traits, form), (brief.squares, brief.hints, brief.traits, brief.form));
        let nothing = Brief { squares: 0, hints: Hints::default(), traits: 0, form: 0 };
        assert_ne!(nothing.packed(), 0);
    }

    #[test]
    fn negations_are_in_their_order() {
        assert!(["cannot", "no", "t", "without"].iter().all(|form| is_negation(form)) && !is_negation("now"));
    }

    #[test]
    fn a_word_is_told_by_what_stands_before_it() {
        let text = "Ayer habló Ana. Bien, 3 veces.";
        let kinds = |word: &str, end| kind(2.0, text, text.find(word).expect("in the text"), end);
        assert_eq!(
            (kinds("Ayer", 0), kinds("Ana", 11), kinds("Bien", 14), kinds("3", 20)),
            (Kind::Content, Kind::Name, Kind::Content, Kind::Number)
        );
        assert_eq!(kind(0.1, text, 0, 0), Kind::Function);
    }
}
