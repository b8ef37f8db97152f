//! `number-scale`: values that differ by a power of ten. How numbers are read and tied is in [`numbers`](crate::text::numbers).

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::reading::{Hints, Numbers};
use crate::quality::{About, Check, Example, Reading};
use crate::text::fold;
use crate::text::numbers::{Quantity, Slip};

/// The check.
pub static NUMBER_SCALE: Check = Check {
    id: "number-scale",
    version: 1,
    tier: 1,
    its: "mistranslation",
    about: About { en: "A number is off by a power of ten", es: "Un número difiere en una potencia de diez" },
    docs: "
## What it does
Reports a number that has the same digits on both sides and another power of ten: a zero too many, a group separator taken for a decimal mark,
a scale word taken for another. It compares numbers in words as well when they are large (`dos millones`, `two billion`), and orders of magnitude
without a number (`decenas de millones`, `tens of billions`).
*Billón* is 10¹² and *billion* 10⁹, so `2 billones` answers `2 trillion`; `mil millones`, `un millardo` and `a billion` are one value.
Silent: small numbers in words, and orders of magnitude less than a factor of a thousand apart.

## Why
The slip of *billón* and *billion* is the most frequent wrong number in news translated between the two languages, and a figure that is wrong by a
thousand reads as well as the right one.

## Example
`2 billones de dólares` rendered as `2 billion dollars`.
",
    run,
    fires: &[
        Example { source: "La deuda supera los dos billones de dólares.", target: "The debt is above two billion dollars." },
        Example { source: "Vendieron 3.000 entradas en una hora.", target: "They sold 30,000 tickets in an hour." },
        Example { source: "Viven allí dos millones de personas.", target: "Two billion people live there." },
        Example { source: "Gastaron decenas de millones en la obra.", target: "They spent tens of billions on the works." },
    ],
    silent: &[
        Example { source: "Cuesta mil millones de euros al año.", target: "It costs a billion euros a year." },
        Example { source: "La economía mueve 1,2 billones de dólares.", target: "The economy moves 1.2 trillion dollars." },
        Example { source: "Miles de millones de personas lo vieron.", target: "Billions of people watched it." },
        Example { source: "Lo he dicho mil veces a todo el mundo.", target: "I have told everybody a million times." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let (digits, scales) = (pair.has_digit(), pair.hints().map(|hints| hints.has(Hints::SCALE)));
    // Of a slip, each side has a number in digits, or a large one in words.
    if !(0..2).all(|n| digits[n] || scales[n]) {
        return;
    }
    if pair.has_same_digits() {
        return;
    }
    let Numbers { source, target, left } = pair.numbers();
    findings.extend(left.scaled.iter().map(|slip| finding(slip, &source[slip.source], &target[slip.target])));
}

fn finding(slip: &Slip, source: &Quantity<'_>, target: &Quantity<'_>) -> Finding {
    let what = if are_false_friends(source.written, target.written) { "billion" } else { "factor" };
    let factor = format!("1{}", "0".repeat(slip.power.unsigned_abs() as usize));
    Finding {
        source_spans: vec![[source.span.start, source.span.end]],
        target_spans: vec![[target.span.start, target.span.end]],
        args: args([("source", source.written.to_string()), ("target", target.written.to_string()), ("factor", factor)]),
        ..NUMBER_SCALE.finding(what)
    }
}

/// *Billón* on one side and *billion* on the other, or the two *trillions*.
fn are_false_friends(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    [("billon", "billion"), ("trillon", "trillion")].iter().any(|(long, short)| {
        let both = |a: &str, b: &str| a.contains(long) && b.contains(short);
        both(&one, &other) || both(&other, &one)
    })
}
