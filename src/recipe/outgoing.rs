//! `[clean]`, `[dedup]` and `[check]` of a recipe: what they mean, with the line and the near name of what is wrong in them.

use serde::Deserialize;

use super::Recipe;
use super::filter::{line, nearest};
use crate::error::{Error, Result};
use crate::export::{Dedup as ExportDedup, duplicates};
use crate::quality::clean::{Cleaning, RULES};
use crate::quality::duplicates::{Fold, Keep, Sides, Threshold};
use crate::quality::{CHECKS, Selection};

/// `[clean]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clean {
    /// Rules, or groups of them, as `clean --rules` has them.
    pub rules: Vec<String>,
}

/// `[dedup]`: its presence leaves duplicates out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dedup {
    /// The sides that are compared: `both`, `source` or `target`.
    pub sides: Option<String>,
    /// What of a spelling does not count: `none`, `case` or `letters`.
    pub fold: Option<String>,
    /// The least similarity of near duplicates, in (0, 1]; exact ones alone by default.
    pub near: Option<f64>,
    /// Which of a group stays: `best`, `first`, `none` or `all`.
    pub keep: Option<String>,
    /// Sources whose units are neither dropped nor compared with.
    pub except: Vec<String>,
}

impl Recipe {
    /// What texts are cleaned of on their way out, if anything.
    pub fn cleaning(&self) -> Result<Option<Cleaning>> {
        let cleaning = Cleaning::of(self.clean.rules.iter().map(String::as_str)).map_err(|e| Error::new(e.to_string()))?;
        Ok((!cleaning.is_empty()).then_some(cleaning))
    }

    /// Which units are left out as duplicates, if any are.
    pub fn duplicates(&self) -> Result<Option<ExportDedup>> {
        let Some(dedup) = &self.dedup else { return Ok(None) };
        let mut options = duplicates::Options::default();
        let wrong = |key: &str| {
            let key = key.to_string();
            move |cause: String| Error::new(format!("`dedup.{key}`: {cause}"))
        };
        if let Some(name) = &dedup.sides {
            options.sides = Sides::named(name).map_err(wrong("sides"))?;
        }
        if let Some(name) = &dedup.fold {
            options.fold = Fold::named(name).map_err(wrong("fold"))?;
        }
        if let Some(name) = &dedup.keep {
            options.keep = Keep::named(name).map_err(wrong("keep"))?;
        }
        options.near = dedup.near.map(Threshold::new).transpose().map_err(wrong("near"))?;
        Ok(Some(ExportDedup { options, except: dedup.except.clone() }))
    }

    /// The checks that are on, with their tiers.
    pub fn check_selection(&self) -> Result<Selection> {
        let on = Selection::all().without(self.check.off.iter().map(String::as_str));
        let mut on = on.map_err(|cause| Error::new(format!("`check.off`: {cause}")))?;
        for (id, tier) in &self.check.tiers {
            on = on.with_tier(id, *tier).map_err(|cause| Error::new(format!("`check.tiers`: {cause}")))?;
        }
        Ok(on)
    }

    /// Looks at these sections; the error has the line in `text`.
    pub(super) fn validate_outgoing(&self, text: &str) -> Result<()> {
        let at = |table: &str, word: &str, error: Error| match line_of(text, table, word) {
            Some(line) => error.at_line(line),
            None => error,
        };
        for rule in &self.clean.rules {
            Cleaning::of([rule.as_str()]).map_err(|e| {
                let names: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(["all", "repairs"]).collect();
                at("clean", rule, unknown(&e.to_string(), rule, &names))
            })?;
        }
        let ids: Vec<&str> = CHECKS.iter().map(|check| check.id).collect();
        if let Some(id) = self.check.off.iter().chain(self.check.tiers.keys()).find(|id| !ids.contains(&id.as_str())) {
            return Err(at("check", id, unknown(&format!("there is no check `{id}`"), id, &ids)));
        }
        self.check_selection().map_err(|e| at("check", "tiers", e))?;
        self.duplicates().map_err(|e| {
            let key = e.cause.split(['.', '`']).nth(2).unwrap_or_default().to_string();
            at("dedup", &key, e)
        })?;
        let sources: Vec<&str> = self.sources.iter().map(|source| source.name.as_str()).collect();
        if let Some(name) = self.dedup.iter().flat_map(|dedup| &dedup.except).find(|name| !sources.contains(&name.as_str())) {
            return Err(at("dedup", name, unknown(&format!("`dedup.except`: there is no source `{name}`"), name, &sources)));
        }
        Ok(())
    }
}

fn unknown(cause: &str, name: &str, names: &[&str]) -> Error {
    let near = nearest(name, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Error::new(format!("{cause}{near}")).hint(format!("there are {}", names.join(", ")))
}

/// The line in a table of the recipe that first has a word.
fn line_of(text: &str, table: &str, word: &str) -> Option<u64> {
    let start = text.find(&format!("[{table}]")).or_else(|| text.find(&format!("[{table}.")))?;
    let at = start + text[start..].find(word)?;
    Some(line(text, at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refused};
    use super::*;

    #[test]
    fn nothing_is_cleaned_or_dropped_unless_it_is_said() {
        let recipe = read("");
        assert!(recipe.cleaning().expect("rules").is_none() && recipe.duplicates().expect("options").is_none());
        let recipe = read("[clean]\nrules = [\"spaces\"]\n[dedup]\nkeep = \"first\"\n");
        assert_eq!(recipe.cleaning().expect("rules").map(|cleaning| cleaning.rules().count()), Some(1));
        assert_eq!(recipe.duplicates().expect("options").map(|dedup| dedup.options.keep), Some(Keep::First));
    }

    #[test]
    fn wrong_names_are_told_with_their_lines_and_near_names() {
        refused("[clean]\nrules = [\n  \"nfc\",\n  \"space\",\n]\n", 8, "there is no rule `space`; did you mean `spaces`?");
        refused("[dedup]\nkeep = \"beste\"\n", 6, "`dedup.keep`: no policy `beste`");
        refused("[dedup]\nnear = 3.0\n", 6, "`dedup.near`");
        refused("[dedup]\nexcept = [\"statments\"]\n[[source]]\nname = \"statements\"\nmatch = \"*\"\n", 6, "did you mean `statements`?");
        refused("[check]\noff = [\"nunber\"]\n", 6, "there is no check `nunber`; did you mean `number`?");
        refused("[check]\ntiers = { number = 5 }\n", 6, "there is no tier `5`");
        refused("[dedup]\nkep = \"best\"\n", 6, "unknown field `kep`");
    }
}
