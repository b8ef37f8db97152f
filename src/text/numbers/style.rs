//! Which mark begins the decimals in a text: what is usual in a country, and what the numbers of a document say themselves.

use super::form;
use crate::text::Lang;
use crate::text::links::links;

/// Which mark begins the decimals in a text, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// True for `1.234,5`, false for `1,234.5`.
    pub decimal_comma: bool,
    /// True when the text's own numbers say so: then `1.234` has one reading.
    pub certain: bool,
}

/// Regions where Spanish writes a decimal point (RAE, Diccionario panhispánico de dudas, "coma"; CLDR).
const POINT_REGIONS: &[&str] = &["DO", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "SV", "US"];

impl Style {
    /// The likely style of a language and region.
    pub fn of(lang: &Lang) -> Style {
        let region = lang.as_str().rsplit('-').next().unwrap_or_default();
        let decimal_comma = match lang.primary() {
            "es" => !POINT_REGIONS.contains(&region),
            "ca" | "de" | "eu" | "fr" | "gl" | "it" | "pt" => true,
            _ => false,
        };
        Style { decimal_comma, certain: false }
    }
}

/// What the numbers of a document say about its decimal mark. Feed it the segments of one document and side.
///
/// Only what has one reading votes: two groups (`1.234.567`), two separators (`1.234,5`), decimals of one or two digits (`3,5`).
///
/// ```
/// use bitexto::text::Lang;
/// use bitexto::text::numbers::{Style, StyleVotes};
/// let mut votes = StyleVotes::default();
/// ["Subió un 3.5 %", "Pagó 1,234,567 pesos", "De 2.1 a 2.8 metros"].iter().for_each(|text| votes.add(text));
/// assert_eq!(votes.style(&Lang::ES), Style { decimal_comma: false, certain: true });
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StyleVotes {
    /// Numbers that have a decimal comma, or points between their groups.
    pub comma: u64,
    /// Numbers that have a decimal point, or commas between their groups.
    pub point: u64,
}

/// Fewer votes than this make nothing certain: one may be a time of day, a version or a slip.
const FEWEST_VOTES: u64 = 3;
/// The share of the votes that makes a style certain.
const MAJORITY: f64 = 0.9;

impl StyleVotes {
    /// Counts the numbers of `text`.
    pub fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if !bytes.iter().any(u8::is_ascii_digit) {
            return;
        }
        let links = links(text);
        let mut at = 0;
        while let Some(start) = (at..bytes.len()).find(|&n| bytes[n].is_ascii_digit()) {
            let form = form::read(&text[start..], Style { decimal_comma: true, certain: false });
            at = start + form.len;
            let in_word = text[..start].ends_with(char::is_alphanumeric) || text[at..].starts_with(char::is_alphanumeric);
            if !in_word && !links.iter().any(|link| link.span.contains(&start)) {
                self.count(&text[start..at], &form);
            }
        }
    }

    fn count(&mut self, written: &str, form: &form::Form) {
        if form.plain || form.value.is_none() || form.other.is_some() {
            return;
        }
        let Some(last) = written.rfind(['.', ',']) else { return };
        let mark = &written[last..=last];
        let decimals = written.len() - last - 1;
        let groups = written.matches(mark).count() > 1;
        // `1.500` is taken as a group elsewhere because it mostly is one; that is no evidence.
        if !groups && decimals == 3 && !written[..last].contains([',', '.']) {
            return;
        }
        let comma = (mark == ",") != groups;
        *if comma { &mut self.comma } else { &mut self.point } += 1;
    }

    /// The style: certain if at least three numbers vote and nine in ten of them agree; what is usual for `lang` otherwise.
    pub fn style(&self, lang: &Lang) -> Style {
        let (votes, most) = (self.comma + self.point, self.comma.max(self.point));
        if votes < FEWEST_VOTES || (most as f64) < MAJORITY * votes as f64 {
            return Style::of(lang);
        }
        Style { decimal_comma: self.comma > self.point, certain: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_follows_the_region() {
        let styles = [("es-ES", true), ("es-CO", true), ("es-MX", false), ("en-GB", false), ("de", true), ("zh", false)];
        for (code, decimal_comma) in styles {
            assert_eq!(Style::of(&code.parse().expect("a code")).decimal_comma, decimal_comma, "{code}");
        }
    }

    fn votes(text: &str) -> (u64, u64) {
        let mut votes = StyleVotes::default();
        votes.add(text);
        (votes.comma, votes.point)
    }

    #[test]
    fn only_numbers_with_one_reading_vote() {
        assert_eq!(votes("3,5 y 1.234.567 y 1.234,5"), (3, 0));
        assert_eq!(votes("3.5 y 1,234,567 y 1,234.5"), (0, 3));
        assert_eq!(votes("1.234 y 1,500 y 2019 y 3.10.2"), (0, 0));
        assert_eq!(votes("https://example.org/3.5 v3.5 H1N1"), (0, 0));
    }

    #[test]
    fn few_or_divided_votes_leave_what_is_usual() {
        let style = |comma, point| StyleVotes { comma, point }.style(&Lang::ES);
        assert_eq!(style(0, 2), Style::of(&Lang::ES));
        assert_eq!(style(4, 4), Style::of(&Lang::ES));
        assert_eq!(style(0, 9), Style { decimal_comma: false, certain: true });
    }
}
