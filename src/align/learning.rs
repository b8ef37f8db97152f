//! Learns the weights of features from gold alignments: the weights under which the right paths are most probable among all paths
//! (a conditional random field; Lafferty, McCallum & Pereira 2001). It reads no files and prints nothing.

use super::band::Band;
use super::dp::{Block, Shapes};
use super::evidence::Evidence;
pub use super::features::{COUNT, Features, NAMES};
use super::features::{GAP, score};
use super::posterior::Posterior;
use super::scorer::Scorer;
use super::search::{self, survey};
use super::{Aligner, Bitext};
use crate::model::alignment::Links;
use crate::parallel::Pool;

/// A bitext whose right path is known, with the features of every block near it.
pub struct Example {
    band: Band,
    shapes: Shapes,
    matched: Vec<f32>,
    alone: [Vec<Features>; 2],
    /// Features of the right path, summed.
    right: Features,
    /// Segments of both sides.
    pub segments: usize,
    /// How much it counts.
    pub weight: f64,
}

impl Example {
    /// The example of a gold alignment; none if a gold bead is not consecutive, or larger than the aligner's beads may be.
    pub fn of(bitext: &Bitext<'_>, aligner: &Aligner, gold: &[Links], weight: f64) -> Option<Example> {
        let (n, m) = (bitext.source.segments.len(), bitext.target.segments.len());
        let shapes = aligner.options.shapes();
        let gold = path(gold, n, m)?;
        let fits = |block: &Block| !block.is_matched() || shapes.iter().any(|shape| shape == (block.source.len(), block.target.len()));
        if !gold.iter().all(fits) {
            return None;
        }
        let survey = survey(bitext, &aligner.semantics, &shapes);
        let band = survey.band().with(&Band::around(&gold, n, m, 2));
        let known = &survey.known;
        let evidence = Evidence::within(&band, &shapes, &survey.words.tokens, known, &known.learned().weights);
        let alone = [0, 1].map(|side| (0..[n, m][side]).map(|i| evidence.alone_features(side, i)).collect::<Vec<_>>());
        let mut example = Example { band, shapes, matched: Vec::new(), alone, right: [0.0; COUNT], segments: n + m, weight };
        example.right = example.sum(&gold, &evidence);
        let mut matched = Vec::with_capacity(example.band.cells() * example.shapes.len() * COUNT);
        example.blocks(|s, t, (height, width)| {
            matched.extend(evidence.matched_features(&(s..s + height), &(t..t + width)).map(|x| x as f32));
        });
        example.matched = matched;
        Some(example)
    }

    fn sum(&self, path: &[Block], evidence: &Evidence<'_>) -> Features {
        let mut sum = [0.0; COUNT];
        let mut was_matched = true;
        for block in path {
            let features = match (block.source.is_empty(), block.target.is_empty()) {
                (false, false) => evidence.matched_features(&block.source, &block.target),
                (false, true) => self.alone[0][block.source.start],
                _ => self.alone[1][block.target.start],
            };
            add(&mut sum, &features, 1.0);
            if was_matched && !block.is_matched() {
                sum[GAP] += 1.0;
            }
            was_matched = block.is_matched();
        }
        sum
    }

    /// Every block within the band, in the order its features are held.
    fn blocks(&self, mut each: impl FnMut(usize, usize, (usize, usize))) {
        for s in 0..=self.band.source() {
            let (lo, hi) = self.band.row(s);
            for t in lo..=hi {
                for (height, width) in self.shapes.iter() {
                    if s + height <= self.band.source() && self.band.contains(s + height, t + width) {
                        each(s, t, (height, width));
                    }
                }
            }
        }
    }

    /// The logarithm of the right path's probability, and its gradient.
    fn likelihood(&self, weights: &Features) -> (f64, Features) {
        let mut scores = vec![f64::NEG_INFINITY; self.band.cells() * self.shapes.len()];
        let mut next = 0;
        self.blocks(|s, t, (height, width)| {
            let features = &self.matched[next * COUNT..(next + 1) * COUNT];
            scores[self.index(s, t, (height, width))] = weights.iter().zip(features).map(|(w, f)| w * f64::from(*f)).sum();
            next += 1;
        });
        let alone = [0, 1].map(|side| self.alone[side].iter().map(|features| score(weights, features)).collect());
        let known = Known { example: self, scores, alone, gap: weights[GAP] };
        let posterior = Posterior::over(&self.band, &self.shapes, &known);
        let mut gradient = self.right;
        let mut next = 0;
        self.blocks(|s, t, (height, width)| {
            let p = posterior.of(&Block { source: s..s + height, target: t..t + width });
            if p > 1e-9 {
                let features = &self.matched[next * COUNT..(next + 1) * COUNT];
                gradient.iter_mut().zip(features).for_each(|(g, f)| *g -= p * f64::from(*f));
            }
            next += 1;
        });
        for s in 0..=self.band.source() {
            let (lo, hi) = self.band.row(s);
            for t in lo..=hi {
                gradient[GAP] -= posterior.begins(s, t);
                if s < self.band.source() && self.band.contains(s + 1, t) {
                    add(&mut gradient, &self.alone[0][s], -posterior.of(&Block { source: s..s + 1, target: t..t }));
                }
                if t < hi {
                    add(&mut gradient, &self.alone[1][t], -posterior.of(&Block { source: s..s, target: t..t + 1 }));
                }
            }
        }
        (score(weights, &self.right) - posterior.total(), gradient)
    }

