//! Words of a text with their byte offsets. What a sentence is lies in [`segment`](crate::segment).

/// The words of `text`: runs of letters, digits and marks, with apostrophes inside (`don't`), as byte offset and text.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut offset = 0;
    std::iter::from_fn(move || {
        let start = rest.find(is_word)?;
        let tail = &rest[start..];
        let len = word_len(tail);
        let word = (offset + start, &tail[..len]);
        offset += start + len;
        rest = &tail[len..];
        Some(word)
    })
}

fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) }
}

fn word_len(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner_apostrophe = matches!(c, '\'' | '’') && at > 0 && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !is_word(c) && !inner_apostrophe {
            break;
        }
        end = at + c.len_utf8();
    }
    end
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
