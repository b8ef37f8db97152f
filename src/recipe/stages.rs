//! The stages of a build and what each depends on: why a stage has to run, in words, before anything runs.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::{Export, FilterTable, Recipe, Source};
use crate::error::{Error, Result};
use crate::export::{self, MANIFEST};
use crate::quality::Context;
use crate::quality::filtering::Effective;
use crate::quality::score::Scorer;
use crate::semantics::Lexicon;
use crate::store::Store;
use crate::text::hash::content_hash;
use crate::text::langid::Model;
use crate::{ingest, quality, segment};

/// The stages in the order they run.
pub(super) const NAMES: [&str; 5] = ["ingest", "align", "check", "score", "export"];

/// What a stage depends on: a name for people, and a hash or version that changes when it does.
pub(super) type Parts = BTreeMap<String, String>;

/// What a build would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The stages in order.
    pub stages: Vec<Stage>,
    /// What is kept by filters, checks and scores.
    pub filter: Effective,
    /// The rules that clean, with their versions; empty if nothing is cleaned.
    pub clean: String,
    /// What decides about duplicates; empty if they do not matter.
    pub dedup: String,
}

/// One stage of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// Why it runs; empty when it is up to date.
    pub reasons: Vec<String>,
    #[serde(skip)]
    pub(super) parts: Parts,
}

