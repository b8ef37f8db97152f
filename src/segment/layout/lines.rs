//! A text as the lines that are not blank, and what lies between them. A form feed ends a line as a line feed does.

use crate::segment::Paragraphs;
use crate::segment::characters::{is_closer, is_dash, is_space};
use crate::segment::paragraphs::wrapping_column;
use crate::text::normalize::squeeze;

/// The lines of a text that are not blank.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    lines: Vec<Line>,
    /// The width of the text in characters; 0 when its lines are not wrapped.
    pub(super) column: usize,
    pub(super) paragraphs: Paragraphs,
}

/// A line, without the white space at its ends.
struct Line {
    start: usize,
    end: usize,
    /// A form feed stands between the line before and this.
    feed: bool,
    /// A blank line stands there.
    blank: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str, paragraphs: Paragraphs) -> Lines<'a> {
        let mut lines = Vec::new();
        let (mut at, mut feed, mut blank) = (0, false, false);
        for end in memchr::memchr2_iter(b'\n', b'\x0c', text.as_bytes()).chain([text.len()]) {
            let line = &text[at..end];
            let start = at + (line.len() - line.trim_start_matches(is_space).len());
            let trimmed = line.trim_matches(is_space);
            let feeds = text.as_bytes().get(end) == Some(&b'\x0c');
            if trimmed.is_empty() {
                blank |= !feeds && !text[..at].ends_with('\x0c');
            } else {
                lines.push(Line { start, end: start + trimmed.len(), feed, blank });
                (feed, blank) = (false, false);
            }
            feed |= feeds;
            at = end + 1;
        }
        let column = if paragraphs == Paragraphs::Blank { wrapping_column(text) } else { 0 };
        Lines { text, lines, column, paragraphs }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn line(&self, n: usize) -> &'a str {
        &self.text[self.start(n)..self.end(n)]
    }

    pub(super) fn start(&self, n: usize) -> usize {
        self.lines[n].start
    }

    pub(super) fn end(&self, n: usize) -> usize {
        self.lines[n].end
    }

    /// True when a form feed stands between line `n` and the one before.
    pub(super) fn feed_before(&self, n: usize) -> bool {
        self.lines[n].feed
    }

    /// True when a blank line stands there.
    pub(super) fn blank_before(&self, n: usize) -> bool {
        self.lines[n].blank
    }

    /// True when line `n` begins with a small letter.
    pub(super) fn begins_small(&self, n: usize) -> bool {
        self.line(n).starts_with(char::is_lowercase)
    }

    /// True when a sentence goes on from line `before` to line `after`: it is prose that the margin cut (or the end of a page, where there is no
    /// margin) and not at its end.
    pub(super) fn goes_on(&self, before: usize, after: usize) -> bool {
        let cut = if self.column > 0 { self.width(before) * 100 >= self.column * FULL } else { self.width(before) >= LEAST };
        cut && is_unended(self.line(before)) && (self.begins_small(after) || self.column > 0 && !self.line(before).ends_with(is_dash))
    }

    /// True when line `n`, gaps inside it aside, is too short for one that the margin ends.
    pub(super) fn is_short(&self, n: usize) -> bool {
        let width = squeeze(self.line(n)).chars().count();
        if self.column > 0 { width * 100 < self.column * SHORT } else { width < LEAST }
    }

    fn width(&self, n: usize) -> usize {
        self.line(n).chars().count()
    }
}

/// The share of the column, in per cent, that a line fills which the margin ended: the next word had no room.
const FULL: usize = 80;

/// The share of the column, in per cent, that a running head fills at most.
const SHORT: usize = 60;

/// Where lines are not wrapped: what a paragraph that a page break cut has at least, and a running head at most, in characters.
const LEAST: usize = 50;

/// The share of a line of prose, in per cent, that is letters and white space. Code, lists of references and tables have less.
const PROSE: usize = 75;

/// True for a line of prose that no mark ends.
fn is_unended(line: &str) -> bool {
    let last = line.trim_end_matches(is_closer).chars().next_back();
    let open = last.is_some_and(|c| c.is_alphanumeric() || is_dash(c) || matches!(c, ',' | ';' | '%' | '\u{ad}' | '\u{ac}'));
    let (all, plain) = line.chars().fold((0, 0), |(all, plain), c| (all + 1, plain + usize::from(c.is_alphabetic() || c == ' ')));
    open && plain * 100 >= all * PROSE
}
