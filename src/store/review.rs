//! Reviews: acts, their undoing, and the state they make of the units, each in one transaction with its event. What a reviewer sees is in
//! [`views`], [`rows`] and [`counts`]; how events are folded is the model's business ([`Reviewed`](crate::model::Reviewed)).
//!
//! Times come in as milliseconds since 1970; nothing here reads a clock.

use super::{Store, StoredUnit};
use crate::error::{Error, Result};
use crate::model::review::Standing;
use crate::model::{Act, Event, Finding, Verdict};
use crate::text::hash::from_base32;

pub mod counts;
mod findings;
pub mod logs;
mod many;
mod mending;
mod projection;
pub mod queue;
pub mod rows;
pub mod views;

pub use counts::{Bin, CheckCounts, Counts, Report};
pub use logs::{Conflict, Merged};
pub use mending::{Mended, mended_segments};
pub use rows::{Detail, KeyedFinding, Row};
pub use views::{Filter, Order};

/// Gives a unit whose text has changed its new findings.
pub type Recheck<'a> = Option<&'a dyn Fn(&StoredUnit) -> Vec<Finding>>;

/// What became of an act.
#[derive(Debug, Clone, PartialEq)]
pub enum Acted {
    /// It was done.
    Done(Done),
    /// The unit is no longer in the state that the reviewer saw; nothing was done.
    Conflict {
        /// Its row.
        row: i64,
        /// The hash of its state.
        base: String,
    },
}

/// An act that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// Its event.
    pub event: Event,
    /// The row of the unit.
    pub row: i64,
    /// The hash of its state now.
    pub base: String,
    /// The place of the event in the log.
    pub seq: i64,
}

/// An act that was undone or done again.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// The event of this.
    pub event: Event,
    /// The event of the act.
    pub undone: Event,
    /// The rows of the units that it concerns, if it is on units.
    pub rows: Vec<i64>,
    /// The key of the bitext where it was done, if it is on an alignment.
    pub bitext: Option<String>,
    /// The place of the event in the log.
    pub seq: i64,
}

/// What became of the undoing of an act.
#[derive(Debug, Clone, PartialEq)]
pub enum Undoing {
    /// It was undone.
    Done(Box<Undone>),
    /// There is nothing to undo.
    Nothing,
    /// What was done there has been changed since by others; nothing was done.
    Changed,
}

impl Undoing {
    /// What was undone, if anything.
    pub fn done(self) -> Option<Undone> {
        match self {
            Undoing::Done(undone) => Some(*undone),
            Undoing::Nothing | Undoing::Changed => None,
        }
    }
}

/// What became of an act on many units.
#[derive(Debug, Clone, PartialEq)]
pub enum Bulked {
    /// It was done.
    Done {
        /// Its event.
        event: Event,
        /// How many units it changed.
        count: u64,
        /// The place of the event in the log.
        seq: i64,
    },
    /// So many of the units have an open finding of tier 1; nothing was done.
    Tier1(u64),
}

impl Store {
    /// Does an act of the reviewer `by` on a unit, if the unit is still in the state `base` ([`Reviewed::base`](crate::model::Reviewed::base)).
    ///
    /// # Errors
    /// If the reviewer's name, the unit or the act is none, or an edit leaves nothing.
    pub fn act(&mut self, by: &str, at: i64, unit: &str, seen: &str, act: &Act, recheck: Recheck<'_>) -> Result<Acted> {
        // A bad request is told as one, not as a failure of the store.
        checked(by, unit, act)?;
        self.transaction(|store| store.act_within(by, at, unit, seen, act, recheck))
    }

    /// The same as one of several acts of which all are done or none; to be called in a transaction.
    pub fn act_within(&self, by: &str, at: i64, unit: &str, seen: &str, act: &Act, recheck: Recheck<'_>) -> Result<Acted> {
        let uid = checked(by, unit, act)?;
        let row = self.unit_row(&uid)?.ok_or_else(|| Error::new(format!("there is no unit `{unit}`")))?;
        let before = self.reviewed(&uid)?.ok_or_else(|| Error::new(format!("there is no unit `{unit}`")))?;
        let event = act.event(self.next_event_id(by)?, self.time_of_act(at)?, by, unit, seen);
        let refused = Acted::Conflict { row, base: before.base() };
        if seen != before.base() {
            return Ok(refused);
        }
        let after = before.with([event.clone()]);
        if after.standing(&event.id) != Some(Standing::Applied) {
            return Ok(refused);
        }
        let seq = self.log(&event, &[])?;
        self.settle(&uid, recheck)?;
        Ok(Acted::Done(Done { event, row, base: after.base(), seq }))
    }

