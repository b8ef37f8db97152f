//! What was said, and every published text of it against the others.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::super::refusal::{Answer, Refusal};
use super::super::session::Session;
use super::ask::{Language, Name};
use super::types::{ComparedRendering, StatementInfo, StatementLine, StatementPage, link};
use crate::formats::report::diff::{Change, difference};
use crate::model::{Lang, Statement};
use crate::store::review::queue::outliers;

pub(super) async fn list(State(session): State<Arc<Session>>) -> Answer<Json<Vec<StatementLine>>> {
    let lines = session.read(|store| Ok(store.statements()?.into_iter().map(|stored| line(&stored.statement)).collect()));
    lines.await.map(Json)
}

fn line(statement: &Statement) -> StatementLine {
    let reference = statement.reference(&statement.original_lang).or(statement.renderings.first());
    StatementLine {
        name: statement.id.clone(),
        speaker: statement.speaker.clone(),
        event: statement.event.clone(),
        date: statement.date.clone(),
        reference: reference.map(|rendering| rendering.text.clone()).unwrap_or_default(),
        renderings: statement.renderings.len(),
    }
}

pub(super) async fn show(State(session): State<Arc<Session>>, Name(name): Name, Language(lang): Language) -> Answer<Json<StatementPage>> {
    let page = session.read(move |store| {
        let found = store.statement(&name)?;
        Ok(compare(&found.ok_or_else(|| Refusal::not_found(format!("there is no statement `{name}`")))?, &lang))
    });
    page.await.map(Json)
}

fn compare(statement: &Statement, lang: &Lang) -> StatementPage {
    let apart = outliers(statement);
    let renderings = statement.renderings.iter().map(|rendering| {
        let reference = statement.reference(&rendering.lang);
        let is_reference = reference.is_some_and(|reference| reference.id == rendering.id);
        ComparedRendering {
            name: rendering.id.clone(),
            lang: rendering.lang,
            outlet: rendering.outlet.clone(),
            url: link(rendering.url.as_deref()),
            kind: rendering.kind,
            quote_type: rendering.quote_type,
            translator: rendering.translator.as_ref().map(|who| who.name.clone().unwrap_or_else(|| who.kind.to_string())),
            reference: is_reference,
            diff: changes(reference.map_or(rendering.text.as_str(), |reference| reference.text.as_str()), &rendering.text),
            outlier: apart.iter().find(|(other, _)| other.id == rendering.id).map(|(_, words)| only_here(words, lang)),
            text: rendering.text.clone(),
        }
    });
    StatementPage { statement: StatementInfo::from(statement), renderings: renderings.collect() }
}

fn changes(reference: &str, text: &str) -> Vec<(&'static str, String)> {
    let changes = difference(reference, text).changes.into_iter();
    let tagged = changes.map(|change| match change {
        Change::Same(words) => ("same", words.to_string()),
        Change::Added(words) => ("added", words.to_string()),
        Change::LeftOut(words) => ("missing", words.to_string()),
    });
    tagged.collect()
}

/// Why a rendering stands apart: what it says and no other does.
fn only_here(words: &[String], lang: &Lang) -> String {
    let words = words.iter().take(8).map(String::as_str).collect::<Vec<_>>().join(", ");
    if lang.primary() == "es" { format!("solo aquí se lee: {words}") } else { format!("only here it says: {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_in_words() {
        let found = changes("Obey the order", "Obey the new order");
        assert_eq!(found, [("same", "Obey the ".to_string()), ("added", "new".to_string()), ("same", " order".to_string())]);
    }
}
