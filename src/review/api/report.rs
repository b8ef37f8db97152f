//! What the reviews say in numbers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::super::refusal::Answer;
use super::super::session::Session;
use super::types::{ActsBy, ActsOn, ReviewReport};

pub(super) async fn show(State(session): State<Arc<Session>>) -> Answer<Json<ReviewReport>> {
    let report = session.read(|store| {
        let report = store.report()?;
        Ok(ReviewReport {
            confidence: report.confidence,
            findings: report.findings,
            states: report.states,
            by_day: report.by_day.into_iter().map(|(day, acts)| ActsOn { day, acts }).collect(),
            reviewers: report.reviewers.into_iter().map(|(by, acts)| ActsBy { by, acts }).collect(),
            conflicts: report.conflicts,
        })
    });
    report.await.map(Json)
}
