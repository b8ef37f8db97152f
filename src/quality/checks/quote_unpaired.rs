//! `quote-unpaired`: quotation marks and brackets opened but not closed, or the reverse. Apostrophes and single quotes are left alone.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::quotes::has_single_quotes;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static QUOTE_UNPAIRED: Check = Check {
    id: "quote-unpaired",
    version: 1,
    tier: 2,
    its: "typographical",
    about: About { en: "A quotation mark or bracket is unpaired on one side only", es: "Una comilla o un paréntesis queda sin pareja en un solo lado" },
    docs: "
## What it does
Counts « », “ ”, \", ( ) and [ ] and the dashes of Spanish dialogue on each side, and reports a mark without its pair if the other side has no such gap.
A quotation that runs over several segments is open on both sides and not reported. Apostrophes, single quotes, `a)` and `1)` do not count.

## Why
A mark without its pair is a typing error, or the sign that a segment was cut in the wrong place.

## Example
`«No obedeceremos` rendered as `“We will not obey”`.
",
    run,
    fires: &[
        Example { source: "Dijo: «No vamos a obedecer.", target: "He said: “We will not obey.”" },
        Example { source: "El comité (de ocho miembros) votó.", target: "The committee (of eight members voted." },
    ],
    silent: &[
        Example { source: "«No vamos a obedecer», dijo el portavoz.", target: "\"We're not going to obey\", the spokesman said." },
        Example { source: "«No vamos a obedecer esa orden.", target: "“We are not going to obey that order." },
        Example { source: "a) los demás países", target: "a) the other countries" },
        Example { source: "—No quiero —respondió ella—. Nunca.", target: "“I don't want to,” she answered. “Never.”" },
        Example { source: "—¿Dónde estaba? —preguntó una niña.", target: "“Where were you?” a girl asked." },
    ],
};

/// Marks that pair, by what they do: the kinds a language may exchange for each other are one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Quote,
    Round,
    Square,
    Dash,
}

/// A mark without its pair.
struct Gap {
    mark: Mark,
    start: usize,
    end: usize,
}

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let (source, target) = (gaps(pair.source), gaps(pair.target));
    if source.is_empty() && target.is_empty() {
        return;
    }
    let (source_spans, target_spans) = (only(&source, &target, pair.target), only(&target, &source, pair.source));
    let what = match (source_spans.is_empty(), target_spans.is_empty()) {
        (true, true) => return,
        (false, true) => "source",
        (true, false) => "target",
        (false, false) => "both",
    };
    let marks = |text: &str, spans: &[[usize; 2]]| spans.iter().map(|[start, end]| &text[*start..*end]).collect::<Vec<_>>().join(" ");
    let args = args([("source", marks(pair.source, &source_spans)), ("target", marks(pair.target, &target_spans))]);
    findings.push(Finding { source_spans, target_spans, args, ..QUOTE_UNPAIRED.finding(what) });
}

/// The gaps that the other side does not have too. Its single quotes may be what this side writes as double ones.
fn only(gaps: &[Gap], other: &[Gap], other_text: &str) -> Vec<[usize; 2]> {
    let shared = |gap: &Gap| other.iter().any(|o| o.mark == gap.mark) || (gap.mark == Mark::Quote && has_single_quotes(other_text));
    gaps.iter().filter(|gap| !shared(gap)).map(|gap| [gap.start, gap.end]).collect()
}

fn gaps(text: &str) -> Vec<Gap> {
    if !text.bytes().any(|b| matches!(b, b'"' | b'(' | b')' | b'[' | b']' | 0xc2 | 0xe2)) {
        return Vec::new();
    }
    let mut reader = Reader::default();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        reader.read(text, at, c, before, after);
        before = c;
    }
    reader.open.retain(|gap| gap.mark != Mark::Dash || !comment_ends_dialogue(text, gap));
    reader.open
}

