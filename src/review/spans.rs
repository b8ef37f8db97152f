//! Spans on their way to the browser, whose texts are counted in UTF-16 units. The only place of the review app that counts.

use crate::text::offsets::utf16;

/// Byte spans of `text` as UTF-16 spans, in order; what lies outside the text is cut off, and what is then empty is left out.
pub(super) fn to_utf16(text: &str, spans: &[[usize; 2]]) -> Vec<[usize; 2]> {
    let mut converted: Vec<_> = spans.iter().map(|[start, end]| [utf16(text, *start), utf16(text, *end)]).filter(|[s, e]| s < e).collect();
    converted.sort_unstable();
    converted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_behind_an_accent_and_a_clef_is_where_the_browser_looks() {
        let text = "sí 𝄞 12";
        let at = text.find("12").expect("it is there");
        assert_eq!(to_utf16(text, &[[at, at + 2]]), [[6, 8]]);
    }

    #[test]
    fn a_span_outside_the_text_is_cut() {
        assert_eq!(to_utf16("ab", &[[5, 9], [1, 9]]), [[1, 2]]);
    }
}
