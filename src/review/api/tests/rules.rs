//! Who may ask what: driven by the list of routes, so that a new one cannot be forgotten.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::super::{ROUTES, Route};
use super::desk::{BITEXT, Desk};

/// A request that this route answers well.
fn example(route: &Route, desk: &Desk) -> (String, Option<Value>) {
    let origin = BITEXT.replace('|', "%7C");
    let got = |path: &str| (path.to_string(), None);
    match (route.path, route.changes) {
        ("/api/session" | "/api/checks" | "/api/documents" | "/api/statements" | "/api/counts" | "/api/report", false) => got(route.path),
        ("/api/view", true) => (route.path.into(), Some(json!({"filter": {"state": ["unreviewed"]}, "order": "queue"}))),
        ("/api/view/{view}", false) => got(&format!("/api/view/{}", view(desk))),
        ("/api/view/{view}/find", false) => got(&format!("/api/view/{}/find?n=1", view(desk))),
        ("/api/unit/{id}", false) => got(&format!("/api/unit/{}", unit(desk)["id"].as_str().expect("an id"))),
        ("/api/act", true) => {
            let unit = unit(desk);
            (route.path.into(), Some(json!({"unit": unit["id"], "base": unit["base"], "op": "verdict", "state": "flagged"})))
        }
        ("/api/undo" | "/api/redo", true) => (route.path.into(), Some(json!({}))),
        ("/api/bulk", true) => {
            let view = view(desk);
            let sample = desk.get(&format!("/api/bulk/sample?view={view}"))["sample"].clone();
            let ids: Vec<_> = sample.as_array().expect("rows").iter().map(|row| row["id"].clone()).collect();
            (route.path.into(), Some(json!({"view": view, "state": "flagged", "sample": ids})))
        }
        ("/api/bulk/sample", false) => got(&format!("/api/bulk/sample?view={}", view(desk))),
        ("/api/changes", false) => got("/api/changes?since=0&wait=0"),
        ("/api/concordance", false) => got("/api/concordance?q=ciudad&side=source"),
        ("/api/beads/{origin}", false) => got(&format!("/api/beads/{origin}")),
        ("/api/path/{origin}", false) => got(&format!("/api/path/{origin}")),
        ("/api/beads/{origin}", true) => {
            let base = desk.get(&format!("/api/beads/{origin}"))["base"].clone();
            (format!("/api/beads/{origin}"), Some(json!({"op": "merge", "with": "next", "bead": 0, "base": base})))
        }
        ("/api/realign/{origin}", true) => {
            let base = desk.get(&format!("/api/beads/{origin}"))["base"].clone();
            (format!("/api/realign/{origin}"), Some(json!({"from": 0, "to": 1, "base": base})))
        }
        ("/api/statements/{name}", false) => got("/api/statements/orden?lang=es"),
        ("/api/files", true) => {
            let files = json!([{"name": "a.es.txt", "text": "Llueve. Hace frío."}, {"name": "a.en.txt", "text": "It rains. It is cold."}]);
            (route.path.to_string(), Some(json!({"files": files})))
        }
        (path, _) => panic!("give `{path}` an example, {:?}", desk.session.path()),
    }
}

/// A view of all units.
fn view(desk: &Desk) -> String {
    desk.post("/api/view", &json!({"filter": {"origin": "a.tsv"}}))["view"].as_str().expect("a name").to_string()
}

fn unit(desk: &Desk) -> Value {
    desk.get(&format!("/api/view/{}", view(desk)))["rows"][0].clone()
}

fn requests(desk: &Desk) -> Vec<(&'static str, Request<Body>)> {
    let examples = ROUTES.iter().map(|route| (route.path, example(route, desk)));
    examples.map(|(path, (asked, body))| (path, desk.request(&asked, body.as_ref()))).collect()
}

#[track_caller]
fn refused(desk: &Desk, status: StatusCode, spoil: impl Fn(&mut Request<Body>)) {
    for (path, mut request) in requests(desk) {
        spoil(&mut request);
        let answer = desk.send(request);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert!(answer.body["error"].is_string(), "{path}: {}", answer.body);
        assert_headers(&answer.headers, path);
    }
}

