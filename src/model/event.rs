//! Review acts. A state is the projection of the events on a unit, and can always be recomputed from them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::provenance::named_enum;

named_enum! {
    /// What a reviewer said of a unit.
    #[derive(Default)]
    Verdict {
        /// Nothing yet.
        #[default]
        Unreviewed = "unreviewed",
        /// It is right.
        Accepted = "accepted",
        /// It is wrong.
        Rejected = "rejected",
        /// It needs a second look.
        Flagged = "flagged",
    }
}

named_enum! {
    /// Where a unit stands, as exported: the verdict, with an accepted unit that has edits shown as `edited`;
    /// `withdrawn` when its origin no longer has it.
    #[derive(Default)]
    State {
        /// No verdict.
        #[default]
        Unreviewed = "unreviewed",
        /// Accepted as it was.
        Accepted = "accepted",
        /// Accepted after an edit.
        Edited = "edited",
        /// Rejected.
        Rejected = "rejected",
        /// Needs a second look.
        Flagged = "flagged",
        /// Reviewed once, but gone from its origin.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// The projection of a verdict and whether there are edits.
    pub fn of(verdict: Verdict, edited: bool) -> State {
        match verdict {
            Verdict::Unreviewed => State::Unreviewed,
            Verdict::Accepted if edited => State::Edited,
            Verdict::Accepted => State::Accepted,
            Verdict::Rejected => State::Rejected,
            Verdict::Flagged => State::Flagged,
        }
    }
}

/// One review act: who, when, what, on which state. The only thing in the model that has a clock time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Version of this record's form.
    pub v: u32,
    /// `REVIEWER-NUMBER`, unique among the reviewer's events.
    pub id: String,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// The reviewer.
    pub by: String,
    /// The unit.
    pub unit: String,
    /// Hash of the state the reviewer saw.
    pub base: String,
    /// What was done: `verdict`, `edit`, `note`, …
    pub op: String,
    /// The act's own fields.
    #[serde(flatten)]
    pub args: serde_json::Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accepted_unit_with_edits_is_edited() {
        assert_eq!(State::of(Verdict::Accepted, true), State::Edited);
        assert_eq!(State::of(Verdict::Rejected, true), State::Rejected);
    }

    #[test]
    fn an_event_keeps_the_fields_of_its_act() {
        let line = r#"{"v":1,"id":"r-1","at":"2026-11-24T03:17:01Z","by":"r","unit":"k3v9","base":"b","op":"edit","from":"a","side":"target","to":"b"}"#;
        let event: Event = serde_json::from_str(line).expect("an event");
        assert_eq!(event.args["side"], "target");
        let again = serde_json::to_string(&event).expect("json");
        assert_eq!(again, line);
    }
}