/// In dialogue a dash opens the narrator's comment, and none closes it when the speaker says no more
/// (Ortografía de la lengua española, RAE 2010, «raya»): `—No —respondió ella.`
fn comment_ends_dialogue(text: &str, gap: &Gap) -> bool {
    text.trim_start().starts_with('—') && !text[gap.end..].contains('—')
}

/// Marks still open, and closing marks that closed nothing.
#[derive(Default)]
struct Reader {
    open: Vec<Gap>,
    straight_open: bool,
}

impl Reader {
    fn read(&mut self, text: &str, at: usize, c: char, before: char, after: char) {
        let end = at + c.len_utf8();
        let gap = |mark| Gap { mark, start: at, end };
        match c {
            '«' | '„' => self.open.push(gap(Mark::Quote)),
            // “ closes what „ opened, as in German typography.
            '“' if self.last_is(text, Mark::Quote, "„") => drop(self.open.pop()),
            '“' => self.open.push(gap(Mark::Quote)),
            '»' | '”' => self.close(gap(Mark::Quote)),
            '"' if self.straight_open => {
                self.straight_open = false;
                self.close(gap(Mark::Quote));
            }
            '"' if before.is_ascii_digit() => {}
            '"' => {
                self.straight_open = true;
                self.open.push(gap(Mark::Quote));
            }
            '(' if before != ':' && before != ';' => self.open.push(gap(Mark::Round)),
            ')' if self.open.iter().any(|open| open.mark == Mark::Round) => self.close(gap(Mark::Round)),
            ')' if !is_list_label(&text[..at]) && !matches!(before, ':' | ';' | '-') => self.close(gap(Mark::Round)),
            '[' => self.open.push(gap(Mark::Square)),
            ']' => self.close(gap(Mark::Square)),
            '—' if before.is_whitespace() && at > 0 && after.is_alphanumeric() => self.open.push(gap(Mark::Dash)),
            '—' if !before.is_whitespace() && !after.is_alphanumeric() => self.close(gap(Mark::Dash)),
            _ => {}
        }
    }

    fn last_is(&self, text: &str, mark: Mark, opening: &str) -> bool {
        self.open.last().is_some_and(|gap| gap.mark == mark && &text[gap.start..gap.end] == opening)
    }

    /// Takes out the last open mark of the kind, or keeps the closing mark as a gap.
    fn close(&mut self, gap: Gap) {
        match self.open.iter().rposition(|open| open.mark == gap.mark) {
            Some(at) => drop(self.open.remove(at)),
            None => self.open.push(gap),
        }
    }
}

/// `a)`, `12)`, `iv)` at the start of the text or after a blank.
fn is_list_label(before: &str) -> bool {
    let label = before.rsplit(|c: char| c.is_whitespace() || c == ';').next().unwrap_or_default();
    !label.is_empty() && label.len() <= 4 && label.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<&str> {
        gaps(text).iter().map(|gap| &text[gap.start..gap.end]).collect()
    }

    #[test]
    fn pairs_of_every_kind_close() {
        for text in ["«a “b” c»", "(a [b] c)", "\"a\" y \"b\"", "„a“ und „b”", "dijo —sin ganas— que no", "—No —dijo ella—. Nunca."]
        {
            assert_eq!(marks(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_stays_open_or_closes_nothing_is_a_gap() {
        assert_eq!(marks("«a «b»"), ["«"]);
        assert_eq!(marks("a» (b"), ["»", "("]);
        assert_eq!(marks("\"a\" \"b"), ["\""]);
    }

    #[test]
    fn labels_faces_inches_and_apostrophes_are_no_quotes() {
        for text in ["a) uno; b) dos", "1) uno", "gracias :) ;)", "15\" de pantalla", "the workers' party", "rock ’n’ roll"] {
            assert_eq!(marks(text), [""; 0], "{text}");
        }
        assert_eq!(marks("(véase a)"), [""; 0], "a closing bracket closes before it labels");
    }
}
