//! `entities`: HTML character references become the characters they stand for. Tags are `tags`.

use std::sync::LazyLock;

use super::{Edits, Kind, Rule, Side, en, es, left_en, left_es};
use crate::quality::About;
use crate::quality::data::rows;

/// The rule.
pub(super) static ENTITIES: Rule = Rule {
    id: "entities",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "HTML character references become characters", es: "Las referencias de caracteres de HTML pasan a caracteres" },
    docs: "
The references by name of HTML 4 and those of HTML 5 for punctuation (`&oacute;`, `&laquo;`, `&apos;`), by number (`&#243;`, `&#xF3;`; 128 to 159 as windows-1252, as
browsers read them), escaped as often as it may be (`&amp;amp;quot;`), and torn apart by a tokenizer (`& quot ;`). White space by reference becomes a blank.
A reference by number is no number of the text: its digits go, and `&#49;` becomes `1`.
Left: an ampersand that begins no reference (`R&D`, `AT&T`), names that HTML does not have, references to control characters.

Elsewhere: ftfy `unescape_html`, Moses deescape-special-chars.perl, OpusCleaner deescape-special-chars, Bifixer.
",
    changes: &[
        es("La canci&oacute;n de &quot;Tom &amp;amp; Ana&quot;", "La canción de \"Tom & Ana\""),
        en("It&#8217;s 5&nbsp;km &#150; don&#39;t", "It’s 5\u{a0}km – don't"),
        en("& quot ; No & quot ; , he said", "\" No \" , he said"),
        es("El art&iacute;culo &#49;", "El artículo 1"),
    ],
    leaves: &[left_en("R&D; AT&T &unknown; Q&A"), left_es("https://example.org/?a=1&copy=2 &#0; &;")],
    find,
};

/// No name is longer.
const LONGEST: usize = 10;

/// Names that tokenizers have torn apart; of others it is not known.
const TORN: &[&str] = &["amp", "quot", "apos", "lt", "gt", "nbsp"];

/// What each name stands for, in the order of the names.
static NAMES: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    let code = |hex: &str| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
    rows(include_str!("../data/entities.tsv")).filter_map(|row| Some((row[0], code(row[1])?))).collect()
});

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if let Some((len, c)) = reference(&text[at..]) {
            edits.put(at..at + len, shown(c).to_string());
        }
    }
}

/// How many bytes references take.
pub(super) fn count(text: &str) -> usize {
    let found = memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| reference(&text[at..]));
    found.map(|(len, _)| len).sum()
}

/// Bytes of the reference that the text begins with, and what it stands for.
fn reference(text: &str) -> Option<(usize, char)> {
    let torn = text[1..].starts_with(' ');
    let body = &text[1 + usize::from(torn)..];
    let end = body.bytes().take(LONGEST + 2).position(|b| b == b';')?;
    let name = body.get(..end)?;
    let name = if torn { name.strip_suffix(' ')? } else { name };
    let c = match name.strip_prefix('#') {
        Some(number) => by_number(number.strip_prefix(' ').filter(|_| torn).unwrap_or(number))?,
        None if torn && !TORN.contains(&name) => return None,
        None => by_name(name)?,
    };
    Some((text.len() - body.len() + end + 1, c))
}

fn by_name(name: &str) -> Option<char> {
    let n = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(NAMES[n].1)
}

fn by_number(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    let c = char::from_u32(code)?;
    let meant = super::mojibake::windows_1252(c).unwrap_or(c);
    (!meant.is_control() || meant.is_whitespace() && meant != '\u{85}').then_some(meant)
}

/// Line breaks and tabs by reference are blanks: a segment is one line.
fn shown(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_and_short() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0) && NAMES.len() > 250);
        assert!(NAMES.iter().all(|(name, _)| name.len() <= LONGEST));
        assert_eq!(by_name("ntilde"), Some('ñ'));
    }
}
