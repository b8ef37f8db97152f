//! Text → byte spans of its segments. It changes nothing and splits only; what belongs together across languages is the aligner's business.

use crate::text::Lang;

/// Version of the rules; part of every signature. Raise it when a boundary can change.
pub const VERSION: u32 = 1;

/// A stretch of text handled as one translation piece, usually a sentence: a byte span of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First byte.
    pub start: usize,
    /// Past the last byte; white space at both ends is left out.
    pub end: usize,
    /// 0-based paragraph, rising through the document.
    pub paragraph: usize,
}

/// What separates paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paragraphs {
    /// Decide from the text.
    #[default]
    Auto,
    /// Each line is a paragraph.
    Line,
    /// Blank lines separate paragraphs; lines inside one may be hard-wrapped.
    Blank,
}

/// The segments of `text` in order. Together they hold every character that is not white space.
pub fn segment(text: &str, lang: &Lang, paragraphs: Paragraphs) -> Vec<Segment> {
    let _ = (lang, paragraphs);
    let mut start = 0;
    let mut segments = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            segments.push(Segment { start: from, end: from + trimmed.len(), paragraph: segments.len() });
        }
        start += line.len();
    }
    segments
}
