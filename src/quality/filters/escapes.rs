//! `escapes`: characters written as codes of programs, of addresses or of mail (`\u00e9`, `%C3%A9`, `=C3=A9`) that the other side has not.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::quality::personal::within;
use crate::text::links::links;

/// The filter.
pub(super) static ESCAPES: Filter = Filter {
    id: "escapes",
    about: About { en: "Escaped characters that the other side lacks", es: "Caracteres escapados que faltan al otro lado" },
    unit: "characters",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::to(0.0), strict: Interval::to(0.0), review: Interval::ANY },
    peers: "Bicleaner no_escaped_unicode",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = record.texts().map(escapes);
    Some([source - target, target - source].map(|more| more.max(0.0)))
}

fn escapes(text: &str) -> f64 {
    let bytes = text.as_bytes();
    let mut found = memchr::memchr3_iter(b'\\', b'%', b'=', bytes).filter(|at| is_escape(bytes, *at)).peekable();
    if found.peek().is_none() {
        return 0.0;
    }
    let links = links(text);
    found.filter(|at| within(&links, *at).is_none()).count() as f64
}

/// A backslash, `u` or `x`, and four or two hexadecimal digits; or a byte from 0xC2 on with its sign and another byte after it.
fn is_escape(bytes: &[u8], at: usize) -> bool {
    let hex = |from: usize, len: usize| bytes.get(from..from + len).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    match (bytes[at], bytes.get(at + 1)) {
        (b'\\', Some(b'u')) => hex(at + 2, 4),
        (b'\\', Some(b'x')) => hex(at + 2, 2),
        (sign @ (b'%' | b'='), Some(b'C'..=b'F' | b'c'..=b'f')) => hex(at + 1, 2) && bytes.get(at + 3) == Some(&sign) && hex(at + 4, 2),
        _ => false,
    }
}
