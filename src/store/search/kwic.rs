//! Keywords in context: where in a text a search found something, and what stands on the other side.

use serde::Serialize;

use super::query::{Query, Term, tokens};
use crate::model::Side;
use crate::store::review::Row;
use crate::text::fold;

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
pub(super) fn hit(row: Row, query: &Query, side: Side, [source_outlet, target_outlet]: [Option<String>; 2]) -> Hit {
    let (text, other, outlet) = match side {
        Side::Source => (row.source, row.target, target_outlet),
        Side::Target => (row.target, row.source, source_outlet),
    };
    let [start, end] = matched(&text, query, side).unwrap_or([text.len(), text.len()]);
    let part = |range: std::ops::Range<usize>| text[range].to_string();
    let (left, matched, right) = (part(0..start), part(start..end), part(end..text.len()));
    Hit { n: row.row, id: row.id, left, matched, right, other, outlet }
}

/// Where the first term that is found on this side stands, in bytes.
pub(super) fn matched(text: &str, query: &Query, side: Side) -> Option<[usize; 2]> {
    let words: Vec<(usize, usize, String)> =
        tokens(text).map(|(start, word)| (start, start + word.len(), fold(word).into_owned())).collect();
    let terms = query.terms.iter().filter(|term| !term.negated && !term.words.is_empty() && term.side.is_none_or(|of| of == side));
    let place = |term: &Term| {
        let at = words.windows(term.words.len()).position(|window| is_match(window, term))?;
        Some([words[at].0, words[at + term.words.len() - 1].1])
    };
    terms.filter_map(place).min()
}

fn is_match(window: &[(usize, usize, String)], term: &Term) -> bool {
    let last = term.words.len() - 1;
    let mut pairs = window.iter().zip(&term.words).enumerate();
    pairs.all(|(n, ((_, _, word), wanted))| if n == last && term.prefix { word.starts_with(wanted) } else { word == wanted })
}
