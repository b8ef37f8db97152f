//! Text → the tokens the number grammar reads: numbers in digits, words, names with digits in them, marks. Addresses are left out.

use unicode_normalization::char::is_combining_mark;

use super::Style;
use super::form::{self, Form};
use super::lexicon::{Lexicon, Sense};
use crate::text::links::{Link, links};

/// A piece of text without blanks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token<'a> {
    /// First byte.
    pub(super) start: usize,
    /// The text of the token.
    pub(super) text: &'a str,
    /// True when nothing stands between the token before and this one.
    pub(super) glued: bool,
    /// What it is.
    pub(super) what: What,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// Digits with the separators inside them.
    Number(Form),
    /// Letters, with what they mean to the grammar.
    Word(Option<Sense>),
    /// Letters with digits after them: `G7`, `H1N1`, `m2`.
    Name,
    /// Any other character.
    Mark(char),
}

impl Token<'_> {
    /// Past the last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// True for the mark `c`.
    pub(super) fn is_mark(&self, c: char) -> bool {
        self.what == What::Mark(c)
    }
}

/// The tokens of `text` in order.
pub(super) fn tokens<'a>(text: &'a str, lexicon: &Lexicon, style: Style) -> Vec<Token<'a>> {
    let mut found: Vec<Token<'a>> = Vec::with_capacity(text.len() / 5 + 1);
    let mut links = links(text).into_iter().peekable();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(Link { span, .. }) = links.next_if(|link| link.span.start <= at) {
            at = at.max(span.end);
            continue;
        }
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let glued = found.last().is_some_and(|before| before.end() == at);
        let (len, what) = match (glued, &found[..]) {
            (true, [.., Token { what: What::Number(_), .. }, mark]) if mark.glued && mark.is_mark(',') && c.is_ascii_digit() => {
                let form = form::item(&text[at..]);
                (form.len, What::Number(form))
            }
            _ => token(&text[at..], c, lexicon, style),
        };
        found.push(Token { start: at, text: &text[at..at + len], glued, what });
        at += len;
    }
    found
}

fn token(rest: &str, first: char, lexicon: &Lexicon, style: Style) -> (usize, What) {
    if first.is_ascii_digit() {
        let form = form::read(rest, style);
        return (form.len, What::Number(form));
    }
    if !is_letter(first) {
        return (first.len_utf8(), What::Mark(first));
    }
    let letters = letters(rest);
    if rest[letters..].starts_with(|c: char| c.is_ascii_digit()) && !is_currency(&rest[..letters]) {
        let name = rest.find(|c: char| !is_letter(c) && !c.is_ascii_digit()).unwrap_or(rest.len());
        return (name, What::Name);
    }
    (letters, What::Word(lexicon.sense(&rest[..letters])))
}

/// The bytes of letters at the start of `text`.
fn letters(text: &str) -> usize {
    let ascii = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) { ascii } else { text.find(|c| !is_letter(c)).unwrap_or(text.len()) }
}

/// Letters before an amount without a blank: `Euro131`, `$A45,000`.
fn is_currency(letters: &str) -> bool {
    matches!(letters, "A" | "AU" | "Bs" | "EUR" | "Euro" | "GBP" | "HK" | "NZ" | "R" | "Rs" | "US" | "USD")
}

/// `º` and `ª` are letters to Unicode; here they are marks. So are ideographs and kana, which touch the numbers beside them.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    (c.is_alphabetic() && c < '\u{2e80}' && !matches!(c, 'º' | 'ª')) || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;
    use crate::text::Lang;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text, lexicon::of(&Lang::ES), Style::of(&Lang::ES)).iter().map(|t| t.text).collect()
    }

    #[test]
    fn digits_keep_their_separators_and_words_their_letters() {
        assert_eq!(texts("el 1.234,5 % (3.º)"), ["el", "1.234,5", "%", "(", "3", ".", "º", ")"]);
        assert_eq!(texts("100k H1N1 80s"), ["100", "k", "H1N1", "80", "s"]);
    }

    #[test]
    fn addresses_are_no_tokens() {
        assert_eq!(texts("ve a https://example.org/2024/05 el 3"), ["ve", "a", "el", "3"]);
        assert!(texts("@user99 #5Sentidos").is_empty());
    }
}
