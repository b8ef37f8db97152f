//! Negation in a pair: which negations of one side nothing on the other side answers. It knows words and their places, not scope or meaning.
//!
//! A *hard* word (`no`, `nunca`, `not`, `never`) asks for a counterpart. A *soft* one (`sin`, `unlikely`, `failed`) asks for none but answers a hard
//! one, unless a soft word of the asking side takes it (`no descartó`, `did rule out`); so do the words of indefiniteness (`any`, `ever`, `algún`)
//! for the words that Spanish negates twice (`nadie`, `nunca`). A *firm* one (`imposible`, `refused to`) asks for anything that negates, wherever it
//! stands. `not only` asks for nothing, but does not go with a bare `solo`. The lists are in `data/negation.tsv`.

use std::sync::LazyLock;

use super::Pair;
use super::phrases::{Hit, Phrases, Word, folded_words};
use super::place::Places;
use crate::text::{Lang, fold};

const LIST: &str = include_str!("data/negation.tsv");

static PHRASES: LazyLock<Phrases<Class>> = LazyLock::new(|| Phrases::read(LIST, class));

/// What a word does in negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Asks for a counterpart.
    Hard,
    /// Asks for one, too, unless it only doubles a negation before it.
    Double,
    /// Answers, and asks for any answer at all.
    Firm,
    /// Answers.
    Soft,
    /// Answers, but not a bare [`Class::Lone`]: *not only*.
    Only,
    /// `only`, `solo`.
    Lone,
    /// Answers a word that could double a negation.
    Any,
    /// Looks like a negation and is none.
    Free,
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "hard" => Class::Hard,
        "nword" => Class::Double,
        "firm" => Class::Firm,
        "soft" => Class::Soft,
        "only" => Class::Only,
        "lone" => Class::Lone,
        "any" => Class::Any,
        "free" => Class::Free,
        _ => return None,
    })
}

/// What the negations of the two sides say about each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Negations of the source that ask for a counterpart; a double negation is one.
    pub source: usize,
    /// The same for the target.
    pub target: usize,
    /// Bytes `[start, end)` of those of the source that nothing in the target answers.
    pub source_unanswered: Vec<[usize; 2]>,
    /// Bytes of those of the target that nothing in the source answers.
    pub target_unanswered: Vec<[usize; 2]>,
}

impl Evidence {
    /// True if one side negates and the other does not: a weak sign, for people rephrase.
    pub fn parity(&self) -> bool {
        (self.source > 0) != (self.target > 0)
    }

    /// True if something is left unanswered: a strong sign.
    pub fn strict(&self) -> bool {
        !self.source_unanswered.is_empty() || !self.target_unanswered.is_empty()
    }
}

/// Compares the negations of Spanish and English texts; other languages have none.
///
/// ```
/// use bitexto::quality::{Pair, negation::mismatch};
/// use bitexto::text::Lang;
/// let pair = |source, target| Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN };
/// assert!(mismatch(&pair("No vamos a obedecer.", "We will obey.")).strict());
/// assert!(!mismatch(&pair("No vamos a obedecer.", "We refuse to obey.")).strict());
/// ```
pub fn mismatch(pair: &Pair<'_>) -> Evidence {
    if !PHRASES.knows(&pair.source_lang) || !PHRASES.knows(&pair.target_lang) {
        return Evidence::default();
    }
    let (source, target) = (Side::read(pair.source, &pair.source_lang), Side::read(pair.target, &pair.target_lang));
    Evidence {
        source: source.demands().count(),
        target: target.demands().count(),
        source_unanswered: source.unanswered(&target),
        target_unanswered: target.unanswered(&source),
    }
}

/// True if the word, or the part of a word at an apostrophe, asks for an answer or begins a phrase that does: without such a word no text has evidence.
pub(super) fn asks(word: &str, lang: &Lang) -> bool {
    let may = match word.as_bytes() {
        // What the apostrophe leaves of *n't*.
        [b't' | b'T'] => return true,
        [first, ..] => BEGINNINGS.contains(&first.to_ascii_lowercase()),
        [] => false,
    };
    let asks = |class| matches!(class, Class::Hard | Class::Double | Class::Firm | Class::Only);
    may && PHRASES.may_begin(&fold(word), lang, asks)
}

