//! A pair of documents → two stored documents and a bitext, not aligned yet.

use std::path::Path;

use super::discover::DocumentPair;
use super::orientation::Sides;
use super::{Change, Options, Report, change};
use crate::error::{Error, Result};
use crate::model::{Document, Lang, Provenance};
use crate::store::review::mended_segments;
use crate::store::{Origin, OriginKind, Store};
use crate::text::{hash::content_hash, langid};

pub(super) fn ingest(store: &mut Store, pair: &DocumentPair, options: &Options) -> Result<Report> {
    let source_text = read(&pair.source, options)?;
    let target_text = read(&pair.target, options)?;
    let mut notes = Vec::new();
    let langs = languages(store, pair, options, (&source_text, &target_text), &mut notes);
    let source = document(&pair.source, source_text, langs.0, &options.provenance[0], options);
    let target = document(&pair.target, target_text, langs.1, &options.provenance[1], options);
    let key = bitext_key(&source.path, &target.path);
    let hash = bitext_hash(&source, &target, &options.fingerprint("text"));
    let mut report = Report { notes, read: 2, ..Report::new(&key, "text", change(store, &key, &hash)?) };
    if report.change == Change::Unchanged {
        return Ok(report);
    }
    refuse_swapped(&source, &target).map_err(|e| e.in_file(&pair.source))?;
    report.notes.extend(layout_notes(&source).chain(layout_notes(&target)));
    let origin = Origin {
        key,
        kind: OriginKind::Bitext,
        source: options.source_of(&source.path),
        file: source.path.clone(),
        target_file: Some(target.path.clone()),
        format: "text".into(),
        content_hash: hash,
        original_lang: options.original_lang,
        parent: None,
        documents: None,
    };
    let segmentation = options.reading().signature();
    store.transaction(|store| {
        let rows = (put(store, &source, &segmentation)?, put(store, &target, &segmentation)?);
        store.put_bitext(&Origin { documents: Some(rows), ..origin })
    })?;
    report.read = 2;
    Ok(report)
}

/// An error when each of two documents reads like the language of the other.
pub fn refuse_swapped(source: &Document, target: &Document) -> Result<()> {
    let mut sides = Sides::default();
    sides.add(middle(&source.text), middle(&target.text));
    sides.refuse_swapped(source.lang, target.lang)
}

/// As much of a text as tells its language, from the middle: a beginning may be a title page or a licence.
fn middle(text: &str) -> &str {
    const ENOUGH: usize = 2048;
    let start = text.floor_char_boundary(text.len().saturating_sub(ENOUGH) / 2);
    &text[start..text.floor_char_boundary(start + ENOUGH)]
}

/// What the layout of a document was taken for, a line for each kind.
pub(super) fn layout_notes(document: &Document) -> impl Iterator<Item = String> {
    document.layout.report(&document.text).into_iter().map(|repaired| format!("{}: {repaired}", document.path))
}

pub(super) fn bitext_key(source: &str, target: &str) -> String {
    format!("{source}|{target}")
}

pub(super) fn bitext_hash(source: &Document, target: &Document, fingerprint: &str) -> String {
    let provenance = |document: &Document| serde_json::to_string(&document.provenance).expect("a provenance is plain strings");
    let parts =
        [source.lang.as_str(), target.lang.as_str(), &source.text, &target.text, &provenance(source), &provenance(target), fingerprint];
    crate::text::hash::base32(&crate::text::hash::digest(parts.map(str::as_bytes)))
}

/// Stores a document as the segmenter has cut it, with what people did to its segments.
pub(super) fn put(store: &Store, document: &Document, segmentation: &str) -> Result<i64> {
    let hash = content_hash(document.text.as_bytes());
    let events = store.segment_events(&document.path)?;
    if events.is_empty() {
        return store.put_document(document, &hash, segmentation);
    }
    let mended = Document { segments: mended_segments(document, events), ..document.clone() };
    store.put_document(&mended, &hash, segmentation)
}

fn read(path: &Path, options: &Options) -> Result<String> {
    let text = options.open(path)?.text()?;
    if text.trim().is_empty() {
        return Err(Error::new("the file is empty").in_file(path));
    }
    Ok(text)
}

fn document(path: &Path, text: String, lang: Lang, provenance: &Provenance, options: &Options) -> Document {
    let layout = options.reading().layout(&text);
    let segments = layout.segments(&text, &lang);
    Document { path: options.key(path), lang, text, segments, layout, provenance: provenance.clone() }
}

/// The languages of source and target: as said, else as the names tell, else as the texts look, else as the corpus has them.
fn languages(store: &Store, pair: &DocumentPair, options: &Options, texts: (&str, &str), notes: &mut Vec<String>) -> (Lang, Lang) {
    let mut one = |said: Option<Lang>, named: Option<Lang>, path: &Path, text: &str, corpus: Lang| {
        said.or(named).unwrap_or_else(|| {
            let found = langid::identify(text).filter(|lang| lang.same_language(&corpus)).unwrap_or(corpus);
            notes.push(format!("{}: taken to be `{found}`", path.display()));
            found
        })
    };
    let source = one(options.source_lang, pair.langs.0, &pair.source, texts.0, store.source_lang());
    let target = one(options.target_lang, pair.langs.1, &pair.target, texts.1, store.target_lang());
    (source, target)
}
