//! What a character is to a segmenter: space, mark, bracket, dash. It knows nothing of words.
//!
//! The C1 controls U+0080–U+009F are what is left of windows-1252 text read as Latin-1. They are never white space here and never lost;
//! where windows-1252 has a quotation mark, dash or ellipsis at that byte, they count as one.

use unicode_normalization::char::is_combining_mark;

/// White space: what Unicode calls so, except U+0085, which is an ellipsis of windows-1252 far more often than a line end of EBCDIC.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}'
}

/// A mark that can end a segment.
pub(super) fn is_final(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '\u{85}' | '‥' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥') || is_cjk_final(c)
}

/// A mark that ends a segment without white space after it.
pub(super) fn is_cjk_final(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// A mark inside a sentence.
pub(super) fn is_inner(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '、' | '，' | '；' | '：')
}

/// What may close a quotation or bracket after a mark, or cannot be seen. Quotes are here and among the openers: languages differ, and
/// their place tells.
pub(super) fn is_closer(c: char) -> bool {
    is_quote(c) || is_invisible(c) || matches!(c, ')' | ']' | '}' | '\u{94}' | '\u{92}' | '\u{9b}' | '」' | '』' | '）')
}

/// What may open a quotation or bracket before a word, or cannot be seen.
pub(super) fn is_opener(c: char) -> bool {
    is_quote(c)
        || is_invisible(c)
        || matches!(c, '„' | '‚' | '(' | '[' | '{' | '\u{93}' | '\u{91}' | '\u{84}' | '\u{8b}' | '「' | '『' | '（')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '‹' | '›')
}

/// What closes even where it stands alone.
pub(super) fn closes_alone(c: char) -> bool {
    is_closer(c) && !matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹')
}

/// The marks that Spanish puts before a question or exclamation.
pub(super) fn is_inverted(c: char) -> bool {
    matches!(c, '¿' | '¡')
}

/// A hyphen, dash or raya.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―' | '\u{96}' | '\u{97}')
}

/// A full stop or an ellipsis.
pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '.' | '…' | '‥' | '\u{85}')
}

/// What marks an item of a list and is used for nothing else.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '●' | '○' | '◦' | '▪' | '■' | '‣' | '⁃')
}

/// A character of a word: letter, digit, combining mark, soft hyphen.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}'
}

/// Spaces without width, joiners, marks of direction, the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}
