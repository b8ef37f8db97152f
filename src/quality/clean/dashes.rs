//! `dashes`: hyphens and dashes of many shapes become one hyphen, one short and one long dash. Which of them should stand is not asked.

use super::{Edits, Kind, Rule, Side, around, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static DASHES: Rule = Rule {
    id: "dashes",
    version: 1,
    kind: Kind::Convention,
    about: About { en: "Hyphens and dashes of many shapes become `-`, `–` and `—`", es: "Guiones y rayas de muchas formas quedan en `-`, `–` y `—`" },
    docs: "
Hyphens that cannot be broken at (U+2011) or have a code of their own (U+2010, U+FE63, U+FF0D), and the minus sign (U+2212) of a
negative number, become `-`; the figure dash (U+2012)
becomes `–`; the horizontal bar (U+2015), lines of boxes in its place (U+2500) and `--` between blanks or between letters become `—`.
Left: `–` and `—`, which both languages use for different things (`1914–18`, `—No —respondió`), the minus between numbers and of ions (`5 − 3`, `H−`), rows of hyphens, options such as `--to`.

Elsewhere: Moses normalize-punctuation.perl makes all of them `-`.
",
    changes: &[es("―No ―dijo―; franco‑alemán", "—No —dijo—; franco-alemán"), en("It is −5 -- a record--and so on", "It is -5 — a record—and so on")],
    leaves: &[left_es("—No —respondió—; 1914–18"), left_en("the option --to, a ---- b, H− and x−1, well-known")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    if !text.bytes().any(|b| matches!(b, b'-' | 0xe2 | 0xef)) {
        return;
    }
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => edits.put(at..end, "-"),
            '\u{2212}' if is_sign(around(text, at, end)) => edits.put(at..end, "-"),
            '\u{2012}' => edits.put(at..end, "–"),
            '\u{2015}' => edits.put(at..end, "—"),
            '\u{2500}' if is_alone(text, at, end) => edits.put(at..end, "—"),
            '-' if text[end..].starts_with('-') && is_dash(around(text, at, end + 1)) => edits.put(at..end + 1, "—"),
            _ => {}
        }
    }
}

/// True where a minus makes a number negative and is not between two things or at the end of one.
fn is_sign((before, after): (char, char)) -> bool {
    after.is_ascii_digit() && !before.is_alphanumeric() && before != ')'
}

/// True if no other line of a box is beside it.
fn is_alone(text: &str, at: usize, end: usize) -> bool {
    let (before, after) = around(text, at, end);
    ![before, after].iter().any(|c| matches!(c, '\u{2500}'..='\u{257f}'))
}

fn is_dash((before, after): (char, char)) -> bool {
    before.is_whitespace() && after.is_whitespace() || before.is_alphabetic() && after.is_alphabetic()
}
