//! `markup`: tags, character entities and placeholders that stand on one side only. It parses no document: pieces are compared as often as they occur.

use std::borrow::Cow;

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static MARKUP: Check = Check {
    id: "markup",
    version: 1,
    tier: 1,
    its: "markup",
    about: About { en: "A tag, entity or placeholder has no counterpart", es: "Una etiqueta, entidad o marcador no tiene correspondencia" },
    docs: "
## What it does
Compares tags (`<b>`, by their names), character entities (`&nbsp;`), placeholders (`{name}`, `%s`, `${x}`) and wiki markup (`[[…]]`, `{{…}}`) of both sides, as often as they occur.

## Why
Markup on one side only was left behind by a converter, or lost by it; a lost placeholder breaks the program that fills it.

## Example
`Haga clic en <b>Guardar</b>` rendered as `Click Save`.
",
    run,
    fires: &[
        Example { source: "Haga clic en <b>Guardar</b> para seguir.", target: "Click Save to continue." },
        Example { source: "Hola, {name}: tienes mensajes nuevos.", target: "Hello, you have new messages." },
        Example { source: "El&nbsp;río inundó el valle.", target: "The river flooded the valley." },
    ],
    silent: &[
        Example { source: "Haga clic en <b class=\"x\">Guardar</b>, {name}.", target: "Click <b>Save</b>, {name}." },
        Example { source: "Si a < b y c > d, gana <3", target: "If a < b and c > d, it wins <3" },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if !may_have_markup(pair.source) && !may_have_markup(pair.target) {
        return;
    }
    let (mut source, mut target) = (pieces(pair.source), pieces(pair.target));
    source.retain(|piece| match target.iter().position(|other| other.key == piece.key) {
        Some(at) => {
            target.remove(at);
            false
        }
        None => true,
    });
    let what = match (source.is_empty(), target.is_empty()) {
        (true, true) => return,
        (false, false) => "changed",
        (false, true) => "missing",
        (true, false) => "added",
    };
    let written =
        |text: &str, pieces: &[Piece<'_>]| pieces.iter().map(|piece| &text[piece.span[0]..piece.span[1]]).collect::<Vec<_>>().join(" ");
    findings.push(Finding {
        source_spans: source.iter().map(|piece| piece.span).collect(),
        target_spans: target.iter().map(|piece| piece.span).collect(),
        args: args([("source", written(pair.source, &source)), ("target", written(pair.target, &target))]),
        ..MARKUP.finding(what)
    });
}

fn may_have_markup(text: &str) -> bool {
    memchr::memchr3(b'<', b'&', b'{', text.as_bytes()).is_some() || memchr::memchr2(b'%', b'[', text.as_bytes()).is_some()
}

/// A piece of markup: what it is compared by, and its bytes.
struct Piece<'a> {
    key: Cow<'a, str>,
    span: [usize; 2],
}

/// Longer tags are no tags.
const LONGEST_TAG: usize = 300;
/// More pieces than this are a file, not a segment.
const MOST_PIECES: usize = 200;

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.as_bytes()[at..].iter().position(|b| matches!(b, b'<' | b'&' | b'{' | b'%' | b'[')).map(|n| at + n) {
        let piece = piece(text, next);
        at = piece.as_ref().map_or(next + 1, |piece| piece.span[1]);
        found.extend(piece);
        if found.len() == MOST_PIECES {
            break;
        }
    }
    found
}

fn piece(text: &str, at: usize) -> Option<Piece<'_>> {
    let rest = &text[at..];
    let (key, len) = match rest.as_bytes() {
        [b'<', ..] => tag(rest)?,
        [b'&', ..] => entity(rest)?,
        [b'{', b'{', ..] => (Cow::Borrowed("{{"), closed(rest, "}}")?),
        [b'[', b'[', ..] => (Cow::Borrowed("[["), closed(rest, "]]")?),
        [b'{', ..] => braces(rest)?,
        [b'%', ..] => percent(text, at)?,
        _ => return None,
    };
    Some(Piece { key, span: [at, at + len] })
}

/// The bytes to the end of `mark`.
fn closed(rest: &str, mark: &str) -> Option<usize> {
    rest.find(mark).map(|end| end + mark.len())
}

/// `<b>`, `</p>`, `<br/>`; no address in angle brackets.
fn tag(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let end = rest.bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
    let inner = &rest[1..end];
    let name = inner.trim_start_matches(['/', '!']);
    let len = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')).count();
    let bare = name.len() == len || matches!(name.as_bytes()[len], b' ' | b'/' | b'\n' | b'\t');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !bare
        || inner.contains(['<', '@'])
        || inner.contains("://") && !inner.contains('=')
    {
        return None;
    }
    let slash = if inner.starts_with('/') { "/" } else { "" };
    Some((Cow::Owned(format!("<{slash}{}", name[..len].to_ascii_lowercase())), end + 1))
}

/// `&nbsp;`, `&#39;`, `&#x27;`.
fn entity(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = &rest[1..end];
    let numeric = name
        .strip_prefix('#')
        .is_some_and(|digits| !digits.is_empty() && digits.trim_start_matches(['x', 'X']).bytes().all(|b| b.is_ascii_hexdigit()));
    let named = name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric()) && name.starts_with(|c: char| c.is_ascii_alphabetic());
    (numeric || named).then_some((Cow::Borrowed(&rest[..=end]), end + 1))
}

/// `{name}`, `{0}`, `{user.name}`.
fn braces(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let end = rest.bytes().take(40).position(|b| b == b'}')?;
    let inner = &rest[1..end];
    let plain = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'$' | b'-'));
    plain.then_some((Cow::Borrowed(&rest[..=end]), end + 1))
}

/// `%s`, `%1$d`, `%(name)s`; not `10%d`.
fn percent(text: &str, at: usize) -> Option<(Cow<'_, str>, usize)> {
    let rest = &text[at..];
    let mut len = 1;
    if rest[len..].starts_with('(') {
        len += rest[len..].bytes().take(40).position(|b| b == b')')? + 1;
    }
    let digits = rest.as_bytes()[len..].iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 && rest.as_bytes().get(len + digits) == Some(&b'$') {
        len += digits + 1;
    }
    if !rest.as_bytes().get(len).is_some_and(|b| matches!(b, b's' | b'd' | b'i' | b'f' | b'@' | b'u')) {
        return None;
    }
    let free = !text[..at]
        .ends_with(|c: char| c.is_ascii_digit() || c.is_whitespace() && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()));
    let ends = !rest[len + 1..].starts_with(char::is_alphanumeric);
    (free && ends).then(|| (Cow::Borrowed(&rest[..=len]), len + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        pieces(text).into_iter().map(|piece| piece.key.into_owned()).collect()
    }

    #[test]
    fn tags_entities_placeholders_and_wiki_markup_are_found() {
        assert_eq!(keys("<p class=\"a\">x</P><br/>&nbsp;&#39;"), ["<p", "</p", "<br", "&nbsp;", "&#39;"]);
        assert_eq!(keys("{0} %s %1$d %(n)s ${x} {{cita}} [[A:b|c]]"), ["{0}", "%s", "%1$d", "%(n)s", "{x}", "{{", "[["]);
    }

    #[test]
    fn signs_of_prose_are_no_markup() {
        assert_eq!(
            keys("a < b > c, <3, <ana@example.org>, <https://example.org>, AT&T; Q&A, 10%d, 10 % de, {a b}, [1], 100 %, <árbol>"),
            [""; 0]
        );
    }
}
