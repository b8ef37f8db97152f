//! The recipe `bitexto.toml`: what a corpus consists of and how it is built. Types, defaults, validation; running it is [`mod@build`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::align;
use crate::error::{Error, Result};
use crate::formats::{self, Format};
use crate::ingest::{self, checking::read_terms};
use crate::model::{Lang, Medium, Provenance};
use crate::quality::{Filtering, Rules, TermList};
use crate::segment::Paragraphs;

pub mod build;
mod filter;
mod outgoing;
mod stages;

pub use build::{Built, build};
pub use filter::{FilterTable, Score};
pub use outgoing::{Clean, Dedup};
pub use stages::{Plan, Stage};

/// The file name of a recipe.
pub const FILE: &str = "bitexto.toml";

/// A recipe.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The corpus as a whole.
    pub corpus: Corpus,
    /// Where its texts come from.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// How bitexts are aligned.
    #[serde(default)]
    pub align: Align,
    /// What is checked.
    #[serde(default)]
    pub check: Check,
    /// What texts are cleaned of on their way out.
    #[serde(default)]
    pub clean: Clean,
    /// Which units are left out as duplicates; without it none is.
    pub dedup: Option<Dedup>,
    /// Scores that other programs give.
    #[serde(default, rename = "score")]
    pub scores: Vec<Score>,
    /// What is kept, as it is written; [`Recipe::filtering`] is what it means.
    #[serde(default)]
    pub filter: FilterTable,
    /// What is kept of each source.
    #[serde(skip, default = "everything")]
    pub filtering: Filtering,
    /// What is written.
    #[serde(default)]
    pub export: Export,
}

fn everything() -> Filtering {
    Filtering::of(Rules::none())
}

/// `[corpus]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corpus {
    /// Its name: the first part of the exported files' names.
    pub name: String,
    /// The title of the report; the name by default.
    pub title: Option<String>,
    /// The language of the source side.
    pub source_lang: Lang,
    /// The language of the target side.
    pub target_lang: Lang,
}

/// `[[source]]`: some files and what is known of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A name for tables.
    pub name: String,
    /// A glob relative to the recipe's folder.
    #[serde(rename = "match")]
    pub pattern: String,
    /// The format; found out by default.
    pub format: Option<String>,
    /// The language of the files' first side.
    pub source_lang: Option<Lang>,
    /// The language of the files' second side.
    pub target_lang: Option<Lang>,
    /// The language of the originals.
    pub original_lang: Option<Lang>,
    /// The encoding, if it is no Unicode.
    pub encoding: Option<String>,
    /// What separates paragraphs of documents: `auto`, `line` or `blank`.
    pub paragraphs: Option<String>,
    /// SPDX licence identifier, or `quotation`.
    pub licence: Option<String>,
    /// Who published the texts.
    pub outlet: Option<String>,
    /// When: EDTF.
    pub date: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who said it.
    pub speaker: Option<String>,
    /// The speaker's role at the time.
    pub role: Option<String>,
    /// The occasion.
    pub event: Option<String>,
    /// Where it was said.
    pub place: Option<String>,
    /// Through what it was said.
    pub medium: Option<Medium>,
    /// What holds for the source side only: `[source.source_side]`.
    #[serde(default)]
    pub source_side: Provenance,
    /// What holds for the target side only: `[source.target_side]`.
    #[serde(default)]
    pub target_side: Provenance,
    /// What is kept of it, where that is not as for every source: `[source.filter]`.
    #[serde(default)]
    pub filter: FilterTable,
}

/// `[align]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Align {
    /// Most source and target segments in one bead, `M:N`.
    pub max_bead: Option<String>,
}

/// `[check]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Check {
    /// Checks that are switched off.
    pub off: Vec<String>,
    /// The tiers of checks that are to have another than their own.
    pub tiers: BTreeMap<String, u8>,
    /// How terms must be translated: a table in the corpus folder, as `check --glossary` reads it.
    pub glossary: Option<String>,
}

/// `[export]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Export {
    /// The formats.
    pub formats: Vec<String>,
    /// Whether to write the HTML report.
    pub report: bool,
    /// Whether tables get a line with column names.
    pub header: bool,
    /// Leaves out units of beads with a lower confidence.
    pub min_confidence: f64,
    /// Where `[filter]` begins, said here.
    pub preset: Option<Spanned<String>>,
}

