//! The bilingual table. Each row carries what it can be filtered by in `data-tags`, so that the script needs no knowledge of units.

use super::escape::{Attr, Text};
use super::labels::{Label, LangName};
use super::provenance::origin_line;
use super::spans::{Side, marked};
use super::{ReportFinding, Row, put};
use crate::model::{Lang, Provenance, State};

/// What all rows of a table share.
pub(super) struct Table<'a> {
    /// Beginning of the rows' anchors; the row's number comes after it.
    pub(super) anchor: &'a str,
    pub(super) source_lang: Lang,
    pub(super) target_lang: Lang,
}

impl Table<'_> {
    /// Appends the table of `rows`.
    pub(super) fn put(&self, out: &mut String, rows: &[Row]) {
        // Roles are repeated because rows are laid out as grids, and some browsers then forget that it is a table.
        put!(out, "<table role=\"table\" class=\"rows{}\">", if rows.iter().any(has_numbers) { "" } else { " plain" });
        put!(out, "<thead role=\"rowgroup\"><tr role=\"row\">");
        put!(out, "<th role=\"columnheader\" class=\"n\">{}</th>", Label("number"));
        for lang in [self.source_lang, self.target_lang] {
            put!(out, "<th role=\"columnheader\">{}</th>", LangName(lang));
        }
        put!(out, "<th role=\"columnheader\" class=\"c\">{}</th>", Label("confidence"));
        put!(out, "<th role=\"columnheader\" class=\"vh\">{}</th></tr></thead><tbody role=\"rowgroup\">", Label("findings"));
        rows.iter().for_each(|row| self.put_row(out, row));
        put!(out, "</tbody></table>\n");
    }

    fn put_row(&self, out: &mut String, row: &Row) {
        let (anchor, n) = (Attr(self.anchor), row.number);
        let tags = tags(row).join(" ");
        put!(out, "<tr role=\"row\" class=\"r\" id=\"{anchor}-{n}\" tabindex=\"-1\" data-tags=\"{}\">", Attr(&tags));
        put!(out, "<th role=\"rowheader\" class=\"n\"><a href=\"#{anchor}-{n}\"");
        if let Some(id) = &row.id {
            put!(out, " title=\"{}\"", Attr(id));
        }
        put!(out, ">{n}</a></th>");
        put_text(out, self.source_lang, &marked(&row.source, &row.findings, Side::Source), &row.source_provenance);
        put_text(out, self.target_lang, &marked(&row.target, &row.findings, Side::Target), &row.target_provenance);
        put!(out, "<td role=\"cell\" class=\"c\">");
        put_numbers(out, row);
        put!(out, "</td>");
        if !row.findings.is_empty() {
            put_findings(out, &row.findings);
        }
        put!(out, "</tr>\n");
    }
}

/// What a row can be filtered by: `doubtful`, `found`, `uneven`, `bead:2:1`, `check:ID`.
fn tags(row: &Row) -> Vec<String> {
    let mut tags = Vec::new();
    let mut tag = |holds: bool, name: &str| tags.extend(holds.then(|| name.to_string()));
    tag(row.is_doubtful(), "doubtful");
    tag(!row.findings.is_empty(), "found");
    tag(row.is_uneven(), "uneven");
    tag(row.confidence.is_some(), &bead_tag(row.kind));
    for (n, finding) in row.findings.iter().enumerate() {
        tag(row.findings[..n].iter().all(|earlier| earlier.check != finding.check), &check_tag(&finding.check));
    }
    tags
}

/// The tag of a kind of bead.
pub(super) fn bead_tag(kind: (usize, usize)) -> String {
    format!("bead:{}:{}", kind.0, kind.1)
}

/// The tag of a check; a tag has no blanks.
pub(super) fn check_tag(check: &str) -> String {
    format!("check:{}", check.split_whitespace().collect::<Vec<_>>().join("_"))
}

/// The words for a bead: `2:1`, or `omission` and `addition` where one side is empty.
pub(super) fn bead_name((source, target): (usize, usize)) -> String {
    match (source, target) {
        (_, 0) => Label("omission").to_string(),
        (0, _) => Label("addition").to_string(),
        _ => format!("{source}:{target}"),
    }
}

/// A confidence as people read it: cut, not rounded, so that 0.499 does not look like 0.5 and only certainty is 1.00.
pub(super) fn two_digits(confidence: f64) -> String {
    format!("{:.2}", (confidence.clamp(0.0, 1.0) * 100.0 + 1e-9).floor() / 100.0)
}

