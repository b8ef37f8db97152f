//! A review that comes back in a file: what its rows say, as far as that differs from what was sent. What becomes of it is ingest's business.

use std::borrow::Cow;

use super::Rejection;
use crate::model::Verdict;
use crate::text::normalize::nfc;

/// A file that came back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Returned {
    /// Rows in the file, empty ones left out.
    pub read: u64,
    /// The rows that say something new, in order.
    pub rows: Vec<ReturnedRow>,
    /// The rows that cannot be understood, in order.
    pub rejected: Vec<Rejection>,
}

/// A row that says something new.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnedRow {
    /// Where it is.
    pub place: Place,
    /// The id of the unit.
    pub id: String,
    /// The hash of the state that the unit was in when it was sent.
    pub base: String,
    /// The verdict, if it is another one.
    pub verdict: Option<Verdict>,
    /// The source text, if it is another one.
    pub source: Option<String>,
    /// The target text, if it is another one.
    pub target: Option<String>,
    /// What was noted.
    pub note: Option<String>,
}

/// The place of a row, and the row itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The 1-based row of the sheet, its header included.
    pub row: u64,
    /// The 1-based row of the file, headers and empty rows left out.
    pub record: u64,
    /// The cells that people fill in, with tabs between.
    pub text: String,
}

impl Place {
    /// This row as one that is not taken.
    pub fn reject(&self, cause: impl Into<String>) -> Rejection {
        let Place { file, sheet, row, record, text } = self.clone();
        Rejection { file, sheet: Some(sheet), record, line: row, byte: 0, cause: cause.into(), text }
    }
}

/// A text without what programs change by themselves when they save it: line ends, white space at both ends, Unicode composition. Two texts that
/// are the same so are no edit of each other; other white space inside a text is one.
pub fn comparable(text: &str) -> String {
    nfc(lines(text).trim()).into_owned()
}

/// The text with line ends as `\n`.
pub fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_changes_by_itself_is_no_edit_and_white_space_inside_is() {
        assert_eq!(comparable("  an\u{303}o\r\nnuevo\t"), comparable("año\nnuevo"));
        assert_ne!(comparable("año  nuevo"), comparable("año nuevo"));
        assert_ne!(comparable("10\u{a0}%"), comparable("10 %"));
    }
}
