//! The one place that converts byte offsets to those of other worlds: UTF-16 units (browsers), code points (Python).

/// The UTF-16 offset of the byte offset `byte` in `text`; an offset inside a character counts as its start.
pub fn utf16(text: &str, byte: usize) -> usize {
    prefix(text, byte).chars().map(char::len_utf16).sum()
}

/// The code point offset of the byte offset `byte` in `text`; an offset inside a character counts as its start.
pub fn code_points(text: &str, byte: usize) -> usize {
    prefix(text, byte).chars().count()
}

fn prefix(text: &str, byte: usize) -> &str {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_what_each_world_counts() {
        let text = "¿sí? 𝄞 fin";
        let byte = text.find("fin").expect("it is there");
        assert_eq!(byte, 12);
        assert_eq!(code_points(text, byte), 7);
        assert_eq!(utf16(text, byte), 8);
        assert_eq!(utf16(text, 1), 0, "inside ¿");
    }
}
