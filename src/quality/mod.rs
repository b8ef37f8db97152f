//! Quality checks: what a person should look at in a pair of texts. A finding is a reason to look, never a verdict; nothing is dropped here.
//!
//! ```
//! use bitexto::quality::{Context, Pair, Selection, check, message};
//! use bitexto::text::Lang;
//! let pair = Pair { source: "Murieron 12 personas.", target: "Twenty people died.", source_lang: Lang::ES, target_lang: Lang::EN };
//! let findings = check(&pair, &Context::default(), &Selection::all());
//! assert_eq!(findings[0].check, "number");
//! assert_eq!(message(&findings[0], &Lang::EN), "numbers differ: 12 in the source, Twenty in the target");
//! ```

mod blank;
pub mod checks;
pub mod clean;
mod context;
#[cfg(test)]
mod contract;
pub mod coverage;
mod data;
mod definition;
mod dismissed;
mod docs;
pub mod drops;
pub mod duplicates;
pub mod filtering;
pub mod filters;
mod function_words;
mod glossary;
mod judge;
mod marks;
mod messages;
mod mood;
pub mod names;
pub mod negation;
pub mod personal;
mod phrases;
mod place;
mod quotes;
mod reading;
mod rules;
pub mod score;
mod selection;
mod spelling;
mod word_list;

pub use checks::CHECKS;
pub use context::{Context, LengthProfile, LengthRatio};
pub use definition::{About, Check, Example, Pair};
pub use dismissed::Dismissed;
pub use docs::{doc, docs};
pub use drops::Drops;
pub use filtering::Filtering;
pub use glossary::{Broken, Rule, TermList};
pub use judge::{Judge, Judgement};
pub use messages::message;
pub use reading::Reading;
pub use rules::{Dropping, Preset, Rules};
pub use selection::{Selection, SelectionError, TIERS};
pub use word_list::WordList;

use crate::model::{Finding, Signature};

/// The findings of the selected checks, in the order of [`CHECKS`], each with the tier that the selection gives it.
///
/// When a side is empty there is nothing to compare: only [`checks::empty_side`] runs. When a side is in another language, its words are not
/// compared: only the checks that look at no words, or found it, have a say.
pub fn check(pair: &Pair<'_>, context: &Context, selection: &Selection) -> Vec<Finding> {
    check_if(&Reading::new(*pair, context), selection, |_| true)
}

/// The findings of those of the selected checks that are wanted.
fn check_if(pair: &Reading<'_>, selection: &Selection, is_wanted: impl Fn(&Check) -> bool) -> Vec<Finding> {
    let wanted = || selection.checks().filter(|check| is_wanted(check));
    let mut findings = Vec::new();
    let mut find = |check: &Check| {
        let before = findings.len();
        (check.run)(pair, &mut findings);
        let found = findings.len() > before;
        if found && let Some(tier) = selection.tier(check) {
            findings[before..].iter_mut().for_each(|finding| finding.tier = tier);
        }
        found
    };
    if blank::is_blank(pair.source) || blank::is_blank(pair.target) {
        for check in wanted().filter(|check| check.id == checks::empty_side::EMPTY_SIDE.id) {
            find(check);
        }
        return findings;
    }
    for check in wanted() {
        if find(check) && check.id == checks::wrong_language::WRONG_LANGUAGE.id {
            for check in wanted().filter(|check| WORDLESS.contains(&check.id)) {
                find(check);
            }
            break;
        }
    }
    findings
}

/// Checks that follow [`checks::wrong_language`] and look at no words.
const WORDLESS: &[&str] = &["number", "number-scale", "url", "markup", "control", "mojibake"];

/// The selected checks with their versions, and their tiers where they are set: `number:3@2` is version 3 in tier 2.
pub fn signature(selection: &Selection) -> Signature {
    selection.checks().fold(Signature::default(), |signature, check| match selection.tier(check) {
        Some(tier) => signature.with(check.id, format_args!("{}@{tier}", check.version)),
        None => signature.with(check.id, check.version),
    })
}
