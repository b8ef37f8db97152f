//! The page as a whole: what must never be in it, what always is, and a small one kept as a golden file.

use std::collections::BTreeSet;

use super::*;
use crate::model::{Medium, QuoteType, Rendering, RenderingKind, Translator, TranslatorKind};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

fn rendering(id: &str, lang: Lang, kind: RenderingKind, text: &str, outlet: &str, url: &str) -> Rendering {
    Rendering {
        id: id.into(),
        lang,
        kind,
        text: text.into(),
        reference: false,
        quote_type: QuoteType::Direct,
        outlet: Some(outlet.into()),
        url: Some(url.into()),
        published: Some("2025-09-27".into()),
        cue: None,
        translator: None,
        derived_from: None,
        licence: Some("quotation".into()),
        note: None,
    }
}

/// Short attributed quotations, as outlets published them.
fn statement() -> Statement {
    let original = RenderingKind::Original;
    let mut agency = rendering(
        "reuters",
        Lang::EN,
        RenderingKind::Translation,
        "Disobey the orders of Trump. Obey the orders of humanity",
        "Reuters, via LBC Group",
        "https://www.lbcgroup.tv/news",
    );
    agency.translator = Some(Translator { kind: TranslatorKind::Agency, name: Some("Reuters".into()), evidence: None });
    Statement {
        id: "megaphone-orders".into(),
        speaker: "Gustavo Petro".into(),
        role: Some("President of Colombia".into()),
        on_behalf_of: None,
        event: Some("pro-Palestinian march".into()),
        date: Some("2025-09-26".into()),
        place: Some("New York".into()),
        medium: Medium::Megaphone,
        channel: None,
        original_lang: Lang::ES,
        original_lang_sure: true,
        nested_in: None,
        note: None,
        renderings: vec![
            rendering(
                "okdiario",
                Lang::ES,
                original,
                "Desobedezcan la orden de Trump. Obedezcan la orden de la humanidad",
                "OKDiario",
                "https://okdiario.com/internacional",
            ),
            rendering(
                "cronio",
                Lang::ES,
                RenderingKind::BackTranslation,
                "Desobedezcan las órdenes de Trump. Obedezcan las órdenes de la humanidad",
                "Cronio",
                "https://croniosv.com/",
            ),
            agency,
        ],
    }
}

fn row(number: u64, kind: (usize, usize), confidence: f64, source: &str, target: &str) -> Row {
    Row { number, kind, confidence: Some(confidence), source: source.into(), target: target.into(), ..Row::default() }
}

fn finding(check: &str, message: Message, source_spans: &[[usize; 2]], target_spans: &[[usize; 2]]) -> ReportFinding {
    ReportFinding { check: check.into(), tier: 1, message, source_spans: source_spans.to_vec(), target_spans: target_spans.to_vec() }
}

