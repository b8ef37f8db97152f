//! A document: a text in one language, exactly as it came, and where its segments are.

use std::borrow::Cow;
use std::ops::Range;

use super::{Lang, Provenance, Segment};
use crate::segment::Layout;
use crate::text::normalize::squeeze;

/// A text in one language and the byte spans of its segments.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its path relative to the corpus folder: its identity.
    pub path: String,
    /// Its language.
    pub lang: Lang,
    /// The text, untouched.
    pub text: String,
    /// Its segments in order.
    pub segments: Vec<Segment>,
    /// What of the text is page and not text; segments are read through it.
    pub layout: Layout,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Document {
    /// The text of segment `n` as the layout has it, line breaks inside it as blanks.
    ///
    /// # Panics
    /// If there is no segment `n`, or its span is not one of this text.
    pub fn segment(&self, n: usize) -> Cow<'_, str> {
        let segment = &self.segments[n];
        match self.layout.read(&self.text, segment.start..segment.end) {
            Cow::Borrowed(text) => squeeze(text),
            Cow::Owned(text) => Cow::Owned(squeeze(&text).into_owned()),
        }
    }

    /// The text of some neighbouring segments, joined by blanks.
    ///
    /// # Panics
    /// If a segment is not there.
    pub fn joined(&self, segments: Range<usize>) -> String {
        segments.map(|n| self.segment(n)).collect::<Vec<_>>().join(" ")
    }

    /// The texts of all segments, in order.
    pub fn segment_texts(&self) -> Vec<Cow<'_, str>> {
        (0..self.segments.len()).map(|n| self.segment(n)).collect()
    }
}
