//! Everything that is said of a pair at once: findings, score, and whether the rules keep it.

use super::filters::Record;
use super::marks::Marks;
use super::rules::is_empty;
use super::score::Scorer;
use super::{Check, Context, Pair, Rules, Selection, check_if};
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
        let marks: Vec<[Marks; 2]> = pairs.iter().map(Marks::of_pair).collect();
        let scores = self.scorer.as_ref().map(|scorer| scorer.score_marked(pairs, &marks, &self.context));
        let judged = pairs.iter().zip(marks).enumerate().map(|(n, (pair, marks))| {
            let score = scores.as_ref().map(|scores| if is_empty(pair) { 0.0 } else { scores[n] });
            let is_wanted = |check: &Check| self.all_findings || self.rules.drops_by(check, score);
            let findings = check_if(pair, &self.context, &self.checks, is_wanted);
            let reasons = self.rules.reasons(&Record { pair, context: &self.context, score, marks }, &findings);
            Judgement { score, reasons, findings }
        });
        judged.collect()
    }
}
