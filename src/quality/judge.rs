//! Everything that is said of a pair at once: findings, score, and whether the rules keep it.

use super::filters::Record;
use super::rules::is_empty;
use super::score::{AT_ONCE, Scorer};
use super::{Check, Context, Pair, Reading, Rules, Selection, check_if};
use crate::model::Finding;

/// Judges pairs. Made once, used from any thread.
#[derive(Debug)]
pub struct Judge {
    /// Gives the translation score; without it no pair has one.
    pub scorer: Option<Scorer>,
    /// The checks that run.
    pub checks: Selection,
    /// Whether everything is told that the checks find, or only what drops a pair: what the score outweighs is then not looked for.
    pub all_findings: bool,
    /// What is kept.
    pub rules: Rules,
    /// What is known beyond the pairs.
    pub context: Context,
}

/// What is said of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The probability in [0, 1] that the sides translate each other; 0 where a side is empty, `None` without a scorer.
    pub score: Option<f64>,
    /// Why the pair is dropped: ids of filters and of checks; empty when it is kept.
    pub reasons: Vec<&'static str>,
    /// What the checks found.
    pub findings: Vec<Finding>,
}

impl Judgement {
    /// True if no rule drops the pair.
    pub fn is_kept(&self) -> bool {
        self.reasons.is_empty()
    }
}

impl Judge {
    /// The judgements of some pairs, in their order. What is said of one does not depend on the others.
    pub fn judge(&self, pairs: &[Pair<'_>]) -> Vec<Judgement> {
        let mut judgements = Vec::with_capacity(pairs.len());
        for pairs in pairs.chunks(AT_ONCE) {
            let readings: Vec<Reading<'_>> = pairs.iter().map(|pair| Reading::new(*pair, &self.context)).collect();
            let scores = self.scorer.as_ref().map(|scorer| scorer.score_read(&readings));
            let score = |n: usize| scores.as_ref().map(|scores| scores[n]);
            judgements.extend(readings.iter().enumerate().map(|(n, reading)| self.judged(reading, score(n))));
        }
        judgements
    }

    fn judged(&self, reading: &Reading<'_>, score: Option<f64>) -> Judgement {
        let score = score.map(|score| if is_empty(reading) { 0.0 } else { score });
        let is_wanted = |check: &Check| self.all_findings || self.rules.drops_by(check, score);
        let findings = check_if(reading, &self.checks, is_wanted);
        let reasons = self.rules.reasons(&Record { reading, score }, &findings);
        Judgement { score, reasons, findings }
    }
}
