//! What is measured of a pair: how much of each side finds a counterpart on the other and where, lengths, numbers, names, negations, marks,
//! languages. Numbers with names; what they say together of a translation is for the [`trees`](super::trees) to tell.

use super::cosines::Cosines;
use super::words::{Kind, Lookup, Token};
use crate::quality::Reading;
use crate::quality::marks::Marks;
use crate::quality::reading::Numbers;
use crate::semantics::spelling::likeness;
use crate::text::numbers::{Notation, Quantity};

/// How many features there are.
pub const COUNT: usize = 63;

/// The features of a pair, each with its name; all finite.
pub type Features = [(&'static str, f32); COUNT];

/// The names, in their order.
pub fn names() -> [&'static str; COUNT] {
    let nothing = Side::default();
    listed(&nothing, &nothing, &Common::default()).map(|(name, _)| name)
}

/// What is measured of one side.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    /// Weighted share of the content that has a counterpart, from 0 to 1; of the whole, of the first, middle and last third.
    covered: f32,
    thirds: [f32; 3],
    /// The least share in any run of [`RUN`] content words.
    worst: f32,
    /// Content words without counterpart before the first, and after the last, that has one.
    head: f32,
    tail: f32,
    /// The longest run of content words without counterpart.
    longest: f32,
    /// The least counterpart of any name and of any number, and how many names and numbers have none.
    name: f32,
    number: f32,
    names_lost: f32,
    numbers_lost: f32,
    /// Negations.
    negations: f32,
    /// Words, and content words.
    words: f32,
    content: f32,
    /// Share of words that the side's own language has, and that the other language has.
    own: f32,
    other: f32,
    /// Share of the words that stand on the other side as they are.
    copied: f32,
    marks: Marks,
}

/// What is measured of both together.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    cosine: f32,
    /// Logarithm of target over source characters, in deviations from what is usual.
    length: f32,
    /// Mean of how much later counterparts come on the other side, as a share of it; and of how far off they are.
    shift: f32,
    scatter: f32,
    /// Values in digits without an answer on the other side, of source and target; and values that differ by a power of ten.
    values_lost: [f32; 3],
    /// Marks that only one side has.
    ends_differ: f32,
}

/// Content words in a row among which the least covered are looked for.
const RUN: usize = 4;
/// From this cosine on two words are counterparts: translations have 0.9 and more, other words 0.1 to 0.3.
const COUNTERPART: f32 = 0.45;

/// Measures a pair.
pub(super) fn features(reading: &Reading<'_>, lookup: &Lookup<'_>, cosines: &mut Cosines) -> Features {
    let (tokens, marks) = (lookup.read(reading), reading.marks());
    let content = [content(&tokens[0]), content(&tokens[1])];
    cosines.begin(lookup, &content);
    let best = best(lookup, &content, cosines);
    let side = |n: usize| of_content(&content[n], &best[n], Side { marks: marks[n], ..of_words(&tokens[n], &tokens[1 - n]) });
    let (source, target) = (side(0), side(1));
    let ratio = reading.context.length_ratio(reading);
    let characters = |marks: &Marks| (marks.characters + 1.0).ln();
    let (shift, scatter) = displacement(&best[0], content[1].len());
    let common = Common {
        cosine: lookup.cosine_of_all([&tokens[0], &tokens[1]]),
        length: ((characters(&target.marks) - characters(&source.marks) - ratio.median as f32) / ratio.deviation as f32).clamp(-30.0, 30.0),
        shift,
        scatter,
        values_lost: values_lost(reading),
        ends_differ: f32::from(u8::from(source.marks.end != target.marks.end)),
    };
    listed(&source, &target, &common)
}

fn content(tokens: &[Token]) -> Vec<Token> {
    let mut content = Vec::with_capacity(tokens.len().min(MOST));
    content.extend(tokens.iter().filter(|token| token.kind != Kind::Function).copied().take(MOST));
    content
}

/// Content words looked at on each side: a longer segment than any sentence is judged by its beginning.
const MOST: usize = 120;

/// For each content word of each side a counterpart on the other: the cosine with it, and its place.
fn best(lookup: &Lookup<'_>, content: &[Vec<Token>; 2], cosines: &mut Cosines) -> [Vec<(f32, usize)>; 2] {
    let [source, target] = [content[0].len(), content[1].len()];
    let sources = (0..source).map(|n| counterpart(n * target / source, target, |m| cosines.get(n, m))).collect();
    let targets = (0..target).map(|m| counterpart(m * source / target, source, |n| cosines.get(n, m))).collect();
    let mut best = [sources, targets];
    spelled_alike(lookup, content, &mut best);
    best
}