    /// Undoes the latest act of the reviewer that is in force.
    pub fn undo(&mut self, by: &str, at: i64, recheck: Recheck<'_>) -> Result<Undoing> {
        self.undoing(by, at, recheck, Store::last_act)
    }

    /// Does the act again that the reviewer undid last, unless the reviewer has done something since.
    pub fn redo(&mut self, by: &str, at: i64, recheck: Recheck<'_>) -> Result<Undoing> {
        self.undoing(by, at, recheck, Store::last_undo)
    }

    fn undoing(&mut self, by: &str, at: i64, recheck: Recheck<'_>, target: fn(&Store, &str) -> Result<Option<Event>>) -> Result<Undoing> {
        check_reviewer(by)?;
        self.transaction(|store| {
            let Some(target) = target(store, by)? else { return Ok(Undoing::Nothing) };
            let root = store.root_act(&target)?;
            if root.mends() {
                let undone = store.undo_mending(by, at, &target, &root, recheck)?;
                let Some(Mended { event, seq, bitext }) = undone else { return Ok(Undoing::Changed) };
                let undone = Undone { event, undone: store.done_by(target)?, rows: Vec::new(), bitext: Some(bitext), seq };
                return Ok(Undoing::Done(Box::new(undone)));
            }
            let units = if target.unit.is_empty() { store.seen_now(&target.id)? } else { Vec::new() };
            let seen = store.history(&target.unit)?.map(|reviewed| reviewed.base()).unwrap_or_default();
            let act = Act::Undo { event: target.id.clone() };
            let event = act.event(store.next_event_id(by)?, store.time_of_act(at)?, by, &target.unit, &seen);
            let seq = store.log(&event, &units)?;
            store.settle_alone(&event, seq)?;
            let mut rows = Vec::new();
            for uid in units.iter().map(|(uid, _)| *uid).chain(from_base32(&target.unit)) {
                rows.extend(store.unit_row(&uid)?);
            }
            for uid in store.not_alone(&event, seq)?.into_iter().chain(from_base32(&target.unit)) {
                store.settle(&uid, recheck)?;
            }
            Ok(Undoing::Done(Box::new(Undone { event, undone: store.done_by(target)?, rows, bitext: None, seq })))
        })
    }

    /// What an event did: for an undo, the event that it undid.
    fn done_by(&self, event: Event) -> Result<Event> {
        Ok(match Act::of(&event) {
            Act::Undo { event: id } => self.event(&id)?.unwrap_or(event),
            _ => event,
        })
    }

    /// Says of many units at once what they are worth: one event, which names the filter that chose them and the sample that the reviewer passed.
    /// Units that have a verdict already keep it, unless it is taken back (`Unreviewed`). No unit may have an open finding of tier 1.
    pub fn bulk(&mut self, by: &str, at: i64, rows: &[u32], filter: &str, verdict: Verdict, sample: &[String]) -> Result<Bulked> {
        check_reviewer(by)?;
        self.transaction(|store| {
            let barred = store.with_tier_1(rows)?;
            if barred > 0 && verdict == Verdict::Accepted {
                return Ok(Bulked::Tier1(barred));
            }
            let units = store.to_be_changed(rows, verdict)?;
            let count = units.len() as u64;
            let act = Act::Bulk { filter: filter.into(), state: verdict, sample: sample.to_vec(), count };
            let event = act.event(store.next_event_id(by)?, store.time_of_act(at)?, by, "", "");
            let seq = store.log(&event, &units)?;
            store.set_verdicts(seq, verdict)?;
            Ok(Bulked::Done { event, count, seq })
        })
    }

