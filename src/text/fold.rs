//! Folding: what two spellings have in common, for comparison only. It never changes stored text.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const COMBINING_TILDE: char = '\u{303}';

/// Lower case without accents; `ñ` stays `ñ`, so that *año* and *ano* differ; `ü` becomes `u`.
///
/// Input in NFC and NFD folds to the same NFC text.
///
/// ```
/// use bitexto::text::fold;
/// assert_eq!(fold("Corazón"), "corazon");
/// assert_eq!(fold("AÑO"), "año");
/// assert_eq!(fold("an\u{303}o"), "año");
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd() {
        match c {
            COMBINING_TILDE if folded.ends_with('n') => {
                folded.pop();
                folded.push('ñ');
            }
            _ if is_combining_mark(c) => {}
            _ => folded.extend(c.to_lowercase()),
        }
    }
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_go_and_the_tilde_of_n_stays() {
        assert_eq!(fold("ÁÉÍÓÚÜ áéíóúü"), "aeiouu aeiouu");
        assert_eq!(fold("ESPAÑA peña"), "españa peña");
        assert_eq!(fold("São Paulo"), "sao paulo");
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        let composed = "¿Qué pasó en la montaña?";
        let decomposed: String = composed.nfd().collect();
        assert_eq!(fold(composed), fold(&decomposed));
    }
}
