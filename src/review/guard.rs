//! Who may ask: the checks that every request passes before anything else sees it, and the headers that every answer bears.
//!
//! The server speaks to this machine only, but any web page may send requests to this machine. So: the host *name* must be ours (a page whose
//! name was rebound to 127.0.0.1 has its own), a request that another site caused is refused, and the API wants a token that only our page has.
//! There are no cookies to ride on and no CORS headers to read by.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::{Answer, Refusal};
use super::session::Session;

/// The names this machine has for itself. The port may be any: `ssh -L 8000:localhost:9000` changes it.
const OUR_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Scripts and styles from this server only, no inline code, no HTML made from strings, in no frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The request that waits for news takes no place of those that work; how many may wait is limited where they do.
const WAITING: &str = "/api/changes";

/// What every answer bears, those of refusals too.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a request through, or refuses it: 421 a foreign host name, 403 a request of another site, 401 no token, 415 a body that is no JSON.
pub(super) async fn guard(State(session): State<Arc<Session>>, request: Request, next: Next) -> Response {
    let is_api = is_api(request.uri().path());
    let mut response = match admit(&session, &request) {
        Ok(()) => {
            let _place = if request.uri().path() == WAITING { None } else { session.place().await };
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

fn admit(session: &Session, request: &Request) -> Answer<()> {
    let (headers, method, is_api) = (request.headers(), request.method(), is_api(request.uri().path()));
    check_host(headers, request.uri().authority())?;
    let changes = !matches!(*method, Method::GET | Method::HEAD);
    if changes || is_api {
        check_site(headers)?;
    }
    if is_api {
        check_token(session, headers)?;
    }
    if changes { check_content_type(headers) } else { Ok(()) }
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The `Host` header, of which there must be one, and the name in the request line, if there is one.
fn check_host(headers: &HeaderMap, in_line: Option<&Authority>) -> Answer<()> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let ours = matches!((hosts.next(), hosts.next()), (Some(host), None) if host.to_str().is_ok_and(is_our_name))
        && in_line.is_none_or(|authority| is_our_name(authority.as_str()));
    if ours {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, "this server answers to 127.0.0.1, localhost and [::1] only"))
}

fn is_our_name(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    OUR_NAMES.iter().any(|ours| name.eq_ignore_ascii_case(ours))
}

/// The browser says who caused a request by `Sec-Fetch-Site`, older ones by `Origin`; a program says neither.
fn check_site(headers: &HeaderMap) -> Answer<()> {
    let ours = match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => is_own_origin(origin, headers.get(header::HOST)),
        (None, None) => true,
    };
    if ours { Ok(()) } else { Err(Refusal::new(StatusCode::FORBIDDEN, "the request was caused by another site")) }
}

fn is_own_origin(origin: &HeaderValue, host: Option<&HeaderValue>) -> bool {
    let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
    let host = host.and_then(|host| host.to_str().ok());
    matches!((origin, host), (Some(origin), Some(host)) if origin.eq_ignore_ascii_case(host))
}

fn check_token(session: &Session, headers: &HeaderMap) -> Answer<()> {
    let bears = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).is_some_and(|value| session.token.is_in(value));
    if bears {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNAUTHORIZED, "the token is missing or is not that of this server")
        .hint("open the address that `bitexto review` printed"))
}

/// A form of another site cannot send JSON without asking first, and gets no permission here.
fn check_content_type(headers: &HeaderMap) -> Answer<()> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("the body is `{kind}`, not `application/json`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_names_are_ours_with_any_port_and_nothing_that_only_resembles_them_is() {
        for ours in ["127.0.0.1", "127.0.0.1:8000", "localhost:9000", "LOCALHOST", "[::1]", "[::1]:80"] {
            assert!(is_our_name(ours), "{ours}");
        }
        for foreign in [
            "",
            "evil.test",
            "127.0.0.1.nip.io",
            "localhost.evil.test:80",
            "127.0.0.1:",
            "127.0.0.1:80:80",
            "a@localhost",
            "0.0.0.0",
            "localhost:8o",
        ] {
            assert!(!is_our_name(foreign), "{foreign}");
        }
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_request_of_another_site_is_refused_and_that_of_a_program_is_not() {
        let fine: [&[_]; 4] = [
            &[("sec-fetch-site", "same-origin"), ("origin", "null")],
            &[("sec-fetch-site", "none")],
            &[("origin", "http://localhost:8000"), ("host", "localhost:8000")],
            &[("host", "localhost")],
        ];
        for pairs in fine {
            assert!(check_site(&headers(pairs)).is_ok(), "{pairs:?}");
        }
        let foreign: [&[_]; 5] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://localhost"), ("host", "localhost")],
            &[("origin", "null"), ("host", "localhost")],
            &[("origin", "http://localhost:3000"), ("host", "localhost:8000")],
            &[("origin", "http://localhost")],
        ];
        for pairs in foreign {
            assert!(check_site(&headers(pairs)).is_err(), "{pairs:?}");
        }
    }

    #[test]
    fn two_host_headers_are_one_too_many() {
        let mut two = headers(&[("host", "localhost")]);
        assert!(check_host(&two, None).is_ok());
        two.append(header::HOST, HeaderValue::from_static("localhost"));
        assert!(check_host(&two, None).is_err());
        let foreign = Authority::from_static("evil.test");
        assert!(check_host(&headers(&[("host", "localhost")]), Some(&foreign)).is_err());
    }
}
