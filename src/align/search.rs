//! The order of the work: a coarse path along the whole bitext, what it teaches, then a closer look around it.
//! Time and memory are linear in the number of segments.

use super::Bitext;
use super::anchors::first_band;
use super::band::Band;
use super::barriers;
use super::dp::{Block, Shapes, best_path};
use super::evidence::Evidence;
use super::knowledge::{Knowledge, Words};
use super::posterior::Posterior;
use super::scorer::Scored;
use super::weights::Weights;

/// Positions searched to each side of the coarse path: with 6 or 16 nothing changes on the development bitexts.
const RADIUS: usize = 8;
/// By how much a band is widened, and how often, where a path comes to its edge.
const WIDER: [usize; 3] = [20, 60, 180];

/// The beads of a bitext in order, each with its probability by the model.
pub(super) fn beads(bitext: &Bitext<'_>, shapes: &Shapes, weights: &Weights) -> Vec<(Block, f64)> {
    let (source, target) = (bitext.source, bitext.target);
    let barriers = barriers::kept(bitext.barriers, source.segments.len(), target.segments.len());
    let words = Words::read(source, target);
    let mut known = Knowledge::at_first(&words, source, target, weights);
    let path = coarse_path(&words, &known, &barriers, shapes, weights);
    known.learn(&words, &path, weights);
    let band = Band::around(&path, source.segments.len(), target.segments.len(), RADIUS).with_barriers(&barriers);
    close_look(band, &words, &known, shapes, weights)
}

/// The best path with the smallest shapes, which are enough to find the way.
fn coarse_path(words: &Words, known: &Knowledge, barriers: &[(usize, usize)], shapes: &Shapes, weights: &Weights) -> Vec<Block> {
    let shapes = shapes.within((2, 2));
    let mut band = first_band(&words.vocabulary, &words.tokens, &words.cognates, barriers);
    let mut path = Vec::new();
    for radius in WIDER {
        let evidence = Evidence::within(&band, &shapes, &words.tokens, known, weights);
        path = best_path(&band, &shapes, &evidence);
        let Some(wider) = band.widened(&path, radius) else { break };
        band = wider;
    }
    path
}

/// The best path through a band with all shapes, and the probability of each of its beads.
fn close_look(mut band: Band, words: &Words, known: &Knowledge, shapes: &Shapes, weights: &Weights) -> Vec<(Block, f64)> {
    let mut beads = Vec::new();
    for radius in WIDER {
        let evidence = Scored::within(&band, shapes, Evidence::within(&band, shapes, &words.tokens, known, weights));
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
