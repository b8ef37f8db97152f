//! Words and phrases of a list found in a text: what the list files of the checks have in common. What the classes mean is the check's business.
//!
//! A list is lines of four columns: language, class, pattern, example or note. A pattern is one or more folded words;
//! a `*` in a word stands for any letters, none included; the first word begins with it or with two letters. The longest pattern wins, then the one with the most letters.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::words::words;
use crate::text::{Lang, fold};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Its bytes `[start, end)` in the text.
    pub span: [usize; 2],
    /// Without case and accents, with straight apostrophes.
    pub folded: Cow<'t, str>,
}

/// The words of `text`.
pub(super) fn folded_words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::with_capacity(text.len() / 5 + 1);
    found.extend(words(text).map(|(at, word)| Word { span: [at, at + word.len()], folded: straight(fold(word)) }));
    found
}

fn straight(word: Cow<'_, str>) -> Cow<'_, str> {
    if word.contains('’') { Cow::Owned(word.replace('’', "'")) } else { word }
}

/// The runs of ASCII letters and digits in `text`: a cheap look at its words before the real one. Accents cut a word in two.
pub(super) fn ascii_runs(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|b| !b.is_ascii_alphanumeric()).filter(|run| !run.is_empty())
}

/// A phrase of the list in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit<C> {
    /// Its class in the list.
    pub class: C,
    /// Its first word, counted in the text.
    pub word: usize,
    /// How many words it has.
    pub words: usize,
}

/// A list for Spanish and English.
#[derive(Debug)]
pub(super) struct Phrases<C> {
    spanish: Table<C>,
    english: Table<C>,
}

impl<C: Copy> Phrases<C> {
    /// Reads a list; `class` names the classes. Lines that are not well-formed are left out: [`malformed`] finds them.
    pub(super) fn read(list: &'static str, class: fn(&str) -> Option<C>) -> Phrases<C> {
        let mut phrases = Phrases { spanish: Table::default(), english: Table::default() };
        for (lang, class, pattern) in list.lines().filter_map(|line| entry(line, class)) {
            let table = if lang == "es" { &mut phrases.spanish } else { &mut phrases.english };
            table.add(class, pattern);
        }
        phrases.spanish.sort();
        phrases.english.sort();
        phrases
    }

    /// The phrases in `words`, in order, not overlapping; none in a language without a list.
    pub(super) fn find(&self, words: &[Word<'_>], lang: &Lang) -> Vec<Hit<C>> {
        let Some(table) = self.table(lang) else { return Vec::new() };
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let hit = table.longest(&words[at..]);
            hits.extend(hit.map(|(class, words)| Hit { class, word: at, words }));
            at += hit.map_or(1, |(_, words)| words);
        }
        hits
    }

    /// True if a phrase of a wanted class begins with the folded word.
    pub(super) fn may_begin(&self, word: &str, lang: &Lang, is_wanted: impl Fn(C) -> bool) -> bool {
        let begins = |phrase: &Phrase<C>| is_wanted(phrase.class) && phrase.words.first().is_some_and(|first| first.is(word));
        let (Some(table), Some(start)) = (self.table(lang), start(word)) else { return false };
        table.by_start.get(&start).into_iter().flatten().chain(&table.open).any(begins)
    }

    /// True if there is a list for `lang`.
    pub(super) fn knows(&self, lang: &Lang) -> bool {
        self.table(lang).is_some()
    }

    fn table(&self, lang: &Lang) -> Option<&Table<C>> {
        match lang.primary() {
            "es" => Some(&self.spanish),
            "en" => Some(&self.english),
            _ => None,
        }
    }
}

/// Language, class and pattern of a line.
fn entry<C>(line: &'static str, class: fn(&str) -> Option<C>) -> Option<(&'static str, C, &'static str)> {
    let mut columns = line.split('\t');
    let (lang, class) = (columns.next()?, class(columns.next()?)?);
    Some((lang, class, columns.next()?))
}

/// The lines of a list that are neither comments nor well-formed, in no order, or twice the same: for its test.
#[cfg(test)]
pub(super) fn malformed<C>(list: &'static str, class: fn(&str) -> Option<C>) -> Vec<&'static str> {
    let mut seen = std::collections::BTreeSet::new();
    let folded =
        |pattern: &str| fold(pattern) == pattern && pattern.split(' ').all(|word| !word.is_empty() && word.matches('*').count() <= 1);
    let early = |pattern: &str| pattern.find('*').is_none_or(|at| at != 1);
    let good = |line: &'static str| {
        let columns: Vec<_> = line.split('\t').collect();
        columns.len() == 4
            && matches!(columns[0], "es" | "en")
            && class(columns[1]).is_some()
            && folded(columns[2])
            && early(columns[2])
            && !columns[3].trim().is_empty()
    };
    let mut again = |line: &'static str| entry(line, class).is_some_and(|(lang, _, pattern)| !seen.insert((lang, pattern)));
    list.lines().filter(|line| !line.starts_with('#')).filter(|line| !good(line) || again(line)).collect()
}

