//! Plain text: a file is a document in one language. Where its segments are is the segmenter's business.

use super::{Format, Input};
use crate::error::Result;

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "text",
    extensions: &["txt"],
    about: "plain text: a document in one language",
    read_document: Some(read),
    ..Format::NONE
};

/// The text of a document, untouched. Not UTF-8 is an error with its place.
pub fn read(input: Input) -> Result<String> {
    input.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_stays_as_it_came() {
        let text = " ¿Sí?\r\n\u{2028}No.\n\n";
        assert_eq!(read(Input::from_bytes("a.txt", text.into()).expect("in memory")).expect("text"), text);
    }
}
