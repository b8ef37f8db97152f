//! What a person does to the grouping of a bitext: beads are merged, split, and segments moved between them. The beads of an alignment stay in
//! order and cover both sides; what a person has grouped is `by_hand`.

use std::ops::Range;

use crate::model::provenance::named_enum;
use crate::model::{Bead, Side};

/// Neighbouring beads that others take the place of.
#[derive(Debug, Clone, PartialEq)]
pub struct Regrouped {
    /// Indexes of the beads that are replaced.
    pub replaced: Range<usize>,
    /// The beads in their place.
    pub beads: Vec<Bead>,
    /// Of the beads afterwards, the one that the person is at.
    pub at: usize,
}

named_enum! {
    /// Why something cannot be done to a bead.
    Impossible {
        /// There is no such bead.
        NoBead = "no-bead",
        /// There is no bead before the first.
        NoBeadBefore = "no-bead-before",
        /// There is no bead after the last.
        NoBeadAfter = "no-bead-after",
        /// The bead has no segment on this side.
        NothingOnThisSide = "nothing-on-this-side",
        /// A part of the bead would be empty.
        EmptyPart = "empty-part",
        /// There is no such segment.
        NoSegment = "no-segment",
        /// An accepted bead lies between the two segments.
        HeldBetween = "held-between",
        /// A part of the segment would be empty.
        EmptySegment = "empty-segment",
        /// The next segment is in another bead.
        OtherBead = "other-bead",
        /// The segment is not shown as it stands in its document.
        NotAsShown = "not-as-shown",
    }
}

impl Impossible {
    /// The same as a sentence without its end.
    pub fn message(self) -> &'static str {
        match self {
            Impossible::NoBead => "there is no such bead",
            Impossible::NoBeadBefore => "there is no bead before the first",
            Impossible::NoBeadAfter => "there is no bead after the last",
            Impossible::NothingOnThisSide => "the bead has no segment on this side",
            Impossible::EmptyPart => "a bead is split in two, and neither part is empty",
            Impossible::NoSegment => "there is no such segment",
            Impossible::HeldBetween => "an accepted bead lies between the two segments",
            Impossible::EmptySegment => "a segment is cut in two, and neither part is empty",
            Impossible::OtherBead => "the next segment is in another bead",
            Impossible::NotAsShown => "this segment is not shown as it stands in the document, and cannot be cut here",
        }
    }
}

/// A regrouping, or why it is none.
pub type Regrouping = Result<Regrouped, Impossible>;

/// Bead `n` is right as it is.
pub fn keep(beads: &[Bead], n: usize) -> Regrouping {
    let bead = bead_at(beads, n)?;
    Ok(Regrouped { replaced: n..n + 1, beads: vec![by_hand(bead.source.clone(), bead.target.clone())], at: n })
}

/// Takes that back: bead `n` has the confidence that the aligner gave it.
pub fn release(beads: &[Bead], n: usize, confidence: f64) -> Regrouping {
    let bead = bead_at(beads, n)?;
    Ok(Regrouped { replaced: n..n + 1, beads: vec![Bead { confidence, by_hand: false, ..bead.clone() }], at: n })
}

/// Makes one bead of bead `n` and the one after it.
pub fn merge(beads: &[Bead], n: usize) -> Regrouping {
    let (first, second) = (bead_at(beads, n)?, beads.get(n + 1).ok_or(Impossible::NoBeadAfter)?);
    let merged = by_hand(first.source.start..second.source.end, first.target.start..second.target.end);
    Ok(Regrouped { replaced: n..n + 2, beads: vec![merged], at: n })
}

/// Makes a bead of its own of the first `source` and `target` segments of bead `n`.
pub fn split(beads: &[Bead], n: usize, source: usize, target: usize) -> Regrouping {
    let bead = bead_at(beads, n)?;
    let (sources, targets) = (bead.source.len(), bead.target.len());
    if source > sources || target > targets || (source, target) == (0, 0) || (source, target) == (sources, targets) {
        return Err(Impossible::EmptyPart);
    }
    let (s, t) = (bead.source.start + source, bead.target.start + target);
    let parts = vec![by_hand(bead.source.start..s, bead.target.start..t), by_hand(s..bead.source.end, t..bead.target.end)];
    Ok(Regrouped { replaced: n..n + 1, beads: parts, at: n })
}