impl Default for Export {
    fn default() -> Export {
        let formats = ["tmx", "parquet", "jsonl", "tsv"].map(String::from).into();
        Export { formats, report: true, header: false, min_confidence: 0.0, preset: None }
    }
}

impl Recipe {
    /// Reads and validates the recipe in `folder`.
    pub fn read(folder: &Path) -> Result<Recipe> {
        let path = folder.join(FILE);
        if folder.is_dir() && !path.exists() {
            let hint = "a corpus folder holds a recipe; `corpus/bitexto.toml` of the sources is a commented one";
            return Err(Error::new(format!("no `{FILE}` in this folder")).in_file(folder).hint(hint));
        }
        let text = std::fs::read_to_string(&path).map_err(|e| Error::io(&path, &e))?;
        Recipe::parse(&text).map_err(|e| e.in_file(&path))
    }

    /// Parses and validates a recipe.
    pub fn parse(text: &str) -> Result<Recipe> {
        let mut recipe: Recipe = toml::from_str(text).map_err(|e| toml_error(text, &e))?;
        recipe.filtering = recipe.read_filtering(text)?;
        recipe.validate_outgoing(text)?;
        recipe.validate()?;
        Ok(recipe)
    }

    fn validate(&self) -> Result<()> {
        if self.corpus.name.is_empty() || self.corpus.name.contains(['/', '\\']) {
            return Err(Error::new("`corpus.name` must be a plain name: it begins the names of the exported files"));
        }
        for (n, source) in self.sources.iter().enumerate() {
            if self.sources[..n].iter().any(|earlier| earlier.name == source.name) {
                return Err(Error::new(format!("two sources are named `{}`", source.name)));
            }
            source.format()?;
            source.paragraphs()?;
            source.glob()?;
        }
        self.aligner()?;
        self.export_formats()?;
        if !(0.0..=1.0).contains(&self.export.min_confidence) {
            return Err(Error::new(format!("`export.min_confidence` is {}, must be from 0 to 1", self.export.min_confidence)));
        }
        Ok(())
    }

    /// The aligner with its options.
    pub fn aligner(&self) -> Result<align::Aligner> {
        let mut aligner = align::Aligner::shipped(align::Options::default());
        if let Some(text) = &self.align.max_bead {
            aligner.options.max_bead = align::parse_max_bead(text).map_err(|cause| Error::new(format!("`align.max_bead`: {cause}")))?;
        }
        Ok(aligner)
    }

    /// The glossary of the checks, if the recipe names one.
    pub fn terms(&self, folder: &Path) -> Result<Option<TermList>> {
        let path = self.check.glossary.as_ref().map(|name| folder.join(name));
        path.map(|path| read_terms(&path, self.corpus.source_lang, self.corpus.target_lang)).transpose()
    }

    fn export_formats(&self) -> Result<Vec<&'static Format>> {
        formats::writable(&self.export.formats).map_err(|e| Error::new(format!("`export.formats`: {}", e.cause)))
    }

    /// What to export.
    pub fn export_options(&self) -> Result<crate::export::Options> {
        let mut options = crate::export::Options::new(self.export_formats()?);
        options.report = self.export.report;
        options.header = self.export.header;
        options.min_confidence = self.export.min_confidence;
        options.stem.clone_from(&self.corpus.name);
        options.filtering = self.filtering.clone();
        options.checks = self.check_selection()?;
        options.cleaning = self.cleaning()?;
        options.dedup = self.duplicates()?;
        options.title = self.corpus.title.clone().unwrap_or_else(|| self.corpus.name.clone());
        Ok(options)
    }
}

