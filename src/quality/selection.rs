//! Which checks are on, and how pressing their findings are. What a finding leads to is the business of who asked.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{CHECKS, Check};

/// A set of checks, all of them by default, some with another tier than their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    on: Vec<bool>,
    /// The tier of each check's findings, where it is not their own.
    tiers: Vec<Option<u8>>,
}

/// The tiers there are, the most pressing first.
pub const TIERS: RangeInclusive<u8> = 1..=3;

/// Why a selection cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectionError {
    /// A check id that is not in the registry.
    UnknownCheck(String),
    /// A tier that is not in [`TIERS`].
    UnknownTier(u8),
}

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SelectionError::UnknownCheck(id) => write!(f, "there is no check `{id}`"),
            SelectionError::UnknownTier(tier) => write!(f, "there is no tier `{tier}`; tiers are {} to {}", TIERS.start(), TIERS.end()),
        }
    }
}

impl std::error::Error for SelectionError {}

impl Default for Selection {
    fn default() -> Selection {
        Selection::all()
    }
}

/// What a selection says of checks that are not as they are by default: `off`, or their tier.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Setting {
    Off(Off),
    Tier(u8),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Off {
    Off,
}

impl Serialize for Selection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let states = CHECKS.iter().zip(self.on.iter().zip(&self.tiers));
        let settings = states.filter_map(|(check, state)| match state {
            (false, _) => Some((check.id, Setting::Off(Off::Off))),
            (true, Some(tier)) => Some((check.id, Setting::Tier(*tier))),
            (true, None) => None,
        });
        settings.collect::<BTreeMap<_, _>>().serialize(serializer)
    }
}

/// Checks that there are no more are left out.
impl<'de> Deserialize<'de> for Selection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Selection, D::Error> {
        let settings = BTreeMap::<String, Setting>::deserialize(deserializer)?;
        let known = settings.into_iter().filter(|(id, _)| number(id).is_ok());
        let with = |selection: Selection, (id, setting): (String, Setting)| match setting {
            Setting::Off(_) => selection.without([id.as_str()]),
            Setting::Tier(tier) => selection.with_tier(&id, tier),
        };
        known.into_iter().try_fold(Selection::all(), with).map_err(serde::de::Error::custom)
    }
}

impl Selection {
    /// Every check.
    pub fn all() -> Selection {
        Selection { on: vec![true; CHECKS.len()], tiers: vec![None; CHECKS.len()] }
    }

    /// The named checks only.
    pub fn only<'i>(ids: impl IntoIterator<Item = &'i str>) -> Result<Selection, SelectionError> {
        let mut selection = Selection { on: vec![false; CHECKS.len()], ..Selection::all() };
        selection.set(ids, true)?;
        Ok(selection)
    }

    /// The same selection without the named checks.
    pub fn without<'i>(mut self, ids: impl IntoIterator<Item = &'i str>) -> Result<Selection, SelectionError> {
        self.set(ids, false)?;
        Ok(self)
    }

    /// The same selection with all findings of the check `id` in `tier`, whatever tier the check gives them: 1 interrupts a reviewer, 2 shows in
    /// the detail, 3 is for reports. Of a check that is off it stays so.
    pub fn with_tier(mut self, id: &str, tier: u8) -> Result<Selection, SelectionError> {
        if !TIERS.contains(&tier) {
            return Err(SelectionError::UnknownTier(tier));
        }
        self.tiers[number(id)?] = Some(tier);
        Ok(self)
    }

    /// The tier that the findings of `check` are given, where it is not their own.
    pub fn tier(&self, check: &Check) -> Option<u8> {
        number(check.id).ok().and_then(|n| self.tiers[n])
    }

    /// The checks that are on, in the order of the registry.
    pub fn checks(&self) -> impl Iterator<Item = &'static Check> {
        CHECKS.iter().zip(&self.on).filter(|(_, on)| **on).map(|(check, _)| *check)
    }

    fn set<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>, on: bool) -> Result<(), SelectionError> {
        for id in ids {
            self.on[number(id)?] = on;
        }
        Ok(())
    }
}

fn number(id: &str) -> Result<usize, SelectionError> {
    CHECKS.iter().position(|check| check.id == id).ok_or_else(|| SelectionError::UnknownCheck(id.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Pair, check, signature};
    use super::*;
    use crate::text::Lang;

    fn ids(selection: &Selection) -> Vec<&str> {
        selection.checks().map(|check| check.id).collect()
    }

    #[test]
    fn a_selection_is_written_and_read_without_what_is_as_by_default() {
        let selection = Selection::all().without(["copied"]).and_then(|s| s.with_tier("number", 2)).expect("known");
        let json = serde_json::to_string(&selection).expect("plain data");
        assert_eq!(json, r#"{"copied":"off","number":2}"#);
        assert_eq!(serde_json::from_str::<Selection>(&json).expect("a selection"), selection);
        assert_eq!(serde_json::from_str::<Selection>(r#"{"gone":"off"}"#).expect("a selection"), Selection::all());
    }

    #[test]
    fn checks_are_chosen_by_id_and_come_in_the_order_of_the_registry() {
        assert_eq!(ids(&Selection::only(["number", "copied"]).expect("known")), ["copied", "number"]);
        assert!(!ids(&Selection::all().without(["number"]).expect("known")).contains(&"number"));
        assert_eq!(ids(&Selection::all()).len(), CHECKS.len());
    }

    #[test]
    fn an_unknown_id_is_named() {
        assert_eq!(Selection::only(["numbers"]), Err(SelectionError::UnknownCheck("numbers".into())));
        assert!(Selection::all().with_tier("numbers", 1).is_err());
    }

    #[test]
    fn a_tier_is_set_for_all_findings_of_a_check() {
        let pair = Pair { source: "Murieron 12.", target: "21 died.", source_lang: Lang::ES, target_lang: Lang::EN };
        let tiers = |selection: &Selection| check(&pair, &Context::default(), selection).iter().map(|found| found.tier).collect::<Vec<_>>();
        let set = Selection::all().with_tier("number", 3).expect("known");
        assert_eq!((tiers(&Selection::all()), tiers(&set)), (vec![1], vec![3]));
        assert_ne!(signature(&set), signature(&Selection::all()));
        assert_eq!(Selection::all().with_tier("number", 4), Err(SelectionError::UnknownTier(4)));
    }

    #[test]
    fn a_check_that_is_off_has_no_tier_that_counts() {
        let off = Selection::all().without(["number"]).and_then(|rest| rest.with_tier("number", 2)).expect("known");
        assert!(!ids(&off).contains(&"number"));
        assert!(!signature(&off).to_string().contains("number:"));
    }
}
