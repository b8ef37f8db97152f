//! Segments → text, one a line. It changes white space only, and what the layout says.

use super::{Layout, Segment};
use crate::text::normalize::squeeze;

/// The segments of `text`, read through its layout, one a line, inner white space squeezed to one blank, a blank line between paragraphs.
///
/// ```
/// use bitexto::segment::{Layout, Options, write};
/// use bitexto::text::Lang;
/// let text = "Una.  Dos\t tres.\nCuatro.";
/// let layout = Layout::of(text, Options::default());
/// assert_eq!(write(text, &layout.segments(text, &Lang::ES), &layout), "Una.\nDos tres.\n\nCuatro.\n");
/// ```
pub fn write(text: &str, segments: &[Segment], layout: &Layout) -> String {
    let mut out = String::with_capacity(text.len() + segments.len());
    let mut paragraph = segments.first().map_or(0, |segment| segment.paragraph);
    for segment in segments {
        if segment.paragraph != paragraph {
            out.push('\n');
            paragraph = segment.paragraph;
        }
        out.push_str(&squeeze(&layout.read(text, segment.start..segment.end)));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{Paragraphs, segment};
    use crate::text::Lang;

    #[test]
    fn what_was_written_is_read_again_as_the_same_segments() {
        let text = "Una. Dos\u{a0}y\n media.\n\nTres\u{85} y \u{2028}más.";
        let once = write(text, &segment(text, &Lang::ES, Paragraphs::Blank), &Layout::default());
        assert_eq!(once, "Una.\nDos\u{a0}y media.\n\nTres\u{85} y más.\n");
        assert_eq!(write("", &[], &Layout::default()), "");
    }
}