/// Moves the first segment of one side of bead `n` to the bead before; before the first bead it makes one of its own.
pub fn shift_up(beads: &[Bead], n: usize, side: Side) -> Regrouping {
    let bead = bead_at(beads, n)?;
    let Range { start, end } = of(bead, side);
    if start == end {
        return Err(Impossible::NothingOnThisSide);
    }
    let rest = with(bead, side, start + 1..end);
    let before = match n.checked_sub(1) {
        Some(before) => with(&beads[before], side, of(&beads[before], side).start..start + 1),
        None => with(&empty_at(bead.source.start, bead.target.start), side, start..start + 1),
    };
    // Who moves a segment may want to move the next one as well, and stays.
    let at = if is_empty(&rest) { n.saturating_sub(1) } else { n.max(1) };
    Ok(replacing(n.saturating_sub(1)..n + 1, [before, rest], at))
}

/// Moves the last segment of one side of bead `n` to the bead after; after the last bead it makes one of its own.
pub fn pop_down(beads: &[Bead], n: usize, side: Side) -> Regrouping {
    let bead = bead_at(beads, n)?;
    let Range { start, end } = of(bead, side);
    if start == end {
        return Err(Impossible::NothingOnThisSide);
    }
    let rest = with(bead, side, start..end - 1);
    let after = match beads.get(n + 1) {
        Some(after) => with(after, side, end - 1..of(after, side).end),
        None => with(&empty_at(bead.source.end, bead.target.end), side, end - 1..end),
    };
    Ok(replacing(n..(n + 2).min(beads.len()), [rest, after], n))
}

/// Moves the segments of one side one bead down, from bead `n` to the first bead that has room: one without segments on this side. Where a `held`
/// bead or the end comes before it, the last of them make a bead of their own. Bead `n` is grouped by hand; of those below nothing is known yet.
pub fn push(beads: &[Bead], held: &[bool], n: usize, side: Side) -> Regrouping {
    if of(bead_at(beads, n)?, side).is_empty() {
        return Err(Impossible::NothingOnThisSide);
    }
    let stop = next_held(held, n + 1);
    let room = (n + 1..stop).find(|&k| of(&beads[k], side).is_empty());
    let end = room.map_or(stop, |room| room + 1);
    let first = of(&beads[n], side).start;
    let mut pushed = vec![with(&beads[n], side, first..first)];
    pushed.extend((n + 1..end).map(|k| unknown(with(&beads[k], side, of(&beads[k - 1], side)))));
    if room.is_none() {
        let last = &beads[end - 1];
        pushed.push(unknown(with(&empty_at(last.source.end, last.target.end), side, of(last, side))));
    }
    Ok(replacing(n..end, pushed, n))
}

/// Moves the segments of one side one bead up, from bead `n` to the next `held` bead or the end. The bead before is grouped by hand; of the others
/// nothing is known yet.
pub fn pull(beads: &[Bead], held: &[bool], n: usize, side: Side) -> Regrouping {
    bead_at(beads, n)?;
    let before = n.checked_sub(1).ok_or(Impossible::NoBeadBefore)?;
    let end = next_held(held, n + 1);
    let mut pulled = vec![with(&beads[before], side, of(&beads[before], side).start..of(&beads[n], side).end)];
    pulled.extend((n..end - 1).map(|k| unknown(with(&beads[k], side, of(&beads[k + 1], side)))));
    let last = of(&beads[end - 1], side).end;
    pulled.push(unknown(with(&beads[end - 1], side, last..last)));
    Ok(replacing(before..end, pulled, before))
}

/// Makes a bead of every segment of bead `n`: none of them corresponds to another.
pub fn unpair(beads: &[Bead], n: usize) -> Regrouping {
    let Bead { source, target, .. } = bead_at(beads, n)?.clone();
    let sources = source.clone().map(|s| by_hand(s..s + 1, target.start..target.start));
    let targets = target.clone().map(|t| by_hand(source.end..source.end, t..t + 1));
    Ok(Regrouped { replaced: n..n + 1, beads: sources.chain(targets).collect(), at: n })
}

