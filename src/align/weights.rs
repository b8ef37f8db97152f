//! The weights of the evidence: the only numbers that decide between two alignments of a bitext, all natural log-odds; and what the
//! probabilities are worth that come of them.
//!
//! Those of the features are learned on gold alignments (`scripts/fit-aligner`: conditional likelihood of the right path, every set the same
//! weight); that of paragraphs by hand, as few gold alignments have any. Those of the words were set by coordinate ascent on a third of the development bitexts (Spanish–English news, parliament,
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
    Learned { weights: WEIGHTS_WITH_VECTORS, calibration: Calibration { curves: [(1.021, 1.065), (1.433, -0.216), (0.768, 1.283)] } };

/// Where they have none.
pub(super) static WITHOUT_VECTORS: Learned =
    Learned { weights: WEIGHTS_WITHOUT_VECTORS, calibration: Calibration { curves: [(1.110, 0.044), (1.096, -0.092), (0.670, 0.732)] } };

const WEIGHTS_WITH_VECTORS: Features = {
    let mut w = [0.0; features::COUNT];
    w[features::TWO] = 0.213;
    w[features::THREE] = 2.213;
    w[features::CROSSED] = 2.059;
    w[features::MORE] = 3.120;
    w[features::DISORDER] = 1.324;
    w[features::WORDS] = -0.006;
    w[features::WORDS_SHARE] = 4.212;
    w[features::WORDS_EDGE] = 0.581;
    w[features::LENGTH] = 1.413;
    w[features::PARAGRAPH] = -0.7;
    w[features::COSINE] = 4.905;
    w[features::COSINE_GROUPED] = 0.504;
    w[features::FAR] = -0.620;
    w[features::COSINE_SHORT] = 1.948;
    w[features::MARGIN] = 3.318;
    w[features::MARGIN_LOST] = -0.738;
    w[features::EDGE_GAINED] = -0.990;
    w[features::EDGE_LOST] = 1.700;
    w[features::ALONE] = 2.110;
    w[features::ALONE_DISORDER] = 0.630;
    w[features::ALONE_COSINE] = -2.360;
    w[features::ALONE_NEAR] = -1.216;
    w[features::ALONE_LENGTH] = 0.177;
    w[features::ALONE_LABEL] = 1.399;
    w[features::ALONE_REPEATED] = 1.865;
    w[features::GAP] = -1.042;
    w
};

const WEIGHTS_WITHOUT_VECTORS: Features = {
    let mut w = [0.0; features::COUNT];
    w[features::TWO] = -1.698;
    w[features::THREE] = -1.597;
    w[features::CROSSED] = -2.627;
    w[features::MORE] = -0.781;
    w[features::DISORDER] = 1.188;
    w[features::WORDS] = 0.326;
    w[features::WORDS_SHARE] = 10.610;
    w[features::WORDS_EDGE] = 0.279;
    w[features::LENGTH] = 1.682;
    w[features::PARAGRAPH] = -0.7;
    w[features::ALONE] = -1.303;
    w[features::ALONE_DISORDER] = 0.700;
    w[features::ALONE_LENGTH] = 0.089;
    w[features::ALONE_LABEL] = 2.261;
    w[features::ALONE_REPEATED] = 3.727;
    w[features::GAP] = -0.772;
    w
};
