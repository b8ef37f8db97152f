//! What is kept, source by source: rules, and an interval for each score that another program gave. How a person writes it down, and how it
//! is shown. Where it is read from is the business of others.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Rules;
use super::drops::{Reason, place};
use super::filters::{Interval, Record};
use super::rules::Dropping;
use crate::model::Finding;

/// What is kept of the records of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// The intervals of the filters, and the checks that drop.
    pub rules: Rules,
    /// An interval for each of [`Filtering::scores`].
    pub scores: Vec<Interval>,
}

/// What is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Filtering {
    /// The names of the scores that other programs gave.
    pub scores: Vec<String>,
    /// What holds for every source that is not named.
    pub every: Keep,
    /// What holds for a source by its name.
    pub sources: BTreeMap<String, Keep>,
}

/// What holds, in words: for every source, and what is different for some.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// By filter, check or score; what keeps everything is left out.
    pub every: BTreeMap<String, String>,
    /// By source: only what is not as for every source; `off` is what keeps everything.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, BTreeMap<String, String>>,
}

impl Filtering {
    /// The same rules for every source, and no scores but the own.
    pub fn of(rules: Rules) -> Filtering {
        Filtering { scores: Vec::new(), every: Keep { rules, scores: Vec::new() }, sources: BTreeMap::new() }
    }

    /// What holds for a source.
    pub fn keep(&self, source: &str) -> &Keep {
        self.sources.get(source).unwrap_or(&self.every)
    }

    /// Why a record of a source is dropped; nothing if it is kept. `others` are the values of [`Filtering::scores`]; what has none is not dropped for it.
    pub fn reasons(&self, source: &str, record: &Record<'_, '_>, findings: &[Finding], others: &[Option<f64>]) -> Vec<Reason> {
        let keep = self.keep(source);
        let own = keep.rules.reasons(record, findings).into_iter().map(Reason::Borrowed);
        own.chain(self.score_reasons(source, others)).collect()
    }

    /// The names of the scores whose values are not kept.
    pub fn score_reasons(&self, source: &str, others: &[Option<f64>]) -> Vec<Reason> {
        let intervals = self.keep(source).scores.iter().zip(others).zip(&self.scores);
        let dropped = intervals.filter(|((interval, value), _)| value.is_some_and(|value| !interval.holds(value)));
        dropped.map(|(_, name)| Reason::Owned(name.clone())).collect()
    }

    /// True if something asks for the translation score.
    pub fn asks_for_score(&self) -> bool {
        let asks = |keep: &Keep| {
            keep.rules.filters().any(|(filter, _)| filter.id == "translation")
                || keep.rules.checks().iter().any(|drops| drops.unless.is_some())
        };
        self.keeps().any(asks)
    }

    /// True if nothing is dropped.
    pub fn keeps_everything(&self) -> bool {
        self.keeps().all(|keep| words(keep, &self.scores).is_empty())
    }

    /// The checks that drop something in any source, each once, in their order.
    pub fn checks(&self) -> Vec<&'static str> {
        let mut ids: Vec<_> = self.keeps().flat_map(|keep| keep.rules.checks()).map(|drops| drops.check).collect();
        ids.sort_by_key(|id| place(id));
        ids.dedup();
        ids
    }

    /// What holds, in words.
    pub fn effective(&self) -> Effective {
        let every = words(&self.every, &self.scores);
        let differs = |keep: &Keep| {
            let own = words(keep, &self.scores);
            let off = every.keys().filter(|id| !own.contains_key(*id)).map(|id| (id.clone(), "off".to_string()));
            let changed = own.iter().filter(|(id, value)| every.get(*id) != Some(*value)).map(|(id, value)| (id.clone(), value.clone()));
            off.chain(changed).collect::<BTreeMap<_, _>>()
        };
        let sources = self.sources.iter().map(|(name, keep)| (name.clone(), differs(keep))).filter(|(_, own)| !own.is_empty()).collect();
        Effective { every, sources }
    }

    fn keeps(&self) -> impl Iterator<Item = &Keep> {
        std::iter::once(&self.every).chain(self.sources.values())
    }
}

impl Effective {
    /// Everything that is kept or dropped by, in the order in which it applies.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.every.keys().chain(self.sources.values().flat_map(BTreeMap::keys)).map(String::as_str).collect();
        ids.sort_by_key(|id| (place(id), *id));
        ids.dedup();
        ids
    }

    /// What is kept in every source by a filter, check or score.
    pub fn value(&self, id: &str) -> &str {
        self.every.get(id).map_or("off", String::as_str)
    }
}

fn words(keep: &Keep, scores: &[String]) -> BTreeMap<String, String> {
    let filters = keep.rules.filters().map(|(filter, interval)| (filter.id.to_string(), interval.to_string()));
    let checks = keep.rules.checks().iter().map(|drops| (drops.check.to_string(), drops.to_string()));
    let others = scores.iter().zip(&keep.scores).filter(|(_, interval)| **interval != Interval::ANY);
    filters.chain(checks).chain(others.map(|(name, interval)| (name.clone(), interval.to_string()))).collect()
}