impl Stage {
    /// True when it has to run.
    pub fn runs(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// Plans a build of the recipe in `folder` against the store as it is (`None` when there is none yet).
pub(super) fn plan(recipe: &Recipe, folder: &Path, out: &Path, store: Option<&Store>) -> Result<Plan> {
    let mut stages: Vec<Stage> = Vec::new();
    for name in NAMES {
        let parts = parts(name, recipe, folder, store)?;
        let mut reasons = match store {
            None => vec!["there is no store yet".to_string()],
            Some(store) => changes(&parts, store.stage(name)?.map(|(_, json)| json)),
        };
        if let Some(earlier) = stages.iter().rev().find(|stage| stage.runs()).filter(|_| store.is_some()) {
            reasons.push(format!("`{}` runs", earlier.name));
        }
        if name == "export" && reasons.is_empty() {
            reasons = missing_outputs(out);
        }
        stages.push(Stage { name, reasons, parts });
    }
    let clean = recipe.cleaning()?.map_or(String::new(), |cleaning| cleaning.signature().to_string());
    let dedup = recipe.duplicates()?.map_or(String::new(), |dedup| dedup.signature().to_string());
    Ok(Plan { stages, filter: recipe.filtering.effective(), clean, dedup })
}

fn parts(stage: &str, recipe: &Recipe, folder: &Path, store: Option<&Store>) -> Result<Parts> {
    let mut parts = Parts::new();
    match stage {
        "ingest" => {
            parts.insert("the segmenter".into(), segment::VERSION.to_string());
            for source in &recipe.sources {
                // What is kept of a source is no matter of ingest.
                let source_read = Source { filter: FilterTable::new(), ..source.clone() };
                parts.insert(format!("`[[source]]` `{}`", source.name), format!("{source_read:?}"));
                for file in source.files(folder)? {
                    let key = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().into_owned();
                    parts.insert(format!("`{key}`"), file_hash(&file)?);
                }
            }
        }
        "align" => {
            parts.insert("the aligner".into(), ingest::aligning::signature(&recipe.aligner()?));
        }
        "check" => {
            parts.insert("`[check]`".into(), format!("{:?}", recipe.check));
            if let Some(glossary) = &recipe.check.glossary {
                parts.insert(format!("`{glossary}`"), file_hash(&folder.join(glossary))?);
            }
            parts.insert("the checks".into(), quality::signature(&recipe.check_selection()?).to_string());
            parts.insert("the lexicon".into(), Lexicon::shipped().checksum().to_string());
            parts.insert("the model of languages".into(), content_hash(Model::shipped().to_bytes()));
        }
        "score" => {
            let parts_of_score = ingest::scoring::signature(&Scorer::shipped(), &Context::shipped());
            parts.extend(parts_of_score.0.into_iter().map(|(name, version)| (component(&name), version)));
            if let Some(cleaning) = recipe.cleaning()? {
                parts.insert("`[clean]`".into(), cleaning.signature().to_string());
            }
            for score in recipe.score_commands() {
                parts.insert(format!("`[[score]]` `{}`", score.name), score.command);
            }
        }
        _ => {
            parts.insert("`[filter]`".into(), serde_json::to_string(&recipe.filtering.effective()).expect("plain data"));
            if let Some(words) = recipe.word_list_file(folder) {
                parts.insert(format!("`{}`", words.strip_prefix(folder).unwrap_or(&words).display()), file_hash(&words)?);
            }
            if let Some(cleaning) = recipe.cleaning()? {
                parts.insert("`[clean]`".into(), cleaning.signature().to_string());
            }
            if let Some(dedup) = recipe.duplicates()? {
                parts.insert("`[dedup]`".into(), dedup.signature().to_string());
            }
            parts.insert("`[corpus]`".into(), format!("{:?}", recipe.corpus));
            // A preset is where `[filter]` begins, and has its place in the file, which does not matter.
            parts.insert("`[export]`".into(), format!("{:?}", Export { preset: None, ..recipe.export.clone() }));
            parts.insert("the exporters".into(), export::VERSION.to_string());
            parts.insert("the review".into(), store.map_or(Ok(0), Store::event_count)?.to_string());
        }
    }
    Ok(parts)
}

/// What a component of the score is called.
fn component(name: &str) -> String {
    match name {
        "score" => "the model of the score".to_string(),
        other => format!("the {other}"),
    }
}

fn file_hash(file: &Path) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let reader = std::fs::File::open(file).map_err(|e| Error::io(file, &e))?;
    hasher.update_reader(reader).map_err(|e| Error::io(file, &e))?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// What differs between the parts now and as they were when the stage last ran.
fn changes(now: &Parts, before: Option<serde_json::Value>) -> Vec<String> {
    let Some(before) = before.and_then(|json| serde_json::from_value::<Parts>(json).ok()) else {
        return vec!["it has not run yet".into()];
    };
    let mut reasons = Vec::new();
    for (name, value) in now {
        match before.get(name) {
            None => reasons.push(format!("{name} is new")),
            Some(old) if old != value => reasons.push(format!("{name} changed")),
            Some(_) => {}
        }
    }
    reasons.extend(before.keys().filter(|name| !now.contains_key(*name)).map(|name| format!("{name} is gone")));
    reasons
}

/// Outputs that the manifest names and that are not there as it says.
fn missing_outputs(out: &Path) -> Vec<String> {
    let Some(manifest) = export::read_manifest(out) else { return vec![format!("`{MANIFEST}` is missing")] };
    let broken = manifest.files.iter().filter_map(|file| match std::fs::metadata(out.join(&file.name)) {
        Err(_) => Some(format!("`{}` is missing", file.name)),
        Ok(metadata) if metadata.len() != file.bytes => Some(format!("`{}` was changed", file.name)),
        Ok(_) => None,
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(pairs: &[(&str, &str)]) -> Parts {
        pairs.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect()
    }

    #[test]
    fn the_checks_depend_on_the_models_they_ask() {
        let recipe = Recipe::parse("[corpus]\nname = \"paz\"\nsource_lang = \"es\"\ntarget_lang = \"en\"\n").expect("a recipe");
        let parts = super::parts("check", &recipe, Path::new("."), None).expect("parts");
        assert_eq!(parts["the lexicon"], Lexicon::shipped().checksum());
        assert!(parts["the model of languages"].len() == 26);
    }

    #[test]
    fn what_changed_is_said_in_words() {
        let before = serde_json::to_value(parts(&[("`a`", "1"), ("`b`", "1")])).expect("json");
        assert_eq!(changes(&parts(&[("`a`", "2"), ("`c`", "1")]), Some(before.clone())), ["`a` changed", "`c` is new", "`b` is gone"]);
        assert!(changes(&parts(&[("`a`", "1"), ("`b`", "1")]), Some(before)).is_empty());
        assert_eq!(changes(&Parts::new(), None), ["it has not run yet"]);
    }
}
