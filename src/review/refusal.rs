//! What the server says when it does not do what was asked: a status, `{"error", "hint"}`, and what else helps (the row at a conflict).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::error::Error;

/// An answer, or why there is none.
pub(super) type Answer<T> = Result<T, Refusal>;

/// Why a request got no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    error: String,
    hint: Option<String>,
    with: Map<String, Value>,
}

impl Refusal {
    /// A refusal with a status and a cause.
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Refusal {
        Refusal { status, error: error.into(), hint: None, with: Map::new() }
    }

    /// What was asked for does not exist.
    pub(super) fn not_found(error: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, error)
    }

    /// The request cannot be understood.
    pub(super) fn bad_request(error: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, error)
    }

    /// What was asked for cannot be done in the state that the store is in.
    pub(super) fn conflict(error: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::CONFLICT, error)
    }

    /// An error of the library about what was asked. What comes from within the store names its file, and is not the request's fault.
    pub(super) fn of_request(error: &Error) -> Refusal {
        let status = if error.file.is_none() { StatusCode::BAD_REQUEST } else { StatusCode::INTERNAL_SERVER_ERROR };
        Refusal { hint: error.hint.clone(), ..Refusal::new(status, error.cause.clone()) }
    }

    /// The same with what to do about it.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Refusal {
        self.hint = Some(hint.into());
        self
    }

    /// The same with one more field.
    #[must_use]
    pub(super) fn with(mut self, name: &str, value: impl serde::Serialize) -> Refusal {
        self.with.insert(name.into(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }
}

/// A failure of the library: whatever the request was, the store could not do it.
impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let hint = error.hint.clone();
        let refusal = Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, Error { hint: None, ..error }.to_string());
        Refusal { hint, ..refusal }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = self.with;
        body.insert("error".into(), self.error.into());
        if let Some(hint) = self.hint {
            body.insert("hint".into(), hint.into());
        }
        (self.status, Json(body)).into_response()
    }
}
