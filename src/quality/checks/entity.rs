//! `entity`: proper names that stand on one side only. How names are found and compared is in [`names`](crate::quality::names).

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::names::{Answer, Name, Names};
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static ENTITY: Check = Check {
    id: "entity",
    version: 1,
    tier: 1,
    its: "inconsistent-entities",
    about: About { en: "A proper name has no counterpart", es: "Un nombre propio no tiene correspondencia" },
    docs: "
## What it does
Compares the proper names of both sides, whatever their accents, transliteration and possessive, with a table of exonyms. A name on each
side that the other lacks is reported in tier 1; a name that one side lacks while it has no other instead in tier 2, since pronouns and titles stand for names.
Silent: words for peoples, languages, days and months, titles, headlines, and the parts of a name of which another part is on the other side.

## Why
A wrong name is the worst a statement can suffer, and fluent text hides it.

## Example
`Ayer habló Kiyani` rendered as `Musharraf spoke yesterday`.
",
    run,
    fires: &[
        Example { source: "El acuerdo lo firmó ayer Kiyani.", target: "The agreement was signed yesterday by Musharraf." },
        Example { source: "El ministro llegó ayer a Varsovia con su familia.", target: "The minister arrived in Lisbon yesterday with his family." },
    ],
    silent: &[
        Example { source: "Viajó de La Habana a Pekín.", target: "He travelled from Havana to Beijing." },
        Example { source: "El lunes habló Gustavo Petro Urrego en español.", target: "On Monday Petro spoke in Spanish." },
        Example { source: "Gorbachov vivió en Moscú.", target: "Gorbachev lived in Moscow." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    // Without a lexicon any capitalised word passes for a name.
    let Some(lexicon) = pair.context.lexicon.as_deref().filter(|_| !pair.source_lang.same_language(&pair.target_lang)) else { return };
    let names = Names::of(pair, Some(lexicon));
    let (source, target) = (alone(&names.source), alone(&names.target));
    let (what, tier) = match (source.is_empty(), target.is_empty()) {
        (true, true) => return,
        (false, false) => ("changed", if is_exchange(&source, &target) { 1 } else { 2 }),
        (false, true) => ("missing", 2),
        (true, false) => ("added", 2),
    };
    let keep = |names: Vec<&Name<'_>>| {
        names
            .into_iter()
            .filter(|name| what == "changed" || is_whole(name))
            .map(|name| (name.span, name.text.to_string()))
            .collect::<Vec<_>>()
    };
    let (source, target) = (keep(source), keep(target));
    if source.is_empty() && target.is_empty() {
        return;
    }
    let texts = |names: &[([usize; 2], String)]| names.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
    findings.push(Finding {
        tier,
        args: args([("source", texts(&source)), ("target", texts(&target))]),
        source_spans: source.iter().map(|(span, _)| *span).collect(),
        target_spans: target.iter().map(|(span, _)| *span).collect(),
        ..ENTITY.finding(what)
    });
}

fn alone<'n, 'a>(names: &'n [Name<'a>]) -> Vec<&'n Name<'a>> {
    names.iter().filter(|name| name.answer != Answer::Found).collect()
}

/// True unless another part of the name is on the other side.
fn is_whole(name: &Name<'_>) -> bool {
    name.certain && name.answer == Answer::None
}

/// From this likeness on, two names may be one that both languages spell in their own way: `Opio` and `Opium`.
const ALIKE: f64 = 0.55;

/// True if both sides have what is surely a name, and none may be a spelling of one of the other side.
fn is_exchange(source: &[&Name<'_>], target: &[&Name<'_>]) -> bool {
    let certain = |names: &[&Name<'_>]| names.iter().any(|name| name.certain);
    certain(source) && certain(target) && !source.iter().any(|a| target.iter().any(|b| a.likeness(b) >= ALIKE))
}
