//! What a check is: everything about it in one value, from which help, documentation, messages and tests are derived.

use std::collections::BTreeMap;

use super::Reading;
use crate::model::Finding;
use crate::text::Lang;

/// Two texts that should translate each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The source text.
    pub source: &'a str,
    /// The target text.
    pub target: &'a str,
    /// Its language.
    pub source_lang: Lang,
    /// Its language.
    pub target_lang: Lang,
}

/// Longer texts, in bytes, are no segments: to compare their words one by one takes long and says little.
const LONGEST_SEGMENT: usize = 8_000;

impl<'a> Pair<'a> {
    /// True unless a side is so long that its words are not to be compared one by one.
    pub(super) fn is_of_segments(&self) -> bool {
        self.source.len().max(self.target.len()) <= LONGEST_SEGMENT
    }

    /// The same pair seen from the other side.
    #[must_use]
    pub fn swapped(self) -> Pair<'a> {
        Pair { source: self.target, target: self.source, source_lang: self.target_lang, target_lang: self.source_lang }
    }
}

/// One thing to look for in a pair of texts.
#[derive(Debug)]
pub struct Check {
    /// Its name: lower-case letters and hyphens, unique, never changed.
    pub id: &'static str,
    /// Raised when what it finds changes; a dismissed finding comes back then.
    pub version: u32,
    /// 1 interrupts a reviewer, 2 shows in the detail, 3 is for reports. A finding may have a lower rank than its check.
    pub tier: u8,
    /// The ITS 2.0 localization quality issue type (<https://www.w3.org/TR/its20/#lqissue-typevalues>).
    pub its: &'static str,
    /// One line for lists.
    pub about: About,
    /// Markdown with the headings `## What it does`, `## Why` and `## Example`.
    pub docs: &'static str,
    /// Adds what it finds to the list. It works in both orientations, and on any languages at least by what is independent of them.
    pub run: fn(&Reading<'_>, &mut Vec<Finding>),
    /// Pairs on which exactly this check fires.
    pub fires: &'static [Example],
    /// Good translations near to what it looks for, on which no check fires.
    pub silent: &'static [Example],
}

/// A line in the two languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// In English.
    pub en: &'static str,
    /// In Spanish.
    pub es: &'static str,
}

/// A Spanish source and its English target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Spanish.
    pub source: &'static str,
    /// English.
    pub target: &'static str,
}

impl Check {
    /// A finding of this check without spans and values; its message is `check.ID.WHAT`.
    pub(super) fn finding(&self, what: &str) -> Finding {
        Finding {
            check: self.id.to_string(),
            check_version: self.version,
            tier: self.tier,
            source_spans: Vec::new(),
            target_spans: Vec::new(),
            message: format!("check.{}.{what}", self.id),
            args: BTreeMap::new(),
            its: self.its.to_string(),
        }
    }
}

impl Example {
    /// The example as a pair.
    pub fn pair(&self) -> Pair<'static> {
        Pair { source: self.source, target: self.target, source_lang: Lang::ES, target_lang: Lang::EN }
    }
}

/// Values for a message.
pub(super) fn args<const N: usize>(values: [(&str, String); N]) -> BTreeMap<String, String> {
    values.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}