/// The first word that is [`SURE`], looking from a place outwards, upwards first; the nearest of all if none is.
fn counterpart(start: usize, others: usize, mut cosine: impl FnMut(usize) -> f32) -> (f32, usize) {
    let mut best = (0.0, 0);
    let (mut low, mut high) = (start, start);
    while low > 0 || high < others {
        if high < others {
            see(&mut best, cosine(high), high);
            high += 1;
        }
        if best.0 < SURE && low > 0 {
            low -= 1;
            see(&mut best, cosine(low), low);
        }
        if best.0 >= SURE {
            break;
        }
    }
    best
}

/// A name without counterpart may be spelled in another way on the other side: *Gorbachov* and *Gorbachev*.
fn spelled_alike(lookup: &Lookup<'_>, content: &[Vec<Token>; 2], best: &mut [Vec<(f32, usize)>; 2]) {
    for n in [0, 1] {
        for (token, best) in content[n].iter().zip(&mut best[n]).filter(|(token, best)| best.0 < COUNTERPART && token.kind == Kind::Name) {
            let form = lookup.form(token);
            let others = content[1 - n].iter().enumerate().filter(|(_, other)| other.kind != Kind::Number);
            let forms = others.map(|(at, other)| (lookup.form(other), at)).filter(|(other, _)| may_be_alike(form.len(), other.len()));
            let alike = forms.map(|(other, at)| (likeness(form, other) as f32, at));
            alike.filter(|alike| alike.0 >= LEAST_LIKENESS).for_each(|(likeness, at)| see(best, likeness, at));
        }
    }
}

/// False for forms of which one is too long, in bytes, to be spelled like the other: no more letters are common than the shorter one has.
fn may_be_alike(one: usize, other: usize) -> bool {
    2 * one.min(other) + 4 >= one.max(other)
}

/// Names that are spelled less alike are two names.
const LEAST_LIKENESS: f32 = 0.6;

/// Two words with this cosine translate each other; no third one can do so better in a way that matters.
const SURE: f32 = 0.8;

fn see(best: &mut (f32, usize), cosine: f32, at: usize) {
    if cosine > best.0 {
        *best = (cosine, at);
    }
}

fn of_content(content: &[Token], best: &[(f32, usize)], side: Side) -> Side {
    // What each word says, and how much of it is said on the other side.
    let parts: Vec<[f32; 2]> = content.iter().zip(best).map(|(token, best)| [token.weight, token.weight * best.0]).collect();
    let weighted = |from: usize, to: usize| {
        let [weight, covered] = parts[from..to].iter().fold([0.0; 2], |[weight, covered], part| [weight + part[0], covered + part[1]]);
        if weight > 0.0 { covered / weight } else { 1.0 }
    };
    let n = content.len();
    let has = |best: &(f32, usize)| best.0 >= COUNTERPART;
    let of_kind = |kind| content.iter().zip(best).filter(move |(token, _)| token.kind == kind).map(|(_, best)| best.0);
    let lost = |kind| of_kind(kind).filter(|best| *best < COUNTERPART).count() as f32;
    let mut run = 0.0_f32;
    let longest = best.iter().fold(0.0_f32, |longest, best| {
        run = if has(best) { 0.0 } else { run + 1.0 };
        longest.max(run)
    });
    Side {
        covered: weighted(0, n),
        thirds: [0, 1, 2].map(|third| weighted(third * n / 3, (third + 1) * n / 3)),
        worst: (0..(n + 1).saturating_sub(RUN)).map(|start| weighted(start, start + RUN)).fold(1.0, f32::min),
        head: best.iter().position(has).unwrap_or(n) as f32,
        tail: best.iter().rev().position(has).unwrap_or(n) as f32,
        longest,
        name: of_kind(Kind::Name).fold(1.0, f32::min),
        number: of_kind(Kind::Number).fold(1.0, f32::min),
        names_lost: lost(Kind::Name),
        numbers_lost: lost(Kind::Number),
        content: n as f32,
        ..side
    }
}

fn of_words(tokens: &[Token], others: &[Token]) -> Side {
    let (here, there) = (Forms::of(tokens), Forms::of(others));
    let mut shared: Vec<u32> = others.iter().map(|token| token.form).filter(|form| here.may_have(*form)).collect();
    shared.sort_unstable();
    let (mut lettered, mut own, mut other, mut copied, mut negations) = (0, 0, 0, 0, 0);
    for token in tokens {
        negations += u32::from(token.is_negation());
        if token.kind != Kind::Number {
            lettered += 1;
            own += u32::from(token.is_own());
            other += u32::from(token.is_of_other());
            copied += u32::from(there.may_have(token.form) && shared.binary_search(&token.form).is_ok());
        }
    }
    let share = |count: u32| if lettered > 0 { count as f32 / lettered as f32 } else { 0.0 };
    Side {
        negations: negations as f32,
        words: tokens.len() as f32,
        own: share(own),
        other: share(other),
        copied: share(copied),
        ..Side::default()
    }
}

