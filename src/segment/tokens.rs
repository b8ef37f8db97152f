//! What a token is by its shape: an address, a note number, an emoticon, a separator, a date. It looks at one token only.

use super::characters::{is_bullet, is_dot};

/// A URL, an e-mail address, a host or file name: a dot or @ between letters or digits.
pub(super) fn is_address(token: &str) -> bool {
    let inside = |w: &[u8]| matches!(w[1], b'.' | b'@') && w[0].is_ascii_alphanumeric() && w[2].is_ascii_alphanumeric();
    token.contains("://") || token.as_bytes().windows(3).any(inside)
}

/// The number of a foot- or endnote, or dots for something left out: `[12]`, `[3,4]`, `[…]`.
pub(super) fn is_note(token: &str) -> bool {
    let note = token.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    note.is_some_and(|note| note.chars().all(|c| c.is_ascii_digit() || is_dot(c) || matches!(c, ',' | '-' | '–')))
}

/// `:)`, `;-)`, `:P` and the like, or pictographs.
pub(super) fn is_emoticon(token: &str) -> bool {
    let face = token.strip_prefix([':', ';', '=']).map(|rest| rest.trim_start_matches(['-', '\'', '^']));
    face.is_some_and(|mouth| mouth.len() == 1 && mouth.starts_with([')', '(', 'D', 'P', 'p', 'O', '/', '|', ']', '*']))
        || (!token.is_empty() && token.chars().all(is_pictograph))
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{200d}')
}

/// A drawn line between parts of a text: `***`, `=====`, `-----`.
pub(super) fn is_separator(token: &str) -> bool {
    let first = token.bytes().next().unwrap_or(b' ');
    let least = if first == b'-' { 5 } else { 3 }; // `---` is a dash
    token.len() >= least && matches!(first, b'*' | b'=' | b'-' | b'_' | b'#' | b'~' | b'+') && token.bytes().all(|b| b == first)
}

/// A bullet before an item of a list.
pub(super) fn is_bullet_token(token: &str) -> bool {
    token.starts_with(is_bullet)
}

/// A sign that stands before an amount.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₡' | '₲' | '₱')
}

/// The number of an item in a list and how it is written: `2.`, `2)`, `(b)`.
pub(super) fn item(token: &str) -> Option<(u32, char)> {
    let form = token.chars().next_back().filter(|c| matches!(c, '.' | ')'))?;
    let number = token.strip_prefix('(').unwrap_or(token).strip_suffix(form)?;
    match number.as_bytes() {
        [letter @ b'a'..=b'z'] => Some((u32::from(*letter), form)),
        [_] | [_, _] => Some((number.parse().ok()?, form)),
        _ => None,
    }
}

/// A date in digits: `02/13/2001`, `13-2-2001`.
pub(super) fn is_date(token: &str) -> bool {
    let mut parts = token.split(['/', '-']);
    parts.clone().count() == 3 && parts.all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A time of the day in digits: `08:02`, `16:47:05`.
pub(super) fn is_clock(token: &str) -> bool {
    token.contains(':') && token.split(':').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// An arabic number of at most three digits, a roman one, or a single letter: what numbers notes, items and chapters.
pub(super) fn is_ordinal(word: &str) -> bool {
    is_short_number(word) || is_roman(word) || (word.chars().count() == 1 && word.starts_with(char::is_alphabetic))
}

/// An arabic number of at most three digits.
pub(super) fn is_short_number(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// A roman number, by its letters.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_dot_or_at_inside() {
        for token in ["www.un.org", "https://un.org/es", "name@host", "informe.pdf", "v2.1"] {
            assert!(is_address(token), "{token}");
        }
        for token in ["fin.", "...", "a", "@name"] {
            assert!(!is_address(token), "{token}");
        }
    }

    #[test]
    fn shapes_are_told_by_the_whole_token() {
        assert!(is_note("[12]") && is_note("[…]") && !is_note("[sic]"));
        assert!(is_emoticon(":-)") && is_emoticon("🙂") && !is_emoticon(":no") && !is_emoticon(""));
        assert!(is_separator("***") && !is_separator("--") && !is_separator("***NOTICE***"));
        assert!(is_date("02/13/2001") && !is_date("1/2") && !is_date("ex-vice-president"));
        assert!(is_clock("8:02") && !is_clock("8") && !is_clock("nota:"));
        assert!(is_ordinal("12") && is_ordinal("IV") && is_ordinal("b") && !is_ordinal("2005") && !is_ordinal(""));
    }
}
