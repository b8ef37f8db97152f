//! Review acts as typed data, and what they make of a unit: a pure fold over its events. Nothing is stored here and no clock is read.
//!
//! Events count in the order of [`Event::order`]. An act that decides (a verdict, an edit, or the undoing of one) was made on a state, its `base`;
//! on another state it is a conflict and changes nothing. An act that only adds (a note, a dismissal) hurts no other and always counts.
//! What was undone is as if it had not been done, and what others did later stays. Acts on alignments are folded in [`mending`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::event::rfc3339;
use super::provenance::named_enum;
use super::{Event, State, Verdict};
use crate::text::hash::{base32, digest};

pub mod mending;

pub use mending::{Joint, Placed};

/// The version of the form of events that is written.
pub const VERSION: u32 = 1;

named_enum! {
    /// One side of a unit.
    Side {
        /// The source text.
        Source = "source",
        /// The target text.
        Target = "target",
    }
}

/// What a reviewer does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Act {
    /// Says what the unit is worth.
    Verdict {
        /// What.
        state: Verdict,
    },
    /// Changes a text.
    Edit {
        /// Which.
        side: Side,
        /// The text before: the current one.
        from: String,
        /// The text after.
        to: String,
        /// Why, if said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Says something of the unit.
    Note {
        /// What.
        text: String,
        /// The event of the note that this one answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<String>,
    },
    /// Finds a finding wrong or unimportant.
    Dismiss {
        /// Its key.
        finding: String,
        /// Why, if said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Takes a dismissal back.
    Undismiss {
        /// The key of the finding.
        finding: String,
    },
    /// Says of many units at once what they are worth. Which ones: [`Act::Bulk`] itself does not tell, each of them knows.
    Bulk {
        /// The filter that chose them, as text.
        filter: String,
        /// What they are worth.
        state: Verdict,
        /// The ids of those that the reviewer was shown, and found to be so.
        #[serde(default)]
        sample: Vec<String>,
        /// How many units.
        count: u64,
    },
    /// Groups the segments of some neighbouring beads in another way.
    Regroup {
        /// The key of the bitext.
        bitext: String,
        /// What the reviewer did, as a word for people: `merge`, `split`, `realign` …
        how: String,
        /// The first source and target byte of the bead that the reviewer was at.
        place: [usize; 2],
        /// The beads before, in order.
        from: Vec<Placed>,
        /// The beads after, in order; they cover the same bytes.
        to: Vec<Placed>,
    },
    /// Cuts a segment of a document in two.
    Cut {
        /// The key of the bitext in which the reviewer saw it.
        bitext: String,
        /// The path of the document.
        document: String,
        /// Where.
        #[serde(flatten)]
        joint: Joint,
    },
    /// Joins two neighbouring segments of a document.
    Join {
        /// The key of the bitext in which the reviewer saw them.
        bitext: String,
        /// The path of the document.
        document: String,
        /// Where.
        #[serde(flatten)]
        joint: Joint,
    },
    /// Undoes an act of the same reviewer; undoing an undo does the act again.
    Undo {
        /// The id of its event.
        event: String,
    },
    /// An act that this program does not know, kept as it is and without effect.
    #[serde(skip)]
    Other,
}

impl Act {
    /// The act of an event. One of an unknown kind, or whose fields are not what they should be, is [`Act::Other`].
    pub fn of(event: &Event) -> Act {
        let mut fields = event.args.clone();
        fields.insert("op".into(), event.op.clone().into());
        serde_json::from_value(Value::Object(fields)).unwrap_or(Act::Other)
    }

    /// The event of this act: `at` in milliseconds since 1970.
    pub fn event(&self, id: String, at: i64, by: &str, unit: &str, base: &str) -> Event {
        let value = serde_json::to_value(self).unwrap_or_default();
        let mut args = value.as_object().cloned().unwrap_or_default();
        let op = args.remove("op").and_then(|op| op.as_str().map(String::from)).unwrap_or_default();
        Event { v: VERSION, id, at: rfc3339(at), by: by.into(), unit: unit.into(), base: base.into(), op, args }
    }

    /// True for an act on an alignment, not on units.
    pub fn mends(&self) -> bool {
        matches!(self, Act::Regroup { .. } | Act::Cut { .. } | Act::Join { .. })
    }

    /// True for an act that changes what another reviewer decides about: verdict or texts.
    pub fn decides(&self) -> bool {
        matches!(self, Act::Verdict { .. } | Act::Edit { .. } | Act::Bulk { .. })
    }
}

/// A unit before anybody reviewed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its id.
    pub unit: String,
    /// Its source text as ingested.
    pub source: String,
    /// Its target text as ingested.
    pub target: String,
    /// The state that it was ingested with.
    pub state: State,
}

