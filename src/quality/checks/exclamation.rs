//! `exclamation`: one side exclaims and the other does not. How often is a matter of style and not compared.

use crate::model::Finding;
use crate::quality::mood::{EXCLAMATION, phrases};
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static EXCLAMATION_MOOD: Check = Check {
    id: "exclamation",
    version: 1,
    tier: 2,
    its: "mistranslation",
    about: About { en: "Only one side exclaims", es: "Solo un lado exclama" },
    docs: "
## What it does
Reports an exclamation mark in a text whose counterpart has none. English often ends with a full stop what Spanish puts between `¡` and `!`, so an
exclamation of the Spanish side alone is not reported.

## Why
An exclamation that nobody made changes the tone of what was said.

## Example
`Vengan aquí.` rendered as *Come here!*
",
    run,
    fires: &[
        Example { source: "Vengan todos a la plaza.", target: "Come to the square, everybody!" },
        Example { source: "Ya ganamos.", target: "We have won!!" },
    ],
    silent: &[
        Example { source: "¡Que viva la paz!", target: "Long live peace!" },
        Example { source: "¡Cierra la puerta!", target: "Close the door." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let (source_spans, target_spans) = (phrases(pair.source, EXCLAMATION), phrases(pair.target, EXCLAMATION));
    let english = |lang: &crate::text::Lang| lang.primary() == "en";
    let what = match (source_spans.is_empty(), target_spans.is_empty()) {
        (false, true) if !english(&pair.target_lang) => "missing",
        (true, false) if !english(&pair.source_lang) => "added",
        _ => return,
    };
    findings.push(Finding { source_spans, target_spans, ..EXCLAMATION_MOOD.finding(what) });
}
