//! Duplicates among the units of a store that nothing else drops: they are seen in a first pass, and told in a second.

use super::Dedup;
use super::duplicates::{Duplicates, Fate, Finder, Keyed};
use crate::error::Result;
use crate::parallel::Pool;
use crate::store::{Store, StoredUnit};

/// What is left of a unit for comparison.
pub(super) enum Compared {
    /// It is dropped already.
    Dropped,
    /// It stays, whatever it is like.
    Exempt,
    /// It is compared; the number in it is that in its page.
    With(Keyed),
}

/// What becomes of a unit.
pub(super) enum Told {
    /// It was dropped before.
    Dropped,
    /// It stays.
    Kept,
    /// It says the same as the unit with that id.
    Duplicate(String),
}

/// The units seen so far.
pub(super) struct Seen<'p> {
    finder: Finder<'p>,
    /// The row of each unit that was compared, by its number: eight bytes for a unit, to name the one that stays.
    rows: Vec<i64>,
    /// What became of each unit, in the order in which they are read.
    states: Vec<State>,
}

#[derive(Clone, Copy)]
enum State {
    Dropped,
    Exempt,
    Compared,
}

impl<'p> Seen<'p> {
    pub(super) fn new(dedup: &Dedup, pool: &'p Pool) -> Seen<'p> {
        Seen { finder: Finder::new(&dedup.options, pool), rows: Vec::new(), states: Vec::new() }
    }

    /// Adds the units of a page, each with its row.
    pub(super) fn add(&mut self, units: Vec<(i64, Compared)>) -> Result<()> {
        for (row, compared) in units {
            self.states.push(match compared {
                Compared::Dropped => State::Dropped,
                Compared::Exempt => State::Exempt,
                Compared::With(keyed) => {
                    self.finder.add(Keyed { record: self.rows.len() as u64, ..keyed })?;
                    self.rows.push(row);
                    State::Compared
                }
            });
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Telling> {
        Ok(Telling { duplicates: self.finder.finish()?, rows: self.rows, states: self.states.into_iter(), next: 0 })
    }
}

/// Tells what becomes of each unit, in the order in which they were seen.
pub(super) struct Telling {
    duplicates: Duplicates,
    rows: Vec<i64>,
    states: std::vec::IntoIter<State>,
    next: u64,
}

impl Telling {
    /// The units of a page with what becomes of each.
    pub(super) fn tell(&mut self, page: Vec<StoredUnit>, store: &Store) -> Result<Vec<(StoredUnit, Told)>> {
        page.into_iter().map(|stored| Ok((stored, self.next(store)?))).collect()
    }

    fn next(&mut self, store: &Store) -> Result<Told> {
        match self.states.next() {
            None | Some(State::Dropped) => Ok(Told::Dropped),
            Some(State::Exempt) => Ok(Told::Kept),
            Some(State::Compared) => {
                let fate = self.duplicates.fate(self.next)?;
                self.next += 1;
                match fate {
                    Fate::Dropped(twin) => {
                        let row = usize::try_from(twin.record).ok().and_then(|n| self.rows.get(n)).copied().unwrap_or_default();
                        Ok(Told::Duplicate(store.unit_id(row)?))
                    }
                    _ => Ok(Told::Kept),
                }
            }
        }
    }
}