fn report() -> Report {
    let mut report = Report::new("Sample", Lang::ES, Lang::EN);
    report.facts.push(Fact { label: Message::new("Kept", "Conservadas"), value: "5".into() });
    report.check_names.insert("number".into(), Message::new("numbers differ", "números distintos"));
    report.statements.push(ReportStatement {
        statement: statement(),
        pairs: vec![
            ReportPair {
                source_rendering: "okdiario".into(),
                target_rendering: "reuters".into(),
                rows: vec![
                    row(1, (1, 1), 0.97, "Desobedezcan la orden de Trump.", "Disobey the orders of Trump."),
                    row(2, (1, 1), 0.93, "Obedezcan la orden de la humanidad", "Obey the orders of humanity"),
                ],
            },
            ReportPair {
                source_rendering: "cronio".into(),
                target_rendering: "reuters".into(),
                rows: vec![row(1, (2, 2), 0.61, "Desobedezcan las órdenes de Trump. …", "Disobey the orders of Trump. …")],
            },
        ],
    });
    let mut number = row(2, (2, 1), 0.42, "Él pidió 5 años. «Sí», dijo.", "He asked for fifty years. “Yes,” he said.");
    let at = number.source.find('5').expect("it is there");
    number.findings.push(finding(
        "number",
        Message::new("`5` is not in the target", "`5` no está en el destino"),
        &[[at, at + 1]],
        &[[13, 18]],
    ));
    number.state = State::Flagged;
    report.bitexts.push(ReportBitext {
        title: "speech".into(),
        source_name: "speech.es.txt".into(),
        target_name: "speech.en.txt".into(),
        source_provenance: Provenance {
            outlet: Some("Archivo".into()),
            url: Some("https://example.org/es".into()),
            ..Provenance::default()
        },
        rows: vec![row(1, (1, 1), 0.998, "¿Quién dio la orden?", "Who gave the order?"), number, row(3, (1, 0), 0.55, "Nada más.", "")],
        omitted: 1,
        ..ReportBitext::default()
    });
    let ready = Row { number: 1, kind: (1, 1), source: "Corazón".into(), target: "Heart".into(), id: Some("a2".into()), ..Row::default() };
    report.records.push(ReportBitext {
        title: "memory.tmx".into(),
        source_name: "memory.tmx".into(),
        rows: vec![ready],
        ..ReportBitext::default()
    });
    report.signature = "aligner:1|segmenter:1".into();
    report.drops = Some(drops());
    report
}

fn drops() -> ReportDrops {
    let example = ReportExample {
        of: "memory".into(),
        id: "a7".into(),
        source: "Sí, señor.".into(),
        target: "Three eggs.".into(),
        score: Some(0.014),
        reasons: vec!["translation".into(), "number".into()],
    };
    let name = Message::new("Probability of a translation", "Probabilidad de que sea una traducción");
    let source = |name: &str, records, kept| ReportSource { name: name.into(), records, kept };
    ReportDrops {
        records: 11,
        kept: 9,
        sources: vec![source("memory", 4, 2), source("speech", 7, 7)],
        dropped: vec![ReportDropped {
            id: "translation".into(),
            name: name.clone(),
            all: 2,
            only: 1,
            first: 2,
            by_source: vec![2, 0],
            examples: vec![example],
        }],
        warnings: vec![Message::new("`translation` drops 50 % of `memory`", "`translation` descarta el 50 % de `memory`")],
        rules: vec![ReportRule { id: "translation".into(), name, every: "0.12..".into(), sources: vec!["off".into()] }],
        ruled_sources: vec!["speech".into()],
    }
}

/// The parts of `html` between `start` and the next `end`.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The page without its style sheet, labels and script.
fn body(html: &str) -> &str {
    html.split("<body>").nth(1).expect("a body")
}

#[test]
fn a_small_report_is_the_golden_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/report/small.html");
    // Style, labels and script have tests of their own, and would turn each change of a colour into a change of this file.
    let html = format!("<body>{}", body(&render(&report())));
    if std::env::var_os("BITEXTO_BLESS").is_some() {
        std::fs::create_dir_all(std::path::Path::new(path).parent().expect("a folder")).expect("makes the folder");
        std::fs::write(path, &html).expect("writes the golden file");
    }
    let golden = std::fs::read_to_string(path).expect("the golden file; BITEXTO_BLESS=1 writes it");
    assert!(html == golden, "the page changed; look at it, then run with BITEXTO_BLESS=1");
}

