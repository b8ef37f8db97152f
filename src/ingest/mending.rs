//! What a person asks of an alignment → the act that does it, made from the beads as they are now. Nothing is changed here:
//! [`Store::mend`] does the act.

use std::ops::Range;

use serde::Deserialize;

use super::aligning::align_around;
use crate::align::Aligner;
use crate::align::repair::{self, Impossible, Regrouped, by_hand};
use crate::error::Result;
use crate::model::review::mending::Ground;
use crate::model::review::{Joint, Placed};
use crate::model::{Act, Bead, Document, Side};
use crate::store::{self, Store};

/// What is asked of one bead.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Repair {
    /// It is right as it is.
    Keep {},
    /// That is taken back.
    Release {},
    /// It makes one bead with a neighbour.
    Merge {
        /// Which.
        with: Neighbour,
    },
    /// Its first segments make a bead of their own.
    Split {
        /// So many source segments.
        source: usize,
        /// So many target segments.
        target: usize,
    },
    /// Its first segment goes to the bead before.
    ShiftUp {
        /// On this side.
        side: Side,
    },
    /// Its last segment goes to the bead after.
    PopDown {
        /// On this side.
        side: Side,
    },
    /// The segments from here on go one bead down.
    Push {
        /// On this side.
        side: Side,
    },
    /// The segments from here on go one bead up.
    Pull {
        /// On this side.
        side: Side,
    },
    /// Two segments correspond; what stands between is aligned again.
    Pair {
        /// 0-based source segment of the document.
        source: usize,
        /// 0-based target segment of the document.
        target: usize,
    },
    /// None of its segments corresponds to another.
    Unpair {},
    /// A segment is cut in two.
    SplitSegment {
        /// On this side.
        side: Side,
        /// 0-based segment of the document.
        segment: usize,
        /// The byte of its text, as it is shown, before which it is cut.
        at: usize,
    },
    /// A segment is joined with the next.
    MergeSegments {
        /// On this side.
        side: Side,
        /// 0-based segment of the document.
        segment: usize,
    },
}

/// A neighbour of a bead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Neighbour {
    /// The bead before.
    Previous,
    /// The bead after.
    Next,
}

/// A bitext with all that its repair has to know.
pub struct Bench {
    bitext: store::Bitext,
    /// The source and the target document.
    pub documents: [Document; 2],
    /// The beads.
    pub beads: Vec<Bead>,
    /// For each bead, whether a person holds it to be right.
    pub held: Vec<bool>,
    start: Vec<Bead>,
}

/// Neighbouring beads before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The beads that are no more.
    pub before: Vec<Bead>,
    /// Those in their place.
    pub after: Vec<Bead>,
}

impl Bench {
    /// The bitext with that key.
    ///
    /// # Errors
    /// If there is none.
    pub fn of(store: &Store, key: &str) -> Result<Bench> {
        let bitext = store.bitext(key)?;
        let documents = [store.document(bitext.documents.0)?.document, store.document(bitext.documents.1)?.document];
        let (beads, held, start) = (store.beads(bitext.row)?, store.held_beads(bitext.row)?, store.start_of(&bitext)?);
        Ok(Bench { bitext, documents, beads, held, start })
    }

    /// The act that does what is asked of bead `n`, and the bead that the person is at afterwards.
    ///
    /// # Errors
    /// If it makes no sense there.
    pub fn repair(&self, n: usize, asked: &Repair, aligner: &Aligner) -> Result<(Act, usize), Impossible> {
        let beads = &self.beads;
        let (how, regrouped) = match asked {
            Repair::Keep {} => ("keep", repair::keep(beads, n)),
            Repair::Release {} => ("release", repair::release(beads, n, self.confidence_before(n))),
            Repair::Merge { with: Neighbour::Next } => ("merge", repair::merge(beads, n)),
            Repair::Merge { with: Neighbour::Previous } => {
                let before = n.checked_sub(1).ok_or(Impossible::NoBeadBefore)?;
                ("merge", repair::merge(beads, before))
            }
            Repair::Split { source, target } => ("split", repair::split(beads, n, *source, *target)),
            Repair::ShiftUp { side } => ("shift_up", repair::shift_up(beads, n, *side)),
            Repair::PopDown { side } => ("pop_down", repair::pop_down(beads, n, *side)),
            Repair::Push { side } => ("push", repair::push(beads, &self.held, n, *side)),
            Repair::Pull { side } => ("pull", repair::pull(beads, &self.held, n, *side)),
            Repair::Pair { source, target } => ("pair", self.pair(*source, *target, aligner)),
            Repair::Unpair {} => ("unpair", repair::unpair(beads, n)),
            Repair::SplitSegment { side, segment, at } => return Ok((self.cut(*side, *segment, *at)?, n)),
            Repair::MergeSegments { side, segment } => return Ok((self.join(*side, *segment)?, n)),
        };
        let Regrouped { replaced, beads, at } = regrouped?;
        Ok((self.regroup(how, n, replaced, &beads), at))
    }

