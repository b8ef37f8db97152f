//! `question`: one side asks what the other states. Indirect questions, which have no marks, are statements here.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::mood::{QUESTION, phrases};
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static QUESTION_MOOD: Check = Check {
    id: "question",
    version: 1,
    tier: 2,
    its: "mistranslation",
    about: About { en: "One side asks more questions than the other", es: "Un lado hace más preguntas que el otro" },
    docs: "
## What it does
Counts the questions of each side by their marks, `¿…?` inside a sentence included, and reports a difference. Marks in a row are one;
those in web addresses, in code and alone in brackets do not count.

## Why
A question turned into a statement claims what nobody said.

## Example
`¿Obedecerán la orden?` rendered as *They will obey the order.*
",
    run,
    fires: &[
        Example { source: "¿Obedecerán la orden?", target: "They will obey the order." },
        Example { source: "El plan funcionó.", target: "Did the plan work?" },
    ],
    silent: &[
        Example { source: "Y entonces, ¿qué hacemos?", target: "So what do we do?" },
        Example { source: "Preguntó si vendría.", target: "She asked whether he would come." },
        Example { source: "¿¿Qué pasó??", target: "What happened?" },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let (source, target) = (phrases(pair.source, QUESTION), phrases(pair.target, QUESTION));
    if source.len() == target.len() {
        return;
    }
    let what = match (source.len(), target.len()) {
        (_, 0) => "missing",
        (0, _) => "added",
        _ => "count",
    };
    let args = args([("source", source.len().to_string()), ("target", target.len().to_string())]);
    findings.push(Finding { source_spans: source, target_spans: target, args, ..QUESTION_MOOD.finding(what) });
}