/// What asking words begin with: most words begin with something else and cost no more.
const BEGINNINGS: &[u8] = b"acdhijlnrstuw";

/// One side's negations.
struct Side<'t> {
    words: Vec<Word<'t>>,
    cues: Vec<Cue>,
}

/// A negation: one word or, when it is doubled, several.
struct Cue {
    class: Class,
    first: usize,
    /// The last word of the phrase itself.
    end: usize,
    /// The last word of what doubles it.
    last: usize,
}

impl Cue {
    fn asks(&self) -> bool {
        matches!(self.class, Class::Hard | Class::Double)
    }

    fn negates(&self) -> bool {
        matches!(self.class, Class::Hard | Class::Double | Class::Firm | Class::Soft | Class::Only)
    }

    fn answers(&self, asking: &Cue) -> bool {
        self.negates() || (self.class == Class::Any && asking.class == Class::Double)
    }

    /// True if it takes a soft word of the other side for its own counterpart.
    fn takes(&self) -> bool {
        matches!(self.class, Class::Firm | Class::Soft | Class::Only)
    }

    fn words(&self) -> [usize; 2] {
        [self.first, self.last]
    }
}

impl<'t> Side<'t> {
    fn read(text: &'t str, lang: &Lang) -> Side<'t> {
        let words = folded_words(text);
        let mut side = Side { cues: Vec::new(), words };
        for mut hit in PHRASES.find(&side.words, lang) {
            if hit.class == Class::Hard && side.is_number_sign(text, &hit) {
                continue;
            }
            if hit.class == Class::Hard && side.is_tag(text, &hit) {
                hit.class = Class::Soft;
            }
            side.add(text, &hit);
        }
        side
    }

    /// A word that doubles the negation before it, in the same clause, is part of it.
    fn add(&mut self, text: &str, hit: &Hit<Class>) {
        let (first, last) = (hit.word, hit.word + hit.words - 1);
        let negated = self.cues.iter_mut().rev().find(|cue| cue.negates());
        if let (Class::Double, Some(before)) = (hit.class, negated) {
            let between = &text[self.words[before.last].span[1]..self.words[first].span[0]];
            if first - before.last <= DOUBLE_REACH && !between.contains(['.', ';', ':', '?', '!']) {
                before.last = last;
                return;
            }
        }
        self.cues.push(Cue { class: hit.class, first, end: last, last });
    }

    /// `No. 5`, `No 5`.
    fn is_number_sign(&self, text: &str, hit: &Hit<Class>) -> bool {
        let word = &self.words[hit.word];
        let after = text[word.span[1]..].trim_start_matches(['.', ' ', '\u{a0}', 'º', '°']);
        word.folded == "no" && after.starts_with(|c: char| c.is_ascii_digit()) && text[word.span[0]..].starts_with(['N', 'n'])
    }

    /// `…, ¿no?`, `…, isn’t it?`, `¿no es cierto?`: asked for agreement, not negated.
    fn is_tag(&self, text: &str, hit: &Hit<Class>) -> bool {
        let word = &self.words[hit.word];
        let (before, after) = (text[..word.span[0]].trim_end(), &text[word.span[1]..]);
        let Some(question) = after.find('?') else { return false };
        let rest = words_in(&after[..question]);
        let asked = before.ends_with('¿') && !before.trim_end_matches('¿').trim_end().is_empty();
        (asked && rest <= 2) || (before.ends_with(',') && (rest == 0 || (word.folded.ends_with("n't") && rest == 1)))
    }

    fn demands(&self) -> impl Iterator<Item = &Cue> {
        self.cues.iter().filter(|cue| cue.asks())
    }

    /// True if the word stands on the other side as it is: part of a title or of code (`Don’t Look Back`, `None`).
    fn is_copied(&self, cue: &Cue, other: &Side<'_>) -> bool {
        other.words.iter().any(|word| word.folded == self.words[cue.first].folded) && !other.cues.iter().any(Cue::asks)
    }

    /// The bytes of the negations that nothing on the other side answers in about the same place.
    /// Text of which half is missing is another matter than a lost negation.
    ///
    /// As many negations on the other side answer wherever they stand, for clauses change their order.
    fn unanswered(&self, other: &Side<'_>) -> Vec<[usize; 2]> {
        if other.words.len() < self.words.len() / 2 && self.words.len() > SHORT {
            return Vec::new();
        }
        let mut open: Vec<&Cue> = self.open_demands(other);
        let silent = !other.cues.iter().any(|cue| cue.negates() || cue.class == Class::Any);
        let lone = !other.cues.iter().any(Cue::negates) && other.cues.iter().any(|cue| cue.class == Class::Lone);
        open.extend(self.cues.iter().filter(|cue| (cue.class == Class::Firm && silent) || (cue.class == Class::Only && lone)));
        open.sort_by_key(|cue| cue.first);
        open.into_iter().map(|cue| [self.words[cue.first].span[0], self.words[cue.end].span[1]]).collect()
    }

    fn open_demands(&self, other: &Side<'_>) -> Vec<&Cue> {
        let mut asking = self.demands().filter(|cue| !self.is_copied(cue, other)).peekable();
        if asking.peek().is_none() || (other.demands().count() >= self.demands().count() && !other.cues.iter().any(|cue| !cue.asks())) {
            return Vec::new();
        }
        let fewer = other.demands().count() < self.demands().count();
        let places = Places::of(&self.words, &other.words);
        let free = self.leaves(other, &places);
        let answered = |cue: &Cue, answer: &Cue, is_free: bool| {
            answer.answers(cue)
                && match (answer.asks(), fewer) {
                    (true, false) => true,
                    (true, true) => places.near(cue.words(), answer.words(), HARD_REACH),
                    (false, _) => is_free && places.near(cue.words(), answer.words(), SOFT_REACH),
                }
        };
        asking.filter(|cue| !other.cues.iter().zip(&free).any(|(answer, is_free)| answered(cue, answer, *is_free))).collect()
    }

    /// `not far`, `no dudó`: what it answers is the other side's *no*, not its *far*.
    fn says_no(&self, cue: &Cue) -> bool {
        cue.class != Class::Only && self.words[cue.first..=cue.end].iter().any(|word| matches!(&*word.folded, "no" | "not"))
    }

    /// Which cues of the other side no soft word of this side takes, the nearest first.
    fn leaves(&self, other: &Side<'_>, places: &Places) -> Vec<bool> {
        let mut free = vec![true; other.cues.len()];
        let mut taking: Vec<&Cue> = self.cues.iter().filter(|cue| cue.takes() && !self.says_no(cue)).collect();
        for reach in TAKING {
            taking.retain(|mine| {
                let near = |theirs: &Cue| {
                    theirs.takes()
                        && theirs.last == theirs.end
                        && !other.says_no(theirs)
                        && places.near(mine.words(), theirs.words(), reach)
                };
                let found = (0..free.len()).find(|&n| free[n] && near(&other.cues[n]));
                found.map(|n| free[n] = false).is_none()
            });
        }
        free
    }
}

/// A word that doubles a negation stands within so many words of it.
const DOUBLE_REACH: usize = 12;

/// In a text of so many words, half may be missing by the way it is put.
const SHORT: usize = 12;

/// Words from the expected place to an answer. Good translations have one in a hundred soft answers farther off, and lost negations
/// are masked by soft words of other clauses one time in eight without this limit; hard words are rarer and may lie farther off.
const SOFT_REACH: f64 = 8.0;
const HARD_REACH: f64 = 14.0;

/// Words from the expected place to a soft word that is taken: first the near ones.
const TAKING: [f64; 3] = [1.0, 3.0, SOFT_REACH];

fn words_in(text: &str) -> usize {
    crate::text::words::words(text).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::phrases::malformed;

    fn evidence(source: &str, target: &str) -> Evidence {
        mismatch(&Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN })
    }

