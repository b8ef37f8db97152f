//! `[filter]`, `[source.filter]` and `[[score]]` of a recipe: what is written there becomes what is kept, source by source. Every key and value is
//! looked at before anything runs, and a wrong one is told with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::{Spanned, Value};

use super::Recipe;
use crate::error::{Error, Result};
use crate::ingest::scoring::ScoreCommand;
use crate::quality::filtering::{Filtering, Keep, dropping};
use crate::quality::filters::{FILTERS, Interval};
use crate::quality::{CHECKS, Preset, Rules};
use crate::store::OF_FILE;

/// `[filter]`: `preset`, an interval for each filter or score, and `checks`.
pub type FilterTable = BTreeMap<String, Spanned<Value>>;

/// The preset that keeps everything; where a recipe begins that names none.
const NO_PRESET: &str = "none";

/// The key of `[filter]` for a file of words and phrases that the filter `words-listed` looks for.
const WORD_LIST: &str = "word_list";

/// `[[score]]`: a score that another program gives.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// What it is called, in `[filter]` too.
    pub name: Spanned<String>,
    /// What gives it: a pair on each line of its standard input, a number on each line of its standard output.
    pub command: String,
    /// The values that are kept, as in `[filter]`.
    pub keep: Option<Spanned<String>>,
}

impl Recipe {
    /// What is kept, as the recipe says; the error has the line in `text`.
    pub(super) fn read_filtering(&self, text: &str) -> Result<Filtering> {
        Reading { recipe: self, text }.filtering()
    }

    /// The file of listed words, if the recipe names one.
    pub(super) fn word_list_file(&self, folder: &Path) -> Option<PathBuf> {
        self.filter.get(WORD_LIST).and_then(|name| name.get_ref().as_str()).map(|name| folder.join(name))
    }

    /// The commands that score.
    pub fn score_commands(&self) -> Vec<ScoreCommand> {
        self.scores.iter().map(|score| ScoreCommand { name: score.name.get_ref().clone(), command: score.command.clone() }).collect()
    }
}

/// A recipe and its text, for the lines of what is wrong in it.
struct Reading<'a> {
    recipe: &'a Recipe,
    text: &'a str,
}