/// The beads from the one with source segment `s` to the one with target segment `t`, whichever comes first: what changes when the two are paired.
///
/// A held bead with both sides between them is an error.
pub fn between(beads: &[Bead], held: &[bool], s: usize, t: usize) -> Result<Range<usize>, Impossible> {
    let source = beads.iter().position(|bead| bead.source.contains(&s)).ok_or(Impossible::NoSegment)?;
    let target = beads.iter().position(|bead| bead.target.contains(&t)).ok_or(Impossible::NoSegment)?;
    let range = source.min(target)..source.max(target) + 1;
    if (range.start + 1..range.end - 1).any(|n| held.get(n) == Some(&true) && beads[n].is_matched()) {
        return Err(Impossible::HeldBetween);
    }
    Ok(range)
}

/// A bead that a person has grouped.
pub fn by_hand(source: Range<usize>, target: Range<usize>) -> Bead {
    Bead { source, target, confidence: 1.0, by_hand: true }
}

fn bead_at(beads: &[Bead], n: usize) -> Result<&Bead, Impossible> {
    beads.get(n).ok_or(Impossible::NoBead)
}

fn empty_at(source: usize, target: usize) -> Bead {
    by_hand(source..source, target..target)
}

fn of(bead: &Bead, side: Side) -> Range<usize> {
    match side {
        Side::Source => bead.source.clone(),
        Side::Target => bead.target.clone(),
    }
}

fn with(bead: &Bead, side: Side, segments: Range<usize>) -> Bead {
    match side {
        Side::Source => by_hand(segments, bead.target.clone()),
        Side::Target => by_hand(bead.source.clone(), segments),
    }
}

/// A bead that came about by moving others: it may be right or not.
fn unknown(bead: Bead) -> Bead {
    Bead { confidence: 0.5, by_hand: false, ..bead }
}

fn next_held(held: &[bool], from: usize) -> usize {
    (from..held.len()).find(|&n| held[n]).unwrap_or(held.len())
}

/// The regrouping without beads that have no segment left.
fn replacing(replaced: Range<usize>, beads: impl IntoIterator<Item = Bead>, at: usize) -> Regrouped {
    let beads = beads.into_iter().filter(|bead| !is_empty(bead));
    Regrouped { replaced, beads: beads.collect(), at }
}

