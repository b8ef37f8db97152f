//! `url`: addresses that stand on one side only. It resolves nothing: a shortened address and the one it stands for differ.

use std::borrow::Cow;

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};
use crate::text::links::{Link, LinkKind};

/// The check.
pub static URL: Check = Check {
    id: "url",
    version: 1,
    tier: 1,
    its: "other",
    about: About { en: "A web or e-mail address, handle or hashtag has no counterpart", es: "Una dirección, mención o etiqueta no tiene correspondencia" },
    docs: "
## What it does
Compares the web addresses, e-mail addresses, handles and hashtags of both sides, as often as they occur. The punctuation of the sentence, `www.`, the
scheme and a last slash do not count. As many hashtags, or as many web addresses, on both sides that only differ are reported in tier 2: hashtags are translated,
and pages have a version in each language.

## Why
An address is copied or it is broken. In social posts a handle missing on one side means a missing half of the text.

## Example
`Escriba a ana@example.org` rendered as `Write to anna@example.org`.
",
    run,
    fires: &[
        Example { source: "Lea más en https://example.org/nota.", target: "Read more." },
        Example { source: "Escriba a ana@example.org.", target: "Write to anna@example.org." },
        Example { source: "Gracias, @GustavoPetro #Paz", target: "Thank you @GustavoPetro #Peace" },
    ],
    silent: &[
        Example { source: "Lea https://www.example.org/nota/.", target: "Read http://example.org/nota" },
        Example { source: "@ana dice que no #Paz", target: "#paz: @Ana says no" },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let [source, target] = pair.links();
    if source.is_empty() && target.is_empty() {
        return;
    }
    for kind in [LinkKind::Url, LinkKind::Email, LinkKind::Handle, LinkKind::Hashtag] {
        let (source, target) = left_over(of_kind(pair.source, source, kind), of_kind(pair.target, target, kind));
        if !source.is_empty() || !target.is_empty() {
            findings.push(finding(kind, &source, &target));
        }
    }
}

/// An address: what it is compared by, its text, its span.
type Address<'a> = (Cow<'a, str>, &'a str, [usize; 2]);

fn of_kind<'a>(text: &'a str, links: &[Link], kind: LinkKind) -> Vec<Address<'a>> {
    let links = links.iter().filter(|link| link.kind == kind);
    let mut addresses: Vec<_> =
        links.map(|link| (key(&text[link.span.clone()], kind), &text[link.span.clone()], [link.span.start, link.span.end])).collect();
    addresses.sort_unstable();
    addresses
}

fn key(address: &str, kind: LinkKind) -> Cow<'_, str> {
    if kind != LinkKind::Url {
        return crate::text::fold(address);
    }
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    Cow::Borrowed(rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/'))
}

/// What is left of two sorted lists when equal keys are taken out in twos.
fn left_over<'a>(source: Vec<Address<'a>>, target: Vec<Address<'a>>) -> (Vec<Address<'a>>, Vec<Address<'a>>) {
    let mut left = (Vec::new(), Vec::new());
    let (mut source, mut target) = (source.into_iter().peekable(), target.into_iter().peekable());
    while let (Some(a), Some(b)) = (source.peek(), target.peek()) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => left.0.extend(source.next()),
            std::cmp::Ordering::Greater => left.1.extend(target.next()),
            std::cmp::Ordering::Equal => drop((source.next(), target.next())),
        }
    }
    left.0.extend(source);
    left.1.extend(target);
    left
}

fn finding(kind: LinkKind, source: &[Address<'_>], target: &[Address<'_>]) -> Finding {
    let what = match kind {
        _ if target.is_empty() => "missing",
        _ if source.is_empty() => "added",
        LinkKind::Url => "url",
        LinkKind::Email => "email",
        LinkKind::Handle => "handle",
        LinkKind::Hashtag => "hashtag",
    };
    let localized = source.len() == target.len() && matches!(kind, LinkKind::Url | LinkKind::Hashtag);
    let texts = |addresses: &[Address<'_>]| addresses.iter().map(|(_, text, _)| *text).collect::<Vec<_>>().join(" ");
    let spans = |addresses: &[Address<'_>]| {
        let mut spans: Vec<_> = addresses.iter().map(|(_, _, span)| *span).collect();
        spans.sort_unstable();
        spans
    };
    Finding {
        tier: if localized { 2 } else { URL.tier },
        source_spans: spans(source),
        target_spans: spans(target),
        args: args([("source", texts(source)), ("target", texts(target))]),
        ..URL.finding(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::{Context, Pair};
    use crate::text::Lang;

    fn tiers(source: &str, target: &str) -> Vec<(String, u8)> {
        let mut findings = Vec::new();
        run(&Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, &Context::default()), &mut findings);
        findings.into_iter().map(|f| (f.message, f.tier)).collect()
    }

    #[test]
    fn translated_hashtags_and_local_pages_are_tier_two() {
        assert_eq!(tiers("#Paz", "#Peace"), [("check.url.hashtag".to_string(), 2)]);
        assert_eq!(tiers("https://es.example.org", "https://en.example.org"), [("check.url.url".to_string(), 2)]);
        assert_eq!(tiers("#Paz", ""), [("check.url.missing".to_string(), 1)]);
        assert_eq!(tiers("", "@ana"), [("check.url.added".to_string(), 1)]);
    }

    #[test]
    fn an_address_must_occur_as_often_on_both_sides() {
        assert_eq!(tiers("@ana @ana", "@ana"), [("check.url.missing".to_string(), 1)]);
    }
}
