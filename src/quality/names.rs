//! The proper names of a pair, and which of them have a counterpart: the same but for accents, another spelling, an exonym, a translation, an
//! acronym. It compares word by word; whether a name without counterpart is worth a finding is a check's business.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::spelling::{common_start, consonants, likeness, skeleton};
use super::{Pair, data};
use crate::semantics::Lexicon;
use crate::text::links::links;
use crate::text::words::words;
use crate::text::{Lang, fold};

/// The names of both sides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names<'a> {
    /// Of the source, in order.
    pub source: Vec<Name<'a>>,
    /// Of the target, in order.
    pub target: Vec<Name<'a>>,
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Name<'a> {
    /// Its bytes in the text.
    pub span: [usize; 2],
    /// As it stands there.
    pub text: &'a str,
    /// True where nothing but a name can stand: not at the beginning of a sentence, and no word that is translated.
    pub certain: bool,
    /// Whether the other side has it.
    pub answer: Answer,
}

impl Name<'_> {
    /// How alike the names sound, in [0, 1].
    pub fn likeness(&self, other: &Name<'_>) -> f64 {
        likeness(&skeleton(&fold(self.text)), &skeleton(&fold(other.text)))
    }
}

/// Whether the other side has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It has.
    Found,
    /// It has a neighbour of this word in the same name: `Gustavo Petro Urrego` and `Petro`.
    Neighbour,
    /// It has not.
    None,
}

impl<'a> Names<'a> {
    /// The names of a pair of segments; none of longer texts. Without a lexicon that knows the languages, more words pass for names.
    pub fn of(pair: &Pair<'a>, lexicon: Option<&Lexicon>) -> Names<'a> {
        let may_have_name = |text, lang| words(text).any(|(_, word)| may_be_name(word, lang, lexicon));
        if !pair.is_of_segments() || !(may_have_name(pair.source, &pair.source_lang) || may_have_name(pair.target, &pair.target_lang)) {
            return Names::default();
        }
        let texts = [Text::of(pair.source, pair.source_lang, lexicon), Text::of(pair.target, pair.target_lang, lexicon)];
        Names { source: texts[0].names(&texts[1], lexicon), target: texts[1].names(&texts[0], lexicon) }
    }
}

/// True if the word is a name in one place or another: many texts have no capital but at the beginning of words that are translated.
fn may_be_name(word: &str, lang: &Lang, lexicon: Option<&Lexicon>) -> bool {
    if word.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        return false;
    }
    let (bare, form) = bare(word);
    [false, true].into_iter().any(|begins| matches!(role(bare, &form, begins, lang, lexicon), Role::Name | Role::Begin))
}

/// The word without an English possessive, and the same folded.
fn bare(word: &str) -> (&str, Cow<'_, str>) {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    (bare, fold(bare))
}

/// The words of one side.
struct Text<'a> {
    lang: Lang,
    words: Vec<Word<'a>>,
}

struct Word<'a> {
    span: [usize; 2],
    text: &'a str,
    /// Folded, without an English possessive.
    form: Cow<'a, str>,
    role: Role,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// In lower case, or too short.
    Plain,
    /// All capitals, at least two.
    Acronym,
    /// Capitalised at the beginning of a sentence, and not known as another word.
    Begin,
    /// Capitalised within a sentence, but a word that is translated: `Ministro`, `Monday`, `Spanish`.
    Title,
    /// A name.
    Name,
}

/// A text in which more than this share of the longer words is capitalised is a headline, in which capitals say nothing.
const HEADLINE: f32 = 0.6;

