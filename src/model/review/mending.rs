//! What people do to an alignment, and what that makes of its beads and of the segments of its documents: a fold over events, as for units.
//!
//! An act replaces some neighbouring parts (beads, segments) by others, and names both. It counts if the parts that it replaces are there;
//! undoing it replaces them back, if what it made is there still. So people who work at different places never disturb each other, and where
//! two have changed the same place, the later act is a conflict and changes nothing.

use serde::{Deserialize, Serialize};

use super::{Act, Entry, Standing, set_force, undone_by};
use crate::model::{Bead, Document, Event, Segment};
use crate::text::hash::{base32, digest};

/// What the events on a bitext name as their unit.
pub fn bitext_id(key: &str) -> String {
    base32(&digest([b"bitext".as_slice(), key.as_bytes()]))
}

/// What the events on a document name as their unit.
pub fn document_id(path: &str) -> String {
    base32(&digest([b"document".as_slice(), path.as_bytes()]))
}

/// A bead by the bytes of its documents, so that it stays where it is when segments are cut or joined.
///
/// A side reaches from its first segment to the segment after its last; an empty side stands before the segment that comes next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// First byte and past the last byte of the source.
    pub source: [usize; 2],
    /// First byte and past the last byte of the target.
    pub target: [usize; 2],
    /// What the aligner gave it, in [0, 1]; a bead that a person has grouped has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// The segments of one side and where their text ends.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The segments, in order.
    pub segments: &'a [Segment],
    /// Bytes of the text.
    pub end: usize,
}

impl<'a> Ground<'a> {
    /// That of a document.
    pub fn of(document: &'a Document) -> Ground<'a> {
        Ground { segments: &document.segments, end: document.text.len() }
    }

    /// The byte at which segment `n` begins, or the end of the text.
    fn byte(&self, n: usize) -> usize {
        self.segments.get(n).map_or(self.end, |segment| segment.start)
    }

    /// The first segment that begins at a byte or after it.
    fn segment(&self, byte: usize) -> usize {
        self.segments.partition_point(|segment| segment.start < byte)
    }
}

impl Placed {
    /// Where a bead is.
    pub fn of(bead: &Bead, source: Ground<'_>, target: Ground<'_>) -> Placed {
        Placed {
            source: [source.byte(bead.source.start), source.byte(bead.source.end)],
            target: [target.byte(bead.target.start), target.byte(bead.target.end)],
            confidence: (!bead.by_hand).then_some(bead.confidence),
        }
    }

    /// The bead of the segments that begin there.
    pub fn bead(&self, source: Ground<'_>, target: Ground<'_>) -> Bead {
        Bead {
            source: source.segment(self.source[0])..source.segment(self.source[1]),
            target: target.segment(self.target[0])..target.segment(self.target[1]),
            confidence: self.confidence.unwrap_or(1.0),
            by_hand: self.confidence.is_none(),
        }
    }

    /// The first byte of both sides.
    pub fn start(&self) -> [usize; 2] {
        [self.source[0], self.target[0]]
    }

    /// True if both reach from the same bytes to the same bytes.
    pub fn is_where(&self, other: &Placed) -> bool {
        (self.source, self.target) == (other.source, other.target)
    }
}

/// Something that acts replace parts of.
pub trait Mended {
    /// Does what the act says, or takes it back; false, and nothing is changed, if what it replaces is not there.
    fn replace(&mut self, act: &Act, back: bool) -> bool;
}

/// The beads of a bitext, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beads(pub Vec<Placed>);

impl Mended for Beads {
    fn replace(&mut self, act: &Act, back: bool) -> bool {
        let Act::Regroup { from, to, .. } = act else { return false };
        let (from, to) = if back { (to, from) } else { (from, to) };
        let Some(first) = from.first() else { return false };
        let found = self.0.iter().position(|bead| bead.is_where(first));
        let there = found.and_then(|at| Some((at, self.0.get(at..at + from.len())?)));
        let Some((at, _)) = there.filter(|(_, beads)| beads.iter().zip(from).all(|(bead, other)| bead.is_where(other))) else {
            return false;
        };
        self.0.splice(at..at + from.len(), to.iter().cloned());
        true
    }
}

/// The segments of a document, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Segments<'a> {
    /// The text.
    pub text: &'a str,
    /// Its segments.
    pub segments: Vec<Segment>,
}