    /// The latest act of a reviewer that is in force and changes something.
    fn last_act(&self, by: &str) -> Result<Option<Event>> {
        let mut void = Vec::new();
        let mut found = None;
        self.each_event_by(by, |event| {
            if take_out(&mut void, &event.id) {
                return Ok(true);
            }
            match Act::of(&event) {
                _ if !self.is_in_force(&event)? => {}
                Act::Undo { event } => void.push(event),
                Act::Other => {}
                _ => found = Some(event),
            }
            Ok(found.is_none())
        })?;
        Ok(found)
    }

    /// The latest undo of a reviewer that is in force, undoes an act, and comes after all acts in force.
    fn last_undo(&self, by: &str) -> Result<Option<Event>> {
        let mut void = Vec::new();
        let mut found = None;
        self.each_event_by(by, |event| {
            if take_out(&mut void, &event.id) || !self.is_in_force(&event)? {
                return Ok(true);
            }
            match Act::of(&event) {
                Act::Undo { event: target } => {
                    let is_redo = self.event(&target)?.is_some_and(|target| matches!(Act::of(&target), Act::Undo { .. }));
                    void.push(target);
                    if !is_redo {
                        found = Some(event);
                    }
                    Ok(is_redo)
                }
                Act::Other => Ok(true),
                _ => Ok(false),
            }
        })?;
        Ok(found)
    }

    /// False for an act that was in conflict with another, and so has changed nothing.
    fn is_in_force(&self, event: &Event) -> Result<bool> {
        if event.unit.is_empty() {
            return Ok(true);
        }
        let root = self.root_act(event)?;
        if root.mends() {
            return Ok(self.standing_of_mending(event, &root)? == Some(Standing::Applied));
        }
        let reviewed = self.history(&event.unit)?;
        Ok(reviewed.and_then(|reviewed| reviewed.standing(&event.id)) == Some(Standing::Applied))
    }
}

/// The verdict that a state or a verdict of that name is.
pub(super) fn verdict_named(name: &str) -> Verdict {
    Verdict::from_name(name).unwrap_or(if name == "edited" { Verdict::Accepted } else { Verdict::Unreviewed })
}

/// Takes `id` out of the list; false if it is not there.
fn take_out(list: &mut Vec<String>, id: &str) -> bool {
    let place = list.iter().position(|other| other == id);
    place.map(|place| list.swap_remove(place)).is_some()
}

/// The reviewer's name: the one given, else the user's, else `reviewer`.
pub fn reviewer(given: Option<&str>) -> Result<String> {
    if let Some(name) = given {
        check_reviewer(name)?;
        return Ok(name.to_string());
    }
    let user = ["USER", "USERNAME"].iter().find_map(|variable| std::env::var(variable).ok()).unwrap_or_default().to_lowercase();
    Ok(if check_reviewer(&user).is_ok() { user } else { "reviewer".into() })
}

/// Refuses what is no reviewer's name.
pub fn check_reviewer(name: &str) -> Result<()> {
    let is_fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
    if !(1..=40).contains(&name.len()) || !name.bytes().all(is_fine) {
        return Err(Error::new(format!("`{name}` is not a reviewer's name")).hint("1 to 40 of a–z, 0–9, `.`, `_` and `-`"));
    }
    Ok(())
}

/// The unit of an act that can be one.
fn checked(by: &str, unit: &str, act: &Act) -> Result<[u8; 16]> {
    check_reviewer(by)?;
    check_act(act)?;
    from_base32(unit).ok_or_else(|| Error::new(format!("`{unit}` is not a unit id")))
}

/// Refuses acts that are none, or that are not for one unit.
fn check_act(act: &Act) -> Result<()> {
    match act {
        Act::Other => Err(Error::new("unknown act")),
        Act::Bulk { .. } | Act::Undo { .. } => Err(Error::new("this is no act on one unit")),
        act if act.mends() => Err(Error::new("this is no act on one unit")),
        Act::Edit { to, .. } if to.trim().is_empty() => Err(Error::new("an edit cannot leave a text empty")),
        Act::Note { text, .. } if text.trim().is_empty() => Err(Error::new("a note cannot be empty")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