    /// The confidence that the aligner gave to bead `n`; a half where nothing is known.
    fn confidence_before(&self, n: usize) -> f64 {
        let is_it = |other: &&Bead| self.beads.get(n).is_some_and(|bead| (&bead.source, &bead.target) == (&other.source, &other.target));
        self.start.iter().find(is_it).filter(|bead| !bead.by_hand).map_or(0.5, |bead| bead.confidence)
    }

    fn pair(&self, source: usize, target: usize, aligner: &Aligner) -> repair::Regrouping {
        let replaced = repair::between(&self.beads, &self.held, source, target)?;
        let paired = by_hand(source..source + 1, target..target + 1);
        let beads = self.align_again(&replaced, std::slice::from_ref(&paired), aligner);
        let at = replaced.start + beads.iter().position(|bead| *bead == paired).unwrap_or(0);
        Ok(Regrouped { replaced, beads, at })
    }

    /// The act that aligns these beads again, around those that are held, and what it changes; `None` if that is nothing.
    pub fn realign(&self, range: Range<usize>, aligner: &Aligner) -> Option<(Act, Vec<Change>)> {
        let range = range.start.min(self.beads.len())..range.end.min(self.beads.len());
        let held: Vec<Bead> = range.clone().filter(|&n| self.held[n]).map(|n| self.beads[n].clone()).collect();
        let after = self.align_again(&range, &held, aligner);
        let changes = changes(&self.beads[range.clone()], &after);
        // What is the same at both ends is left out, so that the act touches no more than it changes.
        let (before, same) = (&self.beads[range.clone()], |(a, b): &(&Bead, &Bead)| is_same(a, b));
        let first = before.iter().zip(&after).take_while(same).count();
        let last = before[first..].iter().rev().zip(after[first..].iter().rev()).take_while(same).count();
        let act = self.regroup("realign", range.start + first, range.start + first..range.end - last, &after[first..after.len() - last]);
        (!changes.is_empty()).then_some((act, changes))
    }

    /// The beads of the segments of a range of beads, around some of them.
    fn align_again(&self, range: &Range<usize>, held: &[Bead], aligner: &Aligner) -> Vec<Bead> {
        let (Some(first), Some(last)) = (self.beads.get(range.start), range.end.checked_sub(1).and_then(|n| self.beads.get(n))) else {
            return Vec::new();
        };
        let [source, target] = &self.documents;
        let segments = (first.source.start..last.source.end, first.target.start..last.target.end);
        align_around(source, target, segments.0, segments.1, held, aligner)
    }

    /// The act of a person at bead `n`.
    fn regroup(&self, how: &str, n: usize, replaced: Range<usize>, beads: &[Bead]) -> Act {
        let [source, target] = self.documents.each_ref().map(Ground::of);
        let placed = |beads: &[Bead]| beads.iter().map(|bead| Placed::of(bead, source, target)).collect();
        let place = self.beads.get(n).map_or([0, 0], |bead| Placed::of(bead, source, target).start());
        let (from, to) = (placed(&self.beads[replaced]), placed(beads));
        Act::Regroup { bitext: self.bitext.key.clone(), how: how.into(), place, from, to }
    }

    /// The bead at the place of an act on this bitext.
    pub fn place_of(&self, act: &Act) -> usize {
        let [source, target] = &self.documents;
        let segment = |document: &Document, byte: usize| document.segments.partition_point(|segment| segment.end <= byte);
        match act {
            Act::Regroup { place: [s, t], .. } => {
                let (s, t) = (segment(source, *s), segment(target, *t));
                self.beads.partition_point(|bead| bead.source.end <= s && bead.target.end <= t)
            }
            Act::Cut { document, joint, .. } | Act::Join { document, joint, .. } if *document == source.path => {
                let s = segment(source, joint.near);
                self.beads.partition_point(|bead| bead.source.end <= s)
            }
            Act::Cut { joint, .. } | Act::Join { joint, .. } => {
                let t = segment(target, joint.near);
                self.beads.partition_point(|bead| bead.target.end <= t)
            }
            _ => 0,
        }
    }

    fn document(&self, side: Side) -> &Document {
        match side {
            Side::Source => &self.documents[0],
            Side::Target => &self.documents[1],
        }
    }