#[track_caller]
fn assert_headers(headers: &header::HeaderMap, path: &str) {
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    for part in
        ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"]
    {
        assert!(policy.split("; ").any(|have| have == part), "{path}: {policy}");
    }
    assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
    assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
    assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{path}");
    assert_eq!(headers["cache-control"], if path.starts_with("/api/") { "no-store" } else { "no-cache" }, "{path}");
    assert!(!headers.keys().any(|name| name.as_str().starts_with("access-control-")), "{path}: no other site may read");
}

#[test]
fn our_page_is_answered() {
    let desk = Desk::new();
    for route in ROUTES {
        let (asked, body) = example(route, &desk);
        let answer = desk.send(desk.request(&asked, body.as_ref()));
        assert_eq!(answer.status, StatusCode::OK, "{asked}: {}", answer.body);
        assert_headers(&answer.headers, route.path);
    }
}

#[test]
fn no_route_answers_without_the_token() {
    let desk = Desk::new();
    refused(&desk, StatusCode::UNAUTHORIZED, |request| drop(request.headers_mut().remove(header::AUTHORIZATION)));
    let wrong = format!("Bearer {}", "0".repeat(64));
    refused(&desk, StatusCode::UNAUTHORIZED, |request| {
        request.headers_mut().insert(header::AUTHORIZATION, wrong.parse().expect("a value"));
    });
}

#[test]
fn no_route_answers_to_a_foreign_name() {
    let desk = Desk::new();
    for name in ["evil.test", "127.0.0.1.nip.io:8000"] {
        refused(&desk, StatusCode::MISDIRECTED_REQUEST, |request| {
            request.headers_mut().insert(header::HOST, name.parse().expect("a value"));
        });
    }
    refused(&desk, StatusCode::MISDIRECTED_REQUEST, |request| drop(request.headers_mut().remove(header::HOST)));
}

#[test]
fn no_route_answers_to_another_site() {
    let desk = Desk::new();
    for site in ["cross-site", "same-site"] {
        refused(&desk, StatusCode::FORBIDDEN, |request| {
            request.headers_mut().insert("sec-fetch-site", site.parse().expect("a value"));
        });
    }
    refused(&desk, StatusCode::FORBIDDEN, |request| {
        request.headers_mut().remove("sec-fetch-site");
        request.headers_mut().insert(header::ORIGIN, "null".parse().expect("a value"));
    });
}

#[test]
fn only_json_is_taken() {
    let desk = Desk::new();
    for (path, mut request) in requests(&desk).into_iter().filter(|(_, request)| request.method() == "POST") {
        request.headers_mut().insert(header::CONTENT_TYPE, "text/plain".parse().expect("a value"));
        assert_eq!(desk.send(request).status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
    }
}

#[test]
fn what_is_too_large_or_no_json_is_refused() {
    let desk = Desk::new();
    let large = json!({"op": "a".repeat(3 << 20)});
    assert_eq!(desk.send(desk.request("/api/act", Some(&large))).status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut broken = desk.request("/api/files", Some(&json!({})));
    *broken.body_mut() = Body::from("{");
    let answer = desk.send(broken);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body["error"].as_str().expect("an error").starts_with("the body: "), "{}", answer.body);
}

#[test]
fn what_is_not_there_is_told_in_json() {
    let desk = Desk::new();
    for path in ["/api/nothing", "/api", "/../Cargo.toml", "/js/nothing.js", "/%2e%2e/Cargo.toml"] {
        let answer = desk.send(desk.request(path, None));
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body["error"].is_string(), "{path}: {}", answer.body);
    }
    let mut request = desk.request("/api/session", None);
    *request.method_mut() = axum::http::Method::DELETE;
    request.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().expect("a value"));
    let answer = desk.send(request);
    assert_eq!((answer.status, answer.body["error"].is_string()), (StatusCode::METHOD_NOT_ALLOWED, true));
}

#[test]
fn the_page_itself_needs_no_token_but_our_name() {
    let desk = Desk::new();
    let mut request = desk.request("/", None);
    request.headers_mut().remove(header::AUTHORIZATION);
    let answer = desk.send(request);
    assert_eq!(
        (answer.status, &answer.headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"text/html; charset=utf-8".parse().expect("a value"))
    );
    assert_headers(&answer.headers, "/");
    let mut request = desk.request("/", None);
    request.headers_mut().insert(header::HOST, "evil.test".parse().expect("a value"));
    assert_eq!(desk.send(request).status, StatusCode::MISDIRECTED_REQUEST);
}
