//! The page as a whole: head, security policy, charts, toolbar, sections, footer. What is in the sections is the business of their files.

use sha2::{Digest, Sha256};

use super::charts::put_charts;
use super::drops::put_drops;
use super::escape::Text;
use super::labels::{Count, Label, Labelled, LangName, json};
use super::provenance::{facts, known};
use super::rows::Table;
use super::statements::{anchor, put_card};
use super::{Report, ReportBitext, Tally, put};
use crate::model::Provenance;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// More entries than this keep the list of contents folded.
const SHORT_CONTENTS: usize = 12;

/// The report as one HTML page that needs nothing but itself.
pub fn render(report: &Report) -> String {
    let tally = report.tally.clone().unwrap_or_else(|| Tally::of(report.rows()));
    let mut out = String::new();
    put_start(&mut out, report);
    put_head(&mut out, report, &tally);
    if tally.rows > 0 {
        put_charts(&mut out, report, &tally);
    }
    put_drops(&mut out, report);
    put_contents(&mut out, report);
    put_toolbar(&mut out, &tally);
    put_main(&mut out, report);
    put_end(&mut out, report);
    out
}

fn put_start(out: &mut String, report: &Report) {
    put!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy());
    put!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
    );
    put!(out, "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
    put!(out, "<title>{}</title>\n<style>{STYLE}</style>\n", Text(&report.title));
    put!(out, "<script type=\"application/json\" id=\"labels\">{}</script>\n<script>{SCRIPT}</script>\n</head>\n<body>\n", json());
}

/// Nothing is loaded, and only this style sheet and this script run: they are named by their hashes (CSP level 3, §2.3.1).
fn policy() -> String {
    format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        base64(&Sha256::digest(STYLE)),
        base64(&Sha256::digest(SCRIPT))
    )
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let value = three.iter().fold(0u32, |value, byte| value << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..4).for_each(|n| out.push(if n > three.len() { '=' } else { char::from(ALPHABET[(value >> (18 - 6 * n) & 63) as usize]) }));
    }
    out
}

fn put_head(out: &mut String, report: &Report, tally: &Tally) {
    put!(
        out,
        "<header class=\"head\"><div class=\"tools\" id=\"tools\" hidden><span class=\"switch\" role=\"group\"{}>",
        Labelled("aria-label", "language")
    );
    for (code, name) in [("en", "English"), ("es", "Español")] {
        put!(out, "<button type=\"button\" lang=\"{code}\" data-lang=\"{code}\" aria-pressed=\"false\">{name}</button>");
    }
    put!(out, "</span><button type=\"button\" id=\"theme\"{}>◐</button>", Labelled("aria-label", "theme"));
    put!(out, "<button type=\"button\" id=\"help\"{}>?</button></div>\n", Labelled("aria-label", "help"));
    put!(out, "<h1>{}</h1>\n<ul class=\"counts\">", Text(&report.title));
    put!(out, "<li>{} → {}</li>", LangName(report.source_lang), LangName(report.target_lang));
    for (key, count) in counts(report, tally).into_iter().filter(|(_, count)| *count > 0) {
        put!(out, "<li>{}</li>", Count(key, count));
    }
    let small: Vec<_> = report.facts.iter().map(|fact| (fact.label.to_string(), Text(&fact.value).to_string())).collect();
    put!(out, "</ul>\n{}</header>\n", facts(&small));
}

