//! The HTTP side of a review: one file for each group of routes. What is asked and answered is in [`types`]; who may ask is the guard's business.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, any, on};

use super::assets;
use super::guard::guard;
use super::refusal::Refusal;
use super::session::Session;

mod acts;
mod ask;
mod beads;
mod changes;
mod concordance;
mod documents;
mod files;
mod report;
mod rows;
mod session;
mod statements;
#[cfg(test)]
mod tests;
mod types;
mod views;

/// Bytes of a body at the most: an act with both texts of the longest unit has a tenth of it.
const BODY: usize = 2 << 20;

/// The same for files that are dropped on the page: two books.
const FILES_BODY: usize = 64 << 20;

/// One thing that can be asked.
struct Route {
    /// True for what is posted.
    changes: bool,
    path: &'static str,
    /// Bytes of a body at the most.
    body: usize,
    handler: fn(&Route) -> MethodRouter<Arc<Session>>,
}

/// All of them. The tests ask each, so a new one needs an example there.
const ROUTES: &[Route] = &[
    get("/api/session", |r| r.to(session::show)),
    get("/api/checks", |r| r.to(session::checks)),
    post("/api/view", |r| r.to(views::make)),
    get("/api/view/{view}", |r| r.to(views::show)),
    get("/api/view/{view}/find", |r| r.to(views::find)),
    get("/api/counts", |r| r.to(views::counts)),
    get("/api/unit/{id}", |r| r.to(views::unit)),
    post("/api/act", |r| r.to(acts::act)),
    post("/api/undo", |r| r.to(acts::undo)),
    post("/api/redo", |r| r.to(acts::redo)),
    post("/api/bulk", |r| r.to(acts::bulk)),
    get("/api/bulk/sample", |r| r.to(acts::sample)),
    get("/api/changes", |r| r.to(changes::wait)),
    get("/api/concordance", |r| r.to(concordance::show)),
    get("/api/report", |r| r.to(report::show)),
    get("/api/documents", |r| r.to(documents::list)),
    get("/api/beads/{origin}", |r| r.to(beads::show)),
    get("/api/path/{origin}", |r| r.to(beads::path)),
    post("/api/beads/{origin}", |r| r.to(beads::change)),
    post("/api/realign/{origin}", |r| r.to(beads::realign)),
    get("/api/statements", |r| r.to(statements::list)),
    get("/api/statements/{name}", |r| r.to(statements::show)),
    post_files("/api/files", |r| r.to(files::align)),
];

const fn get(path: &'static str, handler: fn(&Route) -> MethodRouter<Arc<Session>>) -> Route {
    Route { changes: false, path, body: BODY, handler }
}

const fn post(path: &'static str, handler: fn(&Route) -> MethodRouter<Arc<Session>>) -> Route {
    Route { changes: true, path, body: BODY, handler }
}

const fn post_files(path: &'static str, handler: fn(&Route) -> MethodRouter<Arc<Session>>) -> Route {
    Route { changes: true, path, body: FILES_BODY, handler }
}

impl Route {
    fn to<H: Handler<T, Arc<Session>>, T: 'static>(&self, handler: H) -> MethodRouter<Arc<Session>> {
        let filter = if self.changes { MethodFilter::POST } else { MethodFilter::GET };
        on(filter, handler).layer(DefaultBodyLimit::max(self.body))
    }
}

/// Everything the server answers, behind its guard.
pub(super) fn router(session: Arc<Session>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.handler)(route));
    }
    router
        .route("/api/{*rest}", any(nothing))
        .fallback_service(axum::routing::get(assets::serve).fallback(not_allowed).with_state(session.clone()))
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(session.clone(), guard))
        .with_state(session)
}

async fn nothing() -> Refusal {
    Refusal::not_found("there is nothing at this address")
}

async fn not_allowed() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this cannot be asked in this way")
}
