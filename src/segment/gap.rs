//! A place where a segment may end, and what stands before and after it. Whether it ends there is decided elsewhere.

use super::characters::{closes_alone, is_closer, is_dash, is_dot, is_final, is_inner, is_inverted, is_opener, is_space, is_word};
use super::scan::Place;
use super::tokens::{is_address, is_currency, is_emoticon, is_note};

/// How many bytes before and after a gap are looked at: more than a headline and the sentence after it. The limit keeps the time linear for
/// texts without white space.
const WINDOW: usize = 512;

/// The white space (or nothing) between two tokens of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap<'a> {
    /// The paragraph.
    pub(super) text: &'a str,
    /// Where the segment began that would end here.
    pub(super) start: usize,
    /// The place.
    pub(super) place: Place,
}

impl<'a> Gap<'a> {
    /// The tokens of the segment so far, the last one first, as far as [`WINDOW`] goes.
    pub(super) fn before(&self) -> impl Iterator<Item = &'a str> {
        let from = self.text.ceil_char_boundary(self.start.max(self.place.end.saturating_sub(WINDOW)));
        self.text[from..self.place.end].rsplit(is_space).filter(|token| !token.is_empty())
    }

    /// The tokens of the paragraph that follow, as far as [`WINDOW`] goes.
    pub(super) fn after(&self) -> impl Iterator<Item = &'a str> {
        tokens_from(self.text, self.place.next)
    }

    /// The first token of the segment.
    pub(super) fn first(&self) -> &'a str {
        tokens_from(&self.text[..self.place.end], self.start).next().unwrap_or("")
    }

    /// The segment so far.
    pub(super) fn segment(&self) -> &'a str {
        &self.text[self.start..self.place.end]
    }

    /// The word that follows, if nothing stands before it.
    pub(super) fn next_word(&self) -> &'a str {
        first_word(&self.text[self.place.next..])
    }

    /// The bytes on both sides; blanks at the ends of the paragraph.
    pub(super) fn edges(&self) -> (u8, u8) {
        let bytes = self.text.as_bytes();
        let before = self.place.end.checked_sub(1).map_or(b' ', |last| bytes[last]);
        (before, bytes.get(self.place.next).copied().unwrap_or(b' '))
    }

    /// True when a line ends in the gap.
    pub(super) fn breaks_line(&self) -> bool {
        self.text[self.place.end..self.place.next].contains('\n')
    }
}

fn tokens_from(text: &str, from: usize) -> impl Iterator<Item = &str> {
    let to = text.floor_char_boundary(from + WINDOW);
    text[from..to].split(is_space).filter(|token| !token.is_empty())
}

/// The kinds of marks at the end of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// None.
    None,
    /// `,` or `:` or the like.
    Inner,
    /// `;`
    Semicolon,
    /// One dot.
    Period,
    /// `…` or several dots.
    Ellipsis,
    /// `?` or `!`, with anything else.
    Strong,
}

/// What stands before a gap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left<'a> {
    /// The last word, without brackets, quotes and marks; empty if the marks stand alone.
    pub(super) word: &'a str,
    /// The marks after it.
    pub(super) marks: Marks,
    /// The quotes and brackets that close after the marks.
    pub(super) closers: &'a str,
    /// True when the token is marks and nothing else.
    pub(super) alone: bool,
    /// True when a quote or bracket closes between the word and the marks: the dot is no abbreviation's.
    pub(super) enclosed: bool,
    /// True when an emoticon stands last.
    pub(super) smiles: bool,
}

impl<'a> Left<'a> {
    /// Reads `gap`; closing quotes, note numbers and emoticons that stand apart from their sentence are passed over.
    pub(super) fn of(gap: &Gap<'a>) -> Left<'a> {
        let mut tokens = gap.before();
        let mut token = tokens.next().unwrap_or("");
        let smiles = is_emoticon(token);
        let mut apart = "";
        while is_trailer(token) || (token == "\"" && !gap.place.quoting) {
            let Some(earlier) = tokens.next() else { break };
            apart = token;
            token = earlier;
        }
        let open = strip_note(token).trim_end_matches(is_closer);
        let closers = if apart.is_empty() { &token[open.len()..] } else { apart };
        let bare = open.trim_end_matches(|c| is_final(c) || is_inner(c));
        let word = bare.trim_matches(|c| is_closer(c) || is_opener(c) || is_inverted(c) || is_dash(c));
        Left { word, marks: Marks::of(&open[bare.len()..]), closers, alone: bare.is_empty(), enclosed: bare.ends_with(is_closer), smiles }
    }
}

/// `end.[12]` without its note.
fn strip_note(token: &str) -> &str {
    match token.rfind('[') {
        Some(at) if at > 0 && is_note(&token[at..]) => &token[..at],
        _ => token,
    }
}

impl Marks {
    fn of(marks: &str) -> Marks {
        match marks.chars().next_back() {
            None => Marks::None,
            Some(';') => Marks::Semicolon,
            Some(last) if is_inner(last) => Marks::Inner,
            Some(_) if marks.chars().any(|c| is_final(c) && !is_dot(c)) => Marks::Strong,
            Some('.') if marks.len() == 1 => Marks::Period,
            Some(_) => Marks::Ellipsis,
        }
    }
}

/// How what follows a gap begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// With a capital letter.
    Capital,
    /// With a small letter.
    Lower,
    /// With a letter of a script without case.
    Uncased,
    /// With a digit or a sign of currency.
    Digit,
    /// With a name that is written as it is: `iPhone`, `www.un.org`, `@name`.
    Name,
    /// With something else.
    Other,
}

