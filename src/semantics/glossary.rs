//! A user's own list of terms, put on top of a lexicon. A term may have several words. It reads no file: the text of one comes in.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{Lexicon, form};
use crate::error::{Error, Result};
use crate::text::Lang;
use crate::text::words::words;

/// Terms in two languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    /// Source term and target term as written, one word or more.
    pub terms: Vec<(String, String)>,
}

/// What share of a word's translations a glossary decides, when the lexicon knows the word too.
const SHARE: f32 = 0.5;

/// The probability of what a glossary alone says: other inflections and free translations remain possible.
const CERTAIN: f32 = 0.9;

/// From this probability on, two words of a term are known to translate each other.
const KNOWN: f32 = 0.05;

impl Glossary {
    /// Reads one term a line, source and target separated by a tab; further columns are remarks. Empty lines and lines that begin with `#` are left out.
    /// The error names the line.
    ///
    /// ```
    /// use bitexto::semantics::Glossary;
    /// let glossary = Glossary::parse("# banca\ntasa de interés\tinterest rate\n").unwrap();
    /// assert_eq!(glossary.terms.len(), 1);
    /// assert_eq!(Glossary::parse("tasa\n").unwrap_err().line, Some(1));
    /// ```
    pub fn parse(text: &str) -> Result<Glossary> {
        let lines = text.split('\n').enumerate().map(|(n, line)| (n as u64 + 1, line.strip_suffix('\r').unwrap_or(line)));
        let terms = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let terms = terms.map(|(n, line)| term(line).map_err(|cause| Error::new(cause).at_line(n)));
        Ok(Glossary { terms: terms.collect::<Result<_>>()? })
    }
}

fn term(line: &str) -> Result<(String, String), String> {
    let mut columns = line.split('\t').map(str::trim);
    let (source, target) = (columns.next().unwrap_or_default(), columns.next());
    let target = target.ok_or_else(|| "1 column where there should be 2, separated by a tab: source term and target term".to_string())?;
    for (side, term) in [("source", source), ("target", target)] {
        if forms(term).is_empty() {
            return Err(format!("no word in the {side} term `{term}`"));
        }
    }
    Ok((source.to_string(), target.to_string()))
}

fn forms(term: &str) -> Vec<String> {
    words(term).filter_map(|(_, word)| form(word)).map(std::borrow::Cow::into_owned).collect()
}

impl Lexicon {
    /// The same table with the terms of a glossary on top, in the languages of the table.
    ///
    /// A word's translations are then half what the glossary says, half what the table says; a word that only the glossary knows has
    /// nothing else. In a term of several words, words that the table already finds in the term's other side keep that translation, and the
    /// rest goes with the rest.
    #[must_use]
    pub fn with_glossary(&self, glossary: &Glossary) -> Lexicon {
        let links: BTreeSet<(String, String)> = glossary.terms.iter().flat_map(|term| self.links_of(term)).collect();
        let mut decided = [BTreeMap::new(), BTreeMap::new()];
        for (source, target) in &links {
            *decided[0].entry(source.as_str()).or_insert(0.0) += 1.0;
            *decided[1].entry(target.as_str()).or_insert(0.0) += 1.0;
        }
        let mut entries = self.entries();
        entries.scale(|n, word| if decided[n].contains_key(word) { 1.0 - SHARE } else { 1.0 });
        let (from, to) = self.languages();
        for (source, target) in &links {
            let part = |n: usize, lang: &Lang, word: &str, by: &str| {
                let share = if self.knows(lang, word) { SHARE } else { CERTAIN };
                (1.0 - SHARE) * self.probability(lang, word, by) + share / decided[n].get(word).copied().unwrap_or(1.0)
            };
            entries.add(source, target, [part(0, &from, source, target), part(1, &to, target, source)]);
        }
        entries.lexicon()
    }

    /// The words of a term that translate each other: those that the table knows to do so, then every other word with every other.
    fn links_of(&self, (source, target): &(String, String)) -> Vec<(String, String)> {
        let (source, target) = (weighty(forms(source)), weighty(forms(target)));
        let (from, to) = self.languages();
        let known = |s: &str, t: &str| self.probability(&from, s, t).max(self.probability(&to, t, s)) >= KNOWN;
        let mut links: Vec<(String, String)> = pairs(&source, &target).filter(|(s, t)| known(s, t)).collect();
        let left: Vec<String> = source.into_iter().filter(|s| links.iter().all(|link| link.0 != *s)).collect();
        let right: Vec<String> = target.into_iter().filter(|t| links.iter().all(|link| link.1 != *t)).collect();
        links.extend(pairs(&left, &right));
        links
    }
}

/// The words of a term that carry its meaning: where there are longer ones, those of up to three letters (*de*, *the*) do not count.
fn weighty(mut words: Vec<String>) -> Vec<String> {
    let is_long = |word: &String| word.chars().count() > 3;
    if words.iter().any(is_long) {
        words.retain(is_long);
    }
    words
}

fn pairs(source: &[String], target: &[String]) -> impl Iterator<Item = (String, String)> {
    source.iter().flat_map(|s| target.iter().map(move |t| (s.clone(), t.clone())))
}

#[cfg(test)]
mod tests {
    use super::super::Entries;
    use super::*;

    fn translations(lexicon: &Lexicon, lang: Lang, form: &str) -> Vec<(String, f32)> {
        lexicon.translations(&lang, form).map(|(word, p)| (word.to_string(), (p * 10.0).round() / 10.0)).collect()
    }

    fn base() -> Lexicon {
        let mut entries = Entries::new(Lang::ES, Lang::EN);
        entries.add("banco", "bank", [0.8, 0.9]);
        entries.add("tasa", "rate", [0.6, 0.5]);
        entries.lexicon()
    }

    #[test]
    fn a_term_shares_a_known_word_with_what_was_known() {
        let lexicon = base().with_glossary(&Glossary::parse("banco\tbench\n").expect("a glossary"));
        assert_eq!(translations(&lexicon, Lang::ES, "banco"), [("bench".to_string(), 0.5), ("bank".to_string(), 0.4)]);
        assert_eq!(translations(&lexicon, Lang::EN, "bank"), [("banco".to_string(), 0.9)]);
        assert_ne!(lexicon.checksum(), base().checksum());
    }

    #[test]
    fn in_a_term_of_several_words_the_rest_goes_with_the_rest() {
        let lexicon = base().with_glossary(&Glossary::parse("tasa de interés\tinterest rate\n").expect("a glossary"));
        assert_eq!(translations(&lexicon, Lang::ES, "interes"), [("interest".to_string(), 0.9)]);
        assert_eq!(translations(&lexicon, Lang::ES, "tasa"), [("rate".to_string(), 0.8)]);
        assert_eq!(translations(&lexicon, Lang::ES, "de"), []);
    }

    #[test]
    fn an_empty_glossary_changes_nothing() {
        assert_eq!(base().with_glossary(&Glossary::default()), base());
    }

    #[test]
    fn a_line_that_is_no_term_is_an_error_with_its_number() {
        let error = Glossary::parse("casa\thouse\r\n\n12\ttwelve\n").expect_err("no word");
        assert_eq!((error.line, error.cause.as_str()), (Some(3), "no word in the source term `12`"));
    }
}
