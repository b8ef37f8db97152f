//! Words of a text with their byte offsets. What a sentence is lies in [`segment`](crate::segment).

use super::classes::{Classes, places};

/// The words of `text`: runs of letters, digits and marks, with apostrophes inside (`don't`), as byte offset and text.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_word(text, at)?;
        at = word_end(text, start);
        Some((start, &text[start..at]))
    })
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// Its first byte.
    pub at: usize,
    /// Its bytes.
    pub len: usize,
    /// True for nothing but letters and digits of ASCII; false tells nothing.
    pub is_plain: bool,
}

/// Calls `each` for every one of [`words`]. Quicker than to ask for one after the other: a run of bytes that may belong to words is a word if all of them
/// are letters and digits of ASCII, as most are; only in other runs every character is looked at. `classes` are those of the text.
#[inline]
pub fn scan(text: &str, classes: &[Classes], mut each: impl FnMut(Scanned)) {
    // The run that is open, where it began, and whether it is plain so far.
    let (mut is_open, mut start, mut is_plain) = (false, 0, true);
    for (n, classes) in classes.iter().enumerate() {
        let from = 64 * n;
        let mixed = classes.apostrophes | classes.beyond;
        let runs = classes.letters | classes.digits | mixed;
        // Where the open run begins among these bytes.
        let mut first = 0;
        for edge in places(runs ^ (runs << 1 | u64::from(is_open))) {
            if is_open {
                let within = u64::MAX << first & !(u64::MAX << edge);
                of_run(text, start, from + edge, is_plain && mixed & within == 0, &mut each);
            } else {
                (start, first, is_plain) = (from + edge, edge, true);
            }
            is_open = !is_open;
        }
        is_plain &= mixed & u64::MAX << first == 0;
    }
    if is_open {
        of_run(text, start, text.len(), is_plain, &mut each);
    }
}

/// The words of a run. What ends a run ends a word: the text around does not matter.
#[inline(always)]
fn of_run(text: &str, start: usize, end: usize, is_plain: bool, each: &mut impl FnMut(Scanned)) {
    if is_plain {
        each(Scanned { at: start, len: end - start, is_plain });
    } else {
        words(&text[start..end]).for_each(|(at, word)| each(Scanned { at: start + at, len: word.len(), is_plain }));
    }
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
    is_latin(c) || c.is_alphanumeric() || (c >= '\u{300}' && unicode_normalization::char::is_combining_mark(c))
}

/// The letters of Latin beyond ASCII, which most languages do with: no table need be asked.
pub fn is_latin(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}') && !matches!(c, '×' | '÷')
}

#[cfg(test)]
mod tests {
    use super::super::classes::classes;
    use super::*;

    #[test]
    fn letters_of_latin_are_letters() {
        for c in ('\u{80}'..='\u{24f}').filter(|c| is_latin(*c)) {
            assert!(c.is_alphabetic(), "{c}");
        }
    }

    fn scanned(text: &str) -> Vec<(usize, &str)> {
        let mut found = Vec::new();
        scan(text, &classes(text), |word| {
            let word_text = &text[word.at..word.at + word.len];
            assert!(!word.is_plain || word_text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            found.push((word.at, word_text));
        });
        found
    }

    #[test]
    fn words_are_the_same_wherever_sixty_four_bytes_end() {
        let pieces = [
            "a", "Z", "0", "9", " ", "'", "’", "é", "ñandú", "don't", "@", "[", "`", "{", "/", ":", "\u{301}", "世", "¡", "&", "''",
            "\u{7f}", "x y",
        ];
        let mut random = 7_u64;
        for round in 0..2000 {
            let mut text = "w".repeat(round % 70);
            for _ in 0..round % 40 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text += pieces[(random >> 33) as usize % pieces.len()];
            }
            assert_eq!(scanned(&text), words(&text).collect::<Vec<_>>(), "{text:?}");
        }
        for byte in 0..128_u8 {
            let text = char::from(byte).to_string();
            assert_eq!(scanned(&text).len(), usize::from(byte.is_ascii_alphanumeric()), "{text:?}");
        }
    }

    #[test]
    fn words_keep_their_apostrophes_and_offsets() {
        let found: Vec<_> = words("¿Qué? «I don’t» know 3.").collect();
        assert_eq!(found, [(2, "Qué"), (10, "I"), (12, "don’t"), (22, "know"), (27, "3")]);
    }
}
