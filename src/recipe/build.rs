//! Running a recipe: ingest → align → check → score → export, only what changed. It prints nothing; what happened is returned.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::stages::{self, Plan, Stage};
use super::{Recipe, Source};
use crate::error::Result;
use crate::export::{self, Exported, Manifest};
use crate::ingest::{self, Report, aligning::AlignReport, checking::CheckReport, scoring::ScoreReport};
use crate::parallel::Pool;
use crate::quality::Drops;
use crate::quality::score::Scorer;
use crate::store::Store;

/// The folder, in the corpus folder, for everything a build makes.
pub const OUT: &str = "out";

/// The store's file name.
pub const STORE: &str = "corpus.db";

/// What a build did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Built {
    /// Where everything is.
    pub out: PathBuf,
    /// The stages, and why each ran.
    pub stages: Vec<StageRun>,
    /// What became of each file; files that had not changed are left out.
    pub files: Vec<Report>,
    /// Files in the recipe's globs that are not ingested, and why.
    pub left_over: Vec<(PathBuf, String)>,
    /// Origins whose files are gone, taken back.
    pub taken_back: Vec<String>,
    /// Alignment, if it ran.
    pub align: Option<AlignReport>,
    /// Checks, if they ran.
    pub check: Option<CheckReport>,
    /// Scores, if they were given.
    pub score: Option<ScoreReport>,
    /// What was dropped, with examples, if anything was exported.
    pub drops: Option<Drops>,
    /// What lies in the export folder now.
    pub manifest: Option<Manifest>,
    /// Files of an earlier export that were removed.
    pub removed: Vec<String>,
    /// Why there is no unit, when there is none.
    pub empty: Option<String>,
}

/// One stage of a build.
#[derive(Debug, Clone, Serialize)]
pub struct StageRun {
    /// Its name.
    pub name: &'static str,
    /// Why it ran; empty when it did not have to.
    pub reasons: Vec<String>,
}

/// What a caller is told while a build runs.
pub trait Watch {
    /// A stage begins.
    fn stage(&mut self, stage: &Stage);
    /// So many records of what is being read, or bitexts, are done.
    fn progress(&mut self, what: &str, done: u64);
}

/// Says what a build of the corpus in `folder` would do.
pub fn plan(folder: &Path) -> Result<Plan> {
    let recipe = Recipe::read(folder)?;
    let out = folder.join(OUT);
    let store = open(&out)?;
    stages::plan(&recipe, folder, &out, store.as_ref())
}

/// Builds the corpus in `folder`.
pub fn build(folder: &Path, pool: &Pool, watch: &mut dyn Watch) -> Result<Built> {
    let recipe = Recipe::read(folder)?;
    let out = folder.join(OUT);
    let store = open(&out)?;
    let plan = stages::plan(&recipe, folder, &out, store.as_ref())?;
    let store = match store {
        Some(store) => store,
        None => Store::create(&out.join(STORE), recipe.corpus.source_lang, recipe.corpus.target_lang)?,
    };
    let built = Built { out, ..Built::default() };
    let mut building = Building { recipe: &recipe, folder, pool, store, built, watch };
    building.refuse_other_languages()?;
    for stage in &plan.stages {
        building.run(stage)?;
    }
    building.built.manifest = export::read_manifest(&building.built.out);
    Ok(building.built)
}

fn open(out: &Path) -> Result<Option<Store>> {
    let path = out.join(STORE);
    if path.exists() { Store::open(&path).map(Some) } else { Ok(None) }
}

struct Building<'a> {
    recipe: &'a Recipe,
    folder: &'a Path,
    pool: &'a Pool,
    store: Store,
    built: Built,
    watch: &'a mut dyn Watch,
}

