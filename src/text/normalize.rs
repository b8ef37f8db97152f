//! Unicode normalization for comparison and hashing. Stored text stays as it came.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC (Unicode Standard Annex #15); borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// White space that a line may be broken at, or that breaks it. No-break spaces are not: `10 %` and `EE. UU.` need theirs. Nor is U+0085:
/// in real files it is a windows-1252 ellipsis that was decoded as ISO 8859-1.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The text with every run of white space as one blank and none at the ends; borrowed when nothing changes.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim_matches(is_blank);
    let plain = is_plain(trimmed.as_bytes()) || is_squeezed(trimmed);
    if plain {
        Cow::Borrowed(trimmed)
    } else {
        Cow::Owned(trimmed.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

/// True when there can be no white space but single blanks: no control, no two blanks in a row, and no byte that begins a wide character
/// which may be a blank (U+1680, U+2000 to U+205F, U+3000). Most text is; this looks at bytes, `is_squeezed` at characters.
fn is_plain(bytes: &[u8]) -> bool {
    // The last byte is no blank, and a character that begins with it would have to go on. Without branches the compiler takes 32 bytes at a time.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    !pairs.fold(false, |odd, (&a, &b)| odd | (a.wrapping_sub(b'\t') < 5) | (a.wrapping_sub(0xe1) < 3) | ((a == b' ') & (b == b' ')))
}

fn is_squeezed(text: &str) -> bool {
    let mut previous = 'x';
    text.chars().all(|c| {
        let fine = !is_blank(c) || (c == ' ' && previous != ' ');
        previous = c;
        fine
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_squeezed_only_where_needed() {
        assert!(matches!(squeeze("ya está bien"), Cow::Borrowed(_)));
        assert_eq!(squeeze("  una\nlínea \t partida "), "una línea partida");
        assert_eq!(squeeze("dos  blancos, uno\u{3000}ancho"), "dos blancos, uno ancho");
        assert_eq!(squeeze("un 10\u{a0}%"), "un 10\u{a0}%");
        assert_eq!(squeeze("y\u{85}  nada"), "y\u{85} nada");
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(nfc("an\u{303}o"), "año");
        assert!(matches!(nfc("año"), Cow::Borrowed(_)));
    }
}
