//! `ellipses`: dots that stand for what is not said become three. Rows of dots that lead to a page number stay.

use super::{Edits, Kind, Rule, Side, around, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static ELLIPSES: Rule = Rule {
    id: "ellipses",
    version: 1,
    kind: Kind::Convention,
    about: About { en: "An ellipsis becomes three dots", es: "Los puntos suspensivos quedan en tres puntos" },
    docs: "
`…` and `. . .` become `...`.
Left: rows of four dots and more.

Elsewhere: Moses normalize-punctuation.perl.
",
    changes: &[es("Y entonces… nada. . .", "Y entonces... nada..."), en("Well… yes", "Well... yes")],
    leaves: &[left_es("Sr. D. José, etc... y más"), left_en("Chapter 1 . . . . . 5")],
    find,
};

const SPACED: &str = ". . .";

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    for (at, mark) in text.match_indices('…') {
        edits.put(at..at + mark.len(), "...");
    }
    if !edits.is_empty() {
        return; // found again when these are done
    }
    for (at, dots) in text.match_indices(SPACED) {
        let more = text[..at].trim_end().ends_with('.') || text[at + dots.len()..].trim_start().starts_with('.');
        if !more && !around(text, at, at + dots.len()).1.is_numeric() {
            edits.put(at..at + dots.len(), "...");
        }
    }
}
