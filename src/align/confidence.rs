//! From the model's probability of a bead to a confidence: of the beads given 0.9, nine in ten are right.
//! The model's own probability is nearly that for matched beads, and too sure of itself for unmatched segments.

/// What a bead looks like, as far as its calibration goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 1:1.
    Plain,
    /// Any other bead with both sides.
    Grouped,
    /// One side only.
    Unmatched,
}

impl Shape {
    /// The shape of a bead with `source` and `target` segments.
    pub fn of(source: usize, target: usize) -> Shape {
        match (source, target) {
            (1, 1) => Shape::Plain,
            (0, _) | (_, 0) => Shape::Unmatched,
            _ => Shape::Grouped,
        }
    }
}

/// A logistic curve for each shape (Platt 1999): confidence = 1 / (1 + e^−(slope · logit(probability) + offset)).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Slope and offset by [`Shape`].
    pub curves: [(f64, f64); 3],
}

/// Probabilities beyond this logit (one in a million) say no more.
const MOST_LOGIT: f64 = 14.0;

impl Calibration {
    /// The confidence in (0, 1) of a bead the model gives `probability`.
    pub fn confidence(&self, shape: Shape, probability: f64) -> f64 {
        let (slope, offset) = self.curves[shape as usize];
        logistic(slope * logit(probability) + offset)
    }

    /// The model's probability behind a confidence.
    pub fn probability(&self, shape: Shape, confidence: f64) -> f64 {
        let (slope, offset) = self.curves[shape as usize];
        logistic((logit(confidence) - offset) / slope)
    }

    /// The curves that fit beads with known probability of the model and known outcome best (maximum likelihood).
    ///
    /// A shape of which there are no right or no wrong samples keeps the identity.
    pub fn fit(samples: &[(Shape, f64, bool)]) -> Calibration {
        let curve = |shape| {
            let of_shape: Vec<_> = samples.iter().filter(|sample| sample.0 == shape).map(|&(_, p, right)| (logit(p), right)).collect();
            let right = of_shape.iter().filter(|sample| sample.1).count();
            if right == 0 || right == of_shape.len() { (1.0, 0.0) } else { fit_curve(&of_shape) }
        };
        Calibration { curves: [Shape::Plain, Shape::Grouped, Shape::Unmatched].map(curve) }
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn logit(p: f64) -> f64 {
    let odds = (p / (1.0 - p)).ln();
    if odds.is_nan() { 0.0 } else { odds.clamp(-MOST_LOGIT, MOST_LOGIT) }
}

/// Logistic regression with one variable by Newton's method, halving a step that does not help; a weak pull to the identity keeps it finite.
fn fit_curve(samples: &[(f64, bool)]) -> (f64, f64) {
    let mut curve = (1.0, 0.0);
    let mut loss = loss(samples, curve);
    for _ in 0..50 {
        let mut step = newton_step(samples, curve);
        for _ in 0..20 {
            let next = (curve.0 + step.0, curve.1 + step.1);
            let next_loss = self::loss(samples, next);
            if next_loss < loss {
                (curve, loss) = (next, next_loss);
                break;
            }
            step = (step.0 / 2.0, step.1 / 2.0);
        }
    }
    (curve.0.max(0.05), curve.1)
}

fn newton_step(samples: &[(f64, bool)], (slope, offset): (f64, f64)) -> (f64, f64) {
    let (mut gs, mut go) = (1.0 - slope, -offset);
    let (mut hss, mut hso, mut hoo) = (1.0, 0.0, 1.0);
    for &(x, right) in samples {
        let p = logistic(slope * x + offset);
        let (error, weight) = (f64::from(u8::from(right)) - p, p * (1.0 - p));
        gs += error * x;
        go += error;
        hss += weight * x * x;
        hso += weight * x;
        hoo += weight;
    }
    let determinant = hss * hoo - hso * hso;
    ((hoo * gs - hso * go) / determinant, (hss * go - hso * gs) / determinant)
}

/// Negative log-likelihood and the pull to the identity.
fn loss(samples: &[(f64, bool)], (slope, offset): (f64, f64)) -> f64 {
    let surprise = |&(x, right): &(f64, bool)| {
        let z = if right { slope * x + offset } else { -(slope * x + offset) };
        // ln(1 + e^−z), without overflow.
        (-z).max(0.0) + (-z.abs()).exp().ln_1p()
    };
    samples.iter().map(surprise).sum::<f64>() + 0.5 * ((slope - 1.0).powi(2) + offset.powi(2))
}

/// The expected calibration error in [0, 1]: the mean distance of confidence and share of right beads over ten bins of equal size
/// (Nguyen & O'Connor 2015).
pub fn calibration_error(samples: &[(f64, bool)]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let distance = |bin: &[(f64, bool)]| {
        let confidence: f64 = bin.iter().map(|sample| sample.0).sum();
        let right = bin.iter().filter(|sample| sample.1).count() as f64;
        (confidence - right).abs()
    };
    let bins = (0..10).map(|n| &sorted[n * sorted.len() / 10..(n + 1) * sorted.len() / 10]);
    bins.map(distance).sum::<f64>() / sorted.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `right` of `all` samples with this probability are right.
    fn samples(shape: Shape, probability: f64, right: usize, all: usize) -> Vec<(Shape, f64, bool)> {
        (0..all).map(|n| (shape, probability, n < right)).collect()
    }

    #[test]
    fn an_overconfident_model_is_corrected() {
        let mut seen = samples(Shape::Plain, 0.99, 800, 1000);
        seen.extend(samples(Shape::Plain, 0.5, 400, 1000));
        let fitted = Calibration::fit(&seen);
        assert!((fitted.confidence(Shape::Plain, 0.99) - 0.8).abs() < 0.01);
        assert!((fitted.confidence(Shape::Plain, 0.5) - 0.4).abs() < 0.01);
    }

    #[test]
    fn a_shape_without_mistakes_is_left_alone() {
        let fitted = Calibration::fit(&samples(Shape::Unmatched, 0.7, 10, 10));
        assert_eq!(fitted.curves[Shape::Unmatched as usize], (1.0, 0.0));
    }

    const CALIBRATION: Calibration = Calibration { curves: [(0.9, -0.1), (0.8, 0.2), (0.5, 0.8)] };

    #[test]
    fn confidence_and_probability_are_inverse() {
        for p in [0.01, 0.5, 0.999] {
            let confidence = CALIBRATION.confidence(Shape::Grouped, p);
            assert!((CALIBRATION.probability(Shape::Grouped, confidence) - p).abs() < 1e-6);
        }
    }

    #[test]
    fn confidence_rises_with_probability_and_stays_in_bounds() {
        for shape in [Shape::Plain, Shape::Grouped, Shape::Unmatched] {
            let curve: Vec<f64> = [0.0, 0.1, 0.5, 0.9, 1.0].map(|p| CALIBRATION.confidence(shape, p)).to_vec();
            assert!(curve.is_sorted() && curve[0] > 0.0 && curve[4] < 1.0);
        }
    }

    #[test]
    fn calibration_error_is_the_distance_from_the_truth() {
        assert!((calibration_error(&[(0.9, true); 10]) - 0.1).abs() < 1e-9);
        assert_eq!(calibration_error(&[]), 0.0);
    }
}
