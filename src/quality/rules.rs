//! What is kept: an interval for each filter, and the checks whose findings drop a pair. A preset is where one begins; every value can be changed.

use super::filters::{FILTERS, Filter, Interval, Record};
use super::{Check, Pair};
use crate::model::Finding;

/// Where rules begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// Drops what harms training; keeps what is short or rare.
    #[default]
    Training,
    /// Keeps what is good without doubt.
    Strict,
    /// Keeps what a person should see.
    Review,
}

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 3] = [Preset::Training, Preset::Strict, Preset::Review];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Training => "training",
            Preset::Strict => "strict",
            Preset::Review => "review",
        }
    }

    /// The preset with that name.
    pub fn named(name: &str) -> Result<Preset, String> {
        let names = || Preset::ALL.map(Preset::name).join(", ");
        Preset::ALL.into_iter().find(|preset| preset.name() == name).ok_or_else(|| format!("no preset `{name}`; there are {}", names()))
    }

    fn interval(self, filter: &Filter) -> Interval {
        match self {
            Preset::Training => filter.presets.training,
            Preset::Strict => filter.presets.strict,
            Preset::Review => filter.presets.review,
        }
    }

    fn checks(self) -> &'static [Dropping] {
        match self {
            Preset::Training | Preset::Strict => HARMFUL,
            Preset::Review => EMPTY,
        }
    }
}

/// A check whose findings drop a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropping {
    /// Its id.
    pub check: &'static str,
    /// The least pressing tier of a finding that counts.
    pub tier: u8,
    /// A translation score that outweighs the finding, in [0, 1]: checks see one thing, the score sees the whole. `None` for a finding that
    /// nothing outweighs.
    pub unless: Option<f64>,
}

impl Dropping {
    /// True if the score is sure enough to keep the pair all the same.
    fn is_outweighed(&self, score: Option<f64>) -> bool {
        self.unless.zip(score).is_some_and(|(enough, score)| score >= enough)
    }
}

const fn drops(check: &'static str, tier: u8, unless: Option<f64>) -> Dropping {
    Dropping { check, tier, unless }
}

/// Chosen on labelled pairs with the least translation score: what `scripts/bench-quality` chooses in cross-validation, a little more cautious.
const SURE: Option<f64> = Some(0.69);

/// Checks that find what harms training. `omission` is left to the score, which sees the same and drops fewer good pairs.
const HARMFUL: &[Dropping] = &[
    drops("copied", 1, None),
    drops("empty-side", 1, None),
    drops("entity", 1, SURE),
    drops("markup", 1, None),
    drops("mojibake", 1, None),
    drops("negation", 1, SURE),
    drops("number", 1, SURE),
    drops("number-scale", 1, None),
    drops("partly-untranslated", 2, None),
    drops("url", 1, None),
    drops("wrong-language", 1, None),
];

const EMPTY: &[Dropping] = &[drops("empty-side", 1, None)];

/// What is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// For each of [`FILTERS`] the values that are kept.
    intervals: Vec<Interval>,
    checks: Vec<Dropping>,
}

impl Rules {
    /// The rules of a preset.
    pub fn of(preset: Preset) -> Rules {
        Rules { intervals: FILTERS.iter().map(|filter| preset.interval(filter)).collect(), checks: preset.checks().to_vec() }
    }

    /// Rules that keep everything.
    pub fn none() -> Rules {
        Rules { intervals: vec![Interval::ANY; FILTERS.len()], checks: Vec::new() }
    }

    /// The same rules with other findings of a check that drop a pair; `None` for no finding at all.
    #[must_use]
    pub fn with_check(mut self, check: &str, drops: Option<Dropping>) -> Rules {
        let at = self.checks.iter().position(|known| known.check == check);
        match (at, drops) {
            (Some(at), Some(drops)) => self.checks[at] = drops,
            (Some(at), None) => drop(self.checks.remove(at)),
            (None, drops) => self.checks.extend(drops),
        }
        self
    }

