//! The beads of a bitext: to look at, as points of its path, and to mend.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::refusal::{Answer, Refusal};
use super::super::session::Session;
use super::ask::{Body, Name, Query, Window};
use super::files::ALIGNER;
use super::types::{BeadAt, BeadChange, BeadPage, BeadRow, BeadsChanged, PathPoints, Realigned, SegmentText};
use crate::align::repair::Impossible;
use crate::ingest::mending::{Bench, Repair};
use crate::ingest::returned::now;
use crate::model::{Act, Bead, Document, Event, State as UnitState};
use crate::store::review::Mended;
use crate::store::{Bitext, Store, StoredUnit};
use crate::text::hash;

/// Beads sent at a time, unless told otherwise.
const USUAL: usize = 400;

pub(super) async fn show(State(session): State<Arc<Session>>, Name(origin): Name, Query(window): Query<Window>) -> Answer<Json<BeadPage>> {
    session.read(move |store| page(store, &origin, window)).await.map(Json)
}

fn page(store: &Store, origin: &str, window: Window) -> Answer<BeadPage> {
    let bench = bench(store, origin)?;
    let reviewed = Reviewed::of(store, origin)?;
    let wanted = window.of(bench.beads.len(), USUAL);
    let rows = wanted.map(|n| {
        let known = reviewed.of_bead(&bench.beads[n]);
        BeadRow {
            accepted: bench.held[n],
            unit: known.map(|(id, _)| id.clone()),
            state: known.map_or(UnitState::Unreviewed, |(_, state)| *state).to_string(),
            ..row(n, &bench.beads[n], &bench.documents)
        }
    });
    Ok(BeadPage { total: bench.beads.len(), beads: rows.collect(), base: base(&bench.beads) })
}

/// A bead of two documents that nobody has reviewed.
pub(super) fn row(n: usize, bead: &Bead, [source, target]: &[Document; 2]) -> BeadRow {
    let texts = |document: &Document, range: &std::ops::Range<usize>| {
        range.clone().map(|n| SegmentText { n, text: document.segment(n).into_owned() }).collect()
    };
    BeadRow {
        n,
        source: texts(source, &bead.source),
        target: texts(target, &bead.target),
        confidence: bead.confidence,
        kind: bead.kind(),
        accepted: bead.by_hand,
        by_hand: bead.by_hand,
        unit: None,
        state: UnitState::Unreviewed.to_string(),
    }
}

pub(super) async fn path(State(session): State<Arc<Session>>, Name(origin): Name) -> Answer<Json<PathPoints>> {
    session.read(move |store| points(store, &origin)).await.map(Json)
}

fn points(store: &Store, origin: &str) -> Answer<PathPoints> {
    let bitext = bitext(store, origin)?;
    let (beads, held) = (store.beads(bitext.row)?, store.held_beads(bitext.row)?);
    let point =
        |(bead, held): (&Bead, bool)| (bead.source.start, bead.target.start, bead.source.len(), bead.target.len(), bead.confidence, held);
    // The beads cover both documents, so the last one ends where they do.
    let (source, target) = beads.last().map_or((0, 0), |last| (last.source.end, last.target.end));
    Ok(PathPoints { source, target, points: beads.iter().zip(held).map(point).collect() })
}

/// What is asked of one bead of those that the reviewer sees.
#[derive(Deserialize)]
pub(super) struct Asked {
    base: String,
    bead: usize,
    #[serde(flatten)]
    repair: Repair,
}

pub(super) async fn change(
    State(session): State<Arc<Session>>,
    Name(origin): Name,
    Body(asked): Body<Asked>,
) -> Answer<Json<BeadsChanged>> {
    let (shared, at) = (session.clone(), now());
    let done = session
        .write(move |store| {
            let before = bench_as_seen(store, &origin, &asked.base)?;
            let (act, bead) = before.repair(asked.bead, &asked.repair, &ALIGNER).map_err(impossible)?;
            let Mended { event, seq, .. } = done(&shared, store, at, &act)?;
            let beads = bench(store, &origin)?.beads;
            Ok(BeadsChanged { bead, total: beads.len(), base: base(&beads), event, seq })
        })
        .await?;
    session.tell(done.seq);
    Ok(Json(done))
}

/// A refusal with a code that the page has words for.
fn impossible(why: Impossible) -> Refusal {
    Refusal::bad_request(why.message()).with("code", why.name())
}

