//! `ligatures`: the joined letters of typesetting become letters. `æ` and `œ` are letters of their own and stay.

use super::{Edits, Kind, Rule, Side, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static LIGATURES: Rule = Rule {
    id: "ligatures",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Ligatures of typesetting become letters", es: "Las ligaduras tipográficas pasan a letras" },
    docs: "
`ﬀ`, `ﬁ`, `ﬂ`, `ﬃ`, `ﬄ`, `ﬅ` and `ﬆ`, which come from PDF files, become the letters that they show.
Left: `æ`, `œ`, `ß`.

Elsewhere: ftfy `fix_latin_ligatures`.
",
    changes: &[es("la oﬁcina", "la oficina"), en("an eﬀicient oﬃce", "an efficient office")],
    leaves: &[left_es("el æther"), left_en("an œuvre in Straße")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    for (at, ligature) in side.text.match_indices(|c| matches!(c, '\u{fb00}'..='\u{fb06}')) {
        edits.put(at..at + ligature.len(), letters(ligature));
    }
}

fn letters(ligature: &str) -> &'static str {
    match ligature {
        "\u{fb00}" => "ff",
        "\u{fb01}" => "fi",
        "\u{fb02}" => "fl",
        "\u{fb03}" => "ffi",
        "\u{fb04}" => "ffl",
        _ => "st",
    }
}
