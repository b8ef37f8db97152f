//! The bitexts of documents, for choosing one to repair. Those of renderings are found by their statements.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::super::refusal::Answer;
use super::super::session::Session;
use super::types::{DocumentPair, LOW};
use crate::error::Result;
use crate::model::Bead;
use crate::store::{Bitext, Store};

pub(super) async fn list(State(session): State<Arc<Session>>) -> Answer<Json<Vec<DocumentPair>>> {
    let pairs = session.read(|store| {
        let bitexts = store.bitexts()?.into_iter().filter(|bitext| !bitext.of_statement);
        Ok(bitexts.map(|bitext| pair(store, &bitext)).collect::<Result<Vec<_>>>()?)
    });
    pairs.await.map(Json)
}

fn pair(store: &Store, bitext: &Bitext) -> Result<DocumentPair> {
    let beads = store.beads(bitext.row)?;
    let count = |holds: fn(&Bead) -> bool| beads.iter().filter(|bead| holds(bead)).count();
    let (source, target) = sides(bitext);
    Ok(DocumentPair {
        source: source.to_string(),
        target: target.to_string(),
        origin: bitext.key.clone(),
        beads: beads.len(),
        not_one_to_one: count(|bead| (bead.source.len(), bead.target.len()) != (1, 1)),
        low: count(|bead| bead.confidence < LOW),
    })
}

/// The paths of a bitext's two documents, which its key is made of.
pub(super) fn sides(bitext: &Bitext) -> (&str, &str) {
    bitext.key.split_once('|').unwrap_or((&bitext.key, ""))
}
