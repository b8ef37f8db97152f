//! Beads that people hold to be right, when a bitext is aligned again: where they are in its documents now.

use std::ops::Range;

use crate::error::Result;
use crate::model::review::Placed;
use crate::model::review::mending::Ground;
use crate::model::{Bead, Document};
use crate::store::{Bitext, Store};

/// The beads that people hold to be right, as they were.
pub(super) enum Held {
    /// The texts are those that were aligned: the beads are where they were, by byte.
    Placed(Vec<Placed>),
    /// A text has changed: the beads are known by the texts of their sides.
    Known(Vec<(Bead, String, String)>),
}

impl Held {
    /// What is held of a bitext.
    pub(super) fn of(store: &Store, bitext: &Bitext) -> Result<Held> {
        if bitext.signature.is_none() {
            return Ok(Held::Known(store.held_texts(bitext.row)?));
        }
        let (source, target) = (store.document(bitext.documents.0)?.document, store.document(bitext.documents.1)?.document);
        let beads = store.beads(bitext.row)?.into_iter().zip(store.held_beads(bitext.row)?).filter(|(_, is_held)| *is_held);
        Ok(Held::Placed(beads.map(|(bead, _)| Placed::of(&bead, Ground::of(&source), Ground::of(&target))).collect()))
    }

    /// The beads in the documents as they are now, in order. One whose segments are no longer segments, or whose texts do not stand there once, is
    /// left out: it is aligned like the others, and its review goes where its texts are.
    pub(super) fn beads(&self, source: &Document, target: &Document) -> Vec<Bead> {
        match self {
            Held::Placed(placed) => {
                let (source, target) = (Ground::of(source), Ground::of(target));
                let beads = placed.iter().map(|place| (place, place.bead(source, target)));
                beads.filter(|(place, bead)| Placed::of(bead, source, target).is_where(place)).map(|(_, bead)| bead).collect()
            }
            Held::Known(known) if known.is_empty() => Vec::new(),
            Held::Known(known) => {
                let (sources, targets) = (source.segment_texts(), target.segment_texts());
                let found = known.iter().filter_map(|(bead, source, target)| {
                    Some(Bead { source: the_run(&sources, source)?, target: the_run(&targets, target)?, ..bead.clone() })
                });
                in_order(found.collect())
            }
        }
    }
}

/// The neighbouring segments that make up a text, if there is one such run.
fn the_run<T: AsRef<str>>(segments: &[T], text: &str) -> Option<Range<usize>> {
    let mut runs = (0..segments.len()).filter_map(|start| {
        let mut rest = text;
        for (n, segment) in segments.iter().enumerate().skip(start) {
            rest = rest.strip_prefix(segment.as_ref())?;
            if rest.is_empty() {
                return Some(start..n + 1);
            }
            rest = rest.strip_prefix(' ')?;
        }
        None
    });
    let run = runs.next()?;
    runs.next().is_none().then_some(run)
}

/// The longest row of these beads in which none crosses or overlaps another.
fn in_order(beads: Vec<Bead>) -> Vec<Bead> {
    // For each bead the length of the longest row that ends with it, and the one before it there.
    let mut rows: Vec<(usize, Option<usize>)> = Vec::with_capacity(beads.len());
    for (n, bead) in beads.iter().enumerate() {
        let follows = |before: &Bead| before.source.end <= bead.source.start && before.target.end <= bead.target.start;
        let best = (0..n).filter(|&before| follows(&beads[before])).max_by_key(|&before| (rows[before].0, std::cmp::Reverse(before)));
        rows.push((best.map_or(1, |before| rows[before].0 + 1), best));
    }
    let mut last = (0..beads.len()).max_by_key(|&n| (rows[n].0, std::cmp::Reverse(n)));
    let mut kept = vec![false; beads.len()];
    while let Some(n) = last {
        kept[n] = true;
        last = rows[n].1;
    }
    beads.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(bead, _)| bead).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_where_it_stands_once() {
        let segments = ["Sí.", "No.", "Sí.", "Quizás."];
        assert_eq!(the_run(&segments, "No. Sí."), Some(1..3));
        assert_eq!(the_run(&segments, "Quizás."), Some(3..4));
        assert_eq!(the_run(&segments, "Sí."), None, "twice");
        assert_eq!(the_run(&segments, "Quizás. Sí."), None);
    }

    #[test]
    fn beads_that_cross_are_left_out() {
        let bead = |s: usize, t: usize| Bead::new(s..s + 1, t..t + 1, 1.0);
        let kept = in_order(vec![bead(0, 0), bead(1, 9), bead(2, 3), bead(3, 4), bead(3, 5)]);
        assert_eq!(kept, [bead(0, 0), bead(2, 3), bead(3, 4)]);
    }
}
