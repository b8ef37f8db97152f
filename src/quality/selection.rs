//! Which checks are on.

use std::fmt;

use super::{CHECKS, Check};

/// A set of checks; all of them by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    on: Vec<bool>,
}

/// A check id that is not in the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCheck(pub String);

impl fmt::Display for UnknownCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no check `{}`", self.0)
    }
}

impl std::error::Error for UnknownCheck {}

impl Default for Selection {
    fn default() -> Selection {
        Selection::all()
    }
}

impl Selection {
    /// Every check.
    pub fn all() -> Selection {
        Selection { on: vec![true; CHECKS.len()] }
    }

    /// The named checks only.
    pub fn only<'i>(ids: impl IntoIterator<Item = &'i str>) -> Result<Selection, UnknownCheck> {
        let mut selection = Selection { on: vec![false; CHECKS.len()] };
        selection.set(ids, true)?;
        Ok(selection)
    }

    /// The same selection without the named checks.
    pub fn without<'i>(mut self, ids: impl IntoIterator<Item = &'i str>) -> Result<Selection, UnknownCheck> {
        self.set(ids, false)?;
        Ok(self)
    }

    /// The checks that are on, in the order of the registry.
    pub fn checks(&self) -> impl Iterator<Item = &'static Check> {
        CHECKS.iter().zip(&self.on).filter(|(_, on)| **on).map(|(check, _)| *check)
    }

    fn set<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>, on: bool) -> Result<(), UnknownCheck> {
        for id in ids {
            let at = CHECKS.iter().position(|check| check.id == id).ok_or_else(|| UnknownCheck(id.to_string()))?;
            self.on[at] = on;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(selection: &Selection) -> Vec<&str> {
        selection.checks().map(|check| check.id).collect()
    }

    #[test]
    fn checks_are_chosen_by_id_and_come_in_the_order_of_the_registry() {
        assert_eq!(ids(&Selection::only(["number", "copied"]).expect("known")), ["copied", "number"]);
        assert!(!ids(&Selection::all().without(["number"]).expect("known")).contains(&"number"));
        assert_eq!(ids(&Selection::all()).len(), CHECKS.len());
    }

    #[test]
    fn an_unknown_id_is_named() {
        assert_eq!(Selection::only(["numbers"]), Err(UnknownCheck("numbers".into())));
    }
}
