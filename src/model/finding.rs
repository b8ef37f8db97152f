//! A finding: what a check saw in a unit, where, and how to say it in Spanish or English. A reason to look, never a verdict.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
