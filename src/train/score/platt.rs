//! Log-odds that are too timid or too bold made true: a line through them, by maximum likelihood (Platt 1999).

/// Slope and shift of the line.
pub(super) type Line = (f64, f64);

/// Newton steps; the fit of a line is exact to ten digits after six.
const STEPS: usize = 12;

/// The line that makes these log-odds, each with what was true, as probable as can be.
pub(super) fn fit(seen: &[(f64, bool)]) -> Line {
    let (mut slope, mut shift) = (1.0_f64, 0.0_f64);
    for _ in 0..STEPS {
        // Gradient and Hessian of the log-likelihood, with a breath of a prior so that it can be solved.
        let (mut g, mut h) = ([0.0, 0.0], [1e-6, 0.0, 1e-6]);
        for &(x, truth) in seen {
            let p = 1.0 / (1.0 + (-slope * x - shift).exp());
            let (off, weight) = (f64::from(u8::from(truth)) - p, p * (1.0 - p));
            g = [g[0] + off * x, g[1] + off];
            h = [h[0] + weight * x * x, h[1] + weight * x, h[2] + weight];
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        if determinant <= f64::MIN_POSITIVE {
            break;
        }
        slope += (h[2] * g[0] - h[1] * g[1]) / determinant;
        shift += (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    // Whatever was seen, a higher score stays higher.
    if slope.is_finite() && shift.is_finite() && slope > 0.0 { (slope, shift) } else { (1.0, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timid_log_odds_are_stretched() {
        // At log-odds of ±1, 95 in 100 are what they seem: true are ±2.94.
        let seen: Vec<(f64, bool)> = (0..200).map(|n| (if n < 100 { 1.0 } else { -1.0 }, (n < 100) == (n % 20 != 0))).collect();
        let (slope, shift) = fit(&seen);
        assert!((slope - 2.944).abs() < 0.01 && shift.abs() < 0.01, "{slope} {shift}");
    }

    #[test]
    fn nothing_seen_changes_nothing() {
        assert_eq!(fit(&[]), (1.0, 0.0));
        assert_eq!(fit(&[(1.0, false), (-1.0, true)]), (1.0, 0.0));
    }
}
