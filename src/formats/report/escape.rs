//! Text into HTML: escaped, with control and direction characters made visible, and links only to the web. It knows nothing of the page.

use std::fmt::{self, Write};

/// Text for element content. Characters that cannot be seen but change what is seen become badges such as `U+202E`.
pub(super) struct Text<'a>(pub(super) &'a str);

/// Text for a double-quoted attribute value; invisible characters become `[U+202E]`.
pub(super) struct Attr<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                _ if is_hidden(c) => write!(f, "<span class=\"ctl\">U+{:04X}</span>", u32::from(c))?,
                _ => escaped(f, c)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Attr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_hidden(c) { write!(f, "[U+{:04X}]", u32::from(c))? } else { escaped(f, c)? }
        }
        Ok(())
    }
}

fn escaped(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '"' => f.write_str("&quot;"),
        '\'' => f.write_str("&#39;"),
        _ => f.write_char(c),
    }
}

/// Controls (but tab and newline), direction marks and overrides, zero-width characters, soft hyphens, tags and noncharacters.
///
/// The zero-width joiner (U+200D) stays as it is: emoji need it, and it reorders nothing.
fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => true,
        '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// The host of a web address as people know it (`semana.com`), or `None` if `url` is not a plain `http` or `https` address.
///
/// Anything else (`javascript:`, `data:`, a path, blanks or controls inside) must not become a link.
pub(super) fn web_host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let plain = url.chars().all(|c| !c.is_whitespace() && !is_hidden(c) && c != '\\');
    if !plain || !(scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before `@` is a user name, often there to look like another host.
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_is_text() {
        let out = Text("<script>alert(\"1\" & '2')</script>").to_string();
        assert_eq!(out, "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
        assert_eq!(Attr("\"><img onerror='x'>").to_string(), "&quot;&gt;&lt;img onerror=&#39;x&#39;&gt;");
    }

    #[test]
    fn characters_that_hide_are_shown_as_badges() {
        assert_eq!(Text("a\u{202e}b").to_string(), "a<span class=\"ctl\">U+202E</span>b");
        assert_eq!(Text("\0\u{200b}\u{fffe}").to_string().matches("class=\"ctl\"").count(), 3);
        assert_eq!(Attr("a\u{2066}b").to_string(), "a[U+2066]b");
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        let text = "«Año» — 12\u{202f}000\u{a0}€,\n👩\u{200d}🔬\tn\u{303}";
        assert_eq!(Text(text).to_string(), text);
        assert_eq!(Text("a\r\nb").to_string(), "a\nb");
    }

    #[test]
    fn only_web_addresses_have_a_host() {
        assert_eq!(web_host("https://www.semana.com/politica/?a=1"), Some("semana.com"));
        assert_eq!(web_host("HTTP://un.org"), Some("un.org"));
        assert_eq!(web_host("https://semana.com@evil.test/x"), Some("evil.test"));
        for url in
            ["javascript:alert(1)", "javascript://x/%0Aalert(1)", "data:text/html,x", "/etc/passwd", "https://", "https://a b", "seed 000"]
        {
            assert_eq!(web_host(url), None, "{url}");
        }
    }
}