/// The class and the shape of a confidence: colour alone would not reach everybody.
pub(super) fn level(confidence: f64) -> (&'static str, &'static str) {
    match confidence {
        c if c >= 0.8 => ("hi", "▲"),
        c if c >= super::DOUBTFUL => ("md", "◆"),
        _ => ("lo", "▼"),
    }
}

/// Shape and number of a confidence.
pub(super) fn confidence(confidence: f64) -> String {
    let (class, shape) = level(confidence);
    let digits = two_digits(confidence);
    format!("<span class=\"{class}\"><span aria-hidden=\"true\">{shape}</span> <span data-c=\"{digits}\">{digits}</span></span>")
}

fn has_numbers(row: &Row) -> bool {
    row.confidence.is_some() || row.score.is_some() || row.is_uneven() || row.state != State::Unreviewed
}

fn put_text(out: &mut String, lang: Lang, html: &str, provenance: &Provenance) {
    put!(out, "<td role=\"cell\" class=\"t\" lang=\"{lang}\">");
    match html.is_empty() {
        true => put!(out, "<span class=\"none\" aria-hidden=\"true\">—</span><span class=\"vh\">{}</span>", Label("no-side")),
        false => put!(out, "<span class=\"x\">{html}</span>"),
    }
    put!(out, "{}</td>", origin_line(provenance));
}

fn put_numbers(out: &mut String, row: &Row) {
    if let Some(value) = row.confidence.filter(|c| !c.is_nan()) {
        let width = value.clamp(0.0, 1.0) * 48.0;
        put!(out, "{}", confidence(value));
        put!(out, "<svg class=\"bar {}\" viewBox=\"0 0 48 6\" aria-hidden=\"true\">", level(value).0);
        put!(out, "<rect class=\"trough\" width=\"48\" height=\"6\" rx=\"3\"/><rect width=\"{width:.1}\" height=\"6\" rx=\"3\"/></svg>");
    }
    if row.is_uneven() {
        put!(out, "<span class=\"badge\">{}</span>", bead_name(row.kind));
    }
    if row.state != State::Unreviewed {
        put!(out, "<span class=\"badge\">{}</span>", Label(row.state.name()));
    }
    if let Some(score) = row.score.map(two_digits) {
        put!(out, "<span class=\"score\">{} <span data-c=\"{score}\">{score}</span></span>", Label("score"));
    }
}

fn put_findings(out: &mut String, findings: &[ReportFinding]) {
    put!(out, "<td role=\"cell\" class=\"f\"><ul>");
    for (n, finding) in findings.iter().enumerate() {
        // A number is only needed where there is more than one finding to tell apart; the style sheet then shows it at the marks too.
        let number = if findings.len() > 1 { format!("<b>{}</b> ", n + 1) } else { String::new() };
        put!(out, "<li class=\"tier{}\"><span aria-hidden=\"true\">⚠</span> {number}{}", finding.tier, finding.message);
        put!(out, " <code>{}</code></li>", Text(&finding.check));
    }
    put!(out, "</ul></td>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidence_is_cut_so_that_it_agrees_with_its_shape() {
        for (value, digits, shape) in
            [(0.499, "0.49", "▼"), (0.5, "0.50", "◆"), (0.799, "0.79", "◆"), (0.29, "0.29", "▼"), (0.9999, "0.99", "▲"), (1.0, "1.00", "▲")]
        {
            assert_eq!((two_digits(value).as_str(), level(value).1), (digits, shape));
        }
    }

    #[test]
    fn a_row_is_tagged_with_what_it_can_be_filtered_by() {
        let finding = |check: &str| ReportFinding { check: check.into(), ..ReportFinding::default() };
        let row = Row { kind: (2, 1), confidence: Some(0.2), findings: vec![finding("number"), finding("number")], ..Row::default() };
        assert_eq!(tags(&row), ["doubtful", "found", "uneven", "bead:2:1", "check:number"]);
        assert!(tags(&Row { kind: (1, 1), ..Row::default() }).is_empty());
    }

    #[test]
    fn an_empty_side_is_named() {
        assert!(bead_name((1, 0)).contains("omission"));
        assert!(bead_name((0, 2)).contains("addition"));
        assert_eq!(bead_name((1, 2)), "1:2");
    }
}
