//! Text that is segmented already: one segment a line. It decides nothing.

use super::Segment;
use crate::text::normalize::is_blank;

/// Each line that is not blank is a segment; a blank line ends a paragraph and is not counted.
///
/// ```
/// use bitexto::segment::segmented;
/// let paragraphs: Vec<usize> = segmented("Uno.\nDos.\n\nTres.\n").iter().map(|s| s.paragraph).collect();
/// assert_eq!(paragraphs, [0, 0, 1]);
/// ```
pub fn segmented(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let (mut at, mut blank) = (0, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_matches(is_blank);
        if trimmed.is_empty() {
            blank = true;
        } else {
            let start = at + (line.len() - line.trim_start_matches(is_blank).len());
            let paragraph = segments.last().map_or(0, |last| last.paragraph + usize::from(blank));
            segments.push(Segment { start, end: start + trimmed.len(), paragraph });
            blank = false;
        }
        at += line.len();
    }
    segments
}
