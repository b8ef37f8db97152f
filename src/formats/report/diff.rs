//! Word differences between two texts of one language. Case and punctuation do not count: an outlet chooses those, the speaker chose the words.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;

use crate::text::words::words;

/// A stretch of the second text, or of the first one where the second leaves it out. The stretches that are not [`Change::LeftOut`] make up
/// the second text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// In both texts, as the second one has it.
    Same(&'a str),
    /// Only in the first text.
    LeftOut(&'a str),
    /// Only in the second text.
    Added(&'a str),
}

/// How two texts differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<'a> {
    /// The changes in reading order.
    pub changes: Vec<Change<'a>>,
    /// Number of words of the first text that the second leaves out.
    pub left_out: usize,
    /// Number of words that only the second text has.
    pub added: usize,
    /// The share in [0, 1] of the second text's words that the first one has too, in the same order; 1 for a text without words.
    pub shared: f64,
}

/// The word differences of `text` against `reference`.
///
/// ```
/// use bitexto::formats::report::diff::{Change, difference};
/// let found = difference("Desobedezcan la orden de Trump.", "«Desobedezcan la orden de Donald Trump»");
/// assert_eq!(found.added, 1);
/// assert!(found.changes.contains(&Change::Added("Donald")));
/// ```
pub fn difference<'a>(reference: &'a str, text: &'a str) -> Difference<'a> {
    let (old, new) = (Words::of(reference), Words::of(text));
    let edits = edits(&old, &new);
    let left_out = edits.iter().map(|edit| edit.old.len()).sum();
    let added = edits.iter().map(|edit| edit.new.len()).sum();
    let shared = if new.keys.is_empty() { 1.0 } else { (new.keys.len() - added) as f64 / new.keys.len() as f64 };
    Difference { changes: changes(&old, &new, &edits), left_out, added, shared }
}

struct Words<'a> {
    text: &'a str,
    spans: Vec<Range<usize>>,
    keys: Vec<String>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Words<'a> {
        let (spans, keys) = words(text).map(|(at, word)| (at..at + word.len(), key(word))).unzip();
        Words { text, spans, keys }
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        &self.text[self.spans[range.start].start..self.spans[range.end - 1].end]
    }
}

/// Accents count (`pasó` is not `paso`), the shape of an apostrophe does not.
fn key(word: &str) -> String {
    word.nfc().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// Words of the first text that were replaced by words of the second; one side may be empty.
struct Edit {
    old: Range<usize>,
    new: Range<usize>,
}

fn edits(old: &Words<'_>, new: &Words<'_>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old.keys, &new.keys) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let edit = Edit { old: op.old_range(), new: op.new_range() };
        match edits.last_mut() {
            Some(last) if is_chance(old, last, &edit) => (last.old.end, last.new.end) = (edit.old.end, edit.new.end),
            _ => edits.push(edit),
        }
    }
    edits
}

/// True when all that is the same between two replacements is one short word such as `de` or `to`: they read better as one.
fn is_chance(old: &Words<'_>, left: &Edit, right: &Edit) -> bool {
    let replaces = |edit: &Edit| !edit.old.is_empty() && !edit.new.is_empty();
    let between = left.old.end..right.old.start;
    between.is_empty() || (between.len() == 1 && replaces(left) && replaces(right) && old.keys[between.start].chars().count() <= 3)
}

fn changes<'a>(old: &Words<'a>, new: &Words<'a>, edits: &[Edit]) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let mut at = 0;
    for edit in edits {
        let start = new.spans.get(edit.new.start).map_or(new.text.len(), |span| span.start);
        same(&mut changes, &new.text[at..start]);
        at = start;
        if !edit.old.is_empty() {
            changes.push(Change::LeftOut(old.slice(&edit.old)));
        }
        if !edit.new.is_empty() {
            let added = new.slice(&edit.new);
            changes.push(Change::Added(added));
            at += added.len();
        }
    }
    same(&mut changes, &new.text[at..]);
    changes
}

fn same<'a>(changes: &mut Vec<Change<'a>>, text: &'a str) {
    if !text.is_empty() {
        changes.push(Change::Same(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Change::{Added, LeftOut, Same};

    #[test]
    fn a_changed_word_is_left_out_and_added() {
        let found = difference("Obedezcan la orden de la humanidad.", "Obedezcan las órdenes de la humanidad");
        assert_eq!(found.changes, [Same("Obedezcan "), LeftOut("la orden"), Added("las órdenes"), Same(" de la humanidad")]);
        assert_eq!((found.left_out, found.added), (2, 2));
    }

    #[test]
    fn case_and_punctuation_are_no_difference() {
        let found = difference("¡Desobedezcan la orden!, ¡Obedezcan!", "Desobedezcan la orden, obedezcan");
        assert_eq!(found.changes, [Same("Desobedezcan la orden, obedezcan")]);
        assert_eq!(difference("Trump's order", "Trump’s order").added, 0);
    }

    #[test]
    fn an_accent_is_a_difference_and_its_encoding_is_not() {
        assert_eq!(difference("paso", "pasó").added, 1);
        assert_eq!(difference("año", "an\u{303}o").added, 0);
    }

    #[test]
    fn a_part_of_the_reference_shares_all_its_words() {
        let found = difference("Desde Nueva York les pido que no disparen", "«no disparen»");
        assert_eq!(found.changes, [Same("«"), LeftOut("Desde Nueva York les pido que"), Same("no disparen»")]);
        assert!((found.shared - 1.0).abs() < 1e-9);
    }

    #[test]
    fn words_left_out_at_the_end_come_last() {
        let found = difference("Obey the order now", "Obey the order.");
        assert_eq!(found.changes, [Same("Obey the order."), LeftOut("now")]);
    }

    #[test]
    fn a_short_word_between_two_replacements_does_not_part_them() {
        let found = difference("fusiles contra la humanidad entera", "armas hacia la gente entera");
        assert_eq!(found.changes, [LeftOut("fusiles contra la humanidad"), Added("armas hacia la gente"), Same(" entera")]);
    }

    #[test]
    fn texts_without_words_are_alike() {
        assert_eq!(difference("", "…").changes, [Same("…")]);
        assert!(difference("", "").changes.is_empty());
    }
}
