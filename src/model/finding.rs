//! A finding: what a check saw in a unit, where, and how to say it in Spanish or English. A reason to look, never a verdict.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::hash::{self, base32, digest};

/// What a check found in a pair of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's id.
    pub check: String,
    /// Its version: a dismissed finding stays dismissed until text or version changes.
    pub check_version: u32,
    /// 1 interrupts a reviewer, 2 shows in the detail, 3 is for reports.
    pub tier: u8,
    /// Byte spans `[start, end)` in the source text.
    pub source_spans: Vec<[usize; 2]>,
    /// Byte spans `[start, end)` in the target text.
    pub target_spans: Vec<[usize; 2]>,
    /// Key of the message in the catalogue, such as `check.number.missing`.
    pub message: String,
    /// Values for the message.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// The ITS 2.0 localization quality issue type.
    pub its: String,
}

impl Finding {
    /// What a dismissal of this finding in the pair `source`, `target` is filed under: 26 characters of base32, a hash of check, version, both
    /// texts and the message's values. It changes when a text or the check does, so that the finding comes back then; not with tier or wording.
    pub fn key(&self, source: &str, target: &str) -> String {
        let texts = hash::text_hash(source, target);
        let version = self.check_version.to_le_bytes();
        let values = self.args.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
        base32(&digest([self.check.as_bytes(), &version, texts.as_bytes()].into_iter().chain(values)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> Finding {
        Finding {
            check: "number".into(),
            check_version: 1,
            tier: 1,
            source_spans: vec![[0, 2]],
            target_spans: vec![],
            message: "check.number.missing".into(),
            args: [("source".to_string(), "12".to_string())].into(),
            its: "mistranslation".into(),
        }
    }

    #[test]
    fn a_key_changes_with_texts_check_version_and_values_and_with_nothing_else() {
        let key = finding().key("12 casas", "houses");
        let same = Finding { tier: 3, source_spans: vec![], message: "check.number.other".into(), ..finding() };
        assert_eq!(same.key("12 casas", "houses"), key);
        let others = [
            finding().key("12 casas.", "houses"),
            finding().key("12 casas", "houses."),
            Finding { check: "number-scale".into(), ..finding() }.key("12 casas", "houses"),
            Finding { check_version: 2, ..finding() }.key("12 casas", "houses"),
            Finding { args: [("source".to_string(), "13".to_string())].into(), ..finding() }.key("12 casas", "houses"),
            Finding { args: [("target".to_string(), "12".to_string())].into(), ..finding() }.key("12 casas", "houses"),
        ];
        assert!(others.iter().all(|other| *other != key));
    }

    #[test]
    fn a_key_is_the_same_in_every_release() {
        assert_eq!(finding().key("12 casas", "houses"), "mexrff2axeb5vwwzoe6cvtfl3m");
    }
}