/// A place where one segment is cut in two, or two are joined. It is known by its text, so that it is found again in a text that has changed
/// elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// The text of the whole, as it stands in the document.
    pub whole: String,
    /// The byte of it that belongs to the second part, or to the white space before it.
    pub place: usize,
    /// The byte of the document at which it began: of several with the same text the nearest is meant.
    pub near: usize,
}

impl Joint {
    /// The bytes of the two parts, without the white space around; `None` if one is empty.
    fn parts(&self) -> Option<[std::ops::Range<usize>; 2]> {
        let (first, second) = self.whole.split_at_checked(self.place)?;
        let (first, trimmed) = (first.trim_end(), second.trim_start());
        let gap = second.len() - trimmed.len();
        (!first.is_empty() && !trimmed.is_empty()).then(|| [0..first.len(), self.place + gap..self.whole.len()])
    }
}

impl Segments<'_> {
    /// Of the places where neighbouring segments have these extents and this text, the nearest.
    fn find(&self, joint: &Joint, count: usize) -> Option<usize> {
        let is_it = |first: &Segment, last: &Segment| self.text.get(first.start..last.end) == Some(&joint.whole);
        let places = self.segments.windows(count).enumerate().filter(|(_, segments)| is_it(&segments[0], &segments[count - 1]));
        places.min_by_key(|(_, segments)| segments[0].start.abs_diff(joint.near)).map(|(n, _)| n)
    }

    fn cut(&mut self, joint: &Joint) -> bool {
        let Some(([first, second], n)) = joint.parts().zip(self.find(joint, 1)) else { return false };
        let Segment { start, paragraph, .. } = self.segments[n];
        let part = |range: std::ops::Range<usize>| Segment { start: start + range.start, end: start + range.end, paragraph };
        self.segments.splice(n..=n, [part(first), part(second)]);
        true
    }

    fn join(&mut self, joint: &Joint) -> bool {
        let Some(n) = self.find(joint, 2).filter(|n| joint.near_cut(&self.segments[*n], &self.segments[n + 1])) else { return false };
        let second = self.segments.remove(n + 1);
        self.segments[n].end = second.end;
        true
    }
}

impl Joint {
    /// True if two segments are the parts that it makes of the whole.
    fn near_cut(&self, first: &Segment, second: &Segment) -> bool {
        let parts = [0..first.end - first.start, second.start - first.start..second.end - first.start];
        self.parts() == Some(parts)
    }
}

impl Mended for Segments<'_> {
    fn replace(&mut self, act: &Act, back: bool) -> bool {
        match act {
            Act::Cut { joint, .. } if back => self.join(joint),
            Act::Join { joint, .. } if back => self.cut(joint),
            Act::Cut { joint, .. } => self.cut(joint),
            Act::Join { joint, .. } => self.join(joint),
            _ => false,
        }
    }
}

/// Beads or segments with all that people did to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Mending<T> {
    /// As they are now.
    pub current: T,
    /// What was done, in order.
    pub history: Vec<Entry>,
}

impl<T: Mended> Mending<T> {
    /// What events make of them; in any order they are given, they count in their own.
    pub fn of(start: T, events: impl IntoIterator<Item = Event>) -> Mending<T> {
        let mut events: Vec<Event> = events.into_iter().collect();
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut mending = Mending { current: start, history: Vec::new() };
        events.into_iter().for_each(|event| mending.apply(event));
        mending
    }

    /// The same after one event more.
    #[must_use]
    pub fn with(mut self, event: Event) -> Mending<T> {
        self.apply(event);
        self
    }