    /// The same rules with another interval for a filter. The cause is told if there is no such filter, or no such value.
    pub fn with(mut self, filter: &str, interval: Interval) -> Result<Rules, String> {
        let n = FILTERS.iter().position(|known| known.id == filter).ok_or_else(|| format!("there is no filter `{filter}`"))?;
        let range = FILTERS[n].range;
        for bound in [interval.least, interval.most].into_iter().filter(|bound| bound.is_finite()) {
            if !range.holds(bound) {
                return Err(format!("`{bound}` is no value of `{filter}`, which go from {} to {}", range.least, range.most));
            }
        }
        self.intervals[n] = interval;
        Ok(self)
    }

    /// The filters that drop something, with what they keep.
    pub fn filters(&self) -> impl Iterator<Item = (&'static Filter, Interval)> {
        FILTERS.iter().copied().zip(self.intervals.iter().copied()).filter(|(_, interval)| *interval != Interval::ANY)
    }

    /// The checks whose findings drop a pair.
    pub fn checks(&self) -> &[Dropping] {
        &self.checks
    }

    /// True if a finding of the check drops a pair with this score.
    pub(super) fn drops_by(&self, check: &Check, score: Option<f64>) -> bool {
        self.checks.iter().any(|drops| drops.check == check.id && !drops.is_outweighed(score))
    }

    /// Why a pair is dropped: the ids of the filters that do not keep it, then those of the checks; nothing for a pair that is kept.
    pub fn reasons(&self, record: &Record<'_, '_>, findings: &[Finding]) -> Vec<&'static str> {
        let keeps = |filter: &Filter, interval: &Interval| {
            (filter.measure)(record).is_none_or(|values| values.iter().all(|value| interval.holds(*value)))
        };
        let filters = self.filters().filter(|(filter, interval)| !keeps(filter, interval)).map(|(filter, _)| filter.id);
        let is_found = |drops: &&Dropping| findings.iter().any(|finding| finding.check == drops.check && finding.tier <= drops.tier);
        let checks = self.checks.iter().filter(|drops| is_found(drops) && !drops.is_outweighed(record.score));
        filters.chain(checks.map(|drops| drops.check)).collect()
    }
}

/// A pair with empty sides, which no score is asked for.
pub(super) fn is_empty(pair: &Pair<'_>) -> bool {
    super::blank::is_blank(pair.source) || super::blank::is_blank(pair.target)
}

#[cfg(test)]
mod tests {
    use super::super::{CHECKS, Context, Reading};
    use super::*;
    use crate::text::Lang;

    #[test]
    fn checks_that_drop_are_in_the_registry() {
        assert!(Preset::ALL.iter().flat_map(|preset| preset.checks()).all(|id| CHECKS.iter().any(|check| check.id == id.check)));
    }

    #[test]
    fn a_value_outside_of_its_interval_is_a_reason() {
        let pair = Pair { source: "Sí.", target: "Yes.", source_lang: Lang::ES, target_lang: Lang::EN };
        let context = Context::default();
        let reading = Reading::new(pair, &context);
        let record = |score| Record { reading: &reading, score: Some(score) };
        assert!(Rules::of(Preset::Training).reasons(&record(0.9), &[]).is_empty());
        let rules = Rules::of(Preset::Training).with("length", Interval::from(4.0)).expect("a filter");
        assert_eq!(rules.reasons(&record(0.9), &[]), ["length"]);
        assert_eq!(Rules::of(Preset::Training).reasons(&record(0.01), &[]), ["translation"]);
    }

    #[test]
    fn a_finding_drops_a_pair_unless_the_score_is_sure() {
        let pair = Pair { source: "Murieron 12.", target: "21 died.", source_lang: Lang::ES, target_lang: Lang::EN };
        let context = Context::default();
        let findings = super::super::check(&pair, &context, &super::super::Selection::all());
        let reading = Reading::new(pair, &context);
        let reasons = |score| Rules::of(Preset::Training).reasons(&Record { reading: &reading, score }, &findings);
        assert_eq!(reasons(Some(0.5)), ["number"]);
        assert!(reasons(Some(0.9)).is_empty());
        assert_eq!(reasons(None), ["number"]);
    }

    #[test]
    fn unknown_names_and_values_are_refused() {
        assert!(Rules::of(Preset::Review).with("lenght", Interval::ANY).expect_err("unknown").contains("lenght"));
        assert!(Rules::of(Preset::Review).with("letters", Interval::from(2.0)).expect_err("too much").contains("from 0 to 1"));
        assert!(Preset::named("trainning").is_err());
    }
}
