//! `html`: the share of a text that is tags and character references, which the cleaning rules `tags` and `entities` would take out.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::quality::clean;

/// The filter.
pub(super) static HTML: Filter = Filter {
    id: "html",
    about: About { en: "Share of tags and character references", es: "Proporción de etiquetas y referencias de caracteres" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::to(0.3), strict: Interval::to(0.0), review: Interval::ANY },
    peers: "OpusFilter HtmlTagFilter",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    Some(record.texts().map(|text| clean::markup_bytes(text) as f64 / text.len().max(1) as f64))
}
