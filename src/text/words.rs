//! Words of a text with their byte offsets. What a sentence is lies in [`segment`](crate::segment).

/// The words of `text`: runs of letters, digits and marks, with apostrophes inside (`don't`), as byte offset and text.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_word(text, at)?;
        at = word_end(text, start);
        Some((start, &text[start..at]))
    })
}

/// Where the next word begins. Most letters are ASCII: only others are decoded.
fn next_word(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
        } else {
            let c = text[at..].chars().next()?;
            if is_word(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let len = match byte {
            _ if byte.is_ascii_alphanumeric() => 1,
            b'\'' if at > start && is_letter_at(text, at + 1) => 1,
            _ if byte.is_ascii() => break,
            _ => match text[at..].chars().next() {
                Some('’') if at > start && is_letter_at(text, at + '’'.len_utf8()) => '’'.len_utf8(),
                Some(c) if is_word(c) => c.len_utf8(),
                _ => break,
            },
        };
        at += len;
    }
    at
}

fn is_letter_at(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphabetic)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_apostrophes_and_offsets() {
        let found: Vec<_> = words("¿Qué? «I don’t» know 3.").collect();
        assert_eq!(found, [(2, "Qué"), (10, "I"), (12, "don’t"), (22, "know"), (27, "3")]);
    }
}
