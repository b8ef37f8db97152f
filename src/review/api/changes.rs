//! News for other windows: what was done since, or the wait for it.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tokio::time::Instant;

use super::super::refusal::Answer;
use super::super::session::Session;
use super::ask::Query;
use super::rows;
use super::types::Changes;
use crate::store::Store;

/// Seconds that a window may wait.
const LONGEST: f64 = 60.0;

/// Acts sent at a time, the newest; and units. A window that is further behind asks for its view again.
const ACTS: usize = 500;
const ROWS: usize = 200;

#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    since: i64,
    /// Seconds.
    #[serde(default)]
    wait: f64,
}

pub(super) async fn wait(State(session): State<Arc<Session>>, Query(asked): Query<Since>) -> Answer<Json<Changes>> {
    let wait = if asked.wait.is_finite() { asked.wait.clamp(0.0, LONGEST) } else { 0.0 };
    let until = Instant::now() + Duration::from_secs_f64(wait);
    let mut news = session.news();
    loop {
        let changes = session.read(move |store| changes(store, asked.since)).await?;
        if changes.seq != asked.since {
            return Ok(Json(changes));
        }
        let goes_on = match &mut news {
            Some(news) => news.wait(until).await,
            None => false,
        };
        if !goes_on {
            return Ok(Json(changes));
        }
    }
}

fn changes(store: &Store, since: i64) -> Answer<Changes> {
    let seq = store.event_seq()?;
    let mut acts = if seq > since { store.events_since(since)? } else { Vec::new() };
    acts.drain(..acts.len().saturating_sub(ACTS));
    // An act may have come since `seq` was read; what is sent is named.
    let seq = acts.last().map_or(seq, |last| last.seq);
    let units = store.rows_touched_since(since, ROWS)?;
    Ok(Changes { seq, rows: rows::of(store, &units)?, acts: acts.into_iter().map(|logged| logged.event).collect() })
}
