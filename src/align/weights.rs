//! The weights of the evidence: the only numbers that decide between two alignments of a bitext, all natural log-odds.
//!
//! They were set by coordinate ascent on a third of the development bitexts (Spanish–English news, parliament, encyclopedia, textbook,
//! literature, law; strict and lax F1, F1 of unmatched segments, likelihood); on the other two thirds strict F1 is 0.4 points lower.

use super::vocabulary::KINDS;

/// What each kind of evidence counts. Arrays are by [`Kind`](super::vocabulary::Kind): number, name, long word, short word, mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    /// Prior of 1:2 and 2:1; that of 1:1 is 0.
    pub two: f64,
    /// Prior of 1:3 and 3:1.
    pub three: f64,
    /// Prior of 2:2, mostly two segments in another order.
    pub crossed: f64,
    /// Added for each segment more than that.
    pub more: f64,
    /// Prior of each unmatched segment.
    pub unmatched: f64,
    /// Added for the first of a run of unmatched segments.
    pub gap: f64,
    /// Weight of the log-odds of the lengths.
    pub length: f64,
    /// Weight of the log-odds of two words that are spelled alike.
    pub shared: [f64; KINDS],
    /// Weight of the log-odds of two words that occur together elsewhere in the bitext. Between kindred languages it decides next to
    /// nothing; where words spelled alike count nothing it is worth eight points of strict F1.
    pub learned: f64,
    /// Cost of a word without counterpart, before anything is known of the bitext.
    pub alone: [f64; KINDS],
    /// Weight of that cost as measured in the bitext: words of a segment are no independent witnesses.
    pub measured: f64,
    /// How far the share of beads other than 1:1 found at first changes their priors.
    pub disorder: f64,
    /// Cost of a paragraph that starts at the first segment of a bead, or inside it, on one side only.
    pub paragraph: f64,
}

/// The weights in use.
pub(super) const WEIGHTS: Weights = Weights {
    two: -2.55,
    three: -4.69,
    crossed: -5.31,
    more: -3.1,
    unmatched: -2.2,
    gap: -0.36,
    length: 1.36,
    shared: [0.63, 1.08, 1.0, 0.35, 1.03],
    learned: 1.0,
    alone: [1.0, 0.59, 0.19, 0.02, 0.3],
    measured: 0.36,
    disorder: 0.83,
    paragraph: 1.0,
};