impl Building<'_> {
    fn refuse_other_languages(&self) -> Result<()> {
        let corpus = &self.recipe.corpus;
        if (corpus.source_lang, corpus.target_lang) == (self.store.source_lang(), self.store.target_lang()) {
            return Ok(());
        }
        let cause = format!(
            "the recipe is for `{}`–`{}`, the store was made for `{}`–`{}`",
            corpus.source_lang,
            corpus.target_lang,
            self.store.source_lang(),
            self.store.target_lang()
        );
        Err(crate::Error::new(cause).in_file(self.store.path()).hint("remove the store to build it anew, or build in another folder"))
    }

    fn run(&mut self, stage: &Stage) -> Result<()> {
        self.built.stages.push(StageRun { name: stage.name, reasons: stage.reasons.clone() });
        if !stage.runs() {
            return Ok(());
        }
        self.watch.stage(stage);
        match stage.name {
            "ingest" => self.ingest()?,
            "align" => self.align()?,
            "check" => self.check()?,
            "score" => self.score()?,
            _ => self.export()?,
        }
        let json = serde_json::to_value(&stage.parts).expect("parts are plain strings");
        let key = crate::text::hash::content_hash(json.to_string().as_bytes());
        self.store.transaction(|store| store.put_stage(stage.name, &key, &json))
    }

    fn ingest(&mut self) -> Result<()> {
        let mut current = BTreeSet::new();
        let mut claimed = BTreeSet::new();
        for source in &self.recipe.sources {
            self.ingest_source(source, &mut claimed, &mut current)?;
        }
        for key in self.store.top_origin_keys()? {
            if !current.contains(&key) {
                self.store.transaction(|store| store.remove_origin(&key))?;
                self.built.taken_back.push(key);
            }
        }
        Ok(())
    }

    /// Ingests the files of a source that no earlier source has claimed.
    fn ingest_source(&mut self, source: &Source, claimed: &mut BTreeSet<PathBuf>, current: &mut BTreeSet<String>) -> Result<()> {
        let mut files = source.files(self.folder)?;
        if files.is_empty() {
            self.built.left_over.push((self.folder.join(&source.pattern), format!("source `{}` matches no file", source.name)));
        }
        files.retain(|file| {
            let new = claimed.insert(file.clone());
            if !new {
                self.built.left_over.push((file.clone(), format!("an earlier source has it already, not `{}`", source.name)));
            }
            new
        });
        let options = source.ingest_options(self.folder, &self.built.out)?;
        let found = ingest::discover(&files, self.store.source_lang(), self.store.target_lang(), &options)?;
        self.built.left_over.extend(found.unpaired);
        for item in &found.items {
            let name = item.files().first().map(|f| f.display().to_string()).unwrap_or_default();
            let watch = &mut *self.watch;
            let report = ingest::ingest(&mut self.store, self.pool, item, &options, &mut |done| watch.progress(&name, done))?;
            current.insert(report.key.clone());
            if report.change != ingest::Change::Unchanged {
                self.built.files.push(report);
            }
        }
        Ok(())
    }

    fn align(&mut self) -> Result<()> {
        let aligner = self.recipe.aligner()?;
        let watch = &mut *self.watch;
        let report =
            ingest::aligning::align_bitexts(&mut self.store, self.pool, &aligner, &mut |done| watch.progress("bitexts", done.number))?;
        self.built.align = Some(report);
        Ok(())
    }

    fn check(&mut self) -> Result<()> {
        let selection = self.recipe.check_selection()?;
        let terms = self.recipe.terms(self.folder)?;
        let watch = &mut *self.watch;
        let report =
            ingest::checking::check_units(&mut self.store, self.pool, &selection, terms, &mut |done| watch.progress("units", done))?;
        self.built.check = Some(report);
        Ok(())
    }

    fn score(&mut self) -> Result<()> {
        let watch = &mut *self.watch;
        let commands = self.recipe.score_commands();
        let mut progress = |what: &str, done| watch.progress(what, done);
        let report = ingest::scoring::score_units(
            &mut self.store,
            self.pool,
            Scorer::shipped(),
            &commands,
            self.recipe.cleaning()?.as_ref(),
            &mut progress,
        )?;
        self.built.score = Some(report);
        Ok(())
    }

    fn export(&mut self) -> Result<()> {
        let mut options = self.recipe.export_options()?;
        options.words = self.recipe.word_list_file(self.folder).map(|file| ingest::checking::read_words(&file)).transpose()?.map(Arc::new);
        let Exported { removed, empty, drops, .. } = export::export(&self.store, self.pool, &self.built.out, &options)?;
        self.built.removed = removed;
        self.built.drops = Some(drops);
        self.built.empty = empty;
        Ok(())
    }
}