/// Which forms a side may have, in a few bits: most words are only on one side, and one look tells.
struct Forms([u64; 16]);

impl Forms {
    fn of(tokens: &[Token]) -> Forms {
        let mut bits = [0; 16];
        for token in tokens {
            let (at, bit) = Forms::place(token.form);
            bits[at] |= bit;
        }
        Forms(bits)
    }

    /// By the upper bits of a hash, which are the best.
    fn place(form: u32) -> (usize, u64) {
        ((form >> 28) as usize, 1 << (form >> 22 & 63))
    }

    fn may_have(&self, form: u32) -> bool {
        let (at, bit) = Forms::place(form);
        self.0[at] & bit != 0
    }
}

/// The mean of how much later, and how far off, the counterparts of the first side's words come on the other, as shares of it.
fn displacement(best: &[(f32, usize)], others: usize) -> (f32, f32) {
    let place = |n: usize, of: usize| (n as f32 + 0.5) / of as f32;
    let (mut shift, mut scatter, mut found) = (0.0, 0.0, 0.0);
    for (n, &(_, at)) in best.iter().enumerate().filter(|(_, best)| best.0 >= COUNTERPART) {
        let later = place(at, others) - place(n, best.len());
        shift += later;
        scatter += later.abs();
        found += 1.0;
    }
    if found > 0.0 { (shift / found, scatter / found) } else { (0.0, 0.0) }
}

fn values_lost(reading: &Reading<'_>) -> [f32; 3] {
    if reading.has_digit() == [false; 2] || reading.has_same_digits() {
        return [0.0; 3];
    }
    let Numbers { source, target, left } = reading.numbers();
    // Words come and go: *three* is *el trío*.
    let in_digits =
        |quantities: &[Quantity<'_>], which: &[usize]| which.iter().filter(|n| quantities[**n].notation == Notation::Digits).count() as f32;
    [in_digits(source, &left.source), in_digits(target, &left.target), left.scaled.len() as f32]
}

fn listed(source: &Side, target: &Side, common: &Common) -> Features {
    let (s, t) = (&source.marks, &target.marks);
    [
        ("cosine", common.cosine),
        ("length", common.length),
        ("length-off", common.length.abs()),
        ("source-characters", s.characters),
        ("target-characters", t.characters),
        ("source-words", source.words),
        ("target-words", target.words),
        ("source-content", source.content),
        ("target-content", target.content),
        ("source-covered", source.covered),
        ("target-covered", target.covered),
        ("source-covered-first", source.thirds[0]),
        ("source-covered-middle", source.thirds[1]),
        ("source-covered-last", source.thirds[2]),
        ("target-covered-first", target.thirds[0]),
        ("target-covered-middle", target.thirds[1]),
        ("target-covered-last", target.thirds[2]),
        ("source-worst", source.worst),
        ("target-worst", target.worst),
        ("source-head", source.head),
        ("target-head", target.head),
        ("source-tail", source.tail),
        ("target-tail", target.tail),
        ("source-longest", source.longest),
        ("target-longest", target.longest),
        ("shift", common.shift),
        ("scatter", common.scatter),
        ("source-name", source.name),
        ("target-name", target.name),
        ("source-names-lost", source.names_lost),
        ("target-names-lost", target.names_lost),
        ("source-number", source.number),
        ("target-number", target.number),
        ("source-numbers-lost", source.numbers_lost),
        ("target-numbers-lost", target.numbers_lost),
        ("source-values-lost", common.values_lost[0]),
        ("target-values-lost", common.values_lost[1]),
        ("values-scaled", common.values_lost[2]),
        ("source-negations", source.negations),
        ("target-negations", target.negations),
        ("negations-more", source.negations - target.negations),
        ("source-own-language", source.own),
        ("source-other-language", source.other),
        ("target-own-language", target.own),
        ("target-other-language", target.other),
        ("source-copied", source.copied),
        ("target-copied", target.copied),
        ("ends-differ", common.ends_differ),
        ("questions-more", s.questions - t.questions),
        ("exclamations-more", s.exclamations - t.exclamations),
        ("quotes-more", s.quotes - t.quotes),
        ("brackets-more", s.brackets - t.brackets),
        ("sentences-more", s.sentences - t.sentences),
        ("digits-more", s.digits - t.digits),
        ("source-letters", s.letters),
        ("target-letters", t.letters),
        ("source-markup", s.markup),
        ("target-markup", t.markup),
        ("source-garbled", s.garbled),
        ("target-garbled", t.garbled),
        ("source-repeated", s.repeated),
        ("target-repeated", t.repeated),
        ("marks-off", (s.others - t.others).abs()),
    ]
}
