//! Units of the store → findings, kept with them. What is wrong is the checks' business; here it is asked for and written down.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::formats::Input;
use crate::formats::input::not_utf8;
use crate::model::{Finding, Lang, Unit};
use crate::parallel::Pool;
use crate::quality::{self, Context, Dismissed, LengthProfile, Pair, Rule, Selection, TermList, WordList};
use crate::store::{Store, StoredUnit, UnitQuery};
use crate::text::numbers::{Style, StyleVotes};

/// Units checked at a time.
const PAGE: usize = 2_000;

/// What checking found.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct CheckReport {
    /// Units checked.
    pub units: u64,
    /// Units with at least one finding.
    pub with_findings: u64,
    /// Findings by check.
    pub findings: BTreeMap<String, u64>,
}

/// Checks every unit anew and replaces the findings of the store, in one transaction. How they were found is kept with them.
pub fn check_units(
    store: &mut Store,
    pool: &Pool,
    selection: &Selection,
    terms: Option<TermList>,
    progress: &mut dyn FnMut(u64),
) -> Result<CheckReport> {
    let checking = Checking::with(selection, terms.as_ref());
    let checker = Checker { learnt: Learnt::of(store)?.with_terms(terms.map(Arc::new)), selection: selection.clone() };
    let mut report = CheckReport::default();
    store.transaction(|store| {
        store.clear_findings()?;
        store.set_checking(&serde_json::to_string(&checking).expect("plain data"))?;
        let check = |page: Vec<StoredUnit>| page.into_iter().map(|stored| (stored.row, checker.find(&stored))).collect::<Vec<_>>();
        let pages = store.unit_pages(UnitQuery::default(), PAGE)?;
        pool.map_ordered(pages, check, |checked: Vec<(i64, Vec<Finding>)>| {
            for (row, findings) in checked {
                report.add(&findings);
                store.put_findings(row, &findings)?;
            }
            progress(report.units);
            Ok(())
        })
    })?;
    Ok(report)
}

impl CheckReport {
    /// Counts the findings of one unit.
    pub fn add(&mut self, findings: &[Finding]) {
        self.units += 1;
        self.with_findings += u64::from(!findings.is_empty());
        for finding in findings {
            *self.findings.entry(finding.check.clone()).or_default() += 1;
        }
    }
}

/// Reads a glossary: required and forbidden translations of terms, as [`TermList`] has them. The columns are Spanish and English, in whichever
/// direction these languages are used; for other languages, source and target. The error names file, line and cause.
pub fn read_terms(path: &Path, source: Lang, target: Lang) -> Result<TermList> {
    let text = read_text(path)?;
    let turned = source.same_language(&Lang::EN) && target.same_language(&Lang::ES);
    let (source, target) = if turned { (target, source) } else { (source, target) };
    TermList::parse(&text, source, target).map_err(|e| e.in_file(path))
}

/// Reads words and phrases, as [`WordList::parse`] has them. The error names file, line and cause.
pub fn read_words(path: &Path) -> Result<WordList> {
    WordList::parse(&read_text(path)?).map_err(|e| e.in_file(path))
}

/// Reads keys of dismissed findings, as [`Dismissed::parse`] has them. The error names file, line and cause.
pub fn read_dismissed(path: &Path) -> Result<Dismissed> {
    Dismissed::parse(&read_text(path)?).map_err(|e| e.in_file(path))
}

/// A small file in UTF-8, without its mark.
fn read_text(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    Input::open(path, None)?.reader.read_to_end(&mut bytes).map_err(|e| Error::io(path, &e))?;
    let text = String::from_utf8(bytes).map_err(|e| not_utf8(e.as_bytes(), e.utf8_error().valid_up_to()).in_file(path))?;
    Ok(text.trim_start_matches('\u{feff}').to_string())
}

/// What the checks find in one unit.
pub fn find(unit: &Unit, context: &Context, selection: &Selection) -> Vec<Finding> {
    let pair = Pair { source: &unit.source, target: &unit.target, source_lang: unit.source_lang, target_lang: unit.target_lang };
    quality::check(&pair, context, selection)
}

/// How a store is checked: kept with its findings, so that a unit which changes is checked as the others were.
#[derive(Serialize, Deserialize)]
struct Checking {
    checks: Selection,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    terms: Option<Terms>,
}

/// A list of terms, as it was read.
#[derive(Serialize, Deserialize)]
struct Terms {
    langs: [Lang; 2],
    rules: Vec<Rule>,
}

impl Checking {
    fn with(selection: &Selection, terms: Option<&TermList>) -> Checking {
        let terms = terms.map(|terms| Terms { langs: terms.languages(), rules: terms.rules().to_vec() });
        Checking { checks: selection.clone(), terms }
    }