impl Reading<'_> {
    fn filtering(&self) -> Result<Filtering> {
        let scores = self.score_names()?;
        let intervals = self.recipe.scores.iter().map(|score| score.keep.as_ref().map_or(Ok(Interval::ANY), |keep| self.interval(keep)));
        // The score that came with a file has no command, and its name is always known.
        let intervals = intervals.chain([Ok(Interval::ANY)]).collect::<Result<Vec<_>>>()?;
        let nothing = Filtering { scores, every: Keep { rules: Rules::none(), scores: intervals }, sources: BTreeMap::new() };
        let every = match self.recipe.export.preset.as_ref() {
            Some(name) => Keep { rules: self.preset(name.get_ref(), name.span())?, ..nothing.every.clone() },
            None => nothing.every.clone(),
        };
        let mut filtering = Filtering { every, ..nothing.clone() };
        if let (Some(_), Some(preset)) = (&self.recipe.export.preset, self.recipe.filter.get("preset")) {
            return Err(self.at(preset.span(), "`filter.preset` and `export.preset` say the same: leave out one of them".into()));
        }
        self.recipe.filter.get(WORD_LIST).map(|name| self.text_of(name)).transpose()?;
        if let Some(name) = self.recipe.sources.iter().find_map(|source| source.filter.get(WORD_LIST)) {
            return Err(self.at(name.span(), format!("`{WORD_LIST}` is one for all sources: it stands in `[filter]`")));
        }
        filtering.every = self.keep(filtering.every.clone(), &nothing, &self.recipe.filter)?;
        for source in self.recipe.sources.iter().filter(|source| !source.filter.is_empty()) {
            let keep = self.keep(filtering.every.clone(), &nothing, &source.filter)?;
            filtering.sources.insert(source.name.clone(), keep);
        }
        // What a preset has of a check that is off drops nothing, and is not to be told as if it did.
        for keep in std::iter::once(&mut filtering.every).chain(filtering.sources.values_mut()) {
            keep.rules = self.recipe.check.off.iter().fold(keep.rules.clone(), |rules, id| rules.with_check(id, None));
        }
        Ok(filtering)
    }

    /// What `base` becomes by a table; one that names a preset begins with it, and not with `base`.
    fn keep(&self, base: Keep, nothing: &Filtering, table: &FilterTable) -> Result<Keep> {
        let mut keep = base;
        if let Some(preset) = table.get("preset") {
            let name = self.text_of(preset)?;
            keep = Keep { rules: self.preset(name, preset.span())?, ..nothing.every.clone() };
        }
        for (key, value) in table.iter().filter(|(key, _)| !["preset", WORD_LIST].contains(&key.as_str())) {
            keep = if key == "checks" { self.checks(keep, value)? } else { self.interval_of(keep, nothing, key, value)? };
        }
        Ok(keep)
    }

    fn preset(&self, name: &str, span: Range<usize>) -> Result<Rules> {
        if name == NO_PRESET {
            return Ok(Rules::none());
        }
        let names: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).chain([NO_PRESET]).collect();
        Preset::named(name).map(Rules::of).map_err(|_| self.unknown(span, "preset", name, &names))
    }

    fn interval_of(&self, mut keep: Keep, nothing: &Filtering, key: &str, value: &Spanned<Value>) -> Result<Keep> {
        let score = nothing.scores.iter().position(|name| name == key);
        if score.is_none() && FILTERS.iter().all(|filter| filter.id != key) {
            if CHECKS.iter().any(|check| check.id == key) {
                let error = self.at(value.span(), format!("`{key}` is a check, no filter"));
                return Err(error.hint(format!("checks that drop stand in a table of their own: `checks = {{ {key} = \"tier 1\" }}`")));
            }
            let names: Vec<&str> = FILTERS
                .iter()
                .map(|f| f.id)
                .chain(nothing.scores.iter().map(String::as_str))
                .chain(["preset", "checks", WORD_LIST])
                .collect();
            return Err(self.unknown(value.span(), "filter", key, &names));
        }
        let text = self.text_of(value)?;
        let wrong = |cause: String| self.at(value.span(), format!("`{key}`: {cause}"));
        let interval: Interval = text.parse().map_err(wrong)?;
        match score {
            Some(n) => keep.scores[n] = interval,
            None => keep.rules = keep.rules.with(key, interval).map_err(wrong)?,
        }
        Ok(keep)
    }

    fn checks(&self, mut keep: Keep, table: &Spanned<Value>) -> Result<Keep> {
        let Value::Table(checks) = table.get_ref() else {
            return Err(self.at(table.span(), "`checks` is a table such as `checks = { number = \"tier 1\" }`".into()));
        };
        for (id, value) in checks {
            let Some(check) = CHECKS.iter().find(|check| check.id == id) else {
                let names: Vec<&str> = CHECKS.iter().map(|check| check.id).collect();
                return Err(self.unknown(self.key_in(table.span(), id), "check", id, &names));
            };
            let span = || self.key_in(table.span(), id);
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Integer(tier) => format!("tier {tier}"),
                _ => return Err(self.at(span(), format!("`{id}` must be a text such as \"tier 1\""))),
            };
            let drops = dropping(check.id, &text).map_err(|cause| self.at(span(), format!("`{id}`: {cause}")))?;
            if drops.is_some() && self.recipe.check.off.contains(id) {
                return Err(self.at(span(), format!("`{id}` finds nothing: it is off in `[check]`")));
            }
            keep.rules = keep.rules.with_check(check.id, drops);
        }
        Ok(keep)
    }

    /// The names of the scores, that of files last.
    fn score_names(&self) -> Result<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for score in &self.recipe.scores {
            let (name, span) = (score.name.get_ref(), score.name.span());
            let is_plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if !is_plain {
                return Err(self.at(span, format!("`{name}` is no name for a score: lower-case letters, digits and hyphens")));
            }
            if names.contains(name) {
                return Err(self.at(span, format!("two scores are named `{name}`")));
            }
            let filters = FILTERS.iter().map(|filter| filter.id);
            if filters
                .chain(CHECKS.iter().map(|check| check.id))
                .chain(["preset", "checks", OF_FILE])
                .chain(RESERVED)
                .any(|taken| taken == name)
            {
                return Err(self.at(span, format!("`{name}` has a meaning already: give the score another name")));
            }
            if score.command.trim().is_empty() {
                return Err(self.at(span, format!("score `{name}`: the command is empty")));
            }
            names.push(name.clone());
        }
        names.push(OF_FILE.to_string());
        Ok(names)
    }

    fn interval(&self, text: &Spanned<String>) -> Result<Interval> {
        text.get_ref().parse().map_err(|cause| self.at(text.span(), format!("`keep`: {cause}")))
    }

    fn text_of<'v>(&self, value: &'v Spanned<Value>) -> Result<&'v str> {
        value.get_ref().as_str().ok_or_else(|| self.at(value.span(), "must be a text such as \"0.5..\", \"1..80\" or \"off\"".into()))
    }

    fn unknown(&self, span: Range<usize>, what: &str, name: &str, names: &[&str]) -> Error {
        let near = nearest(name, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        self.at(span, format!("there is no {what} `{name}`{near}")).hint(format!("{what}s: {}", names.join(", ")))
    }

    fn at(&self, span: Range<usize>, cause: String) -> Error {
        Error::new(cause).at_line(line(self.text, span.start))
    }

    /// Where a key stands in a table: the values of an inline table have no places of their own.
    fn key_in(&self, table: Range<usize>, key: &str) -> Range<usize> {
        let within = self.text.get(table.clone()).and_then(|text| text.find(key)).unwrap_or(0);
        // A table with a header of its own, `[filter.checks]`, has the place of the header.
        let after = self.text.get(table.start..).and_then(|text| text.find(&format!("\n{key}"))).map(|at| at + 1);
        let at = table.start + if within > 0 { within } else { after.unwrap_or(0) };
        at..at
    }
}

