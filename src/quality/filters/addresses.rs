//! `addresses`: the share of a text that is addresses of the web or of e-mail.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::text::links::{Link, LinkKind};

/// The filter.
pub(super) static ADDRESSES: Filter = Filter {
    id: "addresses",
    about: About { en: "Share of web and e-mail addresses", es: "Proporción de direcciones web y de correo" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::to(0.9), strict: Interval::to(0.3), review: Interval::ANY },
    peers: "Bicleaner no_urls",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let ([source, target], links) = (record.texts(), record.links());
    let share = |text: &str, links: &[Link]| {
        let found = links.iter().filter(|link| matches!(link.kind, LinkKind::Url | LinkKind::Email));
        found.map(|link| link.span.len()).sum::<usize>() as f64 / text.len().max(1) as f64
    };
    Some([share(source, &links[0]), share(target, &links[1])])
}
