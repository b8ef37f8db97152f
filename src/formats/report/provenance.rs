//! Where things come from, as HTML: links to outlets, lists of facts. Addresses are linked only if they lead to the web.

use super::escape::{Attr, Text, web_host};
use super::labels::{Label, is_known};
use crate::model::Provenance;

/// An outlet, linked to where it published the text; the host is shown so that nobody is led elsewhere than the name says.
pub(super) fn outlet_link(outlet: Option<&str>, url: Option<&str>) -> String {
    let name = outlet.map(|name| Text(name).to_string());
    match (name, url, url.and_then(web_host)) {
        (name, Some(url), Some(host)) => {
            let label = name.map_or(String::new(), |name| format!("{name} "));
            let (url, host) = (Attr(url), Text(host));
            format!("<a href=\"{url}\" target=\"_blank\" rel=\"noopener noreferrer\">{label}<span class=\"host\">{host} ↗</span></a>")
        }
        (name, Some(other), None) => format!("{} <span class=\"host\">{}</span>", name.unwrap_or_default(), Text(other)),
        (name, None, _) => name.unwrap_or_default(),
    }
}

/// One line for the provenance of a single text; nothing if nothing is known.
pub(super) fn origin_line(provenance: &Provenance) -> String {
    let outlet = outlet_link(provenance.outlet.as_deref(), provenance.url.as_deref());
    let known = [&provenance.speaker, &provenance.date].into_iter().flatten().map(|text| Text(text).to_string());
    let parts: Vec<_> = known.chain((!outlet.is_empty()).then_some(outlet)).collect();
    if parts.is_empty() { String::new() } else { format!("<span class=\"from\">{}</span>", parts.join(" · ")) }
}

/// A list of facts: each a label and its value as HTML; nothing if there is none.
pub(super) fn facts(facts: &[(String, String)]) -> String {
    if facts.is_empty() {
        return String::new();
    }
    let items: String = facts.iter().map(|(label, value)| format!("<div><dt>{label}</dt><dd>{value}</dd></div>")).collect();
    format!("<dl class=\"facts\">{items}</dl>")
}

/// What is known of a text, as facts; outlet and address become one.
pub(super) fn known(provenance: &Provenance) -> Vec<(String, String)> {
    let mut known = Vec::new();
    for (name, value) in provenance.fields() {
        match name {
            "outlet" => known.push((Label("outlet").to_string(), outlet_link(Some(value), provenance.url.as_deref()))),
            "url" if provenance.outlet.is_some() => {}
            "url" => known.push((Label("url").to_string(), outlet_link(None, Some(value)))),
            "medium" | "translator-kind" => known.push((Label(name).to_string(), named(name, value))),
            _ => known.push((Label(name).to_string(), Text(value).to_string())),
        }
    }
    known
}

/// The label of a value of the model's lists, such as `medium.megaphone`.
fn named(field: &str, value: &str) -> String {
    let key = format!("{}.{value}", field.trim_end_matches("-kind"));
    if is_known(&key) { Label(&key).to_string() } else { Text(value).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_linked_only_to_the_web() {
        let link = outlet_link(Some("Semana"), Some("https://www.semana.com/\"><b>'?a=1&b=2"));
        assert!(link.contains("href=\"https://www.semana.com/&quot;&gt;&lt;b&gt;&#39;?a=1&amp;b=2\""), "{link}");
        assert!(link.contains("rel=\"noopener noreferrer\"") && link.contains("semana.com ↗"), "{link}");
        for url in ["javascript:alert(1)", "seed 000"] {
            let text = outlet_link(Some("Semana"), Some(url));
            assert!(!text.contains("<a") && text.contains(url), "{text}");
        }
    }

    #[test]
    fn known_fields_have_labels_and_others_their_own_name() {
        let mut provenance = Provenance::default();
        for (name, value) in
            [("speaker", "Gustavo Petro"), ("medium", "megaphone"), ("outlet", "EFE"), ("url", "https://efe.com/1"), ("x-desk", "<a>")]
        {
            provenance.set(name, value);
        }
        let html = facts(&known(&provenance));
        assert!(html.contains("data-t=\"medium.megaphone\"") && html.contains("<dt>x-desk</dt><dd>&lt;a&gt;</dd>"), "{html}");
        assert_eq!(html.matches("efe.com/1").count(), 1);
    }

    #[test]
    fn nothing_known_gives_nothing() {
        assert_eq!(origin_line(&Provenance::default()), "");
        assert_eq!(facts(&known(&Provenance::default())), "");
    }
}
