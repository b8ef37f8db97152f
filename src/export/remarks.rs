//! What an export says of units besides what they are: the notes of reviewers where they are asked for, and for reviewers what the checks found.

use super::Options;
use crate::error::Result;
use crate::ingest::checking::Checker;
use crate::model::Lang;
use crate::quality;
use crate::store::{Store, StoredUnit};

/// The last tier that interrupts or informs a reviewer; what comes after is for reports.
const LAST_TIER: u8 = 2;

/// What is shown of reviews and findings. Made once, used from any thread.
pub(super) struct Remarks {
    notes: bool,
    /// Only there when a format is for reviewers.
    checks: Option<Checks>,
}

/// The checks whose findings are shown.
struct Checks {
    checker: Checker,
    /// True when the store holds what they have found.
    are_stored: bool,
}

impl Remarks {
    /// What these options ask for.
    pub(super) fn of(store: &Store, options: &Options) -> Result<Remarks> {
        if !options.formats.iter().any(|format| format.read_review.is_some()) {
            return Ok(Remarks { notes: options.notes, checks: None });
        }
        let checks = Checks { checker: Checker::of(store)?.with_checks(options.checks.clone()), are_stored: store.checking()?.is_some() };
        Ok(Remarks { notes: true, checks: Some(checks) })
    }

    /// Whether notes have to be read.
    pub(super) fn are_asked(&self) -> bool {
        self.notes
    }

    /// Whether findings have to be read, if there are any.
    pub(super) fn shows_findings(&self) -> bool {
        self.checks.is_some()
    }

    /// The unit with what the checks found in its texts, a line each; `is_changed` when they are not those of the store.
    pub(super) fn shown(&self, mut stored: StoredUnit, is_changed: bool) -> StoredUnit {
        let Some(Checks { checker, are_stored }) = &self.checks else { return stored };
        let found = if *are_stored && !is_changed { std::mem::take(&mut stored.findings) } else { checker.find(&stored) };
        if let Some(remarks) = &mut stored.unit.remarks {
            let seen = found.iter().filter(|finding| finding.tier <= LAST_TIER);
            remarks.findings = seen.map(|finding| quality::message(finding, &Lang::EN)).collect();
        }
        stored
    }
}
