//! `controls`: characters that cannot be seen and do nothing where they are. What stands for a lost character stays.

use super::{Edits, Kind, Rule, Side, around, en, es, left_en, left_es, mojibake};
use crate::quality::About;

/// The rule.
pub(super) static CONTROLS: Rule = Rule {
    id: "controls",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Control characters and characters of no width go", es: "Se quitan los caracteres de control y los de ancho nulo" },
    docs: "
Goes: control characters other than tab and line ends, zero-width spaces, word joiners, byte order marks, noncharacters; joiners and marks of direction beside nothing
that they could join or turn.
Left: joiners in emoji, marks of direction in a text with Arabic or Hebrew letters, soft hyphens (`soft-hyphens`), U+FFFD (a letter was lost: the check `control`
finds it), and controls that are leftovers of a wrong encoding (`mojibake`).

Elsewhere: ftfy `remove_control_chars`, Moses remove-non-printing-char.perl, OpusCleaner, Bifixer.
",
    changes: &[es("Llegó\0 el minis\u{200b}tro\u{feff}", "Llegó el ministro"), en("\u{202a}The minister\u{202c} came\u{2060}.", "The minister came.")],
    leaves: &[left_es("Ma\u{fffd}ana\tllega 👩\u{200d}🌾"), left_en("He said \u{200f}שלום\u{200e}. The Chancellor\u{92}s, Ã\u{81}")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    if !text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r') || matches!(b, 0x7f | 0xc2 | 0xe2 | 0xef)) {
        return;
    }
    let mut turns = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let goes = match c {
            '\t' | '\n' | '\r' => false,
            '\u{80}'..='\u{9f}' => mojibake::windows_1252(c).is_none() && !leads(around(text, at, end).0),
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
            '\u{200c}' | '\u{200d}' => {
                let (before, after) = around(text, at, end);
                needs_none(before) && needs_none(after)
            }
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                !*turns.get_or_insert_with(|| text.chars().any(is_from_right))
            }
            _ => c.is_control(),
        };
        if goes {
            edits.cut(at..end);
        }
    }
}

/// True for what UTF-8 read as Latin-1 has before a control.
fn leads(c: char) -> bool {
    matches!(c, 'Â'..='ô') || ('\u{80}'..='\u{9f}').contains(&c)
}

/// True for a character that a joiner does nothing for.
fn needs_none(c: char) -> bool {
    c < '\u{590}' || ('\u{2000}'..='\u{206f}').contains(&c) && c != '\u{200d}'
}

/// True for letters of scripts that are written from the right: Hebrew to Thaana and their presentation forms.
fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}
