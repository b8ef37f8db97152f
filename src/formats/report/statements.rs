//! A statement as a card: who said it, its renderings side by side by language with word differences, and how they were aligned.

use super::diff::{Change, Difference, difference};
use super::escape::{Attr, Text};
use super::labels::{Count, Label, LangName};
use super::provenance::{facts, outlet_link};
use super::rows::{Table, confidence};
use super::{Report, ReportPair, ReportStatement, put};
use crate::model::{Lang, Rendering, RenderingKind, Statement, TranslatorKind};

/// Below this share of common words marks would hide the text instead of explaining it.
const RELATED: f64 = 0.4;

/// A run of more words than this that is left out is shown as a number: the reference above has them.
const LONG: usize = 8;

/// Appends the card of statement `n` (0-based) of the report.
pub(super) fn put_card(out: &mut String, report: &Report, n: usize) {
    let ReportStatement { statement, pairs } = &report.statements[n];
    let anchor = anchor(n);
    put!(out, "<article class=\"card st\" id=\"{anchor}\"><header><h3>{}", Text(&statement.speaker));
    if let Some(role) = &statement.role {
        put!(out, " <small>{}</small>", Text(role));
    }
    put!(out, "</h3><a class=\"id\" href=\"#{anchor}\">{}</a>{}</header>", Text(&statement.id), facts(&about(statement)));
    put!(out, "<div class=\"cols\">");
    languages(report, statement).iter().for_each(|lang| put_column(out, statement, *lang));
    put!(out, "</div>");
    put_pairs(out, report, statement, pairs, &anchor);
    put!(out, "</article>\n");
}

/// The anchor of statement `n`.
pub(super) fn anchor(n: usize) -> String {
    format!("s{}", n + 1)
}

/// What is known of a statement, in the order people ask for it.
fn about(statement: &Statement) -> Vec<(String, String)> {
    let text = |key: &str, value: &Option<String>| value.as_ref().map(|value| (Label(key).to_string(), Text(value).to_string()));
    let medium = Label(&format!("medium.{}", statement.medium)).to_string();
    let channel = statement.channel.as_ref().map_or(String::new(), |channel| format!(" ({})", Text(channel)));
    let supposed = if statement.original_lang_sure { String::new() } else { format!(" ({})", Label("supposed")) };
    let known = [
        text("date", &statement.date),
        text("event", &statement.event),
        text("place", &statement.place),
        Some((Label("medium").to_string(), format!("{medium}{channel}"))),
        Some((Label("original-lang").to_string(), format!("{}{supposed}", LangName(statement.original_lang)))),
        text("on-behalf-of", &statement.on_behalf_of),
        text("nested", &statement.nested_in),
        text("licence", &common_licence(statement).map(str::to_string)),
        text("note", &statement.note),
    ];
    known.into_iter().flatten().collect()
}

/// The licence that all renderings have.
fn common_licence(statement: &Statement) -> Option<&str> {
    let licence = statement.renderings.first()?.licence.as_deref();
    licence.filter(|licence| statement.renderings.iter().all(|rendering| rendering.licence.as_deref() == Some(*licence)))
}

/// The languages of the columns: the corpus's two, then others as they come.
fn languages(report: &Report, statement: &Statement) -> Vec<Lang> {
    let mut languages: Vec<Lang> = Vec::new();
    let wanted = [report.source_lang, report.target_lang].into_iter().chain(statement.renderings.iter().map(|rendering| rendering.lang));
    for lang in wanted {
        if !languages.iter().any(|earlier| earlier.same_language(&lang)) {
            languages.push(lang);
        }
    }
    languages
}

fn put_column(out: &mut String, statement: &Statement, lang: Lang) {
    let reference = statement.reference(&lang);
    let is_reference = |rendering: &&Rendering| reference.is_some_and(|reference| reference.id == rendering.id);
    let (first, others): (Vec<_>, Vec<_>) = statement.renderings.iter().filter(|r| r.lang.same_language(&lang)).partition(is_reference);
    put!(
        out,
        "<section class=\"col\"><h4>{} <small>{}</small></h4>",
        LangName(lang),
        Count("count.renderings", (first.len() + others.len()) as u64)
    );
    if first.is_empty() && others.is_empty() {
        put!(out, "<p class=\"empty\">{}</p>", Label("no-rendering"));
    }
    for rendering in first {
        put_rendering(out, statement, rendering, "ref", None);
    }
    for rendering in others {
        let against = reference.map(|reference| difference(&reference.text, &rendering.text));
        put_rendering(out, statement, rendering, rendering.kind.name(), against.as_ref());
    }
    put!(out, "</section>");
}

