//! `empty-side`: a text without its translation. Units are pairs; a segment that has none is an alignment's bead, not a unit.

use crate::model::Finding;
use crate::quality::blank::is_blank;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static EMPTY_SIDE: Check = Check {
    id: "empty-side",
    version: 1,
    tier: 1,
    its: "omission",
    about: About { en: "One side is empty", es: "Un lado está vacío" },
    docs: "
## What it does
Reports a pair of which a side has no visible character: nothing, white space, or characters of no width.

## Why
The text was lost on the way, or was never translated. No other check runs on such a pair.

## Example
A table of translations whose second column was not filled in yet.
",
    run,
    fires: &[Example { source: "Obedezcan la orden.", target: "" }, Example { source: " \u{200b}", target: "Obey the order." }],
    silent: &[Example { source: "Sí.", target: "Yes." }, Example { source: "¿?", target: "?" }],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let what = match (is_blank(pair.source), is_blank(pair.target)) {
        (true, true) => "both",
        (true, false) => "source",
        (false, true) => "target",
        (false, false) => return,
    };
    findings.push(EMPTY_SIDE.finding(what));
}
