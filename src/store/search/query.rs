//! What a person typed into the search field, read by us: words, `"phrases"`, `stem*`, `-without`, each on one side with `es:`, `en:`, `source:` or
//! `target:` before it. Nothing of it reaches the index's own query language unquoted.

use super::side_named;
use crate::error::{Error, Result};
use crate::model::Side;
use crate::text::{Lang, fold};

/// A search: units that have all its terms but none of the negated ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// At least one that is not negated.
    pub terms: Vec<Term>,
}

/// A word, a stem or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// On this side only.
    pub side: Option<Side>,
    /// Its folded words: letters and digits, in order. Never empty.
    pub words: Vec<String>,
    /// True when the last word is only the beginning of one.
    pub prefix: bool,
    /// True when units that have it are left out.
    pub negated: bool,
}

impl Query {
    /// Reads a search of a corpus with these languages.
    ///
    /// # Errors
    /// If there is no word that is to be found.
    pub fn parse(text: &str, source: &Lang, target: &Lang) -> Result<Query> {
        let mut terms = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (term, after) = term(rest, source, target);
            terms.extend(term);
            rest = after.trim_start();
        }
        if terms.iter().all(|term| term.negated) {
            return Err(
                Error::new(format!("`{text}` has no word to look for")).hint("words, \"phrases\", stem*, -without, es:word, en:word")
            );
        }
        Ok(Query { terms })
    }

    /// The same in the query language of FTS5, every word quoted.
    pub(super) fn to_fts(&self) -> String {
        let join = |negated: bool, operator: &str| {
            let terms: Vec<String> = self.terms.iter().filter(|term| term.negated == negated).map(Term::to_fts).collect();
            terms.join(operator)
        };
        let (wanted, unwanted) = (join(false, " AND "), join(true, " OR "));
        if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({unwanted})") }
    }
}

impl Term {
    fn to_fts(&self) -> String {
        let side = self.side.map_or(String::new(), |side| format!("{} : ", side.name()));
        let star = if self.prefix { " *" } else { "" };
        format!("{side}\"{}\"{star}", self.words.join(" "))
    }
}

/// The term at the start of `text`, none if it has no letter or digit, and what comes after it.
fn term<'t>(text: &'t str, source: &Lang, target: &Lang) -> (Option<Term>, &'t str) {
    let (mut side, mut negated, mut rest) = (None, false, text);
    // `-es:word` and `es:-word` are the same.
    loop {
        if let Some(after) = rest.strip_prefix('-') {
            (negated, rest) = (true, after);
        } else if let Some((named, after)) = side_before(rest, source, target).filter(|_| side.is_none()) {
            (side, rest) = (Some(named), after);
        } else {
            break;
        }
    }
    let (content, after) = match rest.strip_prefix('"') {
        Some(phrase) => phrase.split_once('"').unwrap_or((phrase, "")),
        None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
    };
    let (is_stem, after) = match after.strip_prefix('*') {
        Some(after) => (true, after),
        None => (content.ends_with('*'), after),
    };
    let words: Vec<String> = tokens(&fold(content)).map(|(_, word)| word.to_string()).collect();
    let term = (!words.is_empty()).then_some(Term { side, words, prefix: is_stem, negated });
    (term, after)
}

fn side_before<'t>(text: &'t str, source: &Lang, target: &Lang) -> Option<(Side, &'t str)> {
    let (name, after) = text.split_once(':')?;
    Some((side_named(name, source, target)?, after))
}

/// The words as the index sees them: runs of letters, digits and what belongs to them, with their byte offsets.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !is_token(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn is_token(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse(text, &Lang::ES, &Lang::EN).expect("a query")
    }

    #[test]
    fn words_phrases_stems_and_sides_are_read() {
        assert_eq!(parse("Corazón año").to_fts(), "\"corazon\" AND \"año\"");
        assert_eq!(parse("\"la orden\" human*").to_fts(), "\"la orden\" AND \"human\" *");
        assert_eq!(
            parse("es:orden en:\"the order\" -en:-trump").to_fts(),
            "(source : \"orden\" AND target : \"the order\") NOT (target : \"trump\")"
        );
        assert_eq!(parse("paz -guerra -odio").to_fts(), "(\"paz\") NOT (\"guerra\" OR \"odio\")");
    }

    #[test]
    fn the_index_never_sees_what_was_typed() {
        assert_eq!(
            parse("a\"b OR NEAR(c, 2) source^ {x}").to_fts(),
            "\"a b\" AND \"or\" AND \"near c\" AND \"2\" AND \"source\" AND \"x\""
        );
        assert_eq!(parse("http://x.y \"open").to_fts(), "\"http x y\" AND \"open\"");
    }

    #[test]
    fn without_a_word_to_find_there_is_no_search() {
        for text in ["", "  ", "-a", "¿?", "\"\" *", "es:"] {
            assert!(Query::parse(text, &Lang::ES, &Lang::EN).is_err(), "{text}");
        }
    }
}
