//! Text → its paragraphs. A line ends at `\n` only (with or without `\r`): U+2028, U+0085 and form feeds stay inside a line.

use std::fmt;
use std::ops::Range;

use super::characters::{is_closer, is_final, is_space};

/// What separates paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paragraphs {
    /// Decide from the text.
    #[default]
    Auto,
    /// Each line is a paragraph.
    Line,
    /// Blank lines separate paragraphs; lines inside one may be hard-wrapped.
    Blank,
}

impl Paragraphs {
    /// Every value, in order.
    pub const ALL: &'static [Paragraphs] = &[Paragraphs::Auto, Paragraphs::Line, Paragraphs::Blank];

    /// The name used in options and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Paragraphs::Auto => "auto",
            Paragraphs::Line => "line",
            Paragraphs::Blank => "blank",
        }
    }

    /// The value with that name.
    pub fn from_name(name: &str) -> Option<Paragraphs> {
        Paragraphs::ALL.iter().copied().find(|value| value.name() == name)
    }
}

impl fmt::Display for Paragraphs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What `Auto` takes for `text`: `Line` or `Blank`.
///
/// `Blank` when the lines look hard-wrapped: most are cut in mid-sentence, or as wide as the widest allows. One segment or one paragraph
/// a line is `Line`, with blank lines between or without; both readings give the same segments then.
///
/// ```
/// use bitexto::segment::{Paragraphs, decide};
/// assert_eq!(decide("Primera frase.\n\nSegunda frase.\n"), Paragraphs::Line);
/// assert_eq!(decide("Una frase cortada\npor el margen.\n\nOtra que también\nlo está.\n"), Paragraphs::Blank);
/// ```
pub fn decide(text: &str) -> Paragraphs {
    if Breaks::of(text).look_wrapped() { Paragraphs::Blank } else { Paragraphs::Line }
}

/// The byte spans of the paragraphs of `text`, without the white space at their ends.
pub(super) fn spans(text: &str, paragraphs: Paragraphs) -> impl Iterator<Item = Range<usize>> {
    let by_line = match paragraphs {
        Paragraphs::Auto => decide(text) == Paragraphs::Line,
        Paragraphs::Line => true,
        Paragraphs::Blank => false,
    };
    let mut lines = lines(text).peekable();
    std::iter::from_fn(move || {
        let mut span = lines.by_ref().find(|line| !line.is_empty())?;
        while !by_line && let Some(line) = lines.next_if(|line| !line.is_empty()) {
            span.end = line.end;
        }
        Some(span)
    })
}

/// The byte spans of the lines, without the white space at their ends; a blank line is an empty span.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let rest = text.get(next..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..len];
        let start = next + (len - line.trim_start_matches(is_space).len());
        let end = start + line.trim_matches(is_space).len();
        next += len + 1;
        Some(start..end)
    })
}

/// The narrowest column at which texts are wrapped; shorter lines are verse, lists or subtitles.
const NARROWEST: usize = 40;

/// The line breaks of a text that are no paragraph breaks for certain, and what they look like.
#[derive(Debug, Default)]
struct Breaks {
    /// Line breaks between two lines that are not blank.
    all: usize,
    /// No final mark before, lower case after.
    mid_sentence: usize,
    /// No final mark before.
    unended: usize,
    /// The next word had no room on the line before.
    full: usize,
    /// Blank lines between others.
    blank: usize,
}

impl Breaks {
    fn of(text: &str) -> Breaks {
        let column = wrapping_column(text);
        let mut breaks = Breaks::default();
        let mut before: Option<&str> = None;
        let mut blank = false;
        for line in lines(text).map(|span| &text[span]) {
            if line.is_empty() {
                blank = before.is_some();
                continue;
            }
            if blank {
                breaks.blank += 1;
            } else if let Some(before) = before {
                breaks.count(before, line, column);
            }
            (before, blank) = (Some(line), false);
        }
        breaks
    }

