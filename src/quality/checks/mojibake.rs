//! `mojibake`: text that was read in another encoding than it was written in, once or twice, and letters that became question marks.
//! It repairs nothing.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};
use crate::text::links::links;

/// The check.
pub static MOJIBAKE: Check = Check {
    id: "mojibake",
    version: 1,
    tier: 1,
    its: "characters",
    about: About { en: "Text was read in a wrong encoding", es: "El texto se leyó en una codificación equivocada" },
    docs: "
## What it does
Reports characters that, taken as bytes of Windows-1252, are UTF-8 (`Ã³` for `ó`, `â€œ` for `“`), and question marks between two
letters (`Despu?s`). A single such place in capitals is silent: `“AMANHÃ”` is Portuguese. Silent where both sides are the same text.

## Why
Every accent of the text is broken; its words are in no dictionary.

## Example
`La canciÃ³n` rendered as `The song`.
",
    run,
    fires: &[
        Example { source: "La canciÃ³n gustó mucho.", target: "People liked the song a lot." },
        Example {
            source: "Despu?s vino la ministra de Econom?a y habl?ndole se fue.",
            target: "Then the minister of Economy came and left while talking to him.",
        },
    ],
    silent: &[
        Example { source: "El periódico «AMANHÃ» de São Paulo", target: "The newspaper “AMANHÃ” of São Paulo" },
        Example { source: "¿Qué?, ¿llegó?", target: "What? Has he arrived?" },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if pair.source == pair.target {
        return;
    }
    let (source, target) = (broken(pair.source), broken(pair.target));
    let what = match (source.is_empty(), target.is_empty()) {
        (true, true) => return,
        (false, false) => "both",
        (false, true) => "source",
        (true, false) => "target",
    };
    let first = |text: &str, spans: &[[usize; 2]]| spans.first().map(|span| word_around(text, *span).to_string()).unwrap_or_default();
    findings.push(Finding {
        args: args([("source", first(pair.source, &source)), ("target", first(pair.target, &target))]),
        source_spans: source,
        target_spans: target,
        ..MOJIBAKE.finding(what)
    });
}

/// The word that a span lies in.
fn word_around(text: &str, [start, end]: [usize; 2]) -> &str {
    let from = text[..start].rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let to = text[end..].find(char::is_whitespace).map_or(text.len(), |at| end + at);
    &text[from..to]
}

fn broken(text: &str) -> Vec<[usize; 2]> {
    let mut found = misread(text);
    if memchr::memchr(b'?', text.as_bytes()).is_some() {
        found.extend(question_marks(text));
    }
    found
}

/// What may stand after a capital of its own right.
const CLOSING: &[char] = &['”', '’', '»', '›', '…', '–', '—', '\u{a0}'];

/// Stretches that are UTF-8 when taken as Windows-1252.
fn misread(text: &str) -> Vec<[usize; 2]> {
    if !may_be_misread(text.as_bytes()) {
        return Vec::new();
    }
    let mut found: Vec<[usize; 2]> = Vec::new();
    let mut doubtful = true;
    let mut before = ' ';
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let len = misread_len(&text[at..]);
        if len == 0 {
            before = c;
            at += c.len_utf8();
            continue;
        }
        doubtful &= before.is_uppercase() || (!before.is_lowercase() && text[at..at + len].ends_with(CLOSING));
        match found.last_mut().filter(|last| last[1] == at) {
            Some(last) => last[1] = at + len,
            None => found.push([at, at + len]),
        }
        before = ' ';
        at += len;
    }
    if found.len() == 1 && doubtful { Vec::new() } else { found }
}

/// True if a letter that begins a misread character, `Â` to `ô`, stands before a byte that begins one of those that continue it.
fn may_be_misread(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xc3, bytes).any(|at| matches!(bytes[at + 1..], [0x82..=0xb4, 0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2, ..]))
}

/// Bytes of the characters at the beginning of `text` that together are one misread character; 0 for none.
fn misread_len(text: &str) -> usize {
    let mut chars = text.chars();
    let (Some(first), follow) = (chars.next(), chars) else { return 0 };
    let more = match u32::from(first) {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return 0,
    };
    let follow: Vec<char> = follow.take(more).take_while(|c| is_continuation(*c)).collect();
    if follow.len() == more { first.len_utf8() + follow.iter().map(|c| c.len_utf8()).sum::<usize>() } else { 0 }
}

/// True for what Windows-1252 has at 0x80 to 0xBF.
fn is_continuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}')
        || matches!(
            c,
            '€' | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | 'Š'
                | '‹'
                | 'Œ'
                | 'Ž'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '•'
                | '–'
                | '—'
                | '˜'
                | '™'
                | 'š'
                | '›'
                | 'œ'
                | 'ž'
                | 'Ÿ'
        )
}

/// Question marks between two lower-case letters, outside of addresses.
fn question_marks(text: &str) -> Vec<[usize; 2]> {
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let inside = |at: &usize| small(text[..*at].chars().next_back()) && small(text[*at + 1..].chars().next());
    let marks: Vec<usize> = memchr::memchr_iter(b'?', text.as_bytes()).filter(inside).collect();
    if marks.is_empty() {
        return Vec::new();
    }
    let links = links(text);
    let outside = marks.into_iter().filter(|at| !links.iter().any(|link| link.span.contains(at)));
    outside.map(|at| [at, at + 1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        broken(text).into_iter().map(|[start, end]| &text[start..end]).collect()
    }

    #[test]
    fn utf8_read_once_or_twice_as_windows_1252_is_found() {
        assert_eq!(found("canciÃ³n"), ["Ã³"]);
        assert_eq!(found("â€œAsÃ\u{ad}â€\u{9d}"), ["â€œ", "Ã\u{ad}â€\u{9d}"]);
        assert_eq!(found("cafÃƒÂ©"), ["ÃƒÂ©"]);
    }

    #[test]
    fn letters_of_other_languages_are_no_mojibake() {
        for text in ["“AMANHÃ”", "São Paulo, Âncora, pâte", "Ângela – «Ó»", "¿Qué?¡Sí!", "https://example.org/a?b=c"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn question_marks_in_words_are_lost_letters() {
        assert_eq!(found("Despu?s anunci? que"), ["?"]);
    }
}
