//! `nfc`: letters and their accents as one character. Compatibility characters such as `²` or `ﬁ` stay.

use unicode_normalization::char::is_combining_mark;

use super::{Edits, Kind, Rule, Side, en, es, left_en, left_es};
use crate::quality::About;
use crate::text::normalize::nfc;

/// The rule.
pub(super) static NFC: Rule = Rule {
    id: "nfc",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Letter and accent become one character (NFC)", es: "Letra y acento quedan en un carácter (NFC)" },
    docs: "
Unicode normalization form C (Unicode Standard Annex #15): `n` and a combining tilde become `ñ`. What looks the same is the same then, to a tokenizer and to a search.
Left: compatibility characters (`²`, `½`, `№`), which form KC would turn into others: `m²` is not `m2`.

Elsewhere: ftfy `normalization`, Bifixer, sacremoses.
",
    changes: &[es("El an\u{303}o que viene, man\u{303}ana", "El año que viene, mañana"), en("a nai\u{308}ve man", "a naïve man")],
    leaves: &[left_es("Un año, 5 m²"), left_en("½ of the façade")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    let whole = nfc(text);
    if whole == text {
        return;
    }
    let mut found = Edits::default();
    let mut start = 0;
    while start < text.len() {
        let mut chars = text[start..].char_indices().skip(1);
        let end = chars.find(|(_, c)| !is_combining_mark(*c)).map_or(text.len(), |(at, _)| start + at);
        let composed = nfc(&text[start..end]);
        if composed != text[start..end] {
            found.put(start..end, composed.into_owned());
        }
        start = end;
    }
    // Letters of some scripts compose with letters; then the text is one place.
    if found.apply(text) == whole {
        *edits = found;
    } else {
        edits.put(0..text.len(), whole.into_owned());
    }
}
