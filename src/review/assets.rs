//! The page's files, inside the program: a constant table, so that no path of a request ever reaches the disk.
//! While developing, `--assets DIR` reads the same names from a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;
use super::session::Session;
use crate::text::hash;

/// A file of the page.
pub(super) struct Asset {
    /// Its path in `assets/`; it is served under the same one.
    pub(super) path: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($path:literal),* $(,)?) => {
        /// All files of the page. A test compares the list with the folder.
        pub(super) static ASSETS: &[Asset] =
            &[$(Asset { path: $path, bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $path)) }),*];
    };
}

assets![
    "app.css",
    "favicon.svg",
    "i18n/en.json",
    "i18n/es.json",
    "index.html",
    "js/acts.js",
    "js/align.js",
    "js/api.js",
    "js/app.js",
    "js/beadcolumns.js",
    "js/beaddetail.js",
    "js/bulk.js",
    "js/charts.js",
    "js/columns.js",
    "js/concordance.js",
    "js/cutting.js",
    "js/detail.js",
    "js/dialog.js",
    "js/diff.js",
    "js/documents.js",
    "js/dom.js",
    "js/dotplot.js",
    "js/editor.js",
    "js/events.js",
    "js/grid.js",
    "js/help.js",
    "js/i18n.js",
    "js/keys.js",
    "js/live.js",
    "js/marks.js",
    "js/pages.js",
    "js/pairing.js",
    "js/path.js",
    "js/provenance.js",
    "js/realign.js",
    "js/report.js",
    "js/review.js",
    "js/route.js",
    "js/spans.js",
    "js/splitting.js",
    "js/start.js",
    "js/statements.js",
    "js/toolbar.js",
    "js/windowing.js",
];

/// What kinds of files a page is made of.
const CONTENT_TYPES: [(&str, &str); 5] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("svg", "image/svg+xml"),
];

/// Answers with a file of the page.
pub(super) async fn serve(State(session): State<Arc<Session>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let bytes = match &session.assets {
        None => ASSETS.iter().find(|asset| asset.path == path).map(|asset| Bytes::from_static(asset.bytes)),
        Some(folder) => from_disk(folder, path),
    };
    match bytes {
        Some(bytes) => answer(path, bytes, request.headers()),
        None => Refusal::not_found(format!("there is no `/{path}`")).into_response(),
    }
}

/// A file of the developer's folder, if it is of a kind that a page is made of and its name leads nowhere else.
fn from_disk(folder: &Path, path: &str) -> Option<Bytes> {
    let is_plain =
        |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if !path.split('/').all(is_plain) || content_type(path).is_none() {
        return None;
    }
    std::fs::read(folder.join(path)).ok().map(Bytes::from)
}

/// The file with its kind and tag; nothing but the tag if the browser has it already.
fn answer(path: &str, bytes: Bytes, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hash::content_hash(&bytes));
    let is_known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path).unwrap_or("application/octet-stream")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ETAG, HeaderValue::try_from(tag).expect("base32 in quotes"));
    response
}

/// What kind of file it is; `None` for one that a page is not made of.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    CONTENT_TYPES.iter().find(|(known, _)| *known == extension).map(|(_, kind)| *kind)
}

/// The folder of `--assets`, if it holds the page.
pub(super) fn folder(path: Option<PathBuf>) -> crate::Result<Option<PathBuf>> {
    let Some(path) = path else { return Ok(None) };
    if path.join("index.html").is_file() {
        return Ok(Some(path));
    }
    Err(crate::Error::new("there is no `index.html`").in_file(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of a folder that a page may have, by their path below it.
    fn files(folder: &Path, below: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder.join(below)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.path().is_dir() {
                files(folder, &path, found);
            } else if content_type(&path).is_some() {
                found.push(path);
            }
        }
    }

    #[test]
    fn the_table_lists_the_folder() {
        let mut found = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets"), "", &mut found);
        found.sort();
        let mut listed: Vec<_> = ASSETS.iter().map(|asset| asset.path).collect();
        listed.sort_unstable();
        assert_eq!(listed, found);
    }

    #[test]
    fn the_page_has_words_for_all_that_cannot_be_done_to_a_bead() {
        for name in ["i18n/es.json", "i18n/en.json"] {
            let catalogue = ASSETS.iter().find(|asset| asset.path == name).expect("it is there");
            let words: serde_json::Value = serde_json::from_slice(catalogue.bytes).expect("JSON");
            for why in crate::align::repair::Impossible::ALL {
                assert!(words[format!("impossible.{why}")].is_string(), "{name}: {why}");
            }
        }
    }

    #[test]
    fn a_developers_folder_gives_its_page_and_nothing_else() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("assets");
        std::fs::create_dir_all(folder.join("js")).expect("a folder");
        for name in ["js/app.js", "js/types.d.ts", ".hidden.js", "notes.txt", "../outside.js"] {
            std::fs::write(folder.join(name), name).expect("a file");
        }
        assert_eq!(from_disk(&folder, "js/app.js").as_deref(), Some(&b"js/app.js"[..]));
        for other in ["js/types.d.ts", ".hidden.js", "notes.txt", "../outside.js", "js/../js/app.js", "js//app.js", "/js/app.js", "js"] {
            assert_eq!(from_disk(&folder, other), None, "{other}");
        }
    }

    #[test]
    fn a_file_that_the_browser_has_is_not_sent_again() {
        let first = answer("app.css", Bytes::from_static(b"a{}"), &HeaderMap::new());
        assert_eq!(
            (first.status(), &first.headers()[header::CONTENT_TYPE]),
            (StatusCode::OK, &"text/css; charset=utf-8".parse().expect("a value"))
        );
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(answer("app.css", Bytes::from_static(b"a{}"), &asked).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer("app.css", Bytes::from_static(b"b{}"), &asked).status(), StatusCode::OK);
    }
}