/// Phrases by the first two bytes of their first word, the longest first; those that begin with `*` by themselves.
#[derive(Debug)]
struct Table<C> {
    by_start: FxHashMap<[u8; 2], Vec<Phrase<C>>>,
    open: Vec<Phrase<C>>,
}

impl<C> Default for Table<C> {
    fn default() -> Table<C> {
        Table { by_start: FxHashMap::default(), open: Vec::new() }
    }
}

/// The first two bytes of a word; a blank stands for the second of a word of one.
fn start(word: &str) -> Option<[u8; 2]> {
    let mut bytes = word.bytes();
    Some([bytes.next()?, bytes.next().unwrap_or(b' ')])
}

#[derive(Debug)]
struct Phrase<C> {
    class: C,
    words: Vec<Pattern>,
    letters: usize,
}

/// A word, or its two ends.
#[derive(Debug)]
enum Pattern {
    Whole(&'static str),
    Ends(&'static str, &'static str),
}

impl Pattern {
    fn of(word: &'static str) -> Pattern {
        word.split_once('*').map_or(Pattern::Whole(word), |(head, tail)| Pattern::Ends(head, tail))
    }

    fn is(&self, word: &str) -> bool {
        match self {
            Pattern::Whole(whole) => *whole == word,
            Pattern::Ends(head, tail) => word.len() >= head.len() + tail.len() && word.starts_with(head) && word.ends_with(tail),
        }
    }

    /// Letters given; a whole word counts one more than its open form.
    fn letters(&self) -> usize {
        match self {
            Pattern::Whole(whole) => whole.len() + 1,
            Pattern::Ends(head, tail) => head.len() + tail.len(),
        }
    }
}

impl<C: Copy> Table<C> {
    fn add(&mut self, class: C, pattern: &'static str) {
        let words: Vec<_> = pattern.split(' ').map(Pattern::of).collect();
        let letters = words.iter().map(Pattern::letters).sum();
        let phrase = Phrase { class, words, letters };
        match start(pattern) {
            Some([b'*', _]) | None => self.open.push(phrase),
            Some(start) => self.by_start.entry(start).or_default().push(phrase),
        }
    }

    fn sort(&mut self) {
        for phrases in self.by_start.values_mut().chain([&mut self.open]) {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rank()));
        }
    }

    /// Class and number of words of the longest phrase that begins with the first word.
    fn longest(&self, words: &[Word<'_>]) -> Option<(C, usize)> {
        let closed =
            self.by_start.get(&start(&words.first()?.folded)?).and_then(|phrases| phrases.iter().find(|phrase| phrase.fits(words)));
        let open = self.open.iter().find(|phrase| phrase.fits(words));
        let phrase = closed.into_iter().chain(open).max_by_key(|phrase| phrase.rank())?;
        Some((phrase.class, phrase.words.len()))
    }
}

impl<C> Phrase<C> {
    fn rank(&self) -> (usize, usize) {
        (self.words.len(), self.letters)
    }

    fn fits(&self, words: &[Word<'_>]) -> bool {
        self.words.len() <= words.len() && self.words.iter().zip(words).all(|(pattern, word)| pattern.is(&word.folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "es\ta\tno\tx\nes\tb\tno obstante\tx\nen\ta\t*n't\tx\nen\tb\tun*ed\tx\nen\ta\tunited\tx\n";

    fn class(name: &str) -> Option<char> {
        name.chars().next().filter(|c| matches!(c, 'a' | 'b'))
    }

    fn found(text: &str, lang: &Lang) -> Vec<(char, usize)> {
        let phrases = Phrases::read(LIST, class);
        phrases.find(&folded_words(text), lang).into_iter().map(|hit| (hit.class, hit.word)).collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(found("No, no obstante, no.", &Lang::ES), [('a', 0), ('b', 1), ('a', 3)]);
    }

    #[test]
    fn ends_of_words_match_and_whole_words_win() {
        assert_eq!(found("They don’t UNITED unharmed un", &Lang::EN), [('a', 1), ('a', 2), ('b', 3)]);
    }

    #[test]
    fn a_language_without_a_list_has_no_phrases() {
        assert_eq!(found("no", &"pt".parse().expect("a code")), []);
    }

    #[test]
    fn lines_that_say_too_little_or_twice_the_same_are_told() {
        assert_eq!(malformed("# x\nes\ta\tno\tx\nes\tb\tno\ty\nen\tc\tno\tx\nen\ta\tNo\tx\nen\ta\tno\n", class).len(), 4);
    }
}
