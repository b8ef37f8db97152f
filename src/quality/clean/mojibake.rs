//! `mojibake`: UTF-8 that was read as windows-1252 or Latin-1, once or more, and windows-1252 that was read as Latin-1. It restores what is
//! still there; letters that became `?` or U+FFFD are lost.

use super::{Edits, Kind, Rule, Side, around, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static MOJIBAKE: Rule = Rule {
    id: "mojibake",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Text read in a wrong encoding is read again", es: "El texto leído en una codificación equivocada se vuelve a leer" },
    docs: "
Characters that, as bytes of windows-1252, are the UTF-8 of a Latin letter, a mark of punctuation or an emoji become it (`canciÃ³n`, `â€“`), as often as they were misread
(`cafÃƒÂ©`). Control characters from U+0080 on that windows-1252 has marks for become these (U+0092 is `’`).
Left: what may be a letter of its own right. One such place, after a capital or with a closing mark in it, proves nothing (`“AMANHÃ”` is Portuguese); two such places
neither, unless another in the text does. Left as well: what reads as another script, and letters that are lost.

Elsewhere: ftfy `fix_encoding`, Bifixer.
",
    changes: &[
        es("La canciÃ³n de EspaÃ±a: Â¿quÃ© tal?", "La canción de España: ¿qué tal?"),
        es("cafÃƒÂ©", "café"),
        en("â€œIt isnâ€™t,â€\u{9d} he said â€“ twice", "“It isn’t,” he said – twice"),
        en("the Chancellor\u{92}s \u{93}plan\u{94}", "the Chancellor’s “plan”"),
    ],
    leaves: &[
        left_es("El periódico «AMANHÃ» y el libro “AMANHÔ de São Paulo"),
        left_en("pâte, Ângela – «Ó», naïve €5"),
        left_es("Â, s?lo, Ma\u{fffd}ana"),
    ],
    find,
};

/// What may stand after a capital of its own right, or is one.
const CLOSING: &[char] = &['”', '’', '»', '›', '…', '–', '—', '\u{a0}'];

/// A place that can be read again.
struct Place {
    start: usize,
    end: usize,
    meant: char,
    /// Several characters that may stand for themselves.
    doubtful: bool,
    /// Several characters that stand together for no other reason.
    sure: bool,
}

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    // `Â` to `ô`, and U+0080 to U+009F, as UTF-8.
    if !text.bytes().zip(text.bytes().skip(1)).any(|(a, b)| a == 0xc3 && matches!(b, 0x82..=0xb4) || a == 0xc2 && b < 0xa0) {
        return;
    }
    let places = places(text);
    let sure = places.iter().any(|place| place.sure);
    for place in places.iter().filter(|place| sure || !place.doubtful) {
        edits.put(place.start..place.end, place.meant.to_string());
    }
}

fn places(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (len, meant) = match misread(&text[at..]) {
            Some((meant, len)) => (len, Some(meant)),
            None => (c.len_utf8(), windows_1252(c)),
        };
        if let Some(meant) = meant {
            let before = around(text, at, at).0;
            let closing = text[at..at + len].ends_with(CLOSING);
            let several = len > c.len_utf8();
            let doubtful = several && (before.is_uppercase() || !before.is_lowercase() && closing);
            places.push(Place { start: at, end: at + len, meant, doubtful, sure: several && !doubtful });
        }
        at += len;
    }
    places
}

/// The character that the first ones of `text` are when their windows-1252 bytes are taken as UTF-8, if it is one that Spanish and English have;
/// and how many bytes of `text` they take.
fn misread(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    let mut chars = text.char_indices();
    bytes[0] = chars.next().and_then(|(_, c)| u8::try_from(c).ok())?;
    let more = match bytes[0] {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return None,
    };
    let mut end = 0;
    for byte in &mut bytes[1..=more] {
        let (at, c) = chars.next()?;
        *byte = byte_of(c).filter(|byte| matches!(byte, 0x80..=0xbf))?;
        end = at + c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..=more]).ok()?.chars().next()?;
    is_usual(meant).then_some((meant, end))
}

fn is_usual(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{24f}' | '\u{2000}'..='\u{2bff}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}' | '\u{1f000}'..='\u{1faff}')
}

/// The byte that is `c` in windows-1252, or in Latin-1 where windows-1252 has none.
fn byte_of(c: char) -> Option<u8> {
    u8::try_from(c).ok().or_else(|| MEANT.iter().position(|meant| *meant == c).map(|n| 0x80 + n as u8))
}

/// Windows-1252 from 0x80 on (WHATWG Encoding Standard, index windows-1252); zero where it has no character.
const MEANT: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™',
    'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The character that windows-1252 has where Latin-1 has the control character `c`.
pub(super) fn windows_1252(c: char) -> Option<char> {
    MEANT.get((c as usize).checked_sub(0x80)?).copied().filter(|meant| *meant != '\0')
}
