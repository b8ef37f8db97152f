//! `separators`: signs that set the parts of a menu, a path or a table apart and that the other side has not.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static SEPARATORS: Filter = Filter {
    id: "separators",
    about: About { en: "Signs of menus and tables that the other side lacks", es: "Signos de menús y tablas que faltan al otro lado" },
    unit: "signs",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::ANY, strict: Interval::to(2.0), review: Interval::ANY },
    peers: "Bicleaner no_breadcrumbs, no_only_symbols",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = record.texts().map(separators);
    Some([source - target, target - source].map(|more| more.max(0.0)))
}

fn separators(text: &str) -> f64 {
    let alone = |part: &str| {
        matches!(part, "|" | "/" | "//" | ">" | "<" | ">>" | "::" | "»" | "«" | "→" | "←" | "•" | "·" | "*" | "-" | "–" | "--" | "---")
    };
    let bars = memchr::memchr_iter(b'|', text.as_bytes()).count();
    let others = text.split_ascii_whitespace().filter(|part| part.len() < 4 && !part.contains('|') && alone(part)).count();
    (bars + others) as f64
}
