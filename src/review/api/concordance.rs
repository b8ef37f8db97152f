//! Every way something was said, and how the other side puts it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::refusal::{Answer, Refusal};
use super::super::session::Session;
use super::ask::{Query, Window};
use super::types::Concordance;
use crate::model::Side;
use crate::store::Store;
use crate::store::search;

/// Hits sent at a time, unless told otherwise.
const USUAL: usize = 50;

/// Hits that are grouped at the most, and groups that are sent.
const GROUPED: usize = 2_000;
const GROUPS: usize = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    q: String,
    side: Side,
    #[serde(default)]
    start: usize,
    count: Option<usize>,
}

pub(super) async fn show(State(session): State<Arc<Session>>, Query(asked): Query<Asked>) -> Answer<Json<Concordance>> {
    session.index().await?;
    session.read(move |store| concordance(store, &asked)).await.map(Json)
}

fn concordance(store: &Store, asked: &Asked) -> Answer<Concordance> {
    let parsed = search::Query::parse(&asked.q, &store.source_lang(), &store.target_lang());
    let mut query = parsed.map_err(|e| Refusal::of_request(&e))?;
    // What is said of no side is meant of the one that is looked through.
    query.terms.iter_mut().for_each(|term| term.side = term.side.or(Some(asked.side)));
    let units = store.search(&query).map_err(|e| Refusal::of_request(&e))?;
    let all = store.concordance(&query, asked.side, &units[..units.len().min(GROUPED)])?;
    let mut groups = store.groups(&all, asked.side, units.len())?;
    groups.truncate(GROUPS);
    let window = Window { start: asked.start, count: asked.count }.of(units.len(), USUAL);
    Ok(Concordance { total: units.len(), groups, hits: store.concordance(&query, asked.side, &units[window])? })
}
