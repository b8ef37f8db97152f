//! Addresses in running text: web addresses, e-mail addresses, handles and hashtags, as byte spans. Nothing is fetched or resolved.

use std::ops::Range;

use memchr::memchr_iter;

/// Most characters of punctuation taken off the end of a web address.
const MOST_TRAILING: usize = 16;

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// `https://example.org/a`, `www.example.org`.
    Url,
    /// `nombre@example.org`.
    Email,
    /// `@nombre`.
    Handle,
    /// `#Palabra`.
    Hashtag,
}

/// One address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// Its bytes in the text, without the punctuation of the sentence.
    pub span: Range<usize>,
}

/// The addresses in `text`, in order, not overlapping.
///
/// ```
/// use bitexto::text::links::{LinkKind, links};
/// let text = "Lea (https://example.org/a_(b)), escriba a ana@example.org. #Paz";
/// let found: Vec<_> = links(text).into_iter().map(|l| (l.kind, &text[l.span])).collect();
/// assert_eq!(found, [
///     (LinkKind::Url, "https://example.org/a_(b)"),
///     (LinkKind::Email, "ana@example.org"),
///     (LinkKind::Hashtag, "#Paz"),
/// ]);
/// ```
pub fn links(text: &str) -> Vec<Link> {
    let mut found = urls(text);
    if memchr::memchr2(b'@', b'#', text.as_bytes()).is_some() {
        let signs = memchr_iter(b'@', text.as_bytes()).filter_map(|at| at_sign(text, at));
        found.extend(signs.chain(memchr_iter(b'#', text.as_bytes()).filter_map(|at| hashtag(text, at))));
    }
    if found.len() > 1 {
        found.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
        let mut end = 0;
        found.retain(|link| {
            let free = link.span.start >= end;
            end = end.max(link.span.end);
            free
        });
    }
    found
}

/// Each search begins where the last address ends, so that a text of nothing but schemes costs one pass.
fn urls(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = next_url(text, from) {
        let end = url_end(text, start);
        found.push(Link { kind: LinkKind::Url, span: start..end });
        from = end;
    }
    found
}

/// Colons and full stops are rare, and what is around each of them is soon seen.
fn next_url(text: &str, from: usize) -> Option<usize> {
    let rest = &text.as_bytes()[from..];
    let mut schemes = memchr_iter(b':', rest).filter(|at| rest[*at..].starts_with(b"://"));
    let scheme = schemes.find_map(|at| scheme_start(text, from, from + at));
    let mut bare = memchr_iter(b'.', rest).filter(|at| rest[..*at].ends_with(b"www")).map(|at| from + at - "www".len());
    let bare = bare.find(|at| !follows(text, *at, |c| c.is_alphanumeric() || c == '/'));
    match (scheme, bare) {
        (Some(scheme), Some(bare)) => Some(scheme.min(bare)),
        (scheme, bare) => scheme.or(bare),
    }
}

/// The start of the scheme before the `://` at `at`: one to ten ASCII letters, none of them before `from`.
fn scheme_start(text: &str, from: usize, at: usize) -> Option<usize> {
    let letters = text[from..at].bytes().rev().take(11).take_while(u8::is_ascii_alphabetic).count();
    (1..=10).contains(&letters).then(|| at - letters)
}

fn follows(text: &str, at: usize, is: impl Fn(char) -> bool) -> bool {
    text[..at].chars().next_back().is_some_and(is)
}

/// To the next blank, quote or angle bracket, then without the punctuation and unopened brackets that belong to the sentence.
fn url_end(text: &str, start: usize) -> usize {
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '«' | '»' | '“' | '”' | '‘' | '’' | '|');
    let mut url = &text[start..];
    url = &url[..url.find(ends).unwrap_or(url.len())];
    for _ in 0..MOST_TRAILING {
        let Some(last) = url.chars().next_back() else { break };
        let unopened = |open: char| url.matches(last).count() > url.matches(open).count();
        let trailing = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '\'' | '*' | '¿' | '¡' | '—' | '–' => true,
            ')' => unopened('('),
            ']' => unopened('['),
            '}' => unopened('{'),
            _ => false,
        };
        if !trailing {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    start + url.len()
}

/// An e-mail address around the `@`, or a handle after it.
fn at_sign(text: &str, at: usize) -> Option<Link> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let start = at - text[..at].bytes().rev().take(64).take_while(local).count();
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let domain = text[at + 1..].bytes().take(255).take_while(host).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    if start < at && domain.contains('.') {
        return Some(Link { kind: LinkKind::Email, span: start..at + 1 + domain.len() });
    }
    let len = text[at + 1..].bytes().take_while(name).count();
    let letters = text[at + 1..at + 1 + len].bytes().any(|b| b.is_ascii_alphabetic());
    let free = !follows(text, at, |c| c.is_alphanumeric() || c == '@' || c == '_');
    (free && letters).then(|| Link { kind: LinkKind::Handle, span: at..at + 1 + len })
}

/// A hashtag after the `#`: letters, digits and marks with at least one letter; not `C#`, not `&#39;`, not `#1`.
fn hashtag(text: &str, at: usize) -> Option<Link> {
    let free = !follows(text, at, |c| c.is_alphanumeric() || matches!(c, '&' | '#' | '/' | '_'));
    let inner = |c: char| c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c);
    let tag = &text[at + 1..];
    let tag = &tag[..tag.find(|c| !inner(c)).unwrap_or(tag.len())];
    (free && tag.chars().any(char::is_alphabetic)).then(|| Link { kind: LinkKind::Hashtag, span: at..at + 1 + tag.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        links(text).into_iter().map(|link| &text[link.span]).collect()
    }

    #[test]
    fn the_sentence_keeps_its_punctuation() {
        assert_eq!(found("Visite https://example.org/x."), ["https://example.org/x"]);
        assert_eq!(found("(véase www.example.org)"), ["www.example.org"]);
        assert_eq!(found("«http://example.org/?q=1»"), ["http://example.org/?q=1"]);
    }

    #[test]
    fn handles_and_addresses_differ() {
        assert_eq!(found("RT @GustavoPetro: hola"), ["@GustavoPetro"]);
        assert_eq!(found("a@b no es nada"), [""; 0]);
        assert_eq!(found("escriba a a.b@example.org."), ["a.b@example.org"]);
        assert_eq!(found("a las 5 @ 10"), [""; 0]);
    }

    #[test]
    fn a_hash_without_letters_is_no_hashtag() {
        assert_eq!(found("#ÚltimaHora: C# &#39; #1"), ["#ÚltimaHora"]);
    }

    #[test]
    fn signs_inside_an_address_are_part_of_it() {
        assert_eq!(found("https://example.org/@user#part"), ["https://example.org/@user#part"]);
        assert_eq!(found("https://www.example.org"), ["https://www.example.org"]);
    }

    #[test]
    fn a_url_that_is_only_its_scheme_stays_in_bounds() {
        assert_eq!(found("http://..."), ["http://"]);
        assert_eq!(found("://"), [""; 0]);
    }
}