    /// How the store was checked last; with all checks if it never was.
    fn of(store: &Store) -> Result<Checking> {
        let Some(json) = store.checking()? else { return Ok(Checking::with(&Selection::all(), None)) };
        serde_json::from_str(&json).map_err(|e| Error::new(format!("how the store was checked: {e}")))
    }
}

/// Checks units of a store as it was checked last.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    learnt: Learnt,
    selection: Selection,
}

impl Checker {
    /// For this store; reads every unit once, for what the checks learn of the corpus.
    pub fn of(store: &Store) -> Result<Checker> {
        let Checking { checks, terms } = Checking::of(store)?;
        let terms = terms.map(|terms| Arc::new(TermList::of(terms.rules, terms.langs)));
        Ok(Checker { learnt: Learnt::of(store)?.with_terms(terms), selection: checks })
    }

    /// The same with these checks only.
    #[must_use]
    pub fn with_checks(self, selection: Selection) -> Checker {
        Checker { selection, ..self }
    }

    /// What the checks find in a unit as it is now.
    pub fn find(&self, stored: &StoredUnit) -> Vec<Finding> {
        self.learnt.find(stored, &self.selection)
    }
}

/// What the checks know of a store: of all its units, and how each file or bitext writes its numbers, where these tell.
#[derive(Debug, Clone, Default)]
pub struct Learnt {
    context: Context,
    /// The styles of the sides of an origin, by its key; only what is certain.
    styles: BTreeMap<String, [Option<Style>; 2]>,
}

impl Learnt {
    /// Reads every unit once, in the order of the origins.
    pub fn of(store: &Store) -> Result<Learnt> {
        let mut profile = LengthProfile::default();
        let mut styles = Styles::default();
        for page in store.unit_pages(UnitQuery::default(), PAGE)? {
            for stored in page? {
                profile.add(stored.unit.source.chars().count(), stored.unit.target.chars().count());
                styles.add(&stored.origin_key, &stored.unit);
            }
        }
        Ok(Learnt { context: Context { length: profile.ratio(), ..Context::shipped() }, styles: styles.finish() })
    }

    /// The same with required translations of terms.
    #[must_use]
    pub fn with_terms(mut self, terms: Option<Arc<TermList>>) -> Learnt {
        self.context.terms = terms;
        self
    }

    /// What the checks find in a unit of the store.
    pub fn find(&self, stored: &StoredUnit, selection: &Selection) -> Vec<Finding> {
        let Some([source_style, target_style]) = self.styles.get(&stored.origin_key) else {
            return find(&stored.unit, &self.context, selection);
        };
        find(&stored.unit, &Context { source_style: *source_style, target_style: *target_style, ..self.context.clone() }, selection)
    }
}

/// Learns how the sides of each origin write numbers; the units of an origin come one after another.
#[derive(Default)]
struct Styles {
    key: String,
    votes: [(StyleVotes, Option<Lang>); 2],
    certain: BTreeMap<String, [Option<Style>; 2]>,
}

impl Styles {
    fn add(&mut self, key: &str, unit: &Unit) {
        if key != self.key {
            self.end();
            self.key = key.to_string();
        }
        for ((votes, lang), (text, its)) in self.votes.iter_mut().zip([(&unit.source, unit.source_lang), (&unit.target, unit.target_lang)])
        {
            votes.add(text);
            lang.get_or_insert(its);
        }
    }

    fn end(&mut self) {
        let votes = std::mem::take(&mut self.votes);
        let styles = votes.map(|(votes, lang)| lang.map(|lang| votes.style(&lang)).filter(|style| style.certain));
        if styles.iter().any(Option::is_some) {
            self.certain.insert(std::mem::take(&mut self.key), styles);
        }
    }

    fn finish(mut self) -> BTreeMap<String, [Option<Style>; 2]> {
        self.end();
        self.certain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(source: &str, target: &str) -> Unit {
        Unit::new(Lang::ES, Lang::EN, source.into(), target.into())
    }

    #[test]
    fn each_origin_votes_for_itself_and_side_by_side() {
        let mut styles = Styles::default();
        for percent in ["3.5", "4.25", "2.1"] {
            styles.add("mx.tsv", &unit(&format!("Subió un {percent} %."), "It rose."));
        }
        styles.add("es.tsv", &unit("Subió un 3,5 %.", "It rose by 3.5 %."));
        let styles = styles.finish();
        assert_eq!(styles.keys().collect::<Vec<_>>(), ["mx.tsv"], "one number makes nothing certain");
        assert_eq!(styles["mx.tsv"], [Some(Style { decimal_comma: false, certain: true }), None]);
    }
}
