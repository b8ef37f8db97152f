//! Unicode normalization for comparison and hashing. Stored text stays as it came.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC (Unicode Standard Annex #15); borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The text with every run of white space as one blank and none at the ends; borrowed when nothing changes.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    let mut previous = 'x';
    let plain = trimmed.chars().all(|c| {
        let fine = !c.is_whitespace() || (c == ' ' && previous != ' ');
        previous = c;
        fine
    });
    if plain { Cow::Borrowed(trimmed) } else { Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_squeezed_only_where_needed() {
        assert!(matches!(squeeze("ya está bien"), Cow::Borrowed(_)));
        assert_eq!(squeeze("  una\nlínea\u{a0} partida "), "una línea partida");
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(nfc("an\u{303}o"), "año");
        assert!(matches!(nfc("año"), Cow::Borrowed(_)));
    }
}
