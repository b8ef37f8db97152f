//! A small store with a server on it, asked in the same process: no port, no network.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::super::super::Options;
use super::super::super::session::Session;
use crate::align::Aligner;
use crate::ingest::{self, aligning, checking, discover};
use crate::model::Lang;
use crate::parallel::Pool;
use crate::quality::Selection;
use crate::store::Store;

/// Two units with a wrong number or a lost negation, and one that is fine.
const UNITS: &str = "Él dijo que murieron 12 personas.\tHe said that twenty people died.\n\
     No vamos a obedecer esa orden.\tWe are going to obey that order.\n\
     Llueve mucho hoy en la ciudad.\tIt is raining hard in the city today.\n";

const STATEMENT: &str = r#"{"id":"orden","speaker":"Ana Ruiz","event":"acto","date":"2025-01-02","medium":"speech","original_lang":"es","renderings":[
    {"id":"es","lang":"es","kind":"original","text":"Desobedezcan la orden.","quote_type":"direct","outlet":"Diario","url":"https://diario.example/a"},
    {"id":"en","lang":"en","kind":"translation","text":"Disobey the order.","quote_type":"direct","outlet":"Paper","url":"javascript:alert(1)"},
    {"id":"en-2","lang":"en","kind":"translation","text":"Disobey that order.","quote_type":"direct","outlet":"Post"}]}"#;

pub(super) const SPANISH: &str = "La ciudad despertó bajo la lluvia.\nEl alcalde habló a las diez.\nNadie quiso esperar.\n";
const ENGLISH: &str = "The city woke up in the rain.\nThe mayor spoke at ten.\nNobody wanted to wait.\n";

/// The origin of the two documents, and how an address names it.
pub(super) const BITEXT: &str = "calle.es.txt|calle.en.txt";
pub(super) const BITEXT_ADDRESS: &str = "calle.es.txt%7Ccalle.en.txt";

pub(super) struct Desk {
    folder: tempfile::TempDir,
    pub(super) session: Arc<Session>,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// What was answered.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Desk {
    pub(super) fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path()).expect("a store");
        Desk::on(folder, "ana", false)
    }

    fn on(folder: tempfile::TempDir, reviewer: &str, read_only: bool) -> Desk {
        let session = Session::open(options(folder.path(), reviewer, read_only)).expect("a session");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Desk { router: super::super::router(session.clone()), session, runtime, folder }
    }

    /// Another server on the same store, asked by another reviewer.
    pub(super) fn second(&self) -> Desk {
        let session = Session::open(options(self.folder.path(), "bea", false)).expect("a session");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        Desk { router: super::super::router(session.clone()), session, runtime, folder }
    }

    /// The same server started again.
    pub(super) fn again(self, read_only: bool) -> Desk {
        let Desk { folder, session, router, runtime } = self;
        drop((session, router, runtime));
        Desk::on(folder, "ana", read_only)
    }

    /// The same server started again by somebody else.
    pub(super) fn of_reviewer(self, reviewer: &str) -> Desk {
        let Desk { folder, session, router, runtime } = self;
        drop((session, router, runtime));
        Desk::on(folder, reviewer, false)
    }

    /// The store, beside the server.
    pub(super) fn store(&self) -> Store {
        Store::open(self.session.path()).expect("the store")
    }

    /// A file has changed, and the corpus is built again.
    pub(super) fn rewrite(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("written");
        ingest_all(&mut self.store(), self.folder.path()).expect("ingested");
    }

    /// A request as our page makes it; a body makes it a POST.
    pub(super) fn request(&self, path: &str, body: Option<&Value>) -> Request<Body> {
        let bearer = format!("Bearer {}", self.session.token.as_str());
        let request = Request::builder().uri(path).header(header::HOST, "127.0.0.1:8000").header(header::AUTHORIZATION, bearer);
        match body {
            None => request.body(Body::empty()),
            Some(body) => {
                let request = request.method(Method::POST).header(header::CONTENT_TYPE, "application/json");
                request.header("sec-fetch-site", "same-origin").body(body.to_string().into())
            }
        }
        .expect("a request")
    }

    pub(super) fn send(&self, request: Request<Body>) -> Answered {
        self.runtime.block_on(answered(self.router.clone(), request))
    }

    /// Several requests at a time.
    pub(super) fn send_both(&self, first: Request<Body>, second: Request<Body>) -> (Answered, Answered) {
        self.runtime.block_on(async { tokio::join!(answered(self.router.clone(), first), answered(self.router.clone(), second)) })
    }

    #[track_caller]
    pub(super) fn get(&self, path: &str) -> Value {
        self.send(self.request(path, None)).ok()
    }

    #[track_caller]
    pub(super) fn post(&self, path: &str, body: &Value) -> Value {
        self.send(self.request(path, Some(body))).ok()
    }
}

impl Answered {
    #[track_caller]
    pub(super) fn ok(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }
}

async fn answered(router: Router, request: Request<Body>) -> Answered {
    let response = router.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(&bytes)));
    Answered { status: parts.status, headers: parts.headers, body }
}

fn options(folder: &std::path::Path, reviewer: &str, read_only: bool) -> Options {
    Options { store: folder.join("out/corpus.db"), reviewer: Some(reviewer.into()), read_only, ..Options::default() }
}

fn fill(folder: &std::path::Path) -> crate::Result<()> {
    let files = [("a.tsv", UNITS), ("s.jsonl", &STATEMENT.replace('\n', "")), ("calle.es.txt", SPANISH), ("calle.en.txt", ENGLISH)];
    for (name, text) in files {
        std::fs::write(folder.join(name), text)?;
    }
    ingest_all(&mut Store::create(&folder.join("out/corpus.db"), Lang::ES, Lang::EN)?, folder)
}

fn ingest_all(store: &mut Store, folder: &std::path::Path) -> crate::Result<()> {
    let pool = Pool::new(1)?;
    let options = ingest::Options::new(folder, folder);
    let paths: Vec<_> = ["a.tsv", "s.jsonl", "calle.es.txt", "calle.en.txt"].iter().map(|name| folder.join(name)).collect();
    for item in &discover(&paths, Lang::ES, Lang::EN, &options)?.items {
        ingest::ingest(store, &pool, item, &options, &mut |_| {})?;
    }
    aligning::align_bitexts(store, &pool, &Aligner::default(), &mut |_| {})?;
    checking::check_units(store, &pool, &Selection::all(), None, &mut |_| {})?;
    Ok(())
}