#[test]
fn nothing_hostile_gets_out_of_its_text() {
    let evil = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>\u{202e}";
    let mut report = report();
    report.title = evil.into();
    report.signature = evil.into();
    report.facts[0] = Fact { label: Message::new(evil, evil), value: evil.into() };
    let statement = &mut report.statements[0].statement;
    for text in [&mut statement.id, &mut statement.speaker, &mut statement.renderings[0].id] {
        *text = evil.into();
    }
    for text in [
        &mut statement.role,
        &mut statement.event,
        &mut statement.place,
        &mut statement.note,
        &mut statement.channel,
        &mut statement.nested_in,
    ] {
        *text = Some(evil.into());
    }
    for rendering in &mut statement.renderings {
        rendering.text = format!("{evil} {}", rendering.text);
        rendering.url = Some("javascript:alert(1)".into());
        for text in [&mut rendering.outlet, &mut rendering.note, &mut rendering.cue, &mut rendering.licence, &mut rendering.published] {
            *text = Some(evil.into());
        }
    }
    let bitext = &mut report.bitexts[0];
    let first = &mut bitext.rows[0];
    for text in [&mut bitext.title, &mut bitext.source_name, &mut first.source, &mut first.target] {
        *text = evil.into();
    }
    bitext.source_provenance.other.insert(evil.into(), evil.into());
    bitext.rows[0].id = Some(evil.into());
    bitext.rows[0].findings.push(finding(evil, Message::new(evil, ""), &[[0, 400]], &[[1, 3]]));
    let drops = report.drops.as_mut().expect("drops");
    drops.warnings.push(Message::new(evil, evil));
    (drops.sources[0].name, drops.ruled_sources[0], drops.rules[0].every) = (evil.into(), evil.into(), evil.into());
    let dropped = &mut drops.dropped[0];
    dropped.id = evil.into();
    let example = &mut dropped.examples[0];
    (example.source, example.of, example.id) = (evil.into(), evil.into(), evil.into());
    example.reasons.push(evil.into());
    let html = render(&report);
    assert_eq!(html.matches("<script").count(), 2, "labels and script");
    assert!(!body(&html).contains("<img") && !html.contains('\u{202e}'));
    assert!(body(&html).contains("&lt;script&gt;alert(1)&lt;/script&gt;") && body(&html).contains("<span class=\"ctl\">U+202E</span>"));
    assert!(between(&html, "href=\"", "\"").iter().all(|href| !href.contains("javascript")));
}

#[test]
fn the_policy_names_this_style_and_this_script_and_nothing_else() {
    let html = render(&report());
    let policy = between(&html, "Content-Security-Policy\" content=\"", "\"")[0];
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe") && policy.matches("sha256-").count() == 2);
    assert_eq!(between(&html, "<style>", "</style>"), [STYLE]);
    assert_eq!(between(&html, "<script>", "</script>"), [SCRIPT]);
    // A style attribute or a handler would need more than the policy allows.
    let body = body(&html);
    assert!([" style=\"", " onclick=", " onload="].iter().all(|attribute| !body.contains(attribute)));
}

#[test]
fn the_page_asks_the_network_for_nothing() {
    let html = render(&report());
    assert!(["src=", "@import", "url(", "<iframe", "<object", "<form"].iter().all(|load| !html.contains(load)));
    let links = between(&html, "<a href=\"", ">");
    assert!(links.iter().filter(|link| link.starts_with("http")).all(|link| link.contains("rel=\"noopener noreferrer\"")));
    assert!(links.iter().any(|link| link.starts_with("https://okdiario.com/")));
}