impl fmt::Display for Interval {
    /// As it is read: `0.5..`, `..80`, `1..80`, `off`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Interval::ANY {
            return f.write_str("off");
        }
        let bound = |bound: f64| if bound.is_finite() { bound.to_string() } else { String::new() };
        write!(f, "{}..{}", bound(self.least), bound(self.most))
    }
}

impl FromStr for Interval {
    type Err = String;

    /// `LEAST..MOST`, either of them left out for no bound, or `off` for every value.
    fn from_str(text: &str) -> Result<Interval, String> {
        if text.trim() == "off" {
            return Ok(Interval::ANY);
        }
        let (least, most) = text.split_once("..").ok_or_else(|| format!("`{text}` is not LEAST..MOST, such as 0.5.. or 1..80, or off"))?;
        let number = |text: &str, open: f64| match text.trim() {
            "" => Ok(open),
            number => number.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(|| format!("`{number}` is no number")),
        };
        let interval = Interval { least: number(least, f64::NEG_INFINITY)?, most: number(most, f64::INFINITY)? };
        if interval.least <= interval.most { Ok(interval) } else { Err(format!("`{text}` is empty")) }
    }
}

impl fmt::Display for Dropping {
    /// As [`dropping`] reads it: `tier 1`, `tier 1 unless 0.6`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tier {}", self.tier)?;
        self.unless.map_or(Ok(()), |score| write!(f, " unless {score}"))
    }
}

/// Which findings of a check drop a record: `tier N` for those of tier 1 to N, `tier N unless P` if a translation score of P outweighs them,
/// `None` for `off`.
pub fn dropping(check: &'static str, text: &str) -> Result<Option<Dropping>, String> {
    let wrong = || format!("`{text}` is not `tier 1`, `tier 1 unless 0.6` or `off`");
    let mut words = text.split_whitespace();
    let dropping = match (words.next(), words.next(), words.next(), words.next(), words.next()) {
        (Some("off"), None, ..) => return Ok(None),
        (Some("tier"), Some(tier), None, ..) => Dropping { check, tier: tier.parse().map_err(|_| wrong())?, unless: None },
        (Some("tier"), Some(tier), Some("unless"), Some(score), None) => {
            Dropping { check, tier: tier.parse().map_err(|_| wrong())?, unless: Some(score.parse().map_err(|_| wrong())?) }
        }
        _ => return Err(wrong()),
    };
    if !(1..=3).contains(&dropping.tier) {
        return Err(format!("there is no tier {}, only 1, 2 and 3", dropping.tier));
    }
    match dropping.unless.filter(|score| !(0.0..=1.0).contains(score)) {
        Some(score) => Err(format!("`{score}` is no score, which go from 0 to 1")),
        None => Ok(Some(dropping)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Pair, Preset, Reading};
    use super::*;
    use crate::text::Lang;

    #[test]
    fn intervals_are_written_as_they_are_read() {
        for text in ["0.5..", "..80", "1..80", "off", "-3.."] {
            assert_eq!(text.parse::<Interval>().expect("an interval").to_string(), text);
        }
        for text in ["80", "2..1", "a..", "nan..", ""] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_drops_for_a_check_is_written_as_it_is_read() {
        for text in ["tier 1", "tier 2 unless 0.6"] {
            assert_eq!(dropping("number", text).expect("words").expect("not off").to_string(), text);
        }
        assert_eq!(dropping("number", "off"), Ok(None));
        for text in ["tier", "tier 4", "tier 1 unless 2", "1", "tier 1 unless", "off off"] {
            assert!(dropping("number", text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_source_may_have_rules_of_its_own() {
        let mut filtering = Filtering::of(Rules::of(Preset::Training));
        filtering.scores = vec!["comet".into()];
        filtering.every.scores = vec![Interval::from(0.7)];
        let own = Keep { rules: Rules::none().with("words", Interval::to(80.0)).expect("a filter"), scores: vec![Interval::ANY] };
        filtering.sources.insert("statements".into(), own);
        let pair = Pair { source: "Sí.", target: "Yes.", source_lang: Lang::ES, target_lang: Lang::EN };
        let context = Context::default();
        let reading = Reading::new(pair, &context);
        let record = Record { reading: &reading, score: Some(0.01) };
        assert_eq!(filtering.reasons("news", &record, &[], &[Some(0.1)]), ["translation", "comet"]);
        assert_eq!(filtering.reasons("news", &record, &[], &[None]), ["translation"]);
        assert!(filtering.reasons("statements", &record, &[], &[Some(0.1)]).is_empty());
        let effective = filtering.effective();
        assert_eq!((effective.value("translation"), effective.value("comet"), effective.value("omission")), ("0.065..", "0.7..", "off"));
        let own = &effective.sources["statements"];
        assert_eq!((own["translation"].as_str(), own["words"].as_str(), own["number"].as_str()), ("off", "..80", "off"));
        assert!(!filtering.keeps_everything() && Filtering::of(Rules::none()).keeps_everything());
    }
}
