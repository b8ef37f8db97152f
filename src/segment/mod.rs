//! Text → byte spans of its segments. It changes nothing and splits only; what belongs together across languages is the aligner's business.

mod abbreviations;
mod characters;
mod ends;
mod gap;
mod headlines;
pub mod layout;
mod lists;
mod paragraphs;
mod render;
mod scan;
mod segmented;
mod tokens;
mod unmarked;

use std::ops::Range;

use crate::text::Lang;
use gap::Gap;
use lists::Lists;

pub use layout::{Layout, Options};
pub use paragraphs::{Paragraphs, decide};
pub use render::write;
pub use segmented::{END_OF_PARAGRAPH, END_OF_PART, PartEnd, Segmented, segmented};

/// Version of the rules; part of every signature. Raise it when a boundary can change.
pub const VERSION: u32 = 2;

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

/// The segments of `text` in order. Together they hold every character that is not white space. The text is taken as it stands;
/// [`Layout::segments`] leaves out what belongs to the page.
pub fn segment(text: &str, lang: &Lang, paragraphs: Paragraphs) -> Vec<Segment> {
    let lists = Lists::of(lang);
    let mut segments = Vec::new();
    for (paragraph, span) in paragraphs::spans(text, paragraphs).enumerate() {
        split(&text[span.clone()], lists, |segment| {
            segments.push(Segment { start: span.start + segment.start, end: span.start + segment.end, paragraph });
        });
    }
    segments
}

/// Calls `found` with the span of each segment of the paragraph `text`.
fn split(text: &str, lists: &Lists, mut found: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for place in scan::places(text) {
        if ends::ends(&Gap { text, start, place }, lists) {
            found(start..place.end);
            start = place.next;
        }
    }
    if start < text.len() {
        found(start..text.len());
    }
}

/// Tests write a text with ` | ` where it is to be split.
#[cfg(test)]
mod marked {
    use super::{Paragraphs, segment};
    use crate::text::Lang;

    pub(super) fn es(marked: &str) {
        assert_split(&Lang::ES, marked);
    }

    pub(super) fn en(marked: &str) {
        assert_split(&Lang::EN, marked);
    }

    pub(super) fn assert_split(lang: &Lang, marked: &str) {
        let text = marked.replace(" | ", " ");
        let segments: Vec<&str> = segment(&text, lang, Paragraphs::Line).iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(segments.join(" | "), marked);
    }
}

/// Tests write texts at random.
#[cfg(test)]
mod random {
    /// What is hard about texts, to be strung together at random.
    const PIECES: &[&str] = &[
        "casa",
        "El",
        "Dr",
        "EE",
        "UU",
        "p",
        "ej",
        "J",
        "No",
        "5",
        "3,5",
        "a",
        "C",
        "www.un.org",
        "iPhone",
        "año",
        "an\u{303}o",
        "\u{301}",
        "É",
        "ß",
        "中文",
        "。",
        "！",
        "شكرا",
        "؟",
        "𝄞",
        "😊",
        ".",
        "..",
        "...",
        "…",
        "?",
        "!",
        "?!",
        ",",
        ";",
        ":",
        "¿",
        "¡",
        "\"",
        "'",
        "“",
        "”",
        "«",
        "»",
        "(",
        ")",
        "[12]",
        "—",
        "-",
        "–",
        "•",
        "***",
        "--",
        ":)",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\n\n",
        "\r",
        "\u{a0}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{96}",
        "\u{93}",
        "\u{94}",
        "\u{9f}",
        "\u{0}",
        "\u{c}",
        "\u{b}",
        "\u{200b}",
        "\u{feff}",
        "\u{ad}",
        "\u{3000}",
        "02/13/2001",
        "08:02",
        "PM",
        "1.",
        "2)",
        "(b)",
        "http://a.b",
        "%",
        "$",
        "The",
        "La",
        "exam-\nple",
        "\u{ad}\n",
        "\n- 2 -\n",
        "\n\n3\n\n",
        "\nEL PAÍS 4\n",
        "\nTHE DAILY\n",
        "\u{fffd}",
        "\u{7f}",
        "\u{200d}",
        "el sur que no se ve",
    ];

    /// Texts made by a fixed linear congruential generator (Knuth's MMIX constants).
    pub(super) fn texts(count: usize) -> impl Iterator<Item = String> {
        let mut state = 1_u64;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        (0..count).map(move |_| (0..next(60)).map(|_| PIECES[next(PIECES.len())]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn without_spaces(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    #[test]
    fn segments_hold_every_character_that_is_not_white_space_in_order() {
        for text in random::texts(500) {
            for lang in [Lang::ES, Lang::EN, "de".parse().expect("a code")] {
                for &paragraphs in Paragraphs::ALL {
                    let segments = segment(&text, &lang, paragraphs);
                    let joined: String = segments.iter().map(|s| &text[s.start..s.end]).collect();
                    assert_eq!(without_spaces(&joined), without_spaces(&text), "{text:?}");
                    assert_eq!(without_spaces(&write(&text, &segments, &Layout::default())), without_spaces(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn segments_are_trimmed_and_neither_empty_nor_overlapping() {
        for text in random::texts(1000) {
            let segments = segment(&text, &Lang::ES, Paragraphs::Line);
            for pair in segments.windows(2) {
                assert!(pair[0].end <= pair[1].start && pair[0].paragraph <= pair[1].paragraph, "{text:?}");
            }
            for s in &segments {
                let found = &text[s.start..s.end];
                assert_eq!(found, found.trim_matches(characters::is_space), "{text:?}");
                assert!(!found.is_empty(), "{text:?}");
            }
        }
    }

    #[test]
    fn composed_and_decomposed_text_are_split_alike() {
        let text = "Él llegó a las 5 p. m. Salió después. ¿Quién? ¡Él! Véase la pág. 7. Único en EE. UU. Él calló.";
        let decomposed: String = text.nfd().collect();
        let count = |text: &str| segment(text, &Lang::ES, Paragraphs::Line).len();
        assert_eq!(count(text), 7);
        assert_eq!(count(&decomposed), 7);
    }

    #[test]
    fn controls_left_of_windows_1252_are_kept_and_read_as_what_they_were() {
        marked::en("He said \u{93}no.\u{94} | Then he left\u{85} | She didn\u{92}t. | \u{93}Why?\u{94} she asked.");
    }

    #[test]
    fn only_line_feeds_end_a_line() {
        let paragraphs = |text: &str| segment(text, &Lang::ES, Paragraphs::Line).last().map(|s| s.paragraph + 1);
        assert_eq!(paragraphs("uno\u{2028}dos\u{85}tres\u{b}cuatro\rcinco"), Some(1));
        assert_eq!(paragraphs("uno\r\ndos\n\ntres"), Some(3));
    }
}
