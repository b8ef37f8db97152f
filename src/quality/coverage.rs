//! Which words of a pair have a counterpart on the other side, and where a stretch of text has none. It says what is there; whether
//! that is worth a finding is a check's business.
//!
//! Only words that carry meaning are looked at. A word is covered if the lexicon, its spelling or its digits tie it to a word of the
//! other side. A gap is the stretch whose words speak most strongly for having been left out: each uncovered word adds the logarithm of how
//! much likelier it is uncovered in a text without counterpart than in a translation, each covered one takes the like off (maximal scoring
//! subsequences, Ruzzo & Tompa 1999).

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::spelling::{common_start, likeness};
use super::{Pair, data};
use crate::semantics::{Lexicon, form};
use crate::text::Lang;
use crate::text::links::links;
use crate::text::words::words;

/// What is covered on both sides of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The source's words against the target.
    pub source: Side,
    /// The target's words against the source.
    pub target: Side,
}

/// What is covered of one side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// Words that carry meaning and of which something is known.
    pub words: usize,
    /// How many of them have a counterpart.
    pub covered: usize,
    /// The stretch that most probably has no counterpart.
    pub gap: Option<Gap>,
    /// How strongly the beginning, or the end, speaks for having been left out, whatever comes after, or before it: as [`Gap::evidence`].
    pub at_start: f32,
    /// The same of the end.
    pub at_end: f32,
}

/// A stretch of text without counterpart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Its bytes, from its first uncovered word to its last.
    pub span: [usize; 2],
    /// Its words that carry meaning, and of them those without counterpart.
    pub words: usize,
    /// Of them without counterpart.
    pub uncovered: usize,
    /// Natural logarithm of how much likelier it is if the text has no counterpart than if it has one; above 0.
    pub evidence: f32,
    /// Uncovered words where the other side would have the counterpart, between those of the covered words around: a free translation.
    pub answers: usize,
    /// Whether it begins with the first word that carries meaning.
    pub from_start: bool,
    /// Whether it ends with the last word that carries meaning.
    pub to_end: bool,
}

impl Side {
    /// The share of words that have a counterpart, in [0, 1]; 1 where there is no word.
    pub fn share(&self) -> f32 {
        if self.words == 0 { 1.0 } else { self.covered as f32 / self.words as f32 }
    }
}

impl Coverage {
    /// What is covered of a pair; `None` if the lexicon is for other languages, or the texts are longer than segments are.
    pub fn of(pair: &Pair<'_>, lexicon: &Lexicon) -> Option<Coverage> {
        let sides = [lexicon.side(&pair.source_lang)?, lexicon.side(&pair.target_lang)?];
        if sides[0] == sides[1] || !pair.is_of_segments() {
            return None;
        }
        let mut tokens =
            [tokens(pair.source, &pair.source_lang, sides[0], lexicon), tokens(pair.target, &pair.target_lang, sides[1], lexicon)];
        let marks = [Marks::of(&tokens[0]), Marks::of(&tokens[1])];
        for n in 0..2 {
            let [first, second] = &mut tokens;
            let (own, other) = if n == 0 { (first, second) } else { (second, first) };
            cover_by_lexicon(own, sides[n], other, &marks[1 - n], lexicon);
        }
        cover_by_spelling(&mut tokens);
        let langs = [pair.source_lang, pair.target_lang];
        for (n, lang) in langs.iter().enumerate() {
            let [first, second] = &mut tokens;
            let (own, other) = if n == 0 { (first, second) } else { (second, first) };
            cover_by_inflection(own, lang, other, lexicon);
        }
        let [source, target] = tokens;
        Some(Coverage { source: side(&source, &target), target: side(&target, &source) })
    }
}

/// A word that carries meaning.
struct Token<'a> {
    span: [usize; 2],
    form: Cow<'a, str>,
    /// Its place in the lexicon.
    id: Option<usize>,
    kind: Kind,
    /// The share of its translations that the lexicon knows, in [0, 1].
    known: f32,
    /// How probably its counterpart translates it; 0 without one.
    tie: f32,
    /// The place of its counterpart among the words of the other side.
    partner: usize,
}

impl Token<'_> {
    fn tie_to(&mut self, partner: usize, probability: f32) {
        if probability > self.tie {
            (self.tie, self.partner) = (probability, partner);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Word,
    /// Capitalised where it need not be.
    Name,
    Number,
}

fn tokens<'a>(text: &'a str, lang: &Lang, n: usize, lexicon: &Lexicon) -> Vec<Token<'a>> {
    let functional = &FUNCTION_WORDS[usize::from(lang.primary() != "es")];
    let mut tokens = Vec::with_capacity(text.len() / 8);
    let mut first = true;
    let links = links(text);
    let linked = |at: usize| links.iter().any(|link| link.span.contains(&at));
    for (at, word) in words(text).filter(|(at, _)| !linked(*at)) {
        let (begins, span) = (first, [at, at + word.len()]);
        first = false;
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let Some(form) = form(bare) else {
            if word.bytes().any(|b| b.is_ascii_digit()) {
                tokens.push(Token { span, form: Cow::Borrowed(word), id: None, kind: Kind::Number, known: 0.0, tie: 0.0, partner: 0 });
            }
            continue;
        };
        if form.len() < 3 || functional.contains(form.as_ref()) {
            continue;
        }
        let capital = !begins && word.starts_with(char::is_uppercase);
        let id = lexicon.find(n, &form);
        tokens.push(Token { span, form, id, kind: if capital { Kind::Name } else { Kind::Word }, known: 0.0, tie: 0.0, partner: 0 });
    }
    tokens
}

