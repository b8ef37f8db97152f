//! Text that shows nothing.

/// True if `text` has no visible character: white space, controls, and characters of no width only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_zero_width(c))
}

/// Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_blank() {
        assert!(is_blank(" \t\u{a0}\u{200b}\u{feff}"));
        assert!(is_blank(""));
        assert!(!is_blank(" – "));
    }
}