fn put_rendering(out: &mut String, statement: &Statement, rendering: &Rendering, class: &str, against: Option<&Difference<'_>>) {
    put!(out, "<figure class=\"rd {class}\"><figcaption>");
    if class == "ref" {
        put!(out, "<span class=\"badge star\"><span aria-hidden=\"true\">★</span> {}</span> ", Label("reference"));
    }
    put!(
        out,
        "<span class=\"outlet\">{}</span> {}</figcaption>",
        outlet_link(rendering.outlet.as_deref(), rendering.url.as_deref()),
        details(statement, rendering)
    );
    let shown = against.filter(|difference| difference.shared >= RELATED);
    let body = shown.map_or_else(|| Text(&rendering.text).to_string(), marked);
    put!(out, "<blockquote lang=\"{}\">{body}</blockquote>", rendering.lang);
    put_remarks(out, rendering, against);
    put!(out, "</figure>");
}

/// Kind, quote type and the rest of what is known of a rendering, as one line; a licence that all have stands above.
fn details(statement: &Statement, rendering: &Rendering) -> String {
    let text = |key: &str, value: &str| format!("{} {}", Label(key), Text(value));
    let cue = |cue: &String| format!("{} <i lang=\"{}\">{}</i>", Label("cue"), rendering.lang, Text(cue));
    let licence = rendering.licence.as_deref().filter(|_| common_licence(statement).is_none());
    let parts = [
        Some(kind(rendering)),
        Some(Label(&format!("quote.{}", rendering.quote_type)).to_string()),
        rendering.published.as_ref().map(|date| text("published", date)),
        rendering.cue.as_ref().map(cue),
        rendering.derived_from.as_ref().map(|id| text("from", id)),
        licence.map(|licence| text("licence", licence)),
    ];
    format!("<span class=\"how\">{}</span>", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// The kind of a rendering and who translated it; what are not the words of speaker or translator gets a badge.
fn kind(rendering: &Rendering) -> String {
    let kind = Label(&format!("kind.{}", rendering.kind)).to_string();
    let kind = match rendering.kind {
        RenderingKind::Original | RenderingKind::Translation => kind,
        _ => format!("<span class=\"badge warn\"><span aria-hidden=\"true\">↺</span> {kind}</span>"),
    };
    let Some(translator) = &rendering.translator else { return kind };
    let known = (translator.kind != TranslatorKind::Unknown).then(|| Label(&format!("translator.{}", translator.kind)).to_string());
    let who: Vec<_> = translator.name.iter().map(|name| Text(name).to_string()).chain(known).collect();
    if who.is_empty() { kind } else { format!("{kind} ({})", who.join(", ")) }
}

/// The text of a rendering with what it leaves out and adds.
fn marked(difference: &Difference<'_>) -> String {
    let mut out = String::new();
    for change in &difference.changes {
        match *change {
            Change::Same(text) => put!(out, "{}", Text(text)),
            Change::Added(text) => put!(out, "<ins>{}</ins>", Text(text)),
            Change::LeftOut(text) => put_left_out(&mut out, text),
        }
    }
    out
}

fn put_left_out(out: &mut String, text: &str) {
    let words = text.split_whitespace().count();
    if out.chars().next_back().is_some_and(|c| !c.is_whitespace()) && !out.ends_with(['«', '“', '"', '¡', '¿', '(']) {
        put!(out, " ");
    }
    match words > LONG {
        true => put!(out, "<del class=\"gap\" title=\"{}\">{}</del> ", Attr(text), Count("left-out-words", words as u64)),
        false => put!(out, "<del>{}</del> ", Text(text)),
    }
}

fn put_remarks(out: &mut String, rendering: &Rendering, against: Option<&Difference<'_>>) {
    let mut remarks = Vec::new();
    if rendering.kind == RenderingKind::BackTranslation {
        remarks.push(Label("back").to_string());
    }
    if let Some(Difference { left_out, added, shared, .. }) = against {
        let counts = [("left-out-words", *left_out as u64), ("words-added", *added as u64)];
        match (left_out + added, *shared >= RELATED) {
            (0, _) => remarks.push(Label("identical").to_string()),
            (_, true) => remarks.extend(counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| Count(key, n).to_string())),
            (_, false) => remarks.push(Label("unrelated").to_string()),
        }
    }
    remarks.extend(rendering.note.as_ref().map(|note| Text(note).to_string()));
    if !remarks.is_empty() {
        put!(out, "<p class=\"remark\">{}</p>", remarks.join(" · "));
    }
}

/// The pair of the two references is open, the others are folded with their lowest confidence in sight.
fn put_pairs(out: &mut String, report: &Report, statement: &Statement, pairs: &[ReportPair], anchor: &str) {
    let is_reference =
        |id: &str| statement.renderings.iter().any(|r| r.id == id && statement.reference(&r.lang).is_some_and(|f| f.id == id));
    let (both, others): (Vec<_>, Vec<_>) =
        pairs.iter().enumerate().partition(|(_, pair)| is_reference(&pair.source_rendering) && is_reference(&pair.target_rendering));
    for (list, key, open) in [(both, "aligned-reference", " open"), (others, "aligned", "")] {
        if list.is_empty() {
            continue;
        }
        put!(out, "<section class=\"pairs\"><h4>{}</h4>", Label(key));
        for (n, pair) in list {
            let name = |id: &str| name(statement, id, is_reference(id));
            put!(
                out,
                "<details{open}><summary>{} <span aria-hidden=\"true\">↔</span> {}",
                name(&pair.source_rendering),
                name(&pair.target_rendering)
            );
            put!(out, " <span class=\"how\">{}</span>{}</summary>", Count("count.units", pair.rows.len() as u64), lowest(pair));
            let table = Table { anchor: &format!("{anchor}-{}", n + 1), source_lang: report.source_lang, target_lang: report.target_lang };
            table.put(out, &pair.rows);
            put!(out, "</details>");
        }
        put!(out, "</section>");
    }
}

/// The lowest confidence of a pair: what says whether to open it.
fn lowest(pair: &ReportPair) -> String {
    let lowest = pair.rows.iter().filter_map(|row| row.confidence).min_by(f64::total_cmp);
    lowest.map_or(String::new(), |lowest| format!("<span class=\"how\">, {}</span> {}", Label("lowest"), confidence(lowest)))
}

/// A rendering by its outlet, else by its id.
fn name(statement: &Statement, id: &str, is_reference: bool) -> String {
    let rendering = statement.renderings.iter().find(|rendering| rendering.id == id);
    let name = rendering.and_then(|rendering| rendering.outlet.as_deref()).unwrap_or(id);
    let star = if is_reference {
        format!("<span aria-hidden=\"true\">★</span><span class=\"vh\">{}</span> ", Label("reference"))
    } else {
        String::new()
    };
    format!("{star}{}", Text(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_that_is_left_out_is_counted() {
        let html = marked(&difference("uno dos tres cuatro cinco seis siete ocho nueve fin", "fin"));
        assert!(html.starts_with("<del class=\"gap\" title=\"uno dos tres cuatro cinco seis siete ocho nueve\">"), "{html}");
        assert!(html.contains("9 words left out") && html.ends_with("</del> fin"), "{html}");
    }

    #[test]
    fn words_left_out_stand_apart_from_their_neighbours() {
        assert_eq!(marked(&difference("Obey the order now", "Obey the order.")), "Obey the order. <del>now</del> ");
        assert_eq!(marked(&difference("Que no disparen", "«No disparen»")), "«<del>Que</del> No disparen»");
    }

    #[test]
    fn a_text_that_shares_little_is_shown_without_marks() {
        let statement: Statement = serde_json::from_value(serde_json::json!({
            "id": "s", "speaker": "Gustavo Petro", "medium": "speech", "original_lang": "es", "renderings": [
                {"id": "a", "lang": "es", "kind": "original", "quote_type": "direct", "text": "Obedezcan la orden de la humanidad"},
                {"id": "b", "lang": "es", "kind": "original", "quote_type": "summary", "text": "Llamó a desobedecer"}]
        }))
        .expect("a statement");
        let mut out = String::new();
        put_column(&mut out, &statement, Lang::ES);
        assert!(out.contains(">Llamó a desobedecer</blockquote>") && out.contains("data-t=\"unrelated\""), "{out}");
    }
}
