//! How well a score does on pairs that are known to be good or bad: whether it ranks them, and whether its probabilities are what they say.

/// The area under the ROC curve: the probability that a good pair has a higher score than a bad one, half of it for equal scores; 0 without pairs.
pub fn area(good: &[f64], bad: &[f64]) -> f64 {
    let mut bad = bad.to_vec();
    bad.sort_by(f64::total_cmp);
    let wins = |score: &f64| (bad.partition_point(|b| b < score) + bad.partition_point(|b| b <= score)) as f64 / 2.0;
    good.iter().map(wins).sum::<f64>() / (good.len() * bad.len()).max(1) as f64
}

/// Bins of equal width from 0 to 1.
pub const BINS: usize = 10;

/// What was foretold and what was true, by score.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reliability {
    /// From the lowest scores to the highest.
    pub bins: [Bin; BINS],
}

/// Pairs with about the same score.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// How much they weigh.
    pub weight: f64,
    /// The sum of their scores.
    pub foretold: f64,
    /// How much the good ones weigh.
    pub good: f64,
}

impl Reliability {
    /// The scores of good and of bad pairs, each group weighing as much as the other.
    pub fn of(good: &[f64], bad: &[f64]) -> Reliability {
        let mut reliability = Reliability::default();
        for (scores, is_good) in [(good, true), (bad, false)] {
            let weight = 0.5 / scores.len().max(1) as f64;
            for score in scores {
                let bin = &mut reliability.bins[((score * BINS as f64) as usize).min(BINS - 1)];
                bin.weight += weight;
                bin.foretold += weight * score;
                bin.good += if is_good { weight } else { 0.0 };
            }
        }
        reliability
    }

    /// The expected calibration error: how far off the scores are from the share of good pairs, in [0, 1], as a mean over the pairs
    /// (Naeini, Cooper and Hauskrecht 2015).
    pub fn error(&self) -> f64 {
        let weight: f64 = self.bins.iter().map(|bin| bin.weight).sum();
        self.bins.iter().map(|bin| (bin.foretold - bin.good).abs()).sum::<f64>() / weight.max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_the_share_of_pairs_in_the_right_order() {
        assert_eq!(area(&[0.9, 0.8], &[0.1, 0.2]), 1.0);
        assert_eq!(area(&[0.9, 0.1], &[0.5]), 0.5);
        assert_eq!(area(&[0.5], &[0.5]), 0.5);
        assert_eq!(area(&[], &[0.5]), 0.0);
    }

    #[test]
    fn a_score_is_calibrated_when_as_many_are_good_as_it_says() {
        // Of those at 0.8 four in five are good, of those at 0.2 one in five.
        let group = |many: f64, few: f64| [vec![many; 4], vec![few]].concat();
        assert!(Reliability::of(&group(0.8, 0.2), &group(0.2, 0.8)).error() < 1e-9);
        assert!((Reliability::of(&[1.0; 5], &[0.4; 5]).error() - 0.2).abs() < 1e-9);
        assert_eq!(Reliability::default().error(), 0.0);
    }
}