impl Source {
    fn format(&self) -> Result<Option<&'static Format>> {
        self.format.as_deref().map(formats::by_name).transpose().map_err(|e| Error::new(format!("source `{}`: {}", self.name, e.cause)))
    }

    fn paragraphs(&self) -> Result<Paragraphs> {
        let Some(name) = &self.paragraphs else { return Ok(Paragraphs::Auto) };
        let unknown = || Error::new(format!("source `{}`: `paragraphs` is `{name}`, must be `auto`, `line` or `blank`", self.name));
        Paragraphs::from_name(name).ok_or_else(unknown)
    }

    fn glob(&self) -> Result<glob::Pattern> {
        glob::Pattern::new(&self.pattern).map_err(|e| Error::new(format!("source `{}`: `match` is no glob: {e}", self.name)))
    }

    /// The files it matches, sorted.
    pub fn files(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let pattern = format!("{}/{}", glob::Pattern::escape(&folder.to_string_lossy()), self.pattern);
        let unreadable = |e: &dyn std::fmt::Display| Error::new(format!("source `{}`: {e}", self.name));
        let mut files = glob::glob(&pattern).map_err(|e| unreadable(&e))?.collect::<Result<Vec<_>, _>>().map_err(|e| unreadable(&e))?;
        files.retain(|file| file.is_file());
        files.sort();
        Ok(files)
    }

    /// The options its files are ingested with.
    pub fn ingest_options(&self, root: &Path, rejected_folder: &Path) -> Result<ingest::Options> {
        let mut options = ingest::Options::new(root, rejected_folder);
        options.source_name = Some(self.name.clone());
        options.format = self.format()?;
        options.source_lang = self.source_lang;
        options.target_lang = self.target_lang;
        options.original_lang = self.original_lang;
        options.encoding.clone_from(&self.encoding);
        options.paragraphs = self.paragraphs()?;
        let both = self.provenance();
        options.provenance = [self.source_side.clone().or(&both), self.target_side.clone().or(&both)];
        Ok(options)
    }

    fn provenance(&self) -> Provenance {
        Provenance {
            speaker: self.speaker.clone(),
            role: self.role.clone(),
            event: self.event.clone(),
            date: self.date.clone(),
            place: self.place.clone(),
            medium: self.medium,
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            licence: self.licence.clone(),
            ..Provenance::default()
        }
    }
}

/// TOML's error with its line and without its drawing.
fn toml_error(text: &str, error: &toml::de::Error) -> Error {
    let mut lines = error.message().lines();
    let cause = lines.next().unwrap_or("not TOML").to_string();
    let ours = Error::new(cause);
    match error.span() {
        Some(span) => ours.at_line(filter::line(text, span.start)),
        None => ours,
    }
}

/// What tests of recipes begin with.
#[cfg(test)]
mod testing {
    use super::Recipe;

    /// The least recipe, four lines long.
    pub(super) const HEAD: &str = "[corpus]\nname = \"paz\"\nsource_lang = \"es\"\ntarget_lang = \"en\"\n";

    pub(super) fn read(tail: &str) -> Recipe {
        Recipe::parse(&format!("{HEAD}{tail}")).expect("a recipe")
    }

    #[track_caller]
    pub(super) fn refused(tail: &str, line: u64, cause: &str) {
        let error = Recipe::parse(&format!("{HEAD}{tail}")).expect_err("refused");
        let text = error.to_string();
        assert!(text.contains(cause), "{text}");
        assert_eq!(error.line, Some(line), "{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::testing::HEAD;
    use super::*;

    fn refused(tail: &str) -> String {
        Recipe::parse(&format!("{HEAD}{tail}")).expect_err("refused").to_string()
    }

    #[test]
    fn a_short_recipe_has_defaults() {
        let recipe = Recipe::parse(HEAD).expect("a recipe");
        assert_eq!(recipe.corpus.source_lang, Lang::ES);
        assert!(recipe.export.report);
        assert_eq!(recipe.aligner().expect("an aligner").options, align::Options::default());
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let error = Recipe::parse(&format!("{HEAD}[[source]]\nname = \"a\"\nmatch = \"*.tsv\"\nlicense = \"CC0-1.0\"\n"))
            .expect_err("refused")
            .in_file(Path::new("bitexto.toml"))
            .to_string();
        assert!(error.starts_with("bitexto.toml:8: unknown field `license`"), "{error}");
        assert!(error.contains("licence"), "{error}");
    }

    #[test]
    fn values_are_checked_before_anything_runs() {
        assert!(refused("[export]\nformats = [\"docx\"]\n").contains("unknown format `docx`"));
        assert!(refused("[export]\nmin_confidence = 2\n").contains("from 0 to 1"));
        assert!(refused("[[source]]\nname = \"a\"\nmatch = \"*\"\nparagraphs = \"page\"\n").contains("`page`"));
        assert!(refused("[[source]]\nname = \"a\"\nmatch = \"*\"\n[[source]]\nname = \"a\"\nmatch = \"*\"\n").contains("two sources"));
        assert!(refused("[check]\noff = [\"spelling\"]\n").contains("spelling"));
        assert!(refused("[align]\nmax_bead = \"9\"\n").contains("max_bead"));
        assert!(Recipe::parse("[corpus]\nname = \"a\"\nsource_lang = \"castellano\"\ntarget_lang = \"en\"\n").is_err());
    }
}