    fn index(&self, s: usize, t: usize, (height, width): (usize, usize)) -> usize {
        self.band.index(s, t) * self.shapes.len() + self.shapes.index(height, width)
    }
}

fn add(to: &mut Features, features: &Features, times: f64) {
    to.iter_mut().zip(features).for_each(|(to, f)| *to += times * f);
}

/// Scores worked out for one set of weights.
struct Known<'a> {
    example: &'a Example,
    scores: Vec<f64>,
    alone: [Vec<f64>; 2],
    gap: f64,
}

impl Scorer for Known<'_> {
    fn matched(&self, source: std::ops::Range<usize>, target: std::ops::Range<usize>) -> f64 {
        self.scores[self.example.index(source.start, target.start, (source.len(), target.len()))]
    }

    fn unmatched_source(&self, segment: usize, _: usize) -> f64 {
        self.alone[0][segment]
    }

    fn unmatched_target(&self, segment: usize, _: usize) -> f64 {
        self.alone[1][segment]
    }

    fn gap(&self) -> f64 {
        self.gap
    }
}

/// The blocks of a gold alignment in the order of a path; none if they do not cover both sides consecutively and in order.
fn path(gold: &[Links], n: usize, m: usize) -> Option<Vec<Block>> {
    let mut matched: Vec<&Links> = gold.iter().filter(|links| links.is_matched()).collect();
    matched.sort_by_key(|links| links.source.iter().min().copied());
    let (mut s, mut t) = (0, 0);
    let mut path = Vec::new();
    let alone = |path: &mut Vec<Block>, s: &mut usize, t: &mut usize, to: (usize, usize)| {
        path.extend((*s..to.0).map(|i| Block { source: i..i + 1, target: *t..*t }));
        path.extend((*t..to.1).map(|j| Block { source: to.0..to.0, target: j..j + 1 }));
        (*s, *t) = to;
    };
    for links in matched {
        let (source, target) = (consecutive(&links.source)?, consecutive(&links.target)?);
        if source.start < s || target.start < t {
            return None;
        }
        alone(&mut path, &mut s, &mut t, (source.start, target.start));
        (s, t) = (source.end, target.end);
        path.push(Block { source, target });
    }
    if s > n || t > m {
        return None;
    }
    alone(&mut path, &mut s, &mut t, (n, m));
    Some(path)
}

fn consecutive(segments: &[usize]) -> Option<std::ops::Range<usize>> {
    let (first, last) = (*segments.iter().min()?, *segments.iter().max()?);
    (last - first + 1 == segments.len()).then_some(first..last + 1)
}

/// The beads that these weights choose, each with its probability by the model, not calibrated.
pub fn beads(bitext: &Bitext<'_>, aligner: &Aligner, weights: &Features) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>, f64)> {
    let beads = search::beads_by(bitext, &aligner.semantics, &aligner.options.shapes(), weights);
    beads.into_iter().map(|(block, probability)| (block.source, block.target, probability)).collect()
}

