//! Marks what findings point at. Spans may overlap, lie outside the text or cut a character: they are clamped, never trusted.

use super::escape::Text;
use super::{ReportFinding, put};

/// One side of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Source,
    Target,
}

/// `text` as HTML with the spans of `findings` in `<mark data-f="1 2">`, the numbers being the findings' 1-based positions;
/// `data-end` has those whose span ends there, where the page may show them.
pub(super) fn marked(text: &str, findings: &[ReportFinding], side: Side) -> String {
    let spans: Vec<_> = findings.iter().enumerate().flat_map(|(n, finding)| on(finding, side).iter().map(move |span| (n, *span))).collect();
    let spans: Vec<_> =
        spans.into_iter().map(|(n, [start, end])| (n, floor(text, start), ceil(text, end))).filter(|(_, s, e)| s < e).collect();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(_, start, end)| [*start, *end]).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(text.len() + 32 * spans.len());
    for cut in cuts.windows(2) {
        let (start, end) = (cut[0], cut[1]);
        let here: Vec<_> = spans.iter().filter(|(_, s, e)| *s <= start && end <= *e).collect();
        let piece = Text(&text[start..end]);
        if here.is_empty() {
            put!(out, "{piece}");
            continue;
        }
        let (all, ending) = (numbers(&here, |_| true), numbers(&here, |(_, _, e)| *e == end));
        let ending = if ending.is_empty() { ending } else { format!(" data-end=\"{ending}\"") };
        put!(out, "<mark data-f=\"{all}\"{ending}>{piece}</mark>");
    }
    out
}

/// A finding's position, start and end.
type Span = (usize, usize, usize);

fn numbers(spans: &[&Span], keep: impl Fn(&Span) -> bool) -> String {
    let mut numbers: Vec<_> = spans.iter().filter(|span| keep(span)).map(|(n, ..)| (n + 1).to_string()).collect();
    numbers.dedup();
    numbers.join(" ")
}

fn on(finding: &ReportFinding, side: Side) -> &[[usize; 2]] {
    match side {
        Side::Source => &finding.source_spans,
        Side::Target => &finding.target_spans,
    }
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

fn ceil(text: &str, at: usize) -> usize {
    text.ceil_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(spans: &[[usize; 2]]) -> ReportFinding {
        ReportFinding { source_spans: spans.to_vec(), ..ReportFinding::default() }
    }

    #[test]
    fn spans_are_byte_offsets_also_after_accents() {
        let text = "Él pidió 5 años";
        let at = text.find("5 años").expect("it is there");
        let out = marked(text, &[finding(&[[at, text.len()]])], Side::Source);
        assert_eq!(out, "Él pidió <mark data-f=\"1\" data-end=\"1\">5 años</mark>");
        assert_eq!(marked(text, &[finding(&[[at, text.len()]])], Side::Target), text);
    }

    #[test]
    fn overlapping_spans_are_cut_where_they_meet() {
        let out = marked("abcd", &[finding(&[[0, 3]]), finding(&[[2, 4]])], Side::Source);
        assert_eq!(
            out,
            "<mark data-f=\"1\">ab</mark><mark data-f=\"1 2\" data-end=\"1\">c</mark><mark data-f=\"2\" data-end=\"2\">d</mark>"
        );
    }

    #[test]
    fn a_span_that_cuts_a_character_or_leaves_the_text_is_clamped() {
        assert_eq!(marked("añb", &[finding(&[[2, 99]])], Side::Source), "a<mark data-f=\"1\" data-end=\"1\">ñb</mark>");
        assert_eq!(marked("añb", &[finding(&[[7, 3], [50, 60]])], Side::Source), "añb");
    }

    #[test]
    fn markup_inside_a_span_is_escaped() {
        assert_eq!(marked("a<b>", &[finding(&[[1, 4]])], Side::Source), "a<mark data-f=\"1\" data-end=\"1\">&lt;b&gt;</mark>");
    }
}