    fn cut(&self, side: Side, n: usize, at: usize) -> Result<Act, Impossible> {
        let document = self.document(side);
        let segment = document.segments.get(n).ok_or(Impossible::NoSegment)?;
        let (shown, whole) = (document.segment(n), &document.text[segment.start..segment.end]);
        let (before, after) = shown.split_at_checked(at).ok_or(Impossible::EmptySegment)?;
        if before.trim().is_empty() || after.trim().is_empty() {
            return Err(Impossible::EmptySegment);
        }
        let place = same_place(before, after, whole).ok_or(Impossible::NotAsShown)?;
        let joint = Joint { whole: whole.to_string(), place, near: segment.start };
        Ok(Act::Cut { bitext: self.bitext.key.clone(), document: document.path.clone(), joint })
    }

    fn join(&self, side: Side, n: usize) -> Result<Act, Impossible> {
        let document = self.document(side);
        let (first, second) = (document.segments.get(n).ok_or(Impossible::NoSegment)?, document.segments.get(n + 1));
        let is_one_bead = self.beads.iter().any(|bead| {
            let segments = if side == Side::Source { &bead.source } else { &bead.target };
            segments.contains(&n) && segments.contains(&(n + 1))
        });
        let Some(second) = second.filter(|_| is_one_bead) else {
            return Err(Impossible::OtherBead);
        };
        let joint = Joint { whole: document.text[first.start..second.end].to_string(), place: first.end - first.start, near: first.start };
        Ok(Act::Join { bitext: self.bitext.key.clone(), document: document.path.clone(), joint })
    }
}

/// The byte of `whole` that stands between what is shown before and after, if nothing but white space differs.
fn same_place(before: &str, after: &str, whole: &str) -> Option<usize> {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let is_letter = |(_, c): &(usize, char)| !c.is_whitespace();
    let (at, _) = whole.char_indices().filter(is_letter).nth(letters(before))?;
    let same = |shown: &str, text: &str| shown.split_whitespace().flat_map(str::chars).eq(text.split_whitespace().flat_map(str::chars));
    (same(before, &whole[..at]) && same(after, &whole[at..])).then_some(at)
}

fn is_same(bead: &Bead, other: &Bead) -> bool {
    (&bead.source, &bead.target) == (&other.source, &other.target)
}

/// Where two lists of beads over the same segments differ.
fn changes(before: &[Bead], after: &[Bead]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let (mut a, mut b) = (0, 0);
    while a < before.len() || b < after.len() {
        if let (Some(one), Some(other)) = (before.get(a), after.get(b))
            && is_same(one, other)
        {
            (a, b) = (a + 1, b + 1);
            continue;
        }
        // The two lists meet again where both have come as far on both sides.
        let (from_a, from_b) = (a, b);
        let end = |beads: &[Bead], n: usize| {
            n.checked_sub(1).and_then(|n| beads.get(n)).map_or((0, 0), |bead| (bead.source.end, bead.target.end))
        };
        loop {
            let (one, other) = (end(before, a), end(after, b));
            let moved = a > from_a && b > from_b;
            if (moved && one == other) || (a == before.len() && b == after.len()) {
                break;
            }
            let is_behind = one.0 + one.1 <= other.0 + other.1;
            if b == after.len() || (a < before.len() && is_behind) { a += 1 } else { b += 1 }
        }
        changes.push(Change { before: before[from_a..a].to_vec(), after: after[from_b..b].to_vec() });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(source: Range<usize>, target: Range<usize>) -> Bead {
        Bead::new(source, target, 0.5)
    }

    #[test]
    fn changes_are_where_two_groupings_part_and_meet_again() {
        let before = [bead(0..1, 0..1), bead(1..2, 1..3), bead(2..3, 3..4), bead(3..4, 4..5)];
        let after = [bead(0..1, 0..1), bead(1..2, 1..2), bead(2..3, 2..4), bead(3..4, 4..5)];
        assert_eq!(changes(&before, &before), []);
        assert_eq!(changes(&before, &after), [Change { before: before[1..3].to_vec(), after: after[1..3].to_vec() }]);
        let one = [bead(0..4, 0..5)];
        assert_eq!(changes(&before, &one), [Change { before: before.to_vec(), after: one.to_vec() }]);
    }

    #[test]
    fn a_place_is_found_when_only_white_space_differs() {
        assert_eq!(same_place("Sí. ", "No.", "Sí.\n  No."), Some(7));
        assert_eq!(same_place("Sí.", " No.", "Sí.\n  No."), Some(7));
        assert_eq!(same_place("Sí. ", "No.", "Sí. 14 No."), None);
    }
}
