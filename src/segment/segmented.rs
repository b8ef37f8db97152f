//! Text that is segmented already: one segment a line, with the marks that aligners agree on. It decides nothing.

use super::Segment;
use crate::text::normalize::is_blank;

/// A line that ends a part on both sides of a bitext: nothing before it corresponds to anything behind it (Bleualign).
pub const END_OF_PART: &str = ".EOA";
/// A line that ends a paragraph, as a blank line does (hunalign).
pub const END_OF_PARAGRAPH: &str = "<p>";

/// What is in a text of one segment a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segmented {
    /// The segments.
    pub segments: Vec<Segment>,
    /// The marks [`END_OF_PART`], in order.
    pub ends: Vec<PartEnd>,
}

/// The place of a mark [`END_OF_PART`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartEnd {
    /// How many segments come before it.
    pub segment: usize,
    /// Its 1-based line.
    pub line: u64,
}

/// Each line is a segment, but for the marks: a blank line or [`END_OF_PARAGRAPH`] ends a paragraph, [`END_OF_PART`] a part; they are not
/// counted.
///
/// ```
/// use bitexto::segment::segmented;
/// let text = segmented("Uno.\nDos.\n\nTres.\n.EOA\nCuatro.\n");
/// let paragraphs: Vec<usize> = text.segments.iter().map(|s| s.paragraph).collect();
/// assert_eq!(paragraphs, [0, 0, 1, 2]);
/// assert_eq!((text.ends[0].segment, text.ends[0].line), (3, 5));
/// ```
pub fn segmented(text: &str) -> Segmented {
    let mut found = Segmented::default();
    let (mut at, mut ended) = (0, false);
    for (line, n) in text.split_inclusive('\n').zip(1..) {
        let trimmed = line.trim_matches(is_blank);
        if trimmed == END_OF_PART {
            found.ends.push(PartEnd { segment: found.segments.len(), line: n });
        }
        if ["", END_OF_PARAGRAPH, END_OF_PART].contains(&trimmed) {
            ended = true;
        } else {
            let start = at + (line.len() - line.trim_start_matches(is_blank).len());
            let paragraph = found.segments.last().map_or(0, |last| last.paragraph + usize::from(ended));
            found.segments.push(Segment { start, end: start + trimmed.len(), paragraph });
            ended = false;
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_paragraphs_and_parts_are_no_segments() {
        let text = "<p>\r\nUno.\r\n<p>\r\nDos <p>\r\n .EOA \r\n\r\n.EOA\n";
        let found = segmented(text);
        let segments: Vec<_> = found.segments.iter().map(|s| (&text[s.start..s.end], s.paragraph)).collect();
        assert_eq!(segments, [("Uno.", 0), ("Dos <p>", 1)]);
        assert_eq!(found.ends, [PartEnd { segment: 2, line: 5 }, PartEnd { segment: 2, line: 7 }]);
    }
}