/// The weights that make the right paths most probable, with a pull to 0 of `ridge`/2 · Σ w². L-BFGS (Liu & Nocedal 1989) from `start`,
/// at most `rounds` rounds. The same for any number of threads.
pub fn fit(examples: &[&Example], start: &Features, ridge: f64, rounds: usize, pool: &Pool) -> Features {
    let value = |w: &Features| loss(examples, w, ridge, pool);
    let mut at = *start;
    let (mut loss, mut gradient) = value(&at);
    let mut history: Vec<(Features, Features)> = Vec::new();
    for _ in 0..rounds {
        let direction = direction(&gradient, &history);
        let slope = score(&gradient, &direction);
        let mut step = if history.is_empty() { 1.0 / score(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let next = loop {
            let mut moved = at;
            add(&mut moved, &direction, step);
            let (next_loss, next_gradient) = value(&moved);
            if next_loss <= loss + 1e-4 * step * slope {
                break Some((moved, next_loss, next_gradient));
            }
            step /= 2.0;
            if step < 1e-6 {
                break None;
            }
        };
        let Some((moved, next_loss, next_gradient)) = next else { break };
        let (mut way, mut turn) = (moved, next_gradient);
        add(&mut way, &at, -1.0);
        add(&mut turn, &gradient, -1.0);
        if score(&way, &turn) > 1e-12 {
            history.push((way, turn));
        }
        if history.len() > 10 {
            history.remove(0);
        }
        let done = loss - next_loss < 1e-6 * loss.abs();
        (at, loss, gradient) = (moved, next_loss, next_gradient);
        if done {
            break;
        }
    }
    at
}

fn loss(examples: &[&Example], weights: &Features, ridge: f64, pool: &Pool) -> (f64, Features) {
    let mut sum = (0.5 * ridge * score(weights, weights), weights.map(|w| ridge * w));
    let result: Result<(), std::convert::Infallible> = pool.map_ordered(
        examples.iter().map(Ok),
        |example| (example.weight, example.likelihood(weights)),
        |(weight, (likelihood, gradient))| {
            sum.0 -= weight * likelihood;
            add(&mut sum.1, &gradient, -weight);
            Ok(())
        },
    );
    match result {
        Ok(()) => sum,
    }
}

/// Where to go: the gradient turned by what the last steps say of the curvature (two-loop recursion).
fn direction(gradient: &Features, history: &[(Features, Features)]) -> Features {
    let mut direction = gradient.map(|g| -g);
    let mut shares = Vec::new();
    for (way, turn) in history.iter().rev() {
        let share = score(way, &direction) / score(way, turn);
        add(&mut direction, turn, -share);
        shares.push(share);
    }
    if let Some((way, turn)) = history.last() {
        let scale = score(way, turn) / score(turn, turn);
        direction = direction.map(|x| scale * x);
    }
    for ((way, turn), share) in history.iter().zip(shares.into_iter().rev()) {
        let back = score(turn, &direction) / score(way, turn);
        add(&mut direction, way, share - back);
    }
    direction
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Side;
    use crate::text::Lang;

    fn links(beads: &[(&[usize], &[usize])]) -> Vec<Links> {
        beads.iter().map(|(source, target)| Links { source: source.to_vec(), target: target.to_vec() }).collect()
    }

    fn example() -> Example {
        let spanish = ["En 1959 llegó Ana.", "Publicidad", "Dijo que el hotel era central.", "Nada más."];
        let english = ["Ana arrived in 1959.", "She said that the hotel", "was central.", "That was all."];
        let side = |lang, segments| Side { lang, segments, paragraphs: &[], vectors: None };
        let bitext = Bitext { source: side(Lang::ES, &spanish), target: side(Lang::EN, &english), barriers: &[] };
        let gold = links(&[(&[0], &[0]), (&[1], &[]), (&[2], &[1, 2]), (&[3], &[3])]);
        Example::of(&bitext, &Aligner::default(), &gold, 1.0).expect("the gold is a path")
    }

    #[test]
    fn the_gradient_is_that_of_the_likelihood() {
        let example = example();
        let mut weights = [0.1; COUNT];
        let (at, gradient) = example.likelihood(&weights);
        for feature in 0..COUNT {
            weights[feature] += 1e-4;
            let slope = (example.likelihood(&weights).0 - at) / 1e-4;
            assert!((slope - gradient[feature]).abs() < 1e-2, "{}: {slope} {}", NAMES[feature], gradient[feature]);
            weights[feature] -= 1e-4;
        }
    }

    #[test]
    fn learned_weights_make_the_right_path_more_probable() {
        let example = example();
        let weights = fit(&[&example], &[0.0; COUNT], 0.01, 30, &Pool::new(2).expect("a pool"));
        assert!(example.likelihood(&weights).0 > 0.5 * example.likelihood(&[0.0; COUNT]).0, "the likelihood is a negative number");
        assert!(example.likelihood(&weights).0.exp() > 0.5);
    }

    #[test]
    fn a_gold_alignment_that_is_no_path_is_no_example() {
        assert_eq!(path(&links(&[(&[0, 2], &[0])]), 3, 1), None);
        assert_eq!(path(&links(&[(&[0], &[1]), (&[1], &[0])]), 2, 2), None);
        let kinds: Vec<_> = path(&links(&[(&[1], &[1])]), 2, 3).expect("a path").iter().map(|b| (b.source.len(), b.target.len())).collect();
        assert_eq!(kinds, [(1, 0), (0, 1), (1, 1), (0, 1)]);
    }
}
