//! What was dropped: a bar for each reason, a column for each source, examples to unfold, and what was kept by which filter.

use super::escape::Text;
use super::labels::{Count, Label, Number};
use super::rows::two_digits;
use super::{Message, Report, ReportDropped, ReportDrops, put};

/// Appends the section, if anything was judged by filters or dropped.
pub(super) fn put_drops(out: &mut String, report: &Report) {
    let Some(drops) = report.drops.as_ref() else { return };
    put!(out, "<section class=\"dropped\" id=\"dropped\"><h2>{}</h2>\n<p class=\"about\">", Label("dropped"));
    put!(
        out,
        "{} · {} · {}</p>\n",
        Count("count.read", drops.records),
        Count("count.kept", drops.kept),
        Count("count.dropped", drops.records - drops.kept)
    );
    for warning in &drops.warnings {
        put!(out, "<p class=\"warning\"><span aria-hidden=\"true\">⚠</span> {warning}</p>\n");
    }
    put!(out, "<div class=\"card\">");
    if drops.dropped.is_empty() {
        put!(out, "<p class=\"empty\">{}</p>", Label("no-drop"));
    } else {
        put_table(out, drops);
        put!(out, "<details><summary>{}</summary>", Label("examples"));
        drops.dropped.iter().for_each(|dropped| put_examples(out, report, dropped));
        put!(out, "</details>");
    }
    if !drops.rules.is_empty() {
        put_rules(out, drops);
    }
    put!(out, "</div></section>\n");
}

fn put_table(out: &mut String, drops: &ReportDrops) {
    let most = drops.dropped.iter().map(|dropped| dropped.all).max().unwrap_or(1);
    put!(out, "<div class=\"wide\"><table class=\"bars\"><thead><tr><th scope=\"col\">{}</th><th></th>", Label("dropped-by"));
    for (key, about) in
        [("dropped-all", "dropped-all-about"), ("dropped-only", "dropped-only-about"), ("dropped-first", "dropped-first-about")]
    {
        put!(out, "<th scope=\"col\" class=\"num\"{}>{}</th>", super::labels::Labelled("title", about), Label(key));
    }
    drops.sources.iter().for_each(|source| put!(out, "<th scope=\"col\" class=\"num of\">{}</th>", Text(&source.name)));
    put!(out, "</tr></thead><tbody>");
    for dropped in &drops.dropped {
        put!(out, "<tr><th scope=\"row\">{}</th>", named(&dropped.id, &dropped.name));
        put_bar(out, dropped.all, most);
        [dropped.all, dropped.only, dropped.first].iter().for_each(|n| put!(out, "<td>{}</td>", Number(*n)));
        for (n, source) in dropped.by_source.iter().zip(&drops.sources) {
            match *n {
                0 => put!(out, "<td class=\"of none\">0</td>"),
                n => put!(out, "<td class=\"of\">{}{}</td>", share(n, source.records), Number(n)),
            }
        }
        put!(out, "</tr>");
    }
    put!(out, "</tbody><tfoot>");
    put_sum(out, "count-read", drops.records, drops.sources.iter().map(|source| source.records));
    put_sum(out, "count-kept", drops.kept, drops.sources.iter().map(|source| source.kept));
    put!(out, "</tfoot></table></div>");
}

fn put_bar(out: &mut String, n: u64, most: u64) {
    let width = (n as f64 / most.max(1) as f64 * 100.0).max(1.0);
    put!(out, "<td class=\"b\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    put!(out, "<rect width=\"{width:.1}\" height=\"10\"/></svg></td>");
}

fn put_sum(out: &mut String, key: &str, all: u64, sources: impl Iterator<Item = u64>) {
    put!(out, "<tr><th scope=\"row\">{}</th><td></td><td></td><td></td><td>{}</td>", Label(key), Number(all));
    sources.for_each(|n| put!(out, "<td class=\"of\">{}</td>", Number(n)));
    put!(out, "</tr>");
}

/// Whole per cents, below one as a fraction of it.
fn share(n: u64, of: u64) -> String {
    let share = n as f64 / of.max(1) as f64 * 100.0;
    let digits = if share < 1.0 { format!("{share:.1}") } else { format!("{share:.0}") };
    format!("<small><span data-c=\"{digits}\">{digits}</span> %</small> ")
}

fn put_examples(out: &mut String, report: &Report, dropped: &ReportDropped) {
    if dropped.examples.is_empty() {
        return;
    }
    put!(out, "<h3>{}</h3><ul class=\"examples\">", named(&dropped.id, &dropped.name));
    for example in &dropped.examples {
        put!(out, "<li><p class=\"how\">{}", Text(&example.of));
        if let Some(score) = example.score.map(two_digits) {
            put!(out, " · {} <span data-c=\"{score}\">{score}</span>", Label("score"));
        }
        put!(out, " · <code>{}</code>", Text(&example.id));
        example.reasons.iter().for_each(|reason| put!(out, " <span class=\"badge\">{}</span>", Text(reason)));
        put!(out, "</p>");
        for (lang, text) in [(report.source_lang, &example.source), (report.target_lang, &example.target)] {
            put!(out, "<p lang=\"{lang}\" class=\"x\">{}</p>", Text(text));
        }
        put!(out, "</li>");
    }
    put!(out, "</ul>");
}

fn put_rules(out: &mut String, drops: &ReportDrops) {
    put!(
        out,
        "<details><summary>{}</summary><div class=\"wide\"><table class=\"bars rules\"><thead><tr><th scope=\"col\">{}</th>",
        Label("rules"),
        Label("rule")
    );
    put!(out, "<th scope=\"col\">{}</th>", Label("every-source"));
    drops.ruled_sources.iter().for_each(|name| put!(out, "<th scope=\"col\">{}</th>", Text(name)));
    put!(out, "</tr></thead><tbody>");
    for rule in &drops.rules {
        put!(out, "<tr><th scope=\"row\">{}</th><td>{}</td>", named(&rule.id, &rule.name), Text(&rule.every));
        rule.sources.iter().for_each(|value| put!(out, "<td>{}</td>", Text(value)));
        put!(out, "</tr>");
    }
    put!(out, "</tbody></table></div></details>");
}

/// What something is called, and its id in small where that is another.
fn named(id: &str, name: &Message) -> String {
    if name.en.is_empty() { format!("<code>{}</code>", Text(id)) } else { format!("{name} <small><code>{}</code></small>", Text(id)) }
}
