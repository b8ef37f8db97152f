//! The order of the work: a coarse path along the whole bitext, what it teaches, then a closer look around it.
//! Time and memory are linear in the number of segments.

use super::Bitext;
use super::anchors::first_band;
use super::band::Band;
use super::barriers;
use super::confidence::Shape;
use super::dp::{Block, Shapes, best_path};
use super::evidence::Evidence;
use super::features::Features;
use super::knowledge::{Knowledge, Words};
use super::outline::Outline;
use super::posterior::Posterior;
use super::scorer::{Scored, Scorer};
use super::weights::Learned;
use crate::semantics::Semantics;

/// Positions searched to each side of the coarse path, more where the best path comes near that: with 4 strict F1 on the development bitexts is not higher.
pub(super) const RADIUS: usize = 2;
/// Grids with at most this many cells are searched as a whole: where nothing but words shows the way, larger ones.
const SMALL: usize = 1 << 14;
const SMALL_WITHOUT_VECTORS: usize = 1 << 19;
/// By how much a band is widened, and how often, where a path comes to its edge.
const WIDER: [usize; 3] = [20, 60, 180];

/// The beads of a bitext in order, each with its confidence.
pub(super) fn beads(bitext: &Bitext<'_>, semantics: &Semantics, shapes: &Shapes) -> Vec<(Block, f64)> {
    let survey = survey(bitext, semantics, shapes);
    let Learned { weights, calibration } = survey.known.learned();
    let beads = close_look(survey.band(), &survey, shapes, weights).into_iter();
    let confidence = |block: &Block, p| calibration.confidence(Shape::of(block.source.len(), block.target.len()), p);
    beads.map(|(block, probability)| (confidence(&block, probability), block)).map(|(confidence, block)| (block, confidence)).collect()
}

/// The beads that other weights choose, each with its probability by the model.
pub(super) fn beads_by(bitext: &Bitext<'_>, semantics: &Semantics, shapes: &Shapes, weights: &Features) -> Vec<(Block, f64)> {
    let survey = survey(bitext, semantics, shapes);
    close_look(survey.band(), &survey, shapes, weights)
}

/// What can be known of a bitext, and a first path through it.
pub(super) struct Survey {
    pub words: Words,
    pub known: Knowledge,
    pub path: Vec<Block>,
    barriers: Vec<(usize, usize)>,
}

impl Survey {
    /// The positions near the first path.
    pub(super) fn band(&self) -> Band {
        let [n, m] = [0, 1].map(|side| self.words.tokens[side].len());
        Band::around(&self.path, n, m, RADIUS).with_barriers(&self.barriers)
    }
}

/// Looks over a bitext.
pub(super) fn survey(bitext: &Bitext<'_>, semantics: &Semantics, shapes: &Shapes) -> Survey {
    let (source, target) = (bitext.source, bitext.target);
    let barriers = barriers::kept(bitext.barriers, source.segments.len(), target.segments.len());
    let words = Words::read(source, target, semantics.lexicon.as_ref());
    let mut known = Knowledge::at_first(&words, source, target, semantics);
    let path = coarse_path(&words, &known, &barriers, shapes);
    known.learn(&words, &path);
    Survey { words, known, path, barriers }
}

/// The best path with the smallest shapes, which are enough to find the way.
fn coarse_path(words: &Words, known: &Knowledge, barriers: &[(usize, usize)], shapes: &Shapes) -> Vec<Block> {
    let shapes = shapes.within((2, 2));
    let band = |small| first_band(&words.vocabulary, &words.tokens, &words.cognates, barriers, small);
    match &known.meaning {
        Some((meaning, scale)) => path_from(band(SMALL), &shapes, |band| Outline::within(band, &shapes, meaning, *scale)),
        None => path_from(band(SMALL_WITHOUT_VECTORS), &shapes, |band| {
            Evidence::within(band, &shapes, &words.tokens, known, &known.learned().weights)
        }),
    }
}

/// The best path through a band, which is widened where the path comes to its edge.
fn path_from<S: Scorer>(mut band: Band, shapes: &Shapes, scorer: impl Fn(&Band) -> S) -> Vec<Block> {
    let mut path = Vec::new();
    for radius in WIDER {
        path = best_path(&band, shapes, &scorer(&band));
        let Some(wider) = band.widened(&path, radius) else { break };
        band = wider;
    }
    path
}

/// The best path through a band with all shapes, and the probability of each of its beads.
fn close_look(mut band: Band, survey: &Survey, shapes: &Shapes, weights: &Features) -> Vec<(Block, f64)> {
    let mut beads = Vec::new();
    for radius in WIDER {
        let evidence = Scored::within(&band, shapes, Evidence::within(&band, shapes, &survey.words.tokens, &survey.known, weights));
        let path = best_path(&band, shapes, &evidence);
        let wider = band.widened(&path, radius);
        if wider.is_none() || radius == WIDER[WIDER.len() - 1] {
            let posterior = Posterior::over(&band, shapes, &evidence);
            beads = path.into_iter().map(|block| (posterior.of(&block), block)).map(|(p, block)| (block, p)).collect();
        }
        let Some(wider) = wider else { break };
        band = wider;
    }
    beads
}