    #[test]
    fn every_line_of_the_list_is_well_formed() {
        assert_eq!(malformed(LIST, class), [""; 0]);
    }

    #[test]
    fn every_word_that_asks_or_begins_to_is_known_alone() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<_> = line.split('\t').collect();
            let (lang, first) = (columns[0].parse().expect("a code"), columns[2].split(' ').next().unwrap_or_default());
            let is_asking = matches!(columns[1], "hard" | "nword" | "firm" | "only");
            assert!(!is_asking || asks(first.trim_start_matches("*n'"), &lang), "{line}");
        }
        assert!(asks("JAMÁS", &Lang::ES) && asks("jama\u{301}s", &Lang::ES) && asks("T", &Lang::EN));
        assert!(!["nueva", "noche", "now", "not"].iter().any(|word| asks(word, &Lang::ES)));
        assert!(!["new", "now", "went", "nunca"].iter().any(|word| asks(word, &Lang::EN)));
    }

    #[test]
    fn a_double_negation_counts_once() {
        assert_eq!(evidence("No vino nadie, ni ella ni él.", "").source, 1);
        assert_eq!(evidence("No vino. Nadie llamó.", "").source, 2);
        assert!(!evidence("No quiero nada.", "I want nothing.").strict());
    }

    #[test]
    fn soft_words_and_exceptions_ask_for_nothing() {
        for source in ["Sin embargo, vino.", "Se negó a hablar.", "No solo vino ella.", "Vino sin avisar."] {
            assert_eq!(evidence(source, "").source, 0, "{source}");
        }
        for target in ["Not only her.", "It is unclear.", "She failed.", "No doubt.", "No. 5", "You came, didn't you?"] {
            assert_eq!(evidence("", target).target, 0, "{target}");
        }
    }

    #[test]
    fn indefinite_words_answer_only_what_can_double() {
        assert!(!evidence("Mejor que nunca, dijo nadie.", "Better than ever, said anyone.").strict());
        assert!(evidence("No vino.", "Anyone came.").strict());
    }

    #[test]
    fn a_soft_word_far_away_does_not_answer() {
        let far = "no llegó ayer, porque el tren de la tarde que viene de la capital salió con mucho retraso y la gente tuvo que esperar en la calle";
        let there = "arrived yesterday because the afternoon train that comes from the capital left very late and people had to wait in the street without help";
        assert_eq!(evidence(far, there).source_unanswered, [[0, 2]]);
        assert!(!evidence("no llegó ayer", "arrived yesterday without help").strict());
    }

    #[test]
    fn a_soft_word_that_has_its_own_counterpart_does_not_answer() {
        assert_eq!(evidence("El portavoz no descartó la idea.", "The spokesman ruled out the idea.").source_unanswered, [[12, 14]]);
        assert!(evidence("No deben desaparecer.", "They will disappear.").strict());
        assert!(!evidence("Vive no lejos de aquí.", "She lives not far from here.").strict());
        assert!(!evidence("El portavoz no descartó la idea.", "The spokesman did not rule out the idea.").strict());
        assert!(!evidence("Atrajo a pocos, y ninguno pagó.", "It attracted few, and none paid.").strict());
    }

    #[test]
    fn a_firm_word_asks_for_anything_that_negates() {
        assert_eq!(evidence("Se puede saber ya.", "It is impossible to know.").target_unanswered, [[6, 16]]);
        assert!(!evidence("No se puede saber.", "It is impossible to know.").strict());
        assert!(!evidence("Apenas se puede saber.", "It is impossible to know.").strict());
    }

    #[test]
    fn not_only_does_not_go_with_only() {
        assert_eq!(evidence("Cobran solo a empresas.", "They charge not only companies.").target_unanswered, [[12, 20]]);
        assert!(!evidence("Cobran también a empresas.", "They charge not only companies.").strict());
        assert!(!evidence("Cobran no solo a empresas.", "They charge not only companies.").strict());
    }

    #[test]
    fn a_reported_negation_is_one() {
        assert!(evidence("Dijo que nunca había ido.", "He said he had been there.").strict());
        assert!(!evidence("Canta mejor que nunca.", "She sings better now.").strict());
    }

    #[test]
    fn titles_and_code_are_no_negations() {
        assert!(!evidence("Cantó «Don’t Look Back».", "She sang “Don’t Look Back.”").strict());
        assert!(!evidence("Devuelve None.", "It returns None.").strict());
    }
}