    fn count(&mut self, before: &str, line: &str, column: usize) {
        let unended = !before.trim_end_matches(is_closer).ends_with(is_final);
        let word = line.split(is_space).next().unwrap_or(line);
        self.all += 1;
        self.unended += usize::from(unended);
        self.mid_sentence += usize::from(unended && line.starts_with(char::is_lowercase));
        self.full += usize::from(width(before) + 1 + width(word) > column);
    }

    /// A text with one sentence or paragraph a line has next to no break in mid-sentence; a wrapped one about 80 % (it breaks at final marks and
    /// before capitals by chance only), and nearly all its lines are full.
    fn look_wrapped(&self) -> bool {
        let share = |part: usize| part as f64 / self.all.max(1) as f64;
        let cut = share(self.mid_sentence) >= 0.4;
        let full = share(self.full) >= 0.6;
        (cut && (full || self.blank > 0)) || (full && self.blank > 0 && share(self.unended) >= 0.6)
    }
}

/// The width in characters that nine lines in ten keep within; a few over-long lines (URLs, tables) do not count.
pub(super) fn wrapping_column(text: &str) -> usize {
    let mut widths: Vec<usize> = lines(text).filter(|line| !line.is_empty()).map(|line| width(&text[line])).collect();
    widths.sort_unstable();
    let widest = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
    widest.max(NARROWEST)
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segment;
    use crate::text::Lang;

    #[test]
    fn names_go_there_and_back() {
        for &value in Paragraphs::ALL {
            assert_eq!(Paragraphs::from_name(value.name()), Some(value));
        }
        assert_eq!(Paragraphs::from_name("lines"), None);
    }

    #[test]
    fn blank_lines_separate_blocks_and_line_ends_separate_lines() {
        let text = "uno\ndos\n\n \t\ntres\n";
        let cut = |paragraphs| spans(text, paragraphs).map(|span| &text[span]).collect::<Vec<_>>();
        assert_eq!(cut(Paragraphs::Blank), ["uno\ndos", "tres"]);
        assert_eq!(cut(Paragraphs::Line), ["uno", "dos", "tres"]);
    }

    #[test]
    fn one_segment_a_line_is_lines_with_or_without_blank_lines() {
        assert_eq!(decide("Una frase.\nOtra frase.\n«¿Otra?»\n"), Paragraphs::Line);
        assert_eq!(decide("Una frase.\nOtra frase.\n\nUn título\nOtra frase.\n"), Paragraphs::Line);
        assert_eq!(decide("pan y vino\nsal\nagua con gas\n"), Paragraphs::Line);
        assert_eq!(decide(""), Paragraphs::Line);
    }

    #[test]
    fn hard_wrapped_text_is_blocks_with_or_without_blank_lines() {
        let wrapped = "En un lugar de la Mancha, de cuyo nombre no\nquiero acordarme, no ha mucho tiempo que vivía\nun hidalgo de los de lanza en astillero, adarga\nantigua, rocín flaco y galgo corredor.\n";
        assert_eq!(decide(wrapped), Paragraphs::Blank);
        assert_eq!(decide(&format!("{wrapped}\n{wrapped}")), Paragraphs::Blank);
        assert_eq!(segment(wrapped, &Lang::ES, Paragraphs::Auto).len(), 1);
    }

    #[test]
    fn verse_is_lines() {
        assert_eq!(
            decide("Caminante, son tus huellas\nel camino y nada más;\nCaminante, no hay camino,\nse hace camino al andar.\n"),
            Paragraphs::Line
        );
    }

    #[test]
    fn paragraphs_one_a_line_with_blank_lines_between_read_the_same_both_ways() {
        let text = "Una frase. Otra.\n\nUna más.\n";
        assert_eq!(segment(text, &Lang::ES, Paragraphs::Line), segment(text, &Lang::ES, Paragraphs::Blank));
    }
}
