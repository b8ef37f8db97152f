//! Lists of units, and how many there are of what.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::refusal::{Answer, Refusal};
use super::super::session::{Session, locked};
use super::super::views::View;
use super::ask::{Body, Language, Name, Query, Window};
use super::rows;
use super::types::{Detail, Found, RowPage, ViewMade};
use crate::store::Store;
use crate::store::review::{Counts, Filter, Order};
use crate::text::hash::from_base32;

/// Rows sent at a time, unless told otherwise.
const USUAL: usize = 200;

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    filter: Filter,
    #[serde(default)]
    order: Order,
}

pub(super) async fn make(State(session): State<Arc<Session>>, Body(wanted): Body<Wanted>) -> Answer<Json<ViewMade>> {
    if wanted.filter.query.is_some() {
        session.index().await?;
    }
    let filter = serde_json::to_string(&wanted.filter).unwrap_or_default();
    let (units, seq) = session
        .read(move |store| {
            let seq = store.event_seq()?;
            // What the filter names may not exist; the store itself is not at fault.
            let units = store.view(&wanted.filter, wanted.order).map_err(|e| Refusal::of_request(&e))?;
            Ok((units, seq))
        })
        .await?;
    let total = units.len();
    let view = locked(&session.views).keep(View { units, filter, sample: Mutex::default() });
    Ok(Json(ViewMade { view, total, seq }))
}

pub(super) async fn show(State(session): State<Arc<Session>>, Name(name): Name, Query(window): Query<Window>) -> Answer<Json<RowPage>> {
    let view = locked(&session.views).get(&name)?;
    let page = session.read(move |store| {
        let wanted = window.of(view.units.len(), USUAL);
        Ok(RowPage { start: wanted.start, total: view.units.len(), rows: rows::of(store, &view.units[wanted])? })
    });
    page.await.map(Json)
}

/// What to find in a list: a unit, or the nearest one with an open finding.
#[derive(Deserialize)]
pub(super) struct Target {
    unit: Option<String>,
    n: Option<i64>,
    after: Option<usize>,
    before: Option<usize>,
    /// The finding's tier; 0 for any.
    tier: Option<u8>,
}

pub(super) async fn find(State(session): State<Arc<Session>>, Name(name): Name, Query(target): Query<Target>) -> Answer<Json<Found>> {
    let view = locked(&session.views).get(&name)?;
    let index = session.read(move |store| match target {
        Target { unit: Some(id), .. } => Ok(number(store, &id)?.and_then(|number| view.place(number))),
        Target { n: Some(n), .. } => Ok(view.place(n)),
        Target { after: Some(index), tier, .. } => {
            let found = with_finding(store, tier.unwrap_or(1))?;
            let rest = view.units.iter().enumerate().skip(index.saturating_add(1));
            Ok(rest.filter(|(_, unit)| found.contains(unit)).map(|(n, _)| n).next())
        }
        Target { before: Some(index), tier, .. } => {
            let found = with_finding(store, tier.unwrap_or(1))?;
            Ok(view.units.iter().take(index).rposition(|unit| found.contains(unit)))
        }
        _ => Err(Refusal::bad_request("say what to find: `unit`, `n`, `after` or `before`")),
    });
    index.await?.map(|index| Json(Found { index })).ok_or_else(|| Refusal::not_found("it is not in this view"))
}

fn number(store: &Store, id: &str) -> Answer<Option<i64>> {
    match from_base32(id) {
        Some(id) => Ok(store.unit_row(&id)?),
        None => Err(Refusal::bad_request(format!("`{id}` is not a unit id"))),
    }
}

/// The units with an open finding of that tier, or of any.
fn with_finding(store: &Store, tier: u8) -> Answer<HashSet<u32>> {
    let tiers = if tier == 0 { 1..=3 } else { tier..=tier };
    let mut units = HashSet::new();
    for tier in tiers {
        units.extend(store.view(&Filter { tier: Some(tier), ..Filter::default() }, Order::Place)?);
    }
    Ok(units)
}

pub(super) async fn counts(State(session): State<Arc<Session>>) -> Answer<Json<Counts>> {
    session.read(|store| Ok(store.counts()?)).await.map(Json)
}

pub(super) async fn unit(State(session): State<Arc<Session>>, Name(id): Name, Language(lang): Language) -> Answer<Json<Detail>> {
    let detail = session.read(move |store| {
        let found = store.detail(&id)?.ok_or_else(|| Refusal::not_found(format!("there is no unit `{id}`")))?;
        Ok(rows::detail(found, &lang))
    });
    detail.await.map(Json)
}
