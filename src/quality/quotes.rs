//! What a text puts in quotation marks. Which mark has no pair is the business of a check.

/// The quotations of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quotes {
    /// The bytes `[start, end)` inside each pair of « », “ ” or \" \", in order; what is quoted within a quotation is part of it.
    pub spans: Vec<[usize; 2]>,
    /// False if a mark has no pair, and the extent of what it quotes cannot be known.
    pub paired: bool,
    /// True if there may be more: single quotes, or the dash of dialogue. They can answer quotation marks, but not ask for them.
    pub maybe_more: bool,
}

/// The quotations of `text`.
pub(super) fn quotes(text: &str) -> Quotes {
    if !may_quote(text) {
        return Quotes { spans: Vec::new(), paired: true, maybe_more: text.contains('\'') && has_single_quotes(text) };
    }
    let mut reader = Reader { open: Vec::new(), spans: Vec::new(), paired: true };
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        reader.read(at, c, before);
        before = c;
    }
    let dialogue = text.trim_start().starts_with(['—', '–']) || text.trim_start().starts_with("- ");
    Quotes { paired: reader.paired && reader.open.is_empty(), spans: reader.spans, maybe_more: dialogue || has_single_quotes(text) }
}

/// Every mark but the straight ones is a character of two or three bytes that begins so.
fn may_quote(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b'"' | 0xe2)) || text.contains('«') || text.contains('»')
}

struct Reader {
    open: Vec<(char, usize)>,
    spans: Vec<[usize; 2]>,
    paired: bool,
}

impl Reader {
    fn read(&mut self, at: usize, c: char, before: char) {
        let end = at + c.len_utf8();
        match c {
            '«' | '„' => self.open.push((c, end)),
            '“' if self.is_open('„') => self.close('„', at),
            '“' => self.open.push((c, end)),
            '»' => self.close('«', at),
            '”' if self.is_open('„') => self.close('„', at),
            '”' => self.close('“', at),
            '"' if self.is_open('"') => self.close('"', at),
            '"' if !before.is_ascii_digit() => self.open.push((c, end)),
            _ => {}
        }
    }

    fn is_open(&self, mark: char) -> bool {
        self.open.iter().any(|(open, _)| *open == mark)
    }

    /// Closes the last quotation of the kind, with those that were left open inside it.
    fn close(&mut self, mark: char, at: usize) {
        let Some(open) = self.open.iter().rposition(|(open, _)| *open == mark) else {
            self.paired = false;
            return;
        };
        let start = self.open[open].1;
        self.paired &= open + 1 == self.open.len();
        self.open.truncate(open);
        self.spans.retain(|span| span[0] < start);
        self.spans.push([start, at]);
    }
}

/// ` or ‘, or an apostrophe that does not stand between letters.
pub(super) fn has_single_quotes(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let between = before.is_alphanumeric() && chars.peek().is_some_and(|after| after.is_alphanumeric());
        if matches!(c, '`' | '‘') || (matches!(c, '\'' | '’') && !between) {
            return true;
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotes(text).spans.into_iter().map(|[start, end]| &text[start..end]).collect()
    }

    #[test]
    fn marks_of_every_kind_quote() {
        for text in ["dijo «ya voy» ayer", "said “ya voy” ayer", "said \"ya voy\" ayer", "sagte „ya voy“ ayer", "„ya voy”"] {
            assert_eq!(quoted(text), ["ya voy"], "{text}");
        }
        assert_eq!(quoted("«a “b” c» y «d»"), ["a “b” c", "d"]);
    }

    #[test]
    fn a_mark_without_its_pair_is_told() {
        for text in ["«No iremos.", "No iremos”.", "the workers\" workplace", "«a “b»"] {
            assert!(!quotes(text).paired, "{text}");
        }
        assert!(quotes("15\" de pantalla").paired, "inches");
    }

    #[test]
    fn dashes_and_single_quotes_may_quote() {
        assert!(quotes("—No —respondió—. Nunca.").maybe_more && quotes("he said 'no'").maybe_more);
        assert!(!quotes("they don't").maybe_more);
    }

    #[test]
    fn single_quotes_are_told_from_apostrophes() {
        assert!(has_single_quotes("`Work has begun.") && has_single_quotes("work has begun,' he said"));
        assert!(!has_single_quotes("we don't, they’re not"));
    }
}
