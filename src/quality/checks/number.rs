//! `number`: values that stand on one side only. How numbers are read and tied is in [`numbers`](crate::text::numbers).

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::reading::{Hints, Numbers};
use crate::quality::{About, Check, Example, Reading};
use crate::text::numbers::{Quantity, currencies_apart};

/// The check.
pub static NUMBER: Check = Check {
    id: "number",
    version: 2,
    tier: 1,
    its: "numbers",
    about: About { en: "A number has no counterpart", es: "Un número no tiene correspondencia" },
    docs: "
## What it does
Reads the numbers of both sides as values and reports those that the other side does not answer. `1.500 millones`, `1.5 billion` and
`mil quinientos millones` are one value; so are `siglo XXI` and `21st century`, `15:30` and `3:30 p. m.`, `los 80` and the `1980s`. Numbers in words
count from three on: `ocho años` is not `eighteen years`.
An amount that stands on both sides in currencies that no text can take for each other (`5 €`, `$5`) is reported as well. What differs by a power
of ten is left to `number-scale`.
Silent: `una`, `dos`, `mil` and ordinals in words that have no counterpart, words that have a number in them (`década`, `octogenarian`, `twice`,
`three-dimensional`), digits within names (`G7`, unless the same name has other digits on the other side), conversions between units that agree within
12 %, pairs such as `9/11` and `24/7`, and numbers rounded on one side only, where a word such as `casi` or `about` says so.

## Why
A wrong number is short, plausible and does harm; readers of one side cannot notice it.

## Example
`12 muertos` rendered as `21 dead`.
",
    run,
    fires: &[
        Example { source: "Murieron 12 personas en el accidente.", target: "The accident killed 21 people." },
        Example { source: "La deuda llega a 3.400 millones de euros.", target: "The debt has reached 34.1 billion euros." },
        Example { source: "La multa es de 500 dólares.", target: "The fine is 500 euros." },
        Example { source: "Trabajó allí ocho años seguidos.", target: "He worked there for eighteen years." },
        Example { source: "La reunión empezó en 2019 y duró poco.", target: "The meeting began and did not last long." },
        Example { source: "El artículo 7.4 de la ley lo prohíbe.", target: "Article 74 of the law forbids it." },
    ],
    silent: &[
        Example { source: "Subió un 12,5 % en los años 80.", target: "It rose 12.5 percent in the 1980s." },
        Example { source: "Gastaron 1.500 millones en el siglo XXI.", target: "They spent $1.5 billion in the 21st century." },
        Example { source: "A las 15:30 caminó 80 kilómetros.", target: "He walked 50 miles at 3:30 p.m." },
        Example { source: "Llegaron casi 12 000 personas y un perro.", target: "11,987 people and 1 dog came." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if pair.has_digit() == [false; 2] && !pair.hints().iter().any(|hints| hints.has(Hints::NUMERAL)) {
        return;
    }
    let Numbers { source, target, left } = pair.numbers();
    let what = match (left.source.is_empty(), left.target.is_empty()) {
        (true, true) => None,
        (false, false) => Some("changed"),
        (false, true) => Some("missing"),
        (true, false) => Some("added"),
    };
    findings.extend(what.map(|what| finding(what, (source, &left.source), (target, &left.target))));
    let (one, other): (Vec<_>, Vec<_>) = currencies_apart(source, target).into_iter().unzip();
    if !one.is_empty() {
        findings.push(finding("currency", (source, &one), (target, &other)));
    }
}

/// Quantities of a text and those of them that a finding is about.
type Side<'q, 'a> = (&'q [Quantity<'a>], &'q [usize]);

fn finding(what: &str, source: Side<'_, '_>, target: Side<'_, '_>) -> Finding {
    Finding {
        source_spans: spans(source),
        target_spans: spans(target),
        args: args([("source", written(source)), ("target", written(target))]),
        ..NUMBER.finding(what)
    }
}

fn spans((quantities, which): Side<'_, '_>) -> Vec<[usize; 2]> {
    which.iter().map(|&n| [quantities[n].span.start, quantities[n].span.end]).collect()
}

fn written((quantities, which): Side<'_, '_>) -> String {
    which.iter().map(|&n| quantities[n].written).collect::<Vec<_>>().join("; ")
}
