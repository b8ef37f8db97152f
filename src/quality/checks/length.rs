//! `length`: a side much longer or shorter than usual. It says nothing about what is too much or missing.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static LENGTH: Check = Check {
    id: "length",
    version: 1,
    tier: 2,
    its: "length",
    about: About { en: "A side is unusually long or short", es: "Un lado es inusualmente largo o corto" },
    docs: "
## What it does
Compares the ratio of target to source characters with what is usual in the corpus, or between the two languages if no corpus was measured.
Reports ratios whose logarithm lies more than 3.5 scaled median absolute deviations from the median (Iglewicz and Hoaglin 1993), more for short texts,
whose ratio varies more. Exempt are sides of fewer than 20 characters whose other side has fewer than 40.

## Why
A truncated text, a missing clause or a neighbour's segment shows in the length before anybody reads it.

## Example
A paragraph rendered by its first sentence.
",
    run,
    fires: &[
        Example {
            source: "La guerra, la guerra, la guerra, siempre la guerra, otra vez la guerra y más guerra para todos.",
            target: "War and war again.",
        },
        Example {
            source: "La marcha terminó sin incidentes.",
            target: "The march, the march of all the marches that there were, has now come to its end, and the march has ended without incidents.",
        },
    ],
    silent: &[
        Example { source: "Sí.", target: "Yes, of course." },
        Example { source: "La marcha terminó sin incidentes.", target: "The march ended without any incidents at all." },
    ],
};

/// Characters below which a side says nothing about length, unless the other has twice as many.
const FEWEST_CHARACTERS: usize = 20;

/// Cut-off of the modified z-score, and the factor that makes a median absolute deviation comparable with a standard deviation:
/// Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993).
const CUT_OFF: f64 = 3.5;
const CONSISTENCY: f64 = 1.4826;

/// Characters at which the variance of the ratio is twice that of long texts.
const SHORT: f64 = 30.0;

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let (source, target) = (pair.source.chars().count(), pair.target.chars().count());
    let shorter = source.min(target);
    if shorter < FEWEST_CHARACTERS && source.max(target) < 2 * FEWEST_CHARACTERS {
        return;
    }
    let usual = pair.context.length_ratio(pair);
    let ratio = (target as f64 / source as f64).ln();
    let band = CUT_OFF * CONSISTENCY * usual.deviation * (1.0 + SHORT / shorter as f64).sqrt();
    if (ratio - usual.median).abs() <= band {
        return;
    }
    let what = if ratio < usual.median { "short" } else { "long" };
    let percent = (100.0 * (ratio - usual.median).exp()).round();
    findings.push(Finding {
        source_spans: vec![[0, pair.source.len()]],
        target_spans: vec![[0, pair.target.len()]],
        args: args([("source", source.to_string()), ("target", target.to_string()), ("percent", percent.to_string())]),
        ..LENGTH.finding(what)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::LengthRatio;
    use crate::quality::{Context, Pair};
    use crate::text::Lang;

    fn fires(source: usize, target: usize, context: &Context) -> bool {
        let (source, target) = ("a".repeat(source), "b".repeat(target));
        let mut findings = Vec::new();
        run(&Reading::new(Pair { source: &source, target: &target, source_lang: Lang::ES, target_lang: Lang::EN }, context), &mut findings);
        !findings.is_empty()
    }

    #[test]
    fn short_sides_are_exempt_unless_the_other_is_long() {
        assert!(!fires(3, 30, &Context::default()));
        assert!(fires(3, 90, &Context::default()));
    }

    #[test]
    fn the_band_is_wider_for_short_texts() {
        assert!(!fires(45, 20, &Context::default()));
        assert!(fires(450, 200, &Context::default()));
    }

    #[test]
    fn the_corpus_says_what_is_usual() {
        let halves = Context { length: Some(LengthRatio { median: -0.69, deviation: 0.05 }), ..Context::default() };
        assert!(!fires(400, 200, &halves));
        assert!(fires(400, 400, &halves));
    }
}
