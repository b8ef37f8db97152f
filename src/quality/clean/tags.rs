//! `tags`: tags of HTML and of subtitles go, what they enclose stays. References of characters are `entities`.

use super::{Edits, Kind, Rule, Side, around, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static TAGS: Rule = Rule {
    id: "tags",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Tags of HTML and subtitles go, their content stays", es: "Se quitan las etiquetas de HTML y de subtítulos; queda su contenido" },
    docs: "
Tags and comments of HTML go, and those of subtitles (`{\\an8}`); in place of a tag that begins a block or a line (`<br>`, `</p>`, `<td>`), or stands between
two digits, there is a blank.
Applied after `entities`, so that `&lt;b&gt;` goes too when both rules are chosen.
Left: what is no element of HTML (`<ctrl>`, `a < b`, placeholders of software such as `<0>`), `<sup>` and `<sub>`, without which 10<sup>6</sup> is 106.

Elsewhere: OpusCleaner's sed, Bifixer; OpusFilter HtmlTagFilter drops the pair.
",
    changes: &[
        es("El <b>ministro</b> <a href=\"https://example.org/?p=1\">dijo</a><br/>que no", "El ministro dijo que no"),
        en("{\\an8}<i>No!</i> <!-- sic --></p><P>Yes.", "No!   Yes."),
    ],
    leaves: &[left_es("a < b y c > d, si a <b y c> d, <ctrl>, 10<sup>6</sup>"), left_en("I <3 you, {name}, <0>")],
    find,
};

/// Elements within a line.
const INLINE: &[&str] =
    &["a", "abbr", "b", "big", "cite", "em", "font", "i", "ins", "mark", "s", "small", "span", "strike", "strong", "tt", "u", "wbr", "del"];

/// Elements that begin a line or a block, or stand for something.
const BLOCK: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "dd",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

fn find(side: &Side<'_>, edits: &mut Edits) {
    for (start, end, put) in tags(side.text) {
        let (before, after) = around(side.text, start, end);
        let put = if before.is_numeric() && after.is_numeric() { " " } else { put };
        edits.put(start..end, put);
    }
}

/// How many bytes tags take.
pub(super) fn count(text: &str) -> usize {
    tags(text).map(|(start, end, _)| end - start).sum()
}

/// Where tags are, and what is put in their place.
fn tags(text: &str) -> impl Iterator<Item = (usize, usize, &'static str)> + '_ {
    memchr::memchr2_iter(b'<', b'{', text.as_bytes()).filter_map(|at| {
        let (len, put) = if text.as_bytes()[at] == b'<' { tag(&text[at..])? } else { (style(&text[at..])?, "") };
        Some((at, at + len, put))
    })
}

/// Longer tags and comments are none.
const LONGEST: usize = 1000;

/// Bytes of the tag or comment that the text begins with, and what is put in its place.
fn tag(text: &str) -> Option<(usize, &'static str)> {
    if text.starts_with("<!--") {
        let near = &text[..text.floor_char_boundary(LONGEST)];
        return near.find("-->").map(|end| (end + 3, ""));
    }
    let name_at = 1 + usize::from(text[1..].starts_with('/'));
    let name = &text[name_at..];
    let name = &name[..name.bytes().take(10).take_while(u8::is_ascii_alphanumeric).count()];
    let is = |list: &[&str]| list.iter().any(|element| element.eq_ignore_ascii_case(name));
    let put = match (is(INLINE), is(BLOCK)) {
        (true, _) => "",
        (_, true) => " ",
        _ => return None,
    };
    let rest = &text[name_at + name.len()..];
    let end = rest.bytes().take(LONGEST).position(|b| matches!(b, b'>' | b'<'))?;
    let attributes = &rest[..end];
    let bare = attributes.trim_end_matches('/').trim();
    let whole = rest.as_bytes()[end] == b'>' && (bare.is_empty() || attributes.starts_with([' ', '\t', '\n']) && bare.contains('='));
    whole.then_some((name_at + name.len() + end + 1, put))
}

/// Bytes of the style of a subtitle that the text begins with: a backslash and letters, digits, `&`, in braces.
fn style(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("{\\")?;
    let end = inner.bytes().take(80).position(|b| b == b'}')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'\\' | b'&' | b'(' | b')' | b',' | b'.' | b'-');
    inner.as_bytes()[..end].iter().all(|b| plain(*b)).then_some(end + 3)
}