/// What stands after a gap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Right<'a> {
    /// The first word, without what opens it.
    pub(super) word: &'a str,
    /// How it begins.
    pub(super) case: Case,
    /// True after `¿` or `¡`.
    pub(super) inverted: bool,
    /// The openers, dashes, dots and inverted marks before it.
    pub(super) openers: &'a str,
    /// True when it cannot begin a segment: a closing quote, a mark, a note number, an emoticon.
    pub(super) trails: bool,
}

impl<'a> Right<'a> {
    /// Reads `gap`; a dash or opening quote that stands apart is passed over.
    pub(super) fn of(gap: &Gap<'a>) -> Right<'a> {
        let mut tokens = gap.after();
        let first = tokens.next().unwrap_or("");
        let (mut openers, mut bare) = first.split_at(first.len() - first.trim_start_matches(opens).len());
        let mut inverted = openers.contains(is_inverted);
        if bare.is_empty() {
            let second = tokens.next().unwrap_or("");
            bare = second.trim_start_matches(opens);
            inverted |= second[..second.len() - bare.len()].contains(is_inverted);
            openers = first;
        }
        Right { word: first_word(bare), case: Case::of(bare), inverted, openers, trails: trails(first, gap.place.quoting) }
    }
}

fn opens(c: char) -> bool {
    is_opener(c) || is_inverted(c) || is_dash(c) || is_dot(c) || c == '*'
}

fn first_word(token: &str) -> &str {
    let ascii = token.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if token.as_bytes().get(ascii).is_none_or(|&b| b.is_ascii() && b != b'\'') {
        return &token[..ascii]; // the common case, quickly
    }
    let end = token.find(|c| !is_word(c) && !matches!(c, '\'' | '’' | '\u{92}')).unwrap_or(token.len());
    token[..end].trim_end_matches(is_closer)
}

impl Case {
    fn of(token: &str) -> Case {
        let mut chars = token.chars();
        let Some(first) = chars.next() else { return Case::Other };
        let second = chars.next();
        match first {
            _ if first.is_uppercase() => Case::Capital,
            _ if first.is_lowercase() && (second.is_some_and(char::is_uppercase) || is_address(token)) => Case::Name,
            _ if first.is_lowercase() => Case::Lower,
            _ if first.is_numeric() || is_currency(first) => Case::Digit,
            _ if first.is_alphabetic() => Case::Uncased,
            '@' | '#' if second.is_some_and(char::is_alphanumeric) => Case::Name,
            _ => Case::Other,
        }
    }
}

/// True for a token that belongs to the segment before it although white space stands between.
fn trails(token: &str, quoting: bool) -> bool {
    let rest = token.trim_start_matches(closes_alone);
    let closes = rest.len() < token.len() && !rest.starts_with(is_word);
    let inside = token.starts_with(|c| is_inner(c) || matches!(c, '%' | '‰'));
    closes || inside || is_trailer(token) || is_marks(token) || (token == "\"" && quoting)
}

/// Closing quotes, note numbers and emoticons.
fn is_trailer(token: &str) -> bool {
    token.chars().all(closes_alone) || is_note(token) || is_emoticon(token)
}

fn is_marks(token: &str) -> bool {
    token.starts_with(is_final) && token.chars().all(|c| is_final(c) || is_closer(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(text: &str) -> Gap<'_> {
        let end = text.find(' ').unwrap_or(text.len());
        Gap { text, start: 0, place: Place { end, next: text.len().min(end + 1), quoting: false } }
    }

    #[test]
    fn the_marks_before_a_gap_are_told_apart() {
        for (text, word, marks) in [
            ("fin. Y", "fin", Marks::Period),
            ("«fin».[3] Y", "fin", Marks::Period),
            ("fin.» Y", "fin", Marks::Period),
            ("fin...) Y", "fin", Marks::Ellipsis),
            ("fin\u{85} Y", "fin", Marks::Ellipsis),
            ("¿fin?! Y", "fin", Marks::Strong),
            ("fin?, Y", "fin", Marks::Inner),
            ("fin; Y", "fin", Marks::Semicolon),
            ("(fin) Y", "fin", Marks::None),
        ] {
            let left = Left::of(&gap(text));
            assert_eq!((left.word, left.marks), (word, marks), "{text}");
        }
    }

    #[test]
    fn the_word_after_a_gap_is_found_behind_what_opens_it() {
        for (text, word, case) in [
            (". «¿Qué?»", "Qué", Case::Capital),
            (". — don’t", "don’t", Case::Lower),
            (". iPhone", "iPhone", Case::Name),
            (". un.org", "un", Case::Name),
            (". $5", "", Case::Digit),
            (". 中文", "中文", Case::Uncased),
            (". \u{93}We", "We", Case::Capital),
        ] {
            let right = Right::of(&gap(text));
            assert_eq!((right.word, right.case, right.trails), (word, case, false), "{text}");
        }
    }

    #[test]
    fn what_closes_or_goes_on_trails() {
        for text in ["fin. »", "fin .", "fin ?", "fin. [3]", "fin. 🙂", "fin , y", "5 %"] {
            assert!(Right::of(&gap(text)).trails, "{text}");
        }
        assert!(!Right::of(&gap("Ja. »Nein«")).trails);
    }

    #[test]
    fn a_gap_looks_no_further_than_its_window() {
        let long = "é".repeat(WINDOW);
        let text = format!("{long} {long}");
        let gap = gap(&text);
        assert_eq!(gap.after().map(str::len).sum::<usize>(), WINDOW);
        assert_eq!(gap.before().map(str::len).sum::<usize>(), WINDOW);
        assert_eq!(gap.first().len(), WINDOW);
    }
}
