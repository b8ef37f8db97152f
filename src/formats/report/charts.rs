//! The charts of the head: bars in inline SVG, each with its numbers at hand. No colour carries a meaning of its own.

use super::labels::{Label, Labelled, Number};
use super::rows::{bead_name, bead_tag, check_tag, level};
use super::tally::BINS;
use super::{Report, Tally, put};

const HEIGHT: f64 = 84.0;
const STEP: f64 = 34.0;

/// Appends the panels: confidence, beads, checks.
pub(super) fn put_charts(out: &mut String, report: &Report, tally: &Tally) {
    put!(out, "<section class=\"charts\"{}>", Labelled("aria-label", "overview"));
    if tally.aligned() > 0 {
        put_confidence(out, tally);
        put_beads(out, tally);
    }
    put_checks(out, report, tally);
    put!(out, "</section>\n");
}

fn put_confidence(out: &mut String, tally: &Tally) {
    let most = tally.confidence.iter().copied().max().unwrap_or(1).max(1) as f64;
    put!(out, "<figure class=\"card\"><h2>{} <small>{}</small></h2>", Label("confidence"), Label("confidence-about"));
    let width = STEP * BINS as f64;
    put!(
        out,
        "<svg class=\"histogram\" viewBox=\"0 0 {width} {}\" role=\"img\"{}>",
        HEIGHT + 30.0,
        Labelled("aria-label", "confidence-chart")
    );
    for (bin, count) in tally.confidence.iter().enumerate() {
        let (x, mid) = (STEP * bin as f64 + 3.0, STEP * (bin as f64 + 0.5));
        // A bar of one unit among thousands must still be seen.
        let height = if *count == 0 { 0.0 } else { (*count as f64 / most * HEIGHT).max(2.0) };
        let top = 14.0 + HEIGHT - height;
        put!(out, "<rect class=\"{}\" x=\"{x}\" y=\"{top:.1}\" width=\"{}\" height=\"{height:.1}\" rx=\"2\"/>", level_of(bin), STEP - 6.0);
        if *count > 0 {
            put!(out, "<text x=\"{mid}\" y=\"{:.1}\" data-i=\"{count}\">{count}</text>", top - 4.0);
        }
    }
    put!(out, "<line x1=\"0\" x2=\"{width}\" y1=\"{0}\" y2=\"{0}\"/>", 14.0 + HEIGHT);
    for (x, text, anchor) in [(0.0, "0.0", "start"), (0.5, "0.5", ""), (0.8, "0.8", ""), (1.0, "1.0", "end")] {
        put!(out, "<text class=\"axis {anchor}\" x=\"{}\" y=\"{}\" data-c=\"{text}\">{text}</text>", x * width, HEIGHT + 27.0);
    }
    for middle in [0.25, 0.65, 0.9] {
        let (class, shape) = level(middle);
        put!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\">{shape}</text>", middle * width, HEIGHT + 27.0);
    }
    put!(out, "</svg><details><summary>{}</summary><table class=\"bars\">", Label("numbers"));
    put!(out, "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>", Label("confidence"), Label("units"));
    for (bin, count) in tally.confidence.iter().enumerate() {
        let [from, to] = [bin, bin + 1].map(|edge| format!("{:.1}", edge as f64 / BINS as f64));
        put!(out, "<tr><th scope=\"row\"><span data-c=\"{from}\">{from}</span>–<span data-c=\"{to}\">{to}</span></th>");
        put!(out, "<td>{}</td></tr>", Number(*count));
    }
    put!(out, "</tbody></table></details></figure>");
}

fn level_of(bin: usize) -> &'static str {
    level((bin as f64 + 0.5) / BINS as f64).0
}

fn put_beads(out: &mut String, tally: &Tally) {
    let mut beads: Vec<_> = tally.beads.iter().collect();
    beads.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), **kind));
    let most = beads.first().map_or(1, |(_, count)| **count);
    put!(out, "<figure class=\"card\"><h2>{} <small>{}</small></h2><table class=\"bars\"><tbody>", Label("beads"), Label("beads-about"));
    for (kind, count) in beads {
        let note = if kind.0.min(kind.1) == 0 { format!(" <small>{}:{}</small>", kind.0, kind.1) } else { String::new() };
        put_bar(out, &bead_tag(*kind), &format!("{}{note}", bead_name(*kind)), *count, most);
    }
    put!(out, "</tbody></table></figure>");
}

fn put_checks(out: &mut String, report: &Report, tally: &Tally) {
    put!(out, "<figure class=\"card\"><h2>{} <small>{}</small></h2>", Label("checks"), Label("checks-about"));
    if tally.checks.is_empty() {
        put!(out, "<p class=\"empty\">{}</p></figure>", Label("no-finding"));
        return;
    }
    let most = tally.checks.values().copied().max().unwrap_or(1);
    let mut checks: Vec<_> = tally.checks.iter().collect();
    checks.sort_by_key(|(check, count)| (std::cmp::Reverse(**count), check.as_str()));
    put!(out, "<table class=\"bars\"><tbody>");
    for (check, count) in checks {
        let name = report.check_names.get(check).map_or_else(|| Label(check).to_string(), ToString::to_string);
        put_bar(out, &check_tag(check), &name, *count, most);
    }
    put!(out, "</tbody></table></figure>");
}

/// A row with a name to click, a bar and a number.
fn put_bar(out: &mut String, tag: &str, name: &str, count: u64, most: u64) {
    let width = (count as f64 / most.max(1) as f64 * 100.0).max(1.0);
    put!(
        out,
        "<tr><th scope=\"row\"><button type=\"button\" class=\"pick\" aria-pressed=\"false\" data-tag=\"{}\">{name}</button></th>",
        super::escape::Attr(tag)
    );
    put!(
        out,
        "<td class=\"b\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{width:.1}\" height=\"10\"/></svg></td>"
    );
    put!(out, "<td>{}</td></tr>", Number(count));
}
