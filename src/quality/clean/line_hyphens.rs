//! `line-hyphens`: words that a line end broke. The lexicon is the witness; without it nothing is joined.

use super::{Edits, Kind, Rule, Side, en, es, knows, left_en, left_es};
use crate::quality::About;
use crate::text::Lang;

/// The rule.
pub(super) static LINE_HYPHENS: Rule = Rule {
    id: "line-hyphens",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Words broken at a line end are joined", es: "Se unen las palabras partidas al final de un renglón" },
    docs: "
`pala-` and `bra`, with a line break or blanks between them, become `palabra` when the lexicon of the language has the whole and lacks one of the parts.
Left: anything else: `pre- and post-war`, `well- known`, words that the lexicon lacks, other languages than Spanish and English.
In running text `ingest` and `align` see to it before, with the rest of the document as a witness.

Elsewhere: Bifixer (words split by hyphens).
",
    changes: &[
        es("La pobla- ción civil, la demo-\ncracia", "La población civil, la democracia"),
        en("The govern-\nment of the coun- try", "The government of the country"),
    ],
    leaves: &[
        left_es("un acuerdo franco- alemán, el teórico- práctico"),
        left_en("the pre- and post-war years, a well- known man, a one- time offer, 1914- 18"),
    ],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    for (at, _) in text.match_indices('-') {
        let rest = &text[at + 1..];
        let next = rest.trim_start();
        if next.len() == rest.len() {
            continue;
        }
        let first = &text[text[..at].trim_end_matches(char::is_alphabetic).len()..at];
        let second = &next[..next.len() - next.trim_start_matches(char::is_alphabetic).len()];
        let letters = first.chars().count() > 1 && second.starts_with(char::is_lowercase) && !next[second.len()..].starts_with('-');
        if letters && is_one_word(first, second, &side.lang) {
            edits.cut(at..text.len() - next.len());
        }
    }
}

fn is_one_word(first: &str, second: &str, lang: &Lang) -> bool {
    knows(lang, &format!("{first}{second}")) && !(knows(lang, first) && knows(lang, second))
}