impl<'a> Text<'a> {
    fn of(text: &'a str, lang: Lang, lexicon: Option<&Lexicon>) -> Text<'a> {
        let links = links(text);
        let linked = |at: usize| links.iter().any(|link| link.span.contains(&at));
        let mut end = 0;
        let mut found: Vec<Word<'a>> = Vec::with_capacity(text.len() / 5 + 1);
        for (at, word) in words(text) {
            let begins = begins_sentence(&text[end..at], end == 0);
            end = at + word.len();
            if linked(at) {
                continue;
            }
            let (bare, form) = bare(word);
            let role = role(bare, &form, begins, &lang, lexicon);
            found.push(Word { span: [at, at + bare.len()], text: bare, form, role });
        }
        let mut text = Text { lang, words: found };
        if text.is_headline() {
            text.words.iter_mut().filter(|word| word.role != Role::Acronym).for_each(|word| word.role = Role::Plain);
        }
        text
    }

    fn is_headline(&self) -> bool {
        let long = || self.words.iter().filter(|word| word.text.len() > 3);
        let capitals = long().filter(|word| word.role != Role::Plain && word.role != Role::Name).count();
        capitals > 2 && capitals as f32 > HEADLINE * long().count() as f32
    }

    fn names(&self, other: &Text<'_>, lexicon: Option<&Lexicon>) -> Vec<Name<'a>> {
        let candidates = (0..self.words.len()).filter(|&n| matches!(self.words[n].role, Role::Name | Role::Begin));
        let mut names: Vec<(usize, Name<'a>)> = candidates
            .map(|n| {
                let word = &self.words[n];
                let answer = if self.is_answered(n, other, lexicon) { Answer::Found } else { Answer::None };
                (n, Name { span: word.span, text: word.text, certain: word.role == Role::Name, answer })
            })
            .collect();
        let found: Vec<usize> = names.iter().filter(|(_, name)| name.answer == Answer::Found).map(|(n, _)| *n).collect();
        for (n, name) in names.iter_mut().filter(|(_, name)| name.answer == Answer::None) {
            if found.iter().any(|&other| self.is_one_name(other, *n)) {
                name.answer = Answer::Neighbour;
            }
        }
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// True if the words stand together, with nothing but capitals, `de`, `of` and their like between them.
    fn is_one_name(&self, a: usize, b: usize) -> bool {
        let between = &self.words[a.min(b)..=a.max(b)];
        let close = between.windows(2).all(|two| two[1].span[0].saturating_sub(two[0].span[1]) <= 2);
        close
            && between.iter().all(|word| {
                word.role != Role::Plain
                    || matches!(word.form.as_ref(), "de" | "del" | "la" | "of" | "the" | "al" | "y" | "van" | "von" | "bin")
            })
    }

    fn is_answered(&self, n: usize, other: &Text<'_>, lexicon: Option<&Lexicon>) -> bool {
        let word = &self.words[n];
        other.words.iter().any(|found| found.form == word.form)
            || EXONYMS.answer(&word.form, &self.lang, other)
            || lexicon.is_some_and(|lexicon| self.is_translated(word, other, lexicon))
            || is_spelled_otherwise(word, other)
            || other.words.iter().any(|found| found.role == Role::Acronym && self.abbreviates(n, found.text))
    }

    fn is_translated(&self, word: &Word<'_>, other: &Text<'_>, lexicon: &Lexicon) -> bool {
        lexicon.translations(&self.lang, &word.form).any(|(translation, _)| other.words.iter().any(|found| found.form == translation))
    }

    /// True if the acronym has the initial of the word and of a capitalised neighbour.
    fn abbreviates(&self, n: usize, acronym: &str) -> bool {
        let has = |word: &Word<'_>| word.role != Role::Plain && word.text.chars().next().is_some_and(|initial| acronym.contains(initial));
        let near = n.saturating_sub(3)..(n + 4).min(self.words.len());
        has(&self.words[n]) && near.into_iter().any(|at| at != n && has(&self.words[at]))
    }
}

/// What stands before a word that begins a sentence: nothing, an end, a colon, an opening quote or dash.
fn begins_sentence(gap: &str, first: bool) -> bool {
    first || gap.contains(['.', '!', '?', ':', '…', '¿', '¡', '«', '“', '"', '(', '—', '–', '•', '\n', ';', '|', '*', '‘', '`', '[', '/'])
}

fn role(word: &str, form: &str, begins: bool, lang: &Lang, lexicon: Option<&Lexicon>) -> Role {
    let Some(first) = word.chars().next().filter(|c| c.is_uppercase()) else { return Role::Plain };
    let len = word.chars().count();
    if word.chars().all(|c| !c.is_lowercase()) {
        return if len > 1 { Role::Acronym } else { Role::Plain };
    }
    if len < 3 || word.contains(|c: char| c.is_ascii_digit() || c == '\'' || c == '’') || !first.is_alphabetic() {
        return Role::Plain;
    }
    match EXONYMS.kind(form, lang) {
        Some(true) if !begins || is_kept(form, lang, lexicon) != Some(false) => return Role::Name,
        Some(false) => return if begins { Role::Plain } else { Role::Title },
        _ => {}
    }
    match (is_kept(form, lang, lexicon), begins) {
        (Some(true), _) | (None, false) => Role::Name,
        (None, true) => Role::Begin,
        (Some(false), true) => Role::Plain,
        (Some(false), false) => Role::Title,
    }
}

/// True if the lexicon knows the form and that it mostly stays as it is; `None` if it does not know it.
fn is_kept(form: &str, lang: &Lang, lexicon: Option<&Lexicon>) -> Option<bool> {
    let (best, probability) = lexicon?.translations(lang, form).next()?;
    Some(best == form && probability > 0.3)
}

/// Forms that begin alike: `Kosovo`, `kosovar`.
const SHARED_START: usize = 4;
/// How alike two names must sound.
const ALIKE: f64 = 0.7;

fn is_spelled_otherwise(word: &Word<'_>, other: &Text<'_>) -> bool {
    let sounds = skeleton(&word.form);
    other.words.iter().filter(|found| found.form.len() > 2).any(|found| {
        let shared = common_start(&word.form, &found.form);
        if shared >= SHARED_START && 2 * shared >= word.form.len().max(found.form.len()) {
            return true;
        }
        if found.role == Role::Plain || found.form.len().abs_diff(word.form.len()) > 4 {
            return false;
        }
        let other = skeleton(&found.form);
        let same = consonants(&sounds).eq(consonants(&other)) && consonants(&sounds).count() > 2;
        same || (sounds.len() > 3 && likeness(&sounds, &other) >= ALIKE)
    })
}

/// The names that the two languages write differently, by the words of their forms.
struct Exonyms {
    entries: Vec<Exonym>,
    by_word: [FxHashMap<String, Vec<usize>>; 2],
}

struct Exonym {
    /// The forms of each language as folded words.
    forms: [Vec<Vec<String>>; 2],
    /// Whether all forms are names: of peoples, only the first is.
    names: bool,
}

static EXONYMS: LazyLock<Exonyms> = LazyLock::new(|| Exonyms::read(include_str!("data/exonyms.tsv")));

fn side_of(lang: &Lang) -> Option<usize> {
    ["es", "en"].iter().position(|code| lang.primary() == *code)
}

impl Exonyms {
    fn read(text: &'static str) -> Exonyms {
        let mut exonyms = Exonyms { entries: Vec::new(), by_word: [FxHashMap::default(), FxHashMap::default()] };
        for columns in data::rows(text) {
            let forms = [0, 1].map(|n| columns[n].split('|').map(folded_words).collect::<Vec<_>>());
            for (n, forms) in forms.iter().enumerate() {
                for word in forms.iter().flatten().filter(|word| word.len() > 2 || forms[0].len() == 1) {
                    let entries = exonyms.by_word[n].entry(word.clone()).or_default();
                    if entries.last() != Some(&exonyms.entries.len()) {
                        entries.push(exonyms.entries.len());
                    }
                }
            }
            exonyms.entries.push(Exonym { forms, names: !matches!(columns[2], "country" | "region") });
        }
        exonyms
    }

    fn entries(&self, form: &str, lang: &Lang) -> impl Iterator<Item = (usize, &Exonym)> {
        let side = side_of(lang);
        let found = side.and_then(|n| self.by_word[n].get(form).map(|entries| (n, entries)));
        found.into_iter().flat_map(move |(n, entries)| entries.iter().map(move |&entry| (n, &self.entries[entry])))
    }

    /// True if the form alone is a name, false if it is a word for people of a place, `None` if it is neither.
    fn kind(&self, form: &str, lang: &Lang) -> Option<bool> {
        let mut kind = None;
        for (n, entry) in self.entries(form, lang) {
            let at = entry.forms[n].iter().position(|words| words.len() == 1 && words[0] == form);
            if let Some(at) = at {
                kind = Some(kind == Some(true) || entry.names || at == 0);
            }
        }
        kind
    }

    /// True if the other side has a form of a name that the word belongs to.
    fn answer(&self, form: &str, lang: &Lang, other: &Text<'_>) -> bool {
        let side = side_of(&other.lang);
        self.entries(form, lang).any(|(n, entry)| side == Some(1 - n) && entry.forms[1 - n].iter().any(|words| other.has(words)))
    }
}

fn folded_words(form: &str) -> Vec<String> {
    words(form).map(|(_, word)| fold(word).into_owned()).collect()
}

impl Text<'_> {
    fn has(&self, form: &[String]) -> bool {
        self.words.windows(form.len()).any(|run| run.iter().zip(form).all(|(word, form)| word.form == *form))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

    /// The names of both sides that have no counterpart, `~` after those whose neighbour has one.
    fn alone(source: &str, target: &str) -> Vec<String> {
        let names = Names::of(&Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, Some(&LEXICON));
        let alone = names.source.into_iter().chain(names.target).filter(|name| name.answer != Answer::Found);
        alone.map(|name| format!("{}{}", name.text, if name.answer == Answer::Neighbour { "~" } else { "" })).collect()
    }

    #[test]
    fn exonyms_transliterations_and_accents_are_one_name() {
        for (source, target) in [
            ("Viajó de La Habana a Pekín y a Nueva York.", "He travelled from Havana to Beijing and New York."),
            ("Habló con Gorbachov y con Bém.", "He spoke with Gorbachev and Bem."),
            ("El papa Juan Pablo II y el rey Felipe.", "Pope John Paul II and King Philip."),
            ("La policía de Kosovo", "Kosovar police"),
            ("El Gobierno de Alemania", "The German government"),
        ] {
            assert_eq!(alone(source, target), [""; 0], "{source}");
        }
    }

    #[test]
    fn a_name_of_another_is_alone_on_both_sides() {
        assert_eq!(alone("Ayer habló Kiyani.", "Nairobi spoke yesterday."), ["Kiyani", "Nairobi"]);
    }

    #[test]
    fn two_surnames_answer_one() {
        assert_eq!(alone("Ayer habló Gustavo Petro Urrego.", "Petro spoke yesterday."), ["Gustavo~", "Urrego~"]);
    }

    #[test]
    fn days_languages_titles_and_headlines_are_no_names() {
        for (source, target) in [
            ("Llegó tarde.", "He came late on Monday, in January, with the Minister, speaking French."),
            ("Nada.", "Strong Winds Bring Heavy Rain To Northern Coast"),
        ] {
            assert_eq!(alone(source, target), [""; 0], "{target}");
        }
    }

    #[test]
    fn every_exonym_has_forms_of_both_languages_and_a_kind() {
        let kinds = ["country", "region", "state", "city", "river", "mountains", "sea", "person", "organization", "work", "feast", "star"];
        for columns in data::rows(include_str!("data/exonyms.tsv")) {
            assert!(columns.len() == 3 && kinds.contains(&columns[2]), "{columns:?}");
            assert!(
                columns[..2].iter().all(|forms| forms.split('|').all(|form| words(form).next().is_some() && form.trim() == form)),
                "{columns:?}"
            );
        }
    }
}