fn is_empty(bead: &Bead) -> bool {
    bead.source.is_empty() && bead.target.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beads of these numbers of source and target segments.
    fn beads(kinds: &[(usize, usize)]) -> Vec<Bead> {
        let (mut s, mut t) = (0, 0);
        let bead = |&(m, n): &(usize, usize)| {
            (s, t) = (s + m, t + n);
            Bead::new(s - m..s, t - n..t, 0.5)
        };
        kinds.iter().map(bead).collect()
    }

    /// The numbers of segments after a regrouping, which must cover both sides in order as before.
    fn after(before: &[Bead], regrouped: Regrouping) -> Result<String, Impossible> {
        let Regrouped { replaced, beads, at } = regrouped?;
        let mut all = before.to_vec();
        all.splice(replaced, beads);
        let (source, target) = before.last().map_or((0, 0), |last| (last.source.end, last.target.end));
        let alignment = crate::model::Alignment { beads: all, signature: crate::model::Signature::default() };
        assert_eq!(alignment.flaw(source, target), None);
        let kinds: Vec<String> = alignment.beads.iter().map(|bead| bead.kind() + if bead.by_hand { "*" } else { "" }).collect();
        Ok(format!("{} @{at}", kinds.join(" ")))
    }

    fn all(kinds: &[(usize, usize)], how: impl Fn(&[Bead]) -> Regrouping) -> Result<String, Impossible> {
        let before = beads(kinds);
        after(&before, how(&before))
    }

    #[test]
    fn beads_are_merged_and_split() {
        assert_eq!(all(&[(1, 1), (1, 0), (1, 1)], |b| merge(b, 1)).as_deref(), Ok("1:1 2:1* @1"));
        assert!(all(&[(1, 1)], |b| merge(b, 0)) == Err(Impossible::NoBeadAfter));
        assert_eq!(all(&[(1, 1), (2, 2)], |b| split(b, 1, 1, 1)).as_deref(), Ok("1:1 1:1* 1:1* @1"));
        assert_eq!(all(&[(1, 1)], |b| split(b, 0, 1, 0)).as_deref(), Ok("1:0* 0:1* @0"));
        assert!(all(&[(2, 2)], |b| split(b, 0, 2, 2)).is_err());
        assert!(all(&[(2, 2)], |b| split(b, 0, 0, 0)).is_err());
        assert!(all(&[(2, 2)], |b| split(b, 1, 1, 1)).is_err());
    }

    #[test]
    fn a_bead_is_kept_and_released() {
        assert_eq!(all(&[(1, 0), (1, 1)], |b| keep(b, 0)).as_deref(), Ok("1:0* 1:1 @0"));
        assert_eq!(all(&[(1, 0), (1, 1)], |b| release(b, 1, 0.3)).as_deref(), Ok("1:0 1:1 @1"));
    }

    #[test]
    fn one_segment_goes_to_a_neighbour() {
        use Side::{Source, Target};
        assert_eq!(all(&[(1, 1), (1, 2)], |b| shift_up(b, 1, Target)).as_deref(), Ok("1:2* 1:1* @1"));
        assert_eq!(all(&[(1, 1), (1, 0)], |b| shift_up(b, 1, Source)).as_deref(), Ok("2:1* @0"), "nothing is left of the second");
        assert_eq!(all(&[(2, 1)], |b| shift_up(b, 0, Source)).as_deref(), Ok("1:0* 1:1* @1"));
        assert_eq!(all(&[(2, 1), (0, 1)], |b| pop_down(b, 0, Source)).as_deref(), Ok("1:1* 1:1* @0"));
        assert_eq!(all(&[(0, 1), (1, 1)], |b| pop_down(b, 0, Target)).as_deref(), Ok("1:2* @0"));
        assert_eq!(all(&[(1, 2)], |b| pop_down(b, 0, Target)).as_deref(), Ok("1:1* 0:1* @0"));
        assert!(all(&[(1, 0)], |b| pop_down(b, 0, Target)).is_err());
    }

    #[test]
    fn a_side_goes_down_as_far_as_there_is_no_room() {
        let free = [false; 4];
        assert_eq!(all(&[(1, 1), (1, 1), (1, 0), (1, 1)], |b| push(b, &free, 0, Side::Target)).as_deref(), Ok("1:0* 1:1 1:1 1:1 @0"));
        assert_eq!(all(&[(1, 1), (1, 2)], |b| push(b, &free[..2], 0, Side::Target)).as_deref(), Ok("1:0* 1:1 0:2 @0"));
        let held = [false, false, true];
        assert_eq!(all(&[(1, 1), (1, 1), (1, 1)], |b| push(b, &held, 0, Side::Source)).as_deref(), Ok("0:1* 1:1 1:0 1:1 @0"));
    }

    #[test]
    fn a_side_goes_up_as_far_as_the_next_held_bead() {
        let held = [false, false, false, true];
        assert_eq!(all(&[(1, 0), (1, 1), (1, 1), (1, 1)], |b| pull(b, &held, 1, Side::Target)).as_deref(), Ok("1:1* 1:1 1:0 1:1 @0"));
        assert!(all(&[(1, 1)], |b| pull(b, &[false], 0, Side::Target)).is_err());
    }

    #[test]
    fn unpaired_segments_stand_alone() {
        assert_eq!(all(&[(2, 1), (1, 1)], |b| unpair(b, 0)).as_deref(), Ok("1:0* 1:0* 0:1* 1:1 @0"));
    }

    #[test]
    fn segments_are_paired_where_no_held_bead_lies_between() {
        let beads = beads(&[(1, 1), (1, 1), (1, 1)]);
        assert_eq!(between(&beads, &[false; 3], 2, 0), Ok(0..3));
        assert_eq!(between(&beads, &[false, true, false], 0, 2), Err(Impossible::HeldBetween));
        assert_eq!(between(&beads, &[false, true, false], 1, 1), Ok(1..2));
        assert!(between(&beads, &[false; 3], 7, 0).is_err());
    }
}
