//! What the page asks first: which store, who reviews, which checks there are.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::super::refusal::Answer;
use super::super::session::Session;
use super::ask::Language;
use super::types::{CheckInfo, SessionInfo};
use crate::quality::CHECKS;

pub(super) async fn show(State(session): State<Arc<Session>>) -> Answer<Json<SessionInfo>> {
    let shared = session.clone();
    let info = session.read(move |store| {
        let name = shared.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(SessionInfo {
            title: title(shared.path()),
            corpus: name,
            source_lang: store.source_lang(),
            target_lang: store.target_lang(),
            reviewer: shared.reviewer.clone(),
            read_only: shared.read_only.is_some(),
            read_only_because: shared.read_only.clone(),
            units: store.unit_count()?,
            seq: store.event_seq()?,
            version: env!("CARGO_PKG_VERSION"),
        })
    });
    info.await.map(Json)
}

/// The name of the folder that the store belongs to: builds put it into its `out`.
fn title(store: &std::path::Path) -> String {
    let store = std::path::absolute(store).unwrap_or_else(|_| store.to_path_buf());
    let mut folders = store.ancestors().skip(1).filter_map(|folder| folder.file_name());
    let title = folders.by_ref().find(|name| *name != "out").or_else(|| store.file_stem());
    title.unwrap_or_default().to_string_lossy().into_owned()
}

pub(super) async fn checks(Language(lang): Language) -> Json<Vec<CheckInfo>> {
    let about = |check: &crate::quality::Check| if lang.primary() == "es" { check.about.es } else { check.about.en };
    Json(CHECKS.iter().map(|check| CheckInfo { id: check.id, tier: check.tier, about: about(check) }).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_store_is_called_by_the_folder_of_its_corpus() {
        assert_eq!(title(Path::new("/a/discursos/out/corpus.db")), "discursos");
        assert_eq!(title(Path::new("/a/discursos/corpus.db")), "discursos");
        assert_eq!(title(Path::new("/corpus.db")), "corpus");
    }
}