    /// Does what an event says that comes after all the others, if it counts.
    fn apply(&mut self, event: Event) {
        let act = Act::of(&event);
        let counts = match &act {
            Act::Undo { event: id } => self.undo(&event.by, id),
            act => self.current.replace(act, false),
        };
        let standing = match act {
            Act::Other => Standing::Unknown,
            _ if counts => Standing::Applied,
            _ => Standing::Conflict,
        };
        self.history.push(Entry { event, standing, act });
    }

    /// What the event with that id counts for.
    pub fn standing(&self, event: &str) -> Option<Standing> {
        self.history.iter().find(|entry| entry.event.id == event).map(|entry| entry.standing)
    }

    fn undo(&mut self, by: &str, id: &str) -> bool {
        let is_it = |entry: &Entry| entry.event.id == id && entry.event.by == by && entry.standing == Standing::Applied;
        let Some(target) = self.history.iter().position(is_it) else { return false };
        let (mut root, mut back) = (target, true);
        while let Some(before) = undone_by(&self.history, root).filter(|before| *before < root) {
            (root, back) = (before, !back);
        }
        let done = self.current.replace(&self.history[root].act, back);
        if done {
            set_force(&mut self.history, target, false);
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(source: [usize; 2], target: [usize; 2]) -> Placed {
        Placed { source, target, confidence: Some(0.5) }
    }

    fn by_hand(source: [usize; 2], target: [usize; 2]) -> Placed {
        Placed { source, target, confidence: None }
    }

    fn event(n: u32, by: &str, act: &Act) -> Event {
        act.event(format!("{by}-{n:06}"), 1_000_000 + i64::from(n), by, "", "")
    }

    fn regroup(from: &[Placed], to: &[Placed]) -> Act {
        Act::Regroup { bitext: "a|b".into(), how: "merge".into(), place: [0, 0], from: from.to_vec(), to: to.to_vec() }
    }

    fn undo(event: &str) -> Act {
        Act::Undo { event: event.into() }
    }

    const STARTS: [usize; 3] = [0, 10, 20];

    fn start() -> Vec<Placed> {
        STARTS.map(|at| bead([at, at + 10], [at, at + 10])).to_vec()
    }

    fn merged() -> Act {
        regroup(&start()[..2], &[by_hand([0, 20], [0, 20])])
    }

    #[test]
    fn an_act_replaces_beads_and_its_undoing_replaces_them_back() {
        let mut mending = Mending::of(Beads(start()), [event(1, "ana", &merged())]);
        assert_eq!(mending.current.0, [by_hand([0, 20], [0, 20]), start()[2].clone()]);
        mending.apply(event(2, "ana", &undo("ana-000001")));
        assert_eq!((&mending.current.0, mending.standing("ana-000001")), (&start(), Some(Standing::Undone)));
        mending.apply(event(3, "ana", &undo("ana-000002")));
        assert_eq!((mending.current.0.len(), mending.standing("ana-000001")), (2, Some(Standing::Applied)));
        mending.apply(event(4, "ana", &undo("ana-000003")));
        assert_eq!(mending.current.0, start());
    }

    #[test]
    fn of_two_acts_at_one_place_the_later_is_a_conflict_and_elsewhere_both_count() {
        let late = regroup(&start()[1..], &[by_hand([10, 30], [10, 30])]);
        let apart = regroup(&start()[2..], &[by_hand([20, 30], [20, 30])]);
        let events = [event(1, "ana", &merged()), event(2, "ben", &late), event(3, "ben", &apart)];
        let mending = Mending::of(Beads(start()), events.clone().into_iter().rev());
        let standings: Vec<Standing> = mending.history.iter().map(|entry| entry.standing).collect();
        assert_eq!(standings, [Standing::Applied, Standing::Conflict, Standing::Applied]);
        assert_eq!(mending.current.0, [by_hand([0, 20], [0, 20]), by_hand([20, 30], [20, 30])]);
    }

    #[test]
    fn what_others_have_changed_since_is_not_undone() {
        let split = regroup(&[by_hand([0, 20], [0, 20])], &[by_hand([0, 10], [0, 0]), by_hand([10, 20], [0, 20])]);
        let events = [event(1, "ana", &merged()), event(2, "ben", &split), event(3, "ana", &undo("ana-000001"))];
        let mending = Mending::of(Beads(start()), events);
        assert_eq!((mending.current.0.len(), mending.standing("ana-000003")), (3, Some(Standing::Conflict)));
        let by_another = Mending::of(Beads(start()), [event(1, "ana", &merged()), event(2, "ben", &undo("ana-000001"))]);
        assert_eq!(by_another.standing("ben-000002"), Some(Standing::Conflict));
    }

    fn joint(whole: &str, place: usize, near: usize) -> Joint {
        Joint { whole: whole.into(), place, near }
    }

    fn segments<'a>(text: &'a str, parts: &[&str]) -> Segments<'a> {
        let mut end = 0;
        let found = parts.iter().map(|part| {
            let start = end + text[end..].find(part).expect("part of the text");
            end = start + part.len();
            Segment { start, end, paragraph: 0 }
        });
        Segments { text, segments: found.collect() }
    }