/// The beads that are to be aligned again, the last one included.
#[derive(Deserialize)]
pub(super) struct AskedAgain {
    base: String,
    from: usize,
    to: usize,
    #[serde(default)]
    dry_run: bool,
}

pub(super) async fn realign(
    State(session): State<Arc<Session>>,
    Name(origin): Name,
    Body(asked): Body<AskedAgain>,
) -> Answer<Json<Realigned>> {
    let (shared, at) = (session.clone(), now());
    if asked.dry_run {
        let dry = move |store: &Store| Ok(realigned(store, &origin, &asked)?.1);
        return session.read(dry).await.map(Json);
    }
    let done = session
        .write(move |store| {
            let (act, realigned) = realigned(store, &origin, &asked)?;
            let Some(act) = act else { return Ok(realigned) };
            let Mended { event, seq, .. } = done(&shared, store, at, &act)?;
            Ok(Realigned { base: base(&bench(store, &origin)?.beads), event: Some(event), seq, ..realigned })
        })
        .await?;
    if done.seq > 0 {
        session.tell(done.seq);
    }
    Ok(Json(done))
}

/// What aligning again would change, and the act that does it.
fn realigned(store: &Store, origin: &str, asked: &AskedAgain) -> Answer<(Option<Act>, Realigned)> {
    let bench = bench_as_seen(store, origin, &asked.base)?;
    let (act, changes) = bench.realign(asked.from..asked.to.saturating_add(1), &ALIGNER).unzip();
    let place = |bead: &Bead| bench.beads.iter().position(|other| other == bead).unwrap_or_default();
    let rows = |beads: Vec<Bead>| beads.iter().map(|bead| row(place(bead), bead, &bench.documents)).collect();
    let changes = changes.unwrap_or_default().into_iter();
    let changes = changes.map(|change| BeadChange { before: rows(change.before), after: rows(change.after) }).collect();
    Ok((act, Realigned { changes, base: base(&bench.beads), event: None, seq: 0 }))
}

fn done(session: &Session, store: &mut Store, at: i64, act: &Act) -> Answer<Mended> {
    let find = |stored: &StoredUnit| session.find(stored);
    let mended = store.mend(&session.reviewer, at, act, Some(&find)).map_err(|e| Refusal::of_request(&e))?;
    mended.ok_or_else(|| Refusal::conflict("the beads have changed since they were shown"))
}

/// The bitext, if its beads are those that the reviewer saw.
fn bench_as_seen(store: &Store, origin: &str, seen: &str) -> Answer<Bench> {
    let bench = bench(store, origin)?;
    let now = base(&bench.beads);
    if now == seen { Ok(bench) } else { Err(Refusal::conflict("the beads have changed since they were shown").with("base", now)) }
}

fn bench(store: &Store, origin: &str) -> Answer<Bench> {
    bitext(store, origin)?;
    Ok(Bench::of(store, origin)?)
}

/// Where an act on an alignment was done.
pub(super) fn place(store: &Store, origin: String, event: &Event) -> Answer<BeadAt> {
    let bead = bench(store, &origin)?.place_of(&Act::of(event));
    Ok(BeadAt { origin, bead })
}

/// The units of a bitext by the segments that they are made of.
struct Reviewed(HashMap<(usize, usize), (String, UnitState)>);

impl Reviewed {
    fn of(store: &Store, origin: &str) -> Answer<Reviewed> {
        let units = store.units_of(bitext(store, origin)?.row)?.into_iter().filter_map(|stored| {
            let (source, target) = (stored.unit.origin.source_segments?, stored.unit.origin.target_segments?);
            Some(((source.start, target.start), (stored.unit.id?, stored.unit.state)))
        });
        Ok(Reviewed(units.collect()))
    }

    fn of_bead(&self, bead: &Bead) -> Option<&(String, UnitState)> {
        if bead.is_matched() { self.0.get(&(bead.source.start, bead.target.start)) } else { None }
    }
}

pub(super) fn bitext(store: &Store, origin: &str) -> Answer<Bitext> {
    let found = store.bitexts()?.into_iter().find(|bitext| bitext.key == origin);
    found.ok_or_else(|| Refusal::not_found(format!("there is no bitext `{origin}`")))
}

/// A hash of all beads: what a change of them is based on.
fn base(beads: &[Bead]) -> String {
    let ends: Vec<u8> = beads.iter().flat_map(|bead| [bead.source.end, bead.target.end]).flat_map(usize::to_le_bytes).collect();
    hash::content_hash(&ends)
}
