//! Edits of a text: what is put in place of which bytes. Rules only say what they would change; this module changes it.

use std::borrow::Cow;
use std::ops::Range;

/// Edits in the order of the text, none of which overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edits(Vec<(Range<usize>, Cow<'static, str>)>);

impl Edits {
    /// Puts `text` in place of the bytes of `span`, which begins where the last edit ends or later; an edit before that is left out.
    pub fn put(&mut self, span: Range<usize>, text: impl Into<Cow<'static, str>>) {
        if self.0.last().is_none_or(|(last, _)| last.end <= span.start) {
            self.0.push((span, text.into()));
        }
    }

    /// Takes the bytes of `span` out.
    pub fn cut(&mut self, span: Range<usize>) {
        self.put(span, "");
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `text` with the edits made.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (span, put) in &self.0 {
            out.push_str(&text[from..span.start]);
            out.push_str(put);
            from = span.end;
        }
        out.push_str(&text[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_order_and_do_not_overlap() {
        let mut edits = Edits::default();
        edits.put(0..1, "E");
        edits.cut(3..5);
        edits.put(4..5, "never");
        assert_eq!(edits.apply("el «sol"), "El sol");
        assert_eq!(edits.len(), 2);
    }
}
