//! What a reviewer does: acts on a unit or on many, and their undoing.

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::refusal::{Answer, Refusal};
use super::super::session::{Session, locked};
use super::super::views::View;
use super::ask::{Body, Query};
use super::types::{ActDone, ActUndone, BulkDone, Sample, UnitRow};
use super::{beads, rows};
use crate::error::Result;
use crate::ingest::returned::now;
use crate::model::{Act, State as UnitState, Verdict};
use crate::store::review::{Acted, Bulked, Filter, Order, Recheck, Undoing, Undone};
use crate::store::{Store, StoredUnit};
use crate::text::hash::{digest, from_base32};

/// Units that a reviewer looks at before saying something of all.
const SAMPLE: usize = 20;

#[derive(Deserialize)]
pub(super) struct ActOnUnit {
    unit: String,
    base: String,
    #[serde(flatten)]
    act: Act,
}

pub(super) async fn act(State(session): State<Arc<Session>>, Body(asked): Body<ActOnUnit>) -> Answer<Json<ActDone>> {
    let (shared, at) = (session.clone(), now());
    let done = session
        .write(move |store| {
            let known = from_base32(&asked.unit).map(|id| store.unit_row(&id)).transpose()?.flatten();
            known.ok_or_else(|| Refusal::not_found(format!("there is no unit `{}`", asked.unit)))?;
            let find = |stored: &StoredUnit| shared.find(stored);
            let acted = store.act(&shared.reviewer, at, &asked.unit, &asked.base, &asked.act, Some(&find));
            match acted.map_err(|e| Refusal::of_request(&e))? {
                Acted::Done(done) => {
                    Ok(ActDone { row: rows::numbered(store, done.row)?, event: done.event, base: done.base, seq: done.seq })
                }
                Acted::Conflict { row, base } => {
                    let row = rows::numbered(store, row)?;
                    Err(Refusal::conflict("the unit has changed since it was shown").with("row", row).with("base", base))
                }
            }
        })
        .await?;
    session.tell(done.seq);
    Ok(Json(done))
}

pub(super) async fn undo(State(session): State<Arc<Session>>, Body(_): Body<Nothing>) -> Answer<Json<ActUndone>> {
    undoing(session, Store::undo, "there is nothing to undo").await
}

pub(super) async fn redo(State(session): State<Arc<Session>>, Body(_): Body<Nothing>) -> Answer<Json<ActUndone>> {
    undoing(session, Store::redo, "there is nothing to do again").await
}

/// An object of which nothing is asked.
#[derive(Deserialize)]
pub(super) struct Nothing {}

type How = fn(&mut Store, &str, i64, Recheck<'_>) -> Result<Undoing>;

async fn undoing(session: Arc<Session>, how: How, nothing: &'static str) -> Answer<Json<ActUndone>> {
    let (shared, at) = (session.clone(), now());
    let undone = session
        .write(move |store| {
            let find = |stored: &StoredUnit| shared.find(stored);
            let Undone { event, undone, rows, bitext, seq } = match how(store, &shared.reviewer, at, Some(&find))? {
                Undoing::Done(undone) => *undone,
                Undoing::Nothing => return Err(Refusal::not_found(nothing)),
                Undoing::Changed => return Err(Refusal::conflict("what was done there has been changed since, so it cannot be undone")),
            };
            let row: Option<UnitRow> = match rows[..] {
                [row] => rows::numbered(store, row)?,
                _ => None,
            };
            let beads = bitext.map(|origin| beads::place(store, origin, &undone)).transpose()?;
            Ok(ActUndone { event, undone, row, beads, seq })
        })
        .await?;
    session.tell(undone.seq);
    Ok(Json(undone))
}

#[derive(Deserialize)]
pub(super) struct ActOnMany {
    view: String,
    state: Verdict,
    sample: Vec<String>,
}

pub(super) async fn bulk(State(session): State<Arc<Session>>, Body(asked): Body<ActOnMany>) -> Answer<Json<BulkDone>> {
    let view = locked(&session.views).get(&asked.view)?;
    let given = locked(&view.sample).clone();
    let passed: HashSet<&String> = asked.sample.iter().collect();
    if given.is_empty() || passed != given.iter().collect() {
        return Err(Refusal::conflict("this is not the sample that was given").hint("ask for one: GET /api/bulk/sample"));
    }
    let (shared, at) = (session.clone(), now());
    let done = session
        .write(move |store| {
            let bulked = store.bulk(&shared.reviewer, at, &view.units, &view.filter, asked.state, &given);
            match bulked.map_err(|e| Refusal::of_request(&e))? {
                Bulked::Done { event, count, seq } => Ok(BulkDone { event, count, seq }),
                Bulked::Tier1(units) => {
                    let cause = format!("{units} of the units have a finding of tier 1");
                    Err(Refusal::conflict(cause).hint("look at them one by one first").with("tier1", units))
                }
            }
        })
        .await?;
    session.tell(done.seq);
    Ok(Json(done))
}

#[derive(Deserialize)]
pub(super) struct OfView {
    view: String,
}

pub(super) async fn sample(State(session): State<Arc<Session>>, Query(asked): Query<OfView>) -> Answer<Json<Sample>> {
    let view = locked(&session.views).get(&asked.view)?;
    let shared = session.clone();
    let sample = session.read(move |store| {
        let units = drawn(store, &view, shared.token.as_str())?;
        let rows = rows::of(store, &units)?;
        *locked(&view.sample) = rows.iter().map(|row| row.id.clone()).collect();
        Ok(Sample { sample: rows })
    });
    sample.await.map(Json)
}

/// Units of the view without a verdict, drawn by lot: the secret of this run makes a lot that nobody can choose.
fn drawn(store: &Store, view: &View, secret: &str) -> Answer<Vec<u32>> {
    let undecided = Filter { state: vec![UnitState::Unreviewed], ..Filter::default() };
    let undecided: HashSet<u32> = store.view(&undecided, Order::Place)?.into_iter().collect();
    let lot = |unit: &u32| (digest([secret.as_bytes(), view.filter.as_bytes(), &unit.to_le_bytes()]), *unit);
    let mut lots: Vec<_> = view.units.iter().filter(|unit| undecided.contains(unit)).map(lot).collect();
    lots.sort_unstable();
    Ok(lots.into_iter().take(SAMPLE).map(|(_, unit)| unit).collect())
}