#[test]
fn the_script_never_turns_text_into_markup() {
    for name in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc", "fetch(", "XMLHttpRequest"]
    {
        assert!(!SCRIPT.contains(name), "{name}");
    }
}

#[test]
fn every_text_cell_says_its_language() {
    let html = render(&report());
    let cells = between(&html, "<td role=\"cell\" class=\"t\"", ">");
    assert_eq!(cells.len(), 2 * report().rows().count());
    assert!(cells.iter().all(|cell| [" lang=\"es\"", " lang=\"en\""].contains(cell)));
    assert!(between(&html, "<blockquote", ">").iter().all(|quote| quote.contains("lang=")));
}

#[test]
fn anchors_are_unique_and_links_inside_the_page_lead_somewhere() {
    let html = render(&report());
    let ids = between(&html, " id=\"", "\"");
    let unique: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    assert!(between(&html, "href=\"#", "\"").iter().all(|target| unique.contains(target)));
}

#[test]
fn words_that_an_outlet_changed_are_marked() {
    let html = render(&report());
    assert!(html.contains("Desobedezcan <del>la orden</del> <ins>las órdenes</ins> de Trump"), "no marks");
    assert!(html.contains("<figure class=\"rd back-translation\">") && html.contains("data-t=\"kind.back-translation\""));
    assert!(html.find("rd ref") < html.find("rd back-translation"), "the reference comes first");
}

#[test]
fn what_is_not_one_to_one_is_named() {
    let html = render(&report());
    let rows = between(body(&html), "<tr role=\"row\" class=\"r\"", "</tr>");
    let badges: Vec<_> = rows.iter().map(|row| row.matches("class=\"badge\"").count()).collect();
    assert_eq!(badges, [0, 0, 1, 0, 2, 1, 0], "2:2, then 2:1 and flagged, then omission");
}

#[test]
fn an_empty_report_says_so() {
    let html = render(&Report::new("Nothing", Lang::ES, Lang::EN));
    assert!(html.contains("data-t=\"nothing\"") && !html.contains("<table"));
}

#[test]
fn what_was_dropped_has_a_bar_its_sources_examples_and_rules() {
    let html = render(&report());
    let section = between(&html, "<section class=\"dropped\"", "</section>")[0];
    assert!(section.contains("“translation” drops 50 % of “memory”") && section.contains("«translation» descarta el 50 % de «memory»"));
    assert!(section.contains("<rect width=\"100.0\"") && section.contains("Three eggs."));
    assert!(section.contains(">50</span> %") && section.contains("0.12.."), "{section}");
    let nothing = Report { drops: None, ..report() };
    assert!(!render(&nothing).contains("class=\"dropped\""));
}

#[test]
fn a_tally_of_more_rows_than_are_shown_fills_the_charts() {
    let mut report = report();
    let mut tally = Tally::of(report.rows());
    (0..1000).for_each(|n| tally.add(&row(n, (1, 1), 0.95, "a", "b")));
    report.tally = Some(tally);
    assert!(render(&report).contains(">1,007 units<"));
}

#[test]
fn every_label_in_the_sources_is_in_the_catalogue() {
    let sources = [
        include_str!("page.rs"),
        include_str!("rows.rs"),
        include_str!("statements.rs"),
        include_str!("charts.rs"),
        include_str!("drops.rs"),
        include_str!("provenance.rs"),
    ];
    for source in sources {
        for key in between(source, "Label(\"", "\"") {
            assert!(labels::is_known(key), "{key}");
        }
        for key in between(source, "Count(\"", "\"").into_iter().chain(between(source, "(\"count.", "\"")) {
            let key = if source.contains(&format!("\"count.{key}\"")) { format!("count.{key}") } else { key.to_string() };
            assert!(labels::is_known(&format!("{key}.one")) && labels::is_known(&format!("{key}.other")), "{key}");
        }
    }
}

/// The colours of a custom property for the light and the dark scheme, as linear red, green and blue.
fn colours(name: &str) -> [[f64; 3]; 2] {
    let value = between(STYLE, &format!("--{name}: light-dark("), ")")[0];
    let channel = |hex: &str| {
        let c = f64::from(u8::from_str_radix(hex, 16).expect("hexadecimal")) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let colour = |hex: &str| [1, 3, 5].map(|at| channel(&hex[at..at + 2]));
    let mut both = value.split(", ").map(colour);
    [both.next().expect("light"), both.next().expect("dark")]
}

/// WCAG 2.2, contrast ratio.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_colour_stands_out_from_its_ground_in_both_schemes() {
    let texts = ["text", "muted", "accent", "high", "mid", "low"];
    let pairs = texts.iter().flat_map(|text| ["bg", "panel", "tint"].map(|ground| (*text, ground)));
    for (text, ground) in pairs.chain([("text", "mark"), ("text", "added"), ("muted", "added"), ("low", "gone"), ("bg", "accent")]) {
        for (text_colour, ground_colour) in colours(text).into_iter().zip(colours(ground)) {
            let ratio = contrast(text_colour, ground_colour);
            assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
        }
    }
}