/// What reviews have made of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Current {
    /// The verdict.
    pub verdict: Verdict,
    /// The source text, if it is not the original one.
    pub source: Option<String>,
    /// The target text, if it is not the original one.
    pub target: Option<String>,
    /// What was said, oldest first.
    pub notes: Vec<Note>,
    /// What was dismissed, oldest first.
    pub dismissed: Vec<Dismissal>,
}

/// A remark of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The id of its event.
    pub id: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// What.
    pub text: String,
    /// The note that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
}

/// A finding that was dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dismissal {
    /// The key of the finding ([`Finding::key`](super::Finding::key)).
    pub finding: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Why, if said.
    pub reason: Option<String>,
}

named_enum! {
    /// What an event counts for.
    Standing {
        /// It is in force.
        Applied = "applied",
        /// It was undone.
        Undone = "undone",
        /// It was made on another state than that of the unit then, and changes nothing.
        Conflict = "conflict",
        /// This program does not know what it is.
        Unknown = "unknown",
    }
}

/// An event of a unit and what it counts for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// What it counts for.
    pub standing: Standing,
    #[serde(skip)]
    act: Act,
}

/// A unit with all its reviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// The unit before.
    pub original: Original,
    /// The unit now.
    pub current: Current,
    /// What was done, in order.
    pub history: Vec<Entry>,
    /// How many events of the history came with the unit that this one has taken the place of.
    inherited: usize,
    /// The unit before the others.
    start: Current,
}

impl Reviewed {
    /// A unit that nobody has reviewed.
    pub fn new(original: Original) -> Reviewed {
        let current = Current { verdict: Verdict::of(original.state), ..Current::default() };
        Reviewed { original, start: current.clone(), current, history: Vec::new(), inherited: 0 }
    }

    /// What events make of a unit; in any order they are given, they count in their own.
    pub fn of(original: Original, events: impl IntoIterator<Item = Event>) -> Reviewed {
        Reviewed::new(original).with(events)
    }

    /// The same with more events, none of them earlier than those it has.
    #[must_use]
    pub fn with(mut self, events: impl IntoIterator<Item = Event>) -> Reviewed {
        let mut events: Vec<Event> = events.into_iter().collect();
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        for event in events {
            self.apply(event);
        }
        self
    }

    /// The review of a unit that has taken the place of this one, with the same texts, as ingested or as edited.
    #[must_use]
    pub fn moved_to(self, original: Original) -> Reviewed {
        let differs = |now: &str, text: &str| (now != text).then(|| now.to_string());
        let (source, target) = (differs(self.source(), &original.source), differs(self.target(), &original.target));
        let start = Current { source, target, ..self.current };
        Reviewed { original, current: start.clone(), start, inherited: self.history.len(), history: self.history }
    }

    /// The source text now.
    pub fn source(&self) -> &str {
        self.current.source.as_deref().unwrap_or(&self.original.source)
    }

    /// The target text now.
    pub fn target(&self) -> &str {
        self.current.target.as_deref().unwrap_or(&self.original.target)
    }

    /// True when a text is not the original one.
    pub fn is_edited(&self) -> bool {
        self.current.source.is_some() || self.current.target.is_some()
    }

    /// The state to export.
    pub fn state(&self) -> State {
        State::of(self.current.verdict, self.is_edited() || self.original.state == State::Edited)
    }

    /// The hash of the state: what an act on it names as its base.
    pub fn base(&self) -> String {
        base(&self.original.unit, self.current.verdict, self.current.source.as_deref(), self.current.target.as_deref())
    }

    /// What the event with that id counts for.
    pub fn standing(&self, event: &str) -> Option<Standing> {
        self.history.iter().find(|entry| entry.event.id == event).map(|entry| entry.standing)
    }

    /// The conflicts that nobody has looked at since: no verdict and no edit that counts came after them.
    pub fn conflicts(&self) -> impl Iterator<Item = &Entry> {
        let settled = self.history.iter().rposition(|entry| entry.standing == Standing::Applied && entry.act.decides());
        let open = self.history.iter().skip(settled.map_or(0, |n| n + 1));
        open.filter(|entry| entry.standing == Standing::Conflict)
    }

