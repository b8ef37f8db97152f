//! The beads of a bitext: to look at, and as points of its path. They are not changed here.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::super::refusal::{Answer, Refusal};
use super::super::session::Session;
use super::ask::{Name, Query, Window};
use super::rows::is_accepted;
use super::types::{BeadPage, BeadRow, PathPoints, SegmentText};
use crate::model::{Bead, Document, State as UnitState};
use crate::store::{Bitext, Store};
use crate::text::hash;

/// Beads sent at a time, unless told otherwise.
const USUAL: usize = 400;

pub(super) async fn show(State(session): State<Arc<Session>>, Name(origin): Name, Query(window): Query<Window>) -> Answer<Json<BeadPage>> {
    session.read(move |store| page(store, &origin, window)).await.map(Json)
}

fn page(store: &Store, origin: &str, window: Window) -> Answer<BeadPage> {
    let bitext = bitext(store, origin)?;
    let beads = store.beads(bitext.row)?;
    let (source, target) = (store.document(bitext.documents.0)?.document, store.document(bitext.documents.1)?.document);
    let reviewed = Reviewed::of(store, &bitext)?;
    let wanted = window.of(beads.len(), USUAL);
    let rows = wanted.map(|n| {
        let known = reviewed.of_bead(&beads[n]);
        BeadRow {
            accepted: known.is_some_and(|(_, state)| is_accepted(*state)),
            unit: known.map(|(id, _)| id.clone()),
            state: known.map_or(UnitState::Unreviewed, |(_, state)| *state).to_string(),
            ..row(n, &beads[n], &source, &target)
        }
    });
    Ok(BeadPage { total: beads.len(), beads: rows.collect(), base: base(&beads) })
}

/// A bead of two documents that nobody has reviewed.
pub(super) fn row(n: usize, bead: &Bead, source: &Document, target: &Document) -> BeadRow {
    let texts = |document: &Document, range: &std::ops::Range<usize>| {
        range.clone().map(|n| SegmentText { n, text: document.segment(n).into_owned() }).collect()
    };
    BeadRow {
        n,
        source: texts(source, &bead.source),
        target: texts(target, &bead.target),
        confidence: bead.confidence,
        kind: bead.kind(),
        accepted: false,
        unit: None,
        state: UnitState::Unreviewed.to_string(),
    }
}

pub(super) async fn path(State(session): State<Arc<Session>>, Name(origin): Name) -> Answer<Json<PathPoints>> {
    session.read(move |store| points(store, &origin)).await.map(Json)
}

fn points(store: &Store, origin: &str) -> Answer<PathPoints> {
    let bitext = bitext(store, origin)?;
    let beads = store.beads(bitext.row)?;
    let reviewed = Reviewed::of(store, &bitext)?;
    let point = |bead: &Bead| {
        let accepted = reviewed.of_bead(bead).is_some_and(|(_, state)| is_accepted(*state));
        (bead.source.start, bead.target.start, bead.source.len(), bead.target.len(), bead.confidence, accepted)
    };
    // The beads cover both documents, so the last one ends where they do.
    let (source, target) = beads.last().map_or((0, 0), |last| (last.source.end, last.target.end));
    Ok(PathPoints { source, target, points: beads.iter().map(point).collect() })
}

/// The units of a bitext by the segments that they are made of.
struct Reviewed(HashMap<(usize, usize), (String, UnitState)>);

impl Reviewed {
    fn of(store: &Store, bitext: &Bitext) -> Answer<Reviewed> {
        let units = store.units_of(bitext.row)?.into_iter().filter_map(|stored| {
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
