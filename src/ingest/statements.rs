//! A file of statements → statements, one document for each rendering, one bitext for each pair that is to be aligned.

use std::path::Path;

use super::documents::{bitext_hash, bitext_key, layout_notes, put};
use super::{Change, Options, RejectedFile, Report, change, content_hash};
use crate::error::{Error, Result};
use crate::formats::Format;
use crate::model::{Document, Lang, Rendering, Statement};
use crate::segment;
use crate::store::{Origin, OriginKind, Outcome, Store};

pub(super) fn ingest(store: &mut Store, format: &'static Format, file: &Path, options: &Options) -> Result<Report> {
    let read_statements = format.read_statements.ok_or_else(|| Error::new(format!("format `{}` holds no statements", format.name)))?;
    let key = options.key(file);
    let hash = content_hash(&[file], &options.fingerprint(format.name))?;
    let mut report = Report::new(&key, format.name, change(store, &key, &hash)?);
    if report.change == Change::Unchanged {
        return Ok(report);
    }
    let mut rejected = RejectedFile::new(&options.rejected_folder, &key, options.strict);
    let mut statements = Vec::new();
    for read in read_statements(options.open(file)?.named(&key))? {
        report.read += 1;
        match read {
            Ok(statement) => statements.push((report.read, statement)),
            Err(rejection) => rejected.add(&rejection)?,
        }
    }
    if report.read == 0 {
        return Err(Error::new("the file is empty").in_file(file));
    }
    let origin = Origin {
        key,
        kind: OriginKind::Statements,
        source: options.source_of(&options.key(file)),
        file: options.key(file),
        target_file: None,
        format: format.name.to_string(),
        content_hash: hash,
        original_lang: None,
        parent: None,
        documents: None,
    };
    let notes = &mut report.notes;
    report.outcome =
        store.transaction(|store| store_all(store, &origin, &statements, rejected.count(), notes)).map_err(|e| e.in_file(file))?;
    report.rejected_file = rejected.finish()?;
    Ok(report)
}

/// What the layout of their texts was taken for goes to `notes`.
fn store_all(
    store: &mut Store,
    origin: &Origin,
    statements: &[(u64, Statement)],
    rejected: u64,
    notes: &mut Vec<String>,
) -> Result<Outcome> {
    let (row, _) = store.put_origin(origin)?;
    store.clear_statements(row)?;
    let mut current = Vec::new();
    for (record, statement) in statements {
        let documents = rendering_documents(&origin.file, statement);
        notes.extend(documents.iter().flat_map(layout_notes));
        let rows = documents.iter().map(|d| put(store, d, &segment::Options::default().signature())).collect::<Result<Vec<_>>>()?;
        store.put_statement(row, *record, statement, &rows)?;
        for (s, t) in pairs(statement, store.source_lang(), store.target_lang()) {
            let bitext = bitext(origin, row, statement, (&documents[s], rows[s]), (&documents[t], rows[t]));
            if change(store, &bitext.key, &bitext.content_hash)? != Change::Unchanged {
                store.put_bitext(&bitext)?;
            }
            current.push(bitext.key);
        }
    }
    store.set_origin_counts(row, statements.len() as u64, rejected)?;
    let mut outcome = Outcome { rejected, ..Outcome::default() };
    for gone in store.origin_keys(&format!("{}#", origin.file))? {
        if !current.contains(&gone) {
            outcome.add(store.remove_origin(&gone)?);
        }
    }
    store.remove_orphan_documents()?;
    Ok(outcome)
}

fn rendering_documents(file: &str, statement: &Statement) -> Vec<Document> {
    let document = |rendering: &Rendering| {
        let layout = segment::Options::default().layout(&rendering.text);
        Document {
            path: format!("{file}#{}/{}", statement.id, rendering.id),
            lang: rendering.lang,
            text: rendering.text.clone(),
            segments: layout.segments(&rendering.text, &rendering.lang),
            layout,
            provenance: statement.provenance(rendering),
        }
    };
    statement.renderings.iter().map(document).collect()
}

/// Indexes of the renderings to be aligned with each other: every one with the reference of the other language.
fn pairs(statement: &Statement, source_lang: Lang, target_lang: Lang) -> Vec<(usize, usize)> {
    let position = |wanted: &Rendering| statement.renderings.iter().position(|r| r.id == wanted.id);
    let (Some(source), Some(target)) =
        (statement.reference(&source_lang).and_then(position), statement.reference(&target_lang).and_then(position))
    else {
        return Vec::new();
    };
    let with_reference = statement.renderings.iter().enumerate().filter_map(|(n, rendering)| {
        if rendering.lang.same_language(&source_lang) {
            (n != source).then_some((n, target))
        } else {
            rendering.lang.same_language(&target_lang).then_some((source, n))
        }
    });
    with_reference.collect()
}

fn bitext(parent: &Origin, parent_row: i64, statement: &Statement, source: (&Document, i64), target: (&Document, i64)) -> Origin {
    Origin {
        key: bitext_key(&source.0.path, &target.0.path),
        kind: OriginKind::Bitext,
        source: parent.source.clone(),
        file: source.0.path.clone(),
        target_file: Some(target.0.path.clone()),
        format: parent.format.clone(),
        content_hash: bitext_hash(source.0, target.0, &segment::Options::default().signature()),
        original_lang: Some(statement.original_lang),
        parent: Some(parent_row),
        documents: Some((source.1, target.1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(renderings: &[(&str, &str, &str, bool)]) -> Statement {
        let renderings: Vec<_> = renderings
            .iter()
            .map(|(id, lang, kind, reference)| {
                serde_json::json!({"id": id, "lang": lang, "kind": kind, "text": id, "quote_type": "direct", "reference": reference})
            })
            .collect();
        serde_json::from_value(
            serde_json::json!({"id": "s", "speaker": "Gustavo Petro", "medium": "megaphone", "original_lang": "es", "renderings": renderings}),
        )
        .expect("a statement")
    }

    #[test]
    fn every_rendering_is_paired_with_the_reference_of_the_other_language() {
        let s = statement(&[
            ("es1", "es", "original", true),
            ("es2", "es", "original", false),
            ("back", "es", "back-translation", false),
            ("en1", "en", "translation", true),
            ("en2", "en", "translation", false),
            ("fr", "fr", "translation", false),
        ]);
        assert_eq!(pairs(&s, Lang::ES, Lang::EN), [(1, 3), (2, 3), (0, 3), (0, 4)]);
    }

    #[test]
    fn a_statement_in_one_language_has_no_bitext() {
        assert_eq!(pairs(&statement(&[("es1", "es", "original", true)]), Lang::ES, Lang::EN), []);
    }
}
