//! Two texts that were dropped on the page, aligned. Nothing of them is kept.

use std::sync::{Arc, LazyLock};

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::super::refusal::{Answer, Refusal};
use super::super::session::{Session, apart};
use super::ask::Body;
use super::beads;
use super::types::{AlignedFiles, FilesReport, LOW};
use crate::align::{Aligner, Options};
use crate::ingest::aligning::align_documents;
use crate::model::{Document, Lang, Provenance};
use crate::segment;
use crate::text::langid;

/// The aligner with the models that are built in, which take a moment to unpack.
pub(super) static ALIGNER: LazyLock<Aligner> = LazyLock::new(|| Aligner::shipped(Options::default()));

#[derive(Deserialize)]
pub(super) struct Files {
    files: Vec<DroppedFile>,
}

#[derive(Deserialize)]
struct DroppedFile {
    name: String,
    text: String,
}

pub(super) async fn align(State(session): State<Arc<Session>>, Body(asked): Body<Files>) -> Answer<Json<AlignedFiles>> {
    let langs = session.read(|store| Ok((store.source_lang(), store.target_lang()))).await?;
    apart(move || aligned(asked.files, langs)).await.map(Json)
}

fn aligned(files: Vec<DroppedFile>, langs: (Lang, Lang)) -> Answer<AlignedFiles> {
    let count = files.len();
    let [first, second] =
        <[DroppedFile; 2]>::try_from(files).map_err(|_| Refusal::bad_request(format!("two files are needed, not {count}")))?;
    let (source, target) = in_order(first, second, langs)?;
    let alignment = align_documents(&source, &target, &ALIGNER);
    let documents = [source, target];
    let rows: Vec<_> = alignment.beads.iter().enumerate().map(|(n, bead)| beads::row(n, bead, &documents)).collect();
    let [source, target] = documents;
    let notes = |document: &Document| {
        let name = document.path.clone();
        document.layout.report(&document.text).into_iter().map(move |repaired| format!("{name}: {repaired}")).collect::<Vec<_>>()
    };
    let report = FilesReport {
        beads: rows.len(),
        low: rows.iter().filter(|row| row.confidence < LOW).count(),
        messages: [notes(&source), notes(&target)].concat(),
        source_lang: source.lang,
        target_lang: target.lang,
        source: source.path,
        target: target.path,
    };
    Ok(AlignedFiles { beads: rows, report })
}

/// The two as source and target document: as they came, unless their languages say that they came the other way round.
fn in_order(first: DroppedFile, second: DroppedFile, (source, target): (Lang, Lang)) -> Answer<(Document, Document)> {
    let (a, b) = (lang_of(&first), lang_of(&second));
    let is = |found: Option<Lang>, lang: Lang| found.is_some_and(|found| found.same_language(&lang));
    if is(a, source) && is(b, source) || is(a, target) && is(b, target) {
        let lang = a.unwrap_or(source);
        return Err(
            Refusal::bad_request(format!("both files are taken to be `{lang}`")).hint("put the language into the name: `speech.en.txt`")
        );
    }
    let swapped = is(a, target) || is(b, source);
    let (first, second) = if swapped { (second, first) } else { (first, second) };
    Ok((document(first, source)?, document(second, target)?))
}

fn lang_of(file: &DroppedFile) -> Option<Lang> {
    Lang::of_file_name(&file.name).map(|(_, lang)| lang).or_else(|| langid::identify(&file.text))
}

fn document(file: DroppedFile, lang: Lang) -> Answer<Document> {
    let DroppedFile { name, text } = file;
    if text.trim().is_empty() {
        return Err(Refusal::bad_request(format!("`{name}` is empty")));
    }
    let layout = segment::Options::default().layout(&text);
    let segments = layout.segments(&text, &lang);
    Ok(Document { path: name, lang, text, segments, layout, provenance: Provenance::default() })
}
