//! What a request asks: body, query, name in the path, language. What cannot be read is refused in the form of all refusals.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::refusal::{Answer, Refusal};
use crate::model::Lang;

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Answer<Body<T>> {
        let bytes = Bytes::from_request(request, state).await.map_err(|e| Refusal::new(e.status(), e.body_text().to_lowercase()))?;
        serde_json::from_slice(&bytes).map(Body).map_err(|e| Refusal::bad_request(format!("the body: {e}")))
    }
}

/// What stands behind the question mark.
pub(super) struct Query<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Query<T>> {
        let query =
            axum::extract::Query::try_from_uri(&parts.uri).map_err(|e| Refusal::bad_request(format!("the query: {}", e.body_text())))?;
        Ok(Query(query.0))
    }
}

/// The name in the path.
pub(super) struct Name(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Name> {
        let path = Path::<String>::from_request_parts(parts, state).await.map_err(|e| Refusal::bad_request(e.body_text()))?;
        Ok(Name(path.0))
    }
}

/// The language of messages: that of `?lang=`, else the browser's; English if it is neither Spanish nor English.
pub(super) struct Language(pub(super) Lang);

#[derive(Deserialize)]
struct Wanted {
    lang: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Language> {
        let Query(wanted) = Query::<Wanted>::from_request_parts(parts, state).await?;
        let browser = || parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(str::to_string);
        let is_spanish = wanted.lang.or_else(browser).is_some_and(|lang| lang.trim().to_lowercase().starts_with("es"));
        Ok(Language(if is_spanish { Lang::ES } else { Lang::EN }))
    }
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Window {
    #[serde(default)]
    pub(super) start: usize,
    pub(super) count: Option<usize>,
}

/// Items of a list that are sent at a time, at the most.
const MOST: usize = 2_000;

impl Window {
    /// The places of the list that are wanted, of `total`; `usual` of them unless told otherwise.
    pub(super) fn of(self, total: usize, usual: usize) -> std::ops::Range<usize> {
        let start = self.start.min(total);
        start..start.saturating_add(self.count.unwrap_or(usual).min(MOST)).min(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_never_leaves_the_list() {
        let window = |start, count| Window { start, count }.of(10, 4);
        assert_eq!(window(0, None), 0..4);
        assert_eq!(window(8, Some(200)), 8..10);
        assert_eq!(window(usize::MAX, Some(usize::MAX)), 10..10);
    }
}
