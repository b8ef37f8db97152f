//! A review that came back in a file → acts in the store's log, in the reviewer's name. All of a file is taken in one transaction.
//!
//! A row counts for the state that its reviewer was shown. On another one its verdict and edits are a conflict: nothing is done and the row is listed,
//! unless the unit has become what the row wants, as when a file is taken twice. A note hurts nobody and is taken in any case, once.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::checking::Checker;
use super::{Change, Options, RejectedFile, Report};
use crate::error::{Error, Result};
use crate::formats::returned::{Returned, ReturnedRow, comparable};
use crate::formats::{Format, ReadOptions};
use crate::model::{Act, Finding, Reviewed, Side, State};
use crate::store::review::{Acted, Recheck};
use crate::store::{Store, StoredUnit};

/// What was taken over of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// In whose name.
    pub by: String,
    /// Verdicts.
    pub verdicts: u64,
    /// Texts that were edited.
    pub edits: u64,
    /// Notes.
    pub notes: u64,
    /// Rows that the reviewer left as they were.
    pub untouched: u64,
    /// Rows that say what the store has already.
    pub known: u64,
    /// Rows whose unit was changed in the store meanwhile; they are among the rejected ones.
    pub conflicts: u64,
}

/// Takes a review into the store.
pub(super) fn ingest(store: &mut Store, format: &Format, file: &Path, options: &Options) -> Result<Report> {
    let asked = ReadOptions { source_lang: store.source_lang(), target_lang: store.target_lang() };
    let read_review = format.read_review.ok_or_else(|| Error::new(format!("format `{}` holds no reviews", format.name)))?;
    let by = options.reviewer.clone().ok_or_else(|| Error::new("a review needs the name of its reviewer").in_file(file))?;
    let key = options.key(file);
    let returned = read_review(options.open(file)?.named(&key), &asked)?.ok_or_else(|| Error::new("no review").in_file(file))?;
    let mut rejected = RejectedFile::new(&options.rejected_folder, &key, options.strict);
    let is_edited = returned.rows.iter().any(|row| row.source.is_some() || row.target.is_some());
    let checker = is_edited.then(|| Checker::of(store)).transpose()?;
    let taken = store.transaction(|store| take(store, &returned, by, checker.as_ref(), &mut rejected)).map_err(|e| e.in_file(file))?;
    let change = if taken.verdicts + taken.edits + taken.notes > 0 { Change::Changed } else { Change::Unchanged };
    let mut report = Report { read: returned.read, review: Some(taken), ..Report::new(&key, format.name, change) };
    report.outcome.rejected = rejected.count();
    report.rejected_file = rejected.finish()?;
    Ok(report)
}

fn take(store: &Store, returned: &Returned, by: String, checker: Option<&Checker>, rejected: &mut RejectedFile) -> Result<Taken> {
    let check = |stored: &StoredUnit| -> Vec<Finding> { checker.map(|checker| checker.find(stored)).unwrap_or_default() };
    let mut taking = Taking { store, at: now(), recheck: Some(&check), taken: Taken { by, ..Taken::default() } };
    let mut causes = Vec::new();
    for row in &returned.rows {
        causes.extend(taking.row(row)?.map(|cause| row.place.reject(cause)));
    }
    let mut all: Vec<_> = returned.rejected.iter().chain(&causes).collect();
    all.sort_by_key(|rejection| rejection.record);
    all.into_iter().try_for_each(|rejection| rejected.add(rejection))?;
    taking.taken.untouched = returned.read - (returned.rows.len() + returned.rejected.len()) as u64;
    Ok(taking.taken)
}

/// A review being taken.
struct Taking<'a> {
    store: &'a Store,
    /// Milliseconds since 1970.
    at: i64,
    recheck: Recheck<'a>,
    taken: Taken,
}

impl Taking<'_> {
    /// Does what a row says; gives back why not, if so.
    fn row(&mut self, row: &ReturnedRow) -> Result<Option<String>> {
        let Some(reviewed) = self.store.history(&row.id)? else { return Ok(Some("there is no such unit in the store".into())) };
        if self.store.row(&row.id)?.is_none_or(|stored| stored.state == State::Withdrawn) {
            return Ok(Some("the unit is withdrawn: its origin does not have it any more".into()));
        }
        let decisions = decisions(row, &reviewed);
        let note = self.note(row, &reviewed);
        if decisions.is_empty() && note.is_none() {
            self.taken.known += 1;
        }
        let is_conflict = !decisions.is_empty() && row.base != reviewed.base();
        let mut base = reviewed.base();
        for act in decisions.iter().filter(|_| !is_conflict).chain(&note) {
            base = self.act(&row.id, &base, act)?;
        }
        self.taken.conflicts += u64::from(is_conflict);
        Ok(is_conflict.then(|| conflict(&decisions, &reviewed)))
    }

    fn act(&mut self, unit: &str, base: &str, act: &Act) -> Result<String> {
        match self.store.act_within(&self.taken.by, self.at, unit, base, act, self.recheck)? {
            Acted::Done(done) => {
                match act {
                    Act::Verdict { .. } => self.taken.verdicts += 1,
                    Act::Edit { .. } => self.taken.edits += 1,
                    _ => self.taken.notes += 1,
                }
                Ok(done.base)
            }
            // Nobody else writes in this transaction, and what the act is based on was read in it.
            Acted::Conflict { .. } => Err(Error::new(format!("unit `{unit}` changed while it was reviewed"))),
        }
    }

    /// The note of the row, unless the reviewer has made it before.
    fn note(&self, row: &ReturnedRow, reviewed: &Reviewed) -> Option<Act> {
        let text = row.note.as_ref()?;
        let is_there = reviewed.current.notes.iter().any(|note| note.by == self.taken.by && comparable(&note.text) == comparable(text));
        (!is_there).then(|| Act::Note { text: text.clone(), reply_to: None })
    }
}

/// What a row decides that is not so yet: first the texts, then what they are worth.
fn decisions(row: &ReturnedRow, reviewed: &Reviewed) -> Vec<Act> {
    let edit = |side, from: &str, to: &Option<String>| {
        let to = to.as_ref().filter(|to| comparable(to) != comparable(from))?;
        Some(Act::Edit { side, from: from.to_string(), to: to.clone(), reason: None })
    };
    let edits = [edit(Side::Source, reviewed.source(), &row.source), edit(Side::Target, reviewed.target(), &row.target)];
    let verdict = row.verdict.filter(|verdict| *verdict != reviewed.current.verdict).map(|state| Act::Verdict { state });
    edits.into_iter().flatten().chain(verdict).collect()
}

/// What was not done, and how the unit is now.
fn conflict(decisions: &[Act], reviewed: &Reviewed) -> String {
    let what = decisions.iter().map(|act| match act {
        Act::Verdict { state } => format!("verdict `{state}`"),
        Act::Edit { side, .. } => format!("edit of the {side}"),
        _ => String::new(),
    });
    let by = reviewed.history.last().map(|entry| format!(" by {}", entry.event.by)).unwrap_or_default();
    let what = what.collect::<Vec<_>>().join(", ");
    format!("conflict: the unit was changed{by} since the table was written, it is `{}` now; not done: {what}", reviewed.state())
}

/// Milliseconds since 1970. Only acts have a time.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
