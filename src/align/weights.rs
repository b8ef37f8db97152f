//! The weights of the evidence: the only numbers that decide between two alignments of a bitext, all natural log-odds; and what the
//! probabilities are worth that come of them.
//!
//! Those of the features are learned on gold alignments (`scripts/fit-aligner`: conditional likelihood of the right path, every set the same
//! weight). Those of the words were set by coordinate ascent on a third of the development bitexts (Spanish–English news, parliament,
//! encyclopedia, textbook, literature, law).

use super::confidence::Calibration;
use super::features::{self, Features};
use super::vocabulary::KINDS;

/// What words count. Arrays are by [`Kind`](super::vocabulary::Kind): number, name, long word, short word, mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordWeights {
    /// Weight of the log-odds of two words that are spelled alike.
    pub shared: [f64; KINDS],
    /// Weight of the log-odds of two words that translate each other by the lexicon that was given.
    pub known: f64,
    /// Weight of the log-odds of two words that occur together elsewhere in the bitext. Between kindred languages it decides next to
    /// nothing; where words spelled alike count nothing it is worth eight points of strict F1.
    pub learned: f64,
    /// Cost of a word without counterpart, before anything is known of the bitext.
    pub alone: [f64; KINDS],
    /// Weight of that cost as measured in the bitext: words of a segment are no independent witnesses.
    pub measured: f64,
}

/// What was learned from gold alignments.
pub(super) struct Learned {
    /// The weights of features.
    pub weights: Features,
    /// From probabilities to confidences.
    pub calibration: Calibration,
}

/// The weights of words in use.
pub(super) const WORDS: WordWeights =
    WordWeights { shared: [0.63, 1.08, 1.0, 0.35, 1.03], known: 0.8, learned: 1.0, alone: [1.0, 0.59, 0.19, 0.02, 0.3], measured: 0.36 };

/// Where segments have vectors.
pub(super) static WITH_VECTORS: Learned =
    Learned { weights: WEIGHTS_WITH_VECTORS, calibration: Calibration { curves: [(1.020, 1.117), (1.514, -0.401), (0.810, 1.193)] } };

/// Where they have none.
pub(super) static WITHOUT_VECTORS: Learned =
    Learned { weights: WEIGHTS_WITHOUT_VECTORS, calibration: Calibration { curves: [(0.944, -0.035), (0.884, 0.196), (0.464, 0.835)] } };

const WEIGHTS_WITH_VECTORS: Features = {
    let mut w = [0.0; features::COUNT];
    w[features::TWO] = 0.115;
    w[features::THREE] = 2.003;
    w[features::CROSSED] = 1.744;
    w[features::MORE] = 3.015;
    w[features::DISORDER] = 1.458;
    w[features::WORDS] = -0.004;
    w[features::WORDS_SHARE] = 3.955;
    w[features::WORDS_EDGE] = 0.574;
    w[features::LENGTH] = 1.421;
    w[features::PARAGRAPH] = -0.7;
    w[features::COSINE] = 4.598;
    w[features::COSINE_GROUPED] = 0.496;
    w[features::FAR] = -0.634;
    w[features::COSINE_SHORT] = 1.863;
    w[features::MARGIN] = 3.458;
    w[features::MARGIN_LOST] = -0.515;
    w[features::EDGE_GAINED] = -0.891;
    w[features::EDGE_LOST] = 1.553;
    w[features::ALONE] = 2.154;
    w[features::ALONE_DISORDER] = 0.601;
    w[features::ALONE_COSINE] = -2.617;
    w[features::ALONE_NEAR] = -0.913;
    w[features::ALONE_LENGTH] = 0.160;
    w[features::ALONE_LABEL] = 1.441;
    w[features::ALONE_REPEATED] = 1.742;
    w[features::GAP] = -1.038;
    w
};

const WEIGHTS_WITHOUT_VECTORS: Features = {
    let mut w = [0.0; features::COUNT];
    w[features::TWO] = -2.55;
    w[features::THREE] = -4.69;
    w[features::CROSSED] = -5.31;
    w[features::MORE] = -3.1;
    w[features::DISORDER] = 0.83;
    w[features::WORDS] = 1.0;
    w[features::LENGTH] = 1.36;
    w[features::PARAGRAPH] = -1.0;
    w[features::ALONE] = -2.2;
    w[features::ALONE_DISORDER] = 0.83;
    w[features::GAP] = -0.36;
    w
};