static FUNCTION_WORDS: LazyLock<[FxHashSet<&'static str>; 2]> = LazyLock::new(|| {
    ["es", "en"].map(|lang| {
        let lines = data::rows(include_str!("data/function-words.tsv")).filter(|columns| columns[0] == lang);
        lines.flat_map(|columns| columns[2].split(' ')).collect()
    })
});

/// The lexicon's words of a side as bits: whether a word may be among them is one look.
struct Marks([u64; 16]);

impl Marks {
    fn of(tokens: &[Token<'_>]) -> Marks {
        let mut bits = [0; 16];
        for id in tokens.iter().filter_map(|token| token.id) {
            bits[id >> 6 & 15] |= 1 << (id & 63);
        }
        Marks(bits)
    }

    fn may_have(&self, id: usize) -> bool {
        self.0[id >> 6 & 15] >> (id & 63) & 1 == 1
    }
}

fn cover_by_lexicon(own: &mut [Token<'_>], n: usize, other: &mut [Token<'_>], marks: &Marks, lexicon: &Lexicon) {
    for (at, token) in own.iter_mut().enumerate() {
        let Some(id) = token.id else { continue };
        for (by, probability) in lexicon.translations_at(n, id) {
            token.known += probability;
            if marks.may_have(by) {
                for (n, found) in other.iter_mut().enumerate().filter(|(_, found)| found.id == Some(by)) {
                    found.tie_to(at, probability);
                    token.tie_to(n, probability);
                }
            }
        }
    }
}

/// What spelling and digits alone are worth as a tie.
const SPELLED_ALIKE: f32 = 0.3;
/// From this likeness on, forms of at least five letters that begin alike count as one word.
const ALIKE: f64 = 0.7;

fn cover_by_spelling(tokens: &mut [Vec<Token<'_>>; 2]) {
    let [source, target] = tokens;
    for (at, own) in source.iter_mut().enumerate() {
        for (n, other) in target.iter_mut().enumerate() {
            if (own.tie == 0.0 || other.tie == 0.0) && spelled_alike(own, other) {
                own.tie_to(n, SPELLED_ALIKE);
                other.tie_to(at, SPELLED_ALIKE);
            }
        }
    }
}

fn spelled_alike(a: &Token<'_>, b: &Token<'_>) -> bool {
    if a.kind == Kind::Number || b.kind == Kind::Number {
        return a.kind == b.kind && a.form == b.form;
    }
    let (x, y) = (start(&a.form), start(&b.form));
    x.as_bytes()[0] == y.as_bytes()[0] && (x == y || (x.len().min(y.len()) >= 5 && likeness(x, y) >= ALIKE))
}

/// The form without the `e` that Spanish puts before `s` and a consonant.
fn start(form: &str) -> &str {
    match form.as_bytes() {
        [b'e', b's', third, ..] if !b"aeiou".contains(third) => &form[1..],
        _ => form,
    }
}

/// A translation at least this probable covers also by another of its inflections, which has the same beginning.
const LIKELY: f32 = 0.02;
const SHARED_START: usize = 5;

fn cover_by_inflection(own: &mut [Token<'_>], lang: &Lang, other: &mut [Token<'_>], lexicon: &Lexicon) {
    for (at, token) in own.iter_mut().enumerate().filter(|(_, token)| token.tie == 0.0 && token.id.is_some()) {
        let likely = lexicon.translations(lang, &token.form).take_while(|(_, probability)| *probability >= LIKELY);
        for (translation, probability) in likely.filter(|(translation, _)| translation.len() > SHARED_START) {
            for (n, found) in other.iter_mut().enumerate().filter(|(_, found)| inflects(&found.form, translation)) {
                found.tie_to(at, probability);
                token.tie_to(n, probability);
            }
        }
    }
}

/// True for two forms that have all but their last three letters in common.
fn inflects(a: &str, b: &str) -> bool {
    let shared = common_start(a, b);
    shared >= SHARED_START && shared + 3 >= a.len().min(b.len()) && shared + 5 >= a.len().max(b.len())
}

/// How likely a word is uncovered where the text has no counterpart.
const UNCOVERED_WITHOUT: f32 = 0.85;
/// The lexicon's probabilities are those of its own training text; elsewhere they hold a little less.
const TRUST: f32 = 0.9;
/// What uncovered names and numbers add: they are mostly kept in translation.
const NAME_ALONE: f32 = 1.0;
const NUMBER_ALONE: f32 = 0.7;
/// What a covered word takes off: more where the tie is sure, less where it may be chance.
const SURE: f32 = 2.0;
const CHANCE: f32 = 0.6;
const SURE_TIE: f32 = 0.04;

/// Evidence for having no counterpart; 0 for a word of which nothing is known.
fn evidence(token: &Token<'_>) -> f32 {
    match token.kind {
        _ if token.tie >= SURE_TIE => -SURE,
        _ if token.tie > 0.0 => -CHANCE,
        Kind::Number => NUMBER_ALONE,
        _ if token.id.is_some() => (UNCOVERED_WITHOUT / (1.0 - TRUST * token.known.min(0.95))).ln().max(0.0),
        Kind::Name => NAME_ALONE,
        Kind::Word => 0.0,
    }
}

/// Uncovered words of the other side between the counterparts of the covered words around `start..end`.
fn answers(tokens: &[Token<'_>], start: usize, end: usize, other: &[Token<'_>]) -> usize {
    let sure = |token: &&Token<'_>| token.tie >= SURE_TIE;
    let before = tokens[..start].iter().rev().find(sure).map(|token| token.partner);
    let after = tokens[end..].iter().find(sure).map(|token| token.partner);
    let (from, to) = match (before, after) {
        (Some(before), Some(after)) => (before.min(after) + 1, before.max(after)),
        (Some(before), None) => (before + 1, other.len()),
        (None, Some(after)) => (0, after),
        (None, None) => (0, other.len()),
    };
    other.get(from..to).unwrap_or_default().iter().filter(|token| token.tie == 0.0).count()
}

fn side(tokens: &[Token<'_>], other: &[Token<'_>]) -> Side {
    let weights: Vec<f32> = tokens.iter().map(evidence).collect();
    let counted = |tokens: &[Token<'_>], is: fn(&Token<'_>) -> bool| tokens.iter().filter(|token| is(token)).count();
    let known = |token: &Token<'_>| token.tie > 0.0 || token.id.is_some() || token.kind != Kind::Word;
    let gap = strongest(&weights).map(|(start, end, evidence)| Gap {
        span: [tokens[start].span[0], tokens[end - 1].span[1]],
        words: counted(&tokens[start..end], known),
        uncovered: counted(&tokens[start..end], |token| token.tie == 0.0 && (token.id.is_some() || token.kind != Kind::Word)),
        evidence,
        answers: answers(tokens, start, end, other),
        from_start: start == 0,
        to_end: end == tokens.len(),
    });
    Side {
        words: counted(tokens, known),
        covered: counted(tokens, |token| token.tie > 0.0),
        gap,
        at_start: highest_sum(weights.iter()),
        at_end: highest_sum(weights.iter().rev()),
    }
}

fn highest_sum<'a>(weights: impl Iterator<Item = &'a f32>) -> f32 {
    let (mut sum, mut highest) = (0.0_f32, 0.0_f32);
    for weight in weights {
        sum += weight;
        highest = highest.max(sum);
    }
    highest
}

/// The stretch with the highest sum, if it is above 0: first, end, sum (Kadane's algorithm, in Bentley 1984).
fn strongest(weights: &[f32]) -> Option<(usize, usize, f32)> {
    let mut best = None;
    let (mut start, mut sum) = (0, 0.0_f32);
    for (n, weight) in weights.iter().enumerate() {
        if sum <= 0.0 {
            (start, sum) = (n, 0.0);
        }
        sum += weight;
        if sum > best.map_or(0.0, |(_, _, highest)| highest) {
            best = Some((start, n + 1, sum));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

    fn coverage(source: &str, target: &str) -> Coverage {
        let pair = Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN };
        Coverage::of(&pair, &LEXICON).expect("the lexicon is for these languages")
    }

    #[test]
    fn words_are_covered_by_lexicon_spelling_digits_and_inflection() {
        let found = coverage("El gobierno de Zylbrica construyó 12345 casas.", "Zylbrica's government built 12345 houses.");
        assert_eq!((found.source.share(), found.target.share()), (1.0, 1.0), "{found:?}");
    }

    #[test]
    fn a_gap_is_where_the_text_has_no_counterpart() {
        let source = "La lluvia llegó ayer y los campesinos celebraron una gran fiesta en el pueblo.";
        let gap = coverage(source, "The rain arrived yesterday.").source.gap.expect("a gap");
        assert!(source[gap.span[0]..gap.span[1]].starts_with("campesinos celebraron") && gap.to_end && !gap.from_start, "{gap:?}");
        assert_eq!(gap.answers, 0);
    }

    #[test]
    fn other_words_in_its_place_answer_a_gap() {
        let gap = coverage("La lluvia alegró al pueblo.", "The rain bothered the people.").source.gap.expect("a gap");
        assert_eq!((gap.uncovered, gap.answers), (1, 1), "{gap:?}");
    }

    #[test]
    fn there_is_no_coverage_within_one_language_or_without_a_lexicon_for_it() {
        let pair = Pair { source: "a", target: "b", source_lang: Lang::ES, target_lang: Lang::ES };
        assert_eq!(Coverage::of(&pair, &LEXICON), None);
        assert_eq!(Coverage::of(&Pair { target_lang: "fr".parse().expect("a code"), ..pair }, &LEXICON), None);
    }
}
