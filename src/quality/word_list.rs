//! Words and phrases that a text should not have, listed by whoever knows: vulgar words, names, navigation. It knows no inflection but `*` at the end of a
//! word, and reads no file: the text of a list comes in.

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::text::words::words;
use crate::text::{Lang, fold};

/// A list of words and phrases, compared without case and accents.
///
/// ```
/// use bitexto::quality::WordList;
/// use bitexto::text::Lang;
/// let list = WordList::parse("# listed\nread more\nes\tpolític*\n").unwrap();
/// assert_eq!(list.count("Un político. Read more", &Lang::ES), 2);
/// assert_eq!(list.count("Un político. Read more", &Lang::EN), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WordList {
    entries: Vec<Entry>,
    /// The entries that begin with a word.
    by_first: FxHashMap<String, Vec<usize>>,
    /// Those whose first word ends with `*`.
    by_prefix: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    lang: Option<Lang>,
    words: Vec<Listed>,
}

#[derive(Debug, Clone, PartialEq)]
struct Listed {
    form: String,
    is_prefix: bool,
}

impl Listed {
    fn is(&self, word: &str) -> bool {
        if self.is_prefix { word.starts_with(&self.form) } else { word == self.form }
    }
}

impl WordList {
    /// A list from its text: a word or phrase a line, before it a language and a tab if it is of that language only; `#` begins a remark. A word
    /// that ends with `*` stands for all that begin so. The error names the line.
    pub fn parse(text: &str) -> Result<WordList> {
        let mut list = WordList::default();
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let entry = Entry::parse(line).map_err(|cause| Error::new(cause).at_line(n as u64 + 1))?;
            let first = &entry.words[0];
            if first.is_prefix {
                list.by_prefix.push(list.entries.len());
            } else {
                list.by_first.entry(first.form.clone()).or_default().push(list.entries.len());
            }
            list.entries.push(entry);
        }
        Ok(list)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many listed words and phrases a text in `lang` has; where one lies within another, the longer counts.
    pub fn count(&self, text: &str, lang: &Lang) -> usize {
        self.found(text, Some(lang)).1.len()
    }

    /// The share of the words of a text, in [0, 1], that belong to what is listed in any language.
    pub(super) fn share(&self, text: &str) -> f64 {
        let (all, found) = self.found(text, None);
        found.iter().sum::<usize>() as f64 / all.max(1) as f64
    }

    /// How many words the text has, and of how many each find is made.
    fn found(&self, text: &str, lang: Option<&Lang>) -> (usize, Vec<usize>) {
        let words: Vec<_> = words(text).map(|(_, word)| fold(word)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let len = self.longest(&words[at..], lang);
            if len > 0 {
                found.push(len);
            }
            at += len.max(1);
        }
        (words.len(), found)
    }

    fn longest(&self, words: &[impl AsRef<str>], lang: Option<&Lang>) -> usize {
        let first = self.by_first.get(words[0].as_ref()).map_or(&[][..], Vec::as_slice);
        let entries = first.iter().chain(&self.by_prefix).map(|n| &self.entries[*n]);
        entries.filter(|entry| entry.begins(words, lang)).map(|entry| entry.words.len()).max().unwrap_or(0)
    }
}

impl Entry {
    fn parse(line: &str) -> std::result::Result<Entry, String> {
        let (lang, phrase) = match line.split_once('\t') {
            Some((code, phrase)) => (Some(code.trim().parse().map_err(|e| format!("{e}"))?), phrase),
            None => (None, line),
        };
        let listed =
            |(at, word): (usize, &str)| Listed { form: fold(word).into_owned(), is_prefix: phrase[at + word.len()..].starts_with('*') };
        let words: Vec<Listed> = words(phrase).map(listed).collect();
        if words.is_empty() { Err(format!("`{phrase}` has no word")) } else { Ok(Entry { lang, words }) }
    }

    fn begins(&self, words: &[impl AsRef<str>], lang: Option<&Lang>) -> bool {
        let in_language = self.lang.is_none() || lang.is_none() || self.lang.zip(lang).is_some_and(|(own, lang)| own.same_language(lang));
        in_language && self.words.len() <= words.len() && self.words.iter().zip(words).all(|(listed, word)| listed.is(word.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_counts_once() {
        let list = WordList::parse("más\nleer más\n").expect("a list");
        assert_eq!(list.count("Leer más", &Lang::ES), 1);
        assert_eq!(list.share("LEER MAS de la vida"), 0.4);
        assert_eq!(list.len(), 2);
    }

    #[test]
    fn a_line_without_a_word_or_with_no_language_is_told() {
        assert_eq!(WordList::parse("uno\n—\n").expect_err("no word").line, Some(2));
        assert!(WordList::parse("not a language\tx\n").is_err());
    }
}
