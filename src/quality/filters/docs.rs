//! The reference of the filters, made from the registry and from what is known of other tools, so that it cannot fall behind.

use std::fmt::Write;

use super::{FILTERS, Interval};
use crate::quality::data::rows;

/// `docs/filters.md`: a table of the filters, then what the filters of other tools correspond to.
pub fn docs() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str(
        "\n| filter | measures | unit | `training` keeps | `strict` keeps | `review` keeps | elsewhere |\n|---|---|---|---|---|---|---|\n",
    );
    for filter in FILTERS {
        let [training, strict, review] =
            [filter.presets.training, filter.presets.strict, filter.presets.review].map(|interval| shown(&interval));
        let (id, about, unit, peers) = (filter.id, filter.about.en, filter.unit, filter.peers);
        let _ = writeln!(page, "| `{id}` | {about} | {unit} | {training} | {strict} | {review} | {peers} |");
    }
    page.push_str(PEERS);
    for row in peers() {
        let ours: Vec<String> = row.ours.iter().map(|(kind, id)| link(kind, id)).collect();
        let ours = if ours.is_empty() { "–".to_string() } else { ours.join(", ") };
        let _ = writeln!(page, "| {} | {} | {ours} | {} |", row.tool, row.theirs, row.remark);
    }
    page
}

const INTRODUCTION: &str = "\
# Filters

A filter measures both sides of a pair, or the pair; the rules say which values are kept: those of a preset (`training`, `strict`, `review`), and any interval in their place
(`--set words=1..80`, `--set numerals=0.6..`, `--set letters=off`). What cannot be measured drops nothing. A filter that keeps everything is not measured. Besides, findings of
[checks](checks.md) drop pairs; [cleaning rules](clean.md) repair what can be repaired.

This page is made from the registry of filters; to change it, change the filter and run `BITEXTO_BLESS=1 cargo test filters_page`.
";

const PEERS: &str = "
# Filters of other tools

What does the work of each, or why nothing does.

| tool | its filter | here | remark |
|---|---|---|---|
";

/// A filter of another tool.
struct Peer {
    tool: &'static str,
    theirs: &'static str,
    /// What does its work: kind and name.
    ours: Vec<(&'static str, &'static str)>,
    remark: &'static str,
}

fn peers() -> impl Iterator<Item = Peer> {
    rows(include_str!("../data/peers.tsv")).map(|row| {
        let ours = row[2].split(' ').filter_map(|name| name.split_once(':')).collect();
        Peer { tool: row[0], theirs: row[1], ours, remark: row[3] }
    })
}

fn link(kind: &str, id: &str) -> String {
    match kind {
        "check" => format!("check [`{id}`](checks.md#{id})"),
        "clean" => format!("rule [`{id}`](clean.md#{id})"),
        _ => format!("{kind} `{id}`"),
    }
}

/// As one writes it on the command line.
fn shown(interval: &Interval) -> String {
    let bound = |value: f64| if value.is_finite() { value.to_string() } else { String::new() };
    if *interval == Interval::ANY { "all".to_string() } else { format!("`{}..{}`", bound(interval.least), bound(interval.most)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::CHECKS;
    use crate::quality::clean::RULES;

    #[test]
    fn the_filters_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/filters.md");
        if std::env::var_os("BITEXTO_BLESS").is_some() {
            std::fs::write(&path, docs()).expect("the page can be written");
        }
        let page = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(page == docs(), "docs/filters.md is out of date: run `BITEXTO_BLESS=1 cargo test filters_page`");
    }

    #[test]
    fn every_filter_of_another_tool_has_a_counterpart_that_exists_or_a_reason() {
        for peer in peers() {
            assert!(!peer.ours.is_empty() || !peer.remark.is_empty(), "{} {}", peer.tool, peer.theirs);
            for (kind, id) in peer.ours {
                let exists = match kind {
                    "filter" => FILTERS.iter().any(|filter| filter.id == id),
                    "check" => CHECKS.iter().any(|check| check.id == id),
                    "clean" => RULES.iter().any(|rule| rule.id == id),
                    "command" => ["dedup", "segment"].contains(&id),
                    _ => false,
                };
                assert!(exists, "{kind}:{id}");
            }
        }
    }
}
