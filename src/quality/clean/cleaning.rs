//! The rules that were chosen, applied in the order of the registry until nothing changes, and counted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::{Edits, Kind, RULES, Rule, Side};
use crate::model::Signature;
use crate::quality::Pair;
use crate::text::Lang;

/// Rules are applied again to what they made, at most this often; three suffice for text that was escaped three times.
const MOST_ROUNDS: usize = 16;

/// The rules that were chosen, in the order of [`RULES`] whatever the order of the choice.
///
/// ```
/// use bitexto::quality::clean::{Cleaning, Counts};
/// use bitexto::text::Lang;
/// let cleaning = Cleaning::of(["spaces", "entities"]).unwrap();
/// let mut counts = Counts::default();
/// assert_eq!(cleaning.clean("Tom &amp;amp; Ana ,  juntos", Lang::ES, &mut counts), "Tom & Ana, juntos");
/// assert_eq!(counts.of("entities").changes, 2);
/// assert_eq!(cleaning.signature().to_string(), "clean.entities:1|clean.spaces:1");
/// ```
#[derive(Debug, Clone)]
pub struct Cleaning(Vec<&'static Rule>);

/// There is no such rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule(pub String);

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule `{}`", self.0)
    }
}

impl std::error::Error for UnknownRule {}

/// What a rule did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// Texts or pairs that it changed.
    pub records: u64,
    /// Places that it changed.
    pub changes: u64,
}

/// What each rule did. Counts of parts of a corpus add up to those of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<&'static str, Count>);

impl Counts {
    /// What the rule of that name did.
    pub fn of(&self, rule: &str) -> Count {
        self.0.get(rule).copied().unwrap_or_default()
    }

    /// The rules that changed something, by name, with what they did.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Count)> + '_ {
        self.0.iter().map(|(rule, count)| (*rule, *count))
    }

    /// True if nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Counts) {
        for (rule, count) in other.iter() {
            self.add(rule, count);
        }
    }

    fn add(&mut self, rule: &'static str, count: Count) {
        let sum = self.0.entry(rule).or_default();
        sum.records += count.records;
        sum.changes += count.changes;
    }

    /// Adds the changes of one record.
    fn add_record(&mut self, changes: &Changes) {
        for (rule, changes) in changes {
            self.add(rule, Count { records: 1, changes: *changes });
        }
    }
}

/// Changes by rule.
type Changes = BTreeMap<&'static str, u64>;

impl Cleaning {
    /// The rules with these names. `all` stands for all but those that mask, `repairs` for those that only undo what went wrong.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Cleaning, UnknownRule> {
        let mut chosen = [false; RULES.len()];
        for name in names {
            let mut known = false;
            for (rule, chosen) in RULES.iter().zip(&mut chosen) {
                let named = rule.id == name || rule.kind.groups().contains(&name);
                *chosen |= named;
                known |= named;
            }
            if !known {
                return Err(UnknownRule(name.to_string()));
            }
        }
        Ok(Cleaning(RULES.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(rule, _)| *rule).collect()))
    }

    /// All rules but those that mask.
    pub fn all() -> Cleaning {
        Cleaning(RULES.iter().copied().filter(|rule| rule.kind != Kind::Mask).collect())
    }

    /// The rules, in the order in which they are applied.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> + '_ {
        self.0.iter().copied()
    }

    /// True if no rule was chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text as the rules leave it, borrowed if they change nothing; what they do is added to `counts` as of one record. Cleaning twice
    /// is the same as cleaning once.
    pub fn clean<'t>(&self, text: &'t str, lang: Lang, counts: &mut Counts) -> Cow<'t, str> {
        let mut changes = Changes::new();
        let clean = self.side(&Side { text, lang, other: "" }, &mut changes);
        counts.add_record(&changes);
        clean
    }

    /// Source and target of a pair as the rules leave them; what they do is added to `counts` as of one record. Where a rule masks, what it
    /// masks on one side it masks on the other.
    pub fn clean_pair<'t>(&self, pair: &Pair<'t>, counts: &mut Counts) -> [Cow<'t, str>; 2] {
        let mut changes = Changes::new();
        let source = self.side(&Side { text: pair.source, lang: pair.source_lang, other: pair.target }, &mut changes);
        let target = self.side(&Side { text: pair.target, lang: pair.target_lang, other: pair.source }, &mut changes);
        counts.add_record(&changes);
        [source, target]
    }

    /// The rules with their versions, as `clean.spaces:1`.
    pub fn signature(&self) -> Signature {
        self.rules().fold(Signature::default(), |signature, rule| signature.with(&format!("clean.{}", rule.id), rule.version))
    }

    fn side<'t>(&self, side: &Side<'t>, changes: &mut Changes) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(side.text);
        for _ in 0..MOST_ROUNDS {
            let mut changed = false;
            for rule in &self.0 {
                let made = rule.edit(&Side { text: &text, ..*side }).map(|(made, edits)| {
                    *changes.entry(rule.id).or_default() += edits;
                    made
                });
                if let Some(made) = made {
                    text = Cow::Owned(made);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        text
    }
}

impl Rule {
    /// The text as this rule alone leaves it, borrowed if nothing changes.
    pub fn apply<'t>(&self, text: &'t str, lang: Lang) -> Cow<'t, str> {
        self.edit(&Side { text, lang, other: "" }).map_or(Cow::Borrowed(text), |(made, _)| Cow::Owned(made))
    }

    /// The text that it makes of one side, and how many places it changed; nothing where there is nothing to change.
    fn edit(&self, side: &Side<'_>) -> Option<(String, u64)> {
        let mut made: Option<(String, u64)> = None;
        for _ in 0..MOST_ROUNDS {
            let text = made.as_ref().map_or(side.text, |(text, _)| text);
            let mut edits = Edits::default();
            (self.find)(&Side { text, ..*side }, &mut edits);
            if edits.is_empty() {
                break;
            }
            made = Some((edits.apply(text), made.as_ref().map_or(0, |(_, count)| *count) + edits.len() as u64));
        }
        made.filter(|(text, _)| text != side.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_text_is_borrowed_and_counts_nothing() {
        let mut counts = Counts::default();
        assert!(matches!(Cleaning::all().clean("¿Qué dijo? \"Nada\".", Lang::ES, &mut counts), Cow::Borrowed(_)));
        assert!(counts.is_empty());
    }

    #[test]
    fn a_record_counts_once_for_its_two_sides() {
        let mut counts = Counts::default();
        let pair = Pair { source: "a  b", target: "a  b  c", source_lang: Lang::ES, target_lang: Lang::EN };
        Cleaning::all().clean_pair(&pair, &mut counts);
        assert_eq!(counts.of("spaces"), Count { records: 1, changes: 3 });
        let mut sum = counts.clone();
        sum.merge(&counts);
        assert_eq!(sum.of("spaces"), Count { records: 2, changes: 6 });
    }

    #[test]
    fn unknown_rules_are_refused_and_groups_leave_masks_out() {
        assert_eq!(Cleaning::of(["spaces", "spcaes"]).map(|_| ()), Err(UnknownRule("spcaes".to_string())));
        let ids = |names: &[&str]| Cleaning::of(names.iter().copied()).expect("known").rules().map(|rule| rule.id).collect::<Vec<_>>();
        assert!(ids(&["all"]).contains(&"quotes") && !ids(&["repairs"]).contains(&"quotes"));
        assert_eq!(ids(&["spaces", "entities"]), ids(&["entities", "spaces", "spaces"]));
        assert_eq!(ids(&["all"]), Cleaning::all().rules().map(|rule| rule.id).collect::<Vec<_>>());
    }
}
