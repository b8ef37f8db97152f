//! `control`: characters that cannot be seen or stand for others that were lost. Wrong encodings that show are `mojibake`.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static CONTROL: Check = Check {
    id: "control",
    version: 1,
    tier: 1,
    its: "characters",
    about: About { en: "A control, invisible or replacement character", es: "Un carácter de control, invisible o de reemplazo" },
    docs: "
## What it does
Reports control characters other than tab and line ends, the replacement character U+FFFD, characters that turn the direction of writing, and, in tier 2,
characters of no width: zero-width space, byte order mark, soft hyphen, joiners between Latin letters, direction marks. Silent where both sides are the same text.

## Why
They break searches and tokens, may show another text than the one that is stored, and U+FFFD is a letter that was lost. Controls from U+0080 on
mostly are quotes and dashes of Windows-1252 read as Latin-1.

## Example
`Ma\u{fffd}ana` rendered as `Tomorrow`.
",
    run,
    fires: &[
        Example { source: "Ma\u{fffd}ana llega el ministro.", target: "The minister arrives tomorrow." },
        Example { source: "Llegó el \u{202e}ministro.", target: "The minister arrived." },
        Example { source: "El minis\u{200b}tro llegó.", target: "The minister arrived." },
    ],
    silent: &[
        Example { source: "Llegó\tel ministro 👩\u{200d}🌾.", target: "The minister arrived\t👩\u{200d}🌾." },
        Example { source: "Llegó\r\nel ministro.", target: "The minister arrived." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if !(may_have_control(pair.source) || may_have_control(pair.target)) || pair.source == pair.target {
        return;
    }
    let (source, target) = (controls(pair.source), controls(pair.target));
    let what = match (source.is_empty(), target.is_empty()) {
        (true, true) => return,
        (false, false) => "both",
        (false, true) => "source",
        (true, false) => "target",
    };
    let tier = if source.iter().chain(&target).any(|(_, c)| is_harmful(*c)) { 1 } else { 2 };
    let spans = |found: &[(usize, char)]| found.iter().map(|(at, c)| [*at, at + c.len_utf8()]).collect();
    findings.push(Finding {
        tier,
        source_spans: spans(&source),
        target_spans: spans(&target),
        args: args([("source", codes(&source)), ("target", codes(&target))]),
        ..CONTROL.finding(what)
    });
}

/// Controls, and the first bytes of the others: U+0080 to U+00BF, U+2000 to U+2FFF, U+F000 to U+FFFF.
fn may_have_control(text: &str) -> bool {
    text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r') || matches!(b, 0x7f | 0xc2 | 0xe2 | 0xef))
}

fn controls(text: &str) -> Vec<(usize, char)> {
    let mut before = ' ';
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        // Joiners have their work in other scripts and in emoji, marks of direction beside letters of other directions.
        let out_of_place = match c {
            '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' => is_latin(before) && is_latin(after),
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => true,
            _ => is_harmful(c),
        };
        if out_of_place {
            found.push((at, c));
        }
        before = c;
    }
    found
}

fn is_harmful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'))
        || matches!(c, '\u{fffd}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c < '\u{250}'
}

/// `U+FFFD, U+200B`, each once.
fn codes(found: &[(usize, char)]) -> String {
    let mut codes: Vec<char> = found.iter().map(|(_, c)| *c).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_out_of_place_counts() {
        let found = |text: &str| codes(&controls(text));
        assert_eq!(found("a\u{92}b\0\u{feff}"), "U+0000, U+0092, U+FEFF");
        assert_eq!(found("a\tb\r\n«c» – 👩\u{200d}🌾 \u{200e}א"), "");
        assert_eq!(found("a\u{200d}b"), "U+200D");
    }
}