    fn apply(&mut self, event: Event) {
        let act = Act::of(&event);
        let standing = self.judge(&event, &act);
        self.history.push(Entry { event, standing, act });
        if standing != Standing::Applied {
            return;
        }
        let last = self.history.len() - 1;
        match undone_by(&self.history, last) {
            Some(target) => {
                set_force(&mut self.history, target, false);
                self.current = self.replayed();
            }
            None => take(&mut self.current, &self.original, &self.history[last]),
        }
    }

    /// What an event that comes next counts for.
    fn judge(&self, event: &Event, act: &Act) -> Standing {
        let is_current = event.base == self.base();
        let counts = match act {
            Act::Other | Act::Regroup { .. } | Act::Cut { .. } | Act::Join { .. } => return Standing::Unknown,
            Act::Note { .. } | Act::Dismiss { .. } | Act::Undismiss { .. } => true,
            Act::Verdict { .. } | Act::Bulk { .. } => is_current,
            Act::Edit { side: Side::Source, from, .. } => is_current && from == self.source(),
            Act::Edit { side: Side::Target, from, .. } => is_current && from == self.target(),
            Act::Undo { event: id } => self.own().iter().any(|entry| {
                let is_there = entry.event.id == *id && entry.event.by == event.by && entry.standing == Standing::Applied;
                is_there && (is_current || !(entry.act.decides() || matches!(entry.act, Act::Undo { .. })))
            }),
        };
        if counts { Standing::Applied } else { Standing::Conflict }
    }

    /// The events of this unit alone.
    fn own(&self) -> &[Entry] {
        &self.history[self.inherited..]
    }

    /// The state that what is in force makes.
    fn replayed(&self) -> Current {
        let mut current = self.start.clone();
        for entry in self.own().iter().filter(|entry| entry.standing == Standing::Applied) {
            take(&mut current, &self.original, entry);
        }
        current
    }
}

/// The place in a history of what the entry there undoes.
fn undone_by(history: &[Entry], entry: usize) -> Option<usize> {
    let Act::Undo { event } = &history[entry].act else { return None };
    history.iter().position(|other| other.event.id == *event)
}

fn set_force(history: &mut [Entry], entry: usize, in_force: bool) {
    history[entry].standing = if in_force { Standing::Applied } else { Standing::Undone };
    // An undo comes after what it undoes, so this ends.
    if let Some(target) = undone_by(history, entry).filter(|target| *target < entry) {
        set_force(history, target, !in_force);
    }
}

/// The hash of a state of a unit. The original texts are in the unit's id, so that only others are hashed.
pub fn base(unit: &str, verdict: Verdict, source: Option<&str>, target: Option<&str>) -> String {
    let text = |text: Option<&str>| text.map_or(String::new(), |text| format!("={text}"));
    let (source, target) = (text(source), text(target));
    base32(&digest([unit.as_bytes(), verdict.name().as_bytes(), source.as_bytes(), target.as_bytes()]))
}

/// Does what an entry says.
fn take(current: &mut Current, original: &Original, entry: &Entry) {
    let Event { id, by, at, .. } = &entry.event;
    match &entry.act {
        Act::Verdict { state } | Act::Bulk { state, .. } => current.verdict = *state,
        Act::Edit { side: Side::Source, to, .. } => current.source = (*to != original.source).then(|| to.clone()),
        Act::Edit { side: Side::Target, to, .. } => current.target = (*to != original.target).then(|| to.clone()),
        Act::Note { text, reply_to } => {
            current.notes.push(Note { id: id.clone(), by: by.clone(), at: at.clone(), text: text.clone(), reply_to: reply_to.clone() });
        }
        Act::Dismiss { finding, reason } => {
            current.dismissed.retain(|dismissal| dismissal.finding != *finding);
            let (finding, reason) = (finding.clone(), reason.clone());
            current.dismissed.push(Dismissal { finding, by: by.clone(), at: at.clone(), reason });
        }
        Act::Undismiss { finding } => current.dismissed.retain(|dismissal| dismissal.finding != *finding),
        Act::Undo { .. } | Act::Other | Act::Regroup { .. } | Act::Cut { .. } | Act::Join { .. } => {}
    }
}

#[cfg(test)]
mod tests;
