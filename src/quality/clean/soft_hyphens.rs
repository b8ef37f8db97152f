//! `soft-hyphens`: marks of where a word might be broken. Hyphens that can be seen are `line-hyphens`.

use super::{Edits, Kind, Rule, Side, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static SOFT_HYPHENS: Rule = Rule {
    id: "soft-hyphens",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Soft hyphens go", es: "Se quitan los guiones opcionales" },
    docs: "
U+00AD goes; at the end of a line it joins the two parts of the word.
Left: after `Ã` and `Â`, where it is a part of a misread letter (`í` becomes `Ã` and U+00AD: `mojibake`).

Elsewhere: ftfy, Bifixer, HTML's `&shy;`.
",
    changes: &[es("la po\u{ad}bla\u{ad}ción", "la población"), en("a con\u{ad}\n  stitution", "a constitution")],
    leaves: &[left_es("la po-blación; asÃ\u{ad}"), left_en("a constitution")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    for (at, mark) in text.match_indices('\u{ad}') {
        if text[..at].ends_with(['Ã', 'Â']) {
            continue;
        }
        let end = at + mark.len();
        let blank = text[end..].len() - text[end..].trim_start().len();
        let broken = text[end..end + blank].contains(['\n', '\r'])
            && text[..at].ends_with(char::is_alphabetic)
            && text[end + blank..].starts_with(char::is_lowercase);
        edits.cut(at..if broken { end + blank } else { end });
    }
}
