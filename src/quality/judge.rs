//! Everything that is said of a pair at once: findings, score, and whether the rules keep it.

use super::filters::Record;
use super::rules::is_empty;
use super::score::Scorer;
use super::{Context, Pair, Rules, Selection, check};
use crate::model::Finding;

/// Judges pairs. Made once, used from any thread.
#[derive(Debug)]
pub struct Judge {
    /// Gives the translation score; without it no pair has one.
    pub scorer: Option<Scorer>,
    /// The checks that run.
    pub checks: Selection,
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
        let scores: Vec<Option<f64>> = match &self.scorer {
            Some(scorer) => scorer.score(pairs, &self.context).into_iter().map(Some).collect(),
            None => vec![None; pairs.len()],
        };
        pairs.iter().zip(scores).map(|(pair, score)| self.judge_one(pair, score)).collect()
    }

    fn judge_one(&self, pair: &Pair<'_>, score: Option<f64>) -> Judgement {
        let score = score.map(|score| if is_empty(pair) { 0.0 } else { score });
        let findings = check(pair, &self.context, &self.checks);
        let reasons = self.rules.reasons(&Record::new(pair, &self.context, score), &findings);
        Judgement { score, reasons, findings }
    }
}
