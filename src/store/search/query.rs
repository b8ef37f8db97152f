//! What a person typed into the search field, read by us: words, `"phrases"`, `stem*`, `=Exactly` with accents and case, `/patterns/`, `-without`, each on
//! one side with `es:`, `en:`, `source:` or `target:` before it. Nothing of it reaches the index's own query language unquoted.

use regex::{Regex, RegexBuilder};

use super::side_named;
use crate::error::{Error, Result};
use crate::model::Side;
use crate::text::{Lang, fold, normalize::nfc};

/// A search: units that have all its terms but none of the negated ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// At least one that is not negated.
    pub terms: Vec<Term>,
}

/// A word, a stem, a phrase or a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// On this side only.
    pub side: Option<Side>,
    /// Its folded words: letters and digits, in order. Only a pattern has none.
    pub words: Vec<String>,
    /// True when the last word is only the beginning of one.
    pub prefix: bool,
    /// True when units that have it are left out.
    pub negated: bool,
    /// What the text itself has to have, where the folded words do not say all.
    pub exact: Option<Exact>,
}

/// What is looked for in the texts as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exact {
    /// These words, accents and case as typed.
    Words(Vec<String>),
    /// A regular expression.
    Pattern {
        /// What stands between the slashes.
        pattern: String,
        /// True for `/…/i`.
        any_case: bool,
    },
}

/// Bytes that a compiled pattern may take.
const PATTERN_SIZE: usize = 1 << 20;

impl Exact {
    /// The compiled pattern, if it is one.
    pub(super) fn regex(&self) -> Result<Option<Regex>> {
        let Exact::Pattern { pattern, any_case } = self else { return Ok(None) };
        let regex = RegexBuilder::new(pattern).case_insensitive(*any_case).size_limit(PATTERN_SIZE).build();
        let cause = |e: regex::Error| e.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_string();
        regex.map(Some).map_err(|e| Error::new(format!("`/{pattern}/` is not a pattern: {}", cause(e))))
    }
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
            let hint = "words, \"phrases\", stem*, =Exactly, /patterns/, -without, es:word, en:word";
            return Err(Error::new(format!("`{text}` has no word to look for")).hint(hint));
        }
        terms.iter().filter_map(|term| term.exact.as_ref()).try_for_each(|exact| exact.regex().map(|_| ()))?;
        Ok(Query { terms })
    }

    /// What of it the index can answer, in the query language of FTS5, every word quoted; `None` where only patterns are looked for. What is left
    /// out, the texts are looked through for.
    pub(super) fn to_fts(&self) -> Option<String> {
        // Units that have the folded words of an exact term that is not wanted may not have the term itself.
        let is_known = |term: &&Term| !(term.words.is_empty() || term.negated && term.exact.is_some());
        let join = |negated: bool, operator: &str| {
            let terms: Vec<String> = self.terms.iter().filter(is_known).filter(|term| term.negated == negated).map(Term::to_fts).collect();
            terms.join(operator)
        };
        let (wanted, unwanted) = (join(false, " AND "), join(true, " OR "));
        match (wanted.is_empty(), unwanted.is_empty()) {
            (true, _) => None,
            (false, true) => Some(wanted),
            (false, false) => Some(format!("({wanted}) NOT ({unwanted})")),
        }
    }

    /// True when the index answers all of it.
    pub(super) fn is_folded(&self) -> bool {
        self.terms.iter().all(|term| term.exact.is_none())
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
    if let Some((exact, after)) = pattern(rest) {
        return (Some(Term { side, words: Vec::new(), prefix: false, negated, exact: Some(exact) }), after);
    }
    let (is_exact, rest) = rest.strip_prefix('=').map_or((false, rest), |after| (true, after));
    let (content, after) = match rest.strip_prefix('"') {
        Some(phrase) => phrase.split_once('"').unwrap_or((phrase, "")),
        None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
    };
    let (is_stem, after) = match after.strip_prefix('*') {
        Some(after) => (true, after),
        None => (content.ends_with('*'), after),
    };
    let words = |text: &str| tokens(text).map(|(_, word)| word.to_string()).collect::<Vec<_>>();
    let exact = is_exact.then(|| Exact::Words(words(&nfc(content))));
    let words = words(&fold(content));
    let term = (!words.is_empty()).then_some(Term { side, words, prefix: is_stem, negated, exact });
    (term, after)
}

/// The pattern at the start of `text`, from its slash to the next one that no backslash precedes, and what comes after it.
fn pattern(text: &str) -> Option<(Exact, &str)> {
    let inner = text.strip_prefix('/')?;
    let mut escaped = false;
    let end = inner.find(|c| {
        let is_end = c == '/' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    })?;
    let (pattern, after) = (inner[..end].replace("\\/", "/"), &inner[end + 1..]);
    let (any_case, after) = after.strip_prefix('i').map_or((false, after), |after| (true, after));
    (!pattern.is_empty()).then_some((Exact::Pattern { pattern, any_case }, after))
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

    fn fts(text: &str) -> String {
        parse(text).to_fts().expect("words")
    }

    #[test]
    fn exact_words_and_patterns_are_looked_for_in_the_texts() {
        let query = parse("=Año -=\"la Orden\" en:/\\bwar\\/s?\\b/i paz");
        assert_eq!(query.to_fts().as_deref(), Some("\"año\" AND \"paz\""));
        assert_eq!(query.terms[0].exact, Some(Exact::Words(vec!["Año".into()])));
        assert_eq!((query.terms[1].negated, &query.terms[1].exact), (true, &Some(Exact::Words(vec!["la".into(), "Orden".into()]))));
        assert_eq!(query.terms[2].exact, Some(Exact::Pattern { pattern: "\\bwar/s?\\b".into(), any_case: true }));
        assert_eq!((query.terms[2].side, query.is_folded(), parse("paz").is_folded()), (Some(Side::Target), false, true));
        assert_eq!(parse("/x/").to_fts(), None);
        let bad = Query::parse("/(/", &Lang::ES, &Lang::EN).expect_err("refused").to_string();
        assert!(bad.contains("`/(/` is not a pattern: unclosed group"), "{bad}");
        assert_eq!(fts("3/4 /"), "\"3 4\"");
    }

    #[test]
    fn words_phrases_stems_and_sides_are_read() {
        assert_eq!(fts("Corazón año"), "\"corazon\" AND \"año\"");
        assert_eq!(fts("\"la orden\" human*"), "\"la orden\" AND \"human\" *");
        assert_eq!(fts("es:orden en:\"the order\" -en:-trump"), "(source : \"orden\" AND target : \"the order\") NOT (target : \"trump\")");
        assert_eq!(fts("paz -guerra -odio"), "(\"paz\") NOT (\"guerra\" OR \"odio\")");
    }

    #[test]
    fn the_index_never_sees_what_was_typed() {
        assert_eq!(fts("a\"b OR NEAR(c, 2) source^ {x}"), "\"a b\" AND \"or\" AND \"near c\" AND \"2\" AND \"source\" AND \"x\"");
        assert_eq!(fts("http://x.y \"open"), "\"http x y\" AND \"open\"");
    }

    #[test]
    fn without_a_word_to_find_there_is_no_search() {
        for text in ["", "  ", "-a", "¿?", "\"\" *", "es:"] {
            assert!(Query::parse(text, &Lang::ES, &Lang::EN).is_err(), "{text}");
        }
    }
}
