//! Keywords in context: where in a text a search found something, and what stands on the other side.

use regex::Regex;
use serde::Serialize;

use super::query::{Exact, Query, Term, tokens};
use crate::error::Result;
use crate::model::Side;
use crate::store::review::Row;
use crate::text::{fold, normalize::nfc};

/// A unit that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The row.
    pub n: i64,
    /// The id.
    pub id: String,
    /// What stands before the match.
    pub left: String,
    /// The match; empty when it is on the other side only.
    #[serde(rename = "match")]
    pub matched: String,
    /// What stands after it.
    pub right: String,
    /// The text of the other side.
    pub other: String,
    /// Who published the other side.
    pub outlet: Option<String>,
}

/// The hit in a row.
pub(super) fn hit(row: Row, finder: &Finder<'_>, side: Side, [source_outlet, target_outlet]: [Option<String>; 2]) -> Hit {
    let (text, other, outlet) = match side {
        Side::Source => (row.source, row.target, target_outlet),
        Side::Target => (row.target, row.source, source_outlet),
    };
    let [start, end] = finder.first(&text, side).unwrap_or([text.len(), text.len()]);
    let part = |range: std::ops::Range<usize>| text[range].to_string();
    let (left, matched, right) = (part(0..start), part(start..end), part(end..text.len()));
    Hit { n: row.row, id: row.id, left, matched, right, other, outlet }
}

/// What looks through texts for the terms of a query.
pub(super) struct Finder<'a> {
    terms: Vec<(&'a Term, Option<Regex>)>,
}

impl<'a> Finder<'a> {
    /// For a query; its patterns are compiled once.
    pub(super) fn of(query: &'a Query) -> Result<Finder<'a>> {
        let compiled = |term: &'a Term| Ok((term, term.exact.as_ref().map(Exact::regex).transpose()?.flatten()));
        Ok(Finder { terms: query.terms.iter().map(compiled).collect::<Result<_>>()? })
    }

    /// Where the first term that is found on this side stands, in bytes.
    pub(super) fn first(&self, text: &str, side: Side) -> Option<[usize; 2]> {
        let words = words(text);
        let terms = self.terms.iter().filter(|(term, _)| !term.negated && term.side.is_none_or(|of| of == side));
        terms.filter_map(|(term, regex)| place(text, &words, term, regex.as_ref())).min()
    }

    /// True if two texts have what the index does not know of the query: its exact terms.
    pub(super) fn has_exact(&self, source: &str, target: &str) -> bool {
        let texts = [(Side::Source, source), (Side::Target, target)].map(|(side, text)| (side, text, words(text)));
        let exact = self.terms.iter().filter(|(term, _)| term.exact.is_some());
        exact.into_iter().all(|(term, regex)| {
            let mut sides = texts.iter().filter(|(side, ..)| term.side.is_none_or(|of| of == *side));
            sides.any(|(_, text, words)| place(text, words, term, regex.as_ref()).is_some()) != term.negated
        })
    }
}

/// A word of a text: its first byte, past its last byte, and as it is folded.
type Word = (usize, usize, String);

fn words(text: &str) -> Vec<Word> {
    tokens(text).map(|(start, word)| (start, start + word.len(), fold(word).into_owned())).collect()
}

fn place(text: &str, words: &[Word], term: &Term, regex: Option<&Regex>) -> Option<[usize; 2]> {
    if let Some(regex) = regex {
        return regex.find(text).map(|found| [found.start(), found.end()]);
    }
    let is_exact = |window: &[Word]| match &term.exact {
        Some(Exact::Words(exact)) => is_match(window.iter().map(|(start, end, _)| nfc(&text[*start..*end])), exact, term.prefix),
        _ => true,
    };
    let is_found = |window: &[Word]| is_match(window.iter().map(|(.., word)| word.as_str()), &term.words, term.prefix) && is_exact(window);
    let at = words.windows(term.words.len()).position(is_found)?;
    Some([words[at].0, words[at + term.words.len() - 1].1])
}

fn is_match(words: impl Iterator<Item = impl AsRef<str>>, wanted: &[String], prefix: bool) -> bool {
    let last = wanted.len() - 1;
    let mut pairs = words.zip(wanted).enumerate();
    pairs.all(|(n, (word, wanted))| if n == last && prefix { word.as_ref().starts_with(wanted) } else { word.as_ref() == wanted })
}
