//! Questions and exclamations of a text by their marks, opening and closing. Without marks it sees none: an order or an indirect question is neither.

use crate::text::links::links;

/// A pair of marks: Spanish opens what other languages only close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// `¿` or `¡`.
    pub opening: char,
    /// `?` or `!`.
    pub closing: char,
}

/// `¿ ?`
pub(super) const QUESTION: Marks = Marks { opening: '¿', closing: '?' };
/// `¡ !`
pub(super) const EXCLAMATION: Marks = Marks { opening: '¡', closing: '!' };

/// The bytes of each question or exclamation: from its opening mark to its closing one, or of the one mark it has.
/// Several marks in a row are one; those in addresses, in brackets alone `(?)` and in code (`!=`, `a?b`) are none.
pub(super) fn phrases(text: &str, marks: Marks) -> Vec<[usize; 2]> {
    if !text.contains(marks.closing) && !text.contains(marks.opening) {
        return Vec::new();
    }
    let links = links(text);
    let mut found: Vec<[usize; 2]> = Vec::new();
    let mut open = None;
    let mut last_close = None;
    for (at, c) in text.char_indices().filter(|(at, _)| !links.iter().any(|link| link.span.contains(at))) {
        let end = at + c.len_utf8();
        if c == marks.opening && open.is_none_or(|open| !text[open..at].chars().all(is_mark)) {
            found.extend(open.map(|open| [open, open + c.len_utf8()]));
            open = Some(at);
        } else if c == marks.closing && closes(text, at) {
            match last_close {
                Some(last) if text[last..at].chars().all(is_mark) => {}
                _ => found.push([open.take().unwrap_or(at), end]),
            }
            last_close = Some(end);
        }
    }
    found.extend(open.map(|open| [open, open + marks.opening.len_utf8()]));
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '¿' | '?' | '¡' | '!' | ' ')
}

/// True if the mark ends a word or a quotation and nothing but a blank or another mark follows.
fn closes(text: &str, at: usize) -> bool {
    let before = text[..at].chars().rev().find(|c| !is_mark(*c));
    let after = text[at + 1..].chars().next();
    before.is_none_or(|c| !matches!(c, '(' | '[' | '#' | '<')) && after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '=' | '&'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn questions(text: &str) -> Vec<&str> {
        phrases(text, QUESTION).into_iter().map(|[start, end]| &text[start..end]).collect()
    }

    #[test]
    fn a_question_inside_a_sentence_has_its_own_marks() {
        assert_eq!(questions("Y entonces, ¿qué hago?, pensó. ¿Nada?"), ["¿qué hago?", "¿Nada?"]);
        assert_eq!(questions("And then what? Nothing?"), ["?", "?"]);
    }

    #[test]
    fn marks_in_a_row_are_one_question() {
        assert_eq!(questions("¿¡Qué!? ¿¿Cómo???"), ["¿¡Qué!?", "¿¿Cómo?"]);
        assert_eq!(questions("¿Qué pasó"), ["¿"]);
    }

    #[test]
    fn addresses_doubts_in_brackets_and_code_ask_nothing() {
        assert_eq!(questions("https://example.org/?q=1 nació en 1500 (?) a?b"), [""; 0]);
        assert_eq!(phrases("a != b #!/bin/sh", EXCLAMATION), [[0; 2]; 0]);
    }
}