    #[test]
    fn segments_are_cut_without_the_white_space_between_and_joined_with_it() {
        let text = "Sí. No.\nSí. No.";
        let whole = segments(text, &["Sí. No.", "Sí. No."]);
        let cut = Act::Cut { bitext: String::new(), document: "a".into(), joint: joint("Sí. No.", 4, 9) };
        let mut mending = Mending::of(whole.clone(), [event(1, "ana", &cut)]);
        assert_eq!(mending.current, segments(text, &["Sí. No.", "Sí.", "No."]));
        mending.apply(event(2, "ana", &undo("ana-000001")));
        assert_eq!(mending.current, whole);
        let join = Act::Join { bitext: String::new(), document: "a".into(), joint: joint("Sí. No.\nSí. No.", 8, 0) };
        mending.apply(event(3, "ana", &join));
        assert_eq!(mending.current, segments(text, &[text]));
        mending.apply(event(4, "ana", &undo("ana-000003")));
        assert_eq!(mending.current, whole);
    }

    #[test]
    fn a_segment_that_is_not_there_or_would_be_empty_is_not_cut() {
        let text = "Sí. No.";
        for joint in [joint("Sí. Nunca.", 4, 0), joint(text, 0, 0), joint(text, 8, 0), joint(text, 2, 0), joint(text, 99, 0)] {
            let act = Act::Cut { bitext: String::new(), document: "a".into(), joint };
            let mending = Mending::of(segments(text, &[text]), [event(1, "ana", &act)]);
            assert_eq!((mending.current.segments.len(), mending.standing("ana-000001")), (1, Some(Standing::Conflict)), "{act:?}");
        }
    }

    #[test]
    fn a_cut_is_found_again_in_a_text_that_has_changed_elsewhere() {
        let act = Act::Cut { bitext: String::new(), document: "a".into(), joint: joint("Sí. No.", 4, 0) };
        let text = "Un título. Sí. No.";
        let mending = Mending::of(segments(text, &["Un título.", "Sí. No."]), [event(1, "ana", &act)]);
        assert_eq!(mending.current, segments(text, &["Un título.", "Sí.", "No."]));
    }

    #[test]
    fn a_placed_bead_keeps_its_place_when_a_segment_before_it_is_cut() {
        let before = [Segment { start: 0, end: 9, paragraph: 0 }, Segment { start: 10, end: 19, paragraph: 0 }];
        let after = [Segment { start: 0, end: 4, paragraph: 0 }, Segment { start: 5, end: 9, paragraph: 0 }, before[1]];
        let ground = |segments| Ground { segments, end: 20 };
        let bead = Bead { source: 1..2, target: 0..1, confidence: 0.5, by_hand: false };
        let placed = Placed::of(&bead, ground(&before), ground(&before));
        assert_eq!(placed.bead(ground(&before), ground(&before)), bead);
        assert_eq!(placed.bead(ground(&after), ground(&before)), Bead { source: 2..3, ..bead.clone() });
        let unmatched = Bead { source: 2..2, target: 1..2, ..bead };
        assert_eq!(Placed::of(&unmatched, ground(&before), ground(&before)).bead(ground(&after), ground(&after)).source, 3..3);
    }
}
