//! The word lists of a language: what a dot after a word means, which words begin segments, what introduces a title. It reads no file:
//! the lists are part of the program.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::text::{Lang, fold};

/// What the dot of an abbreviation does to the segment it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dot {
    /// Never ends it.
    Inside,
    /// Ends it unless a number, roman numeral or single letter follows.
    Number,
    /// Ends it unless a digit follows.
    Digit,
    /// Ends it where the next word evidently begins one.
    Either,
    /// Ends it where a capital follows.
    End,
}

/// How well a word with a capital tells the start of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// Well, even where no mark stands before it.
    Strong,
    /// Where no mark stands before it, only after a word in small letters: it has a capital inside titles too.
    Title,
    /// Only after a mark.
    Weak,
}

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lists {
    abbreviations: HashMap<String, Dot>,
    /// Bytes of the longest abbreviation, accents and all.
    longest: usize,
    starters: HashMap<String, Start>,
    functions: HashSet<String>,
    introducers: HashSet<String>,
    reporting: HashSet<String>,
}

const ABBREVIATIONS: &str = include_str!("abbreviations.txt");
const INTRODUCERS: &str = include_str!("introducers.txt");
const REPORTING: &str = include_str!("reporting.txt");

static SPANISH: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("abbreviations.es.txt"), include_str!("starters.es.txt")));
static ENGLISH: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("abbreviations.en.txt"), include_str!("starters.en.txt")));
static OTHER: LazyLock<Lists> = LazyLock::new(|| Lists::read("", ""));

impl Lists {
    /// The lists of `lang`, whatever its region; for a language that has none of its own, those that hold everywhere.
    pub(super) fn of(lang: &Lang) -> &'static Lists {
        match lang.primary() {
            "es" => &SPANISH,
            "en" => &ENGLISH,
            _ => &OTHER,
        }
    }

    fn read(abbreviations: &str, starters: &str) -> Lists {
        let mut lists = Lists::default();
        for (word, dot) in entries(ABBREVIATIONS).chain(entries(abbreviations)) {
            lists.abbreviations.insert(key(word), Dot::named(dot));
            lists.longest = lists.longest.max(2 * word.len()); // room for decomposed letters
        }
        for (word, start) in entries(starters) {
            let start = Start::named(start);
            for spelling in spellings(word) {
                lists.starters.insert(capitalised(&spelling), start);
                lists.functions.insert(spelling);
            }
        }
        lists.introducers = entries(INTRODUCERS).flat_map(|(word, _)| spellings(word)).collect();
        lists.reporting = entries(REPORTING).flat_map(|(word, _)| spellings(word)).collect();
        lists
    }

    /// What the dot after `word` does, if the lists say so. `word` may be of several words, without the last dot and without blanks after dots.
    pub(super) fn dot(&self, word: &str) -> Option<Dot> {
        if word.len() > self.longest {
            return None;
        }
        let folded = fold(word);
        let capital = word.starts_with(char::is_uppercase).then(|| self.abbreviations.get(&capitalised(&folded)));
        capital.flatten().or_else(|| self.abbreviations.get(folded.as_ref())).copied()
    }

    /// How well `word` tells a start; only words with one capital letter, at the start, do.
    pub(super) fn start(&self, word: &str) -> Option<Start> {
        self.starters.get(word).copied()
    }

    /// True for a word in small letters that needs another word after it, by and large.
    pub(super) fn is_function(&self, word: &str) -> bool {
        self.functions.contains(word)
    }

    /// True for a word in small letters after which a title may stand without quotation marks.
    pub(super) fn introduces_title(&self, word: &str) -> bool {
        self.introducers.contains(word)
    }

    /// True for a verb that reports speech.
    pub(super) fn reports(&self, word: &str) -> bool {
        self.reporting.contains(word)
    }
}

impl Dot {
    fn named(name: &str) -> Dot {
        match name {
            "inside" => Dot::Inside,
            "number" => Dot::Number,
            "digit" => Dot::Digit,
            "end" => Dot::End,
            _ => Dot::Either,
        }
    }
}

impl Start {
    fn named(name: &str) -> Start {
        match name {
            "title" => Start::Title,
            "weak" => Start::Weak,
            _ => Start::Strong,
        }
    }
}

const CLASSES: &[&str] = &["inside", "number", "digit", "either", "end", "title", "weak"];

/// The lines of a list without comments and blank lines: the word or words, and the class that follows if one does.
fn entries(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.rsplit_once(' ').filter(|(_, class)| CLASSES.contains(class)).unwrap_or((line, "")))
}

/// Folded, but for a capital at the start.
fn key(word: &str) -> String {
    let folded = fold(word);
    if word.starts_with(char::is_uppercase) { capitalised(&folded) } else { folded.into_owned() }
}

/// A word of a list as texts spell it: composed or decomposed, with a typewriter's or a typesetter's apostrophe.
fn spellings(word: &str) -> [String; 3] {
    [word.to_string(), word.nfd().collect(), word.replace('\'', "’")]
}

/// With a capital letter at the start.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_a_list_is_a_word_and_a_class() {
        for list in [ABBREVIATIONS, include_str!("abbreviations.es.txt"), include_str!("abbreviations.en.txt")] {
            for (word, class) in entries(list) {
                assert!(!matches!(class, "" | "title" | "weak"), "`{word}` has no class");
                assert!(!word.ends_with('.'), "`{word}` ends in its dot");
            }
        }
    }

    #[test]
    fn an_entry_with_a_capital_is_for_words_with_a_capital() {
        let lists = Lists::of(&Lang::EN);
        assert_eq!(lists.dot("Mass"), Some(Dot::Either));
        assert_eq!(lists.dot("MASS"), Some(Dot::Either));
        assert_eq!(lists.dot("mass"), None);
    }

    #[test]
    fn accents_do_not_matter_in_abbreviations() {
        let lists = Lists::of(&Lang::ES);
        assert_eq!(lists.dot("núm"), lists.dot("num"));
        assert_eq!(lists.dot("nu\u{301}m"), Some(Dot::Number));
    }

    #[test]
    fn a_region_has_the_lists_of_its_language() {
        assert!(std::ptr::eq(Lists::of(&"es-CO".parse().expect("a code")), Lists::of(&Lang::ES)));
    }
}
