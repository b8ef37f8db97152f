//! Cells: what a spreadsheet can hold of a text, and what was shown of a unit, as the hidden column tells it.

use std::borrow::Cow;

use crate::formats::returned::comparable;
use crate::model::{Unit, Verdict};
use crate::text::hash::{base32, digest, from_base32};

/// A cell to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, at most 32,767 UTF-16 units of it.
    Text(String),
    /// A number.
    Number(f64),
}

impl Cell {
    /// A text, or nothing.
    pub(super) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

/// What a cell can hold, in UTF-16 units (Excel's limit). A cell so full is never taken for a whole text.
pub(super) const FULL: usize = 32_767;

/// The text as a cell can show it; borrowed when that is all of it.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unfit) && !is_full(text) && utf16_len(text) < FULL {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().min(3 * FULL));
    let mut length = 0;
    for c in text.chars().map(picture) {
        if length + c.len_utf16() >= FULL {
            break;
        }
        length += c.len_utf16();
        shown.push(c);
    }
    if utf16_len(text) >= FULL {
        // Filled up, so that it is known as a part wherever it is read.
        shown.extend(std::iter::repeat_n('…', FULL - length));
    }
    Cow::Owned(shown)
}

/// True for what a cell holds when it may not be the whole text.
pub(super) fn is_full(cell: &str) -> bool {
    cell.len() >= FULL && utf16_len(cell) >= FULL
}

fn utf16_len(text: &str) -> usize {
    if text.len() < FULL { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// Characters that XML 1.0 cannot hold. Spreadsheets have an escape for them, which programs read differently.
fn is_unfit(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn picture(c: char) -> char {
    if !is_unfit(c) {
        return c;
    }
    // U+2400 and on are the pictures of U+0000 and on.
    char::from_u32(0x2400 + u32::from(c)).filter(|_| c < ' ').unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// What a reviewer was shown of a unit: by it the changes are told, and whether the unit was changed in the store meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// The hash of the unit's state.
    pub base: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The hashes of the texts as they were shown.
    pub source: [u8; 16],
    /// The same of the target.
    pub target: [u8; 16],
    /// True when a text was shown in part.
    pub in_part: bool,
}

impl Seen {
    /// What is shown of a unit.
    pub(super) fn of(unit: &Unit) -> Seen {
        let (source, target) = (shown(&unit.source), shown(&unit.target));
        Seen {
            base: unit.remarks.as_ref().map(|remarks| remarks.base.clone()).unwrap_or_default(),
            verdict: Verdict::of(unit.state),
            source: hash(&source),
            target: hash(&target),
            in_part: matches!((source, target), (Cow::Owned(_), _) | (_, Cow::Owned(_))),
        }
    }

    /// As the hidden column has it.
    pub(super) fn written(&self) -> String {
        let Seen { base, verdict, source, target, in_part } = self;
        let part = if *in_part { " part" } else { "" };
        format!("{base} {verdict} {} {}{part}", base32(source), base32(target))
    }

    /// Reads the hidden column; `None` when it is not as it was written.
    pub(super) fn parse(cell: &str) -> Option<Seen> {
        let fields: Vec<&str> = cell.split_ascii_whitespace().collect();
        let (fields, in_part) = match fields[..] {
            [a, b, c, d] => ([a, b, c, d], false),
            [a, b, c, d, "part"] => ([a, b, c, d], true),
            _ => return None,
        };
        let [base, verdict, source, target] = fields;
        from_base32(base)?;
        let verdict = Verdict::from_name(verdict)?;
        Some(Seen { base: base.to_string(), verdict, source: from_base32(source)?, target: from_base32(target)?, in_part })
    }
}

/// The hash of a text, the same for texts that are no edit of each other.
pub(super) fn hash(text: &str) -> [u8; 16] {
    digest([comparable(text).as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_shown_as_it_is() {
        let text = "=1+1\t«ñ»\r\n🕊";
        assert!(matches!(shown(text), Cow::Borrowed(shown) if shown == text));
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_fills_the_cell() {
        for text in ["a".repeat(FULL), "🕊".repeat(FULL), "añ".repeat(FULL)] {
            let shown = shown(&text);
            assert_eq!(shown.encode_utf16().count(), FULL);
            assert!(is_full(&shown) && shown.ends_with('…') && text.starts_with(shown.trim_end_matches('…')));
        }
        assert!(!is_full(&shown(&"a".repeat(FULL - 1))));
        assert!(matches!(shown(&"ñ".repeat(FULL - 1)), Cow::Borrowed(_)), "counted in UTF-16 units, not bytes");
    }

    #[test]
    fn a_control_character_is_shown_by_its_picture() {
        assert_eq!(shown("a\u{7}b\u{0}\u{ffff}"), "a␇b␀\u{fffd}");
    }

    #[test]
    fn the_hidden_column_goes_there_and_back() {
        let seen = Seen { base: base32(&[7; 16]), verdict: Verdict::Flagged, source: hash("Sí."), target: hash("Yes."), in_part: true };
        assert_eq!(Seen::parse(&seen.written()), Some(seen.clone()));
        let whole = Seen { in_part: false, ..seen };
        assert_eq!(Seen::parse(&whole.written()), Some(whole));
        assert_eq!(Seen::parse("a b c d"), None);
    }
}