fn counts(report: &Report, tally: &Tally) -> [(&'static str, u64); 8] {
    let renderings: usize = report.statements.iter().map(|s| s.statement.renderings.len()).sum();
    [
        ("count.statements", report.statements.len() as u64 + report.omitted_statements),
        ("count.renderings", if report.omitted_statements > 0 { 0 } else { renderings as u64 }),
        ("count.bitexts", report.bitexts.len() as u64),
        ("count.files", report.records.len() as u64),
        ("count.units", tally.rows),
        ("count.doubtful", tally.doubtful),
        ("count.uneven", tally.uneven),
        ("count.found", tally.found),
    ]
}

fn put_contents(out: &mut String, report: &Report) {
    let statements =
        report.statements.iter().enumerate().map(|(n, s)| (anchor(n), Text(&s.statement.speaker).to_string(), s.statement.id.as_str()));
    let bitexts = sections(report).map(|(anchor, bitext)| (anchor, Text(&bitext.title).to_string(), ""));
    let entries: Vec<_> = statements.chain(bitexts).collect();
    if entries.len() < 2 {
        return;
    }
    let open = if entries.len() > SHORT_CONTENTS { "" } else { " open" };
    put!(out, "<nav class=\"contents\"><details{open}><summary>{} ({})</summary><ol>", Label("contents"), entries.len());
    for (anchor, name, id) in entries {
        put!(out, "<li><a href=\"#{anchor}\">{name} <small>{}</small></a></li>", Text(id));
    }
    put!(out, "</ol></details></nav>\n");
}

/// Bitexts and files with their anchors.
fn sections(report: &Report) -> impl Iterator<Item = (String, &ReportBitext)> {
    let bitexts = report.bitexts.iter().enumerate().map(|(n, bitext)| (format!("b{}", n + 1), bitext));
    bitexts.chain(report.records.iter().enumerate().map(|(n, bitext)| (format!("f{}", n + 1), bitext)))
}

fn put_toolbar(out: &mut String, tally: &Tally) {
    put!(out, "<div class=\"toolbar\" id=\"bar\" role=\"search\" hidden>");
    put!(out, "<input type=\"search\" id=\"q\" autocomplete=\"off\" spellcheck=\"false\"{}", Labelled("placeholder aria-label", "search"));
    put!(out, "><kbd aria-hidden=\"true\">/</kbd>");
    let chips = [("doubtful", "doubtful", tally.doubtful), ("found", "with-findings", tally.found), ("uneven", "uneven", tally.uneven)];
    for (tag, key, count) in chips {
        put!(
            out,
            "<button type=\"button\" class=\"chip\" aria-pressed=\"false\" data-tag=\"{tag}\">{} <b data-i=\"{count}\">{count}</b></button>",
            Label(key)
        );
    }
    put!(out, "<span id=\"picked\"></span><button type=\"button\" class=\"chip\" id=\"clear\" hidden>✕ {}</button>", Label("clear"));
    put!(out, "<span id=\"shown\" role=\"status\"></span></div>\n");
}

fn put_main(out: &mut String, report: &Report) {
    put!(out, "<main>\n<p class=\"empty\" id=\"nomatch\" hidden>{}</p>\n", Label("no-match"));
    if report.statements.is_empty() && report.bitexts.is_empty() && report.records.is_empty() {
        put!(out, "<p class=\"empty\">{}</p>\n", Label("nothing"));
    }
    put_statements(out, report);
    for (key, prefix) in [("bitexts", 'b'), ("records", 'f')] {
        let list: Vec<_> = sections(report).filter(|(anchor, _)| anchor.starts_with(prefix)).collect();
        if list.is_empty() {
            continue;
        }
        put!(out, "<section class=\"group\"><h2>{}</h2>\n", Label(key));
        list.iter().for_each(|(anchor, bitext)| put_bitext(out, report, anchor, bitext));
        put!(out, "</section>\n");
    }
    put!(out, "</main>\n");
}

fn put_statements(out: &mut String, report: &Report) {
    if report.statements.is_empty() && report.omitted_statements == 0 {
        return;
    }
    put!(
        out,
        "<section class=\"group\" id=\"statements\"><h2>{}</h2><p class=\"about\">{} ",
        Label("statements"),
        Label("statements-about")
    );
    put!(out, "<del>{}</del> <ins>{}</ins>", Label("left-out"), Label("added"));
    put!(out, "<label class=\"live\"><input type=\"checkbox\" id=\"marks\" checked> {}</label></p>\n", Label("differences"));
    (0..report.statements.len()).for_each(|n| put_card(out, report, n));
    if report.omitted_statements > 0 {
        put!(out, "<p class=\"omitted\">{}</p>", Count("omitted-statements", report.omitted_statements));
    }
    put!(out, "</section>\n");
}

fn put_bitext(out: &mut String, report: &Report, anchor: &str, bitext: &ReportBitext) {
    put!(out, "<article class=\"card bt\" id=\"{anchor}\"><header><h3>{}", Text(&bitext.title));
    put!(
        out,
        " <small>{}</small></h3><a class=\"id\" href=\"#{anchor}\">#{anchor}</a>",
        Count("count.units", bitext.rows.len() as u64 + bitext.omitted)
    );
    put_sides(out, bitext);
    put!(out, "</header>");
    if bitext.rows.is_empty() {
        put!(out, "<p class=\"empty\">{}</p>", Label("no-units"));
    } else {
        Table { anchor, source_lang: report.source_lang, target_lang: report.target_lang }.put(out, &bitext.rows);
    }
    if bitext.omitted > 0 {
        put!(out, "<p class=\"omitted\">{}</p>", Count("omitted", bitext.omitted));
    }
    put!(out, "</article>\n");
}

fn put_sides(out: &mut String, bitext: &ReportBitext) {
    let first = if bitext.target_name.is_empty() { "file" } else { "source" };
    let sides = [(first, &bitext.source_name, &bitext.source_provenance), ("target", &bitext.target_name, &bitext.target_provenance)];
    if sides.iter().all(|(_, name, provenance)| name.is_empty() && **provenance == Provenance::default()) {
        return;
    }
    put!(out, "<div class=\"sides\">");
    for (key, name, provenance) in sides {
        let named = (!name.is_empty()).then(|| (Label(key).to_string(), format!("<code>{}</code>", Text(name))));
        put!(out, "<div>{}</div>", facts(&named.into_iter().chain(known(provenance)).collect::<Vec<_>>()));
    }
    put!(out, "</div>");
}

fn put_end(out: &mut String, report: &Report) {
    put!(out, "<footer>");
    if !report.signature.is_empty() {
        put!(out, "<p>{} <code>{}</code></p>", Label("signature"), Text(&report.signature));
    }
    put!(
        out,
        "<p>{}</p></footer>\n<dialog id=\"keys\"{}><h2>{}</h2><dl>",
        Label("help-legend"),
        Labelled("aria-label", "help"),
        Label("help")
    );
    let keys = [("j k", "help-move"), ("n p", "help-next"), ("/", "help-find"), ("Esc", "help-clear"), ("?", "help-help")];
    for (key, about) in keys {
        let keys: String = key.split(' ').map(|key| format!("<kbd>{key}</kbd> ")).collect();
        put!(out, "<div><dt>{keys}</dt><dd>{}</dd></div>", Label(about));
    }
    put!(
        out,
        "</dl><p>{}</p><p><label><input type=\"checkbox\" id=\"single\" checked> {}</label></p>",
        Label("help-legend"),
        Label("help-keys")
    );
    put!(out, "<button type=\"button\" id=\"close\">{}</button></dialog>\n</body>\n</html>\n", Label("help-close"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")];
        for (text, expected) in pairs {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