/// Reasons that are no filter, check or score.
const RESERVED: [&str; 4] = ["unreadable", "review", "confidence", "duplicate"];

/// The 1-based line of a byte.
pub(super) fn line(text: &str, byte: usize) -> u64 {
    text.get(..byte).map_or(1, |before| before.matches('\n').count() as u64 + 1)
}

/// The name that differs least from what was written, if it is near: at most a third of the letters wrong.
pub(super) fn nearest<'n>(written: &str, names: &[&'n str]) -> Option<&'n str> {
    let near = names.iter().map(|name| (distance(written, name), *name)).min()?;
    (near.0 * 3 <= written.chars().count().max(3)).then_some(near.1)
}

/// How many letters have to be put in, left out, replaced or swapped with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { least.min(rows[i - 2][j - 2] + 1) } else { least }
                }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refused};
    use super::*;

    #[test]
    fn without_a_filter_everything_is_kept() {
        assert!(read("").filtering.keeps_everything());
        assert!(read("[filter]\npreset = \"none\"\n").filtering.keeps_everything());
    }

    #[test]
    fn a_preset_is_where_values_begin_and_a_source_may_differ() {
        let recipe = read(
            "[filter]\npreset = \"training\"\ntranslation = \"0.3..\"\nwords = \"1..80\"\nlength = \"off\"\nchecks = { url = \"off\", omission = 1 }\n\
             [[source]]\nname = \"a\"\nmatch = \"*.tsv\"\n[source.filter]\nwords = \"..40\"\nchecks = { number = \"tier 2 unless 0.9\" }\n\
             [[source]]\nname = \"b\"\nmatch = \"*.tmx\"\nfilter = { preset = \"none\", words = \"2..\" }\n[[source]]\nname = \"c\"\nmatch = \"*\"\n",
        );
        let effective = recipe.filtering.effective();
        assert_eq!((effective.value("translation"), effective.value("words"), effective.value("length")), ("0.3..", "1..80", "off"));
        assert_eq!((effective.value("url"), effective.value("omission"), effective.value("copied")), ("off", "tier 1", "tier 1"));
        let a: Vec<_> = effective.sources["a"].iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(a, [("number", "tier 2 unless 0.9"), ("words", "..40")]);
        assert_eq!((effective.sources["b"]["words"].as_str(), effective.sources["b"]["translation"].as_str()), ("2..", "off"));
        assert!(!effective.sources.contains_key("c"));
    }

    #[test]
    fn a_check_that_is_off_drops_nothing() {
        let recipe = read("[check]\noff = [\"number\"]\n[filter]\npreset = \"training\"\n");
        assert_eq!((recipe.filtering.effective().value("number"), recipe.filtering.effective().value("url")), ("off", "tier 1"));
    }

    #[test]
    fn scores_of_other_programs_are_filters() {
        let recipe = read(
            "[[score]]\nname = \"comet\"\ncommand = \"comet\"\nkeep = \"0.5..\"\n[[score]]\nname = \"laser\"\ncommand = \"laser\"\n[filter]\nlaser = \"1.04..\"\nfile = \"0.1..\"\n",
        );
        let effective = recipe.filtering.effective();
        assert_eq!((effective.value("comet"), effective.value("laser"), effective.value("file")), ("0.5..", "1.04..", "0.1.."));
        assert_eq!(recipe.score_commands()[1].name, "laser");
    }

    #[test]
    fn wrong_keys_and_values_are_told_with_their_lines_and_near_names() {
        refused("[filter]\npreset = \"trainning\"\n", 6, "there is no preset `trainning`; did you mean `training`?");
        refused("[filter]\nwords = \"1..80\"\nwrods = \"1..80\"\n", 7, "there is no filter `wrods`; did you mean `words`?");
        refused("[filter]\nletters = \"2..\"\n", 6, "from 0 to 1");
        refused("[filter]\nletters = 2\n", 6, "must be a text");
        refused("[filter]\nletters = \"0.5\"\n", 6, "not LEAST..MOST");
        refused("[filter]\nnumber = \"tier 1\"\n", 6, "`number` is a check");
        refused("[filter]\nchecks = { nunber = \"tier 1\" }\n", 6, "there is no check `nunber`; did you mean `number`?");
        refused("[filter.checks]\nurl = \"off\"\nnumber = \"tier 7\"\n", 7, "there is no tier 7");
        refused(
            "[[source]]\nname = \"a\"\nmatch = \"*\"\n[source.filter]\npreset = \"strict\"\nlenght = \"off\"\n",
            10,
            "did you mean `length`?",
        );
        refused("[check]\noff = [\"url\"]\n[filter]\nchecks = { url = \"tier 1\" }\n", 8, "it is off in `[check]`");
        refused("[[score]]\nname = \"words\"\ncommand = \"x\"\n", 6, "has a meaning already");
        refused("[[score]]\nname = \"comet\"\ncommand = \"x\"\nkeep = \"x\"\n", 8, "`keep`");
        refused("[[score]]\nname = \"comet\"\ncommand = \" \"\n", 6, "the command is empty");
        refused("[export]\npreset = \"review\"\n[filter]\npreset = \"strict\"\n", 8, "leave out one");
        refused("[fliter]\npreset = \"strict\"\n", 5, "unknown field `fliter`");
    }

    #[test]
    fn near_is_near() {
        assert_eq!(nearest("wrods", &["words", "length"]), Some("words"));
        assert_eq!(nearest("xyz", &["words", "length"]), None);
    }
}
